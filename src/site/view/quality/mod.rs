//! The quality pages: completeness, timeliness, consistency, unit by unit and period by period; in the internal
//! edition also what was found in the returns, by rule, by unit, by file.

mod asks;
mod by_rule;
mod by_unit;
mod counts;
mod explanations;
mod files;
mod found;
mod headings;
mod history;
mod matrix;
mod metric;
mod overview;
mod repeats;
mod unit;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::release::{Finding, Intake};
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{self, Block};
use crate::site::view::frame::Frame;
use crate::vocabulary::number::whole;
use counts::Counts;

pub use explanations::footnote;
pub use files::{paper_columns, papers};
pub use headings::metrics;
pub use matrix::of_metric;
pub use unit::of_unit;

/// What `quality.html` needs.
#[derive(Debug, Serialize)]
pub struct Quality {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

fn part<'a>(book: &Book<'a>) -> &'a Intake {
    book.release.internal().expect("the contents list quality pages in the internal edition only")
}

/// The index: counts by heading, outcome, rule and unit; the files set aside.
pub fn index(book: &Book<'_>, path: &str) -> (Frame, Quality) {
    let internal = part(book);
    let counts = Counts::of(&internal.findings);
    let files: BTreeSet<&str> = internal.findings.iter().map(|finding| finding.place.file_name()).collect();
    let all = internal.returns.len() + internal.set_aside.len();
    let heading = format!(
        "{} lỗi, {} cảnh báo trong {} tệp đã nhận",
        whole(counts.errors as i64),
        whole(counts.warnings as i64),
        whole(all as i64)
    );
    let lead = format!(
        "{} tệp có ít nhất một phát hiện. Ô có lỗi không được tính; ô có cảnh báo vẫn tính và chờ đơn vị xác nhận. Mỗi tệp có một phiếu phản hồi để in, gửi đơn vị.",
        whole(files.len() as i64)
    );
    let mut blocks = vec![
        headings::block(book),
        asks::block(book),
        overview::outcomes(book),
        repeats::block(book),
        by_unit::by_unit(book),
        by_rule::by_rule(book),
    ];
    blocks.extend(headings::by_measure(book));
    blocks.extend(explanations::block(book));
    blocks.extend(files::set_aside(book));
    blocks.extend(unplaced(book));
    block::number(&mut blocks);
    (
        frame(book, path, "Chất lượng báo cáo", &heading, &lead)
            .action("Sổ nhận báo cáo", page::RECEIPTS)
            .action("Quy tắc kiểm tra", page::RULES)
            .action("Truy nguyên", page::LINEAGES)
            .action("Tải bảng phát hiện", "data/findings.csv"),
        Quality { blocks },
    )
}

fn frame(book: &Book<'_>, path: &str, eyebrow: &str, heading: &str, lead: &str) -> Frame {
    let period = book.current();
    let (whole, due) = book.returns_coverage(period);
    Frame::new(book.release, path, eyebrow, heading, lead)
        .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
        .action("Tình hình nộp", page::RETURNS)
        .action("Tải chất lượng", "data/quality.csv")
}

/// The page of the public edition: completeness and timeliness.
pub fn public(book: &Book<'_>, path: &str) -> (Frame, Quality) {
    let mut blocks = vec![headings::block(book), headings::by_unit(book)];
    blocks.extend(headings::by_measure(book));
    block::number(&mut blocks);
    let (whole, due) = book.returns_coverage(book.current());
    let heading = format!("{}: {whole} trong {due} đơn vị đủ báo cáo", book.current().heading());
    let lead = "Số của tỉnh tin được đến đâu: báo cáo có đủ không, có kịp không, ô phải ghi có số không.";
    (frame(book, path, "Chất lượng số liệu", &heading, lead), Quality { blocks })
}

/// Findings of files whose unit is not known.
fn unplaced(book: &Book<'_>) -> Option<Block> {
    let findings: Vec<&Finding> = part(book).findings.iter().filter(|finding| finding.unit.is_none()).collect();
    found::found("chua-ro", "Chưa rõ đơn vị", "Phát hiện ở tệp chưa rõ của đơn vị nào", &findings)
}
