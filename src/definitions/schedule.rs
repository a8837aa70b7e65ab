//! The schedule: which returns are due from which unit, and until when.

use std::collections::BTreeSet;

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
    let adopting: BTreeSet<&UnitCode> =
        definitions.plans.iter().flat_map(|plan| &plan.adoptions).map(|adoption| &adoption.unit).collect();
    let mut all = Vec::new();
    for unit in definitions.units.units.values().filter(|unit| adopting.contains(&unit.code)) {
        for year in site.first_year..=site.last_year {
            let periods = Period::of_years(year, year);
            let owed = |period: &Period| {
                let (_, end) = definitions.scheme.days(*period);
                if unit.exists_on(end) { active(definitions, &unit.code, end) } else { Vec::new() }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::definitions::plan::Adoption;
    use crate::definitions::scheme::QuarterStart;
    use crate::definitions::unit::{UnitKind, UnitName};
    use crate::definitions::{ReleasePolicy, Scheme, Site, Unit, UnitRegister};

    const QUARTERLY: ReturnRule = ReturnRule { kind: PeriodKind::Quarter, number: None, due: Due::DaysAfterEnd(7) };
    const HALF_YEARLY: ReturnRule = ReturnRule { kind: PeriodKind::Half, number: None, due: Due::DaysAfterEnd(7) };
    const YEARLY: ReturnRule = ReturnRule { kind: PeriodKind::Year, number: None, due: Due::DaysAfterEnd(7) };
    const BEFORE_10_6: ReturnRule =
        ReturnRule { kind: PeriodKind::Half, number: Some(1), due: Due::Before { month: 6, day: 10 } };
    const BEFORE_10_12: ReturnRule =
        ReturnRule { kind: PeriodKind::Half, number: Some(2), due: Due::Before { month: 12, day: 10 } };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A plan that the one unit carries out from a day on.
    fn plan(id: &str, from: &str, returns: &[ReturnRule]) -> Plan {
        Plan {
            id: PlanId::from(id),
            number: String::new(),
            title: String::new(),
            short: String::new(),
            date: String::new(),
            issuer: String::new(),
            summary: String::new(),
            provenance: String::new(),
            from_year: 2026,
            to_year: None,
            team_model: None,
            adoptions: vec![Adoption { unit: UnitCode::from("99001"), from: day(from), to: None }],
            measures: Vec::new(),
            returns: returns.to_vec(),
            meetings: Vec::new(),
            milestones: Vec::new(),
            tasks: Vec::new(),
            steps: Vec::new(),
            bases: Vec::new(),
        }
    }

    /// One unit, the year 2026 of NĐ 09/2019, and these plans.
    fn with(plans: Vec<Plan>) -> Definitions {
        let start = |years_before, month| QuarterStart { years_before, month, day: 15 };
        let code = UnitCode::from("99001");
        let name =
            UnitName {
                name: "Xã An Thịnh".into(), kind: UnitKind::Xa, valid_from: day("2025-07-01"), valid_to: None
            };
        let unit = Unit {
            code: code.clone(),
            province: "99".into(),
            names: vec![name],
            predecessors: Vec::new(),
            successors: Vec::new(),
            groups: BTreeSet::new(),
        };
        Definitions {
            site: Site {
                title: String::new(),
                organisation: String::new(),
                province: "99".into(),
                province_name: String::new(),
                first_year: 2026,
                last_year: 2026,
                spans: Vec::new(),
                as_of: None,
                synthetic: true,
                headlines: Vec::new(),
                compositions: Vec::new(),
                groups: BTreeMap::new(),
                limits: crate::definitions::Limits::default(),
                quality: crate::definitions::QualityPolicy::default(),
                comparison: crate::definitions::ComparisonRules::default(),
            },
            scheme: Scheme {
                id: "nd09".into(),
                title: String::new(),
                source: String::new(),
                starts: [start(1, 12), start(0, 3), start(0, 6), start(0, 9)],
            },
            units: UnitRegister { units: [(code, unit)].into(), aliases: BTreeMap::new() },
            forms: Vec::new(),
            indicators: Vec::new(),
            criteria: Vec::new(),
            plans,
            targets: Vec::new(),
            policy: ReleasePolicy {
                threshold: 5,
                smallest_denominator: 20,
                population: Vec::new(),
                public_coverage: 80,
                headline_coverage: 50,
                late_batch: 3,
                authority: String::new(),
            },
            hash: String::new(),
        }
    }

    /// Periods with their deadlines, as read aloud.
    fn owed(plans: Vec<Plan>) -> Vec<String> {
        expected(&with(plans)).iter().map(|e| format!("{} {}", e.period, e.deadline)).collect()
    }

    #[test]
    fn before_10_6_means_received_by_09_6() {
        // Kế hoạch 71/KH-UBND: “06 tháng trước ngày 10/6 và hằng năm trước ngày 10/12”.
        let plans = vec![plan("kh71", "2026-01-01", &[BEFORE_10_6, BEFORE_10_12])];
        assert_eq!(owed(plans), ["2026-H1 2026-06-09", "2026-H2 2026-12-09"]);
    }

    #[test]
    fn days_after_the_end_count_from_the_cut_off_of_the_scheme() {
        // NĐ 09/2019, Điều 12: quarters end on 14/3, 14/6, 14/9, 14/12.
        let plans = vec![plan("4-plus", "2026-01-01", &[QUARTERLY, HALF_YEARLY, YEARLY])];
        let quarters = ["2026-Q1 2026-03-21", "2026-Q2 2026-06-21", "2026-Q3 2026-09-21", "2026-Q4 2026-12-21"];
        assert_eq!(owed(plans), quarters);
    }

    #[test]
    fn a_unit_reports_in_the_finest_rhythm_of_its_plans() {
        let yearly = || plan("cuu-cand", "2026-01-01", &[YEARLY]);
        let half = || plan("kh243", "2026-01-01", &[HALF_YEARLY, YEARLY]);
        let quarter = || plan("kh179", "2026-01-01", &[QUARTERLY, HALF_YEARLY, YEARLY]);
        assert_eq!(owed(vec![yearly()]), ["2026 2026-12-21"]);
        assert_eq!(owed(vec![yearly(), half()]).len(), 2);
        assert_eq!(owed(vec![yearly(), half(), quarter()]).len(), 4);
    }

    #[test]
    fn a_half_yearly_deadline_does_not_bind_a_unit_that_reports_by_quarter() {
        let both = vec![plan("kh179", "2026-01-01", &[QUARTERLY]), plan("kh71", "2026-01-01", &[BEFORE_10_6])];
        assert_eq!(owed(both)[1], "2026-Q2 2026-06-21");
    }

    #[test]
    fn the_earliest_deadline_of_the_rhythm_counts_and_names_every_plan_that_asks() {
        let definitions =
            with(vec![plan("kh243", "2026-01-01", &[HALF_YEARLY]), plan("kh71", "2026-01-01", &[BEFORE_10_6])]);
        let all = expected(&definitions);
        assert_eq!(all[0].deadline, day("2026-06-09"));
        assert_eq!(all[0].plans, ["kh243", "kh71"].map(PlanId::from));
        assert_eq!(all[1].plans, ["kh243"].map(PlanId::from));
    }

    #[test]
    fn a_plan_adopted_within_a_period_asks_for_that_period() {
        let plans = vec![plan("kh179", "2026-05-07", &[QUARTERLY])];
        assert_eq!(owed(plans), ["2026-Q2 2026-06-21", "2026-Q3 2026-09-21", "2026-Q4 2026-12-21"]);
    }

    #[test]
    fn a_unit_owes_nothing_after_its_last_day() {
        let mut definitions = with(vec![plan("kh179", "2026-01-01", &[QUARTERLY])]);
        let unit = definitions.units.units.values_mut().next().unwrap();
        unit.names[0].valid_to = Some(day("2026-08-31"));
        let periods: Vec<String> = expected(&definitions).iter().map(|e| e.period.to_string()).collect();
        assert_eq!(periods, ["2026-Q1", "2026-Q2"]);
    }
}
