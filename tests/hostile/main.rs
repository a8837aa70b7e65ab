//! A folder of a thousand bad files mixed with good ones: every good one counts exactly as without them.

mod files;
mod silent;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use tempfile::TempDir;
use tongket::definitions::{Definitions, Registers};
use tongket::intake::{Intake, ReaderOptions, Reading, take_in};

use files::{bad_files, made_by_hand};

fn input() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("input")
}

fn processes() -> ReaderOptions {
    ReaderOptions::with_program(PathBuf::from(env!("CARGO_BIN_EXE_tongket")))
}

fn put(folder: &TempDir, name: &str, bytes: &[u8]) {
    let path = folder.path().join("returns").join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

struct Reader {
    definitions: Definitions,
    registers: Registers,
}

impl Reader {
    fn new() -> Self {
        let (definitions, _) = tongket::definitions::load(&input()).unwrap();
        Self { definitions, registers: Registers::default() }
    }

    fn read(&self, folder: &TempDir, options: &ReaderOptions) -> Intake {
        let as_of = NaiveDate::from_ymd_opt(2031, 1, 20).unwrap();
        take_in(&self.definitions, &self.registers, folder.path(), as_of, options, &|_, _| {}).unwrap()
    }
}

/// Everything known of a file: what was read and what was found.
fn told(intake: &Intake, folder: &str) -> BTreeMap<String, String> {
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    for ret in intake.returns.iter().filter(|ret| ret.file.starts_with(folder)) {
        told.entry(ret.file.to_string()).or_default().push_str(&format!("{ret:?}\n"));
    }
    for finding in intake.findings.iter().filter(|finding| finding.place.file_name().starts_with(folder)) {
        told.entry(finding.place.file_name().to_owned()).or_default().push_str(&format!("{finding:?}\n"));
    }
    told
}

#[test]
fn every_good_return_counts_as_if_the_bad_ones_were_not_there() {
    let reader = Reader::new();
    // Damaged copies are made of returns of other units, so that none competes with a good one.
    let returns = input().join("returns/2026");
    let folder = TempDir::new().unwrap();
    let mut good = 0;
    for period in ["2026-Q1", "2026-Q2", "2026-H1"] {
        for entry in std::fs::read_dir(returns.join(period)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !["99001", "99004", "99009"].iter().any(|unit| name.starts_with(unit)) {
                put(&folder, &format!("good/{period}/{name}"), &std::fs::read(&path).unwrap());
                good += 1;
            }
        }
    }
    let alone = told(&reader.read(&folder, &processes()), "good/");
    assert!(good >= 15 && alone.len() == good, "{good} {}", alone.len());

    let bad = bad_files(&input().join("returns"));
    assert!(bad.len() >= 1_000, "{}", bad.len());
    for (name, bytes) in &bad {
        put(&folder, &format!("bad/{name}"), bytes);
    }
    let mixed = reader.read(&folder, &processes());
    let among = told(&mixed, "good/");
    for (file, alone) in &alone {
        assert_eq!(among.get(file), Some(alone), "{file}");
    }
    // No bad file is passed over in silence.
    let answered = mixed.returns.len() + mixed.set_aside.len();
    assert_eq!(answered, good + bad.len());
    never_a_wrong_value(&reader, &mixed);
}

/// A damaged package is refused, or what is read of it stands in the whole one. In .xls nothing tells a
/// damaged number from a sound one, so only packages are held to this.
fn never_a_wrong_value(reader: &Reader, mixed: &Intake) {
    let folder = TempDir::new().unwrap();
    let whole = files::whole_xlsx(&input().join("returns"));
    put(&folder, "whole.xlsx", &whole);
    let intake = reader.read(&folder, &ReaderOptions::here());
    let whole = &intake.returns[0];
    let mut read = 0;
    for ret in mixed.returns.iter().filter(|ret| ret.file.starts_with("bad/xlsx")) {
        for (code, entry) in &ret.entries {
            let sound = whole.entries.get(code).map(|entry| entry.value);
            assert!(entry.value == Reading::Rejected || Some(entry.value) == sound, "{} {code}", ret.file);
        }
        read += 1;
    }
    // Damage to a picture, a theme or one sheet leaves the rest.
    assert!(read > 20, "{read} damaged packages were read in whole or in part");
}

#[test]
fn each_file_made_by_hand_is_answered_for_what_it_is() {
    let reader = Reader::new();
    let folder = TempDir::new().unwrap();
    let files = made_by_hand();
    for (name, bytes, _) in &files {
        put(&folder, name, bytes);
    }
    let intake = reader.read(&folder, &processes());
    let mut wrong = Vec::new();
    for (name, _, expected) in &files {
        let found: Vec<String> = (intake.findings.iter())
            .filter(|finding| finding.place.file_name() == *name)
            .map(|finding| format!("{}: {}", finding.rule, finding.message))
            .collect();
        if !found.iter().any(|found| found.contains(expected)) {
            wrong.push(format!("{name}: {expected} not in {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[cfg(unix)]
#[test]
fn a_process_that_is_ended_from_outside_is_not_blamed_on_its_file() {
    use std::os::unix::fs::PermissionsExt;
    let reader = Reader::new();
    let folder = TempDir::new().unwrap();
    let names = ["99001_2026-Q1_bao-cao.xlsx", "99003_2026-Q1_bao-cao.xlsx"];
    let returns = input().join("returns/2026/2026-Q1");
    for name in names {
        put(&folder, name, &std::fs::read(returns.join(name)).unwrap());
    }
    let here = told(&reader.read(&folder, &ReaderOptions::here()), "");
    // The first process greets and is gone; the second is the real one.
    let script = folder.path().join("program");
    let program = env!("CARGO_BIN_EXE_tongket");
    let text = format!(
        "#!/bin/sh\nif mkdir \"$0.gone\" 2>/dev/null; then printf '\\015\\000\\000\\000tongket reads'; exit 0; fi\nexec {program} \"$@\"\n"
    );
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let options = ReaderOptions { program: Some(script), workers: 1, cache: None };
    assert_eq!(told(&reader.read(&folder, &options), ""), here);
}
