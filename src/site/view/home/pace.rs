//! Đường đến 2030: two headlines with their plan year by year. Every other measure is on the page of progress.

use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::standing::Standing;
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::{draw, number};
use crate::site::words;

/// The section; nothing where no headline has a target for the last year.
pub fn block(book: &Book<'_>, headlines: &[&Measure]) -> Option<Block> {
    let years = draw::all_years(book);
    let last = *years.last()?;
    let ended = book.years();
    let told: Vec<&Measure> = headlines
        .iter()
        .copied()
        .filter(|measure| book.target(&book.province, last, measure).is_some() && !measure.is_class())
        // A way whose latest point is not shown gives way to the next.
        .filter(|measure| ended.last().is_some_and(|year| book.figure(&book.province, *year, measure).value.is_some()))
        .take(2)
        .collect();
    if told.is_empty() || ended.len() < 2 {
        return None;
    }
    let now = *ended.last()?;
    let mut findings = Vec::new();
    let mut figures = Vec::new();
    let mut rows = Vec::new();
    for measure in &told {
        let goal = book.target(&book.province, last, measure)?;
        let figure = book.figure(&book.province, now, measure);
        let standing = Standing {
            measure,
            figure,
            goal: Some(goal),
            state: None,
            met: figure.value.and_then(|value| goal.met(value)),
            share: None,
        };
        let short = match standing.met {
            Some(true) => format!("đã đạt mục tiêu {}", last.last_year()),
            Some(false) => standing.lack(),
            None => words::told(measure, figure),
        };
        findings.push(format!("{}: {short}", words::inside(&measure.short)));
        figures.push(Figure {
            title: format!("{}: {short}", measure.short),
            subtitle: format!("Toàn tỉnh, {}–{}, {}", years[0], last, measure.table_unit()),
            drawings: draw::both(draw::years(
                book,
                &book.province,
                "",
                measure,
                Head {
                    id: format!("nhip-{}", crate::vocabulary::text::slug(measure.code.as_str())),
                    title: format!("{} và kế hoạch đến {last}", measure.title),
                    summary: String::new(),
                },
            )),
            coverage: format!("{}.", book.coverage_told(now, measure)),
            ..Figure::default()
        });
        for (what, plan) in [("thực hiện", false), ("kế hoạch", true)] {
            let cells = years
                .iter()
                .map(|year| {
                    let ahead = *year > now;
                    let standing = Standing::of(book, &book.province, *year, measure);
                    match (plan, ahead) {
                        (true, _) => Cell::number(standing.plan()),
                        (false, true) => Cell::number("x"),
                        (false, false) => number::figure(book, &book.province, *year, measure).key(),
                    }
                })
                .collect();
            rows.push(Row::new(Cell::text(format!("{}: {what}", measure.short)), cells));
        }
    }
    let mut columns = vec![Column::text("Chỉ tiêu")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string())));
    Some(Block {
        topic: format!("Đường đến {last}"),
        finding: format!("{}.", words::capital(&findings.join("; "))),
        pair: figures.len() == 2,
        figures,
        tables: vec![Table::new(
            format!("Thực hiện và kế hoạch từng năm đến {last}"),
            "Toàn tỉnh; x: năm chưa đến",
            &columns,
            rows,
        )],
        side: vec![Note::new(
            "Cách đọc",
            "Nét liền: thực hiện. Nét đứt đen: kế hoạch từng năm. Nét chấm: mức tăng cần có để đạt mục tiêu. Chấm rỗng: số tạm tính, chưa đủ đơn vị.",
        )],
        ..Block::default()
    })
}
