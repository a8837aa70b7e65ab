//! How a day is written for Vietnamese readers.

use chrono::{Datelike, NaiveDate};

/// A day as administrative texts write it (NĐ 30/2020/NĐ-CP): the day and the
/// first two months with a leading zero.
///
/// ```
/// use tongket::vocabulary::day::written;
/// assert_eq!(written(chrono::NaiveDate::from_ymd_opt(2026, 3, 5).unwrap()), "05/3/2026");
/// assert_eq!(written(chrono::NaiveDate::from_ymd_opt(2027, 2, 15).unwrap()), "15/02/2027");
/// ```
pub fn written(day: NaiveDate) -> String {
    let month = if day.month() <= 2 { format!("0{}", day.month()) } else { day.month().to_string() };
    format!("{:02}/{month}/{}", day.day(), day.year())
}
