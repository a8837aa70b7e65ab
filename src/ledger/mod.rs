//! The ledger: everything that has ever been printed. Kept in `input/publications/`, only ever added to.
//!
//! Each public edition that went out is one [`Publication`]: the figures it
//! printed, the places it hid, and which returns it counted. New editions are
//! protected against, and told as differences from, all of them. Knows nothing
//! of how figures are made or hidden.
//!
//! On the disk a publication is a folder `<NNNN>-<day>`:
//!
//! * `manifest.toml`: what went out, when, made from what, with the hashes of
//!   the two tables, of the publication before it and of itself;
//! * `printed.csv`: the rows of the public `facts.csv` that differ from the publication before;
//! * `counted.csv`: the returns that were counted otherwise than in the publication before,
//!   with their items about persons.
//!
//! Only differences are kept, so that five years of publications stay small;
//! [`read()`] replays them. It reads strictly: a gap, a changed byte or a strange
//! file is an error, for whoever forgets what was printed gives it away.

mod append;
mod read;
#[cfg(test)]
mod tests;

pub use append::append;
pub use read::read;

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

/// Where the ledger lies, below the input folder.
pub const FOLDER: &str = "publications";

const MANIFEST: &str = "manifest.toml";
const PRINTED: &str = "printed.csv";
const COUNTED: &str = "counted.csv";
const PRINTED_COLUMNS: [&str; 10] =
    ["area", "period", "measure", "value", "numerator", "denominator", "obs_status", "conf_status", "reported", "due"];
const COUNTED_COLUMNS: [&str; 5] = ["unit", "period", "sha256", "item", "value"];

/// What begins the last line of a manifest, which gives the SHA-256 of all before it.
const OWN_HASH: &str = "entry_sha256 = ";

impl Ledger {
    /// The publication that went out last.
    pub fn last(&self) -> Option<&Publication> {
        self.publications.last()
    }

    /// The ledger as it was before the edition made from these sources went out; all of it when none was.
    ///
    /// Whoever builds again what went out gets the same bytes, told as the same differences.
    pub fn before(&self, sources: &Sources) -> Ledger {
        let same = self.publications.iter().position(|publication| publication.sources == *sources);
        Ledger { publications: self.publications[..same.unwrap_or(self.publications.len())].to_vec() }
    }
}

/// What an edition was made from. Editions of the same sources are the same edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Version of the program.
    pub program: String,
    /// The day the figures were locked.
    pub as_of: NaiveDate,
    /// SHA-256 of the definitions.
    pub definitions: String,
    /// SHA-256 over the workbooks with the days they were received.
    pub inputs: String,
    /// SHA-256 of the site templates.
    pub templates: String,
}

/// One public edition that went out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// What it was made from; its `as_of` is the one above.
    pub sources: Sources,
    /// Number of its files.
    pub files: u32,
    /// SHA-256 over the paths and hashes of all its files.
    pub seal: String,
    /// SHA-256 of its manifest up to the last line, which says it. Known once it is written.
    pub entry: String,
    /// The cells of its public `facts.csv` that had a value or were hidden; the hidden ones without a
    /// value. A cell that is not here was not reported or not applicable.
    pub printed: BTreeMap<(Area, Period, MeasureCode), Printed>,
    /// The returns it counted, with their person items.
    pub counted: BTreeMap<(UnitCode, Period), Counted>,
}

impl Publication {
    /// How many cells it printed with a value.
    pub fn values(&self) -> usize {
        self.printed.values().filter(|cell| cell.value.is_some()).count()
    }

    /// How many cells it hid.
    pub fn hidden(&self) -> usize {
        self.printed.values().filter(|cell| cell.status == ObsStatus::Q).count()
    }
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
