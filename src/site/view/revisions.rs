//! Đính chính: how the figures differ from the last publication, and the register of publications.

use serde::Serialize;

use crate::release::{Reason, Revision, YearRevised};
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::publications;
use crate::site::words;
use crate::vocabulary::Area;
use crate::vocabulary::number::{fixed, rounded, whole};

/// What `files.html` needs.
#[derive(Debug, Serialize)]
pub struct Corrections {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// A table names so many figures; all are in the data file.
const MOST: usize = 40;

/// The page of revisions.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Corrections) {
    let period = book.current();
    let (heading, lead) = message(book);
    let mut blocks = Vec::new();
    if !book.release.register().is_empty() {
        blocks.extend(revised(book));
        blocks.extend(added(book));
        blocks.extend(gone(book));
        blocks.extend(years(book));
    }
    blocks.extend(publications::waiting(book));
    blocks.push(publications::register(book));
    block::number(&mut blocks);
    let (whole, due) = book.returns_coverage(period);
    let frame = Frame::new(book.release, path, "Đính chính", &heading, &lead)
        .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
        .action("Sổ công bố", "#so-cong-bo")
        .action("Tải danh sách", "data/revisions.csv");
    (frame, Corrections { blocks })
}

/// The heading and the paragraph under it.
fn message(book: &Book<'_>) -> (String, String) {
    let revisions = book.release.revisions();
    let Some(last) = book.release.register().last() else {
        return (
            "Chưa có lần công bố nào trước bản này".into(),
            "Khi bản công khai đã được công bố, trang này nêu từng số khác với số đã công bố, số cũ, số mới và lý do."
                .into(),
        );
    };
    let revised: Vec<&Revision> = revisions.revised().collect();
    let new = revisions.added().count() + revisions.of_new_periods;
    let heading = format!(
        "Từ lần công bố ngày {}: {} số đã điều chỉnh, {} số mới",
        words::date(last.published),
        whole(revised.len() as i64),
        whole(new as i64)
    );
    let mut lead = vec![format!("{} số đã công bố giữ nguyên.", whole(revisions.unchanged as i64))];
    let province = revised.iter().filter(|revision| revision.area == book.province).count();
    if province > 0 {
        lead.push(format!("Có {} số toàn tỉnh trong các số đã điều chỉnh.", whole(province as i64)));
    }
    let gone = revisions.gone().count();
    if gone > 0 {
        lead.push(format!("{} số không còn công bố.", whole(gone as i64)));
    }
    lead.extend(book.waiting_told());
    (heading, lead.join(" "))
}

/// The figures with both numbers: the province first, then single units and groups; counts and ratios apart.
fn revised(book: &Book<'_>) -> Vec<Block> {
    let known = |revision: &&Revision| book.measure(&revision.measure).is_some();
    let (province, parts): (Vec<&Revision>, Vec<&Revision>) =
        book.release.revisions().revised().filter(known).partition(|revision| revision.area == book.province);
    [
        ("toan-tinh", "Toàn tỉnh", "số toàn tỉnh", province),
        ("don-vi", "Từng đơn vị, từng nhóm", "số của đơn vị, nhóm", parts),
    ]
    .into_iter()
    .filter_map(|(id, topic, what, revisions)| {
        let largest = *revisions.first()?;
        let is_ratio = |r: &&Revision| book.measure(&r.measure).is_some_and(|measure| measure.is_ratio());
        let (ratios, counts): (Vec<&Revision>, Vec<&Revision>) = revisions.iter().copied().partition(is_ratio);
        let tables = [("Số đếm, số tiền", counts), ("Tỷ lệ", ratios)];
        // All of the same place: its column would say nothing.
        let is_whole = largest.area == book.province;
        let mut columns: Vec<Column> = columns().into();
        columns.drain(1..1 + usize::from(is_whole));
        let tables = tables.into_iter().filter(|(_, some)| !some.is_empty()).map(|(kind, some)| {
            let rows = some.iter().take(MOST).map(|revision| {
                let mut row = row(book, revision);
                row.cells.drain(..usize::from(is_whole));
                row
            });
            Table::new(
                format!("{kind} đã điều chỉnh"),
                format!("{topic}; thay đổi lớn nhất trước, so với số đã công bố, số dưới 20 tính như 20"),
                &columns,
                rows.collect(),
            )
            .full()
            .note(rest(some.len()))
        });
        Some(Block {
            id: id.into(),
            topic: topic.into(),
            finding: format!("{} {what} đã điều chỉnh.", words::capital(&words::numeral(revisions.len()))),
            more: format!("Thay đổi lớn nhất: {}.", told(book, largest)),
            tables: tables.collect(),
            ..Block::default()
        })
    })
    .collect()
}

fn columns() -> [Column; 7] {
    [
        Column::text("Chỉ tiêu"),
        Column::text("Địa bàn"),
        Column::text("Kỳ"),
        Column::number("Đã công bố"),
        Column::number("Hiện nay"),
        Column::number("Thay đổi"),
        Column::text("Lý do"),
    ]
}

/// What a table leaves out.
fn rest(all: usize) -> String {
    match all > MOST {
        true => format!("Bảng nêu {MOST} trong {} số; đủ các số trong tệp revisions.csv.", whole(all as i64)),
        false => String::new(),
    }
}

fn row(book: &Book<'_>, revision: &Revision) -> Row {
    let measure = book.measure(&revision.measure).expect("revisions of other measures are left out");
    let number = |value: Option<_>| value.map_or("•".into(), |value| words::quantity(measure, value));
    let change = match (revision.old, revision.new) {
        (Some(old), Some(new)) => words::revised(measure, old, new),
        _ => "x".into(),
    };
    let unit = if measure.is_class() { "" } else { measure.table_unit() };
    Row::new(
        Cell::text(&measure.title).link(page::measure(measure.counts.as_ref().unwrap_or(&measure.code))).note(unit),
        vec![
            area(book, &revision.area),
            Cell::short(revision.period.title()),
            Cell::number(number(revision.old)),
            Cell::number(number(revision.new)).key(),
            Cell::number(change),
            Cell::text(reasons(revision)),
        ],
    )
}

fn area(book: &Book<'_>, area: &Area) -> Cell {
    match area {
        Area::Province(_) => Cell::text("Toàn tỉnh"),
        Area::Group(group) => {
            let title = book.definitions().site.groups.get(group);
            Cell::text(title.cloned().unwrap_or_else(|| group.to_string()))
        }
        Area::Unit(code) => match book.unit(code) {
            Some(unit) => Cell::text(unit.name()).link(page::unit(unit)),
            None => Cell::text(code.as_str()),
        },
    }
}

fn reasons(revision: &Revision) -> String {
    words::capital(&revision.reasons.iter().map(|reason| reason.title()).collect::<Vec<_>>().join("; "))
}

/// `tỷ lệ có việc làm, toàn tỉnh, quý I/2027, từ 70,0% thành 71,2%`.
fn told(book: &Book<'_>, revision: &Revision) -> String {
    let Some(measure) = book.measure(&revision.measure) else { return String::new() };
    let said = |value: Option<_>| value.map_or_else(String::new, |value| words::said(measure, value));
    format!(
        "{}, {}, {}, từ {} thành {}",
        words::inside(&measure.title),
        words::inside(&area(book, &revision.area).text),
        revision.period.title(),
        said(revision.old),
        said(revision.new)
    )
}

/// Figures that were not there, in periods that had been published: how many in each.
fn added(book: &Book<'_>) -> Option<Block> {
    let revisions = book.release.revisions();
    let all = revisions.added().count();
    if all == 0 {
        return None;
    }
    let mut periods: Vec<_> = revisions.added().map(|revision| revision.period).collect();
    periods.sort();
    periods.dedup();
    let rows = periods
        .iter()
        .rev()
        .map(|period| {
            let here: Vec<&Revision> = revisions.added().filter(|revision| revision.period == *period).collect();
            let province = here.iter().filter(|revision| revision.area == book.province).count();
            let mut reasons: Vec<Reason> = here.iter().flat_map(|revision| revision.reasons.iter().copied()).collect();
            reasons.sort();
            reasons.dedup();
            let reasons: Vec<&str> = reasons.into_iter().map(Reason::title).collect();
            Row::new(
                Cell::text(words::capital(&period.title())).link(page::period(*period)),
                vec![
                    Cell::number(whole(here.len() as i64)).key(),
                    Cell::number(whole(province as i64)),
                    Cell::text(words::capital(&reasons.join("; "))),
                ],
            )
        })
        .collect();
    Some(Block {
        id: "so-moi".into(),
        topic: "Số mới của kỳ cũ".into(),
        finding: format!("{} số mới của các kỳ đã công bố trước đây.", whole(all as i64)),
        more: match revisions.of_new_periods {
            0 => String::new(),
            new => format!("Ngoài ra có {} số của các kỳ chưa từng công bố.", whole(new as i64)),
        },
        tables: vec![Table::new(
            "Số trước đây chưa có, nay có",
            "Theo kỳ số liệu; từng số trong tệp revisions.csv",
            &[
                Column::text("Kỳ"),
                Column::number("Số mới"),
                Column::number("Trong đó toàn tỉnh"),
                Column::text("Lý do"),
            ],
            rows,
        )],
        ..Block::default()
    })
}

fn gone(book: &Book<'_>) -> Option<Block> {
    let gone: Vec<&Revision> =
        book.release.revisions().gone().filter(|revision| book.measure(&revision.measure).is_some()).collect();
    let finding = match gone.len() {
        0 => return None,
        all => format!("{} số đã công bố trước đây, nay không còn công bố.", whole(all as i64)),
    };
    let mut columns: Vec<Column> = columns().into();
    columns.drain(4..6);
    let rows = gone.iter().take(MOST).map(|revision| {
        let mut row = row(book, revision);
        row.cells.drain(3..5);
        row
    });
    Some(Block {
        id: "khong-con".into(),
        topic: "Không còn công bố".into(),
        finding,
        tables: vec![
            Table::new("Số đã công bố, nay không còn", "Chỉ nêu số đã công bố", &columns, rows.collect())
                .full()
                .note(rest(gone.len())),
        ],
        ..Block::default()
    })
}

fn years(book: &Book<'_>) -> Option<Block> {
    let years = &book.release.revisions().years;
    let last = years.iter().max_by_key(|year| (year.mean, year.year))?;
    let finding = match last.mean {
        0 => "Số đếm toàn tỉnh đã công bố không thay đổi.".to_owned(),
        mean => format!("Năm điều chỉnh nhiều nhất là {}: bình quân {}%.", last.year, percent(mean)),
    };
    let row = |year: &YearRevised| {
        let (largest, measure) = match &year.largest {
            Some((share, code)) => (
                format!("{}%", percent(*share)),
                book.measure(code).map_or_else(|| code.to_string(), |measure| measure.title.clone()),
            ),
            None => ("0".into(), "x".into()),
        };
        Row::new(
            Cell::short(year.year.to_string()),
            vec![
                Cell::number(whole(year.compared as i64)),
                Cell::number(whole(year.revised as i64)),
                Cell::number(format!("{}%", percent(year.mean))).key(),
                Cell::number(largest),
                Cell::text(measure),
            ],
        )
    };
    Some(Block {
        id: "muc-dieu-chinh".into(),
        topic: "Mức điều chỉnh từng năm".into(),
        finding,
        tables: vec![Table::new(
            "Tổng thay đổi so với tổng số hiện nay, số đếm và số tiền toàn tỉnh",
            "Các quý, 6 tháng, 9 tháng và năm đã công bố; so với lần công bố trước",
            &[
                Column::text("Năm"),
                Column::number("Số so được"),
                Column::number("Đã đổi"),
                Column::number("Bình quân"),
                Column::number("Lớn nhất"),
                Column::text("Chỉ tiêu đổi nhiều nhất"),
            ],
            years.iter().map(row).collect(),
        )],
        side: vec![Note::new(
            "Cách tính",
            "Mỗi chỉ tiêu: cộng độ lớn các thay đổi rồi chia cho tổng số hiện nay. Bình quân lấy trên các chỉ tiêu.",
        )],
        ..Block::default()
    })
}

/// Millionths as a percentage with one decimal.
fn percent(millionths: i64) -> String {
    fixed(rounded(millionths, 1_000_000, 100, 1).expect("a million is not zero"), 1)
}
