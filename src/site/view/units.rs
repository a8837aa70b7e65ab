//! The list of units: each with its state in the period in review.

use serde::Serialize;

use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::standing::{Standing, judged};
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::number;
use crate::site::view::returns::rhythm;
use crate::site::words;
use crate::vocabulary::Period;

/// What `units.html` needs.
#[derive(Debug, Serialize)]
pub struct Units {
    /// The list.
    pub list: Block,
}

/// How many headline measures the list shows.
const SHOWN: usize = 4;

/// The list of units.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Units) {
    let period = book.current();
    let headlines: Vec<&Measure> = book
        .definitions()
        .site
        .headlines
        .iter()
        .filter_map(|code| book.measure(code))
        .filter(|measure| measure.is_ratio())
        .take(SHOWN)
        .collect();
    let mut columns = vec![Column::text("Đơn vị"), Column::text("Nhịp báo cáo")];
    columns.extend(headlines.iter().map(|measure| Column::number(&measure.short).unit("%")));
    columns.push(Column::number("Đạt kế hoạch").unit("chỉ tiêu"));
    columns.push(Column::number("Báo cáo").unit("đã nhận/phải nộp"));
    columns.push(Column::text("Kế hoạch áp dụng"));
    let mut rows: Vec<Row> = book.units.iter().map(|unit| row(book, unit, period, &headlines)).collect();
    let mut sum = vec![Cell::text("x")];
    sum.extend(headlines.iter().map(|measure| number::figure(book, &book.province, period, measure)));
    sum.extend([
        Cell::number(judgement(book, &book.province, period)),
        Cell::number(received(book.returns(period))),
        Cell::text("x"),
    ]);
    rows.push(Row::new(Cell::text("Toàn tỉnh"), sum).class("sum"));
    let (whole, due) = book.returns_coverage(period);
    let mut list = Block {
        topic: "Danh sách".into(),
        finding: format!("{} đơn vị; {whole}/{due} đơn vị đủ báo cáo {}.", book.units.len(), period.title()),
        tables: vec![
            Table::new(
                format!("{} xã, phường, đặc khu", book.units.len()),
                format!("{}; xếp theo tên, không xếp hạng", period.heading()),
                &columns,
                rows,
            )
            .full()
            .note(former(book)),
        ],
        side: vec![Note::new(
            "Không xếp hạng",
            "Chênh lệch giữa các xã chủ yếu do ngẫu nhiên. Mở trang của đơn vị để xem vị trí so với các đơn vị khác.",
        )],
        ..Block::default()
    };
    block::number([&mut list]);
    let frame = Frame::new(
        book.release,
        path,
        "Xã, phường",
        &format!("{} xã, phường, đặc khu của {}", book.units.len(), book.definitions().site.province_name),
        "Mỗi đơn vị một trang: kết quả so với kế hoạch, cùng kỳ và các đơn vị khác; thôn, mô hình, tình hình nộp báo cáo.",
    )
    .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
    .action("Tình hình nộp", page::RETURNS);
    (frame, Units { list })
}

fn row(book: &Book<'_>, unit: &crate::definitions::Unit, period: Period, headlines: &[&Measure]) -> Row {
    let area = Book::area(unit);
    let plans: Vec<&str> = book
        .definitions()
        .plans
        .iter()
        .filter(|plan| plan.adoptions.iter().any(|adoption| adoption.unit == unit.code))
        .map(|plan| plan.short.as_str())
        .collect();
    let mut cells = vec![Cell::short(rhythm(book, &unit.code))];
    cells.extend(headlines.iter().map(|measure| number::figure(book, &area, period, measure)));
    cells.push(Cell::number(judgement(book, &area, period)));
    cells.push(Cell::number(received(book.returns(period).filter(|status| status.unit == unit.code))));
    cells.push(Cell::text(if plans.is_empty() { "x".to_owned() } else { words::list(&plans) }).class("long"));
    Row::new(Cell::short(unit.name()).link(page::unit(unit)), cells)
}

/// Measures that reach their plan, of those judged: `7/10`.
fn judgement(book: &Book<'_>, area: &crate::vocabulary::Area, period: Period) -> String {
    let standings: Vec<Standing<'_>> =
        book.measures.iter().map(|measure| Standing::of(book, area, period, measure)).collect();
    let (reached, short) = judged(&standings);
    match reached.len() + short.len() {
        0 => "x".into(),
        all => format!("{}/{all}", reached.len()),
    }
}

fn received<'r>(returns: impl Iterator<Item = &'r crate::release::ReturnStatus>) -> String {
    let (mut came, mut all) = (0, 0);
    for status in returns {
        all += 1;
        came += usize::from(crate::site::book::is_in(status));
    }
    if all == 0 { "x".into() } else { format!("{came}/{all}") }
}

/// Former names, for those who look for them.
fn former(book: &Book<'_>) -> String {
    let told: Vec<String> = book
        .units
        .iter()
        .flat_map(|unit| {
            let (last, before) = unit.names.split_last().expect("a unit has a name");
            before.iter().map(move |name| {
                let until = name.valid_to.map_or(String::new(), |day| format!(" (đến {})", words::date(day)));
                format!("{}{until} nay là {}", name.name, words::inside(&last.name))
            })
        })
        .collect();
    if told.is_empty() { String::new() } else { format!("Tên cũ: {}.", told.join("; ")) }
}
