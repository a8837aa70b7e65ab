//! Who reports, for which period, and in which version.

use chrono::NaiveDate;
use tongket::demo::spoil::book::{CODE, TITLE, Value};
use tongket::demo::spoil::pack::pack;
use tongket::form::Typed;

use super::Desk;

pub fn make(desk: &mut Desk) {
    let text = |text: &str| Value::text(text);
    desk.put("older-form-version.xlsx", |book| {
        book.declared("Phiên bản biểu mẫu").value = text("2025-thi-diem");
        book.cell("thn.tiep_nhan", TITLE).value = text("Số người nhận về trong kỳ");
        book.cell("thn.tiep_nhan", CODE).value = text("thn.nhan_ve");
        book.page("Biểu 01").name = "Mẫu 1".into();
    });
    desk.put("unknown-form-version.xlsx", |book| {
        book.declared("Phiên bản biểu mẫu").value = text("2019");
    });
    desk.put("name-of-another-unit.xlsx", |book| book.declared("Tên đơn vị").value = text("Xã Ân Hòa"));
    desk.put("name-without-accents.xlsx", |book| book.declared("Tên đơn vị").value = text("Xa An Thinh"));
    desk.put("only-a-name-without-accents.xlsx", |book| {
        book.declared("Mã đơn vị").value = text("");
        book.declared("Tên đơn vị").value = text("Xa An Thinh");
    });
    desk.put("only-a-name.xlsx", |book| book.declared("Mã đơn vị").value = text(""));
    desk.put("period-in-roman-numerals.xlsx", |book| {
        book.declared("Loại kỳ").value = text("Quý I/2026");
        book.declared("Kỳ số").value = text("");
        book.declared("Năm").value = text("");
    });
    desk.put("period-contradicts-itself.xlsx", |book| book.declared("Loại kỳ").value = text("Quý II"));
    desk.put("year-missing.xlsx", |book| book.declared("Năm").value = text(""));
    desk.put("misfiled/2026-Q2/Xã Ân Hòa.xlsx", |_| {});

    let mut early = desk.fill();
    early.estimate = true;
    early.made_on = NaiveDate::from_ymd_opt(2026, 3, 20);
    early.lines.get_mut("thn.tu_van").unwrap().value = Some(Typed::Number(1200));
    desk.put_bytes("estimate/so-uoc.xlsx", pack(&desk.book_of(&early)));
    desk.put("estimate/chinh-thuc.xlsx", |_| {});

    let mut again = desk.fill();
    again.submission = 2;
    let mut first = desk.fill();
    first.lines.get_mut("thn.tu_van").unwrap().value = Some(Typed::Number(2134));
    desk.put_bytes("corrected/lan-1.xlsx", pack(&desk.book_of(&first)));
    desk.put_bytes("corrected/lan-2.xlsx", pack(&desk.book_of(&again)));
    desk.put_bytes("conflict/ban-1.xlsx", pack(&desk.book_of(&first)));
    desk.put("conflict/ban-2.xlsx", |_| {});
    desk.put("twice/bao-cao.xlsx", |_| {});
    desk.put("twice/bao-cao (1).xlsx", |_| {});

    let mut other = desk.fill();
    other.unit = "99002".into();
    desk.put("copied/an-thinh.xlsx", |_| {});
    desk.put_bytes("copied/an-hoa.xlsx", pack(&desk.book_of(&other)));
}
