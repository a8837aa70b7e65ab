//! The catalogue: every measure as its pages name it, whether reported or computed, in reading order.

use crate::definitions::Definitions;
use crate::definitions::form::{Class, Direction, Privacy};
use crate::release::{MeasureInfo, MeasureKind, MeasureOrigin as Origin, Release};
use crate::site::words;
use crate::vocabulary::MeasureCode;

/// A measure with all that its pages say about it.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its code.
    pub code: MeasureCode,
    /// Full name, where it stands alone.
    pub title: String,
    /// Name in a list, under the row it is a part of: `– được đặc xá`.
    pub listed: String,
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
    /// The classification whose units it counts: shown on that measure's page, without one of its own.
    pub counts: Option<MeasureCode>,
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

    /// What kind of quantity it is.
    pub fn kind(&self) -> MeasureKind {
        match self.nature {
            Nature::Stock => MeasureKind::Stock,
            Nature::Flow => MeasureKind::Flow,
            Nature::Ratio(_) => MeasureKind::Ratio,
            Nature::Class(_) => MeasureKind::Class,
        }
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

/// Every measure of a release, in its order, as pages name it.
pub fn measures(release: &Release) -> Vec<Measure> {
    release.measures().iter().map(|info| of(release.definitions(), info)).collect()
}

fn of(definitions: &Definitions, info: &MeasureInfo) -> Measure {
    let form = definitions.forms.iter().rev().find(|form| form.id == info.form);
    let sheet = form.and_then(|form| form.sheets.iter().find(|sheet| sheet.id == info.sheet));
    let row = form.and_then(|form| form.row(&info.code));
    let nature = match (&info.origin, info.kind) {
        (Origin::Ratio { denominator_noun, .. }, _) => Nature::Ratio(denominator_noun.clone()),
        (Origin::Row { classes }, MeasureKind::Class) => Nature::Class(classes.clone()),
        (_, MeasureKind::Flow) => Nature::Flow,
        _ => Nature::Stock,
    };
    let place = match (&info.origin, sheet) {
        (Origin::ClassCount { row, .. }, Some(sheet)) => format!("đếm từ {}, mã số {row}", sheet.name),
        (_, Some(sheet)) => format!("{}, mã số {}", sheet.name, info.code),
        _ => "tính từ các dòng của biểu, không nhập trực tiếp".into(),
    };
    Measure {
        code: info.code.clone(),
        title: alone(&info.title),
        listed: info.title.clone(),
        short: info.short.clone(),
        theme: info.theme.clone(),
        unit: info.unit_of_measure.clone(),
        nature,
        direction: info.direction,
        privacy: info.privacy,
        place,
        source: info.source.clone(),
        definition: info.definition.clone(),
        counts: match &info.origin {
            Origin::ClassCount { row, .. } => Some(row.clone()),
            _ => None,
        },
        part_of: row.and_then(|row| row.part_of.clone()),
    }
}

/// A title that stands without the row above it: `– được đặc xá` and `Trong đó: mô hình THNCĐ` begin anew.
fn alone(title: &str) -> String {
    let bare = title.trim_start_matches(['–', '-', ' ']);
    words::capital(bare.strip_prefix("Trong đó:").unwrap_or(bare).trim())
}
