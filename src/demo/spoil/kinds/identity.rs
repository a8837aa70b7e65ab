//! Who reports, for which period, in which version.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::demo::spoil::book::{Book, Format, Value};
use crate::demo::spoil::kinds::Kind;
use crate::demo::spoil::legacy;
use crate::demo::spoil::work::{Further, Must, Work};
use crate::vocabulary::{MeasureCode, PeriodKind};

pub(super) const KINDS: &[Kind] = &[
    Kind { code: "own-file-name", spoil: own_file_name },
    Kind { code: "misfiled-under-period", spoil: misfiled_under_period },
    Kind { code: "misfiled-under-unit", spoil: misfiled_under_unit },
    Kind { code: "name-without-accents", spoil: name_without_accents },
    Kind { code: "unit-code-missing", spoil: unit_code_missing },
    Kind { code: "unit-code-as-number", spoil: unit_code_as_number },
    Kind { code: "unit-code-mistyped", spoil: unit_code_mistyped },
    Kind { code: "name-of-other-unit", spoil: name_of_other_unit },
    Kind { code: "only-name-without-accents", spoil: only_name_without_accents },
    Kind { code: "period-in-roman-numerals", spoil: roman_period },
    Kind { code: "period-contradicts-itself", spoil: period_contradicts },
    Kind { code: "period-missing", spoil: period_missing },
    Kind { code: "form-version-unknown", spoil: version_unknown },
    Kind { code: "counted-from-1904", spoil: from_1904 },
    Kind { code: "corrected-version", spoil: corrected },
    Kind { code: "estimate-then-official", spoil: estimate },
    Kind { code: "same-file-twice", spoil: twice },
    Kind { code: "conflicting-copies", spoil: conflict },
];

fn renamed(file: &str, name: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{name}")
}

fn own_file_name(work: &mut Work) -> Option<Must> {
    let unit = work.definitions.units.get(&work.sending.fill.unit)?;
    let title = work.sending.fill.period.title().replace('/', " năm ");
    let time = work.sending.fill.submission;
    work.file = renamed(&work.file, &format!("BC {title} - {} (lần {time}).xlsx", unit.name()));
    Some(Must::ReadSame)
}

fn misfiled_under_period(work: &mut Work) -> Option<Must> {
    let period = work.sending.fill.period;
    let other = period.previous()?;
    let name = work.file.rsplit('/').next()?.replace(&period.to_string(), &other.to_string());
    work.file = format!("{}/{other}/chuyen-nham_{name}", other.last_year());
    Some(Must::ReadSame)
}

/// Another unit of the register.
fn other_unit(work: &mut Work) -> Option<(String, String)> {
    let own = &work.sending.fill.unit;
    let others: Vec<_> = work.definitions.units.units.values().filter(|unit| unit.code != *own).collect();
    let at = work.dice.between(0, i64::try_from(others.len()).ok()?.checked_sub(1).filter(|last| *last >= 0)?);
    let other = others[at as usize];
    Some((other.code.to_string(), other.name().to_owned()))
}

fn misfiled_under_unit(work: &mut Work) -> Option<Must> {
    let (code, _) = other_unit(work)?;
    let own = work.sending.fill.unit.as_str();
    let name = work.file.rsplit('/').next()?.replace(own, &code);
    // Its own code, parted, so that two units' strays never meet and the name still speaks of the other.
    let (head, tail) = own.split_at(2);
    work.file = renamed(&work.file, &format!("nham-{head}-{tail}_{name}"));
    Some(Must::ReadSame)
}

fn name_without_accents(work: &mut Work) -> Option<Must> {
    let name = &mut work.book.declared("Tên đơn vị").value;
    let Value::Text(text) = name else { return None };
    *text = legacy::accentless(text);
    Some(Must::ReadSame)
}

fn unit_code_missing(work: &mut Work) -> Option<Must> {
    work.book.declared("Mã đơn vị").value = Value::text("");
    Some(Must::NeverGuess)
}

fn unit_code_as_number(work: &mut Work) -> Option<Must> {
    work.book.declared("Mã đơn vị").value = Value::Number(work.sending.fill.unit.to_string());
    Some(Must::ReadSame)
}

fn unit_code_mistyped(work: &mut Work) -> Option<Must> {
    work.book.declared("Mã đơn vị").value = Value::text("99O01");
    Some(Must::SetAside)
}

fn name_of_other_unit(work: &mut Work) -> Option<Must> {
    let (_, name) = other_unit(work)?;
    work.book.declared("Tên đơn vị").value = Value::text(name);
    Some(Must::SetAside)
}

fn only_name_without_accents(work: &mut Work) -> Option<Must> {
    work.book.declared("Mã đơn vị").value = Value::text("");
    name_without_accents(work)?;
    Some(Must::SetAside)
}

fn roman_period(work: &mut Work) -> Option<Must> {
    let period = work.sending.fill.period;
    if period.kind() != PeriodKind::Quarter {
        return None;
    }
    let roman = ["I", "II", "III", "IV"][usize::from(period.number()) - 1];
    work.book.declared("Loại kỳ").value = Value::text(format!("Quý {roman}"));
    work.book.declared("Kỳ số").value = Value::text("");
    Some(Must::ReadSame)
}

fn period_contradicts(work: &mut Work) -> Option<Must> {
    let period = work.sending.fill.period;
    if period.kind() != PeriodKind::Quarter {
        return None;
    }
    let other = ["II", "III", "IV", "I"][usize::from(period.number()) - 1];
    work.book.declared("Loại kỳ").value = Value::text(format!("Quý {other}"));
    Some(Must::SetAside)
}

/// The year left open: the days and headings of the workbook still tell it.
fn period_missing(work: &mut Work) -> Option<Must> {
    work.book.declared("Năm").value = Value::text("");
    Some(Must::NeverGuess)
}

fn version_unknown(work: &mut Work) -> Option<Must> {
    work.book.declared("Phiên bản biểu mẫu").value = Value::text("2019-thử");
    Some(Must::NeverGuess)
}

/// The same days, counted from another one.
fn from_1904(work: &mut Work) -> Option<Must> {
    work.book.from_1904 = true;
    for page in &mut work.book.pages {
        for cell in page.cells.values_mut() {
            if let (Value::Number(days), Format::Day) = (&mut cell.value, cell.format) {
                *days = (days.parse::<i64>().ok()? - 1462).to_string();
            }
        }
    }
    Some(Must::ReadSame)
}

/// A book with another number in one row, and what is meant in it.
fn other_number(work: &mut Work) -> Option<(Book, BTreeMap<MeasureCode, i64>)> {
    let (item, value) = work.one(|row, value| row.code.as_str() == "thn.tu_van" && value > 0)?;
    let (mut book, mut truth) = (work.book.clone(), work.truth());
    book.type_in(item.as_str(), Value::number(value + 2));
    truth.insert(item, value + 2);
    Some((book, truth))
}

fn second_name(file: &str, mark: &str) -> String {
    file.replace(".xlsx", &format!("_{mark}.xlsx"))
}

/// A first version with a slip comes before.
fn corrected(work: &mut Work) -> Option<Must> {
    let (mut book, truth) = other_number(work)?;
    let made_on = work.sending.fill.made_on? - Days::new(3);
    let days = made_on.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30)?).num_days();
    book.declared("Ngày lập").value = Value::number(days);
    let file = second_name(&work.file, "ban-dau");
    work.further.push(Further { file, book, truth, must: Must::ReadSame, days_before: 3 });
    Some(Must::ReadSame)
}

fn estimate(work: &mut Work) -> Option<Must> {
    if work.sending.fill.estimate {
        return None;
    }
    let (mut book, truth) = other_number(work)?;
    book.declared("Tính chất số liệu").value = Value::text("Ước");
    let file = second_name(&work.file, "so-uoc");
    work.further.push(Further { file, book, truth, must: Must::ReadSame, days_before: 0 });
    Some(Must::ReadSame)
}

fn twice(work: &mut Work) -> Option<Must> {
    let file = second_name(&work.file, "copy");
    let (book, truth) = (work.book.clone(), work.truth());
    work.further.push(Further { file, book, truth, must: Must::ReadSame, days_before: 0 });
    Some(Must::ReadSame)
}

/// Two versions of one day and one number: nobody can tell which counts.
fn conflict(work: &mut Work) -> Option<Must> {
    let (book, truth) = other_number(work)?;
    let file = second_name(&work.file, "ban-khac");
    work.further.push(Further { file, book, truth, must: Must::SetAside, days_before: 0 });
    Some(Must::SetAside)
}
