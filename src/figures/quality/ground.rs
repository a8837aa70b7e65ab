//! What the measures of quality look at: expected returns, their cells, and what came before them.

use std::collections::BTreeMap;

use crate::definitions::{Definitions, Kind, QualityPolicy, Row};
use crate::figures::measure::CatalogueRow;
use crate::figures::panel::{Observation, Panel};
use crate::figures::reporting::{ReturnState, ReturnStatus};
use crate::intake::check::history::History;
use crate::intake::{Intake, Return};
use crate::vocabulary::{Period, PeriodKind, UnitCode};

/// All returns with all their cells. A return is named by its position in the reporting.
pub(in crate::figures) struct Ground<'a> {
    pub definitions: &'a Definitions,
    pub intake: &'a Intake,
    pub rows: &'a [CatalogueRow<'a>],
    pub panel: &'a Panel,
    pub reporting: &'a [ReturnStatus],
    pub counted: &'a BTreeMap<(&'a UnitCode, Period), &'a Return>,
    history: History<'a>,
}

impl<'a> Ground<'a> {
    /// The ground of these returns.
    pub fn new(
        definitions: &'a Definitions,
        intake: &'a Intake,
        rows: &'a [CatalogueRow<'a>],
        panel: &'a Panel,
        reporting: &'a [ReturnStatus],
        counted: &'a BTreeMap<(&'a UnitCode, Period), &'a Return>,
    ) -> Self {
        let history = History::new(&intake.returns, definitions);
        Self { definitions, intake, rows, panel, reporting, counted, history }
    }

    pub fn policy(&self) -> &'a QualityPolicy {
        &self.definitions.site.quality
    }

    pub fn history(&self) -> &History<'a> {
        &self.history
    }

    /// The returns that are due.
    pub fn due(&self) -> impl Iterator<Item = u32> + '_ {
        let due = |(at, status): (usize, &ReturnStatus)| (status.state != ReturnState::NotYetDue).then_some(at as u32);
        self.reporting.iter().enumerate().filter_map(due)
    }

    pub fn status(&self, own: u32) -> &'a ReturnStatus {
        &self.reporting[own as usize]
    }

    pub fn unit(&self, own: u32) -> &'a UnitCode {
        &self.status(own).unit
    }

    pub fn period(&self, own: u32) -> Period {
        self.status(own).period
    }

    /// Whether it came and can be used.
    pub fn came(&self, own: u32) -> bool {
        matches!(self.status(own).state, ReturnState::OnTime | ReturnState::Late(_))
    }

    pub fn is_in_province(&self, unit: &UnitCode) -> bool {
        self.definitions.units.get(unit).is_some_and(|unit| unit.province == self.definitions.site.province)
    }

    /// Whether a period is told of a unit: its own, years and spans.
    pub fn is_told_of_unit(&self, period: Period, own: Period) -> bool {
        period == own || matches!(period.kind(), PeriodKind::Year | PeriodKind::Span)
    }

    /// The version that counts.
    pub fn sent(&self, own: u32) -> Option<&'a Return> {
        self.counted.get(&(self.unit(own), self.period(own))).copied()
    }

    /// The value of a row in a return, where it is reported.
    pub fn value(&self, own: u32, item: usize) -> Option<i64> {
        match self.panel.get(own, item) {
            Observation::Reported(value) => Some(value),
            _ => None,
        }
    }

    /// The returns of the same rhythm before one, oldest first, since the unit has its present boundary.
    pub fn before(&self, own: u32) -> Vec<u32> {
        let (unit, period) = (self.unit(own), self.period(own));
        let earlier = (0..own).rev().take_while(|at| self.unit(*at) == unit);
        let alike = earlier.filter(|at| self.period(*at).kind() == period.kind() && self.came(*at));
        let mut before: Vec<u32> =
            alike.take_while(|at| !self.history.boundary_changed(unit, self.period(*at), period)).collect();
        before.reverse();
        before
    }

    /// The rows that count events, with their positions.
    pub fn flows(&self) -> impl Iterator<Item = (usize, &'a Row)> + '_ {
        let rows = self.rows.iter().map(|entry| entry.row).enumerate();
        rows.filter(|(_, row)| row.kind == Kind::Flow && !is_money(row) && !row.signed)
    }

    /// Whether a row is a part of another one that is of the same kind.
    pub fn is_part(&self, row: &Row) -> bool {
        let whole = row.part_of.as_ref().and_then(|whole| self.rows.iter().find(|entry| entry.row.code == *whole));
        whole.is_some_and(|whole| whole.row.kind == row.kind)
    }
}

/// Whether a row is an amount in đồng: no count.
pub(super) fn is_money(row: &Row) -> bool {
    row.unit_of_measure == "đồng"
}
