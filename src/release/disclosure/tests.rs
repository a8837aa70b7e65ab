//! An attacker reads the public edition: everything printed about a measure, together.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::definitions::Definitions;
use crate::figures::sample::{area, definitions, figures, sent};
use crate::figures::{Figure, Figures, Quantity};
use crate::intake::Return;
use crate::ledger::{Ledger, Printed, Publication};
use crate::release::attack::{Cell, Relation, System, recovered};
use crate::release::disclosure::{Cover, Finest, cover};
use crate::vocabulary::PeriodKind::{self, Half, Quarter, Year};
use crate::vocabulary::{Area, ConfStatus, MeasureCode, ObsStatus, Period, UnitCode};

const FLOW: &str = "a.vao";
const UNITS: [&str; 6] = ["00001", "00002", "00003", "00004", "00005", "00006"];

/// The figures of some units and what the public edition hides of them.
struct Public {
    definitions: Definitions,
    figures: Figures,
    cover: Cover,
}

impl Public {
    fn of(rhythms: &[PeriodKind], count: impl Fn(usize, usize) -> i64) -> Self {
        let units: Vec<(&str, PeriodKind)> = UNITS.into_iter().zip(rhythms.iter().copied()).collect();
        let definitions = definitions(&units);
        let figures = figures(&definitions, returns(&definitions, &units, count));
        Self::after(definitions, figures, &Ledger::default())
    }

    fn after(definitions: Definitions, figures: Figures, ledger: &Ledger) -> Self {
        Self { cover: cover(&figures, &definitions, ledger), definitions, figures }
    }

    /// The number at a place, where it is printed.
    fn shown(&self, place: &str, period: &str) -> Option<i64> {
        self.number(&area(place), period.parse().unwrap())
    }

    fn number(&self, place: &Area, period: Period) -> Option<i64> {
        let axes = self.figures.cube.axes();
        let at = axes.position(place, period, &FLOW.into())?;
        self.figures.cube.cells()[at].whole().filter(|_| !self.cover.hidden[at])
    }
}

/// Eight quarters for each unit of quarterly rhythm, four halves, two years.
fn own_periods(kind: PeriodKind) -> Vec<Period> {
    Period::of_years(2026, 2027).into_iter().filter(|period| period.kind() == kind).collect()
}

fn returns(
    definitions: &Definitions,
    units: &[(&str, PeriodKind)],
    count: impl Fn(usize, usize) -> i64,
) -> Vec<Return> {
    let of_unit = |(at, (unit, kind)): (usize, &(&str, PeriodKind))| {
        let periods = own_periods(*kind).into_iter().enumerate();
        let returns = periods.map(|(n, period)| sent(definitions, unit, &period.to_string(), &[(FLOW, count(at, n))]));
        returns.collect::<Vec<_>>()
    };
    units.iter().enumerate().flat_map(of_unit).collect()
}

#[test]
fn single_units_are_shown_by_year_and_never_by_quarter() {
    let public = Public::of(&[Quarter; 3], |_, _| 9);
    assert_eq!(public.shown("00001", "2026"), Some(36));
    assert_eq!(public.shown("00001", "2026-Q1"), None);
    assert_eq!(public.shown("99", "2026-Q1"), Some(27));
    assert_eq!(public.shown("group:nui", "2026"), None);
}

#[test]
fn a_small_unit_hides_itself_and_one_more_and_no_total() {
    let public =
        Public::of(&[Quarter; 5], |unit, quarter| if unit == 0 { i64::from(quarter == 0) } else { 9 + unit as i64 });
    assert_eq!(public.shown("00001", "2026"), None, "one person");
    assert_eq!(public.shown("99", "2026"), Some(187));
    let shown = UNITS[1..5].iter().filter(|unit| public.shown(unit, "2026").is_some()).count();
    assert_eq!(shown, 3, "one more is hidden, or the total less the others would tell");
}

#[test]
fn a_year_that_is_not_complete_is_not_shown_of_a_unit() {
    let units: Vec<(&str, PeriodKind)> = UNITS.into_iter().zip([Quarter; 4]).collect();
    let definitions = definitions(&units);
    let mut sent = returns(&definitions, &units, |_, _| 9);
    sent.retain(|r| !(r.unit.as_str() == "00001" && r.period == "2026-Q3".parse().unwrap()));
    let figures = figures(&definitions, sent);
    let public = Public::after(definitions, figures, &Ledger::default());
    assert_eq!(public.shown("00001", "2026"), None);
    assert_eq!(public.shown("00002", "2026"), Some(36));
}

#[test]
fn quarters_are_hidden_where_the_year_less_its_quarters_is_one_small_unit() {
    let public =
        Public::of(&[Quarter, Quarter, Quarter, Half], |unit, n| if unit == 3 { i64::from(n == 0) } else { 30 });
    assert_eq!(public.shown("99", "2026"), Some(361));
    let halves = ["2026-H1", "2026-H2"].iter().filter(|half| public.shown("99", half).is_some()).count();
    let quarters =
        ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"].iter().filter(|q| public.shown("99", q).is_some()).count();
    assert!(halves + quarters < 6, "{halves} halves and {quarters} quarters would tell the fourth unit");
}

#[test]
fn figures_of_two_units_are_not_shown() {
    let public = Public::of(&[Quarter; 2], |_, _| 30);
    assert_eq!(public.shown("99", "2026"), None);
}

#[test]
fn where_units_would_mostly_be_hidden_only_longer_periods_or_the_province_are_shown() {
    let public = Public::of(&[Quarter; 6], |unit, n| i64::from(n == 0) * (unit as i64 + 1) + i64::from(n == 4) * 4);
    assert_eq!(public.cover.finest[&MeasureCode::from(FLOW)], Finest::Span);
    assert_eq!((public.shown("00006", "2026"), public.shown("00006", "2026-2027")), (None, Some(10)));
    let public = Public::of(&[Quarter; 6], |_, n| i64::from(n == 0));
    assert_eq!(public.cover.finest[&MeasureCode::from(FLOW)], Finest::Province);
    assert_eq!(public.shown("99", "2026"), Some(6));
}

#[test]
fn raising_the_threshold_never_shows_a_small_number() {
    for threshold in [3, 5, 8, 12, 40] {
        let units: Vec<(&str, PeriodKind)> = UNITS.into_iter().zip([Quarter, Quarter, Half, Half, Half]).collect();
        let mut definitions = definitions(&units);
        definitions.policy.threshold = threshold;
        let figures =
            figures(&definitions, returns(&definitions, &units, |unit, n| (unit as i64 + 2) * (n as i64 % 3 + 1)));
        let public = Public::after(definitions, figures, &Ledger::default());
        let axes = public.figures.cube.axes().clone();
        for place in axes.areas() {
            for period in axes.periods() {
                assert!(public.number(place, *period).is_none_or(|value| value >= threshold), "{place} {period}");
            }
        }
    }
}

#[test]
fn numbers_of_the_same_classes_hide_the_same_places() {
    let by = |more: i64| Public::of(&[Quarter; 6], move |unit, _| if unit < 2 { 0 } else { 30 + more }).cover.hidden;
    // 120 and 124 a year are of one class, as are the zeros.
    assert_eq!(by(0), by(1));
}

/// The public edition as it went out, cell by cell.
fn gone_out(public: &Public) -> Ledger {
    let axes = public.figures.cube.axes();
    let mut printed = BTreeMap::new();
    for place in axes.areas() {
        for period in axes.periods() {
            let figure: Figure = *public.figures.cube.get(place, *period, &FLOW.into());
            let shown = public.number(place, *period).map(Quantity::Whole);
            let (status, conf) = match (figure.value.is_some(), shown.is_some()) {
                (true, false) => (ObsStatus::Q, ConfStatus::C),
                _ => (figure.status, ConfStatus::F),
            };
            let cell = Printed { value: shown, status, conf, reported: figure.reported, due: figure.due };
            printed.insert((place.clone(), *period, MeasureCode::from(FLOW)), cell);
        }
    }
    Ledger { publications: vec![Publication { number: 1, printed, ..Publication::default() }] }
}

#[test]
fn what_was_hidden_stays_hidden_and_what_was_printed_stays_printed() {
    let first = Public::of(&[Quarter; 6], |unit, _| if unit == 0 { 1 } else { 9 });
    let hidden: Vec<&str> = UNITS.into_iter().filter(|unit| first.shown(unit, "2026").is_none()).collect();
    let again = Public::after(first.definitions.clone(), first.figures.clone(), &gone_out(&first));
    assert_eq!(again.cover.hidden, first.cover.hidden);
    // Now the small unit is large: what was hidden beside it is still known to be what it was.
    let units: Vec<(&str, PeriodKind)> = UNITS.into_iter().zip([Quarter; 6]).collect();
    let figures = figures(&first.definitions, returns(&first.definitions, &units, |_, _| 9));
    let later = Public::after(first.definitions.clone(), figures, &gone_out(&first));
    assert!(hidden.iter().all(|unit| later.shown(unit, "2026").is_none()), "{hidden:?}");
}

#[test]
fn a_total_that_grew_by_few_since_it_was_printed_is_hidden() {
    let first = Public::of(&[Quarter; 6], |_, _| 9);
    assert_eq!(first.shown("99", "2026-Q1"), Some(54));
    let units: Vec<(&str, PeriodKind)> = UNITS.into_iter().zip([Quarter; 6]).collect();
    let grown = |by: i64| {
        let count = move |unit, n| if unit == 0 && n == 0 { 9 + by } else { 9 };
        let figures = figures(&first.definitions, returns(&first.definitions, &units, count));
        Public::after(first.definitions.clone(), figures, &gone_out(&first)).shown("99", "2026-Q1")
    };
    assert_eq!(grown(2), None, "the difference to the first edition would be two persons");
    assert_eq!(grown(30), Some(84));
}

/// All that is printed of the measure, as a system over the units' own returns.
fn printed(public: &Public, own: &[(UnitCode, Period)]) -> System {
    let axes = public.figures.cube.axes();
    let mut system =
        System { cells: own.iter().map(|_| Cell { printed: None, least: Some(0) }).collect(), relations: vec![] };
    for place in axes.areas() {
        for period in axes.periods() {
            if let Some(constant) = public.number(place, *period) {
                let terms = unknowns(public, own, place, *period);
                system.relations.push(Relation { terms, constant });
            }
        }
    }
    system
}

/// The own returns that a figure adds up.
fn unknowns(public: &Public, own: &[(UnitCode, Period)], place: &Area, period: Period) -> Vec<(usize, i64)> {
    let due = |unit: &UnitCode| public.figures.cube.get(&Area::Unit(unit.clone()), period, &FLOW.into()).due > 0;
    let of_place = |unit: &UnitCode| !matches!(place, Area::Unit(code) if code != unit);
    let own = own.iter().enumerate();
    own.filter(|(_, (unit, own))| of_place(unit) && period.contains(*own) && due(unit)).map(|(at, _)| (at, 1)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_small_count_of_a_unit_follows_from_all_that_is_printed(
        rhythms in proptest::collection::vec(prop_oneof![3 => Just(Quarter), 2 => Just(Half), 1 => Just(Year)], 3..7),
        counts in proptest::collection::vec(proptest::collection::vec(0i64..14, 8), 7),
    ) {
        let public = Public::of(&rhythms, |unit, n| counts[unit][n]);
        let threshold = public.definitions.policy.threshold;
        let units = UNITS.iter().zip(&rhythms);
        let own: Vec<(UnitCode, Period)> = units
            .flat_map(|(unit, kind)| own_periods(*kind).into_iter().map(|period| (UnitCode::from(*unit), period)))
            .collect();
        let system = printed(&public, &own);
        let axes = public.figures.cube.axes().clone();
        for place in axes.areas().iter().filter(|place| matches!(place, Area::Unit(_))) {
            for period in axes.periods() {
                let count = public.figures.cube.get(place, *period, &FLOW.into()).whole();
                let Some(count) = count.filter(|count| *count < threshold) else { continue };
                prop_assert!(public.number(place, *period).is_none(), "{place} {period}: {count}");
                // The count as one more unknown that adds up its returns.
                let mut asked = system.clone();
                asked.cells.push(Cell { printed: None, least: Some(0) });
                let mut terms = unknowns(&public, &own, place, *period);
                terms.push((system.cells.len(), -1));
                asked.relations.push(Relation { terms, constant: 0 });
                let known = recovered(&asked).unwrap();
                prop_assert!(!known.contains_key(&system.cells.len()), "{place} {period}: {count} can be worked out");
            }
        }
    }
}
