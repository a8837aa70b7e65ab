//! How the thresholds of data quality are written: table `[quality]` of `site.toml`.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde::Deserialize;
use toml::Spanned;

use super::page::Page;
use crate::definitions::QualityPolicy;
use crate::vocabulary::MeasureCode;

/// What is not written keeps its default.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenQuality {
    good: Option<Spanned<i64>>,
    fair: Option<Spanned<i64>>,
    on_time: Option<Spanned<i64>>,
    history: Option<Spanned<i64>>,
    steady_from: Option<Spanned<i64>>,
    steady_low: Option<Spanned<i64>>,
    steady_high: Option<Spanned<i64>>,
    outlier: Option<Spanned<i64>>,
    outlier_listed: Option<Spanned<i64>>,
    copied_rows: Option<Spanned<i64>>,
    copied: Option<Spanned<i64>>,
    managed: Option<Spanned<String>>,
    silent_quarters: Option<Spanned<i64>>,
    silent_from: Option<Spanned<i64>>,
    silent: Option<Spanned<i64>>,
    digits: Option<Spanned<i64>>,
    digits_chance: Option<Spanned<i64>>,
}

const SHARE: RangeInclusive<i64> = 1..=100;
const CHANCE: RangeInclusive<i64> = 1..=100_000;

impl WrittenQuality {
    /// The thresholds, with a mistake for every one out of its range.
    pub fn resolve(&self, page: &mut Page, known: &BTreeSet<MeasureCode>) -> QualityPolicy {
        let policy = QualityPolicy::default();
        let mut number = |written: &Option<Spanned<i64>>, allowed: RangeInclusive<i64>, default: i64| {
            written.as_ref().map_or(default, |written| page.within(written, allowed))
        };
        let good = number(&self.good, SHARE, policy.good);
        let fair = number(&self.fair, SHARE, policy.fair);
        let resolved = QualityPolicy {
            good,
            fair,
            on_time: number(&self.on_time, SHARE, policy.on_time),
            history: number(&self.history, 2..=20, policy.history as i64) as usize,
            steady_from: number(&self.steady_from, 5..=100_000, policy.steady_from),
            steady: (
                number(&self.steady_low, 1..=100, policy.steady.0),
                number(&self.steady_high, 100..=10_000, policy.steady.1),
            ),
            outlier: number(&self.outlier, CHANCE, policy.outlier.into()) as u32,
            outlier_listed: number(&self.outlier_listed, CHANCE, policy.outlier_listed.into()) as u32,
            copied_rows: number(&self.copied_rows, 2..=100, policy.copied_rows as i64) as usize,
            copied: number(&self.copied, CHANCE, policy.copied.into()) as u32,
            managed: policy.managed,
            silent_quarters: number(&self.silent_quarters, 1..=20, policy.silent_quarters as i64) as usize,
            silent_from: number(&self.silent_from, 1..=100_000, policy.silent_from),
            silent: number(&self.silent, CHANCE, policy.silent.into()) as u32,
            digits: number(&self.digits, 20..=10_000, policy.digits as i64).unsigned_abs(),
            digits_chance: number(&self.digits_chance, CHANCE, policy.digits_chance.into()) as u32,
        };
        if let (Some(written), true) = (&self.fair, fair > good) {
            page.wrong(written.span(), format!("fair không được lớn hơn good ({good})"));
        }
        let managed = self.managed.as_ref().and_then(|code| page.measure(code, known));
        QualityPolicy { managed: managed.unwrap_or(resolved.managed.clone()), ..resolved }
    }
}
