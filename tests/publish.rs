//! Publishing, as an officer does it: build, publish, receive late returns, build again.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use support::{cut, files, place, said, sample, tongket};
use tempfile::TempDir;

/// The first year, and three of its returns that will come late.
const LATE: [&str; 3] = ["99001", "99005", "99007"];

fn is_late(file: &str) -> bool {
    file.contains("2026-Q1") && LATE.iter().any(|unit| file.contains(unit))
}

/// A province without its late returns.
fn early() -> TempDir {
    place(&cut(|file| file.starts_with("2026/") && !is_late(file)))
}

fn build(place: &Path) {
    let output = tongket(place, &["--as-of", "2027-01-20", "--quiet"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", said(&output));
}

/// Runs `publish`; gives its exit code and what it said.
fn publish(place: &Path) -> (Option<i32>, String) {
    let output = tongket(place, &["publish", "--note", "Tổng kết năm 2026"]);
    (output.status.code(), said(&output))
}

/// A late return arrives.
fn receive(place: &Path, unit: &str) {
    let late = files(&sample().join("returns")).into_iter().find(|(file, _)| is_late(file) && file.contains(unit));
    let (file, bytes) = late.unwrap();
    fs::write(place.join("input/returns").join(file), bytes).unwrap();
}

fn text(place: &Path, file: &str) -> String {
    fs::read_to_string(place.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The rows of a data file: first cells joined, and the rest.
fn rows(place: &Path, file: &str, key: usize) -> BTreeMap<String, Vec<String>> {
    let text = text(place, file);
    let rows = text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    rows.map(|cells| (cells[..key].join(","), cells[key..].to_vec())).collect()
}

/// The published values of the province for the year, about persons or about the movement.
fn province(place: &Path, edition: &str, personal: bool) -> BTreeMap<String, String> {
    let measures = text(place, "internal/data/measures.csv");
    let about_persons: BTreeSet<&str> = measures
        .lines()
        .filter(|line| [",P1,", ",P2,", ",P3,"].iter().any(|class| line.contains(class)))
        .map(|line| line.split(',').next().unwrap())
        .collect();
    rows(place, &format!("{edition}/data/facts.csv"), 3)
        .into_iter()
        .filter_map(|(key, cells)| {
            let measure = key.strip_prefix("99,2026,")?;
            (about_persons.contains(measure) == personal && !cells[0].is_empty())
                .then(|| (measure.to_owned(), cells[0].clone()))
        })
        .collect()
}

fn entry(place: &Path) -> PathBuf {
    let entries = fs::read_dir(place.join("input/publications")).unwrap();
    entries.map(|entry| entry.unwrap().path()).find(|path| path.to_string_lossy().contains("0001-")).unwrap()
}

#[test]
fn late_returns_wait_for_company_before_they_change_published_figures_about_persons() {
    let place = early();
    let place = place.path();
    build(place);
    let (code, told) = publish(place);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("lần công bố số 1") && told.contains("Mã băm"), "{told}");
    let went_out = files(&place.join("public"));
    let (persons, movement) = (province(place, "public", true), province(place, "public", false));
    assert!(persons.len() > 3 && movement.len() > 3, "{persons:?} {movement:?}");

    // Exactly the public facts are in the ledger.
    let facts = rows(place, "public/data/facts.csv", 3);
    let printed = rows(place, &format!("{}/printed.csv", entry(place).strip_prefix(place).unwrap().display()), 3);
    let shown = facts.iter().filter(|(_, cells)| !matches!(cells[3].as_str(), "M" | "O"));
    assert_eq!(shown.clone().count(), printed.len());
    for (key, cells) in shown {
        let recorded = &printed[key];
        assert_eq!(cells[1..], recorded[1..], "{key}");
        assert!(cells[0] == recorded[0] || recorded[0].is_empty() && !cells[2].is_empty(), "{key}");
    }

    // What went out is built again as it went out, and is recorded once.
    build(place);
    assert!(files(&place.join("public")) == went_out, "the same edition has other bytes");
    let (code, told) = publish(place);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("đã ghi là lần công bố số 1"), "{told}");

    for unit in &LATE[..2] {
        receive(place, unit);
    }
    build(place);
    assert_eq!(province(place, "public", true), persons, "one or two communes show through");
    assert_ne!(province(place, "public", false), movement);
    assert_ne!(province(place, "internal", true), persons);
    let page = text(place, "public/dinh-chinh/index.html");
    assert!(
        page.contains("Hai báo cáo bổ sung chờ đủ 3 đơn vị để công bố.") && !page.contains("Báo cáo chờ công bố chung")
    );
    assert!(text(place, "public/tinh-hinh-nop/index.html").contains("chờ đủ 3 đơn vị"));
    assert!(text(place, "internal/dinh-chinh/index.html").contains("Báo cáo chờ công bố chung"));
    let measures: BTreeSet<String> = persons.keys().cloned().collect();
    let revised = rows(place, "public/data/revisions.csv", 3);
    assert!(!revised.is_empty());
    for (key, cells) in revised.iter().filter(|(key, _)| key.starts_with("99,2026,")) {
        assert!(!measures.contains(key.rsplit(',').next().unwrap()), "{key}");
        assert_eq!(cells[2], "late", "{key}");
    }
    let (code, told) = publish(place);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("lần công bố số 2") && told.contains("2 báo cáo bổ sung chờ"), "{told}");

    receive(place, LATE[2]);
    build(place);
    assert_ne!(province(place, "public", true), persons);
    assert!(!text(place, "public/dinh-chinh/index.html").contains("chờ đủ 3 đơn vị"));
    let revised = rows(place, "public/data/revisions.csv", 3);
    let about_persons = |key: &&String| {
        let measure = key.strip_prefix("99,2026,");
        measure.is_some_and(|measure| measures.contains(measure))
    };
    assert!(revised.keys().any(|key| about_persons(&key)), "{revised:?}");
    let now = rows(place, "public/data/facts.csv", 3);
    for (key, cells) in revised.iter().filter(|(_, cells)| !cells[1].is_empty()) {
        assert_eq!(cells[1], now[key][0], "{key}: a revision is the public figure");
    }
}

#[test]
fn what_was_altered_or_is_not_of_this_input_does_not_go_out() {
    let place = early();
    let place = place.path();
    let (code, told) = publish(place);
    assert_eq!(code, Some(2));
    assert!(told.contains("chưa có bản công khai"), "{told}");

    build(place);
    let page = place.join("public/index.html");
    let whole = fs::read_to_string(&page).unwrap();
    fs::write(&page, whole.replacen("người", "nguời", 1)).unwrap();
    let (code, told) = publish(place);
    assert_eq!(code, Some(2));
    assert!(told.contains("index.html") && told.contains("không đúng như chương trình đã dựng"), "{told}");
    fs::write(&page, whole).unwrap();

    let output = tongket(place, &["publish", "--public", "internal"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("bản nội bộ, không được công bố"), "{}", said(&output));

    receive(place, LATE[0]);
    let (code, told) = publish(place);
    assert_eq!(code, Some(2));
    assert!(told.contains("đầu vào") && told.contains("chạy lại “tongket”"), "{told}");
    assert!(!place.join("input/publications").exists(), "nothing went out");

    build(place);
    assert_eq!(publish(place).0, Some(0));
    // A damaged ledger stops the next build, and the old site stands.
    let before = files(&place.join("public"));
    let printed = entry(place).join("printed.csv");
    let text = fs::read_to_string(&printed).unwrap();
    fs::write(&printed, text.replacen(",A,F,", ",P,F,", 1)).unwrap();
    let output = tongket(place, &["--as-of", "2027-02-20"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("printed.csv") && said(&output).contains("đã bị sửa"), "{}", said(&output));
    assert!(files(&place.join("public")) == before);
}
