//! Calendar schemes: which days a quarter has.

use chrono::{Datelike, Days, NaiveDate};

use crate::vocabulary::Period;

/// A calendar scheme, such as `nd09` (15/12–14/3 …) or `dl` (calendar quarters).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The stem of its file.
    pub id: String,
    /// Name for the method page.
    pub title: String,
    /// Legal source.
    pub source: String,
    /// First day of each quarter: years before the quarter's year, month, day.
    pub starts: [QuarterStart; 4],
}

/// The first day of a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuarterStart {
    /// 1 when it lies in the year before, else 0.
    pub years_before: i32,
    /// Month.
    pub month: u32,
    /// Day, at most 28.
    pub day: u32,
}

impl Scheme {
    /// First and last day of a period.
    pub fn days(&self, period: Period) -> (NaiveDate, NaiveDate) {
        let mut quarters = period.quarters();
        let first = quarters.next().expect("a period has at least one quarter");
        let last = quarters.last().unwrap_or(first);
        let after = Period::quarter(last.last_year() + i32::from(last.number() == 4), last.number() % 4 + 1);
        (self.first_day(first), self.first_day(after) - Days::new(1))
    }

    /// The quarter a day lies in.
    pub fn quarter_of(&self, day: NaiveDate) -> Period {
        (day.year() - 1..=day.year() + 1)
            .flat_map(|year| (1..=4).map(move |q| Period::quarter(year, q)))
            .rfind(|quarter| self.first_day(*quarter) <= day)
            .expect("last year's first quarter began before today")
    }

    fn first_day(&self, quarter: Period) -> NaiveDate {
        let start = self.starts[usize::from(quarter.number()) - 1];
        NaiveDate::from_ymd_opt(quarter.last_year() - start.years_before, start.month, start.day)
            .expect("a scheme is accepted only with real days")
    }
}
