//! The drawing in `lib.rs` holds: who may name whom, and which room a heavy crate lives in.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may name. A file belongs to the longest room that its path starts with.
const ROOMS: &[(&str, &[&str])] = &[
    ("vocabulary", &[]),
    ("statistics", &["vocabulary"]),
    ("definitions", &["vocabulary"]),
    ("init", &["definitions", "vocabulary"]),
    ("findings", &["definitions", "vocabulary"]),
    ("intake", &["definitions", "findings", "statistics", "vocabulary"]),
    ("figures", &["definitions", "intake", "statistics", "vocabulary"]),
    ("ledger", &["definitions", "figures", "vocabulary"]),
    ("release", &["definitions", "figures", "findings", "intake", "ledger", "statistics", "vocabulary"]),
    // The auditor judges written files; what it must not see is how figures come to be hidden.
    ("audit", &["definitions", "figures", "ledger", "release", "statistics", "vocabulary"]),
    // The wall: nothing below knows figures, intake or findings but through a release.
    ("analysis", &["definitions", "release", "statistics", "vocabulary"]),
    ("site", &["analysis", "definitions", "release", "statistics", "vocabulary"]),
    ("site/chart", &["vocabulary"]),
    ("form", &["definitions", "vocabulary"]),
    ("demo", &["definitions", "form", "init", "vocabulary"]),
    ("publish", &["site"]),
    (
        "pipeline",
        &[
            "audit",
            "definitions",
            "figures",
            "findings",
            "form",
            "intake",
            "ledger",
            "publish",
            "release",
            "site",
            "vocabulary",
        ],
    ),
];

/// Each heavy crate and the files or rooms that may name it.
const CRATES: &[(&str, &[&str])] = &[
    ("calamine", &["audit/formats", "intake/workbook"]),
    ("walkdir", &["intake/discover", "site/render"]),
    ("polars", &["figures/panel", "figures/rollup"]),
    ("plotters", &["site/chart"]),
    ("plotters_backend", &["site/chart"]),
    ("ab_glyph", &["site/chart"]),
    ("tera", &["site/render"]),
    ("statrs", &["statistics"]),
    ("microlp", &["release/attack"]),
    ("toml", &["definitions"]),
    ("csv", &["audit/sheet", "definitions", "demo", "ledger", "site/downloads"]),
    ("parquet", &["site/downloads"]),
    ("rust_xlsxwriter", &["findings/feedback", "form", "site/downloads"]),
    ("zip", &["intake/package", "intake/workbook", "demo/spoil/pack", "demo/spoil/unpack", "demo/spoil/wreck"]),
    ("quick_xml", &["intake/package", "intake/workbook"]),
    ("glob", &["pipeline/check"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
];

/// The sources of the program by name; files of tests may build whatever they need.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            (name.trim_end_matches(".rs").to_owned(), std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The code of a file without comments and without its tests, which may build whatever they need.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn within(file: &str, room: &str) -> bool {
    file == room || file.strip_prefix(room).is_some_and(|rest| rest.starts_with('/'))
}

/// The rooms a file names: `crate::room::…` and the first names of `crate::{a::…, b::…}`.
fn rooms_named(code: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    code.match_indices("crate::")
        .filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$'))
        .map(|(at, found)| word(&code[at + found.len()..]))
        .filter(|room| !room.is_empty())
        .collect()
}

#[test]
fn every_module_has_a_layer() {
    let free = ["main", "lib", "cli"];
    for (file, _) in sources() {
        let placed = ROOMS.iter().any(|(room, _)| within(&file, room)) || free.iter().any(|room| within(&file, room));
        assert!(placed, "src/{file}.rs stands in no room of tests/layers.rs");
    }
}

#[test]
fn no_room_names_a_room_it_must_not_see() {
    let mut offences = Vec::new();
    for (file, text) in sources() {
        let rooms = ROOMS.iter().filter(|(room, _)| within(&file, room));
        let Some((room, allowed)) = rooms.max_by_key(|(room, _)| room.len()) else { continue };
        let own = room.split('/').next().unwrap();
        for named in rooms_named(&code(&text)) {
            let is_own = named == own;
            if !is_own && !allowed.contains(&named.as_str()) {
                offences.push(format!("src/{file}.rs names {named}"));
            }
        }
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn every_heavy_crate_keeps_to_its_room() {
    let mut offences = Vec::new();
    for (file, text) in sources() {
        let code = code(&text);
        for (name, rooms) in CRATES {
            let path = format!("{name}::");
            let named = code
                .match_indices(&path)
                .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
            if named && !rooms.iter().any(|room| within(&file, room)) {
                offences.push(format!("src/{file}.rs names {name}"));
            }
        }
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn nobody_asks_the_clock_or_the_environment_but_the_command_line() {
    for (file, text) in sources() {
        let code = code(&text);
        for forbidden in ["::now()", "std::env::var", "std::env::args"] {
            assert!(!code.contains(forbidden) || within(&file, "cli"), "src/{file}.rs uses {forbidden}");
        }
    }
}
