//! What people type into the cells of a form, through the whole reader.

use super::*;

#[test]
fn what_people_type_into_cells_is_told_cell_by_cell() {
    let inbox = Inbox::new();
    let mut fill = inbox.fill("99001", "2026-Q1");
    for (code, typed) in [
        ("thn.tiep_nhan", "~20"),
        ("thn.dua_ra", "12 người"),
        ("thn.nhom_a", "1,234"),
        ("thn.nhom_b", "-"),
        ("tt.buoi", "1.234"),
        ("tt.luot_nguoi", "nhiều"),
    ] {
        fill.lines.get_mut(&MeasureCode::from(code)).unwrap().value = Some(Typed::Text(typed.into()));
    }
    fill.lines.get_mut(&MeasureCode::from("thn.nhom_c")).unwrap().value = None;
    inbox.put_fill("a.xlsx", &fill);
    let intake = inbox.read();
    let ret = &intake.returns[0];
    for (code, expected) in [
        ("thn.tiep_nhan", Reading::Rejected),
        ("thn.nhom_a", Reading::Rejected),
        ("thn.nhom_b", Reading::Value(0)),
        ("thn.nhom_c", Reading::Empty),
        ("tt.luot_nguoi", Reading::Rejected),
    ] {
        assert_eq!(value(ret, code), Some(expected), "{code}");
    }
    assert_eq!(ret.entries[&MeasureCode::from("thn.nhom_b")].repairs, ["“-” đọc là 0"]);
    let place = |rule: &str| {
        let finding = intake.findings.iter().find(|finding| finding.rule.as_str() == rule).unwrap();
        let entry = &ret.entries[finding.item.as_ref().unwrap()];
        (finding.place.cell_ref() == Some(entry.cell), finding.place.sheet_name() == Some(&*entry.sheet))
    };
    for rule in ["approximate-number", "not-a-number", "missing-value"] {
        assert_eq!(place(rule), (true, true), "{rule}");
    }
    assert!(rules(&intake, "a.xlsx").contains(&"repaired-value".to_owned()));
}

#[test]
fn money_is_read_in_the_unit_its_row_declares() {
    let inbox = Inbox::new();
    let table = vec![
        vec!["Chỉ tiêu", "Mã số", "ĐVT", "Trong kỳ"],
        vec!["Số tiền được vay", "thn.vay_so_tien", "triệu đồng", "150.5"],
        vec!["Kinh phí", "thn.kinh_phi_ns", "đồng", "'12.000.000"],
    ];
    inbox.put("a.xlsx", &texts(&[("Biểu 00", false, cover("99001", "", ["Quý", "1", "2026"])), ("B3", false, table)]));
    let intake = inbox.read();
    assert_eq!(value(&intake.returns[0], "thn.vay_so_tien"), Some(Reading::Value(150_500_000)));
    assert_eq!(value(&intake.returns[0], "thn.kinh_phi_ns"), Some(Reading::Value(12_000_000)));
}

#[test]
fn a_cell_that_says_there_are_no_figures_is_missing_and_told_so() {
    let inbox = Inbox::new();
    let mut fill = inbox.fill("99001", "2026-Q1");
    for (code, typed) in [("thn.tiep_nhan", "x"), ("thn.dua_ra", "chưa thống kê"), ("kt.tap_the", "0 có")] {
        fill.lines.get_mut(&MeasureCode::from(code)).unwrap().value = Some(Typed::Text(typed.into()));
    }
    inbox.put_fill("a.xlsx", &fill);
    let intake = inbox.read();
    for (code, reading) in
        [("thn.tiep_nhan", Reading::Empty), ("thn.dua_ra", Reading::Empty), ("kt.tap_the", Reading::Value(0))]
    {
        assert_eq!(value(&intake.returns[0], code), Some(reading), "{code}");
    }
    let messages: Vec<&str> = intake
        .findings
        .iter()
        .filter(|finding| finding.rule.as_str() == "missing-value")
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "Ô “Tiếp nhận” ghi “x”, tức là chưa có số liệu, cần một giá trị",
            "Ô “Đưa ra khỏi diện” ghi “chưa thống kê”, tức là chưa có số liệu, cần một giá trị"
        ]
    );
}

#[test]
fn an_amount_multiplied_twice_is_used_and_asked_about() {
    let inbox = Inbox::new();
    let table = vec![
        vec!["Chỉ tiêu", "Mã số", "ĐVT", "Trong kỳ"],
        vec!["Giá trị", "thn.xa_hoi_hoa", "triệu đồng", "15000000"],
        vec!["Kinh phí", "thn.kinh_phi_ns", "triệu đồng", "15 triệu đồng"],
    ];
    let cover = cover("99001", "Xã An Thịnh", ["Quý", "1", "2026"]);
    inbox.put("a.xlsx", &texts(&[("Biểu 00", false, cover), ("B3", false, table)]));
    let intake = inbox.read();
    let ret = &intake.returns[0];
    assert_eq!(value(ret, "thn.kinh_phi_ns"), Some(Reading::Value(15_000_000)));
    assert_eq!(value(ret, "thn.xa_hoi_hoa"), Some(Reading::Value(15_000_000_000_000)));
    let asked: Vec<&str> = intake
        .findings
        .iter()
        .filter(|finding| finding.rule.as_str() == "R26")
        .map(|finding| finding.item.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(asked, ["thn.xa_hoi_hoa"]);
}
