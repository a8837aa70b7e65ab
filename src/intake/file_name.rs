//! What a file and its folders are called: evidence to hold against the cover, never a source of facts.

use crate::definitions::Unit;
use crate::intake::index::Index;
use crate::intake::periods;
use crate::vocabulary::text::plain_key;
use crate::vocabulary::{Period, PeriodKind};

/// The units and periods that a path speaks of, folder by folder, the file's own name last.
#[derive(Debug)]
pub(super) struct Said<'a> {
    parts: Vec<Part<'a>>,
}

#[derive(Debug)]
struct Part<'a> {
    units: Vec<&'a Unit>,
    periods: Vec<Period>,
    is_folder: bool,
}

/// What a path says otherwise than the cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Otherwise<T> {
    /// What it says.
    pub said: T,
    /// Whether only a folder says so: officers file by the day of arrival.
    pub by_folder: bool,
}

impl<'a> Said<'a> {
    pub fn of(path: &str, index: &Index<'a>) -> Self {
        let names: Vec<&str> = path.split('/').collect();
        let (last, mut year) = (names.len() - 1, None);
        let mut parts = Vec::new();
        for (at, name) in names.into_iter().enumerate() {
            let is_folder = at < last;
            let name = if is_folder { name } else { name.rsplit_once('.').map_or(name, |(stem, _)| stem) };
            let periods = periods_in(name, is_folder, year);
            year = periods.first().map(|period| period.last_year()).or(year);
            parts.push(Part { units: units_in(name, index), periods, is_folder });
        }
        Self { parts }
    }

    /// A unit the path names where it does not name `unit`.
    pub fn other_unit(&self, unit: &Unit) -> Option<Otherwise<&'a Unit>> {
        let other = |part: &&Part<'a>| !part.units.is_empty() && part.units.iter().all(|said| said.code != unit.code);
        let part = self.parts.iter().rev().find(other)?;
        Some(Otherwise { said: part.units[0], by_folder: part.is_folder })
    }

    /// A period the path names where it does not name `period`.
    pub fn other_period(&self, period: Period) -> Option<Otherwise<Period>> {
        let other = |part: &&Part| !part.periods.is_empty() && !part.names(period);
        let part = self.parts.iter().rev().find(other)?;
        Some(Otherwise { said: part.periods[0], by_folder: part.is_folder })
    }

    /// Whether some part of the path names exactly this period.
    pub fn names_period(&self, period: Period) -> bool {
        self.parts.iter().any(|part| part.periods.contains(&period))
    }
}

impl Part<'_> {
    /// A half-year return may lie in the folder of the quarter that closes it, and any return in the folder of its year.
    fn names(&self, period: Period) -> bool {
        let fits = |said: &Period| said.ends_with(period) || (self.is_folder && said.contains(period));
        self.periods.iter().any(fits)
    }
}

/// Units by code, else by full name or alias.
fn units_in<'a>(name: &str, index: &Index<'a>) -> Vec<&'a Unit> {
    let units = &index.definitions.units;
    let codes = name.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 5);
    let coded: Vec<&Unit> = codes.filter_map(|code| units.units.get(code)).collect();
    if coded.is_empty() { index.named_in(name).into_iter().filter_map(|code| units.get(code)).collect() } else { coded }
}

/// The longest phrases that are periods: `2026-Q1`, `Q1-2026`, `quý 1 năm 2026`, `6 tháng đầu năm 2028`.
/// A folder may be a year, or a quarter of the year of the folder above.
fn periods_in(name: &str, is_folder: bool, year_above: Option<i32>) -> Vec<Period> {
    const LONGEST: usize = 7;
    let key = plain_key(name);
    let words = periods::words(&key);
    if let ([year], true) = (words.as_slice(), is_folder)
        && let Some(year) = periods::period(&format!("năm {year}"))
    {
        return vec![year];
    }
    // Without its mark “năm” may be the end of a name: “Hưng Nguyên Nam 2026”.
    let year_is_named = name.to_lowercase().contains("năm") || (is_folder && words.first() == Some(&"nam"));
    let certain = |phrase: &[&str], period: &Period| {
        period.kind() != PeriodKind::Year || year_is_named || phrase.contains(&"ca") || phrase.contains(&"12")
    };
    let phrases = |suffix: &str| {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < words.len() {
            let longest = (2..=LONGEST.min(words.len() - at)).rev().find_map(|length| {
                let phrase = &words[at..at + length];
                let period = periods::period(&format!("{}{suffix}", phrase.join(" ")))?;
                Some((length, period)).filter(|(_, period)| certain(phrase, period))
            });
            at += longest.map_or(1, |(length, _)| length);
            found.extend(longest.map(|(_, period)| period));
        }
        found
    };
    let found = phrases("");
    match year_above {
        Some(year) if found.is_empty() => phrases(&format!(" {year}")),
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the last part of a path says, with the years of the folders above it.
    fn said(path: &str) -> Vec<String> {
        let names: Vec<&str> = path.split('/').collect();
        let (last, mut year, mut found) = (names.len() - 1, None, Vec::new());
        for (at, name) in names.iter().enumerate() {
            found = periods_in(name.split(".xls").next().unwrap(), at < last, year);
            year = found.first().map(|period| period.last_year()).or(year);
        }
        found.iter().map(Period::to_string).collect()
    }

    #[test]
    fn paths_speak_of_periods_in_many_ways() {
        for (path, code) in [
            ("2026-Q1/", ""),
            ("99001_2026-H2_bao-cao.xlsx", "2026-H2"),
            ("BC quý I năm 2026 - Xã Ân Hòa.xlsx", "2026-Q1"),
            ("BC Q3-2026 (1) cuối.xls", "2026-Q3"),
            ("Minh Sơn - Quý III.2029 (1) (2).xlsx", "2029-Q3"),
            ("Bao cao 6 thang dau nam 2028 Binh Lu (cuoi).xlsx", "2028-H1"),
            ("BC 9T.2026.xlsx", "2026-9M"),
            ("Xã A cả năm 2026.xlsx", "2026"),
            ("Báo cáo năm 2026.xlsx", "2026"),
            ("2026q4.xlsx", "2026-Q4"),
            ("Năm 2026/Quý I", "2026-Q1"),
            ("2026/quy 2/99001.xlsx", ""),
            ("2026/99001 Q3.xlsx", "2026-Q3"),
            ("99010_2026_bao-cao.xlsx", ""),
            ("Xa Hung Nguyen Nam 2026.xlsx", ""),
            ("gui 15.3.2026.xlsx", ""),
            ("Q1 va Q2 2026.xlsx", "2026-Q2"),
        ] {
            assert_eq!(said(path).join(" "), code, "{path}");
        }
    }
}
