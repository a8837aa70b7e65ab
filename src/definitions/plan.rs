//! Plans: what a commune has undertaken, as data.
//!
//! One file per plan under `input/plans/`. Targets are resolved in
//! `definitions::target`; when returns fall due, in `definitions::plan::ReturnRule`.

use chrono::NaiveDate;

use crate::vocabulary::{MeasureCode, PeriodKind, PlanId, UnitCode};

/// A plan (kế hoạch).
#[derive(Clone, Debug)]
pub struct Plan {
    /// The stem of its file.
    pub id: PlanId,
    /// Number and symbol: `71/KH-UBND`; blank numbers stay as in the original.
    pub number: String,
    /// Full title.
    pub title: String,
    /// Short title for lists and charts.
    pub short: String,
    /// Date as printed on it, which may lack the day: `06/3/2026`, `…/11/2025`.
    pub date: String,
    /// Who issued it.
    pub issuer: String,
    /// What it is about, in one or two sentences.
    pub summary: String,
    /// The place of its text among the sources, and what in it was restored or is not known.
    pub provenance: String,
    /// First year it reports on.
    pub from_year: i32,
    /// Last year, when it has one.
    pub to_year: Option<i32>,
    /// Team model: `1-1`, `1-n` or none.
    pub team_model: Option<String>,
    /// The units that carry it out, from when.
    pub adoptions: Vec<Adoption>,
    /// The measures it is judged by, most telling first.
    pub measures: Vec<MeasureCode>,
    /// When returns fall due.
    pub returns: Vec<ReturnRule>,
    /// Its meetings.
    pub meetings: Vec<Meeting>,
    /// Its milestones: what is done by a certain day, once or every year.
    pub milestones: Vec<Milestone>,
    /// Its tasks: rõ người, rõ việc, rõ thời gian, rõ tiến độ, rõ kết quả.
    pub tasks: Vec<Task>,
    /// Steps of building a model, with their artefacts, when the plan has them.
    pub steps: Vec<Step>,
    /// Its legal bases.
    pub bases: Vec<LegalBasis>,
}

/// A unit's undertaking of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// The unit.
    pub unit: UnitCode,
    /// First day.
    pub from: NaiveDate,
    /// Last day, when it has ended.
    pub to: Option<NaiveDate>,
}

/// When a return of one kind falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnRule {
    /// Quarter, half or year.
    pub kind: PeriodKind,
    /// Only the quarter or half with this number in its year; every one when none.
    pub number: Option<u8>,
    /// The deadline.
    pub due: Due,
}

/// A deadline, relative to the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// At most this many days after the last day of the period.
    DaysAfterEnd(i64),
    /// “Trước ngày 10/6”: received by the day before, in the year the period ends.
    Before {
        /// Month of the day named.
        month: u32,
        /// The day named; the day itself is late.
        day: u32,
    },
}

/// A meeting of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// `Hội nghị sơ kết 6 tháng`.
    pub title: String,
    /// The kind of period it reviews.
    pub reviews: PeriodKind,
    /// The years it is held about: every year of the plan when empty.
    pub years: Vec<i32>,
    /// When, in words: `sau 14/6 hằng năm`.
    pub when: String,
}

/// A milestone of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// What is done by then: `Hội nghị triển khai, ra mắt mô hình`.
    pub title: String,
    /// By when.
    pub by: By,
    /// The years of one that comes every year: every year of the plan when empty.
    pub years: Vec<i32>,
}

/// The day of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Once.
    Day(NaiveDate),
    /// On this day of every year.
    EachYear {
        /// Month.
        month: u32,
        /// Day of the month.
        day: u32,
    },
}

impl Milestone {
    /// The days of it from the first to the last of some years, both included.
    pub fn days(&self, first_year: i32, last_year: i32) -> Vec<NaiveDate> {
        match self.by {
            By::Day(day) => vec![day],
            By::EachYear { month, day } => (first_year..=last_year)
                .filter(|year| self.years.is_empty() || self.years.contains(year))
                .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
                .collect(),
        }
    }
}

/// A task of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Việc.
    pub what: String,
    /// Người: who does it.
    pub who: String,
    /// Thời gian.
    pub when: String,
    /// Tiến độ: milestones.
    pub progress: String,
    /// Kết quả: what must be there at the end.
    pub result: String,
    /// The measure that shows it, when one does.
    pub measure: Option<MeasureCode>,
}

/// A step of building a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// 1–5.
    pub number: u8,
    /// What is done.
    pub title: String,
    /// The documents it leaves.
    pub artefacts: Vec<String>,
}

/// A legal basis with the time it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalBasis {
    /// `Nghị định số 49/2020/NĐ-CP ngày 17/4/2020 của Chính phủ`.
    pub title: String,
    /// First day in force, when known.
    pub valid_from: Option<NaiveDate>,
    /// Last day in force, when it has ended.
    pub valid_to: Option<NaiveDate>,
    /// What replaced it, or why it is uncertain.
    pub note: String,
}
