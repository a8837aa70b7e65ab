//! Synthetic input: coherent by all rules of the form, and the same every time.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};
use tongket::definitions::load;
use tongket::demo::{demo, sample};
use tongket::intake::{Intake, ReaderOptions, Reading, Standing, take_in};
use tongket::vocabulary::{MeasureCode, Severity};

fn read(input: &Path) -> Intake {
    let (definitions, registers) = load(input).unwrap();
    let as_of = "2031-01-20".parse().unwrap();
    take_in::take_in(&definitions, &registers, input, as_of, &ReaderOptions::here(), &|_, _| {}).unwrap()
}

/// SHA-256 of every file below a folder.
fn hashes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut hashes = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            hashes.extend(self::hashes(&path).into_iter().map(|(below, hash)| (format!("{name}/{below}"), hash)));
        } else {
            hashes.insert(name, Sha256::digest(std::fs::read(&path).unwrap()).to_vec());
        }
    }
    hashes
}

#[test]
fn a_demo_breaks_no_rule_and_every_opening_stock_is_the_last_closing_stock() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path(), 5, 11).unwrap();
    let intake = read(folder.path());
    assert_eq!(intake.set_aside, []);
    let errors: Vec<_> = intake.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");

    let (opening, closing) = (MeasureCode::from("thn.quan_ly_dau_ky"), MeasureCode::from("thn.quan_ly_cuoi_ky"));
    let counted: BTreeMap<_, _> = intake
        .returns
        .iter()
        .filter(|ret| ret.standing == Standing::Counts)
        .map(|ret| ((ret.unit.clone(), ret.period), ret))
        .collect();
    let mut compared = 0;
    for ((unit, period), ret) in &counted {
        let Some(before) = period.previous().and_then(|before| counted.get(&(unit.clone(), before))) else { continue };
        assert!(matches!(ret.entries[&opening].value, Reading::Value(15..=110)), "{unit} {period}");
        assert_eq!(ret.entries[&opening].value, before.entries[&closing].value, "{unit} {period}");
        compared += 1;
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn the_same_number_and_seed_give_the_same_bytes_and_another_seed_others() {
    let make = |seed| {
        let folder = tempfile::tempdir().unwrap();
        demo(folder.path(), 1, seed).unwrap();
        hashes(folder.path())
    };
    let first = make(3);
    assert_eq!(first, make(3));
    assert_ne!(first, make(4));
}

#[test]
fn the_committed_sample_is_what_the_generator_makes() {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let (definitions, _) = load(&input).unwrap();
    let made = sample::sample(&definitions).unwrap();
    for (file, text) in &made.registers {
        let committed = std::fs::read_to_string(input.join(file)).unwrap();
        assert!(committed == *text, "{file}: chạy lại cargo run --example sample");
    }
    let committed = hashes(&input.join("returns"));
    assert_eq!(committed.keys().collect::<Vec<_>>(), made.returns.keys().collect::<Vec<_>>());
    let differing: Vec<&String> = made
        .returns
        .iter()
        .filter(|(file, bytes)| file.ends_with(".xlsx") && committed[*file] != Sha256::digest(bytes).to_vec())
        .map(|(file, _)| file)
        .collect();
    assert!(differing.is_empty(), "chạy lại cargo run --example sample: {differing:?}");
}
