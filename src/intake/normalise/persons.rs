//! What a commune is told about a sheet that was closed: never more than an address.

use crate::findings::{Finding, Place, Rule};
use crate::intake::personal_data::Sign;

/// The finding on a sheet that tells of persons; `place` is the sheet.
pub(super) fn finding(sign: Sign, place: Place) -> Finding {
    let (place, message, help) = match sign {
        Sign::Headings(cell) => (
            place.cell(cell),
            format!("Trang tính có tiêu đề của danh sách người (từ ô {cell}), không được đọc"),
            "Xóa trang tính này, kiểm tra cả trang ẩn, rồi gửi lại báo cáo chỉ có số tổng hợp",
        ),
        Sign::Numbers(cell) => (
            place.cell(cell),
            format!("Trang tính có cột số định danh hoặc số điện thoại của người (từ ô {cell}), không được đọc"),
            "Xóa cột hoặc trang tính này, kiểm tra cả hàng, cột ẩn, rồi gửi lại báo cáo chỉ có số tổng hợp",
        ),
        Sign::Names(cell) => (
            place.cell(cell),
            format!("Trang tính có cột họ tên người (từ ô {cell}), không được đọc"),
            "Xóa cột hoặc trang tính này, kiểm tra cả hàng, cột ẩn, rồi gửi lại báo cáo chỉ có số tổng hợp",
        ),
        Sign::Cell(cell) => (
            place.cell(cell),
            format!("Ô {cell} có thông tin về một người, trang tính không được đọc"),
            "Xóa họ tên, số định danh và thông tin riêng trong ô, rồi gửi lại báo cáo",
        ),
        Sign::Comment(cell) => (
            place.cell(cell),
            format!("Ghi chú gắn với ô {cell} có thông tin về một người, trang tính không được đọc"),
            "Xóa ghi chú (Review → Delete), rồi gửi lại báo cáo",
        ),
        Sign::SheetName => (
            place,
            "Tên trang tính là tên người hoặc tên danh sách người, trang tính không được đọc".to_owned(),
            "Xóa trang tính này, rồi gửi lại báo cáo chỉ có số tổng hợp",
        ),
    };
    Finding::of(Rule::PersonalData, place, message, help)
}
