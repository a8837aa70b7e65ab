//! The figures that places are compared by, as classic scripts: one that lists what there is, one for each theme.
//!
//! Each figure is the text that pages print, and a script only sets it in
//! type: it reads a position off the text, and never computes a figure. A
//! provisional figure ends in `*`, with the returns it is made of when some
//! are missing (`76,3*43/48`); an estimate ends in `~`.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::wording;
use crate::release::Figure;
use crate::site::book::{Book, bare};
use crate::site::catalogue::{Measure, Nature};
use crate::site::view::group_title;
use crate::site::{Page, Put, page, words};
use crate::vocabulary::{Area, ObsStatus, Period, PeriodKind};

/// What there is to compare.
#[derive(Debug, Serialize)]
struct Contents {
    places: Vec<Place>,
    rhythms: Vec<Rhythm>,
    measures: Vec<Choice>,
    /// What a chart says across a rearrangement.
    cut: &'static str,
}

/// A unit, a group or the whole.
#[derive(Debug, Serialize)]
struct Place {
    code: String,
    name: String,
    /// The name without its type, for the end of a line.
    short: String,
    kind: &'static str,
    /// Its page, from the root of the site; empty for what has none.
    href: String,
    /// Other words it is looked for by.
    keys: String,
    /// By rhythm the places on the axis, in hundredths of a period, and days on which its land changed.
    cuts: BTreeMap<&'static str, Vec<(i64, String)>>,
}

/// Periods of one length.
#[derive(Debug, Serialize)]
struct Rhythm {
    id: &'static str,
    title: &'static str,
    /// The codes, as data files name them; the audit reads figures back by them.
    codes: Vec<String>,
    /// Title, year, and the name within the year.
    periods: Vec<[String; 3]>,
}

/// A measure.
#[derive(Debug, Serialize)]
struct Choice {
    code: String,
    title: String,
    short: String,
    unit: String,
    theme: String,
    /// The script with its figures, from the root of the site.
    file: String,
    href: String,
    /// The rhythms in which at least one unit has a figure.
    rhythms: Vec<&'static str>,
    /// The classes of a classification, lowest first.
    classes: Vec<String>,
}

const RHYTHMS: [(PeriodKind, &str, &str); 3] =
    [(PeriodKind::Year, "nam", "Năm"), (PeriodKind::Half, "6t", "6 tháng"), (PeriodKind::Quarter, "quy", "Quý")];

/// Every script.
///
/// # Errors
/// When `put` refuses.
pub fn scripts(book: &Book<'_>, put: Put) -> anyhow::Result<()> {
    let places = places(book);
    let themes = themes(book);
    let done: Vec<anyhow::Result<Vec<Choice>>> = themes
        .par_iter()
        .enumerate()
        .map(|(at, measures)| {
            let file = page::compare_theme(at);
            let (choices, page) = theme(book, &places, measures, file);
            put(page).map(|()| choices)
        })
        .collect();
    let measures: Vec<Choice> = done.into_iter().collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect();
    let contents = Contents {
        places: places.iter().map(|area| place(book, area)).collect(),
        rhythms: RHYTHMS.iter().map(|(kind, id, title)| rhythm(book, *kind, id, title)).collect(),
        measures,
        cut: wording::NO_BASE,
    };
    let json = serde_json::to_string(&contents).expect("texts and numbers are always JSON");
    put(Page { path: page::COMPARE_CONTENTS.into(), bytes: format!("window.soSanh = {json};\n").into_bytes() })
}

/// The measures with a page of their own, theme by theme.
fn themes<'b>(book: &'b Book<'_>) -> Vec<Vec<&'b Measure>> {
    let mut themes: Vec<Vec<&Measure>> = Vec::new();
    for measure in book.measures.iter().filter(|measure| measure.counts.is_none()) {
        match themes.last_mut().filter(|theme| theme[0].theme == measure.theme) {
            Some(theme) => theme.push(measure),
            None => themes.push(vec![measure]),
        }
    }
    themes
}

/// The whole, the groups, the units by name.
fn places(book: &Book<'_>) -> Vec<Area> {
    let areas = book.release.cube().axes().areas();
    let groups = areas.iter().filter(|area| matches!(area, Area::Group(_))).cloned();
    let units = book.units.iter().map(|unit| Book::area(unit));
    std::iter::once(book.province.clone()).chain(groups).chain(units).collect()
}

fn place(book: &Book<'_>, area: &Area) -> Place {
    let (name, kind) = match area {
        Area::Province(_) => (book.area_name(area), "Toàn tỉnh"),
        Area::Group(id) => (format!("Nhóm {}", words::inside(&group_title(book, id.as_str()))), "Nhóm"),
        Area::Unit(_) => (book.area_name(area), "Đơn vị"),
    };
    let unit = if let Area::Unit(code) = area { book.unit(code) } else { None };
    let mut keys = area.to_string();
    for former in unit.iter().flat_map(|unit| &unit.names) {
        keys.push(' ');
        keys.push_str(&former.name);
    }
    let cuts = RHYTHMS.iter().filter_map(|(kind, id, _)| {
        let periods: Vec<Period> = book.periods().filter(|period| period.kind() == *kind).collect();
        let cuts = cuts(book, area, &periods);
        (!cuts.is_empty()).then_some((*id, cuts))
    });
    Place {
        code: area.to_string(),
        short: bare(&name).to_owned(),
        href: unit.map(page::unit).unwrap_or_default(),
        cuts: cuts.collect(),
        keys,
        kind,
        name,
    }
}

/// Where on an axis of periods the land of a unit changed, in hundredths, with the day.
fn cuts(book: &Book<'_>, area: &Area, periods: &[Period]) -> Vec<(i64, String)> {
    let Area::Unit(code) = area else { return Vec::new() };
    let Some(unit) = book.unit(code) else { return Vec::new() };
    let scheme = &book.definitions().scheme;
    let cut = |day: chrono::NaiveDate| {
        let at = periods.iter().position(|period| day <= scheme.days(*period).1)?;
        let (first, last) = scheme.days(periods[at]);
        let part = (day - first).num_days() * 100 / ((last - first).num_days() + 1);
        Some((at as i64 * 100 + part, words::date(day)))
    };
    book.rearranged(unit, periods).into_iter().filter_map(cut).collect()
}

fn rhythm(book: &Book<'_>, kind: PeriodKind, id: &'static str, title: &'static str) -> Rhythm {
    let within = |period: Period| match kind {
        PeriodKind::Quarter => ["I", "II", "III", "IV"][usize::from(period.number()) - 1],
        PeriodKind::Half => ["6T đầu", "6T cuối"][usize::from(period.number()) - 1],
        _ => "",
    };
    let periods: Vec<Period> = book.periods().filter(|period| period.kind() == kind).collect();
    let told = |period: &Period| [period.title(), period.last_year().to_string(), within(*period).to_owned()];
    Rhythm {
        id,
        title,
        codes: periods.iter().map(Period::to_string).collect(),
        periods: periods.iter().map(told).collect(),
    }
}

/// By rhythm, for each place in order its figures joined by `|`.
type Rows = BTreeMap<&'static str, Vec<String>>;

/// The script of a theme, and its measures as choices.
fn theme(book: &Book<'_>, places: &[Area], measures: &[&Measure], file: String) -> (Vec<Choice>, Page) {
    let mut choices = Vec::new();
    let mut figures: BTreeMap<&str, Rows> = BTreeMap::new();
    for measure in measures {
        let rows = rows(book, places, measure);
        choices.push(Choice {
            code: measure.code.to_string(),
            title: measure.title.clone(),
            short: measure.short.clone(),
            unit: if measure.is_class() { "hạng".into() } else { measure.table_unit().to_owned() },
            theme: measure.theme.clone(),
            file: file.clone(),
            href: page::measure(&measure.code),
            rhythms: RHYTHMS.iter().map(|(_, id, _)| *id).filter(|id| rows.contains_key(id)).collect(),
            classes: match &measure.nature {
                Nature::Class(classes) => classes.iter().map(|class| class.title.clone()).collect(),
                _ => Vec::new(),
            },
        });
        figures.insert(measure.code.as_str(), rows);
    }
    let json = serde_json::to_string(&figures).expect("texts are always JSON");
    let name = serde_json::to_string(&file).expect("a text is always JSON");
    (choices, Page { bytes: format!("window.soSanh.nap({name}, {json});\n").into_bytes(), path: file })
}

/// The years, and what is shorter where a unit has any figure of it: at commune level persons are
/// published by the year only, and their quarters would be signs throughout. Classes are given once a year.
fn rows(book: &Book<'_>, places: &[Area], measure: &Measure) -> Rows {
    let mut rows = Rows::new();
    for (kind, id, _) in RHYTHMS {
        let periods: Vec<Period> = book.periods().filter(|period| period.kind() == kind).collect();
        let figure = |area: &Area, period: &Period| book.figure(area, *period, measure);
        let any = places
            .iter()
            .filter(|area| matches!(area, Area::Unit(_)))
            .any(|area| periods.iter().any(|period| figure(area, period).value.is_some()));
        if kind == PeriodKind::Year || any && !measure.is_class() {
            let row = |area: &Area| {
                let told: Vec<String> = periods.iter().map(|p| written(measure, area, figure(area, p))).collect();
                told.join("|")
            };
            rows.insert(id, places.iter().map(row).collect());
        }
    }
    rows
}

/// A figure as pages print it, marked when it may still change.
fn written(measure: &Measure, area: &Area, figure: &Figure) -> String {
    let text = words::figure(measure, figure);
    match figure.status {
        ObsStatus::P if figure.reported < figure.due && !matches!(area, Area::Unit(_)) => {
            format!("{text}*{}/{}", figure.reported, figure.due)
        }
        ObsStatus::P => format!("{text}*"),
        ObsStatus::E => format!("{text}~"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::analysis::sample::release_merged;

    #[test]
    fn every_figure_of_the_scripts_is_the_one_that_pages_print() {
        let release = release_merged();
        let book = Book::new(&release, &[]);
        let pages = Mutex::new(Vec::new());
        scripts(&book, &|page| {
            pages.lock().unwrap().push(page);
            Ok(())
        })
        .unwrap();
        let places = places(&book);
        let mut seen = 0;
        for page in pages.into_inner().unwrap().into_iter().filter(|page| page.path != page::COMPARE_CONTENTS) {
            let text = String::from_utf8(page.bytes).unwrap();
            let (_, json) = text.split_once(", ").unwrap();
            let told: BTreeMap<String, BTreeMap<String, Vec<String>>> =
                serde_json::from_str(json.strip_suffix(");\n").unwrap()).unwrap();
            for (code, rows) in told {
                let measure = book.measure(&code.as_str().into()).unwrap();
                for (id, rows) in rows {
                    let (kind, ..) = RHYTHMS.iter().find(|(_, own, _)| *own == id).unwrap();
                    let periods: Vec<Period> = book.periods().filter(|period| period.kind() == *kind).collect();
                    assert_eq!(rows.len(), places.len());
                    for (area, row) in places.iter().zip(&rows) {
                        let shown: Vec<&str> =
                            row.split('|').map(|text| text.split(['*', '~']).next().unwrap()).collect();
                        let printed: Vec<String> =
                            periods.iter().map(|p| words::figure(measure, book.figure(area, *p, measure))).collect();
                        assert_eq!(shown, printed, "{area}, {code}, {id}");
                        seen += shown.len();
                    }
                }
            }
        }
        assert!(seen > 50, "{seen}");
    }

    #[test]
    fn a_rearranged_unit_has_its_day_on_the_axis() {
        let release = release_merged();
        let book = Book::new(&release, &[]);
        let place = place(&book, &Area::Unit("C".into()));
        assert!(place.cuts["nam"].iter().any(|(_, day)| day == "01/7/2026"), "{:?}", place.cuts);
    }
}
