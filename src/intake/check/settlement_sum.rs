//! The thôn of Biểu 06B add up to the commune, for every row that all of them report.

use crate::definitions::SheetKind;
use crate::findings::Place;
use crate::intake::SettlementRow;
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::intake::check::sum::wide;
use crate::vocabulary::text::excerpt;
use crate::vocabulary::{CellRef, MeasureCode, number};

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
            let largest = parts.iter().max_by_key(|(_, value)| *value).filter(|(_, value)| *value > commune);
            if let Some((thon, value)) = largest {
                message.push_str(&format!("; riêng {} ghi {}", excerpt(&thon.name, 40), number::whole(*value)));
            }
            let mut fault = Fault::new(&row.code, message);
            match largest.and_then(|(thon, _)| place(case, thon, &row.code)) {
                Some(place) => {
                    fault.at = Some(place);
                    let entry = case.ret.entries.get(&row.code);
                    fault.thon = entry.map(|entry| format!("{}!{}", entry.sheet, entry.cell));
                }
                None => fault.thon = cells(case, |thon| thon.cell(&row.code)),
            }
            Some(fault)
        })
        .collect()
}

/// The cell of a thôn.
fn place(case: &Case, thon: &SettlementRow, item: &MeasureCode) -> Option<Place> {
    let sheet = Place::file(case.ret.file.clone()).sheet(thon.sheet_position, thon.sheet.clone());
    thon.cell(item).map(|cell| sheet.cell(cell))
}

/// The cells of all thôn, from the first to the last: `Biểu 06B!C11:C22`.
pub(super) fn cells(case: &Case, cell: impl Fn(&SettlementRow) -> Option<CellRef>) -> Option<String> {
    let (first, last) = (case.ret.settlements.first()?, case.ret.settlements.last()?);
    let (from, to) = (cell(first)?, cell(last)?);
    Some(if from == to { format!("{}!{from}", first.sheet) } else { format!("{}!{from}:{to}", first.sheet) })
}

fn parts<'a>(case: &Case<'a>, item: &MeasureCode) -> Option<Vec<(&'a SettlementRow, i64)>> {
    let rows = &case.ret.settlements;
    let parts: Option<Vec<(&SettlementRow, i64)>> =
        rows.iter().map(|row| Some((row, row.values.get(item).copied().flatten()?))).collect();
    parts.filter(|parts| !parts.is_empty())
}

/// The name of the sheet of thôn on this form.
pub(super) fn sheet_name<'a>(case: &Case<'a>) -> &'a str {
    case.form.sheets.iter().find(|sheet| sheet.kind == SheetKind::Settlements).map_or("Biểu 06B", |sheet| &sheet.name)
}
