//! What a file and its folders are called, compared with what is declared. Never a source of facts.

use crate::definitions::Unit;
use crate::intake::index::Index;
use crate::intake::periods;
use crate::vocabulary::Period;
use crate::vocabulary::text::plain_key;

/// The unit and the period a path speaks of, when they are others than declared.
pub(super) fn contradiction(path: &str, index: &Index, unit: &Unit, period: Period) -> Option<String> {
    let units = &index.definitions.units;
    let codes: Vec<&str> = path
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 5 && units.units.contains_key(*run))
        .collect();
    let mut others: Vec<String> = Vec::new();
    if !codes.contains(&unit.code.as_str()) {
        let stem = path.rsplit('/').next().unwrap_or(path);
        let named = if codes.is_empty() { index.named_in(stem) } else { Vec::new() };
        let said = codes.iter().filter_map(|code| units.units.get(*code));
        let said: Vec<&Unit> = said.chain(named.iter().filter_map(|code| units.get(code))).collect();
        if !said.iter().any(|other| other.code == unit.code) {
            others.extend(said.first().map(|other| format!("{} ({})", other.name(), other.code)));
        }
    }
    let periods = periods_in(path);
    // A half-year return may lie in the folder of the quarter that closes it.
    if !periods.iter().any(|said| said.ends_with(period)) {
        others.extend(periods.first().map(|said| said.title()));
    }
    if others.is_empty() {
        return None;
    }
    Some(others.join(", "))
}

/// The periods a path speaks of: `2026-Q1`, `Q1-2026`, `quý 1 năm 2026`, `2026H1`.
fn periods_in(path: &str) -> Vec<Period> {
    let key = plain_key(path);
    let words: Vec<&str> = key
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !["nam", "", "xlsx", "xls", "ods"].contains(word))
        .collect();
    let is_year = |word: &str| word.len() == 4 && word.starts_with("20");
    let is_part = |word: &str| ["q1", "q2", "q3", "q4", "h1", "h2"].contains(&word);
    let mut found = Vec::new();
    for at in 0..words.len() {
        let phrase = match &words[at..] {
            ["quy", number, year, ..] if is_year(year) => format!("quy {number} {year}"),
            [year, part, ..] | [part, year, ..] if is_year(year) && is_part(part) => format!("{part} {year}"),
            [joined, ..] if joined.len() == 6 && is_year(&joined[..4]) && is_part(&joined[4..]) => {
                format!("{} {}", &joined[4..], &joined[..4])
            }
            _ => continue,
        };
        found.extend(periods::period(&phrase));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_speak_of_periods_in_many_ways() {
        for (path, code) in [
            ("2026-Q1/99001.xlsx", "2026-Q1"),
            ("Quý I năm 2026/xã a.xlsx", "2026-Q1"),
            ("99001_2026-H2_bao-cao.xlsx", "2026-H2"),
            ("BC Q3-2026 (1) cuối.xls", "2026-Q3"),
            ("2026q4/a.xlsx", "2026-Q4"),
        ] {
            assert_eq!(periods_in(path), [code.parse().unwrap()], "{path}");
        }
        assert_eq!(periods_in("2026/99001.xlsx"), []);
    }
}
