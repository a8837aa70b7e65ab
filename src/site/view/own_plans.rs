//! What the plans ask of a unit, and how far it has come.

use crate::definitions::{Plan, Unit};
use crate::site::book::Book;
use crate::site::chart::Head;
use crate::site::page;
use crate::site::standing::{Standing, judged, so_far};
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::{draw, plans};
use crate::site::words;
use crate::vocabulary::{Area, Period};

/// A chart has room for so many bars.
const BARS: usize = 24;

/// The plans of a unit, its targets as bars; nothing for a unit without plan and target.
pub fn block(book: &Book<'_>, unit: &Unit, area: &Area, period: Period, standings: &[Standing<'_>]) -> Option<Block> {
    let carried: Vec<&Plan> = book
        .definitions()
        .plans
        .iter()
        .filter(|plan| plans::adopting(book, plan).iter().any(|of| of.code == unit.code))
        .collect();
    let (reached, short) = judged(standings);
    let all = reached.len() + short.len();
    let drawn: Vec<Standing<'_>> =
        standings.iter().filter(|standing| standing.share.is_some()).take(BARS).cloned().collect();
    if carried.is_empty() && drawn.is_empty() && all == 0 {
        return None;
    }
    let lacking: Vec<String> = short
        .iter()
        .map(|standing| {
            let told = words::told(standing.measure, standing.figure);
            format!("{} ({told})", words::inside(&standing.measure.short))
        })
        .collect();
    let finding = match all {
        _ if let Some(told) = so_far(standings, "mục tiêu") => format!("{told}."),
        0 => format!("{} kế hoạch; chưa mục tiêu nào đánh giá được.", words::capital(&words::numeral(carried.len()))),
        _ if lacking.is_empty() => format!("Đạt cả {all} mục tiêu đánh giá được."),
        _ => format!("Đạt {} trong {all} mục tiêu; chưa đạt: {}.", reached.len(), words::list_of(&lacking, 3, "mục tiêu")),
    };
    let rows = carried.iter().map(|plan| row(book, plan, unit, area, period)).collect();
    let columns = [
        Column::text("Kế hoạch"),
        Column::text("Thực hiện từ"),
        Column::number("Mục tiêu đạt").unit("trên số đánh giá được"),
        Column::text("Chưa đạt"),
    ];
    let title = match all {
        0 => "Thực hiện so với kế hoạch".to_owned(),
        _ => format!("{} trong {all} mục tiêu đạt", words::capital(&words::numeral(reached.len()))),
    };
    let figure = Figure {
        title,
        subtitle: format!("{}, {}, thực hiện so với kế hoạch (%)", unit.name(), period.title()),
        drawings: draw::both(draw::bullets(
            &drawn,
            Head {
                id: "ke-hoach-xa".into(),
                title: format!("Thực hiện so với kế hoạch của {}, {}", words::inside(unit.name()), period.title()),
                summary: String::new(),
            },
        )),
        coverage: format!("{}. Chỉ vẽ mục tiêu cần đạt từ dưới lên.", book.period_status(period)),
        ..Figure::default()
    };
    Some(Block {
        id: "ke-hoach".into(),
        topic: "So với kế hoạch".into(),
        finding,
        figures: if drawn.is_empty() { Vec::new() } else { vec![figure] },
        tables: if carried.is_empty() {
            Vec::new()
        } else {
            let title = format!("{} kế hoạch đang thực hiện", words::capital(&words::numeral(carried.len())));
            vec![Table::new(title, format!("{}, {}", unit.name(), period.title()), &columns, rows)]
        },
        side: vec![Note::new(
            "Cách đọc",
            "Vạch đứt màu đen là kế hoạch. Cột đặc: đạt hoặc đúng tiến độ; cột gạch chéo: chưa đạt hoặc chậm.",
        )],
        ..Block::default()
    })
}

fn row(book: &Book<'_>, plan: &Plan, unit: &Unit, area: &Area, period: Period) -> Row {
    let mine = book.goals_of(&plan.id, period).into_iter().filter(|(of, ..)| *of == area);
    let standings: Vec<Standing<'_>> =
        mine.map(|(of, measure, goal)| Standing::against(book, of, period, measure, Some(goal))).collect();
    let (reached, short) = judged(&standings);
    let all = reached.len() + short.len();
    let since = plan.adoptions.iter().filter(|adoption| adoption.unit == unit.code).map(|adoption| adoption.from).max();
    let short: Vec<String> = short.iter().map(|standing| words::inside(&standing.measure.short)).collect();
    Row::new(
        Cell::text(&plan.short).link(page::plan(&plan.id)),
        vec![
            Cell::short(since.map_or("x".to_owned(), words::date)),
            Cell::number(if all == 0 { "x".to_owned() } else { format!("{}/{all}", reached.len()) }),
            Cell::text(if short.is_empty() { "x".to_owned() } else { words::list_of(&short, 4, "mục tiêu") }),
        ],
    )
}
