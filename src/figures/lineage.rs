//! Lineage: which observations of which returns a figure of a unit is made of.
//!
//! The panel and the tiling that the figures were rolled up from, kept to be
//! asked; it adds nothing up. Figures of groups and the province are sums of
//! those of their units.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::figures::cube::Axes;
use crate::figures::panel::Panel;
pub use crate::figures::tiling::Tiles;
use crate::figures::tiling::Tiling;
use crate::vocabulary::{MeasureCode, Period, UnitCode};

pub use crate::figures::panel::Observation;

/// Where figures come from. Returns are named by their position in the reporting ([`super::Figures::reporting`]).
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    axes: Arc<Axes>,
    units: BTreeMap<UnitCode, usize>,
    items: BTreeMap<MeasureCode, usize>,
    panel: Panel,
    tiling: Tiling,
    /// For each return, the units and periods it is counted in, by position.
    counted_in: BTreeMap<u32, Vec<(usize, usize)>>,
}

impl Lineage {
    /// What figures were rolled up from: units and items in the order of the panel, periods in that of the axes.
    pub(super) fn new(
        axes: Arc<Axes>,
        units: BTreeMap<UnitCode, usize>,
        items: BTreeMap<MeasureCode, usize>,
        panel: Panel,
        tiling: Tiling,
    ) -> Self {
        let mut counted_in: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
        for unit in 0..units.len() {
            for period in 0..axes.periods().len() {
                for own in &tiling.of(unit, period).all {
                    counted_in.entry(*own).or_default().push((unit, period));
                }
            }
        }
        Self { axes, units, items, panel, tiling, counted_in }
    }

    /// The returns that make up a period of a unit, those of its predecessors among them; none when the period has
    /// no figure there.
    pub fn tiles(&self, unit: &UnitCode, period: Period) -> Option<&Tiles> {
        let (unit, period) = self.units.get(unit).zip(self.axes.period_position(period))?;
        Some(self.tiling.of(*unit, period)).filter(|tiles| !tiles.all.is_empty())
    }

    /// The observation of a form row in a return; not due when there is no such row or return.
    pub fn observation(&self, own: u32, item: &MeasureCode) -> Observation {
        match self.items.get(item) {
            Some(item) if (own as usize) < self.panel.returns().len() => self.panel.get(own, *item),
            _ => Observation::NotDue,
        }
    }

    /// The units and review periods that a return is counted in, in order, with the returns that make up each:
    /// its own unit, or the one that it became a part of.
    pub fn counted_in(&self, own: u32) -> impl Iterator<Item = (&UnitCode, Period, &Tiles)> {
        let names: Vec<&UnitCode> = self.units.keys().collect();
        let places = self.counted_in.get(&own).map_or(&[][..], Vec::as_slice).iter();
        places.map(move |(unit, period)| (names[*unit], self.axes.periods()[*period], self.tiling.of(*unit, *period)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::sample::{definitions, figures, sent};
    use crate::vocabulary::PeriodKind;

    #[test]
    fn a_return_knows_every_period_it_is_counted_in_and_each_period_its_returns() {
        let definitions = definitions(&[("99001", PeriodKind::Quarter)]);
        let returns = ["2026-Q1", "2026-Q2"].map(|period| sent(&definitions, "99001", period, &[("a.vao", 3)]));
        let figures = figures(&definitions, returns.to_vec());
        let unit = UnitCode::from("99001");
        let lineage = &figures.lineage;
        assert_eq!(lineage.tiles(&unit, "2026-H1".parse().unwrap()).unwrap().all, [0, 1]);
        assert_eq!(lineage.observation(1, &"a.vao".into()), Observation::Reported(3));
        assert_eq!(lineage.observation(2, &"a.vao".into()), Observation::Missing);
        let counted: Vec<String> = lineage.counted_in(1).map(|(_, period, _)| period.to_string()).collect();
        assert_eq!(counted, ["2026-Q2", "2026-H1", "2026-9M", "2026", "2026-2027"]);
    }
}
