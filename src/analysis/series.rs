//! A series: the periods of an area, of one rhythm, that can stand side by side.
//!
//! Only complete figures over the same returns stand in it; a period that is
//! missing, incomplete or made of other units is a gap. Where that leaves a
//! province too few periods, the units that are complete in all of them stand
//! for it ([`crate::analysis::panel`]). One hidden period hides all that could
//! be said of the series.

use crate::analysis::funnel::complete;
use crate::analysis::panel::{Panel, panel};
use crate::analysis::{Nature, Silence};
use crate::release::{MeasureInfo, Quantity, Release};
use crate::vocabulary::{Area, Period, PeriodKind};

/// Comparable figures in time order.
#[derive(Clone, Debug)]
pub struct Series {
    /// The rhythm.
    pub kind: PeriodKind,
    /// The figures.
    pub points: Vec<(Period, Quantity)>,
    /// How many periods there could be: those of the rhythm that have ended.
    pub ended: usize,
    /// The units they are of, where it is not all of them.
    pub panel: Option<Panel>,
}

impl Series {
    /// The values as numbers: counts, or per cent.
    pub fn values(&self) -> Vec<f64> {
        self.points.iter().map(|(_, value)| number(*value)).collect()
    }

    /// Events in all periods together.
    pub fn events(&self) -> i64 {
        let events = self.points.iter().map(|(_, value)| match value {
            Quantity::Whole(value) => *value,
            Quantity::Ratio { numerator, .. } => *numerator,
        });
        events.fold(0, i64::saturating_add)
    }

    /// The smallest denominator; `None` for counts.
    pub fn smallest_denominator(&self) -> Option<i64> {
        let denominators = self.points.iter().map(|(_, value)| match value {
            Quantity::Whole(_) => None,
            Quantity::Ratio { denominator, .. } => Some(*denominator),
        });
        denominators.flatten().min()
    }
}

fn number(value: Quantity) -> f64 {
    match value {
        Quantity::Whole(value) => value as f64,
        Quantity::Ratio { numerator, denominator } => 100.0 * numerator as f64 / denominator as f64,
    }
}

/// The rhythms, shortest first.
pub const RHYTHMS: [PeriodKind; 3] = [PeriodKind::Quarter, PeriodKind::Half, PeriodKind::Year];

/// The series of an area in periods of a kind, up to the period in review.
///
/// # Errors
/// [`Silence::Hidden`] when a period is hidden; [`Silence::Untested`] for classes.
pub fn series(release: &Release, info: &MeasureInfo, area: &Area, kind: PeriodKind) -> Result<Series, Silence> {
    if Nature::of(info) == Nature::Other && info.unit_of_measure != "đồng" {
        return Err(Silence::Untested);
    }
    let current = release.current();
    let ended = |period: &&Period| **period <= current || period.ends_with(current);
    let periods = release.cube().axes().periods().iter().filter(ended).filter(|period| period.kind() == kind);
    let periods: Vec<Period> = periods.copied().collect();
    let mut points = Vec::new();
    for period in &periods {
        let figure = release.figure(area, *period, &info.code);
        match complete(figure) {
            Ok(_) => points.extend(figure.value.map(|value| (*period, value, figure.due))),
            Err(Silence::Hidden) => return Err(Silence::Hidden),
            Err(_) => {}
        }
    }
    // A unit that came later would look like a rise: what counts is the set of the latest figure.
    let latest = points.last().map(|(_, _, due)| *due);
    points.retain(|(_, value, due)| Some(*due) == latest && !is_empty(*value));
    let ended = periods.len();
    let rules = &release.definitions().site.comparison;
    let enough = if kind == PeriodKind::Year { rules.trend_years } else { rules.trend_periods };
    if points.len() < ended
        && (points.len() as i64) < enough
        && let Some((panel, mut points)) = panel(release, info, area, &periods)
    {
        points.retain(|(_, value)| !is_empty(*value));
        return Ok(Series { kind, points, ended, panel: Some(panel) });
    }
    let points = points.into_iter().map(|(period, value, _)| (period, value)).collect();
    Ok(Series { kind, points, ended, panel: None })
}

/// Whether there is nobody to take a share of.
fn is_empty(value: Quantity) -> bool {
    matches!(value, Quantity::Ratio { denominator: ..=0, .. })
}
