//! Explanations: a warning that the officer has accepted stands as a footnote.
//!
//! What became of each line of the register is told to the officer, who keeps
//! it; the clerk is told only where a warning asks again.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::definitions::Registers;
use crate::definitions::register::Explanation;
use crate::findings::{Finding, Severity};
use crate::intake::{Reading, Return, Standing};
use crate::vocabulary::number;

/// One line of `explanations.csv` and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The line.
    pub explanation: Explanation,
    /// Whether it is in force.
    pub state: ExplanationState,
}

/// What became of an accepted explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExplanationState {
    /// The warning stands with it as a footnote.
    InForce,
    /// The value is another one now, and the warning asks again.
    Lapsed {
        /// The value now; none when the cell is empty.
        now: Option<i64>,
    },
    /// The rule finds nothing there: the value was corrected, or the line is wrong.
    NoWarning,
    /// What the rule finds there is an error; errors are corrected, not explained.
    IsError,
    /// No return of the unit and period counts.
    NoReturn,
}

/// Marks the warnings that were accepted for exactly this unit, period, row,
/// rule and value. An explanation given for another value has lapsed; the
/// clerk is told so. Errors cannot be explained away.
///
/// To be asked before values are rejected: it compares with what was read.
/// Gives what became of each explanation, in the order of the register.
pub fn explain(findings: &mut [Finding], returns: &[Return], registers: &Registers) -> Vec<Explained> {
    let counting: BTreeMap<&Arc<str>, &Return> =
        returns.iter().filter(|ret| ret.standing == Standing::Counts).map(|ret| (&ret.file, ret)).collect();
    let mut explained = Vec::new();
    for explanation in &registers.explanations {
        let came = counting.values().any(|ret| ret.unit == explanation.unit && ret.period == explanation.period);
        let mut state = if came { ExplanationState::NoWarning } else { ExplanationState::NoReturn };
        for finding in findings.iter_mut().filter(|finding| is_about(finding, explanation)) {
            let Some(ret) = counting.get(&Arc::from(finding.place.file_name())) else { continue };
            let value = ret.entries.get(&explanation.item).and_then(|entry| match entry.value {
                Reading::Value(value) => Some(value),
                Reading::Empty | Reading::Rejected => None,
            });
            state = match (finding.severity, explanation.value == value) {
                (Severity::Error, _) => ExplanationState::IsError,
                (_, true) => ExplanationState::InForce,
                (_, false) => ExplanationState::Lapsed { now: value },
            };
            if state == ExplanationState::InForce {
                finding.explanation = Some(explanation.reason.clone());
            }
        }
        explained.push(Explained { explanation: explanation.clone(), state });
    }
    ask_again(findings, &explained);
    explained
}

/// Tells the clerk where a warning that was explained asks again.
fn ask_again(findings: &mut [Finding], explained: &[Explained]) {
    for Explained { explanation, state } in explained {
        if !matches!(state, ExplanationState::Lapsed { .. }) {
            continue;
        }
        let open = |finding: &&mut Finding| is_about(finding, explanation) && finding.explanation.is_none();
        for finding in findings.iter_mut().filter(open) {
            let given = explanation.value.map_or_else(|| "ô trống".into(), |v| format!("số {}", number::whole(v)));
            finding.help = format!("{}; giải trình đã nhận là cho {given}, nay cần giải trình lại", finding.help);
        }
    }
}

fn is_about(finding: &Finding, explanation: &Explanation) -> bool {
    finding.severity < Severity::Info
        && finding.rule == explanation.rule
        && finding.item.as_ref() == Some(&explanation.item)
        && finding.unit.as_ref() == Some(&explanation.unit)
        && finding.period == Some(explanation.period)
}
