//! Files that are none, harm, or hold what they must not.

use std::collections::BTreeMap;

use tongket::demo::spoil::{pack, persons, wreck};

use super::Desk;

pub fn make(desk: &mut Desk, committed: &BTreeMap<String, Vec<u8>>) {
    desk.put("persons-on-hidden-sheet.xlsx", persons::hidden_sheet);
    desk.put("persons-without-headings.xlsx", persons::without_headings);
    desk.put("persons-in-comment.xlsx", persons::comment);
    desk.put("persons-in-notes.xlsx", persons::notes);

    let (whole, parts) = (desk.bytes(), pack::parts(&desk.book()));
    desk.put_bytes("empty.xlsx", Vec::new());
    desk.put_bytes("only-zero-bytes.xlsx", vec![0; 4096]);
    desk.put_bytes("web-page.xls", wreck::web_page());
    desk.put_bytes("plain-text.xlsx", wreck::plain_text());
    desk.put_bytes("word-document.xlsx", wreck::document());
    desk.put_bytes("zip-archive.xlsx", wreck::archive("bao-cao.xlsx", &whole));
    desk.put_bytes("password.xlsx", wreck::encrypted(&whole));
    desk.put_bytes("cut-off.xlsx", wreck::cut(whole.clone(), 60));
    desk.put_bytes("saved-as-utf8.xlsx", wreck::mangled(&whole));
    desk.put_bytes("part-in-utf16.xlsx", wreck::utf16_part(parts.clone()));
    desk.put_bytes("part-with-doctype.xlsx", wreck::doctype(parts.clone()));
    desk.put_bytes("part-twice.xlsx", wreck::part_twice(parts.clone()));
    desk.put_bytes("part-missing.xlsx", wreck::without_workbook(parts.clone()));
    desk.put_bytes("too-large-inside.xlsx", wreck::bomb(parts));
    desk.put_bytes("lock/~$bao-cao.xlsx", b"\x0fCan bo tong hop".iter().copied().chain([b' '; 150]).collect());
    desk.put_bytes("lock/bao-cao.xlsx", whole);
    if let Some(xls) = committed.get("vni-times.xls") {
        desk.put_bytes("cut-off.xls", wreck::cut(xls.clone(), 60));
    }
}
