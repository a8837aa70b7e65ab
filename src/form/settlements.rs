//! Biểu 06B: one row per thôn, one column for each row of level thôn, totals compared with the commune.

use anyhow::Result;
use rust_xlsxwriter::{DataValidation, Formula, Worksheet};

use crate::definitions::SheetForm;
use crate::form::layout::Layout;
use crate::form::live::GOOD;
use crate::form::page;
use crate::form::style::Styles;
use crate::vocabulary::CellRef;

/// Rows for thôn when none is known.
const LINES: u32 = 40;
/// Spare rows when they are known.
const SPARE: u32 = 5;
const HEAD: u32 = 6;
const FIRST: u32 = HEAD + 4;

pub(super) fn write(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, form: &SheetForm) -> Result<()> {
    page::prepare(sheet, layout, &form.name, true)?;
    let rows = layout.settlement_rows();
    let last_col = (1 + rows.len() as u16).max(5);
    page::head(sheet, layout, styles, form, (1, last_col - 2, last_col))?;
    sheet.set_column_width(0, 5.5)?;
    sheet.set_column_width(1, 28)?;
    if !rows.is_empty() {
        sheet.set_column_range_width(2, last_col, (112.0 / rows.len() as f64).clamp(12.5, 18.0))?;
    }
    for (text, line) in [("STT", HEAD), ("", HEAD + 1), ("", HEAD + 2), ("A", HEAD + 3)] {
        let format = if line == HEAD { &styles.head } else { &styles.head_small };
        sheet.write_string_with_format(line, 0, text, format)?;
        let name = ["Thôn, xóm, tổ dân phố", "Mã số", "ĐVT", "B"][(line - HEAD) as usize];
        sheet.write_string_with_format(line, 1, name, format)?;
    }
    for (at, row) in rows.iter().enumerate() {
        let col = 2 + at as u16;
        sheet.write_string_with_format(HEAD, col, &row.short, &styles.head)?;
        sheet.write_string_with_format(HEAD + 1, col, row.code.as_str(), &styles.head_small)?;
        sheet.write_string_with_format(HEAD + 2, col, &row.unit_of_measure, &styles.head_small)?;
        sheet.write_string_with_format(HEAD + 3, col, format!("({})", at + 1), &styles.head_small)?;
    }
    sheet.set_row_height(HEAD, 64)?;
    sheet.set_row_height(HEAD + 1, 26)?;
    sheet.set_freeze_panes(FIRST, 2)?;
    sheet.set_repeat_rows(HEAD, HEAD + 3)?;

    let thon = &layout.fill.settlements;
    let lines = if thon.is_empty() { LINES } else { thon.len() as u32 + SPARE };
    for at in 0..lines {
        let line = FIRST + at;
        let known = thon.get(at as usize);
        sheet.write_number_with_format(line, 0, at + 1, &styles.mid)?;
        match known {
            Some(thon) => sheet.write_string_with_format(line, 1, &thon.name, &styles.input_text)?,
            None => sheet.write_blank(line, 1, &styles.input_text)?,
        };
        for (row, col) in rows.iter().zip(2..) {
            match known.and_then(|thon| thon.values.get(&row.code)) {
                Some(value) => sheet.write_number_with_format(line, col, *value as f64, &styles.input)?,
                None => sheet.write_blank(line, col, &styles.input)?,
            };
        }
    }
    totals(sheet, layout, styles, form, lines)?;
    validations(sheet, lines, rows.len() as u16)?;
    let foot = FIRST + lines + 3;
    page::across(sheet, foot, (0, last_col), &form.note, &styles.remark)?;
    sheet.set_row_height(foot, page::height(&form.note, 150))?;
    page::signatures(sheet, styles, foot + 1, 1, last_col - 2)?;
    sheet.set_print_area(0, 0, foot + 7, last_col)?;
    sheet.set_selection(FIRST, 1, FIRST, 1)?;
    Ok(())
}

/// Three rows: the sum of the thôn, the commune's figure, whether they agree.
fn totals(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, form: &SheetForm, lines: u32) -> Result<()> {
    let total = FIRST + lines;
    for (line, title) in (total..).zip(["TỔNG CỘNG", "Số liệu toàn xã", "Kiểm tra"]) {
        sheet.write_blank(line, 0, &styles.head)?;
        sheet.write_string_with_format(line, 1, title, &styles.head)?;
    }
    for (row, col) in layout.settlement_rows().into_iter().zip(2u16..) {
        let column = |line: u32| CellRef::new(line, u32::from(col)).to_string();
        let range = format!("{}:{}", column(FIRST), column(total - 1));
        let named: Vec<i64> =
            layout.fill.settlements.iter().filter_map(|thon| thon.values.get(&row.code).copied()).collect();
        let (sum, commune) = (named.iter().sum::<i64>(), layout.fill.number(&row.code));
        let shown = if named.is_empty() { String::new() } else { sum.to_string() };
        let formula = Formula::new(format!("=IF(COUNT({range})=0,\"\",SUM({range}))")).set_result(shown);
        sheet.write_formula_with_format(total, col, formula, &styles.sum)?;

        let there = layout.cell(&row.code, &form.name).expect("settlement rows are open rows");
        let formula = Formula::new(format!("=IF(ISNUMBER({there}),{there},\"\")"));
        let shown = commune.map(|value| value.to_string()).unwrap_or_default();
        sheet.write_formula_with_format(total + 1, col, formula.set_result(shown), &styles.sum)?;

        let (a, b) = (column(total), column(total + 1));
        let formula = Formula::new(format!("=IF(COUNT({a},{b})<2,\"\",IF({a}={b},\"{GOOD}\",\"lệch \"&({a}-{b})))"));
        let shown = match commune.filter(|_| !named.is_empty()) {
            Some(commune) if commune == sum => GOOD.to_owned(),
            Some(commune) => format!("lệch {}", sum - commune),
            None => String::new(),
        };
        sheet.write_formula_with_format(total + 2, col, formula.set_result(shown), &styles.mid)?;
        page::colour(sheet, styles, (total + 2, col, total + 2, col), &column(total + 2))?;
    }
    Ok(())
}

fn validations(sheet: &mut Worksheet, lines: u32, columns: u16) -> Result<()> {
    let last = FIRST + lines - 1;
    let name = DataValidation::new()
        .allow_any_value()
        .set_input_title("Tên thôn")?
        .set_input_message("Mỗi thôn, xóm, tổ dân phố một dòng; thôn không phát sinh vẫn ghi tên và nhập 0.")?;
    sheet.add_data_validation(FIRST, 1, last, 1, &name)?;
    if columns > 0 {
        sheet.add_data_validation(FIRST, 2, last, 1 + columns, &page::whole_number(false)?)?;
    }
    Ok(())
}
