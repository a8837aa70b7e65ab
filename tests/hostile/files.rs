//! Bad files: copies of real returns damaged by chance, the same chance every time, and files made by hand.

use std::io::{Cursor, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A generator of numbers that says the same every time.
struct Chance(u64);

impl Chance {
    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        // xorshift64* (Vigna 2016).
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }

    /// A copy with one to eight places damaged: a bit, a byte, or a stretch that is blank, gone or doubled.
    fn damage(&mut self, whole: &[u8]) -> Vec<u8> {
        let mut bytes = whole.to_vec();
        for _ in 0..=self.below(8) {
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(64)).min(bytes.len());
            match self.below(8) {
                0..=2 => bytes[at] ^= 1 << self.below(8),
                3..=4 => bytes[at] = self.below(256) as u8,
                5 => bytes[at..end].fill(0),
                6 => drop(bytes.drain(at..end)),
                _ => {
                    let stretch = bytes[at..end].to_vec();
                    bytes.splice(at..at, stretch);
                }
            }
        }
        bytes
    }
}

/// The package that damaged copies are made of.
pub fn whole_xlsx(returns: &Path) -> Vec<u8> {
    std::fs::read(returns.join("2026/2026-Q3/99001_2026-Q3_bao-cao.xlsx")).unwrap()
}

/// A thousand and some bad files, by name.
pub fn bad_files(returns: &Path) -> Vec<(String, Vec<u8>)> {
    let mut chance = Chance(20_261_122);
    let xls = std::fs::read(returns.join("2026/2026-H2/99009_2026-H2_bao-cao.xls")).unwrap();
    let ods = std::fs::read(returns.join("2029/2029-H1/99004_2029-H1_bao-cao.ods")).unwrap();
    let mut files = Vec::new();
    for (kind, whole, damaged, cut) in
        [("xlsx", &whole_xlsx(returns), 420, 120), ("xls", &xls, 240, 120), ("ods", &ods, 60, 30)]
    {
        for at in 0..damaged {
            files.push((format!("{kind}/damaged-{at}.{kind}"), chance.damage(whole)));
        }
        for at in 0..cut {
            files.push((format!("{kind}/cut-{at}.{kind}"), whole[..chance.below(whole.len())].to_vec()));
        }
    }
    files.extend(made_by_hand().into_iter().map(|(name, bytes, _)| (format!("made/{name}"), bytes)));
    files
}

pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

pub fn zip_of(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts of a workbook with one sheet.
pub fn parts(sheet: impl Into<Vec<u8>>) -> Vec<(&'static str, Vec<u8>)> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
    };
    let relations = |inside: String| format!(r#"<Relationships xmlns="{PACKAGE}">{inside}</Relationships>"#);
    let workbook = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    vec![
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml")).into_bytes()),
        ("xl/workbook.xml", workbook.into_bytes()),
        ("xl/_rels/workbook.xml.rels", relations(relation("rId1", "worksheet", "worksheets/sheet1.xml")).into_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.into()),
    ]
}

pub fn worksheet(rows: &str) -> String {
    format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#)
}

fn with(rows: &str) -> Vec<u8> {
    zip_of(&parts(worksheet(rows)))
}

/// A workbook with one part put in the place of another, or added.
fn replaced(name: &'static str, content: impl Into<Vec<u8>>) -> Vec<u8> {
    let mut parts = parts(worksheet(""));
    parts.retain(|(own, _)| *own != name);
    parts.push((name, content.into()));
    zip_of(&parts)
}

fn without(name: &str) -> Vec<u8> {
    let mut parts = parts(worksheet(""));
    parts.retain(|(own, _)| *own != name);
    zip_of(&parts)
}

pub fn ods(table: &str) -> Vec<u8> {
    let content = format!("<office:document-content>{table}</office:document-content>");
    zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>".to_vec()),
        ("content.xml", content.into_bytes()),
    ])
}

/// Sets the encryption bit of every entry, in both of its headers.
fn locked() -> Vec<u8> {
    let mut bytes = with("");
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let found: Vec<usize> = (0..bytes.len() - 4).filter(|at| &bytes[*at..at + 4] == signature).collect();
        found.into_iter().for_each(|at| bytes[at + flags] |= 1);
    }
    bytes
}

/// A directory that declares ten bytes for a part of two million.
fn lying() -> Vec<u8> {
    let mut bytes = replaced("xl/styles.xml", vec![b' '; 2 << 20]);
    let honest = u32::to_le_bytes(2 << 20);
    while let Some(at) = bytes.windows(4).position(|window| window == honest) {
        bytes[at..at + 4].copy_from_slice(&u32::to_le_bytes(10));
    }
    bytes
}

/// One text of 30,000 letters that 5,000 cells show.
fn one_text_everywhere() -> Vec<u8> {
    let rows: String =
        (1..=5_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let mut parts = parts(worksheet(&rows));
    let strings = format!(r#"<sst xmlns="{MAIN}"><si><t>{}</t></si></sst>"#, "x".repeat(30_000));
    let writer = |content: &[u8]| content.to_vec();
    parts.push(("xl/sharedStrings.xml", writer(strings.as_bytes())));
    zip_of(&parts)
}

/// A file that is not compressed, so that its parts can be found by eye.
fn stored_then_cut() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts(worksheet("")) {
        writer.start_file(name, stored).unwrap();
        writer.write_all(&content).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    // Everything but the directory at the end.
    let end = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[..end].to_vec()
}

/// An old workbook whose table of blocks says of itself that it comes before itself.
fn ole_loop() -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1_024, 0);
    bytes[30] = 9;
    bytes[32] = 6;
    bytes
}

/// Files made by hand, each with a piece of the answer to it.
pub fn made_by_hand() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let cell = |at: &str| format!(r#"<c r="{at}"><v>1</v></c>"#);
    let value = "<table:table-cell office:value-type='float' office:value='1'";
    let workbook = |sheets: &str| {
        format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>"#)
    };
    let lock = [&[3][..], b"Lan", &[b' '; 51], &[3, 0], &[0; 108]].concat();
    vec![
        (
            "strings.xlsx",
            replaced("xl/sharedStrings.xml", r#"<sst uniqueCount="4000000000"><si/></sst>"#),
            "bảng chữ khai nhiều",
        ),
        ("utf16.xlsx", replaced("xl/worksheets/sheet1.xml", b"\xFF\xFE<\0w\0".to_vec()), "UTF-16"),
        ("declared-utf16.xlsx", replaced("xl/styles.xml", "<?xml version='1.0' encoding='UTF-16'?><a/>"), "UTF-16"),
        ("doctype.xlsx", replaced("xl/styles.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "DOCTYPE"),
        ("twice.xlsx", replaced("XL/Workbook.xml", "<a/>"), "trùng tên"),
        ("outside.xlsx", replaced("../../x.xml", "<a/>"), "ra ngoài"),
        ("no-workbook.xlsx", without("xl/workbook.xml"), "không có trang tính nào"),
        ("no-sheets.xlsx", replaced("xl/workbook.xml", workbook("")), "không có trang tính nào"),
        ("no-sheet-part.xlsx", without("xl/worksheets/sheet1.xml"), "sheet-unreadable"),
        (
            "twins.xlsx",
            replaced("xl/workbook.xml", workbook(&r#"<sheet name="S" sheetId="1" r:id="rId1"/>"#.repeat(2))),
            "hai trang tính trùng tên",
        ),
        (
            "deep.xlsx",
            zip_of(&parts((0..300_000).map(|at| format!("<a{at}>")).collect::<String>())),
            "sheet-unreadable",
        ),
        (
            "shared.xlsx",
            with(r#"<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="100000000">1</f></c></row>"#),
            "sheet-missing",
        ),
        ("corners.xlsx", with(&format!("<row>{}{}</row>", cell("A1"), cell("XFD1048576"))), "sheet-missing"),
        ("beyond.xlsx", with(&format!("<row>{}</row>", cell("A99999999"))), "sheet-unreadable"),
        ("same-cell.xlsx", with(&format!("<row>{}{}</row>", cell("A1"), cell("A1"))), "ghi hai lần"),
        ("numbers.xlsx", with(r#"<row><c r="A1"><v>1e999</v></c><c r="B1"><v>-1e300</v></c></row>"#), "sheet-missing"),
        ("one-text.xlsx", one_text_everywhere(), "quá nhiều chữ"),
        ("bomb.xlsx", replaced("xl/media/a.xml", vec![0; 4 << 20]), "file-too-large"),
        ("lying.xlsx", lying(), "mã kiểm tra"),
        ("locked.xlsx", locked(), "file-encrypted"),
        ("no-directory.xlsx", stored_then_cut(), "không đọc được mục lục"),
        ("bare.xlsb", zip_of(&[("xl/workbook.bin", vec![0x83, 1, 0])]), "file-unreadable"),
        ("loop.xls", ole_loop(), "file-unreadable"),
        ("cut.ods", ods("<table:table table:name='S'><table:table-row>"), "không trọn vẹn"),
        (
            "tall.ods",
            ods(&format!(
                "<table:table table:name='S'><table:table-row table:number-rows-repeated='1000000'>{}</table:table-row></table:table>",
                format!("{value}/>").repeat(3)
            )),
            "file-too-large",
        ),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), "HTML"),
        ("text.xlsx", b"ma;ten\n1;x\n".to_vec(), "CSV"),
        ("paper.xlsx", b"%PDF-1.7 ...".to_vec(), "PDF"),
        ("photo.xlsx", b"\xFF\xD8\xFF\xE0 ...".to_vec(), "ảnh"),
        ("letter.xlsx", zip_of(&[("word/document.xml", b"<a/>".to_vec())]), "Word"),
        ("archive.xlsx", b"Rar!\x1A\x07".to_vec(), "RAR"),
        ("many.xlsx", zip_of(&[("1.xlsx", vec![1]), ("2.xlsx", vec![2])]), "chứa 2 sổ tính"),
        ("lock.xlsx", lock, "tệp khóa tạm"),
        ("nothing.xlsx", Vec::new(), "0 byte"),
        ("zeros.xlsx", vec![0; 4_096], "toàn byte 0"),
        (
            "mangled.xlsx",
            String::from_utf8_lossy(&with(&cell("A1").repeat(400))).into_owned().into_bytes(),
            "chuyển mã",
        ),
    ]
}
