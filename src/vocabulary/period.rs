//! Reporting periods: runs of whole quarters inside one calendar scheme.
//!
//! A period knows its quarters and its names. Which days a quarter has is the
//! business of a calendar scheme (`definitions::scheme`).

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A run of whole quarters.
///
/// Written `2026-Q1`, `2026-H1`, `2026-9M`, `2026`, `2026-2028`. Ordered by
/// end, then by length: a quarter stands before the half it closes.
///
/// ```
/// use tongket::vocabulary::Period;
/// let half: Period = "2026-H1".parse().unwrap();
/// assert!(half.contains("2026-Q2".parse().unwrap()));
/// assert_eq!(half.a_year_earlier().to_string(), "2025-H1");
/// assert_eq!(half.title(), "6 tháng đầu năm 2026");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// First quarter, as `year × 4 + quarter − 1`.
    first: i32,
    /// Last quarter, counted the same way.
    last: i32,
}

/// The kinds of review period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// Quý.
    Quarter,
    /// 6 tháng.
    Half,
    /// 9 tháng.
    NineMonths,
    /// Năm.
    Year,
    /// Giai đoạn: several whole years.
    Span,
}

impl PeriodKind {
    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            PeriodKind::Quarter => "quarter",
            PeriodKind::Half => "half",
            PeriodKind::NineMonths => "nine_months",
            PeriodKind::Year => "year",
            PeriodKind::Span => "span",
        }
    }
}

impl Period {
    /// Quarter 1–4 of a year.
    pub fn quarter(year: i32, quarter: u8) -> Self {
        let at = year * 4 + i32::from(quarter) - 1;
        Self { first: at, last: at }
    }

    /// Half 1 or 2 of a year.
    pub fn half(year: i32, half: u8) -> Self {
        let first = year * 4 + (i32::from(half) - 1) * 2;
        Self { first, last: first + 1 }
    }

    /// The first nine months of a year.
    pub fn nine_months(year: i32) -> Self {
        Self { first: year * 4, last: year * 4 + 2 }
    }

    /// A whole year.
    pub fn year(year: i32) -> Self {
        Self::years(year, year)
    }

    /// Whole years, both ends included.
    pub fn years(from: i32, to: i32) -> Self {
        Self { first: from * 4, last: to * 4 + 3 }
    }

    /// What kind of period this is.
    pub fn kind(self) -> PeriodKind {
        match self.last - self.first {
            0 => PeriodKind::Quarter,
            1 => PeriodKind::Half,
            2 => PeriodKind::NineMonths,
            3 => PeriodKind::Year,
            _ => PeriodKind::Span,
        }
    }

    /// The year it ends in.
    pub fn last_year(self) -> i32 {
        self.last.div_euclid(4)
    }

    /// The year it begins in.
    pub fn first_year(self) -> i32 {
        self.first.div_euclid(4)
    }

    /// The number of the quarter (1–4) or half (1–2) within its year; 1 for longer kinds.
    pub fn number(self) -> u8 {
        let quarter = self.first.rem_euclid(4) as u8;
        match self.kind() {
            PeriodKind::Quarter => quarter + 1,
            PeriodKind::Half => quarter / 2 + 1,
            _ => 1,
        }
    }

    /// Its quarters, in order.
    pub fn quarters(self) -> impl Iterator<Item = Period> {
        (self.first..=self.last).map(|at| Period { first: at, last: at })
    }

    /// Whether every quarter of `other` is a quarter of this period.
    pub fn contains(self, other: Period) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether it ends with the last quarter of a year, when yearly rows are asked.
    pub fn closes_year(self) -> bool {
        self.last.rem_euclid(4) == 3
    }

    /// Whether both end with the same quarter.
    pub fn ends_with(self, other: Period) -> bool {
        self.last == other.last
    }

    /// Whether both begin with the same quarter.
    pub fn starts_with(self, other: Period) -> bool {
        self.first == other.first
    }

    /// The same period one year earlier; for a span, the years just before it.
    pub fn a_year_earlier(self) -> Period {
        let back = (self.last - self.first + 1).max(4);
        Self { first: self.first - back, last: self.last - back }
    }

    /// The period of the same kind that ends where this one begins.
    /// Nine months have none: `None`.
    pub fn previous(self) -> Option<Period> {
        let length = self.last - self.first + 1;
        (self.kind() != PeriodKind::NineMonths).then_some(Self { first: self.first - length, last: self.last - length })
    }

    /// Every review period of the years `from..=to`: quarters, halves, nine months, years.
    /// Spans are the choice of the site's configuration and not included.
    pub fn of_years(from: i32, to: i32) -> Vec<Period> {
        let mut periods: Vec<Period> = (from..=to)
            .flat_map(|year| {
                (1..=4)
                    .map(move |q| Period::quarter(year, q))
                    .chain((1..=2).map(move |h| Period::half(year, h)))
                    .chain([Period::nine_months(year), Period::year(year)])
            })
            .collect();
        periods.sort();
        periods
    }

    /// Name in running text, lower case: `quý I/2026`, `6 tháng đầu năm 2026`, `năm 2026`, `giai đoạn 2026–2028`.
    pub fn title(self) -> String {
        let year = self.last_year();
        match self.kind() {
            PeriodKind::Quarter => format!("quý {}/{year}", ["I", "II", "III", "IV"][usize::from(self.number()) - 1]),
            PeriodKind::Half => format!("6 tháng {} năm {year}", ["đầu", "cuối"][usize::from(self.number()) - 1]),
            PeriodKind::NineMonths => format!("9 tháng năm {year}"),
            PeriodKind::Year => format!("năm {year}"),
            PeriodKind::Span => format!("giai đoạn {}–{year}", self.first_year()),
        }
    }

    /// The same name with a capital, to begin a sentence or a heading.
    pub fn heading(self) -> String {
        let title = self.title();
        let mut chars = title.chars();
        chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }

    /// Name for a narrow column or axis: `Q1/26`, `6T1/26`, `9T/26`, `2026`, `2026–28`.
    pub fn short(self) -> String {
        let year = self.last_year();
        match self.kind() {
            PeriodKind::Quarter => format!("Q{}/{:02}", self.number(), year % 100),
            PeriodKind::Half => format!("6T{}/{:02}", self.number(), year % 100),
            PeriodKind::NineMonths => format!("9T/{:02}", year % 100),
            PeriodKind::Year => year.to_string(),
            PeriodKind::Span => format!("{}–{:02}", self.first_year(), year % 100),
        }
    }

    /// Name of its folder on the site: the code in lower case.
    pub fn slug(self) -> String {
        self.to_string().to_lowercase()
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.last, -self.first).cmp(&(other.last, -other.first))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.last_year();
        match self.kind() {
            PeriodKind::Quarter => write!(f, "{year}-Q{}", self.number()),
            PeriodKind::Half => write!(f, "{year}-H{}", self.number()),
            PeriodKind::NineMonths => write!(f, "{year}-9M"),
            PeriodKind::Year => write!(f, "{year}"),
            PeriodKind::Span => write!(f, "{}-{year}", self.first_year()),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    /// Reads a period code; the error says, in Vietnamese, what a code looks like.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("“{text}” không phải mã kỳ; mã kỳ có dạng 2026-Q1, 2026-H1, 2026-9M, 2026 hoặc 2026-2028");
        let year = |s: &str| match s.parse::<i32>() {
            Ok(year) if s.len() == 4 && (1900..=2200).contains(&year) => Ok(year),
            _ => Err(wrong()),
        };
        let Some((left, right)) = text.split_once('-') else { return Ok(Self::year(year(text)?)) };
        let from = year(left)?;
        match right {
            "Q1" | "Q2" | "Q3" | "Q4" => Ok(Self::quarter(from, right.as_bytes()[1] - b'0')),
            "H1" | "H2" => Ok(Self::half(from, right.as_bytes()[1] - b'0')),
            "9M" => Ok(Self::nine_months(from)),
            _ => match year(right)? {
                to if to > from => Ok(Self::years(from, to)),
                _ => Err(wrong()),
            },
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_as_itself() {
        for period in
            Period::of_years(2025, 2030).into_iter().chain([Period::years(2026, 2028), Period::years(2026, 2030)])
        {
            assert_eq!(period.to_string().parse(), Ok(period));
        }
    }

    #[test]
    fn what_is_no_code_is_refused_with_examples() {
        for text in ["", "2026-Q5", "2026-q1", "26-Q1", "2028-2026", "2026-H3", "2026-2026", "quý I/2026"] {
            assert!(text.parse::<Period>().unwrap_err().contains("2026-Q1"), "{text}");
        }
    }

    #[test]
    fn a_year_lists_its_periods_as_they_close() {
        let codes: Vec<String> = Period::of_years(2026, 2026).iter().map(Period::to_string).collect();
        assert_eq!(codes, ["2026-Q1", "2026-Q2", "2026-H1", "2026-Q3", "2026-9M", "2026-Q4", "2026-H2", "2026"]);
    }

    #[test]
    fn the_period_before_a_span_are_the_years_before_it() {
        assert_eq!(Period::years(2026, 2028).a_year_earlier(), Period::years(2023, 2025));
        assert_eq!(Period::quarter(2026, 1).previous(), Some(Period::quarter(2025, 4)));
    }
}
