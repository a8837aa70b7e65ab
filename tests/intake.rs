//! Whole files in, returns and findings out: with the form of `input/` and processes that really run.

#[path = "intake/copies.rs"]
mod copies;
#[path = "intake/identity.rs"]
mod identity;
#[path = "intake/numbers.rs"]
mod numbers;
#[path = "intake/versions.rs"]
mod versions;

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use tempfile::TempDir;
use tongket::definitions::form::{Asked, Kind};
use tongket::definitions::{Definitions, Limits, Registers};
use tongket::form::{CriterionLine, Fill, Line, ModelLine, Settlement, Typed, workbook};
use tongket::intake::{Intake, Outcome, ReaderOptions, Reading, Return, Standing, take_in};
use tongket::vocabulary::{MeasureCode, Period, UnitCode};

/// An input folder whose returns are made up by a test.
struct Inbox {
    folder: TempDir,
    definitions: Definitions,
    registers: Registers,
}

impl Inbox {
    fn new() -> Self {
        let input = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/input"));
        let (definitions, _) = tongket::definitions::load(&input).unwrap();
        Self { folder: TempDir::new().unwrap(), definitions, registers: Registers::default() }
    }

    /// A return in which every row is filled; the value of a row is its place in the form.
    fn fill(&self, unit: &str, period: &str) -> Fill {
        let period: Period = period.parse().unwrap();
        let mut fill = Fill::blank(UnitCode::from(unit), period);
        fill.made_on = NaiveDate::from_ymd_opt(2026, 3, 18);
        let form = self.definitions.forms.last().unwrap();
        for (at, row) in form.rows().enumerate() {
            let asked = match row.asked {
                Asked::Always => true,
                Asked::YearEnd => period.closes_year(),
                Asked::Quarterly => period.kind() == tongket::vocabulary::PeriodKind::Quarter,
            };
            let value = if matches!(row.kind, Kind::Class(_)) { 1 } else { at as i64 };
            if asked {
                let line = Line { value: Some(Typed::Number(value)), ..Line::default() };
                fill.lines.insert(row.code.clone(), line);
            }
        }
        fill
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.folder.path().join("returns").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn put_fill(&self, name: &str, fill: &Fill) {
        self.put(name, &workbook(self.definitions.forms.last().unwrap(), &self.definitions, fill).unwrap());
    }

    fn read_with(&self, options: &ReaderOptions) -> Intake {
        let as_of = NaiveDate::from_ymd_opt(2031, 1, 20).unwrap();
        take_in(&self.definitions, &self.registers, self.folder.path(), as_of, options, &|_, _| {}).unwrap()
    }

    fn read(&self) -> Intake {
        self.read_with(&ReaderOptions::here())
    }
}

fn processes() -> ReaderOptions {
    ReaderOptions::with_program(PathBuf::from(env!("CARGO_BIN_EXE_tongket")))
}

fn value(ret: &Return, code: &str) -> Option<Reading> {
    ret.entries.get(&MeasureCode::from(code)).map(|entry| entry.value)
}

/// Rules found in a file, in reading order, without the checks of the form.
fn rules(intake: &Intake, file: &str) -> Vec<String> {
    let own = intake.findings.iter().filter(|finding| finding.place.file_name() == file);
    own.map(|finding| finding.rule.to_string()).filter(|rule| !rule.starts_with('R')).collect()
}

#[test]
fn a_filled_form_reads_back_as_it_was_filled() {
    let inbox = Inbox::new();
    let mut fill = inbox.fill("99007", "2026-Q4");
    // Biểu 07 is not handed to this unit.
    fill.lines.retain(|code, _| !code.as_str().starts_with("cc."));
    fill.submission = 2;
    fill.estimate = true;
    let thon = |name: &str| Settlement {
        name: name.into(),
        values: [(MeasureCode::from("tt.buoi"), 3)].into_iter().collect(),
    };
    fill.settlements = vec![thon("Thôn Đông"), thon("Thôn Tây")];
    fill.models = vec![ModelLine {
        code: "M1".into(),
        name: "Chung tay giúp đỡ".into(),
        kind: "THNCĐ".into(),
        step: 5,
        launched: NaiveDate::from_ymd_opt(2026, 5, 4),
        step_dates: [1, 2, 3, 4, 5].map(|month| NaiveDate::from_ymd_opt(2026, month, 3)),
        members: Some(7),
        evaluation: "Đạt mục tiêu".into(),
        ..ModelLine::default()
    }];
    let set = &inbox.definitions.criteria[0];
    let criterion = CriterionLine { met: Some(true), evidence: String::new() };
    fill.criteria.insert(set.criteria[0].number.clone(), criterion);
    inbox.put_fill("2026-Q4/99007.xlsx", &fill);

    let intake = inbox.read();
    assert_eq!(intake.set_aside, []);
    assert_eq!(rules(&intake, "2026-Q4/99007.xlsx"), Vec::<String>::new());
    let ret = &intake.returns[0];
    assert_eq!((ret.unit.as_str(), ret.period.to_string().as_str()), ("99007", "2026-Q4"));
    assert_eq!((ret.submission, ret.estimate, ret.declared_date), (2, true, fill.made_on));
    assert_eq!(ret.entries.len(), fill.lines.len());
    let raw: Vec<&str> = ret.entries.values().map(|entry| entry.raw.as_str()).collect();
    for (code, line) in &fill.lines {
        let entry = &ret.entries[code];
        let Some(Typed::Number(typed)) = &line.value else { panic!("only numbers were filled") };
        let rejected_by_a_check = entry.value == Reading::Rejected;
        assert!(entry.value == Reading::Value(*typed) || rejected_by_a_check, "{code}: {entry:?} {raw:?}");
    }
    assert_eq!(ret.settlements.len(), 2);
    assert_eq!(ret.settlements[1].name, "Thôn Tây");
    assert_eq!(ret.settlements[0].values[&MeasureCode::from("tt.buoi")], Some(3));
    let model = &ret.models[0];
    assert_eq!((model.code.as_str(), model.step, model.members), ("M1", 5, Some(7)));
    assert_eq!(model.step_dates, fill.models[0].step_dates);
    assert_eq!(ret.criteria.iter().filter(|row| row.met == Some(true)).count(), 1);
    assert_eq!(ret.criteria.len(), set.criteria.len());
}

/// A workbook as a machine without Unicode would have saved it: all its letters
/// in an old encoding, its fonts renamed.
fn in_old_encoding(bytes: &[u8], encoding: &str, font: &str) -> Vec<u8> {
    let table = include_str!("../assets/legacy-encodings/letters.csv");
    let mut letters = std::collections::BTreeMap::new();
    for line in table.lines().filter(|line| line.starts_with(&format!("{encoding},"))) {
        let fields: Vec<&str> = line.split(',').collect();
        let point = |point: &str| char::from_u32(u32::from_str_radix(&point[2..], 16).unwrap()).unwrap();
        letters.insert(fields[2].chars().next().unwrap(), fields[1].split(' ').map(point).collect::<String>());
    }
    let typed = |c: char| {
        let lower = c.to_lowercase().next().unwrap();
        letters.get(&c).or(letters.get(&lower)).cloned().unwrap_or_else(|| c.to_string())
    };
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).unwrap();
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        let content = match (String::from_utf8(content), name.as_str()) {
            (Ok(styles), "xl/styles.xml") => styles.replace("Times New Roman", font).into_bytes(),
            (Ok(xml), _) => xml.chars().map(typed).collect::<String>().into_bytes(),
            (Err(other), _) => other.into_bytes(),
        };
        zip.write_all(&content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_return_in_tcvn3_or_vni_gives_the_figures_of_the_same_in_unicode() {
    let form = |inbox: &Inbox| {
        let mut fill = inbox.fill("99007", "2026-Q4");
        fill.lines.retain(|code, _| !code.as_str().starts_with("cc."));
        fill.lines.get_mut(&MeasureCode::from("thn.dua_ra")).unwrap().value = Some(Typed::Text("5 người".into()));
        let values = [(MeasureCode::from("tt.buoi"), 3)].into_iter().collect();
        fill.settlements = vec![Settlement { name: "Thôn Đông Hải".into(), values }];
        let model =
            ModelLine { code: "M1".into(), name: "Chung tay giúp đỡ".into(), step: 5, ..ModelLine::default() };
        fill.models = vec![model];
        workbook(inbox.definitions.forms.last().unwrap(), &inbox.definitions, &fill).unwrap()
    };
    let read = |bytes: &[u8]| {
        let inbox = Inbox::new();
        inbox.put("2026-Q4/99007.xlsx", bytes);
        inbox.read()
    };
    let bytes = form(&Inbox::new());
    let unicode = read(&bytes);
    let figures = |intake: &Intake| {
        let ret = &intake.returns[0];
        let entries: Vec<_> =
            ret.entries.iter().map(|(code, it)| (code.clone(), it.value, it.cell, it.raw.clone())).collect();
        (ret.unit.clone(), ret.period, entries, ret.settlements.clone(), ret.models.clone(), ret.criteria.clone())
    };
    for (encoding, font, repair) in [
        ("tcvn3", ".VnTime", "chuyển từ bảng mã TCVN3 (ABC)"),
        ("tcvn3", "Times New Roman", "chuyển từ bảng mã TCVN3 (ABC)"),
        ("vni", "VNI-Times", "chuyển từ bảng mã VNI"),
        ("vni", "Times New Roman", "chuyển từ bảng mã VNI"),
    ] {
        let old = read(&in_old_encoding(&bytes, encoding, font));
        assert_eq!(old.set_aside, [], "{encoding} {font}");
        assert_eq!(figures(&old), figures(&unicode), "{encoding} {font}");
        let entry = &old.returns[0].entries[&MeasureCode::from("thn.dua_ra")];
        assert!(entry.repairs.contains(&repair.to_owned()), "{:?}", entry.repairs);
        assert!(entry.repairs.contains(&format!("tên chỉ tiêu: {repair}")), "{:?}", entry.repairs);
        let told = |intake: &Intake| rules(intake, "2026-Q4/99007.xlsx");
        let (legacy, others): (Vec<_>, Vec<_>) = told(&old).into_iter().partition(|rule| rule == "legacy-text");
        assert_eq!(others, told(&unicode), "{encoding} {font}");
        let sheets: std::collections::BTreeSet<_> =
            old.findings.iter().filter(|f| f.rule.as_str() == "legacy-text").map(|f| f.place.sheet_name()).collect();
        assert_eq!(legacy.len(), sheets.len(), "one finding for each sheet");
        assert!(legacy.len() >= 8, "{legacy:?}");
    }
}

#[test]
fn fonts_are_known_in_xls_as_in_xlsx() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workbooks");
    let read = |name: &str| {
        let inbox = Inbox::new();
        inbox.put("a", &std::fs::read(format!("{folder}/{name}")).unwrap());
        let mut intake = inbox.read();
        assert_eq!(intake.set_aside, [], "{name}");
        assert_eq!(intake.returns[0].unit.as_str(), "99001");
        let names: Vec<&str> = intake.returns[0].settlements.iter().map(|row| row.name.as_str()).collect();
        // “Lò” could be Unicode; the capitals exist in the font only.
        assert_eq!(names, ["Lũ", "THÔN ĐÔNG", "KHU 1"], "{name}");
        intake.returns[0].sha256 = String::new();
        format!("{:?} {:?}", intake.returns, intake.findings)
    };
    assert_eq!(read("tcvn3.xls"), read("tcvn3.xlsx"));
}

#[test]
fn text_that_nothing_explains_names_nothing_and_is_told() {
    let inbox = Inbox::new();
    let table = vec![
        vec!["Chỉ tiêu", "Mã số", "ĐVT", "Trong kỳ"],
        vec!["S\u{fffd} ngư\u{fffd}i tiếp nhận", "thn.tiep_nhan", "người", "5"],
    ];
    let thon = vec![vec!["Tên thôn", "tt.buoi"], vec!["Th\u{fffd}n Đ\u{fffd}ng", "3"], vec!["Thôn Tây", "4"]];
    let cover = cover("'99001", "", ["Quý", "1", "2026"]);
    inbox.put("a.xlsx", &texts(&[("Biểu 00", false, cover), ("B1", false, table), ("Biểu 06B", false, thon)]));
    let intake = inbox.read();
    let ret = &intake.returns[0];
    assert_eq!(value(ret, "thn.tiep_nhan"), Some(Reading::Value(5)));
    let names: Vec<&str> = ret.settlements.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["(không đọc được), dòng 2", "Thôn Tây"]);
    assert_eq!(rules(&intake, "a.xlsx").iter().filter(|rule| *rule == "unreadable-text").count(), 2);
}

#[test]
fn a_blank_form_is_missing_everything_and_zero_nothing() {
    let inbox = Inbox::new();
    inbox.put_fill("a.xlsx", &Fill::blank(UnitCode::from("99002"), "2026-Q1".parse().unwrap()));
    let intake = inbox.read();
    let ret = &intake.returns[0];
    assert!(ret.entries.values().all(|entry| entry.value == Reading::Empty));
    assert_eq!(ret.outcome, Outcome::Returned);
    assert!(rules(&intake, "a.xlsx").iter().all(|rule| rule == "missing-value"));
}

#[test]
fn processes_and_threads_read_the_same_whatever_their_number() {
    let inbox = Inbox::new();
    for (at, unit) in ["99001", "99002", "99003", "99005", "99006", "99007"].iter().enumerate() {
        inbox.put_fill(&format!("{at}.xlsx"), &inbox.fill(unit, "2026-Q1"));
    }
    inbox.put("6.xlsx", b"<html><table></table></html>");
    inbox.put("7.xls", b"");
    let here = format!("{:?}", inbox.read());
    for workers in [1, 3] {
        let options = ReaderOptions { workers, ..processes() };
        assert_eq!(format!("{:?}", inbox.read_with(&options)), here);
    }
    let no_program = ReaderOptions::with_program(PathBuf::from("no-such-program"));
    assert_eq!(format!("{:?}", inbox.read_with(&no_program)), here);
}

/// A workbook with one sheet of this XML.
fn package(sheet: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let head = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    for (name, content) in [
        ("[Content_Types].xml", format!(r#"{head}<Types xmlns="{package}/content-types"></Types>"#)),
        (
            "_rels/.rels",
            format!(
                r#"{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"{head}<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(sheet).unwrap();
    zip.finish().unwrap().into_inner()
}

/// A sheet of one column with this text in each of so many rows.
fn tall_sheet(text: &str, rows: usize) -> Vec<u8> {
    let mut xml =
        br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#.to_vec();
    for row in 1..=rows {
        write!(xml, r#"<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c></row>"#).unwrap();
    }
    xml.extend(b"</sheetData></worksheet>");
    xml
}

#[test]
fn a_file_that_exhausts_memory_is_blamed_alone() {
    let mut inbox = Inbox::new();
    inbox.put_fill("a.xlsx", &inbox.fill("99001", "2026-Q1"));
    inbox.put("b.xlsx", &package(&tall_sheet(&"x".repeat(30_000), 1_500)));
    inbox.put_fill("c.xlsx", &inbox.fill("99002", "2026-Q1"));
    inbox.definitions.site.limits = Limits { memory: 32 << 20, ratio: u64::MAX, ..Limits::default() };
    let options = ReaderOptions { workers: 1, ..processes() };
    let intake = inbox.read_with(&options);
    let files: Vec<&str> = intake.returns.iter().map(|ret| &*ret.file).collect();
    assert_eq!(files, ["a.xlsx", "c.xlsx"]);
    let aside: Vec<(&str, &str)> = intake.set_aside.iter().map(|aside| (&*aside.file, &*aside.reason)).collect();
    assert_eq!(aside, [("b.xlsx", "Tệp hỏng hoặc đòi quá nhiều bộ nhớ nên chương trình đọc phải dừng")]);
    assert_eq!(intake.set_aside[0].sha256.len(), 64);
    assert_eq!(rules(&intake, "b.xlsx"), ["file-unreadable"]);
}

#[test]
fn files_that_take_too_long_are_blamed_one_by_one() {
    let mut inbox = Inbox::new();
    for name in ["a.xlsx", "b.xlsx"] {
        inbox.put(name, &package(&tall_sheet("x", 50_000)));
    }
    inbox.definitions.site.limits = Limits { time: Duration::ZERO, ratio: u64::MAX, ..Limits::default() };
    let intake = inbox.read_with(&ReaderOptions { workers: 1, ..processes() });
    let reasons: Vec<(&str, &str)> = intake.set_aside.iter().map(|aside| (&*aside.file, &*aside.reason)).collect();
    let reason = "Đọc tệp quá 1 giây nên phải dừng";
    assert_eq!(reasons, [("a.xlsx", reason), ("b.xlsx", reason)]);
}

#[test]
fn damaged_and_foreign_files_are_set_aside_with_their_reason() {
    let mut inbox = Inbox::new();
    let form = inbox.definitions.forms.last().unwrap();
    let whole = workbook(form, &inbox.definitions, &inbox.fill("99001", "2026-Q1")).unwrap();
    inbox.put("a-cut.xlsx", &whole[..whole.len() / 2]);
    let mangled = String::from_utf8_lossy(&whole).into_owned();
    inbox.put("b-mangled.xlsx", mangled.as_bytes());
    inbox.put("c-empty.xls", b"");
    inbox.put("d-page.xls", b"<html><table><tr><td>1</td></tr></table></html>");
    inbox.put("e-other.xlsx", &package(&tall_sheet("x", 3)));
    inbox.put("f-too-large.xlsx", &vec![b'x'; 300 << 10]);
    inbox.definitions.site.limits.file_bytes = 200 << 10;
    let intake = inbox.read();
    let found: Vec<(&str, Vec<String>)> =
        intake.set_aside.iter().map(|aside| (&*aside.file, rules(&intake, &aside.file))).collect();
    let rule = |rule: &str| vec![rule.to_owned()];
    assert_eq!(
        found,
        [
            ("a-cut.xlsx", rule("file-unreadable")),
            ("b-mangled.xlsx", rule("file-unreadable")),
            ("c-empty.xls", rule("file-unreadable")),
            ("d-page.xls", rule("not-a-workbook")),
            ("e-other.xlsx", rule("sheet-missing")),
            ("f-too-large.xlsx", rule("file-too-large")),
        ]
    );
}

/// A workbook of texts: what parses as a number is written as one unless it begins with `'`.
fn texts(sheets: &[(&str, bool, Vec<Vec<&str>>)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, hidden, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap().set_hidden(*hidden);
        for (row, texts) in rows.iter().enumerate() {
            for (col, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                let (row, col) = (row as u32, col as u16);
                match text.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, col, number).unwrap(),
                    Err(_) => sheet.write_string(row, col, text.trim_start_matches('\'')).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn cover<'t>(unit: &'t str, name: &'t str, period: [&'t str; 3]) -> Vec<Vec<&'t str>> {
    vec![
        vec!["ỦY BAN NHÂN DÂN"],
        vec!["Mã tỉnh", "'99"],
        vec!["Mã đơn vị:", "", unit],
        vec!["Tên đơn vị", name],
        vec!["Loại kỳ", period[0], "", "Kỳ số", period[1]],
        vec!["Năm", period[2]],
        vec!["Ngày lập", "18/3/2026"],
        vec!["Phiên bản biểu mẫu", "'2026.1"],
    ]
}

#[test]
fn rows_are_found_by_code_and_columns_by_heading_wherever_they_are() {
    let inbox = Inbox::new();
    let table = vec![
        vec!["", "Báo cáo quý, số liệu trong kỳ"],
        vec!["", "", "ĐVT: người"],
        vec!["Ghi chú", "TT", "Mã số", "", "Chỉ tiêu", "Số liệu", "", "Cùng kỳ năm trước", ""],
        vec!["", "", "", "", "", "Lũy kế từ đầu năm", "Trong kỳ", "Trong kỳ", "Lũy kế"],
        vec!["", "", "(1)", "", "(2)", "(3)", "(4)", "(5)", "(6)"],
        vec!["", "II", "", "", "Đưa ra", "", "", "", ""],
        vec!["", "8", " THN.dua_ra ", "", "Số người đưa ra", "4", "4", "77", "78"],
        vec!["xem dòng thn.dua_ra", "", "", "", "Số người tiếp nhận trong kỳ", "", "", "", ""],
        vec!["", "4", "thn.tiep_nhan", "", "Số người tiếp nhận", "5", "5 người", "77", "78"],
        vec!["", "", "", "", "NGƯỜI LẬP", "", "", "", ""],
    ];
    let bytes = texts(&[("Trang bìa", false, cover("'99001", "", ["Quý I", "", "2026"])), ("Tờ 2", true, table)]);
    inbox.put("a.xlsx", &bytes);
    let intake = inbox.read();
    let ret = &intake.returns[0];
    let entry = |code: &str| {
        let entry = &ret.entries[&MeasureCode::from(code)];
        (entry.cell.to_string(), entry.value, entry.cumulative.map(|(cell, value)| (cell.to_string(), value)))
    };
    assert_eq!(entry("thn.dua_ra"), ("G7".into(), Reading::Value(4), Some(("F7".into(), 4))));
    assert_eq!(entry("thn.tiep_nhan"), ("G9".into(), Reading::Value(5), Some(("F9".into(), 5))));
    let rules = rules(&intake, "a.xlsx");
    for rule in ["hidden-sheet", "row-missing", "sheet-missing", "repaired-value"] {
        assert!(rules.iter().any(|found| found == rule), "{rule}: {rules:?}");
    }
}

#[test]
fn a_code_that_stands_twice_or_beside_another_rows_title_is_not_used() {
    let inbox = Inbox::new();
    let form = inbox.definitions.forms.last().unwrap();
    let title = |code: &str| form.row(&MeasureCode::from(code)).unwrap().title.as_str();
    let table = vec![
        vec!["Chỉ tiêu", "Mã số", "ĐVT", "Trong kỳ"],
        vec!["", "thn.tiep_nhan", "người", "5"],
        vec!["", "thn.tiep_nhan", "người", "6"],
        vec![title("thn.nhom_b"), "thn.nhom_a", "người", "7"],
        vec![title("thn.nhom_c"), "thn.nhom_c", "người", "8"],
    ];
    inbox.put("a.xlsx", &texts(&[("Biểu 00", false, cover("99001", "", ["Quý", "1", "2026"])), ("B1", false, table)]));
    let intake = inbox.read();
    let ret = &intake.returns[0];
    for (code, reading) in
        [("thn.tiep_nhan", Reading::Rejected), ("thn.nhom_a", Reading::Rejected), ("thn.nhom_c", Reading::Value(8))]
    {
        assert_eq!(value(ret, code), Some(reading), "{code}");
    }
    let rules = rules(&intake, "a.xlsx");
    assert!(rules.contains(&"row-twice".to_owned()) && rules.contains(&"wrong-label".to_owned()), "{rules:?}");
}

#[test]
fn a_list_of_persons_returns_the_file_and_is_quoted_nowhere() {
    let inbox = Inbox::new();
    let table = vec![vec!["Mã số", "Trong kỳ"], vec!["thn.tiep_nhan", "5"]];
    let list = vec![vec!["STT", "Họ và tên", "Năm sinh", "Tội danh"], vec!["1", "Nguyễn Văn Mẫu", "1990", "Trộm cắp"]];
    let cover = cover("99001", "", ["Quý", "1", "2026"]);
    inbox.put("a.xlsx", &texts(&[("Biểu 00", false, cover), ("B1", false, table), ("Sheet2", true, list)]));
    for options in [ReaderOptions::here(), processes()] {
        let intake = inbox.read_with(&options);
        let ret = &intake.returns[0];
        assert_eq!((ret.outcome, ret.entries.len()), (Outcome::Returned, 0));
        let finding = intake.findings.iter().find(|finding| finding.rule.as_str() == "personal-data").unwrap();
        assert_eq!(finding.place.sheet_name(), Some("Sheet2"));
        let everything = format!("{intake:?}");
        assert!(!everything.contains("Mẫu") && !everything.contains("1990") && !everything.contains("Trộm"));
    }
}

#[test]
fn formulas_without_a_value_and_error_cells_are_not_blanks() {
    let inbox = Inbox::new();
    let cell = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let mut rows: Vec<String> = cover("99001", "", ["Quý", "1", "2026"])
        .iter()
        .enumerate()
        .map(|(row, texts)| {
            let filled = texts.iter().zip(["A", "B", "C", "D", "E"]).filter(|(text, _)| !text.is_empty());
            filled.map(|(text, col)| cell(&format!("{col}{}", row + 1), text.trim_start_matches('\''))).collect()
        })
        .collect();
    rows.push(cell("A9", "Mã số") + &cell("B9", "Trong kỳ"));
    rows.push(cell("A10", "thn.tiep_nhan") + r#"<c r="B10"><f>1+1</f></c>"#);
    rows.push(cell("A11", "thn.dua_ra") + r##"<c r="B11" t="e"><f>#REF!</f><v>#REF!</v></c>"##);
    rows.push(cell("A12", "thn.nhom_a") + r#"<c r="B12"><f>1+1</f><v>2</v></c>"#);
    rows.push(cell("A13", "thn.nhom_b") + r#"<c r="B13" t="b"><v>1</v></c>"#);
    let mut xml =
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#.to_owned();
    for (row, cells) in rows.iter().enumerate() {
        xml.push_str(&format!(r#"<row r="{}">{cells}</row>"#, row + 1));
    }
    xml.push_str("</sheetData></worksheet>");
    inbox.put("a.xlsx", &package(xml.as_bytes()));
    let intake = inbox.read();
    let told = |code: &str| {
        let own = |finding: &&tongket::findings::Finding| finding.item == Some(MeasureCode::from(code));
        intake.findings.iter().find(own).map(|finding| finding.rule.to_string())
    };
    assert_eq!(told("thn.tiep_nhan").as_deref(), Some("formula-without-value"));
    assert_eq!(told("thn.dua_ra").as_deref(), Some("error-cell"));
    assert_eq!(value(&intake.returns[0], "thn.nhom_a"), Some(Reading::Value(2)));
    assert_eq!(told("thn.nhom_b").as_deref(), Some("not-a-number"));
}
#[test]
fn other_formats_read_as_xlsx_does() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workbooks");
    let read = |name: &str| {
        let inbox = Inbox::new();
        inbox.put("a", &std::fs::read(format!("{folder}/{name}")).unwrap());
        let mut intake = inbox.read();
        assert_eq!(intake.set_aside, [], "{name}");
        intake.returns[0].sha256 = String::new();
        format!("{:?} {:?}", intake.returns, intake.findings)
    };
    let xlsx = read("quarter.xlsx");
    assert!(xlsx.contains("Value(150000000)") && xlsx.contains("Value(4)"));
    assert_eq!(read("quarter.xls"), xlsx);
    assert_eq!(read("quarter.ods"), xlsx);
}
