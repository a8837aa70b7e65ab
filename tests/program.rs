//! The program as a person runs it: what it says, how it ends, what it leaves on the disk.

mod support;

use std::fs;

use support::{cut, files, place, said, tongket};

/// A year of two units: small enough to build many times.
fn small() -> std::collections::BTreeMap<String, Vec<u8>> {
    cut(|file| file.contains("2026") && (file.contains("99001") || file.contains("99003")))
}

#[test]
fn two_editions_are_built_and_the_summary_says_where() {
    let place = place(&small());
    let output = tongket(place.path(), &["--as-of", "2027-01-20"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for word in ["Bản công khai", "Bản nội bộ", "index.html", "Chưa nộp"] {
        assert!(said(&output).contains(word), "{}", said(&output));
    }
    for page in ["public/index.html", "internal/index.html", "internal/data/observations.csv", "public/data/facts.csv"]
    {
        assert!(place.path().join(page).is_file(), "{page}");
    }
    assert!(!place.path().join("public/data/observations.csv").exists(), "single cells are internal");
}

#[test]
fn without_an_input_folder_it_says_how_to_make_one() {
    let place = tempfile::tempdir().unwrap();
    let output = tongket(place.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("tongket init") && said(&output).contains("tongket demo"), "{}", said(&output));
}

#[test]
fn mistakes_in_definitions_are_told_with_file_and_line_and_nothing_is_built() {
    let mut files = small();
    let site = String::from_utf8(files["site.toml"].clone()).unwrap();
    files.insert("site.toml".into(), format!("{site}\n[nothing]\nx = 1\n").into_bytes());
    files.insert("units.csv".into(), [files["units.csv"].as_slice(), b"99001,x,thanh_pho\n"].concat());
    let place = place(&files);
    let output = tongket(place.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("site.toml:") && said(&output).contains("units.csv:"), "{}", said(&output));
    assert!(!place.path().join("public").exists());
}

#[test]
fn a_broken_file_is_a_finding_and_the_rest_is_counted_as_without_it() {
    let clean = place(&small());
    tongket(clean.path(), &["--as-of", "2027-01-20"]);
    let mut spoilt = small();
    let whole = spoilt.values().find(|bytes| bytes.starts_with(b"PK")).unwrap().clone();
    spoilt.insert("returns/cụt.xlsx".into(), whole[..whole.len() / 2].to_vec());
    spoilt.insert("returns/rỗng.xlsx".into(), Vec::new());
    spoilt.insert("returns/trang web.xls".into(), b"<html><table><tr><td>1</td></tr></table></html>".to_vec());
    let spoilt = place(&spoilt);
    let output = tongket(spoilt.path(), &["--as-of", "2027-01-20"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let facts = |folder: &std::path::Path| fs::read_to_string(folder.join("internal/data/facts.csv")).unwrap();
    assert!(facts(clean.path()) == facts(spoilt.path()), "one bad file changed figures");
    let findings = fs::read_to_string(spoilt.path().join("internal/data/findings.csv")).unwrap();
    for file in ["cụt.xlsx", "rỗng.xlsx", "trang web.xls"] {
        assert!(findings.contains(file), "{file} is not answered");
    }
}

#[test]
fn a_site_that_cannot_be_written_leaves_the_old_one() {
    let place = place(&small());
    tongket(place.path(), &["--as-of", "2027-01-20"]);
    let before = files(&place.path().join("public"));
    // A file where the folder beside the site would go: the disk refuses.
    fs::write(place.path().join("public.moi"), "").unwrap();
    let output = tongket(place.path(), &["--as-of", "2027-02-20"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(files(&place.path().join("public")) == before);
}

#[test]
fn a_blank_form_is_written_for_whoever_owes_the_period() {
    let place = place(&small());
    let output = tongket(place.path(), &["template", "--period", "2027-Q1", "--unit", "99001", "--out", "forms"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(files(&place.path().join("forms")).len(), 1);
    let output = tongket(place.path(), &["template", "--period", "2027-Q1", "--unit", "99010", "--out", "forms"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("các kỳ phải báo cáo: 2027"), "{}", said(&output));
}

#[test]
fn all_rules_are_listed_by_severity_also_without_an_input_folder() {
    let place = tempfile::tempdir().unwrap();
    let output = tongket(place.path(), &["explain"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for line in ["Lỗi (", "Cảnh báo (", "Thông tin (", "R03", "personal-data"] {
        assert!(said(&output).contains(line), "{line}: {}", said(&output));
    }
}

#[test]
fn a_rule_is_explained_and_a_mistyped_one_suggested() {
    let place = place(&small());
    assert!(said(&tongket(place.path(), &["explain", "R03"])).contains("R03"));
    let output = tongket(place.path(), &["explain", "R3"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("R03"), "{}", said(&output));
}

#[test]
fn a_template_that_asks_for_what_is_not_there_is_told_by_name_line_and_variable_and_the_old_site_stands() {
    let place = place(&small());
    let build = ["build", "--edition", "internal", "--as-of", "2027-01-20"];
    assert_eq!(tongket(place.path(), &build).status.code(), Some(0));
    let before = files(&place.path().join("internal"));
    // Only what is changed need be in the folder; the rest is the program's own.
    let spoilt = place.path().join("site-templates");
    fs::create_dir(&spoilt).unwrap();
    let page = "{% extends \"base.html\" %}\n{% block content %}\n<p>{{ view.nhip }}</p>\n{% endblock %}\n";
    fs::write(spoilt.join("units.html"), page).unwrap();
    let output = tongket(place.path(), &build);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    for told in ["mẫu trang", "units.html, dòng 3", "nhip", "Sửa mẫu trang rồi chạy lại"] {
        assert!(said(&output).contains(told), "{told}: {}", said(&output));
    }
    assert!(files(&place.path().join("internal")) == before);
}

#[test]
fn the_templates_are_written_out_to_be_changed_and_never_over_changed_ones() {
    let place = tempfile::tempdir().unwrap();
    let output = tongket(place.path(), &["theme"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for file in ["README.md", "base.html", "slides.html", "static/tokens.css"] {
        assert!(place.path().join("site-templates").join(file).is_file(), "{file}");
    }
    fs::write(place.path().join("site-templates/base.html"), "đã sửa").unwrap();
    assert_eq!(tongket(place.path(), &["theme"]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(place.path().join("site-templates/base.html")).unwrap(), "đã sửa");
}

#[test]
fn a_logo_stands_on_every_page_and_one_that_runs_a_program_is_refused_with_file_and_line() {
    let mut files = small();
    let (good, bad) = (place(&files), {
        let run = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
        files.insert("bieu-trung.svg".into(), run.to_vec());
        place(&files)
    });
    let build = ["build", "--edition", "internal", "--as-of", "2027-01-20"];
    assert_eq!(tongket(good.path(), &build).status.code(), Some(0));
    let page = fs::read_to_string(good.path().join("internal/xa/index.html")).unwrap();
    assert!(page.contains("src=\"../tai-san/bieu-trung.svg\"") && page.contains("BAN CHỈ ĐẠO 138"));
    assert!(good.path().join("internal/tai-san/bieu-trung.svg").is_file());
    let output = tongket(bad.path(), &build);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("site.toml:") && said(&output).contains("<script>"), "{}", said(&output));
    assert!(!bad.path().join("internal").exists());
}
