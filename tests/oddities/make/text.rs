//! Text as old and careless programs leave it.

use tongket::demo::spoil::book::{Book, Value};
use tongket::demo::spoil::legacy;

use super::Desk;

pub fn make(desk: &mut Desk) {
    desk.put("tcvn3-vntime.xlsx", |book| rewrite(book, Some(".VnTime"), legacy::tcvn3));
    desk.put("tcvn3-arial.xlsx", |book| rewrite(book, Some("Arial"), legacy::tcvn3));
    desk.put("tcvn3-capitals.xlsx", |book| rewrite(book, Some(".VnTimeH"), legacy::tcvn3_small));
    desk.put("vni-times.xlsx", |book| rewrite(book, Some("VNI-Times"), legacy::vni));
    desk.put("half-converted.xlsx", |book| rewrite(book, Some(".VnTime"), legacy::half_tcvn3));
    desk.put("unicode-under-vntime.xlsx", |book| rewrite(book, Some(".VnTime"), str::to_owned));
    desk.put("decomposed.xlsx", |book| rewrite(book, None, legacy::decomposed));
    desk.put("half-composed.xlsx", |book| rewrite(book, None, legacy::half_composed));
    desk.put("invisible-characters.xlsx", |book| rewrite(book, None, legacy::invisible));
    desk.put("look-alikes.xlsx", |book| rewrite(book, None, legacy::lookalike));
}

/// Every text that holds Vietnamese, written another way; codes stay.
fn rewrite(book: &mut Book, font: Option<&str>, write: fn(&str) -> String) {
    for cell in book.texts() {
        if let Value::Text(text) = &mut cell.value {
            *text = write(text);
            cell.font = font.map(str::to_owned);
        }
    }
}
