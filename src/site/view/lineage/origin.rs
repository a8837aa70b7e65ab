//! The file a return came in: hash, day, result; whether it counts and why not; its other versions.

use crate::release::{Difference, Reading, Return, Standing};
use crate::site::book::Book;
use crate::site::page;
use crate::site::trail::Trail;
use crate::site::view::block::{Block, Cell, Column, Row, Table};
use crate::site::view::lineage::sent::title;
use crate::site::words;
use crate::vocabulary::number::whole;

/// Whether a return counts, in a sentence.
pub fn standing(ret: &Return) -> String {
    match &ret.standing {
        Standing::Counts if ret.outcome == crate::release::Outcome::Returned => {
            "Không được tính: báo cáo bị trả lại.".into()
        }
        Standing::Counts => "Bản đang được tính.".into(),
        Standing::Superseded { by } => format!("Không được tính: đã được thay bằng {by}."),
        Standing::SetAside { reason } => format!("Không được tính: {}.", words::inside(reason)),
    }
}

/// The file, term by term.
pub fn file(book: &Book<'_>, trail: &Trail<'_>, ret: &Return) -> Block {
    let receipt = trail.intake.receipts.get(&ret.file);
    let day = ret.received.map_or("…".into(), words::date);
    let channel = receipt.map_or("theo ngày lập ghi trong báo cáo", |receipt| &receipt.channel);
    let submission = if ret.estimate { format!("{} (ước)", ret.submission) } else { ret.submission.to_string() };
    let row = |term: &str, value: Cell| Row::new(Cell::short(term), vec![value]);
    let rows = vec![
        row("Tệp", Cell::text(&*ret.file).class("path")),
        row("Mã băm SHA-256", Cell::text(if ret.sha256.is_empty() { "…" } else { &ret.sha256 }).class("hash")),
        row("Ngày nhận", Cell::text(day).note(channel)),
        row("Lần nộp", Cell::text(submission)),
        row("Phiên bản biểu", Cell::text(&ret.form_version)),
        row("Kết quả kiểm tra", Cell::text(ret.outcome.title()).link(page::slip(&ret.file))),
    ];
    Block {
        id: "tep".into(),
        topic: "Tệp báo cáo".into(),
        finding: standing(ret),
        tables: vec![Table::new(
            "Lý lịch của báo cáo",
            format!("{}, {}", book.unit_name(&ret.unit), ret.period.title()),
            &[Column::text("Mục"), Column::text("Nội dung")],
            rows,
        )],
        ..Block::default()
    }
}

/// The other versions of the return, and where they differ from the one that counts; none when it came once.
pub fn versions(book: &Book<'_>, trail: &Trail<'_>, at: usize) -> Option<Block> {
    let ret = trail.sent(at);
    let all = trail.versions(&ret.unit, ret.period);
    if all.len() < 2 {
        return None;
    }
    let rows = all
        .iter()
        .map(|other| {
            let version = trail.sent(*other);
            let label = Cell::text(&*version.file).class("path");
            let label = if *other == at { label } else { label.link(page::sent(trail.name(*other))) };
            let cells = vec![
                Cell::number(version.received.map_or("…".into(), words::date)),
                Cell::number(version.submission.to_string()),
                Cell::text(if *other == at { "trang này" } else { "bản khác" }),
                Cell::text(standing(version)).class("long"),
            ];
            Row::new(label, cells).class(if *other == at { "self" } else { "" })
        })
        .collect();
    let columns = [
        Column::text("Tệp"),
        Column::number("Ngày nhận"),
        Column::number("Lần nộp"),
        Column::text("Trang"),
        Column::text("Tình trạng"),
    ];
    let mut tables = vec![Table::new("Các lần nộp của kỳ này", "Bản đang tính ở trên", &columns, rows).full()];
    let changed: Vec<(&Return, &Difference)> = all
        .iter()
        .map(|other| trail.sent(*other))
        .filter(|version| ret.standing == Standing::Counts || version.file == ret.file)
        .flat_map(|version| version.differences.iter().map(move |difference| (version, difference)))
        .collect();
    if !changed.is_empty() {
        tables.push(differences(book, &changed));
    }
    Some(Block {
        id: "lan-nop".into(),
        topic: "Các lần nộp".into(),
        finding: match changed.len() {
            0 => format!("{} lần nộp, không có ô nào khác nhau.", all.len()),
            some => format!("{} lần nộp; {some} ô khác với bản đang tính.", all.len()),
        },
        tables,
        ..Block::default()
    })
}

fn differences(book: &Book<'_>, changed: &[(&Return, &Difference)]) -> Table {
    let rows = changed
        .iter()
        .map(|(version, difference)| {
            let column = if difference.cumulative { "Lũy kế từ đầu năm" } else { "Trong kỳ" };
            let place = format!("{}!{}", difference.sheet, difference.cell);
            Row::new(
                Cell::text(title(book, &difference.item)).note(difference.item.as_str()),
                vec![
                    Cell::short(column),
                    Cell::number(reading(difference.old)),
                    Cell::number(reading(difference.new)),
                    Cell::short(place).note(&*version.file),
                ],
            )
        })
        .collect();
    let columns = [
        Column::text("Dòng"),
        Column::text("Cột"),
        Column::number("Bản trước"),
        Column::number("Bản đang tính"),
        Column::text("Ô ở bản trước"),
    ];
    Table::new("Chỗ khác với bản đang tính", "Theo thứ tự trong biểu", &columns, rows).full()
}

fn reading(reading: Reading) -> String {
    match reading {
        Reading::Value(value) => whole(value),
        Reading::Empty => "…".into(),
        Reading::Rejected => "bị loại".into(),
    }
}
