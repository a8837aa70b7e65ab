//! How the site is written: `site.toml`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::comparison::WrittenComparison;
use super::header::{self, WrittenHeader, WrittenSubject};
use super::limits::WrittenLimits;
use super::page::Page;
use super::quality::WrittenQuality;
use super::value;
use crate::definitions::folder::Folder;
use crate::definitions::site::Composition;
use crate::definitions::source::{Mistakes, Source};
use crate::definitions::unit::UnitKind;
use crate::definitions::{Scheme, Site};
use crate::vocabulary::{GroupId, MeasureCode, Period, PeriodKind, ProvinceCode};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSite {
    title: Spanned<String>,
    organisation: Spanned<String>,
    province: Spanned<String>,
    province_name: Spanned<String>,
    scheme: Spanned<String>,
    first_year: Spanned<i64>,
    last_year: Spanned<i64>,
    #[serde(default)]
    spans: Vec<Spanned<String>>,
    as_of: Option<Spanned<String>>,
    #[serde(default)]
    synthetic: bool,
    headlines: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    header: WrittenHeader,
    #[serde(default)]
    subject: Vec<WrittenSubject>,
    #[serde(default)]
    composition: Vec<WrittenComposition>,
    #[serde(default)]
    groups: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    limits: WrittenLimits,
    #[serde(default)]
    quality: WrittenQuality,
    #[serde(default)]
    comparison: WrittenComparison,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenComposition {
    title: Spanned<String>,
    whole: Spanned<String>,
    parts: Spanned<Vec<Spanned<String>>>,
}

impl WrittenComposition {
    fn resolve(self, page: &mut Page, known: &BTreeSet<MeasureCode>) -> Option<Composition> {
        if !(2..=4).contains(&self.parts.get_ref().len()) {
            page.wrong(self.parts.span(), "parts cần từ hai đến bốn chỉ tiêu: nhiều hơn thì thanh 100% không đọc được");
        }
        let parts = self.parts.get_ref().iter().filter_map(|code| page.measure(code, known)).collect();
        Some(Composition { title: page.filled(self.title), whole: page.measure(&self.whole, known)?, parts })
    }
}

/// Reads `site.toml`: the site and the scheme it uses. Errors only when the file cannot be read.
pub fn site(
    input: &Folder,
    schemes: &BTreeMap<String, Option<Scheme>>,
    known: &BTreeSet<MeasureCode>,
    themes: Option<&BTreeSet<&str>>,
    mistakes: &mut Mistakes,
) -> anyhow::Result<Option<(Site, Option<Scheme>)>> {
    let Some(source) = Source::required(input, "site.toml", mistakes)? else { return Ok(None) };
    let Some(written) = source.toml::<WrittenSite>(mistakes) else { return Ok(None) };
    let mut page = Page { source: &source, mistakes };
    let first_year = year(&mut page, &written.first_year);
    let last_year = year(&mut page, &written.last_year);
    if last_year < first_year {
        page.wrong(written.last_year.span(), format!("last_year phải từ {first_year} (first_year) trở đi"));
    }
    if written.headlines.get_ref().len() < 4 {
        page.wrong(written.headlines.span(), "headlines cần ít nhất bốn chỉ tiêu: bốn số lớn của trang đầu");
    }
    let ids: Vec<(&str, &Option<Scheme>)> = schemes.iter().map(|(id, scheme)| (id.as_str(), scheme)).collect();
    let scheme = page.read(&written.scheme, |text| value::choice(text, &ids)).cloned().flatten();
    let mut groups: BTreeMap<GroupId, String> =
        UnitKind::ALL.map(|kind| (kind.code().into(), kind.title().into())).into();
    for (id, title) in written.groups {
        groups.insert(GroupId::from(id), page.filled(title));
    }
    let site = Site {
        title: page.filled(written.title),
        organisation: page.filled(written.organisation),
        province: ProvinceCode::from(
            page.read(&written.province, |text| value::digits(text, 2, "mã tỉnh")).unwrap_or_default(),
        ),
        province_name: page.filled(written.province_name),
        first_year,
        last_year,
        spans: written
            .spans
            .iter()
            .filter_map(|span| page.read(span, |text| self::span(text, first_year, last_year)))
            .collect(),
        as_of: written.as_of.and_then(|day| page.read(&day, value::day)),
        synthetic: written.synthetic,
        headlines: written.headlines.get_ref().iter().filter_map(|code| page.measure(code, known)).collect(),
        header: written.header.resolve(input, &mut page)?,
        subjects: header::subjects(written.subject, themes, &mut page),
        compositions: written.composition.into_iter().filter_map(|of| of.resolve(&mut page, known)).collect(),
        groups,
        limits: written.limits.resolve(&mut page),
        quality: written.quality.resolve(&mut page, known),
        comparison: written.comparison.resolve(&mut page, known),
    };
    Ok(Some((site, scheme)))
}

fn year(page: &mut Page, written: &Spanned<i64>) -> i32 {
    i32::try_from(page.within(written, 2000..=2100)).unwrap_or_default()
}

fn span(text: &str, first: i32, last: i32) -> Result<Period, String> {
    let period: Period = text.parse()?;
    let inside = period.kind() == PeriodKind::Span && first <= period.first_year() && period.last_year() <= last;
    inside.then_some(period).ok_or_else(|| {
        format!("“{text}” không phải giai đoạn trong các năm {first}–{last}; viết năm đầu-năm cuối, ví dụ 2026-2028")
    })
}
