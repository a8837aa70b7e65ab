//! The release: what an edition may show. The only maker of a [`Release`].
//!
//! Pages, charts, documents and downloads accept nothing else; to publish a
//! figure is to have it pass through here. A hidden figure has no number
//! inside, so nothing to the right of this wall can print it by mistake.
//! Findings pass the same gate: they quote cells.

pub mod attack;
pub mod batch;
mod certificate;
mod disclosure;
mod edition;
mod revision;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

pub use certificate::{Certificates, Certified, OtherValue};
pub use disclosure::{Cover, Finest, cover};
pub use edition::Stamp;
// The plain values that a release is made of: what stands right of the wall names them from here.
pub use crate::figures::quality;
pub use crate::figures::{
    Axes, Change, Comparison, Cube, Figure, Lineage, MeasureInfo, MeasureKind, Model, Observation,
    Origin as MeasureOrigin, Quality, Quantity, ReturnState, ReturnStatus, Tiles, Versus, WhyNot,
};
pub use crate::findings::rule::RuleText;
pub use crate::findings::{Finding, Place};
pub use crate::intake::{
    CriterionRow, Difference, Entry, Explained, ExplanationState, Intake, Outcome, Reading, Return, SetAside,
    SettlementRow, Standing,
};

pub use revision::{Published, Reason, Revision, Revisions, YearRevised};

use crate::definitions::Definitions;
use crate::ledger::Printed;
use crate::vocabulary::{Area, Edition, MeasureCode, ObsStatus, Period, RuleId, UnitCode};

/// Everything one edition may show.
#[derive(Clone, Debug)]
pub struct Release {
    edition: Edition,
    as_of: NaiveDate,
    build_id: String,
    current: Period,
    definitions: Arc<Definitions>,
    measures: Vec<MeasureInfo>,
    cube: Cube,
    comparisons: Arc<Vec<Comparison>>,
    reporting: Vec<ReturnStatus>,
    models: Vec<Model>,
    settlements: BTreeMap<(UnitCode, Period), Vec<SettlementRow>>,
    criteria: BTreeMap<(UnitCode, Period), Vec<CriterionRow>>,
    rules: Vec<RuleText>,
    rule_counts: BTreeMap<RuleId, u32>,
    inputs: BTreeMap<Arc<str>, String>,
    internal: Option<Arc<Intake>>,
    register: Vec<Published>,
    revisions: Arc<Revisions>,
    waiting: usize,
    waiting_returns: Vec<(UnitCode, Period)>,
    lineage: Option<Arc<Lineage>>,
    quality: Arc<Quality>,
    certificates: Arc<Certificates>,
}

/// A year's figures are final this long after it ends (statistics report 3.3: one month).
const FREEZE: Days = Days::new(31);

/// How settled the figures of a period are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodState {
    /// The period has not ended.
    Open,
    /// Sơ bộ: ended, and late returns may still change it.
    Provisional,
    /// Chính thức: frozen.
    Final,
}

impl PeriodState {
    /// The words people read.
    pub fn title(self) -> &'static str {
        match self {
            PeriodState::Open => "Chưa kết thúc kỳ",
            PeriodState::Provisional => "Số sơ bộ",
            PeriodState::Final => "Số chính thức",
        }
    }
}

impl Release {
    /// Which edition it is.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// The day the figures are locked (khóa số liệu).
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// Seven hexadecimal digits that name this build: the same inputs give the same id.
    pub fn build_id(&self) -> &str {
        &self.build_id
    }

    /// The period in review.
    pub fn current(&self) -> Period {
        self.current
    }

    /// Titles, plans, targets and all else that is not a figure.
    pub fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// The catalogue of measures, theme by theme.
    pub fn measures(&self) -> &[MeasureInfo] {
        &self.measures
    }

    /// How settled the figures of a period are.
    pub fn period_state(&self, period: Period) -> PeriodState {
        let last_day = |period| self.definitions.scheme.days(period).1;
        let year_end = last_day(Period::year(period.last_year()));
        if self.as_of > year_end + FREEZE {
            PeriodState::Final
        } else if self.as_of > last_day(period) {
            PeriodState::Provisional
        } else {
            PeriodState::Open
        }
    }

    /// The released figures; hidden ones are there as suppressed, without a number.
    pub fn cube(&self) -> &Cube {
        &self.cube
    }

    /// The released figure at a place.
    pub fn figure(&self, area: &Area, period: Period, measure: &MeasureCode) -> &Figure {
        self.cube.get(area, period, measure)
    }

    /// All released comparisons, sorted by area, period, measure, versus.
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// The released comparisons of an area in a period, by their positions.
    pub fn comparisons_at(&self, area: usize, period: usize) -> &[Comparison] {
        let from = self.comparisons.partition_point(|c| (c.area, c.period) < (area, period));
        let few = &self.comparisons[from..];
        &few[..few.partition_point(|c| (c.area, c.period) == (area, period))]
    }

    /// The released comparison of a figure; `None` when it is hidden or there is nothing to compare.
    pub fn comparison(
        &self,
        area: &Area,
        period: Period,
        measure: &MeasureCode,
        versus: Versus,
    ) -> Option<&Comparison> {
        let axes = self.cube.axes();
        let key = (axes.area_position(area)?, axes.period_position(period)?, axes.measure_position(measure)?, versus);
        self.comparisons
            .binary_search_by_key(&key, |c| (c.area, c.period, c.measure, c.versus))
            .ok()
            .map(|at| &self.comparisons[at])
    }

    /// One line per expected return; in the public edition without file and hash.
    pub fn reporting(&self) -> &[ReturnStatus] {
        &self.reporting
    }

    /// The register of models.
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// The thôn of a unit in the return of a period: movement figures only.
    pub fn settlements(&self, unit: &UnitCode, period: Period) -> &[SettlementRow] {
        self.settlements.get(&(unit.clone(), period)).map_or(&[], Vec::as_slice)
    }

    /// The criteria of a unit in the return of a period.
    pub fn criteria(&self, unit: &UnitCode, period: Period) -> &[CriterionRow] {
        self.criteria.get(&(unit.clone(), period)).map_or(&[], Vec::as_slice)
    }

    /// The catalogue of rules.
    pub fn rules(&self) -> &[RuleText] {
        &self.rules
    }

    /// How many findings cite each rule.
    pub fn rule_counts(&self) -> &BTreeMap<RuleId, u32> {
        &self.rule_counts
    }

    /// The input workbooks by path, with their SHA-256; empty in the public edition.
    pub fn inputs(&self) -> &BTreeMap<Arc<str>, String> {
        &self.inputs
    }

    /// What came in: single returns, their cells and their findings; `None` in the public edition.
    pub fn internal(&self) -> Option<&Intake> {
        self.internal.as_deref()
    }

    /// The public editions that went out before this one, oldest first.
    pub fn register(&self) -> &[Published] {
        &self.register
    }

    /// How the figures differ from the last publication.
    pub fn revisions(&self) -> &Revisions {
        &self.revisions
    }

    /// How many late, corrected and withdrawn returns wait, with their items about persons, for others
    /// before they change public figures.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Which they are; empty in the public edition.
    pub fn waiting_returns(&self) -> &[(UnitCode, Period)] {
        &self.waiting_returns
    }

    /// The cells as the ledger keeps them: those with a value or hidden.
    pub fn printed(&self) -> BTreeMap<(Area, Period, MeasureCode), Printed> {
        let axes = self.cube.axes();
        let cells = self.cube.cells().iter().enumerate();
        cells
            .filter(|(_, figure)| figure.value.is_some() || figure.status == ObsStatus::Q)
            .map(|(at, figure)| {
                let (place, measure) = (at / axes.measures().len(), at % axes.measures().len());
                let (area, period) = (place / axes.periods().len(), place % axes.periods().len());
                let Figure { value, status, conf, reported, due } = *figure;
                let key = (axes.areas()[area].clone(), axes.periods()[period], axes.measures()[measure].clone());
                (key, Printed { value, status, conf, reported, due })
            })
            .collect()
    }

    /// How complete, timely and consistent the returns are; in the public edition completeness and timeliness alone.
    pub fn quality(&self) -> &Quality {
        &self.quality
    }

    /// The release with the certificates of the public edition that it goes with; kept by the internal one alone.
    pub fn with_certificates(mut self, certificates: Arc<Certificates>) -> Self {
        if self.edition == Edition::Internal {
            self.certificates = certificates;
        }
        self
    }

    /// What shows that the small numbers of the public edition are safe; empty in the public edition, and
    /// where the internal one was built alone.
    pub fn certificates(&self) -> &Certificates {
        &self.certificates
    }

    /// Which observations of which returns a figure is made of; `None` in the public edition.
    pub fn lineage(&self) -> Option<&Lineage> {
        self.lineage.as_deref()
    }
}
