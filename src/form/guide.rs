//! The sheet “Hướng dẫn”: how to fill, what is left to do, how each quantity is counted.

use anyhow::Result;
use rust_xlsxwriter::{ConditionalFormatFormula, Formula, Worksheet};

use crate::form::layout::Layout;
use crate::form::page;
use crate::form::rows::Told;
use crate::form::style::Styles;

/// Name of the sheet.
pub(super) const NAME: &str = "Hướng dẫn";

const STEPS: [&str; 8] = [
    "Mở Biểu 00, kiểm tra tên đơn vị và kỳ báo cáo; điền ngày lập, chức danh người lập. Không ghi tên người.",
    "Chỉ nhập vào ô nền vàng nhạt. Ô khác đã khóa để giữ công thức; ô ghi “x” là không yêu cầu trong kỳ này.",
    "Nhập số nguyên. Không phát sinh thì nhập 0. Để trống nghĩa là chưa có số liệu, không phải là 0.",
    "“Trong kỳ” là số phát sinh của riêng kỳ này (hoặc số có đến ngày cuối kỳ). “Lũy kế từ đầu năm” tự cộng khi \
     đã biết các kỳ trước; nếu trống thì nhập tay.",
    "Tiền ghi bằng đồng, không ghi nghìn hoặc triệu: 30 triệu đồng nhập 30000000.",
    "Nhìn cột “Kiểm tra” bên phải bảng: ✓ là khớp; chữ đỏ là chưa khớp, sửa số hoặc giải thích ở cột Ghi chú.",
    "Không đưa vào tệp này bất kỳ danh sách cá nhân hoặc dữ liệu giúp nhận ra một người cụ thể.",
    "Xem bảng “Trước khi gửi” dưới đây: không còn ô thiếu, không còn chỗ cần xem lại thì gửi; không đổi tên sheet, \
     không xóa dòng, cột.",
];

pub(super) fn write(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, told: &[Told]) -> Result<()> {
    page::prepare(sheet, layout, NAME, false)?;
    for (col, width) in [(0, 6.0), (1, 46.0), (2, 22.0), (3, 12.0), (4, 12.0), (5, 16.0)] {
        sheet.set_column_width(col, width)?;
    }
    page::across(sheet, 0, (0, 5), "HƯỚNG DẪN ĐIỀN BIỂU", &styles.title)?;
    sheet.set_row_height(0, 26)?;
    let who = format!("{} – {}", layout.unit_name(), page::period_line(layout));
    page::across(sheet, 1, (0, 5), &who, &styles.subtitle)?;
    if layout.definitions.site.synthetic {
        page::across(sheet, 2, (0, 5), "SỐ LIỆU MINH HỌA", &styles.sample)?;
    }
    sheet.write_string_with_format(3, 0, "I. Cách điền", &styles.section)?;
    let mut line = 4;
    for (number, step) in (1..).zip(STEPS) {
        sheet.write_number_with_format(line, 0, number, &styles.centre)?;
        page::across(sheet, line, (1, 5), step, &styles.text)?;
        sheet.set_row_height(line, page::height(step, 104))?;
        line += 1;
    }
    line = checklist(sheet, styles, told, line + 1)?;
    if layout.fill.explained {
        line = definitions(sheet, layout, styles, line + 1)?;
    }
    sheet.set_print_area(0, 0, line, 5)?;
    Ok(())
}

/// What is left to do, sheet by sheet, live.
fn checklist(sheet: &mut Worksheet, styles: &Styles, told: &[Told], start: u32) -> Result<u32> {
    sheet.write_string_with_format(start, 0, "II. Trước khi gửi", &styles.section)?;
    let head = start + 1;
    for (col, title) in (0..).zip(["STT", "Biểu", "Tên sheet", "Ô phải nhập", "Còn trống", "Cần xem lại"])
    {
        sheet.write_string_with_format(head, col, title, &styles.head)?;
    }
    for (at, told) in told.iter().enumerate() {
        let line = head + 1 + at as u32;
        let (name, first, last) = (&told.name, told.first + 1, told.last + 1);
        sheet.write_number_with_format(line, 0, at as u32 + 1, &styles.mid)?;
        sheet.write_string_with_format(line, 1, &told.title, &styles.cell)?;
        sheet.set_row_height(line, page::height(&told.title, 44))?;
        sheet.write_string_with_format(line, 2, name, &styles.mid)?;
        sheet.write_number_with_format(line, 3, told.open.0, &styles.mid)?;
        let left = Formula::new(format!("=COUNTBLANK('{name}'!E{first}:E{last})"));
        let now = told.open.0 - told.open.1;
        sheet.write_formula_with_format(line, 4, left.set_result(now.to_string()), &styles.mid)?;
        let broken = Formula::new(format!(
            "=COUNTIF('{name}'!I{first}:I{last},\"?*\")-COUNTIF('{name}'!I{first}:I{last},\"✓\")"
        ));
        sheet.write_formula_with_format(line, 5, broken.set_result(told.broken.to_string()), &styles.mid)?;
    }
    let (first, last) = (head + 1, head + told.len() as u32);
    if !told.is_empty() {
        let top = format!("=E{}>0", first + 1);
        let todo = ConditionalFormatFormula::new().set_rule(top.as_str()).set_format(&styles.bad);
        sheet.add_conditional_format(first, 4, last, 5, &todo)?;
        let done = format!("=E{}=0", first + 1);
        let good = ConditionalFormatFormula::new().set_rule(done.as_str()).set_format(&styles.good);
        sheet.add_conditional_format(first, 4, last, 5, &good)?;
    }
    Ok(last + 1)
}

/// How each quantity of this return is counted.
fn definitions(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, start: u32) -> Result<u32> {
    sheet.write_string_with_format(start, 0, "III. Cách tính từng chỉ tiêu", &styles.section)?;
    let head = start + 1;
    sheet.write_string_with_format(head, 0, "Biểu", &styles.head)?;
    sheet.write_string_with_format(head, 1, "Chỉ tiêu", &styles.head)?;
    page::across(sheet, head, (2, 5), "Cách tính", &styles.head)?;
    let mut line = head + 1;
    for form in &layout.sheets {
        for row in form.rows.iter().filter(|row| layout.is_open(&row.code) && !row.definition.is_empty()) {
            sheet.write_string_with_format(line, 0, &form.id, &styles.mid)?;
            sheet.write_string_with_format(line, 1, &row.title, &styles.cell)?;
            page::across(sheet, line, (2, 5), &row.definition, &styles.cell)?;
            sheet.set_row_height(line, page::height(&row.title, 44).max(page::height(&row.definition, 64)))?;
            line += 1;
        }
    }
    Ok(line)
}
