//! The funnel: how areas stand to their common level in one measure and period, in three groups.
//!
//! Proportions by Wilson's interval, counts against the expectation that the
//! common rate gives them, with limits widened by the spread between areas
//! (gamma-Poisson; statistics report 2.2). Areas are in the order they were
//! asked for and are never ranked. The common level is that of the whole where
//! its figures may be compared, else of the areas that can be placed.

use crate::analysis::shrink::{Shrink, shrink};
use crate::analysis::{Nature, Silence};
use crate::definitions::ComparisonRules;
use crate::release::{Figure, MeasureInfo, Release};
use crate::statistics::funnel::{Stance, dispersion, of_count_among_unlike, of_proportion};
use crate::vocabulary::{Area, MeasureCode, ObsStatus, Period};

/// Areas side by side.
#[derive(Clone, Debug)]
pub struct Funnel {
    /// Whether a proportion is compared; else a count with its expectation.
    pub proportion: bool,
    /// Numerator and denominator of the common level.
    pub level: (i64, i64),
    /// Mean square of the scores; 1 when only chance is at work.
    pub dispersion: f64,
    /// Relative variance of the true rates of areas (square of standard deviation over mean); 0 for proportions.
    pub spread: f64,
    /// Whether areas are alike enough to be compared at all.
    pub comparable: bool,
    /// The areas, in the order asked for.
    pub places: Vec<Place>,
    /// How much of the differences is chance.
    pub shrink: Option<Shrink>,
}

/// One area in a funnel.
#[derive(Clone, Debug)]
pub struct Place {
    /// The area.
    pub area: Area,
    /// Its parts: numerator and denominator, or count and exposure; none when it cannot be placed.
    pub parts: Option<(i64, i64)>,
    /// Events that the common level lets expect; 0 when it cannot be placed.
    pub expected: f64,
    /// How it stands, or why nothing is said.
    pub stance: Result<Stance, Silence>,
}

impl Funnel {
    /// The stance of an area.
    pub fn stance(&self, area: &Area) -> Option<Result<Stance, Silence>> {
        self.places.iter().find(|place| place.area == *area).map(|place| place.stance)
    }

    /// The place of an area.
    pub fn place(&self, area: &Area) -> Option<&Place> {
        self.places.iter().find(|place| place.area == *area)
    }

    /// The areas of which something is said.
    pub fn told(&self) -> impl Iterator<Item = (&Place, Stance)> {
        self.places.iter().filter_map(|place| place.stance.ok().map(|stance| (place, stance)))
    }

    /// The common level as a number of events per subject.
    pub fn rate(&self) -> f64 {
        self.level.0 as f64 / self.level.1 as f64
    }
}

/// What the expectation of a count is in proportion to; itself for a proportion.
///
/// # Errors
/// [`Silence::Untested`] for measures that areas are not compared in.
pub fn exposure(info: &MeasureInfo, rules: &ComparisonRules) -> Result<Option<MeasureCode>, Silence> {
    match Nature::of(info) {
        Nature::Proportion => Ok(None),
        Nature::Count => rules.expected_from.get(&info.code).cloned().map(Some).ok_or(Silence::Untested),
        Nature::Other => Err(Silence::Untested),
    }
}

/// Places areas in a measure and period. `whole` is the area that they make up, where the cube has it.
///
/// # Errors
/// Why there is no comparison at all: the measure is not compared, or no two areas have figures.
pub fn funnel(
    release: &Release,
    info: &MeasureInfo,
    period: Period,
    areas: &[Area],
    whole: Option<&Area>,
) -> Result<Funnel, Silence> {
    let rules = &release.definitions().site.comparison;
    let exposure = exposure(info, rules)?;
    let parts = |area: &Area| parts(release, info, exposure.as_ref(), period, area);
    let found: Vec<Result<(i64, i64), Silence>> = areas.iter().map(parts).collect();
    let known = || found.iter().filter_map(|found| found.ok());
    if known().count() < 2 {
        return Err(found.iter().filter_map(|found| found.err()).max().unwrap_or(Silence::Small));
    }
    let proportion = exposure.is_none();
    if proportion && known().any(|(x, n)| x > n) {
        return Err(Silence::Untested);
    }
    let whole = whole.and_then(|whole| level_of_whole(release, info, exposure.as_ref(), period, whole));
    let sum = || known().fold((0, 0), |sum: (i64, i64), (x, n)| (sum.0.saturating_add(x), sum.1.saturating_add(n)));
    let level = whole.unwrap_or_else(sum);
    if level.0 <= 0 || level.1 <= 0 {
        return Err(Silence::Small);
    }
    let rate = level.0 as f64 / level.1 as f64;
    let expected = |n: i64| n as f64 * rate;
    let enough = |n: i64| {
        let others = if proportion { n as f64 - expected(n) } else { f64::INFINITY };
        expected(n).min(others) >= rules.smallest_expectation as f64
    };
    let scores: Vec<(f64, f64)> =
        known().filter(|(_, n)| enough(*n)).map(|part| score(part, rate, proportion)).collect();
    let dispersion = if scores.len() > 1 { dispersion(&scores).phi } else { 1.0 };
    let shrink = shrink(&found, proportion, rate);
    let spread = shrink.as_ref().filter(|_| !proportion).map_or(0.0, Shrink::spread);
    let widest = rules.widest_spread as f64 / 100.0;
    let comparable = dispersion <= rules.widest_dispersion as f64 && spread.sqrt() <= widest;
    let stance = |(x, n): (i64, i64)| match () {
        () if !enough(n) => Err(Silence::Small),
        () if !comparable => Err(Silence::Unlike),
        () if proportion => Ok(of_proportion(x as f64, n as f64, rate)),
        () => Ok(of_count_among_unlike(x.unsigned_abs(), expected(n), spread)),
    };
    let places = areas.iter().zip(&found).map(|(area, found)| Place {
        area: area.clone(),
        parts: found.ok(),
        expected: found.map_or(0.0, |(_, n)| expected(n)),
        stance: found.and_then(stance),
    });
    let places = places.collect();
    Ok(Funnel { proportion, level, dispersion, spread, comparable, places, shrink })
}

/// The score of an area and its standard error, relative to the level.
fn score((x, n): (i64, i64), rate: f64, proportion: bool) -> (f64, f64) {
    let (x, n) = (x as f64, n as f64);
    let error = if proportion { (rate * (1.0 - rate) / n).sqrt() } else { (rate / n).sqrt() };
    ((x / n - rate) / error, error)
}

/// The parts of an area's figure, every one printed and complete.
fn parts(
    release: &Release,
    info: &MeasureInfo,
    exposure: Option<&MeasureCode>,
    period: Period,
    area: &Area,
) -> Result<(i64, i64), Silence> {
    let figure = complete(release.figure(area, period, &info.code))?;
    let (x, n) = match exposure {
        None => figure.ratio().ok_or(Silence::Untested)?,
        Some(exposure) => {
            let of = complete(release.figure(area, period, exposure))?;
            figure.whole().zip(of.whole()).ok_or(Silence::Untested)?
        }
    };
    match (x, n) {
        (_, ..=0) => Err(Silence::NoSubject),
        (..0, _) => Err(Silence::Untested),
        parts => Ok(parts),
    }
}

/// The level of the whole: of a proportion when enough of it is in, for it counts both parts in the
/// same returns; of a count only when nothing is missing from it or from its exposure.
fn level_of_whole(
    release: &Release,
    info: &MeasureInfo,
    exposure: Option<&MeasureCode>,
    period: Period,
    whole: &Area,
) -> Option<(i64, i64)> {
    let figure = release.figure(whole, period, &info.code);
    match exposure {
        None => {
            let enough = release.definitions().policy.public_coverage;
            let covered = i64::from(figure.reported) * 100 >= i64::from(figure.due) * enough;
            figure.ratio().filter(|_| covered)
        }
        Some(_) => parts(release, info, exposure, period, whole).ok(),
    }
}

/// The figure, or why it cannot be compared.
pub(super) fn complete(figure: &Figure) -> Result<&Figure, Silence> {
    match figure.status {
        ObsStatus::Q => Err(Silence::Hidden),
        ObsStatus::O => Err(Silence::Missing),
        ObsStatus::M => Err(Silence::NotDue),
        _ if !figure.is_complete() => Err(Silence::Partial),
        _ => Ok(figure),
    }
}
