//! The answers to all files: every return and every file set aside, with its findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::definitions::Definitions;
use crate::findings::answer::Answer;
use crate::findings::{Finding, Outcome, Severity};
use crate::intake::{Intake, Return, SetAside, Standing};

/// One answer per file, in file order; findings about no file, such as those of
/// the whole province, come last under their place.
pub fn answers(intake: &Intake, definitions: &Definitions) -> Vec<Answer> {
    let mut findings: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
    for finding in &intake.findings {
        findings.entry(finding.place.file_name()).or_default().push(finding.clone());
    }
    let mut answers: Vec<Answer> = Vec::new();
    for ret in &intake.returns {
        answers.push(of_return(ret, definitions, findings.remove(&*ret.file).unwrap_or_default()));
    }
    for aside in &intake.set_aside {
        answers.push(of_set_aside(aside, definitions, findings.remove(&*aside.file).unwrap_or_default()));
    }
    answers.sort_by(|a, b| a.file.cmp(&b.file));
    answers.extend(findings.into_iter().map(|(place, findings)| Answer {
        file: Arc::from(place),
        sha256: String::new(),
        unit: None,
        unit_name: None,
        period: None,
        submission: None,
        received: None,
        outcome: None,
        counts: false,
        reason: None,
        findings,
    }));
    answers
}

fn of_return(ret: &Return, definitions: &Definitions, findings: Vec<Finding>) -> Answer {
    let (_, end) = definitions.scheme.days(ret.period);
    Answer {
        file: ret.file.clone(),
        sha256: ret.sha256.clone(),
        unit: Some(ret.unit.clone()),
        unit_name: definitions.units.get(&ret.unit).map(|unit| unit.name_on(end).to_owned()),
        period: Some(ret.period),
        submission: Some(ret.submission),
        received: ret.received,
        outcome: Some(ret.outcome),
        counts: ret.standing == Standing::Counts,
        reason: match &ret.standing {
            Standing::Counts => None,
            Standing::Superseded { by } => Some(format!("Đã được thay bằng {by}")),
            Standing::SetAside { reason } => Some(reason.clone()),
        },
        findings,
    }
}

/// A file set aside may still be known to be from a unit, by one of its findings.
fn of_set_aside(aside: &SetAside, definitions: &Definitions, findings: Vec<Finding>) -> Answer {
    let unit = findings.iter().find_map(|finding| finding.unit.clone());
    let period = findings.iter().find_map(|finding| finding.period);
    let known = unit.as_ref().and_then(|unit| definitions.units.get(unit));
    Answer {
        file: aside.file.clone(),
        sha256: aside.sha256.clone(),
        unit_name: known.map(|unit| match period {
            Some(period) => unit.name_on(definitions.scheme.days(period).1).to_owned(),
            None => unit.name().to_owned(),
        }),
        unit,
        period,
        submission: None,
        received: None,
        outcome: findings.iter().any(|finding| finding.severity == Severity::Error).then_some(Outcome::Returned),
        counts: false,
        reason: Some(aside.reason.clone()),
        findings,
    }
}
