//! The list of review periods, latest first.

use serde::Serialize;

use crate::site::book::Book;
use crate::site::page;
use crate::site::standing::{Standing, judged};
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::words;
use crate::vocabulary::{Period, PeriodKind};

/// What `periods.html` needs.
#[derive(Debug, Serialize)]
pub struct Periods {
    /// The list.
    pub list: Block,
}

/// The list of periods.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Periods) {
    let all: Vec<Period> = book.periods().collect();
    let mut rows = Vec::new();
    let spans: Vec<Period> = all.iter().copied().filter(|period| period.kind() == PeriodKind::Span).collect();
    if !spans.is_empty() {
        rows.push(Row::heading("Giai đoạn"));
        rows.extend(spans.into_iter().rev().map(|period| row(book, period)));
    }
    let mut year = None;
    for period in all.iter().copied().rev().filter(|period| period.kind() != PeriodKind::Span) {
        if year != Some(period.last_year()) {
            year = Some(period.last_year());
            rows.push(Row::heading(format!("Năm {}", period.last_year())));
        }
        rows.push(row(book, period));
    }
    let columns = [
        Column::text("Kỳ"),
        Column::text("Từ ngày đến ngày"),
        Column::text("Trạng thái"),
        Column::number("Đơn vị đủ báo cáo"),
        Column::number("Chỉ tiêu đạt kế hoạch"),
    ];
    let current = book.current();
    let mut list = Block {
        topic: "Các kỳ".into(),
        finding: format!("{} kỳ đã có số liệu; đang xem xét {}.", all.len(), current.title()),
        tables: vec![Table::new("Các kỳ báo cáo", "Mới nhất trước", &columns, rows)],
        side: vec![
            Note::new(
                "Kỳ nào cộng từ kỳ nào",
                "6 tháng = hai quý; 9 tháng = ba quý; năm = bốn quý; giai đoạn = các năm trọn vẹn.",
            ),
            Note::new(
                "Đơn vị báo cáo 6 tháng hoặc năm",
                "Chỉ có số ở các kỳ mà báo cáo của đơn vị ghép vừa đúng; ở kỳ khác ghi x.",
            ),
        ],
        ..Block::default()
    };
    block::number([&mut list]);
    let frame = Frame::new(
        book.release,
        path,
        "Kỳ báo cáo",
        &format!("{} kỳ báo cáo, mới nhất là {}", all.len(), current.title()),
        "Mỗi kỳ một trang: biểu tổng hợp theo nhóm chỉ tiêu, thay đổi lớn nhất, tình hình nộp báo cáo.",
    )
    .action("Mở kỳ mới nhất", page::period(current));
    (frame, Periods { list })
}

fn row(book: &Book<'_>, period: Period) -> Row {
    let (whole, due) = book.returns_coverage(period);
    let standings: Vec<Standing<'_>> = book
        .definitions()
        .site
        .headlines
        .iter()
        .filter_map(|code| book.measure(code))
        .map(|measure| Standing::of(book, &book.province, period, measure))
        .collect();
    let (reached, short) = judged(&standings);
    let judged = reached.len() + short.len();
    Row::new(
        Cell::short(period.heading()).link(page::period(period)),
        vec![
            Cell::short(words::days(book.definitions(), period)),
            Cell::short(book.period_status(period)),
            Cell::number(format!("{whole}/{due}")),
            Cell::number(if judged == 0 { "x".into() } else { format!("{}/{judged}", reached.len()) }),
        ],
    )
}
