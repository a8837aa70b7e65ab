//! Where a unit stands among all units and in each of its groups: three groups, never a place in an order.

use crate::analysis::Silence;
use crate::analysis::funnel::Funnel;
use crate::analysis::peers::Peers;
use crate::analysis::wording;
use crate::definitions::Unit;
use crate::definitions::form::Direction;
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::chart::strip::{Strip, StripRow};
use crate::site::chart::{Head, Value};
use crate::site::page;
use crate::site::signals::{Funnels, own};
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::{draw, number};
use crate::site::words;
use crate::statistics::funnel::Stance;
use crate::vocabulary::{Area, Period};

/// The measures in which something can be told of a unit, with how it stands among all.
fn told<'b>(book: &'b Book<'_>, area: &Area) -> Vec<(&'b Measure, Result<Stance, Silence>)> {
    let compared = book.measures.iter().filter(|measure| {
        let place = book.signals.funnel(measure).ok().and_then(|funnel| funnel.place(area));
        place.is_some_and(|place| place.parts.is_some())
    });
    compared.map(|measure| (measure, book.signals.stance(measure, area))).collect()
}

/// The groups a unit is in.
fn groups<'b>(book: &'b Book<'_>, area: &Area) -> Vec<&'b (Peers, Funnels<'b>)> {
    book.signals.groups.iter().filter(|(peers, _)| peers.members.contains(area)).collect()
}

/// Whether a group has units enough to be compared in.
fn is_enough(book: &Book<'_>, peers: &Peers) -> bool {
    peers.members.len() as i64 >= book.rules().fewest_peers
}

/// Where the unit stands: sentences, one strip per ratio, and the table of groups.
pub fn block(book: &Book<'_>, unit: &Unit, area: &Area, period: Period) -> Option<Block> {
    let told = told(book, area);
    if told.is_empty() {
        return None;
    }
    let named = |wanted: Stance| -> Vec<String> {
        let so = told.iter().filter(|(_, stance)| *stance == Ok(wanted));
        so.map(|(measure, _)| words::inside(&measure.short)).collect()
    };
    let clear: Vec<String> = [(Stance::High, "cao hơn rõ"), (Stance::Low, "thấp hơn rõ")]
        .into_iter()
        .map(|(stance, word)| (named(stance), word))
        .filter(|(names, _)| !names.is_empty())
        .map(|(names, word)| format!("{word} ở: {}", words::list(&names)))
        .collect();
    let mut more = Vec::new();
    if !clear.is_empty() {
        more.push("Đề nghị kiểm tra số liệu và tìm hiểu nguyên nhân.".to_owned());
    }
    for (stance, fixed) in
        [(Stance::PerhapsHigh, wording::FUNNEL_WATCH), (Stance::PerhapsLow, wording::FUNNEL_WATCH_LOW)]
    {
        let names = named(stance);
        if !names.is_empty() {
            more.push(format!("{fixed}: {}.", words::list(&names)));
        }
    }
    let strips = strips(book, area, period);
    let figures = match strips.is_empty() {
        true => Vec::new(),
        false => vec![figure(unit, period, strips)],
    };
    Some(Block {
        id: "vi-tri".into(),
        topic: "So với các đơn vị khác".into(),
        finding: match clear.is_empty() {
            true => format!("{}.", wording::FUNNEL_SAME),
            false => format!("So với mức chung: {}.", clear.join("; ")),
        },
        more: more.join(" "),
        figures,
        tables: vec![table(book, unit, area, &told)],
        side: notes(book, area),
        ..Block::default()
    })
}

fn notes(book: &Book<'_>, area: &Area) -> Vec<Note> {
    let mut compared = vec![format!("Mọi đơn vị trong tỉnh ({} đơn vị).", book.units.len())];
    let groups = groups(book, area);
    compared.extend(groups.iter().map(|(peers, _)| {
        let few = if is_enough(book, peers) { "" } else { ", chưa đủ để so sánh" };
        format!("{}: {} đơn vị{few}.", peers.title, peers.members.len())
    }));
    if book.rules().size.is_some() && !groups.iter().any(|(peers, _)| peers.whole.is_none()) {
        compared.push("Không có nhóm theo quy mô: số làm căn cứ không có hoặc không công bố.".to_owned());
    }
    vec![
        Note { title: "Được so với".into(), paragraphs: compared },
        Note {
            title: "Cách đọc".into(),
            paragraphs: vec![
                "Mỗi chấm xám là một đơn vị; chấm xanh là đơn vị này. Dải xám là nửa giữa của các đơn vị; vạch đứng là trung vị. Mỗi dòng có thước riêng.".into(),
                "Vị trí trên thước không phải thứ hạng: chỉ khi ghi “cao hơn rõ” hoặc “thấp hơn rõ” thì khác biệt mới vượt mức ngẫu nhiên.".into(),
            ],
        },
    ]
}

/// One strip for each ratio that enough units have a figure for.
fn strips(book: &Book<'_>, area: &Area, period: Period) -> Vec<StripRow> {
    let mut rows = Vec::new();
    for measure in book.measures.iter().filter(|measure| measure.is_ratio()) {
        let this = draw::value(measure, book.figure(area, period, measure));
        let mut all: Vec<(f64, String)> = book
            .units
            .iter()
            .filter_map(|other| {
                let figure = book.figure(&Book::area(other), period, measure);
                Some((draw::position(measure, figure.value?)?, words::told(measure, figure)))
            })
            .collect();
        let Value::At(at) = this else { continue };
        if (all.len() as i64) <= book.rules().fewest_peers {
            continue;
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let positions: Vec<f64> = all.iter().map(|(at, _)| *at).collect();
        let mut others = positions.clone();
        let own = others.iter().position(|other| *other == at);
        others.remove(own.expect("the unit is among all units"));
        rows.push(StripRow {
            label: measure.short.clone(),
            direction: match measure.direction {
                Direction::Up => "cao hơn là tốt".into(),
                Direction::Down => "thấp hơn là tốt".into(),
                Direction::None => String::new(),
            },
            others,
            this,
            value_label: words::told(measure, book.figure(area, period, measure)),
            median: Some(quantile(&positions, 2)),
            middle_half: Some((quantile(&positions, 1), quantile(&positions, 3))),
            ends: [all[0].1.clone(), all[all.len() - 1].1.clone()],
        });
    }
    rows
}

/// A quartile of sorted positions (between neighbours where it falls between them); for drawing only.
fn quantile(sorted: &[f64], quarter: usize) -> f64 {
    let at = (sorted.len() - 1) as f64 * quarter as f64 / 4.0;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    low + (high - low) * at.fract()
}

fn figure(unit: &Unit, period: Period, rows: Vec<StripRow>) -> Figure {
    Figure {
        title: "Vị trí trong dải giá trị của các đơn vị".into(),
        subtitle: format!(
            "{} chỉ tiêu tỷ lệ, {}; bên phải là cao hơn",
            words::capital(&words::numeral(rows.len())),
            period.title()
        ),
        drawings: draw::both(
            Strip {
                head: Head {
                    id: "vi-tri-do".into(),
                    title: format!("Vị trí của {} so với các đơn vị", words::inside(unit.name())),
                    summary: String::new(),
                },
                rows,
            }
            .drawing(),
        ),
        coverage: "Chỉ vẽ đơn vị có số liệu được công bố trong kỳ.".into(),
        ..Figure::default()
    }
}

/// Every compared measure against all units and against each group.
fn table(book: &Book<'_>, unit: &Unit, area: &Area, told: &[(&Measure, Result<Stance, Silence>)]) -> Table {
    let period = book.current();
    let groups: Vec<_> = groups(book, area).into_iter().filter(|(peers, _)| is_enough(book, peers)).collect();
    let rows = told
        .iter()
        .map(|(measure, stance)| {
            let place = book.signals.funnel(measure).ok().and_then(|funnel| funnel.place(area));
            let expected = match place {
                Some(place) if !measure.is_ratio() => crate::vocabulary::number::estimate(place.expected, 1),
                _ => "x".into(),
            };
            let mut cells = vec![number::figure(book, area, period, measure).key(), Cell::number(expected)];
            cells.push(stance_cell(*stance));
            cells.extend(groups.iter().map(|(_, funnels)| in_group(book, funnels, measure, area)));
            Row::new(Cell::text(&measure.short).link(page::measure(&measure.code)), cells)
        })
        .collect();
    let mut columns = vec![
        Column::text("Chỉ tiêu"),
        Column::number(period.short()).of(period),
        Column::number("Số kỳ vọng"),
        Column::text("So với toàn tỉnh"),
    ];
    columns.extend(groups.iter().map(|(peers, _)| {
        let title = peers.title.split(" (").next().unwrap_or(&peers.title);
        Column::text(format!("So với nhóm {}", words::inside(title))).unit(format!("{} đơn vị", peers.members.len()))
    }));
    Table::new(
        format!("{} so với mức chung và các nhóm", unit.name()),
        format!("{}; theo giới hạn 99,8%, mức “theo dõi” theo giới hạn 95%", period.heading()),
        &columns,
        rows,
    )
    .full()
    .note("Chỉ gồm chỉ tiêu so sánh được giữa các đơn vị. Số kỳ vọng: số của đơn vị nếu cũng theo mức chung.")
}

fn stance_cell(stance: Result<Stance, Silence>) -> Cell {
    let cell = Cell::text(own(stance));
    cell.class(if matches!(stance, Ok(Stance::High | Stance::Low)) { "tag k" } else { "tag" })
}

/// How a unit stands in a group of peers; a group with too few figures tells nothing.
fn in_group(book: &Book<'_>, funnels: &Funnels<'_>, measure: &Measure, area: &Area) -> Cell {
    let enough = |funnel: &&Funnel| {
        funnel.places.iter().filter(|place| place.parts.is_some()).count() as i64 >= book.rules().fewest_peers
    };
    match funnels.get(&measure.code).map(|found| found.as_ref().map_err(|why| *why)) {
        Some(Ok(funnel)) if enough(&funnel) => stance_cell(funnel.stance(area).unwrap_or(Err(Silence::NotDue))),
        Some(Err(Silence::Untested)) => stance_cell(Err(Silence::Untested)),
        _ => Cell::text("Quá ít đơn vị có số").class("tag"),
    }
}
