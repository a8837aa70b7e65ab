//! Biểu 00: who reports, for which period; then its own rows.

use anyhow::Result;
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Worksheet};

use crate::definitions::SheetForm;
use crate::form::layout::{DECLARED, FIRST_LABEL, LABELS, Layout, first_row, label_row};
use crate::form::page;
use crate::form::rows::{self, Told};
use crate::form::style::Styles;
use crate::vocabulary::PeriodKind;

const WIDTHS: [f64; 9] = [5.5, 38.0, 19.0, 8.0, 11.0, 11.0, 11.0, 16.0, 46.0];
const LAST: u16 = 7;

pub(super) fn write(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, form: &SheetForm) -> Result<Option<Told>> {
    page::prepare(sheet, layout, &form.name, false)?;
    sheet.set_print_fit_to_pages(1, 1);
    for (width, col) in WIDTHS.iter().zip(0..) {
        sheet.set_column_width(col, *width)?;
    }
    sheet.write_string_with_format(0, 1, "ỦY BAN NHÂN DÂN", &styles.beside)?;
    sheet.write_string_with_format(1, 1, layout.unit_name().to_uppercase(), &styles.ruled)?;
    sheet.write_string_with_format(0, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &styles.beside_bold)?;
    sheet.write_string_with_format(1, 4, "Độc lập - Tự do - Hạnh phúc", &styles.ruled)?;
    sheet.write_string_with_format(2, 4, page::form_number(form), &styles.beside_italic)?;
    if layout.definitions.site.synthetic {
        page::across(sheet, 3, (0, LAST), "SỐ LIỆU MINH HỌA", &styles.sample)?;
    }
    let title = layout.form.title.to_uppercase();
    page::across(sheet, 4, (0, LAST), &title, &styles.title)?;
    sheet.set_row_height(4, page::height(&title, 70) * 1.3)?;
    page::across(sheet, 5, (0, LAST), &page::period_line(layout), &styles.subtitle)?;
    sheet.set_row_height(5, 20)?;
    let plans = plans(layout);
    page::across(sheet, 6, (0, LAST), &plans, &styles.remark)?;
    sheet.set_row_height(6, page::height(&plans, 110))?;

    page::across(sheet, FIRST_LABEL - 1, (0, 1), "Thông tin chung", &styles.head)?;
    page::across(sheet, FIRST_LABEL - 1, (DECLARED, LAST), "Khai báo", &styles.head)?;
    sheet.set_row_height(FIRST_LABEL - 1, 22)?;
    for (at, label) in LABELS.iter().enumerate() {
        let row = FIRST_LABEL + at as u32;
        sheet.write_number_with_format(row, 0, at as u32 + 1, &styles.mid)?;
        sheet.write_string_with_format(row, 1, *label, &styles.cell)?;
        sheet.set_row_height(row, 21)?;
    }
    declarations(sheet, layout, styles)?;
    validations(sheet)?;

    let told = if form.rows.is_empty() { None } else { Some(rows::table(sheet, layout, styles, form)?) };
    let foot = first_row(form) + form.rows.len() as u32;
    page::across(sheet, foot, (0, LAST), &form.note, &styles.remark)?;
    sheet.set_row_height(foot, page::height(&form.note, 110))?;
    page::signatures(sheet, styles, foot + 1, 1, 5)?;
    sheet.set_print_area(0, 0, foot + 8, LAST)?;
    let start = label_row("Ngày lập");
    sheet.set_selection(start, DECLARED, start, DECLARED)?;
    Ok(told)
}

fn plans(layout: &Layout) -> String {
    let numbers: Vec<String> = layout.plans.iter().map(|plan| format!("{} ({})", plan.short, plan.number)).collect();
    if numbers.is_empty() { String::new() } else { format!("Thực hiện: {}", numbers.join("; ")) }
}

/// The values of the labels, each over the columns to the right of its label.
fn declarations(sheet: &mut Worksheet, layout: &Layout, styles: &Styles) -> Result<()> {
    let (site, fill) = (&layout.definitions.site, layout.fill);
    let (from, to) = layout.definitions.scheme.days(fill.period);
    let nature = if fill.estimate { "Ước" } else { "Chính thức" };
    let texts = [
        ("Mã tỉnh", site.province.as_str(), false),
        ("Tên tỉnh", &site.province_name, false),
        ("Mã đơn vị", layout.unit.code.as_str(), false),
        ("Tên đơn vị", layout.unit_name(), false),
        ("Loại kỳ", kind(fill.period.kind()), false),
        ("Tính chất số liệu", nature, true),
        ("Mô hình tổ", layout.team_model(), true),
        ("Chức danh người lập", &fill.maker, true),
        ("Phiên bản biểu mẫu", &layout.form.version, false),
    ];
    for (label, value, open) in texts {
        let format = if open { &styles.declared_open } else { &styles.declared };
        page::across(sheet, label_row(label), (DECLARED, LAST), value, format)?;
    }
    let numbers = [
        ("Kỳ số", i64::from(fill.period.number()), false),
        ("Năm", i64::from(fill.period.last_year()), false),
        ("Lần nộp", i64::from(fill.submission), true),
    ];
    for (label, value, open) in numbers {
        let format = if open { &styles.declared_open } else { &styles.declared };
        page::across(sheet, label_row(label), (DECLARED, LAST), "", format)?;
        sheet.write_number_with_format(label_row(label), DECLARED, value as f64, format)?;
    }
    for (label, value, open) in
        [("Từ ngày", Some(from), false), ("Đến ngày", Some(to), false), ("Ngày lập", fill.made_on, true)]
    {
        let format = if open { &styles.declared_open_day } else { &styles.declared_day };
        page::across(sheet, label_row(label), (DECLARED, LAST), "", format)?;
        if let Some(day) = value {
            sheet.write_datetime_with_format(label_row(label), DECLARED, excel_day(day), format)?;
        }
    }
    Ok(())
}

fn validations(sheet: &mut Worksheet) -> Result<()> {
    let mut add = |label: &str, validation: DataValidation| -> Result<()> {
        let row = label_row(label);
        sheet.add_data_validation(row, DECLARED, row, DECLARED, &validation)?;
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
