//! What is refused and what goes on to the reader, with packages made by hand.

use std::io::{Cursor, Read, Write};

use ::zip::write::SimpleFileOptions;
use ::zip::{ZipArchive, ZipWriter};

use super::*;

#[path = "../../../tests/hostile/ole.rs"]
mod made;

use made::{ole_of, record};

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn refusal(bytes: &[u8]) -> Refusal {
    inspect(bytes, &Limits::default()).map(|package| package.format).unwrap_err()
}

#[test]
fn what_is_no_workbook_is_named() {
    for (bytes, what) in [
        (&b"\xEF\xBB\xBF <html><body><table>"[..], "trang web"),
        (b"%PDF-1.7", "PDF"),
        (b"ma;ten\n1;x\n", "CSV"),
        (b"{\\rtf1", "RTF"),
        (b"\xFF\xD8\xFF\xE0", "ảnh"),
    ] {
        let refusal = refusal(bytes);
        assert_eq!(refusal.kind, RefusalKind::NotAWorkbook);
        assert!(refusal.reason.contains(what), "{}", refusal.reason);
    }
    assert_eq!(refusal(b"").kind, RefusalKind::Unreadable);
    assert_eq!(refusal(&[0; 512]).kind, RefusalKind::Unreadable);
}

#[test]
fn packages_are_told_apart_by_their_parts() {
    let limits = Limits::default();
    let xlsx = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
    assert_eq!(inspect(&xlsx, &limits).map(|package| package.format), Ok(Format::Xlsx));
    let ods = zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x/>")]);
    assert_eq!(inspect(&ods, &limits).map(|package| package.format), Ok(Format::Ods));
    let word = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<x/>")]);
    assert!(refusal(&word).reason.contains("Word"));
    assert!(refusal(&zip_of(&[("a.txt", b"x")])).reason.contains("ZIP"));
    assert_eq!(refusal(&xlsx[..xlsx.len() - 30]).kind, RefusalKind::Unreadable);
}

const BOF: [u8; 8] = [0, 6, 5, 0, 0, 0, 0, 0];

/// A workbook stream with one sheet of these records.
fn biff_of(sheet: &[Vec<u8>]) -> Vec<u8> {
    let name = [&[0, 0, 1, 0][..], b"S"].concat();
    let bound = |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &name].concat());
    let globals = |at| [record(0x0809, &BOF), bound(at), record(0x000A, &[])].concat();
    let at = globals(0).len() as u32;
    [globals(at), record(0x0809, &BOF), sheet.concat(), record(0x000A, &[])].concat()
}

fn xls_of(sheet: &[Vec<u8>]) -> Vec<u8> {
    ole_of(&[("Workbook", &biff_of(sheet))])
}

fn number(row: u16, col: u16) -> Vec<u8> {
    record(0x0203, &[&row.to_le_bytes()[..], &col.to_le_bytes(), &[0; 10]].concat())
}

#[test]
fn an_ole_file_is_what_its_directory_names() {
    assert_eq!(refusal(&ole_of(&[("EncryptedPackage", b"x")])).kind, RefusalKind::Encrypted);
    assert!(refusal(&ole_of(&[("WordDocument", b"x")])).reason.contains("Word"));
    assert_eq!(refusal(&ole_of(&[("Else", b"x")])).kind, RefusalKind::Unreadable);
    // Words in a cell make no encrypted file.
    let told: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let package = xls_of(&[number(0, 0), record(0x0FFF, &told)]);
    assert_eq!(inspect(&package, &Limits::default()).unwrap().format, Format::Xls { biff8: true });
}

#[test]
fn chains_that_come_back_or_leave_the_file_are_refused() {
    let whole = xls_of(&[number(0, 0)]);
    let with = |at: usize, value: u32| {
        let mut bytes = whole.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        refusal(&bytes).reason
    };
    let table = 512;
    assert!(with(table + 2 * 4, 2).contains("nối sai"), "a block that follows itself");
    assert!(with(table + 2 * 4, 4_000_000).contains("cắt cụt"), "a block beyond the file");
    assert!(with(table + 4, 1).contains("nối sai"), "a directory without end");
    assert!(with(48, 70_000).contains("cắt cụt"), "a directory beyond the file");
    assert!(with(1024 + 128 + 120, 0x7FFF_FFFF).contains("cắt cụt"), "a stream longer than the file");
    assert!(refusal(&whole[..whole.len() - 1024]).reason.contains("cắt cụt"));
    assert!(refusal(&whole[..300]).reason.contains("cắt cụt"));
}

#[test]
fn records_that_would_be_laid_out_too_far_or_end_early_are_refused() {
    let dimensions = |rows: u32, cols: u16| {
        record(0x0200, &[&0u32.to_le_bytes()[..], &rows.to_le_bytes(), &[0, 0], &cols.to_le_bytes(), &[0, 0]].concat())
    };
    assert!(inspect(&xls_of(&[dimensions(65_536, 256), number(9, 9)]), &Limits::default()).is_ok());
    assert!(refusal(&xls_of(&[dimensions(u32::MAX, 256)])).reason.contains("cấu trúc"));
    assert_eq!(refusal(&xls_of(&[number(0, 0), number(65_535, 255)])).kind, RefusalKind::TooLarge);
    assert!(refusal(&xls_of(&[record(0x00E5, &[0xFF, 0x1F])])).reason.contains("cấu trúc"));
    let stream = biff_of(&[number(0, 0)]);
    // Without its last record the sheet has no end, though every record is whole.
    let ending = stream.len() - 4;
    assert!(refusal(&ole_of(&[("Workbook", &[&stream[..ending], &[0xFF; 8000]].concat())])).reason.contains("cắt cụt"));
    let scrambled = [&record(0x0809, &BOF)[..], &record(0x002F, &[0, 0, 1, 2, 3, 4])].concat();
    assert_eq!(refusal(&ole_of(&[("Workbook", &scrambled)])).kind, RefusalKind::Encrypted);
}

fn ods_of(rows: &str) -> Vec<u8> {
    let content =
        format!("<office:document-content><table:table table:name='S'>{rows}</table:table></office:document-content>");
    zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

#[test]
fn repeated_rows_and_columns_are_counted_before_they_are_laid_out() {
    let limits = Limits::default();
    let cell = "<table:table-cell office:value-type='float' office:value='1'/>";
    let empty_end = "<table:table-row table:number-rows-repeated='1048570'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>";
    assert!(inspect(&ods_of(&format!("<table:table-row>{cell}</table:table-row>{empty_end}")), &limits).is_ok());
    let tall = format!("<table:table-row table:number-rows-repeated='1048570'>{}</table:table-row>", cell.repeat(3));
    assert_eq!(refusal(&ods_of(&tall)).kind, RefusalKind::TooLarge);
    let far = format!(
        "<table:table-row>{cell}</table:table-row>{empty_end}<table:table-row><table:table-cell table:number-columns-repeated='16000'/>{cell}</table:table-row>"
    );
    assert_eq!(refusal(&ods_of(&far)).kind, RefusalKind::TooLarge);
    let wide = format!(
        "<table:table-row>{}</table:table-row>",
        cell.replace("<table:table-cell", "<table:table-cell table:number-columns-repeated='16384'")
    );
    assert_eq!(refusal(&ods_of(&wide.repeat(200))).kind, RefusalKind::TooLarge);
}

#[test]
fn an_open_document_that_was_cut_off_or_encrypted_is_refused() {
    let mimetype: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
    let cut = zip_of(&[mimetype, ("content.xml", b"<x><table:table table:name='S'><table:table-row>")]);
    assert!(refusal(&cut).reason.contains("cắt cụt"));
    let manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let encrypted = zip_of(&[mimetype, ("content.xml", b"\x8F\x01\xFE"), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(refusal(&encrypted).kind, RefusalKind::Encrypted);
}

const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");

#[test]
fn parts_that_the_reader_would_take_for_one_are_refused() {
    for other in ["xl/Workbook.xml", "xl\\workbook.xml", "/xl/workbook.xml"] {
        let package = zip_of(&[TYPES, ("xl/workbook.xml", b"<a/>"), (other, b"<b/>")]);
        assert!(refusal(&package).reason.contains("trùng tên"), "{other}");
    }
    let outside = zip_of(&[TYPES, ("../xl/workbook.xml", b"<a/>")]);
    assert!(refusal(&outside).reason.contains("ra ngoài"));
}

/// The names of the parts that go on to the reader.
fn passed(bytes: &[u8]) -> Vec<String> {
    let package = inspect(bytes, &Limits::default()).unwrap();
    let archive = ZipArchive::new(Cursor::new(package.bytes.into_owned())).unwrap();
    archive.file_names().map(|name| name.unwrap().into_owned()).collect()
}

#[test]
fn only_what_was_looked_through_goes_on_to_the_reader() {
    let package =
        zip_of(&[TYPES, ("xl\\workbook.xml", b"<a/>"), ("xl/media/image1.png", b"x"), ("xl/vbaProject.bin", b"x")]);
    assert_eq!(passed(&package), ["[Content_Types].xml", "xl/workbook.xml"]);
}

#[test]
fn a_part_that_does_not_match_its_check_sum_is_not_read() {
    let content = b"<worksheet>1234</worksheet>";
    let damage = |name: &str| {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Stored);
        for (name, content) in [(TYPES.0, TYPES.1), (name, &content[..])] {
            writer.start_file(name, stored).unwrap();
            writer.write_all(content).unwrap();
        }
        let mut bytes = writer.finish().unwrap().into_inner();
        let at = bytes.windows(4).position(|window| window == b"1234").unwrap();
        bytes[at] = b'9';
        bytes
    };
    assert_eq!(passed(&damage("xl/worksheets/sheet1.xml")), ["[Content_Types].xml"], "the other sheets are read");
    assert!(refusal(&damage("xl/workbook.xml")).reason.contains("mã kiểm tra"));
}

#[test]
fn a_zip_of_workbooks_is_told_from_a_workbook() {
    assert!(refusal(&zip_of(&[("a/1.xlsx", b"PK"), ("a/2.xls", b"x")])).reason.contains("chứa 2 sổ tính"));
}

#[test]
fn leavings_of_office_programs_are_named() {
    let mut lock = vec![b' '; 165];
    lock[0] = 3;
    lock[1..4].copy_from_slice(b"Lan");
    lock[60] = 0;
    assert!(refusal(&lock).reason.contains("tệp khóa tạm"));
    let wide: Vec<u8> = "\u{feff}<html><table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refusal(&wide).reason.contains("HTML"));
    let mangled = String::from_utf8_lossy(&xls_of(&[number(0, 0)])).into_owned();
    assert!(refusal(mangled.as_bytes()).reason.contains("chuyển mã"));
}

#[test]
fn what_inflates_too_far_or_reads_wrongly_is_refused() {
    let bomb = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/x.xml", &vec![b' '; 4 << 20])]);
    assert_eq!(refusal(&bomb).kind, RefusalKind::TooLarge);
    let content: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    let strings = zip_of(&[content, ("xl/sharedStrings.xml", b"<sst uniqueCount=\"4000000000\"><si/></sst>")]);
    assert!(refusal(&strings).reason.contains("bảng chữ"));
    let wide = zip_of(&[content, ("xl/worksheets/sheet1.xml", b"\xFF\xFE<\0w\0")]);
    assert!(refusal(&wide).reason.contains("UTF-16"));
    let entity = zip_of(&[content, ("xl/workbook.xml", b"<?xml version='1.0'?><!DOCTYPE x []><workbook/>")]);
    assert!(refusal(&entity).reason.contains("DOCTYPE"));
}

#[test]
fn a_part_gives_no_more_than_its_directory_declares() {
    let mut bytes = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/x.xml", &vec![b' '; 2 << 20])]);
    let honest = u32::to_le_bytes(2 << 20);
    while let Some(at) = bytes.windows(4).position(|window| window == honest) {
        bytes[at..at + 4].copy_from_slice(&u32::to_le_bytes(10));
    }
    let mut archive = ZipArchive::new(Cursor::new(&bytes[..])).unwrap();
    let mut produced = Vec::new();
    assert!(archive.by_name("xl/x.xml").unwrap().read_to_end(&mut produced).is_err() || produced.len() <= 10);
    assert!(produced.len() < 1 << 20);
}
