//! Tiling: which returns make up a review period of a unit.
//!
//! A period exists for a unit only when returns tile it exactly: the
//! first quarter does not exist for a half-yearly reporter, the year does.
//! Nothing is estimated from a longer or shorter return.
//!
//! A period in which units were merged belongs to the unit they became: its
//! returns and before them those of its predecessors. A period in which a unit
//! was divided belongs to that unit. Where several units became several, or a predecessor's returns do not
//! reach the day, each has its own part of the period: the opening stocks before, the closing stocks after,
//! what adds up in both. So the province has every return once.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::boundary::{Boundaries, Rearrangement};
use crate::definitions::{Scheme, UnitRegister};
use crate::figures::panel::OwnReturn;
use crate::vocabulary::{Period, UnitCode};

/// The returns that make up one period of one unit, by their positions; all empty where there is no such period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tiles {
    /// Every return.
    pub all: Vec<u32>,
    /// The first one, of each unit there was at the start.
    pub first: Vec<u32>,
    /// The last one, of each unit there was at the end.
    pub last: Vec<u32>,
    /// The units whose land these returns speak of in full, by position.
    pub units: Vec<usize>,
}

impl Tiles {
    /// The return that is the whole period by itself.
    pub fn only(&self) -> Option<u32> {
        match (&self.all[..], &self.first[..], &self.last[..]) {
            ([only], [_], [_]) => Some(*only),
            _ => None,
        }
    }

    fn joined(mut self, other: Tiles) -> Tiles {
        self.all.extend(other.all);
        self.first.extend(other.first);
        self.last.extend(other.last);
        self.units.extend(other.units);
        self
    }

    /// These returns, and after them those of the rest of the period.
    fn then(self, later: Tiles) -> Tiles {
        Tiles { first: self.first.clone(), last: later.last.clone(), ..self.joined(later) }
    }
}

/// For every unit and review period, the returns that tile it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tiling {
    periods: usize,
    tiles: Vec<Tiles>,
}

impl Tiling {
    /// Tiles the review periods of all units with their returns, which are sorted by unit.
    ///
    /// A period of which some return is not due yet has no figure yet, so that half a year
    /// is never shown as the year.
    pub fn new(register: &UnitRegister, scheme: &Scheme, periods: &[Period], own: &[OwnReturn]) -> Self {
        let boundaries = Boundaries::of(register);
        let units: BTreeMap<&UnitCode, usize> = register.units.keys().zip(0..).collect();
        let floor = Floor { boundaries: &boundaries, scheme, units: &units, own };
        let mut tiles = Vec::with_capacity(units.len() * periods.len());
        for unit in units.keys() {
            for period in periods {
                let quarters: Vec<Period> = period.quarters().collect();
                let found = floor.tiles(unit, *period, &quarters).unwrap_or_default();
                let all_due = found.all.iter().all(|at| own[*at as usize].due);
                tiles.push(if all_due { found } else { Tiles::default() });
            }
        }
        Self { periods: periods.len(), tiles }
    }

    /// The returns that tile a period of a unit.
    pub fn of(&self, unit: usize, period: usize) -> &Tiles {
        &self.tiles[unit * self.periods + period]
    }
}

/// All that tiles are laid with.
struct Floor<'a> {
    boundaries: &'a Boundaries,
    scheme: &'a Scheme,
    units: &'a BTreeMap<&'a UnitCode, usize>,
    own: &'a [OwnReturn],
}

impl Floor<'_> {
    /// The returns that tile these quarters of a unit, looking at the latest rearrangement among them first.
    fn tiles(&self, unit: &UnitCode, within: Period, quarters: &[Period]) -> Option<Tiles> {
        let change = self.boundaries.touching(unit).rev().find_map(|one| Some((one, self.cut(one, quarters)?)));
        let Some((change, at)) = change else { return self.own_tiles(unit, within, quarters) };
        let (earlier, later) = quarters.split_at(at);
        let holder = [&change.after, &change.before].into_iter().find(|units| units.len() == 1);
        let holder = holder.and_then(BTreeSet::first).filter(|_| change.whole);
        if let Some((holder, composed)) =
            holder.and_then(|holder| Some((holder, self.composed(change, within, quarters, at)?)))
        {
            return (holder == unit).then_some(composed);
        }
        // Nothing holds the whole: what a unit itself reported throughout stays its own, but is compared
        // with nothing, for it is the land of no unit; else each has the part of the period in which it was.
        let own = || Some(Tiles { units: Vec::new(), ..self.own_tiles(unit, within, quarters)? });
        let part = || match (change.before.contains(unit), change.after.contains(unit)) {
            (true, false) => Some(Tiles { last: Vec::new(), ..self.tiles(unit, within, earlier)? }),
            (false, true) => Some(Tiles { first: Vec::new(), ..self.tiles(unit, within, later)? }),
            _ => None,
        };
        own().or_else(part)
    }

    /// The returns of all units before a rearrangement and then of all after it, when one of the sides is one unit.
    fn composed(&self, change: &Rearrangement, within: Period, quarters: &[Period], at: usize) -> Option<Tiles> {
        let all = |units: &BTreeSet<UnitCode>, quarters: &[Period]| {
            units.iter().try_fold(Tiles::default(), |sum, unit| Some(sum.joined(self.tiles(unit, within, quarters)?)))
        };
        let (earlier, later) = quarters.split_at(at);
        Some(all(&change.before, earlier)?.then(all(&change.after, later)?))
    }

    /// How many of the quarters ended before a rearrangement; nothing unless some did and some did not.
    fn cut(&self, change: &Rearrangement, quarters: &[Period]) -> Option<usize> {
        let before = quarters.iter().filter(|quarter| self.scheme.days(**quarter).1 < change.day).count();
        (0 < before && before < quarters.len()).then_some(before)
    }

    /// The unit's own returns, when they tile the quarters.
    fn own_tiles(&self, unit: &UnitCode, within: Period, quarters: &[Period]) -> Option<Tiles> {
        let position = self.units[unit];
        let from = self.own.partition_point(|r| r.unit < position);
        let to = self.own.partition_point(|r| r.unit <= position);
        let periods: Vec<Period> = self.own[from..to].iter().map(|own| own.period).collect();
        let places = tile_quarters(within, quarters, &periods)?;
        let all: Vec<u32> = places.into_iter().map(|at| (from + at) as u32).collect();
        let (first, last) = (*all.first()?, *all.last()?);
        Some(Tiles { all, first: vec![first], last: vec![last], units: vec![position] })
    }
}

/// The returns, as positions in one unit's list, that follow one another from the first to the last quarter
/// of a period; `None` when they do not. Periods are nested, so the longest return that fits is always the right one.
pub fn tile(period: Period, own: &[Period]) -> Option<Vec<usize>> {
    tile_quarters(period, &period.quarters().collect::<Vec<_>>(), own)
}

/// The same for some quarters of a period that follow one another.
fn tile_quarters(period: Period, quarters: &[Period], own: &[Period]) -> Option<Vec<usize>> {
    let mut tiles = Vec::new();
    let mut at = 0;
    while at < quarters.len() {
        let fits = |r: &Period| period.contains(*r) && r.starts_with(quarters[at]);
        let (place, length) = own
            .iter()
            .enumerate()
            .filter(|(_, r)| fits(r))
            .map(|(place, r)| (place, r.quarters().count()))
            .filter(|(_, length)| at + length <= quarters.len())
            .max_by_key(|(_, length)| *length)?;
        tiles.push(place);
        at += length;
    }
    Some(tiles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiles(period: &str, codes: &[&str]) -> Option<Vec<usize>> {
        let own: Vec<Period> = codes.iter().map(|code| code.parse().unwrap()).collect();
        tile(period.parse().unwrap(), &own)
    }

    #[test]
    fn quarters_tile_the_half_the_nine_months_and_the_year() {
        let quarters = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"];
        assert_eq!(tiles("2026-H2", &quarters), Some(vec![2, 3]));
        assert_eq!(tiles("2026-9M", &quarters), Some(vec![0, 1, 2]));
        assert_eq!(tiles("2026", &quarters), Some(vec![0, 1, 2, 3]));
    }

    #[test]
    fn halves_tile_the_year_but_neither_a_quarter_nor_nine_months() {
        let halves = ["2026-H1", "2026-H2"];
        assert_eq!(tiles("2026", &halves), Some(vec![0, 1]));
        assert_eq!(tiles("2026-Q2", &halves), None);
        assert_eq!(tiles("2026-9M", &halves), None);
    }

    #[test]
    fn a_rhythm_that_changes_within_the_year_still_tiles_it() {
        assert_eq!(tiles("2026", &["2026-H1", "2026-Q3", "2026-Q4"]), Some(vec![0, 1, 2]));
    }

    #[test]
    fn a_gap_is_not_bridged() {
        assert_eq!(tiles("2026", &["2026-Q1", "2026-Q2", "2026-Q4"]), None);
    }

    #[test]
    fn what_two_returns_cover_is_counted_once() {
        assert_eq!(tiles("2026-H1", &["2026-Q1", "2026-H1"]), Some(vec![1]));
        assert_eq!(tiles("2026-Q1", &["2026-Q1", "2026-H1"]), Some(vec![0]));
    }

    #[test]
    fn a_return_that_reaches_beyond_the_quarters_asked_for_does_not_tile_them() {
        let year: Period = "2026".parse().unwrap();
        let quarters: Vec<Period> = year.quarters().collect();
        let halves = ["2026-H1", "2026-H2"].map(|half| half.parse().unwrap());
        assert_eq!(tile_quarters(year, &quarters[..3], &halves), None);
        assert_eq!(tile_quarters(year, &quarters[..2], &halves), Some(vec![0]));
    }
}
