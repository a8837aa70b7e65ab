//! Figures: arithmetic over what was accepted. No findings, no files.
//!
//! ```text
//! measure    the catalogue: what a figure can be about
//! reporting  which returns came, and when
//! panel      every expected observation, present or typed as absent
//! tiling     which returns make up a review period of a unit, through mergers and divisions too
//! rollup     returns → quarters, halves, years, spans; units → groups, province
//! class      how many units are in each class
//! ratio      sums of numerators over sums of denominators
//! compare    like for like, on the common set of units
//! model      the register of models, merged over time
//! lineage    which observations a figure is made of
//! quality    completeness, timeliness, consistency of what came in
//! ```
//!
//! Whole numbers are summed; the one division happens when a figure is
//! written (`vocabulary::number`).

pub mod cube;
pub mod lineage;
pub mod measure;
pub mod model;
pub mod quality;
pub mod reporting;
pub mod tiling;

mod class;
mod compare;
mod panel;
mod part;
mod ratio;
mod rollup;

#[cfg(test)]
mod cases;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

pub use cube::{Axes, Change, Comparison, Cube, Figure, Quantity, Versus, WhyNot};
pub use lineage::{Lineage, Observation, Tiles};
pub use measure::{MeasureInfo, MeasureKind, Origin, measures};
pub use model::Model;
pub use quality::Quality;
pub use reporting::{ReturnState, ReturnStatus};

use crate::definitions::schedule::{self, Expected};
use crate::definitions::{Definitions, Site};
use crate::intake::{CriterionRow, Intake, Return, SettlementRow};
use crate::vocabulary::{Area, GroupId, Period, UnitCode};
use panel::Panel;
use part::Parts;
use tiling::Tiling;

/// All figures as of a day, before any thought of who may see them.
#[derive(Clone, Debug)]
pub struct Figures {
    /// One figure per area, period and measure.
    pub cube: Cube,
    /// The changes against the same period of last year and the previous period.
    pub comparisons: Arc<Vec<Comparison>>,
    /// One line per return that is or was due.
    pub reporting: Vec<ReturnStatus>,
    /// Where the figures come from.
    pub lineage: Arc<Lineage>,
    /// How complete, timely and consistent the returns are.
    pub quality: Arc<Quality>,
    /// The register of models.
    pub models: Vec<Model>,
    /// The thôn of each unit in each of its counted returns.
    pub settlements: BTreeMap<(UnitCode, Period), Vec<SettlementRow>>,
    /// The criteria of each unit in each of its counted returns.
    pub criteria: BTreeMap<(UnitCode, Period), Vec<CriterionRow>>,
    /// The period in review: the longest one that ends with the last quarter
    /// whose returns are due by the as-of date (H1 after the second quarter, the year after the fourth).
    pub current: Period,
}

/// Computes all figures from what came in, as of a day.
///
/// Every unit of the register is an area; so are the groups its units belong to and the province
/// of the site, which adds up its own units only.
pub fn compute(intake: &Intake, definitions: &Definitions, as_of: NaiveDate) -> Figures {
    let expected = schedule::expected(definitions);
    let reporting = reporting::statuses(&expected, intake, as_of);
    let counted: BTreeMap<(&UnitCode, Period), &Return> = {
        let owed: BTreeSet<(&UnitCode, Period)> = expected.iter().map(|owed| (&owed.unit, owed.period)).collect();
        reporting::counted(intake).into_iter().filter(|(key, _)| owed.contains(key)).collect()
    };

    let rows = measure::rows(definitions);
    let catalogue = measures(definitions);
    let (axes, members) = axes(definitions, &catalogue);
    let units = definitions.units.units.len();
    let areas = axes.areas().len() - units;

    let panel = Panel::new(definitions, &rows, &expected, &reporting, &counted);
    let tiling = Tiling::new(&definitions.units, &definitions.scheme, axes.periods(), panel.returns());
    let mut of_units = Parts::nothing_due(units, axes.periods().len(), catalogue.len());
    rollup::over_time(&panel, &tiling, &rows, &measure_of_row(&rows, &axes), &mut of_units);
    class::count(&catalogue, units, &mut of_units);
    ratio::of_units(&panel, &tiling, &rows, &definitions.scheme, &catalogue, units, &mut of_units);
    let pairs: Vec<(usize, usize)> = members[..areas]
        .iter()
        .enumerate()
        .flat_map(|(area, units)| units.iter().map(move |unit| (*unit, area)))
        .collect();
    let of_areas = rollup::over_units(&of_units, areas, &pairs, &catalogue);

    let is_ratio: Vec<bool> = catalogue.iter().map(|info| info.kind == MeasureKind::Ratio).collect();
    let parts = of_areas.cells().iter().chain(of_units.cells());
    let cells = parts.enumerate().map(|(at, part)| part.figure(is_ratio[at % is_ratio.len()])).collect();
    let comparisons = compare::comparisons(&axes, &catalogue, &of_units, &tiling, &members, definitions);
    let axes = Arc::new(axes);
    let codes = definitions.units.units.keys().cloned().zip(0..).collect();
    let items = rows.iter().map(|entry| entry.row.code.clone()).zip(0..).collect();
    let ground = quality::Ground::new(definitions, intake, &rows, &panel, &reporting, &counted);
    let quality = Quality::assess(&ground, axes.periods());
    let lineage = Lineage::new(axes.clone(), codes, items, panel, tiling);
    Figures {
        cube: Cube::new(axes, cells),
        comparisons: comparisons.into(),
        lineage: Arc::new(lineage),
        quality: Arc::new(quality),
        models: model::register(&counted),
        settlements: sheets(&counted, |r| &r.settlements),
        criteria: sheets(&counted, |r| &r.criteria),
        current: current(&definitions.site, &expected, as_of),
        reporting,
    }
}

/// The axes of the cube and, for each area, the positions of its units.
fn axes(definitions: &Definitions, catalogue: &[MeasureInfo]) -> (Axes, Vec<Vec<usize>>) {
    let province = &definitions.site.province;
    let units: Vec<_> = definitions.units.units.values().collect();
    let groups: BTreeSet<&GroupId> = units.iter().flat_map(|unit| &unit.groups).collect();
    let areas = [Area::Province(province.clone())]
        .into_iter()
        .chain(groups.into_iter().cloned().map(Area::Group))
        .chain(units.iter().map(|unit| Area::Unit(unit.code.clone())));
    let codes = catalogue.iter().map(|info| info.code.clone()).collect();
    let axes = Axes::new(areas.collect(), definitions.site.periods(), codes);
    let of = |area: &Area| (0..units.len()).filter(|unit| definitions.is_member(units[*unit], area)).collect();
    let members = axes.areas().iter().map(of).collect();
    (axes, members)
}

/// For each form row, the position of its measure.
fn measure_of_row(rows: &[measure::CatalogueRow<'_>], axes: &Axes) -> Vec<usize> {
    let at = |entry: &measure::CatalogueRow<'_>| axes.measure_position(&entry.row.code);
    rows.iter().map(|entry| at(entry).expect("the catalogue lists every row")).collect()
}

/// A sheet of each counted return that has one.
fn sheets<Row: Clone>(
    counted: &BTreeMap<(&UnitCode, Period), &Return>,
    sheet: impl Fn(&Return) -> &Vec<Row>,
) -> BTreeMap<(UnitCode, Period), Vec<Row>> {
    let filled = counted.iter().filter(|(_, r)| !sheet(r).is_empty());
    filled.map(|((unit, period), r)| (((*unit).clone(), *period), sheet(r).clone())).collect()
}

/// The longest period up to a year that ends with the last quarter whose returns are all due;
/// the first quarter of the site before any is.
fn current(site: &Site, expected: &[Expected], as_of: NaiveDate) -> Period {
    let quarters = site.periods().into_iter().filter(|period| period.quarters().count() == 1);
    let is_due = |quarter: &Period| {
        let mut closing = expected.iter().filter(|owed| owed.period.ends_with(*quarter)).peekable();
        closing.peek().is_some() && closing.all(|owed| owed.deadline <= as_of)
    };
    let last = quarters.filter(is_due).max().unwrap_or(Period::quarter(site.first_year, 1));
    let year = Period::of_years(last.last_year(), last.last_year());
    year.into_iter().filter(|period| period.ends_with(last)).max().expect("a year has each of its quarters")
}
