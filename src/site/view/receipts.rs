//! The receipt register (sổ nhận báo cáo): every file that came, when, with its hash and its result. Internal edition only.
//!
//! One page per round. A round is the quarter in which periods end: the returns of a
//! quarter, a half and a year that close together are collected together.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::release::{Intake, Outcome, Return, Standing};
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::quality;
use crate::site::words;
use crate::vocabulary::Period;

/// What `quality.html` needs of a register.
#[derive(Debug, Serialize)]
pub struct Receipts {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// Digits of a hash that are printed; the slip has them all.
const DIGITS: usize = 12;

fn part<'a>(book: &Book<'a>) -> &'a Intake {
    book.release.internal().expect("the contents list the receipt register in the internal edition only")
}

/// The round a period is collected in.
fn round(period: Period) -> Period {
    let quarters = (1..=4).map(|number| Period::quarter(period.last_year(), number));
    quarters.into_iter().find(|quarter| quarter.ends_with(period)).unwrap_or(period)
}

/// The rounds for which something came, oldest first.
pub fn rounds(book: &Book<'_>) -> Vec<Period> {
    let rounds: BTreeSet<Period> =
        book.release.internal().into_iter().flat_map(|part| &part.returns).map(|ret| round(ret.period)).collect();
    rounds.into_iter().collect()
}

/// The index: one row per round, then the files of no period.
pub fn index(book: &Book<'_>, path: &str) -> (Frame, Receipts) {
    let internal = part(book);
    let mut by_round: BTreeMap<Period, Vec<&Return>> = BTreeMap::new();
    for ret in &internal.returns {
        by_round.entry(round(ret.period)).or_default().push(ret);
    }
    let rows = by_round
        .iter()
        .rev()
        .map(|(round, returns)| {
            let count =
                |wanted: fn(&Return) -> bool| Cell::number(returns.iter().filter(|r| wanted(r)).count().to_string());
            Row::new(
                Cell::short(format!("Đợt {}", round.title())).link(page::receipts(*round)),
                vec![
                    Cell::number(returns.len().to_string()).key(),
                    count(|r| r.outcome == Outcome::Accepted),
                    count(|r| r.outcome == Outcome::AcceptedWithWarnings),
                    count(|r| r.outcome == Outcome::AcceptedInPart),
                    count(|r| r.outcome == Outcome::Returned),
                    count(|r| matches!(r.standing, Standing::Superseded { .. })),
                ],
            )
        })
        .collect();
    let mut columns = vec![Column::text("Đợt báo cáo"), Column::number("Tệp")];
    columns.extend(
        ["Nhận", "Nhận có cảnh báo", "Nhận một phần", "Trả lại"].map(|text| Column::number(text).under("Kết quả")),
    );
    columns.push(Column::number("Đã có bản thay"));
    let mut blocks = vec![Block {
        id: "dot".into(),
        topic: "Theo đợt".into(),
        finding: format!("{} tệp đã nhận trong {} đợt báo cáo.", words::count(internal.returns.len()), by_round.len()),
        tables: vec![
            Table::new("Tệp đã nhận theo đợt", "Đợt gồm các báo cáo quý, 6 tháng, năm chốt cùng ngày", &columns, rows)
                .full(),
        ],
        ..Block::default()
    }];
    blocks.extend(of_no_period(internal));
    block::number(&mut blocks);
    let all = internal.returns.len() + internal.set_aside.len();
    let unsigned = internal.returns.iter().filter(|ret| !internal.receipts.contains_key(&ret.file)).count();
    let lead = match unsigned {
        0 => "Mọi tệp đều có dòng trong sổ nhận receipts.csv.".to_owned(),
        count => format!("{count} tệp chưa có dòng trong receipts.csv; ngày nhận lấy theo ngày lập ghi trong báo cáo."),
    };
    let frame =
        Frame::new(book.release, path, "Sổ nhận báo cáo", &format!("{} tệp báo cáo đã nhận", words::count(all)), &lead)
            .action("Chất lượng báo cáo", page::QUALITY)
            .action("Tải sổ nhận", "data/receipts.csv");
    (frame, Receipts { blocks })
}

/// Files that are no return: nobody knows whose they are, or for when.
fn of_no_period(internal: &Intake) -> Option<Block> {
    if internal.set_aside.is_empty() {
        return None;
    }
    let rows = internal
        .set_aside
        .iter()
        .map(|aside| {
            let receipt = internal.receipts.get(&aside.file);
            let mut cells = vec![
                Cell::number(receipt.map_or("…".into(), |receipt| words::date(receipt.received))),
                Cell::text(receipt.map_or("", |receipt| &receipt.channel)),
                hash(&aside.sha256),
                Cell::text(words::capital(&aside.reason)).class("long"),
            ];
            cells.extend(quality::papers(internal, &aside.file));
            Row::new(Cell::text(&*aside.file).class("path"), cells)
        })
        .collect();
    let mut columns = vec![
        Column::text("Tệp"),
        Column::number("Ngày nhận"),
        Column::text("Hình thức"),
        Column::text("Mã băm"),
        Column::text("Lý do"),
    ];
    columns.extend(quality::paper_columns());
    Some(Block {
        id: "de-rieng".into(),
        topic: "Tệp chưa rõ kỳ".into(),
        finding: format!("{} tệp không đọc được thành báo cáo của đơn vị nào.", internal.set_aside.len()),
        tables: vec![Table::new("Tệp để riêng", "Đường dẫn trong thư mục returns", &columns, rows).full()],
        ..Block::default()
    })
}

/// The register of one round.
pub fn of_round(book: &Book<'_>, at: Period, path: &str) -> (Frame, Receipts) {
    let internal = part(book);
    let mut returns: Vec<&Return> = internal.returns.iter().filter(|ret| round(ret.period) == at).collect();
    returns.sort_by_key(|ret| (ret.received, &ret.unit, ret.submission, &ret.file));
    let rows = returns
        .iter()
        .enumerate()
        .map(|(place, ret)| {
            let receipt = internal.receipts.get(&ret.file);
            let day = ret.received.map_or("…".into(), words::date);
            let standing = match &ret.standing {
                Standing::Counts => "đang tính",
                Standing::Superseded { .. } => "đã có bản thay",
                Standing::SetAside { .. } => "để riêng",
            };
            let nature = if ret.estimate { format!("{} (ước)", ret.submission) } else { ret.submission.to_string() };
            let unit = Cell::text(book.unit_name(&ret.unit)).link(page::quality(&ret.unit));
            let cells = vec![
                Cell::number((place + 1).to_string()),
                Cell::number(day).note(receipt.map_or("theo ngày lập", |receipt| &receipt.channel)),
                Cell::number(nature),
                Cell::text(&*ret.file).class("path"),
                hash(&ret.sha256),
                Cell::short(ret.outcome.title()).note(standing),
                Cell::short("Mở phiếu").link(page::slip(&ret.file)),
            ];
            Row::new(unit.note(ret.period.heading()), cells)
        })
        .collect();
    let columns = [
        Column::text("Đơn vị, kỳ"),
        Column::number("Số"),
        Column::number("Ngày nhận"),
        Column::number("Lần nộp"),
        Column::text("Tệp"),
        Column::text("Mã băm"),
        Column::text("Kết quả"),
        Column::text("Phiếu"),
    ];
    let returned = returns.iter().filter(|ret| ret.outcome == Outcome::Returned).count();
    let mut blocks = vec![Block {
        id: "so-nhan".into(),
        topic: "Theo thứ tự nhận".into(),
        finding: format!("{} tệp đã nhận, {returned} tệp trả lại.", returns.len()),
        tables: vec![
            Table::new(
                format!("Sổ nhận báo cáo đợt {}", at.title()),
                format!("{DIGITS} ký tự đầu của mã băm SHA-256; đủ 64 ký tự ở phiếu phản hồi"),
                &columns,
                rows,
            )
            .full(),
        ],
        ..Block::default()
    }];
    block::number(&mut blocks);
    let heading = format!("Đợt {}: {} tệp đã nhận", at.title(), returns.len());
    let frame = Frame::new(book.release, path, "Sổ nhận báo cáo", &heading, "")
        .action("Các đợt khác", page::RECEIPTS)
        .action("Chất lượng báo cáo", page::QUALITY);
    (frame, Receipts { blocks })
}

fn hash(sha256: &str) -> Cell {
    Cell::short(sha256.chars().take(DIGITS).collect::<String>())
}
