//! One real oddity per small workbook: read through the whole intake and compared with its story.
//!
//! `stories.toml` tells each; `README.md` is written from it. `TONGKET_BLESS=1` writes the
//! workbooks and the README again; `convert.sh` makes the `.xls` and `.ods` copies.

mod make;
mod reading;
mod readme;
mod story;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::reading::Shares;
use crate::story::stories;

/// The folder of the oddities.
fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oddities")
}

/// Every committed workbook by its path below `files/`.
fn committed() -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&here().join("files"), &here().join("files"), &mut found);
    found
}

fn blessing() -> bool {
    std::env::var_os("TONGKET_BLESS").is_some()
}

#[test]
fn every_oddity_is_what_the_generator_makes() {
    let made = make::all(&committed());
    if blessing() {
        for (name, bytes) in &made {
            let path = here().join("files").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
    let committed = committed();
    let differing: Vec<&String> =
        made.iter().filter(|(name, bytes)| committed.get(*name) != Some(bytes)).map(|(name, _)| name).collect();
    assert!(differing.is_empty(), "TONGKET_BLESS=1 cargo test --test oddities: {differing:?}");
}

#[test]
fn every_oddity_has_a_story_and_every_story_a_small_file() {
    let (stories, committed) = (stories(), committed());
    let told: BTreeSet<&str> = stories.iter().map(|story| story.file.as_str()).collect();
    assert_eq!(told, committed.keys().map(String::as_str).collect());
    assert_eq!(told.len(), stories.len(), "one story per file");
    let large: Vec<_> = committed.iter().filter(|(_, bytes)| bytes.len() > 25_000).map(|(name, _)| name).collect();
    assert!(large.is_empty(), "{large:?}");
    let all: usize = committed.values().map(Vec::len).sum();
    assert!(all < 1_000_000, "{all}");
}

#[test]
fn every_oddity_is_read_as_its_story_says() {
    let mut wrong = Vec::new();
    for reading in reading::all(&stories()) {
        let differences = reading.differences();
        match (differences.is_empty(), reading.story.pending) {
            (false, false) => wrong.push(format!("{}:\n  {}", reading.story.file, differences.join("\n  "))),
            (true, true) => wrong.push(format!("{}: is read as told and no longer pending", reading.story.file)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} oddities:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_readme_tells_the_stories_and_the_shares_that_are_read() {
    let stories = stories();
    let shares = Shares::of(&reading::all(&stories));
    let told = readme::readme(&stories, &shares);
    let path = here().join("README.md");
    if blessing() {
        std::fs::write(&path, &told).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == told, "TONGKET_BLESS=1 cargo test --test oddities; now {shares:?}");
}
