//! How the release policy is written: `release.toml`.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::page::Page;
use crate::definitions::ReleasePolicy;
use crate::definitions::folder::Folder;
use crate::definitions::source::{Mistakes, Source};
use crate::vocabulary::MeasureCode;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPolicy {
    threshold: Spanned<i64>,
    smallest_denominator: Spanned<i64>,
    population: Vec<Spanned<String>>,
    public_coverage: Spanned<i64>,
    headline_coverage: Spanned<i64>,
    authority: Spanned<String>,
}

/// Reads `release.toml`. Errors only when the file cannot be read.
pub fn policy(
    input: &Folder,
    rows: &BTreeSet<MeasureCode>,
    mistakes: &mut Mistakes,
) -> anyhow::Result<Option<ReleasePolicy>> {
    let Some(source) = Source::required(input, "release.toml", mistakes)? else { return Ok(None) };
    let Some(written) = source.toml::<WrittenPolicy>(mistakes) else { return Ok(None) };
    let mut page = Page { source: &source, mistakes };
    // Counts of 1 and 2 point at persons whatever else is hidden (statistics report 1.2).
    if *written.threshold.get_ref() < 3 {
        page.wrong(written.threshold.span(), "ngưỡng công bố số đếm người không được dưới 3; mặc định là 5");
    }
    Ok(Some(ReleasePolicy {
        threshold: *written.threshold.get_ref(),
        smallest_denominator: page.within(&written.smallest_denominator, 1..=1000),
        population: written.population.iter().filter_map(|code| page.measure(code, rows)).collect(),
        public_coverage: page.within(&written.public_coverage, 0..=100),
        headline_coverage: page.within(&written.headline_coverage, 0..=100),
        authority: page.filled(written.authority),
    }))
}
