//! The register of models: each with the steps it has reached and how it was judged.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::definitions::Unit;
use crate::release::Model;
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::history::unit_cell;
use crate::site::words;
use crate::vocabulary::text::plain_key;

/// What `models.html` needs.
#[derive(Debug, Serialize)]
pub struct Models {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// The register.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Models) {
    let all = book.release.models();
    let parts = parts(book);
    let list = if parts.is_empty() { register(book, &book.units) } else { contents(book, &parts) };
    let mut blocks = vec![by_step(book), rankings(book), list];
    blocks.retain(|block| !block.tables.is_empty());
    block::number(&mut blocks);
    let whole = all.iter().filter(|model| model.latest().step >= 5).count();
    let stopped = all.iter().filter(|model| plain_key(&judged(model).0) == "dung").count();
    let units: std::collections::BTreeSet<_> = all.iter().map(|model| &model.unit).collect();
    let (heading, lead) = match all.len() {
        0 => ("Chưa có mô hình nào được báo cáo".to_owned(), "Mô hình được ghi ở Biểu 08 của báo cáo.".to_owned()),
        count => (
            match stopped {
                0 => format!("{count} mô hình, {whole} mô hình đã đủ năm bước"),
                stopped => format!("{count} mô hình trong sổ, {stopped} mô hình đã dừng"),
            },
            format!(
                "{} đơn vị có mô hình, {whole} mô hình đã đi đủ năm bước, từ khảo sát đến ra mắt và duy trì.",
                units.len()
            ),
        ),
    };
    let frame = Frame::new(book.release, path, "Mô hình", &heading, &lead)
        .action("Kế hoạch", page::PLANS)
        .action("Tải danh sách", page::DOWNLOADS);
    (frame, Models { blocks })
}

/// How many models stand at each step.
fn by_step(book: &Book<'_>) -> Block {
    let mut counts = [0usize; 6];
    for model in book.release.models() {
        counts[usize::from(model.latest().step.min(5))] += 1;
    }
    let titles: BTreeMap<u8, &str> = book
        .definitions()
        .plans
        .iter()
        .flat_map(|plan| &plan.steps)
        .map(|step| (step.number, step.title.as_str()))
        .collect();
    let rows = (0u8..=5)
        .map(|step| {
            let title = match step {
                0 => "Chưa bắt đầu",
                step => titles.get(&step).copied().unwrap_or("theo kế hoạch"),
            };
            Row::new(
                Cell::short(format!("Bước {step}")),
                vec![Cell::steps(step), Cell::text(title), Cell::number(counts[usize::from(step)].to_string()).key()],
            )
        })
        .collect();
    let most = (0..=5).max_by_key(|step| counts[*step]).unwrap_or(0);
    let columns =
        [Column::text("Bước"), Column::text("Tiến độ"), Column::text("Việc của bước"), Column::number("Số mô hình")];
    Block {
        id: "buoc".into(),
        topic: "Năm bước".into(),
        finding: match counts[most] {
            0 => "Chưa có mô hình nào trong sổ.".to_owned(),
            all if all == counts.iter().sum::<usize>() => format!("Cả {all} mô hình đã ở bước {most}."),
            some => format!("Nhiều nhất ở bước {most}: {some} mô hình."),
        },
        tables: vec![Table::new("Mô hình theo bước đã đạt", "Theo báo cáo gần nhất của đơn vị", &columns, rows)],
        side: steps_note(book),
        ..Block::default()
    }
}

/// How the models were ranked in their latest yearly evaluation.
fn rankings(book: &Book<'_>) -> Block {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for model in book.release.models() {
        let (evaluation, ranking) = judged(model);
        *counts.entry((evaluation, ranking)).or_default() += 1;
    }
    let rows: Vec<Row> = counts
        .iter()
        .map(|((evaluation, ranking), count)| {
            Row::new(
                Cell::text(words::capital(evaluation)),
                vec![Cell::text(ranking), Cell::number(count.to_string()).key()],
            )
        })
        .collect();
    let reached: usize =
        counts.iter().filter(|((e, _), _)| plain_key(e) == "dat muc tieu").map(|(_, count)| count).sum();
    let columns = [Column::text("Đánh giá năm"), Column::text("Xếp loại"), Column::number("Số mô hình")];
    Block {
        id: "danh-gia".into(),
        topic: "Đánh giá hằng năm".into(),
        finding: format!("{reached} trong {} mô hình được đánh giá đạt mục tiêu.", book.release.models().len()),
        tables: if rows.is_empty() {
            Vec::new()
        } else {
            vec![Table::new(
                "Đánh giá và xếp loại gần nhất",
                "Lấy ở báo cáo cuối năm gần nhất có đánh giá",
                &columns,
                rows,
            )]
        },
        ..Block::default()
    }
}

/// With more models than this the register stands on pages of its own, about this many on each.
const ON_A_PAGE: usize = 200;

/// The units of each page of the register; none where it stands on the models page itself.
pub fn parts<'a>(book: &Book<'a>) -> Vec<Vec<&'a Unit>> {
    let all = book.release.models();
    if all.len() <= ON_A_PAGE {
        return Vec::new();
    }
    let of = |unit: &Unit| all.iter().filter(|model| model.unit == unit.code).count();
    let room = all.len().div_ceil(all.len().div_ceil(ON_A_PAGE));
    let mut parts: Vec<Vec<&Unit>> = Vec::new();
    let mut count = room;
    for unit in book.units.iter().filter(|unit| of(unit) > 0) {
        if count >= room {
            parts.push(Vec::new());
            count = 0;
        }
        count += of(unit);
        parts.last_mut().expect("a part was begun").push(*unit);
    }
    parts
}

/// What the pages of the register hold.
fn contents(book: &Book<'_>, parts: &[Vec<&Unit>]) -> Block {
    let all = book.release.models();
    let rows = parts.iter().enumerate().map(|(at, units)| {
        let count = all.iter().filter(|model| units.iter().any(|unit| unit.code == model.unit)).count();
        Row::new(
            Cell::text(span(units)).link(page::models(at)),
            vec![Cell::number(units.len().to_string()), Cell::number(count.to_string())],
        )
    });
    let columns = [Column::text("Đơn vị từ … đến …"), Column::number("Đơn vị"), Column::number("Số mô hình")];
    Block {
        id: "danh-muc".into(),
        topic: "Danh mục".into(),
        finding: format!("{} mô hình, xếp theo tên đơn vị trong {} trang.", all.len(), parts.len()),
        tables: vec![Table::new("Danh mục mô hình", "Mở trang theo tên đơn vị", &columns, rows.collect())],
        ..Block::default()
    }
}

/// `Xã An Bình – Xã Hòa Lợi`.
fn span(units: &[&Unit]) -> String {
    match units {
        [first, .., last] => format!("{} – {}", first.name(), last.name()),
        [only] => only.name().to_owned(),
        [] => String::new(),
    }
}

/// One page of the register.
pub fn of_part(book: &Book<'_>, part: usize, path: &str) -> (Frame, Models) {
    let parts = parts(book);
    let mut blocks = vec![register(book, &parts[part])];
    block::number(&mut blocks);
    let heading = format!("{} mô hình: {}", blocks[0].tables[0].rows.len(), span(&parts[part]));
    let lead = format!("Danh mục mô hình, phần {} trong {}, xếp theo tên đơn vị.", part + 1, parts.len());
    let mut frame =
        Frame::new(book.release, path, "Mô hình · danh mục", &heading, &lead).action("Tổng hợp mô hình", page::MODELS);
    for other in (0..parts.len()).filter(|other| *other != part) {
        frame = frame.action(&format!("Phần {}", other + 1), page::models(other));
    }
    frame.title(&format!("Danh mục mô hình, phần {}", part + 1));
    (frame, Models { blocks })
}

fn register(book: &Book<'_>, units: &[&Unit]) -> Block {
    let all = book.release.models();
    let mut head = vec![Column::text("Mô hình"), Column::text("Đơn vị")];
    head.extend(columns());
    let mut rows = Vec::new();
    for unit in units {
        for model in all.iter().filter(|model| model.unit == unit.code) {
            let mut line = vec![unit_cell(book, &model.unit)];
            line.extend(cells(model));
            rows.push(Row::new(name(book, model), line));
        }
    }
    Block {
        id: "danh-muc".into(),
        tables: if rows.is_empty() {
            Vec::new()
        } else {
            vec![Table::new("Danh mục mô hình", "Xếp theo tên đơn vị", &head, rows).wide()]
        },
        ..Block::default()
    }
}

/// The columns of a model after its name (and unit).
pub fn columns() -> Vec<Column> {
    vec![
        Column::text("Loại"),
        Column::text("Kế hoạch"),
        Column::text("Năm bước"),
        Column::number("Bước"),
        Column::text("Đạt bước từ ngày"),
        Column::text("Ra mắt"),
        Column::number("Thành viên"),
        Column::text("Đánh giá năm"),
        Column::text("Xếp loại"),
    ]
}

/// The name of a model, leading to the return that tells of it last: its whole row stands there.
pub fn name(book: &Book<'_>, model: &Model) -> Cell {
    let sent = book.trail.as_ref().and_then(|trail| trail.page(&model.unit, model.latest().period));
    Cell::text(&model.name).traced(sent.map(|name| format!("{}#mo-hinh", page::sent(name))))
}

/// The cells of those columns.
pub fn cells(model: &Model) -> Vec<Cell> {
    let state = model.latest();
    let reached = model.step_dates.iter().take(usize::from(state.step)).flatten().next_back();
    let (evaluation, ranking) = judged(model);
    let or_x = |text: &str| Cell::text(if text.is_empty() { "x" } else { text });
    vec![
        or_x(&model.kind),
        or_x(&model.plan).class("rem"),
        Cell::steps(state.step),
        Cell::number(format!("{}/5", state.step)).key(),
        Cell::short(reached.map_or("…".into(), |day| words::date(*day))),
        Cell::short(model.launched.map_or("…".into(), words::date)),
        Cell::number(state.members.map_or("…".into(), crate::vocabulary::number::whole)),
        Cell::short(evaluation),
        or_x(&ranking),
    ]
}

/// Evaluation and ranking of the latest return that gives any.
fn judged(model: &Model) -> (String, String) {
    match model.history.iter().rev().find(|state| !state.evaluation.is_empty() || !state.ranking.is_empty()) {
        Some(state) => (
            if state.evaluation.is_empty() { "chưa ghi đánh giá".into() } else { state.evaluation.clone() },
            if state.ranking.is_empty() { "x".into() } else { state.ranking.clone() },
        ),
        None => ("chưa đến kỳ đánh giá".into(), "x".into()),
    }
}

/// What the five steps are, from the plan that has them.
pub fn steps_note(book: &Book<'_>) -> Vec<Note> {
    let plan = book.definitions().plans.iter().find(|plan| !plan.steps.is_empty());
    plan.map(|plan| Note {
        title: "Năm bước".into(),
        paragraphs: plan.steps.iter().map(|step| format!("{}. {}", step.number, step.title)).collect(),
    })
    .into_iter()
    .collect()
}
