//! The site: whose it is, which years it covers, what it headlines.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::definitions::{ComparisonRules, Limits, QualityPolicy};
use crate::vocabulary::{GroupId, MeasureCode, Period, ProvinceCode};

/// `site.toml`, resolved.
#[derive(Clone, Debug)]
pub struct Site {
    /// Name of the site: `Tổng kết`.
    pub title: String,
    /// The organisation that publishes.
    pub organisation: String,
    /// The province whose units report.
    pub province: ProvinceCode,
    /// Its name in running text: `tỉnh Vân Hải`.
    pub province_name: String,
    /// First year with returns.
    pub first_year: i32,
    /// Last year with returns.
    pub last_year: i32,
    /// Spans of years that are reviewed: 2026–2028, 2026–2030.
    pub spans: Vec<Period>,
    /// The day the figures are locked when no `--as-of` is given; today when neither is.
    pub as_of: Option<NaiveDate>,
    /// Whether everything here is invented: then every page, workbook and download says so.
    pub synthetic: bool,
    /// The measures the first page headlines, in order; the first four are the large figures.
    pub headlines: Vec<MeasureCode>,
    /// What some numbers are made of.
    pub compositions: Vec<Composition>,
    /// Titles of the groups named in `units.csv`.
    pub groups: BTreeMap<GroupId, String>,
    /// How much of a return file is read before it is refused.
    pub limits: Limits,
    /// From when on what is reported is doubted.
    pub quality: QualityPolicy,
    /// When a difference between units or periods is told.
    pub comparison: ComparisonRules,
}

impl Site {
    /// Every review period of the site, in period order.
    pub fn periods(&self) -> Vec<Period> {
        let mut periods = Period::of_years(self.first_year, self.last_year);
        periods.extend(&self.spans);
        periods.sort();
        periods
    }
}

/// A number that is the sum of a few parts: drawn as bars of 100 %.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composition {
    /// What the parts are by: `Phân nhóm A–D`.
    pub title: String,
    /// The measure on whose page it stands.
    pub whole: MeasureCode,
    /// Its parts, two to four counts, in the order in which they are drawn.
    pub parts: Vec<MeasureCode>,
}
