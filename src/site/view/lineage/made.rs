//! What the figures of a measure in a year or span are made of: formula, areas, then each unit with its cells.

use std::collections::BTreeSet;

use crate::definitions::Unit;
use crate::definitions::form::AcrossTime;
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::trail::Trail;
use crate::site::view::block::{self, Column};
use crate::site::view::frame::Frame;
use crate::site::view::lineage::sources::Sources;
use crate::site::view::lineage::{LineagePage, areas, formula, trail};
use crate::site::view::sheet::{Sheet, across, cell, escaped};
use crate::site::words;
use crate::vocabulary::{Period, PeriodKind};

/// The page of a measure in a year or span; `part` counts the pages of a large province from 0.
pub fn of_measure(book: &Book<'_>, measure: &Measure, page: Period, part: usize, path: &str) -> (Frame, LineagePage) {
    let trail = trail(book);
    let sources = Sources::of(book, trail, measure);
    let many = trail.units_on_a_page(&measure.code, page);
    let from = part * many;
    let units = &book.units[from..book.units.len().min(from + many)];
    let mut blocks = vec![formula::block(book, measure, &sources, page)];
    block::number(&mut blocks);
    let mut sheets = Vec::new();
    if part == 0 {
        sheets.extend(areas::sheet(book, trail, measure, &sources, page));
    }
    sheets.push(match page.kind() {
        PeriodKind::Span => over_span(book, trail, measure, &sources, page, units),
        _ => within_year(book, trail, measure, &sources, page, units),
    });
    for (at, sheet) in sheets.iter_mut().enumerate() {
        sheet.number = blocks[0].tables.len() + at + 1;
    }
    let lead = format!("Từng số của {} lấy từ ô nào, của báo cáo nào.", page.title());
    let heading = format!("{}, {}: số lấy từ đâu", measure.short, page.title());
    let eyebrow = format!("Truy nguyên · {}", measure.code);
    let mut frame = Frame::new(book.release, path, &eyebrow, &heading, &lead)
        .about(book.release, page, book.period_status(page), &book.coverage_told(page, measure))
        .action("Trang chỉ tiêu", page::measure(&measure.code));
    frame.title(&format!("{}, {}, truy nguyên", measure.short, page.title()));
    for other in (0..trail.parts(&measure.code, page)).filter(|other| *other != part) {
        frame = frame.action(&format!("Đơn vị, phần {}", other + 1), page::lineage(&measure.code, page, other));
    }
    for other in trail.pages().into_iter().filter(|other| *other != page) {
        let part = from / trail.units_on_a_page(&measure.code, other);
        frame = frame.action(&words::capital(&other.short()), page::lineage(&measure.code, other, part));
    }
    (frame, LineagePage { blocks, sheets })
}

/// A year: each return in the column of its quarters, then the longer periods that are made of them.
fn within_year(
    book: &Book<'_>,
    trail: &Trail<'_>,
    measure: &Measure,
    sources: &Sources<'_, '_>,
    year: Period,
    units: &[&Unit],
) -> Sheet {
    let quarters: Vec<Period> = year.quarters().collect();
    let longer: Vec<Period> = trail.periods_on(year).filter(|period| period.kind() != PeriodKind::Quarter).collect();
    let mut columns = vec![Column::text("Đơn vị")];
    let names = ["Quý I", "Quý II", "Quý III", "Quý IV"];
    columns.extend(names.map(|name| Column::number(name).under("Ghi trong báo cáo")));
    columns.extend(longer.iter().map(|period| Column::number(period.short()).under("Số của kỳ")));
    let subtitle = format!("{}; ô rộng: báo cáo 6 tháng hoặc cả năm", measure.table_unit());
    let mut sheet = Sheet::new("r", format!("{} của từng đơn vị, {}", measure.short, year.title()), subtitle, &columns);
    for unit in units {
        let own = returns_of(trail, unit, year);
        if own.is_empty() {
            continue;
        }
        let mut cells = String::new();
        let mut at = 0;
        while at < quarters.len() {
            let starts = |own: &&u32, quarter: Period| trail.status(**own).period.starts_with(quarter);
            let length = |own: &u32| trail.status(*own).period.quarters().count();
            let columns = own.iter().filter(|own| starts(own, quarters[at])).map(length).max().unwrap_or(1);
            let columns = columns.min(quarters.len() - at);
            let here = &quarters[at..at + columns];
            let here = own.iter().filter(|own| here.iter().any(|quarter| starts(own, *quarter)));
            let parts: Vec<String> = here
                .map(|own| {
                    let estimate = if trail.status(*own).estimate { "<span class=\"sm\">ước</span>" } else { "" };
                    format!("{}{estimate}", sources.in_return(*own))
                })
                .collect();
            let told = if parts.is_empty() { NOTHING.to_owned() } else { parts.join(" + ") };
            cells.push_str(&across(columns, &told));
            at += columns;
        }
        let area = Book::area(unit);
        for period in &longer {
            cells.push_str(&cell(&escaped(&words::figure(measure, book.figure(&area, *period, measure)))));
        }
        sheet.row(unit.code.as_str(), &escaped(unit.name()), &cells);
    }
    finished(sheet, measure)
}

/// The returns that a unit's figures of a year are made of: its own, and those of its predecessors.
fn returns_of(trail: &Trail<'_>, unit: &Unit, year: Period) -> Vec<u32> {
    let own = trail.own(&unit.code).iter().copied().filter(|own| year.contains(trail.status(*own).period));
    let tiles = trail.periods_on(year).filter_map(|period| trail.lineage.tiles(&unit.code, period));
    let all: BTreeSet<u32> = own.chain(tiles.flat_map(|tiles| tiles.all.iter().copied())).collect();
    all.into_iter().collect()
}

/// A span: the returns that its value is taken from, year by year where they are added.
fn over_span(
    book: &Book<'_>,
    trail: &Trail<'_>,
    measure: &Measure,
    sources: &Sources<'_, '_>,
    span: Period,
    units: &[&Unit],
) -> Sheet {
    let years: Vec<Period> = match sources.across_time() {
        AcrossTime::Sum => (span.first_year()..=span.last_year()).map(Period::year).collect(),
        _ => vec![span],
    };
    let mut columns = vec![Column::text("Đơn vị")];
    columns.extend(years.iter().map(|year| Column::text(year.short()).under("Ghi trong các báo cáo")));
    columns.push(Column::number("Số của kỳ"));
    let title = format!("{} của từng đơn vị, {}", measure.short, span.title());
    let mut sheet = Sheet::new("r", title, format!("{}, theo thứ tự các báo cáo", measure.table_unit()), &columns);
    for unit in units {
        let tiles = sources.counted(trail.lineage.tiles(&unit.code, span));
        if tiles.is_empty() && trail.own(&unit.code).is_empty() {
            continue;
        }
        let mut cells = String::new();
        for year in &years {
            let here = tiles.iter().filter(|own| year.contains(trail.status(**own).period));
            let parts: Vec<String> = here.map(|own| sources.in_return(*own)).collect();
            let told = if parts.is_empty() { NOTHING.to_owned() } else { parts.join(" + ") };
            cells.push_str(&cell(&told));
        }
        let figure = book.figure(&Book::area(unit), span, measure);
        cells.push_str(&cell(&escaped(&words::figure(measure, figure))));
        sheet.row(unit.code.as_str(), &escaped(unit.name()), &cells);
    }
    finished(sheet, measure)
}

const NOTHING: &str = "<span class=\"sign\">x</span>";

fn finished(sheet: Sheet, measure: &Measure) -> Sheet {
    let mut notes = vec![
        "…: không có số dùng được, kèm lý do; x: không áp dụng, hoặc báo cáo của đơn vị không ghép vừa kỳ.".to_owned(),
    ];
    if measure.is_ratio() {
        notes.push("Trong một ô: tử số/mẫu số, mỗi số mở đúng ô của báo cáo.".to_owned());
    }
    Sheet {
        id: "don-vi".into(),
        topic: "Từng đơn vị".into(),
        finding: "Mỗi số dưới đây mở báo cáo tại đúng ô đã ghi.".into(),
        notes,
        ..sheet
    }
}
