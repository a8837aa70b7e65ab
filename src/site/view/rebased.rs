//! A rearranged unit on the land it has now: the years before are those of the units it was made of, added up.

use crate::definitions::Unit;
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::draw;
use crate::site::words;
use crate::vocabulary::Period;

/// What a comparison across a rearrangement says when no units were the same land (statistics report 5.4).
pub const NO_BASE: &str = "Không có số liệu so sánh do sắp xếp đơn vị hành chính";

/// The measures of a unit over the years on its present land; nothing where its land never changed in these years.
pub fn block(book: &Book<'_>, unit: &Unit) -> Option<Block> {
    let years = book.years();
    let all = draw::all_years(book);
    let days = book.rearranged(unit, &all);
    let day = *days.last()?;
    let then: Vec<(Period, Option<Vec<String>>)> = years
        .iter()
        .map(|year| {
            let units = book.composed(unit, *year);
            let others = units.map(|units| {
                let others = units.iter().filter(|code| **code != unit.code || units.len() > 1);
                others.map(|code| words::inside(&book.unit_name(code))).collect()
            });
            (*year, others)
        })
        .collect();
    let added: Vec<&(Period, Option<Vec<String>>)> =
        then.iter().filter(|(_, units)| units.as_ref().is_some_and(|units| !units.is_empty())).collect();
    let gone = unit.valid_to().is_some_and(|end| end < book.release.as_of());
    let shown: Vec<&Measure> = book
        .measures
        .iter()
        .filter(|measure| !measure.is_class() && measure.counts.is_none())
        .filter(|measure| {
            let known = |(year, _): &&(Period, _)| {
                book.rebased(unit, *year, measure).is_some_and(|figure| figure.value.is_some())
            };
            added.iter().copied().any(|one| known(&one))
        })
        .collect();
    let told = words::date(day);
    if shown.is_empty() {
        let text = match gone {
            true => format!("Đơn vị sắp xếp từ {told}; số liệu sau đó ở trang đơn vị kế tục."),
            false => format!("{NO_BASE} từ {told}."),
        };
        return Some(Block {
            id: "sap-xep".into(),
            topic: "Trên địa giới hiện nay".into(),
            finding: text,
            ..Block::default()
        });
    }
    let rows = shown.iter().map(|measure| {
        let mut cells = vec![Cell::short(measure.table_unit())];
        cells.extend(then.iter().map(|(year, units)| {
            let figure = book.rebased(unit, *year, measure);
            let cell = Cell::number(figure.map_or("x".into(), |figure| words::figure(measure, &figure)));
            // On today's boundary a figure may be a sum of several units: each has its row there.
            let cell = cell.traced(book.lineage_of_units(*year, measure));
            match units {
                Some(units) if !units.is_empty() => cell.marked("(1)"),
                _ => cell,
            }
        }));
        Row::new(Cell::text(&measure.short), cells)
    });
    let rows = rows.collect();
    let mut columns = vec![Column::text("Chỉ tiêu"), Column::text("ĐVT")];
    columns.extend(years.iter().map(|year| column(book, unit, *year)));
    let names: Vec<String> = added.iter().flat_map(|(_, units)| units.clone().unwrap_or_default()).collect();
    let names: Vec<String> = names
        .iter()
        .enumerate()
        .filter(|(at, name)| !names[..*at].contains(name))
        .map(|(_, name)| name.clone())
        .collect();
    let headlines = &book.definitions().site.headlines;
    let mut drawn: Vec<&Measure> = shown.iter().copied().filter(|measure| !measure.is_money()).collect();
    drawn.sort_by_key(|measure| headlines.iter().position(|code| *code == measure.code).unwrap_or(headlines.len()));
    let figures: Vec<Figure> = drawn
        .into_iter()
        .take(2)
        .map(|measure| {
            let id = format!("sap-xep-{}", crate::vocabulary::text::slug(measure.code.as_str()));
            let head =
                Head { id, title: format!("{} trên địa giới hiện nay", measure.title), summary: String::new() };
            Figure {
                title: format!("{} trên địa giới hiện nay", measure.short),
                subtitle: format!("{}, {}–{}, {}", unit.name(), all[0], all[all.len() - 1], measure.table_unit()),
                drawings: draw::both(draw::rebased(book, unit, measure, head)),
                coverage: format!("Trước {told}: cộng số của {}.", words::list(&names)),
                ..Figure::default()
            }
        })
        .collect();
    Some(Block {
        id: "sap-xep".into(),
        topic: "Trên địa giới hiện nay".into(),
        finding: format!("Số trước {told} là tổng của {}.", words::list(&names)),
        pair: figures.len() == 2,
        figures,
        tables: vec![
            Table::new(
                format!("{} chỉ tiêu trên địa giới hiện nay", shown.len()),
                format!("{}, các năm; “┆ sắp xếp” đánh dấu năm có sắp xếp đơn vị", unit.name()),
                &columns,
                rows,
            )
            .full()
            .note(format!("(1) Tổng số liệu của {}, tính lại theo địa giới hiện nay.", words::list(&names)))
            .note(if then.iter().any(|(_, units)| units.is_none()) {
                format!("x: {}.", words::inside(NO_BASE))
            } else {
                String::new()
            }),
        ],
        side: vec![Note::new(
            "Cách tính",
            "Chỉ cộng các đơn vị tiền thân khi địa giới hiện nay đúng bằng tổng của chúng. Năm có sắp xếp gồm báo cáo của các đơn vị tiền thân đến ngày sắp xếp và của đơn vị mới từ ngày đó.",
        )],
        ..Block::default()
    })
}

/// The column of a year; the year of a rearrangement has its mark.
pub fn column(book: &Book<'_>, unit: &Unit, year: Period) -> Column {
    let column = Column::number(year.short());
    match book.rearranged(unit, &[year]).is_empty() {
        true => column,
        false => column.unit("┆\u{a0}sắp\u{a0}xếp"),
    }
}
