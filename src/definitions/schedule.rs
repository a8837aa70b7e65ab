//! The schedule: which returns are due from which unit, and until when.

use chrono::{Days, NaiveDate};

use crate::definitions::Definitions;
use crate::definitions::plan::{Due, Plan, ReturnRule};
use crate::vocabulary::{Period, PeriodKind, PlanId, UnitCode};

/// A return that a unit owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The unit.
    pub unit: UnitCode,
    /// The period, of the unit's own rhythm.
    pub period: Period,
    /// The last day on which it is on time.
    pub deadline: NaiveDate,
    /// The plans that ask for it.
    pub plans: Vec<PlanId>,
}

/// Every return due over the years of the site, by unit and period, whatever today is.
///
/// A unit reports in the finest rhythm that a plan it carries out asks for:
/// its other plans read from the same returns. A period is due when the unit
/// existed on its last day and carried out the plan by then. The earliest
/// deadline of that rhythm counts.
pub fn expected(definitions: &Definitions) -> Vec<Expected> {
    let site = &definitions.site;
    let mut all = Vec::new();
    for unit in definitions.units.units.values() {
        for year in site.first_year..=site.last_year {
            let periods = Period::of_years(year, year);
            let owed = |period: &Period| {
                let (_, end) = definitions.scheme.days(*period);
                unit.exists_on(end).then(|| active(definitions, &unit.code, end)).unwrap_or_default()
            };
            for kind in [PeriodKind::Quarter, PeriodKind::Half, PeriodKind::Year] {
                for period in periods.iter().filter(|period| period.kind() == kind) {
                    let plans = owed(period);
                    let finest = plans.iter().flat_map(|plan| &plan.returns).map(|rule| rule.kind).min();
                    if finest != Some(kind) {
                        continue;
                    }
                    let asking: Vec<(&Plan, &ReturnRule)> = plans
                        .iter()
                        .flat_map(|plan| {
                            plan.returns.iter().filter(|rule| rule.asks_for(*period)).map(move |rule| (*plan, rule))
                        })
                        .collect();
                    if asking.is_empty() {
                        continue;
                    }
                    let (_, end) = definitions.scheme.days(*period);
                    let deadline = asking
                        .iter()
                        .map(|(_, rule)| rule.due.deadline(*period, end))
                        .min()
                        .expect("a rule asks for the period");
                    let plans = asking.iter().map(|(plan, _)| plan.id.clone()).collect();
                    all.push(Expected { unit: unit.code.clone(), period: *period, deadline, plans });
                }
            }
        }
    }
    all.sort_by(|a, b| (&a.unit, a.period).cmp(&(&b.unit, b.period)));
    all
}

/// The plans a unit carries out on a day, in plan order.
pub fn active<'a>(definitions: &'a Definitions, unit: &UnitCode, day: NaiveDate) -> Vec<&'a Plan> {
    definitions
        .plans
        .iter()
        .filter(|plan| {
            plan.adoptions.iter().any(|a| a.unit == *unit && a.from <= day && a.to.is_none_or(|to| day <= to))
        })
        .collect()
}

impl ReturnRule {
    /// Whether the rule asks for this period.
    pub fn asks_for(&self, period: Period) -> bool {
        self.kind == period.kind() && self.number.is_none_or(|number| number == period.number())
    }
}

impl Due {
    /// The last day on which a return for `period`, which ends on `end`, is on time.
    pub fn deadline(self, period: Period, end: NaiveDate) -> NaiveDate {
        match self {
            Due::DaysAfterEnd(days) => end + Days::new(days.max(0).unsigned_abs()),
            Due::Before { month, day } => {
                let named = NaiveDate::from_ymd_opt(period.last_year(), month, day)
                    .expect("a plan is accepted only with real days");
                named - Days::new(1)
            }
        }
    }
}
