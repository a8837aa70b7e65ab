//! The thôn of Biểu 06B add up to the commune, for every row that all of them report.

use crate::definitions::SheetKind;
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::intake::check::sum::wide;
use crate::vocabulary::text::excerpt;
use crate::vocabulary::{MeasureCode, number};

pub(super) fn check(case: &Case) -> Vec<Fault> {
    case.entries()
        .filter(|(row, _)| row.by_settlement)
        .filter_map(|(row, _)| {
            let commune = case.value(&row.code)?;
            let parts = parts(case, &row.code)?;
            let total: i128 = parts.iter().map(|(_, value)| i128::from(*value)).sum();
            if total == i128::from(commune) {
                return None;
            }
            let mut message = format!(
                "{} của xã ghi {}, nhưng {} thôn ở {} cộng lại là {}",
                row.short,
                number::whole(commune),
                parts.len(),
                sheet_name(case),
                wide(total),
            );
            // One thôn that alone exceeds the commune is most likely where the slip is.
            if let Some((name, value)) = parts.iter().max_by_key(|(_, value)| *value).filter(|(_, v)| *v > commune) {
                message.push_str(&format!("; riêng {} ghi {}", excerpt(name, 40), number::whole(*value)));
            }
            Some(Fault::new(&row.code, message))
        })
        .collect()
}

fn parts<'a>(case: &Case<'a>, item: &MeasureCode) -> Option<Vec<(&'a str, i64)>> {
    let rows = &case.ret.settlements;
    let parts: Option<Vec<(&str, i64)>> =
        rows.iter().map(|row| Some((row.name.as_str(), row.values.get(item).copied().flatten()?))).collect();
    parts.filter(|parts| !parts.is_empty())
}

/// The name of the sheet of thôn on this form.
pub(super) fn sheet_name<'a>(case: &Case<'a>) -> &'a str {
    case.form.sheets.iter().find(|sheet| sheet.kind == SheetKind::Settlements).map_or("Biểu 06B", |sheet| &sheet.name)
}
