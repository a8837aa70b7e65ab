//! Days as people write them: day before month, always.
//!
//! What has no day, or one that the calendar does not know, is told why; a
//! month is never taken for a day to make a date come out.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate};

use crate::intake::workbook::CellValue;
use crate::vocabulary::text::{excerpt, plain_key};

/// Years a return can speak of.
pub(super) const YEARS: RangeInclusive<i32> = 2000..=2099;

/// Years that two digits can stand for: 26 is 2026, and 97 is no year of a return.
const SHORT_YEARS: RangeInclusive<i32> = 2000..=2049;

/// A day.
///
/// # Errors
/// With what was found, in Vietnamese, when the cell holds none that is certain.
pub fn day(cell: &CellValue) -> Result<NaiveDate, String> {
    match cell {
        CellValue::Day(days) | CellValue::Number(days) => {
            serial(*days).ok_or_else(|| format!("Ô ghi số {}, cần một ngày", cell.shown().replace('.', ",")))
        }
        CellValue::Text(text) => text_day(text),
        CellValue::Unvalued => Err("Ô có công thức nhưng tệp không lưu kết quả tính, cần một ngày".to_owned()),
        CellValue::Bool(_) | CellValue::Error(_) => Err(no_day(&cell.shown())),
    }
}

fn no_day(found: &str) -> String {
    format!("Ô ghi “{}”, cần một ngày", excerpt(found, 30))
}

/// Days since 30/12/1899; the workbook counts on from 1904 where it has to.
fn serial(days: f64) -> Option<NaiveDate> {
    // 73,050 is 31/12/2099; below 61 Excel counts a day that never was.
    if !(61.0..73_051.0).contains(&days) {
        return None;
    }
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    epoch.checked_add_days(Days::new(days as u64)).filter(|day| YEARS.contains(&day.year()))
}

/// `5/3/2026`, `05-03-2026`, `5.3.26`, `2026-03-05`, `5-Mar-2026`,
/// `An Thịnh, ngày 5 tháng 3 năm 2026`, each with or without a time of day.
fn text_day(text: &str) -> Result<NaiveDate, String> {
    let key = plain_key(text);
    // Letters begin with the place: “An Thịnh, ngày …”.
    let key = key.rsplit_once("ngay ").map_or(key.as_str(), |(_, rest)| rest);
    let Some(parts) = Parts::of(key) else { return Err(no_day(text)) };
    let year = match parts.year.len() {
        4 => parts.year.parse().ok().filter(|year| YEARS.contains(year)),
        2 => parts.year.parse().ok().map(|year: i32| 2000 + year).filter(|year| SHORT_YEARS.contains(year)),
        _ => None,
    };
    let (Some(year), Ok(month), Ok(day)) = (year, parts.month.parse::<u32>(), parts.day.parse::<u32>()) else {
        return Err(no_day(text));
    };
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        let found = excerpt(text, 30);
        match (month, day) {
            (13..=31, 1..=12) => format!("Ô ghi “{found}”: không có tháng {month}; ngày ghi trước, tháng ghi sau"),
            (1..=12, 29..=31) => format!("Ô ghi “{found}”: tháng {month}/{year} không có ngày {day}"),
            _ => no_day(text),
        }
    })
}

/// The three numbers of a date, as digits.
struct Parts<'t> {
    day: &'t str,
    month: String,
    year: &'t str,
}

impl<'t> Parts<'t> {
    /// `None` when the text is not three numbers, in one of the usual orders, and perhaps a time of day.
    fn of(key: &'t str) -> Option<Self> {
        let mut tokens = Vec::new();
        let mut rest = key.trim();
        while tokens.len() < 3 {
            rest = rest.trim_start_matches([' ', '/', '-', '.', ',']);
            rest = ["thang ", "nam "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim_start();
            let digit = rest.starts_with(|c: char| c.is_ascii_digit());
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() || c.is_ascii_digit() != digit);
            let (token, after) = rest.split_at(end.unwrap_or(rest.len()));
            if token.is_empty() {
                return None;
            }
            tokens.push(token);
            rest = after;
            // “Thg 6”, “Th6”: the month in Vietnamese Excel.
            if matches!(token, "thg" | "th" | "thang") {
                tokens.pop();
            }
        }
        if !is_time(rest) {
            return None;
        }
        let number = |token: &str| token.bytes().all(|byte| byte.is_ascii_digit());
        let [first, middle, last] = tokens[..] else { return None };
        let month = month_named(middle).map_or_else(|| middle.to_owned(), |month| month.to_string());
        if !(number(first) && number(&month) && number(last)) || month.len() > 2 {
            return None;
        }
        match (first.len(), last.len()) {
            (4, 1..=2) => Some(Self { day: last, month, year: first }),
            (1..=2, _) => Some(Self { day: first, month, year: last }),
            _ => None,
        }
    }
}

/// The month an English abbreviation stands for: Excel shows dates so by default.
fn month_named(word: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.iter().position(|month| word == *month).map(|at| at + 1)
}

/// Whether what stands behind a date is nothing, a full stop or a time of day: `T00:00:00`, `12:00:00 SA`, `8h30`.
fn is_time(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', 't', '.', ',', ';']);
    let words = rest.split([' ', ':', '.', '+']).filter(|word| !word.is_empty());
    words.into_iter().all(|word| {
        let word = word.trim_end_matches('z');
        let letters: String = word.chars().filter(|c| !c.is_ascii_digit()).collect();
        let digits = word.len() - letters.len();
        ["", "h", "g", "gio", "sa", "ch", "am", "pm", "phut", "luc"].contains(&letters.as_str())
            && (digits <= 4 || letters.is_empty())
    })
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::intake::spellings::lines;

    /// What people write for a day; `none` is a finding.
    pub const DAYS: &str = "
        5/3/2026 → 2026-03-05
        05/03/2026 → 2026-03-05
        05/3/2026 → 2026-03-05
        5/6/26 → 2026-06-05
        05.06.2026 → 2026-06-05
        5.6.26 → 2026-06-05
        06-3-26 → 2026-03-06
        05-03-2026 → 2026-03-05
        5 / 3 / 2026 → 2026-03-05
        05 - 3 - 2026 → 2026-03-05
        05 3 2026 → 2026-03-05
        5/3/2026. → 2026-03-05
        ngày 5 tháng 6 năm 2026 → 2026-06-05
        Ngày 05 tháng 6 năm 2026 → 2026-06-05
        ngày 05/6/2026 → 2026-06-05
        5 tháng 6 năm 2026 → 2026-06-05
        05 tháng 6, 2026 → 2026-06-05
        An Thịnh, ngày 18 tháng 3 năm 2026 → 2026-03-18
        01/01/2024 12:00:00 SA → 2024-01-01
        05/03/2026 8:15:00 CH → 2026-03-05
        05/03/2026 08:15 → 2026-03-05
        05/3/2026 lúc 8h30 → 2026-03-05
        2026-03-05 → 2026-03-05
        2026-3-5 → 2026-03-05
        2026/03/05 → 2026-03-05
        2026-03-05T00:00:00 → 2026-03-05
        2026-03-05T00:00:00.000Z → 2026-03-05
        2026-03-05 00:00:00 → 2026-03-05
        5-Mar-2026 → 2026-03-05
        05-Jun-26 → 2026-06-05
        05-Thg6-26 → 2026-06-05
        5 thg 6, 2026 → 2026-06-05
        29/02/2028 → 2028-02-29
        31/02/2026 → none
        29/02/2026 → none
        31/4/2026 → none
        32/1/2026 → none
        0/3/2026 → none
        3/25/2026 → none
        12/31/2026 → none
        cuối tháng 3 → none
        tháng 3/2026 → none
        5/3 → none
        05/3/226 → none
        5/3/1926 → none
        5/3/97 → none
        5/3/2026 hoặc 6/3/2026 → none
        5-6/3/2026 → none
        ngày … tháng … năm 2026 → none
        Ngày……tháng……năm…… → none
        05032026 → none
        hôm nay → none
        x → none
    ";

    #[test]
    fn the_day_comes_before_the_month_however_it_is_written() {
        let lines = lines(DAYS);
        for (typed, meant) in &lines {
            let read = day(&CellValue::Text((*typed).into()));
            assert_eq!(read.map_or("none".into(), |day| day.to_string()), *meant, "{typed}");
        }
        assert_eq!(lines.len(), 53);
    }

    #[test]
    fn a_day_that_is_none_is_told_with_the_reason() {
        for (typed, message) in [
            ("31/02/2026", "Ô ghi “31/02/2026”: tháng 2/2026 không có ngày 31"),
            ("3/25/2026", "Ô ghi “3/25/2026”: không có tháng 25; ngày ghi trước, tháng ghi sau"),
            ("cuối tháng 3", "Ô ghi “cuối tháng 3”, cần một ngày"),
        ] {
            assert_eq!(day(&CellValue::Text(typed.into())), Err(message.into()));
        }
        assert_eq!(day(&CellValue::Number(2026.0)), Err("Ô ghi số 2026, cần một ngày".into()));
    }

    #[test]
    fn serial_numbers_outside_the_century_are_no_days() {
        let fifth = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        assert_eq!(day(&CellValue::Day(46_086.0)), Ok(fifth));
        assert_eq!(day(&CellValue::Number(46_086.7)), Ok(fifth));
        for days in [-1e12, -1.0, 0.0, 60.0, 12_000.0, 1e12, f64::NAN] {
            assert!(day(&CellValue::Day(days)).is_err(), "{days}");
        }
    }

    proptest! {
        /// Every day of the century reads back from the ways people write it.
        #[test]
        fn every_day_reads_back(serial in 36_526u64..73_051) {
            let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
            let written = epoch.checked_add_days(Days::new(serial)).unwrap();
            for format in ["%d/%m/%Y", "%-d-%-m-%Y", "%Y-%m-%d", "ngày %d tháng %m năm %Y", "%d.%m.%Y 12:00:00 SA"] {
                prop_assert_eq!(day(&CellValue::Text(written.format(format).to_string().into())), Ok(written));
            }
            prop_assert_eq!(day(&CellValue::Day(serial as f64)), Ok(written));
        }

        #[test]
        fn any_text_is_answered(typed in "\\PC{0,40}") {
            let _ = day(&CellValue::Text(typed.into()));
        }
    }
}
