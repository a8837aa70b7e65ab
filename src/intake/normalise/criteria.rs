//! Biểu 09: the criteria of a set, met or not.

use crate::findings::Rule;
use crate::intake::CriterionRow;
use crate::vocabulary::CellRef;
use crate::vocabulary::text::{excerpt, plain_key};

use super::Filling;
use super::table::{Table, is_numbering};

const SET: usize = 0;
const NUMBER: usize = 1;
const RESULT: usize = 2;

/// Beginnings of the headings, in the order of the constants above.
const HEADINGS: [&[&str]; 3] = [&["bo tieu chi"], &["so"], &["ket qua", "dat"]];

/// Reads the criteria of a return that closes a year; none when there is no such sheet.
pub(super) fn read(filling: &mut Filling) -> Vec<CriterionRow> {
    let Some(at) = filling.layout.criteria.filter(|_| filling.period().closes_year()) else { return Vec::new() };
    let Some(table) = Table::find(&filling.workbook.sheets[at], &HEADINGS) else { return Vec::new() };
    filling.uses(at);
    filling.unvalued(at, &table);
    let mut criteria = Vec::new();
    for cells in table.rows() {
        let (set, number) = (table.text(cells, SET), table.text(cells, NUMBER));
        if set.is_empty() || number.is_empty() || is_numbering(&set) {
            continue;
        }
        let result = table.text(cells, RESULT);
        let met = match plain_key(&result).as_str() {
            "" => None,
            "dat" | "x" | "co" => Some(true),
            "chua dat" | "chua" | "khong dat" | "khong" | "-" => Some(false),
            _ => {
                let cell = CellRef::new(cells[0].at.row, table.column(RESULT).unwrap_or(0));
                let message = format!("Ô ghi “{}”, cần một trong các mức: Đạt, Chưa đạt", excerpt(&result, 60));
                let help = "Chọn một mức trong danh sách thả xuống của ô";
                filling.find(Rule::WrongClass, filling.cell(at, cell), message, help);
                None
            }
        };
        criteria.push(CriterionRow { set: excerpt(&set, 60), number: excerpt(&number, 20), met, row: cells[0].at.row });
    }
    criteria
}
