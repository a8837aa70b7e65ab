//! What a number is made of: its parts as bars of 100 %, year by year.

use crate::release::Quantity;
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::chart::shares::{Shares, SharesRow};
use crate::site::chart::{Head, Value};
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::{draw, number};
use crate::site::words;
use crate::vocabulary::Period;
use crate::vocabulary::number::percent;
use crate::vocabulary::text::slug;

/// The compositions of a measure that the site names, over its ended years.
pub fn blocks(book: &Book<'_>, measure: &Measure) -> Vec<Block> {
    let named = book.definitions().site.compositions.iter().filter(|of| of.whole == measure.code);
    named
        .filter_map(|composition| {
            let parts: Vec<&Measure> = composition.parts.iter().filter_map(|code| book.measure(code)).collect();
            let (figure, told) = figure(book, &composition.title, &measure.title, &parts)?;
            Some(Block {
                id: format!("co-cau-{}", slug(&composition.title)),
                topic: composition.title.clone(),
                finding: told,
                figures: vec![figure],
                tables: vec![table(book, &composition.title, &parts)],
                side: vec![Note::new(
                    "Cách đọc",
                    "Cả thanh là 100%: tổng các phần của năm. Số ghi trong thanh là số đếm; phần nhỏ không đủ chỗ ghi số, xem bảng.",
                )],
                ..Block::default()
            })
        })
        .collect()
}

/// The bars of some parts over the ended years, and the finding; nothing where no year can be drawn, or of
/// more parts than a bar can have.
pub fn figure(book: &Book<'_>, title: &str, whole: &str, parts: &[&Measure]) -> Option<(Figure, String)> {
    let years = book.years();
    if !(2..=4).contains(&parts.len()) {
        return None;
    }
    let rows: Vec<(Period, Result<Vec<u32>, Value>)> =
        years.iter().map(|year| (*year, counts(book, *year, parts))).collect();
    let (last, counts) = rows.iter().rev().find_map(|(year, counts)| Some((*year, counts.as_ref().ok()?)))?;
    let sum: u32 = counts.iter().sum();
    if sum == 0 {
        return None;
    }
    let (largest, most) = parts.iter().zip(counts).max_by_key(|(_, count)| **count)?;
    let share = percent(i64::from(*most), i64::from(sum))?;
    let drawing = Shares {
        head: Head {
            id: format!("co-cau-{}", slug(title)),
            title: format!("{title}: {whole}"),
            summary: String::new(),
        },
        parts: parts.iter().map(|part| part.short.clone()).collect(),
        rows: rows.iter().map(|(year, counts)| SharesRow { name: year.to_string(), counts: counts.clone() }).collect(),
    }
    .drawing();
    let figure = Figure {
        title: format!("{} chiếm {share}% năm {last}", largest.short),
        subtitle: format!("{title}, toàn tỉnh, các năm, {}; cả thanh là 100%", parts[0].unit),
        drawings: draw::both(drawing),
        coverage: format!("{}: {}.", last.heading(), words::inside(&book.coverage_told(last, parts[0]))),
        ..Figure::default()
    };
    let told: Vec<String> = parts
        .iter()
        .zip(counts)
        .filter(|(_, count)| **count > 0)
        .filter_map(|(part, count)| {
            Some(format!("{} {}%", words::inside(&part.short), percent(i64::from(*count), i64::from(sum))?))
        })
        .collect();
    Some((figure, format!("{}: {}.", last.heading(), words::list(&told))))
}

/// The parts of the whole in a year, or why one of them has no number.
fn counts(book: &Book<'_>, year: Period, parts: &[&Measure]) -> Result<Vec<u32>, Value> {
    let count = |part: &&Measure| match book.figure(&book.province, year, part).value {
        Some(Quantity::Whole(count)) => u32::try_from(count).map_err(|_| Value::NotApplicable),
        Some(Quantity::Ratio { .. }) => Err(Value::NotApplicable),
        None => Err(draw::value(part, book.figure(&book.province, year, part))),
    };
    parts.iter().map(count).collect()
}

fn table(book: &Book<'_>, title: &str, parts: &[&Measure]) -> Table {
    let years = book.years();
    let mut columns = vec![Column::text("Phần"), Column::text("ĐVT")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string())));
    let rows = parts.iter().map(|part| {
        let mut cells = vec![Cell::short(part.table_unit())];
        cells.extend(years.iter().map(|year| number::figure(book, &book.province, *year, part)));
        Row::new(super::report::name(part), cells)
    });
    Table::new(format!("{title}, số đếm"), "Toàn tỉnh, cuối mỗi năm", &columns, rows.collect())
}
