//! The error history of a unit: period by period what came, how it was answered, what was repeated.

use std::collections::BTreeMap;

use crate::definitions::Unit;
use crate::release::{Finding, ReturnState, ReturnStatus};
use crate::site::book::{Book, is_in};
use crate::site::view::block::{Block, Cell, Column, Row, Table};
use crate::site::view::quality::counts::Counts;
use crate::site::view::quality::part;
use crate::site::view::quality::repeats::Repeats;
use crate::site::view::returns::mark;
use crate::site::words;

/// Returns that the latest course is told of, held against as many before.
const SPAN: usize = 4;

/// One row per period that is due.
pub fn block(book: &Book<'_>, unit: &Unit) -> Block {
    let internal = part(book);
    let repeats = Repeats::of(internal);
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in internal.findings.iter().filter(|finding| finding.unit.as_ref() == Some(&unit.code)) {
        by_file.entry(finding.place.file_name()).or_default().push(finding);
    }
    let mut due: Vec<&ReturnStatus> = book.release.reporting().iter().filter(|s| s.unit == unit.code).collect();
    due.retain(|status| status.state != ReturnState::NotYetDue);
    due.sort_by_key(|status| std::cmp::Reverse(status.period));
    let counts = |status: &ReturnStatus| {
        let file = status.file.as_deref().unwrap_or_default();
        Counts::of(by_file.get(file).into_iter().flatten().copied())
    };
    let mut again = 0;
    let rows: Vec<Row> = due
        .iter()
        .map(|status| {
            let repeated: Vec<String> = repeats
                .until(&unit.code, status.period)
                .into_iter()
                .filter(|(_, in_a_row)| *in_a_row >= 2)
                .map(|(rule, in_a_row)| format!("{rule}: đã nhắc {in_a_row} kỳ liền"))
                .collect();
            again += usize::from(!repeated.is_empty());
            let mut cells = vec![
                Cell::short(status.state.title()).class(mark(&status.state)),
                Cell::text(status.outcome.map_or("x", |outcome| outcome.title())),
                Cell::number(status.versions.to_string()),
            ];
            cells.extend(counts(status).cells());
            cells.push(Cell::text(if repeated.is_empty() { "–".to_owned() } else { repeated.join("; ") }));
            Row::new(Cell::short(status.period.heading()), cells)
        })
        .collect();
    let came: Vec<Counts> = due.iter().filter(|status| is_in(status)).map(|status| counts(status)).collect();
    let mut columns =
        vec![Column::text("Kỳ"), Column::text("Nộp"), Column::text("Kết quả"), Column::number("Số lần nộp")];
    columns.extend(Counts::columns());
    columns.push(Column::text("Nhắc lại"));
    Block {
        id: "dien-bien".into(),
        topic: "Diễn biến qua các kỳ".into(),
        finding: match again {
            0 => "Không có điều nào bị nhắc lại hai kỳ liền.".to_owned(),
            again => format!("{} kỳ có điều bị nhắc lại từ kỳ trước.", words::capital(&words::numeral(again))),
        },
        more: course(&came),
        tables: match rows.is_empty() {
            true => Vec::new(),
            false => vec![
                Table::new(
                    "Lỗi, cảnh báo và lần nộp theo kỳ",
                    "Ở bản đang tính của mỗi kỳ; kỳ mới nhất ở trên",
                    &columns,
                    rows,
                )
                .full(),
            ],
        },
        ..Block::default()
    }
}

/// The latest returns against those before them, in totals.
fn course(came: &[Counts]) -> String {
    if came.len() < 2 * SPAN {
        return String::new();
    }
    let told = |counts: &[Counts]| {
        let sum = |of: fn(&Counts) -> usize| counts.iter().map(of).sum::<usize>();
        (sum(|c| c.errors), sum(|c| c.warnings))
    };
    let (now, before) = (told(&came[..SPAN]), told(&came[SPAN..2 * SPAN]));
    format!(
        "{SPAN} báo cáo gần nhất có {} lỗi, {} cảnh báo; {SPAN} báo cáo trước đó có {} lỗi, {} cảnh báo.",
        now.0, now.1, before.0, before.1
    )
}
