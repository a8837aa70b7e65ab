//! Tables as clerks rearrange them.

use tongket::intake::Outcome;
use tongket::vocabulary::MeasureCode;

use crate::inbox::{Book, Read, Rows, merge};

/// One sheet with these rows behind the cover.
fn table(rows: Rows) -> Read {
    Book::new().cover("2026.1").sheet("Tờ 1", &rows, |_| {}).read()
}

#[test]
fn grouped_headings_are_read_down_to_the_column() {
    let rows = vec![
        vec!["TT", "Chỉ tiêu", "Mã số", "Cùng kỳ năm trước", "", "Kết quả", ""],
        vec!["", "", "", "Trong kỳ", "Lũy kế", "Trong kỳ", "Lũy kế"],
        vec!["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "7=4+6"],
        vec!["1", "Tiếp nhận", "thn.tiep_nhan", "91", "92", "4", "4"],
        vec!["2", "Đưa ra", "thn.dua_ra", "93", "94", "6", "6"],
    ];
    let merged = |sheet: &mut rust_xlsxwriter::Worksheet| {
        for (col, text) in [(0, "TT"), (1, "Chỉ tiêu"), (2, "Mã số")] {
            merge(sheet, [0, col, 1, col], text);
        }
        merge(sheet, [0, 3, 0, 4], "Cùng kỳ năm trước");
        merge(sheet, [0, 5, 0, 6], "Kết quả");
    };
    for read in [
        Book::new().cover("2026.1").sheet("Tờ 1", &rows, merged).read(),
        // The same without merged cells.
        table(rows.clone()),
    ] {
        assert_eq!((read.value("thn.tiep_nhan"), read.value("thn.dua_ra")), ("F4 = 4".into(), "F5 = 6".into()));
        let cumulative = read.entry("thn.dua_ra").cumulative.map(|(cell, value)| (cell.to_string(), value));
        assert_eq!(cumulative, Some(("G5".into(), 6)));
        assert_eq!(read.rules(), Vec::<&str>::new());
    }
}

#[test]
fn trong_ky_divided_into_plan_and_result_is_the_result() {
    let rows = vec![
        vec!["Mã số", "Trong kỳ", "", "Ghi chú"],
        vec!["", "Kế hoạch", "Thực hiện", ""],
        vec!["thn.tiep_nhan", "90", "4", ""],
    ];
    let merged = |sheet: &mut rust_xlsxwriter::Worksheet| merge(sheet, [0, 1, 0, 2], "Trong kỳ");
    let read = Book::new().cover("2026.1").sheet("Tờ 1", &rows, merged).read();
    assert_eq!(read.value("thn.tiep_nhan"), "C3 = 4");
}

#[test]
fn headings_go_by_many_names_and_never_by_those_of_another_period() {
    for heading in [
        "Trong kỳ",
        "SỐ LIỆU\nTRONG KỲ",
        "Kỳ này",
        "Thực hiện trong kỳ",
        "Trong kỳ (người)",
        "Trong kỳ:",
        "Số thực hiện trong kỳ",
    ] {
        let read = table(vec![vec!["Mã số", "Kỳ trước", heading, "Kế hoạch"], vec!["thn.tiep_nhan", "90", "4", "91"]]);
        assert_eq!(read.value("thn.tiep_nhan"), "C2 = 4", "{heading}");
    }
    for heading in
        ["Cùng kỳ năm trước", "Kỳ trước", "Trong kỳ năm trước", "Kế hoạch", "Tỷ lệ trong kỳ", "Dự kiến kỳ sau"]
    {
        let read = table(vec![vec!["Mã số", heading], vec!["thn.tiep_nhan", "90"]]);
        assert_eq!(
            (read.value("thn.tiep_nhan").as_str(), read.rules()),
            ("absent", vec!["column-missing"]),
            "{heading}"
        );
    }
}

#[test]
fn of_two_columns_trong_ky_none_is_guessed() {
    let read = table(vec![vec!["Mã số", "Trong kỳ", "Trong kỳ"], vec!["thn.tiep_nhan", "4", "5"]]);
    assert_eq!(read.value("thn.tiep_nhan"), "absent");
    assert!(read.finding("column-missing").message.contains("2 cột “Trong kỳ” (B, C)"));
}

#[test]
fn several_tables_on_one_sheet_each_have_their_columns() {
    let read = table(vec![
        vec!["", "PHẦN A", "", "Đơn vị tính: người"],
        vec!["Mã số", "Chỉ tiêu", "Trong kỳ", ""],
        vec!["thn.tiep_nhan", "", "4", ""],
        vec!["", "Cộng", "4", ""],
        vec![],
        vec!["", "Người lập", "", ""],
        vec!["", "PHẦN B", "", "(ĐVT: triệu đồng)"],
        vec!["Chỉ tiêu", "Kết quả", "", "Mã số"],
        vec!["", "Lũy kế", "Trong kỳ", ""],
        vec!["", "9", "2", "thn.dua_ra"],
        vec!["", "15", "15", "thn.vay_so_tien"],
    ]);
    assert_eq!(read.value("thn.tiep_nhan"), "C3 = 4");
    assert_eq!(read.value("thn.dua_ra"), "C10 = 2");
    assert_eq!(read.value("thn.vay_so_tien"), "C11 = 15000000");
    let repair = "15 theo đơn vị tính đã khai (1.000.000 đồng) đọc là 15.000.000";
    assert_eq!(read.entry("thn.vay_so_tien").repairs, [repair.to_owned(), format!("Lũy kế: {repair}")]);
}

#[test]
fn tables_side_by_side_are_two_tables() {
    let read = table(vec![
        vec!["STT", "Mã số", "Trong kỳ", "", "STT", "Mã số", "Trong kỳ"],
        vec!["1", "thn.tiep_nhan", "4", "", "3", "thn.nhom_a", "6"],
        vec!["2", "thn.dua_ra", "5", "", "4", "thn.nhom_b", "7"],
    ]);
    let values = ["thn.tiep_nhan", "thn.dua_ra", "thn.nhom_a", "thn.nhom_b"].map(|code| read.value(code));
    assert_eq!(values, ["C2 = 4", "C3 = 5", "G2 = 6", "G3 = 7"]);
}

#[test]
fn codes_in_another_column_than_their_heading_are_found_and_mentioned() {
    let read = table(vec![
        vec!["Mã số", "Chỉ tiêu", "Trong kỳ", "", ""],
        vec!["", "Tiếp nhận", "4", "", "thn.tiep_nhan"],
        vec!["", "Đưa ra", "5", "", "thn.dua_ra"],
    ]);
    assert_eq!(read.value("thn.dua_ra"), "C3 = 5");
    assert_eq!(read.finding("codes-elsewhere").message, "Mã số đứng ở cột E, không dưới tiêu đề “Mã số” (cột A)");
    // A code that is only mentioned elsewhere is none.
    let read =
        table(vec![vec!["Mã số", "Trong kỳ", "Ghi chú"], vec!["thn.tiep_nhan", "4", ""], vec!["", "", "thn.dua_ra"]]);
    assert_eq!((read.value("thn.dua_ra").as_str(), read.rules()), ("absent", vec![]));
}

#[test]
fn rows_are_found_on_whatever_sheet_they_were_moved_to() {
    let read = Book::new()
        .sheet("Số liệu", &vec![vec!["Mã số", "Trong kỳ"], vec!["tt.buoi", "4"], vec!["thn.tiep_nhan", "5"]], |_| {})
        .sheet("Nháp", &vec![vec!["1", "2", "3"]], |_| {})
        .cover("2026.1")
        .read();
    assert_eq!((read.value("tt.buoi"), read.value("thn.tiep_nhan")), ("B2 = 4".into(), "B3 = 5".into()));
    assert_eq!(read.rules(), ["unknown-sheet"]);
    assert_eq!(read.finding("unknown-sheet").place.sheet_name(), Some("Nháp"));
}

#[test]
fn a_copied_sheet_with_other_values_is_mentioned_and_not_used() {
    let rows = |value| vec![vec!["Mã số", "Trong kỳ"], vec!["thn.tiep_nhan", value], vec!["thn.dua_ra", "3"]];
    let book = || Book::new().cover("2026.1");
    let read = book().sheet("Biểu 01 (2)", &rows("9"), |_| {}).sheet("Biểu 01", &rows("4"), |_| {}).read();
    assert_eq!((read.entry("thn.tiep_nhan").sheet.as_ref(), read.value("thn.tiep_nhan")), ("Biểu 01", "B2 = 4".into()));
    assert_eq!(read.finding("row-copied").place.sheet_name(), Some("Biểu 01 (2)"));
    // Where no sheet bears the form's name, neither is the copy.
    let read = book().sheet("Tờ 1", &rows("9"), |_| {}).sheet("Tờ 2", &rows("4"), |_| {}).read();
    assert_eq!((read.value("thn.tiep_nhan").as_str(), read.value("thn.dua_ra").as_str()), ("rejected", "B3 = 3"));
    assert!(read.finding("row-twice").message.contains("hai dòng A2 và Tờ 2!A2"));
}

#[test]
fn hidden_cells_are_used_and_mentioned() {
    let rows = vec![
        vec!["Mã số", "Nháp", "Trong kỳ"],
        vec!["thn.tiep_nhan", "1", "4"],
        vec!["thn.dua_ra", "1", "5"],
        vec!["ghi chú ẩn"],
    ];
    let hide = |sheet: &mut rust_xlsxwriter::Worksheet| {
        sheet.set_row_hidden(2).unwrap();
        sheet.set_row_hidden(3).unwrap();
        sheet.set_column_hidden(1).unwrap();
    };
    let read = Book::new().cover("2026.1").sheet("Biểu 01", &rows, hide).read();
    assert_eq!((read.value("thn.dua_ra"), read.rules()), ("C3 = 5".into(), vec!["hidden-cells"]));
    let finding = read.finding("hidden-cells");
    assert_eq!(finding.place.cell_ref().map(|cell| cell.to_string()).as_deref(), Some("C3"));
    assert_eq!(finding.message, "1 ô số liệu nằm trên hàng hoặc cột đang ẩn; số liệu vẫn được dùng");
    assert_eq!(read.entry("thn.dua_ra").repairs, ["ô đang ẩn"]);
    assert_eq!(read.entry("thn.tiep_nhan").repairs, Vec::<String>::new());
}

#[test]
fn a_table_without_codes_is_read_by_exact_title() {
    let read = table(vec![
        vec!["STT", "Nội dung", "Trong kỳ", "Ghi chú"],
        vec!["1", "số người tiếp nhận TRONG KỲ", "4", ""],
        vec!["1.1", "+ được đặc xá", "1", ""],
        vec!["2", "2. Số buổi tuyên truyền, nói chuyện chuyên đề;", "3", ""],
        vec!["3", "Số người tiếp nhận", "9", ""],
        vec!["", "Cộng", "8", ""],
    ]);
    let values = ["thn.tiep_nhan", "thn.vao_dac_xa", "tt.buoi"].map(|code| read.value(code));
    assert_eq!(values, ["C2 = 4", "C3 = 1", "C4 = 3"]);
    assert_eq!(read.entry("tt.buoi").repairs, ["không có mã số, đọc theo tên chỉ tiêu"]);
    assert_eq!(read.rules(), ["read-by-title"]);
    assert_eq!(read.finding("read-by-title").message, "3 dòng không có mã số, được đọc theo đúng tên chỉ tiêu");
}

#[test]
fn a_row_that_lost_its_code_is_read_by_title_and_one_with_a_code_is_not() {
    let read = table(vec![
        vec!["Chỉ tiêu", "Mã số", "Trong kỳ"],
        vec!["Số người tiếp nhận trong kỳ", "", "4"],
        vec!["– được đặc xá", "thn.khac", "5"],
        vec!["Số buổi tuyên truyền, nói chuyện chuyên đề", "", "6"],
        vec!["", "tt.buoi", "7"],
    ]);
    assert_eq!(read.value("thn.tiep_nhan"), "C2 = 4");
    assert_eq!(read.value("thn.vao_dac_xa"), "absent");
    assert_eq!(read.value("tt.buoi"), "C5 = 7");
}

#[test]
fn a_title_that_two_rows_have_is_not_guessed() {
    let rows = |name| {
        let rows = vec![vec!["Chỉ tiêu", "Trong kỳ"], vec!["– được đặc xá", "4"], vec!["Số lượt người dự", "5"]];
        Book::new().cover("2026.1").sheet(name, &rows, |_| {}).read_with(|definitions| {
            let form = definitions.forms.last_mut().unwrap();
            let row = form
                .sheets
                .iter_mut()
                .flat_map(|sheet| &mut sheet.rows)
                .find(|row| row.code == MeasureCode::from("tt.tin_bai"));
            row.unwrap().title = "– Được đặc xá".to_owned();
        })
    };
    let read = rows("Sheet1");
    assert_eq!((read.value("thn.vao_dac_xa").as_str(), read.value("tt.tin_bai").as_str()), ("absent", "absent"));
    let finding = read.finding("ambiguous-title");
    assert_eq!(
        finding.message,
        "Dòng không có mã số, tên chỉ tiêu là của thn.vao_dac_xa và tt.tin_bai: không rõ dòng nào"
    );
    assert_eq!(read.value("tt.luot_nguoi"), "B3 = 5");
    // The sheet says which one is meant.
    assert_eq!(rows("Biểu 05").value("tt.tin_bai"), "B2 = 4");
}

#[test]
fn a_plain_table_says_at_its_top_whose_it_is() {
    let read = Book::new()
        .sheet(
            "Sheet1",
            &vec![
                vec!["Đơn vị: UBND xã An Thịnh"],
                vec!["BÁO CÁO KẾT QUẢ CÔNG TÁC"],
                vec!["Kỳ báo cáo", "", "Quý I/2026"],
                vec![],
                vec!["Chỉ tiêu", "Trong kỳ"],
                vec!["Số người tiếp nhận trong kỳ", "4"],
                vec!["– được đặc xá", "-"],
                vec!["Số người đưa ra khỏi diện quản lý trong kỳ", "1"],
            ],
            |_| {},
        )
        .read();
    let ret = read.ret();
    assert_eq!(
        (ret.unit.as_str(), ret.period.to_string().as_str(), ret.form_version.as_str()),
        ("99001", "2026-Q1", "2026.1")
    );
    assert_eq!((read.value("thn.tiep_nhan"), read.value("thn.vao_dac_xa")), ("B6 = 4".into(), "B7 = 0".into()));
    assert_eq!(read.rules(), ["no-form-version", "read-by-title"]);
    assert_eq!(ret.outcome, Outcome::AcceptedInPart, "the other rows are missing");
}

#[test]
fn a_plain_table_that_says_not_whose_it_is_is_set_aside() {
    let rows =
        vec![vec!["Kỳ báo cáo: Quý I/2026"], vec!["Chỉ tiêu", "Trong kỳ"], vec!["Số người tiếp nhận trong kỳ", "4"]];
    let read = Book::new().sheet("Sheet1", &rows, |_| {}).read();
    assert_eq!((read.0.returns.len(), read.0.set_aside.len()), (0, 1));
}

#[test]
fn a_finding_about_a_thon_stands_at_its_cell() {
    let rows = vec![
        vec!["", "Thôn", "Buổi", "Lượt"],
        vec!["", "Mã số", "tt.buoi", "tt.luot_nguoi"],
        vec!["1", "Thôn Đông", "3", "~20"],
        vec!["2", "Thôn Tây", "9", "5"],
    ];
    let commune = vec![vec!["Mã số", "Trong kỳ"], vec!["tt.buoi", "5"]];
    let read = Book::new().cover("2026.1").sheet("Biểu 05", &commune, |_| {}).sheet("Biểu 06B", &rows, |_| {}).read();
    let place = |rule: &str| {
        let place = &read.finding(rule).place;
        (place.sheet_name().unwrap().to_owned(), place.cell_ref().unwrap().to_string())
    };
    assert_eq!(place("approximate-number"), ("Biểu 06B".into(), "D3".into()));
    assert_eq!(place("R24c"), ("Biểu 06B".into(), "C4".into()));
    assert!(read.finding("R24c").help.ends_with("(đối chiếu Biểu 05!B2)"), "{}", read.finding("R24c").help);
    let thon = &read.ret().settlements[1];
    assert_eq!(thon.cell(&MeasureCode::from("tt.buoi")).map(|cell| cell.to_string()).as_deref(), Some("C4"));
}
