//! The main reporting table: kế hoạch, thực hiện, % kế hoạch, thay đổi, phạm vi, theme by theme.

use crate::analysis::change::Signal;
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::{Cell, Column, Row, Table};
use crate::site::view::number;
use crate::site::words;
use crate::vocabulary::{Area, Period, PeriodKind};

/// The column “Thực hiện” among the cells of a row.
const DONE: usize = 2;
/// What marks a figure that is not the one that was published.
const REVISED: &str = "(đ)";

/// The table of some measures of the province in a period.
pub fn table<'m>(
    book: &Book<'_>,
    period: Period,
    measures: impl IntoIterator<Item = &'m Measure>,
    title: &str,
) -> Table {
    let versus = words::versus(period, crate::release::Versus::SamePeriodLastYear);
    let columns = [
        Column::text("Chỉ tiêu"),
        Column::text("ĐVT"),
        Column::number("Kế hoạch"),
        Column::number("Thực hiện"),
        Column::number("% kế hoạch"),
        Column::number("Cùng kỳ"),
        Column::number("Tăng, giảm"),
        Column::text("Ghi chú"),
    ];
    // Each theme once, in the order in which its first measure comes.
    let mut measures: Vec<&Measure> = measures.into_iter().collect();
    let mut themes: Vec<&str> = Vec::new();
    for measure in &measures {
        if !themes.contains(&measure.theme.as_str()) {
            themes.push(&measure.theme);
        }
    }
    measures.sort_by_key(|measure| themes.iter().position(|theme| *theme == measure.theme));
    let by_size: Vec<String> = measures
        .iter()
        .filter(|measure| measure.counts.is_none())
        .filter_map(|measure| Some((measure, book.weighted(period, measure)?)))
        .map(|(measure, share)| format!("{} {share}%", words::inside(&measure.short)))
        .collect();
    let mut rows = Vec::new();
    let mut theme = "";
    let mut revised = None;
    for measure in measures {
        if measure.theme != theme {
            theme = &measure.theme;
            rows.push(Row::heading(theme));
        }
        let mut row = row(book, &book.province, period, measure);
        if let Some(note) = book.revised(period, measure) {
            row.cells[DONE].mark = REVISED.into();
            revised = Some(format!("{REVISED} {note}."));
        }
        rows.push(row);
    }
    Table::new(
        title,
        format!("Toàn tỉnh, {}; thay đổi {versus}, trên cùng các xã có đủ số liệu cả hai kỳ", period.title()),
        &columns,
        rows,
    )
    .full()
    .note(note(book, period))
    .note(match by_size.is_empty() {
        true => String::new(),
        false => format!(
            "Tính theo quy mô năm trước của các xã, độ phủ khác tỷ lệ số xã quá 5 điểm phần trăm ở: {}.",
            words::list_of(&by_size, NAMED, "chỉ tiêu")
        ),
    })
    .note(revised.unwrap_or_default())
}

/// At most this many measures are named in a note.
const NAMED: usize = 6;

/// The row of one measure.
fn row(book: &Book<'_>, area: &Area, period: Period, measure: &Measure) -> Row {
    let standing = Standing::of(book, area, period, measure);
    Row::new(
        name(measure),
        vec![
            Cell::short(measure.table_unit()),
            Cell::number(standing.plan()),
            number::figure(book, area, period, measure).key(),
            Cell::number(standing.percent()),
            number::figure(book, area, period.a_year_earlier(), measure),
            number::change(book, area, period, measure),
            remark(book, area, period, &standing),
        ],
    )
}

/// How many units are in the figure, whether the plan is reached, and whether the change is a clear one.
fn remark(book: &Book<'_>, area: &Area, period: Period, standing: &Standing<'_>) -> Cell {
    let covered = number::coverage(book, period, standing.measure);
    if covered.sign {
        return covered.class("sign");
    }
    let mut told = vec![format!("{} xã", covered.text)];
    if standing.state.is_some() {
        told.push(standing.verdict().to_owned());
    }
    let signal = book.verdict(area, period, standing.measure).map(|verdict| verdict.listed());
    if let Some(signal @ (Signal::Up | Signal::Down)) = signal {
        told.push(words::inside(signal.text()));
    }
    Cell { text: told.join("; "), class: "rem", ..covered }
}

fn note(book: &Book<'_>, period: Period) -> String {
    let mut note = String::from("Tỷ lệ tăng, giảm bằng điểm phần trăm.");
    if book.definitions().targets.iter().any(|target| target.period == Period::year(period.last_year()))
        && period != Period::year(period.last_year())
    {
        note.push_str(&format!(" Kế hoạch là kế hoạch năm {}, trừ chỉ tiêu giao riêng cho kỳ.", period.last_year()));
    }
    if period.kind() == PeriodKind::Span {
        note.push_str(" Số người phát sinh cộng qua nhiều năm là lượt người.");
    }
    note
}

/// The name of a measure as the heading of a row, leading to its page.
pub fn name(measure: &Measure) -> Cell {
    let name = Cell::text(&measure.listed).link(page::measure(measure.counts.as_ref().unwrap_or(&measure.code)));
    if measure.part_of.is_some() || measure.counts.is_some() { Cell { class: "part", ..name } } else { name }
}
