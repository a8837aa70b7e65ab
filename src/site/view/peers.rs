//! Units side by side in one measure, by name, and the full table of every unit and period.

use crate::analysis::{Silence, wording};
use crate::definitions::Unit;
use crate::definitions::form::Privacy;
use crate::release::ReturnStatus;
use crate::site::book::{Book, bare};
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::chart::ranked::{Ranked, RankedRow};
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::{draw, number};
use crate::site::words;
use crate::vocabulary::text::slug;
use crate::vocabulary::{Area, ObsStatus, Period, PeriodKind};

/// The comparison of units in the period in review: the funnel where there is one, else their figures by name.
pub fn block(book: &Book<'_>, measure: &Measure) -> Option<Block> {
    match book.signals.funnel(measure) {
        Ok(funnel) => Some(super::funnel::block(book, measure, funnel)),
        Err(why) => by_name(book, measure, why),
    }
}

/// The figures of units by name, where there is nothing to compare them by.
fn by_name(book: &Book<'_>, measure: &Measure, why: Silence) -> Option<Block> {
    let period = book.current();
    let shown =
        book.units.iter().filter(|unit| book.figure(&Book::area(unit), period, measure).value.is_some()).count();
    if shown < 2 {
        return None;
    }
    let whole = book.figure(&book.province, period, measure);
    let why = match why {
        Silence::Untested if measure.is_ratio() => "Chỉ tiêu này không so sánh giữa các xã",
        Silence::Untested => wording::UNTESTED,
        other => other.text(),
    };
    Some(Block {
        id: "don-vi".into(),
        topic: "Giữa các đơn vị".into(),
        finding: match whole.value {
            Some(total) => format!("Toàn tỉnh {}; {shown} đơn vị có số liệu.", words::said(measure, total)),
            None => format!("{shown} đơn vị có số liệu."),
        },
        more: format!("{why}."),
        figures: bars(book, measure).into_iter().collect(),
        tables: vec![count_table(book, measure)],
        side: vec![Note::new(
            "Cách đọc",
            "Đơn vị đông dân, nhiều thôn thường có số lớn hơn. Các đơn vị đứng theo tên, không xếp hạng.",
        )],
        ..Block::default()
    })
}

/// With more units than this bars by name are a list nobody reads.
const MOST_BARS: usize = 40;

/// The figures of units as bars, by name.
fn bars(book: &Book<'_>, measure: &Measure) -> Option<Figure> {
    let period = book.current();
    let rows: Vec<RankedRow> = book
        .units
        .iter()
        .map(|unit| (unit, book.figure(&Book::area(unit), period, measure)))
        .filter(|(_, figure)| figure.status != ObsStatus::M)
        .map(|(unit, figure)| RankedRow {
            name: bare(unit.name()).to_owned(),
            value: draw::value(measure, figure),
            label: figure.value.map_or(String::new(), |value| words::quantity(measure, value)),
            ours: false,
        })
        .collect();
    if rows.len() > MOST_BARS || measure.is_class() {
        return None;
    }
    let whole = book.figure(&book.province, period, measure);
    Some(Figure {
        title: format!("{}: toàn tỉnh {}", measure.short, words::told(measure, whole)),
        subtitle: format!("{}, từng đơn vị theo tên, {}, {}", measure.short, period.title(), measure.table_unit()),
        drawings: draw::both(
            Ranked {
                head: Head {
                    id: format!("theo-ten-{}", slug(measure.code.as_str())),
                    title: format!("{} của từng đơn vị, {}", measure.title, period.title()),
                    summary: String::new(),
                },
                measure: draw::axis(measure),
                reference: None,
                rows,
            }
            .drawing(),
        ),
        coverage: format!("{}.", book.coverage_told(period, measure)),
        ..Figure::default()
    })
}

/// The table of figures by name: each unit with plan and change.
fn count_table(book: &Book<'_>, measure: &Measure) -> Table {
    let period = book.current();
    let line = |label: Cell, area: &Area| {
        let standing = Standing::of(book, area, period, measure);
        let cells = vec![
            number::figure(book, area, period, measure).key(),
            number::figure(book, area, period.a_year_earlier(), measure),
            number::change(book, area, period, measure),
            Cell::number(standing.plan()),
            Cell::number(standing.percent()),
        ];
        Row::new(label, cells)
    };
    let mut rows: Vec<Row> = book
        .units
        .iter()
        .map(|unit| line(Cell::short(unit.name()).link(page::unit(unit)), &Book::area(unit)))
        .collect();
    rows.push(line(Cell::text("Toàn tỉnh"), &book.province).class("sum"));
    let columns = [
        Column::text("Đơn vị"),
        Column::number(period.short()).unit(measure.table_unit()).of(period),
        Column::number("Cùng kỳ"),
        Column::number("Tăng, giảm"),
        Column::number("Kế hoạch"),
        Column::number("% kế hoạch"),
    ];
    Table::new(
        format!("{} của từng đơn vị", measure.short),
        format!("{}, {}; xếp theo tên", period.heading(), measure.table_unit()),
        &columns,
        rows,
    )
}

/// With more units × quarters than this, a table of links leaves the quarters of earlier years out.
const MOST_LINKED: usize = 600;

/// With more units than this the full table stands on pages of its own.
const BESIDE: usize = 60;
/// And this many units on each of them.
const ON_A_PAGE: usize = 130;

/// The anchor of the full table.
const FULL: &str = "bang-day-du";

/// How many pages the full table of a measure fills; 0 where it stands on the page of the measure.
pub fn parts(book: &Book<'_>) -> usize {
    if book.units.len() > BESIDE { book.units.len().div_ceil(ON_A_PAGE) } else { 0 }
}

/// Where the full table of a measure stands.
pub fn full_table(book: &Book<'_>, measure: &Measure) -> String {
    let page = match parts(book) {
        0 => page::measure(&measure.code),
        _ => page::measure_units(&measure.code, 0),
    };
    format!("{page}#{FULL}")
}

/// The units of one such page.
pub fn part_of<'b, 'a>(book: &'b Book<'a>, part: usize) -> &'b [&'a Unit] {
    book.units.chunks(ON_A_PAGE).nth(part).unwrap_or(&[])
}

/// Some units and every period of their own rhythm.
pub fn everything(book: &Book<'_>, measure: &Measure, units: &[&Unit]) -> Block {
    let years = book.years();
    let running: Vec<Period> = book.periods().filter(|period| period.kind() == PeriodKind::Quarter).collect();
    // Where every number is a link, the quarters of earlier years stand on their lineage pages: a page is at most 150 kB.
    let crowded = book.trail.is_some() && book.units.len() * running.len() > MOST_LINKED;
    let quarters: Vec<Period> = match running.last() {
        Some(last) if crowded => running.iter().copied().filter(|q| q.last_year() == last.last_year()).collect(),
        _ => running.clone(),
    };
    // At commune level persons are published by the year only: their quarters would be signs throughout.
    let yearly = measure.is_class() || book.is_public() && measure.privacy != Privacy::P0;
    let by_quarter = !yearly;
    let mut columns = vec![Column::text("Đơn vị")];
    let mut all_years: Vec<i32> = running.iter().map(|quarter| quarter.last_year()).collect();
    all_years.dedup();
    for year in &all_years {
        let group = format!("Năm {year}");
        if by_quarter {
            for quarter in quarters.iter().filter(|quarter| quarter.last_year() == *year) {
                columns.push(Column::number(["I", "II", "III", "IV"][usize::from(quarter.number()) - 1]).under(&group));
            }
        }
        if years.contains(&Period::year(*year)) {
            let column = Column::number(if by_quarter { "Năm".to_owned() } else { year.to_string() });
            let column = column.of(Period::year(*year));
            columns.push(if by_quarter { column.under(&group) } else { column });
        }
    }
    let period = book.current();
    columns.push(Column::number("Kế hoạch"));
    columns.push(Column::number("So với cùng kỳ"));
    let line = |label: Cell, area: &Area, rhythm: Option<Vec<&ReturnStatus>>| {
        let mut cells = Vec::new();
        for year in &all_years {
            if by_quarter {
                cells.extend(parts_of_year(book, area, measure, *year, &quarters, rhythm.as_deref()));
            }
            if years.contains(&Period::year(*year)) {
                cells.push(number::figure(book, area, Period::year(*year), measure).key());
            }
        }
        let standing = Standing::of(book, area, period, measure);
        cells.push(Cell::number(standing.plan()));
        cells.push(number::change(book, area, period, measure));
        Row::new(label, cells)
    };
    let mut rows: Vec<Row> = units
        .iter()
        .map(|unit| {
            let mine = book.release.reporting().iter().filter(|status| status.unit == unit.code).collect();
            line(Cell::short(unit.name()).link(page::unit(unit)), &Book::area(unit), Some(mine))
        })
        .collect();
    if !measure.is_class() {
        rows.push(line(Cell::text("Toàn tỉnh"), &book.province, None).class("sum"));
    }
    let earlier = match by_quarter && crowded {
        true => "Các quý của năm trước: bấm vào số của năm.",
        false => "",
    };
    let note = match (by_quarter, book.is_public()) {
        (true, _) => "Ô rộng hai quý: đơn vị báo cáo 6 tháng. Toàn tỉnh theo quý chỉ gồm đơn vị báo cáo hằng quý.",
        (false, true) if !measure.is_class() => {
            "Ở cấp xã, số người chỉ công bố theo năm. Tổng của tỉnh là số đầy đủ, đã gồm cả các xã không công bố."
        }
        _ => "Xếp loại lấy ở báo cáo cuối năm.",
    };
    let subtitle = format!("{}; xếp theo tên", measure.table_unit());
    let table = Table::new(format!("{} của {} đơn vị", measure.short, units.len()), subtitle, &columns, rows);
    Block { id: FULL.into(), tables: vec![table.wide().note(note).note(earlier)], ..Block::default() }
}

/// The quarters of a year; a half where the unit reports by halves, one wide sign where by years.
fn parts_of_year(
    book: &Book<'_>,
    area: &Area,
    measure: &Measure,
    year: i32,
    running: &[Period],
    mine: Option<&[&ReturnStatus]>,
) -> Vec<Cell> {
    let quarters: Vec<Period> = running.iter().copied().filter(|quarter| quarter.last_year() == year).collect();
    let mut cells = Vec::new();
    let mut at = 0;
    while at < quarters.len() {
        let own = mine.and_then(|mine| mine.iter().find(|status| status.period.starts_with(quarters[at])));
        let period = own.map_or(quarters[at], |status| status.period);
        let columns = period.quarters().count().min(quarters.len() - at);
        cells.push(if columns == 1 {
            number::figure(book, area, period, measure)
        } else if period.kind() == PeriodKind::Half && columns == 2 {
            number::figure(book, area, period, measure).class("mid").across(2)
        } else {
            Cell::number("x").class("mid").across(columns)
        });
        at += columns;
    }
    cells
}
