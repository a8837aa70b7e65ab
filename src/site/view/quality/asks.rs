//! Requests to confirm: what is unlike the unit's own history. Chance or a real change may be behind it; nobody is judged.

use std::collections::BTreeSet;

use crate::definitions::Unit;
use crate::release::quality::{About, Ask};
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::words;
use crate::vocabulary::number::{fixed, rounded, whole};
use crate::vocabulary::{Area, MeasureCode};

/// The table of the whole province lists at most this many.
const LISTED: usize = 80;

/// For the whole province: only what chance hardly explains, the latest first.
pub fn block(book: &Book<'_>) -> Block {
    let listed = |ask: &&Ask| match &ask.about {
        About::Outlier { listed, .. } => *listed,
        // Large values move for many reasons: the unit is asked, the province is not troubled.
        About::Shift { .. } => false,
        About::Copied { .. } | About::Silent { .. } | About::Digits { .. } => true,
    };
    let mut asks: Vec<&Ask> = book.release.quality().asks.iter().filter(listed).collect();
    asks.sort_by_key(|ask| (std::cmp::Reverse(ask.period), &ask.unit));
    let units: BTreeSet<_> = asks.iter().map(|ask| &ask.unit).collect();
    let all = book.release.quality().asks.len();
    let note = match asks.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!("Còn {more} dòng cũ hơn không in ở đây; xem trang của từng đơn vị."),
    };
    Block {
        finding: match asks.len() {
            0 => "Không có số nào phải hỏi lại ở mức toàn tỉnh.".into(),
            some => format!("{some} chỗ ở {} đơn vị đề nghị xác nhận; mới nhất ở trên.", units.len()),
        },
        more: format!("Trang của từng đơn vị có đủ {all} chỗ hỏi lại."),
        tables: table(book, &asks[..asks.len().min(LISTED)], true).map(|table| table.note(note)).into_iter().collect(),
        side: vec![Note {
            title: "Vì sao hỏi".into(),
            paragraphs: vec![
                "Chỉ nêu khi ngẫu nhiên khó giải thích. Có thể là nhầm ô, nhầm đơn vị tính, cũng có thể đúng là có thay đổi: đơn vị xác nhận là xong.".into(),
                "Không phải nhận xét về kết quả công tác.".into(),
            ],
        }],
        ..titled()
    }
}

/// Everything a unit is asked, the latest first.
pub fn of_unit(book: &Book<'_>, unit: &Unit) -> Option<Block> {
    let mut asks: Vec<&Ask> = book.release.quality().asks.iter().filter(|ask| ask.unit == unit.code).collect();
    asks.sort_by_key(|ask| std::cmp::Reverse(ask.period));
    let table = table(book, &asks, false)?;
    Some(Block {
        finding: format!("{} chỗ đề nghị đơn vị xác nhận.", asks.len()), tables: vec![table], ..titled()
    })
}

fn titled() -> Block {
    Block { id: "xac-nhan".into(), topic: "Đề nghị xác nhận".into(), ..Block::default() }
}

fn table(book: &Book<'_>, asks: &[&Ask], of_all: bool) -> Option<Table> {
    if asks.is_empty() {
        return None;
    }
    let rows = asks
        .iter()
        .map(|ask| {
            let (what, now, before, request) = told(book, ask);
            let period = Cell::short(ask.period.heading());
            let mut cells = if of_all { vec![period.clone()] } else { Vec::new() };
            cells.extend([what, now, Cell::number(before), Cell::text(request).class("long")]);
            let unit = || Cell::short(book.unit_name(&ask.unit)).link(page::quality(&ask.unit));
            Row::new(if of_all { unit() } else { period }, cells)
        })
        .collect();
    let mut columns =
        if of_all { vec![Column::text("Đơn vị"), Column::text("Kỳ")] } else { vec![Column::text("Kỳ")] };
    columns.extend([
        Column::text("Chỉ tiêu"),
        Column::number("Đã ghi"),
        Column::number("Các kỳ trước"),
        Column::text("Đề nghị"),
    ]);
    Some(Table::new("Số đề nghị đơn vị xác nhận", "Số đã ghi mở được về ô gốc", &columns, rows).full())
}

/// What it is about, what was reported, what came before, and the request.
fn told(book: &Book<'_>, ask: &Ask) -> (Cell, Cell, String, String) {
    let area = Area::Unit(ask.unit.clone());
    let measure = |item: &MeasureCode| -> Option<&Measure> { book.measure(item) };
    let name = |item: &MeasureCode| {
        let cell = Cell::text(measure(item).map_or_else(|| item.to_string(), |measure| measure.short.clone()));
        match measure(item) {
            Some(measure) => cell.link(page::measure(&measure.code)),
            None => cell,
        }
    };
    let now = |item: &MeasureCode, value: i64| match measure(item) {
        Some(measure) => Cell::number(whole(value)).traced(book.lineage(&area, ask.period, measure)).key(),
        None => Cell::number(whole(value)),
    };
    let list = |values: &[i64]| values.iter().map(|value| whole(*value)).collect::<Vec<_>>().join(", ");
    let every = Cell::text("mọi số phát sinh");
    match &ask.about {
        About::Outlier { item, now: value, before, .. } => {
            (name(item), now(item, *value), list(before), "Khác hẳn các quý trước, đề nghị xã xác nhận.".into())
        }
        About::Shift { item, now: value, sum, returns } => {
            let mean = rounded(*sum, *returns, 1, 1).map_or("x".into(), |mean| fixed(mean, 1));
            let request = "Lệch xa trung bình các kỳ trước, đề nghị xã xác nhận.".into();
            (name(item), now(item, *value), format!("trung bình {mean}"), request)
        }
        About::Copied { equal, values } => {
            let told = format!("{}{}", list(values), if values.len() < *equal { ", …" } else { "" });
            let request = "Trùng toàn bộ với quý trước, đề nghị kiểm tra lại.".into();
            (every, Cell::number(format!("{equal} số trùng")), told, request)
        }
        About::Silent { quarters, managed } => {
            let request = format!("Không phát sinh việc gì trong {quarters} quý liền, đề nghị xã xác nhận.");
            (every, Cell::number("0"), format!("quản lý {} người", whole(*managed)), request)
        }
        About::Digits { round, of } => {
            let share = rounded(*round, *of, 100, 1).map_or("x".into(), |share| fixed(share, 1));
            let request = "Nhiều số tận cùng 0, 5 hơn mức thường gặp (20%), đề nghị đếm lại từ sổ theo dõi.".into();
            let what = format!("{share}% số tròn");
            (every, Cell::number(what), words::inside(&format!("{round}/{of} số từ 10 trở lên, mọi kỳ")), request)
        }
    }
}
