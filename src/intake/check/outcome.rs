//! How each return is answered: Nhận, Nhận có cảnh báo, Nhận một phần, Trả lại.

use std::collections::BTreeMap;

use crate::findings::{Finding, Outcome, Severity};
use crate::intake::{Reading, Return, Standing};

/// Decides the outcome of every return from what is left of it and from the findings of its file.
pub fn decide(returns: &mut [Return], findings: &[Finding]) {
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_file.entry(finding.place.file_name()).or_default().push(finding);
    }
    for ret in returns {
        let findings = by_file.get(&*ret.file).map_or(&[][..], Vec::as_slice);
        ret.outcome = outcome(ret, findings);
    }
}

fn outcome(ret: &Return, findings: &[&Finding]) -> Outcome {
    let any = |wanted: fn(Reading) -> bool| ret.entries.values().any(|entry| wanted(entry.value));
    // Nothing next to a list of persons is used, however good it looks.
    let persons = findings.iter().any(|finding| finding.rule.as_str() == "personal-data");
    let set_aside = matches!(ret.standing, Standing::SetAside { .. });
    if persons || set_aside || !any(|value| matches!(value, Reading::Value(_))) {
        Outcome::Returned
    } else if findings.iter().any(|f| f.severity == Severity::Error) || any(|value| value == Reading::Rejected) {
        Outcome::AcceptedInPart
    } else if findings.iter().any(|f| f.severity == Severity::Warning && f.explanation.is_none()) {
        Outcome::AcceptedWithWarnings
    } else {
        Outcome::Accepted
    }
}
