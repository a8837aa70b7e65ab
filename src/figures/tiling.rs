//! Tiling: which of a unit's own returns make up a review period.
//!
//! A period exists for a unit only when its own returns tile it exactly: the
//! first quarter does not exist for a half-yearly reporter, the year does.
//! Nothing is estimated from a longer or shorter return.

use crate::figures::panel::OwnReturn;
use crate::vocabulary::Period;

/// For every unit and review period, the returns that tile it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tiling {
    periods: usize,
    returns: Vec<Vec<u32>>,
}

impl Tiling {
    /// Tiles the review periods of `units` units with their returns, which are sorted by unit.
    ///
    /// A period of which some return is not due yet has no figure yet, so that half a year
    /// is never shown as the year.
    pub fn new(units: usize, periods: &[Period], own: &[OwnReturn]) -> Self {
        let mut returns = Vec::with_capacity(units * periods.len());
        for unit in 0..units {
            let from = own.partition_point(|r| r.unit < unit);
            let to = own.partition_point(|r| r.unit <= unit);
            let of_unit: Vec<Period> = own[from..to].iter().map(|r| r.period).collect();
            for period in periods {
                let tiles = tile(*period, &of_unit).unwrap_or_default();
                let all_due = tiles.iter().all(|at| own[from + at].due);
                let places = tiles.iter().filter(|_| all_due).map(|at| (from + at) as u32);
                returns.push(places.collect());
            }
        }
        Self { periods: periods.len(), returns }
    }

    /// The returns that tile a period of a unit, in order; empty when it does not exist there.
    pub fn of(&self, unit: usize, period: usize) -> &[u32] {
        &self.returns[unit * self.periods + period]
    }
}

/// The returns, as positions in one unit's list, that follow one another from the first to the last
/// quarter of a period; `None` when they do not. Periods are nested, so the longest return that fits
/// is always the right one.
pub fn tile(period: Period, own: &[Period]) -> Option<Vec<usize>> {
    let quarters: Vec<Period> = period.quarters().collect();
    let mut tiles = Vec::new();
    let mut at = 0;
    while at < quarters.len() {
        let fits = |r: &Period| period.contains(*r) && r.starts_with(quarters[at]);
        let (place, length) = own
            .iter()
            .enumerate()
            .filter(|(_, r)| fits(r))
            .map(|(place, r)| (place, r.quarters().count()))
            .max_by_key(|(_, length)| *length)?;
        tiles.push(place);
        at += length;
    }
    Some(tiles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(codes: &[&str]) -> Vec<OwnReturn> {
        let own = |code: &&str| OwnReturn { unit: 0, period: code.parse().unwrap(), due: true, estimate: false };
        codes.iter().map(own).collect()
    }

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
    fn a_period_is_not_there_before_all_its_returns_are_due() {
        let mut returns = own(&["2026-Q1", "2026-Q2"]);
        returns[1].due = false;
        let periods = ["2026-Q1", "2026-H1"].map(|code| code.parse().unwrap());
        let tiling = Tiling::new(1, &periods, &returns);
        assert_eq!((tiling.of(0, 0), tiling.of(0, 1)), (&[0][..], &[][..]));
    }
}
