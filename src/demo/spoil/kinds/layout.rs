//! How sheets are rearranged.

use crate::demo::spoil::book::{CODE, CUMULATIVE, NOTE, Page, Shown, TITLE, VALUE, Value};
use crate::demo::spoil::kinds::Kind;
use crate::demo::spoil::work::{Must, Work, head};

pub(super) const KINDS: &[Kind] = &[
    Kind { code: "rows-inserted", spoil: rows_inserted },
    Kind { code: "columns-inserted", spoil: columns_inserted },
    Kind { code: "columns-moved", spoil: columns_moved },
    Kind { code: "number-column-deleted", spoil: number_column_deleted },
    Kind { code: "headings-merged", spoil: headings_merged },
    Kind { code: "sheets-renamed", spoil: sheets_renamed },
    Kind { code: "sheets-reordered", spoil: sheets_reordered },
    Kind { code: "tables-on-one-sheet", spoil: tables_joined },
    Kind { code: "rows-hidden", spoil: rows_hidden },
    Kind { code: "columns-hidden", spoil: columns_hidden },
    Kind { code: "sheet-hidden", spoil: |work| hidden(work, Shown::Hidden) },
    Kind { code: "sheet-very-hidden", spoil: |work| hidden(work, Shown::VeryHidden) },
    Kind { code: "sheet-of-notes", spoil: sheet_of_notes },
    Kind { code: "sheet-copied", spoil: sheet_copied },
    Kind { code: "totals-and-notes", spoil: totals_and_notes },
    Kind { code: "code-column-deleted", spoil: code_column_deleted },
    Kind { code: "value-heading-lost", spoil: value_heading_lost },
];

fn rows_inserted(work: &mut Work) -> Option<Must> {
    for page in work.tables() {
        let head = head(page);
        page.insert_rows(head + 4, 1);
        page.write(head + 4, 0, &["II", "Nội dung khác"]);
        page.insert_rows(0, 3);
        page.write(1, 1, &["Kính gửi: Công an tỉnh"]);
    }
    Some(Must::ReadSame)
}

fn columns_inserted(work: &mut Work) -> Option<Must> {
    for page in work.tables() {
        page.insert_cols(VALUE, 2);
        page.insert_cols(0, 1);
    }
    Some(Must::ReadSame)
}

fn columns_moved(work: &mut Work) -> Option<Must> {
    for page in work.tables() {
        page.order_cols(&[CODE, 0, TITLE, NOTE, 6, CUMULATIVE, 3, VALUE]);
    }
    Some(Must::ReadSame)
}

fn number_column_deleted(work: &mut Work) -> Option<Must> {
    for page in work.tables() {
        page.delete_col(0);
    }
    Some(Must::ReadSame)
}

/// Headings in two rows: “Số liệu” over “Trong kỳ” and “Lũy kế”, the others merged down.
fn headings_merged(work: &mut Work) -> Option<Must> {
    for page in work.tables() {
        let head = head(page);
        page.insert_rows(head + 1, 1);
        for col in [VALUE, CUMULATIVE] {
            if let Some(cell) = page.cells.remove(&(head, col)) {
                page.cells.insert((head + 1, col), cell);
            }
        }
        page.write(head, VALUE, &["Số liệu"]);
        page.merges.push((head, VALUE, head, CUMULATIVE));
        page.merges
            .extend((0..=NOTE).filter(|col| ![VALUE, CUMULATIVE].contains(col)).map(|col| (head, col, head + 1, col)));
    }
    Some(Must::ReadSame)
}

fn sheets_renamed(work: &mut Work) -> Option<Must> {
    for (page, number) in work.book.pages.iter_mut().zip(1..) {
        page.name = format!("Sheet{number}");
    }
    // The form's names point to its sheets.
    work.book.names.clear();
    Some(Must::ReadSame)
}

fn sheets_reordered(work: &mut Work) -> Option<Must> {
    work.book.pages.reverse();
    Some(Must::ReadSame)
}

/// The second table moved below the first, its own sheet gone.
fn tables_joined(work: &mut Work) -> Option<Must> {
    let names: Vec<String> = work.tables().iter().map(|page| page.name.clone()).collect();
    let [first, second, ..] = names.as_slice() else { return None };
    let at = work.book.pages.iter().position(|page| page.name == *second)?;
    let below = work.book.pages.remove(at);
    let page = work.book.page(first);
    let end = page.end() + 2;
    page.cells.extend(below.cells.into_iter().map(|((row, col), cell)| ((row + end, col), cell)));
    Some(Must::ReadSame)
}

fn rows_hidden(work: &mut Work) -> Option<Must> {
    for page in work.tables() {
        let head = head(page);
        page.hidden_rows.extend([head + 3, head + 4]);
    }
    Some(Must::ReadSame)
}

fn columns_hidden(work: &mut Work) -> Option<Must> {
    for page in work.tables() {
        page.hidden_cols.extend([CODE, CUMULATIVE]);
    }
    Some(Must::ReadSame)
}

fn hidden(work: &mut Work, shown: Shown) -> Option<Must> {
    work.tables().into_iter().last()?.shown = shown;
    Some(Must::ReadSame)
}

fn sheet_of_notes(work: &mut Work) -> Option<Must> {
    let mut page = Page::new("Ghi chú thêm");
    page.write(0, 0, &["Ghi chú của cán bộ tổng hợp"]);
    page.write(2, 0, &["Số liệu đã đối chiếu với các thôn", "", "15"]);
    page.write(3, 0, &["Tổng số buổi trực", "", "42"]);
    work.book.pages.insert(1, page);
    work.book.pages.push(Page::new("Sheet1"));
    Some(Must::ReadSame)
}

/// A working copy of a table with other numbers, as Excel names it.
fn sheet_copied(work: &mut Work) -> Option<Must> {
    let mut copy = work.tables().into_iter().next()?.clone();
    copy.name = format!("{} (2)", copy.name);
    for ((_, col), cell) in &mut copy.cells {
        if let (Value::Number(number), true) = (&mut cell.value, *col == VALUE) {
            number.push('7');
        }
    }
    work.book.pages.push(copy);
    Some(Must::ReadSame)
}

fn totals_and_notes(work: &mut Work) -> Option<Must> {
    for page in work.tables() {
        let head = head(page);
        page.insert_rows(head + 2, 1);
        page.write(head + 2, 1, &["Tổng cộng", "", "", "999", "999"]);
        let end = page.end() + 1;
        page.write(end, 1, &["Ghi chú: số liệu lấy từ sổ theo dõi; ĐVT: lượt, người"]);
        page.write(end + 1, 1, &["Người lập biểu", "", "", "Thủ trưởng đơn vị"]);
        page.write(end + 2, 1, &["(Ký, ghi rõ chức danh)", "", "", "(Ký, đóng dấu)"]);
    }
    Some(Must::ReadSame)
}

/// Without mã số a row can at best be known by its title.
fn code_column_deleted(work: &mut Work) -> Option<Must> {
    work.tables().into_iter().next()?.delete_col(CODE);
    Some(Must::NeverGuess)
}

/// A table whose column of numbers lost its heading.
fn value_heading_lost(work: &mut Work) -> Option<Must> {
    let page = work.tables().into_iter().next()?;
    let head = head(page);
    page.cells.remove(&(head, VALUE));
    Some(Must::NeverGuess)
}
