//! What the figures say of small panels made by hand, and the laws they keep on any panel.

use std::collections::BTreeSet;

use chrono::Days;
use proptest::prelude::*;

use super::sample::{area, day, definitions, figures, figures_on, merged, sent};
use super::{Change, Quantity, ReturnState, Versus, WhyNot, measures};
use crate::definitions::form::AcrossTime;
use crate::intake::{ModelRow, Outcome, Reading, Return, Standing};
use crate::vocabulary::MeasureCode;
use crate::vocabulary::PeriodKind::{self, Half, Quarter, Year};

const QUARTERS: [&str; 4] = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"];

#[test]
fn flows_add_up_and_stocks_are_those_at_the_ends() {
    let definitions = definitions(&[("00001", Quarter)]);
    let returns = QUARTERS.iter().zip([(10, 2, 11), (11, 3, 13), (13, 0, 12), (12, 5, 15)]).map(
        |(quarter, (start, came, end))| {
            sent(&definitions, "00001", quarter, &[("a.dau", start), ("a.vao", came), ("a.cuoi", end)])
        },
    );
    let figures = figures(&definitions, returns.collect());
    assert_eq!(figures.told("00001", "2026-H1", "a.vao"), "A 5 2/2");
    assert_eq!(figures.told("00001", "2026", "a.vao"), "A 10 4/4");
    assert_eq!(figures.told("00001", "2026", "a.dau"), "A 10 1/1");
    assert_eq!(figures.told("00001", "2026-9M", "a.cuoi"), "A 12 1/1");
    assert_eq!(figures.told("00001", "2026", "a.cuoi"), "A 15 1/1");
}

#[test]
fn a_period_is_not_applicable_where_the_rhythm_does_not_tile_it() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Half)]);
    let mut returns: Vec<Return> =
        QUARTERS.iter().map(|quarter| sent(&definitions, "00001", quarter, &[("a.vao", 1)])).collect();
    returns.extend(["2026-H1", "2026-H2"].map(|half| sent(&definitions, "00002", half, &[("a.vao", 10)])));
    let figures = figures(&definitions, returns);
    assert_eq!(figures.told("00002", "2026-Q1", "a.vao"), "M 0/0");
    assert_eq!(figures.told("00002", "2026-9M", "a.vao"), "M 0/0");
    assert_eq!(figures.told("99", "2026-Q1", "a.vao"), "A 1 1/1");
    assert_eq!(figures.told("99", "2026-H1", "a.vao"), "A 12 3/3");
    assert_eq!(figures.told("99", "2026", "a.vao"), "A 24 6/6");
}

#[test]
fn missing_is_not_zero_and_a_refused_value_is_not_reported() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Quarter), ("00003", Quarter)]);
    let mut refused = sent(&definitions, "00003", "2026-Q1", &[("a.vao", 900)]);
    refused.entries.get_mut("a.vao").unwrap().value = Reading::Rejected;
    let figures = figures(&definitions, vec![sent(&definitions, "00001", "2026-Q1", &[("a.vao", 0)]), refused]);
    assert_eq!(figures.told("00001", "2026-Q1", "a.vao"), "A 0 1/1");
    assert_eq!(figures.told("00002", "2026-Q1", "a.vao"), "O 0/1");
    assert_eq!(figures.told("00003", "2026-Q1", "a.vao"), "O 0/1");
    assert_eq!(figures.told("99", "2026-Q1", "a.vao"), "P 0 1/3");
    assert_eq!(figures.told("99", "2026-Q2", "a.vao"), "O 0/3");
}

#[test]
fn an_optional_row_left_empty_is_neither_due_nor_missing() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Quarter)]);
    let figures = figures(
        &definitions,
        vec![
            sent(&definitions, "00001", "2026-Q1", &[("a.dieu_chinh", -2)]),
            sent(&definitions, "00002", "2026-Q1", &[]),
        ],
    );
    assert_eq!(figures.told("00002", "2026-Q1", "a.dieu_chinh"), "M 0/0");
    assert_eq!(figures.told("99", "2026-Q1", "a.dieu_chinh"), "A -2 1/1");
}

#[test]
fn nothing_is_due_before_its_deadline_unless_it_has_come() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Quarter)]);
    let early = vec![
        sent(&definitions, "00001", "2026-Q1", &[("a.vao", 4)]),
        sent(&definitions, "00002", "2026-Q1", &[("a.vao", 3)]),
        sent(&definitions, "00001", "2026-Q2", &[("a.vao", 4)]),
    ];
    let figures = figures_on("2026-07-05", &definitions, early);
    assert_eq!(figures.told("99", "2026-Q2", "a.vao"), "A 4 1/1");
    assert_eq!(figures.told("00002", "2026-H1", "a.vao"), "M 0/0", "half of a half is not the half");
    assert_eq!(figures.told("00001", "2026", "a.vao"), "M 0/0");
    assert_eq!(figures.current, "2026-Q1".parse().unwrap());
}

#[test]
fn the_current_period_is_the_longest_that_has_just_closed() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Half)]);
    let current = |as_of| figures_on(as_of, &definitions, vec![]).current.to_string();
    assert_eq!(current("2026-02-01"), "2026-Q1");
    assert_eq!(current("2026-07-10"), "2026-H1");
    assert_eq!(current("2026-10-10"), "2026-9M");
    assert_eq!(current("2028-02-01"), "2027");
}

#[test]
fn an_estimate_marks_every_figure_it_takes_part_in() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Quarter)]);
    let mut estimate = sent(&definitions, "00001", "2026-Q1", &[("a.vao", 4), ("a.dau", 6)]);
    estimate.estimate = true;
    let figures =
        figures(&definitions, vec![estimate, sent(&definitions, "00002", "2026-Q1", &[("a.vao", 1), ("a.dau", 1)])]);
    assert_eq!(figures.told("99", "2026-Q1", "a.vao"), "E 5 2/2");
    assert_eq!(figures.told("99", "2026-Q1", "a.tl_vao"), "E 5:12 2/2");
    assert_eq!(figures.told("00002", "2026-Q1", "a.vao"), "A 1 1/1");
}

#[test]
fn a_row_is_asked_only_of_the_plans_of_its_sheet() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Year)]);
    let figures = figures(&definitions, vec![sent(&definitions, "00001", "2026-Q4", &[("c.hoi", 7)])]);
    assert_eq!(figures.told("00001", "2026", "c.hoi"), "M 0/0");
    assert_eq!(figures.told("99", "2026", "c.hoi"), "O 0/1");
}

#[test]
fn what_has_no_meaning_over_time_stays_in_its_own_return() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Half)]);
    let returns = QUARTERS.map(|quarter| sent(&definitions, "00001", quarter, &[("a.xet", 3), ("a.cuoi", 4)]));
    let figures = figures(&definitions, returns.to_vec());
    assert_eq!(figures.told("99", "2026-Q2", "a.xet"), "A 3 1/1");
    assert_eq!(figures.told("99", "2026-H1", "a.xet"), "M 0/0");
    assert_eq!(figures.told("99", "2026", "a.tl_xet"), "A 12:16 4/4", "as a ratio it is counted in each return");
}

#[test]
fn a_class_is_given_for_units_and_counted_for_areas() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Year), ("00003", Year)]);
    let figures = figures(
        &definitions,
        vec![
            sent(&definitions, "00001", "2026-Q4", &[("b.hang", 3)]),
            sent(&definitions, "00002", "2026", &[("b.hang", 2)]),
            sent(&definitions, "00002", "2027", &[("b.hang", 3)]),
        ],
    );
    assert_eq!(figures.told("00001", "2026", "b.hang"), "A 3 1/1");
    assert_eq!(figures.told("00002", "2026-2027", "b.hang"), "A 3 1/1", "the class of the last year");
    assert_eq!(figures.told("99", "2026", "b.hang"), "M 0/0");
    assert_eq!(figures.told("99", "2026", "b.hang.xs"), "P 1 2/3");
    assert_eq!(figures.told("99", "2026", "b.hang.k"), "P 1 2/3");
    assert_eq!(figures.told("99", "2026", "b.hang.y"), "P 0 2/3");
    assert_eq!(figures.told("00003", "2026", "b.hang.y"), "O 0/1");
    assert_eq!(figures.told("00001", "2026-Q3", "b.hang.xs"), "M 0/0");
}

#[test]
fn a_value_that_is_no_class_counts_nowhere() {
    let definitions = definitions(&[("00001", Year)]);
    let figures = figures(&definitions, vec![sent(&definitions, "00001", "2026", &[("b.hang", 4)])]);
    assert_eq!(figures.told("00001", "2026", "b.hang"), "O 0/1");
    assert_eq!(figures.told("99", "2026", "b.hang.y"), "O 0/1");
}

#[test]
fn a_ratio_takes_only_returns_that_report_all_its_rows() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Quarter)]);
    let figures = figures(
        &definitions,
        vec![
            sent(&definitions, "00001", "2026-Q1", &[("a.dau", 10), ("a.vao", 2)]),
            sent(&definitions, "00001", "2026-Q2", &[("a.dau", 12), ("a.vao", 4)]),
            sent(&definitions, "00002", "2026-Q1", &[("a.vao", 50)]),
            sent(&definitions, "00002", "2026-Q2", &[("a.dau", 0), ("a.vao", 0)]),
        ],
    );
    assert_eq!(figures.told("00001", "2026-H1", "a.tl_vao"), "A 6:16 2/2", "the opening stock counts once");
    assert_eq!(figures.told("00002", "2026-Q1", "a.tl_vao"), "O 0/1");
    assert_eq!(figures.told("00002", "2026-Q2", "a.tl_vao"), "A 0:0 1/1", "nobody to speak of is not missing");
    assert_eq!(figures.told("99", "2026-Q1", "a.tl_vao"), "P 2:12 1/2");
    assert_eq!(figures.told("99", "2026-H1", "a.tl_vao"), "P 6:16 2/4");
}

#[test]
fn weekly_meetings_are_held_against_persons_times_weeks_in_fourteenths() {
    let definitions = definitions(&[("00001", Quarter)]);
    let figures = figures(
        &definitions,
        vec![
            sent(&definitions, "00001", "2026-Q1", &[("a.cuoi", 4), ("a.gap", 50)]),
            sent(&definitions, "00001", "2026-Q2", &[("a.cuoi", 6), ("a.gap", 65)]),
        ],
    );
    // 91 days from 01/4 to 30/6 are 13 weeks; 5 persons on average: 65 meetings are exactly 100%.
    assert_eq!(figures.told("00001", "2026-Q2", "a.tl_gap"), "A 910:910 1/1");
    assert_eq!(figures.told("00001", "2026-Q1", "a.tl_gap"), "M 0/0", "the first return has no start");
    assert_eq!(figures.told("00001", "2026-H1", "a.tl_gap"), "A 910:910 1/1");
    assert_eq!(figures.told("00001", "2026-Q3", "a.tl_gap"), "O 0/1");
}

#[test]
fn changes_are_told_over_the_units_complete_in_both_periods() {
    let definitions = definitions(&[("00001", Year), ("00002", Year), ("00003", Year)]);
    let year = |unit, year, came| sent(&definitions, unit, year, &[("a.vao", came), ("a.dau", 100)]);
    let figures = figures(
        &definitions,
        vec![year("00001", "2026", 4), year("00001", "2027", 6), year("00002", "2026", 30), year("00003", "2027", 50)],
    );
    let change = |place, measure| {
        figures.change(place, "2027", measure, Versus::SamePeriodLastYear).map(|comparison| comparison.change)
    };
    let (now, before) = (Quantity::Whole(6), Quantity::Whole(4));
    assert_eq!(change("99", "a.vao"), Some(Ok(Change { now, before, matched: 1, due: 3 })));
    assert_eq!(change("00001", "a.vao"), Some(Ok(Change { now, before, matched: 1, due: 1 })));
    assert_eq!(change("00003", "a.vao"), Some(Err(WhyNot::NoBase)));
    assert_eq!(change("00002", "a.vao"), None, "without a figure now there is no change to tell");
    let now = Quantity::Ratio { numerator: 6, denominator: 106 };
    let before = Quantity::Ratio { numerator: 4, denominator: 104 };
    assert_eq!(change("99", "a.tl_vao"), Some(Ok(Change { now, before, matched: 1, due: 3 })));
    assert_eq!(figures.change("99", "2027", "a.vao", Versus::PreviousPeriod), None, "for a year it is last year");
}

#[test]
fn periods_with_other_units_each_have_no_common_set() {
    let definitions = definitions(&[("00001", Quarter)]);
    let figures = figures(
        &definitions,
        ["2026-Q1", "2026-Q3", "2026-Q4"].map(|q| sent(&definitions, "00001", q, &[("a.vao", 1)])).to_vec(),
    );
    let change = |period| figures.change("00001", period, "a.vao", Versus::PreviousPeriod).unwrap().change;
    assert_eq!(change("2026-H2"), Err(WhyNot::NoCommonSet));
    assert_eq!(change("2026-Q3"), Err(WhyNot::NoBase));
}

#[test]
fn a_year_of_a_merger_belongs_to_the_unit_that_it_made() {
    let (definitions, returns) = merged();
    let figures = figures(&definitions, returns);
    // A: two quarters of 1, B: a half of 20, C: two quarters of 300.
    assert_eq!(figures.told("C", "2026", "a.vao"), "A 622 5/5");
    assert_eq!(figures.told("C", "2026", "a.dau"), "A 40 2/2", "the stocks there were at the start");
    assert_eq!(figures.told("C", "2026", "a.cuoi"), "A 51 1/1", "the one stock there is at the end");
    assert_eq!(figures.told("C", "2026", "a.tl_vao"), "A 622:662 5/5");
    assert_eq!(figures.told("C", "2026", "a.tl_xet"), "A 4:124 4/4", "in each return that is asked for it");
    assert_eq!(figures.told("C", "2026-H1", "a.vao"), "M 0/0", "the half before is that of A and B");
    assert_eq!(figures.told("C", "2026-9M", "a.vao"), "A 322 4/4");
    assert_eq!(figures.told("C", "2026-2027", "a.vao"), "A 1822 9/9");
    assert_eq!(figures.told("A", "2026", "a.vao"), "M 0/0");
    assert_eq!(figures.told("A", "2026-H1", "a.vao"), "A 2 2/2");
    assert_eq!(figures.told("99", "2026", "a.vao"), "A 16622 9/9", "nothing is lost and nothing counts twice");
    assert_eq!(figures.told("99", "2026", "a.dau"), "A 110 3/3");
    assert_eq!(figures.told("99", "2026", "a.cuoi"), "A 122 2/2");
}

#[test]
fn a_merged_unit_is_compared_with_the_sum_of_what_it_was_made_of() {
    let (definitions, returns) = merged();
    let figures = figures(&definitions, returns);
    let change = |place, period| figures.change(place, period, "a.vao", Versus::SamePeriodLastYear).unwrap().change;
    let counts = |now, before, matched, due| {
        Ok(Change { now: Quantity::Whole(now), before: Quantity::Whole(before), matched, due })
    };
    assert_eq!(change("C", "2027-H1"), counts(600, 22, 1, 1));
    assert_eq!(change("C", "2027"), counts(1200, 622, 1, 1));
    assert_eq!(change("99", "2027-H1"), counts(8600, 8022, 2, 2));
    let quarter = |period| figures.change("C", period, "a.vao", Versus::SamePeriodLastYear).unwrap().change;
    assert_eq!(quarter("2027-Q1"), Err(WhyNot::Boundary), "B told nothing of the first quarter alone");
    assert_eq!(change("99", "2027-Q1"), counts(4000, 4000, 1, 2), "over D alone");
}

#[test]
fn where_several_units_became_several_each_has_its_part_and_the_province_has_all() {
    let mut definitions = definitions(&[("A", Quarter), ("B", Half), ("C", Quarter), ("D", Half)]);
    for unit in ["A", "B"] {
        let gone = definitions.units.units.get_mut(unit).unwrap();
        gone.names[0].valid_to = Some(day("2026-06-30"));
        gone.successors = vec!["C".into(), "D".into()];
    }
    for unit in ["C", "D"] {
        definitions.units.units.get_mut(unit).unwrap().names[0].valid_from = day("2026-07-01");
    }
    let owed = crate::definitions::schedule::expected(&definitions);
    let returns = owed.iter().map(|owed| {
        let values = [("a.vao", 5), ("a.dau", 10), ("a.cuoi", 20), ("a.xet", 1)];
        sent(&definitions, owed.unit.as_str(), &owed.period.to_string(), &values)
    });
    let figures = figures(&definitions, returns.collect());
    assert_eq!(figures.told("A", "2026", "a.vao"), "A 10 2/2");
    assert_eq!(figures.told("D", "2026", "a.vao"), "A 5 1/1");
    assert_eq!(figures.told("99", "2026", "a.vao"), "A 30 6/6");
    assert_eq!(figures.told("99", "2026", "a.dau"), "A 20 2/2", "of the two there were at the start");
    assert_eq!(figures.told("99", "2026", "a.cuoi"), "A 40 2/2", "of the two there are at the end");
    assert_eq!(figures.told("D", "2026", "a.cuoi"), "A 20 1/1");
    let change = |place| figures.change(place, "2027", "a.vao", Versus::SamePeriodLastYear).unwrap().change;
    assert_eq!(change("C"), Err(WhyNot::Boundary));
    let whole = Change { now: Quantity::Whole(30), before: Quantity::Whole(30), matched: 2, due: 2 };
    assert_eq!(change("99"), Ok(whole), "all of them together are the same land");
}

#[test]
fn a_year_of_a_division_belongs_to_the_unit_that_was_divided() {
    let mut definitions = definitions(&[("A", Quarter), ("B", Quarter), ("C", Half), ("D", Year)]);
    let gone = definitions.units.units.get_mut("A").unwrap();
    gone.names[0].valid_to = Some(day("2026-06-30"));
    for part in ["B", "C"] {
        let unit = definitions.units.units.get_mut(part).unwrap();
        unit.names[0].valid_from = day("2026-07-01");
        unit.predecessors = vec!["A".into()];
    }
    let owed = crate::definitions::schedule::expected(&definitions);
    let returns = owed.iter().map(|owed| {
        let values = [("a.vao", 5), ("a.dau", 10), ("a.cuoi", 20)];
        sent(&definitions, owed.unit.as_str(), &owed.period.to_string(), &values)
    });
    let figures = figures(&definitions, returns.collect());
    assert_eq!(figures.told("A", "2026", "a.vao"), "A 25 5/5");
    assert_eq!(figures.told("A", "2026", "a.dau"), "A 10 1/1");
    assert_eq!(figures.told("A", "2026", "a.cuoi"), "A 40 2/2");
    assert_eq!(figures.told("B", "2026", "a.vao"), "M 0/0");
    assert_eq!(figures.told("99", "2026", "a.vao"), "A 30 6/6");
    let change = |place, period| {
        figures.change(place, period, "a.vao", Versus::SamePeriodLastYear).map(|comparison| comparison.change)
    };
    assert_eq!(change("B", "2027"), Some(Err(WhyNot::Boundary)), "it was only a part of A");
    let whole = Change { now: Quantity::Whole(35), before: Quantity::Whole(30), matched: 3, due: 3 };
    assert_eq!(change("99", "2027"), Some(Ok(whole)), "B and C together are what A was");
}

#[test]
fn units_rearranged_in_between_are_not_compared() {
    let mut definitions = definitions(&[("00001", Year), ("00002", Year), ("00009", Half)]);
    let gone = definitions.units.units.get_mut("00009").unwrap();
    gone.names[0].valid_to = Some(day("2026-09-30"));
    gone.successors = vec!["00002".into()];
    let years = [("00001", "2026"), ("00001", "2027"), ("00002", "2026"), ("00002", "2027")];
    let returns = years.map(|(unit, year)| sent(&definitions, unit, year, &[("a.vao", 5)]));
    let figures = figures(&definitions, returns.to_vec());
    let change = |place, period| figures.change(place, period, "a.vao", Versus::SamePeriodLastYear).unwrap().change;
    assert!(change("00001", "2027").is_ok());
    assert_eq!(change("00002", "2027"), Err(WhyNot::Boundary), "it took in another unit on 01/10/2026");
    assert_eq!(change("99", "2027").unwrap().matched, 1);
    assert_eq!(change("99", "2026"), Err(WhyNot::Boundary), "the units were made on 01/7/2025");
}

#[test]
fn every_expected_return_has_one_state() {
    let definitions = definitions(&[("00001", Quarter), ("00002", Quarter), ("00003", Quarter)]);
    let mut late = sent(&definitions, "00001", "2026-Q1", &[]);
    late.received = late.received.map(|day| day + Days::new(3));
    let mut first = sent(&definitions, "00001", "2026-Q2", &[]);
    let mut correction = first.clone();
    (first.file, first.standing) = ("a.xlsx".into(), Standing::Superseded { by: "b.xlsx".into() });
    (correction.file, correction.received) = ("b.xlsx".into(), Some(day("2026-08-01")));
    let mut refused = sent(&definitions, "00002", "2026-Q1", &[("a.vao", 5)]);
    refused.outcome = Outcome::Returned;
    let figures = figures_on("2026-08-02", &definitions, vec![late, first, correction, refused]);
    let state = |unit: &str, period: &str| {
        let period = period.parse().unwrap();
        figures.reporting.iter().find(|status| status.unit.as_str() == unit && status.period == period).unwrap()
    };
    assert_eq!(state("00001", "2026-Q1").state, ReturnState::Late(3));
    let corrected = state("00001", "2026-Q2");
    assert_eq!((corrected.state, corrected.versions), (ReturnState::OnTime, 2), "a correction makes nothing late");
    assert_eq!(corrected.file.as_deref(), Some("b.xlsx"));
    assert_eq!(state("00002", "2026-Q1").state, ReturnState::Returned);
    assert_eq!(state("00002", "2026-Q2").state, ReturnState::Missing);
    assert_eq!(state("00003", "2026-Q3").state, ReturnState::NotYetDue);
    assert_eq!(figures.told("00002", "2026-Q1", "a.vao"), "O 0/1", "nothing of a returned file is used");
}

#[test]
fn a_model_keeps_its_history_and_the_dates_once_given() {
    let definitions = definitions(&[("00001", Half)]);
    let model = |step: u8, first: Option<&str>| ModelRow {
        code: "1".into(),
        name: "Chung tay".into(),
        kind: String::new(),
        plan: String::new(),
        launched: None,
        step,
        step_dates: [first.map(day), None, None, None, None],
        members: Some(4),
        evaluation: String::new(),
        ranking: String::new(),
        row: 9,
    };
    let mut returns = ["2026-H1", "2026-H2"].map(|half| sent(&definitions, "00001", half, &[])).to_vec();
    returns[0].models = vec![model(1, Some("2026-02-03"))];
    returns[1].models = vec![model(3, None)];
    returns.reverse();
    let figures = figures(&definitions, returns);
    let [model] = figures.models.as_slice() else { panic!("one model") };
    assert_eq!(model.history.iter().map(|state| state.step).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(model.step_dates[0], Some(day("2026-02-03")));
}

#[test]
fn a_site_without_units_has_no_figures() {
    let figures = figures(&definitions(&[]), vec![]);
    assert!(figures.cube.cells().iter().all(|figure| figure.value.is_none()));
    assert_eq!(figures.current, "2026-Q1".parse().unwrap());
}

#[test]
fn the_catalogue_lists_rows_then_classes_then_ratios_theme_by_theme() {
    let codes: Vec<String> = measures(&definitions(&[])).iter().map(|info| info.code.to_string()).collect();
    let people = ["a.dau", "a.vao", "a.cuoi", "a.gap", "a.xet", "a.dieu_chinh", "a.tl_vao", "a.tl_gap", "a.tl_xet"];
    let others = ["b.hang", "b.hang.y", "b.hang.k", "b.hang.xs", "c.hoi"];
    assert_eq!(codes, [&people[..], &others[..]].concat());
}

#[test]
fn the_sample_definitions_give_every_measure_its_figures() {
    let input = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let (definitions, _) = crate::definitions::load(&input).unwrap();
    let catalogue = measures(&definitions);
    let codes: BTreeSet<_> = catalogue.iter().map(|info| &info.code).collect();
    assert_eq!(codes.len(), catalogue.len(), "no two measures have one code");
    assert!(codes.contains(&MeasureCode::from("bv.phan_loai_xa.xs")));
    assert!(definitions.site.headlines.iter().all(|code| codes.contains(code)));

    // Every return that is due comes, and says 1 in every row.
    let rows: Vec<(&str, i64)> =
        definitions.forms.iter().flat_map(|f| f.rows()).map(|r| (r.code.as_str(), 1)).collect();
    let owed = crate::definitions::schedule::expected(&definitions);
    let returns = owed.iter().map(|owed| {
        let mut sent = sent(&definitions, owed.unit.as_str(), &owed.period.to_string(), &rows);
        sent.form_version = definitions.forms[definitions.forms.len() - 1].version.clone();
        sent
    });
    let figures = figures_on("2031-01-20", &definitions, returns.collect());
    assert_eq!(figures.reporting.len(), 195);
    assert_eq!(figures.current.to_string(), "2030");
    assert_eq!(figures.told("99", "2026", "thn.tiep_nhan"), "A 39 39/39", "8 × 4 quarters, 3 × 2 halves, 1 year");
    assert_eq!(figures.told("99", "2026-Q1", "thn.tiep_nhan"), "A 8 8/8");
    assert_eq!(figures.told("99", "2026-2030", "thn.quan_ly_cuoi_ky"), "A 12 12/12");
    assert_eq!(figures.told("99", "2028", "bv.phan_loai_xa.y"), "A 12 12/12", "1 is the lowest class");
    assert_eq!(figures.told("group:mien_nui", "2029", "bv.tl_an_toan"), "A 8:8 4/4");
    let silent = catalogue.iter().filter(|info| {
        let figure = figures.at("99", "2030", info.code.as_str());
        info.additive && figure.value.is_none() && info.across_time != Some(AcrossTime::None)
    });
    assert_eq!(silent.map(|info| info.code.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}

/// What one unit reports in one return: the rows it fills, or nothing.
type Filled = Option<[Option<i64>; 4]>;

fn panels() -> impl Strategy<Value = Vec<(PeriodKind, Vec<Filled>)>> {
    let rhythm = prop_oneof![3 => Just(Quarter), 1 => Just(Half), 1 => Just(Year)];
    let row = proptest::option::weighted(0.9, 0..60i64);
    let filled = proptest::option::weighted(0.8, [row.clone(), row.clone(), row.clone(), row]);
    proptest::collection::vec((rhythm, proptest::collection::vec(filled, 8)), 1..6)
}

const CODES: [&str; 5] = ["00001", "00002", "00003", "00004", "00005"];

fn made(panel: &[(PeriodKind, Vec<Filled>)]) -> (crate::definitions::Definitions, Vec<Return>) {
    let units: Vec<(&str, PeriodKind)> = CODES.iter().zip(panel).map(|(code, (rhythm, _))| (*code, *rhythm)).collect();
    let definitions = definitions(&units);
    let owed = crate::definitions::schedule::expected(&definitions);
    let mut returns = Vec::new();
    for (code, (_, filled)) in CODES.iter().zip(panel) {
        let periods = owed.iter().filter(|owed| owed.unit.as_str() == *code);
        for (owed, filled) in periods.zip(filled) {
            let Some(filled) = filled else { continue };
            let rows = ["a.dau", "a.vao", "a.cuoi", "a.gap"].into_iter().zip(filled);
            let values: Vec<(&str, i64)> = rows.filter_map(|(code, value)| Some((code, (*value)?))).collect();
            returns.push(sent(&definitions, code, &owed.period.to_string(), &values));
        }
    }
    (definitions, returns)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_province_is_the_sum_of_its_units(panel in panels()) {
        let (definitions, returns) = made(&panel);
        let figures = figures(&definitions, returns);
        let axes = figures.cube.axes().clone();
        let units: Vec<usize> = definitions.units.units.keys()
            .map(|unit| axes.area_position(&area(unit.as_str())).unwrap())
            .collect();
        let catalogue = measures(&definitions);
        for period in 0..axes.periods().len() {
            for measure in (0..catalogue.len()).filter(|at| catalogue[*at].additive) {
                let whole = figures.cube.cell(0, period, measure);
                let parts = units.iter().map(|unit| figures.cube.cell(*unit, period, measure));
                let (mut value, mut below, mut reported, mut due) = (0, 0, 0, 0);
                for part in parts {
                    value += part.whole().or(part.ratio().map(|ratio| ratio.0)).unwrap_or(0);
                    below += part.ratio().map_or(0, |ratio| ratio.1);
                    reported += part.reported;
                    due += part.due;
                }
                prop_assert_eq!((whole.reported, whole.due), (reported, due));
                prop_assert_eq!(whole.whole().or(whole.ratio().map(|r| r.0)).unwrap_or(0), value);
                prop_assert_eq!(whole.ratio().map_or(0, |r| r.1), below);
            }
        }
    }

    #[test]
    fn the_order_of_returns_does_not_matter(panel in panels(), seed in 0..1000usize) {
        let (definitions, mut returns) = made(&panel);
        let one = figures(&definitions, returns.clone());
        let turn = seed % returns.len().max(1);
        returns.rotate_left(turn);
        returns.reverse();
        let other = figures(&definitions, returns);
        prop_assert_eq!(one.cube.cells(), other.cube.cells());
        prop_assert_eq!(one.comparisons, other.comparisons);
        prop_assert_eq!(one.reporting, other.reporting);
    }

    #[test]
    fn the_quarters_of_a_quarterly_reporter_add_up_to_the_year(panel in panels()) {
        let (definitions, returns) = made(&panel);
        let figures = figures(&definitions, returns);
        for (code, (rhythm, _)) in CODES.iter().zip(&panel) {
            if *rhythm != Quarter {
                continue;
            }
            let year = figures.at(code, "2026", "a.vao");
            let quarters = QUARTERS.map(|quarter| figures.at(code, quarter, "a.vao"));
            prop_assert_eq!(year.whole().unwrap_or(0), quarters.iter().filter_map(|q| q.whole()).sum::<i64>());
            prop_assert_eq!(year.reported, quarters.iter().map(|q| q.reported).sum::<u32>());
            prop_assert_eq!(year.due, 4);
        }
    }
}
