//! What each target does with its bytes, and what must hold whatever they are.
//!
//! A panic inside calamine is caught by the reader and refused, so it ends no
//! fuzzing; one of ours does.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use crate::definitions::form::Kind;
use crate::definitions::{self, Definitions, Limits, Registers};
use crate::files::{ods, parts, worksheet, zip_of};
use crate::intake::workbook::{Cell, CellValue, Sheet, Workbook};
use crate::intake::{Reading, package, reader, take_in};
use crate::ole::ole_of;
use crate::vocabulary::CellRef;

/// Bounds under which a run of the fuzzer stays fast.
fn limits() -> Limits {
    Limits {
        file_bytes: 4 << 20,
        inflated_bytes: 8 << 20,
        sheet_cells: 50_000,
        file_cells: 100_000,
        text_bytes: 4 << 20,
        time: Duration::from_secs(5),
        ..Limits::default()
    }
}

/// Ends the process at a panic of ours, and says nothing of one in a dependency.
pub fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        let file = panic.location().map_or("", |at| at.file());
        if !file.contains(".cargo") && !file.starts_with("/rustc/") {
            eprintln!("{panic}");
            std::process::abort();
        }
    }));
}

/// Bytes as they come: what is not refused is no larger than the limits allow.
pub fn package(bytes: &[u8]) {
    let limits = limits();
    if let Ok(package) = package::inspect(bytes, &limits) {
        // Names and headers of the parts come on top.
        let most = limits.inflated_bytes.max(limits.file_bytes) + limits.file_bytes;
        assert!(package.bytes.len() as u64 <= most);
    }
}

/// Bytes as the inside of a workbook of some format, which the first byte chooses: a sheet, the
/// strings, the list of sheets, the styles, an OpenDocument table, the records of an .xls, or the
/// whole file. What is read is in order.
pub fn sheets(bytes: &[u8]) {
    let Some((kind, inside)) = bytes.split_first() else { return };
    let text = || String::from_utf8_lossy(inside).into_owned();
    let with = |name: &'static str| {
        let mut parts = parts(worksheet(r#"<row><c t="s"><v>0</v></c><c s="1"><v>5</v></c></row>"#));
        parts.retain(|(own, _)| *own != name);
        parts.push((name, inside.to_vec()));
        zip_of(&parts)
    };
    let file = match kind % 8 {
        0 => zip_of(&parts(worksheet(&text()))),
        1 => zip_of(&parts(inside)),
        2 => with("xl/sharedStrings.xml"),
        3 => with("xl/workbook.xml"),
        4 => with("xl/styles.xml"),
        5 => ods(&text()),
        6 => ole_of(&[("Workbook", inside)]),
        _ => inside.to_vec(),
    };
    let Ok(workbook) = reader::workbook(&file, &limits()) else { return };
    assert!(!workbook.sheets.is_empty());
    for sheet in &workbook.sheets {
        let order = |cell: &Cell| (cell.at.row, cell.at.col);
        assert!(sheet.cells.is_sorted_by(|a, b| order(a) < order(b)), "cells in order, none twice");
        for cell in &sheet.cells {
            assert!(cell.at.row < 1_048_576 && cell.at.col < 16_384);
            match &cell.value {
                CellValue::Number(number) | CellValue::Day(number) => assert!(number.is_finite()),
                CellValue::Text(text) => assert!(!text.is_empty() && text.trim() == &**text),
                _ => {}
            }
        }
    }
}

/// The definitions of the sample.
static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("../input");
    definitions::load(&input).expect("the sample is in order").0
});

/// Bytes as cells of a sheet of the form: nothing panics, and every value stands in its cell.
pub fn observations(bytes: &[u8]) {
    let definitions = &*DEFINITIONS;
    let workbook = filled(definitions, bytes);
    let sheets = workbook.sheets.clone();
    let intake = take_in::understand(definitions, &Registers::default(), "a.xlsx", workbook);
    for ret in &intake.returns {
        let form = definitions.forms.iter().find(|form| form.version == ret.form_version);
        for (code, entry) in &ret.entries {
            let Reading::Value(value) = entry.value else { continue };
            let row = form.and_then(|form| form.row(code)).expect("entries are rows of the form");
            let cell = sheets[usize::from(entry.sheet_position)].get(entry.cell);
            let cell = cell.expect("a value has a cell");
            let stands_there = match cell {
                _ if matches!(row.kind, Kind::Class(_)) => true,
                // A formula misses its whole number by a little; money may be declared in thousands and more.
                CellValue::Number(number) | CellValue::Day(number) => {
                    let near = |scale: f64| (number * scale - value as f64).abs() <= 1e-6 * (value as f64).abs().max(1.0);
                    [1.0, 1e3, 1e6, 1e9].into_iter().any(near)
                }
                other => digits(&other.shown()) == digits(&value.to_string()),
            };
            assert!(stands_there, "{code}: {cell:?} read as {value}");
        }
    }
}

/// The digits of a text without the zeros around them, which a scale or decimals may add.
fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

const COVER: [(&str, &str); 6] = [
    ("Mã đơn vị", "99001"),
    ("Loại kỳ", "Quý"),
    ("Kỳ số", "4"),
    ("Năm", "2026"),
    ("Phiên bản biểu mẫu", "2026.1"),
    ("Ngày lập", "18/3/2026"),
];

/// Words of forms, so that the bytes need not find them.
const WORDS: [&str; 32] = [
    "Mã số", "Trong kỳ", "Chỉ tiêu", "ĐVT", "Lũy kế từ đầu năm", "STT", "Tên thôn", "Ghi chú", "người", "triệu đồng",
    "-", "Không", "KPS", "~20", "trên 20", "1.234", "1.234,5", "1 234", "1,234", "12 người", "0", "x", "(1)", "K",
    "Đạt", "TB", "5/3/2026", "Cộng", "Họ và tên", "1.234.567", "12,50", "999999999999999999999",
];

/// A cover, and a sheet whose cells the bytes choose: three or more for each.
fn filled(definitions: &Definitions, bytes: &[u8]) -> Workbook {
    let text = |text: &str| CellValue::Text(text.into());
    let cover = COVER.iter().zip(0..).flat_map(|((label, value), row)| {
        [(0, text(label)), (1, text(value))].map(|(col, value)| Cell { at: CellRef::new(row, col), value })
    });
    let codes: Vec<&str> = definitions.forms.iter().flat_map(|form| form.rows()).map(|row| row.code.as_str()).collect();
    let mut cells = Vec::new();
    let (mut row, mut col) = (0u32, 0u32);
    let mut rest = bytes;
    while let [step, kind, chosen, after @ ..] = rest {
        rest = after;
        if step & 1 == 1 {
            row += 1 + u32::from(step >> 6);
            col = u32::from(step >> 3 & 3);
        } else {
            col += 1 + u32::from(step >> 6);
        }
        let value = match kind % 8 {
            0 | 1 => text(codes[usize::from(*chosen) % codes.len()]),
            2 => text(WORDS[usize::from(*chosen) % WORDS.len()]),
            3 => CellValue::Number(f64::from(*chosen)),
            4 | 5 => {
                let Some((bytes, after)) = rest.split_first_chunk::<8>() else { break };
                rest = after;
                let number = f64::from_le_bytes(*bytes);
                let number = if number.is_finite() { number } else { 0.5 };
                if kind % 8 == 4 { CellValue::Number(number) } else { CellValue::Day(number) }
            }
            6 => {
                let length = usize::from(chosen % 32).min(rest.len());
                let (written, after) = rest.split_at(length);
                rest = after;
                let written = String::from_utf8_lossy(written);
                match written.trim() {
                    "" => CellValue::Bool(true),
                    written => text(written),
                }
            }
            _ => [CellValue::Unvalued, CellValue::Error("#REF!".into()), CellValue::Bool(false)]
                [usize::from(*chosen) % 3]
                .clone(),
        };
        cells.push(Cell { at: CellRef::new(row, col), value });
    }
    let sheet = |name: &str, cells| Sheet { name: name.to_owned(), cells, ..Sheet::default() };
    Workbook { sheets: vec![sheet("Biểu 00", cover.collect()), sheet("Biểu 01", cells)], names: Vec::new() }
}
