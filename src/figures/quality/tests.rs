//! Quality on small hand-made returns.

use super::*;
use crate::figures::sample::{area, definitions, figures, sent};
use crate::figures::{Figures, ReturnState};
use crate::intake::Return;
use crate::vocabulary::PeriodKind;

fn told(figures: &Figures, place: &str, period: &str, metric: Metric) -> Option<(i64, i64, Option<Mark>)> {
    let line = figures.quality.get(&area(place), period.parse().unwrap(), metric)?;
    Some((line.part, line.whole, line.mark))
}

fn quarters(values: &[i64]) -> Vec<Return> {
    let definitions = definitions(&[("99001", PeriodKind::Quarter)]);
    let periods = (0..).map(|at| Period::quarter(2026 + at / 4, (at % 4 + 1) as u8).to_string());
    let sent = |(period, value): (String, &i64)| sent(&definitions, "99001", &period, &[("a.vao", *value)]);
    periods.zip(values).map(sent).collect()
}

fn of_quarters(values: &[i64]) -> Figures {
    figures(&definitions(&[("99001", PeriodKind::Quarter)]), quarters(values))
}

#[test]
fn completeness_is_marked_good_from_95_fair_from_90_and_short_below() {
    let policy = QualityPolicy::default();
    let mark = |part, whole| Metric::Returns.mark(part, whole, &policy).unwrap();
    assert_eq!([mark(19, 20), mark(18, 20), mark(89, 100)], [Mark::Good, Mark::Fair, Mark::Short]);
    assert_eq!(Metric::OnTime.mark(9, 10, &policy), Some(Mark::Fair));
    assert_eq!(Metric::Internal.mark(1, 100, &policy), Some(Mark::Short));
    assert_eq!(Metric::Outlier.mark(1, 100, &policy), None);
}

#[test]
fn returns_are_counted_over_every_period_that_contains_them() {
    let units = definitions(&[("99001", PeriodKind::Quarter), ("99002", PeriodKind::Half)]);
    let figures = figures(&units, vec![sent(&units, "99001", "2026-Q1", &[]), sent(&units, "99002", "2026-H1", &[])]);
    assert_eq!(told(&figures, "99001", "2026-Q1", Metric::Returns), Some((1, 1, Some(Mark::Good))));
    assert_eq!(told(&figures, "99001", "2026", Metric::Returns), Some((1, 4, Some(Mark::Short))));
    // The half holds two quarters and one half-yearly return.
    assert_eq!(told(&figures, "99", "2026-H1", Metric::Returns), Some((2, 3, Some(Mark::Short))));
}

#[test]
fn lateness_is_the_median_of_the_late_and_says_nothing_of_those_on_time() {
    let mut returns = quarters(&[1, 1, 1]);
    for (ret, days) in returns.iter_mut().zip([0, 3, 8]) {
        ret.received = ret.received.map(|day| day + chrono::Days::new(days));
    }
    let figures = figures(&definitions(&[("99001", PeriodKind::Quarter)]), returns);
    assert_eq!(figures.reporting[1].state, ReturnState::Late(3));
    assert_eq!(told(&figures, "99001", "2026", Metric::Lateness), Some((11, 2, None)));
    assert_eq!(told(&figures, "99001", "2026", Metric::OnTime), Some((1, 3, Some(Mark::Short))));
}

#[test]
fn the_published_outlier_is_asked_about_and_listed_and_the_quiet_one_is_not() {
    let loud = of_quarters(&[1, 0, 2, 1, 12]);
    let about = About::Outlier { item: "a.vao".into(), now: 12, before: vec![1, 0, 2, 1], listed: true };
    assert_eq!(loud.quality.asks, [Ask { unit: "99001".into(), period: Period::quarter(2027, 1), about }]);
    assert!(of_quarters(&[1, 0, 2, 1, 3]).quality.asks.is_empty());
    assert!(of_quarters(&[1, 0, 12]).quality.asks.is_empty(), "two earlier returns are no history");
}

#[test]
fn large_values_are_held_against_the_mean_of_the_returns_before() {
    let shift = |now| of_quarters(&[30, 30, 30, now]).quality.asks.len();
    assert_eq!([shift(45), shift(46), shift(21), shift(20)], [0, 1, 0, 1]);
    assert_eq!(told(&of_quarters(&[30, 30, 30, 46]), "99001", "2026-Q4", Metric::OverTime), Some((1, 1, None)));
}

#[test]
fn a_return_that_repeats_few_values_is_not_called_a_copy() {
    let figures = of_quarters(&[7, 7]);
    assert_eq!(told(&figures, "99001", "2026-Q2", Metric::Copied), Some((0, 1, None)));
    assert_eq!(told(&figures, "99001", "2026-Q1", Metric::Copied), None, "nothing came before");
}

#[test]
fn a_year_of_silence_is_doubted_where_others_have_events_and_not_where_nobody_has() {
    let asked = |of_others: i64| {
        let mut units = definitions(&[("99001", PeriodKind::Quarter), ("99002", PeriodKind::Quarter)]);
        units.site.quality.managed = "a.cuoi".into();
        let mut returns = Vec::new();
        for quarter in ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"] {
            returns.push(sent(&units, "99001", quarter, &[("a.vao", 0), ("a.gap", 0), ("a.cuoi", 30)]));
            returns.push(sent(&units, "99002", quarter, &[("a.vao", of_others), ("a.gap", 0), ("a.cuoi", 30)]));
        }
        let figures = figures(&units, returns);
        assert_eq!(told(&figures, "99001", "2026-Q3", Metric::Silent), None, "three quarters are no year");
        figures.quality.asks.iter().any(|ask| matches!(ask.about, About::Silent { quarters: 4, managed: 30 }))
    };
    // Half of the events of both: 2 a quarter make 8 expected, e^−8 = 0.0003; 1 makes 4, e^−4 = 0.018.
    assert!(asked(4));
    assert!(!asked(2) && !asked(0));
}

#[test]
fn round_digits_are_noted_over_the_whole_history_only() {
    let definitions = definitions(&[("99001", PeriodKind::Quarter)]);
    let rows = ["a.vao", "a.gap", "a.xet"];
    let every = |values: [i64; 3]| {
        let quarters = (0..8).map(|at| Period::quarter(2026 + at / 4, (at % 4 + 1) as u8).to_string());
        let values: Vec<(&str, i64)> = rows.into_iter().zip(values).collect();
        quarters.map(|period| sent(&definitions, "99001", &period, &values)).collect::<Vec<_>>()
    };
    let digits = |returns| {
        let mut definitions = definitions.clone();
        definitions.site.quality.digits = 20;
        let about = figures(&definitions, returns).quality.asks.clone().into_iter().map(|ask| ask.about);
        about.filter(|about| matches!(about, About::Digits { .. })).collect::<Vec<_>>()
    };
    assert_eq!(digits(every([20, 35, 50])), [About::Digits { round: 24, of: 24 }]);
    assert!(digits(every([21, 37, 50])).is_empty());
    assert!(digits(every([5, 0, 5])).is_empty(), "values of one digit say nothing");
}

#[test]
fn the_public_edition_has_completeness_and_timeliness_alone() {
    let public = of_quarters(&[1, 0, 2, 1, 12]).quality.public();
    assert!(public.asks.is_empty() && !public.lines.is_empty());
    assert!(public.lines.iter().all(|line| line.metric <= Metric::Lateness));
}

#[test]
fn every_metric_has_its_own_code() {
    let codes: std::collections::BTreeSet<&str> = Metric::ALL.iter().map(|metric| metric.code()).collect();
    assert_eq!(codes.len(), Metric::ALL.len());
    assert!(Metric::ALL.is_sorted());
}
