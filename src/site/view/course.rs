//! The way to the last target in words: what is needed, what the mean so far gives, and where it leads.
//! A projection is always told with its “if”.

use std::cmp::Ordering;

use crate::analysis::pace::{Pace, pace};
use crate::release::{MeasureInfo, Quantity};
use crate::site::book::{Book, Goal};
use crate::site::catalogue::Measure;
use crate::site::words;
use crate::vocabulary::Area;
use crate::vocabulary::number::{fixed, signed};

/// The pace of a measure at a place.
pub fn of(book: &Book<'_>, area: &Area, measure: &Measure) -> Option<Pace> {
    pace(book.release, &book.targets, area, info(book, measure)?)
}

/// The measure as the release lists it.
pub fn info<'b>(book: &Book<'b>, measure: &Measure) -> Option<&'b MeasureInfo> {
    book.release.measures().iter().find(|info| info.code == measure.code)
}

/// The last target alone: `80`, `trên 80`, `440`.
pub fn goal(pace: &Pace, measure: &Measure) -> String {
    Goal::of(&pace.target).number(measure)
}

/// What each year has to bring, for a table: `+12`, `34`, `0` where it is reached, `x` when no year is left.
pub fn needed(pace: &Pace, measure: &Measure) -> String {
    pace.needed.map_or("x".into(), |amount| rate(amount, measure))
}

/// What a year has brought on average, for a table.
pub fn mean(pace: &Pace, measure: &Measure) -> String {
    pace.mean.map_or("x".into(), |amount| rate(amount, measure))
}

/// Where the mean leads, for a table; nothing more is projected once the time is over.
pub fn projected(pace: &Pace, measure: &Measure) -> String {
    match pace.projected.filter(|_| pace.quarters_left > 0) {
        Some(amount) if measure.is_ratio() => fixed(amount, 1),
        Some(amount) => words::quantity(measure, Quantity::Whole(amount)),
        None => "x".into(),
    }
}

/// How the way stands, in a few words.
pub fn verdict(pace: &Pace) -> &'static str {
    match (pace.quarters_left > 0, pace.met, pace.on_course) {
        (false, true, _) => "đạt mục tiêu",
        (false, false, _) => "chưa đạt mục tiêu",
        (true, true, _) => "đang ở mức mục tiêu",
        (true, false, Some(true)) => "đủ nhịp",
        (true, false, Some(false)) => "cần nhịp cao hơn",
        (true, false, None) => "chưa đủ số kỳ",
    }
}

/// Whether a meeting should ask: time is left and the mean does not lead there, or it is over without.
pub fn is_short(pace: &Pace) -> bool {
    !pace.met && pace.on_course != Some(true) && (pace.quarters_left <= 0 || pace.on_course.is_some())
}

/// `nếu giữ mức tăng bình quân 1,2 điểm phần trăm mỗi năm thì đến 2030 đạt 86,4%`; why not with too few points.
pub fn projection(pace: &Pace, measure: &Measure) -> String {
    let year = pace.target.period.last_year();
    let (Some(mean), Some(projected), true) = (pace.mean, pace.projected, pace.quarters_left > 0) else {
        return if pace.quarters_left > 0 { "chưa đủ số kỳ".into() } else { String::new() };
    };
    let amount = amount(mean.abs(), measure);
    let kept = match (pace_adds_up(measure), mean.cmp(&0)) {
        (true, _) => format!("mức bình quân {amount} mỗi năm"),
        (false, Ordering::Greater) => format!("mức tăng bình quân {amount} mỗi năm"),
        (false, Ordering::Less) => format!("mức giảm bình quân {amount} mỗi năm"),
        (false, Ordering::Equal) => "như hiện nay".into(),
    };
    let there = match measure.is_ratio() {
        true => format!("{}%", fixed(projected, 1)),
        false => words::said(measure, Quantity::Whole(projected)),
    };
    format!("nếu giữ {kept} thì đến {year} đạt {there}")
}

/// `cần 34 người mỗi năm`, `cần tăng 1,2 điểm phần trăm mỗi năm`; empty when nothing is needed or no time is left.
pub fn need(pace: &Pace, measure: &Measure) -> String {
    let Some(needed) = pace.needed.filter(|needed| *needed != 0) else { return String::new() };
    let verb = match (pace_adds_up(measure), needed > 0) {
        (true, _) => "cần",
        (false, true) => "cần tăng",
        (false, false) => "cần giảm",
    };
    format!("{verb} {} mỗi năm", amount(needed.abs(), measure))
}

fn pace_adds_up(measure: &Measure) -> bool {
    measure.kind() == crate::release::MeasureKind::Flow
}

/// An amount a year as a sentence says it.
fn amount(amount: i64, measure: &Measure) -> String {
    match measure.is_ratio() {
        true => format!("{} điểm phần trăm", fixed(amount, 1)),
        false => words::said(measure, Quantity::Whole(amount)),
    }
}

/// An amount a year for a table: signed where a level moves.
fn rate(amount: i64, measure: &Measure) -> String {
    let plain = || words::quantity(measure, Quantity::Whole(amount));
    match (measure.is_ratio(), pace_adds_up(measure)) {
        (true, _) => signed(amount, 1),
        (false, true) => plain(),
        (false, false) if amount > 0 => format!("+{}", plain()),
        (false, false) => plain(),
    }
}
