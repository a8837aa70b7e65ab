//! The page of a plan: what it asks, how far it is, who does what by when.

use serde::Serialize;

use crate::definitions::Plan;
use crate::definitions::plan::{Due, LegalBasis, ReturnRule};
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::standing::{Standing, judged};
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::{Fact, Frame};
use crate::site::view::plans::years;
use crate::site::view::{home, report};
use crate::site::words;
use crate::vocabulary::PeriodKind;

/// What `plan.html` needs.
#[derive(Debug, Serialize)]
pub struct PlanPage {
    /// What it says of itself.
    pub about: Block,
    /// The sections after it, in reading order.
    pub blocks: Vec<Block>,
}

/// The page of a plan.
pub fn view(book: &Book<'_>, plan: &Plan, path: &str) -> (Frame, PlanPage) {
    let measures: Vec<&Measure> = plan.measures.iter().filter_map(|code| book.measure(code)).collect();
    let standings: Vec<Standing<'_>> =
        measures.iter().map(|measure| Standing::of(book, &book.province, book.current(), measure)).collect();
    let mut blocks = Vec::new();
    blocks.extend(home::against_plan(book, book.current(), &standings));
    blocks.push(progress(book, plan, &measures));
    blocks.extend(by_unit(book, plan, &measures));
    blocks.extend(tasks(book, plan));
    blocks.extend(steps(plan));
    blocks.push(calendar(book, plan));
    blocks.extend(bases(book, plan));
    block::number(&mut blocks);
    let table = blocks.iter().find(|block| block.id == "tien-do").map_or(1, |block| block.tables[0].number);
    blocks[0].figures.iter_mut().for_each(|figure| figure.table = table);
    let about = Block {
        topic: "Nội dung".into(),
        finding: plan.title.clone(),
        more: plan.summary.clone(),
        side: vec![Note::new("Về văn bản", plan.provenance.clone())],
        ..Block::default()
    };
    (frame(book, plan, path, &standings), PlanPage { about, blocks })
}

fn frame(book: &Book<'_>, plan: &Plan, path: &str, standings: &[Standing<'_>]) -> Frame {
    let (reached, short) = judged(standings);
    let all = reached.len() + short.len();
    let units: std::collections::BTreeSet<_> = plan.adoptions.iter().map(|adoption| &adoption.unit).collect();
    let heading = match all {
        0 => format!("{}: {} đơn vị thực hiện", plan.short, units.len()),
        _ => format!("{}: {} trong {all} chỉ tiêu đạt kế hoạch", plan.short, reached.len()),
    };
    let period = book.current();
    let lead = match short.is_empty() {
        true => format!("{} đơn vị thực hiện; kết quả toàn tỉnh {}.", units.len(), period.title()),
        false => {
            let names: Vec<String> = short.iter().map(|standing| words::inside(&standing.measure.short)).collect();
            format!(
                "{} đơn vị thực hiện; toàn tỉnh {} chưa đạt: {}.",
                units.len(),
                period.title(),
                words::list_of(&names, 4, "chỉ tiêu")
            )
        }
    };
    let mut frame = Frame::new(book.release, path, &format!("Kế hoạch · {}", plan.short), &heading, &lead)
        .action("Các kế hoạch khác", page::PLANS)
        .action("Tải Excel", page::DOWNLOADS);
    frame.facts.insert(0, Fact::new("Số, ngày", format!("{}, {}", plan.number, plan.date)));
    frame.facts.insert(1, Fact::new("Ban hành", plan.issuer.clone()));
    frame.facts.insert(2, Fact::new("Thời gian", years(plan)));
    frame
}

/// The measures of the plan for the whole province, year by year.
fn progress(book: &Book<'_>, plan: &Plan, measures: &[&Measure]) -> Block {
    let period = book.current();
    let table =
        report::table(book, period, measures.iter().copied(), &format!("Chỉ tiêu của kế hoạch “{}”", plan.short));
    Block {
        id: "tien-do".into(),
        topic: "Mục tiêu và tiến độ".into(),
        finding: format!("{} chỉ tiêu theo dõi kế hoạch, {}.", measures.len(), period.title()),
        tables: vec![table],
        ..Block::default()
    }
}

/// The measures that have targets, for each unit that carries out the plan.
fn by_unit(book: &Book<'_>, plan: &Plan, measures: &[&Measure]) -> Option<Block> {
    const MOST: usize = 5;
    let period = book.current();
    let units: Vec<_> =
        book.units.iter().filter(|unit| plan.adoptions.iter().any(|adoption| adoption.unit == unit.code)).collect();
    let targeted =
        |measure: &&&Measure| units.iter().any(|unit| book.target(&Book::area(unit), period, measure).is_some());
    let mut shown: Vec<&Measure> = measures.iter().filter(targeted).copied().take(MOST).collect();
    if shown.is_empty() {
        shown = measures.iter().copied().take(MOST).collect();
    }
    if units.is_empty() || shown.is_empty() {
        return None;
    }
    let mut columns = vec![Column::text("Đơn vị"), Column::number("Thực hiện từ")];
    for measure in &shown {
        let group = format!("{} ({})", measure.short, measure.table_unit());
        columns.push(Column::number("thực hiện").under(&group));
        columns.push(Column::number("kế hoạch").under(&group));
    }
    let (mut reached, mut all) = (0, 0);
    let mut rows = Vec::new();
    for unit in &units {
        let area = Book::area(unit);
        let from = plan.adoptions.iter().filter(|a| a.unit == unit.code).map(|a| a.from).min();
        let mut cells = vec![Cell::number(from.map_or("x".into(), words::date))];
        for measure in &shown {
            let standing = Standing::of(book, &area, period, measure);
            all += usize::from(standing.met.is_some());
            reached += usize::from(standing.met == Some(true));
            let verdict = if standing.met == Some(false) { "chưa đạt" } else { "" };
            cells.push(Cell::number(words::figure(measure, standing.figure)).key().note(verdict));
            cells.push(Cell::number(standing.plan()));
        }
        rows.push(Row::new(Cell::short(unit.name()).link(page::unit(unit)), cells));
    }
    Some(Block {
        id: "don-vi".into(),
        topic: "Theo đơn vị".into(),
        finding: match all {
            0 => format!("{} đơn vị thực hiện kế hoạch.", units.len()),
            _ => format!("{reached} trong {all} mục tiêu của các đơn vị đã đạt."),
        },
        tables: vec![Table::new("Mục tiêu và thực hiện của từng đơn vị", period.heading(), &columns, rows).full()],
        ..Block::default()
    })
}

/// Rõ người, rõ việc, rõ thời gian, rõ tiến độ, rõ kết quả.
fn tasks(book: &Book<'_>, plan: &Plan) -> Option<Block> {
    if plan.tasks.is_empty() {
        return None;
    }
    let or_x = |text: &str| Cell::text(if text.is_empty() { "x" } else { text });
    let rows = plan
        .tasks
        .iter()
        .map(|task| {
            let measure = task.measure.as_ref().and_then(|code| book.measure(code));
            let now = match measure {
                Some(measure) => {
                    let figure = book.figure(&book.province, book.current(), measure);
                    Cell::text(words::told(measure, figure)).link(page::measure(&measure.code))
                }
                None => Cell::text("x"),
            };
            Row::new(
                or_x(&task.what),
                vec![or_x(&task.who), or_x(&task.when), or_x(&task.progress), or_x(&task.result), now],
            )
        })
        .collect();
    let columns = [
        Column::text("Rõ việc"),
        Column::text("Rõ người"),
        Column::text("Rõ thời gian"),
        Column::text("Rõ tiến độ"),
        Column::text("Rõ kết quả"),
        Column::text("Số liệu hiện nay"),
    ];
    Some(Block {
        id: "nhiem-vu".into(),
        topic: "Nhiệm vụ".into(),
        finding: format!("{} nhiệm vụ: rõ người, rõ việc, rõ thời gian, rõ tiến độ, rõ kết quả.", plan.tasks.len()),
        tables: vec![
            Table::new(
                "Bảng phân công nhiệm vụ",
                "Theo văn bản kế hoạch; số liệu toàn tỉnh ở kỳ đang xem xét",
                &columns,
                rows,
            )
            .full(),
        ],
        ..Block::default()
    })
}

fn steps(plan: &Plan) -> Option<Block> {
    if plan.steps.is_empty() {
        return None;
    }
    let rows = plan
        .steps
        .iter()
        .map(|step| {
            let artefacts = if step.artefacts.is_empty() { "x".into() } else { step.artefacts.join("; ") };
            Row::new(Cell::text(format!("Bước {}", step.number)), vec![Cell::text(&step.title), Cell::text(artefacts)])
        })
        .collect();
    let columns = [Column::text("Bước"), Column::text("Việc"), Column::text("Văn bản, tài liệu để lại")];
    Some(Block {
        id: "cac-buoc".into(),
        topic: "Các bước xây dựng mô hình".into(),
        finding: format!("{} bước, mỗi bước để lại hồ sơ.", words::capital(&words::numeral(plan.steps.len()))),
        tables: vec![Table::new("Các bước và hồ sơ", "Theo văn bản kế hoạch", &columns, rows)],
        side: vec![Note::new("Mô hình đang ở bước nào", "Xem trang Mô hình.")],
        ..Block::default()
    })
}

/// Returns and meetings.
fn calendar(book: &Book<'_>, plan: &Plan) -> Block {
    let year = book.current().last_year();
    let mut rows = vec![Row::heading("Báo cáo")];
    rows.extend(plan.returns.iter().map(|rule| {
        Row::new(
            Cell::text(words::capital(&what(rule))),
            vec![Cell::text(due(rule)), Cell::text(example(book, rule, year))],
        )
    }));
    if !plan.meetings.is_empty() {
        rows.push(Row::heading("Hội nghị"));
        rows.extend(plan.meetings.iter().map(|meeting| {
            let held = match meeting.years.as_slice() {
                [] => "mọi năm của kế hoạch".to_owned(),
                years => format!("về {}", words::list(&years.iter().map(i32::to_string).collect::<Vec<_>>())),
            };
            Row::new(Cell::text(&meeting.title), vec![Cell::text(&meeting.when), Cell::text(held)])
        }));
    }
    let columns = [Column::text("Việc"), Column::text("Khi nào"), Column::text("Cụ thể")];
    Block {
        id: "lich".into(),
        topic: "Lịch báo cáo, hội nghị".into(),
        finding: format!("{} loại báo cáo, {} hội nghị.", plan.returns.len(), plan.meetings.len()),
        tables: vec![Table::new("Hạn báo cáo và hội nghị", plan.short.clone(), &columns, rows)],
        side: vec![Note::new(
            "Một báo cáo cho mọi kế hoạch",
            "Đơn vị thực hiện nhiều kế hoạch chỉ nộp theo nhịp dày nhất; các kế hoạch khác đọc cùng báo cáo đó, hạn sớm nhất được tính.",
        )],
        ..Block::default()
    }
}

fn what(rule: &ReturnRule) -> String {
    match (rule.kind, rule.number) {
        (PeriodKind::Quarter, None) => "báo cáo quý".into(),
        (PeriodKind::Quarter, Some(number)) => {
            format!("báo cáo quý {}", ["I", "II", "III", "IV"][usize::from(number.clamp(1, 4)) - 1])
        }
        (PeriodKind::Half, Some(1)) => "báo cáo 6 tháng đầu năm".into(),
        (PeriodKind::Half, Some(_)) => "báo cáo 6 tháng cuối năm".into(),
        (PeriodKind::Half, None) => "báo cáo 6 tháng".into(),
        (PeriodKind::NineMonths, _) => "báo cáo 9 tháng".into(),
        (PeriodKind::Year, _) => "báo cáo năm".into(),
        (PeriodKind::Span, _) => "báo cáo giai đoạn".into(),
    }
}

fn due(rule: &ReturnRule) -> String {
    match rule.due {
        Due::DaysAfterEnd(days) => format!("trong {days} ngày sau ngày chốt kỳ"),
        Due::Before { month, day } => format!("trước ngày {day}/{month}"),
    }
}

/// The latest date in the year in review.
fn example(book: &Book<'_>, rule: &ReturnRule, year: i32) -> String {
    let periods = crate::vocabulary::Period::of_years(year, year);
    let dates: Vec<String> = periods
        .into_iter()
        .filter(|period| rule.asks_for(*period))
        .map(|period| {
            let (_, end) = book.definitions().scheme.days(period);
            words::date(rule.due.deadline(period, end))
        })
        .collect();
    match dates.is_empty() {
        true => "x".into(),
        false => format!("năm {year}: chậm nhất {}", words::list(&dates)),
    }
}

/// The legal bases with whether they are in force on the day of the lock.
fn bases(book: &Book<'_>, plan: &Plan) -> Option<Block> {
    if plan.bases.is_empty() {
        return None;
    }
    let as_of = book.release.as_of();
    let ended = |basis: &LegalBasis| basis.valid_to.is_some_and(|day| day < as_of);
    let over = plan.bases.iter().filter(|basis| ended(basis)).count();
    let rows = plan
        .bases
        .iter()
        .map(|basis| {
            let state = match (basis.valid_from, ended(basis)) {
                (_, true) => "hết hiệu lực",
                (Some(from), _) if from > as_of => "chưa có hiệu lực",
                (None, _) => "chưa rõ ngày hiệu lực",
                _ => "còn hiệu lực",
            };
            let note = if basis.note.is_empty() { "x" } else { &basis.note };
            Row::new(
                Cell::text(&basis.title),
                vec![
                    Cell::number(basis.valid_from.map_or("…".into(), words::date)),
                    Cell::number(basis.valid_to.map_or("nay".into(), words::date)),
                    Cell::short(state).class(if ended(basis) { "nw k" } else { "nw" }),
                    Cell::text(note),
                ],
            )
        })
        .collect();
    let columns = [
        Column::text("Văn bản"),
        Column::number("Hiệu lực từ"),
        Column::number("Đến hết"),
        Column::text("Tình trạng"),
        Column::text("Ghi chú"),
    ];
    Some(Block {
        id: "can-cu".into(),
        topic: "Căn cứ".into(),
        finding: match over {
            0 => format!("{} văn bản căn cứ, đều còn hiệu lực hoặc chưa thấy hết hiệu lực.", plan.bases.len()),
            some => format!("{some} trong {} văn bản căn cứ đã hết hiệu lực vào ngày khóa số liệu.", plan.bases.len()),
        },
        tables: vec![
            Table::new("Văn bản căn cứ và hiệu lực", format!("Tính đến {}", words::date(as_of)), &columns, rows).full(),
        ],
        ..Block::default()
    })
}
