//! Slides: the findings of a review period, one message each, for a meeting room. They show the figures,
//! charts and rows of the other pages at the size of a wall; nothing is worked out for them alone.

mod asks;
mod courses;
mod index;
mod opening;
mod status;
mod subjects;
mod units;

use serde::Serialize;

pub use index::view as index;

use crate::site::book::Book;
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::Table;
use crate::site::view::frame::{Fact, Frame};
use crate::site::view::home::Key;
use crate::site::words::{self, ChangeTold};
use crate::vocabulary::{Period, PeriodKind};

/// What `slides.html` needs.
#[derive(Debug, Serialize)]
pub struct Deck {
    /// The slides in order.
    pub slides: Vec<Slide>,
    /// Kỳ, trạng thái, phạm vi: the small foot of every slide.
    pub foot: String,
    /// The page of the period, from the root of the site.
    pub href: String,
}

/// One slide.
#[derive(Debug, Default, Serialize)]
pub struct Slide {
    /// Its place, from 1.
    pub number: usize,
    /// Anchor, and the place in the address bar: `1`.
    pub id: String,
    /// CSS class: what fills it.
    pub kind: &'static str,
    /// What it is about, in a few words.
    pub topic: String,
    /// The finding.
    pub title: String,
    /// Chỉ tiêu, nơi, kỳ, đơn vị.
    pub subtitle: String,
    /// Large figures.
    pub keys: Vec<Key>,
    /// A chart, as SVG: for the wall and for a phone.
    pub drawings: Vec<String>,
    /// What its marks mean.
    pub key: String,
    /// A table of at most [`ROWS`] rows.
    pub table: Option<Table>,
    /// Numbered points.
    pub items: Vec<Point>,
    /// The facts of the first slide.
    pub facts: Vec<Fact>,
    /// Coverage, and who is missing and why.
    pub coverage: String,
    /// Lời thuyết minh: what the speaker may say, sentence by sentence.
    pub notes: Vec<String>,
}

/// A point of a list.
#[derive(Debug, Serialize)]
pub struct Point {
    /// What it is, with its number.
    pub text: String,
    /// What follows from it.
    pub detail: String,
}

/// More rows than these are not read from the back of a room.
const ROWS: usize = 8;
/// More points than these are not remembered.
const POINTS: usize = 5;

/// The slides of a period.
pub fn view(book: &Book<'_>, period: Period, path: &str) -> (Frame, Deck) {
    let standings = standings(book, period);
    let mut slides = vec![opening::cover(book, period, &standings), opening::keys(book, period, &standings)];
    slides.extend(opening::against_plan(period, &standings));
    slides.push(asks::attention(book, period, &standings));
    slides.extend(courses::slides(book, period, &standings));
    slides.extend(courses::changes(book, period));
    slides.extend(units::slides(book, period, &standings));
    slides.extend(subjects::slides(book, period));
    slides.push(status::returns(book, period));
    slides.extend(status::progress(book, period));
    slides.extend(status::calendar(book, period));
    slides.push(asks::asked(book, period, &standings));
    for (slide, number) in slides.iter_mut().zip(1..) {
        slide.number = number;
        slide.id = number.to_string();
        if let Some(table) = &mut slide.table {
            table.number = number;
        }
    }
    let (whole, due) = book.returns_coverage(period);
    let foot =
        [period.heading(), book.period_status(period).to_owned(), words::inside(&book.covered(period, whole, due))];
    let mut frame = Frame::new(book.release, path, "Trình chiếu", &name(book, period), "").about(
        book.release,
        period,
        book.period_status(period),
        &book.covered(period, whole, due),
    );
    frame.title(&format!("Trình chiếu {}", period.title()));
    (frame, Deck { slides, foot: foot.join(" · "), href: page::period(period) })
}

/// `Tổng kết năm 2030`, `Sơ kết quý III/2030`: years and the last span are closed, all else is a step on the way.
pub fn name(book: &Book<'_>, period: Period) -> String {
    let closes = match period.kind() {
        PeriodKind::Year => true,
        PeriodKind::Span => period.last_year() == book.definitions().site.last_year,
        _ => false,
    };
    format!("{} {}", if closes { "Tổng kết" } else { "Sơ kết" }, period.title())
}

/// Why none of several figures is compared with a year before, when it is the same for all of them.
fn uncompared<'a>(
    book: &Book<'_>,
    period: Period,
    standings: impl IntoIterator<Item = &'a Standing<'a>>,
) -> Option<String> {
    let changes = standings.into_iter().map(|standing| book.change(&book.province, period, standing.measure));
    let changes: Vec<ChangeTold> = changes.collect();
    let why = changes.first()?.long.clone();
    changes.iter().all(|change| change.way.is_none() && change.long == why).then_some(why)
}

/// How the headline measures stand in a period.
fn standings<'b>(book: &'b Book<'_>, period: Period) -> Vec<Standing<'b>> {
    let headlines = book.definitions().site.headlines.iter().filter_map(|code| book.measure(code));
    headlines.map(|measure| Standing::of(book, &book.province, period, measure)).collect()
}

/// A sentence begins with a capital and ends with a full stop.
fn sentence(text: &str) -> String {
    let text = words::capital(text.trim());
    if text.ends_with(['.', '?']) { text } else { format!("{text}.") }
}
