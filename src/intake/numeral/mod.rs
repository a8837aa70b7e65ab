//! What a cell of the form means as a number: strict about locale, lenient about form.
//!
//! Vietnamese usage only: thousands are parted by a dot or a blank, decimals
//! follow a comma. What could mean two numbers is a fault with advice, never a
//! guess, and no digit of a value is any but one that was typed.
//!
//! This file knows the kinds of cell; `text` reads what was typed as text,
//! `mark` the words and signs that stand for nothing, `money` and `unit` what
//! may follow a number, `class` the levels of a classification. Days and
//! periods are read in `dates` and `periods`.

mod class;
mod mark;
mod money;
mod text;
mod unit;

#[cfg(test)]
pub(super) mod tests;

pub use class::class;
pub use money::{amount, is_money};

use crate::findings::Rule;
use crate::intake::workbook::CellValue;
use crate::vocabulary::number;
use crate::vocabulary::text::excerpt;

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

/// Reads a whole quantity. `None`: the cell is empty or says that there are no
/// figures yet, which is missing and not zero.
///
/// # Errors
/// When something is there that is not one certain whole number.
pub fn quantity(cell: Option<&CellValue>, expected: Quantity) -> Result<Option<Number>, Fault> {
    let number = match cell {
        None => return Ok(None),
        Some(CellValue::Number(number)) => plain(*number, expected.scale)?,
        Some(CellValue::Day(days)) => day_as_number(*days, expected.scale)?,
        Some(CellValue::Text(text)) => match text::quantity(text, expected)? {
            None => return Ok(None),
            Some(number) => number,
        },
        Some(other) => return Err(no_number(other)),
    };
    if number.value < 0 && !expected.signed {
        let found = cell.and_then(CellValue::text).filter(|text| text.contains('('));
        let message = match found {
            Some(text) => format!("Ô ghi “{}”; số trong ngoặc là số âm, cần số không âm", excerpt(text, 60)),
            None => format!("Ô ghi số âm {}, cần số không âm", number::whole(number.value)),
        };
        return Err(Fault::new(Rule::Negative, message, "Ghi số đúng, từ 0 trở lên, không đặt trong ngoặc"));
    }
    Ok(Some(number))
}

/// What holds no number whatever is expected.
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
        other => not_a_number(&other.shown(), "Chỉ ghi số; không phát sinh thì ghi 0"),
    }
}

fn not_a_number(found: &str, help: &str) -> Fault {
    Fault::new(Rule::NotANumber, format!("Ô ghi “{}”, cần một số nguyên", excerpt(found, 60)), help)
}

/// Beyond this, `f64` no longer tells whole numbers apart; no count and no amount of a commune comes near.
const LARGEST: i64 = 9_007_199_254_740_992;

fn too_large() -> Fault {
    Fault::new(Rule::NotANumber, "Ô ghi một số lớn quá mức", "Kiểm tra lại số và đơn vị tính")
}

/// A number that Excel holds. An amount in millions is another number than was typed, and said so.
fn plain(typed: f64, scale: i64) -> Result<Number, Fault> {
    let value = whole(typed, scale)?;
    let shown = typed.to_string().replace('.', ",");
    let repair = (scale > 1 && value != 0).then(|| {
        format!("{shown} theo đơn vị tính đã khai ({} đồng) đọc là {}", number::whole(scale), number::whole(value))
    });
    Ok(Number { value, repair })
}

/// A number that Excel holds, in units of `scale`.
fn whole(number: f64, scale: i64) -> Result<i64, Fault> {
    let product = number * scale as f64;
    if product.abs() >= LARGEST as f64 {
        return Err(too_large());
    }
    let nearest = product.round();
    // Sums of decimals in a formula, and the product above, miss a whole number by a few of its last
    // binary digits; whoever types a part types at least a hundredth.
    let noise = (product.abs() * 1e-14).clamp(1e-9, 0.005);
    if (product - nearest).abs() > noise {
        return Err(not_whole(&number.to_string().replace('.', ","), scale));
    }
    Ok(nearest as i64)
}

/// Serial numbers of 01/01/2000 and 31/12/2099: a count is hardly ever one, a date of a return always is.
const DATES: std::ops::RangeInclusive<f64> = 36_526.0..=73_050.0;

fn day_as_number(days: f64, scale: i64) -> Result<Number, Fault> {
    if DATES.contains(&days) {
        return Err(Fault::new(
            Rule::NotANumber,
            "Ô chứa ngày tháng, cần một số nguyên",
            "Đổi định dạng ô sang số rồi gõ lại số liệu; Excel tự đổi “3/5” thành ngày",
        ));
    }
    Ok(Number { value: whole(days, scale)?, repair: Some("ô định dạng ngày".to_owned()) })
}

fn not_whole(shown: &str, scale: i64) -> Fault {
    let message = if scale > 1 {
        format!("Ô ghi {shown}, đổi ra đồng không được số nguyên")
    } else {
        format!("Ô ghi {shown}, cần một số nguyên")
    };
    let decimals = shown.rsplit_once(',').map_or("", |(_, decimals)| decimals);
    let help = if decimals.len() == 3 {
        format!("Nếu muốn ghi {}, gõ lại không có dấu ngăn", shown.replace([',', '.'], ""))
    } else {
        "Ghi số nguyên, không có phần lẻ".to_owned()
    };
    Fault::new(Rule::NotWhole, message, help)
}
