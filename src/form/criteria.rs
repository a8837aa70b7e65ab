//! Biểu 09: the criteria of the unit's set, met or not.

use anyhow::Result;
use rust_xlsxwriter::Worksheet;

use crate::definitions::SheetForm;
use crate::form::fill::CriterionLine;
use crate::form::layout::Layout;
use crate::form::page;
use crate::form::style::Styles;

const HEADS: [(&str, f64); 5] =
    [("Bộ tiêu chí", 20.0), ("Số", 6.5), ("Nội dung", 62.0), ("Kết quả", 12.0), ("Minh chứng", 40.0)];
const HEAD: u32 = 6;
const FIRST: u32 = HEAD + 2;

pub(super) fn write(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, form: &SheetForm) -> Result<()> {
    let set = layout.criteria.expect("the sheet is laid out only with a set");
    page::prepare(sheet, layout, &form.name, true)?;
    page::head(sheet, layout, styles, form, (2, 4, 4))?;
    for (at, (title, width)) in HEADS.iter().enumerate() {
        sheet.set_column_width(at as u16, *width)?;
        sheet.write_string_with_format(HEAD, at as u16, *title, &styles.head)?;
        sheet.write_string_with_format(HEAD + 1, at as u16, format!("({})", at + 1), &styles.head_small)?;
    }
    sheet.set_row_height(HEAD, 24)?;
    sheet.set_freeze_panes(FIRST, 0)?;
    sheet.set_repeat_rows(HEAD, HEAD + 1)?;

    let mut line = FIRST;
    let empty = CriterionLine::default();
    for criterion in &set.criteria {
        let filled = layout.fill.criteria.get(&criterion.number).unwrap_or(&empty);
        sheet.write_string_with_format(line, 0, &set.id, &styles.code)?;
        sheet.write_string_with_format(line, 1, &criterion.number, &styles.mid)?;
        sheet.write_string_with_format(line, 2, &criterion.text, &styles.cell)?;
        match filled.met {
            Some(met) => {
                let word = if met { "Đạt" } else { "Chưa đạt" };
                sheet.write_string_with_format(line, 3, word, &styles.input_mid)?
            }
            None => sheet.write_blank(line, 3, &styles.input_mid)?,
        };
        if filled.evidence.is_empty() {
            sheet.write_blank(line, 4, &styles.input_text)?;
        } else {
            sheet.write_string_with_format(line, 4, &filled.evidence, &styles.input_text)?;
        }
        sheet.set_row_height(line, page::height(&criterion.text, 64))?;
        line += 1;
    }
    if line > FIRST {
        let result = page::choice(&["Đạt", "Chưa đạt"], "Kết quả", "Kết quả tự đánh giá theo từng tiêu chí.")?;
        sheet.add_data_validation(FIRST, 3, line - 1, 3, &result)?;
    }
    let note = format!("{}: {}. {}", set.id, set.title, form.note);
    page::across(sheet, line, (0, 4), &note, &styles.remark)?;
    sheet.set_row_height(line, page::height(&note, 150))?;
    page::signatures(sheet, styles, line + 1, 2, 4)?;
    sheet.set_print_area(0, 0, line + 7, 4)?;
    sheet.set_selection(FIRST, 3, FIRST, 3)?;
    Ok(())
}
