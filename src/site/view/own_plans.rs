//! What the plans ask of a unit, and how far it has come.

use crate::definitions::{Plan, Unit};
use crate::site::book::Book;
use crate::site::standing::{Standing, judged, so_far};
use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::view::{draw, number, plans, report};
use crate::site::words;
use crate::vocabulary::{Area, Period};

/// The plans of a unit, and its targets one by one; nothing for a unit without either.
pub fn block(book: &Book<'_>, unit: &Unit, area: &Area, period: Period, standings: &[Standing<'_>]) -> Option<Block> {
    let aims: Vec<&Standing<'_>> = standings.iter().filter(|standing| standing.goal.is_some()).collect();
    let carried: Vec<String> = book.definitions().plans.iter().filter_map(|plan| told(book, plan, unit)).collect();
    if carried.is_empty() && aims.is_empty() {
        return None;
    }
    let (reached, short) = judged(standings);
    let all = reached.len() + short.len();
    let lacking: Vec<String> = short
        .iter()
        .map(|standing| {
            let told = words::told(standing.measure, standing.figure);
            format!("{} ({told})", words::inside(&standing.measure.short))
        })
        .collect();
    let finding = match all {
        _ if let Some(told) = so_far(standings, "mục tiêu") => format!("{told}."),
        0 => "Chưa mục tiêu nào đủ số liệu để đánh giá.".to_owned(),
        _ if lacking.is_empty() => format!("Đạt cả {all} mục tiêu đánh giá được."),
        _ => format!(
            "Đạt {} trong {all} mục tiêu; chưa đạt: {}.",
            reached.len(),
            words::list_of(&lacking, 3, "mục tiêu")
        ),
    };
    let rows = aims.iter().map(|standing| row(book, area, period, standing)).collect();
    let columns = [
        Column::text("Chỉ tiêu"),
        Column::number("Kế hoạch"),
        Column::number("Thực hiện"),
        Column::number("% kế hoạch"),
        Column::text("So với kế hoạch"),
        Column::text("Kết quả"),
    ];
    let mut side = vec![Note::new(
        "Cách đọc",
        "Vạch đứng là kế hoạch. Thanh đặc: đạt hoặc đúng tiến độ; thanh gạch chéo: chưa đạt hoặc chậm.",
    )];
    if !carried.is_empty() {
        side.push(Note { title: "Kế hoạch đang thực hiện".into(), paragraphs: carried });
    }
    Some(Block {
        id: "ke-hoach".into(),
        topic: "So với kế hoạch".into(),
        finding,
        tables: if aims.is_empty() {
            Vec::new()
        } else {
            let title = format!("{} mục tiêu của {}", aims.len(), words::inside(unit.name()));
            vec![Table::new(title, period.heading(), &columns, rows)]
        },
        side,
        ..Block::default()
    })
}

/// A plan the unit carries out, and since when.
fn told(book: &Book<'_>, plan: &Plan, unit: &Unit) -> Option<String> {
    plans::adopting(book, plan).iter().find(|of| of.code == unit.code)?;
    let since =
        plan.adoptions.iter().filter(|adoption| adoption.unit == unit.code).map(|adoption| adoption.from).max()?;
    Some(format!("{}, từ {}.", plan.short, words::date(since)))
}

fn row(book: &Book<'_>, area: &Area, period: Period, standing: &Standing<'_>) -> Row {
    let measure = standing.measure;
    let bar = draw::meter(standing);
    let verdict = match standing.figure.value {
        Some(_) => [standing.verdict().to_owned(), standing.lack()],
        None => [words::status(standing.figure.status).to_lowercase(), String::new()],
    };
    let verdict: Vec<String> = verdict.into_iter().filter(|part| !part.is_empty()).collect();
    Row::new(
        report::name(measure),
        vec![
            Cell::number(standing.plan()),
            number::figure(book, area, period, measure).key(),
            Cell::number(standing.percent()),
            if bar.is_empty() { Cell::text("x").class("sign") } else { Cell::drawing(bar).class("bar") },
            Cell::text(verdict.join(", ")).class("rem"),
        ],
    )
}
