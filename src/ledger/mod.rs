//! The ledger: everything that has ever been printed. Kept in `input/publications/`, only ever added to.
//!
//! Each public edition that went out is one [`Publication`]: the figures it
//! printed, the places it hid, and which returns it counted. New editions are
//! protected against, and told as differences from, all of them. Knows nothing
//! of how figures are made or hidden.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::figures::Quantity;
use crate::vocabulary::{Area, ConfStatus, MeasureCode, ObsStatus, Period, UnitCode};

/// All publications, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The publications, by number from 1 without gaps.
    pub publications: Vec<Publication>,
}

/// One public edition that went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
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
    /// Every cell of its public `facts.csv`, the hidden ones without a value.
    pub printed: BTreeMap<(Area, Period, MeasureCode), Printed>,
    /// The returns it counted, with their person items.
    pub counted: BTreeMap<(UnitCode, Period), Counted>,
}

/// A cell of an earlier public edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The number that was printed; `None` when there was none to see.
    pub value: Option<Quantity>,
    /// Normal, provisional, missing, suppressed …
    pub status: ObsStatus,
    /// Free, or hidden.
    pub conf: ConfStatus,
    /// Parts (returns of units) that it added up.
    pub reported: u32,
    /// Parts that were due.
    pub due: u32,
}

/// A return as an earlier public edition counted it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// SHA-256 of its workbook.
    pub sha256: String,
    /// Its reported values about persons, as they were counted then.
    pub values: BTreeMap<MeasureCode, i64>,
}
