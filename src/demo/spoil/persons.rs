//! Invented persons, plainly so, where none may be: what clerks paste beside their figures.

use crate::demo::spoil::book::{Book, CODE, NOTE, Page, Shown, Value};

/// Names and numbers that belong to nobody and say so.
const NOBODY: [[&str; 5]; 4] = [
    ["1", "Nguyễn Văn Giả Lập", "1990", "000000000001", "Thôn Không Có Thật"],
    ["2", "Trần Thị Minh Họa", "1985", "000000000002", "Thôn Không Có Thật"],
    ["3", "Lê Văn Không Thật", "1979", "000000000003", "Xóm Tưởng Tượng"],
    ["4", "Phạm Thị Ví Dụ", "2001", "000000000004", "Xóm Tưởng Tượng"],
];

/// A list on a hidden sheet.
pub fn hidden_sheet(book: &mut Book) {
    let mut page = Page::new("DS");
    page.shown = Shown::Hidden;
    page.write(0, 0, &["DANH SÁCH NGƯỜI GIẢ LẬP (SỐ LIỆU MINH HỌA)"]);
    page.write(1, 0, &["STT", "Họ và tên", "Năm sinh", "Số CCCD", "Nơi cư trú"]);
    for (person, row) in NOBODY.iter().zip(2..) {
        page.write(row, 0, person);
    }
    book.pages.push(page);
}

/// A list without headings, below the table of a sheet that is read.
pub fn without_headings(book: &mut Book) {
    let mut page = Page::new("Sheet1");
    for (person, row) in NOBODY.iter().zip(0..) {
        page.write(row, 0, person);
    }
    book.pages.push(page);
}

/// Persons in the comment of a cell.
pub fn comment(book: &mut Book) {
    let text: Vec<String> = NOBODY.iter().map(|p| format!("{}, sinh năm {}, CCCD {}", p[1], p[2], p[3])).collect();
    let at = coded(book);
    book.pages[at.0].comments.insert((at.1, CODE + 2), text.join("\n"));
}

/// Persons in column “Ghi chú”.
pub fn notes(book: &mut Book) {
    let (page, row) = coded(book);
    for (person, row) in NOBODY.iter().zip(row..) {
        let text = format!("{}, sinh năm {}, CCCD {}, {}", person[1], person[2], person[3], person[4]);
        book.pages[page].cells.insert((row, NOTE), Value::text(text).into());
    }
}

/// The first row of the first table.
fn coded(book: &Book) -> (usize, u32) {
    book.row_of("thn.tiep_nhan").expect("every return counts who was received")
}
