//! What was found, unit by unit.

use crate::release::Outcome;
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Row, Table};
use crate::site::view::quality::counts::Counts;
use crate::site::view::quality::part;
use crate::site::words;

/// One row per unit, leading to its page.
pub fn by_unit(book: &Book<'_>) -> Block {
    let internal = part(book);
    let mut faulty = Vec::new();
    let rows = book
        .units
        .iter()
        .map(|unit| {
            let mine = internal.findings.iter().filter(|finding| finding.unit.as_ref() == Some(&unit.code));
            let counts = Counts::of(mine);
            let files = internal.returns.iter().filter(|r| r.unit == unit.code).count();
            let returned =
                internal.returns.iter().filter(|r| r.unit == unit.code && r.outcome >= Outcome::AcceptedInPart).count();
            if counts.errors > 0 {
                faulty.push(words::inside(unit.name()));
            }
            let mut cells = vec![Cell::number(files.to_string()), Cell::number(returned.to_string())];
            cells.extend(counts.cells());
            Row::new(Cell::short(unit.name()).link(page::quality(&unit.code)), cells).anchor(unit.code.as_str())
        })
        .collect();
    let mut columns =
        vec![Column::text("Đơn vị"), Column::number("Tệp"), Column::number("Một phần, trả lại").unit("tệp")];
    columns.extend(Counts::columns());
    Block {
        id: "don-vi".into(),
        topic: "Theo đơn vị".into(),
        finding: match faulty.len() {
            0 => "Không đơn vị nào có lỗi trong báo cáo.".to_owned(),
            count => format!(
                "{count} trong {} đơn vị có lỗi trong báo cáo: {}.",
                book.units.len(),
                words::list_of(&faulty, 4, "đơn vị")
            ),
        },
        more: "Mở trang của đơn vị để xem từng ô, điều phát hiện và cách sửa.".into(),
        tables: vec![
            Table::new("Phát hiện theo đơn vị", "Mọi tệp đã nhận, xếp theo tên đơn vị", &columns, rows).full(),
        ],
        ..Block::default()
    }
}
