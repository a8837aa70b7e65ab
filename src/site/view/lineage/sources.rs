//! Sources: the cells of one unit's returns that a figure is made of, each leading to its place in the return.

use crate::definitions::form::AcrossTime;
use crate::definitions::indicator::{Over, RatioTerm};
use crate::release::{MeasureInfo, MeasureOrigin as Origin, Observation, ReturnState, Tiles};
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::trail::Trail;
use crate::site::view::sheet::link;
use crate::site::words;
use crate::vocabulary::number::{fixed, rounded};
use crate::vocabulary::{MeasureCode, UnitCode};

/// What finds the cells of one measure.
pub struct Sources<'b, 'a> {
    book: &'b Book<'a>,
    trail: &'b Trail<'a>,
    measure: &'b Measure,
    /// How the measure is made.
    pub info: &'a MeasureInfo,
}

impl<'b, 'a> Sources<'b, 'a> {
    /// The sources of a measure.
    pub fn of(book: &'b Book<'a>, trail: &'b Trail<'a>, measure: &'b Measure) -> Self {
        let info = book.release.measures().iter().find(|info| info.code == measure.code);
        Self { book, trail, measure, info: info.expect("pages name measures of the release") }
    }

    /// What one return gives: `12`, `58/72`, or a sign with the reason why there is nothing. Every value is a link.
    pub fn in_return(&self, own: u32) -> String {
        let unit = &self.trail.status(own).unit;
        match &self.info.origin {
            Origin::Ratio { numerator, denominator, .. } => {
                format!("{}/{}", self.side(unit, own, numerator), self.side(unit, own, denominator))
            }
            Origin::Row { .. } | Origin::ClassCount { .. } => self.item(unit, own, &self.measure.code),
        }
    }

    /// The returns that a longer period takes its value from, of those that make it up.
    pub fn counted<'t>(&self, tiles: Option<&'t Tiles>) -> &'t [u32] {
        let Some(tiles) = tiles else { return &[] };
        match self.across_time() {
            AcrossTime::Sum => &tiles.all,
            AcrossTime::First => &tiles.first,
            AcrossTime::Last => &tiles.last,
            AcrossTime::None if tiles.only().is_some() => &tiles.all,
            AcrossTime::None => &[],
        }
    }

    /// How the measure adds up over time; a ratio counts each return if one of its terms does.
    pub fn across_time(&self) -> AcrossTime {
        let Origin::Ratio { numerator, denominator, .. } = &self.info.origin else {
            return self.info.across_time.unwrap_or(AcrossTime::None);
        };
        let mut terms = numerator.iter().chain(denominator);
        if terms.any(|term| self.counts_each(term)) { AcrossTime::Sum } else { AcrossTime::Last }
    }

    fn counts_each(&self, term: &RatioTerm) -> bool {
        let kind = || self.book.release.measures().iter().find(|info| info.code == term.item);
        term.over != Over::Kind || kind().and_then(|info| info.across_time) == Some(AcrossTime::Sum)
    }

    /// One side of a ratio: `3`, `(3+1)`, `(52−4)`.
    fn side(&self, unit: &UnitCode, own: u32, terms: &[RatioTerm]) -> String {
        let mut text = String::new();
        for (at, term) in terms.iter().enumerate() {
            match (at, term.coefficient < 0) {
                (_, true) => text.push('−'),
                (0, false) => {}
                (_, false) => text.push('+'),
            }
            if term.coefficient.abs() != 1 {
                text.push_str(&format!("{}×", term.coefficient.abs()));
            }
            match term.over {
                Over::Weeks => text.push_str(&self.weeks(unit, own, &term.item)),
                Over::Kind | Over::EachReturn => text.push_str(&self.item(unit, own, &term.item)),
            }
        }
        if terms.len() == 1 { text } else { format!("({text})") }
    }

    /// Persons × weeks of a return: `(44+46)/2×12,9`. The start is the end of the return before.
    fn weeks(&self, unit: &UnitCode, own: u32, item: &MeasureCode) -> String {
        let scheme = &self.book.definitions().scheme;
        let (first, last) = scheme.days(self.trail.status(own).period);
        let follows = |before: &u32| scheme.days(self.trail.status(*before).period).1.succ_opt() == Some(first);
        let start = self.trail.own(unit).iter().copied().find(follows);
        let start = start.map_or_else(|| "<span class=\"sign\">x</span>".to_owned(), |own| self.item(unit, own, item));
        let weeks = rounded((last - first).num_days() + 1, 7, 1, 1).expect("a week has days");
        format!("({start}+{})/2×{}", self.item(unit, own, item), fixed(weeks, 1))
    }

    /// Whether a term counts persons × weeks.
    pub fn has_weeks(&self) -> bool {
        match &self.info.origin {
            Origin::Ratio { numerator, denominator, .. } => {
                numerator.iter().chain(denominator).any(|term| term.over == Over::Weeks)
            }
            Origin::Row { .. } | Origin::ClassCount { .. } => false,
        }
    }

    /// The value of a row in a return, leading to its cell.
    fn item(&self, unit: &UnitCode, own: u32, item: &MeasureCode) -> String {
        let status = self.trail.status(own);
        let place = || {
            let page = self.trail.page(unit, status.period)?;
            // What cannot be read of a return has no line on its page.
            let line = if self.trail.tells(unit, status.period, item) { row(self.book, item) } else { String::new() };
            Some(format!("{page}.html{line}"))
        };
        let told = |why: &str| match place() {
            Some(href) => format!("<a class=\"sign\" href=\"{href}\">…</a><span class=\"sm\">{why}</span>"),
            None => format!("<span class=\"sign\">…</span><span class=\"sm\">{why}</span>"),
        };
        match self.trail.lineage.observation(own, item) {
            Observation::Reported(value) => {
                let measure = self.book.measure(item).unwrap_or(self.measure);
                let written = words::quantity(measure, crate::release::Quantity::Whole(value));
                place().map_or_else(|| written.clone(), |href| link(&href, &written))
            }
            Observation::NotDue => "<span class=\"sign\">x</span>".to_owned(),
            Observation::Quarantined => told("bị loại"),
            Observation::Missing => told(match status.state {
                ReturnState::Missing | ReturnState::NotYetDue => "chưa nộp",
                ReturnState::Returned => "trả lại",
                ReturnState::OnTime | ReturnState::Late(_) => "ô trống",
            }),
        }
    }

    /// Why a return adds nothing to a figure that it is due in; `None` when it does.
    pub fn lacking(&self, own: u32) -> Option<&'static str> {
        let items: Vec<&MeasureCode> = match &self.info.origin {
            Origin::Ratio { numerator, denominator, .. } => {
                numerator.iter().chain(denominator).map(|term| &term.item).collect()
            }
            Origin::Row { .. } | Origin::ClassCount { .. } => vec![&self.measure.code],
        };
        let mut seen = items.iter().map(|item| self.trail.lineage.observation(own, item));
        let absent = seen.rfind(|seen| matches!(seen, Observation::Missing | Observation::Quarantined))?;
        Some(match (absent, self.trail.status(own).state) {
            (Observation::Quarantined, _) => "ô bị loại",
            (_, ReturnState::Missing | ReturnState::NotYetDue) => "chưa nộp",
            (_, ReturnState::Returned) => "trả lại",
            _ => "ô trống",
        })
    }
}

/// The fragment of a form row on the page of a return.
pub fn row(book: &Book<'_>, item: &MeasureCode) -> String {
    let at = book.release.cube().axes().measure_position(item);
    at.map_or_else(String::new, |at| format!("#m{at}"))
}
