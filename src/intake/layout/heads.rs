//! The headings of a table: over one row or several, merged or not, grouped, side by side with others.
//!
//! A heading says what its own column holds; a heading above several columns says of all of them
//! when they are of another period or a plan, and then nothing under it is read.

use crate::definitions::{Column, Headings};
use crate::intake::workbook::{Cell, Sheet};
use crate::vocabulary::CellRef;
use crate::vocabulary::text::plain_key;

/// The columns of one table as its headings say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heads {
    /// Its columns, the first and the last.
    pub span: (u32, u32),
    pub code: Option<u32>,
    pub title: Option<u32>,
    pub unit: Option<u32>,
    /// The columns headed “Trong kỳ”: more than one leaves open which is meant.
    pub values: Vec<u32>,
    pub cumulative: Vec<u32>,
    /// `ĐVT: triệu đồng` above the table.
    pub table_unit: Option<String>,
}

/// Headings are short; what is longer is a title or a note.
const HEADING_CHARS: usize = 60;

/// What may divide “Trong kỳ” once more: the figure itself.
const FIGURES: [&str; 6] = ["thuc hien", "ket qua", "so lieu", "so luong", "tong so", "tong"];

/// The folded text of a cell that is short enough for a heading.
fn short(cell: &Cell) -> Option<String> {
    let text = cell.value.text()?;
    (text.len() <= 3 * HEADING_CHARS).then(|| plain_key(text)).filter(|key| key.len() <= HEADING_CHARS)
}

/// Whether a row looks like one of headings.
pub(super) fn is_heading(cells: &[Cell], headings: &Headings) -> bool {
    cells.iter().filter_map(short).any(|key| headings.column(&key).is_some_and(|column| column != Column::Other))
}

/// The tables that a block of rows is the head of, from left to right; none when it heads no table
/// that can be read: one has a column of mã số, or one of titles and one of figures.
pub(super) fn read(sheet: &Sheet, block: &[&[Cell]], headings: &Headings) -> Vec<Heads> {
    let Some(begin) = block.iter().position(|cells| is_heading(cells, headings)) else { return Vec::new() };
    // A group may stand one row above the first heading that is known.
    let rows = &block[begin.saturating_sub(1)..];
    let columns = columns(sheet, rows, headings);
    let table_unit = block.iter().flat_map(|cells| cells.iter()).filter_map(table_unit).next_back();
    let mut tables = Vec::new();
    for span in spans(&columns, rows) {
        let own = || columns.iter().filter(|(col, _)| (span.0..=span.1).contains(col));
        let all =
            |wanted: Column| own().filter(|(_, column)| *column == wanted).map(|(col, _)| *col).collect::<Vec<_>>();
        let heads = Heads {
            span,
            code: all(Column::Code).first().copied(),
            title: all(Column::Title).first().copied(),
            unit: all(Column::Unit).first().copied(),
            values: all(Column::Value),
            cumulative: all(Column::Cumulative),
            table_unit: table_unit.clone(),
        };
        if heads.code.is_some() || (heads.title.is_some() && !heads.values.is_empty()) {
            tables.push(heads);
        }
    }
    tables
}

fn table_unit(cell: &Cell) -> Option<String> {
    let key = short(cell)?;
    let key = key.trim_start_matches('(');
    let told = key.starts_with("dvt") || key.starts_with("don vi tinh");
    let (_, unit) = cell.value.text().filter(|_| told)?.split_once(':')?;
    Some(unit.trim_end_matches(')').trim().to_owned()).filter(|unit| !unit.is_empty())
}

/// What each column holds, from left to right; columns of another period are left out.
fn columns(sheet: &Sheet, rows: &[&[Cell]], headings: &Headings) -> Vec<(u32, Column)> {
    let mut columns: Vec<(u32, Column)> = Vec::new();
    let mut set = |col: u32, column: Column| match columns.iter_mut().find(|(known, _)| *known == col) {
        Some((_, known)) if *known == Column::Other => {}
        Some((_, known)) => *known = column,
        None => columns.push((col, column)),
    };
    let mut groups: Vec<(u32, u32)> = Vec::new();
    for (at, cells) in rows.iter().enumerate() {
        for cell in *cells {
            let Some(key) = short(cell) else { continue };
            let (first, last) = (cell.at.col, stretch(sheet, rows, at, cell));
            match headings.column(&key) {
                Some(Column::Other) => (first..=last).for_each(|col| set(col, Column::Other)),
                Some(column) => {
                    set(first, column);
                    if column == Column::Value && last > first {
                        groups.push((first, last));
                    }
                }
                None if FIGURES.contains(&key.as_str()) && groups.iter().any(|(a, b)| (*a..=*b).contains(&first)) => {
                    set(first, Column::Value);
                }
                None => {}
            }
        }
    }
    columns.retain(|(_, column)| *column != Column::Other);
    columns.sort_by_key(|(col, _)| *col);
    columns
}

/// The last column that a heading stands above. Where a row has no merged cells, a heading reaches
/// to the next one in its row, as far as there are headings under it.
fn stretch(sheet: &Sheet, rows: &[&[Cell]], at: usize, cell: &Cell) -> u32 {
    let merged = sheet.frame.last_col(cell.at);
    let row = cell.at.row;
    if merged > cell.at.col || sheet.frame.merged.iter().any(|area| (area.first.row..=area.last.row).contains(&row)) {
        return merged;
    }
    let next = rows[at].iter().map(|other| other.at.col).find(|col| *col > cell.at.col);
    let below = || rows[at + 1..].iter().flat_map(|cells| cells.iter()).map(|cell| cell.at.col);
    let is_group = below().any(|col| col == cell.at.col);
    below().filter(|col| is_group && *col > cell.at.col && next.is_none_or(|next| *col < next)).max().unwrap_or(merged)
}

/// The columns of each table that stands here: a new one begins where mã số, or without them the
/// titles, come a second time.
fn spans(columns: &[(u32, Column)], rows: &[&[Cell]]) -> Vec<(u32, u32)> {
    let of = |wanted: Column| columns.iter().filter(|(_, c)| *c == wanted).map(|(col, _)| *col).collect::<Vec<_>>();
    let (codes, titles) = (of(Column::Code), of(Column::Title));
    let titles_first = titles.first() < codes.first() && !titles.is_empty();
    let keys = if codes.is_empty() || (titles_first && titles.len() == codes.len()) { titles } else { codes };
    let is_number = |col: u32| {
        rows.iter()
            .flat_map(|cells| cells.iter())
            .filter(|cell| cell.at.col == col)
            .filter_map(short)
            .any(|key| matches!(key.as_str(), "stt" | "tt" | "so tt"))
    };
    let begins: Vec<u32> = keys
        .iter()
        .enumerate()
        .map(|(at, col)| match at {
            0 => 0,
            _ if *col > 0 && is_number(col - 1) => col - 1,
            _ => *col,
        })
        .collect();
    let ends = begins.iter().skip(1).map(|begin| begin - 1).chain([u32::MAX]);
    begins.iter().copied().zip(ends).collect()
}

impl Heads {
    /// The cell of a row under the only heading of a kind.
    pub fn cell(row: u32, columns: &[u32]) -> Option<CellRef> {
        match columns {
            [col] => Some(CellRef::new(row, *col)),
            _ => None,
        }
    }
}
