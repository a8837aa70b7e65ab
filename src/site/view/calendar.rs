//! The calendar: which returns fall due next, and which meetings read them.

use std::collections::{BTreeMap, BTreeSet};

use crate::release::ReturnState;
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::agenda::{self, Event, What};
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
    let meetings = meetings(book);
    let told = match meetings.len() {
        0 => "Không còn hội nghị nào của các kế hoạch trong giai đoạn.".to_owned(),
        count => format!(
            "{} hội nghị của các kế hoạch đọc số liệu {} trở đi.",
            words::capital(&words::numeral(count)),
            book.current().title()
        ),
    };
    let finding = match due.keys().next() {
        Some((deadline, period)) => {
            format!("Hạn nộp gần nhất: báo cáo {}, chậm nhất ngày {}.", period.title(), words::date(*deadline))
        }
        None => "Không còn hạn nộp nào trong giai đoạn.".to_owned(),
    };
    let columns = [
        Column::text("Báo cáo"),
        Column::number("Nhận chậm nhất ngày"),
        Column::number("Đơn vị"),
        Column::text("Kế hoạch"),
    ];
    let since = format!("Tính từ ngày khóa số liệu {}", words::date(as_of));
    let mut tables = Vec::new();
    if !rows.is_empty() {
        tables.push(Table::new("Các hạn nộp sắp tới", &since, &columns, rows));
    }
    if !meetings.is_empty() {
        let columns = [
            Column::text("Hội nghị"),
            Column::text("Đọc số liệu"),
            Column::text("Sớm nhất từ ngày"),
            Column::text("Kế hoạch"),
        ];
        let more = meetings.len().saturating_sub(AHEAD);
        let rows = meetings.into_iter().take(AHEAD).map(|event| row(&event)).collect();
        let table = Table::new("Hội nghị đọc số liệu", since, &columns, rows);
        tables.push(match more {
            0 => table,
            more => table.note(format!("{more} hội nghị khác ở trang của từng kế hoạch.")),
        });
    }
    Block {
        id: "lich".into(),
        topic: "Lịch báo cáo, hội nghị".into(),
        finding,
        more: told,
        tables,
        side: vec![Note::new(
            "Ngày của hội nghị",
            "Kế hoạch không ấn định ngày họp: ghi ngày sớm nhất, khi số liệu mà hội nghị đọc đã chốt.",
        )],
        ..Block::default()
    }
}

/// The meetings that read the period in review or a later one, the next first; of those of one day, the
/// ones that read the most first.
fn meetings<'b>(book: &'b Book<'_>) -> Vec<Event<'b>> {
    let current = book.current();
    let mut events: Vec<Event<'b>> = book
        .definitions()
        .plans
        .iter()
        .flat_map(|plan| agenda::of(book, plan))
        .filter(|event| match event.what {
            What::Meeting(_, period) => period >= current || period.ends_with(current),
            What::Milestone => false,
        })
        .collect();
    let length = |event: &Event<'_>| match event.what {
        What::Meeting(_, period) => period.quarters().count(),
        What::Milestone => 0,
    };
    events.sort_by_key(|event| (event.day, std::cmp::Reverse(length(event))));
    events
}

fn row(event: &Event<'_>) -> Row {
    let read = match event.what {
        What::Meeting(_, period) => period.title(),
        What::Milestone => "x".to_owned(),
    };
    Row::new(
        Cell::text(event.title),
        vec![
            Cell::short(words::capital(&read)),
            Cell::short(words::date(event.day)),
            Cell::text(&event.plan.short).link(page::plan(&event.plan.id)),
        ],
    )
}
