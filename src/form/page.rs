//! What all sheets share: paper, header block, signatures, protection, the fit of text.

use anyhow::Result;
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula,
    ProtectionOptions, Worksheet,
};

use crate::definitions::SheetForm;
use crate::form::layout::Layout;
use crate::form::live::GOOD;
use crate::form::style::Styles;

/// Prepares paper, margins (NĐ 30/2020: left wider), footer and protection of a sheet.
pub(super) fn prepare(sheet: &mut Worksheet, layout: &Layout, name: &str, landscape: bool) -> Result<()> {
    sheet.set_name(name)?;
    sheet.set_paper_size(9);
    if landscape {
        sheet.set_landscape();
        sheet.set_margins(0.79, 0.59, 0.79, 0.59, 0.3, 0.3);
    } else {
        sheet.set_margins(1.1, 0.67, 0.79, 0.79, 0.3, 0.3);
    }
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_screen_gridlines(false);
    // A formula that shows nothing must not be read as 0.
    sheet.set_formula_result_default("");
    let sample = if layout.definitions.site.synthetic { "&LSỐ LIỆU MINH HỌA" } else { "" };
    sheet.set_footer(format!("{sample}&R{name} – trang &P/&N"));
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}

/// The block above a table: issuing body over column `left`, form number over column `right`,
/// title, unit and period over all columns to `last`. Takes rows 0–5.
pub(super) fn head(
    sheet: &mut Worksheet,
    layout: &Layout,
    styles: &Styles,
    form: &SheetForm,
    (left, right, last): (u16, u16, u16),
) -> Result<()> {
    sheet.write_string_with_format(0, left, "ỦY BAN NHÂN DÂN", &styles.beside)?;
    sheet.write_string_with_format(1, left, layout.unit_name().to_uppercase(), &styles.ruled)?;
    sheet.write_string_with_format(0, right, form_number(form), &styles.beside_bold)?;
    sheet.write_string_with_format(1, right, format!("Phiên bản {}", layout.form.version), &styles.beside)?;
    if layout.definitions.site.synthetic {
        across(sheet, 2, (0, last), "SỐ LIỆU MINH HỌA", &styles.sample)?;
    }
    across(sheet, 3, (0, last), &form.title.to_uppercase(), &styles.title)?;
    across(sheet, 4, (0, last), &period_line(layout), &styles.subtitle)?;
    sheet.set_row_height(3, 24)?;
    sheet.set_row_height(4, 20)?;
    Ok(())
}

/// `Biểu số 01/THNCĐ-BVANTQ`.
pub(super) fn form_number(form: &SheetForm) -> String {
    format!("Biểu số {}/THNCĐ-BVANTQ", form.id)
}

/// `Kỳ báo cáo: Quý III/2026 (từ ngày 15/6/2026 đến ngày 14/9/2026)`.
pub(super) fn period_line(layout: &Layout) -> String {
    let (from, to) = layout.definitions.scheme.days(layout.fill.period);
    format!("Kỳ báo cáo: {} (từ ngày {} đến ngày {})", layout.fill.period.heading(), written_day(from), written_day(to))
}

/// `05/3/2026`: the day and the first two months with a leading zero (NĐ 30/2020).
fn written_day(day: NaiveDate) -> String {
    let month = if day.month() < 3 { format!("0{}", day.month()) } else { day.month().to_string() };
    format!("{:02}/{month}/{}", day.day(), day.year())
}

/// Signature titles over two columns, without names.
pub(super) fn signatures(sheet: &mut Worksheet, styles: &Styles, row: u32, left: u16, right: u16) -> Result<()> {
    sheet.write_string_with_format(row, right, "…………, ngày …… tháng …… năm ……", &styles.beside_italic)?;
    sheet.write_string_with_format(row + 1, left, "NGƯỜI LẬP BIỂU", &styles.beside_bold)?;
    sheet.write_string_with_format(row + 1, right, "THỦ TRƯỞNG ĐƠN VỊ", &styles.beside_bold)?;
    sheet.write_string_with_format(row + 2, left, "(Ký)", &styles.beside_italic)?;
    sheet.write_string_with_format(row + 2, right, "(Ký, đóng dấu)", &styles.beside_italic)?;
    Ok(())
}

/// Text over several columns of a row.
pub(super) fn across(sheet: &mut Worksheet, row: u32, cols: (u16, u16), text: &str, format: &Format) -> Result<()> {
    if cols.0 == cols.1 {
        sheet.write_string_with_format(row, cols.0, text, format)?;
    } else {
        sheet.merge_range(row, cols.0, row, cols.1, text, format)?;
    }
    Ok(())
}

/// Height of a row, in points, that shows a text wrapped in so many characters.
pub(super) fn height(text: &str, characters: usize) -> f64 {
    let mut lines = 1;
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > characters {
            lines += 1;
            used = length;
        } else {
            used += length + usize::from(used > 0);
        }
    }
    f64::from(lines) * 15.0 + 5.0
}

/// Colours a range that live checks are written to; `top` is its first cell, such as `$I9`.
pub(super) fn colour(sheet: &mut Worksheet, styles: &Styles, range: (u32, u16, u32, u16), top: &str) -> Result<()> {
    let (r1, c1, r2, c2) = range;
    let good = ConditionalFormatFormula::new().set_rule(format!("={top}=\"{GOOD}\"").as_str()).set_format(&styles.good);
    let bad = ConditionalFormatFormula::new()
        .set_rule(format!("=AND({top}<>\"\",{top}<>\"{GOOD}\")").as_str())
        .set_format(&styles.bad);
    sheet.add_conditional_format(r1, c1, r2, c2, &good)?;
    sheet.add_conditional_format(r1, c1, r2, c2, &bad)?;
    Ok(())
}

/// A whole number; from 0 unless negative ones are allowed.
pub(super) fn whole_number(signed: bool) -> Result<DataValidation> {
    let (least, advice) = if signed {
        ("-999999999999", "Nhập số nguyên; giảm thì có dấu trừ phía trước, ví dụ -2.")
    } else {
        ("0", "Nhập số nguyên từ 0 trở lên. Không phát sinh thì nhập 0, không nhập chữ hoặc dấu gạch.")
    };
    Ok(DataValidation::new()
        .allow_whole_number_formula(DataValidationRule::GreaterThanOrEqualTo(Formula::new(least)))
        .set_error_title("Chưa phải số nguyên")?
        .set_error_message(advice)?)
}

/// A choice from a list.
pub(super) fn choice(list: &[&str], title: &str, prompt: &str) -> Result<DataValidation> {
    Ok(DataValidation::new()
        .allow_list_strings(list)?
        .set_input_title(title)?
        .set_input_message(prompt)?
        .set_error_title("Không có trong danh sách")?
        .set_error_message(format!("Chọn một trong: {}.", list.join("; ")))?)
}

/// A day since 2000.
pub(super) fn day(title: &str, prompt: &str) -> Result<DataValidation> {
    Ok(DataValidation::new()
        .allow_date_formula(DataValidationRule::GreaterThanOrEqualTo(Formula::new("36526")))
        .set_input_title(title)?
        .set_input_message(prompt)?
        .set_error_title("Chưa phải ngày")?
        .set_error_message("Nhập ngày/tháng/năm, ví dụ 15/3/2026.")?)
}

/// Lets something unusual pass after a question, because lists of kinds are open.
pub(super) fn lenient(validation: DataValidation) -> DataValidation {
    validation.set_error_style(DataValidationErrorStyle::Warning)
}
