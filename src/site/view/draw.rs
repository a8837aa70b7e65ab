//! From released figures to what charts draw. A figure becomes a position here and nowhere else;
//! its label is the written figure.

use crate::analysis::target::State;
use crate::definitions::Unit;
use crate::release::{Figure, Quantity};
use crate::site::book::Book;
use crate::site::catalogue::{Measure, Nature};
use crate::site::chart::bullet::{Bullet, BulletRow};
use crate::site::chart::meter::Meter;
use crate::site::chart::sparkline::Sparkline;
use crate::site::chart::trend::{Break, Plan, Series, Trend};
use crate::site::chart::{self, Drawing, Group, Head, Periods, Point, Value};
use crate::site::standing::Standing;
use crate::site::words;
use crate::vocabulary::{Area, ObsStatus, Period, PeriodKind};

/// The two sizes of a drawing, as a figure holds them.
pub fn both(drawing: Drawing) -> Vec<String> {
    vec![drawing.wide, drawing.narrow]
}

/// The position of a figure on its axis, or why it has none.
pub fn value(measure: &Measure, figure: &Figure) -> Value {
    match figure.value {
        Some(value) => position(measure, value).map_or(Value::NotApplicable, Value::At),
        None => match figure.status {
            ObsStatus::Q => Value::Hidden,
            ObsStatus::M => Value::NotApplicable,
            _ => Value::Missing,
        },
    }
}

/// Per cent, millions of đồng, or the count itself; nothing for a ratio without subjects.
pub fn position(measure: &Measure, value: Quantity) -> Option<f64> {
    match value {
        Quantity::Ratio { denominator: 0, .. } => None,
        Quantity::Ratio { numerator, denominator } => Some(100.0 * numerator as f64 / denominator as f64),
        Quantity::Whole(dong) if measure.is_money() => Some(dong as f64 / 1e6),
        Quantity::Whole(value) => Some(value as f64),
    }
}

/// A figure as a point of a line; hollow when provisional.
pub fn point(measure: &Measure, figure: &Figure) -> Point {
    let mut label = figure.value.map_or(String::new(), |value| words::quantity(measure, value));
    if measure.is_ratio() && !label.is_empty() && !label.contains('/') {
        label.push('%');
    }
    let point = Point { value: value(measure, figure), label, status: None, note: None };
    match figure.status {
        ObsStatus::P => point.with_status("tạm tính"),
        ObsStatus::E => point.with_status("ước"),
        _ => point,
    }
}

/// The value axis of a measure.
pub fn axis(measure: &Measure) -> chart::Measure {
    match measure.nature {
        Nature::Ratio(_) => chart::Measure { unit: "%".into(), ..chart::Measure::percent() },
        _ if measure.is_money() => chart::Measure { unit: "triệu đồng".into(), ..chart::Measure::default() },
        _ => chart::Measure::count(&measure.unit),
    }
}

/// The course of a measure over some periods, for a table cell.
pub fn spark(book: &Book<'_>, area: &Area, periods: &[Period], measure: &Measure) -> String {
    let figures: Vec<&Figure> = periods.iter().map(|period| book.figure(area, *period, measure)).collect();
    let provisional = figures.last().is_some_and(|figure| matches!(figure.status, ObsStatus::P | ObsStatus::E));
    Sparkline { values: figures.into_iter().map(|figure| value(measure, figure)).collect(), provisional }.draw()
}

/// What was done against the plan, for a line of text; empty where no plan is to be reached from below.
pub fn meter(standing: &Standing<'_>) -> String {
    let met = matches!(standing.state, Some(State::Met | State::OnTheWay));
    standing.share.map_or(String::new(), |share| Meter { percent: share as f64 / 10.0, met }.draw())
}

/// Years on the axis of time; those after the period in review lie ahead.
fn years_axis(book: &Book<'_>, years: &[Period]) -> Periods {
    let ahead = |year: &Period| !year.ends_with(book.current()) && *year > book.current();
    let group = |year: &Period| Group { label: year.to_string(), slots: vec![String::new()], ahead: ahead(year) };
    Periods { groups: years.iter().map(group).collect() }
}

/// Quarters or halves of years on the axis of time.
fn parts_axis(years: &[Period], kind: PeriodKind) -> Periods {
    let names: &[&str] =
        if kind == PeriodKind::Quarter { &["I", "II", "III", "IV"] } else { &["6T đầu", "6T cuối"] };
    let group = |year: &Period| Group {
        label: year.to_string(),
        slots: names.iter().map(|name| (*name).to_owned()).collect(),
        ahead: false,
    };
    Periods { groups: years.iter().map(group).collect() }
}

/// Every year of the site.
pub fn all_years(book: &Book<'_>) -> Vec<Period> {
    let site = &book.definitions().site;
    (site.first_year..=site.last_year).map(Period::year).collect()
}

/// The years of a measure at a place, with its plan and the pace still needed.
pub fn years(book: &Book<'_>, area: &Area, name: &str, measure: &Measure, head: Head) -> Drawing {
    let years = all_years(book);
    let ended = book.years();
    let points = ended.iter().map(|year| point(measure, book.figure(area, *year, measure))).collect();
    let steps: Vec<Option<(f64, String)>> = years
        .iter()
        .map(|year| {
            let goal = book.target(area, *year, measure)?;
            Some((goal.position(measure)?, goal.number(measure)))
        })
        .collect();
    let planned = steps.iter().any(Option::is_some);
    Trend {
        head,
        periods: years_axis(book, &years),
        measure: axis(measure),
        series: vec![Series { name: name.to_owned(), points }],
        context: None,
        plan: planned.then(|| Plan { name: "Kế hoạch".into(), steps }),
        pace: planned && ended.len() < years.len(),
        breaks: Vec::new(),
    }
    .drawing()
}

/// The years of a unit on the land it has now, with a mark where that changed.
pub fn rebased(book: &Book<'_>, unit: &Unit, measure: &Measure, head: Head) -> Drawing {
    let years = all_years(book);
    let scheme = &book.definitions().scheme;
    let of = |year: &Period| match book.rebased(unit, *year, measure) {
        Some(figure) => point(measure, &figure),
        None => point(measure, &Figure::NOT_APPLICABLE),
    };
    let place = |day: chrono::NaiveDate| {
        let at = years.iter().position(|year| day <= scheme.days(*year).1)?;
        let (first, last) = scheme.days(years[at]);
        Some(at as f64 + (day - first).num_days() as f64 / ((last - first).num_days() + 1) as f64)
    };
    let mark = |day| Some(Break { at: place(day)?, label: "sắp xếp".into() });
    Trend {
        head,
        periods: years_axis(book, &years),
        measure: axis(measure),
        series: vec![Series { name: String::new(), points: book.years().iter().map(of).collect() }],
        context: None,
        plan: None,
        pace: false,
        breaks: book.rearranged(unit, &years).into_iter().filter_map(mark).collect(),
    }
    .drawing()
}

/// Some places side by side over the ended years, without plan.
pub fn places(book: &Book<'_>, areas: &[(Area, String)], measure: &Measure, head: Head) -> Drawing {
    let years = book.years();
    let series = areas
        .iter()
        .map(|(area, name)| Series {
            name: name.clone(),
            points: years.iter().map(|year| point(measure, book.figure(area, *year, measure))).collect(),
        })
        .collect();
    Trend {
        head,
        periods: years_axis(book, &years),
        measure: axis(measure),
        series,
        context: None,
        plan: None,
        pace: false,
        breaks: Vec::new(),
    }
    .drawing()
}

/// The quarters or halves of a measure at a place.
pub fn within_years(book: &Book<'_>, area: &Area, kind: PeriodKind, measure: &Measure, head: Head) -> Drawing {
    let years: Vec<Period> =
        all_years(book).into_iter().filter(|year| year.first_year() <= book.current().last_year()).collect();
    let points = book
        .periods()
        .filter(|period| period.kind() == kind)
        .map(|period| point(measure, book.figure(area, period, measure)))
        .collect();
    let name = if *area == book.province { "Toàn tỉnh".into() } else { String::new() };
    Trend {
        head,
        periods: parts_axis(&years, kind),
        measure: axis(measure),
        series: vec![Series { name, points }],
        context: None,
        plan: None,
        pace: false,
        breaks: Vec::new(),
    }
    .drawing()
}

/// What was done against the plan, one bar for each standing that has a share.
pub fn bullets(standings: &[Standing<'_>], head: Head) -> Drawing {
    named_bullets(standings.iter().map(|standing| (standing.measure.short.clone(), standing)), head)
}

/// The same with a name for each bar.
pub fn named_bullets<'s, 'b: 's>(
    standings: impl IntoIterator<Item = (String, &'s Standing<'b>)>,
    head: Head,
) -> Drawing {
    let rows = standings
        .into_iter()
        .filter(|(_, standing)| standing.goal.is_some_and(|goal| goal.is_from_below()) && !standing.measure.is_class())
        .map(|(label, standing)| {
            let goal = standing.goal.expect("kept only where there is one");
            BulletRow {
                label,
                percent: match standing.share {
                    Some(share) => Value::At(share as f64 / 10.0),
                    None => value(standing.measure, standing.figure),
                },
                percent_label: standing.share_told(),
                pair: format!(
                    "{} / {}",
                    words::figure(standing.measure, standing.figure),
                    goal.number(standing.measure)
                ),
                met: matches!(standing.state, Some(State::Met | State::OnTheWay)),
            }
        })
        .collect();
    Bullet { head, plan_label: "Kế hoạch = 100%".into(), pair_label: "thực hiện / kế hoạch".into(), rows }.drawing()
}
