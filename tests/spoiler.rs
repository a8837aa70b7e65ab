//! A small demo, every return of it spoilt: the laws of reading hold, and the spoiler is as good as its word.

use std::collections::BTreeSet;
use std::path::PathBuf;

use tongket::definitions;
use tongket::demo::spoil::{self, Must, record};
use tongket::demo::spoilt_demo;
use tongket::intake::{ReaderOptions, take_in};

#[path = "support/judgement.rs"]
mod judgement;

use judgement::Judgement;

#[test]
fn no_spoilt_return_is_taken_for_another_and_no_number_changes_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    spoilt_demo(folder.path(), 5, 3, 100).unwrap();
    let (definitions, registers) = definitions::load(folder.path()).unwrap();
    let records = record::read(folder.path()).unwrap();
    assert!(records.len() >= 60, "{}", records.len());
    assert!(records.iter().all(|record| record.spoilt.is_some()));
    let options = ReaderOptions::with_program(PathBuf::from(env!("CARGO_BIN_EXE_tongket")));
    let as_of = definitions.site.as_of.unwrap();
    let intake = take_in(&definitions, &registers, folder.path(), as_of, &options, &|_, _| {}).unwrap();
    let judgement = Judgement::of(&records, &intake);
    assert!(judgement.broken.is_empty(), "{judgement}");
    assert_eq!(judgement.identified.0, judgement.identified.1);
    assert!(judgement.identified.0 > 40, "{judgement}");
}

#[test]
fn a_demo_spoilt_by_nothing_is_the_demo_itself() {
    let (plain, spoilt) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    tongket::demo::demo(plain.path(), 1, 5).unwrap();
    spoilt_demo(spoilt.path(), 1, 5, 0).unwrap();
    for record in record::read(spoilt.path()).unwrap() {
        let read =
            |folder: &tempfile::TempDir| std::fs::read(folder.path().join("returns").join(&record.file)).unwrap();
        assert!(read(&plain) == read(&spoilt), "{}", record.file);
    }
}

#[test]
fn the_same_seed_spoils_the_same_way_and_the_share_is_kept() {
    let make = |seed| {
        let folder = tempfile::tempdir().unwrap();
        spoilt_demo(folder.path(), 4, seed, 30).unwrap();
        let records = record::read(folder.path()).unwrap();
        let bytes: Vec<Vec<u8>> = records
            .iter()
            .map(|record| std::fs::read(folder.path().join("returns").join(&record.file)).unwrap())
            .collect();
        (records, bytes)
    };
    let (records, bytes) = make(7);
    let again = make(7);
    assert!(records == again.0 && bytes == again.1);
    assert_ne!(records, make(8).0);
    let spoilt = records.iter().filter(|record| record.spoilt.is_some()).count();
    assert!((records.len() / 6..records.len() / 2).contains(&spoilt), "{spoilt} of {}", records.len());
}

#[test]
fn kinds_have_names_of_their_own_and_every_refusal_names_its_cells() {
    let kinds: Vec<&str> = spoil::kinds().collect();
    assert_eq!(kinds.iter().collect::<BTreeSet<_>>().len(), kinds.len());
    assert!(kinds.len() >= 60, "{}", kinds.len());
    let folder = tempfile::tempdir().unwrap();
    spoilt_demo(folder.path(), 2, 1, 100).unwrap();
    for record in record::read(folder.path()).unwrap() {
        let (kind, must) = record.spoilt.unwrap();
        assert!(kinds.contains(&kind.as_str()), "{kind}");
        if let Must::Refuse(items) = must {
            assert!(!items.is_empty() && items.iter().all(|item| record.truth.contains_key(item)), "{kind}: {items:?}");
        }
    }
}
