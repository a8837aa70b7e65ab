//! Reporting: which of the expected returns came, when, and how they were answered.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::intake::Outcome;
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
    /// How the version that counts was answered.
    pub outcome: Option<Outcome>,
    /// How many versions came.
    pub versions: u32,
    /// Whether the version that counts is an estimate (ước).
    pub estimate: bool,
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
