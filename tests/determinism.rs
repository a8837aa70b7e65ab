//! Same inputs, same bytes: whatever the order of files, the number of reading processes and the cache.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use support::{cut, files, write};
use tongket::intake::reader::ReaderOptions;
use tongket::pipeline::{Options, build};
use tongket::vocabulary::Edition;

/// The files of both editions, built in a folder with an `input/`.
fn built(folder: &Path, workers: usize) -> [BTreeMap<String, Vec<u8>>; 2] {
    let site = |name: &str| folder.join(name);
    let reader = ReaderOptions {
        workers,
        cache: Some(folder.join("cache.bin")),
        ..ReaderOptions::with_program(env!("CARGO_BIN_EXE_tongket").into())
    };
    let options = Options {
        input: site("input"),
        templates: PathBuf::from("no such folder: the embedded templates serve"),
        editions: vec![(Edition::Public, site("public")), (Edition::Internal, site("internal"))],
        as_of: Some("2027-01-20".parse().unwrap()),
        today: "2030-01-01".parse().unwrap(),
        reader,
    };
    build(&options, &|_, _, _| {}).unwrap();
    [files(&site("public")), files(&site("internal"))]
}

fn assert_same(ones: &[BTreeMap<String, Vec<u8>>; 2], others: &[BTreeMap<String, Vec<u8>>; 2]) {
    for (one, other) in ones.iter().zip(others) {
        assert!(one.keys().eq(other.keys()), "the builds have different files");
        for (name, bytes) in one {
            assert!(*bytes == other[name], "{name} differs");
        }
    }
}

#[test]
fn two_builds_agree_byte_for_byte_in_any_order_with_any_number_of_workers() {
    let input = cut(|file| file.contains("2026"));
    let forwards = tempfile::tempdir().unwrap();
    write(&forwards.path().join("input"), &input);
    let backwards = tempfile::tempdir().unwrap();
    write(&backwards.path().join("input"), input.iter().rev());
    assert_same(&built(forwards.path(), 1), &built(backwards.path(), 3));
}

#[test]
fn a_cache_makes_no_difference_whole_damaged_or_of_other_definitions() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("input");
    write(&input, &cut(|file| file.contains("2026-Q1")));
    let first = built(folder.path(), 2);
    let cache = folder.path().join("cache.bin");
    let kept = fs::read(&cache).unwrap();
    assert!(kept.len() > 1000, "something was kept");
    assert_same(&first, &built(folder.path(), 2));
    fs::write(&cache, &kept[..kept.len() / 2]).unwrap();
    assert_same(&first, &built(folder.path(), 2));

    let aliases = fs::read_to_string(input.join("aliases.csv")).unwrap();
    fs::write(input.join("aliases.csv"), format!("{aliases}UBND An Thịnh,99001\n")).unwrap();
    let warm = built(folder.path(), 2);
    fs::remove_file(&cache).unwrap();
    assert_same(&warm, &built(folder.path(), 2));
}
