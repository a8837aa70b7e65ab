//! The statistics hold to published values; `published/README.md` says where each is from.

mod support;

use serde_json::Value;
use support::{close, number, rows, text};
use tongket::statistics::change::mid_p;
use tongket::statistics::control::{Signal, poisson, xmr};
use tongket::statistics::funnel::{
    Stance, count_band, count_limits, of_count, of_count_among_unlike, of_proportion, proportion_limits,
};
use tongket::statistics::interval::{Confidence, byar, count, difference, wilson};
use tongket::statistics::shrink::marshall;
use tongket::statistics::trend::{chi_square_p, cochran_armitage, mann_kendall, seasonal_mann_kendall, theil_sen};

const BOTH: [(Confidence, &str, &str); 2] =
    [(Confidence::P95, "lower95_0cl", "upper95_0cl"), (Confidence::P998, "lower99_8cl", "upper99_8cl")];

fn confidence(row: &support::Row) -> Confidence {
    match row["confidence"].as_str() {
        "95%" => Confidence::P95,
        "99.8%" => Confidence::P998,
        other => panic!("a confidence of {other}"),
    }
}

#[test]
fn limits_of_proportions_and_counts_agree_with_every_published_row() {
    let rows = rows("wilson_byar.csv");
    assert_eq!(rows.len(), 13);
    for row in &rows {
        let x = number(row, "x").unwrap();
        let (lower, upper) = match row["method"].as_str() {
            "Wilson" => wilson(x, number(row, "n").unwrap(), confidence(row)),
            _ => byar(x, confidence(row)),
        };
        if row["method"] == "Byars" && x >= 10.0 {
            assert_eq!(count(x, confidence(row)), (lower, upper));
        }
        // A negative lower limit is published as not available.
        match number(row, "lowercl") {
            Some(published) => close(lower, published),
            None => assert!(lower < 0.0),
        }
        close(upper, number(row, "uppercl").unwrap());
    }
}

#[test]
fn proportions_agree_with_every_published_row() {
    let (mut told, mut untold) = (0, 0);
    for row in rows("proportion.csv") {
        let (Some(x), Some(n)) = (number(&row, "Numerator"), number(&row, "Denominator")) else {
            assert_eq!(number(&row, "lower95_0cl"), None);
            untold += 1;
            continue;
        };
        let multiplier = number(&row, "multiplier").unwrap();
        for (confidence, lower, upper) in BOTH {
            let limits = wilson(x, n, confidence);
            close(limits.0 * multiplier, number(&row, lower).unwrap());
            close(limits.1 * multiplier, number(&row, upper).unwrap());
        }
        told += 1;
    }
    assert_eq!((told, untold), (16, 3));
}

#[test]
fn proportions_of_small_counts_agree_with_every_published_row() {
    let rows = rows("package_proportion_small_counts.csv");
    for row in &rows {
        let limits = wilson(number(row, "x").unwrap(), number(row, "n").unwrap(), confidence(row));
        close(limits.0 * 100.0, number(row, "lowercl").unwrap());
        close(limits.1 * 100.0, number(row, "uppercl").unwrap());
    }
    assert_eq!(rows.len(), 62);
}

#[test]
fn rates_agree_with_every_published_row() {
    let mut told = 0;
    for (file, x, n) in [("rate.csv", "Numerator", "Denominator"), ("package_rate_small_counts.csv", "x", "n")] {
        for row in rows(file) {
            let (Some(x), Some(n)) = (number(&row, x), number(&row, n)) else { continue };
            let scale = number(&row, "multiplier").unwrap_or(100_000.0) / n;
            for (confidence, lower, upper) in BOTH {
                let limits = count(x, confidence);
                close(limits.0 * scale, number(&row, lower).unwrap());
                close(limits.1 * scale, number(&row, upper).unwrap());
            }
            told += 1;
        }
    }
    assert_eq!(told, 17 + 62);
}

fn flag(stance: Stance) -> &'static str {
    match stance {
        Stance::High => "High (0.001)",
        Stance::PerhapsHigh => "High (0.025)",
        Stance::Alike => "Not significant",
        Stance::PerhapsLow => "Low (0.025)",
        Stance::Low => "Low (0.001)",
    }
}

#[test]
fn funnels_of_proportions_flag_the_published_areas() {
    for (file, x, n, areas) in [
        ("funnel_prop_inputs_flags.csv", "numerator", "denominator", 303),
        ("package_funnel_prop_small.csv", "num", "den", 40),
    ] {
        let rows = rows(file);
        assert_eq!(rows.len(), areas, "{file}");
        let sum = |name| rows.iter().map(|row| number(row, name).unwrap()).sum::<f64>();
        let level = sum(x) / sum(n);
        for row in &rows {
            let stance = of_proportion(number(row, x).unwrap(), number(row, n).unwrap(), level);
            assert_eq!(flag(stance), row["significance"], "{file} {row:?}");
        }
    }
}

#[test]
fn funnels_of_counts_flag_the_published_areas() {
    for (file, areas) in [("funnel_ratio_inputs_flags.csv", 300), ("package_funnel_ratio_small.csv", 14)] {
        assert_eq!(rows(file).len(), areas, "{file}");
        for row in rows(file) {
            let stance = of_count(number(&row, "obs").unwrap(), number(&row, "expected").unwrap());
            assert_eq!(flag(stance), row["significance"], "{file} {row:?}");
        }
    }
    let rows = rows("funnel_crude_rate_inputs_flags.csv");
    assert_eq!(rows.len(), 40);
    let sum = |name| rows.iter().map(|row| number(row, name).unwrap_or(0.0)).sum::<f64>();
    let level = sum("count") / sum("pop");
    for row in &rows {
        let stance = of_count(number(row, "count").unwrap_or(0.0), number(row, "pop").unwrap() * level);
        assert_eq!(flag(stance), row["crude_per_100000_with_0"], "{row:?}");
    }
}

#[test]
fn funnel_limits_agree_with_every_published_point() {
    let rows = rows("funnel_prop_limits.csv");
    assert_eq!(rows.len(), 100);
    for row in &rows {
        let n = number(row, "Population").unwrap();
        let level = number(row, "Baseline").unwrap() / 100.0;
        for (confidence, lower, upper) in [
            (Confidence::P95, "Lower2s0025limit", "Upper2s0025limit"),
            (Confidence::P998, "Lower3s0001limit", "Upper3s0001limit"),
        ] {
            let limits = proportion_limits(n, level, confidence);
            assert!((limits.0 * 100.0 - number(row, lower).unwrap()).abs() < 1e-5, "{row:?}");
            assert!((limits.1 * 100.0 - number(row, upper).unwrap()).abs() < 1e-5, "{row:?}");
        }
    }
    assert_eq!(support::rows("funnel_ratio_limits.csv").len(), 100);
    for row in support::rows("funnel_ratio_limits.csv") {
        let observed = number(&row, "Observed_events").unwrap();
        for (confidence, sigma) in [(Confidence::P95, "2s"), (Confidence::P998, "3s")] {
            let limits = count_limits(observed, confidence);
            // Published with ten figures, found by search to about six places.
            for (ours, end) in [(limits.1, "lower"), (limits.0, "upper")] {
                let published = number(&row, &format!("{end}_{sigma}_exp_events")).unwrap();
                assert!((ours - published).abs() < 1e-6 * published.max(1.0), "{observed} {end} {sigma}: {ours}");
            }
        }
    }
}

#[test]
fn a_spread_between_areas_widens_the_funnel() {
    assert_eq!(of_count(30.0, 12.0), Stance::High);
    assert_eq!(of_count_among_unlike(30, 12.0, 0.0), Stance::High);
    assert_eq!(of_count_among_unlike(30, 12.0, 0.25), Stance::PerhapsHigh);
    assert_eq!(of_count_among_unlike(0, 8.0, 0.0), Stance::Low);
    assert_eq!(of_count_among_unlike(0, 8.0, 0.25), Stance::PerhapsLow);
}

#[test]
fn the_smallest_change_that_counts_is_the_published_one() {
    let rises = [(0, 5), (1, 7), (2, 9), (3, 11), (5, 14), (8, 19), (10, 22), (20, 35), (50, 72), (100, 130)];
    let falls = [(5, 0), (8, 1), (10, 2), (20, 9), (50, 32), (100, 74)];
    for (before, now) in rises {
        assert!(mid_p(now, before, (1.0, 1.0)) < 0.05, "{before} → {now}");
        assert!(mid_p(now - 1, before, (1.0, 1.0)) >= 0.05, "{before} → {}", now - 1);
    }
    for (before, now) in falls {
        assert!(mid_p(now, before, (1.0, 1.0)) < 0.05, "{before} → {now}");
        assert!(mid_p(now + 1, before, (1.0, 1.0)) >= 0.05, "{before} → {}", now + 1);
    }
    assert!((0..=4).all(|before| mid_p(0, before, (1.0, 1.0)) >= 0.05));
    assert_eq!(mid_p(0, 0, (1.0, 1.0)), 1.0);
    // Twice the time and twice the events are no change.
    assert!(mid_p(20, 10, (2.0, 1.0)) > 0.9);
}

#[test]
fn a_difference_of_proportions_agrees_with_the_published_interval() {
    // Newcombe 1998, table II, method 10: 56/70 against 48/80.
    let (lower, upper) = difference((56.0, 70.0), (48.0, 80.0), Confidence::P95);
    assert!((lower - 0.0524).abs() < 5e-5 && (upper - 0.3339).abs() < 5e-5, "{lower} {upper}");
}

#[test]
fn mann_kendall_agrees_with_the_published_examples() {
    let published: Value = serde_json::from_str(&text("trend_published.json")).unwrap();
    let example = &published["mann_kendall"][0];
    let y: Vec<f64> = example["y"].as_array().unwrap().iter().map(|y| y.as_f64().unwrap()).collect();
    let test = mann_kendall(&y).unwrap();
    assert_eq!(test.s, example["S"].as_i64().unwrap());
    assert!((test.variance - example["var_s"].as_f64().unwrap()).abs() < 5e-3);
    assert!((test.z - example["z"].as_f64().unwrap()).abs() < 5e-4);
    let rising: Vec<f64> = (0..360).map(f64::from).collect();
    assert_eq!(mann_kendall(&rising).unwrap().s, published["mann_kendall"][1]["S"].as_i64().unwrap());

    // One-sided 95 % and 99 % of the table are two-sided 10 % and 2 %.
    let table = published["mann_kendall_small_critical"]["table"].as_object().unwrap();
    assert_eq!(table.len(), 7);
    for (n, scores) in table {
        for (score, two_sided) in [(&scores[1], 0.1), (&scores[2], 0.02)] {
            let Some(score) = score.as_i64() else { continue };
            let n: usize = n.parse().unwrap();
            assert!(p_of(n, score) <= two_sided, "{n} {score}");
            assert!(p_of(n, score - 2) > two_sided, "{n} {score}");
        }
    }
    assert!((p_of(4, 6) - 0.0833).abs() < 1e-4 && (p_of(5, 10) - 0.0167).abs() < 1e-4);
}

/// The exact p of a series of `n` different values whose score is `score`: values are moved forward until it is.
fn p_of(n: usize, score: i64) -> f64 {
    let mut values: Vec<f64> = (0..n).map(|at| at as f64).collect();
    let most = (n * (n - 1) / 2) as i64;
    let mut inversions = (most - score) / 2;
    for at in 0..n {
        let step = inversions.min((n - 1 - at) as i64);
        values[at..=at + step as usize].rotate_right(1);
        inversions -= step;
    }
    let test = mann_kendall(&values).unwrap();
    assert_eq!(test.s, score);
    test.p
}

#[test]
fn a_season_does_not_make_a_trend() {
    // Every second quarter is high, and nothing rises.
    let years =
        [vec![3.0, 4.0, 3.0, 4.0], vec![9.0, 8.0, 9.0, 8.0], vec![3.0, 3.0, 4.0, 4.0], vec![9.0, 9.0, 8.0, 8.0]];
    assert_eq!(seasonal_mann_kendall(&years).unwrap().s, 0);
    assert!(seasonal_mann_kendall(&years).unwrap().p > 0.5);
    let rising = [vec![1.0, 2.0, 3.0, 4.0], vec![9.0, 10.0, 11.0, 12.0]];
    assert!(seasonal_mann_kendall(&rising).unwrap().p < 0.01);
}

#[test]
fn theil_sen_is_not_moved_by_one_wild_value_nor_by_a_gap() {
    let line = theil_sen(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0), (3.0, 100.0), (5.0, 11.0), (6.0, 13.0)]).unwrap();
    assert!((line.slope - 2.0).abs() < 1e-9, "{line:?}");
    assert_eq!(theil_sen(&[(0.0, 1.0)]), None);
}

#[test]
fn cochran_armitage_agrees_with_the_published_example() {
    let published: Value = serde_json::from_str(&text("trend_published.json")).unwrap();
    let example = &published["cochran_armitage"][0];
    let list = |name: &str| example[name].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect::<Vec<_>>();
    let years: Vec<(f64, f64)> = list("x").into_iter().zip(list("n")).collect();
    let chi2 = cochran_armitage(&years).unwrap();
    assert!((chi2 - example["chi2_by_oracle"].as_f64().unwrap()).abs() < 5e-4, "{chi2}");
}

#[test]
fn control_charts_agree_with_every_published_series() {
    let published: Value = serde_json::from_str(&text("nhs_spc.json")).unwrap();
    let series = published.as_array().unwrap();
    assert_eq!(series.len(), 16);
    for one in series {
        let y: Vec<f64> = one["y"].as_array().unwrap().iter().map(|y| y.as_f64().unwrap()).collect();
        let chart = xmr(&y, one["screen_outliers"].as_bool().unwrap()).unwrap();
        for (ours, theirs) in [(chart.mean, "mean"), (chart.lower, "lpl"), (chart.upper, "upl")] {
            assert!((ours - one[theirs].as_f64().unwrap()).abs() < 1e-9, "{} {theirs}", one["series"]);
        }
        let signals: Vec<&str> = chart.signals.iter().map(|signal| point_type(*signal)).collect();
        let expected: Vec<&str> = one["type"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
        assert_eq!(signals, expected, "{} {}", one["series"], one["screen_outliers"]);
    }
}

fn point_type(signal: Signal) -> &'static str {
    match signal {
        Signal::Ordinary => "Common Cause",
        Signal::Above => "Above UCL",
        Signal::Below => "Below LCL",
        Signal::Rising => "7 Point Trend (Increasing)",
        Signal::Falling => "7 Point Trend (Decreasing)",
        Signal::NearUpper => "2 in 3 Above CL",
        Signal::NearLower => "2 in 3 Below CL",
        Signal::HighRun => "7 Points Above CL",
        Signal::LowRun => "7 Points Below CL",
    }
}

#[test]
fn shrinkage_agrees_with_the_published_estimate() {
    let published: Value = serde_json::from_str(&text("eb_marshall_spdep.json")).unwrap();
    let list = |name: &str| published[name].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect::<Vec<_>>();
    let areas: Vec<(f64, f64)> = list("x").into_iter().zip(list("n")).collect();
    let shrunken = marshall(&areas).unwrap();
    close(shrunken.mean, published["b"].as_f64().unwrap());
    close(shrunken.variance, published["a"].as_f64().unwrap());
    for (ours, theirs) in shrunken.rates.iter().zip(list("estmm")) {
        close(*ours, theirs);
    }
    assert_eq!(marshall(&[(0.0, 0.0)]), None);
}

#[test]
fn the_drawn_funnel_is_where_the_flags_turn() {
    for expected in [5.0, 12.0, 40.0, 200.0] {
        for spread in [0.0, 0.04, 0.25] {
            for (confidence, beyond) in [(Confidence::P998, Stance::High), (Confidence::P95, Stance::PerhapsHigh)] {
                let (low, high) = count_band(expected, spread, confidence);
                assert!(low < expected && expected < high, "{expected} {spread}");
                // Within two events, for flags of small counts follow Byar where the band is exact.
                let flagged = of_count_among_unlike(high.ceil() as u64 + 2, expected, spread);
                assert!(flagged <= beyond, "{expected} {spread} {high}: {flagged:?}");
                let free = of_count_among_unlike((high.floor() as u64).saturating_sub(2), expected, spread);
                assert!(
                    free > beyond || free == Stance::PerhapsHigh && beyond == Stance::High,
                    "{expected} {spread} {high}"
                );
            }
        }
    }
}

#[test]
fn exact_limits_of_small_counts_leave_one_in_a_thousand_outside() {
    // Poisson tables: with mean 1 a count of 6 or more has a chance of 0.0006, of 5 or more 0.0037.
    let chart = poisson(&[1.0, 0.0, 2.0, 1.0, 1.0, 1.0, 0.0, 2.0]).unwrap();
    assert_eq!((chart.mean, chart.lower, chart.upper), (1.0, 0.0, 5.0));
    assert_eq!(poisson(&[0.0; 8]), None);
}

#[test]
fn a_chi_square_has_its_p() {
    // 3.841 and 6.635 are the 5 % and 1 % points with one degree of freedom.
    assert!((chi_square_p(3.841_458_8) - 0.05).abs() < 1e-6 && (chi_square_p(6.634_896_6) - 0.01).abs() < 1e-6);
}
