//! How it is written when a difference is told: table `[comparison]` of `site.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::Deserialize;
use toml::Spanned;

use super::page::Page;
use crate::definitions::ComparisonRules;
use crate::vocabulary::MeasureCode;

/// What is not written keeps its default.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenComparison {
    smallest_expectation: Option<Spanned<i64>>,
    widest_dispersion: Option<Spanned<i64>>,
    widest_spread: Option<Spanned<i64>>,
    fewest_events: Option<Spanned<i64>>,
    trend_periods: Option<Spanned<i64>>,
    trend_events: Option<Spanned<i64>>,
    trend_seasonal: Option<Spanned<i64>>,
    trend_years: Option<Spanned<i64>>,
    control_points: Option<Spanned<i64>>,
    control_trial: Option<Spanned<i64>>,
    control_mean: Option<Spanned<i64>>,
    control_denominator: Option<Spanned<i64>>,
    fewest_peers: Option<Spanned<i64>>,
    size: Option<Spanned<String>>,
    #[serde(default)]
    clustered: Vec<Spanned<String>>,
    #[serde(default)]
    expected: Vec<WrittenExpected>,
}

/// Counts whose expectation is in proportion to a measure.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenExpected {
    from: Spanned<String>,
    counts: Vec<Spanned<String>>,
}

impl WrittenComparison {
    /// The rules, with a mistake for every one out of its range. Below the ranges the tests say
    /// nothing true; above them they would never speak.
    pub fn resolve(&self, page: &mut Page, known: &BTreeSet<MeasureCode>) -> ComparisonRules {
        let default = ComparisonRules::default();
        let mut within = |written: &Option<Spanned<i64>>, allowed: RangeInclusive<i64>, default| {
            written.as_ref().map_or(default, |number| page.within(number, allowed))
        };
        let rules = ComparisonRules {
            smallest_expectation: within(&self.smallest_expectation, 5..=100, default.smallest_expectation),
            widest_dispersion: within(&self.widest_dispersion, 1..=100, default.widest_dispersion),
            widest_spread: within(&self.widest_spread, 10..=500, default.widest_spread),
            fewest_events: within(&self.fewest_events, 5..=1_000, default.fewest_events),
            trend_periods: within(&self.trend_periods, 8..=40, default.trend_periods),
            trend_events: within(&self.trend_events, 40..=10_000, default.trend_events),
            trend_seasonal: within(&self.trend_seasonal, 12..=40, default.trend_seasonal),
            trend_years: within(&self.trend_years, 5..=20, default.trend_years),
            control_points: within(&self.control_points, 12..=40, default.control_points),
            control_trial: within(&self.control_trial, 8..=40, default.control_trial),
            control_mean: within(&self.control_mean, 12..=1_000, default.control_mean),
            control_denominator: within(&self.control_denominator, 100..=100_000, default.control_denominator),
            fewest_peers: within(&self.fewest_peers, 3..=100, default.fewest_peers),
            size: self.size.as_ref().and_then(|code| page.measure(code, known)),
            clustered: self.clustered.iter().filter_map(|code| page.measure(code, known)).collect(),
            expected_from: BTreeMap::new(),
        };
        if rules.control_trial > rules.control_points {
            let at = self.control_trial.as_ref().or(self.control_points.as_ref());
            let span = at.map(Spanned::span).expect("the defaults are in order, so one of the two is written");
            page.wrong(span, format!("control_trial không được lớn hơn control_points ({})", rules.control_points));
        }
        ComparisonRules { expected_from: self.expectations(page, known), ..rules }
    }

    fn expectations(&self, page: &mut Page, known: &BTreeSet<MeasureCode>) -> BTreeMap<MeasureCode, MeasureCode> {
        let mut from = BTreeMap::new();
        for expected in &self.expected {
            let base = page.measure(&expected.from, known);
            for written in &expected.counts {
                let Some((count, base)) = page.measure(written, known).zip(base.clone()) else { continue };
                if count == base {
                    page.wrong(written.span(), format!("{count} không thể là kỳ vọng của chính nó"));
                } else if from.contains_key(&count) {
                    page.wrong(written.span(), format!("{count} đã có cách tính kỳ vọng khác ở trên"));
                } else {
                    from.insert(count, base);
                }
            }
        }
        from
    }
}
