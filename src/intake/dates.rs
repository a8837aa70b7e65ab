//! Days and periods as people write them: day before month, always.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate};

use crate::intake::workbook::CellValue;
use crate::vocabulary::Period;
use crate::vocabulary::text::plain_key;

/// Years a return can speak of.
const YEARS: RangeInclusive<i32> = 2000..=2099;

/// A day. `None` when the cell holds none that is certain.
pub fn day(cell: &CellValue) -> Option<NaiveDate> {
    match cell {
        CellValue::Day(days) | CellValue::Number(days) => serial(*days),
        CellValue::Text(text) => text_day(text),
        _ => None,
    }
}

fn serial(days: f64) -> Option<NaiveDate> {
    // 73,050 is 31/12/2099; below 61 Excel counts a day that never was.
    if !(61.0..73_051.0).contains(&days) {
        return None;
    }
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    epoch.checked_add_days(Days::new(days as u64)).filter(|day| YEARS.contains(&day.year()))
}

/// `5/3/2026`, `05-03-2026`, `5.3.26`, `2026-03-05`, `ngày 5 tháng 3 năm 2026`, each with or without a time of day.
fn text_day(text: &str) -> Option<NaiveDate> {
    let key = plain_key(text);
    let words: Vec<&str> = key.split(' ').filter(|word| !["ngay", "thang", "nam"].contains(word)).collect();
    let numbers: Vec<&str> = match words.as_slice() {
        [d, m, y] if [d, m, y].iter().all(|word| word.parse::<u32>().is_ok()) => vec![*d, *m, *y],
        [date, ..] => {
            let date = date.split('t').next().unwrap_or(date);
            date.split(['/', '-', '.']).collect()
        }
        [] => return None,
    };
    let [first, month, last] = numbers.as_slice() else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let year: i32 = match year.len() {
        2 => year.parse::<i32>().ok()? + 2000,
        4 => year.parse().ok()?,
        _ => return None,
    };
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

/// A day in administrative style (NĐ 30/2020/NĐ-CP): `05/3/2026`, `12/02/2026`.
pub fn shown(day: NaiveDate) -> String {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("{:02}/{month}/{}", day.day(), day.year())
}

/// A period in words, from one cell or several put together: `Quý I/2026`,
/// `6 tháng đầu năm 2026`, `2026-Q1`, `Quý 2 2026`, `Năm 2026`.
/// `None` when a part is missing or two parts disagree.
pub fn period(text: &str) -> Option<Period> {
    let key = plain_key(text);
    let words: Vec<&str> = key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut parts = Parts::default();
    let mut at = 0;
    while at < words.len() {
        let word = words[at];
        let months = words.get(at + 1).is_some_and(|next| *next == "thang");
        match word {
            "quy" | "qui" | "q" => parts.kind(Kind::Quarter)?,
            "6" | "sau" if months => parts.kind(Kind::Half)?,
            "9" | "chin" if months => parts.kind(Kind::NineMonths)?,
            "12" if months => parts.kind(Kind::Year)?,
            "9m" => parts.kind(Kind::NineMonths)?,
            "dau" => parts.number(1)?,
            "cuoi" => parts.number(2)?,
            "i" | "1" => parts.number(1)?,
            "ii" | "2" => parts.number(2)?,
            "iii" | "3" => parts.number(3)?,
            "iv" | "4" => parts.number(4)?,
            "q1" | "q2" | "q3" | "q4" => {
                parts.kind(Kind::Quarter)?;
                parts.number(word.as_bytes()[1] - b'0')?;
            }
            "h1" | "h2" => {
                parts.kind(Kind::Half)?;
                parts.number(word.as_bytes()[1] - b'0')?;
            }
            "nam" | "ca" | "thang" | "ky" => parts.year_named |= word == "nam",
            _ => match word.parse::<i32>() {
                Ok(year) if YEARS.contains(&year) => parts.year(year)?,
                _ => return None,
            },
        }
        at += 1 + usize::from(months);
    }
    parts.period()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Quarter,
    Half,
    NineMonths,
    Year,
}

/// The parts of a period found so far; each may be said twice, but not differently.
#[derive(Default)]
struct Parts {
    kind: Option<Kind>,
    number: Option<u8>,
    year: Option<i32>,
    year_named: bool,
}

impl Parts {
    fn kind(&mut self, kind: Kind) -> Option<()> {
        agree(&mut self.kind, kind)
    }

    fn number(&mut self, number: u8) -> Option<()> {
        agree(&mut self.number, number)
    }

    fn year(&mut self, year: i32) -> Option<()> {
        agree(&mut self.year, year)
    }

    fn period(self) -> Option<Period> {
        let year = self.year?;
        match (self.kind, self.number) {
            (Some(Kind::Quarter), Some(number)) => Some(Period::quarter(year, number)),
            (Some(Kind::Half), Some(number @ 1..=2)) => Some(Period::half(year, number)),
            (Some(Kind::NineMonths), _) => Some(Period::nine_months(year)),
            (Some(Kind::Year), _) => Some(Period::year(year)),
            (None, None | Some(1)) if self.year_named => Some(Period::year(year)),
            _ => None,
        }
    }
}

fn agree<T: PartialEq + Copy>(known: &mut Option<T>, found: T) -> Option<()> {
    (*known.get_or_insert(found) == found).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<String> {
        day(&CellValue::Text(text.into())).map(|day| day.to_string())
    }

    #[test]
    fn the_day_comes_before_the_month() {
        for typed in [
            "5/3/2026",
            "05-03-2026",
            "5.3.26",
            "2026-03-05",
            "2026-03-05T00:00:00",
            "05/03/2026 12:00:00 SA",
            "ngày 5 tháng 3 năm 2026",
        ] {
            assert_eq!(date(typed).as_deref(), Some("2026-03-05"), "{typed}");
        }
        for typed in ["31/02/2026", "3/25/2026", "cuối tháng 3", "5/3", "5/3/1926", ""] {
            assert_eq!(date(typed), None, "{typed}");
        }
    }

    #[test]
    fn serial_numbers_outside_the_century_are_no_days() {
        assert_eq!(day(&CellValue::Day(46_086.0)), NaiveDate::from_ymd_opt(2026, 3, 5));
        assert_eq!(day(&CellValue::Number(46_086.7)), NaiveDate::from_ymd_opt(2026, 3, 5));
        for days in [-1e12, -1.0, 0.0, 60.0, 12_000.0, 1e12, f64::NAN] {
            assert_eq!(day(&CellValue::Day(days)), None, "{days}");
        }
    }

    #[test]
    fn periods_are_read_in_words_and_in_parts() {
        for (typed, code) in [
            ("Quý I/2026", "2026-Q1"),
            ("quý IV năm 2026", "2026-Q4"),
            ("2026-Q3", "2026-Q3"),
            ("Quý 2 2026", "2026-Q2"),
            ("Quý II 2 2026", "2026-Q2"),
            ("6 tháng đầu năm 2026", "2026-H1"),
            ("6 tháng cuối năm 2026", "2026-H2"),
            ("6 tháng 2 2026", "2026-H2"),
            ("2026-H1", "2026-H1"),
            ("9 tháng năm 2026", "2026-9M"),
            ("Năm 2026", "2026"),
            ("Năm 1 2026", "2026"),
        ] {
            assert_eq!(period(typed), code.parse().ok(), "{typed}");
        }
    }

    #[test]
    fn a_period_that_is_incomplete_or_contradicts_itself_is_none() {
        for typed in
            ["Quý I 2 2026", "Quý 2026", "6 tháng 2026", "Quý I", "Quý I 2026 2027", "tháng 3/2026", "", "2026 1"]
        {
            assert_eq!(period(typed), None, "{typed}");
        }
    }
}
