//! The attack finds in published tables what their authors found; `published/README.md` says where each is from.

use std::collections::BTreeMap;

use serde_json::Value;
use tongket::release::attack::{Cell, Interval, Relation, System, interval, recovered, recovered_modulo};

/// Amounts are published with two decimals.
const CENTS: f64 = 100.0;

struct Case {
    name: String,
    system: System,
    scale: f64,
    at: BTreeMap<String, usize>,
    sensitive: Vec<String>,
    expect: Value,
}

fn cases() -> Vec<Case> {
    let files = [
        ("1_handbook_sdctable_tauargus", 1.0),
        ("2_gauss_small_counts", 1.0),
        ("3_gauss_linked", 1.0),
        ("4_tauargus_simple2d", CENTS),
    ];
    files.iter().flat_map(|(file, scale)| read(file, *scale)).collect()
}

fn read(file: &str, scale: f64) -> Vec<Case> {
    let path = format!("{}/tests/attack/published/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let published: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    published["cases"].as_array().unwrap().iter().map(|case| one(case, scale)).collect()
}

fn one(case: &Value, scale: f64) -> Case {
    let whole = |value: &Value| value.as_f64().map(|value| (value * scale).round() as i64);
    let list = |name: &str| case["problem"][name].as_array().unwrap();
    let id = |cell: &Value| cell["id"].as_str().unwrap().to_owned();
    let at: BTreeMap<String, usize> = list("cells").iter().map(id).zip(0..).collect();
    let cells = list("cells")
        .iter()
        .map(|cell| Cell { printed: whole(&cell["value"]), least: Some(whole(&cell["lb"]).unwrap_or(0)) });
    let relations = list("relations").iter().map(|relation| Relation {
        terms: relation["coef"].as_object().unwrap().iter().map(|(id, c)| (at[id], c.as_i64().unwrap())).collect(),
        constant: whole(&relation["rhs"]).unwrap_or(0),
    });
    Case {
        name: case["name"].as_str().unwrap().to_owned(),
        system: System { cells: cells.collect(), relations: relations.collect() },
        scale,
        sensitive: list("cells").iter().filter(|cell| cell["sensitive"] == true).map(id).collect(),
        expect: case["expect"].clone(),
        at,
    }
}

#[test]
fn every_published_interval_is_found() {
    let mut found = 0;
    for case in cases() {
        for list in ["integer_interval", "published_interval", "package_interval", "interval_by_oracle"] {
            for (id, bounds) in case.expect[list].as_object().into_iter().flatten() {
                let bound = |at: usize| bounds[at].as_f64().map(|bound| (bound * case.scale).round() as i64);
                let expected = Interval { lower: bound(0), upper: bound(1) };
                assert_eq!(interval(&case.system, case.at[id]), expected, "{}: {id}", case.name);
                found += 1;
            }
        }
    }
    assert_eq!(found, 134);
}

#[test]
fn every_figure_that_can_be_worked_out_is_and_no_other_sensitive_one() {
    let (mut open, mut closed) = (0, 0);
    for case in cases() {
        let exact = case.expect["exact"].as_object().unwrap();
        for id in &case.sensitive {
            let interval = interval(&case.system, case.at[id]);
            match exact.get(id) {
                Some(value) => {
                    assert_eq!(interval.lower, value.as_i64(), "{}: {id}", case.name);
                    assert_eq!(interval.upper, value.as_i64(), "{}: {id}", case.name);
                    open += 1;
                }
                None => {
                    assert_ne!(interval.lower, interval.upper, "{}: {id}", case.name);
                    closed += 1;
                }
            }
        }
        assert_eq!(exact.is_empty(), case.expect["safe_against_exact"] == true, "{}", case.name);
    }
    assert_eq!((open, closed), (20, 86));
}

#[test]
fn linear_algebra_finds_nothing_that_the_bounds_do_not_and_all_that_needs_no_bound() {
    let mut found = 0;
    for case in cases() {
        for (cell, value) in recovered(&case.system).unwrap() {
            assert_eq!(interval(&case.system, cell), Interval { lower: Some(value), upper: Some(value) });
            found += usize::from(case.sensitive.iter().any(|id| case.at[id] == cell));
        }
    }
    // The rest of what can be worked out needs that no count is negative, or none is zero.
    assert_eq!(found, 14);
}

#[test]
fn a_table_that_does_not_add_up_is_noticed() {
    let cell = |printed| Cell { printed, least: Some(0) };
    let relation = Relation { terms: vec![(0, 1), (1, 1), (2, -1)], constant: 0 };
    let mut system = System { cells: vec![cell(Some(3)), cell(Some(4)), cell(Some(7))], relations: vec![relation] };
    assert_eq!(recovered(&system), Ok(BTreeMap::new()));
    system.cells[2].printed = Some(8);
    assert!(recovered(&system).is_err());
    system.cells[1].printed = None;
    assert_eq!(recovered(&system), Ok(BTreeMap::from([(1, 5)])));
}

#[test]
fn another_prime_recovers_the_same_cells() {
    for case in cases() {
        let found = |cells: BTreeMap<usize, i64>| cells.into_keys().collect::<Vec<_>>();
        let one = recovered(&case.system).map(found);
        let other = recovered_modulo::<31>(&case.system).map(found);
        assert_eq!(one, other, "{}", case.name);
    }
}
