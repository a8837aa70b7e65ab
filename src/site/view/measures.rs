//! The catalogue of measures: which there are, how they stand, how complete they are.

use serde::Serialize;

use crate::site::book::Book;
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::{draw, number, report};
use crate::vocabulary::{Period, PeriodKind};

/// What `measures.html` needs.
#[derive(Debug, Serialize)]
pub struct Measures {
    /// The catalogue.
    pub list: Block,
}

/// The catalogue.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Measures) {
    let period = book.current();
    let years = drawn_periods(book);
    let columns = [
        Column::text("Chỉ tiêu"),
        Column::text("ĐVT"),
        Column::text("Diễn biến"),
        Column::number(period.short()).of(period),
        Column::number("Kế hoạch"),
        Column::number("Tăng, giảm"),
        Column::number("Số xã"),
        Column::text("Nguồn số liệu"),
    ];
    let mut rows = Vec::new();
    let mut theme = "";
    for measure in book.measures.iter().filter(|measure| measure.counts.is_none()) {
        if measure.theme != theme {
            theme = &measure.theme;
            rows.push(Row::heading(theme));
        }
        let standing = Standing::of(book, &book.province, period, measure);
        rows.push(Row::new(
            report::name(measure),
            vec![
                Cell::short(measure.table_unit()),
                if measure.is_class() || years.len() < 2 {
                    Cell::number("x").class("")
                } else {
                    Cell::drawing(draw::spark(book, &book.province, &years, measure))
                },
                number::figure(book, &book.province, period, measure).key(),
                Cell::number(standing.plan()),
                number::change(book, &book.province, period, measure),
                number::coverage(book, period, measure),
                Cell::text(&measure.place),
            ],
        ));
    }
    let shown = book.measures.iter().filter(|measure| measure.counts.is_none());
    let (count, ratios) = (shown.clone().count(), shown.filter(|measure| measure.is_ratio()).count());
    let mut list = Block {
        topic: "Danh mục".into(),
        finding: format!("{count} chỉ tiêu, trong đó {ratios} tỷ lệ do hệ thống tính."),
        tables: vec![
            Table::new(format!("{count} chỉ tiêu theo nhóm"), format!("Toàn tỉnh, {}", period.title()), &columns, rows)
                .full()
                .note("Xếp loại của xã không cộng thành số của tỉnh; xem phân bố ở trang chỉ tiêu."),
        ],
        side: vec![Note::new("Mã số", "Mỗi chỉ tiêu có một mã số không đổi, in trong biểu và trong tệp tải về.")],
        ..Block::default()
    };
    block::number([&mut list]);
    let (whole, due) = book.returns_coverage(period);
    let frame = Frame::new(
        book.release,
        path,
        "Chỉ tiêu",
        &format!("{count} chỉ tiêu về tái hòa nhập cộng đồng và phong trào toàn dân"),
        "Mỗi chỉ tiêu một trang: diễn biến so với kế hoạch, so sánh giữa các đơn vị, bảng đầy đủ, định nghĩa.",
    )
    .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
    .action("Phương pháp", page::METHOD)
    .action("Tải danh mục", page::DOWNLOADS);
    (frame, Measures { list })
}

/// The years that have ended, or while there is no second one the quarters.
pub fn drawn_periods(book: &Book<'_>) -> Vec<Period> {
    let years = book.years();
    if years.len() >= 2 {
        return years;
    }
    book.periods().filter(|period| period.kind() == PeriodKind::Quarter).collect()
}
