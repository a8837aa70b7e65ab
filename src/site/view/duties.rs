//! What a plan asks for: tasks in five “rõ”, returns and meetings, the steps of a model, legal bases.

use crate::definitions::plan::LegalBasis;
use crate::definitions::{Plan, Unit};
use crate::release::{Model, ReturnState};
use crate::site::book::{Book, is_in};
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::view::measure;
use crate::site::words;
use crate::vocabulary::text::plain_key;
use crate::vocabulary::{ObsStatus, Period, PeriodKind};

/// The board of tasks.
pub fn tasks(book: &Book<'_>, plan: &Plan, period: Period) -> Option<Block> {
    if plan.tasks.is_empty() {
        return None;
    }
    let shown = plan.tasks.iter().filter(|task| task.measure.is_some()).count();
    let rows = plan
        .tasks
        .iter()
        .map(|task| {
            let measure = task.measure.as_ref().and_then(|code| book.measure(code));
            let figure = match measure {
                Some(measure) => told(book, period, measure).link(page::measure(&measure.code)),
                None => Cell::text("theo dõi bằng hồ sơ"),
            };
            let or_x = |text: &str| Cell::text(if text.is_empty() { "x" } else { text }).class("long");
            Row::new(
                Cell::text(&task.what).class("long"),
                vec![
                    or_x(&task.who),
                    or_x(&task.when),
                    or_x(&task.progress),
                    or_x(&task.result),
                    figure.class("figure"),
                ],
            )
        })
        .collect();
    let columns = [
        Column::text("Rõ việc"),
        Column::text("Rõ người"),
        Column::text("Rõ thời gian"),
        Column::text("Rõ tiến độ"),
        Column::text("Rõ kết quả"),
        Column::text("Số liệu toàn tỉnh"),
    ];
    Some(Block {
        id: "viec".into(),
        topic: "Việc theo năm rõ".into(),
        finding: format!("{} việc; {shown} việc có chỉ tiêu theo dõi bằng số.", plan.tasks.len()),
        tables: vec![
            Table::new(
                format!("{} việc của kế hoạch", plan.tasks.len()),
                format!("Theo văn bản kế hoạch; số liệu {}", period.title()),
                &columns,
                rows,
            )
            .wide(),
        ],
        ..Block::default()
    })
}

/// Where a task stands by its measure: the figure, and whether its plan is reached.
fn told(book: &Book<'_>, period: Period, measure: &Measure) -> Cell {
    let standing = Standing::of(book, &book.province, period, measure);
    let classes = measure::classes(book, measure, period);
    let text = match standing.figure.value {
        _ if !classes.is_empty() => words::list(&classes),
        None if standing.figure.status == ObsStatus::M => "theo từng đơn vị".to_owned(),
        _ => words::told(measure, standing.figure),
    };
    let note = match standing.state {
        Some(_) => format!("{}: {}", measure.short, standing.verdict()),
        None => measure.short.clone(),
    };
    Cell::text(text).note(note)
}

/// When returns fall due in the year in review and the next, and the meetings that read them.
pub fn calendar(book: &Book<'_>, plan: &Plan, period: Period) -> Block {
    let definitions = book.definitions();
    let year = period.last_year();
    let last = definitions.site.last_year.min(plan.to_year.unwrap_or(i32::MAX));
    let as_of = book.release.as_of();
    let mut rows = Vec::new();
    let mut next = None;
    for at in [year, year + 1].into_iter().filter(|at| *at <= last) {
        let mut asked: Vec<_> = Period::of_years(at, at)
            .into_iter()
            .flat_map(|period| {
                plan.returns.iter().filter(move |rule| rule.asks_for(period)).map(move |rule| (period, rule))
            })
            .map(|(period, rule)| {
                let (_, end) = definitions.scheme.days(period);
                (rule.due.deadline(period, end), period, end)
            })
            .collect();
        asked.sort();
        if !asked.is_empty() {
            rows.push(Row::heading(format!("Năm {at}")));
        }
        for (deadline, period, end) in asked {
            if deadline >= as_of && next.is_none() {
                next = Some((period, deadline));
            }
            rows.push(due(book, plan, period, end, deadline));
        }
    }
    let finding = match next {
        Some((period, deadline)) => {
            format!("Hạn gần nhất: báo cáo {}, chậm nhất ngày {}.", period.title(), words::date(deadline))
        }
        None if rows.is_empty() => "Kế hoạch không ấn định hạn báo cáo trong thời gian này.".to_owned(),
        None => format!("Mọi hạn báo cáo đến hết năm {year} đã qua."),
    };
    let columns = [
        Column::text("Báo cáo"),
        Column::number("Chốt số liệu ngày"),
        Column::number("Nhận chậm nhất ngày"),
        Column::number("Đơn vị phải nộp"),
        Column::number("Đã nhận"),
        Column::number("Đúng hạn"),
    ];
    let mut tables = Vec::new();
    if !rows.is_empty() {
        tables.push(
            Table::new(
                "Hạn báo cáo của kế hoạch",
                format!("Tình hình nhận đến ngày {}", words::date(as_of)),
                &columns,
                rows,
            )
            .note("x: không đơn vị nào nộp riêng báo cáo này, hoặc chưa đến hạn. Đơn vị báo cáo theo nhịp dày hơn thì số của kỳ dài được ghép từ các kỳ ngắn."),
        );
    }
    tables.extend(meetings(plan));
    Block {
        id: "lich".into(),
        topic: "Lịch báo cáo, hội nghị".into(),
        finding,
        tables,
        side: vec![Note::new(
            "Hạn tính thế nào",
            format!(
                "Ngày chốt theo {}. “Trước ngày 10/6” nghĩa là nhận chậm nhất ngày 09/6.",
                words::inside(&definitions.scheme.title)
            ),
        )],
        ..Block::default()
    }
}

/// One deadline, with what was received for it.
fn due(book: &Book<'_>, plan: &Plan, period: Period, end: chrono::NaiveDate, deadline: chrono::NaiveDate) -> Row {
    let owed: Vec<_> = book
        .release
        .reporting()
        .iter()
        .filter(|status| status.period == period && status.plans.contains(&plan.id))
        .collect();
    let ahead = owed.iter().all(|status| status.state == ReturnState::NotYetDue);
    let count = |number: usize| if ahead { "x".to_owned() } else { number.to_string() };
    let came = owed.iter().filter(|status| is_in(status)).count();
    let on_time = owed.iter().filter(|status| status.state == ReturnState::OnTime).count();
    Row::new(
        Cell::text(period.heading()),
        vec![
            Cell::number(words::date(end)),
            Cell::number(words::date(deadline)).key(),
            Cell::number(if owed.is_empty() { "x".to_owned() } else { owed.len().to_string() }),
            Cell::number(count(came)),
            Cell::number(count(on_time)),
        ],
    )
}

fn meetings(plan: &Plan) -> Option<Table> {
    if plan.meetings.is_empty() {
        return None;
    }
    let rows = plan
        .meetings
        .iter()
        .map(|meeting| {
            let reviews = match meeting.reviews {
                PeriodKind::Quarter => "quý",
                PeriodKind::Half => "6 tháng",
                PeriodKind::NineMonths => "9 tháng",
                PeriodKind::Year => "năm",
                PeriodKind::Span => "giai đoạn",
            };
            let years: Vec<String> = meeting.years.iter().map(ToString::to_string).collect();
            Row::new(
                Cell::text(&meeting.title),
                vec![
                    Cell::short(reviews),
                    Cell::text(if years.is_empty() { "hằng năm".to_owned() } else { years.join(", ") }),
                    Cell::text(&meeting.when),
                ],
            )
        })
        .collect();
    let columns =
        [Column::text("Hội nghị"), Column::text("Đọc số liệu"), Column::text("Năm"), Column::text("Thời gian")];
    Some(Table::new("Hội nghị của kế hoạch", "Theo văn bản kế hoạch", &columns, rows))
}

/// The steps of building a model with the documents each leaves, and how many models have reached them.
pub fn steps(book: &Book<'_>, plan: &Plan, units: &[&Unit]) -> Option<Block> {
    let models: Vec<&Model> = book.release.models().iter().filter(|model| belongs(plan, units, model)).collect();
    if plan.steps.is_empty() && models.is_empty() {
        return None;
    }
    let mut tables = Vec::new();
    if !plan.steps.is_empty() {
        let rows = plan
            .steps
            .iter()
            .map(|step| {
                let reached = models.iter().filter(|model| model.latest().step >= step.number).count();
                Row::new(
                    Cell::short(format!("Bước {}", step.number)),
                    vec![
                        Cell::text(&step.title),
                        Cell::text(format!("{}.", step.artefacts.join("; "))).class("long"),
                        Cell::number(if models.is_empty() {
                            "x".to_owned()
                        } else {
                            format!("{reached}/{}", models.len())
                        }),
                    ],
                )
            })
            .collect();
        let columns = [
            Column::text("Bước"),
            Column::text("Việc"),
            Column::text("Hồ sơ, sản phẩm"),
            Column::number("Mô hình đã đạt"),
        ];
        tables.push(Table::new("Năm bước xây dựng mô hình", "Theo văn bản kế hoạch", &columns, rows).full());
    }
    if models.len() > LISTED {
        tables.push(by_unit(units, &models));
    } else if !models.is_empty() {
        let mut columns = vec![Column::text("Mô hình"), Column::text("Đơn vị")];
        columns.extend(super::models::columns());
        let rows = models
            .iter()
            .map(|model| {
                let mut cells = vec![super::history::unit_cell(book, &model.unit)];
                cells.extend(super::models::cells(model));
                Row::new(super::models::name(book, model), cells)
            })
            .collect();
        tables.push(Table::new("Mô hình của kế hoạch", "Theo báo cáo gần nhất của đơn vị", &columns, rows).wide());
    }
    let whole = models.iter().filter(|model| model.latest().step >= 5).count();
    let of_units = |model: &&Model| units.iter().any(|unit| unit.code == model.unit);
    let unassigned = book.release.models().iter().filter(of_units).filter(|model| model.plan.is_empty()).count();
    Some(Block {
        id: "buoc".into(),
        topic: "Xây dựng mô hình".into(),
        finding: match models.len() {
            0 => "Chưa báo cáo nào ghi mô hình thuộc kế hoạch này.".to_owned(),
            all => format!("{all} mô hình, {whole} mô hình đã đủ năm bước."),
        },
        more: match unassigned {
            0 => String::new(),
            count => {
                format!("Các đơn vị thực hiện còn {count} mô hình không ghi thuộc kế hoạch nào; xem trang Mô hình.")
            }
        },
        tables,
        ..Block::default()
    })
}

/// A plan page lists models one by one up to this many; all of them stand in the register.
const LISTED: usize = 40;

/// How many models each unit has.
fn by_unit(units: &[&Unit], models: &[&Model]) -> Table {
    let rows = units.iter().filter_map(|unit| {
        let mine: Vec<&&Model> = models.iter().filter(|model| model.unit == unit.code).collect();
        let whole = mine.iter().filter(|model| model.latest().step >= 5).count();
        let cells = vec![Cell::number(mine.len().to_string()).key(), Cell::number(whole.to_string())];
        let label = Cell::short(unit.name()).link(format!("{}#mo-hinh", page::unit(unit)));
        (!mine.is_empty()).then(|| Row::new(label, cells))
    });
    let columns = [Column::text("Đơn vị"), Column::number("Số mô hình"), Column::number("Đủ năm bước")];
    Table::new("Mô hình của kế hoạch theo đơn vị", "Từng mô hình ở trang của đơn vị", &columns, rows.collect())
}

/// Whether a model was reported under this plan: its unit typed the plan's number, short title or id.
fn belongs(plan: &Plan, units: &[&Unit], model: &Model) -> bool {
    let typed = plain_key(&model.plan);
    let names = [plain_key(&plan.number), plain_key(&plan.short), plain_key(plan.id.as_str())];
    let named = |name: &String| !name.starts_with('…') && (typed == *name || typed.contains(name.as_str()));
    !typed.is_empty() && units.iter().any(|unit| unit.code == model.unit) && names.iter().any(named)
}

/// The legal bases and whether they are in force on the day the figures are locked.
pub fn bases(book: &Book<'_>, plan: &Plan) -> Option<Block> {
    if plan.bases.is_empty() {
        return None;
    }
    let day = book.release.as_of();
    let ended = plan.bases.iter().filter(|basis| basis.valid_to.is_some_and(|to| to < day)).count();
    let unknown = plan.bases.iter().filter(|basis| basis.valid_from.is_none() && basis.valid_to.is_none()).count();
    let rows = plan
        .bases
        .iter()
        .map(|basis| {
            let note = if basis.note.is_empty() { "x" } else { &basis.note };
            Row::new(
                Cell::text(&basis.title).class("long"),
                vec![Cell::text(validity(basis, day)), Cell::text(note).class("long")],
            )
        })
        .collect();
    let columns = [Column::text("Văn bản"), Column::text("Hiệu lực"), Column::text("Ghi chú")];
    let all = plan.bases.len();
    let finding = match ended {
        0 => format!("{all} văn bản, không văn bản nào đã biết hết hiệu lực đến ngày {}.", words::date(day)),
        ended => format!("{ended} trong {all} văn bản đã hết hiệu lực đến ngày {}.", words::date(day)),
    };
    Some(Block {
        id: "can-cu".into(),
        topic: "Căn cứ pháp lý".into(),
        finding,
        more: match unknown {
            0 => String::new(),
            unknown => format!("{unknown} văn bản chưa tra cứu được ngày hiệu lực."),
        },
        tables: vec![Table::new("Căn cứ và hiệu lực", format!("Tại ngày {}", words::date(day)), &columns, rows).full()],
        ..Block::default()
    })
}

/// Whether a basis is in force on a day.
fn validity(basis: &LegalBasis, day: chrono::NaiveDate) -> String {
    match (basis.valid_from, basis.valid_to) {
        (_, Some(to)) if to < day => match to.succ_opt() {
            Some(from) => format!("hết hiệu lực từ {}", words::date(from)),
            None => "hết hiệu lực".to_owned(),
        },
        (Some(from), _) if from > day => format!("có hiệu lực từ {}", words::date(from)),
        (_, Some(to)) => format!("còn hiệu lực đến hết {}", words::date(to)),
        (Some(from), None) => format!("còn hiệu lực, từ {}", words::date(from)),
        (None, None) => "chưa tra cứu được ngày hiệu lực".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basis_ceases_on_the_day_after_its_last() {
        let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
        let basis = |from: Option<&str>, to: Option<&str>| LegalBasis {
            title: String::new(),
            valid_from: from.map(day),
            valid_to: to.map(day),
            note: String::new(),
        };
        let law = basis(Some("2020-01-01"), Some("2026-06-30"));
        assert_eq!(validity(&law, day("2026-07-01")), "hết hiệu lực từ 01/7/2026");
        assert_eq!(validity(&law, day("2026-06-30")), "còn hiệu lực đến hết 30/6/2026");
        assert_eq!(validity(&basis(Some("2026-07-01"), None), day("2026-06-30")), "có hiệu lực từ 01/7/2026");
        assert_eq!(validity(&basis(None, None), day("2026-06-30")), "chưa tra cứu được ngày hiệu lực");
    }
}
