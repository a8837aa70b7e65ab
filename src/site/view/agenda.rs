//! The agenda: what plans set a day for, as dated events. How they are shown is left to others.

use chrono::{Datelike, NaiveDate};

use crate::definitions::Plan;
use crate::definitions::plan::Meeting;
use crate::site::book::Book;
use crate::vocabulary::{Period, PeriodKind};

/// Something of a plan that has its day.
#[derive(Clone, Debug)]
pub struct Event<'b> {
    /// The day; of a meeting the first on which the figures it reads are closed.
    pub day: NaiveDate,
    /// Whose it is.
    pub plan: &'b Plan,
    /// What it is called.
    pub title: &'b str,
    /// What it is.
    pub what: What<'b>,
}

/// Kinds of event.
#[derive(Clone, Copy, Debug)]
pub enum What<'b> {
    /// A milestone.
    Milestone,
    /// A meeting that reads the figures of a period.
    Meeting(&'b Meeting, Period),
}

/// The milestones and meetings of a plan in the years of the site, and milestones before them, by day.
pub fn of<'b>(book: &'b Book<'_>, plan: &'b Plan) -> Vec<Event<'b>> {
    let site = &book.definitions().site;
    let (first, last) = (plan.from_year.max(site.first_year), plan.to_year.unwrap_or(i32::MAX).min(site.last_year));
    let milestones = plan.milestones.iter().flat_map(|milestone| {
        let days = milestone.days(first, last).into_iter();
        days.map(move |day| Event { day, plan, title: &milestone.title, what: What::Milestone })
    });
    let meetings = plan.meetings.iter().flat_map(|meeting| {
        let read = periods(book, plan, meeting, (first, last)).into_iter();
        read.filter_map(move |period| {
            let day = book.definitions().scheme.days(period).1.succ_opt()?;
            Some(Event { day, plan, title: &meeting.title, what: What::Meeting(meeting, period) })
        })
    });
    let mut events: Vec<Event<'b>> = milestones.chain(meetings).collect();
    events.sort_by_key(|event| event.day);
    events
}

/// The periods that a meeting reads. A half that closes a year is read with the year, where the plan has a
/// meeting for that.
fn periods(book: &Book<'_>, plan: &Plan, meeting: &Meeting, (first, last): (i32, i32)) -> Vec<Period> {
    let all = match meeting.reviews {
        PeriodKind::Span => book.definitions().site.spans.clone(),
        _ => (first..=last).flat_map(|year| Period::of_years(year, year)).collect(),
    };
    let yearly = plan.meetings.iter().any(|meeting| meeting.reviews == PeriodKind::Year);
    all.into_iter()
        .filter(|period| period.kind() == meeting.reviews)
        .filter(|period| period.last_year() <= last)
        .filter(|period| meeting.years.is_empty() || meeting.years.contains(&period.last_year()))
        .filter(|period| !(yearly && period.kind() == PeriodKind::Half && period.closes_year()))
        .collect()
}

/// Where a day lies on an axis of years, in years from the first day of the first of them.
pub fn place(book: &Book<'_>, years: &[Period], day: NaiveDate) -> Option<f64> {
    let scheme = &book.definitions().scheme;
    let first = scheme.days(*years.first()?).0;
    let at = years.iter().position(|year| day <= scheme.days(*year).1).unwrap_or(years.len());
    let (from, to) = years.get(at).map_or_else(
        || {
            // A day after the last year stands a little beyond its end.
            let end = scheme.days(years[years.len() - 1]).1;
            (end, end + chrono::Days::new(365))
        },
        |year| scheme.days(*year),
    );
    let within = (day - from).num_days() as f64 / ((to - from).num_days() + 1) as f64;
    (first <= day).then_some(at as f64 + within).filter(|_| day.year() <= years[years.len() - 1].last_year() + 1)
}
