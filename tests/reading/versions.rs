//! Older versions of the form, unknown ones, and none.

use tongket::intake::Outcome;

use crate::inbox::{Book, Rows};

fn pilot() -> Rows<'static> {
    vec![
        vec!["Chỉ tiêu", "Mã số", "Trong kỳ"],
        vec!["Số người nhận về địa phương trong kỳ", "thn.nhan_ve", "4"],
        vec!["Số người đã ký cam kết", "thn.cam_ket", "9"],
        vec!["– được đặc xá", "thn.vao_dac_xa", "1"],
        vec!["Số cuộc tuyên truyền", "tt.cuoc", "3"],
        vec!["Số tổ có 4 thành phần", "", "2"],
    ]
}

#[test]
fn a_return_on_the_pilot_form_is_read_through_the_map() {
    let read = Book::new().cover("2025-thi-diem").sheet("Mẫu 1", &pilot(), |_| {}).read();
    let values = ["thn.tiep_nhan", "thn.vao_dac_xa", "tt.buoi", "thn.to_du_thanh_phan"].map(|code| read.value(code));
    assert_eq!(values, ["C2 = 4", "C4 = 1", "C5 = 3", "C6 = 2"]);
    assert_eq!(read.entry("thn.tiep_nhan").repairs, ["mã số cũ thn.nhan_ve đọc là thn.tiep_nhan"]);
    assert_eq!(read.ret().form_version, "2025-thi-diem");
    assert_eq!(read.rules(), ["old-form-version", "read-by-title"]);
    assert_eq!(
        read.finding("old-form-version").message,
        "Báo cáo lập trên Biểu mẫu thí điểm 2025 (2025-thi-diem), đọc theo 2026.1; biểu cũ không có 3 chỉ tiêu hiện nay"
    );
    // What was not on it is not missing.
    let told = read
        .0
        .findings
        .iter()
        .filter_map(|finding| finding.item.as_ref())
        .any(|item| item.as_str() == "thn.dieu_chinh");
    assert!(!told);
}

#[test]
fn codes_of_the_pilot_form_mean_nothing_on_the_form_of_today() {
    let read = Book::new().cover("2026.1").sheet("Biểu 01", &pilot(), |_| {}).read();
    assert_eq!((read.value("thn.tiep_nhan").as_str(), read.value("thn.vao_dac_xa").as_str()), ("absent", "C4 = 1"));
}

#[test]
fn an_unknown_version_is_set_aside_with_where_the_form_is() {
    let read = Book::new().cover("2024.9").sheet("Mẫu 1", &pilot(), |_| {}).read();
    assert_eq!(read.0.returns.len(), 0);
    let finding = read.finding("unknown-form-version");
    assert_eq!(finding.message, "Phiên bản biểu mẫu “2024.9”, cần 2025-thi-diem hoặc 2026.1");
    assert!(
        finding.help.starts_with("Tải biểu mẫu mới")
            && finding.help.contains("tongket template --period 2026-Q1 --unit 99001")
    );
}

#[test]
fn a_form_that_says_no_version_is_known_by_its_codes() {
    let read = Book::new().cover("").sheet("Mẫu 1", &pilot(), |_| {}).read();
    assert_eq!((read.ret().form_version.as_str(), read.value("thn.tiep_nhan").as_str()), ("2025-thi-diem", "C2 = 4"));
    assert_eq!(read.rules(), ["no-form-version", "read-by-title"]);

    let rows =
        vec![vec!["Mã số", "Trong kỳ"], vec!["thn.tiep_nhan", "4"], vec!["thn.dua_ra", "4"], vec!["tt.buoi", "4"]];
    let read = Book::new().cover("").sheet("Biểu 01", &rows, |_| {}).read();
    assert_eq!((read.ret().form_version.as_str(), read.rules()), ("2026.1", vec!["no-form-version"]));

    let read = Book::new().cover("").sheet("Biểu 01", &vec![vec!["Mã số", "Trong kỳ"], vec!["1", "2"]], |_| {}).read();
    assert_eq!(
        read.finding("unknown-form-version").message,
        "Không thấy phiên bản biểu mẫu, cần 2025-thi-diem hoặc 2026.1"
    );
}

#[test]
fn values_of_the_pilot_form_count() {
    let read = Book::new().cover("2025-thi-diem").sheet("Mẫu 1", &pilot(), |_| {}).read();
    assert_eq!(read.ret().outcome, Outcome::AcceptedInPart, "most rows are missing in so small a table");
}
