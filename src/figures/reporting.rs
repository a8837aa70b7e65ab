//! Reporting: which of the expected returns came, when, and how they were answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::definitions::schedule::Expected;
use crate::intake::{Intake, Outcome, Return, Standing};
use crate::vocabulary::{Period, PlanId, UnitCode};

/// One expected return and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnStatus {
    /// The unit.
    pub unit: UnitCode,
    /// The period, of the unit's own rhythm.
    pub period: Period,
    /// The last day on which it was on time.
    pub deadline: NaiveDate,
    /// The plans that ask for it.
    pub plans: Vec<PlanId>,
    /// On time, late, missing … Exactly one holds.
    pub state: ReturnState,
    /// The day the first usable version was received.
    pub received: Option<NaiveDate>,
    /// How the version that counts was answered; “Trả lại” when something came and none counts.
    pub outcome: Option<Outcome>,
    /// How many versions came.
    pub versions: u32,
    /// Whether the version that counts is an estimate (ước).
    pub estimate: bool,
    /// Whether the version that counts corrects an official one: other values than it. An estimate
    /// that was replaced is no correction.
    pub corrected: bool,
    /// Path of the version that counts, below `returns/`.
    pub file: Option<Arc<str>>,
    /// Its SHA-256.
    pub sha256: Option<String>,
}

/// What became of an expected return; the states exclude one another and cover every due return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReturnState {
    /// Nộp đúng hạn.
    OnTime,
    /// Nộp muộn, by so many days.
    Late(i64),
    /// Trả lại: something came, and nothing of it can be used.
    Returned,
    /// Chưa nộp, and the deadline has passed.
    Missing,
    /// Chưa đến hạn.
    NotYetDue,
}

impl ReturnState {
    /// The letter in the returns matrix.
    pub fn letter(self) -> &'static str {
        match self {
            ReturnState::OnTime => "Đ",
            ReturnState::Late(_) => "M",
            ReturnState::Returned => "T",
            ReturnState::Missing => "C",
            ReturnState::NotYetDue => "–",
        }
    }

    /// The words people read.
    pub fn title(self) -> String {
        match self {
            ReturnState::OnTime => "Đúng hạn".into(),
            ReturnState::Late(days) => format!("Muộn {days} ngày"),
            ReturnState::Returned => "Trả lại".into(),
            ReturnState::Missing => "Chưa nộp".into(),
            ReturnState::NotYetDue => "Chưa đến hạn".into(),
        }
    }
}

/// The returns that count, by unit and period: one each, and never one that was sent back.
///
/// Files are looked at in the order of their names, so the order they were read in does not matter.
pub(super) fn counted(intake: &Intake) -> BTreeMap<(&UnitCode, Period), &Return> {
    let mut counting: Vec<&Return> =
        intake.returns.iter().filter(|r| r.standing == Standing::Counts && r.outcome != Outcome::Returned).collect();
    counting.sort_by(|a, b| b.file.cmp(&a.file));
    counting.into_iter().map(|r| ((&r.unit, r.period), r)).collect()
}

/// Whether an official version gave way to one with other values.
fn is_corrected(version: &Return) -> bool {
    let replaced = matches!(version.standing, Standing::Superseded { .. }) && version.outcome != Outcome::Returned;
    replaced && !version.estimate && !version.differences.is_empty()
}

/// What became of every expected return, in the order of `expected`.
///
/// On time is judged by the first usable version, so that a correction does not make a return late.
/// A return of unknown date is not called late.
pub(super) fn statuses(expected: &[Expected], intake: &Intake, as_of: NaiveDate) -> Vec<ReturnStatus> {
    let counted = counted(intake);
    let mut versions: BTreeMap<(&UnitCode, Period), Vec<&Return>> = BTreeMap::new();
    for r in &intake.returns {
        versions.entry((&r.unit, r.period)).or_default().push(r);
    }
    expected
        .iter()
        .map(|owed| {
            let key = (&owed.unit, owed.period);
            let came = versions.get(&key).map_or(&[][..], Vec::as_slice);
            let counts = counted.get(&key).copied();
            let usable = came
                .iter()
                .filter(|r| r.outcome != Outcome::Returned && !matches!(r.standing, Standing::SetAside { .. }));
            let received = usable.filter_map(|r| r.received).min();
            let state = match (counts, received) {
                (Some(_), Some(day)) if day > owed.deadline => ReturnState::Late((day - owed.deadline).num_days()),
                (Some(_), _) => ReturnState::OnTime,
                (None, _) if !came.is_empty() => ReturnState::Returned,
                (None, _) if owed.deadline <= as_of => ReturnState::Missing,
                (None, _) => ReturnState::NotYetDue,
            };
            ReturnStatus {
                unit: owed.unit.clone(),
                period: owed.period,
                deadline: owed.deadline,
                plans: owed.plans.clone(),
                state,
                received: received.filter(|_| counts.is_some()),
                outcome: counts.map(|r| r.outcome).or((state == ReturnState::Returned).then_some(Outcome::Returned)),
                versions: came.len() as u32,
                estimate: counts.is_some_and(|r| r.estimate),
                corrected: counts.is_some() && came.iter().any(|r| is_corrected(r)),
                file: counts.map(|r| r.file.clone()),
                sha256: counts.map(|r| r.sha256.clone()),
            }
        })
        .collect()
}
