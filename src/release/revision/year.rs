//! How much a year was revised: Σ|new − old| ÷ Σnew by measure, its mean and its largest (statistics report 3.3).

use std::collections::BTreeMap;

use crate::figures::Quantity;
use crate::vocabulary::MeasureCode;
use crate::vocabulary::number::rounded;

/// How much the published figures of the province of one year were revised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRevised {
    /// The year.
    pub year: i32,
    /// Counts printed both times.
    pub compared: usize,
    /// Of these, those that differ.
    pub revised: usize,
    /// Mean over the measures of Σ|new − old| ÷ Σnew, in millionths.
    pub mean: i64,
    /// The largest of them, in millionths, and its measure.
    pub largest: Option<(i64, MeasureCode)>,
}

/// The sums of the yearly indicator, by measure: Σ|new − old|, Σ|new|.
#[derive(Default)]
pub(super) struct Years {
    compared: BTreeMap<MeasureCode, (usize, usize)>,
    sums: BTreeMap<MeasureCode, (i64, i64)>,
}

impl Years {
    /// Adds a figure that was printed both times.
    pub fn compare(&mut self, measure: &MeasureCode, old: Quantity, new: Quantity) {
        let (Quantity::Whole(old), Quantity::Whole(new)) = (old, new) else { return };
        let sums = self.sums.entry(measure.clone()).or_default();
        *sums = (sums.0.saturating_add((new - old).abs()), sums.1.saturating_add(new.abs()));
        let compared = self.compared.entry(measure.clone()).or_default();
        *compared = (compared.0 + 1, compared.1 + usize::from(new != old));
    }

    /// The indicator over all measures that are no classes; nothing when there is none to compare.
    pub fn indicator(self, year: i32, is_class: impl Fn(&MeasureCode) -> bool) -> Option<YearRevised> {
        let counts = || self.compared.iter().filter(|(code, _)| !is_class(code)).map(|(_, counts)| *counts);
        let shares: Vec<(i64, &MeasureCode)> = self
            .sums
            .iter()
            .filter(|(code, _)| !is_class(code))
            // Millionths are read with one decimal of a percentage: what they cut off is not seen.
            .filter_map(|(code, (change, all))| Some((rounded(*change, *all, 1_000_000, 0)?, code)))
            .collect();
        let sum = shares.iter().map(|(share, _)| share).sum();
        let largest = shares.iter().rev().max_by_key(|(share, _)| *share).filter(|(share, _)| *share > 0);
        Some(YearRevised {
            year,
            compared: counts().map(|(compared, _)| compared).sum(),
            revised: counts().map(|(_, revised)| revised).sum(),
            mean: rounded(sum, shares.len() as i64, 1, 0)?,
            largest: largest.map(|(share, code)| (*share, (*code).clone())),
        })
    }
}
