//! What a cell of the form means as a number: strict about locale, lenient about form.
//!
//! Vietnamese usage only: thousands are parted by a dot or a blank, decimals
//! follow a comma. What could mean two numbers is a fault with advice, never a
//! guess. Dates and periods are read in `dates`.

use crate::definitions::form::Class;
use crate::findings::Rule;
use crate::intake::workbook::CellValue;
use crate::vocabulary::number;
use crate::vocabulary::text::{excerpt, name_key, plain_key};

/// A number found in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value; for a class its position from 1.
    pub value: i64,
    /// How it was read when it was not typed as a plain number, in Vietnamese.
    pub repair: Option<String>,
}

/// Why a cell gives no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule that is broken.
    pub rule: Rule,
    /// What was found and what was expected.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    fn new(rule: Rule, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { rule, message: message.into(), help: help.into() }
    }
}

/// What a cell is expected to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity<'a> {
    /// The row's own unit of measure, which may follow the number: `12 người`.
    pub unit: &'a str,
    /// Whether it may be negative.
    pub signed: bool,
    /// How many whole units one of the declared unit is: 1,000,000 when the sheet says `triệu đồng`.
    pub scale: i64,
}

impl Quantity<'_> {
    /// A plain count without a unit.
    pub const COUNT: Quantity<'static> = Quantity { unit: "", signed: false, scale: 1 };
}

/// Reads a whole quantity. `None`: the cell is empty, which is missing and not zero.
///
/// # Errors
/// When something is there that is not one certain whole number.
pub fn quantity(cell: Option<&CellValue>, expected: Quantity) -> Result<Option<Number>, Fault> {
    let (value, repair) = match cell {
        None => return Ok(None),
        Some(CellValue::Number(number)) => (whole(*number, expected.scale)?, None),
        Some(CellValue::Day(days)) => (whole_of_day(*days, expected.scale)?, Some("ô định dạng ngày".to_owned())),
        Some(CellValue::Text(text)) => match text_quantity(text, expected)? {
            None => return Ok(None),
            Some(number) => (number.value, number.repair),
        },
        Some(other) => return Err(no_number(other)),
    };
    if value < 0 && !expected.signed {
        return Err(Fault::new(
            Rule::Negative,
            format!("Ô ghi số âm {}, cần số không âm", number::whole(value)),
            "Ghi số đúng, từ 0 trở lên",
        ));
    }
    Ok(Some(Number { value, repair }))
}

/// Reads a class as its position from 1. `None`: the cell is empty.
///
/// # Errors
/// When something is there that is no class of the list.
pub fn class(cell: Option<&CellValue>, classes: &[Class]) -> Result<Option<Number>, Fault> {
    let text = match cell {
        None => return Ok(None),
        Some(CellValue::Text(text)) if is_filler(text) => return Ok(None),
        Some(CellValue::Text(text)) => text,
        Some(CellValue::Error(_) | CellValue::Unvalued) => return Err(no_number(cell.expect("matched above"))),
        Some(other) => return Err(wrong_class(&other.shown(), classes)),
    };
    // Codes such as `Y` and `TB`, and titles with or without marks, are far apart: folding them is safe.
    let key = plain_key(text);
    let key = key.trim_end_matches('.');
    let found = classes.iter().position(|class| plain_key(&class.code) == key || plain_key(&class.title) == key);
    match found {
        Some(at) => Ok(Some(Number { value: at as i64 + 1, repair: None })),
        None => Err(wrong_class(text, classes)),
    }
}

fn wrong_class(found: &str, classes: &[Class]) -> Fault {
    let list: Vec<String> = classes
        .iter()
        .map(|class| match name_key(&class.code) == name_key(&class.title) {
            true => class.code.clone(),
            false => format!("{} ({})", class.code, class.title),
        })
        .collect();
    let message = format!("Ô ghi “{}”, cần một trong các mức: {}", excerpt(found, 60), list.join(", "));
    Fault::new(Rule::WrongClass, message, "Chọn một mức trong danh sách thả xuống của ô")
}

fn no_number(cell: &CellValue) -> Fault {
    match cell {
        CellValue::Error(error) => Fault::new(
            Rule::ErrorCell,
            format!("Ô báo lỗi {}, không có giá trị", excerpt(error, 20)),
            "Sửa công thức hoặc gõ thẳng số liệu vào ô",
        ),
        CellValue::Unvalued => Fault::new(
            Rule::FormulaWithoutValue,
            "Ô có công thức nhưng tệp không lưu kết quả tính",
            "Mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi gửi",
        ),
        other => Fault::new(
            Rule::NotANumber,
            format!("Ô ghi “{}”, cần một số nguyên", excerpt(&other.shown(), 60)),
            "Chỉ ghi số; không phát sinh thì ghi 0",
        ),
    }
}

/// Beyond this, `f64` no longer tells whole numbers apart.
const LARGEST: f64 = 9_007_199_254_740_992.0;

fn whole(number: f64, scale: i64) -> Result<i64, Fault> {
    if number.abs() >= LARGEST {
        return Err(Fault::new(Rule::NotANumber, "Ô ghi một số lớn quá mức", "Kiểm tra lại số và đơn vị tính"));
    }
    if scale > 1 {
        // The shortest decimal that stands for the number is what was typed.
        let typed = format!("{number}");
        let (units, decimals) = typed.split_once('.').unwrap_or((&typed, ""));
        return scaled(units, decimals, scale).ok_or_else(|| not_whole(&typed.replace('.', ","), scale));
    }
    let nearest = number.round();
    // Sums of decimals in a formula miss a whole number by less than this.
    if (number - nearest).abs() > 1e-9 * number.abs().max(1.0) {
        return Err(not_whole(&number.to_string().replace('.', ","), scale));
    }
    Ok(nearest as i64)
}

/// Serial numbers of 01/01/2000 and 31/12/2099: a count is hardly ever one, a date of a return always is.
const DATES: std::ops::RangeInclusive<f64> = 36_526.0..=73_050.0;

fn whole_of_day(days: f64, scale: i64) -> Result<i64, Fault> {
    if DATES.contains(&days) {
        return Err(Fault::new(
            Rule::NotANumber,
            "Ô chứa ngày tháng, cần một số nguyên",
            "Đổi định dạng ô sang số rồi gõ lại số liệu; Excel tự đổi “3/5” thành ngày",
        ));
    }
    whole(days, scale)
}

fn not_whole(shown: &str, scale: i64) -> Fault {
    let message = if scale > 1 {
        format!("Ô ghi {shown}, đổi ra đồng không được số nguyên")
    } else {
        format!("Ô ghi {shown}, cần một số nguyên")
    };
    let decimals = shown.rsplit_once(',').map_or("", |(_, decimals)| decimals);
    let help = if decimals.len() == 3 {
        format!("Nếu muốn ghi {}, gõ lại không có dấu ngăn", shown.replace(',', ""))
    } else {
        "Ghi số nguyên, không có phần lẻ".to_owned()
    };
    Fault::new(Rule::NotWhole, message, help)
}

/// `units,decimals × scale` when it is whole and fits.
fn scaled(units: &str, decimals: &str, scale: i64) -> Option<i64> {
    let decimals = decimals.trim_end_matches('0');
    let digits: i128 = format!("{units}{decimals}").parse().ok()?;
    let divisor = 10i128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let product = digits.checked_mul(i128::from(scale))?;
    if product % divisor != 0 {
        return None;
    }
    i64::try_from(product / divisor).ok()
}

fn text_quantity(text: &str, expected: Quantity) -> Result<Option<Number>, Fault> {
    if is_filler(text) {
        return Ok(None);
    }
    // A dash is an answer: the commune looked and had none. A blank is not; it
    // stays missing, and the reporting rate shows it.
    if is_nil(text) {
        return Ok(Some(Number { value: 0, repair: None }));
    }
    if is_approximate(text) {
        return Err(Fault::new(
            Rule::ApproximateNumber,
            format!("Ô ghi “{}” là số ước chừng, cần số chính xác", excerpt(text, 60)),
            "Ghi số đúng đã chốt; nếu cả báo cáo là số ước thì chọn “Ước” ở Biểu 00",
        ));
    }
    let (digits, unit) = part_unit(text);
    if !unit.is_empty() && !is_unit(unit, expected.unit) {
        return Err(not_a_number(text, &unit_advice(unit, expected.unit)));
    }
    let value = vietnamese(digits, expected.scale).map_err(|why| match why {
        Why::NotWhole => not_whole(digits, expected.scale),
        Why::Ambiguous => not_a_number(
            text,
            "Dấu phẩy là dấu thập phân: nếu là phần nghìn thì ghi dấu chấm (1.234) hoặc không ghi dấu (1234)",
        ),
        Why::NoNumber => not_a_number(text, "Chỉ ghi số, phần nghìn ngăn bằng dấu chấm: 1.234 hoặc 1234"),
    })?;
    let repair = format!("chữ “{}” đọc là {}", excerpt(text, 60), number::whole(value));
    Ok(Some(Number { value, repair: Some(repair) }))
}

fn not_a_number(text: &str, help: &str) -> Fault {
    Fault::new(Rule::NotANumber, format!("Ô ghi “{}”, cần một số nguyên", excerpt(text, 60)), help)
}

/// Dots and underscores left from a printed form.
fn is_filler(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '.' | '…' | '_' | ' '))
}

/// What stands for zero: a dash, “Không”, “KPS” (không phát sinh).
fn is_nil(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | ' '))
        || ["khong", "khong co", "khong phat sinh", "kps", "k.p.s"].contains(&plain_key(text).trim_end_matches('.'))
}

fn is_approximate(text: &str) -> bool {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '÷');
    let range = text.char_indices().any(|(at, c)| {
        is_dash(c)
            && text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit())
            && text[at + c.len_utf8()..].trim_start().starts_with(|c: char| c.is_ascii_digit())
    });
    range
        || text.contains(['~', '≈', '±', '>', '<', '≥', '≤'])
        || text.trim_end().ends_with('+')
        || plain_key(text)
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| ["khoang", "tren", "gan", "hon", "duoi", "xap", "chung", "den", "uoc"].contains(&word))
}

/// Parts `12 người` into `12` and `người`.
fn part_unit(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches('\'');
    let at = text.find(char::is_alphabetic).unwrap_or(text.len());
    (text[..at].trim_end(), text[at..].trim_end_matches('.'))
}

fn is_unit(found: &str, own: &str) -> bool {
    let found = name_key(found);
    found == name_key(own) || (own == "đồng" && ["đ", "vnđ", "vnd", "đồng"].iter().any(|unit| name_key(unit) == found))
}

fn unit_advice(found: &str, own: &str) -> String {
    match money_scale(found) {
        Some(scale) if own == "đồng" && scale > 1 => {
            format!("Ghi đủ số đồng, ví dụ 5 {found} ghi {}", number::whole(5 * scale))
        }
        _ if own.is_empty() => "Chỉ ghi số".to_owned(),
        _ => format!("Chỉ ghi số; đơn vị tính của dòng là “{own}”"),
    }
}

/// How many đồng the unit of measure stands for, when it is one of money.
pub fn money_scale(unit: &str) -> Option<i64> {
    let key: String = plain_key(unit).chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    Some(match key.as_str() {
        "dong" | "d" | "vnd" => 1,
        "nghindong" | "ngandong" | "nghin" | "ngan" | "1000dong" | "1000d" | "nghind" | "ngand" => 1_000,
        "trieudong" | "trieu" | "trd" | "trdong" | "tr" => 1_000_000,
        "tydong" | "ty" | "tyd" | "tidong" => 1_000_000_000,
        _ => return None,
    })
}

enum Why {
    NoNumber,
    NotWhole,
    Ambiguous,
}

/// A number in Vietnamese writing, times `scale`.
fn vietnamese(text: &str, scale: i64) -> Result<i64, Why> {
    let (sign, rest) = match text.chars().next() {
        Some(c @ ('-' | '−' | '–')) => ("-", text[c.len_utf8()..].trim_start()),
        Some('+') => ("", text[1..].trim_start()),
        _ => ("", text),
    };
    let (units, decimals) = match rest.split_once(',') {
        Some((units, decimals)) => (units, Some(decimals)),
        None => (rest.trim_end_matches('.'), None),
    };
    let plain = units.bytes().all(|byte| byte.is_ascii_digit());
    if units.is_empty() || !(plain || is_grouped(units, '.') || is_grouped(units, ' ')) {
        return Err(Why::NoNumber);
    }
    if let Some(decimals) = decimals {
        if decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(if decimals.contains(',') { Why::Ambiguous } else { Why::NoNumber });
        }
        // `1,000` is one in Vietnamese writing and a thousand in English.
        if plain && units.len() <= 3 && decimals.len() == 3 {
            return Err(Why::Ambiguous);
        }
    }
    let digits: String = units.chars().filter(char::is_ascii_digit).collect();
    scaled(&format!("{sign}{digits}"), decimals.unwrap_or(""), scale).ok_or(Why::NotWhole)
}

/// Groups of three digits after a first one of one to three that is not `0`.
fn is_grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or("");
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && digits(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> CellValue {
        CellValue::Text(text.into())
    }

    fn people() -> Quantity<'static> {
        Quantity { unit: "người", signed: false, scale: 1 }
    }

    fn dong(scale: i64) -> Quantity<'static> {
        Quantity { unit: "đồng", signed: false, scale }
    }

    #[track_caller]
    fn reads(cell: CellValue, expected: Quantity, value: i64) {
        assert_eq!(quantity(Some(&cell), expected).map(|n| n.map(|n| n.value)), Ok(Some(value)), "{cell:?}");
    }

    #[track_caller]
    fn breaks(cell: CellValue, expected: Quantity, rule: Rule) {
        assert_eq!(quantity(Some(&cell), expected).map_err(|fault| fault.rule), Err(rule), "{cell:?}");
    }

    #[test]
    fn a_dash_is_zero_and_a_blank_is_missing() {
        for nil in ["-", "–", "—", "--", "Không", "không có", "KPS", "Không phát sinh"] {
            reads(text(nil), people(), 0);
        }
        assert_eq!(quantity(None, people()), Ok(None));
        for filler in ["…", ".....", "____"] {
            assert_eq!(quantity(Some(&text(filler)), people()), Ok(None));
        }
    }

    #[test]
    fn text_numbers_are_read_as_vietnamese_write_them() {
        for (typed, value) in [
            ("12", 12),
            ("05", 5),
            ("1.234", 1234),
            ("1 234", 1234),
            ("1.234.567", 1_234_567),
            ("1.234,0", 1234),
            ("12,00", 12),
            ("12.", 12),
            ("12 người", 12),
            ("1.234 Người", 1234),
            ("'7", 7),
            ("+3", 3),
        ] {
            reads(text(typed), people(), value);
        }
        let read = quantity(Some(&text("12 người")), people()).unwrap().unwrap();
        assert_eq!(read.repair.as_deref(), Some("chữ “12 người” đọc là 12"));
    }

    #[test]
    fn what_could_mean_two_numbers_is_no_number() {
        for typed in ["1,234", "1,000", "1,234,567"] {
            breaks(text(typed), people(), Rule::NotANumber);
        }
        for typed in ["12 lượt", "mười hai", "12/3", "98%", "x", "0.123", "12.5", "1.2345", "1 234.567", "(12)"] {
            breaks(text(typed), people(), Rule::NotANumber);
        }
        breaks(CellValue::Bool(true), people(), Rule::NotANumber);
        breaks(text("12,5"), people(), Rule::NotWhole);
    }

    #[test]
    fn a_decimal_that_excel_holds_is_not_a_thousand() {
        breaks(CellValue::Number(1.234), people(), Rule::NotWhole);
        let fault = quantity(Some(&CellValue::Number(1.234)), people()).unwrap_err();
        assert_eq!(fault.help, "Nếu muốn ghi 1234, gõ lại không có dấu ngăn");
        reads(CellValue::Number(12.0), people(), 12);
        reads(CellValue::Number(0.1 + 0.2 + 2.7), people(), 3);
        breaks(CellValue::Number(1e17), people(), Rule::NotANumber);
    }

    #[test]
    fn approximations_are_errors() {
        for typed in ["~20", "trên 20", "khoảng 20 người", "gần 20", "20–25", "10 - 12", "20+", ">20", "từ 5 đến 7"]
        {
            breaks(text(typed), people(), Rule::ApproximateNumber);
        }
    }

    #[test]
    fn only_a_signed_row_may_be_negative() {
        breaks(text("-5"), people(), Rule::Negative);
        breaks(CellValue::Number(-5.0), people(), Rule::Negative);
        let signed = Quantity { signed: true, ..people() };
        reads(text("−5"), signed, -5);
        reads(CellValue::Number(-5.0), signed, -5);
    }

    #[test]
    fn money_is_scaled_by_the_declared_unit_only() {
        reads(text("1.500.000 đ"), dong(1), 1_500_000);
        breaks(text("500 triệu"), dong(1), Rule::NotANumber);
        let fault = quantity(Some(&text("500 triệu")), dong(1)).unwrap_err();
        assert_eq!(fault.help, "Ghi đủ số đồng, ví dụ 5 triệu ghi 5.000.000");
        reads(text("1,5"), dong(1_000_000), 1_500_000);
        reads(CellValue::Number(1.5), dong(1_000_000), 1_500_000);
        reads(CellValue::Number(0.1), dong(1_000_000_000), 100_000_000);
        breaks(CellValue::Number(0.000_000_1), dong(1_000_000), Rule::NotWhole);
        for (unit, scale) in [
            ("đồng", 1),
            ("Triệu đồng", 1_000_000),
            ("tr.đ", 1_000_000),
            ("1.000 đồng", 1000),
            ("tỷ đồng", 1_000_000_000),
        ] {
            assert_eq!(money_scale(unit), Some(scale), "{unit}");
        }
        assert_eq!(money_scale("người"), None);
    }

    #[test]
    fn a_date_in_a_count_is_an_error_and_a_count_shown_as_a_date_is_not() {
        breaks(CellValue::Day(46_096.0), people(), Rule::NotANumber);
        reads(CellValue::Day(12.0), people(), 12);
    }

    #[test]
    fn errors_and_formulas_without_a_value_are_told_apart() {
        breaks(CellValue::Error("#REF!".into()), people(), Rule::ErrorCell);
        breaks(CellValue::Unvalued, people(), Rule::FormulaWithoutValue);
    }

    #[test]
    fn classes_are_read_by_code_or_title_and_nothing_else() {
        let classes: Vec<Class> = [("Y", "Yếu"), ("TB", "Trung bình"), ("K", "Khá"), ("XS", "Xuất sắc")]
            .map(|(code, title)| Class { code: code.into(), title: title.into() })
            .into();
        for (typed, place) in [("XS", 4), ("xs", 4), ("Khá", 3), ("kha", 3), ("trung bình", 2), ("Y", 1)] {
            assert_eq!(class(Some(&text(typed)), &classes).unwrap().unwrap().value, place, "{typed}");
        }
        assert_eq!(class(Some(&text("Tốt")), &classes).unwrap_err().rule, Rule::WrongClass);
        assert_eq!(class(Some(&CellValue::Number(1.0)), &classes).unwrap_err().rule, Rule::WrongClass);
        assert_eq!(class(None, &classes), Ok(None));
    }
}
