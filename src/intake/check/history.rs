//! What a unit reported before: its returns that count, and where its boundary changed.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::definitions::form::{Asked, Form};
use crate::definitions::{Definitions, Kind, Row, schedule};
use crate::intake::{Reading, Return, Standing};
use crate::vocabulary::{MeasureCode, Period, UnitCode};

/// Every return that counts, by unit and period.
pub(crate) struct History<'a> {
    pub definitions: &'a Definitions,
    returns: BTreeMap<UnitCode, BTreeMap<Period, &'a Return>>,
    expected: BTreeMap<UnitCode, Vec<Period>>,
    boundaries: BTreeMap<UnitCode, Vec<NaiveDate>>,
}

impl<'a> History<'a> {
    pub fn new(returns: &'a [Return], definitions: &'a Definitions) -> Self {
        let mut by_unit: BTreeMap<UnitCode, BTreeMap<Period, &Return>> = BTreeMap::new();
        for ret in returns.iter().filter(|ret| ret.standing == Standing::Counts) {
            by_unit.entry(ret.unit.clone()).or_default().insert(ret.period, ret);
        }
        let mut expected: BTreeMap<UnitCode, Vec<Period>> = BTreeMap::new();
        for due in schedule::expected(definitions) {
            expected.entry(due.unit).or_default().push(due.period);
        }
        Self { definitions, returns: by_unit, expected, boundaries: boundaries(definitions) }
    }

    /// Every return that counts, by unit, then by period.
    pub fn all(&self) -> impl Iterator<Item = &'a Return> {
        self.returns.values().flat_map(|periods| periods.values().copied())
    }

    /// The return of a unit for a period, when it counts.
    pub fn get(&self, unit: &UnitCode, period: Period) -> Option<&'a Return> {
        self.returns.get(unit)?.get(&period).copied()
    }

    /// The periods a unit owes returns for, in order.
    pub fn expected(&self, unit: &UnitCode) -> &[Period] {
        self.expected.get(unit).map_or(&[], Vec::as_slice)
    }

    /// The units that owe returns.
    pub fn units(&self) -> impl Iterator<Item = &UnitCode> {
        self.expected.keys()
    }

    /// The returns of the same rhythm before this one, oldest first, since the unit has its present boundary.
    pub fn before(&self, ret: &Return) -> Vec<&'a Return> {
        let Some(periods) = self.returns.get(&ret.unit) else { return Vec::new() };
        periods
            .range(..ret.period)
            .filter(|(period, _)| period.kind() == ret.period.kind())
            .filter(|(period, _)| !self.boundary_changed(&ret.unit, **period, ret.period))
            .map(|(_, earlier)| *earlier)
            .collect()
    }

    /// Whether the unit's name, type or ground changed after the last day of `from` and until the last day of `to`.
    pub fn boundary_changed(&self, unit: &UnitCode, from: Period, to: Period) -> bool {
        let (_, told) = self.definitions.scheme.days(from);
        let (_, last) = self.definitions.scheme.days(to);
        self.boundaries.get(unit).is_some_and(|days| days.iter().any(|day| told < *day && *day <= last))
    }

    /// The form a return was filled on.
    pub fn form(&self, ret: &Return) -> Option<&'a Form> {
        self.definitions.forms.iter().find(|form| form.version == ret.form_version)
    }

    /// What a return reports in a row: `None` when it is empty, unreadable or not asked.
    /// An optional quantity that was left empty is 0.
    pub fn value(&self, ret: &Return, item: &MeasureCode) -> Option<i64> {
        let row = || self.form(ret).and_then(|form| form.row(item));
        match ret.entries.get(item).map(|entry| entry.value) {
            Some(Reading::Value(value)) => Some(value),
            Some(Reading::Rejected) => None,
            Some(Reading::Empty) | None => row().filter(|row| may_be_left_empty(row)).map(|_| 0),
        }
    }

    /// The period before `period` in which a row was asked: a year earlier for yearly rows.
    pub fn period_before(row: &Row, period: Period) -> Option<Period> {
        match row.asked {
            Asked::YearEnd => Some(period.a_year_earlier()),
            Asked::Always | Asked::Quarterly => period.previous(),
        }
    }
}

fn may_be_left_empty(row: &Row) -> bool {
    !row.required && !matches!(row.kind, Kind::Class(_))
}

/// The days on which a unit of that code took another name or type, began on
/// ground of others, or gave or took ground.
fn boundaries(definitions: &Definitions) -> BTreeMap<UnitCode, Vec<NaiveDate>> {
    let mut days: BTreeMap<UnitCode, Vec<NaiveDate>> = BTreeMap::new();
    for unit in definitions.units.units.values() {
        for renamed in &unit.names[1..] {
            days.entry(unit.code.clone()).or_default().push(renamed.valid_from);
        }
        if !unit.predecessors.is_empty() {
            days.entry(unit.code.clone()).or_default().push(unit.valid_from());
        }
        for code in unit.predecessors.iter().filter(|code| **code != unit.code) {
            days.entry(code.clone()).or_default().push(unit.valid_from());
        }
        if let Some(end) = unit.valid_to() {
            for code in unit.successors.iter().filter(|code| **code != unit.code) {
                days.entry(code.clone()).or_default().push(end + Days::new(1));
            }
        }
    }
    days
}
