//! How limits are written: table `[limits]` of `site.toml`, in whole MiB and seconds.

use std::ops::RangeInclusive;
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use super::page::Page;
use crate::definitions::Limits;

/// What is not written keeps its default.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenLimits {
    file_mib: Option<Spanned<i64>>,
    inflated_mib: Option<Spanned<i64>>,
    ratio: Option<Spanned<i64>>,
    entries: Option<Spanned<i64>>,
    sheets: Option<Spanned<i64>>,
    sheet_cells: Option<Spanned<i64>>,
    file_cells: Option<Spanned<i64>>,
    text_mib: Option<Spanned<i64>>,
    merged: Option<Spanned<i64>>,
    memory_mib: Option<Spanned<i64>>,
    seconds: Option<Spanned<i64>>,
}

impl WrittenLimits {
    /// The limits, with a mistake for every one out of its range. Below the ranges an ordinary
    /// return would be refused; above them a file could stop the machine.
    pub fn resolve(&self, page: &mut Page) -> Limits {
        let Limits {
            file_bytes,
            inflated_bytes,
            ratio,
            entries,
            sheets,
            sheet_cells,
            file_cells,
            text_bytes,
            merged,
            memory,
            time,
        } = Limits::default();
        let mut within = |written: &Option<Spanned<i64>>, allowed: RangeInclusive<i64>| {
            let number = page.within(written.as_ref()?, allowed.clone());
            allowed.contains(&number).then_some(number.unsigned_abs())
        };
        let mut count =
            |written: &_, allowed, default| within(written, allowed).map_or(default, |count| count as usize);
        let entries = count(&self.entries, 20..=65_000, entries);
        let sheets = count(&self.sheets, 10..=1_000, sheets);
        let sheet_cells = count(&self.sheet_cells, 100_000..=17_000_000, sheet_cells);
        let file_cells = count(&self.file_cells, 100_000..=50_000_000, file_cells);
        let merged = count(&self.merged, 1_000..=1_000_000, merged);
        let mut mib = |written: &_, allowed, default| within(written, allowed).map_or(default, |mib| mib << 20);
        Limits {
            file_bytes: mib(&self.file_mib, 1..=500, file_bytes),
            inflated_bytes: mib(&self.inflated_mib, 5..=2_000, inflated_bytes),
            text_bytes: mib(&self.text_mib, 1..=1_000, text_bytes as u64) as usize,
            memory: mib(&self.memory_mib, 128..=16_384, memory),
            ratio: within(&self.ratio, 50..=100_000).unwrap_or(ratio),
            time: within(&self.seconds, 1..=3_600).map_or(time, Duration::from_secs),
            entries,
            sheets,
            sheet_cells,
            file_cells,
            merged,
        }
    }
}
