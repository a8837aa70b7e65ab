//! The return workbook as a clerk gets it: opened again and looked at.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use tongket::definitions::form::{AcrossTime, Asked};
use tongket::definitions::{Definitions, Form, SheetKind, load};
use tongket::form::{Fill, Line, Typed, template_name, workbook};
use tongket::vocabulary::{MeasureCode, Period, UnitCode};

fn definitions() -> Definitions {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("input")).unwrap().0
}

fn form(definitions: &Definitions) -> &Form {
    definitions.forms.last().unwrap()
}

fn blank(unit: &str, period: &str) -> Fill {
    Fill::blank(UnitCode::from(unit), period.parse().unwrap())
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// Every cell of a sheet by address, empty ones left out.
fn cells(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> BTreeMap<(u32, u32), Data> {
    let range = book.worksheet_range(sheet).unwrap();
    let (top, left) = range.start().unwrap_or_default();
    let used = range.used_cells().filter(|(_, _, value)| **value != Data::Empty && **value != Data::String("".into()));
    used.map(|(row, col, value)| ((top + row as u32, left + col as u32), value.clone())).collect()
}

/// The sheet row, from 0, that holds this text.
fn row_of(cells: &BTreeMap<(u32, u32), Data>, text: &str) -> u32 {
    cells.iter().find(|(_, value)| matches!(value, Data::String(found) if found == text)).unwrap().0.0
}

/// Column I of the row with this code: what the live check shows.
fn shown(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, code: &str) -> String {
    let cells = cells(book, sheet);
    cells.get(&(row_of(&cells, code), 8)).map(Data::to_string).unwrap_or_default()
}

fn with(fill: &mut Fill, item: &str, value: i64) {
    fill.lines.insert(MeasureCode::from(item), Line { value: Some(Typed::Number(value)), ..Line::default() });
}

#[test]
fn the_template_names_its_version_its_unit_and_its_period() {
    let definitions = definitions();
    let form = form(&definitions);
    let mut book = open(&workbook(form, &definitions, &blank("99001", "2026-Q3")).unwrap());
    let names: BTreeMap<String, String> = book.defined_names().iter().cloned().collect();
    let cover = cells(&mut book, "Biểu 00");
    let at = |name: &str| {
        let cell = names[name].rsplit('!').next().unwrap().replace('$', "");
        let cell: tongket::vocabulary::CellRef = cell.split(':').next().unwrap().parse().unwrap();
        cover[&(cell.row, cell.col)].to_string()
    };
    assert_eq!(at("phien_ban_bieu_mau"), form.version);
    assert_eq!(at("ma_don_vi"), "99001");
    assert_eq!(at("ky_bao_cao"), "Quý");
}

#[test]
fn every_row_asked_of_the_unit_has_its_code_on_its_own_sheet() {
    let definitions = definitions();
    let form = form(&definitions);
    let mut book = open(&workbook(form, &definitions, &blank("99001", "2026-Q4")).unwrap());
    for sheet in form.sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        let cells = cells(&mut book, &sheet.name);
        for row in &sheet.rows {
            assert!(cells.values().any(|value| *value == Data::String(row.code.to_string())), "{}", row.code);
        }
    }
}

#[test]
fn sheets_of_other_plans_are_left_out_and_rows_not_asked_show_x() {
    let definitions = definitions();
    let form = form(&definitions);
    let mut book = open(&workbook(form, &definitions, &blank("99004", "2026-H1")).unwrap());
    assert!(!book.sheet_names().contains(&"Biểu 07".to_owned()));
    assert!(!book.sheet_names().contains(&"Biểu 09".to_owned()));
    let yearly = form.rows().find(|row| row.asked == Asked::YearEnd).unwrap();
    let cells = cells(&mut book, "Biểu 06");
    let row = row_of(&cells, yearly.code.as_str());
    assert_eq!(cells[&(row, 4)], Data::String("x".into()));
}

#[test]
fn a_blank_form_holds_no_figures_and_no_complaints() {
    let definitions = definitions();
    let form = form(&definitions);
    let mut book = open(&workbook(form, &definitions, &blank("99001", "2026-Q4")).unwrap());
    for sheet in form.sheets.iter().filter(|sheet| sheet.kind == SheetKind::Rows) {
        let cells = cells(&mut book, &sheet.name);
        let told: Vec<String> = cells
            .iter()
            .filter(|((row, col), _)| *row >= 8 && (*col == 4 || *col == 8))
            .map(|(_, value)| value.to_string())
            .filter(|value| value != "x")
            .collect();
        assert!(told.is_empty(), "{}: {told:?}", sheet.name);
    }
}

#[test]
fn a_clerk_sees_at_once_what_does_not_add_up() {
    let definitions = definitions();
    let form = form(&definitions);
    let mut fill = blank("99001", "2026-Q1");
    for (item, value) in [
        ("thn.quan_ly_dau_ky", 40),
        ("thn.tiep_nhan", 5),
        ("thn.dua_ra", 3),
        ("thn.dieu_chinh", 0),
        ("thn.quan_ly_cuoi_ky", 44),
        ("thn.vao_chap_hanh_xong", 4),
        ("thn.vao_dac_xa", 0),
        ("thn.vao_chuyen_den", 1),
    ] {
        with(&mut fill, item, value);
    }
    let mut book = open(&workbook(form, &definitions, &fill).unwrap());
    let wrong = shown(&mut book, "Biểu 01", "thn.quan_ly_cuoi_ky");
    assert!(wrong.starts_with("R03:") && wrong.ends_with("(lệch 2)"), "{wrong}");
    assert_eq!(shown(&mut book, "Biểu 01", "thn.tiep_nhan"), "✓");
}

#[test]
fn the_last_closing_stock_is_the_opening_stock_prefilled() {
    let definitions = definitions();
    let form = form(&definitions);
    let mut fill = blank("99001", "2026-Q2");
    fill.carry_over(form, [(MeasureCode::from("thn.quan_ly_cuoi_ky"), 42)].into());
    let mut book = open(&workbook(form, &definitions, &fill).unwrap());
    let cells = cells(&mut book, "Biểu 01");
    let row = row_of(&cells, "thn.quan_ly_dau_ky");
    assert_eq!(cells[&(row, 4)], Data::Float(42.0));
}

#[test]
fn the_year_so_far_is_worked_out_once_every_earlier_return_of_the_year_is_full() {
    let definitions = definitions();
    let form = form(&definitions);
    let flows = form.rows().filter(|row| row.across_time == AcrossTime::Sum);
    let earlier: BTreeMap<MeasureCode, i64> = flows.map(|row| (row.code.clone(), 4)).collect();
    let formula = |earlier: &[BTreeMap<MeasureCode, i64>]| {
        let mut fill = blank("99001", "2026-Q3");
        fill.add_up(form, earlier);
        let mut book = open(&workbook(form, &definitions, &fill).unwrap());
        let row = row_of(&cells(&mut book, "Biểu 01"), "thn.tiep_nhan");
        book.worksheet_formula("Biểu 01").unwrap().get_value((row, 5)).cloned().unwrap_or_default()
    };
    let full = formula(&[earlier.clone(), earlier.clone()]);
    assert!(full.contains("8+E"), "{full}");
    let mut gap = earlier.clone();
    gap.remove(&MeasureCode::from("thn.tiep_nhan"));
    assert_eq!(formula(&[earlier, gap]), "");
}

#[test]
fn the_same_return_is_the_same_file() {
    let definitions = definitions();
    let fill = blank("99003", "2028");
    let write = || workbook(form(&definitions), &definitions, &fill).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn a_template_is_named_by_unit_and_period() {
    let definitions = definitions();
    let unit = definitions.units.get(&UnitCode::from("99001")).unwrap();
    assert_eq!(template_name(unit, Period::quarter(2026, 3)), "99001_2026-Q3_bao-cao.xlsx");
}
