//! Trend: whether the figures of an area rise or fall over its periods, and how fast.
//!
//! By quarters, or the area's own slower rhythm: Mann–Kendall, with the seasons
//! apart once there are years enough, and the Theil–Sen slope. Proportions by
//! years, once there are enough of them: Cochran–Armitage (statistics report 2.5).

use std::cmp::Ordering;

use crate::analysis::panel::Panel;
use crate::analysis::series::{RHYTHMS, Series, series};
use crate::analysis::{Nature, Silence, wording};
use crate::definitions::ComparisonRules;
use crate::release::{MeasureInfo, Quantity, Release};
use crate::statistics::trend::{
    CLEAR, MannKendall, chi_square_p, cochran_armitage, mann_kendall, seasonal_mann_kendall, theil_sen,
};
use crate::vocabulary::{Area, Period, PeriodKind};

/// What a series tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// Up, down; `None` when no trend is seen.
    pub way: Option<Ordering>,
    /// Change a year: counts, đồng, or percentage points.
    pub slope: f64,
    /// Periods that stand in the series.
    pub points: usize,
    /// The rhythm.
    pub kind: PeriodKind,
    /// First and last of them.
    pub span: (Period, Period),
    /// Whether all values are equal.
    pub steady: bool,
    /// The units it is the trend of, where it is not all of them.
    pub panel: Option<Panel>,
}

impl Trend {
    /// The sentence.
    pub fn text(&self) -> &'static str {
        match self.way {
            _ if self.steady => wording::STEADY,
            Some(Ordering::Less) => wording::TREND_DOWN,
            Some(_) => wording::TREND_UP,
            None => wording::TREND_NONE,
        }
    }
}

/// The trend of a measure in an area up to the period in review.
///
/// # Errors
/// Why nothing is said: hidden, not tested, too few periods, too few events.
pub fn trend(release: &Release, info: &MeasureInfo, area: &Area) -> Result<Trend, Silence> {
    let rules = &release.definitions().site.comparison;
    if Nature::of(info) == Nature::Proportion {
        let years = series(release, info, area, PeriodKind::Year)?;
        if years.points.len() as i64 >= rules.trend_years {
            return of_series(&years, rules);
        }
    }
    let mut why = Silence::Short;
    for kind in RHYTHMS {
        match series(release, info, area, kind) {
            Ok(series) if series.points.len() as i64 >= rules.trend_periods => return of_series(&series, rules),
            Ok(_) => {}
            Err(silence) => why = silence,
        }
    }
    Err(why)
}

/// The trend of a series that is long enough.
pub fn of_series(series: &Series, rules: &ComparisonRules) -> Result<Trend, Silence> {
    let values = series.values();
    let (Some((first, _)), Some((last, _))) = (series.points.first(), series.points.last()) else {
        return Err(Silence::Short);
    };
    if series.events() < rules.trend_events {
        return Err(Silence::Small);
    }
    let times: Vec<(f64, f64)> =
        series.points.iter().map(|(period, _)| year(*period)).zip(values.iter().copied()).collect();
    let line = theil_sen(&times).ok_or(Silence::Short)?;
    let by_years = series.kind == PeriodKind::Year && series.smallest_denominator().is_some();
    let test = if by_years { Some(proportions(series)) } else { ranks(series, &values, rules) };
    let (way, p) = test.ok_or(Silence::Short)?;
    Ok(Trend {
        way: (p < CLEAR && way != Ordering::Equal).then_some(way),
        slope: line.slope,
        points: values.len(),
        kind: series.kind,
        span: (*first, *last),
        steady: values.iter().all(|value| *value == values[0]),
        panel: series.panel,
    })
}

/// When a period ends, in years.
fn year(period: Period) -> f64 {
    let quarters = period.quarters().last().map_or(0, |last| i32::from(last.number()));
    f64::from(period.last_year()) + f64::from(quarters) / 4.0
}

/// Mann–Kendall; over quarters of enough years each season by itself.
fn ranks(series: &Series, values: &[f64], rules: &ComparisonRules) -> Option<(Ordering, f64)> {
    let seasonal = series.kind == PeriodKind::Quarter && values.len() as i64 >= rules.trend_seasonal;
    let MannKendall { s, p, .. } = if seasonal {
        let of_season = |season: u8| {
            let same = series.points.iter().zip(values).filter(|((period, _), _)| period.number() == season);
            same.map(|(_, value)| *value).collect()
        };
        seasonal_mann_kendall(&[1, 2, 3, 4].map(of_season))?
    } else {
        mann_kendall(values)?
    };
    Some((s.cmp(&0), p))
}

/// Cochran–Armitage over the years from first to last; a year without figures has no weight.
fn proportions(series: &Series) -> (Ordering, f64) {
    let (first, last) = (series.points[0].0.last_year(), series.points[series.points.len() - 1].0.last_year());
    let of = |year: i32| {
        let found = series.points.iter().find(|(period, _)| period.last_year() == year);
        match found.map(|(_, value)| *value) {
            Some(Quantity::Ratio { numerator, denominator }) => (numerator as f64, denominator as f64),
            _ => (0.0, 0.0),
        }
    };
    let years: Vec<(f64, f64)> = (first..=last).map(of).collect();
    let p = cochran_armitage(&years).map_or(1.0, chi_square_p);
    let (events, people) = years.iter().fold((0.0, 0.0), |sum, (x, n)| (sum.0 + x, sum.1 + n));
    let lean: f64 = years.iter().zip(1..).map(|((x, n), score)| f64::from(score) * (x - n * events / people)).sum();
    (lean.total_cmp(&0.0), p)
}
