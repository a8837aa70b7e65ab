//! Biểu 08: the unit's register of models, one row each.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{DataValidation, DataValidationRule, Format, Worksheet};

use crate::definitions::SheetForm;
use crate::form::cover::excel_day;
use crate::form::fill::ModelLine;
use crate::form::layout::Layout;
use crate::form::page;
use crate::form::style::Styles;

const HEADS: [(&str, f64); 15] = [
    ("STT", 5.5),
    ("Mã mô hình", 10.0),
    ("Tên mô hình", 33.0),
    ("Loại", 11.0),
    ("Kế hoạch", 20.0),
    ("Ngày ra mắt", 11.0),
    ("Bước", 6.5),
    ("Ngày bước 1", 11.0),
    ("Ngày bước 2", 11.0),
    ("Ngày bước 3", 11.0),
    ("Ngày bước 4", 11.0),
    ("Ngày bước 5", 11.0),
    ("Số thành viên", 9.0),
    ("Đánh giá năm", 14.0),
    ("Xếp loại", 9.0),
];
const HEAD: u32 = 6;
const FIRST: u32 = HEAD + 2;
/// Rows for models when none is known.
const LINES: u32 = 15;
/// Spare rows when they are known.
const SPARE: u32 = 5;
const LAST: u16 = HEADS.len() as u16 - 1;

pub(super) fn write(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, form: &SheetForm) -> Result<()> {
    page::prepare(sheet, layout, &form.name, true)?;
    page::head(sheet, layout, styles, form, (2, LAST - 3, LAST))?;
    for (at, (title, width)) in HEADS.iter().enumerate() {
        let col = at as u16;
        sheet.set_column_width(col, *width)?;
        sheet.write_string_with_format(HEAD, col, *title, &styles.head)?;
        let number = if at == 0 { "A".to_owned() } else { format!("({at})") };
        sheet.write_string_with_format(HEAD + 1, col, number, &styles.head_small)?;
    }
    sheet.set_row_height(HEAD, 34)?;
    sheet.set_freeze_panes(FIRST, 3)?;
    sheet.set_repeat_rows(HEAD, HEAD + 1)?;

    let models = &layout.fill.models;
    let lines = if models.is_empty() { LINES } else { models.len() as u32 + SPARE };
    let empty = ModelLine::default();
    for at in 0..lines {
        let known = models.get(at as usize);
        model(sheet, styles, FIRST + at, at + 1, known.unwrap_or(&empty), known.is_some())?;
    }
    validations(sheet, layout, FIRST + lines - 1)?;
    let foot = FIRST + lines;
    page::across(sheet, foot, (0, LAST), &form.note, &styles.remark)?;
    sheet.set_row_height(foot, page::height(&form.note, 190))?;
    page::signatures(sheet, styles, foot + 1, 2, LAST - 3)?;
    sheet.set_print_area(0, 0, foot + 7, LAST)?;
    sheet.set_selection(FIRST, 1, FIRST, 1)?;
    Ok(())
}

fn model(sheet: &mut Worksheet, styles: &Styles, line: u32, number: u32, model: &ModelLine, known: bool) -> Result<()> {
    sheet.write_number_with_format(line, 0, number, &styles.mid)?;
    let mut text = |col: u16, value: &str, format: &Format| -> Result<()> {
        if value.is_empty() {
            sheet.write_blank(line, col, format)?;
        } else {
            sheet.write_string_with_format(line, col, value, format)?;
        }
        Ok(())
    };
    text(1, &model.code, &styles.input_mid)?;
    text(2, &model.name, &styles.input_text)?;
    text(3, &model.kind, &styles.input_mid)?;
    text(4, &model.plan, &styles.input_text)?;
    text(13, &model.evaluation, &styles.input_mid)?;
    text(14, &model.ranking, &styles.input_mid)?;
    let mut number = |col: u16, value: Option<i64>| -> Result<()> {
        match value {
            Some(value) => sheet.write_number_with_format(line, col, value as f64, &styles.input_mid)?,
            None => sheet.write_blank(line, col, &styles.input_mid)?,
        };
        Ok(())
    };
    number(6, known.then(|| i64::from(model.step)))?;
    number(12, model.members)?;
    let mut day = |col: u16, value: Option<NaiveDate>| -> Result<()> {
        match value {
            Some(day) => sheet.write_datetime_with_format(line, col, excel_day(day), &styles.input_date)?,
            None => sheet.write_blank(line, col, &styles.input_date)?,
        };
        Ok(())
    };
    day(5, model.launched)?;
    for (col, date) in (7..).zip(model.step_dates) {
        day(col, date)?;
    }
    Ok(())
}

fn validations(sheet: &mut Worksheet, layout: &Layout, last: u32) -> Result<()> {
    let mut add = |cols: (u16, u16), validation: &DataValidation| -> Result<()> {
        sheet.add_data_validation(FIRST, cols.0, last, cols.1, validation)?;
        Ok(())
    };
    let kinds = ["THNCĐ", "BVANTQ"];
    add(
        (3, 3),
        &page::lenient(page::choice(&kinds, "Loại mô hình", "THNCĐ: tái hòa nhập cộng đồng.\nBVANTQ: bảo vệ ANTQ.")?),
    )?;
    let plans: Vec<&str> = layout.plans.iter().map(|plan| plan.short.as_str()).collect();
    // Excel keeps at most 255 characters of a typed list.
    if !plans.is_empty() && plans.join(",").chars().count() <= 200 && plans.iter().all(|plan| !plan.contains(',')) {
        add((4, 4), &page::lenient(page::choice(&plans, "Kế hoạch", "Kế hoạch mà mô hình thuộc về.")?))?;
    }
    let date = page::day("Ngày", "Ngày/tháng/năm, ví dụ 15/3/2026; chưa tới bước này thì để trống.")?;
    add((5, 5), &date)?;
    add((7, 11), &date)?;
    let steps = "0: chưa làm. 1: khảo sát, đề xuất. 2: ban hành chủ trương. 3: tuyên truyền, lấy ý kiến. \
                 4: quyết định, quy chế. 5: ra mắt, duy trì.";
    add((6, 6), &page::choice(&["0", "1", "2", "3", "4", "5"], "Bước đã tới", steps)?)?;
    let members = DataValidation::new()
        .allow_whole_number(DataValidationRule::Between(0, 100_000))
        .set_error_title("Chưa phải số nguyên")?
        .set_error_message("Nhập số thành viên, từ 0 trở lên.")?;
    add((12, 12), &members)?;
    let evaluations = ["Đạt mục tiêu", "Chưa đạt", "Dừng"];
    add((13, 13), &page::choice(&evaluations, "Đánh giá năm", "Chỉ ghi ở báo cáo cuối năm.")?)?;
    add((14, 14), &page::choice(&["XS", "K", "TB", "Y"], "Xếp loại", "XS: xuất sắc. K: khá. TB: trung bình. Y: yếu.")?)
}
