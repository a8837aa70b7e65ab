//! `tongket check` as a clerk and an officer run it: files that lie anywhere, with and without an input folder.

mod support;

use std::fs;
use std::path::Path;

use support::{cut, files, place, said, sample, tongket};

/// The rule that the spoilt return breaks.
const BROKEN: &str = "R03";

/// The sample's return with one error and one warning.
fn spoilt() -> Vec<u8> {
    fs::read(sample().join("returns/2030/2030-Q4/99011_2030-Q4_bao-cao.xlsx")).unwrap()
}

/// A folder with this one file, and no input folder.
fn desk(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

fn input() -> String {
    sample().to_string_lossy().into_owned()
}

/// The blank form of a real commune, as a clerk gets it.
fn blank(period: &str) -> Vec<u8> {
    let place = tempfile::tempdir().unwrap();
    assert!(tongket(place.path(), &["init", "input", "--province", "08"]).status.success());
    let made = tongket(place.path(), &["template", "--period", period, "--unit", "02536", "--out", "."]);
    assert!(made.status.success(), "{}", said(&made));
    files(place.path()).into_iter().find(|(name, _)| name.ends_with(".xlsx")).unwrap().1
}

#[test]
fn a_clerk_with_the_program_and_the_form_alone_is_answered() {
    let desk = desk("báo cáo.xlsx", &blank("2026-Q3"));
    let output = tongket(desk.path(), &["check", "báo cáo.xlsx"]);
    assert!(said(&output).contains("Xã Sơn Dương · quý III/2026"), "{}", said(&output));
    assert!(said(&output).contains("Không có thư mục input"), "{}", said(&output));
    assert!(!said(&output).contains("period-not-asked"), "nobody knows whose period it is");
    assert_eq!(output.status.code(), Some(1), "a blank form is returned");
}

#[test]
fn papers_go_where_they_are_asked_and_nowhere_else() {
    let desk = desk("a.xlsx", &spoilt());
    let output = tongket(desk.path(), &["check", "a.xlsx", "--input", &input(), "--out", "ra"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let written: Vec<String> = files(desk.path()).into_keys().collect();
    assert_eq!(written, ["a.xlsx", "ra/phan-hoi_a-xlsx.html", "ra/phan-hoi_a-xlsx.xlsx"]);
    let slip = fs::read_to_string(desk.path().join("ra/phan-hoi_a-xlsx.html")).unwrap();
    for words in ["PHIẾU PHẢN HỒI BÁO CÁO", "Công an xã Xuân Mỹ", "Nhận một phần", BROKEN, "SỐ LIỆU MINH HỌA"]
    {
        assert!(slip.contains(words), "{words}");
    }
    assert!(!slip.contains("src=") && !slip.contains("<link rel=\"stylesheet\""), "the slip needs no other file");
}

#[test]
fn files_from_elsewhere_are_no_versions_of_each_other_and_copies_are_noticed() {
    let desk = desk("a.xlsx", &spoilt());
    fs::write(desk.path().join("b.xlsx"), spoilt()).unwrap();
    let other = fs::read(sample().join("returns/2026/2026-Q3/99003_2026-Q3_bao-cao.xlsx")).unwrap();
    let second = fs::read(sample().join("returns/2026/2026-Q3/99003_2026-Q3_bao-cao_lan-2.xlsx")).unwrap();
    fs::write(desk.path().join("c.xlsx"), other).unwrap();
    fs::write(desk.path().join("d.xlsx"), second).unwrap();
    let told = |arguments: &[&str]| {
        let mut all = vec!["--json", "check", "--input"];
        let input = input();
        all.push(&input);
        all.extend(arguments);
        let output = tongket(desk.path(), &all);
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", said(&output)))
    };
    let rules = |told: &serde_json::Value| -> Vec<String> {
        let answers = told["answers"].as_array().unwrap();
        let rule = |f: &serde_json::Value| f["rule"].as_str().unwrap().to_owned();
        answers.iter().flat_map(|a| a["findings"].as_array().unwrap().iter().map(rule)).collect()
    };
    let apart = told(&["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx", "a.xlsx"]);
    assert_eq!(apart["files"], 4, "a file named twice is one file");
    assert!(apart["answers"].as_array().unwrap().iter().all(|answer| answer["counts"] == true));
    assert_eq!(rules(&apart).iter().filter(|rule| *rule == "duplicate-return").count(), 1);
    assert!(!rules(&apart).contains(&"superseded".to_owned()));
    let folder = told(&["."]);
    assert!(rules(&folder).contains(&"superseded".to_owned()), "a folder is one delivery: {:?}", rules(&folder));
}

#[test]
fn a_pattern_is_expanded_and_one_that_matches_nothing_is_told() {
    let desk = desk("a b.xlsx", &spoilt());
    let output = tongket(desk.path(), &["check", "*.xlsx", "--input", &input()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for (path, told) in [("*.ods", "khớp “*.ods”"), ("không có.xlsx", "không có tệp hoặc thư mục")] {
        let output = tongket(desk.path(), &["check", path, "--input", &input()]);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(told), "{}", said(&output));
    }
    fs::create_dir(desk.path().join("trống")).unwrap();
    let output = tongket(desk.path(), &["check", "trống", "--input", &input()]);
    assert_eq!((output.status.code(), said(&output).contains("không có tệp nào")), (Some(2), true));
}

#[test]
fn a_file_inside_an_input_folder_is_checked_with_it_wherever_the_program_is_run() {
    let place = place(&cut(|file| file.contains("99011") && file.contains("2030")));
    let desk = tempfile::tempdir().unwrap();
    let file = place.path().join("input/returns/2030/2030-Q4/99011_2030-Q4_bao-cao.xlsx");
    let output = tongket(desk.path(), &["check", &file.to_string_lossy()]);
    assert!(said(&output).contains("Xã Xuân Mỹ") && said(&output).contains(BROKEN), "{}", said(&output));
}

/// The line of the sample that accepts a warning, with another value, unit, rule or item.
fn with_line(change: impl Fn(&str) -> String) -> tempfile::TempDir {
    let mut files = cut(|file| file.contains("99011") && file.contains("2029"));
    let text = String::from_utf8(files["explanations.csv"].clone()).unwrap();
    files.insert("explanations.csv".into(), change(&text).into_bytes());
    place(&files)
}

fn page(place: &Path, path: &str) -> String {
    fs::read_to_string(place.join("internal").join(path)).unwrap()
}

#[test]
fn an_accepted_explanation_is_a_footnote_on_the_units_page_and_lapses_when_the_value_changes() {
    let stands = with_line(str::to_owned);
    let output = tongket(stands.path(), &["--as-of", "2030-01-20", "--edition", "internal"]);
    assert!(said(&output).contains("Giải trình đã nhận"), "{}", said(&output));
    let unit = page(stands.path(), "xa/99011-xa-xuan-my.html");
    assert!(unit.contains("<sup>(1)</sup>") && unit.contains("(1) Được nhận vào làm, quý IV/2029: 02 người tự xin"));
    assert!(page(stands.path(), "chat-luong/index.html").contains("Đang áp dụng"));

    let lapsed = with_line(|text| text.replace(",R13,7,", ",R13,6,"));
    let output = tongket(lapsed.path(), &["--as-of", "2030-01-20", "--edition", "internal"]);
    assert!(said(&output).contains("1 hết hiệu lực vì số đã đổi"), "{}", said(&output));
    assert!(!page(lapsed.path(), "xa/99011-xa-xuan-my.html").contains("02 người tự xin"));
    assert!(page(lapsed.path(), "chat-luong/index.html").contains("Hết hiệu lực: số nay là 7"));

    let aside = with_line(|text| text.replace("2029-Q4", "2029-Q3"));
    let output = tongket(aside.path(), &["--as-of", "2030-01-20", "--edition", "internal"]);
    assert!(said(&output).contains("1 không khớp cảnh báo nào"), "{}", said(&output));
}

#[test]
fn an_explanation_of_what_does_not_exist_is_a_mistake_with_its_line() {
    for (from, to, told) in [
        ("99011", "99911", "explanations.csv:2"),
        ("thn.nhan_viec_lam", "thn.nhan_viec", "explanations.csv:2"),
        (",R13,", ",R99,", "explanations.csv:2"),
        (",R13,", ",mising-value,", "có phải “missing-value”"),
    ] {
        let wrong = with_line(|text| text.replace(from, to));
        let output = tongket(wrong.path(), &["--edition", "internal"]);
        assert_eq!(output.status.code(), Some(2), "{to}");
        assert!(said(&output).contains(told), "{to}: {}", said(&output));
    }
}
