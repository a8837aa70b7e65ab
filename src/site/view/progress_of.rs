//! The way of one measure: the whole, then every unit by name, this year, year by year and to the last target.

use crate::analysis::pace::Pace;
use crate::analysis::target::{State, judge};
use crate::definitions::Unit;
use crate::release::Quantity;
use crate::site::book::{Book, Goal};
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::progress::{ProgressPage, line, notes, pace_cells, pace_columns, year_cell};
use crate::site::view::{draw, number, way};
use crate::site::words;
use crate::vocabulary::Period;
use crate::vocabulary::number::fixed;
use crate::vocabulary::text::slug;

/// The years of this many units fit on a page beside the table of their ways.
const LISTED: usize = 60;

/// The page of a measure that somebody has a target for.
pub fn view(book: &Book<'_>, measure: &Measure, path: &str) -> (Frame, ProgressPage) {
    let period = book.current();
    let last = draw::all_years(book).last().map_or(0, |year| year.last_year());
    let whole = way::of(book, &book.province, measure);
    let bound: Vec<&Unit> = book
        .units
        .iter()
        .copied()
        .filter(|unit| !book.targets.at(&measure.code, &Book::area(unit)).is_empty())
        .collect();
    let mut blocks = vec![province(book, measure, whole.as_ref())];
    if !bound.is_empty() {
        blocks.push(units(book, measure, &bound, last));
        if bound.len() <= LISTED {
            blocks.push(years(book, measure, &bound));
        }
    }
    block::number(&mut blocks);
    let heading = match &whole {
        Some(pace) => format!("{}: {}", measure.title, way::verdict(pace)),
        None => format!("{}: tiến độ của {} đơn vị", measure.title, bound.len()),
    };
    let lead = whole.as_ref().map_or(String::new(), |pace| sentence(pace, measure));
    let mut frame = Frame::new(book.release, path, &format!("Tiến độ đến {last}"), &heading, &lead)
        .about(book.release, period, book.period_status(period), &book.coverage_told(period, measure))
        .action("Các mục tiêu khác", page::PROGRESS)
        .action("Trang chỉ tiêu", page::measure(&measure.code));
    frame.title(&format!("{}, tiến độ đến {last}", measure.title));
    (frame, ProgressPage { blocks })
}

/// Where it stands, what is needed, where the mean leads.
fn sentence(pace: &Pace, measure: &Measure) -> String {
    let goal = Goal::of(&pace.target);
    let mut told = vec![format!(
        "Đến hết {} là {}, mục tiêu đến {} là {}.",
        pace.at.title(),
        words::said(measure, pace.reached),
        pace.target.period.last_year(),
        goal.said(measure)
    )];
    for part in [way::need(pace, measure), way::projection(pace, measure)] {
        if !part.is_empty() {
            told.push(format!("{}.", words::capital(&part)));
        }
    }
    told.join(" ")
}

fn province(book: &Book<'_>, measure: &Measure, pace: Option<&Pace>) -> Block {
    let id = format!("duong-{}", slug(measure.code.as_str()));
    let last = draw::all_years(book).last().map_or(0, |year| year.last_year());
    let row = Row::new(Cell::text("Toàn tỉnh"), pace_cells(book, measure, &book.province, pace));
    Block {
        id: "toan-tinh".into(),
        topic: "Toàn tỉnh".into(),
        finding: match pace {
            Some(pace) => format!("Toàn tỉnh {}.", way::verdict(pace)),
            None => "Toàn tỉnh không có mục tiêu cuối giai đoạn, hoặc chưa có số để bắt đầu.".into(),
        },
        figures: vec![line(book, measure, &book.province, "", id)],
        tables: vec![
            Table::new("Nhịp của toàn tỉnh", measure.title.clone(), &pace_columns("Nơi", last, true), vec![row])
                .full()
                .notes(notes()),
        ],
        ..Block::default()
    }
}

/// Every unit with a target: this year's standing and the way to the last one.
fn units(book: &Book<'_>, measure: &Measure, units: &[&Unit], last: i32) -> Block {
    let year = Period::year(book.current().last_year());
    let info = way::info(book, measure);
    let (mut rows, mut short, mut judged_now) = (Vec::new(), Vec::new(), 0);
    for unit in units {
        let area = Book::area(unit);
        let pace = way::of(book, &area, measure);
        let mut cells = Vec::new();
        let target = book.targets.get(&measure.code, &area, year);
        match target.zip(info).map(|(target, info)| (target, judge(book.release, target, info))) {
            Some((target, judged)) => {
                let goal = Goal::of(target);
                if !matches!(judged.state, State::Unknown(_) | State::NotDue) {
                    judged_now += 1;
                }
                if judged.state.is_short() {
                    short.push(words::inside(unit.name()));
                }
                cells.push(number::judged(book, target, measure, &judged.figure).key());
                cells.push(Cell::number(goal.number(measure)));
                cells.push(Cell::number(share(measure, &goal, judged.figure.value)));
                cells.push(Cell::text(judged.state.title()).class("tag"));
            }
            None => {
                cells.extend([Cell::number("x"), Cell::number("x"), Cell::number("x"), Cell::text("x").class("sign")])
            }
        }
        cells.extend(pace_cells(book, measure, &area, pace.as_ref()));
        rows.push(Row::new(Cell::short(unit.name()).link(page::unit(unit)), cells));
    }
    let group = format!("Năm {}", year.last_year());
    let mut columns = vec![
        Column::text("Đơn vị"),
        Column::number("Thực hiện").under(&group),
        Column::number("Mục tiêu").under(&group),
        Column::number("% KH").under(&group),
        Column::text("Kết quả").under(&group),
    ];
    columns.extend(pace_columns("", last, false).into_iter().skip(1));
    let finding = match (judged_now, short.is_empty()) {
        (0, _) => format!("{}: chưa đơn vị nào đánh giá được.", year.heading()),
        (all, true) => format!("{}: cả {all} đơn vị đánh giá được đều đạt hoặc đúng tiến độ.", year.heading()),
        (all, false) => format!(
            "{}: {} trong {all} đơn vị chưa đạt hoặc chậm tiến độ: {}.",
            year.heading(),
            short.len(),
            words::list_of(&short, 8, "đơn vị")
        ),
    };
    Block {
        id: "don-vi".into(),
        topic: "Từng đơn vị".into(),
        finding,
        tables: vec![
            Table::new(
                format!("{} của {} đơn vị có mục tiêu", measure.short, units.len()),
                format!("{}; xếp theo tên, không phải thứ hạng", measure.table_unit()),
                &columns,
                rows,
            )
            .wide()
            .note("Mục tiêu dưới 20 ghi phân số thay cho phần trăm; tỷ lệ có mẫu số dưới 20 không tính phần trăm.")
            .notes(notes()),
        ],
        ..Block::default()
    }
}

/// Per cent of the target; a fraction of a small one; a sign where neither says anything.
fn share(measure: &Measure, goal: &Goal<'_>, value: Option<Quantity>) -> String {
    match value {
        None => "x".into(),
        Some(Quantity::Whole(value)) if goal.is_small(Quantity::Whole(value)) && goal.is_from_below() => {
            format!("{value}/{}", goal.number(measure))
        }
        Some(value) if goal.is_small(value) => "x".into(),
        Some(value) => goal.share(value, measure).map_or("x".into(), |share| fixed(share, 1)),
    }
}

fn years(book: &Book<'_>, measure: &Measure, units: &[&Unit]) -> Block {
    let years = draw::all_years(book);
    let mut columns = vec![Column::text("Đơn vị")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string())));
    let rows = units.iter().map(|unit| {
        let area = Book::area(unit);
        let cell = |year: &Period| {
            let target = book.targets.get(&measure.code, &area, *year);
            year_cell(book, target, &area, *year, measure)
        };
        let cells = years.iter().map(cell).collect();
        Row::new(Cell::short(unit.name()).link(page::unit(unit)), cells)
    });
    Block {
        id: "tung-nam".into(),
        topic: "Từng năm".into(),
        finding: "Thực hiện và mục tiêu từng năm của từng đơn vị.".into(),
        tables: vec![
            Table::new(
                format!("{} từng năm", measure.short),
                format!("{}; dòng nhỏ: mục tiêu và kết quả", measure.table_unit()),
                &columns,
                rows.collect(),
            )
            .full(),
        ],
        ..Block::default()
    }
}
