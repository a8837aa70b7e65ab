//! Values as definition authors write them: each is read, or refused with what is allowed.
//!
//! Where a value stands is the caller's business; it places the message at a line.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::definitions::UnitRegister;
use crate::vocabulary::{MeasureCode, UnitCode};

/// What was read; else the message joins those of the same line.
pub fn keep<T>(read: Result<T, String>, wrong: &mut Vec<String>) -> Option<T> {
    read.map_err(|message| wrong.push(message)).ok()
}

/// One of a closed list of words.
pub fn choice<T: Copy>(text: &str, allowed: &[(&str, T)]) -> Result<T, String> {
    let found = allowed.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let words: Vec<&str> = allowed.iter().map(|(word, _)| *word).collect();
        format!("“{text}” không dùng được ở đây; được dùng: {}", words.join(", "))
    })
}

/// A day: `2026-01-31`.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| format!("“{text}” không phải ngày có thật; ngày viết năm-tháng-ngày, ví dụ 2026-01-31"))
}

/// A day of every year, `10/6`, as month and day. 29/2 is not in every year.
pub fn day_of_year(text: &str) -> Result<(u32, u32), String> {
    let wrong = || format!("“{text}” không phải ngày có trong mọi năm; viết ngày/tháng, ví dụ 10/6");
    let (day, month) = text.split_once('/').ok_or_else(wrong)?;
    let (Ok(day), Ok(month)) = (day.parse(), month.parse()) else { return Err(wrong()) };
    // 2026 is not a leap year.
    NaiveDate::from_ymd_opt(2026, month, day).map(|_| (month, day)).ok_or_else(wrong)
}

/// The date printed on a document, day/month/year, where an illegible or blank day is `…`.
pub fn printed_date(text: &str) -> Result<String, String> {
    let complete = text.strip_prefix('…').map_or_else(|| text.to_owned(), |rest| format!("1{rest}"));
    NaiveDate::parse_from_str(&complete, "%d/%m/%Y").map(|_| text.to_owned()).map_err(|_| {
        format!(
            "“{text}” không phải ngày ban hành; viết ngày/tháng/năm như 06/3/2026, ngày để trống hoặc mờ viết “…”: …/11/2025"
        )
    })
}

/// A number with at most one decimal, times ten: `80` is 800, `99,5` and `99.5` are 995.
pub fn tenths(text: &str) -> Result<i64, String> {
    let wrong =
        || format!("“{text}” không phải số; viết số không âm có nhiều nhất một chữ số thập phân, ví dụ 80 hoặc 99,5");
    let (whole, tenth) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if tenth.len() != 1 || whole.len() > 15 || !digits(whole) || !digits(tenth) {
        return Err(wrong());
    }
    format!("{whole}{tenth}").parse().ok().filter(|_| !whole.is_empty()).ok_or_else(wrong)
}

/// A code of so many digits, as text: leading zeros count. `noun` is what it is the code of.
pub fn digits(text: &str, count: usize, noun: &str) -> Result<String, String> {
    if text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    Err(format!("{noun} “{text}” phải gồm đúng {count} chữ số, giữ số 0 ở đầu"))
}

/// The code of a new measure: `thn.tiep_nhan`.
pub fn code(text: &str) -> Result<MeasureCode, String> {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    match text.split_once('.') {
        Some((theme, name)) if part(theme) && part(name) => Ok(MeasureCode::from(text)),
        _ => Err(format!(
            "mã số “{text}” phải gồm hai phần cách nhau bằng dấu chấm, chỉ dùng a–z, 0–9 và _, ví dụ thn.tiep_nhan"
        )),
    }
}

/// A measure of the forms or of the indicators.
pub fn measure(text: &str, known: &BTreeSet<MeasureCode>) -> Result<MeasureCode, String> {
    known.get(text).cloned().ok_or_else(|| {
        format!(
            "không có chỉ tiêu mã “{text}” trong biểu mẫu và thư mục indicators{}",
            nearest(text, known.iter().map(MeasureCode::as_str))
        )
    })
}

/// A unit of the register.
pub fn unit(text: &str, units: &UnitRegister) -> Result<UnitCode, String> {
    units.units.get_key_value(text).map(|(code, _)| code.clone()).ok_or_else(|| {
        format!(
            "không có đơn vị mã “{text}” trong units.csv{}",
            nearest(text, units.units.keys().map(UnitCode::as_str))
        )
    })
}

/// `; gần nhất: a, b, c`: the allowed codes that look most like what was written, when the list is
/// too long to be told. Empty when nothing is allowed.
pub fn nearest<'a>(text: &str, allowed: impl Iterator<Item = &'a str>) -> String {
    // Jaro–Winkler favours a common beginning: codes are more often cut short than misspelt.
    let mut ranked: Vec<(f64, &str)> = allowed.map(|code| (strsim::jaro_winkler(text, code), code)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let closest: Vec<&str> = ranked.iter().take(3).map(|(_, code)| *code).collect();
    if closest.is_empty() { String::new() } else { format!("; gần nhất: {}", closest.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_exactly_and_never_as_thousands() {
        assert_eq!(tenths("80"), Ok(800));
        assert_eq!(tenths("99,5"), Ok(995));
        assert_eq!(tenths("0.5"), Ok(5));
        for text in ["1.234", "1.000.000", "80%", "-1", "", ",5", "80,", "tám mươi"] {
            assert!(tenths(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_deadline_must_be_a_day_of_every_year() {
        assert_eq!(day_of_year("10/6"), Ok((6, 10)));
        for text in ["31/6", "29/2", "10-6", "10/13", "ngày 10"] {
            assert!(day_of_year(text).unwrap_err().contains("10/6"), "{text}");
        }
    }

    #[test]
    fn a_printed_date_may_lack_its_day_but_nothing_else() {
        for text in ["06/3/2026", "…/11/2025"] {
            assert_eq!(printed_date(text).as_deref(), Ok(text));
        }
        for text in ["31/4/2026", "…/…/2025", "11/2025", "2026-03-06"] {
            assert!(printed_date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_misspelt_code_is_answered_with_the_ones_nearest_to_it() {
        let known: BTreeSet<MeasureCode> =
            ["bv.tl_an_toan", "thn.tl_viec_lam", "thn.co_viec_lam", "mh.moi"].map(MeasureCode::from).into();
        let message = measure("thn.tl_viec_lma", &known).unwrap_err();
        assert!(message.contains("gần nhất: thn.tl_viec_lam"), "{message}");
    }
}
