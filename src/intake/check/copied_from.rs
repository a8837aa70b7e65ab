//! No return is another one over again: another unit's of any period, or the unit's own of another period.
//!
//! Told by the values that say something: two and more, in rows that count or
//! measure. Zeros and ones agree too easily, and so do the stocks of one and
//! the same unit, of which therefore only the flows are compared. Flows that
//! are all those of the previous return are the business of `copied_forward`.
//!
//! Thousands of returns are compared by their rarest values first: two lists
//! of which at least t % agree share one of the (1 − t) share of rarest values
//! of either (prefix filtering; Chaudhuri, Ganti & Kaushik 2006), so that only
//! returns that share such a value are compared at all.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::definitions::form::{AcrossTime, Asked, Kind};
use crate::definitions::{Form, Row};
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::intake::check::history::History;
use crate::intake::{Entry, Reading, Return};
use crate::vocabulary::{MeasureCode, Period};

/// Values below this agree by chance again and again.
const TELLING: u64 = 2;

/// Where two returns agree too well.
pub(super) struct Copy<'a> {
    /// The return that is asked about: the later of the two, or each of two that came together.
    pub ret: &'a Return,
    /// The other one.
    pub other: &'a Return,
    /// Telling values that agree.
    same: usize,
    /// Rows in which either has a telling value.
    of: usize,
}

/// Every return of which at least `percent` of the telling values, and at least `rows` of them, are
/// those of another return.
pub(super) fn find<'a>(history: &History<'a>, form: &Form, rows: usize, percent: usize) -> Vec<Copy<'a>> {
    let prints = Prints::of(history, form, rows);
    let mut copies: BTreeMap<usize, Copy> = BTreeMap::new();
    let mut take = |at: usize, other: usize, (same, of): (usize, usize)| {
        let better = |known: &Copy| same * known.of > known.same * of;
        if copies.get(&at).is_none_or(better) {
            copies.insert(at, Copy { ret: prints.all[at].ret, other: prints.all[other].ret, same, of });
        }
    };
    let alike = |(same, of): &(usize, usize)| *same >= rows && same * 100 >= percent * of;
    prints.of_different_units(percent, |first, second| {
        let (a, b) = (&prints.all[first], &prints.all[second]);
        let Some(likeness) = Some(likeness(&a.all, &b.all)).filter(alike) else { return };
        take(second, first, likeness);
        if a.moment() == b.moment() {
            take(first, second, likeness);
        }
    });
    for (first, second) in prints.of_one_unit() {
        let (a, b) = (&prints.all[first], &prints.all[second]);
        let Some((same, of)) = Some(likeness(&a.flows, &b.flows)).filter(alike) else { continue };
        if same < of || b.ret.period.previous() != Some(a.ret.period) {
            take(second, first, (same, of));
        }
    }
    copies.into_values().collect()
}

impl Copy<'_> {
    /// What to tell about it; `None` when the two share no row of the form.
    pub fn fault(&self, case: &Case) -> Option<Fault> {
        let shared = |(row, entry): &(&Row, &Entry)| {
            let other = self.other.entries.get(&row.code);
            telling(row, entry).is_some_and(|value| other.is_some_and(|other| other.value == Reading::Value(value)))
        };
        let of_unit = self.other.unit == self.ret.unit;
        let (row, _) = case.entries().filter(|(row, _)| !of_unit || is_flow(row)).find(shared)?;
        let (whose, earlier) = match of_unit {
            true => ("của chính đơn vị".to_owned(), Some(self.other.period)),
            false => {
                let definitions = case.history.definitions;
                let (_, end) = definitions.scheme.days(self.other.period);
                let name = definitions.units.get(&self.other.unit).map_or("", |unit| unit.name_on(end));
                (format!("của {name} ({})", self.other.unit), None)
            }
        };
        let message = format!(
            "{}/{} số {}trùng với báo cáo {} {whose}, tệp {}",
            self.same,
            self.of,
            if of_unit { "phát sinh " } else { "liệu " },
            self.other.period.title(),
            self.other.file,
        );
        Some(Fault::new(&row.code, message).earlier(earlier))
    }
}

/// A row, by its place in the form, with a telling value.
type Mark = (u16, i64);

/// What is telling in a return.
struct Print<'a> {
    ret: &'a Return,
    /// By row.
    all: Vec<Mark>,
    /// The flows among them.
    flows: Vec<Mark>,
}

impl Print<'_> {
    /// When it came, as far as that tells an original from a copy.
    fn moment(&self) -> (Period, Option<NaiveDate>) {
        (self.ret.period, self.ret.received)
    }
}

/// All returns with enough to compare, in the order in which they came.
struct Prints<'a> {
    all: Vec<Print<'a>>,
}

impl<'a> Prints<'a> {
    fn of(history: &History<'a>, form: &Form, rows: usize) -> Self {
        // Only what every return is asked for, so that a plan or a year's end makes no difference.
        let everywhere = form.sheets.iter().filter(|sheet| sheet.plans.is_empty()).flat_map(|sheet| &sheet.rows);
        let by_code: BTreeMap<&MeasureCode, (u16, &Row)> = everywhere
            .filter(|row| row.asked == Asked::Always)
            .zip(0..)
            .map(|(row, at)| (&row.code, (at, row)))
            .collect();
        let print = |ret: &'a Return| {
            let mut all = Vec::new();
            let mut flows = Vec::new();
            for (code, entry) in &ret.entries {
                let Some((at, row)) = by_code.get(code) else { continue };
                let Some(value) = telling(row, entry) else { continue };
                all.push((*at, value));
                if is_flow(row) {
                    flows.push((*at, value));
                }
            }
            all.sort_unstable();
            flows.sort_unstable();
            Print { ret, all, flows }
        };
        let mut all: Vec<Print> = history.all().map(print).filter(|print| print.all.len() >= rows).collect();
        all.sort_by(|a, b| (a.moment(), &a.ret.file).cmp(&(b.moment(), &b.ret.file)));
        Self { all }
    }

    /// Goes through the pairs of different units that may agree in `percent` of their telling values,
    /// the earlier first: for each return those that share one of its rarest values.
    fn of_different_units(&self, percent: usize, mut pair: impl FnMut(usize, usize)) {
        let mut common: BTreeMap<Mark, u32> = BTreeMap::new();
        for mark in self.all.iter().flat_map(|print| &print.all) {
            *common.entry(*mark).or_default() += 1;
        }
        let mut seen: BTreeMap<Mark, Vec<usize>> = BTreeMap::new();
        for (at, print) in self.all.iter().enumerate() {
            let mut rarest: Vec<(u32, Mark)> = print.all.iter().map(|mark| (common[mark], *mark)).collect();
            rarest.sort_unstable();
            let must_agree = (print.all.len() * percent).div_ceil(100);
            let mut sharing: BTreeSet<usize> = BTreeSet::new();
            for (_, mark) in &rarest[..=print.all.len() - must_agree] {
                let others = seen.entry(*mark).or_default();
                let different = |other: &&usize| self.all[**other].ret.unit != print.ret.unit;
                sharing.extend(others.iter().rev().filter(different).take(ENOUGH));
                others.push(at);
            }
            sharing.into_iter().for_each(|other| pair(other, at));
        }
    }

    /// Pairs of returns of one unit for different periods, the earlier first.
    fn of_one_unit(&self) -> Vec<(usize, usize)> {
        let mut by_unit: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, print) in self.all.iter().enumerate() {
            by_unit.entry(print.ret.unit.as_str()).or_default().push(at);
        }
        let pairs = |of_unit: Vec<usize>| -> Vec<(usize, usize)> {
            let later = |at: usize| of_unit[at + 1..].iter().map(move |second| (at, *second));
            (0..of_unit.len())
                .flat_map(|at| later(at).map(|(at, second)| (of_unit[at], second)).collect::<Vec<_>>())
                .collect()
        };
        by_unit.into_values().flat_map(pairs).collect()
    }
}

/// With how many returns that share a value a return is compared at most, those nearest in time. Only
/// where even the rarest value of a return is common are there more.
const ENOUGH: usize = 200;

/// How many rows agree, of those in which either list has a value. Both are sorted by row.
fn likeness(a: &[Mark], b: &[Mark]) -> (usize, usize) {
    let (mut same, mut shared) = (0, 0);
    for (row, value) in a {
        if let Ok(at) = b.binary_search_by_key(row, |(row, _)| *row) {
            same += usize::from(b[at].1 == *value);
            shared += 1;
        }
    }
    (same, a.len() + b.len() - shared)
}

fn telling(row: &Row, entry: &Entry) -> Option<i64> {
    match entry.value {
        Reading::Value(value) if !matches!(row.kind, Kind::Class(_)) && value.unsigned_abs() >= TELLING => Some(value),
        _ => None,
    }
}

fn is_flow(row: &Row) -> bool {
    row.kind == Kind::Flow && row.across_time == AcrossTime::Sum
}
