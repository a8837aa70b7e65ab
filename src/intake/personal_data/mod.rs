//! The guard against personal data: what looks like a list of persons, or tells of one, is closed
//! before anything of it is read.
//!
//! It runs where the cells are read, so that nothing of such a sheet ever reaches a message, a
//! figure or a cache; only the kind of sign and the address of its first cell leave. Comments never
//! leave, whatever they say.
//!
//! ```text
//! headings   họ và tên, ngày sinh, số định danh … side by side
//! numbers    số định danh, số CMND, số điện thoại
//! names      họ tên người Việt Nam
//! ```

mod headings;
mod names;
mod numbers;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::intake::workbook::{Cell, CellValue, Closed, Sheet, Workbook};
use crate::vocabulary::CellRef;
use crate::vocabulary::text::plain_key;

/// Why a sheet was taken for one about persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// Headings of a list of persons, the first of them here.
    Headings(CellRef),
    /// Numbers of persons in one column, the first of them here.
    Numbers(CellRef),
    /// Names of persons in one column, the first of them here.
    Names(CellRef),
    /// A cell tells of one person.
    Cell(CellRef),
    /// A comment on this cell tells of one person.
    Comment(CellRef),
    /// The sheet bears the name of a person, or of a list of persons.
    SheetName,
}

/// Closes every sheet that looks like a list of persons or tells of one, and forgets its cells.
/// Comments are forgotten everywhere; the name of a sheet is, where it is the name of a person.
pub fn close_lists(workbook: &mut Workbook) {
    let mut renamed = Vec::new();
    for (at, sheet) in workbook.sheets.iter_mut().enumerate() {
        let notes = std::mem::take(&mut sheet.frame.notes);
        if let Some(sign) = sign(sheet, &notes) {
            sheet.cells = Vec::new();
            (sheet.frame, sheet.repairs, sheet.unreadable) = Default::default();
            sheet.closed = Some(Closed::Personal(sign));
        }
        if names::within(&sheet.name) {
            renamed.push(std::mem::replace(&mut sheet.name, format!("Trang tính thứ {}", at + 1)));
        }
    }
    workbook.names.retain(|(_, refers)| !renamed.iter().any(|name| refers.contains(name.as_str())));
}

fn sign(sheet: &Sheet, notes: &[Cell]) -> Option<Sign> {
    if names::within(&sheet.name) || (is_list_of_persons(&sheet.name) && !sheet.cells.is_empty()) {
        return Some(Sign::SheetName);
    }
    headings::find(sheet)
        .map(Sign::Headings)
        .or_else(|| numbers::column(sheet).map(Sign::Numbers))
        .or_else(|| names::column(sheet).map(Sign::Names))
        .or_else(|| telling_cell(sheet).map(Sign::Cell))
        .or_else(|| notes.iter().find(|note| comment_tells(note)).map(|note| Sign::Comment(note.at)))
}

/// “Danh sách đối tượng”, “DS người đặc xá”; not “Danh sách thôn”.
fn is_list_of_persons(name: &str) -> bool {
    let key = plain_key(name);
    let words: Vec<&str> = key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let lists = words.contains(&"ds") || words.windows(2).any(|two| two == ["danh", "sach"]);
    const PERSONS: [&str; 9] =
        ["doi tuong", "nguoi", "ca nhan", "pham nhan", "dac xa", "nhan khau", "chxapt", "cong dan", "ho ten"];
    let key = words.join(" ");
    lists && PERSONS.iter().any(|persons| format!(" {key} ").contains(&format!(" {persons} ")))
}

/// A cell that tells of one person: by a number that only a person has, or by a name with something
/// personal beside it. A name alone is enough in a row of the form and in its columns “Trong kỳ” and
/// “Ghi chú”; elsewhere it may be a signature.
fn telling_cell(sheet: &Sheet) -> Option<CellRef> {
    let is_head =
        |text: &str| text.len() < 40 && ["ghi chu", "trong ky"].iter().any(|h| plain_key(text).starts_with(h));
    let headed = sheet.cells.iter().filter(|cell| cell.value.text().is_some_and(is_head));
    let heads: Vec<(u32, u32)> = headed.map(|cell| (cell.at.row, cell.at.col)).collect();
    sheet.rows().find_map(|cells| {
        let in_form = cells.iter().any(|cell| cell.value.text().is_some_and(is_code));
        let counted = cells.iter().any(|cell| matches!(cell.value, CellValue::Number(_)));
        let noted = |at: CellRef| counted && heads.iter().any(|(row, col)| *col == at.col && *row < at.row);
        let tells = |cell: &&Cell| {
            let Some(text) = cell.value.text() else { return false };
            tells_of_a_person(text) || ((in_form || noted(cell.at)) && names::within(text))
        };
        cells.iter().find(tells).map(|cell| cell.at)
    })
}

/// Looks like a mã số of some form: `thn.tiep_nhan`.
fn is_code(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.contains(['.', '_'])
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// What stands in a text beside the name of a person that it tells something of.
const PERSONAL: [&str; 20] = [
    "sn ",
    "sn:",
    "sn19",
    "sn20",
    "sinh nam",
    "sinh ngay",
    "nam sinh",
    "ngay sinh",
    "thuong tru",
    "tam tru",
    "tru tai",
    "tru quan",
    "ho khau",
    "que quan",
    "toi danh",
    "pham toi",
    "tien an",
    "cccd",
    "cmnd",
    "dien thoai",
];

fn tells_of_a_person(text: &str) -> bool {
    // Shorter texts hold no name and no number of a person.
    if text.len() < 9 {
        return false;
    }
    if text.bytes().filter(u8::is_ascii_digit).count() >= 9 && numbers::within(text) {
        return true;
    }
    names::within(text) && {
        let key = plain_key(text);
        PERSONAL.iter().any(|word| key.contains(word)) || numbers::birth_date_within(text)
    }
}

/// A comment may begin with the name of who wrote it, and a colon.
fn comment_tells(note: &Cell) -> bool {
    let Some(text) = note.value.text() else { return false };
    let said = text.split_once(':').filter(|(author, _)| names::within(author)).map_or(text, |(_, said)| said);
    tells_of_a_person(text) || names::within(said)
}
