//! Dates and times of day written out, as OpenDocument stores what other formats store as a number.

use chrono::{NaiveDate, NaiveTime};

/// Days since 30/12/1899 of `2026-03-05`, with or without a time of day behind `T`.
pub(super) fn days(text: &str) -> Option<f64> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    let days = date.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30)?).num_days();
    let time = time.trim_end_matches('Z');
    let seconds = match NaiveTime::parse_from_str(time, "%H:%M:%S%.f") {
        Ok(time) => time.signed_duration_since(NaiveTime::MIN).num_seconds(),
        Err(_) if time.is_empty() => 0,
        Err(_) => return None,
    };
    Some(days as f64 + seconds as f64 / DAY)
}

const DAY: f64 = 86_400.0;

/// The part of a day in `PT12H30M05S`.
pub(super) fn time(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let at = rest.find(['H', 'M', 'S'])?;
        let number: f64 = rest[..at].replace(',', ".").parse().ok()?;
        seconds += number
            * match rest.as_bytes()[at] {
                b'H' => 3_600.0,
                b'M' => 60.0,
                _ => 1.0,
            };
        rest = &rest[at + 1..];
    }
    Some(seconds / DAY).filter(|days| days.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_dates_and_times_are_the_numbers_other_formats_store() {
        assert_eq!(days("2026-03-05"), Some(46_086.0));
        assert_eq!(days("2026-03-05T12:00:00"), Some(46_086.5));
        assert_eq!(days("1900-01-04"), Some(5.0));
        assert_eq!(time("PT12H00M00S"), Some(0.5));
        assert_eq!(time("PT36H"), Some(1.5));
        for text in ["2026-02-30", "5/3/2026", "", "2026-03-05Tx"] {
            assert_eq!(days(text), None, "{text}");
        }
        for text in ["PT1e400H", "PTx", "P1D", "PT5"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
