//! The trail: from a number to what it is made of, by the addresses of its pages. Internal edition only.
//!
//! A number leads to a row of the lineage page of its measure and year (or
//! span); the row leads to the cells in the pages of the returns. It knows
//! where things are, not what stands there.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::Unit;
use crate::definitions::indicator::{Over, RatioTerm};
use crate::release::{Intake, Lineage, MeasureOrigin, Release, Return, ReturnStatus, Standing};
use crate::site::page;
use crate::vocabulary::{Area, MeasureCode, Period, PeriodKind, UnitCode};

/// At most this many units stand on one lineage page.
const UNITS_ON_A_PAGE: usize = 124;
/// Bytes of rows that a lineage page has room for: with its frame it stays below 150 kB.
const ROOM: usize = 135_000;
/// Bytes of a linked number, and of a row besides them.
const LINK: usize = 48;
const ROW: usize = 120;

/// Addresses in the internal edition of all that numbers are made of.
pub struct Trail<'a> {
    /// Which returns make up what.
    pub lineage: &'a Lineage,
    /// What came in.
    pub intake: &'a Intake,
    reporting: &'a [ReturnStatus],
    /// The expected returns of each unit, as positions in the reporting.
    own: BTreeMap<&'a UnitCode, Vec<u32>>,
    /// The names of the pages of returns, in the order of the intake.
    names: Vec<String>,
    /// Every version that came for a unit and period, as positions in the intake; the one that counts first.
    versions: BTreeMap<&'a UnitCode, BTreeMap<Period, Vec<usize>>>,
    units: BTreeMap<&'a UnitCode, usize>,
    /// How many numbers of one return a ratio links to; other measures link to one.
    terms: BTreeMap<&'a MeasureCode, usize>,
    periods: BTreeSet<Period>,
}

impl<'a> Trail<'a> {
    /// The trail of a release; `None` in the public edition. Units as pages list them, periods as far as pages show them.
    pub fn of(release: &'a Release, units: &[&'a Unit], periods: impl Iterator<Item = Period>) -> Option<Self> {
        let (lineage, intake) = release.lineage().zip(release.internal())?;
        let mut own: BTreeMap<&UnitCode, Vec<u32>> = BTreeMap::new();
        for (at, status) in release.reporting().iter().enumerate() {
            own.entry(&status.unit).or_default().push(at as u32);
        }
        let mut versions: BTreeMap<&UnitCode, BTreeMap<Period, Vec<usize>>> = BTreeMap::new();
        for (at, ret) in intake.returns.iter().enumerate() {
            versions.entry(&ret.unit).or_default().entry(ret.period).or_default().push(at);
        }
        let mut names = vec![String::new(); intake.returns.len()];
        let each = versions.iter_mut().flat_map(|(unit, periods)| periods.iter_mut().map(move |at| (unit, at)));
        for (unit, (period, all)) in each {
            let order = |at: &usize| {
                let ret = &intake.returns[*at];
                (ret.standing != Standing::Counts, std::cmp::Reverse((ret.received, ret.submission)), ret.file.clone())
            };
            all.sort_by_key(order);
            for (place, at) in all.iter().enumerate() {
                let version = if place == 0 { String::new() } else { format!("-{}", place + 1) };
                names[*at] = format!("{unit}-{}{version}", period.slug());
            }
        }
        Some(Self {
            lineage,
            intake,
            reporting: release.reporting(),
            own,
            names,
            versions,
            units: units.iter().map(|unit| &unit.code).zip(0..).collect(),
            terms: release.measures().iter().map(|info| (&info.code, terms(&info.origin))).collect(),
            periods: periods.collect(),
        })
    }

    /// The years and spans that have lineage pages.
    pub fn pages(&self) -> BTreeSet<Period> {
        self.periods.iter().map(|period| whole(*period)).collect()
    }

    /// The periods whose figures stand on the lineage page of a year or span.
    pub fn periods_on(&self, page: Period) -> impl Iterator<Item = Period> + '_ {
        self.periods.iter().copied().filter(move |period| whole(*period) == page)
    }

    /// How many units stand on one lineage page of a measure in a year or span.
    pub fn units_on_a_page(&self, measure: &MeasureCode, page: Period) -> usize {
        let years = (page.last_year() - page.first_year() + 1) as usize;
        let links = 4 * years * self.terms.get(measure).copied().unwrap_or(1);
        (ROOM / (links * LINK + ROW)).clamp(1, UNITS_ON_A_PAGE)
    }

    /// How many lineage pages a measure has in a year or span.
    pub fn parts(&self, measure: &MeasureCode, page: Period) -> usize {
        self.units.len().div_ceil(self.units_on_a_page(measure, page)).max(1)
    }

    /// The row that tells what the figures of an area are made of; `None` for periods without pages.
    pub fn row(&self, area: &Area, period: Period, measure: &MeasureCode) -> Option<String> {
        if !self.periods.contains(&period) {
            return None;
        }
        let part = match area {
            Area::Unit(code) => self.units.get(code)? / self.units_on_a_page(measure, whole(period)),
            Area::Province(_) | Area::Group(_) => 0,
        };
        Some(format!("{}#{}", page::lineage(measure, whole(period), part), anchor(area, period)))
    }

    /// The units on a lineage page; `None` for periods without pages.
    pub fn units(&self, period: Period, measure: &MeasureCode) -> Option<String> {
        let page = self.periods.contains(&period).then(|| page::lineage(measure, whole(period), 0));
        page.map(|page| format!("{page}#don-vi"))
    }

    /// The expected returns of a unit, as positions in the reporting, in order.
    pub fn own(&self, unit: &UnitCode) -> &[u32] {
        self.own.get(unit).map_or(&[], Vec::as_slice)
    }

    /// An expected return.
    pub fn status(&self, own: u32) -> &'a ReturnStatus {
        &self.reporting[own as usize]
    }

    /// The position of the return of a unit and period in the reporting, when it is expected.
    pub fn expected(&self, unit: &UnitCode, period: Period) -> Option<u32> {
        self.own(unit).iter().copied().find(|own| self.status(*own).period == period)
    }

    /// Every version that came for a unit and period, as positions in the intake; the one that counts first.
    pub fn versions(&self, unit: &UnitCode, period: Period) -> &[usize] {
        self.versions.get(unit).and_then(|periods| periods.get(&period)).map_or(&[], Vec::as_slice)
    }

    /// A return by its position in the intake.
    pub fn sent(&self, at: usize) -> &'a Return {
        &self.intake.returns[at]
    }

    /// The name of the page of a return.
    pub fn name(&self, at: usize) -> &str {
        &self.names[at]
    }

    /// Whether the return with a page for a period says anything in a row.
    pub fn tells(&self, unit: &UnitCode, period: Period, item: &MeasureCode) -> bool {
        self.versions(unit, period).first().is_some_and(|at| self.intake.returns[*at].entries.contains_key(item))
    }

    /// The page of the version of a return that counts, else of the newest one that came.
    pub fn page(&self, unit: &UnitCode, period: Period) -> Option<&str> {
        self.versions(unit, period).first().map(|at| self.names[*at].as_str())
    }
}

/// How many numbers of one return a lineage page links to.
fn terms(origin: &MeasureOrigin) -> usize {
    match origin {
        MeasureOrigin::Ratio { numerator, denominator, .. } => {
            let links = |term: &RatioTerm| if term.over == Over::Weeks { 2 } else { 1 };
            numerator.iter().chain(denominator).map(links).sum()
        }
        MeasureOrigin::Row { .. } | MeasureOrigin::ClassCount { .. } => 1,
    }
}

/// The year or span on whose lineage page a period stands.
pub fn whole(period: Period) -> Period {
    match period.kind() {
        PeriodKind::Span => period,
        _ => Period::year(period.last_year()),
    }
}

/// The anchor of an area on a lineage page: a unit has one row, the province and the groups one for each period.
pub fn anchor(area: &Area, period: Period) -> String {
    match area {
        Area::Unit(code) => code.to_string(),
        Area::Province(_) => format!("t-{}", period.slug()),
        Area::Group(id) => format!("{id}-{}", period.slug()),
    }
}
