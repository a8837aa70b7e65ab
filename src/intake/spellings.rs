//! Tables of real spellings for tests: one per line, `spelling → what it means`.

use super::{dates, numeral, periods};

/// The lines of a table; spellings in backticks keep their blanks.
pub fn lines(table: &'static str) -> Vec<(&'static str, &'static str)> {
    let line = |line: &'static str| {
        let (typed, meant) = line.split_once(" → ").unwrap_or_else(|| panic!("no arrow in {line:?}"));
        (typed.trim().trim_matches('`'), meant.trim())
    };
    table.lines().filter(|line| !line.trim().is_empty()).map(line).collect()
}

#[test]
fn the_tables_hold_the_spellings_of_real_returns() {
    let tables = [numeral::tests::TABLES, &[dates::tests::DAYS], &[periods::tests::PERIODS]].concat();
    let mut spellings: Vec<(usize, &str)> = tables
        .iter()
        .enumerate()
        .flat_map(|(at, table)| lines(table).into_iter().map(move |line| (at, line.0)))
        .collect();
    let all = spellings.len();
    assert!(all >= 250, "{all} spellings");
    spellings.sort_unstable();
    spellings.dedup();
    assert_eq!(spellings.len(), all, "no spelling stands twice in a table");
}
