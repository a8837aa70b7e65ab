//! What clerks type, and what it means: tables of real spellings, and laws that no spelling breaks.

use proptest::prelude::*;

use super::{Fault, Number, Quantity, class, quantity};
use crate::definitions::form::Class;
use crate::findings::Rule;
use crate::intake::spellings::lines;
use crate::intake::workbook::CellValue;
use crate::vocabulary::number;

/// Every table below, to be counted.
pub const TABLES: &[&str] = &[PEOPLE, OTHER_UNITS, SIGNED, MONEY, MILLIONS, RANKS, CELLS];

/// In a row of `người`.
const PEOPLE: &str = "
    12 → 12
    05 → 5
    0 → 0
    00 → 0
    1.234 → 1234
    1 234 → 1234
    `1\u{a0}234` → 1234
    `1\u{202f}234` → 1234
    `1\u{2009}234` → 1234
    １２ → 12
    １．２３４ → 1234
    1.234.567 → 1234567
    12 345 678 → 12345678
    12.345 → 12345
    1234,000 → 1234
    1.234,0 → 1234
    12,00 → 12
    12,0 → 12
    12. → 12
    '7 → 7
    ’7 → 7
    +3 → 3
    + 3 → 3
    12 người → 12
    12 Người → 12
    12 nguoi → 12
    12người → 12
    12 ng → 12
    12 ng. → 12
    12 người. → 12
    05 người → 5
    1.234 người → 1234
    `12\u{a0}người` → 12
    - → 0
    -- → 0
    – → 0
    — → 0
    − → 0
    ‐ → 0
    - - → 0
    Không → 0
    không → 0
    KHÔNG → 0
    không có → 0
    Không có. → 0
    0 có → 0
    ko → 0
    ko có → 0
    KPS → 0
    kps → 0
    K.P.S → 0
    Không phát sinh → 0
    không có phát sinh → 0
    Chưa phát sinh → 0
    Không có trường hợp nào → 0
    Không người → 0
    0 người → 0
    … → missing
    ... → missing
    ........ → missing
    ____ → missing
    x → missing
    X → missing
    ? → missing
    n/a → missing
    N/A → missing
    chưa → missing
    chưa có → missing
    chưa có số liệu → missing
    Chưa có số liệu. → missing
    (chưa có số liệu) → missing
    không có số liệu → missing
    chưa thống kê → missing
    chưa thống kê được → missing
    không thống kê → missing
    chưa tổng hợp → missing
    chưa báo cáo → missing
    chưa rõ → missing
    không rõ → missing
    đang cập nhật → missing
    đang tổng hợp → missing
    bổ sung sau → missing
    ~20 → approximate-number
    ≈ 20 → approximate-number
    ±20 → approximate-number
    trên 20 → approximate-number
    Trên 20 người → approximate-number
    hơn 20 → approximate-number
    khoảng 20 → approximate-number
    khoảng 20 người → approximate-number
    gần 20 → approximate-number
    dưới 20 → approximate-number
    xấp xỉ 20 → approximate-number
    ước 20 → approximate-number
    chừng 20 → approximate-number
    ít nhất 20 → approximate-number
    không quá 20 → approximate-number
    >20 → approximate-number
    >= 20 → approximate-number
    ≥20 → approximate-number
    < 20 → approximate-number
    ≤ 20 → approximate-number
    20-25 → approximate-number
    20 - 25 → approximate-number
    20–25 → approximate-number
    20÷25 → approximate-number
    20 đến 25 → approximate-number
    từ 20 đến 25 → approximate-number
    20 hoặc 21 → approximate-number
    20+ → approximate-number
    20 trở lên → approximate-number
    1,234 → not-a-number
    1,000 → not-a-number
    1,234,567 → not-a-number
    1,234.5 → not-a-number
    12.5 → not-a-number
    12.0 → not-a-number
    0.123 → not-a-number
    1.2345 → not-a-number
    1 234.567 → not-a-number
    1.234 567 → not-a-number
    12 34 → not-a-number
    12,5 → not-whole
    1.234,5 → not-whole
    12 lượt → not-a-number
    12 tổ → not-a-number
    mười hai → not-a-number
    Hai mươi mốt người → not-a-number
    12 (mười hai) → not-a-number
    12 (trong đó 3 nữ) → not-a-number
    12, nữ 3 → not-a-number
    12; nữ 3 → not-a-number
    12* → not-a-number
    5/12 → not-a-number
    12/3/2026 → not-a-number
    / → not-a-number
    Tổng: 12 → not-a-number
    có 12 người → not-a-number
    nhiều → not-a-number
    xem phụ lục → not-a-number
    98% → not-a-number
    98.0% → not-a-number
    98,5 % → not-a-number
    12 phần trăm → not-a-number
    1e3 → not-a-number
    12345678901234567890 → not-a-number
    =5+7 → formula-without-value
    -5 → negative
    −5 → negative
    (12) → negative
";

/// `row unit: spelling`.
const OTHER_UNITS: &str = "
    mô hình: 05 mô hình → 5
    mô hình: 2 MH → 2
    lượt: 1.200 lượt → 1200
    lượt: 350 lượt người → 350
    lượt: 12 lần → 12
    buổi: 4 buổi → 4
    KDC: 15 KDC → 15
    KDC: 15 khu dân cư → 15
    KDC: 15 thôn → 15
    tin, bài: 8 tin, bài → 8
    tin, bài: 8 tin → 8
    tin, bài: 8 tin bài → 8
    tin: 3 nguồn tin → 3
    vụ: 7 vụ → 7
    vụ: 7 vụ việc → 7
    đơn vị: 6 đơn vị → 6
    đơn vị: 6 đv → 6
    cơ sở: 3 cs → 3
    tiêu chí: 17 tiêu chí → 17
    tổ: 9 to → 9
    tổ: không tổ → 0
    tổ: 9 người → not-a-number
    mô hình: 2 mô hình mới → not-a-number
";

/// In a row that may be negative.
const SIGNED: &str = "
    -5 → -5
    − 5 → -5
    –5 → -5
    (5) → -5
    ( 1.234 ) → -1234
    （５） → -5
    +5 → 5
    -5 người → -5
    - → 0
    -(5) → not-a-number
    (5 người) → not-a-number
";

/// In a row of `đồng` whose sheet declares no other unit.
const MONEY: &str = "
    1.500.000 → 1500000
    1.500.000 đ → 1500000
    1.500.000đ → 1500000
    1.500.000 đồng → 1500000
    1.500.000 VNĐ → 1500000
    1500000 vnd → 1500000
    15 triệu đồng → 15000000
    15 triệu → 15000000
    15tr → 15000000
    15 trđ → 15000000
    15 tr.đ → 15000000
    1,5 triệu → 1500000
    500 nghìn đồng → 500000
    500 ngàn → 500000
    2 tỷ → 2000000000
    1,25 tỷ đồng → 1250000000
    1,2 tỉ đồng → 1200000000
    0 đồng → 0
    Không đồng → 0
    không → 0
    KPS → 0
    chưa quyết toán → not-a-number
    khoảng 15 triệu → approximate-number
    15-20 triệu → approximate-number
    1,500 triệu → not-a-number
    1.5 triệu → not-a-number
    1 tỷ 500 triệu → not-a-number
    15tr5 → not-a-number
    15 USD → not-a-number
    0,0000001 triệu → not-whole
    1.500.000,5 → not-whole
";

/// In a row of `đồng` whose sheet declares `triệu đồng`.
const MILLIONS: &str = "
    15 → 15000000
    1,5 → 1500000
    1.500 → 1500000000
    0,25 → 250000
    15 triệu → 15000000
    1.500.000 đồng → 1500000
    2 tỷ → 2000000000
    1,0000001 → not-whole
";

/// In a row of ranks Y, TB, K, XS.
const RANKS: &str = "
    XS → 4
    xs → 4
    Xuất sắc → 4
    xuat sac → 4
    Loại K → 3
    Khá → 3
    khá. → 3
    Xếp loại: Khá → wrong-class
    Trung bình → 2
    T.B → wrong-class
    Y → 1
    yếu → 1
    Tốt → wrong-class
    Không → wrong-class
    - → wrong-class
    x → wrong-class
    3 → wrong-class
    … → missing
    chưa → missing
    chưa xếp loại → missing
    Chưa phân loại → missing
    chưa có số liệu → missing
";

/// What a cell holds that is no text, in a row of `người`.
const CELLS: &str = "
    number 12 → 12
    number 0 → 0
    number 12.0000000001 → 12
    number 3.0000000000000004 → 3
    number 1000000000.5 → not-whole
    number 1.234 → not-whole
    number 12.5 → not-whole
    number 0.98 → not-whole
    number -5 → negative
    number 1e17 → not-a-number
    day 46096 → not-a-number
    day 12 → 12
    bool true → not-a-number
    error #REF! → error-cell
    error #DIV/0! → error-cell
    formula → formula-without-value
    empty → missing
";

fn text(text: &str) -> CellValue {
    CellValue::Text(text.into())
}

fn people() -> Quantity<'static> {
    Quantity { unit: "người", signed: false, scale: 1 }
}

fn dong(scale: i64) -> Quantity<'static> {
    Quantity { unit: "đồng", signed: false, scale }
}

fn ranks() -> Vec<Class> {
    [("Y", "Yếu"), ("TB", "Trung bình"), ("K", "Khá"), ("XS", "Xuất sắc")]
        .map(|(code, title)| Class { code: code.into(), title: title.into() })
        .into()
}

/// What a cell means in the words of the tables: a value, `missing` or a rule.
fn meaning(read: Result<Option<Number>, Fault>) -> String {
    match read {
        Ok(Some(number)) => number.value.to_string(),
        Ok(None) => "missing".into(),
        Err(fault) => {
            assert!(!fault.message.ends_with('.') && fault.help.chars().count() > 10, "{fault:?}");
            fault.rule.code().into()
        }
    }
}

#[track_caller]
fn holds(table: &'static str, count: usize, read: impl Fn(&'static str) -> Result<Option<Number>, Fault>) {
    let lines = lines(table);
    let wrong: Vec<String> = lines
        .iter()
        .map(|(typed, meant)| (typed, meant, meaning(read(typed))))
        .filter(|(_, meant, found)| found != *meant)
        .map(|(typed, meant, found)| format!("{typed:?} means {meant}, not {found}"))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(lines.len(), count);
}

#[test]
fn counts_are_read_as_vietnamese_write_them() {
    holds(PEOPLE, 150, |typed| quantity(Some(&text(typed)), people()));
}

#[test]
fn only_the_rows_own_unit_may_follow_a_number() {
    holds(OTHER_UNITS, 23, |line| {
        let (unit, typed) = line.split_once(": ").unwrap();
        quantity(Some(&text(typed)), Quantity { unit, ..Quantity::COUNT })
    });
}

#[test]
fn a_minus_or_parentheses_make_a_number_negative() {
    holds(SIGNED, 11, |typed| quantity(Some(&text(typed)), Quantity { signed: true, ..people() }));
}

#[test]
fn money_is_scaled_where_the_sheet_or_the_cell_says_so() {
    holds(MONEY, 31, |typed| quantity(Some(&text(typed)), dong(1)));
    holds(MILLIONS, 8, |typed| quantity(Some(&text(typed)), dong(1_000_000)));
    for (cell, scale, value) in
        [(1.5, 1_000_000, 1_500_000), (0.1, 1_000_000_000, 100_000_000), (0.1 + 0.2, 1_000_000_000, 300_000_000)]
    {
        assert_eq!(meaning(quantity(Some(&CellValue::Number(cell)), dong(scale))), value.to_string());
    }
    let too_fine = quantity(Some(&CellValue::Number(0.000_000_1)), dong(1_000_000));
    assert_eq!(too_fine.unwrap_err().message, "Ô ghi 0,0000001, đổi ra đồng không được số nguyên");
}

#[test]
fn classes_are_read_by_code_or_title_and_nothing_else() {
    holds(RANKS, 22, |typed| class(Some(&text(typed)), &ranks()));
    assert_eq!(class(Some(&CellValue::Number(1.0)), &ranks()).unwrap_err().rule, Rule::WrongClass);
    assert_eq!(class(None, &ranks()), Ok(None));
}

#[test]
fn cells_that_hold_no_text_are_numbers_or_faults() {
    holds(CELLS, 17, |line| {
        let (kind, content) = line.split_once(' ').unwrap_or((line, ""));
        let cell = match kind {
            "number" => CellValue::Number(content.parse().unwrap()),
            "day" => CellValue::Day(content.parse().unwrap()),
            "bool" => CellValue::Bool(true),
            "error" => CellValue::Error(content.into()),
            "formula" => CellValue::Unvalued,
            _ => return quantity(None, people()),
        };
        quantity(Some(&cell), people())
    });
}

#[test]
fn a_fault_says_what_to_do_about_it() {
    for (typed, rule, help) in [
        (text("1,234"), Rule::NotANumber, "Dấu phẩy là dấu thập phân: nếu là phần nghìn"),
        (text("12.5"), Rule::NotANumber, "Dấu chấm chỉ ngăn phần nghìn"),
        (text("mười hai"), Rule::NotANumber, "Ghi bằng chữ số, ví dụ 12"),
        (text("12 (trong đó 3 nữ)"), Rule::NotANumber, "Mỗi ô chỉ ghi một số"),
        (text("98%"), Rule::NotANumber, "Ghi số lượng, không ghi tỷ lệ phần trăm"),
        (text("12 lượt"), Rule::NotANumber, "Chỉ ghi số; đơn vị tính của dòng là “người”"),
        (text("~20"), Rule::ApproximateNumber, "Ghi số đúng đã chốt"),
        (text("(12)"), Rule::Negative, "Ghi số đúng, từ 0 trở lên, không đặt trong ngoặc"),
        (CellValue::Number(1.234), Rule::NotWhole, "Nếu muốn ghi 1234, gõ lại không có dấu ngăn"),
    ] {
        let fault = quantity(Some(&typed), people()).unwrap_err();
        assert!(fault.rule == rule && fault.help.starts_with(help), "{typed:?}: {fault:?}");
    }
}

#[test]
fn a_repair_says_what_was_typed_and_what_was_read() {
    let repair = |typed: &str, expected| quantity(Some(&text(typed)), expected).unwrap().unwrap().repair;
    assert_eq!(repair("12 người", people()).as_deref(), Some("chữ “12 người” đọc là 12"));
    assert_eq!(repair("15 triệu đồng", dong(1)).as_deref(), Some("chữ “15 triệu đồng” đọc là 15.000.000"));
    assert_eq!(repair("-", people()), None);
}

#[test]
fn two_lines_in_a_cell_are_two_numbers() {
    assert_eq!(meaning(quantity(Some(&text("12\n345")), people())), "not-a-number");
}

/// Cells as people may fill them: digits, marks, dashes, words of the trade, in any order.
fn typed() -> impl Strategy<Value = String> {
    let words =
        prop::sample::select(vec!["người", "triệu", "đồng", "tỷ", "không", "có", "khoảng", "x", "chưa", "lượt"]);
    let piece = prop_oneof![
        4 => "[0-9]{1,4}",
        2 => "[.,]",
        1 => "[ \u{a0}\u{202f}()+~>%/…_'１２３–−-]",
        1 => words.prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat())
}

fn digits(text: &str) -> String {
    let digit = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        c => c.is_ascii_digit().then_some(c),
    };
    text.chars().filter_map(digit).collect()
}

proptest! {
    /// Every digit of the value was typed, in that order; only zeros come and go: in front, behind
    /// the comma, and by the declared scale.
    #[test]
    fn no_digit_is_ever_invented(typed in typed(), scale in prop::sample::select(vec![1, 1_000, 1_000_000]), signed: bool) {
        for expected in [Quantity { signed, ..people() }, Quantity { signed, ..dong(scale) }] {
            if let Ok(Some(number)) = quantity(Some(&text(&typed)), expected) {
                let bare = |digits: String| digits.trim_matches('0').to_owned();
                prop_assert_eq!(bare(number.value.unsigned_abs().to_string()), bare(digits(&typed)), "{:?}", &typed);
            }
        }
    }

    /// In a row without a scale nothing but leading zeros and decimal zeros is dropped.
    #[test]
    fn a_count_is_the_number_that_was_typed(typed in typed()) {
        if let Ok(Some(number)) = quantity(Some(&text(&typed)), people()) {
            let typed_number = digits(typed.split(',').next().unwrap());
            prop_assert_eq!(number.value.to_string(), if number.value == 0 { "0" } else { typed_number.trim_start_matches('0') });
        }
    }

    /// What was read, written the Vietnamese way or plainly, reads as itself.
    #[test]
    fn reading_a_reading_changes_nothing(typed in typed(), scale in prop::sample::select(vec![1, 1_000, 1_000_000])) {
        let signed = Quantity { signed: true, ..dong(scale) };
        if let Ok(Some(number)) = quantity(Some(&text(&typed)), signed) {
            let again = |cell| quantity(Some(&cell), Quantity { scale: 1, ..signed }).unwrap().unwrap().value;
            prop_assert_eq!(again(text(&number::whole(number.value))), number.value);
            prop_assert_eq!(again(text(&number.value.to_string())), number.value);
            prop_assert_eq!(again(CellValue::Number(number.value as f64)), number.value);
        }
    }

    /// A number cell is the whole number nearest to it, at most a hair away, or none.
    #[test]
    fn a_number_cell_is_never_rounded_away(value in -1e12..1e12f64) {
        let read = quantity(Some(&CellValue::Number(value)), Quantity { signed: true, ..people() });
        match read {
            Ok(Some(number)) => prop_assert!((number.value as f64 - value).abs() <= 0.005),
            other => prop_assert!(other.unwrap_err().rule == Rule::NotWhole && value.fract() != 0.0),
        }
    }

    /// Nothing that can stand in a cell makes the reader fall.
    #[test]
    fn any_text_and_any_number_is_answered(typed in "\\PC{0,40}", bits: u64) {
        let _ = quantity(Some(&text(&typed)), dong(1_000_000_000));
        let _ = class(Some(&text(&typed)), &ranks());
        let _ = quantity(Some(&CellValue::Number(f64::from_bits(bits))), dong(1_000_000_000));
    }
}
