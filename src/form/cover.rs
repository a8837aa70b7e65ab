//! Biểu 00: who reports, for which period.

use anyhow::Result;
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Format, Worksheet};

use crate::definitions::SheetForm;
use crate::form::layout::{FIRST_LABEL, LABELS, Layout, label_row};
use crate::form::page;
use crate::form::style::Styles;
use crate::vocabulary::PeriodKind;

pub(super) fn write(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, form: &SheetForm) -> Result<()> {
    page::prepare(sheet, layout, &form.name, false)?;
    sheet.set_column_width(0, 40)?;
    sheet.set_column_width(1, 54)?;

    sheet.write_string_with_format(0, 0, "ỦY BAN NHÂN DÂN", &styles.centre)?;
    sheet.write_string_with_format(1, 0, layout.unit_name().to_uppercase(), &styles.ruled)?;
    sheet.write_string_with_format(0, 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &styles.centre_bold)?;
    sheet.write_string_with_format(1, 1, "Độc lập - Tự do - Hạnh phúc", &styles.ruled)?;
    sheet.write_string_with_format(2, 1, format!("Biểu số {}/THNCĐ-BVANTQ", form.id), &styles.number)?;
    if layout.definitions.site.synthetic {
        page::across(sheet, 3, (0, 1), "SỐ LIỆU MINH HỌA", &styles.sample)?;
    }
    page::across(sheet, 4, (0, 1), &layout.form.title.to_uppercase(), &styles.title)?;
    sheet.set_row_height(4, page::height(&layout.form.title, 62) * 1.3)?;
    page::across(sheet, 5, (0, 1), &page::period_line(layout), &styles.subtitle)?;
    page::across(sheet, 6, (0, 1), &plans(layout), &styles.remark)?;
    sheet.set_row_height(6, page::height(&plans(layout), 105))?;

    let (head, body) = (FIRST_LABEL - 1, FIRST_LABEL);
    sheet.write_string_with_format(head, 0, "Nội dung", &styles.head)?;
    sheet.write_string_with_format(head, 1, "Khai báo", &styles.head)?;
    sheet.set_row_height(head, 22)?;
    for (label, row) in LABELS.iter().zip(body..) {
        sheet.write_string_with_format(row, 0, *label, &styles.cell)?;
        sheet.set_row_height(row, 21)?;
    }
    values(sheet, layout, styles)?;
    validations(sheet)?;

    let foot = body + LABELS.len() as u32;
    page::across(sheet, foot, (0, 1), &form.note, &styles.remark)?;
    sheet.set_row_height(foot, page::height(&form.note, 105))?;
    page::signatures(sheet, styles, foot + 2, (0, 0), (1, 1))?;
    sheet.set_print_area(0, 0, foot + 9, 1)?;
    sheet.set_selection(label_row("Ngày lập"), 1, label_row("Ngày lập"), 1)?;
    Ok(())
}

fn plans(layout: &Layout) -> String {
    let numbers: Vec<String> = layout.plans.iter().map(|plan| format!("{} ({})", plan.short, plan.number)).collect();
    if numbers.is_empty() { String::new() } else { format!("Thực hiện: {}", numbers.join("; ")) }
}

fn values(sheet: &mut Worksheet, layout: &Layout, styles: &Styles) -> Result<()> {
    let (site, fill) = (&layout.definitions.site, layout.fill);
    let (from, to) = layout.definitions.scheme.days(fill.period);
    let mut text = |label: &str, value: &str, format: &Format| -> Result<()> {
        let row = label_row(label);
        if value.is_empty() {
            sheet.write_blank(row, 1, format)?;
        } else {
            sheet.write_string_with_format(row, 1, value, format)?;
        }
        Ok(())
    };
    text("Mã tỉnh", site.province.as_str(), &styles.fixed)?;
    text("Tên tỉnh", &site.province_name, &styles.fixed)?;
    text("Mã đơn vị", layout.unit.code.as_str(), &styles.fixed)?;
    text("Tên đơn vị", layout.unit_name(), &styles.fixed)?;
    text("Loại kỳ", kind(fill.period.kind()), &styles.fixed)?;
    text("Tính chất số liệu", if fill.estimate { "Ước" } else { "Chính thức" }, &styles.input_text)?;
    text("Mô hình tổ", layout.team_model(), &styles.input_text)?;
    text("Chức danh người lập", &fill.maker, &styles.input_text)?;
    text("Phiên bản biểu mẫu", &layout.form.version, &styles.fixed)?;

    let left = styles.fixed.clone().set_num_format("0").set_align(rust_xlsxwriter::FormatAlign::Left);
    let open = styles.input_text.clone().set_num_format("0").set_align(rust_xlsxwriter::FormatAlign::Left);
    sheet.write_number_with_format(label_row("Kỳ số"), 1, fill.period.number(), &left)?;
    sheet.write_number_with_format(label_row("Năm"), 1, fill.period.last_year(), &left)?;
    sheet.write_number_with_format(label_row("Lần nộp"), 1, fill.submission, &open)?;
    sheet.write_datetime_with_format(label_row("Từ ngày"), 1, excel_day(from), &styles.fixed_date)?;
    sheet.write_datetime_with_format(label_row("Đến ngày"), 1, excel_day(to), &styles.fixed_date)?;
    let made = styles.input_date.clone().set_align(rust_xlsxwriter::FormatAlign::Left);
    match fill.made_on {
        Some(day) => sheet.write_datetime_with_format(label_row("Ngày lập"), 1, excel_day(day), &made)?,
        None => sheet.write_blank(label_row("Ngày lập"), 1, &made)?,
    };
    Ok(())
}

fn validations(sheet: &mut Worksheet) -> Result<()> {
    let mut add = |label: &str, validation: DataValidation| -> Result<()> {
        let row = label_row(label);
        sheet.add_data_validation(row, 1, row, 1, &validation)?;
        Ok(())
    };
    let first = "Ước: lập trước ngày chốt số liệu, sẽ nộp lại bản chính thức sau ngày chốt.";
    add("Tính chất số liệu", page::choice(&["Chính thức", "Ước"], "Tính chất số liệu", first)?)?;
    add(
        "Mô hình tổ",
        page::choice(
            &["1-1", "1-n", "Không"],
            "Mô hình tổ giúp đỡ",
            "1-1: mỗi tổ giúp một người.\n1-n: mỗi tổ giúp một hoặc nhiều người.\nKhông: không lập tổ.",
        )?,
    )?;
    add("Ngày lập", page::day("Ngày lập", "Ngày lập báo cáo, ví dụ 18/3/2026.")?)?;
    add(
        "Lần nộp",
        DataValidation::new()
            .allow_whole_number(DataValidationRule::Between(1, 20))
            .set_input_title("Lần nộp")?
            .set_input_message("Nộp lần đầu: 1. Mỗi lần nộp lại cho cùng kỳ tăng thêm 1.")?
            .set_error_title("Lần nộp chưa đúng")?
            .set_error_message("Nhập 1, 2, 3 …")?,
    )?;
    add(
        "Chức danh người lập",
        DataValidation::new()
            .allow_any_value()
            .set_input_title("Chức danh người lập")?
            .set_input_message("Chỉ ghi chức danh, ví dụ: Cán bộ tổng hợp. Không ghi tên người.")?,
    )
}

fn kind(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Quarter => "Quý",
        PeriodKind::Half => "6 tháng",
        _ => "Năm",
    }
}

/// A day as Excel stores it.
pub(super) fn excel_day(day: NaiveDate) -> ExcelDateTime {
    let year = u16::try_from(day.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8)
        .or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))
        .expect("1900 is the first year of the calendar")
}
