//! Biểu 08: the unit's register of models.

use chrono::NaiveDate;

use crate::findings::Rule;
use crate::intake::ModelRow;
use crate::intake::dates;
use crate::intake::numeral::{self, Quantity};
use crate::intake::workbook::{Cell, CellValue};
use crate::vocabulary::CellRef;
use crate::vocabulary::text::excerpt;

use super::Filling;
use super::table::{Table, is_numbering};

const CODE: usize = 0;
const NAME: usize = 1;
const KIND: usize = 2;
const PLAN: usize = 3;
const LAUNCHED: usize = 4;
const STEP: usize = 5;
const FIRST_STEP: usize = 6;
const MEMBERS: usize = 11;
const EVALUATION: usize = 12;
const RANKING: usize = 13;

/// Beginnings of the headings, in the order of the constants above.
const HEADINGS: [&[&str]; 14] = [
    &["ma mo hinh", "so hieu"],
    &["ten mo hinh"],
    &["loai"],
    &["ke hoach"],
    &["ngay ra mat", "ra mat"],
    &["buoc"],
    &["ngay buoc 1", "buoc 1"],
    &["ngay buoc 2", "buoc 2"],
    &["ngay buoc 3", "buoc 3"],
    &["ngay buoc 4", "buoc 4"],
    &["ngay buoc 5", "buoc 5"],
    &["so thanh vien", "thanh vien"],
    &["danh gia"],
    &["xep loai"],
];

/// Reads the models of a return; none when there is no such sheet.
pub(super) fn read(filling: &mut Filling) -> Vec<ModelRow> {
    let Some(at) = filling.layout.models else { return Vec::new() };
    let Some(table) = Table::find(&filling.workbook.sheets[at], &HEADINGS) else { return Vec::new() };
    filling.uses(at);
    filling.unvalued(at, &table);
    let mut models = Vec::new();
    for cells in table.rows() {
        let (code, name) = (table.text(cells, CODE), table.text(cells, NAME));
        // Blank lines carry their number only, and signatures no name of a model.
        if name.is_empty() || is_numbering(&name) || (code.is_empty() && table.value(cells, STEP).is_none()) {
            continue;
        }
        models.push(model(filling, at, &table, cells, code, name));
    }
    models
}

fn model(filling: &mut Filling, at: usize, table: &Table, cells: &[Cell], code: String, name: String) -> ModelRow {
    let line = cells[0].at.row;
    let text = |heading| excerpt(&table.text(cells, heading), 60);
    let (kind, plan) = (text(KIND), text(PLAN));
    let (evaluation, ranking) = (text(EVALUATION), text(RANKING));
    let step = count(filling, at, table, cells, STEP).unwrap_or(0);
    if !(0..=5).contains(&step) {
        let cell = CellRef::new(line, table.column(STEP).unwrap_or(0));
        let message = format!("Bước ghi {step}, cần từ 0 đến 5");
        filling.find(Rule::NotANumber, filling.cell(at, cell), message, "Ghi bước đã hoàn thành, từ 0 đến 5");
    }
    let launched = date(filling, at, table, cells, LAUNCHED);
    let step_dates = std::array::from_fn(|step| date(filling, at, table, cells, FIRST_STEP + step));
    ModelRow {
        code: if code.is_empty() { (line + 1).to_string() } else { excerpt(&code, 30) },
        name: excerpt(&name, 120),
        kind,
        plan,
        launched,
        step: u8::try_from(step).unwrap_or(0).min(5),
        step_dates,
        members: count(filling, at, table, cells, MEMBERS),
        evaluation,
        ranking,
        row: line,
    }
}

fn count(filling: &mut Filling, at: usize, table: &Table, cells: &[Cell], heading: usize) -> Option<i64> {
    let col = table.column(heading)?;
    // What has no value was told of the whole table.
    let value = table.value(cells, heading).filter(|value| **value != CellValue::Unvalued);
    match numeral::quantity(value, Quantity::COUNT) {
        Ok(number) => number.map(|number| number.value),
        Err(fault) => {
            let cell = CellRef::new(cells[0].at.row, col);
            filling.find(fault.rule, filling.cell(at, cell), fault.message, fault.help);
            None
        }
    }
}

fn date(filling: &mut Filling, at: usize, table: &Table, cells: &[Cell], heading: usize) -> Option<NaiveDate> {
    let col = table.column(heading)?;
    let value = table.value(cells, heading).filter(|value| **value != CellValue::Unvalued)?;
    match dates::day(value) {
        Ok(day) => Some(day),
        Err(_) if ["x", "-"].contains(&value.shown().as_str()) => None,
        Err(message) => {
            let cell = CellRef::new(cells[0].at.row, col);
            let help = "Ghi ngày theo dạng ngày/tháng/năm; chưa tới bước này thì để trống";
            filling.find(Rule::NotADate, filling.cell(at, cell), message, help);
            None
        }
    }
}
