//! What becomes of the file itself, and what must not be in it.

use crate::demo::spoil::book::Book;
use crate::demo::spoil::kinds::Kind;
use crate::demo::spoil::work::{Finish, Must, Work};
use crate::demo::spoil::{persons, wreck};

pub(super) const KINDS: &[Kind] = &[
    Kind {
        code: "cut-off",
        spoil: |work| aside(work, Finish::Bytes(|bytes, dice| wreck::cut(bytes, dice.between(20, 95)))),
    },
    Kind { code: "empty-file", spoil: |work| aside(work, Finish::Bytes(|_, _| Vec::new())) },
    Kind { code: "only-zero-bytes", spoil: |work| aside(work, Finish::Bytes(|bytes, _| vec![0; bytes.len()])) },
    Kind { code: "web-page", spoil: |work| aside(work, Finish::Bytes(|_, _| wreck::web_page())) },
    Kind { code: "plain-text", spoil: |work| aside(work, Finish::Bytes(|_, _| wreck::plain_text())) },
    Kind { code: "saved-as-utf8", spoil: |work| aside(work, Finish::Bytes(|bytes, _| wreck::mangled(&bytes))) },
    Kind { code: "password", spoil: |work| aside(work, Finish::Bytes(|bytes, _| wreck::encrypted(&bytes))) },
    Kind { code: "bytes-overwritten", spoil: overwritten },
    Kind { code: "part-in-utf16", spoil: |work| aside(work, Finish::Parts(wreck::utf16_part)) },
    Kind { code: "part-with-doctype", spoil: |work| aside(work, Finish::Parts(wreck::doctype)) },
    Kind { code: "part-twice", spoil: |work| aside(work, Finish::Parts(wreck::part_twice)) },
    Kind { code: "part-missing", spoil: |work| aside(work, Finish::Parts(wreck::without_workbook)) },
    Kind { code: "too-large-inside", spoil: |work| aside(work, Finish::Parts(wreck::bomb)) },
    Kind { code: "list-of-persons-hidden", spoil: |work| list(work, persons::hidden_sheet) },
    Kind { code: "list-of-persons-without-headings", spoil: |work| list(work, persons::without_headings) },
    Kind { code: "persons-in-comment", spoil: |work| list(work, persons::comment) },
    Kind { code: "persons-in-notes", spoil: |work| list(work, persons::notes) },
];

fn aside(work: &mut Work, finish: Finish) -> Option<Must> {
    work.finish = finish;
    Some(Must::SetAside)
}

/// Damage that may strike anything: a reader may still read what was not struck.
fn overwritten(work: &mut Work) -> Option<Must> {
    work.finish = Finish::Bytes(|mut bytes, dice| {
        let last = bytes.len() as i64 - 1;
        for _ in 0..dice.between(8, 64) {
            bytes[dice.between(0, last) as usize] = dice.between(0, 255) as u8;
        }
        bytes
    });
    Some(Must::NeverGuess)
}

fn list(work: &mut Work, add: fn(&mut Book)) -> Option<Must> {
    add(&mut work.book);
    Some(Must::SetAside)
}
