//! Findings one by one: place, rule, what was found, what to do.

use crate::release::Finding;
use crate::site::view::block::{Block, Cell, Column, Row, Table};
use crate::site::view::quality::by_rule::rule;
use crate::site::view::quality::counts::Counts;

/// A page lists at most this many findings of a unit one by one, the gravest first; its files have them all.
const LISTED: usize = 200;

/// A table of findings, file by file; none when there are none.
pub fn found(id: &str, topic: &str, title: &str, findings: &[&Finding]) -> Option<Block> {
    if findings.is_empty() {
        return None;
    }
    let shown = &findings[..findings.len().min(LISTED)];
    let mut rows = Vec::new();
    let mut file = "";
    for finding in shown {
        if finding.place.file_name() != file {
            file = finding.place.file_name();
            let period = finding.period.map_or(String::new(), |period| format!("{} · ", period.heading()));
            rows.push(Row::heading(format!("{period}{file}")));
        }
        let place = match (finding.place.sheet_name(), finding.place.cell_ref()) {
            (Some(sheet), Some(cell)) => Cell::short(cell.to_string()).note(sheet),
            (Some(sheet), None) => Cell::short(sheet),
            _ => Cell::short("cả tệp"),
        };
        let advice = match &finding.explanation {
            Some(explanation) => format!("Đã giải trình: {explanation}"),
            None => format!("{}.", finding.help.trim_end_matches('.')),
        };
        rows.push(Row::new(
            place,
            vec![
                Cell::short(finding.severity.title()),
                rule(&finding.rule),
                Cell::text(format!("{}.", finding.message.trim_end_matches('.'))).class("long"),
                Cell::text(advice).class("long"),
            ],
        ));
    }
    let columns = [
        Column::text("Ô, sheet"),
        Column::text("Mức độ"),
        Column::text("Quy tắc"),
        Column::text("Điều phát hiện"),
        Column::text("Cách sửa"),
    ];
    let cut = findings.len() - shown.len();
    let note = match cut {
        0 => String::new(),
        cut => format!("Còn {cut} phát hiện không in ở đây; xem phiếu phản hồi và bảng phát hiện ở trang Tải về."),
    };
    let counts = Counts::of(findings.iter().copied());
    Some(Block {
        id: id.into(),
        topic: topic.into(),
        finding: format!(
            "{} phát hiện: {} lỗi, {} cảnh báo, {} thông tin.",
            findings.len(),
            counts.errors,
            counts.warnings,
            counts.infos
        ),
        tables: vec![Table::new(title, "Lỗi và cảnh báo trước; kỳ mới nhất ở trên", &columns, rows).full().note(note)],
        ..Block::default()
    })
}
