//! What a unit has besides measures: thôn, models, criteria, its returns, its names.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::Unit;
use crate::release::{Model, SettlementRow};
use crate::site::book::{Book, is_in};
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::view::{models, returns};
use crate::site::words;
use crate::vocabulary::{Period, UnitCode};

/// The latest of the unit's own periods for which something was reported.
fn latest<'r, T>(book: &Book<'r>, unit: &UnitCode, find: impl Fn(Period) -> &'r [T]) -> Option<(Period, &'r [T])> {
    let periods = book.release.reporting().iter().filter(|status| status.unit == *unit).map(|status| status.period);
    periods.map(|period| (period, find(period))).filter(|(_, rows)| !rows.is_empty()).max_by_key(|(period, _)| *period)
}

/// The thôn of the latest return that listed them.
pub fn settlements(book: &Book<'_>, unit: &Unit) -> Option<Block> {
    let release = book.release;
    let (period, rows) = latest(book, &unit.code, |period| release.settlements(&unit.code, period))?;
    let measures: Vec<&Measure> =
        book.measures.iter().filter(|measure| rows.iter().any(|row| row.values.contains_key(&measure.code))).collect();
    if measures.is_empty() {
        return None;
    }
    let returned = book.trail.as_ref().and_then(|trail| trail.page(&unit.code, period));
    let trace = |row: usize| returned.map(|name| format!("{}#thon-{row}", page::sent(name)));
    let mut columns = vec![Column::text("Thôn, xóm, tổ dân phố")];
    columns.extend(measures.iter().map(|measure| Column::number(&measure.short).unit(&measure.unit)));
    let mut body: Vec<Row> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| Row::new(Cell::text(&row.name).traced(trace(at)), settlement(row, &measures)))
        .collect();
    let total = measures
        .iter()
        .map(|measure| {
            let values: Option<Vec<i64>> =
                rows.iter().map(|row| row.values.get(&measure.code).copied().flatten()).collect();
            let told = values.map_or("…".into(), |values| crate::vocabulary::number::whole(values.iter().sum()));
            Cell::number(told)
        })
        .collect();
    // A row comes from one row of the return: its name leads there once, not each of its numbers.
    body.push(Row::new(Cell::text("Cộng").traced(trace(0)), total).class("sum"));
    Some(Block {
        id: "thon".into(),
        topic: "Thôn, xóm, tổ dân phố".into(),
        finding: format!("{} khu dân cư trong báo cáo {}.", rows.len(), period.title()),
        tables: vec![
            Table::new(
                format!("Số liệu phong trào của {} khu dân cư", rows.len()),
                format!("{}, {}, số do thôn báo cáo", unit.name(), period.title()),
                &columns,
                body,
            )
            .full(),
        ],
        ..Block::default()
    })
}

fn settlement(row: &SettlementRow, measures: &[&Measure]) -> Vec<Cell> {
    let cell = |measure: &&Measure| match row.values.get(&measure.code) {
        Some(Some(value)) => Cell::number(crate::vocabulary::number::whole(*value)),
        Some(None) => Cell::number("…"),
        None => Cell::number("x"),
    };
    measures.iter().map(cell).collect()
}

/// The models of the unit with their steps.
pub fn models(book: &Book<'_>, unit: &Unit) -> Option<Block> {
    let mine: Vec<&Model> = book.release.models().iter().filter(|model| model.unit == unit.code).collect();
    if mine.is_empty() {
        return None;
    }
    let whole = mine.iter().filter(|model| model.latest().step >= 5).count();
    let mut columns = vec![Column::text("Mô hình")];
    columns.extend(models::columns());
    let rows = mine.iter().map(|model| Row::new(models::name(book, model), models::cells(model))).collect();
    Some(Block {
        id: "mo-hinh".into(),
        topic: "Mô hình".into(),
        finding: format!("{} mô hình, {whole} mô hình đã đủ năm bước.", words::capital(&words::numeral(mine.len()))),
        tables: vec![
            Table::new("Mô hình và bước xây dựng", format!("{}, theo báo cáo gần nhất", unit.name()), &columns, rows)
                .full(),
        ],
        side: models::steps_note(book),
        ..Block::default()
    })
}

/// The criteria of the latest return that listed them.
pub fn criteria(book: &Book<'_>, unit: &Unit) -> Option<Block> {
    let release = book.release;
    let (period, rows) = latest(book, &unit.code, |period| release.criteria(&unit.code, period))?;
    let set =
        book.definitions().criteria.iter().find(|set| rows.iter().any(|row| row.set == set.id || row.set == set.title));
    let texts: BTreeMap<&str, &str> =
        set.into_iter().flat_map(|set| &set.criteria).map(|c| (c.number.as_str(), c.text.as_str())).collect();
    let met = rows.iter().filter(|row| row.met == Some(true)).count();
    let body = rows
        .iter()
        .map(|row| {
            let answer = match row.met {
                Some(true) => "đạt",
                Some(false) => "chưa đạt",
                None => "…",
            };
            let text = texts.get(row.number.as_str()).copied().unwrap_or_default();
            let text = if text.is_empty() { format!("Tiêu chí {}", row.number) } else { text.to_owned() };
            Row::new(Cell::text(&row.number), vec![Cell::text(text), Cell::short(answer)])
        })
        .collect();
    let columns = [Column::text("Số"), Column::text("Tiêu chí"), Column::text("Tự chấm")];
    let title = set.map_or_else(|| "Bộ tiêu chí".to_owned(), |set| set.title.clone());
    Some(Block {
        id: "tieu-chi".into(),
        topic: "Tiêu chí".into(),
        finding: format!("Tự chấm đạt {met} trong {} tiêu chí, {}.", rows.len(), period.title()),
        tables: vec![Table::new("Kết quả tự chấm từng tiêu chí", title, &columns, body)],
        side: set
            .filter(|set| !set.note.is_empty())
            .map(|set| Note::new("Về bộ tiêu chí", set.note.clone()))
            .into_iter()
            .collect(),
        ..Block::default()
    })
}

/// Every return the unit owes.
pub fn returns(book: &Book<'_>, unit: &Unit) -> Block {
    let mut mine: Vec<_> = book.release.reporting().iter().filter(|status| status.unit == unit.code).collect();
    mine.retain(|status| status.state != crate::release::ReturnState::NotYetDue);
    mine.sort_by_key(|status| std::cmp::Reverse(status.period));
    let on_time = mine.iter().filter(|status| status.state == crate::release::ReturnState::OnTime).count();
    let came = mine.iter().filter(|status| is_in(status)).count();
    let internal = book.release.internal().is_some();
    let mut columns = vec![
        Column::text("Báo cáo"),
        Column::number("Hạn"),
        Column::number("Ngày nhận"),
        Column::text("Tình trạng"),
        Column::text("Kết quả kiểm tra"),
        Column::number("Số bản"),
    ];
    if internal {
        columns.push(Column::text("Tệp"));
    }
    let rows: Vec<Row> = mine
        .iter()
        .map(|status| {
            let mut cells = vec![
                Cell::number(words::date(status.deadline)),
                Cell::number(status.received.map_or("…".into(), words::date)),
                Cell::short(status.state.title()).class(returns::mark(&status.state)),
                Cell::text(status.outcome.map_or("x", |outcome| outcome.title())),
                Cell::number(status.versions.to_string()).note(match (status.corrected, status.estimate) {
                    (_, true) => "số ước",
                    (true, false) => "đã sửa",
                    (false, false) => "",
                }),
            ];
            if internal {
                cells.push(match status.file.as_deref() {
                    Some(file) => Cell::text(file).class("path").link(page::slip(file)),
                    None => Cell::text("x"),
                });
            }
            let sent = book.trail.as_ref().and_then(|trail| trail.page(&unit.code, status.period));
            let label = Cell::short(status.period.heading());
            Row::new(sent.map_or(label.clone(), |name| label.link(page::sent(name))), cells)
        })
        .collect();
    let tables = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Table::new("Lịch sử nộp báo cáo", format!("{}, mới nhất trước", unit.name()), &columns, rows).full()]
    };
    Block {
        id: "bao-cao".into(),
        topic: "Nộp báo cáo".into(),
        finding: format!("Đã nộp {came} trong {} báo cáo đến hạn, {on_time} báo cáo đúng hạn.", mine.len()),
        tables,
        ..Block::default()
    }
}

/// Names over time, and the units before and after.
pub fn names(book: &Book<'_>, unit: &Unit) -> Block {
    let rows = unit
        .names
        .iter()
        .map(|name| {
            Row::new(
                Cell::text(&name.name),
                vec![
                    Cell::number(words::date(name.valid_from)),
                    Cell::number(name.valid_to.map_or("nay".into(), words::date)),
                ],
            )
        })
        .collect();
    let named =
        |codes: &[UnitCode]| -> Vec<String> { codes.iter().map(|code| words::inside(&book.unit_name(code))).collect() };
    let mut more = Vec::new();
    for one in book.boundaries.touching(&unit.code) {
        let list = |units: &BTreeSet<UnitCode>| words::list(&named(&units.iter().cloned().collect::<Vec<_>>()));
        more.push(format!("Từ {}: {} sắp xếp thành {}.", words::date(one.day), list(&one.before), list(&one.after)));
    }
    // Units of the register are told above, with the day; others only by their code.
    let outside = |codes: &[UnitCode]| -> Vec<String> {
        codes.iter().filter(|code| book.unit(code).is_none()).map(UnitCode::to_string).collect()
    };
    for (word, codes) in [("Lập từ đơn vị mã", &unit.predecessors), ("Nay thuộc đơn vị mã", &unit.successors)]
    {
        let codes = outside(codes);
        if !codes.is_empty() {
            more.push(format!("{word} {}.", words::list(&codes)));
        }
    }
    let related: Vec<Row> = book
        .boundaries
        .touching(&unit.code)
        .flat_map(|one| {
            let sides = [("trước", &one.before), ("sau", &one.after)];
            sides.into_iter().flat_map(move |(side, units)| units.iter().map(move |code| (one.day, side, code)))
        })
        .filter(|(_, _, code)| **code != unit.code)
        .map(|(day, side, code)| {
            Row::new(unit_cell(book, code), vec![Cell::short(side), Cell::short(words::date(day))])
        })
        .collect();
    let finding = match unit.names.len() {
        1 => match book.boundaries.touching(&unit.code).last().filter(|one| one.after.contains(&unit.code)) {
            Some(one) => format!("{} có địa giới như hiện nay từ {}.", unit.name(), words::date(one.day)),
            None => format!("{} có tên và địa giới như hiện nay từ {}.", unit.name(), words::date(unit.valid_from())),
        },
        count => format!(
            "{} tên qua các thời kỳ; hiện nay là {}.",
            words::capital(&words::numeral(count)),
            words::inside(unit.name())
        ),
    };
    let columns = [Column::text("Tên"), Column::number("Từ ngày"), Column::number("Đến hết ngày")];
    let groups: Vec<&str> =
        unit.groups.iter().filter_map(|id| book.definitions().site.groups.get(id)).map(String::as_str).collect();
    let mut side = Vec::new();
    if !groups.is_empty() {
        side.push(Note::new("Thuộc nhóm", words::list(&groups)));
    }
    side.push(Note::new("So sánh", comparable(book, unit)));
    Block {
        id: "dia-gioi".into(),
        topic: "Tên và địa giới".into(),
        finding,
        more: more.join(" "),
        tables: [
            Some(Table::new("Tên gọi và thời gian có hiệu lực", format!("Mã đơn vị {}", unit.code), &columns, rows)),
            (!related.is_empty()).then(|| {
                let columns = [Column::text("Đơn vị"), Column::text("Trước hay sau"), Column::text("Ngày sắp xếp")];
                Table::new("Các đơn vị cùng sắp xếp", "Tiền thân và kế tục", &columns, related)
                    .note("Số liệu trên địa giới hiện nay ở mục “Trên địa giới hiện nay”.")
            }),
        ]
        .into_iter()
        .flatten()
        .collect(),
        side,
        ..Block::default()
    }
}

/// From when on the unit is compared with itself or with what it was made of.
fn comparable(book: &Book<'_>, unit: &Unit) -> String {
    let made = book.boundaries.touching(&unit.code).find(|one| one.after.contains(&unit.code));
    let whole = made.is_some_and(|one| one.whole && one.after.len() == 1);
    match made.filter(|_| whole) {
        Some(one) => format!(
            "Trước {} so với tổng của {}.",
            words::date(one.day),
            words::list(&one.before.iter().map(|code| words::inside(&book.unit_name(code))).collect::<Vec<_>>())
        ),
        None => format!(
            "Không có số liệu so sánh trước {} do sắp xếp đơn vị hành chính.",
            words::date(made.map_or(unit.valid_from(), |one| one.day))
        ),
    }
}

/// A model's unit, leading to its page.
pub fn unit_cell(book: &Book<'_>, code: &UnitCode) -> Cell {
    let cell = Cell::short(book.unit_name(code));
    match book.unit(code) {
        Some(unit) => cell.link(page::unit(unit)),
        None => cell,
    }
}
