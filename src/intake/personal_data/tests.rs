//! Lists of persons in the shapes they come in, and returns that are none.

use super::*;
use crate::intake::workbook::{Area, Frame};

/// A sheet of texts: what parses as a number and does not begin with `0` is one.
fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let mut cells = Vec::new();
    for (row, texts) in rows.iter().enumerate() {
        for (col, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let value = match text.parse::<f64>() {
                Ok(number) if !text.starts_with('0') => CellValue::Number(number),
                _ => CellValue::Text(text.trim_start_matches('\'').into()),
            };
            cells.push(Cell { at: CellRef::new(row as u32, col as u32), value });
        }
    }
    Sheet { name: name.to_owned(), cells, ..Sheet::default() }
}

fn closed(sheet: Sheet) -> Option<Sign> {
    let mut workbook = Workbook { sheets: vec![sheet], names: Vec::new() };
    close_lists(&mut workbook);
    let sheet = &workbook.sheets[0];
    assert!(sheet.frame.notes.is_empty(), "comments never leave");
    match &sheet.closed {
        Some(Closed::Personal(sign)) => {
            assert_eq!((sheet.cells.len(), &sheet.frame), (0, &Frame::default()), "a closed sheet keeps nothing");
            Some(*sign)
        }
        Some(Closed::Unreadable(_)) => panic!("nothing here is unreadable"),
        None => None,
    }
}

fn at(cell: &str) -> CellRef {
    cell.parse().unwrap()
}

#[test]
fn lists_of_persons_are_closed_in_whatever_shape_they_come() {
    type Shape<'a> = (&'a str, &'a [&'a [&'a str]], Sign);
    let shapes: &[Shape] = &[
        (
            "a list with its title",
            &[&["DANH SÁCH"], &["STT", "Họ và tên", "Năm sinh", "Chỗ ở"]],
            Sign::Headings(at("B2")),
        ),
        ("headings over two rows", &[&["TT", "Họ, tên", ""], &["", "", "Số CCCD/CMND"]], Sign::Headings(at("B1"))),
        (
            "headings over three rows",
            &[&["TT", "Họ và tên"], &["", "", "Giấy tờ"], &["", "", "CCCD"]],
            Sign::Headings(at("B1")),
        ),
        ("a heading whose words stand in two rows", &[&["Họ và", "Năm"], &["tên", "sinh"]], Sign::Headings(at("A1"))),
        (
            "ngày sinh with nam and nữ under it",
            &[&["Họ và tên", "Ngày, tháng, năm sinh", ""], &["", "Nam", "Nữ"]],
            Sign::Headings(at("A1")),
        ),
        ("họ and tên in two columns", &[&["STT", "Họ", "Tên", "Số định danh"]], Sign::Headings(at("B1"))),
        ("no names but offences", &[&["Đối tượng", "Tội danh", "Địa chỉ"]], Sign::Headings(at("B1"))),
        ("identity and address", &[&["Số căn cước", "Nơi thường trú"]], Sign::Headings(at("A1"))),
        ("name and phone", &[&["Họ tên", "SĐT"]], Sign::Headings(at("A1"))),
        (
            "a form about one person",
            &[&["Họ và tên", "…"], &["Ngày sinh", "…"], &["Nơi cư trú", "…"]],
            Sign::Headings(at("A1")),
        ),
        ("capitals and line breaks", &[&["HỌ VÀ\nTÊN", "NĂM\nSINH"]], Sign::Headings(at("A1"))),
        ("typed without marks", &[&["Ho va ten", "Nam sinh", "Dia chi"]], Sign::Headings(at("A1"))),
        (
            "one heading with names under it",
            &[&["TT", "Họ và tên"], &["1", "Lò Thị Mẫu"], &["2", "Trần Mẫu"]],
            Sign::Headings(at("B1")),
        ),
        (
            "số định danh without any heading",
            &[&["001090012345"], &["002 091 012 346"], &["001090012347"]],
            Sign::Numbers(at("A1")),
        ),
        (
            "số định danh that lost their zero",
            &[&["a", "1090012345"], &["b", "1091012346"], &["c", "1092012347"]],
            Sign::Numbers(at("B1")),
        ),
        ("số CMND as text", &[&["'012345678"], &["'112345678"], &["'212345679"]], Sign::Numbers(at("A1"))),
        ("số CMND as numbers", &[&["112345678"], &["212345679"], &["312345671"]], Sign::Numbers(at("A1"))),
        ("phones", &[&["0912345678"], &["0912345679"], &["+84987654321"]], Sign::Numbers(at("A1"))),
        ("names in one column", &[&["Nguyễn Văn Mẫu"], &["Trần Thị Thử"], &["Lê Đức Ví"]], Sign::Names(at("A1"))),
        (
            "names with numbers and titles",
            &[&["1. Ông Nguyễn Văn Mẫu"], &["2. Bà Trần Thị Thử (SN 80)"], &["3. Lê Đức Ví, thôn Đông"]],
            Sign::Names(at("A1")),
        ),
        ("names in capitals", &[&["NGUYỄN VĂN MẪU"], &["TRẦN THỊ THỬ"], &["LÊ ĐỨC VÍ"]], Sign::Names(at("A1"))),
        ("names typed without marks", &[&["Nguyen Van Mau"], &["Tran Thi Thu"], &["Le Van Vi"]], Sign::Names(at("A1"))),
        ("names of the mountains", &[&["Giàng A Mẫu"], &["Vàng Thị Thử"], &["Lò Văn Ví"]], Sign::Names(at("A1"))),
        (
            "short names with years of birth",
            &[&["Trần Mẫu", "1990"], &["Lê Thử", "1985"], &["Bùi Ví", "2001"]],
            Sign::Names(at("A1")),
        ),
        (
            "persons where thôn should stand",
            &[&["Thôn, xóm"], &["Nguyễn Văn Mẫu"], &["Trần Thị Thử"], &["Lê Đức Ví"]],
            Sign::Names(at("A2")),
        ),
        (
            "one person told in a cell",
            &[&["Ghi chú: Nguyễn Văn Mẫu, SN 1990, trú tại thôn Đông"]],
            Sign::Cell(at("A1")),
        ),
        ("one số định danh in a sentence", &[&["đã cấp căn cước 001 090 012 345 ngày 5/3"]], Sign::Cell(at("A1"))),
        ("one số CMND in a sentence", &[&["đối tượng có CMND số 112345678"]], Sign::Cell(at("A1"))),
        ("a name with a birthday", &[&["Trần Thị Thử 05/3/1990"]], Sign::Cell(at("A1"))),
        (
            "a name among the notes of the form",
            &[&["Mã số", "Trong kỳ", "Ghi chú"], &["thn.dua_ra", "1", "anh Nguyễn Văn Mẫu chuyển đi"]],
            Sign::Cell(at("C2")),
        ),
        (
            "a name among notes without mã số",
            &[&["Chỉ tiêu", "Trong kỳ", "Ghi chú"], &["Đưa ra", "1", "Nguyễn Văn Mẫu"]],
            Sign::Cell(at("C2")),
        ),
        (
            "a name where a plain table counts",
            &[&["STT", "Chỉ tiêu", "Trong kỳ"], &["1", "Đưa ra", "Nguyễn Văn Mẫu"]],
            Sign::Cell(at("C2")),
        ),
        (
            "a name in a cell for a number",
            &[&["Mã số", "Trong kỳ"], &["thn.dua_ra", "Trần Thị Thử"]],
            Sign::Cell(at("B2")),
        ),
        (
            "a số định danh in a cell for a number",
            &[&["Mã số", "Trong kỳ"], &["thn.dua_ra", "001090012345"]],
            Sign::Cell(at("B2")),
        ),
    ];
    for (shape, rows, sign) in shapes {
        assert_eq!(closed(sheet("Sheet2", rows)), Some(*sign), "{shape}");
    }
}

#[test]
fn hidden_rows_columns_and_sheets_are_looked_at_too() {
    let list: &[&[&str]] = &[&["Họ và tên", "Năm sinh"], &["Nguyễn Văn Mẫu", "1990"]];
    let mut hidden = sheet("Sheet2", list);
    hidden.hidden = true;
    assert_eq!(closed(hidden), Some(Sign::Headings(at("A1"))));
    let mut hidden = sheet("Biểu 01", list);
    hidden.frame = Frame { hidden_cols: vec![(0, 1)], merged: vec![Area::new((0, 0), (0, 1))], ..Frame::default() };
    assert_eq!(closed(hidden), Some(Sign::Headings(at("A1"))));
}

#[test]
fn comments_are_looked_at_and_their_authors_are_not() {
    let commented = |text: &str| {
        let mut sheet = sheet("Biểu 01", &[&["Mã số"]]);
        sheet.frame.notes.push(Cell { at: at("H7"), value: CellValue::Text(text.into()) });
        closed(sheet)
    };
    assert_eq!(commented("Nguyễn Văn Mẫu SN 1990 về trong kỳ"), Some(Sign::Comment(at("H7"))));
    assert_eq!(commented("Cán bộ:\ngồm Trần Thị Thử và một người khác"), Some(Sign::Comment(at("H7"))));
    assert_eq!(commented("cccd 001090012345"), Some(Sign::Comment(at("H7"))));
    assert_eq!(commented("Nguyễn Văn Mẫu:\nkiểm tra lại số này"), None);
    assert_eq!(commented("số lấy theo sổ theo dõi"), None);
}

#[test]
fn a_sheet_named_after_a_person_loses_its_name_and_references_to_it() {
    let named = |name: &str| closed(sheet(name, &[&["x"]]));
    for name in ["Danh sách đối tượng", "DS người đặc xá", "Nguyễn Văn Mẫu", "Nguyen_Van_Mau", "DS Trần Thị Thử"]
    {
        assert_eq!(named(name), Some(Sign::SheetName), "{name}");
    }
    for name in ["Danh sách thôn", "DS mô hình", "Biểu 01", "Trần Phú", "P. Hoàng Văn Thụ", "Sheet1"] {
        assert_eq!(named(name), None, "{name}");
    }
    let mut workbook = Workbook {
        sheets: vec![sheet("Biểu 00", &[]), sheet("Nguyễn Văn Mẫu", &[])],
        names: vec![("a".into(), "'Nguyễn Văn Mẫu'!$A$1".into()), ("b".into(), "'Biểu 00'!$A$1".into())],
    };
    close_lists(&mut workbook);
    assert_eq!(workbook.sheets[1].name, "Trang tính thứ 2");
    assert!(!format!("{workbook:?}").contains("Mẫu"));
    assert_eq!(workbook.names.len(), 1);
}

#[test]
fn a_return_is_not_taken_for_a_list() {
    let shapes: &[(&str, &[&[&str]])] = &[
        (
            "rows of the form and its signatures",
            &[
                &["STT", "Chỉ tiêu", "Mã số", "ĐVT", "Trong kỳ", "", "", "Ghi chú"],
                &["1", "Số lượt được giúp đăng ký cư trú, hộ tịch, cấp căn cước", "thn.giay_to", "lượt", "4"],
                &["2", "Số tiền được vay", "thn.vay_so_tien", "đồng", "1500000000", "2500000000", "3512345678"],
                &["", "NGƯỜI LẬP", "", "", "", "", "", "CHỦ TỊCH"],
                &["", "(Ký, ghi rõ họ tên)", "", "", "", "", "", "(Ký, ghi rõ họ tên)"],
                &["", "Nguyễn Văn Mẫu", "", "", "", "", "", "Trần Thị Thử"],
            ],
        ),
        ("the head of Biểu 08", &[&["Mã mô hình", "Tên mô hình", "Ngày ra mắt", "Số thành viên"]]),
        ("an office", &[&["Địa chỉ", "Trụ sở UBND xã"], &["Điện thoại", "0203 123 456"]]),
        ("an office in one row", &[&["Địa chỉ: trụ sở UBND xã", "Điện thoại: 0203 123 456"]]),
        ("who made it", &[&["Họ và tên người lập: Nguyễn Văn Mẫu", "Điện thoại: 0912 345 678"]]),
        ("money", &[&["Kinh phí (đồng)"], &["123456789"], &["987654321"], &["512345678"]]),
        ("round money without a heading", &[&["150000000"], &["200000000"], &["350000000"]]),
        (
            "tax numbers of employers",
            &[&["Doanh nghiệp", "Mã số thuế"], &["A", "0309532909"], &["B", "0309532910"], &["C", "0309532911"]],
        ),
        (
            "thôn that sound like names",
            &[&["Thôn, xóm, tổ dân phố"], &["Cao Sơn Đông"], &["Mai Động"], &["Hà Trung Thượng"], &["Lê Lợi"]],
        ),
        (
            "khu phố named after heroes",
            &[&["Trần Hưng Đạo"], &["Lý Thường Kiệt"], &["Hoàng Văn Thụ"], &["Nguyễn Thị Minh Khai"]],
        ),
        ("units", &[&["Xã Minh Sơn"], &["Xã Phú Khê"], &["Phường Đông Kha"], &["Đặc khu Hòn Ngọc"]]),
        ("bodies", &[&["Đoàn Thanh Niên"], &["Đoàn Thanh Niên xã"], &["Đoàn Thanh Niên phường"]]),
        (
            "titles of rows in capitals",
            &[&["LÝ DO KHÁC"], &["CAO NHẤT TRONG KỲ"], &["VI PHẠM KHÁC"], &["HÀ NỘI"], &["THÁI BÌNH"]],
        ),
        (
            "schools in notes",
            &[
                &["Mã số", "Trong kỳ", "Ghi chú"],
                &["tt.buoi", "3", "tại Trường THCS Nguyễn Văn Cừ và trường Trần Đăng Ninh"],
            ],
        ),
        (
            "notes of a commune",
            &[&["Mã số", "Trong kỳ", "Ghi chú"], &["tt.buoi", "3", "Công an xã phối hợp Đoàn Thanh Niên, Hội Phụ nữ"]],
        ),
        ("what the form forbids", &[&["Không ghi họ tên, ngày sinh, địa chỉ, tội danh ở bất kỳ biểu nào."]]),
        ("years", &[&["Năm"], &["2026"], &["2027"], &["2028"]]),
    ];
    for (shape, rows) in shapes {
        assert_eq!(closed(sheet("Biểu 01", rows)), None, "{shape}");
    }
}
