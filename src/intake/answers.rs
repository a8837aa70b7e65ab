//! The answers to all files: every return and every file set aside, with its findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::definitions::{Definitions, schedule};
use crate::findings::answer::Answer;
use crate::findings::{Finding, Outcome, Severity};
use crate::intake::sheets::sheets;
use crate::intake::{Intake, Return, SetAside, Standing};
use crate::vocabulary::{Period, UnitCode};

type Deadlines = BTreeMap<(UnitCode, Period), NaiveDate>;

/// One answer per file, in file order; findings about no file, such as those of
/// the whole province, come last under their place.
pub fn answers(intake: &Intake, definitions: &Definitions) -> Vec<Answer> {
    let owed = schedule::expected(definitions).into_iter().map(|due| ((due.unit, due.period), due.deadline));
    let deadlines: Deadlines = owed.collect();
    let mut findings: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
    for finding in &intake.findings {
        findings.entry(finding.place.file_name()).or_default().push(finding.clone());
    }
    let mut answers: Vec<Answer> = Vec::new();
    for ret in &intake.returns {
        let answer = of_return(ret, definitions, findings.remove(&*ret.file).unwrap_or_default());
        let deadline = deadlines.get(&(ret.unit.clone(), ret.period)).copied();
        answers.push(Answer { deadline, receipt: intake.receipts.get(&ret.file).cloned(), ..answer });
    }
    for aside in &intake.set_aside {
        let answer = of_set_aside(aside, definitions, findings.remove(&*aside.file).unwrap_or_default());
        answers.push(Answer { receipt: intake.receipts.get(&aside.file).cloned(), ..answer });
    }
    answers.sort_by(|a, b| a.file.cmp(&b.file));
    answers.extend(findings.into_iter().map(|(place, findings)| Answer { findings, ..about(Arc::from(place)) }));
    answers
}

/// An answer of which nothing is known but its place.
fn about(file: Arc<str>) -> Answer {
    Answer {
        file,
        is_file: false,
        sha256: String::new(),
        unit: None,
        unit_name: None,
        period: None,
        submission: None,
        estimate: false,
        made_on: None,
        receipt: None,
        deadline: None,
        outcome: None,
        counts: false,
        reason: None,
        sheets: Vec::new(),
        findings: Vec::new(),
    }
}

fn of_return(ret: &Return, definitions: &Definitions, findings: Vec<Finding>) -> Answer {
    let (_, end) = definitions.scheme.days(ret.period);
    Answer {
        is_file: true,
        sha256: ret.sha256.clone(),
        unit: Some(ret.unit.clone()),
        unit_name: definitions.units.get(&ret.unit).map(|unit| unit.name_on(end).to_owned()),
        period: Some(ret.period),
        submission: Some(ret.submission),
        estimate: ret.estimate,
        made_on: ret.declared_date,
        outcome: Some(ret.outcome),
        counts: ret.standing == Standing::Counts,
        reason: match &ret.standing {
            Standing::Counts => None,
            Standing::Superseded { by } => Some(format!("Đã được thay bằng {by}")),
            Standing::SetAside { reason } => Some(reason.clone()),
        },
        sheets: sheets(ret, definitions, &findings),
        findings,
        ..about(ret.file.clone())
    }
}

/// A file set aside may still be known to be from a unit, by one of its findings.
fn of_set_aside(aside: &SetAside, definitions: &Definitions, findings: Vec<Finding>) -> Answer {
    let unit = findings.iter().find_map(|finding| finding.unit.clone());
    let period = findings.iter().find_map(|finding| finding.period);
    let known = unit.as_ref().and_then(|unit| definitions.units.get(unit));
    Answer {
        is_file: true,
        sha256: aside.sha256.clone(),
        unit_name: known.map(|unit| match period {
            Some(period) => unit.name_on(definitions.scheme.days(period).1).to_owned(),
            None => unit.name().to_owned(),
        }),
        unit,
        period,
        outcome: findings.iter().any(|finding| finding.severity == Severity::Error).then_some(Outcome::Returned),
        reason: Some(aside.reason.clone()),
        findings,
        ..about(aside.file.clone())
    }
}
