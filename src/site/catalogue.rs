//! The catalogue: every measure as its pages name it, whether reported or computed, in reading order.

use crate::definitions::form::{Class, Direction, Form, Kind, Privacy};
use crate::definitions::{Definitions, Indicator, Row};
use crate::vocabulary::MeasureCode;

/// A measure with all that its pages say about it.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its code.
    pub code: MeasureCode,
    /// Full name.
    pub title: String,
    /// Short name, for charts and narrow tables.
    pub short: String,
    /// The theme it is listed under.
    pub theme: String,
    /// What it counts, as declared: `người`, `đồng`, `%`.
    pub unit: String,
    /// What kind of quantity it is.
    pub nature: Nature,
    /// Which way is better.
    pub direction: Direction,
    /// What may be printed about it.
    pub privacy: Privacy,
    /// The sheet and mã số it is read from; for a ratio how it is computed.
    pub place: String,
    /// Legal or planning source.
    pub source: String,
    /// How it is counted.
    pub definition: String,
    /// The row it is a part of.
    pub part_of: Option<MeasureCode>,
}

/// Kinds of measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nature {
    /// What there is at the end of a period.
    Stock,
    /// What happened during a period.
    Flow,
    /// A ratio; what its denominator counts.
    Ratio(String),
    /// One of a list of classes, lowest first.
    Class(Vec<Class>),
}

impl Measure {
    /// Whether it is a ratio, given in per cent.
    pub fn is_ratio(&self) -> bool {
        matches!(self.nature, Nature::Ratio(_))
    }

    /// Whether it is an amount of money.
    pub fn is_money(&self) -> bool {
        self.unit == "đồng"
    }

    /// Whether it is a classification.
    pub fn is_class(&self) -> bool {
        matches!(self.nature, Nature::Class(_))
    }

    /// The unit that tables show it in: money in millions.
    pub fn table_unit(&self) -> &str {
        if self.is_money() { "triệu đồng" } else { &self.unit }
    }

    /// What kind of quantity it is, in words.
    pub fn kind_title(&self) -> &'static str {
        match self.nature {
            Nature::Stock => "số tồn cuối kỳ",
            Nature::Flow => "số phát sinh trong kỳ",
            Nature::Ratio(_) => "tỷ lệ tính từ tử số và mẫu số",
            Nature::Class(_) => "xếp loại",
        }
    }
}

/// Every measure: the rows of the newest form, then the ratios, in the order their themes first appear.
pub fn measures(definitions: &Definitions) -> Vec<Measure> {
    let mut all: Vec<Measure> = definitions
        .forms
        .last()
        .into_iter()
        .flat_map(|form| form.rows().map(move |row| of_row(form, row)))
        .chain(definitions.indicators.iter().map(of_indicator))
        .collect();
    let mut themes: Vec<String> = Vec::new();
    for measure in &all {
        if !themes.contains(&measure.theme) {
            themes.push(measure.theme.clone());
        }
    }
    all.sort_by_key(|measure| themes.iter().position(|theme| *theme == measure.theme));
    all
}

fn of_row(form: &Form, row: &Row) -> Measure {
    let sheet = form.sheet_of(&row.code).expect("a row stands on a sheet of its form");
    Measure {
        code: row.code.clone(),
        title: row.title.trim_start_matches(['–', '-', ' ']).to_owned(),
        short: row.short.clone(),
        theme: sheet.theme.clone(),
        unit: row.unit_of_measure.clone(),
        nature: match &row.kind {
            Kind::Stock => Nature::Stock,
            Kind::Flow => Nature::Flow,
            Kind::Class(classes) => Nature::Class(classes.clone()),
        },
        direction: row.direction,
        privacy: row.privacy,
        place: format!("{}, mã số {}", sheet.name, row.code),
        source: row.source.clone(),
        definition: row.definition.clone(),
        part_of: row.part_of.clone(),
    }
}

fn of_indicator(indicator: &Indicator) -> Measure {
    Measure {
        code: indicator.code.clone(),
        title: indicator.title.clone(),
        short: indicator.short.clone(),
        theme: indicator.theme.clone(),
        unit: "%".into(),
        nature: Nature::Ratio(indicator.denominator_noun.clone()),
        direction: indicator.direction,
        privacy: indicator.privacy,
        place: "tính từ các dòng của biểu, không nhập trực tiếp".into(),
        source: indicator.source.clone(),
        definition: indicator.definition.clone(),
        part_of: None,
    }
}
