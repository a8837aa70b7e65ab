//! How numbers are typed.

use crate::demo::dice::Dice;
use crate::demo::spoil::book::{CUMULATIVE, Format, UNIT, VALUE, Value};
use crate::demo::spoil::kinds::Kind;
use crate::demo::spoil::work::{Must, Work};
use crate::vocabulary::number;

pub(super) const KINDS: &[Kind] = &[
    Kind { code: "digits-as-text", spoil: digits_as_text },
    Kind { code: "thousands-with-points", spoil: |work| grouped(work, ".") },
    Kind { code: "thousands-with-blanks", spoil: |work| grouped(work, " ") },
    Kind { code: "thousands-with-no-break-blanks", spoil: |work| grouped(work, "\u{a0}") },
    Kind { code: "unit-behind-number", spoil: unit_behind },
    Kind { code: "nil-marks", spoil: nil_marks },
    Kind { code: "needless-decimals", spoil: needless_decimals },
    Kind { code: "money-in-millions", spoil: money_in_millions },
    Kind { code: "count-formatted-as-day", spoil: count_as_day },
    Kind { code: "formula-with-value", spoil: formula_with_value },
    Kind { code: "approximation", spoil: approximation },
    Kind { code: "comma-for-thousands", spoil: comma },
    Kind { code: "point-taken-for-decimals", spoil: decimals },
    Kind { code: "formula-without-value", spoil: formula_without_value },
    Kind { code: "error-cell", spoil: error_cell },
    Kind { code: "not-a-finite-number", spoil: not_finite },
    Kind { code: "blank", spoil: blank },
    Kind { code: "words", spoil: words },
    Kind { code: "fraction-taken-for-day", spoil: fraction },
    Kind { code: "negative", spoil: negative },
    Kind { code: "half-persons", spoil: half },
    Kind { code: "row-twice", spoil: row_twice },
    Kind { code: "labels-swapped", spoil: labels_swapped },
];

fn digits_as_text(work: &mut Work) -> Option<Must> {
    work.retype(|_, _| true, |_, value| Value::text(value.to_string()))
}

fn grouped(work: &mut Work, mark: &'static str) -> Option<Must> {
    work.retype(|_, value| value >= 1000, move |_, value| Value::text(number::whole(value).replace('.', mark)))
}

fn unit_behind(work: &mut Work) -> Option<Must> {
    let (item, value) = work.one(|row, value| value > 0 && row.unit_of_measure != "đồng")?;
    let unit = &work.form.row(&item)?.unit_of_measure;
    work.book.type_in(item.as_str(), Value::text(format!("{value} {unit}")));
    Some(Must::ReadSame)
}

fn nil_marks(work: &mut Work) -> Option<Must> {
    const MARKS: [&str; 7] = ["-", "–", "Không", "không có", "KPS", "Không phát sinh", "—"];
    work.retype(|_, value| value == 0, |dice, _| Value::text(dice.pick(&MARKS)))
}

fn needless_decimals(work: &mut Work) -> Option<Must> {
    work.retype(|_, value| value > 0, |_, value| Value::text(format!("{value},0")))
}

/// Rows of money declared in triệu đồng, and filled so.
fn money_in_millions(work: &mut Work) -> Option<Must> {
    let money = work.counted(|row, _| row.unit_of_measure == "đồng");
    for (item, value) in &money {
        work.book.type_in(item.as_str(), Value::Number(millions(*value)));
        work.book.cell(item.as_str(), UNIT).value = Value::text("triệu đồng");
    }
    (!money.is_empty()).then_some(Must::ReadSame)
}

/// An amount in million đồng as Excel writes it.
fn millions(dong: i64) -> String {
    let text = format!("{}.{:06}", dong / 1_000_000, dong % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn count_as_day(work: &mut Work) -> Option<Must> {
    let (item, _) = work.one(|_, value| (1..300).contains(&value))?;
    work.book.cell(item.as_str(), VALUE).format = Format::Day;
    Some(Must::ReadSame)
}

fn formula_with_value(work: &mut Work) -> Option<Must> {
    work.retype(|_, value| value > 0, |_, value| Value::Formula(format!("{value}+0"), Some(value.to_string())))
}

fn approximation(work: &mut Work) -> Option<Must> {
    work.refuse_one(
        |_, value| value > 0,
        |dice, value| {
            let round = (value / 10 * 10).max(1);
            Value::text(match dice.between(0, 5) {
                0 => format!("~{value}"),
                1 => format!("khoảng {value}"),
                2 => format!("trên {round}"),
                3 => format!("{round}+"),
                4 => format!("{value}-{}", value + 5),
                _ => format!("gần {value}"),
            })
        },
    )
}

fn comma(work: &mut Work) -> Option<Must> {
    work.refuse_one(
        |_, value| (1000..1_000_000).contains(&value),
        |_, value| Value::text(number::whole(value).replace('.', ",")),
    )
}

/// Typed `1.234` where Excel expects a decimal point: the cell holds 1.234.
fn decimals(work: &mut Work) -> Option<Must> {
    let (item, value) = work.one(|_, value| (1000..1_000_000).contains(&value) && value % 1000 != 0)?;
    work.book.type_in(item.as_str(), Value::Number(format!("{}.{:03}", value / 1000, value % 1000)));
    work.book.cell(item.as_str(), VALUE).format = Format::Decimals;
    Some(Must::Refuse(vec![item]))
}

fn formula_without_value(work: &mut Work) -> Option<Must> {
    work.refuse_one(|_, _| true, |_, value| Value::Formula(format!("SUM({value})"), None))
}

fn error_cell(work: &mut Work) -> Option<Must> {
    let error = |dice: &mut Dice, _| Value::Error(dice.pick(&["#REF!", "#VALUE!", "#DIV/0!", "#N/A"]).to_owned());
    work.refuse_one(|_, _| true, error)
}

fn not_finite(work: &mut Work) -> Option<Must> {
    work.refuse_one(|_, _| true, |dice, _| Value::Number(dice.pick(&["NaN", "1E+999"]).to_owned()))
}

fn blank(work: &mut Work) -> Option<Must> {
    let required = work.counted(|row, _| row.required);
    let at = work.dice.between(0, i64::try_from(required.len()).ok()?.checked_sub(1)?);
    let (item, _) = required.into_iter().nth(at as usize)?;
    work.book.empty(item.as_str());
    Some(Must::Refuse(vec![item]))
}

fn words(work: &mut Work) -> Option<Must> {
    let words = ["nhiều", "đang rà soát", "như kỳ trước", "có", "xem phụ lục"];
    work.refuse_one(|_, _| true, |dice, _| Value::text(dice.pick(&words)))
}

/// Typed `3/5` and taken by Excel for the third of May.
fn fraction(work: &mut Work) -> Option<Must> {
    let (item, _) = work.one(|_, value| value > 0)?;
    work.book.type_in(item.as_str(), Value::number(46_145));
    work.book.cell(item.as_str(), VALUE).format = Format::Day;
    Some(Must::Refuse(vec![item]))
}

fn negative(work: &mut Work) -> Option<Must> {
    work.refuse_one(|row, value| !row.signed && value > 0, |_, value| Value::number(-value))
}

fn half(work: &mut Work) -> Option<Must> {
    work.refuse_one(|row, _| row.unit_of_measure == "người", |_, value| Value::Number(format!("{value}.5")))
}

/// A row copied below its table, with another number.
fn row_twice(work: &mut Work) -> Option<Must> {
    let (item, value) = work.one(|_, value| value > 0)?;
    let (at, row) = work.book.row_of(item.as_str())?;
    let page = &mut work.book.pages[at];
    page.insert_rows(row + 1, 1);
    for col in 0..=UNIT {
        if let Some(cell) = page.cells.get(&(row, col)).cloned() {
            page.cells.insert((row + 1, col), cell);
        }
    }
    page.cells.insert((row + 1, VALUE), Value::number(value + 1).into());
    Some(Must::Refuse(vec![item]))
}

/// Two rows whose titles changed places while codes and numbers stayed: whose number is it?
fn labels_swapped(work: &mut Work) -> Option<Must> {
    let (first, second) = ("thn.nhom_a", "thn.nhom_b");
    let (at, a) = work.book.row_of(first)?;
    let (_, b) = work.book.row_of(second)?;
    let cells = &mut work.book.pages[at].cells;
    let (upper, lower) = (cells.remove(&(a, 1))?, cells.remove(&(b, 1))?);
    cells.insert((a, 1), lower);
    cells.insert((b, 1), upper);
    cells.remove(&(a, CUMULATIVE));
    Some(Must::Refuse(vec![first.into(), second.into()]))
}
