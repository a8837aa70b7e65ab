//! Comparison: like for like, over the units complete in both periods.
//!
//! Statistics report section 3.2. Units that were rearranged in between are
//! compared as the land they are together: the unit they became against the sum
//! of those it was made of. A unit that is only a part of such land, or whose
//! land before is not known, is left out of the common set; who is left out is
//! told by `matched` and `due`. Whether a change means anything is not decided here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::definitions::{Boundaries, Definitions, Scheme};
use crate::figures::cube::{Axes, Change, Comparison, Versus, WhyNot};
use crate::figures::measure::{MeasureInfo, MeasureKind};
use crate::figures::part::{Part, Parts};
use crate::figures::tiling::Tiling;
use crate::vocabulary::{Area, Period, UnitCode};

/// All comparisons of figures that have a value, sorted by area, period, measure, versus.
///
/// `members` lists, for each area of the axis, its units by their position in `units`.
/// Years and spans have one comparison: their previous period is the same as last year's.
pub(super) fn comparisons(
    axes: &Axes,
    catalogue: &[MeasureInfo],
    units: &Parts,
    tiling: &Tiling,
    members: &[Vec<usize>],
    definitions: &Definitions,
) -> Vec<Comparison> {
    let boundaries = Boundaries::of(&definitions.units);
    let codes: Vec<&UnitCode> = definitions.units.units.keys().collect();
    let pair = |pair: Pair| {
        let lands = lands(&pair, &codes, &boundaries);
        (pair, lands)
    };
    let pairs: Vec<Vec<(Pair, Vec<Land>)>> = axes
        .periods()
        .iter()
        .map(|period| pairs(*period, axes, &definitions.scheme).into_iter().map(pair).collect())
        .collect();
    let comparable: Vec<usize> =
        (0..catalogue.len()).filter(|measure| catalogue[*measure].kind != MeasureKind::Class).collect();

    let mut comparisons = Vec::new();
    for (area, members) in members.iter().enumerate() {
        let single = matches!(axes.areas()[area], Area::Unit(_));
        for (period, pairs) in pairs.iter().enumerate() {
            let sets: Vec<CommonSet<'_>> =
                pairs.iter().map(|(pair, lands)| CommonSet::new(units, tiling, period, pair, lands, members)).collect();
            for measure in comparable.iter().copied().filter(|measure| single || catalogue[*measure].additive) {
                if !members.iter().any(|unit| units.get(*unit, period, measure).reported > 0) {
                    continue;
                }
                let ratio = catalogue[measure].kind == MeasureKind::Ratio;
                comparisons.extend(pairs.iter().zip(&sets).map(|((pair, _), set)| Comparison {
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
    /// First and last day of the earlier period.
    before: (NaiveDate, NaiveDate),
    /// Last day of the later one.
    until: NaiveDate,
}

fn pairs(period: Period, axes: &Axes, scheme: &Scheme) -> Vec<Pair> {
    let last_year = period.a_year_earlier();
    let previous = period.previous().filter(|previous| *previous != last_year);
    let pair = |versus, earlier: Period| Pair {
        versus,
        earlier: axes.period_position(earlier),
        before: scheme.days(earlier),
        until: scheme.days(period).1,
    };
    let last_year = pair(Versus::SamePeriodLastYear, last_year);
    [last_year].into_iter().chain(previous.map(|previous| pair(Versus::PreviousPeriod, previous))).collect()
}

/// Units that are together the same land from the first day of the earlier period to the last of the later one.
struct Land {
    units: Vec<usize>,
    /// Those there were at the end of the earlier period.
    before: Vec<usize>,
    /// Those there were at the end of the later one.
    now: Vec<usize>,
    known: bool,
}

/// Every land of the register between two periods; each unit is in one.
fn lands(pair: &Pair, codes: &[&UnitCode], boundaries: &Boundaries) -> Vec<Land> {
    let at: BTreeMap<&UnitCode, usize> = codes.iter().copied().zip(0..).collect();
    let places = |units: &BTreeSet<UnitCode>| -> Vec<usize> { units.iter().map(|unit| at[unit]).collect() };
    let mut placed = vec![false; codes.len()];
    let mut lands = Vec::new();
    for (position, unit) in codes.iter().enumerate() {
        if placed[position] {
            continue;
        }
        let land = boundaries.land(unit, pair.before.0, pair.until);
        let then = land.units.iter().filter(|unit| boundaries.exists(unit, pair.before.1)).cloned().collect();
        let units = places(&land.units);
        units.iter().for_each(|unit| placed[*unit] = true);
        lands.push(Land { before: places(&then), now: places(&land.last), known: land.known, units });
    }
    lands
}

/// The lands of an area, and which of them can be compared there.
struct CommonSet<'p> {
    units: &'p Parts,
    tiling: &'p Tiling,
    period: usize,
    earlier: Option<usize>,
    lands: Vec<&'p Land>,
    members: &'p [usize],
}

impl<'p> CommonSet<'p> {
    fn new(
        units: &'p Parts,
        tiling: &'p Tiling,
        period: usize,
        pair: &Pair,
        lands: &'p [Land],
        members: &'p [usize],
    ) -> Self {
        // An area has the land of its units; a unit alone has it when it is all that the land has become,
        // or when a division in the period left the period to it.
        let has = |land: &&Land| match members {
            [unit] => {
                let holds = |other: &usize| !tiling.of(*other, period).all.is_empty();
                land.units.contains(unit) && land.units.iter().filter(|other| holds(other)).all(|other| other == unit)
            }
            _ => land.units.iter().all(|unit| members.binary_search(unit).is_ok()),
        };
        let lands = lands.iter().filter(|land| land.known).filter(has).collect();
        Self { units, tiling, period, earlier: pair.earlier, lands, members }
    }

    /// The change of one measure over the lands complete in both periods.
    fn change(&self, measure: usize, ratio: bool) -> Result<Change, WhyNot> {
        let is_due = |unit: &usize| self.units.get(*unit, self.period, measure).due > 0;
        let due = self.members.iter().filter(|unit| is_due(unit)).count() as u32;
        let (mut now, mut before, mut matched) = (Part::default(), Part::default(), 0);
        let (mut comparable, mut known_before) = (false, false);
        for land in self.lands.iter().filter(|land| land.units.iter().any(is_due)) {
            let Some(earlier) = self.earlier else {
                comparable = true;
                break;
            };
            let later = self.sum(land, &land.now, self.period, measure);
            let former = self.sum(land, &land.before, earlier, measure);
            comparable |= land.units.len() == 1 || (later.whole && former.whole);
            known_before |= former.part.reported > 0;
            if [&later, &former].iter().all(|sum| sum.whole && sum.part.is_complete()) {
                now = now.plus(later.part);
                before = before.plus(former.part);
                matched += land.units.iter().filter(|unit| is_due(unit)).count() as u32;
            }
        }
        if matched > 0 {
            return Ok(Change { now: now.quantity(ratio), before: before.quantity(ratio), matched, due });
        }
        Err(match (comparable, known_before) {
            (false, _) => WhyNot::Boundary,
            (true, false) => WhyNot::NoBase,
            (true, true) => WhyNot::NoCommonSet,
        })
    }

    /// What a land adds up to in a period, of whose units those in `there` existed at its end.
    fn sum(&self, land: &Land, there: &[usize], period: usize, measure: usize) -> Sum {
        let due = || land.units.iter().filter(|unit| self.units.get(**unit, period, measure).due > 0);
        let part = due().fold(Part::default(), |sum, unit| sum.plus(*self.units.get(*unit, period, measure)));
        let covered = |unit: &usize| due().any(|holder| self.tiling.of(*holder, period).units.contains(unit));
        Sum { part, whole: there.iter().all(covered) }
    }
}

/// A land in a period.
struct Sum {
    part: Part,
    /// Whether all of the land is in it, missing returns aside.
    whole: bool,
}
