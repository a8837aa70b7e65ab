//! Sheets as people rearrange them.

use tongket::demo::spoil::book::{Book, CODE, CUMULATIVE, NOTE, Page, Shown, TITLE, VALUE, Value};
use tongket::demo::spoil::head;

use super::{Desk, tables};

pub fn make(desk: &mut Desk) {
    desk.put("merged-headings.xlsx", |book| tables(book).for_each(merge_headings));
    desk.put("columns-moved.xlsx", |book| {
        tables(book).for_each(|page| page.order_cols(&[CODE, 0, TITLE, NOTE, 6, CUMULATIVE, 3, VALUE]));
    });
    desk.put("rows-and-columns-inserted.xlsx", |book| {
        for page in tables(book) {
            let below = head(page) + 3;
            page.insert_rows(below, 1);
            page.write(below, 0, &["II", "Trong kỳ có phát sinh"]);
            page.insert_rows(0, 2);
            page.insert_cols(VALUE, 1);
            page.insert_cols(0, 2);
        }
    });
    desk.put("number-column-deleted.xlsx", |book| tables(book).for_each(|page| page.delete_col(0)));
    desk.put("two-tables.xlsx", |book| {
        let below = book.pages.remove(2);
        let page = book.page("Biểu 01");
        let end = page.end() + 2;
        page.cells.extend(below.cells.into_iter().map(|((row, col), cell)| ((row + end, col), cell)));
    });
    desk.put("sheets-renamed-and-reordered.xlsx", |book| {
        book.pages.reverse();
        for (page, name) in book.pages.iter_mut().zip(["BIEU 3 (cuối)", "Sheet2", "Trang bìa"]) {
            page.name = name.into();
        }
        book.names.clear();
    });
    desk.put("totals-in-the-middle.xlsx", |book| {
        for page in tables(book) {
            let first = head(page) + 2;
            page.insert_rows(first + 2, 1);
            page.write(first + 2, 1, &["Cộng", "", "", "45", "45"]);
            page.insert_rows(first, 1);
            page.write(first, 1, &["Toàn xã", "", "", "90", "90"]);
        }
    });
    desk.put("notes-and-signatures.xlsx", |book| {
        for page in tables(book) {
            let end = page.end() + 1;
            page.write(end, 1, &["Ghi chú: số liệu chốt ngày 14/3/2026; thn.tiep_nhan gồm 2 người chuyển đến"]);
            page.write(end + 1, 1, &["Nơi nhận:", "", "", "TRƯỞNG CÔNG AN XÃ"]);
            page.write(end + 2, 1, &["- Như trên;", "", "", "(Ký, ghi rõ họ tên)"]);
        }
    });
    desk.put("hidden-sheet.xlsx", |book| book.page("Biểu 03").shown = Shown::Hidden);
    desk.put("very-hidden-sheet.xlsx", |book| book.page("Biểu 03").shown = Shown::VeryHidden);
    desk.put("hidden-row-and-column.xlsx", |book| {
        let (_, row) = book.row_of("thn.tiep_nhan").unwrap();
        let page = book.page("Biểu 01");
        page.hidden_rows.insert(row);
        page.hidden_cols.insert(CODE);
    });
    desk.put("extra-sheet.xlsx", |book| {
        let mut page = Page::new("Ghi chú thêm");
        page.write(1, 0, &["Đã đối chiếu với các thôn", "", "12"]);
        book.pages.insert(0, page);
        book.pages.push(Page::new("Sheet1"));
    });
    desk.put("working-copy.xlsx", |book| {
        let mut copy = book.page("Biểu 01").clone();
        copy.name = "Biểu 01 (2)".into();
        for cell in copy.cells.values_mut() {
            if let Value::Number(number) = &mut cell.value {
                number.push('9');
            }
        }
        book.pages.insert(1, copy);
    });
    desk.put("row-twice.xlsx", |book| {
        let (at, row) = book.row_of("thn.tu_van").unwrap();
        let page = &mut book.pages[at];
        page.insert_rows(row + 1, 1);
        page.write(row + 1, 0, &["1", "Số lượt tư vấn, trợ giúp tâm lý (riêng, nhóm)", "thn.tu_van", "lượt", "34"]);
    });
    desk.put("row-deleted.xlsx", |book| {
        let (at, row) = book.row_of("thn.hoc_nghe").unwrap();
        book.pages[at].cells.retain(|(r, _), _| *r != row);
    });
    desk.put("labels-swapped.xlsx", |book| {
        let (at, a) = book.row_of("thn.nhom_a").unwrap();
        let (_, b) = book.row_of("thn.nhom_b").unwrap();
        let cells = &mut book.pages[at].cells;
        let (upper, lower) = (cells.remove(&(a, TITLE)).unwrap(), cells.remove(&(b, TITLE)).unwrap());
        cells.insert((a, TITLE), lower);
        cells.insert((b, TITLE), upper);
    });
    desk.put("code-column-deleted.xlsx", |book| tables(book).for_each(|page| page.delete_col(CODE)));
    desk.put("value-heading-lost.xlsx", |book| {
        let page = book.page("Biểu 01");
        let head = head(page);
        page.cells.remove(&(head, VALUE));
    });
    desk.put("plain-table.xlsx", plain_table);
    desk.put("far-corners.xlsx", |book| {
        let mut page = Page::new("Sheet1");
        page.write(0, 0, &["x"]);
        page.write(1_048_575, 16_383, &["x"]);
        book.pages.push(page);
    });
}

/// Headings in two rows over a row of numbers, as printed forms have them.
fn merge_headings(page: &mut Page) {
    let head = head(page);
    page.insert_rows(head + 1, 1);
    for col in [VALUE, CUMULATIVE] {
        if let Some(cell) = page.cells.remove(&(head, col)) {
            page.cells.insert((head + 1, col), cell);
        }
    }
    page.write(head, VALUE, &["Số liệu kỳ báo cáo"]);
    page.merges.push((head, VALUE, head, CUMULATIVE));
    let others = (0..=NOTE).filter(|col| ![VALUE, CUMULATIVE].contains(col));
    page.merges.extend(others.map(|col| (head, col, head + 1, col)));
}

/// One sheet typed by hand: a few declarations, then titles and numbers without mã số.
fn plain_table(book: &mut Book) {
    let mut sheet = Page::new("Sheet1");
    sheet.write(0, 0, &["BÁO CÁO QUÝ I NĂM 2026"]);
    let declared = [
        ("Mã đơn vị", "99001"),
        ("Tên đơn vị", "Xã An Thịnh"),
        ("Loại kỳ", "Quý I"),
        ("Năm", "2026"),
        ("Phiên bản biểu mẫu", "2026.2"),
    ];
    for ((label, value), row) in declared.into_iter().zip(2..) {
        sheet.write(row, 0, &[label, value]);
    }
    sheet.write(8, 0, &["TT", "Chỉ tiêu", "Trong kỳ"]);
    let mut row = 9;
    for page in &book.pages {
        let titles = page.cells.iter().filter(|((_, col), _)| *col == TITLE);
        for ((at, _), title) in titles {
            let coded = page
                .cells
                .get(&(*at, CODE))
                .is_some_and(|code| matches!(&code.value, Value::Text(t) if t.contains('.')));
            let value = page.cells.get(&(*at, VALUE));
            if let (true, Some(value)) = (coded, value) {
                sheet.cells.insert((row, 1), title.clone());
                sheet.cells.insert((row, 2), value.clone());
                row += 1;
            }
        }
    }
    book.pages = vec![sheet];
    book.names.clear();
}
