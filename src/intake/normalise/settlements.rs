//! Biểu 06B: one row per thôn, one column per row of the form that thôn report.

use std::collections::BTreeMap;

use crate::definitions::{Row, SheetForm};
use crate::findings::Rule;
use crate::intake::SettlementRow;
use crate::intake::numeral::{self, Quantity};
use crate::intake::workbook::{Cell, CellValue, Sheet};
use crate::vocabulary::CellRef;
use crate::vocabulary::text::{excerpt, plain_key};

use super::texts::UNREADABLE;
use super::{Filling, rows, table};

/// Reads the thôn of a return.
pub(super) fn read(filling: &mut Filling, form: &SheetForm) -> Vec<SettlementRow> {
    let Some(head) = &filling.layout.settlements else {
        rows::missing_sheet(filling, form);
        return Vec::new();
    };
    filling.uses(head.sheet);
    let columns: Vec<(u32, &Row)> =
        head.columns.iter().copied().filter(|(_, row)| row.by_settlement && filling.scope.asks_row(row)).collect();
    let Some(first) = columns.iter().map(|(col, _)| *col).min() else { return Vec::new() };
    let (at, head_row) = (head.sheet, head.row);
    let sheet = &filling.workbook.sheets[at];
    let name_col = name_column(sheet, head_row).filter(|col| *col < first).unwrap_or(first.saturating_sub(1));
    let mut settlements = Vec::new();
    for cells in sheet.rows().filter(|cells| cells[0].at.row > head_row) {
        let name = table::value(cells, name_col).and_then(CellValue::text).unwrap_or("");
        if ends_table(name) {
            break;
        }
        if name.is_empty() {
            if let Some(cell) = cells.iter().find(|cell| columns.iter().any(|(col, _)| *col == cell.at.col)) {
                let place = filling.cell(at, CellRef::new(cell.at.row, name_col));
                let message = "Dòng có số liệu nhưng không ghi tên thôn, không được tính";
                filling.find(Rule::MissingValue, place, message, "Ghi tên thôn, xóm, tổ dân phố hoặc xóa dòng");
            }
            continue;
        }
        if table::is_numbering(name) || is_unit_row(name) {
            continue;
        }
        let mut row = settlement(filling, at, cells, name, &columns);
        if sheet.is_unreadable(CellRef::new(row.row, name_col)) {
            row.name = format!("{UNREADABLE}, dòng {}", row.row + 1);
        }
        settlements.push(row);
    }
    settlements
}

fn settlement(
    filling: &mut Filling,
    sheet: usize,
    cells: &[Cell],
    name: &str,
    columns: &[(u32, &Row)],
) -> SettlementRow {
    let line = cells[0].at.row;
    let mut values = BTreeMap::new();
    for (col, row) in columns {
        let expected = Quantity { unit: &row.unit_of_measure, signed: row.signed, scale: 1 };
        let cell = CellRef::new(line, *col);
        if table::value(cells, *col).is_some() {
            filling.uses_cell(sheet, cell);
        }
        let value = match numeral::quantity(table::value(cells, *col), expected) {
            Ok(number) => {
                if let Some(repair) = number.as_ref().and_then(|number| number.repair.as_deref()) {
                    filling.repaired(sheet, cell, repair);
                }
                number.map(|number| number.value)
            }
            Err(fault) => {
                filling.find_about(&row.code, fault.rule, filling.cell(sheet, cell), fault.message, fault.help);
                None
            }
        };
        values.insert(row.code.clone(), value);
    }
    SettlementRow {
        name: excerpt(name, 60),
        sheet: filling.names[sheet].clone(),
        sheet_position: sheet as u16,
        row: line,
        values,
        columns: columns.iter().map(|(col, row)| (row.code.clone(), *col)).collect(),
    }
}

/// The column headed “Tên thôn” or the like, in the rows just above the mã số or beside them.
fn name_column(sheet: &Sheet, head: u32) -> Option<u32> {
    let is_name = |cell: &&Cell| {
        let key = plain_key(cell.value.text().unwrap_or(""));
        key.len() <= 60 && ["thon", "xom", "ban", "to dan pho", "khu dan cu"].iter().any(|word| key.contains(word))
    };
    (head.saturating_sub(3)..=head).find_map(|row| sheet.row(row).iter().find(is_name).map(|cell| cell.at.col))
}

/// The row of units of measure under the mã số.
fn is_unit_row(name: &str) -> bool {
    ["dvt", "don vi tinh", "ma so"].contains(&plain_key(name).as_str())
}

/// Totals, notes and signatures end the table.
fn ends_table(name: &str) -> bool {
    let key = plain_key(name);
    ["tong cong", "tong so", "tong", "cong", "so lieu toan xa", "kiem tra", "toan xa"].contains(&key.as_str())
        || ["ghi chu", "nguoi lap", "can bo", "thu truong", "ngay "].iter().any(|word| key.starts_with(word))
}
