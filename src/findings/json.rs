//! Answers as JSON, for `--json`.

use serde::Serialize;

use crate::findings::answer::Answer;
use crate::findings::{Finding, Severity};

/// All answers as one JSON document, indented, with a line feed at its end. Keys are in English and stable.
pub fn json(answers: &[Answer]) -> String {
    let sum = |severity| answers.iter().map(|answer| answer.count(severity)).sum();
    let document = Document {
        files: answers.iter().filter(|answer| answer.is_file).count(),
        errors: sum(Severity::Error),
        warnings: sum(Severity::Warning),
        infos: sum(Severity::Info),
        answers: answers.iter().map(File::of).collect(),
    };
    let text = serde_json::to_string_pretty(&document).expect("every key is a string");
    text + "\n"
}

#[derive(Serialize)]
struct Document<'a> {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    answers: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    sha256: &'a str,
    unit: Option<&'a str>,
    unit_name: Option<&'a str>,
    period: Option<String>,
    submission: Option<u32>,
    received: Option<String>,
    outcome: Option<&'static str>,
    counts: bool,
    reason: Option<&'a str>,
    findings: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    sheet: Option<&'a str>,
    cell: Option<String>,
    severity: &'static str,
    rule: &'a str,
    item: Option<&'a str>,
    message: &'a str,
    help: &'a str,
    explanation: Option<&'a str>,
}

impl<'a> File<'a> {
    fn of(answer: &'a Answer) -> Self {
        Self {
            file: &answer.file,
            sha256: &answer.sha256,
            unit: answer.unit.as_ref().map(|unit| unit.as_str()),
            unit_name: answer.unit_name.as_deref(),
            period: answer.period.map(|period| period.to_string()),
            submission: answer.submission,
            received: answer.received().map(|day| day.to_string()),
            outcome: answer.outcome.map(|outcome| outcome.code()),
            counts: answer.counts,
            reason: answer.reason.as_deref(),
            findings: answer.findings.iter().map(Told::of).collect(),
        }
    }
}

impl<'a> Told<'a> {
    fn of(finding: &'a Finding) -> Self {
        Self {
            sheet: finding.place.sheet_name(),
            cell: finding.place.cell_ref().map(|cell| cell.to_string()),
            severity: finding.severity.code(),
            rule: finding.rule.as_str(),
            item: finding.item.as_ref().map(|item| item.as_str()),
            message: &finding.message,
            help: &finding.help,
            explanation: finding.explanation.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::answer::tests::sample;

    #[test]
    fn a_script_finds_every_finding_with_its_cell_and_rule() {
        let document: serde_json::Value = serde_json::from_str(&json(&[sample()])).unwrap();
        assert_eq!(document["files"], 1);
        assert_eq!((&document["errors"], &document["warnings"]), (&2.into(), &2.into()));
        let answer = &document["answers"][0];
        assert_eq!((&answer["outcome"], &answer["period"]), (&"accepted_in_part".into(), &"2027-Q2".into()));
        let first = &answer["findings"][0];
        assert_eq!(
            (&first["cell"], &first["rule"], &first["severity"]),
            (&"E14".into(), &"R99".into(), &"error".into())
        );
    }
}
