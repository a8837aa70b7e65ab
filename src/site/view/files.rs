//! The downloads page: every file to take away, with its size and hash.

use serde::Serialize;

use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::vocabulary::number::{fixed, rounded};

/// What `files.html` needs.
#[derive(Debug, Serialize)]
pub struct Files {
    /// The list.
    pub list: Block,
}

/// The downloads page.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Files) {
    let files = book.downloads;
    let group = |title: &str, ends: &[&str]| -> Vec<Row> {
        let mut rows: Vec<Row> = files
            .iter()
            .filter(|file| ends.iter().any(|end| file.path.ends_with(end)))
            .map(|file| {
                Row::new(
                    Cell::text(&file.title).link(&file.path),
                    vec![
                        Cell::short(file.path.rsplit('/').next().unwrap_or(&file.path)),
                        Cell::number(size(file.size)),
                        Cell::text(&file.sha256).class("hash"),
                    ],
                )
            })
            .collect();
        if !rows.is_empty() {
            rows.insert(0, Row::heading(title));
        }
        rows
    };
    let mut rows = group("Bảng tính Excel", &[".xlsx"]);
    rows.extend(group("Bảng CSV", &[".csv"]));
    rows.extend(group("Cho phần mềm phân tích", &[".parquet"]));
    rows.extend(group("Mô tả và lý lịch", &[".json"]));
    let columns = [Column::text("Nội dung"), Column::text("Tệp"), Column::number("Cỡ"), Column::text("Mã băm SHA-256")];
    let mut list = Block {
        topic: "Các tệp".into(),
        finding: format!("{} tệp, cùng số liệu với các trang này.", files.len()),
        tables: if rows.is_empty() {
            Vec::new()
        } else {
            vec![Table::new("Tệp số liệu", "Cùng một bản dựng; mã băm để đối chiếu tệp đã tải", &columns, rows).full()]
        },
        side: vec![
            Note::new(
                "Mở bằng Excel",
                "Tệp .xlsx mở trực tiếp. Tệp .csv mã UTF-8, ngăn cách bằng dấu phẩy: dùng Data › From Text/CSV.",
            ),
            Note::new(
                "Ô để trống",
                "Trong tệp, cột obs_status nói vì sao trống: O chưa báo cáo, M không áp dụng, Q không công bố.",
            ),
        ],
        ..Block::default()
    };
    block::number([&mut list]);
    let synthetic =
        if book.definitions().site.synthetic { " Mọi tệp đều ghi rõ số liệu minh họa." } else { "" };
    let frame = Frame::new(
        book.release,
        path,
        "Tải về",
        &format!("{} tệp số liệu để tải về", files.len()),
        &format!("Số trong tệp và số trên trang là một.{synthetic}"),
    )
    .action("Phương pháp", page::METHOD);
    (frame, Files { list })
}

/// `812 B`, `12,3 kB`, `1,4 MB`.
fn size(bytes: u64) -> String {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let scaled = |unit: i64| fixed(rounded(bytes, unit, 1, 1).expect("the unit is not zero"), 1);
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", scaled(1_000)),
        _ => format!("{} MB", scaled(1_000_000)),
    }
}
