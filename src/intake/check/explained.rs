//! Explanations: a warning that the officer has accepted stands as a footnote.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::definitions::Registers;
use crate::findings::{Finding, Severity};
use crate::intake::{Reading, Return};
use crate::vocabulary::number;

/// Marks the warnings that were accepted for exactly this unit, period, row,
/// rule and value. An explanation given for another value has lapsed; the
/// clerk is told so. Errors cannot be explained away.
///
/// To be asked before values are rejected: it compares with what was read.
pub fn explain(findings: &mut [Finding], returns: &[Return], registers: &Registers) {
    let by_file: BTreeMap<&Arc<str>, &Return> = returns.iter().map(|ret| (&ret.file, ret)).collect();
    for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Warning) {
        let (Some(unit), Some(period), Some(item)) = (&finding.unit, finding.period, &finding.item) else { continue };
        let read = by_file.get(&Arc::from(finding.place.file_name())).and_then(|ret| ret.entries.get(item));
        let value = read.and_then(|entry| match entry.value {
            Reading::Value(value) => Some(value),
            Reading::Empty | Reading::Rejected => None,
        });
        let mut given = registers
            .explanations
            .iter()
            .filter(|e| e.unit == *unit && e.period == period && e.item == *item && e.rule == finding.rule)
            .peekable();
        if given.peek().is_none() {
            continue;
        }
        let mut lapsed = None;
        for explanation in given {
            if explanation.value == value {
                finding.explanation = Some(explanation.reason.clone());
            } else {
                lapsed =
                    Some(explanation.value.map_or_else(|| "ô trống".into(), |v| format!("số {}", number::whole(v))));
            }
        }
        if let (None, Some(lapsed)) = (&finding.explanation, lapsed) {
            finding.help = format!("{}; giải trình đã nhận là cho {lapsed}, nay cần giải trình lại", finding.help);
        }
    }
}
