//! What other readers pass over in silence: each is refused, told, or read rightly.

use std::path::Path;

use tempfile::TempDir;
use tongket::intake::{Intake, ReaderOptions, Reading, Return};
use tongket::vocabulary::MeasureCode;

use crate::files::{MAIN, ods, parts, worksheet, zip_of};
use crate::{Reader, put};

const COVER: [(&str, &str); 6] = [
    ("Mã đơn vị", "99001"),
    ("Loại kỳ", "Quý"),
    ("Kỳ số", "1"),
    ("Năm", "2026"),
    ("Phiên bản biểu mẫu", "2026.1"),
    ("Mã số", "Trong kỳ"),
];

/// An .xlsx of a cover and the rows of a form, the cell of each row given as XML from its address on.
fn xlsx(rows: &[(&str, &str)], workbook: &str, styles: &str) -> Vec<u8> {
    let text = |at: String, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let mut xml = String::new();
    for (at, (label, value)) in COVER.iter().enumerate() {
        let row = at + 1;
        xml += &format!("<row>{}{}</row>", text(format!("A{row}"), label), text(format!("B{row}"), value));
    }
    for (at, (code, cell)) in rows.iter().enumerate() {
        let row = at + 1 + COVER.len();
        xml += &format!("<row>{}<c r=\"B{row}\" {cell}</c></row>", text(format!("A{row}"), code));
    }
    let mut parts = parts(worksheet(&xml));
    for (name, content) in &mut parts {
        if *name == "xl/workbook.xml" {
            *content =
                String::from_utf8(content.clone()).unwrap().replace("<sheets>", &format!("{workbook}<sheets>")).into();
        }
    }
    parts.push(("xl/styles.xml", format!(r#"<styleSheet xmlns="{MAIN}">{styles}</styleSheet>"#).into_bytes()));
    zip_of(&parts)
}

/// The same as .ods, the cell of each row given as attributes.
fn open_document(rows: &[(&str, &str)]) -> Vec<u8> {
    let text =
        |text: &str| format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>");
    let mut xml = String::new();
    for (label, value) in COVER {
        xml += &format!("<table:table-row>{}{}</table:table-row>", text(label), text(value));
    }
    for (code, cell) in rows {
        xml += &format!("<table:table-row>{}<table:table-cell {cell}/></table:table-row>", text(code));
    }
    ods(&format!("<table:table table:name='S'>{xml}</table:table>"))
}

fn read(bytes: &[u8]) -> Intake {
    let folder = TempDir::new().unwrap();
    put(&folder, "a", bytes);
    let intake = Reader::new().read(&folder, &ReaderOptions::here());
    assert_eq!(intake.set_aside, []);
    intake
}

fn reading(ret: &Return, code: &str) -> Option<Reading> {
    ret.entries.get(&MeasureCode::from(code)).map(|entry| entry.value)
}

fn told<'i>(intake: &'i Intake, rule: &str) -> Vec<&'i str> {
    let own = intake.findings.iter().filter(|finding| finding.rule.as_str() == rule);
    own.map(|finding| finding.message.as_str()).collect()
}

#[test]
fn many_formulas_without_a_value_are_told_once_and_all_left_out() {
    let codes = ["thn.tiep_nhan", "thn.dua_ra", "thn.nhom_a", "thn.nhom_b", "thn.nhom_c"];
    let intake = read(&xlsx(&codes.map(|code| (code, "><f>1+1</f>")), "", ""));
    assert!(codes.iter().all(|code| reading(&intake.returns[0], code) == Some(Reading::Rejected)));
    let message = "5 ô có công thức nhưng tệp không lưu kết quả tính: B7, B8, B9, B10, B11";
    assert_eq!(told(&intake, "formula-without-value"), [message]);

    let open = read(&open_document(&[("thn.tiep_nhan", "table:formula='of:=1+1'")]));
    assert_eq!(reading(&open.returns[0], "thn.tiep_nhan"), Some(Reading::Rejected));
    assert_eq!(told(&open, "formula-without-value").len(), 1);
}

#[test]
fn a_count_shown_as_a_date_is_its_number_and_a_date_is_no_count() {
    // Day 44,624 from 1904 on is 05/3/2026, as is day 46,086 from 1900 on.
    let date = r#"<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>"#;
    let rows = |day| [("thn.tiep_nhan", "s=\"1\"><v>5</v>"), ("thn.dua_ra", day)];
    for bytes in [
        xlsx(&rows("s=\"1\"><v>46086</v>"), "", date),
        xlsx(&rows("s=\"1\"><v>44624</v>"), r#"<workbookPr date1904="1"/>"#, date),
        open_document(&[
            ("thn.tiep_nhan", "office:value-type='date' office:date-value='1900-01-04'"),
            ("thn.dua_ra", "office:value-type='date' office:date-value='2026-03-05'"),
        ]),
    ] {
        let intake = read(&bytes);
        let ret = &intake.returns[0];
        assert_eq!(reading(ret, "thn.tiep_nhan"), Some(Reading::Value(5)));
        assert_eq!(reading(ret, "thn.dua_ra"), Some(Reading::Rejected));
        assert_eq!(told(&intake, "not-a-number"), ["Ô chứa ngày tháng, cần một số nguyên"]);
    }
}

#[test]
fn numbers_without_end_are_errors() {
    let intake = read(&xlsx(&[("thn.tiep_nhan", "><v>1e999</v>"), ("thn.dua_ra", "><v>NaN</v>")], "", ""));
    assert_eq!(reading(&intake.returns[0], "thn.tiep_nhan"), Some(Reading::Rejected));
    assert_eq!(reading(&intake.returns[0], "thn.dua_ra"), Some(Reading::Rejected));
}

fn quarter() -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks/quarter.xls")).unwrap()
}

fn without_hash(intake: &Intake) -> String {
    let mut returns = intake.returns.clone();
    returns.iter_mut().for_each(|ret| ret.sha256 = String::new());
    format!("{returns:?}")
}

#[test]
fn an_xls_with_the_wrong_code_page_reads_as_with_the_right_one() {
    let whole = quarter();
    let record = [0x42, 0x00, 0x02, 0x00, 0xB0, 0x04];
    let at = whole.windows(6).position(|window| window == record).expect("Excel 97 says 1200");
    let mut wrong = whole.clone();
    wrong[at + 4..at + 6].copy_from_slice(&1252u16.to_le_bytes());
    assert_eq!(without_hash(&read(&wrong)), without_hash(&read(&whole)));
}

#[test]
fn a_file_that_was_cut_off_is_never_read_in_part() {
    let reader = Reader::new();
    let folder = TempDir::new().unwrap();
    let whole = quarter();
    let cuts: Vec<usize> = (0..whole.len()).step_by(64).collect();
    for at in &cuts {
        put(&folder, &format!("{at:05}.xls"), &whole[..*at]);
    }
    let intake = reader.read(&folder, &ReaderOptions::here());
    assert_eq!(intake.set_aside.len() + intake.returns.len(), cuts.len());
    let sound = &read(&whole).returns[0].entries;
    for ret in &intake.returns {
        // What lies behind the sheets may be missing.
        assert_eq!(&ret.entries, sound, "{}", ret.file);
    }
}
