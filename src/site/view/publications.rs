//! The publication register, and the returns that wait for company: what went out, and what goes out later.

use crate::site::book::Book;
use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::words;
use crate::vocabulary::number::whole;

/// Which returns wait for others; the public edition says only how many.
pub fn waiting(book: &Book<'_>) -> Option<Block> {
    let finding = book.waiting_told()?;
    let rows: Vec<Row> = book
        .release
        .waiting_returns()
        .iter()
        .map(|(unit, period)| Row::new(Cell::text(book.unit_name(unit)), vec![Cell::text(period.title())]))
        .collect();
    let tables = match rows.is_empty() {
        true => Vec::new(),
        false => vec![Table::new(
            "Báo cáo chờ công bố chung",
            "Bản nội bộ đã tính đủ; bản công khai giữ số về người như lần công bố trước",
            &[Column::text("Đơn vị"), Column::text("Kỳ báo cáo")],
            rows,
        )],
    };
    Some(Block {
        id: "cho".into(),
        topic: "Báo cáo bổ sung đang chờ".into(),
        finding,
        tables,
        side: vec![Note::new(
            "Vì sao chờ",
            format!(
                "Nếu tổng của tỉnh thay đổi vì một, hai đơn vị thì suy ra được số của các đơn vị đó. Số về người chỉ đổi khi có đủ {} đơn vị; số về phong trào đổi ngay.",
                book.definitions().policy.late_batch
            ),
        )],
        ..Block::default()
    })
}

/// The register, newest first, below this edition.
pub fn register(book: &Book<'_>) -> Block {
    let register = book.release.register();
    let finding = match register.last() {
        None => "Chưa ghi sổ lần công bố nào.".to_owned(),
        Some(last) => {
            format!("Đã công bố {} lần; lần cuối ngày {}.", words::numeral(register.len()), words::date(last.published))
        }
    };
    let this = Row::new(
        Cell::short("Bản này"),
        vec![
            Cell::text("x"),
            Cell::short(words::date(book.release.as_of())),
            Cell::short(book.release.build_id()),
            Cell::text(words::edition(book.release.edition())),
            Cell::text("x").class("n"),
            Cell::text("x").class("n"),
        ],
    )
    .class("self");
    let earlier = register.iter().rev().map(|publication| {
        Row::new(
            Cell::short(format!("Lần {}", publication.number)),
            vec![
                Cell::short(words::date(publication.published)),
                Cell::short(words::date(publication.as_of)),
                Cell::short(&publication.build_id),
                Cell::text(if publication.note.is_empty() { "không ghi" } else { &publication.note }),
                Cell::number(whole(publication.values as i64)),
                Cell::number(whole(publication.hidden as i64)),
            ],
        )
    });
    Block {
        id: "so-cong-bo".into(),
        topic: "Sổ công bố".into(),
        finding,
        more: "Mỗi lần công bố được ghi một lần, không sửa, không xóa; bản sau được giữ kín theo mọi bản trước.".into(),
        tables: vec![
            Table::new(
                "Các lần công bố bản công khai",
                "Mới nhất trước; ô là một số của một chỉ tiêu, một kỳ, một địa bàn",
                &[
                    Column::text("Lần"),
                    Column::text("Ngày công bố"),
                    Column::text("Khóa số liệu"),
                    Column::text("Bản dựng"),
                    Column::text("Ghi chú"),
                    Column::number("Ô có số"),
                    Column::number("Ô không công bố"),
                ],
                [this].into_iter().chain(earlier).collect(),
            )
            .full(),
        ],
        ..Block::default()
    }
}
