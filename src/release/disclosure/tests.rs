//! An attacker reads the public edition: everything printed about a measure, together.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use crate::definitions::Definitions;
use crate::figures::sample::{area, day, definitions, figures, sent};
use crate::figures::{Figure, Figures};
use crate::intake::{Intake, Return};
use crate::ledger::Ledger;
use crate::release::{Release, Stamp};
use crate::vocabulary::PeriodKind::{self, Half, Quarter, Year};
use crate::vocabulary::{Area, MeasureCode, Period, UnitCode};

const FLOW: &str = "a.vao";

fn public(figures: &Figures, definitions: &Definitions) -> Release {
    let stamp = Stamp { as_of: day("2028-02-01"), templates: String::new() };
    Release::public_edition(
        figures,
        &Intake::default(),
        &Arc::new(definitions.clone()),
        &[],
        &stamp,
        &Ledger::default(),
    )
}

fn shown(release: &Release, place: &str, period: &str, measure: &str) -> Figure {
    *release.figure(&area(place), period.parse().unwrap(), &measure.into())
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
    let units = [("00001", Quarter), ("00002", Quarter), ("00003", Quarter)];
    let definitions = definitions(&units);
    let figures = figures(&definitions, returns(&definitions, &units, |_, _| 9));
    let release = public(&figures, &definitions);
    assert_eq!(shown(&release, "00001", "2026", FLOW).whole(), Some(36));
    assert_eq!(shown(&release, "00001", "2026-Q1", FLOW).status.code(), "Q");
    assert_eq!(shown(&release, "99", "2026-Q1", FLOW).whole(), Some(27));
}

#[test]
fn one_small_unit_hides_the_year_of_every_unit_and_no_total() {
    let units = [("00001", Quarter), ("00002", Quarter), ("00003", Quarter)];
    let definitions = definitions(&units);
    let figures = figures(&definitions, returns(&definitions, &units, |unit, _| if unit == 0 { 1 } else { 9 }));
    let release = public(&figures, &definitions);
    for unit in ["00001", "00002", "00003"] {
        assert_eq!(shown(&release, unit, "2026", FLOW).status.code(), "Q", "{unit}");
        assert_eq!(shown(&release, unit, "2026", FLOW).value, None);
    }
    assert_eq!(shown(&release, "99", "2026", FLOW).whole(), Some(76));
}

#[test]
fn halves_are_hidden_where_the_year_less_its_halves_is_one_unit() {
    let units = [("00001", Quarter), ("00002", Quarter), ("00003", Quarter), ("00004", Year)];
    let definitions = definitions(&units);
    let figures = figures(&definitions, returns(&definitions, &units, |_, _| 30));
    let release = public(&figures, &definitions);
    assert_eq!(shown(&release, "99", "2026", FLOW).whole(), Some(390));
    assert_eq!(shown(&release, "99", "2026-H1", FLOW).status.code(), "Q");
    assert_eq!(shown(&release, "99", "2026-Q1", FLOW).status.code(), "Q");
}

#[test]
fn figures_of_two_units_are_not_shown() {
    let units = [("00001", Quarter), ("00002", Quarter)];
    let definitions = definitions(&units);
    let figures = figures(&definitions, returns(&definitions, &units, |_, _| 30));
    assert_eq!(shown(&public(&figures, &definitions), "99", "2026", FLOW).status.code(), "Q");
}

#[test]
fn raising_the_threshold_never_reveals_a_figure() {
    let units = [("00001", Quarter), ("00002", Quarter), ("00003", Half), ("00004", Half), ("00005", Half)];
    let mut definitions = definitions(&units);
    let figures =
        figures(&definitions, returns(&definitions, &units, |unit, n| (unit as i64 + 2) * (n as i64 % 3 + 1)));
    let mut shown_before: Option<Vec<bool>> = None;
    for threshold in [3, 5, 8, 12, 40] {
        definitions.policy.threshold = threshold;
        let release = public(&figures, &definitions);
        let shown: Vec<bool> = release.cube().cells().iter().map(|figure| figure.value.is_some()).collect();
        if let Some(before) = shown_before {
            assert!(shown.iter().zip(before).all(|(now, before)| !now || before), "threshold {threshold}");
        }
        shown_before = Some(shown);
    }
}

/// Rows over the unknowns “count of a unit in one of its own returns”, modulo a prime, in echelon form:
/// what the attacker can work out exactly.
#[derive(Default)]
struct Knowledge {
    /// By leading unknown.
    rows: BTreeMap<usize, BTreeMap<usize, i128>>,
}

const PRIME: i128 = (1 << 61) - 1;

impl Knowledge {
    fn learn(&mut self, row: BTreeMap<usize, i128>) {
        let rest = self.reduce(row);
        if let Some((lead, factor)) = rest.first_key_value().map(|(lead, factor)| (*lead, *factor)) {
            let inverse = power(factor, PRIME - 2);
            self.rows.insert(lead, rest.into_iter().map(|(at, value)| (at, value * inverse % PRIME)).collect());
        }
    }

    fn knows(&self, row: BTreeMap<usize, i128>) -> bool {
        self.reduce(row).is_empty()
    }

    fn reduce(&self, mut row: BTreeMap<usize, i128>) -> BTreeMap<usize, i128> {
        let mut at = 0;
        while let Some((lead, factor)) = row.range(at..).next().map(|(lead, factor)| (*lead, *factor)) {
            if let Some(known) = self.rows.get(&lead) {
                for (place, value) in known {
                    let rest = row.entry(*place).or_insert(0);
                    *rest = (*rest - factor * value % PRIME + 2 * PRIME) % PRIME;
                }
                row.retain(|_, value| *value != 0);
            }
            at = lead + 1;
        }
        row
    }
}

fn power(base: i128, mut exponent: i128) -> i128 {
    let (mut base, mut result) = (base.rem_euclid(PRIME), 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}

/// The unknowns of a flow at a place: the returns that it adds up.
fn unknowns(unknown: &[(UnitCode, Period)], place: &Area, period: Period, figures: &Figures) -> BTreeMap<usize, i128> {
    let of_place = |unit: &UnitCode| match place {
        Area::Unit(code) => code == unit,
        _ => true,
    };
    let measure = MeasureCode::from(FLOW);
    let adds_up = |unit: &UnitCode| figures.cube.get(&Area::Unit(unit.clone()), period, &measure).due > 0;
    let members = unknown.iter().enumerate();
    let members = members.filter(|(_, (unit, own))| of_place(unit) && period.contains(*own) && adds_up(unit));
    members.map(|(at, _)| (at, 1)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_small_count_of_a_unit_follows_from_all_that_is_printed(
        rhythms in proptest::collection::vec(prop_oneof![3 => Just(Quarter), 2 => Just(Half), 1 => Just(Year)], 3..7),
        counts in proptest::collection::vec(proptest::collection::vec(0i64..14, 8), 7),
    ) {
        let codes = ["00001", "00002", "00003", "00004", "00005", "00006"];
        let units: Vec<(&str, PeriodKind)> = codes.into_iter().zip(rhythms).collect();
        let definitions = definitions(&units);
        let figures = figures(&definitions, returns(&definitions, &units, |unit, n| counts[unit][n]));
        let release = public(&figures, &definitions);
        let unknown: Vec<(UnitCode, Period)> = units
            .iter()
            .flat_map(|(unit, kind)| own_periods(*kind).into_iter().map(|period| (UnitCode::from(*unit), period)))
            .collect();
        let measure = MeasureCode::from(FLOW);
        let axes = release.cube().axes();
        let mut attacker = Knowledge::default();
        for place in axes.areas() {
            for period in axes.periods() {
                if let Some(value) = release.figure(place, *period, &measure).whole() {
                    prop_assert!(value >= definitions.policy.threshold, "{place} {period}: {value}");
                    attacker.learn(unknowns(&unknown, place, *period, &figures));
                }
            }
        }
        for unit in &codes[..units.len()] {
            let place = area(unit);
            for period in axes.periods() {
                let count = figures.cube.get(&place, *period, &measure).whole();
                if count.is_some_and(|count| count < definitions.policy.threshold) {
                    let row = unknowns(&unknown, &place, *period, &figures);
                    prop_assert!(!attacker.knows(row), "{place} {period}: {count:?} can be worked out");
                }
            }
        }
    }
}
