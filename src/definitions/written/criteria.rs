//! How a set of criteria is written: one TOML file per set under `criteria/`, its stem the id.
//!
//! A set whose text is not known gives only `count`; its criteria are placeholders.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::page::Page;
use crate::definitions::criteria::{CriteriaSet, Criterion};
use crate::definitions::folder::Folder;
use crate::definitions::source::{Mistakes, Source, toml_files};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSet {
    title: Spanned<String>,
    text_known: Spanned<bool>,
    note: Spanned<String>,
    count: Option<Spanned<i64>>,
    #[serde(default)]
    criterion: Vec<WrittenCriterion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCriterion {
    number: Spanned<String>,
    text: Spanned<String>,
}

/// Reads every set of criteria below the input folder, by id. Errors only when a file cannot be read.
pub fn criteria(input: &Folder, mistakes: &mut Mistakes) -> anyhow::Result<Vec<CriteriaSet>> {
    let mut sets = Vec::new();
    for file in toml_files(input, "criteria", mistakes)? {
        let source = Source::read(input, &file)?;
        if let Some(written) = source.toml::<WrittenSet>(mistakes) {
            sets.push(set(&mut Page { source: &source, mistakes }, written));
        }
    }
    Ok(sets)
}

fn set(page: &mut Page, written: WrittenSet) -> CriteriaSet {
    let text_known = *written.text_known.get_ref();
    let mut criteria = Vec::new();
    match written.count {
        Some(count) if !text_known && written.criterion.is_empty() => {
            let count = page.within(&count, 1..=200);
            let placeholder = |n: i64| Criterion { number: n.to_string(), text: format!("Tiêu chí {n}") };
            criteria.extend((1..=count.min(200)).map(placeholder));
        }
        None if text_known && !written.criterion.is_empty() => {}
        _ => page.wrong(
            written.text_known.span(),
            "bộ đã rõ nội dung (text_known = true) ghi từng [[criterion]]; bộ chưa rõ chỉ ghi count = số tiêu chí",
        ),
    }
    let mut seen = BTreeSet::new();
    for criterion in written.criterion {
        if !seen.insert(criterion.number.get_ref().clone()) {
            page.wrong(criterion.number.span(), format!("tiêu chí số {} ghi hai lần", criterion.number.get_ref()));
        }
        criteria.push(Criterion { number: page.filled(criterion.number), text: page.filled(criterion.text) });
    }
    CriteriaSet {
        id: page.source.stem().to_owned(),
        title: page.filled(written.title),
        text_known,
        note: page.filled(written.note),
        criteria,
    }
}
