//! How returns come in: when, by which way, under which file name; some late, some never, some twice.

use chrono::{Days, NaiveDate};

use crate::definitions::Definitions;
use crate::definitions::schedule::Expected;
use crate::demo::dice::Dice;
use crate::demo::filling::Clerk;
use crate::form::{Fill, Line, Typed};
use crate::vocabulary::MeasureCode;

/// One file that comes in.
pub(super) struct Sending {
    /// Path below `returns/`, with `/` between folders.
    pub file: String,
    /// What stands in it.
    pub fill: Fill,
    /// The day it was received.
    pub received: NaiveDate,
    /// How it came.
    pub channel: &'static str,
}

/// How often things go wrong, in per cent of returns.
#[derive(Clone, Copy)]
pub(super) struct Habits {
    pub late: i64,
    pub missing: i64,
    pub corrected: i64,
}

/// Everything goes as it should.
pub(super) const PERFECT: Habits = Habits { late: 0, missing: 0, corrected: 0 };

/// The files a clerk sends for one expected return. A return due before its own cut-off comes twice:
/// as an estimate in time, and officially after the cut-off.
pub(super) fn sendings(
    definitions: &Definitions,
    clerk: &Clerk,
    due: &Expected,
    habits: Habits,
    seed: u64,
) -> Vec<Sending> {
    let mut dice = Dice::new(seed, &due.unit, due.period.last_year() * 100 + place_in_year(due));
    if dice.percent(habits.missing) {
        return Vec::new();
    }
    let (_, end) = definitions.scheme.days(due.period);
    let fill = clerk.fill(due.period);
    let mut sent = Vec::new();
    if due.deadline <= end {
        let received = due.deadline - Days::new(dice.between(0, 3).unsigned_abs());
        sent.push(sending(estimate(&fill), received, "uoc", &mut dice));
        let received = end + Days::new(dice.between(2, 6).unsigned_abs());
        sent.push(sending(Fill { submission: 2, ..fill }, received, "chinh-thuc", &mut dice));
        return sent;
    }
    let grace = (due.deadline - end).num_days();
    let on_time = end + Days::new(dice.between((grace - 4).max(1).min(grace), grace).unsigned_abs());
    let late = dice.percent(habits.late);
    let received = if late { due.deadline + Days::new(dice.between(1, 12).unsigned_abs()) } else { on_time };
    if dice.percent(habits.corrected) {
        sent.push(sending(slipped(&fill), received, "bao-cao", &mut dice));
        let again = received + Days::new(dice.between(2, 6).unsigned_abs());
        sent.push(sending(Fill { submission: 2, ..fill }, again, "nop-lai-lan-2", &mut dice));
    } else {
        sent.push(sending(fill, received, "bao-cao", &mut dice));
    }
    sent
}

/// One file, under the name the template gave it.
pub(super) fn sending(mut fill: Fill, received: NaiveDate, kind: &str, dice: &mut Dice) -> Sending {
    fill.made_on = Some(received - Days::new(dice.between(0, 1).unsigned_abs()));
    let (unit, period) = (&fill.unit, fill.period);
    Sending {
        file: format!("{}/{period}/{unit}_{period}_{kind}.xlsx", period.last_year()),
        fill,
        received,
        channel: dice.pick(&["E-mail", "E-mail", "Trục liên thông văn bản", "USB"]),
    }
}

/// The same return before the cut-off: what is counted day by day is not complete yet.
fn estimate(fill: &Fill) -> Fill {
    let mut early = Fill { estimate: true, ..fill.clone() };
    for item in ["thn.luot_gap_go", "thn.tu_van", "tt.tin_bai", "thn.kinh_phi_ns"] {
        if let Some(Line { value: Some(Typed::Number(value)), .. }) = early.lines.get_mut(item) {
            *value -= *value / 12;
        }
    }
    early
}

/// The same return with a slip that will be corrected.
fn slipped(fill: &Fill) -> Fill {
    let mut wrong = fill.clone();
    add(&mut wrong, "thn.tu_van", 3);
    add(&mut wrong, "tt.tin_bai", -1);
    wrong
}

/// Adds to the number standing in a row.
pub(super) fn add(fill: &mut Fill, item: &str, by: i64) {
    if let Some(Line { value: Some(Typed::Number(value)), .. }) = fill.lines.get_mut(item) {
        *value += by;
    }
}

/// The line of a row, to be changed.
pub(super) fn line<'f>(fill: &'f mut Fill, item: &str) -> &'f mut Line {
    fill.lines.entry(MeasureCode::from(item)).or_default()
}

fn place_in_year(due: &Expected) -> i32 {
    i32::from(due.period.number()) * 10 + due.period.kind() as i32
}
