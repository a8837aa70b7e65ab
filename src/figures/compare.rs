//! Comparison: like for like, over the units complete in both periods.
//!
//! Statistics report section 3.2. A unit that was made, or whose area
//! changed, since the earlier period began is not comparable with itself;
//! who is left out of the common set is told by `matched` and `due`. Whether
//! a change means anything is not decided here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::definitions::{Scheme, UnitRegister};
use crate::figures::cube::{Axes, Change, Comparison, Versus, WhyNot};
use crate::figures::measure::{MeasureInfo, MeasureKind};
use crate::figures::part::{Part, Parts};
use crate::vocabulary::{Area, Period, UnitCode};

/// All comparisons of figures that have a value, sorted by area, period, measure, versus.
///
/// `members` lists, for each area of the axis, its units by their position in `units`.
/// Years and spans have one comparison: their previous period is the same as last year's.
pub(super) fn comparisons(
    axes: &Axes,
    catalogue: &[MeasureInfo],
    units: &Parts,
    members: &[Vec<usize>],
    register: &UnitRegister,
    scheme: &Scheme,
) -> Vec<Comparison> {
    let changes = area_changes(register);
    let changes: Vec<&BTreeSet<NaiveDate>> = register.units.keys().map(|unit| &changes[unit]).collect();
    let pairs: Vec<Vec<Pair>> = axes.periods().iter().map(|period| pairs(*period, axes, scheme)).collect();
    let comparable: Vec<usize> =
        (0..catalogue.len()).filter(|measure| catalogue[*measure].kind != MeasureKind::Class).collect();

    let mut comparisons = Vec::new();
    for (area, members) in members.iter().enumerate() {
        let single = matches!(axes.areas()[area], Area::Unit(_));
        for (period, pairs) in pairs.iter().enumerate() {
            let sets: Vec<CommonSet<'_>> =
                pairs.iter().map(|pair| CommonSet::new(units, period, pair, members, &changes)).collect();
            for measure in comparable.iter().copied().filter(|measure| single || catalogue[*measure].additive) {
                if !members.iter().any(|unit| units.get(*unit, period, measure).reported > 0) {
                    continue;
                }
                let ratio = catalogue[measure].kind == MeasureKind::Ratio;
                comparisons.extend(pairs.iter().zip(&sets).map(|(pair, set)| Comparison {
                    area,
                    period,
                    measure,
                    versus: pair.versus,
                    change: set.change(measure, ratio),
                }));
            }
        }
    }
    comparisons
}

/// An earlier period to compare with.
struct Pair {
    versus: Versus,
    /// Its position on the axis, when the site has figures for it.
    earlier: Option<usize>,
    /// First day of the earlier period.
    since: NaiveDate,
    /// Last day of the later one.
    until: NaiveDate,
}

fn pairs(period: Period, axes: &Axes, scheme: &Scheme) -> Vec<Pair> {
    let last_year = period.a_year_earlier();
    let previous = period.previous().filter(|previous| *previous != last_year);
    let pair = |versus, earlier: Period| Pair {
        versus,
        earlier: axes.period_position(earlier),
        since: scheme.days(earlier).0,
        until: scheme.days(period).1,
    };
    let last_year = pair(Versus::SamePeriodLastYear, last_year);
    [last_year].into_iter().chain(previous.map(|previous| pair(Versus::PreviousPeriod, previous))).collect()
}

/// The units of an area whose own area did not change between two periods.
struct CommonSet<'p> {
    units: &'p Parts,
    period: usize,
    earlier: Option<usize>,
    stable: Vec<usize>,
    members: &'p [usize],
}

impl<'p> CommonSet<'p> {
    fn new(
        units: &'p Parts,
        period: usize,
        pair: &Pair,
        members: &'p [usize],
        changes: &[&BTreeSet<NaiveDate>],
    ) -> Self {
        let is_stable = |unit: &usize| {
            let after = pair.since.succ_opt().unwrap_or(pair.since);
            pair.until < after || changes[*unit].range(after..=pair.until).next().is_none()
        };
        let stable = members.iter().copied().filter(is_stable).collect();
        Self { units, period, earlier: pair.earlier, stable, members }
    }

    /// The change of one measure over the units complete in both periods.
    fn change(&self, measure: usize, ratio: bool) -> Result<Change, WhyNot> {
        let is_due = |unit: &&usize| self.units.get(**unit, self.period, measure).due > 0;
        let due = self.members.iter().filter(is_due).count() as u32;
        let (mut now, mut before, mut matched, mut known_before) = (Part::default(), Part::default(), 0, false);
        for unit in self.stable.iter().filter(is_due) {
            let part = self.units.get(*unit, self.period, measure);
            let Some(earlier) = self.earlier.map(|earlier| self.units.get(*unit, earlier, measure)) else { break };
            known_before |= earlier.reported > 0;
            if part.is_complete() && earlier.is_complete() {
                now = now.plus(*part);
                before = before.plus(*earlier);
                matched += 1;
            }
        }
        if matched > 0 {
            return Ok(Change { now: now.quantity(ratio), before: before.quantity(ratio), matched, due });
        }
        Err(match (self.stable.iter().any(|unit| is_due(&unit)), known_before) {
            (false, _) => WhyNot::Boundary,
            (true, false) => WhyNot::NoBase,
            (true, true) => WhyNot::NoCommonSet,
        })
    }
}

/// The first days on which each unit had another area than before: its own first day, the day after a
/// unit ended that went into it, and the first day of a unit that was made out of it.
fn area_changes(register: &UnitRegister) -> BTreeMap<UnitCode, BTreeSet<NaiveDate>> {
    let mut changes: BTreeMap<UnitCode, BTreeSet<NaiveDate>> =
        register.units.values().map(|unit| (unit.code.clone(), BTreeSet::from([unit.valid_from()]))).collect();
    for unit in register.units.values() {
        let ended = unit.valid_to().and_then(|day| day.succ_opt());
        for (others, day) in [(&unit.successors, ended), (&unit.predecessors, Some(unit.valid_from()))] {
            for other in others {
                if let (Some(days), Some(day)) = (changes.get_mut(other), day) {
                    days.insert(day);
                }
            }
        }
    }
    changes
}
