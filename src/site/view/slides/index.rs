//! The list of decks: one for each review period, latest first.

use serde::Serialize;

use super::name;
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::vocabulary::{Period, PeriodKind};

/// What `decks.html` needs.
#[derive(Debug, Serialize)]
pub struct Decks {
    /// The list.
    pub blocks: Vec<Block>,
}

/// The list of decks.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Decks) {
    let all: Vec<Period> = book.periods().collect();
    let row = |period: &Period| {
        Row::new(
            Cell::short(name(book, *period)).link(page::slides(*period)),
            vec![
                Cell::short(book.period_status(*period)),
                Cell::text("Trang kỳ").link(page::period(*period)),
                Cell::text("Bản in").link(page::print_book(*period)),
            ],
        )
    };
    let mut rows = Vec::new();
    let of_kind = |span: bool| all.iter().rev().filter(move |period| (period.kind() == PeriodKind::Span) == span);
    if of_kind(true).next().is_some() {
        rows.push(Row::heading("Giai đoạn"));
        rows.extend(of_kind(true).map(row));
    }
    let mut year = None;
    for period in of_kind(false) {
        if year.replace(period.last_year()) != Some(period.last_year()) {
            rows.push(Row::heading(format!("Năm {}", period.last_year())));
        }
        rows.push(row(period));
    }
    let columns =
        [Column::text("Trình chiếu"), Column::text("Trạng thái"), Column::text("Số liệu"), Column::text("Để in")];
    let mut list = Block {
        topic: "Các bộ trình chiếu".into(),
        finding: format!("{} bộ, mỗi kỳ một bộ; đang xem xét {}.", all.len(), book.current().title()),
        tables: vec![Table::new("Trình chiếu và bản in của từng kỳ", "Mới nhất trước", &columns, rows)],
        side: vec![
            Note {
                title: "Khi trình chiếu".into(),
                paragraphs: vec![
                    "Phím → hoặc dấu cách: trang sau. Phím ←: trang trước. Home, End: trang đầu, trang cuối.".into(),
                    "F: toàn màn hình. N: hiện lời thuyết minh. Trên điện thoại: vuốt ngang.".into(),
                ],
            },
            Note::new(
                "Khi in",
                "Ctrl + P: mỗi trang chiếu một tờ A4 ngang. Bật lời thuyết minh (phím N) trước khi in thì lời thuyết minh được in theo.",
            ),
        ],
        ..Block::default()
    };
    block::number([&mut list]);
    let frame = Frame::new(
        book.release,
        path,
        "Trình chiếu",
        &format!("Trình chiếu {}", book.current().title()),
        "Mỗi trang chiếu một ý, từ đúng số liệu của trang kỳ báo cáo; mở bằng cách bấm đúp, không cần mạng.",
    )
    .action("Mở bộ mới nhất", page::slides(book.current()))
    .action("Kỳ báo cáo", page::PERIODS);
    (frame, Decks { blocks: vec![list] })
}
