//! Signals of small releases: what is told, and what is not because a part of it is hidden or missing.

use std::cmp::Ordering;
use std::sync::Arc;

use super::change::{Signal, Verdict, judge, of_counts, of_proportions};
use super::control::{control, limits};
use super::funnel::{Funnel, funnel};
use super::panel::Panel;
use super::peers::groups;
use super::series::series;
use super::trend::trend;
use super::*;
use crate::definitions::form::Privacy;
use crate::definitions::{ComparisonRules, Definitions};
use crate::figures::sample::{area, definitions, figures_on, sent};
use crate::ledger::Ledger;
use crate::release::{Change, Quantity, Release, Stamp, cover};
use crate::statistics::control::Signal as Rule;
use crate::statistics::funnel::Stance;
use crate::vocabulary::{Area, Edition, Period, PeriodKind};

const UNITS: [&str; 8] = ["99001", "99002", "99003", "99004", "99005", "99006", "99007", "99008"];

/// What a unit reports in a quarter: opening stock, new, closing stock, visits. `None`: no return.
type Report<'r> = &'r dyn Fn(usize, Period) -> Option<[i64; 4]>;

fn setting(last_year: i32) -> Definitions {
    let mut definitions = definitions(&UNITS.map(|unit| (unit, PeriodKind::Quarter)));
    definitions.site.last_year = last_year;
    definitions.site.spans.clear();
    definitions.site.comparison = ComparisonRules {
        size: Some("a.cuoi".into()),
        expected_from: [("a.gap".into(), "a.cuoi".into())].into(),
        ..ComparisonRules::default()
    };
    definitions
}

fn release(edition: Edition, definitions: Definitions, report: Report) -> Release {
    let last_year = definitions.site.last_year;
    let quarters: Vec<Period> = (2026..=last_year).flat_map(|year| Period::year(year).quarters()).collect();
    let mut returns = Vec::new();
    for (at, unit) in UNITS.iter().enumerate() {
        for quarter in &quarters {
            let Some([opening, new, closing, visits]) = report(at, *quarter) else { continue };
            let values = [("a.dau", opening), ("a.vao", new), ("a.cuoi", closing), ("a.gap", visits), ("a.xet", 0)];
            returns.push(sent(&definitions, unit, &quarter.to_string(), &values));
        }
    }
    let figures = figures_on(&format!("{}-02-01", last_year + 1), &definitions, returns);
    let (definitions, intake) = (Arc::new(definitions), Arc::new(crate::intake::Intake::default()));
    let stamp = Stamp { as_of: format!("{}-02-01", last_year + 1).parse().unwrap(), templates: String::new() };
    let ledger = Ledger::default();
    let cover = cover(&figures, &definitions, &ledger);
    match edition {
        Edition::Internal => Release::internal_edition(&figures, &intake, &definitions, &cover, &[], &stamp, &ledger),
        Edition::Public => Release::public_edition(&figures, &intake, &definitions, &cover, &[], &stamp, &ledger),
    }
}

fn internal(report: Report) -> Release {
    release(Edition::Internal, setting(2027), report)
}

fn info<'r>(release: &'r Release, code: &str) -> &'r MeasureInfo {
    release.measures().iter().find(|info| info.code.as_str() == code).unwrap()
}

fn all() -> Vec<Area> {
    UNITS.iter().map(|unit| area(unit)).collect()
}

fn compared(release: &Release, measure: &str, period: &str) -> Result<Funnel, Silence> {
    funnel(release, info(release, measure), period.parse().unwrap(), &all(), Some(&area("99")))
}

fn stances(funnel: &Funnel) -> Vec<Result<Stance, Silence>> {
    funnel.places.iter().map(|place| place.stance).collect()
}

/// The first unit takes in far more, the second far less, the third is tiny; all others are alike.
fn uneven(unit: usize, _: Period) -> Option<[i64; 4]> {
    match unit {
        0 => Some([100, 60, 100, 50]),
        1 => Some([100, 8, 100, 50]),
        2 => Some([2, 1, 2, 1]),
        _ => Some([100, 25, 100, 50]),
    }
}

#[test]
fn units_fall_into_three_groups_and_the_tiny_one_into_none() {
    let release = internal(&uneven);
    let funnel = compared(&release, "a.tl_vao", "2027").unwrap();
    assert!(funnel.proportion && funnel.comparable);
    let alike = Ok(Stance::Alike);
    let expected = [Ok(Stance::High), Ok(Stance::Low), Err(Silence::Small), alike, alike, alike, alike, alike];
    assert_eq!(stances(&funnel), expected);
    // The level is that of the province: Σ numerators over Σ denominators.
    let province = release.figure(&area("99"), Period::year(2027), &"a.tl_vao".into()).ratio().unwrap();
    assert_eq!(funnel.level, province);
}

#[test]
fn counts_stand_to_what_their_exposure_lets_expect() {
    let report = |unit: usize, _: Period| Some(if unit == 0 { [40, 5, 40, 40] } else { [80, 5, 80, 20] });
    let release = internal(&report);
    let funnel = compared(&release, "a.gap", "2027-Q4").unwrap();
    // 180 visits over 600 people: 12 are expected of the first unit, 24 of each other.
    assert_eq!(funnel.level, (180, 600));
    assert_eq!((funnel.places[0].expected, funnel.places[1].expected), (12.0, 24.0));
    assert!(!funnel.proportion);
    // Without an exposure a count is not compared, nor is a ratio of visits to weeks.
    assert_eq!(compared(&release, "a.vao", "2027").unwrap_err(), Silence::Untested);
    assert_eq!(compared(&release, "a.tl_gap", "2027").unwrap_err(), Silence::Untested);
}

#[test]
fn units_that_differ_too_much_among_themselves_are_not_singled_out() {
    let report = |unit: usize, _: Period| Some([80, 5, 80, if unit.is_multiple_of(2) { 200 } else { 20 }]);
    let funnel = compared(&internal(&report), "a.gap", "2027").unwrap();
    assert!(!funnel.comparable && funnel.spread.sqrt() > 0.5);
    assert!(stances(&funnel).iter().all(|stance| *stance == Err(Silence::Unlike)));
}

#[test]
fn a_unit_with_a_missing_return_gets_the_reason_instead_of_a_signal() {
    let report = |unit: usize, quarter: Period| {
        let absent = unit == 0 && quarter == Period::quarter(2027, 2) || unit == 1 && quarter.last_year() == 2027;
        if absent { None } else { uneven(unit, quarter) }
    };
    let funnel = compared(&internal(&report), "a.tl_vao", "2027").unwrap();
    assert_eq!(stances(&funnel)[..2], [Err(Silence::Partial), Err(Silence::Missing)]);
    assert!(funnel.places[..2].iter().all(|place| place.parts.is_none() && place.expected == 0.0));
}

#[test]
fn hidden_figures_give_no_signal_anywhere() {
    let public = release(Edition::Public, setting(2027), &uneven);
    // Quarters of single units are never public.
    let quarter = compared(&public, "a.tl_vao", "2027-Q4").unwrap_err();
    assert_eq!(quarter, Silence::Hidden);
    for period in public.cube().axes().periods().to_vec() {
        for measure in public.measures().to_vec() {
            let Ok(funnel) = funnel(&public, &measure, period, &all(), Some(&area("99"))) else { continue };
            for place in &funnel.places {
                let figure = public.figure(&place.area, period, &measure.code);
                assert!(figure.value.is_some() || place.stance.is_err(), "{} {period} {}", place.area, measure.code);
                assert!(figure.value.is_some() || place.parts.is_none());
            }
        }
    }
    for unit in all() {
        let visits = info(&public, "a.gap");
        assert_eq!(trend(&public, visits, &unit).unwrap_err(), Silence::Hidden);
        assert_eq!(control(&public, visits, &unit).unwrap_err(), Silence::Hidden);
    }
    // The tiny unit has no printed size, so no group by size has it.
    let sized: Vec<_> = groups(&public, public.current()).into_iter().filter(|peers| peers.whole.is_none()).collect();
    assert!(sized.iter().all(|peers| !peers.members.contains(&area("99003"))));
}

#[test]
fn a_change_is_told_by_what_chance_allows_and_more_strictly_in_a_list() {
    let rules = ComparisonRules::default();
    let counts = |before, now| of_counts(now, before, &rules);
    assert_eq!(counts(2, 8), Verdict::Within);
    assert_eq!(counts(2, 9), Verdict::Alone(Ordering::Greater));
    assert_eq!(counts(2, 20), Verdict::Clear(Ordering::Greater));
    assert_eq!(counts(50, 20), Verdict::Clear(Ordering::Less));
    assert_eq!((counts(4, 0), counts(0, 0)), (Verdict::Small, Verdict::Small));
    assert_eq!((counts(2, 9).alone(), counts(2, 9).listed()), (Signal::Up, Signal::Within));
    let shares = |before, now| of_proportions(now, before, &rules);
    assert_eq!(shares((48, 80), (56, 70)), Verdict::Alone(Ordering::Greater));
    assert_eq!(shares((10, 100), (90, 100)), Verdict::Clear(Ordering::Greater));
    assert_eq!(shares((3, 8), (8, 8)), Verdict::Small);
    assert_eq!(shares((45, 60), (58, 72)), Verdict::Within);
}

#[test]
fn the_short_way_to_no_change_never_differs_from_the_test() {
    let rules = ComparisonRules::default();
    for before in 0..60u64 {
        for now in 0..60u64 {
            let clear = crate::statistics::change::mid_p(now, before, (1.0, 1.0)) < 0.05;
            let told = !matches!(of_counts(now, before, &rules), Verdict::Within | Verdict::Small);
            assert_eq!(told, clear && now + before >= 5, "{before} → {now}");
        }
    }
}

#[test]
fn money_classes_and_clustered_counts_are_not_tested() {
    let release = internal(&uneven);
    let whole = |now, before| Change { now: Quantity::Whole(now), before: Quantity::Whole(before), matched: 1, due: 1 };
    let mut rules = ComparisonRules::default();
    assert!(judge(info(&release, "a.gap"), &whole(90, 10), &rules).is_ok());
    let money = MeasureInfo { unit_of_measure: "đồng".into(), ..info(&release, "a.gap").clone() };
    assert_eq!(judge(&money, &whole(90, 10), &rules), Err(Silence::Untested));
    assert_eq!(judge(info(&release, "b.hang"), &whole(1, 2), &rules), Err(Silence::Untested));
    assert_eq!(judge(info(&release, "a.gap"), &whole(-1, 2), &rules), Err(Silence::Untested));
    rules.clustered.insert("a.gap".into());
    assert_eq!(judge(info(&release, "a.gap"), &whole(90, 10), &rules), Err(Silence::Untested));
}

/// Quarters counted from the first of 2026.
fn count(quarter: Period) -> i64 {
    i64::from(quarter.last_year() - 2026) * 4 + i64::from(quarter.number())
}

#[test]
fn a_trend_needs_eight_comparable_periods_and_forty_events() {
    let rising = |_: usize, quarter: Period| Some([80, 10, 80, 5 + count(quarter)]);
    let release = internal(&rising);
    let told = trend(&release, info(&release, "a.gap"), &area("99001")).unwrap();
    assert_eq!((told.way, told.points, told.kind), (Some(Ordering::Greater), 8, PeriodKind::Quarter));
    assert!((told.slope - 4.0).abs() < 1e-9, "one more a quarter is four a year: {}", told.slope);
    let steady = trend(&release, info(&release, "a.vao"), &area("99001")).unwrap();
    assert!(steady.steady && steady.way.is_none() && steady.text() == "Ổn định");
    let few = |_: usize, quarter: Period| Some([80, 10, 80, count(quarter) % 3]);
    let release = internal(&few);
    assert_eq!(trend(&release, info(&release, "a.gap"), &area("99001")), Err(Silence::Small));
    let gap = |unit: usize, quarter: Period| {
        (unit > 0 || quarter != Period::quarter(2027, 1)).then_some([80, 10, 80, 5 + count(quarter)])
    };
    let release = internal(&gap);
    assert_eq!(trend(&release, info(&release, "a.gap"), &area("99001")), Err(Silence::Short));
    // The province lacks the quarter of that unit; the seven others have all eight.
    let told = trend(&release, info(&release, "a.gap"), &area("99")).unwrap();
    assert_eq!((told.points, told.panel), (8, Some(Panel { units: 7, due: 8 })));
    assert!((told.slope - 28.0).abs() < 1e-9, "four a year in each: {}", told.slope);
    assert_eq!(Silence::Short.told(&ComparisonRules::default()), wording::TREND_SHORT);
}

#[test]
fn a_proportion_over_five_years_is_tested_by_years() {
    let rising = |_: usize, quarter: Period| {
        let year = i64::from(quarter.last_year() - 2026);
        Some([100, 10 + 4 * year, 100, 20])
    };
    let release = release(Edition::Internal, setting(2030), &rising);
    let told = trend(&release, info(&release, "a.tl_vao"), &area("99")).unwrap();
    assert_eq!((told.way, told.points, told.kind), (Some(Ordering::Greater), 5, PeriodKind::Year));
    // Twenty quarters: the seasons are tested apart, and a count still rises.
    let told = trend(&release, info(&release, "a.vao"), &area("99001")).unwrap();
    assert_eq!((told.way, told.points), (Some(Ordering::Greater), 20));
}

#[test]
fn a_control_chart_marks_what_leaves_its_ordinary_variation() {
    let one_wild = |_: usize, quarter: Period| {
        let visits =
            if quarter == Period::quarter(2027, 3) { 70 } else { [28, 20, 26, 22][count(quarter) as usize % 4] };
        Some([80, 10, 80, visits])
    };
    let settled = release(Edition::Internal, setting(2030), &one_wild);
    let chart = control(&settled, info(&settled, "a.gap"), &area("99")).unwrap();
    assert!(!chart.trial && !chart.exact);
    assert_eq!(chart.told().collect::<Vec<_>>(), [(Period::quarter(2027, 3), Rule::Above)]);
    let release = internal(&one_wild);
    assert!(control(&release, info(&release, "a.gap"), &area("99")).unwrap().trial, "eight points are a trial");
    assert_eq!(control(&release, info(&release, "a.vao"), &area("99")).unwrap_err(), Silence::Flat);
    let rules = ComparisonRules::default();
    let (small, exact) = limits(&[2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 1.0, 0.0, 1.0, 8.0, 1.0], false, &rules).unwrap();
    assert!(exact && small.upper == 7.0);
    assert_eq!(limits(&[1.0; 7], false, &rules).unwrap_err(), Silence::Short);
}

#[test]
fn a_series_holds_only_periods_of_the_same_units() {
    // One unit begins a year later: the province of the first year is made of seven units.
    let mut definitions = setting(2028);
    for plan in &mut definitions.plans {
        for adoption in plan.adoptions.iter_mut().filter(|adoption| adoption.unit.as_str() == "99008") {
            adoption.from = "2027-01-01".parse().unwrap();
        }
    }
    let report = |unit: usize, quarter: Period| (unit < 7 || quarter.last_year() > 2026).then_some([80, 10, 80, 30]);
    let release = release(Edition::Internal, definitions, &report);
    let series = series(&release, info(&release, "a.gap"), &area("99"), PeriodKind::Quarter).unwrap();
    assert_eq!((series.points.len(), series.panel), (8, None));
    assert!(series.points.iter().all(|(period, _)| period.last_year() > 2026), "{:?}", series.points);
}

/// In each quarter of the first year one of the first units misses its return.
fn gappy(unit: usize, quarter: Period, missing: usize) -> Option<[i64; 4]> {
    (quarter.last_year() > 2026 || unit >= missing || usize::from(quarter.number()) % missing != unit).then_some([
        80,
        10,
        80,
        20 + unit as i64,
    ])
}

#[test]
fn where_the_whole_has_gaps_the_units_without_any_stand_for_it() {
    let release = internal(&|unit, quarter| gappy(unit, quarter, 2));
    let series = series(&release, info(&release, "a.gap"), &area("99"), PeriodKind::Quarter).unwrap();
    assert_eq!(series.panel, Some(Panel { units: 6, due: 8 }));
    assert_eq!(series.values(), [22 + 23 + 24 + 25 + 26 + 27; 8].map(f64::from));
    let unit = super::series::series(&release, info(&release, "a.gap"), &area("99001"), PeriodKind::Quarter).unwrap();
    assert_eq!(unit.panel, None, "a unit has nobody to stand for it");
    assert!(unit.points.len() < 8);
}

#[test]
fn a_panel_holds_as_many_units_as_the_edition_asks_of_an_aggregate() {
    let panel = |edition: Edition, privacy: Privacy, missing: usize| {
        let mut definitions = setting(2027);
        let rows = definitions.forms.iter_mut().flat_map(|form| &mut form.sheets).flat_map(|sheet| &mut sheet.rows);
        rows.filter(|row| row.code.as_str() == "a.gap").for_each(|row| row.privacy = privacy);
        let release = release(edition, definitions, &|unit, quarter| gappy(unit, quarter, missing));
        let series = series(&release, info(&release, "a.gap"), &area("99"), PeriodKind::Quarter);
        series.unwrap().panel.map(|panel| panel.units)
    };
    assert_eq!(panel(Edition::Public, Privacy::P0, 1), Some(7), "80 % of eight are seven");
    assert_eq!(panel(Edition::Public, Privacy::P0, 2), None);
    assert_eq!(panel(Edition::Internal, Privacy::P0, 4), Some(4));
    assert_eq!(panel(Edition::Public, Privacy::P1, 1), None, "quarters of persons are hidden in a commune");
}

#[test]
fn peers_are_found_by_type_by_group_and_by_thirds_of_size() {
    let report = |unit: usize, _: Period| Some([80, 10, 20 + 10 * unit as i64, 30]);
    let release = internal(&report);
    let groups = groups(&release, release.current());
    let sizes: Vec<usize> =
        groups.iter().filter(|peers| peers.whole.is_none()).map(|peers| peers.members.len()).collect();
    assert_eq!(sizes, [2, 3, 3]);
    assert!(groups.iter().any(|peers| peers.title.starts_with("Quy mô nhỏ (dưới 40")), "{groups:?}");
    let declared = groups.iter().find(|peers| peers.whole == Some(area("group:nui"))).unwrap();
    assert_eq!(declared.members.len(), 4);
}

#[test]
fn every_reason_has_its_words() {
    for silence in Silence::ALL {
        assert!(!silence.text().is_empty() && !silence.short().is_empty());
        assert!(wording::CATALOGUE.iter().any(|(_, text)| *text == silence.text()));
    }
    let mut ids: Vec<&str> = wording::CATALOGUE.iter().map(|(id, _)| *id).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
}
