//! How a calendar scheme is written: one TOML file per scheme under `schemes/`, its stem the id.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::page::Page;
use crate::definitions::folder::Folder;
use crate::definitions::scheme::{QuarterStart, Scheme};
use crate::definitions::source::{Mistakes, Source, toml_files};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenScheme {
    title: Spanned<String>,
    source: Spanned<String>,
    starts: Spanned<Vec<Spanned<WrittenStart>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStart {
    #[serde(default)]
    years_before: i32,
    month: u32,
    day: u32,
}

/// Reads every scheme below the input folder, by id; none for one that is wrong. Errors only when a
/// file cannot be read.
pub fn schemes(input: &Folder, mistakes: &mut Mistakes) -> anyhow::Result<BTreeMap<String, Option<Scheme>>> {
    let mut schemes = BTreeMap::new();
    for file in toml_files(input, "schemes", mistakes)? {
        let source = Source::read(input, &file)?;
        let written = source.toml::<WrittenScheme>(mistakes);
        let resolved = written.and_then(|written| scheme(&mut Page { source: &source, mistakes }, written));
        schemes.insert(source.stem().to_owned(), resolved);
    }
    Ok(schemes)
}

fn scheme(page: &mut Page, written: WrittenScheme) -> Option<Scheme> {
    let mut starts = Vec::new();
    let mut before = None;
    for start in written.starts.get_ref() {
        let WrittenStart { years_before, month, day } = *start.get_ref();
        // Any common year: the 29th of a month is refused below.
        let first = NaiveDate::from_ymd_opt(2026 - years_before, month, day);
        if first.is_none() || day > 28 || !(0..=1).contains(&years_before) {
            page.wrong(start.span(), "cần month 1–12, day 1–28, years_before 0 hoặc 1 (ngày đầu quý thuộc năm trước)");
        } else if before >= first {
            page.wrong(start.span(), "ngày đầu của bốn quý phải theo thứ tự thời gian");
        }
        before = first;
        starts.push(QuarterStart { years_before, month, day });
    }
    let Ok(starts) = <[QuarterStart; 4]>::try_from(starts) else {
        page.wrong(written.starts.span(), "starts cần đúng bốn ngày: ngày đầu của quý I, II, III, IV");
        return None;
    };
    Some(Scheme {
        id: page.source.stem().to_owned(),
        title: page.filled(written.title),
        source: page.filled(written.source),
        starts,
    })
}
