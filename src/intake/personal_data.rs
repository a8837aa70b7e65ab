//! The guard against lists of persons: what looks like one is closed before anything of it is read.
//!
//! It runs where the cells are read, so that nothing of such a sheet ever
//! reaches a message, a figure or the cache. It looks at headings and at
//! numbers of persons (số định danh, điện thoại); names alone it cannot know.

use crate::intake::workbook::{Cell, CellValue, Closed, Sheet, Workbook};
use crate::vocabulary::text::plain_key;

/// Closes every sheet that looks like a list of persons, and forgets its cells.
pub fn close_lists(workbook: &mut Workbook) {
    for sheet in &mut workbook.sheets {
        if has_person_headings(sheet) || has_person_numbers(sheet) {
            sheet.cells = Vec::new();
            sheet.closed = Some(Closed::Personal);
        }
    }
}

/// What a heading of such a list asks for. A name must begin the heading:
/// “Ký, ghi rõ họ tên” stands under every return.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Heading {
    Name,
    Birth,
    Identity,
    Phone,
    Address,
    Offence,
}

const BEGINNINGS: [(&str, Heading); 4] =
    [("ho va ten", Heading::Name), ("ho ten", Heading::Name), ("ho, ten", Heading::Name), ("ho dem", Heading::Name)];

const PHRASES: [(&str, Heading); 18] = [
    ("ngay sinh", Heading::Birth),
    ("nam sinh", Heading::Birth),
    ("thang sinh", Heading::Birth),
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
    ("que quan", Heading::Address),
    ("ho khau", Heading::Address),
    ("toi danh", Heading::Offence),
    ("muc an", Heading::Offence),
    ("tien an", Heading::Offence),
];

/// Longer texts are sentences, such as the rows of the form, and no headings.
const HEADING_CHARS: usize = 40;

fn heading(cell: &Cell) -> Option<Heading> {
    let text = cell.value.text()?;
    if text.len() > 3 * HEADING_CHARS || text.chars().count() > HEADING_CHARS {
        return None;
    }
    let key = plain_key(text);
    let mut begins = true;
    for (at, _) in key.char_indices().filter(|(at, c)| starts_word(&key, *at, *c)) {
        let here = |(phrase, _): &&(&str, Heading)| {
            let rest = key[at..].strip_prefix(phrase);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        let found = PHRASES.iter().find(here).or_else(|| BEGINNINGS.iter().filter(|_| begins).find(here));
        if let Some((_, heading)) = found {
            return Some(*heading);
        }
        begins = false;
    }
    None
}

fn starts_word(key: &str, at: usize, c: char) -> bool {
    c.is_ascii_alphanumeric() && !key[..at].ends_with(|before: char| before.is_ascii_alphanumeric())
}

/// Two kinds of heading side by side make a list; three anywhere make a form about a person.
fn has_person_headings(sheet: &Sheet) -> bool {
    let mut found: Vec<(u32, u32, Heading)> = Vec::new();
    for cell in &sheet.cells {
        let Some(kind) = heading(cell) else { continue };
        let beside = found
            .iter()
            .any(|(row, col, other)| *other != kind && *col != cell.at.col && cell.at.row.saturating_sub(*row) <= 1);
        if beside {
            return true;
        }
        found.push((cell.at.row, cell.at.col, kind));
    }
    let mut kinds: Vec<Heading> = found.iter().map(|(_, _, kind)| *kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds.len() >= 3
}

/// Three numbers of persons in one column make a list.
fn has_person_numbers(sheet: &Sheet) -> bool {
    let mut columns: Vec<u32> =
        sheet.cells.iter().filter(|cell| is_person_number(&cell.value)).map(|cell| cell.at.col).collect();
    columns.sort_unstable();
    columns.chunk_by(|a, b| a == b).any(|column| column.len() >= 3)
}

/// A số định danh (12 digits from 001 to 096), a mobile number, or either as
/// Excel keeps it when typed as a number: without the leading zero. Money of
/// that size is written in whole thousands.
fn is_person_number(value: &CellValue) -> bool {
    match value {
        CellValue::Text(text) => {
            let mut digits = [0u8; 12];
            let mut count = 0;
            for byte in text.bytes() {
                match byte {
                    b'0'..=b'9' if count < 12 => {
                        digits[count] = byte;
                        count += 1;
                    }
                    b' ' | b'.' | b'-' | b'\'' => {}
                    _ => return false,
                }
            }
            match count {
                12 => digits[0] == b'0',
                10 => digits[0] == b'0' && matches!(digits[1], b'3' | b'5' | b'7'..=b'9'),
                _ => false,
            }
        }
        CellValue::Number(number) => {
            (300_000_000.0..100_000_000_000.0).contains(number) && number.fract() == 0.0 && number % 1000.0 != 0.0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::CellRef;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let mut cells = Vec::new();
        for (row, texts) in rows.iter().enumerate() {
            for (col, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                let value = match text.parse::<f64>() {
                    Ok(number) if !text.starts_with('0') => CellValue::Number(number),
                    _ => CellValue::Text((*text).into()),
                };
                cells.push(Cell { at: CellRef::new(row as u32, col as u32), value });
            }
        }
        Sheet { cells, ..Sheet::default() }
    }

    fn is_closed(rows: &[&[&str]]) -> bool {
        let mut workbook = Workbook { sheets: vec![sheet(rows)], names: Vec::new() };
        close_lists(&mut workbook);
        let sheet = &workbook.sheets[0];
        assert_eq!(sheet.closed.is_some(), sheet.cells.is_empty(), "a closed sheet keeps nothing");
        sheet.closed == Some(Closed::Personal)
    }

    #[test]
    fn lists_of_persons_are_closed() {
        assert!(is_closed(&[&["DANH SÁCH"], &["STT", "Họ và tên", "Năm sinh", "Chỗ ở"]]));
        assert!(is_closed(&[&["TT", "Họ, tên", ""], &["", "", "Số CCCD/CMND"]]));
        assert!(is_closed(&[&["Đối tượng", "Tội danh", "Địa chỉ"]]));
        assert!(is_closed(&[&["Họ và tên", "…"], &["Ngày sinh", "…"], &["Nơi cư trú", "…"]]));
        assert!(is_closed(&[&["001090012345"], &["002 091 012 346"], &["001090012347"]]));
        assert!(is_closed(&[&["a", "1090012345"], &["b", "1091012346"], &["c", "1092012347"]]));
        assert!(is_closed(&[&["0912345678"], &["0912345679"], &["0987654321"]]));
    }

    #[test]
    fn a_return_is_not_taken_for_a_list() {
        assert!(!is_closed(&[
            &["STT", "Chỉ tiêu", "Mã số", "ĐVT", "Trong kỳ"],
            &["1", "Số lượt được giúp đăng ký cư trú, hộ tịch, cấp căn cước", "thn.giay_to", "lượt", "4"],
            &["2", "Số tiền được vay", "thn.vay_so_tien", "đồng", "1500000000", "2500000000", "3500000000"],
            &["", "NGƯỜI LẬP", "", "", "CHỦ TỊCH"],
            &["", "(Ký, ghi rõ họ tên)", "", "", "(Ký, ghi rõ họ tên)"],
        ]));
        assert!(!is_closed(&[&["Mã mô hình", "Tên mô hình", "Ngày ra mắt", "Số thành viên"]]));
        assert!(!is_closed(&[&["Địa chỉ", "Trụ sở UBND xã"], &["Điện thoại", "0203 123 456"]]));
    }
}
