//! The public edition of the sample, attacked from its own files: what `relations.csv` tells, applied to `facts.csv`.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use support::{files, place, said, sample, tongket};

const THRESHOLD: i64 = 5;

type Key = (String, String, String);

/// Values by area, period and measure; `None` where nothing is printed, and the cells that are suppressed.
fn facts(site: &Path) -> (BTreeMap<Key, i64>, BTreeSet<Key>) {
    let (mut values, mut suppressed) = (BTreeMap::new(), BTreeSet::new());
    let mut reader = csv::Reader::from_path(site.join("data/facts.csv")).unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        let key = (row[0].to_owned(), row[1].to_owned(), row[2].to_owned());
        if &row[6] == "Q" {
            suppressed.insert(key);
        } else if let Ok(value) = row[3].parse() {
            // Ratios have a decimal point: they are attacked through their parts.
            values.insert(key, value);
        }
    }
    (values, suppressed)
}

fn column(site: &Path, table: &str, key: usize, value: usize) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_path(site.join("data").join(table)).unwrap();
    reader.records().map(|row| row.unwrap()).map(|row| (row[key].to_owned(), row[value].to_owned())).collect()
}

/// `Σ factor × measure ≤ 0` for every relation within one return; an equation is two.
fn constraints(site: &Path) -> Vec<(String, Vec<(i64, String)>)> {
    let mut reader = csv::Reader::from_path(site.join("data/relations.csv")).unwrap();
    let mut constraints = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        if row[2].contains('@') {
            continue;
        }
        let term = |term: &str| {
            let (factor, measure) = term.split_once('*').unwrap();
            (factor.parse::<i64>().unwrap(), measure.to_owned())
        };
        let terms: Vec<(i64, String)> = row[2].split(' ').map(term).collect();
        if &row[1] == "equal" {
            constraints.push((row[0].to_owned(), terms.iter().map(|(f, m)| (-f, m.clone())).collect()));
        }
        constraints.push((row[0].to_owned(), terms));
    }
    constraints
}

#[test]
fn what_is_printed_of_the_sample_neither_shows_nor_bounds_a_small_count_of_persons() {
    let place = place(&files(&sample()));
    let output = tongket(place.path(), &[]);
    let (public, internal) = (place.path().join("public"), place.path().join("internal"));
    assert!(public.join("index.html").is_file(), "{}", said(&output));
    let (printed, suppressed) = facts(&public);
    let (truth, _) = facts(&internal);
    let privacy = column(&public, "measures.csv", 0, 5);
    let personal = |measure: &str| privacy[measure] != "P0";
    let kind = column(&public, "periods.csv", 0, 1);

    for ((area, period, measure), value) in printed.iter().filter(|((_, _, measure), _)| personal(measure)) {
        assert!(*value >= THRESHOLD, "{area} {period} {measure} shows {value}");
        let is_unit = area.len() == 5;
        assert!(!is_unit || matches!(kind[period].as_str(), "year" | "span"), "{area} {period} {measure} is too fine");
        assert!(!is_unit || privacy[measure] != "P3", "{area} {period} {measure} is never for one unit");
        assert!(!area.starts_with("group:"), "{area} {period} {measure}: a group less a group can be one unit");
    }

    let places: BTreeSet<(&String, &String)> = suppressed.iter().map(|(area, period, _)| (area, period)).collect();
    let mut attacked = 0;
    for (relation, terms) in constraints(&public) {
        for (area, period) in &places {
            let key = |measure: &String| ((*area).clone(), (*period).clone(), measure.clone());
            let hidden = |measure: &String| suppressed.contains(&key(measure));
            // A relation with a missing return tells nothing; a correction that nobody made is 0.
            let is_known = |m: &String| printed.contains_key(&key(m)) || m == "thn.dieu_chinh";
            if !terms.iter().all(|(_, m)| hidden(m) || is_known(m)) {
                continue;
            }
            let known: i64 =
                terms.iter().filter(|(_, m)| !hidden(m)).map(|(f, m)| f * printed.get(&key(m)).unwrap_or(&0)).sum();
            for (factor, measure) in terms.iter().filter(|(_, m)| hidden(m)) {
                let others_give_way = terms.iter().any(|(f, m)| m != measure && hidden(m) && *f < 0);
                let count = truth[&key(measure)];
                if others_give_way || count >= THRESHOLD {
                    continue;
                }
                attacked += 1;
                if *factor > 0 {
                    let most = -known / factor;
                    assert!(most >= THRESHOLD, "{relation}: {area} {period} {measure} = {count} is at most {most}");
                } else {
                    assert!(known <= 0, "{relation}: {area} {period} {measure} = {count} is surely not 0");
                }
            }
        }
    }
    assert!(attacked > 100, "only {attacked} small counts were attacked; the sample has more");
}
