//! The way in: every measure by year, and where the returns are.

use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::lineage::{LineagePage, trail};
use crate::site::view::report;
use crate::vocabulary::Period;

/// The index.
pub fn index(book: &Book<'_>, path: &str) -> (Frame, LineagePage) {
    let trail = trail(book);
    let pages: Vec<Period> = trail.pages().into_iter().collect();
    let mut rows = Vec::new();
    let mut theme = "";
    let mut measures = 0;
    for measure in book.measures.iter().filter(|measure| measure.counts.is_none()) {
        if measure.theme != theme {
            theme = &measure.theme;
            rows.push(Row::heading(theme));
        }
        measures += 1;
        let mut cells = vec![Cell::short(measure.code.as_str())];
        cells.extend(pages.iter().map(|page| Cell::short(page.short()).link(page::lineage(&measure.code, *page, 0))));
        rows.push(Row::new(report::name(measure), cells));
    }
    let mut columns = vec![Column::text("Chỉ tiêu"), Column::text("Mã số")];
    columns.extend(pages.iter().map(|page| Column::text(page.short())));
    let returns = trail.intake.returns.len();
    let mut blocks = vec![Block {
        id: "chi-tieu".into(),
        topic: "Theo chỉ tiêu và năm".into(),
        finding: format!("{measures} chỉ tiêu, {returns} báo cáo đã nhận."),
        tables: vec![Table::new("Truy nguyên theo chỉ tiêu", "Bấm vào năm hoặc giai đoạn", &columns, rows).full()],
        side: vec![Note {
            title: "Cách đi từ một số về ô gốc".into(),
            paragraphs: vec![
                "Trong bản nội bộ, mỗi số của bảng là một đường dẫn. Bấm lần một: cách tính và phần của từng đơn vị. Bấm lần hai: báo cáo của đơn vị, tại đúng ô.".into(),
                "Trang của báo cáo ghi tệp, mã băm, ngày nhận, từng ô, các lần nộp trước và số đó đã được tính vào đâu.".into(),
            ],
        }],
        ..Block::default()
    }];
    block::number(&mut blocks);
    let frame = Frame::new(
        book.release,
        path,
        "Truy nguyên",
        "Mọi số đều về được ô đã ghi, không quá hai lần bấm",
        "Số → cách tính và phần của từng đơn vị → báo cáo của đơn vị, tại đúng tệp, trang tính, ô.",
    )
    .action("Sổ nhận báo cáo", page::RECEIPTS)
    .action("Chất lượng báo cáo", page::QUALITY);
    (frame, LineagePage { blocks, sheets: Vec::new() })
}
