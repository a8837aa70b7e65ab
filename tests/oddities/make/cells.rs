//! Numbers and days as people type them.

use tongket::demo::spoil::book::{Format, UNIT, VALUE, Value};

use super::{Desk, tables};

pub fn make(desk: &mut Desk) {
    let text = |text: &str| Value::text(text);
    desk.put("points.xlsx", |book| {
        book.type_in("thn.tu_van", text("1.234"));
        book.type_in("thn.vay_so_tien", text("15.000.000"));
    });
    desk.put("blanks.xlsx", |book| {
        book.type_in("thn.tu_van", text("1 234"));
        book.type_in("thn.vay_so_tien", text("15\u{a0}000\u{a0}000"));
    });
    desk.put("comma.xlsx", |book| book.type_in("thn.tu_van", text("1,234")));
    desk.put("unit-behind.xlsx", |book| {
        book.type_in("thn.tiep_nhan", text("5 người"));
        book.type_in("thn.vay_so_tien", text("15.000.000 đ"));
    });
    desk.put("nil-marks.xlsx", |book| {
        book.type_in("thn.nhom_c", text("Không"));
        book.type_in("thn.giay_to", text("–"));
        book.type_in("thn.hoc_nghe", text("KPS"));
    });
    desk.put("blank-cells.xlsx", |book| {
        book.empty("thn.nhom_c");
        book.type_in("thn.hoc_nghe", text("….."));
    });
    desk.put("approximations.xlsx", |book| {
        book.type_in("thn.tiep_nhan", text("~20"));
        book.type_in("thn.nhom_a", text("trên 20"));
        book.type_in("thn.tu_van", text("khoảng 1.200"));
    });
    desk.put("excel-decimal.xlsx", |book| {
        book.type_in("thn.tu_van", Value::Number("1.234".into()));
        book.cell("thn.tu_van", VALUE).format = Format::Decimals;
    });
    desk.put("million-in-cell.xlsx", |book| book.type_in("thn.vay_so_tien", text("15 triệu đồng")));
    desk.put("million-in-unit-column.xlsx", |book| {
        book.type_in("thn.vay_so_tien", Value::number(15));
        book.cell("thn.vay_so_tien", UNIT).value = text("triệu đồng");
    });
    desk.put("million-in-note.xlsx", |book| {
        book.type_in("thn.vay_so_tien", Value::number(15));
        let page = book.page("Biểu 03");
        page.delete_col(UNIT);
        page.insert_rows(5, 1);
        page.write(5, 4, &["ĐVT: triệu đồng"]);
    });
    desk.put("million-note-against-unit.xlsx", |book| {
        book.type_in("thn.vay_so_tien", Value::number(15));
        let page = book.page("Biểu 03");
        page.insert_rows(5, 1);
        page.write(5, 4, &["ĐVT: triệu đồng"]);
    });
    desk.put("formula-without-value.xlsx", |book| {
        book.type_in("thn.quan_ly_cuoi_ky", Value::Formula("E9+E10-E11".into(), None));
    });
    desk.put("error-cells.xlsx", |book| {
        book.type_in("thn.tu_van", Value::Error("#REF!".into()));
        book.type_in("thn.nhom_a", Value::Number("NaN".into()));
    });
    desk.put("from-1904.xlsx", |book| {
        book.from_1904 = true;
        for page in &mut book.pages {
            for cell in page.cells.values_mut().filter(|cell| cell.format == Format::Day) {
                if let Value::Number(days) = &mut cell.value {
                    *days = (days.parse::<i64>().unwrap() - 1462).to_string();
                }
            }
        }
    });
    desk.put("count-as-day.xlsx", |book| book.cell("thn.tiep_nhan", VALUE).format = Format::Day);
    desk.put("fraction-as-day.xlsx", |book| {
        book.type_in("thn.nhom_b", Value::number(46_145));
        book.cell("thn.nhom_b", VALUE).format = Format::Day;
    });
    desk.put("text-days.xlsx", |book| {
        for (label, day) in [
            ("Từ ngày", "15/12/2025 12:00:00 SA"),
            ("Đến ngày", "14/03/2026 11:59:59 CH"),
            ("Ngày lập", "18/03/2026 08:15:00 SA"),
        ] {
            let cell = book.declared(label);
            (cell.value, cell.format) = (text(day), Format::General);
        }
    });
    desk.put("digits-as-text.xlsx", |book| {
        for page in tables(book) {
            for cell in page.cells.values_mut() {
                if let Value::Number(number) = &cell.value {
                    cell.value = Value::Text(number.clone());
                }
            }
        }
    });
    desk.put("half-persons.xlsx", |book| book.type_in("thn.nhom_b", Value::Number("13.5".into())));
    desk.put("negative.xlsx", |book| book.type_in("thn.dua_ra", Value::number(-3)));
}
