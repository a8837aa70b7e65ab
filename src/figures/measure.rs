//! The catalogue of measures: the one list of what a figure can be about, in the one order.
//!
//! Form rows, the number of units in each class of a classification, and the
//! computed ratios. The cube, the release, the site and the downloads all take
//! titles, units and order from here; the values are made by [`super::rollup`] and [`super::ratio`].

use std::collections::BTreeSet;

use crate::definitions::form::{AcrossTime, Class, Direction, Privacy};
use crate::definitions::indicator::RatioTerm;
use crate::definitions::{Definitions, Form, Indicator, Kind, Row, SheetForm};
use crate::vocabulary::MeasureCode;
use crate::vocabulary::text::slug;

/// One measure of the catalogue.
#[derive(Clone, Debug)]
pub struct MeasureInfo {
    /// Its code: a mã số, a mã số with a class (`bv.phan_loai_xa.xs`), or the code of an indicator.
    pub code: MeasureCode,
    /// Full name.
    pub title: String,
    /// Short name for charts and narrow tables.
    pub short: String,
    /// ĐVT; `%` for ratios.
    pub unit_of_measure: String,
    /// Stock, flow, ratio or class.
    pub kind: MeasureKind,
    /// How it adds up over the returns of a longer period; none for ratios, whose parts do.
    pub across_time: Option<AcrossTime>,
    /// Whether groups and the province have a figure.
    pub additive: bool,
    /// Which way is better.
    pub direction: Direction,
    /// What may be printed about it.
    pub privacy: Privacy,
    /// The theme it is listed under.
    pub theme: String,
    /// Decimals it is written with: 1 for ratios, else 0.
    pub decimals: u32,
    /// Folder of the newest form that has its row; empty for ratios.
    pub form: String,
    /// Number of its sheet there, such as `01`; empty for ratios.
    pub sheet: String,
    /// Legal or planning source.
    pub source: String,
    /// How it is counted or computed.
    pub definition: String,
    /// Where its values come from.
    pub origin: Origin,
}

/// The kinds of measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeasureKind {
    /// What there is at the end of the period.
    Stock,
    /// What happened during the period.
    Flow,
    /// A numerator over a denominator.
    Ratio,
    /// A class of a list; the value is its position.
    Class,
}

impl MeasureKind {
    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            MeasureKind::Stock => "stock",
            MeasureKind::Flow => "flow",
            MeasureKind::Ratio => "ratio",
            MeasureKind::Class => "class",
        }
    }
}

/// Where the values of a measure come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The row of the form with the same code.
    Row {
        /// The classes of a classification, lowest first; empty for a quantity.
        classes: Vec<Class>,
    },
    /// How many units are in one class: 1 or 0 for a unit.
    ClassCount {
        /// The row that classifies.
        row: MeasureCode,
        /// The position of the class, from 1.
        position: i64,
    },
    /// Computed from rows.
    Ratio {
        /// Numerator.
        numerator: Vec<RatioTerm>,
        /// Denominator.
        denominator: Vec<RatioTerm>,
        /// What the denominator counts.
        denominator_noun: String,
    },
}

impl MeasureInfo {
    /// The title of a class value; `None` when the measure is no class or has no such position.
    pub fn class_title(&self, position: i64) -> Option<&str> {
        match &self.origin {
            Origin::Row { classes } => {
                let at = usize::try_from(position).ok()?.checked_sub(1)?;
                classes.get(at).map(|class| class.title.as_str())
            }
            _ => None,
        }
    }
}

/// A row as the newest form that has it describes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct CatalogueRow<'d> {
    pub form: &'d Form,
    pub sheet: &'d SheetForm,
    pub row: &'d Row,
}

/// Every row of every form, each code once, the newest form first.
pub(super) fn rows(definitions: &Definitions) -> Vec<CatalogueRow<'_>> {
    let mut seen = BTreeSet::new();
    let all = definitions.forms.iter().rev().flat_map(|form| {
        form.sheets.iter().flat_map(move |sheet| sheet.rows.iter().map(move |row| CatalogueRow { form, sheet, row }))
    });
    all.filter(|entry| seen.insert(&entry.row.code)).collect()
}

/// The catalogue: theme by theme in the order of the newest form's sheets, in each
/// theme its rows in form order and then its ratios.
pub fn measures(definitions: &Definitions) -> Vec<MeasureInfo> {
    let rows = rows(definitions);
    let mut themes: Vec<&str> = Vec::new();
    let named = rows.iter().map(|entry| entry.sheet.theme.as_str());
    for theme in named.chain(definitions.indicators.iter().map(|indicator| indicator.theme.as_str())) {
        if !themes.contains(&theme) {
            themes.push(theme);
        }
    }
    let mut catalogue = Vec::new();
    for theme in themes {
        for entry in rows.iter().filter(|entry| entry.sheet.theme == theme) {
            catalogue.push(of_row(*entry));
            if let Kind::Class(classes) = &entry.row.kind {
                catalogue.extend(classes.iter().zip(1..).map(|(class, position)| class_count(*entry, class, position)));
            }
        }
        let ratios = definitions.indicators.iter().filter(|indicator| indicator.theme == theme);
        catalogue.extend(ratios.map(|indicator| of_indicator(indicator, &rows)));
    }
    catalogue
}

fn of_row(entry: CatalogueRow<'_>) -> MeasureInfo {
    let row = entry.row;
    let (kind, classes) = match &row.kind {
        Kind::Stock => (MeasureKind::Stock, Vec::new()),
        Kind::Flow => (MeasureKind::Flow, Vec::new()),
        Kind::Class(classes) => (MeasureKind::Class, classes.clone()),
    };
    MeasureInfo {
        code: row.code.clone(),
        // The dash of “– được đặc xá” says where the row stands on the sheet; in a list it says nothing.
        title: row.title.trim_start_matches(['–', '-', ' ']).to_owned(),
        short: row.short.clone(),
        unit_of_measure: row.unit_of_measure.clone(),
        kind,
        across_time: Some(row.across_time),
        additive: row.additive && kind != MeasureKind::Class,
        direction: row.direction,
        privacy: row.privacy,
        theme: entry.sheet.theme.clone(),
        decimals: 0,
        form: entry.form.id.clone(),
        sheet: entry.sheet.id.clone(),
        source: row.source.clone(),
        definition: row.definition.clone(),
        origin: Origin::Row { classes },
    }
}

fn class_count(entry: CatalogueRow<'_>, class: &Class, position: i64) -> MeasureInfo {
    let row = entry.row;
    let of_row = of_row(entry);
    MeasureInfo {
        code: MeasureCode::from(format!("{}.{}", row.code, slug(&class.code).replace('-', "_"))),
        title: format!("{}: {}", of_row.title, class.title),
        short: class.title.clone(),
        unit_of_measure: "đơn vị".to_owned(),
        kind: MeasureKind::Stock,
        additive: true,
        direction: Direction::None,
        definition: format!("Số đơn vị cấp xã ở mức “{}”", class.title),
        origin: Origin::ClassCount { row: row.code.clone(), position },
        ..of_row
    }
}

fn of_indicator(indicator: &Indicator, rows: &[CatalogueRow<'_>]) -> MeasureInfo {
    let mut terms = indicator.numerator.iter().chain(&indicator.denominator);
    let adds_up = |item: &MeasureCode| rows.iter().any(|entry| entry.row.code == *item && entry.row.additive);
    MeasureInfo {
        code: indicator.code.clone(),
        title: indicator.title.clone(),
        short: indicator.short.clone(),
        unit_of_measure: "%".to_owned(),
        kind: MeasureKind::Ratio,
        across_time: None,
        additive: terms.all(|term| adds_up(&term.item)),
        direction: indicator.direction,
        privacy: indicator.privacy,
        theme: indicator.theme.clone(),
        decimals: 1,
        form: String::new(),
        sheet: String::new(),
        source: indicator.source.clone(),
        definition: indicator.definition.clone(),
        origin: Origin::Ratio {
            numerator: indicator.numerator.clone(),
            denominator: indicator.denominator.clone(),
            denominator_noun: indicator.denominator_noun.clone(),
        },
    }
}
