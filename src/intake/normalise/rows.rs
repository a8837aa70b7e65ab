//! Sheets with one row per quantity: Biểu 00 (its table) to 07.

use std::collections::BTreeMap;

use crate::definitions::form::{AcrossTime, Kind};
use crate::definitions::{Row, SheetForm};
use crate::findings::Rule;
use crate::intake::index::sheet_key;
use crate::intake::layout::{By, Spot};
use crate::intake::numeral::{self, Fault, Number, Quantity};
use crate::intake::workbook::{CellValue, Sheet};
use crate::intake::{Entry, Reading};
use crate::vocabulary::text::excerpt;
use crate::vocabulary::{CellRef, MeasureCode};

use super::Filling;

/// Longest quotation of a cell.
const QUOTED: usize = 60;

/// Reads every row of a sheet that the return is asked for.
pub(super) fn read(filling: &mut Filling, sheet: &SheetForm, entries: &mut BTreeMap<MeasureCode, Entry>) {
    let asked: Vec<&Row> = sheet.rows.iter().filter(|row| filling.scope.asks_row(row)).collect();
    let layout = filling.layout;
    let spots: Vec<(Vec<&Spot>, Vec<&Spot>)> =
        asked.iter().map(|row| layout.spots(row, &sheet.name, filling.workbook)).collect();
    let Some(home) = spots.iter().flat_map(|(own, _)| own).map(|spot| spot.sheet).next() else {
        if !asked.is_empty() {
            missing_sheet(filling, sheet);
        }
        return;
    };
    if let Some(spot) = spots.iter().flat_map(|(own, _)| own).find(|spot| spot.value.is_none()) {
        missing_column(filling, sheet, spot);
    }
    for (row, (own, copies)) in asked.into_iter().zip(&spots) {
        match own.as_slice() {
            [] => filling.find_about(
                &row.code,
                Rule::RowMissing,
                filling.sheet(home),
                format!("Không thấy dòng mã số {} ({})", row.code, row.short),
                "Chép lại dòng từ biểu mẫu gốc; không phát sinh thì ghi 0",
            ),
            [spot, others @ ..] => {
                filling.uses(spot.sheet);
                let Some(mut entry) = entry(filling, row, spot) else { continue };
                found(filling, row, spot, &mut entry);
                // Copies on other sheets count against a row only when no sheet bears the form's name.
                let is_home = sheet_key(&filling.workbook.sheets[spot.sheet].name) == sheet_key(&sheet.name);
                let rivals = others.iter().chain(copies.iter().filter(|_| !is_home));
                let differs = |other: &&&Spot| is_other_value(filling, spot, other);
                if let Some(other) = rivals.clone().find(differs) {
                    entry.value = Reading::Rejected;
                    let other = match other.sheet == spot.sheet {
                        true => other.at.to_string(),
                        false => format!("{}!{}", filling.workbook.sheets[other.sheet].name, other.at),
                    };
                    filling.find_about(
                        &row.code,
                        Rule::RowTwice,
                        filling.cell(spot.sheet, entry.cell),
                        format!("Mã số {} đứng ở hai dòng {} và {other} với số liệu khác nhau", row.code, spot.at),
                        "Giữ một dòng cho mỗi mã số",
                    );
                }
                if is_home && let Some(copy) = copies.iter().find(|copy| is_other_value(filling, spot, copy)) {
                    filling.copied(copy.sheet, copy.value.unwrap_or(copy.at), &sheet.name);
                }
                entries.insert(row.code.clone(), entry);
            }
        }
    }
}

/// Whether a row says something else in another place. A blank copy says nothing.
fn is_other_value(filling: &Filling, spot: &Spot, other: &Spot) -> bool {
    let value = value_of(filling, other);
    let on_own_sheet = other.sheet == spot.sheet;
    (on_own_sheet || value.is_some()) && value != value_of(filling, spot)
}

/// Notes what it took to find a row.
fn found(filling: &mut Filling, row: &Row, spot: &Spot, entry: &mut Entry) {
    match &spot.by {
        By::Code => {}
        By::OldCode(old) => entry.repairs.push(format!("mã số cũ {old} đọc là {}", row.code)),
        By::Title => {
            entry.repairs.push("không có mã số, đọc theo tên chỉ tiêu".to_owned());
            filling.titled(spot.sheet, spot.at);
        }
    }
    if !entry.raw.is_empty() && filling.uses_cell(spot.sheet, entry.cell) {
        entry.repairs.push("ô đang ẩn".to_owned());
    }
}

fn missing_column(filling: &mut Filling, sheet: &SheetForm, spot: &Spot) {
    let message = match spot.rivals.as_slice() {
        [] => format!("{} có mã số nhưng không thấy cột “Trong kỳ”", sheet.name),
        rivals => {
            let columns: Vec<String> = rivals.iter().map(|col| column_name(*col)).collect();
            format!("{} có {} cột “Trong kỳ” ({}), không rõ cột nào", sheet.name, rivals.len(), columns.join(", "))
        }
    };
    filling.find(Rule::ColumnMissing, filling.sheet(spot.sheet), message, "Ghi lại tiêu đề các cột như trong biểu mẫu");
}

/// A column as people call it: `E`.
pub(super) fn column_name(col: u32) -> String {
    CellRef::new(0, col).to_string().trim_end_matches('1').to_owned()
}

/// Says once that a sheet is not there, unless it is there and could not be read.
pub(super) fn missing_sheet(filling: &mut Filling, sheet: &SheetForm) {
    if filling
        .workbook
        .sheets
        .iter()
        .any(|found| found.closed.is_some() && sheet_key(&found.name) == sheet_key(&sheet.name))
    {
        return;
    }
    filling.find(
        Rule::SheetMissing,
        filling.file.clone(),
        format!("Không thấy {} ({}) hoặc biểu không còn mã số", sheet.name, sheet.title),
        "Chép số liệu vào biểu mẫu gốc, giữ nguyên cột “Mã số”, rồi gửi lại",
    );
}

fn value_of<'f>(filling: &Filling<'f>, spot: &Spot) -> Option<&'f CellValue> {
    filling.workbook.sheets[spot.sheet].get(spot.value?)
}

/// Reads a cell of a row as what the row asks for.
fn quantity(row: &Row, spot: &Spot, value: Option<&CellValue>) -> Result<Option<Number>, Fault> {
    let expected = Quantity { unit: &row.unit_of_measure, signed: row.signed, scale: 1 };
    match numeral::is_money(&row.unit_of_measure) {
        true => numeral::amount(value, expected, spot.unit.as_deref(), spot.table_unit.as_deref()),
        false => numeral::quantity(value, expected),
    }
}

fn entry(filling: &mut Filling, row: &Row, spot: &Spot) -> Option<Entry> {
    let at = spot.value?;
    let sheet = &filling.workbook.sheets[spot.sheet];
    let value = sheet.get(at);
    let title = spot.title.filter(|title| !sheet.is_unreadable(*title));
    let title = title.and_then(|title| sheet.get(title)).and_then(CellValue::text);
    let mut entry = Entry {
        sheet: filling.names[spot.sheet].clone(),
        sheet_position: spot.sheet as u16,
        cell: at,
        raw: value.map(|value| excerpt(&value.shown(), QUOTED)).unwrap_or_default(),
        value: Reading::Empty,
        cumulative: None,
        repairs: text_repairs(sheet, spot, at),
    };
    if let Some(other) = title.and_then(|title| filling.identity.form.other_row_titled(title, row)) {
        entry.value = if value.is_some() { Reading::Rejected } else { Reading::Empty };
        filling.find_about(
            &row.code,
            Rule::WrongLabel,
            filling.cell(spot.sheet, at),
            format!("Dòng mang mã số {} nhưng tên chỉ tiêu là của {other}", row.code),
            "Chép lại hai cột Chỉ tiêu và Mã số từ biểu mẫu gốc, rồi kiểm tra số liệu từng dòng",
        );
        return Some(entry);
    }
    let read = match &row.kind {
        Kind::Class(classes) => numeral::class(value, classes),
        Kind::Stock | Kind::Flow => quantity(row, spot, value),
    };
    match read {
        Ok(Some(Number { value, repair })) => {
            entry.value = Reading::Value(value);
            if let Some(repair) = repair {
                filling.repaired(spot.sheet, at, &repair);
                entry.repairs.push(repair);
            } else if value_is_nil(row, sheet.get(at)) {
                // An answer like any other: kept for the lineage, not worth a finding.
                entry.repairs.push(format!("“{}” đọc là 0", entry.raw));
            }
        }
        Ok(None) => {
            if row.required {
                let found = match entry.raw.as_str() {
                    "" => "để trống".to_owned(),
                    mark => format!("ghi “{mark}”, tức là chưa có số liệu"),
                };
                filling.find_about(
                    &row.code,
                    Rule::MissingValue,
                    filling.cell(spot.sheet, at),
                    format!("Ô “{}” {found}, cần một giá trị", row.short),
                    "Không phát sinh thì ghi 0 hoặc dấu “-”; có thì ghi số",
                );
            }
        }
        Err(fault) => {
            entry.value = Reading::Rejected;
            filling.find_about(&row.code, fault.rule, filling.cell(spot.sheet, at), fault.message, fault.help);
        }
    }
    // Other rows are closed with an “x” there, or hold what need not be read.
    if row.across_time == AcrossTime::Sum {
        let read = spot.cumulative.and_then(|at| cumulative(filling, row, spot, at));
        entry.repairs.extend(read.as_ref().and_then(|(_, repair)| repair.clone()));
        entry.cumulative = read.map(|(cumulative, _)| cumulative);
    }
    Some(entry)
}

/// What was done to the texts that the row is read from.
fn text_repairs(sheet: &Sheet, spot: &Spot, value: CellRef) -> Vec<String> {
    let cells = [(Some(value), ""), (Some(spot.at), "mã số: "), (spot.title, "tên chỉ tiêu: ")];
    let repairs = cells.into_iter().filter_map(|(at, of)| Some((at?, of)));
    repairs.flat_map(|(at, of)| sheet.repairs_of(at).map(move |repair| format!("{of}{}", repair.words()))).collect()
}

/// Whether a count was answered by a dash or “Không”: the only texts that need no repair.
fn value_is_nil(row: &Row, value: Option<&CellValue>) -> bool {
    !matches!(row.kind, Kind::Class(_)) && value.is_some_and(|value| value.text().is_some())
}

fn cumulative(filling: &mut Filling, row: &Row, spot: &Spot, at: CellRef) -> Option<((CellRef, i64), Option<String>)> {
    let sheet = spot.sheet;
    match quantity(row, spot, filling.workbook.sheets[sheet].get(at)) {
        Ok(number) => number.map(|number| {
            let repair = number.repair.map(|repair| format!("Lũy kế: {repair}"));
            repair.iter().for_each(|repair| filling.repaired(sheet, at, repair));
            ((at, number.value), repair)
        }),
        Err(fault) => {
            let message = format!("Lũy kế: {}", fault.message);
            filling.find_about(&row.code, fault.rule, filling.cell(sheet, at), message, fault.help);
            None
        }
    }
}
