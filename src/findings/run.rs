//! Runs: neighbouring findings that say the same about many cells, told once.
//!
//! A sheet that was left blank breaks one rule in every row; on paper and on the
//! console that is one thing to read. Tables for machines and the feedback
//! workbook list every cell.

use crate::findings::Finding;
use crate::findings::rule::RuleText;
use crate::vocabulary::CellRef;

/// So many findings of one rule next to each other are told as one.
const AT_LEAST: usize = 4;

/// One finding, or several that say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run<'a> {
    /// The findings, in reading order; never empty.
    pub findings: Vec<&'a Finding>,
}

impl Run<'_> {
    /// The cells: `E9–E11, E14`.
    pub fn cells(&self) -> String {
        let mut spans: Vec<(CellRef, CellRef)> = Vec::new();
        for cell in self.findings.iter().filter_map(|finding| finding.place.cell_ref()) {
            match spans.last_mut() {
                Some((_, last)) if last.col == cell.col && last.row + 1 == cell.row => *last = cell,
                _ => spans.push((cell, cell)),
            }
        }
        let told = |(first, last): &(CellRef, CellRef)| match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        };
        spans.iter().map(told).collect::<Vec<_>>().join(", ")
    }

    /// What was found: of several, the title of their rule and how many.
    pub fn message(&self, catalogue: &[RuleText]) -> String {
        match self.findings.as_slice() {
            [one] => one.message.clone(),
            [first, ..] => {
                let title = catalogue.iter().find(|rule| rule.id == first.rule).map(|rule| rule.title.as_str());
                format!("{}: {} ô", title.unwrap_or(&first.message), self.findings.len())
            }
            [] => String::new(),
        }
    }
}

/// The findings, with neighbours of the same sheet, rule and advice taken together where they are many.
pub fn runs<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Run<'a>> {
    let mut alike: Vec<Run> = Vec::new();
    for finding in findings {
        match alike.last_mut() {
            Some(run) if is_same(run.findings[0], finding) => run.findings.push(finding),
            _ => alike.push(Run { findings: vec![finding] }),
        }
    }
    let apart = |run: Run<'a>| match run.findings.len() {
        AT_LEAST.. => vec![run],
        _ => run.findings.into_iter().map(|finding| Run { findings: vec![finding] }).collect(),
    };
    alike.into_iter().flat_map(apart).collect()
}

fn is_same(a: &Finding, b: &Finding) -> bool {
    let cell = |finding: &Finding| finding.place.cell_ref().is_some();
    a.rule == b.rule
        && a.help == b.help
        && a.place.sheet_name() == b.place.sheet_name()
        && a.explanation == b.explanation
        && cell(a)
        && cell(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::{Place, Rule};

    fn blank(row: u32) -> Finding {
        let place = Place::file("a.xlsx").sheet(1, "Biểu 01").cell(CellRef::new(row, 4));
        Finding::of(Rule::MissingValue, place, format!("Ô {row} để trống"), "Ghi số")
    }

    #[test]
    fn many_blank_cells_in_a_row_are_told_once() {
        let blanks: Vec<Finding> = (8..12).map(blank).collect();
        let told = runs(&blanks);
        assert_eq!((told.len(), told[0].cells()), (1, "E9–E12".to_owned()));
        let title = Rule::MissingValue.text();
        assert_eq!(told[0].message(std::slice::from_ref(&title)), format!("{}: 4 ô", title.title));
    }

    #[test]
    fn a_few_are_told_one_by_one() {
        let blanks: Vec<Finding> = (8..11).map(blank).collect();
        let told = runs(&blanks);
        assert_eq!((told.len(), told[1].message(&[])), (3, "Ô 9 để trống".to_owned()));
    }
}
