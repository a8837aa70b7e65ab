//! Revisions: how the figures of an edition differ from the publication before, and why.
//!
//! The public edition tells both numbers only where both were printed; a figure
//! that was printed and is now hidden or gone is told without what became of it
//! (statistics report 3.3).
//!
//! * `since`: the present figures held against the last publication, with the reasons;
//! * `year`: how much a year was revised.

mod since;
#[cfg(test)]
mod tests;
mod year;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub(super) use since::{Why, revisions};
pub use year::YearRevised;

use crate::figures::Quantity;
use crate::ledger::{Ledger, Publication};
use crate::vocabulary::number::{point_change, rounded};
use crate::vocabulary::{Area, MeasureCode, Period};

/// Below this base a percentage says more than the counts can bear (statistics report 5.2).
const SMALLEST_BASE: i64 = 20;

/// A line of the publication register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its number, from 1.
    pub number: u32,
    /// The day it went out.
    pub published: NaiveDate,
    /// The day its figures were locked.
    pub as_of: NaiveDate,
    /// The id printed on its pages.
    pub build_id: String,
    /// What it was published for.
    pub note: String,
    /// Cells printed with a value.
    pub values: usize,
    /// Cells hidden.
    pub hidden: usize,
}

/// The register of a ledger, oldest first.
pub fn register(ledger: &Ledger) -> Vec<Published> {
    let line = |publication: &Publication| Published {
        number: publication.number,
        published: publication.published,
        as_of: publication.as_of,
        build_id: publication.build_id.clone(),
        note: publication.note.clone(),
        values: publication.values(),
        hidden: publication.hidden(),
    };
    ledger.publications.iter().map(line).collect()
}

/// Why a figure is another than the one that was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A return that was due then came after.
    Late,
    /// A return was replaced by another version.
    Corrected,
    /// A return that was counted then is no longer.
    Withdrawn,
    /// A return that was not due then is counted too.
    NewlyDue,
    /// More or fewer returns are due.
    Scope,
    /// The definitions changed.
    Definitions,
    /// It is no longer published.
    Hidden,
    /// None of these: the program computes otherwise.
    Recomputed,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 8] = [
        Reason::Late,
        Reason::Corrected,
        Reason::Withdrawn,
        Reason::NewlyDue,
        Reason::Scope,
        Reason::Definitions,
        Reason::Hidden,
        Reason::Recomputed,
    ];

    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Late => "late",
            Reason::Corrected => "corrected",
            Reason::Withdrawn => "withdrawn",
            Reason::NewlyDue => "newly_due",
            Reason::Scope => "scope",
            Reason::Definitions => "definitions",
            Reason::Hidden => "hidden",
            Reason::Recomputed => "recomputed",
        }
    }

    /// The words people read.
    pub fn title(self) -> &'static str {
        match self {
            Reason::Late => "báo cáo nộp muộn",
            Reason::Corrected => "báo cáo đính chính",
            Reason::Withdrawn => "báo cáo không còn được tính",
            Reason::NewlyDue => "báo cáo mới đến hạn",
            Reason::Scope => "phạm vi báo cáo thay đổi",
            Reason::Definitions => "định nghĩa thay đổi",
            Reason::Hidden => "không còn công bố",
            Reason::Recomputed => "tính lại",
        }
    }
}

/// A figure that differs from the one that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Where.
    pub area: Area,
    /// When.
    pub period: Period,
    /// What.
    pub measure: MeasureCode,
    /// The number that was printed; `None` when the figure is new in a period that was published.
    pub old: Option<Quantity>,
    /// The number now; `None` when there is none, or none to be told.
    pub new: Option<Quantity>,
    /// Why.
    pub reasons: BTreeSet<Reason>,
}

impl Revision {
    /// The size of the change, in thousandths of the old number, or of a percentage point for ratios.
    /// Against less than 20 it is not a share that can be read (statistics report 5.2): it is taken
    /// against 20. `None` when one of the numbers is not there.
    pub fn size(&self) -> Option<i64> {
        match (self.old?, self.new?) {
            (Quantity::Whole(old), Quantity::Whole(new)) => {
                rounded((new - old).abs(), old.abs().max(SMALLEST_BASE), 1000, 0)
            }
            (Quantity::Ratio { numerator: m, denominator: e }, Quantity::Ratio { numerator: n, denominator: d }) => {
                point_change((n, d), (m, e)).map(|points| points.abs() * 100)
            }
            _ => None,
        }
    }
}

/// All differences from the last publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revisions {
    /// The figures that differ: first those with both numbers, largest change first, then new ones, then
    /// those that are gone.
    pub list: Vec<Revision>,
    /// Figures that are the same.
    pub unchanged: usize,
    /// Figures of periods that had not been published at all.
    pub of_new_periods: usize,
    /// The yearly indicator, oldest year first.
    pub years: Vec<YearRevised>,
}

impl Revisions {
    /// The figures with both numbers.
    pub fn revised(&self) -> impl Iterator<Item = &Revision> {
        self.list.iter().filter(|revision| revision.old.is_some() && revision.new.is_some())
    }

    /// The figures that are new in a published period.
    pub fn added(&self) -> impl Iterator<Item = &Revision> {
        self.list.iter().filter(|revision| revision.old.is_none())
    }

    /// The figures that are no longer to be seen.
    pub fn gone(&self) -> impl Iterator<Item = &Revision> {
        self.list.iter().filter(|revision| revision.new.is_none())
    }

    /// The revision of a figure with both numbers.
    pub fn at(&self, area: &Area, period: Period, measure: &MeasureCode) -> Option<&Revision> {
        self.revised().find(|r| r.period == period && r.measure == *measure && r.area == *area)
    }
}
