//! Weighted coverage: how much of last year's whole the units that have reported now were.
//!
//! Σ last year's value of the reporting units ÷ Σ last year's value of all units that are due (statistics
//! report 3.2), the value of a ratio being its denominator. Ten small communes missing are not one
//! large one. A unit that was made since counts as the units it was made of. It is told only where last
//! year's value of every due unit is released, and where it differs from the plain coverage by more
//! than five percentage points.

use std::collections::BTreeSet;

use crate::definitions::Boundaries;
use crate::release::{Figure, MeasureKind, Quantity, Release};
use crate::vocabulary::{Area, MeasureCode, Period, UnitCode};

/// Two shares of the same units: by number and by last year's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Units whose returns are all in, and units that are due.
    pub plain: (i64, i64),
    /// Their sizes last year.
    pub weighted: (i64, i64),
}

/// A difference of more than this many percentage points is told.
const APART: i128 = 5;

impl Coverage {
    /// Whether the two differ by more than five percentage points, exactly.
    pub fn is_apart(&self) -> bool {
        let ((r, d), (w, v)) = (self.plain, self.weighted);
        let cross = i128::from(r) * i128::from(v) - i128::from(w) * i128::from(d);
        d > 0 && v > 0 && cross.abs() * 100 > APART * i128::from(d) * i128::from(v)
    }
}

/// Both coverages of a measure over these units; `None` for what has no size, when nothing is due, and
/// where a unit's value of last year is not there to weigh it by.
pub fn coverage<'u>(
    release: &Release,
    boundaries: &Boundaries,
    units: impl IntoIterator<Item = &'u UnitCode>,
    period: Period,
    measure: &MeasureCode,
) -> Option<Coverage> {
    let info = release.measures().iter().find(|info| info.code == *measure)?;
    if info.kind == MeasureKind::Class {
        return None;
    }
    let scheme = &release.definitions().scheme;
    let earlier = period.a_year_earlier();
    let (last_year, now) = (scheme.days(earlier).1, scheme.days(period).1);
    let (mut plain, mut weighted) = ((0, 0), (0i64, 0i64));
    for unit in units {
        let figure = release.figure(&Area::Unit(unit.clone()), period, measure);
        if figure.due == 0 {
            continue;
        }
        let then = boundaries.composed(unit, last_year, now)?;
        let size = size(release, &then, earlier, measure)?;
        let is_in = figure.is_complete();
        plain = (plain.0 + i64::from(is_in), plain.1 + 1);
        weighted = (weighted.0.checked_add(if is_in { size } else { 0 })?, weighted.1.checked_add(size)?);
    }
    (weighted.1 > 0).then_some(Coverage { plain, weighted })
}

/// The value of these units together; `None` unless each has a complete one.
fn size(release: &Release, units: &BTreeSet<UnitCode>, period: Period, measure: &MeasureCode) -> Option<i64> {
    let figures = units.iter().map(|unit| release.figure(&Area::Unit(unit.clone()), period, measure));
    figures.map(of).sum()
}

fn of(figure: &Figure) -> Option<i64> {
    let value = match figure.value.filter(|_| figure.is_complete())? {
        Quantity::Whole(value) => value,
        Quantity::Ratio { denominator, .. } => denominator,
    };
    (value >= 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample::release_of;

    #[test]
    fn a_large_unit_that_is_missing_weighs_more_than_a_small_one() {
        let coverage = |missing: &str| {
            let year = |unit, year, came| (unit, year, "a.vao", came);
            let sent = [year("00001", "2026", 90), year("00002", "2026", 6), year("00003", "2026", 4)];
            let now = ["00001", "00002", "00003"].into_iter().filter(|unit| *unit != missing);
            let all: Vec<_> = sent.into_iter().chain(now.map(|unit| year(unit, "2027", 50))).collect();
            let release = release_of(&all);
            let units: Vec<UnitCode> = release.definitions().units.units.keys().cloned().collect();
            let boundaries = Boundaries::of(&release.definitions().units);
            super::coverage(&release, &boundaries, &units, "2027".parse().unwrap(), &"a.vao".into()).unwrap()
        };
        let without_large = coverage("00001");
        assert_eq!((without_large.plain, without_large.weighted), ((2, 3), (10, 100)));
        assert!(without_large.is_apart());
        assert_eq!(coverage("00003").weighted, (96, 100));
        assert!(!coverage("").is_apart());
    }

    #[test]
    fn exactly_five_points_are_not_told() {
        assert!(!Coverage { plain: (9, 10), weighted: (95, 100) }.is_apart());
        assert!(Coverage { plain: (9, 10), weighted: (951, 1000) }.is_apart());
    }

    #[test]
    fn without_every_size_of_last_year_there_is_no_weight() {
        let release = release_of(&[("00001", "2026", "a.vao", 90), ("00001", "2027", "a.vao", 50)]);
        let units: Vec<UnitCode> = release.definitions().units.units.keys().cloned().collect();
        let boundaries = Boundaries::of(&release.definitions().units);
        assert_eq!(super::coverage(&release, &boundaries, &units, "2027".parse().unwrap(), &"a.vao".into()), None);
    }
}
