//! How the files were answered, year by year.

use crate::release::Outcome;
use crate::site::book::Book;
use crate::site::chart::columns::{Columns, Stack};
use crate::site::chart::{Group, Head, Periods};
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::draw;
use crate::site::view::quality::part;
use crate::vocabulary::Period;

/// How the returns were answered, year by year.
pub fn outcomes(book: &Book<'_>) -> Block {
    let internal = part(book);
    let years = book.years();
    let of_year = |year: &Period, outcome: Outcome| {
        internal.returns.iter().filter(|r| year.contains(r.period) && r.outcome == outcome).count()
    };
    const ALL: [Outcome; 4] =
        [Outcome::Accepted, Outcome::AcceptedWithWarnings, Outcome::AcceptedInPart, Outcome::Returned];
    let mut rows: Vec<Row> = Vec::new();
    let mut sums = [0; 4];
    let mut stacks = Vec::new();
    for year in &years {
        let counts = ALL.map(|outcome| of_year(year, outcome));
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        let [good, warned, in_part, returned] = counts.map(|count| count as u32);
        stacks.push(Stack { on_time: good, late: warned, missing: in_part + returned });
        rows.push(row(year.heading(), counts));
    }
    fn row(label: String, counts: [usize; 4]) -> Row {
        let mut cells = counts.map(|count| Cell::number(count.to_string())).to_vec();
        cells.push(Cell::number(counts.iter().sum::<usize>().to_string()).key());
        Row::new(Cell::text(label), cells)
    }
    rows.push(row("Cộng".into(), sums).class("sum"));
    let mut columns = vec![Column::text("Năm")];
    columns.extend(ALL.iter().map(|outcome| Column::number(outcome.title())));
    columns.push(Column::number("Cộng"));
    let all: usize = sums.iter().sum();
    let groups = draw::all_years(book)
        .into_iter()
        .filter(|year| year.first_year() <= book.current().last_year())
        .map(|year| Group { label: year.to_string(), slots: vec![String::new()], ahead: false })
        .collect();
    let figures = if stacks.is_empty() {
        Vec::new()
    } else {
        vec![Figure {
            title: format!("{} trong {all} tệp phải sửa hoặc bị trả lại", sums[2] + sums[3]),
            subtitle: "Số tệp theo kết quả kiểm tra, từng năm, toàn tỉnh".into(),
            drawings: draw::both(
                Columns {
                    head: Head {
                        id: "ket-qua".into(),
                        title: "Kết quả kiểm tra báo cáo theo năm".into(),
                        summary: String::new(),
                    },
                    periods: Periods { groups },
                    stacks,
                    names: ["nhận".into(), "có cảnh báo".into(), "một phần, trả lại".into()],
                }
                .drawing(),
            ),
            coverage: "Gồm cả các bản đã được thay; không gồm tệp để riêng.".into(),
            ..Figure::default()
        }]
    };
    Block {
        id: "ket-qua".into(),
        topic: "Kết quả kiểm tra".into(),
        finding: format!("{} trong {all} tệp nhận được ngay, không có điều gì phải hỏi lại.", sums[0]),
        figures,
        tables: vec![Table::new(
            "Tệp theo kết quả kiểm tra",
            "Mọi tệp đọc được, theo năm của kỳ báo cáo",
            &columns,
            rows,
        )],
        side: vec![Note::new(
            "Bốn kết quả",
            "Nhận: dùng hết. Nhận có cảnh báo: dùng hết, đơn vị xác nhận. Nhận một phần: có ô bị loại. Trả lại: không dùng số nào.",
        )],
        ..Block::default()
    }
}
