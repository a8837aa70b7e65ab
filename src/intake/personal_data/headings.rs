//! Headings of a list of persons, in one row or over several.

use crate::intake::workbook::{Cell, Sheet};
use crate::vocabulary::CellRef;
use crate::vocabulary::text::plain_key;

use super::names;

/// What a heading of such a list asks for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Heading {
    Name,
    Birth,
    Identity,
    Offence,
    // An employer or an office has these too.
    Phone,
    Address,
}

/// A name must begin the heading: “Ký, ghi rõ họ tên” stands under every return.
const BEGINNINGS: [&str; 5] = ["ho va ten", "ho ten", "ho, ten", "ho dem", "ten nguoi"];

/// Who is asked for a name here is an officer, not somebody listed.
const OFFICERS: [&str; 6] = ["nguoi lap", "nguoi ky", "can bo", "thu truong", "lien he", "nguoi bao cao"];

const PHRASES: [(&str, Heading); 20] = [
    ("ngay sinh", Heading::Birth),
    ("nam sinh", Heading::Birth),
    ("thang sinh", Heading::Birth),
    ("thang, nam sinh", Heading::Birth),
    ("cccd", Heading::Identity),
    ("cmnd", Heading::Identity),
    ("cmt", Heading::Identity),
    ("can cuoc", Heading::Identity),
    ("so dinh danh", Heading::Identity),
    ("dien thoai", Heading::Phone),
    ("sdt", Heading::Phone),
    ("dia chi", Heading::Address),
    ("noi cu tru", Heading::Address),
    ("noi thuong tru", Heading::Address),
    ("cho o", Heading::Address),
    ("que quan", Heading::Address),
    ("ho khau", Heading::Address),
    ("toi danh", Heading::Offence),
    ("muc an", Heading::Offence),
    ("tien an", Heading::Offence),
];

/// Longer texts are sentences, such as the rows of the form, and no headings.
const HEADING_CHARS: usize = 40;

/// Rows over which one set of headings may be spread.
const SPREAD: u32 = 2;

fn key(cell: &Cell) -> Option<String> {
    let text = cell.value.text()?;
    let short = text.len() <= 3 * HEADING_CHARS && text.chars().count() <= HEADING_CHARS;
    short.then(|| plain_key(text))
}

fn heading(key: &str) -> Option<Heading> {
    let mut begins = true;
    for (at, _) in key.char_indices().filter(|(at, c)| starts_word(key, *at, *c)) {
        let here = |phrase: &str| {
            let rest = key[at..].strip_prefix(phrase);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        if let Some((_, heading)) = PHRASES.iter().find(|(phrase, _)| here(phrase)) {
            return Some(*heading);
        }
        if begins && BEGINNINGS.iter().any(|phrase| here(phrase)) {
            return Some(Heading::Name).filter(|_| !OFFICERS.iter().any(|officer| key.contains(officer)));
        }
        begins = false;
    }
    None
}

fn starts_word(key: &str, at: usize, c: char) -> bool {
    c.is_ascii_alphanumeric() && !key[..at].ends_with(|before: char| before.is_ascii_alphanumeric())
}

/// The first heading of a list of persons. Two kinds of heading side by side make a list, unless both
/// could be those of an office; three anywhere make a form about a person; a heading for names with
/// names under it makes a list too.
pub(super) fn find(sheet: &Sheet) -> Option<CellRef> {
    let mut found: Vec<(CellRef, Heading)> = Vec::new();
    for cell in &sheet.cells {
        let Some(kind) = key(cell).and_then(|key| heading(&key).or_else(|| split(sheet, cell, &key))) else {
            continue;
        };
        let beside = found.iter().find(|(at, other)| {
            let office = *other >= Heading::Phone && kind >= Heading::Phone;
            *other != kind && !office && at.col != cell.at.col && cell.at.row.saturating_sub(at.row) <= SPREAD
        });
        if let Some((first, _)) = beside {
            return Some(*first);
        }
        if kind == Heading::Name && names_below(sheet, cell.at) >= 2 {
            return Some(cell.at);
        }
        found.push((cell.at, kind));
    }
    let mut kinds: Vec<Heading> = found.iter().map(|(_, kind)| *kind).collect();
    kinds.sort();
    kinds.dedup();
    found.first().filter(|_| kinds.len() >= 3).map(|(at, _)| *at)
}

/// A heading whose words were split over the cell below or the cell beside it.
fn split(sheet: &Sheet, cell: &Cell, key: &str) -> Option<Heading> {
    let next = |row, col| {
        let text = sheet.get(CellRef::new(row, col))?.text()?;
        (text.len() <= 3 * HEADING_CHARS).then(|| plain_key(text))
    };
    if key.len() > 24 {
        return None;
    }
    if key == "ho" && next(cell.at.row, cell.at.col + 1).as_deref() == Some("ten") {
        return Some(Heading::Name);
    }
    let below = next(cell.at.row + 1, cell.at.col).filter(|below| below.len() <= 24)?;
    heading(&format!("{key} {below}")).filter(|_| heading(&below).is_none())
}

fn names_below(sheet: &Sheet, head: CellRef) -> usize {
    let below = sheet.cells.iter().filter(|cell| cell.at.col == head.col && cell.at.row > head.row);
    below.filter(|cell| cell.value.text().is_some_and(|text| names::whole(text).is_some())).count()
}
