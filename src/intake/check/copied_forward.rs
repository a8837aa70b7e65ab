//! The flows are not those of the previous return, where chance alone would
//! hardly make them equal (statistics report, section 4, “copied forward”).
//!
//! Stocks may repeat and are left out, and so are amounts of money, which are
//! no counts, and parts of a total that is looked at itself.

use crate::definitions::Kind;
use crate::intake::Reading;
use crate::intake::check::Fault;
use crate::intake::check::case::{Case, is_money, is_part};
use crate::statistics::chance;
use crate::vocabulary::{MeasureCode, number};

/// Fewer equal flows than this say nothing.
const FEWEST: usize = 5;

pub(super) fn check(case: &Case, per_million: u32) -> Option<Fault> {
    let previous = case.previous()?;
    if case.boundary_changed_since(previous.period) {
        return None;
    }
    let mut equal: Vec<(&MeasureCode, i64)> = Vec::new();
    for (row, entry) in case.entries() {
        if row.kind != Kind::Flow || is_money(row) || is_part(case.form, row) {
            continue;
        }
        let Some(before) = previous.entries.get(&row.code) else { continue };
        match (entry.value, before.value) {
            (Reading::Value(0), Reading::Value(0)) | (Reading::Empty, Reading::Empty) => {}
            (Reading::Value(now), Reading::Value(then)) if now == then => equal.push((&row.code, now)),
            _ => return None,
        }
    }
    let (first, _) = equal.first()?;
    let chance = chance::all_equal(equal.iter().map(|(_, value)| value.unsigned_abs()));
    if equal.len() < FEWEST || chance * 1e6 >= f64::from(per_million) {
        return None;
    }
    let values: Vec<String> = equal.iter().take(6).map(|(_, value)| number::whole(*value)).collect();
    let message = format!(
        "{} số phát sinh trùng hết với báo cáo {} ({}{}); ngẫu nhiên gần như không thể như vậy",
        equal.len(),
        previous.period.title(),
        values.join(", "),
        if equal.len() > values.len() { ", …" } else { "" },
    );
    Some(Fault::new(first, message).see(equal.iter().map(|(item, _)| *item)).earlier(Some(previous.period)))
}
