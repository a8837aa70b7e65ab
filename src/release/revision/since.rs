//! The present figures held against the last publication, and which returns made the difference.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::Definitions;
use crate::definitions::form::Privacy;
use crate::figures::{Cube, Figure, MeasureInfo, MeasureKind, Quantity, ReturnStatus};
use crate::ledger::{Counted, Ledger, Printed, Publication};
use crate::release::batch::Returns;
use crate::release::edition::is_covered;
use crate::release::revision::year::Years;
use crate::release::revision::{Reason, Revision, Revisions};
use crate::vocabulary::{Area, ConfStatus, MeasureCode, ObsStatus, Period, PeriodKind, UnitCode};

/// What tells why figures differ.
pub struct Why<'a> {
    /// The definitions now.
    pub definitions: &'a Definitions,
    /// The catalogue.
    pub measures: &'a [MeasureInfo],
    /// The expected returns.
    pub reporting: &'a [ReturnStatus],
    /// The returns that count now.
    pub now: &'a BTreeMap<(UnitCode, Period), Counted>,
    /// The returns whose items about persons are not in the figures yet.
    pub waiting: &'a Returns,
}

/// The differences of the released figures from the last publication; none when there is none.
pub fn revisions(cube: &Cube, ledger: &Ledger, why: &Why) -> Revisions {
    let Some(last) = ledger.last() else { return Revisions::default() };
    let changes = Changes::since(last, why);
    let axes = cube.axes();
    let mut revisions = Revisions::default();
    let mut known = vec![false; axes.len()];
    let mut years: BTreeMap<i32, Years> = BTreeMap::new();
    let published: BTreeSet<Period> =
        last.printed.iter().filter(|(_, cell)| cell.value.is_some()).map(|((_, period, _), _)| *period).collect();
    for ((area, period, measure), printed) in &last.printed {
        let at = axes.position(area, *period, measure);
        let now = at.map_or(&Figure::NOT_APPLICABLE, |at| &cube.cells()[at]);
        if let Some(at) = at {
            known[at] = true;
        }
        let Some(old) = printed.value else { continue };
        if let (Area::Province(_), true, Some(new)) = (area, period.kind() != PeriodKind::Span, now.value) {
            years.entry(period.last_year()).or_default().compare(measure, old, new);
        }
        if now.value == Some(old) {
            revisions.unchanged += 1;
            continue;
        }
        revisions.list.push(Revision {
            area: area.clone(),
            period: *period,
            measure: measure.clone(),
            old: Some(old),
            new: now.value,
            reasons: changes.reasons(area, *period, measure, printed, now),
        });
    }
    for (at, now) in cube.cells().iter().enumerate().filter(|(at, now)| !known[*at] && now.value.is_some()) {
        let (place, measure) = (at / axes.measures().len(), at % axes.measures().len());
        let (area, period) = (place / axes.periods().len(), axes.periods()[place % axes.periods().len()]);
        // What the internal edition alone shows was not, and is not, published.
        if now.conf != ConfStatus::F || !is_covered(&axes.areas()[area], now, why.definitions) {
            continue;
        }
        if !published.contains(&period) {
            revisions.of_new_periods += 1;
            continue;
        }
        let (area, measure) = (&axes.areas()[area], &axes.measures()[measure]);
        let none = Printed { value: None, status: ObsStatus::O, conf: ConfStatus::F, reported: 0, due: now.due };
        revisions.list.push(Revision {
            area: area.clone(),
            period,
            measure: measure.clone(),
            old: None,
            new: now.value,
            reasons: changes.reasons(area, period, measure, &none, now),
        });
    }
    revisions.list.sort_by_cached_key(|r| {
        let kind = (r.old.is_none(), r.new.is_none(), matches!(r.new, Some(Quantity::Ratio { .. })));
        (kind, std::cmp::Reverse(r.size()), r.area.clone(), r.period, r.measure.clone())
    });
    let is_class = |code: &MeasureCode| why.measures.iter().any(|m| m.code == *code && m.kind == MeasureKind::Class);
    revisions.years = years.into_iter().filter_map(|(year, sums)| sums.indicator(year, is_class)).collect();
    revisions
}

/// The returns that changed since a publication, and how.
struct Changes<'a> {
    why: &'a Why<'a>,
    returns: BTreeMap<(UnitCode, Period), Reason>,
    personal: BTreeSet<&'a MeasureCode>,
    other_definitions: bool,
}

impl<'a> Changes<'a> {
    fn since(last: &Publication, why: &'a Why<'a>) -> Self {
        let deadlines: BTreeMap<_, _> = why.reporting.iter().map(|s| ((&s.unit, s.period), s.deadline)).collect();
        let mut returns = BTreeMap::new();
        for (key, now) in why.now {
            let reason = match last.counted.get(key) {
                Some(then) if then.sha256 == now.sha256 => continue,
                Some(_) => Reason::Corrected,
                None if deadlines.get(&(&key.0, key.1)).is_some_and(|day| *day > last.as_of) => Reason::NewlyDue,
                None => Reason::Late,
            };
            returns.insert(key.clone(), reason);
        }
        for key in last.counted.keys().filter(|key| !why.now.contains_key(key)) {
            returns.insert(key.clone(), Reason::Withdrawn);
        }
        let personal = why.measures.iter().filter(|info| info.privacy > Privacy::P0);
        Self {
            why,
            returns,
            personal: personal.map(|info| &info.code).collect(),
            other_definitions: last.sources.definitions != why.definitions.hash,
        }
    }

    fn reasons(
        &self,
        area: &Area,
        period: Period,
        measure: &MeasureCode,
        then: &Printed,
        now: &Figure,
    ) -> BTreeSet<Reason> {
        if now.status == ObsStatus::Q {
            return [Reason::Hidden].into();
        }
        let waits = |key: &(UnitCode, Period)| self.personal.contains(measure) && self.why.waiting.contains(key);
        let of_place = self.returns.iter().filter(|(key, _)| period.contains(key.1) && self.is_in(&key.0, area));
        let mut reasons: BTreeSet<Reason> =
            of_place.filter(|(key, _)| !waits(key)).map(|(_, reason)| *reason).collect();
        if reasons.is_empty() && self.other_definitions {
            reasons.insert(Reason::Definitions);
        }
        if reasons.is_empty() && then.due != now.due {
            reasons.insert(Reason::Scope);
        }
        if reasons.is_empty() {
            reasons.insert(Reason::Recomputed);
        }
        reasons
    }

    fn is_in(&self, code: &UnitCode, area: &Area) -> bool {
        let site = &self.why.definitions.site.province;
        let unit = self.why.definitions.units.get(code);
        match area {
            Area::Province(province) => province == site && unit.is_some_and(|unit| unit.province == *province),
            Area::Group(group) => unit.is_some_and(|unit| unit.province == *site && unit.groups.contains(group)),
            Area::Unit(of) => of == code,
        }
    }
}
