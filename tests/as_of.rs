//! A build as of an earlier day shows what was known then, and nothing that came later.

mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;

use support::{files, sample, write};
use tongket::intake::reader::ReaderOptions;
use tongket::pipeline::{Options, build};
use tongket::vocabulary::Edition;

const THEN: &str = "2027-07-15";

/// The files of the internal edition as of [`THEN`], built in a folder with an `input/`.
fn built(input: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let site = |name: &str| folder.path().join(name);
    write(&site("input"), input);
    let options = Options {
        input: site("input"),
        templates: PathBuf::from("no such folder: the embedded templates serve"),
        editions: vec![(Edition::Public, site("public")), (Edition::Internal, site("internal"))],
        as_of: Some(THEN.parse().unwrap()),
        today: "2031-02-01".parse().unwrap(),
        reader: ReaderOptions { cache: None, ..ReaderOptions::with_program(env!("CARGO_BIN_EXE_tongket").into()) },
    };
    build(&options, &|_, _, _| {}).unwrap();
    let mut all = BTreeMap::new();
    for edition in ["public", "internal"] {
        all.extend(files(&site(edition)).into_iter().map(|(name, bytes)| (format!("{edition}/{name}"), bytes)));
    }
    all
}

/// The lines of a register whose day is no later than [`THEN`]; the heading stays.
fn known_then(table: &[u8], day: impl Fn(&str) -> &str) -> Vec<u8> {
    let text = std::str::from_utf8(table).unwrap();
    let kept = text.lines().enumerate().filter(|(at, line)| *at == 0 || day(line) <= THEN);
    kept.map(|(_, line)| format!("{line}\n")).collect::<String>().into_bytes()
}

/// The sample as it stood on [`THEN`]: registers and returns that came later taken out.
fn as_it_stood(all: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let received = |line: &str| -> String { line.split(',').nth(1).unwrap().to_owned() };
    let receipts = std::str::from_utf8(&all["receipts.csv"]).unwrap();
    let later: Vec<String> = receipts
        .lines()
        .skip(1)
        .filter(|line| received(line).as_str() > THEN)
        .map(|line| format!("returns/{}", line.split(',').next().unwrap()))
        .collect();
    assert!(later.len() > 100, "most of the sample comes later");
    let mut then = all.clone();
    then.retain(|name, _| !later.contains(name));
    then.insert("receipts.csv".into(), known_then(&all["receipts.csv"], |line| line.split(',').nth(1).unwrap()));
    then.insert(
        "explanations.csv".into(),
        known_then(&all["explanations.csv"], |line| line.rsplit(',').next().unwrap()),
    );
    assert!(then["explanations.csv"].len() < all["explanations.csv"].len(), "an explanation is of a later day");
    then
}

#[test]
fn a_build_as_of_an_earlier_day_is_the_build_that_was_made_then() {
    let all = files(&sample());
    let (now, then) = (built(&all), built(&as_it_stood(&all)));
    assert!(now.keys().eq(then.keys()), "the builds have different files");
    let different: Vec<&String> =
        now.iter().filter(|(name, bytes)| then[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(different.is_empty(), "{different:?}");
    let page = String::from_utf8(now["internal/index.html"].clone()).unwrap();
    assert!(page.contains("6 tháng đầu năm 2027"), "the period in review is the one that had closed");
    let returns = String::from_utf8(now["internal/data/returns.csv"].clone()).unwrap();
    assert!(returns.lines().skip(1).all(|line| line.split(',').nth(3).unwrap() <= THEN), "nothing is received later");
}
