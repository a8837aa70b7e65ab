//! Cell by cell: how a return differs from the one that counts instead.

use std::collections::BTreeSet;

use crate::intake::{Difference, Entry, Reading, Return};
use crate::vocabulary::{MeasureCode, number};

/// Every cell of the form's rows in which two returns differ, as read, in sheet order of the older one.
pub(super) fn between(old: &Return, new: &Return) -> Vec<Difference> {
    // Of a return with a list of persons nothing is kept to be compared.
    if old.entries.is_empty() {
        return Vec::new();
    }
    let items: BTreeSet<&MeasureCode> = old.entries.keys().chain(new.entries.keys()).collect();
    let mut differences = Vec::new();
    for item in items {
        let (before, after) = (old.entries.get(item), new.entries.get(item));
        let Some(place) = before.or(after) else { continue };
        let value = |entry: Option<&Entry>| entry.map_or(Reading::Empty, |entry| entry.value);
        let year = |entry: Option<&Entry>| entry.and_then(|entry| entry.cumulative);
        let mut add = |cell, cumulative, old, new| {
            differences.push(Difference { item: item.clone(), sheet: place.sheet.clone(), cell, cumulative, old, new });
        };
        // Two cells that are not used may still say different things.
        let both_refused = value(before) == Reading::Rejected
            && value(after) == Reading::Rejected
            && before.map(|entry| &entry.raw) != after.map(|entry| &entry.raw);
        if value(before) != value(after) || both_refused {
            add(place.cell, false, value(before), value(after));
        }
        if let Some((cell, _)) = year(before).or(year(after))
            && year(before).map(|(_, value)| value) != year(after).map(|(_, value)| value)
        {
            let reading = |found: Option<(_, i64)>| found.map_or(Reading::Empty, |(_, value)| Reading::Value(value));
            add(cell, true, reading(year(before)), reading(year(after)));
        }
    }
    let position = |difference: &Difference| {
        let entry = old.entries.get(&difference.item).or(new.entries.get(&difference.item));
        (entry.map(|entry| entry.sheet_position), difference.cell)
    };
    differences.sort_by_key(position);
    differences
}

/// Whether two returns say the same everywhere, thôn, models and criteria included.
pub(super) fn same_content(a: &Return, b: &Return) -> bool {
    between(a, b).is_empty() && a.settlements == b.settlements && a.models == b.models && a.criteria == b.criteria
}

/// The differences in a few words, column “Trong kỳ” before “Lũy kế”, which mostly follows it:
/// `2 chỉ tiêu khác: Biểu 01!E14 42 → 45, E15 trống → 45`.
pub(super) fn told(differences: &[Difference]) -> String {
    const FEW: usize = 3;
    let (in_period, cumulative): (Vec<&Difference>, Vec<&Difference>) =
        differences.iter().partition(|difference| !difference.cumulative);
    let items = if in_period.is_empty() { cumulative } else { in_period };
    if items.is_empty() {
        return "không chỉ tiêu nào khác".to_owned();
    }
    let mut sheet = None;
    let words: Vec<String> = items
        .iter()
        .take(FEW)
        .map(|difference| {
            let place = match sheet.replace(&difference.sheet) {
                Some(named) if *named == difference.sheet => difference.cell.to_string(),
                _ => format!("{}!{}", difference.sheet, difference.cell),
            };
            format!("{place} {} → {}", reading(difference.old), reading(difference.new))
        })
        .collect();
    let more = if items.len() > FEW { ", …" } else { "" };
    format!("{} chỉ tiêu khác: {}{more}", items.len(), words.join(", "))
}

fn reading(reading: Reading) -> String {
    match reading {
        Reading::Value(value) => number::whole(value),
        Reading::Empty => "trống".to_owned(),
        Reading::Rejected => "không dùng được".to_owned(),
    }
}
