//! What became of each sheet of a return: as `check::outcome` decides for the whole file.

use std::sync::Arc;

use crate::definitions::{Definitions, SheetForm, SheetKind};
use crate::findings::answer::SheetAnswer;
use crate::findings::{Finding, Outcome, Severity};
use crate::intake::index::sheet_key;
use crate::intake::{Entry, Reading, Return};

/// The sheets that were read, in the order of the form; then sheets outside it with something to act on.
pub(super) fn sheets(ret: &Return, definitions: &Definitions, findings: &[Finding]) -> Vec<SheetAnswer> {
    let Some(form) = definitions.forms.iter().find(|form| form.version == ret.form_version) else { return Vec::new() };
    let mut told: Vec<SheetAnswer> = Vec::new();
    for sheet in &form.sheets {
        let entries: Vec<&Entry> = sheet.rows.iter().filter_map(|row| ret.entries.get(&row.code)).collect();
        let is_named = |name: &&str| sheet_key(name) == sheet_key(&sheet.name);
        let name = entries.first().map(|entry| entry.sheet.clone()).unwrap_or_else(|| {
            let found = findings.iter().filter_map(|finding| finding.place.sheet_name()).find(is_named);
            Arc::from(found.unwrap_or(&sheet.name))
        });
        let (used, asked) = read(ret, sheet, &entries);
        let is_there = asked > 0 || findings.iter().any(|finding| finding.place.sheet_name() == Some(&*name));
        if is_there && told.iter().all(|other| other.name != name) {
            told.push(answer(name, used, asked, findings));
        }
    }
    for finding in findings.iter().filter(|finding| finding.severity < Severity::Info) {
        let Some(name) = finding.place.sheet_name() else { continue };
        if told.iter().all(|other| *other.name != *name) {
            told.push(answer(Arc::from(name), 0, 0, findings));
        }
    }
    told
}

/// How many rows are used, and of how many.
fn read(ret: &Return, sheet: &SheetForm, entries: &[&Entry]) -> (usize, usize) {
    let lines = match sheet.kind {
        SheetKind::Cover | SheetKind::Rows => {
            let used = entries.iter().filter(|entry| matches!(entry.value, Reading::Value(_))).count();
            return (used, entries.len());
        }
        SheetKind::Settlements => ret.settlements.len(),
        SheetKind::Models => ret.models.len(),
        SheetKind::Criteria => ret.criteria.len(),
    };
    (lines, lines)
}

fn answer(name: Arc<str>, used: usize, asked: usize, findings: &[Finding]) -> SheetAnswer {
    let here = || findings.iter().filter(|finding| finding.place.sheet_name() == Some(&*name));
    let errors = here().filter(|finding| finding.severity == Severity::Error).count();
    let warnings =
        here().filter(|finding| finding.severity == Severity::Warning && finding.explanation.is_none()).count();
    let outcome = match (errors, warnings) {
        _ if used == 0 && (asked > 0 || errors > 0) => Outcome::Returned,
        (1.., _) => Outcome::AcceptedInPart,
        (0, 1..) => Outcome::AcceptedWithWarnings,
        (0, 0) => Outcome::Accepted,
    };
    SheetAnswer { name, outcome, used, asked, errors, warnings }
}
