//! How text is encoded and typed.

use crate::demo::spoil::book::{Book, Value};
use crate::demo::spoil::kinds::Kind;
use crate::demo::spoil::legacy;
use crate::demo::spoil::work::Must;

pub(super) const KINDS: &[Kind] = &[
    Kind { code: "tcvn3-under-its-font", spoil: |work| all(&mut work.book, Some(".VnTime"), legacy::tcvn3) },
    Kind { code: "tcvn3-under-arial", spoil: |work| all(&mut work.book, Some("Arial"), legacy::tcvn3) },
    Kind { code: "tcvn3-capitals", spoil: |work| capitals(&mut work.book) },
    Kind { code: "vni-under-its-font", spoil: |work| all(&mut work.book, Some("VNI-Times"), legacy::vni) },
    Kind { code: "half-converted", spoil: |work| all(&mut work.book, Some(".VnTime"), legacy::half_tcvn3) },
    Kind { code: "unicode-under-legacy-font", spoil: |work| all(&mut work.book, Some(".VnTime"), str::to_owned) },
    Kind { code: "decomposed", spoil: |work| all(&mut work.book, None, legacy::decomposed) },
    Kind { code: "half-composed", spoil: |work| all(&mut work.book, None, legacy::half_composed) },
    Kind { code: "invisible-characters", spoil: |work| all(&mut work.book, None, legacy::invisible) },
    Kind { code: "look-alike-letters", spoil: |work| all(&mut work.book, None, legacy::lookalike) },
    Kind { code: "blanks-and-line-breaks", spoil: |work| all(&mut work.book, None, |text| format!(" {text} \n")) },
];

/// Every text of the workbook written another way.
fn all(book: &mut Book, font: Option<&str>, write: fn(&str) -> String) -> Option<Must> {
    for cell in book.texts() {
        if let Value::Text(text) = &mut cell.value {
            *text = write(text);
            cell.font = font.map(str::to_owned);
        }
    }
    Some(Must::ReadSame)
}

/// What stands in capitals, typed small under a font that draws capitals.
fn capitals(book: &mut Book) -> Option<Must> {
    for cell in book.texts() {
        let Value::Text(text) = &mut cell.value else { continue };
        let is_capital = text.chars().any(char::is_alphabetic) && *text == text.to_uppercase();
        let is_code = text.is_ascii();
        if is_capital && !is_code {
            *text = legacy::tcvn3_small(text);
            cell.font = Some(".VnTimeH".into());
        }
    }
    Some(Must::ReadSame)
}
