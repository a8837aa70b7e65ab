//! Files one by one: what became of each, and the papers that answer it.

use crate::release::{Finding, Intake, Return, Standing};
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Row, Table};
use crate::site::view::quality::counts::Counts;
use crate::site::view::quality::part;
use crate::site::words;
use crate::vocabulary::Severity;

/// Files that gave no figures.
pub fn set_aside(book: &Book<'_>) -> Option<Block> {
    let internal = part(book);
    if internal.set_aside.is_empty() {
        return None;
    }
    let rows = internal
        .set_aside
        .iter()
        .map(|aside| {
            let mut cells = vec![Cell::text(words::capital(&aside.reason))];
            cells.extend(papers(internal, &aside.file));
            Row::new(Cell::text(&*aside.file).class("path"), cells)
        })
        .collect();
    let mut columns = vec![Column::text("Tệp"), Column::text("Lý do")];
    columns.extend(paper_columns());
    Some(Block {
        id: "de-rieng".into(),
        topic: "Tệp để riêng".into(),
        finding: format!("{} tệp không cho số liệu nào.", internal.set_aside.len()),
        tables: vec![Table::new("Tệp để riêng và lý do", "Đường dẫn trong thư mục returns", &columns, rows).full()],
        ..Block::default()
    })
}

/// The papers that answer a file: the slip for every file, the workbook for those with an error or a warning.
pub fn papers(internal: &Intake, file: &str) -> [Cell; 2] {
    let told = |finding: &Finding| finding.place.file_name() == file && finding.severity < Severity::Info;
    let workbook = match internal.findings.iter().any(told) {
        true => Cell::short("Mở tệp").link(page::feedback(file)),
        false => Cell::short("không cần"),
    };
    [Cell::short("Mở phiếu").link(page::slip(file)), workbook]
}

/// The columns of [`papers`].
pub fn paper_columns() -> [Column; 2] {
    [Column::text("Để in").under("Phản hồi"), Column::text("Excel").under("Phản hồi")]
}

/// The files of one unit.
pub fn files(internal: &Intake, returns: &[&Return]) -> Block {
    let rows = returns
        .iter()
        .map(|r| {
            let standing = match &r.standing {
                Standing::Counts => "đang tính".to_owned(),
                Standing::Superseded { .. } => "đã có bản thay".to_owned(),
                Standing::SetAside { reason } => format!("để riêng: {}", words::inside(reason)),
            };
            let counts = Counts::of(internal.findings.iter().filter(|f| f.place.file_name() == &*r.file));
            let mut cells = vec![
                Cell::text(&*r.file).class("path"),
                Cell::number(r.received.map_or("…".into(), words::date)),
                Cell::text(r.outcome.title()),
                Cell::text(standing),
                Cell::number(counts.errors.to_string()),
                Cell::number(counts.warnings.to_string()),
            ];
            cells.extend(papers(internal, &r.file));
            Row::new(Cell::short(r.period.heading()), cells)
        })
        .collect();
    let mut columns = vec![
        Column::text("Kỳ"),
        Column::text("Tệp"),
        Column::number("Ngày nhận"),
        Column::text("Kết quả"),
        Column::text("Tình trạng"),
        Column::number("Lỗi"),
        Column::number("Cảnh báo"),
    ];
    columns.extend(paper_columns());
    let counting = returns.iter().filter(|r| r.standing == Standing::Counts).count();
    Block {
        id: "tep".into(),
        topic: "Các tệp đã nhận".into(),
        finding: format!("{} tệp đã nhận, {counting} tệp đang tính.", returns.len()),
        tables: vec![Table::new("Từng tệp và kết quả kiểm tra", "Kỳ mới nhất ở trên", &columns, rows).full()],
        ..Block::default()
    }
}
