//! Places side by side: every unit over time in one measure, and a picker of places and measures.
//!
//! The small charts stand without any script; the picker is the script's
//! (`so-sanh.js`), which reads what `site::compare` wrote.

use serde::Serialize;

use crate::definitions::Unit;
use crate::release::Figure;
use crate::site::book::{Book, bare};
use crate::site::catalogue::Measure;
use crate::site::chart::multiples::{Mini, shared_range};
use crate::site::chart::{Head, Periods, Point};
use crate::site::page;
use crate::site::view::frame::{Frame, Link};
use crate::site::view::measures::drawn_periods;
use crate::site::view::{draw, peers};
use crate::site::words;
use crate::vocabulary::{Area, Period};

/// What `compare.html` needs.
#[derive(Debug, Serialize)]
pub struct Compare {
    /// Whether places and measures can be picked here.
    pub picker: bool,
    /// What to begin with: a title and the state of the picker.
    pub examples: Vec<Example>,
    /// Units that are not drawn: other pages lead to them here all the same.
    pub anchors: Vec<String>,
    /// Every unit in one measure; nothing where there is none to draw.
    pub set: Option<Set>,
    /// The same of other measures.
    pub further: Vec<Link>,
}

/// A state of the picker, as the part of an address behind `#`.
#[derive(Debug, Serialize)]
pub struct Example {
    /// What it shows.
    pub title: String,
    /// The state.
    pub state: String,
}

/// Small charts of the same shape.
#[derive(Debug, Serialize)]
pub struct Set {
    /// What it is about.
    pub topic: String,
    /// The sentence to remember.
    pub finding: String,
    /// The finding of the figure.
    pub title: String,
    /// Chỉ tiêu, nơi, kỳ, đơn vị.
    pub subtitle: String,
    /// One for each unit, by name.
    pub items: Vec<Item>,
    /// Coverage, and who is not drawn and why.
    pub coverage: String,
    /// The page with the same figures in a table.
    pub table: String,
}

/// The small chart of a unit.
#[derive(Debug, Serialize)]
pub struct Item {
    /// Its code: the anchor, and what the picker calls it.
    pub code: String,
    /// Its name without its type.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The drawing, as SVG.
    pub drawing: String,
}

/// The measures that the units are drawn in: headlines, where at least two units have a figure.
fn drawn<'b>(book: &'b Book<'_>) -> Vec<&'b Measure> {
    let periods = drawn_periods(book);
    let headlines = book.definitions().site.headlines.iter().filter_map(|code| book.measure(code));
    let told = |unit: &&&Unit, measure: &Measure| has_any(book, unit, &periods, measure);
    headlines
        .filter(|measure| !measure.is_class() && measure.counts.is_none())
        .filter(|measure| book.units.iter().filter(|unit| told(unit, measure)).count() >= 2)
        .collect()
}

/// Those with a page of their own: all but the first, which stands beside the picker.
pub fn further<'b>(book: &'b Book<'_>) -> Vec<&'b Measure> {
    drawn(book).into_iter().skip(1).collect()
}

/// The page with the picker.
pub fn index(book: &Book<'_>, path: &str) -> (Frame, Compare) {
    let drawn = drawn(book);
    let first = drawn.first().copied();
    let set = first.map(|measure| set(book, measure));
    let measures = book.measures.iter().filter(|measure| measure.counts.is_none()).count();
    let heading = format!("So sánh {} xã, phường, đặc khu theo {measures} chỉ tiêu", book.units.len());
    let frame = frame(book, path, "So sánh", &heading)
        .action("Danh sách đơn vị", page::UNITS)
        .action("Danh mục chỉ tiêu", page::MEASURES);
    let further = drawn.iter().skip(1).map(|measure| link(measure)).collect();
    let items: Vec<&str> = set.iter().flat_map(|set| &set.items).map(|item| item.code.as_str()).collect();
    let codes = book.units.iter().map(|unit| unit.code.to_string());
    let anchors = codes.filter(|code| !items.contains(&code.as_str())).collect();
    (frame, Compare { picker: true, examples: examples(book, &drawn), anchors, set, further })
}

/// The page of a measure.
pub fn of_measure(book: &Book<'_>, measure: &Measure, path: &str) -> (Frame, Compare) {
    let set = set(book, measure);
    let heading = set.finding.trim_end_matches('.').to_owned();
    let mut frame = frame(book, path, &format!("So sánh · {}", measure.short), &heading)
        .action("Chọn đơn vị để so sánh", page::COMPARE)
        .action("Trang chỉ tiêu", page::measure(&measure.code));
    frame.title(&format!("So sánh: {}", words::inside(&measure.short)));
    let drawn = drawn(book);
    let first = drawn.first().map(|first| Link::new(first.short.clone(), page::COMPARE));
    let others = drawn.iter().skip(1).filter(|other| other.code != measure.code).map(|other| link(other));
    let further = first.into_iter().chain(others).collect();
    (frame, Compare { picker: false, examples: Vec::new(), anchors: Vec::new(), set: Some(set), further })
}

fn link(measure: &Measure) -> Link {
    Link::new(measure.short.clone(), page::compare_of(&measure.code))
}

fn frame(book: &Book<'_>, path: &str, eyebrow: &str, heading: &str) -> Frame {
    let period = book.current();
    let (whole, due) = book.returns_coverage(period);
    Frame::new(
        book.release,
        path,
        eyebrow,
        heading,
        "Các đơn vị đứng theo tên, không xếp hạng; chênh lệch giữa các xã chủ yếu do ngẫu nhiên.",
    )
    .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
}

/// What a reader may begin with: the types of unit, the whole, and the first measures.
fn examples(book: &Book<'_>, drawn: &[&Measure]) -> Vec<Example> {
    let axes = book.release.cube().axes();
    let groups = axes.areas().iter().filter(|area| matches!(area, Area::Group(_)));
    let groups: Vec<String> = groups.map(Area::to_string).take(3).collect();
    let measures: Vec<&str> = drawn.iter().take(2).map(|measure| measure.code.as_str()).collect();
    if measures.is_empty() {
        return Vec::new();
    }
    let state = |places: &[String]| format!("noi={}&chi-tieu={}", places.join(","), measures.join(","));
    let mut examples = Vec::new();
    let province = book.province.to_string();
    if groups.len() >= 2 {
        let places: Vec<String> = groups.into_iter().chain([province.clone()]).collect();
        examples.push(Example { title: "Các nhóm đơn vị với toàn tỉnh".into(), state: state(&places) });
    }
    let told = |unit: &&&Unit| drawn.iter().take(2).all(|measure| has_any(book, unit, &book.years(), measure));
    let units: Vec<&&Unit> = book.units.iter().filter(told).take(2).collect();
    if let [one, other] = units[..] {
        let places = [one.code.to_string(), other.code.to_string(), province];
        let title = format!("{} và {} với toàn tỉnh", bare(one.name()), bare(other.name()));
        examples.push(Example { title, state: state(&places) });
    }
    examples
}

fn has_any(book: &Book<'_>, unit: &Unit, periods: &[Period], measure: &Measure) -> bool {
    periods.iter().any(|period| book.figure(&Book::area(unit), *period, measure).value.is_some())
}

/// Every unit that has a figure, on one axis, with the median of the units in grey.
fn set(book: &Book<'_>, measure: &Measure) -> Set {
    let periods = drawn_periods(book);
    let (shown, absent): (Vec<&Unit>, Vec<&Unit>) =
        book.units.iter().copied().partition(|unit| has_any(book, unit, &periods, measure));
    let figures: Vec<Vec<&Figure>> = shown
        .iter()
        .map(|unit| periods.iter().map(|period| book.figure(&Book::area(unit), *period, measure)).collect())
        .collect();
    let at = |figure: &Figure| figure.value.and_then(|value| draw::position(measure, value));
    let axis = draw::axis(measure);
    let range = shared_range(figures.iter().flatten().filter_map(|figure| at(figure)), &axis);
    let context: Vec<Option<f64>> = (0..periods.len())
        .map(|slot| median(figures.iter().filter_map(|figures| at(figures[slot])).collect()))
        .collect();
    let names = Periods::years(periods.iter().map(|period| period.short()));
    let items = shown
        .iter()
        .zip(&figures)
        .map(|(unit, figures)| Item {
            code: unit.code.to_string(),
            name: bare(unit.name()).to_owned(),
            href: page::unit(unit),
            drawing: Mini {
                head: Head::default(),
                periods: names.clone(),
                points: figures.iter().map(|figure| short_point(measure, figure)).collect(),
                context: context.clone(),
                range,
            }
            .decorative(),
        })
        .collect();
    // The latest period that can be told of: at commune level the last may be hidden or not yet there.
    let known = |slot: &usize| figures.iter().filter(|figures| figures[*slot].value.is_some()).count() >= 2;
    let told = (0..periods.len()).rev().find(known).unwrap_or(periods.len().saturating_sub(1));
    let last = periods.get(told).copied().unwrap_or(book.current());
    let (low, middle, high) = spread(measure, figures.iter().filter_map(|figures| figures.get(told).copied()));
    let short = format!("{}, {}", measure.short, last.title());
    let (finding, title) = match (low, middle, high) {
        (Some(low), Some(middle), Some(high)) => (
            format!("{}: {}, một nửa số đơn vị từ {middle} trở lên.", measure.short, last.title()),
            format!("{}: thấp nhất {low}, cao nhất {high}", last.heading()),
        ),
        _ => (format!("{short}: chưa có số liệu được công bố của từng đơn vị."), short.clone()),
    };
    let names: Vec<&str> = absent.iter().map(|unit| bare(unit.name())).collect();
    let unseen = match names.len() {
        0 => String::new(),
        few if few <= 6 => format!(" Không có trong hình: {} (không có số liệu được công bố).", words::list(&names)),
        many => format!(" Không có trong hình: {many} đơn vị không có số liệu được công bố."),
    };
    let ends = match (periods.first(), periods.last()) {
        (Some(first), Some(last)) if first != last => format!("{}–{}", first.short(), last.short()),
        _ => last.short(),
    };
    Set {
        topic: measure.short.clone(),
        finding,
        title,
        subtitle: format!("{}; từng đơn vị, {ends}, {}; cùng một trục", measure.title, measure.table_unit()),
        items,
        coverage: format!("{}.{unseen}", book.coverage_told(last, measure)),
        table: peers::full_table(book, measure),
    }
}

/// A point labelled without its unit: a set has one unit.
fn short_point(measure: &Measure, figure: &Figure) -> Point {
    let point = draw::point(measure, figure);
    Point { label: point.label.trim_end_matches('%').to_owned(), ..point }
}

/// The value in the middle; the mean of the two in the middle. Only a line is drawn at it.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[half]),
        _ => Some((values[half - 1] + values[half]) / 2.0),
    }
}

/// The lowest, the one that at least half of the units reach, and the highest: figures of units, as sentences say them.
fn spread<'f>(
    measure: &Measure,
    figures: impl Iterator<Item = &'f Figure>,
) -> (Option<String>, Option<String>, Option<String>) {
    let mut told: Vec<(f64, bool, String)> = figures
        .filter_map(|figure| figure.value)
        .filter_map(|value| {
            let text = words::said(measure, value);
            Some((draw::position(measure, value)?, text.contains('/'), text))
        })
        .collect();
    told.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| (a.1, &a.2).cmp(&(b.1, &b.2))));
    // Of equal figures the percentage is told before the fraction of a small denominator.
    let at = |at: usize| told.iter().find(|one| one.0 == told[at].0).map(|(_, _, text)| text.clone());
    match told.len() {
        0 => (None, None, None),
        count => (at(0), at(count / 2), at(count - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_units_reach_the_one_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
