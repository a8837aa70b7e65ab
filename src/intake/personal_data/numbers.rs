//! Numbers that only a person has: số định danh, số CMND, số điện thoại.

use std::collections::BTreeMap;

use crate::intake::workbook::{Cell, CellValue, Sheet};
use crate::vocabulary::CellRef;
use crate::vocabulary::text::plain_key;

use super::is_code;

/// What a column that holds numbers of that length by right is headed by.
const OTHERS: [&str; 9] = ["tien", "kinh phi", "gia tri", "dong", "von", "du no", "ma so thue", "mst", "tai khoan"];

/// The first of three numbers of persons in one column.
pub(super) fn column(sheet: &Sheet) -> Option<CellRef> {
    let mut columns: BTreeMap<u32, Vec<CellRef>> = BTreeMap::new();
    for cells in sheet.rows() {
        // A row of the form counts and adds: its numbers are numbers of things.
        if cells.iter().any(|cell| cell.value.text().is_some_and(is_code)) {
            continue;
        }
        for cell in cells.iter().filter(|cell| is_person_number(&cell.value)) {
            columns.entry(cell.at.col).or_default().push(cell.at);
        }
    }
    let is_other = |col: u32, first: CellRef| {
        let above = |cell: &&Cell| cell.at.col == col && cell.at.row < first.row;
        sheet.cells.iter().filter(above).filter_map(|cell| cell.value.text()).any(|text| {
            let key = plain_key(text);
            key.len() <= 60 && OTHERS.iter().any(|word| key.contains(word))
        })
    };
    columns
        .into_iter()
        .filter(|(_, found)| found.len() >= 3)
        .find(|(col, found)| !is_other(*col, found[0]))
        .map(|(_, found)| found[0])
}

/// A số định danh (12 digits from 001 to 096), a số CMND (9 digits), a mobile number, or any of them as
/// Excel keeps it when typed as a number: without the leading zero. Money of that size is written in
/// whole thousands.
fn is_person_number(value: &CellValue) -> bool {
    match value {
        CellValue::Text(text) => {
            let text = text.strip_prefix("+84").map_or_else(|| text.to_string(), |rest| format!("0{}", rest.trim()));
            let mut digits = Vec::new();
            for byte in text.bytes() {
                match byte {
                    b'0'..=b'9' if digits.len() < 13 => digits.push(byte),
                    b' ' | b'.' | b'-' | b'\'' => {}
                    _ => return false,
                }
            }
            match digits.len() {
                12 => is_identity(&digits),
                10 => digits[0] == b'0' && matches!(digits[1], b'3' | b'5' | b'7'..=b'9'),
                9 => text.len() == 9,
                _ => false,
            }
        }
        CellValue::Number(number) => {
            (100_000_000.0..100_000_000_000.0).contains(number) && number.fract() == 0.0 && number % 1000.0 != 0.0
        }
        _ => false,
    }
}

/// Twelve digits as in a số định danh (Luật Căn cước): the code of a province, 001 to 096, then
/// century and sex, year of birth, six more.
fn is_identity(digits: &[u8]) -> bool {
    let province = digits[1..3].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    digits.len() == 12 && digits[0] == b'0' && (1..=96).contains(&province)
}

/// Whether a text holds a số định danh, or says of a number that it is one.
pub(super) fn within(text: &str) -> bool {
    let mut runs = Runs { text: text.as_bytes(), at: 0 };
    while let Some((start, digits)) = runs.next_run() {
        if is_identity_length(&digits) && is_identity(&digits) {
            return true;
        }
        if digits.len() >= 9 {
            let before = plain_key(&text[..start]);
            let last: String = before.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
            if ["cccd", "cmnd", "cmt", "can cuoc", "dinh danh"].iter().any(|word| last.contains(word)) {
                return true;
            }
        }
    }
    false
}

fn is_identity_length(digits: &[u8]) -> bool {
    digits.len() == 12
}

/// Whether a text holds a day or a year before 2015 as people write birthdays: `05/3/1990`.
pub(super) fn birth_date_within(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-' | '.'))).any(|word| {
        let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
        let year = parts.last().and_then(|year| year.parse::<u32>().ok());
        parts.len() == 3 && year.is_some_and(|year| (1930..2015).contains(&year))
    })
}

/// Runs of digits, with single blanks or dots inside.
struct Runs<'t> {
    text: &'t [u8],
    at: usize,
}

impl Runs<'_> {
    fn next_run(&mut self) -> Option<(usize, Vec<u8>)> {
        while !self.text.get(self.at)?.is_ascii_digit() {
            self.at += 1;
        }
        let start = self.at;
        let mut digits = Vec::new();
        while let Some(byte) = self.text.get(self.at) {
            let follows = self.text.get(self.at + 1).is_some_and(u8::is_ascii_digit);
            match byte {
                b'0'..=b'9' => digits.push(*byte),
                b' ' | b'.' if follows => {}
                _ => break,
            }
            self.at += 1;
        }
        Some((start, digits))
    }
}
