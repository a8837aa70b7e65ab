//! Answers as JSON, for `tongket check --json`: a contract, keys are never renamed.
//!
//! ```text
//! files, errors, warnings, infos     totals
//! answers[]                          one per file; findings of the whole province have none of the file's keys set
//!   file, sha256                     path below returns/ (or the file's name), hash in hexadecimal
//!   unit, unit_name, period          as far as known; period as in the data files: 2026-Q1, 2026-H1, 2026
//!   submission, estimate, made_on    lần nộp, ước, ngày lập, as declared
//!   received, registered, channel    the receipt; `registered` is false where the day is that of made_on
//!   deadline                         last day on time, when a return is owed
//!   outcome                          accepted, accepted_with_warnings, accepted_in_part, returned; null: set aside
//!   counts, reason                   whether figures are made of it, and why not
//!   request                          what the unit is asked to do, in one sentence
//!   sheets[]                         sheet, outcome, used, asked, errors, warnings
//!   findings[]                       sheet, cell, severity (error, warning, info), rule, item, message, help, explanation
//! ```

use serde::Serialize;

use crate::findings::answer::{Answer, SheetAnswer};
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
    estimate: bool,
    made_on: Option<String>,
    received: Option<String>,
    registered: bool,
    channel: Option<&'a str>,
    deadline: Option<String>,
    outcome: Option<&'static str>,
    counts: bool,
    reason: Option<&'a str>,
    request: String,
    sheets: Vec<Sheet<'a>>,
    findings: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Sheet<'a> {
    sheet: &'a str,
    outcome: &'static str,
    used: usize,
    asked: usize,
    errors: usize,
    warnings: usize,
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
            estimate: answer.estimate,
            made_on: answer.made_on.map(|day| day.to_string()),
            received: answer.received().map(|day| day.to_string()),
            registered: answer.receipt.is_some(),
            channel: answer.receipt.as_ref().map(|receipt| receipt.channel.as_str()),
            deadline: answer.deadline.map(|day| day.to_string()),
            outcome: answer.outcome.map(|outcome| outcome.code()),
            counts: answer.counts,
            reason: answer.reason.as_deref(),
            request: answer.request(),
            sheets: answer.sheets.iter().map(Sheet::of).collect(),
            findings: answer.findings.iter().map(Told::of).collect(),
        }
    }
}

impl<'a> Sheet<'a> {
    fn of(sheet: &'a SheetAnswer) -> Self {
        Self {
            sheet: &sheet.name,
            outcome: sheet.outcome.code(),
            used: sheet.used,
            asked: sheet.asked,
            errors: sheet.errors,
            warnings: sheet.warnings,
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
        assert_eq!((&answer["received"], &answer["channel"]), (&"2027-06-18".into(), &"E-mail".into()));
        assert_eq!(answer["sheets"][0]["outcome"], "accepted_in_part");
        let first = &answer["findings"][0];
        assert_eq!(
            (&first["cell"], &first["rule"], &first["severity"]),
            (&"E14".into(), &"R99".into(), &"error".into())
        );
    }
}
