//! What we expect: everything under `input/` that is not a return.
//!
//! Read strictly, before any workbook is opened; all mistakes are reported at
//! once, each with file and line. Nothing here is about what was received.

pub mod boundary;
pub mod check;
pub mod comparison;
pub mod criteria;
pub mod embedded;
pub mod folder;
pub mod form;
pub mod header;
pub mod heading;
pub mod indicator;
pub mod limits;
pub mod load;
pub mod plan;
pub mod policy;
pub mod quality;
pub mod register;
pub mod schedule;
pub mod scheme;
mod shape;
pub mod site;
pub mod source;
pub mod table;
pub mod target;
pub mod unit;
pub mod written;

pub use boundary::Boundaries;
pub use check::{Check, CheckKind};
pub use comparison::ComparisonRules;
pub use criteria::CriteriaSet;
pub use folder::Folder;
pub use form::{Form, Kind, Older, Row, SheetForm, SheetKind};
pub use header::Header;
pub use heading::{Column, Headings};
pub use indicator::Indicator;
pub use limits::Limits;
pub use load::{load, load_from};
pub use plan::Plan;
pub use policy::ReleasePolicy;
pub use quality::QualityPolicy;
pub use register::Registers;
pub use scheme::Scheme;
pub use site::{Site, Subject};
pub use target::Target;
pub use unit::{Unit, UnitRegister};

use crate::vocabulary::{Area, MeasureCode};

/// All definitions of an input folder, cross-checked.
#[derive(Clone, Debug)]
pub struct Definitions {
    /// The site: whose it is, which years and periods it covers.
    pub site: Site,
    /// The calendar scheme the site uses; sums never mix schemes.
    pub scheme: Scheme,
    /// The dated register of units, with aliases.
    pub units: UnitRegister,
    /// The accepted forms, oldest first; the last is the one handed out. A version read through a map
    /// stands right before the form it is read as.
    pub forms: Vec<Form>,
    /// The computed ratios, in catalogue order.
    pub indicators: Vec<Indicator>,
    /// The sets of criteria.
    pub criteria: Vec<CriteriaSet>,
    /// The plans, by id.
    pub plans: Vec<Plan>,
    /// The targets of plans and of `targets.csv`, per area and period.
    pub targets: Vec<Target>,
    /// What may be printed in the public edition.
    pub policy: ReleasePolicy,
    /// SHA-256 of every definition file with its name, in hexadecimal.
    pub hash: String,
}

impl Definitions {
    /// The title of a row in the newest form that has it, without the dashes that indent it; empty when none has.
    pub fn row_title(&self, item: &MeasureCode) -> &str {
        let row = self.forms.iter().rev().find_map(|form| form.row(item));
        row.map_or("", |row| row.title.trim_start_matches(['–', '-', ' ']))
    }

    /// Whether a unit is one of those that an area is made of; the province and its groups are those of the site.
    pub fn is_member(&self, unit: &Unit, area: &Area) -> bool {
        match area {
            Area::Province(_) => unit.province == self.site.province,
            Area::Group(group) => unit.province == self.site.province && unit.groups.contains(group),
            Area::Unit(code) => unit.code == *code,
        }
    }
}
