//! Who reports and for which period: what covers declare, and what paths say.

use super::*;

#[test]
fn a_return_that_nobody_asked_for_is_set_aside_with_what_is_asked() {
    let inbox = Inbox::new();
    inbox.put_fill("a.xlsx", &inbox.fill("99001", "2026-H1"));
    let intake = inbox.read();
    let finding = intake.findings.iter().find(|finding| finding.rule.as_str() == "period-not-asked").unwrap();
    assert_eq!(finding.message, "Xã An Thịnh không phải gửi báo cáo 6 tháng đầu năm 2026");
    assert_eq!(finding.help, "Gửi báo cáo quý I/2026, quý II/2026");
    assert!(matches!(intake.returns[0].standing, Standing::SetAside { .. }));
}

#[test]
fn a_unit_is_accepted_by_code_or_exact_name_and_never_guessed() {
    let quarter = ["Quý", "1", "2026"];
    for (code, name, unit, rule) in [
        ("99007", "Xã Minh Sơn", Some("99007"), None),
        ("99007", "", Some("99007"), None),
        ("99007", "UBND xã Minh Sơn", Some("99007"), None),
        ("", "xã  MINH SƠN", Some("99007"), None),
        ("99007", "Xã Minh Sơm", Some("99007"), Some("wrong-unit-name")),
        ("", "Minh Sơn", None, Some("unknown-unit")),
        ("", "Xã Minh Son", None, Some("unknown-unit")),
        ("", "", None, Some("unknown-unit")),
        ("99907", "Xã Minh Sơn", None, Some("unknown-unit")),
        ("99007", "Xã Phú Khê", None, Some("unknown-unit")),
    ] {
        let inbox = Inbox::new();
        inbox.put("a.xlsx", &texts(&[("Biểu 00", false, cover(code, name, quarter))]));
        let intake = inbox.read();
        let found = intake.returns.first().map(|ret| ret.unit.as_str());
        assert_eq!(found, unit, "{code} {name}");
        let told = rules(&intake, "a.xlsx").into_iter().find(|rule| rule.contains("unit"));
        assert_eq!(told.as_deref(), rule, "{code} {name}");
    }
    let inbox = Inbox::new();
    inbox.put("a.xlsx", &texts(&[("Biểu 00", false, cover("", "Minh Son", quarter))]));
    let help = &inbox.read().findings[0].help;
    assert_eq!(help, "Có phải Xã Minh Sơn (99007)? Ghi đúng mã và tên ở Biểu 00 rồi gửi lại");
}

#[test]
fn everything_wrong_with_a_cover_is_told_at_once() {
    let inbox = Inbox::new();
    let mut rows = cover("99907", "", ["Quý II", "1", "2026"]);
    rows[7][1] = "2019";
    inbox.put("a.xlsx", &texts(&[("Biểu 00", false, rows)]));
    let intake = inbox.read();
    let mut found = rules(&intake, "a.xlsx");
    found.sort();
    assert_eq!(found, ["unknown-form-version", "unknown-period", "unknown-unit"]);
    assert_eq!(intake.set_aside.len(), 1);
}

#[test]
fn a_file_name_that_says_otherwise_is_a_warning() {
    let inbox = Inbox::new();
    for name in
        ["2026-Q1/99002.xlsx", "2026-Q2/xa-an-thinh.xlsx", "2026-Q1/Xã Phú Khê.xlsx", "2026-Q1/Xã An Thịnh (2).xlsx"]
    {
        inbox.put(name, &texts(&[("Biểu 00", false, cover("99001", "Xã An Thịnh", ["Quý", "1", "2026"]))]));
    }
    let intake = inbox.read();
    let warned: Vec<&str> = intake
        .findings
        .iter()
        .filter(|finding| finding.rule.as_str() == "wrong-file-name")
        .map(|finding| finding.place.file_name())
        .collect();
    assert_eq!(warned, ["2026-Q1/99002.xlsx", "2026-Q1/Xã Phú Khê.xlsx", "2026-Q2/xa-an-thinh.xlsx"]);
}

/// A cover with its first and last day.
fn dated<'t>(period: [&'t str; 3], days: [&'t str; 2]) -> Vec<Vec<&'t str>> {
    let mut rows = cover("99001", "Xã An Thịnh", period);
    rows.push(vec!["Từ ngày", days[0], "", "Đến ngày", days[1]]);
    rows
}

/// The period a cover under a path is taken for, and the rule that is told about it.
fn period_of(path: &str, rows: Vec<Vec<&str>>) -> (Option<String>, Option<String>) {
    let inbox = Inbox::new();
    inbox.put(path, &texts(&[("Biểu 00", false, rows)]));
    let intake = inbox.read();
    let told = rules(&intake, path).into_iter().find(|rule| rule.contains("period") || rule.contains("date"));
    (intake.returns.first().map(|ret| ret.period.to_string()), told)
}

#[test]
fn a_period_is_told_by_words_and_by_days_that_agree() {
    const Q1: [&str; 2] = ["15/12/2025", "14/3/2026"];
    for (period, days, expected, rule) in [
        (["Quý", "1", "2026"], Q1, Some("2026-Q1"), None),
        (["", "", ""], Q1, Some("2026-Q1"), None),
        (["từ 15/12/2025 đến 14/3/2026", "1", "2026"], ["", ""], Some("2026-Q1"), None),
        (["từ 15/12/2025 đến 14/3/2026", "2", "2026"], ["", ""], None, Some("unknown-period")),
        (["Quý", "", "2026"], Q1, Some("2026-Q1"), None),
        (["Quý", "", "2026"], ["", ""], None, Some("unknown-period")),
        (["Quý", "2", ""], Q1, None, Some("unknown-period")),
        (["Quý", "2", "2026"], Q1, None, Some("unknown-period")),
        (["Quý", "1", "2026"], ["01/01/2026", "31/3/2026"], Some("2026-Q1"), Some("period-dates")),
        (["Quý", "1", "2026"], ["15/12/2025", "31/02/2026"], Some("2026-Q1"), Some("not-a-date")),
        (["Quý", "1", "2026"], ["12/15/2025", "14/3/2026"], Some("2026-Q1"), Some("not-a-date")),
    ] {
        let (found, told) = period_of("a.xlsx", dated(period, days));
        assert_eq!((found.as_deref(), told.as_deref()), (expected, rule), "{period:?} {days:?}");
    }
}

#[test]
fn a_path_sides_with_one_of_two_declarations_or_contradicts_a_single_one() {
    let (q1_days, q2) = (["15/12/2025", "14/3/2026"], ["Quý", "2", "2026"]);
    for (path, period, days, expected, rule) in [
        // Words against days: the path decides only by siding with the words.
        ("2026-Q2/99001.xlsx", q2, q1_days, Some("2026-Q2"), Some("period-dates")),
        ("2026-Q1/99001.xlsx", q2, q1_days, None, Some("unknown-period")),
        // Words alone against the name of the file.
        ("99001 quý I 2026.xlsx", q2, ["", ""], None, Some("unknown-period")),
        ("99001 quý II 2026.xlsx", q2, ["", ""], Some("2026-Q2"), None),
    ] {
        let (found, told) = period_of(path, dated(period, days));
        assert_eq!((found.as_deref(), told.as_deref()), (expected, rule), "{path}");
    }
}

#[test]
fn a_cover_that_says_all_twice_stands_against_the_path_with_a_warning() {
    for (path, said) in [
        ("2026-Q2/99001.xlsx", "quý II/2026"),
        ("2025/99001.xlsx", "năm 2025"),
        ("2026/Quý III/99001.xlsx", "quý III/2026"),
        ("99001 6 tháng đầu năm 2027.xlsx", "6 tháng đầu năm 2027"),
        ("Xã Phú Khê/2026-Q1.xlsx", "Xã Phú Khê (99010)"),
        ("BC Q1 2026 - P. Cau Van.xlsx", "Phường Cầu Vân (99005)"),
        ("Q2.2026/99002.xlsx", "Xã Ân Hòa (99002), quý II/2026"),
    ] {
        let inbox = Inbox::new();
        let rows = dated(["Quý", "1", "2026"], ["15/12/2025", "14/3/2026"]);
        inbox.put(path, &texts(&[("Biểu 00", false, rows)]));
        let intake = inbox.read();
        let finding = intake.findings.iter().find(|finding| finding.rule.as_str() == "wrong-file-name").unwrap();
        let message = format!("Tên tệp hoặc thư mục nói đến {said}, Biểu 00 ghi Xã An Thịnh (99001), quý I/2026");
        assert_eq!(finding.message, message);
        assert_eq!(intake.returns[0].standing, Standing::Counts);
    }
}

#[test]
fn a_path_that_agrees_or_says_nothing_is_not_mentioned() {
    for path in [
        "a.xlsx",
        "2026/2026-Q1/99001_2026-Q1_bao-cao.xlsx",
        "Năm 2026/Quý I/Xã An Thịnh.xlsx",
        "2026-H1/xa an thinh Q1-2026 (1) cuối.xlsx",
        "BC gửi 18.3.2026.xlsx",
        "Việt Nam 2027/báo cáo.xlsx",
    ] {
        let inbox = Inbox::new();
        let rows = dated(["Quý", "1", "2026"], ["15/12/2025", "14/3/2026"]);
        inbox.put(path, &texts(&[("Biểu 00", false, rows)]));
        assert!(!rules(&inbox.read(), path).contains(&"wrong-file-name".to_owned()), "{path}");
    }
}

#[test]
fn a_unit_told_once_is_not_taken_against_the_path() {
    for (code, name, path) in
        [("99001", "", "99002.xlsx"), ("", "Xã An Thịnh", "Xã Ân Hòa.xlsx"), ("99001", "Xã Lạ", "99002.xlsx")]
    {
        let inbox = Inbox::new();
        inbox.put(path, &texts(&[("Biểu 00", false, cover(code, name, ["Quý", "1", "2026"]))]));
        let intake = inbox.read();
        assert_eq!(intake.returns.len(), 0, "{code} {name} {path}");
        let finding = intake.findings.iter().find(|finding| finding.rule.as_str() == "unknown-unit").unwrap();
        let help = "Có phải Xã An Thịnh (99001) hay Xã Ân Hòa (99002)? Ghi đúng mã và tên ở Biểu 00 rồi gửi lại";
        assert_eq!(finding.help, help);
    }
}

#[test]
fn what_may_have_been_meant_is_suggested_and_not_taken() {
    for (code, name, suggested) in [
        ("", "Minh Son", "Xã Minh Sơn (99007)"),
        ("", "Xã Minh Sơm", "Xã Minh Sơn (99007)"),
        ("", "Xã Muờng Sáng", "Xã Mường Sáng (99008)"),
        ("", "UBND phường Bình Lư", "Xã Bình Lư (99004)"),
        ("99907", "", "Xã Minh Sơn (99007)"),
    ] {
        let inbox = Inbox::new();
        inbox.put("a.xlsx", &texts(&[("Biểu 00", false, cover(code, name, ["Quý", "1", "2026"]))]));
        let intake = inbox.read();
        assert_eq!(intake.returns.len(), 0);
        assert!(intake.findings[0].help.contains(suggested), "{name}: {}", intake.findings[0].help);
    }
}

#[test]
fn an_alias_and_another_place_of_the_tone_mark_are_exact() {
    for (name, unit) in [("P. Cầu Vân", "99005"), ("xã Ân Hoà", "99002"), ("Xã  Bến  Thượng", "99003")] {
        let inbox = Inbox::new();
        inbox.put("a.xlsx", &texts(&[("Biểu 00", false, cover("", name, ["Quý", "1", "2026"]))]));
        let intake = inbox.read();
        assert_eq!(intake.returns.first().map(|ret| ret.unit.as_str()), Some(unit), "{name}");
    }
}

#[test]
fn a_unit_counts_only_on_the_days_it_existed() {
    let mut inbox = Inbox::new();
    let date = |text: &str| text.parse::<NaiveDate>().unwrap();
    // 99001 becomes a part of a new 99013 of the same name on 30/4/2026.
    let units = &mut inbox.definitions.units.units;
    let mut heir = units["99001"].clone();
    units.get_mut("99001").unwrap().names[0].valid_to = Some(date("2026-04-29"));
    units.get_mut("99001").unwrap().successors = vec!["99013".into()];
    heir.code = "99013".into();
    heir.names[0].valid_from = date("2026-04-30");
    units.insert("99013".into(), heir);
    for (code, name, quarter, expected) in [
        ("99001", "Xã An Thịnh", "1", Some("99001")),
        ("99001", "Xã An Thịnh", "2", None),
        ("", "Xã An Thịnh", "1", Some("99001")),
        ("", "Xã An Thịnh", "2", Some("99013")),
        ("99013", "Xã An Thịnh", "1", None),
    ] {
        inbox.put("a.xlsx", &texts(&[("Biểu 00", false, cover(code, name, ["Quý", quarter, "2026"]))]));
        let intake = inbox.read();
        assert_eq!(intake.returns.first().map(|ret| ret.unit.as_str()), expected, "{code} {quarter}");
        if (code, quarter) == ("99001", "2") {
            assert_eq!(intake.findings[0].message, "Xã An Thịnh (99001) không tồn tại vào ngày 14/6/2026");
            assert!(intake.findings[0].help.starts_with("Có phải Xã An Thịnh (99013)?"));
        }
    }
}
