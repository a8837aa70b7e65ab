//! The calendar: which returns fall due next, and which meetings read them.

use std::collections::{BTreeMap, BTreeSet};

use crate::release::ReturnState;
use crate::site::book::Book;
use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::words;

/// How many deadlines ahead are listed.
const AHEAD: usize = 6;

/// The next deadlines and meetings.
pub fn block(book: &Book<'_>) -> Block {
    let as_of = book.release.as_of();
    let mut due: BTreeMap<_, (BTreeSet<_>, BTreeSet<_>)> = BTreeMap::new();
    for status in book.release.reporting() {
        if status.state == ReturnState::NotYetDue && status.deadline >= as_of {
            let (units, plans) = due.entry((status.deadline, status.period)).or_default();
            units.insert(&status.unit);
            plans.extend(&status.plans);
        }
    }
    let rows: Vec<Row> = due
        .iter()
        .take(AHEAD)
        .map(|((deadline, period), (units, plans))| {
            let plans: Vec<&str> = book
                .definitions()
                .plans
                .iter()
                .filter(|plan| plans.contains(&plan.id))
                .map(|plan| plan.short.as_str())
                .collect();
            Row::new(
                Cell::text(format!("Báo cáo {}", period.title())),
                vec![
                    Cell::number(words::date(*deadline)).key(),
                    Cell::number(units.len().to_string()),
                    Cell::text(words::list(&plans)),
                ],
            )
        })
        .collect();
    let current = book.current();
    let meetings: Vec<String> = book
        .definitions()
        .plans
        .iter()
        .flat_map(|plan| plan.meetings.iter().map(move |meeting| (plan, meeting)))
        .filter(|(_, meeting)| meeting.reviews == current.kind())
        .filter(|(_, meeting)| meeting.years.is_empty() || meeting.years.contains(&current.last_year()))
        .map(|(plan, meeting)| format!("{} ({}): {}.", meeting.title, plan.short, meeting.when))
        .collect();
    let finding = match due.keys().next() {
        Some((deadline, period)) => {
            format!("Hạn gần nhất: báo cáo {}, chậm nhất ngày {}.", period.title(), words::date(*deadline))
        }
        None => "Mọi hạn nộp trong giai đoạn đã qua.".to_owned(),
    };
    let columns = [
        Column::text("Báo cáo"),
        Column::number("Nhận chậm nhất ngày"),
        Column::number("Đơn vị"),
        Column::text("Kế hoạch"),
    ];
    let tables = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Table::new(
            "Các hạn nộp sắp tới",
            format!("Tính từ ngày khóa số liệu {}", words::date(as_of)),
            &columns,
            rows,
        )]
    };
    let mut side = Vec::new();
    if !meetings.is_empty() {
        side.push(Note { title: format!("Hội nghị đọc số liệu {}", current.title()), paragraphs: meetings });
    }
    Block {
        id: "lich".into(), topic: "Lịch báo cáo, hội nghị".into(), finding, tables, side, ..Block::default()
    }
}
