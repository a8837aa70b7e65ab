//! Workbooks made up by a test, and how they are read.

use std::path::PathBuf;

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use tempfile::TempDir;
use tongket::definitions::{Definitions, Registers};
use tongket::findings::Finding;
use tongket::intake::{Entry, Intake, ReaderOptions, Reading, Return, take_in};
use tongket::vocabulary::MeasureCode;

/// Rows of texts: what parses as a number is one unless it begins with `'`.
pub type Rows<'t> = Vec<Vec<&'t str>>;

/// A workbook sheet by sheet.
pub struct Book(Workbook);

impl Book {
    pub fn new() -> Self {
        Self(Workbook::new())
    }

    /// A sheet of these rows, and what else is done to it.
    pub fn sheet(mut self, name: &str, rows: &Rows, more: impl FnOnce(&mut Worksheet)) -> Self {
        let sheet = self.0.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, texts) in rows.iter().enumerate() {
            for (col, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                let (row, col) = (row as u32, col as u16);
                match text.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, col, number).unwrap(),
                    Err(_) => sheet.write_string(row, col, text.trim_start_matches('\'')).unwrap(),
                };
            }
        }
        more(sheet);
        self
    }

    /// Biểu 00 of Xã An Thịnh for the first quarter of 2026.
    pub fn cover(self, version: &str) -> Self {
        let version = format!("'{version}");
        let rows = vec![
            vec!["Mã tỉnh", "'99"],
            vec!["Mã đơn vị", "'99001"],
            vec!["Tên đơn vị", "Xã An Thịnh"],
            vec!["Loại kỳ", "Quý", "", "Kỳ số", "1"],
            vec!["Năm", "2026"],
            vec!["Ngày lập", "18/3/2026"],
            vec!["Phiên bản biểu mẫu", if version.len() > 1 { &version } else { "" }],
        ];
        self.sheet("Biểu 00", &rows, |_| {})
    }

    pub fn bytes(mut self) -> Vec<u8> {
        self.0.save_to_buffer().unwrap()
    }

    /// Reads it as the only return, with the definitions of the sample.
    pub fn read(self) -> Read {
        self.read_with(|_| {})
    }

    /// As [`Book::read`], with the definitions changed.
    pub fn read_with(self, change: impl FnOnce(&mut Definitions)) -> Read {
        read("a.xlsx", &self.bytes(), change)
    }
}

/// Reads one file as the only return.
pub fn read(name: &str, bytes: &[u8], change: impl FnOnce(&mut Definitions)) -> Read {
    let input = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/input"));
    let (mut definitions, _) = tongket::definitions::load(&input).unwrap();
    change(&mut definitions);
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("returns")).unwrap();
    std::fs::write(folder.path().join("returns").join(name), bytes).unwrap();
    let as_of = NaiveDate::from_ymd_opt(2031, 1, 20).unwrap();
    let options = ReaderOptions::here();
    Read(take_in(&definitions, &Registers::default(), folder.path(), as_of, &options, &|_, _| {}).unwrap())
}

/// Merges cells, keeping what stands in the first.
pub fn merge(sheet: &mut Worksheet, cells: [u32; 4], text: &str) {
    let [row, col, last_row, last_col] = cells;
    sheet.merge_range(row, col as u16, last_row, last_col as u16, text, &Format::new()).unwrap();
}

/// What was read of one file.
pub struct Read(pub Intake);

impl Read {
    pub fn ret(&self) -> &Return {
        self.0.returns.first().unwrap_or_else(|| panic!("set aside: {:?}", self.0.set_aside))
    }

    pub fn entry(&self, code: &str) -> &Entry {
        let entries = &self.ret().entries;
        entries.get(&MeasureCode::from(code)).unwrap_or_else(|| panic!("no entry {code} in {:?}", self.rules()))
    }

    /// The cell and value of a row: `E9 = 4`.
    pub fn value(&self, code: &str) -> String {
        let Some(entry) = self.ret().entries.get(&MeasureCode::from(code)) else { return "absent".to_owned() };
        match entry.value {
            Reading::Value(value) => format!("{} = {value}", entry.cell),
            Reading::Empty => "empty".to_owned(),
            Reading::Rejected => "rejected".to_owned(),
        }
    }

    /// The rules of the reader that were found, each once, without what is always missing in a small table.
    pub fn rules(&self) -> Vec<&str> {
        let mut rules: Vec<&str> = self.0.findings.iter().map(|finding| finding.rule.as_str()).collect();
        rules.retain(|rule| !rule.starts_with('R') && !matches!(*rule, "row-missing" | "sheet-missing"));
        rules.sort();
        rules.dedup();
        rules
    }

    pub fn finding(&self, rule: &str) -> &Finding {
        let own = |finding: &&Finding| finding.rule.as_str() == rule;
        self.0.findings.iter().find(own).unwrap_or_else(|| panic!("no {rule} in {:?}", self.rules()))
    }
}
