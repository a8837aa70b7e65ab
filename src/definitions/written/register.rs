//! How the officer's registers are written: `receipts.csv` and `explanations.csv`, both optional.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::value::{self, keep};
use crate::definitions::folder::Folder;
use crate::definitions::register::{Explanation, Receipt, Registers};
use crate::definitions::source::{Mistakes, Source};
use crate::definitions::table::{Line, lines};
use crate::definitions::{Form, UnitRegister};
use crate::vocabulary::{MeasureCode, RuleId};

const RECEIPTS: &str = "receipts.csv";
const EXPLANATIONS: &str = "explanations.csv";

/// Reads both registers. `rows` are the rows of the forms. Errors only when a file cannot be read.
pub fn registers(
    input: &Folder,
    units: &UnitRegister,
    rows: &BTreeSet<MeasureCode>,
    forms: &[Form],
    mistakes: &mut Mistakes,
) -> anyhow::Result<Registers> {
    let mut registers = Registers::default();
    if input.has_file(RECEIPTS) {
        let source = Source::read(input, RECEIPTS)?;
        for line in lines(&source, &["file", "received", "channel"], mistakes) {
            // Officers copy the path from Windows.
            let file: Arc<str> = line.get("file").replace('\\', "/").into();
            match value::day(line.get("received")) {
                _ if file.is_empty() => mistakes.add(RECEIPTS, line.number, "cột file không được để trống"),
                Err(message) => mistakes.add(RECEIPTS, line.number, message),
                Ok(received) => {
                    let receipt = Receipt { received, channel: line.get("channel").to_owned() };
                    if registers.receipts.insert(file.clone(), receipt).is_some() {
                        mistakes.add(RECEIPTS, line.number, format!("tệp {file} đã có ở dòng trước"));
                    }
                }
            }
        }
    }
    if input.has_file(EXPLANATIONS) {
        let source = Source::read(input, EXPLANATIONS)?;
        let columns = ["unit", "period", "item", "rule", "value", "reason", "date"];
        for line in lines(&source, &columns, mistakes) {
            match explanation(&line, units, rows, forms) {
                Ok(explanation) => registers.explanations.push(explanation),
                Err(messages) => messages.into_iter().for_each(|m| mistakes.add(EXPLANATIONS, line.number, m)),
            }
        }
    }
    Ok(registers)
}

fn explanation(
    line: &Line,
    units: &UnitRegister,
    rows: &BTreeSet<MeasureCode>,
    forms: &[Form],
) -> Result<Explanation, Vec<String>> {
    let mut wrong = Vec::new();
    let unit = keep(value::unit(line.get("unit"), units), &mut wrong);
    let period = keep(line.get("period").parse(), &mut wrong);
    let item = keep(value::measure(line.get("item"), rows), &mut wrong);
    let rule = keep(rule(line.get("rule"), forms), &mut wrong);
    let value = match line.get("value") {
        "" => Some(None),
        text => {
            let number = text.parse().map_err(|_| format!("value “{text}” không phải số nguyên, viết liền: 1234"));
            keep(number, &mut wrong).map(Some)
        }
    };
    let date = keep(value::day(line.get("date")), &mut wrong);
    let reason = line.get("reason").to_owned();
    if reason.is_empty() {
        wrong.push("cột reason không được để trống: ghi vì sao số này đúng".to_owned());
    }
    match (unit, period, item, rule, value, date) {
        (Some(unit), Some(period), Some(item), Some(rule), Some(value), Some(date)) if wrong.is_empty() => {
            Ok(Explanation { unit, period, item, rule, value, reason, date, line: line.number })
        }
        _ => Err(wrong),
    }
}

/// A check of a form, or a rule of the reader. Those live in another room and are told by their
/// spelling: small letters and hyphens.
fn rule(text: &str, forms: &[Form]) -> Result<RuleId, String> {
    let readers = !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let checks = || forms.iter().flat_map(|form| &form.checks).map(|check| check.id.as_str());
    if readers || checks().any(|id| id == text) {
        return Ok(RuleId::from(text));
    }
    Err(format!("không có quy tắc “{text}”{}", value::nearest(text, checks())))
}
