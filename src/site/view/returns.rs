//! Tình hình nộp: which of the expected returns came, when, and what became of them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::release::{ReturnState, ReturnStatus};
use crate::site::book::{Book, is_in};
use crate::site::chart::columns::{Columns, Stack};
use crate::site::chart::{Group, Head, Periods};
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::draw;
use crate::site::view::frame::Frame;
use crate::site::words;
use crate::vocabulary::{Period, PeriodKind, UnitCode};

/// What `returns.html` needs.
#[derive(Debug, Serialize)]
pub struct Returns {
    /// Chưa nộp, muộn, trả lại in the period in review.
    pub open: Block,
    /// Từng đơn vị, từng kỳ.
    pub matrix: Block,
    /// Number of the matrix among the tables of the page.
    pub number: usize,
    /// Caption of the matrix.
    pub caption: String,
    /// Years of the matrix.
    pub years: Vec<String>,
    /// Quarters of the matrix: `I` with its full name.
    pub quarters: Vec<(String, String)>,
    /// One row per unit.
    pub rows: Vec<MatrixRow>,
    /// Totals: a name and one number for each quarter.
    pub totals: Vec<(String, Vec<String>)>,
    /// Toàn tỉnh theo kỳ, with the chart.
    pub course: Block,
    /// Tổng hợp theo đơn vị.
    pub units: Block,
}

/// The returns of one unit.
#[derive(Debug, Serialize)]
pub struct MatrixRow {
    /// Name of the unit.
    pub name: String,
    /// Its page.
    pub href: String,
    /// One cell for each return, wide as its period.
    pub cells: Vec<MatrixCell>,
    /// `18/20`.
    pub on_time: String,
}

/// One return.
#[derive(Debug, Serialize)]
pub struct MatrixCell {
    /// Letter.
    pub letter: String,
    /// CSS class.
    pub class: &'static str,
    /// Quarters it spans.
    pub columns: usize,
}

/// The letter of a state: `Đ`, `M3`, `T`, `…`.
pub fn letter(state: &ReturnState) -> String {
    match state {
        ReturnState::Late(days) => format!("M{days}"),
        ReturnState::Missing => "…".into(),
        other => other.letter().into(),
    }
}

/// The look of a state.
pub fn class(state: &ReturnState) -> &'static str {
    match state {
        ReturnState::OnTime => "st-d",
        ReturnState::Late(_) => "st-m",
        ReturnState::Returned => "st-t",
        ReturnState::Missing => "st-c",
        ReturnState::NotYetDue => "st-x",
    }
}

/// How a state stands out in a table.
pub fn mark(state: &ReturnState) -> &'static str {
    match state {
        ReturnState::OnTime | ReturnState::NotYetDue => "nw",
        _ => "nw k",
    }
}

/// The returns page.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Returns) {
    let period = book.current();
    let quarters: Vec<Period> = all_quarters(book);
    let (whole, due) = book.returns_coverage(period);
    let mut open = open(book, period);
    let mut matrix =
        Block { topic: "Từng đơn vị, từng kỳ".into(), finding: matrix_finding(book), ..Block::default() };
    let mut course = course(book, &quarters);
    let mut units = units(book);
    block::number([&mut open]);
    let number = open.tables.len() + 1;
    renumber(&mut course, &mut units, number);
    course.figures.iter_mut().for_each(|figure| figure.table = number);
    matrix.id = "ma-tran".into();
    let missing = book.missing(period);
    let mut lead = if missing.is_empty() {
        "Mọi báo cáo phải nộp của kỳ đã nhận đủ.".to_owned()
    } else {
        let names: Vec<String> = missing.iter().map(|name| words::inside(name)).collect();
        format!("Còn thiếu báo cáo: {}.", words::list_of(&names, 6, "đơn vị"))
    };
    if let Some(told) = book.waiting_told() {
        lead = format!("{lead} {told}");
    }
    let frame = Frame::new(
        book.release,
        path,
        "Tình hình nộp báo cáo",
        &format!("{whole} trong {due} đơn vị đã nộp đủ báo cáo {}", period.title()),
        &lead,
    )
    .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
    .action("Bảng từng đơn vị", "#ma-tran")
    .action("Tải danh sách", page::DOWNLOADS);
    let years = draw::all_years(book).iter().map(Period::to_string).collect();
    let returns = Returns {
        open,
        matrix,
        number,
        caption: format!(
            "Nộp báo cáo của {} đơn vị, {}–{}",
            book.units.len(),
            quarters[0].title(),
            quarters[quarters.len() - 1].title()
        ),
        years,
        quarters: quarters
            .iter()
            .map(|quarter| (["I", "II", "III", "IV"][usize::from(quarter.number()) - 1].to_owned(), quarter.heading()))
            .collect(),
        rows: book.units.iter().map(|unit| matrix_row(book, &unit.code, &quarters)).collect(),
        totals: totals(book, &quarters),
        course,
        units,
    };
    (frame, returns)
}

fn renumber(course: &mut Block, units: &mut Block, matrix: usize) {
    course.figures.iter_mut().for_each(|figure| figure.number = 1);
    units.tables.iter_mut().for_each(|table| table.number = matrix + 1);
}

fn all_quarters(book: &Book<'_>) -> Vec<Period> {
    draw::all_years(book).iter().flat_map(|year| year.quarters()).collect()
}

/// What is missing, late or returned in the period in review.
fn open(book: &Book<'_>, period: Period) -> Block {
    let mut counts = [0usize; 3];
    let mut rows = Vec::new();
    for unit in &book.units {
        for status in book.returns(period).filter(|status| status.unit == unit.code) {
            match status.state {
                ReturnState::Missing => counts[0] += 1,
                ReturnState::Returned => counts[1] += 1,
                ReturnState::Late(_) => counts[2] += 1,
                _ => continue,
            }
            rows.push(Row::new(
                Cell::text(unit.name()).link(page::unit(unit)),
                vec![
                    Cell::short(words::capital(&status.period.title())),
                    Cell::number(words::date(status.deadline)),
                    Cell::number(status.received.map_or("…".into(), words::date)),
                    Cell::text(status.state.title()),
                ],
            ));
        }
    }
    let [missing, returned, late] = counts;
    let mut parts = Vec::new();
    for (count, what) in [(missing, "chưa nộp"), (returned, "trả lại"), (late, "nộp muộn")] {
        if count > 0 {
            parts.push(format!("{count} báo cáo {what}"));
        }
    }
    let finding = if parts.is_empty() {
        format!("Mọi báo cáo của {} đều nộp đúng hạn.", period.title())
    } else {
        format!("{}: {}.", period.heading(), words::list(&parts))
    };
    let columns = [
        Column::text("Đơn vị"),
        Column::text("Báo cáo"),
        Column::number("Hạn"),
        Column::number("Ngày nhận"),
        Column::text("Tình trạng"),
    ];
    let tables = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Table::new(
            "Báo cáo chưa nộp, trả lại hoặc nộp muộn",
            format!("Kỳ {}, theo tên đơn vị", period.title()),
            &columns,
            rows,
        )]
    };
    Block {
        topic: period.heading(),
        finding,
        tables,
        side: vec![
            Note::new(
                "Hạn nộp",
                "“Trước ngày 10/6” nghĩa là nhận chậm nhất ngày 09/6. Hạn của từng đơn vị theo kế hoạch đang thực hiện.",
            ),
            Note::new("Nộp nhiều lần", "Ngày nhận là ngày của bản đầu tiên dùng được; số liệu lấy ở bản mới nhất."),
        ],
        ..Block::default()
    }
}

fn matrix_finding(book: &Book<'_>) -> String {
    let due: Vec<&ReturnStatus> =
        book.release.reporting().iter().filter(|status| status.state != ReturnState::NotYetDue).collect();
    let on_time = due.iter().filter(|status| status.state == ReturnState::OnTime).count();
    let came = due.iter().filter(|status| is_in(status)).count();
    let [came, due, on_time] = [came, due.len(), on_time].map(words::count);
    format!("{came} trong {due} báo cáo đến hạn đã nhận, {on_time} báo cáo đúng hạn.")
}

fn matrix_row(book: &Book<'_>, unit: &UnitCode, quarters: &[Period]) -> MatrixRow {
    let mine: Vec<&ReturnStatus> = book.release.reporting().iter().filter(|status| status.unit == *unit).collect();
    let mut cells = Vec::new();
    let mut at = 0;
    while at < quarters.len() {
        let begun = mine.iter().find(|status| status.period.starts_with(quarters[at]));
        let columns = begun.map_or(1, |status| status.period.quarters().count());
        cells.push(match begun {
            Some(status) => MatrixCell { letter: letter(&status.state), class: class(&status.state), columns },
            None => MatrixCell { letter: "x".into(), class: "st-x", columns },
        });
        at += columns;
    }
    let due = mine.iter().filter(|status| status.state != ReturnState::NotYetDue).count();
    let on_time = mine.iter().filter(|status| status.state == ReturnState::OnTime).count();
    MatrixRow {
        name: book.unit_name(unit),
        href: book.unit(unit).map_or(String::new(), page::unit),
        cells,
        on_time: format!("{on_time}/{due}"),
    }
}

/// Returns by the quarter they close.
fn closing(book: &Book<'_>, quarter: Period) -> Stack {
    let mut stack = Stack::default();
    for status in book.release.reporting().iter().filter(|status| status.period.ends_with(quarter)) {
        match status.state {
            ReturnState::OnTime => stack.on_time += 1,
            ReturnState::Late(_) => stack.late += 1,
            ReturnState::Missing | ReturnState::Returned => stack.missing += 1,
            ReturnState::NotYetDue => {}
        }
    }
    stack
}

fn totals(book: &Book<'_>, quarters: &[Period]) -> Vec<(String, Vec<String>)> {
    let stacks: Vec<Stack> = quarters.iter().map(|quarter| closing(book, *quarter)).collect();
    let line = |name: &str, of: fn(&Stack) -> u32| {
        let numbers = stacks.iter().map(|stack| of(stack).to_string()).collect();
        (name.to_owned(), numbers)
    };
    vec![
        line("Đúng hạn", |stack| stack.on_time),
        line("Đã nhận", |stack| stack.on_time + stack.late),
        line("Phải nộp", |stack| stack.on_time + stack.late + stack.missing),
    ]
}

fn course(book: &Book<'_>, quarters: &[Period]) -> Block {
    let current = book.current();
    let ended: Vec<Period> =
        quarters.iter().copied().filter(|quarter| *quarter <= current || quarter.ends_with(current)).collect();
    let stacks: Vec<Stack> = ended.iter().map(|quarter| closing(book, *quarter)).collect();
    let best = stacks.iter().map(|stack| stack.missing).max().unwrap_or(0);
    let worst = ended.iter().zip(&stacks).find(|(_, stack)| stack.missing == best && best > 0);
    let finding = match worst {
        Some((quarter, stack)) => format!("{} thiếu nhiều nhất: {} báo cáo.", quarter.heading(), stack.missing),
        None => "Không kỳ nào thiếu báo cáo.".to_owned(),
    };
    let last = stacks.last().copied().unwrap_or_default();
    let all = last.on_time + last.late + last.missing;
    let title = match ended.last() {
        Some(quarter) => format!("{}: {} trong {all} báo cáo đúng hạn", quarter.heading(), last.on_time),
        None => "Chưa có kỳ nào đến hạn".to_owned(),
    };
    let years: Vec<Period> =
        draw::all_years(book).into_iter().filter(|year| year.first_year() <= current.last_year()).collect();
    let periods = Periods {
        groups: years
            .iter()
            .map(|year| Group {
                label: year.to_string(),
                slots: ["I", "II", "III", "IV"].map(str::to_owned).to_vec(),
                ahead: false,
            })
            .collect(),
    };
    let subtitle = match (ended.first(), ended.last()) {
        (Some(first), Some(last)) => format!("Số báo cáo theo quý chốt kỳ, {}–{}", first.title(), last.title()),
        _ => "Số báo cáo theo quý chốt kỳ".to_owned(),
    };
    Block {
        topic: "Toàn tỉnh theo quý".into(),
        finding,
        figures: vec![Figure {
            title,
            subtitle,
            drawings: draw::both(
                Columns {
                    head: Head {
                        id: "nop".into(),
                        title: "Báo cáo đúng hạn, muộn, chưa nộp theo quý".into(),
                        summary: String::new(),
                    },
                    periods,
                    stacks,
                    names: ["đúng hạn".into(), "muộn".into(), "chưa nộp, trả lại".into()],
                }
                .drawing(),
            ),
            coverage: "Báo cáo 6 tháng và năm được đếm ở quý chốt kỳ.".into(),
            ..Figure::default()
        }],
        ..Block::default()
    }
}

/// One line per unit: how many of its returns, over all years.
fn units(book: &Book<'_>) -> Block {
    let mut rows = Vec::new();
    let mut tally: BTreeMap<&UnitCode, [u32; 4]> = BTreeMap::new();
    for status in book.release.reporting() {
        let counts = tally.entry(&status.unit).or_default();
        match status.state {
            ReturnState::OnTime => counts[0] += 1,
            ReturnState::Late(_) => counts[1] += 1,
            ReturnState::Returned => counts[2] += 1,
            ReturnState::Missing => counts[3] += 1,
            ReturnState::NotYetDue => {}
        }
    }
    let mut sum = [0u32; 4];
    for unit in &book.units {
        let counts = tally.get(&unit.code).copied().unwrap_or_default();
        sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        rows.push(count_row(Cell::text(unit.name()).link(page::unit(unit)), rhythm(book, &unit.code), counts));
    }
    rows.push(count_row(Cell::text("Toàn tỉnh"), "x", sum).class("sum"));
    let columns = [
        Column::text("Đơn vị"),
        Column::text("Nhịp báo cáo"),
        Column::number("Phải nộp"),
        Column::number("Đúng hạn"),
        Column::number("Muộn"),
        Column::number("Trả lại"),
        Column::number("Chưa nộp"),
    ];
    Block {
        topic: "Theo đơn vị".into(),
        finding: "Số báo cáo của từng đơn vị từ đầu giai đoạn.".into(),
        tables: vec![Table::new("Báo cáo phải nộp và đã nộp", "Các kỳ đã đến hạn", &columns, rows)],
        ..Block::default()
    }
}

fn count_row(label: Cell, rhythm: &str, counts: [u32; 4]) -> Row {
    let mut cells = vec![Cell::short(rhythm), Cell::number(counts.iter().sum::<u32>().to_string())];
    cells.extend(counts.iter().map(|count| Cell::number(count.to_string())));
    Row::new(label, cells)
}

/// How often a unit reports.
pub fn rhythm(book: &Book<'_>, unit: &UnitCode) -> &'static str {
    let kinds =
        book.release.reporting().iter().filter(|status| status.unit == *unit).map(|status| status.period.kind());
    match kinds.min() {
        Some(PeriodKind::Quarter) => "hằng quý",
        Some(PeriodKind::Half) => "6 tháng",
        Some(_) => "hằng năm",
        None => "x",
    }
}
