//! The quality of all returns at a glance: three headings, and how the files were answered year by year.

use crate::release::{Outcome, Return, ReturnState, Standing};
use crate::site::book::{Book, is_in};
use crate::site::chart::columns::{Columns, Stack};
use crate::site::chart::{Group, Head, Periods};
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::draw;
use crate::site::view::quality::part;
use crate::vocabulary::Period;
use crate::vocabulary::number::{fixed, rounded, whole};

/// Completeness, timeliness, internal consistency, in a small table.
pub fn headings(book: &Book<'_>) -> Block {
    let internal = part(book);
    let owed: Vec<_> =
        book.release.reporting().iter().filter(|status| status.state != ReturnState::NotYetDue).collect();
    let came = owed.iter().filter(|status| is_in(status)).count();
    let on_time = owed.iter().filter(|status| status.state == ReturnState::OnTime).count();
    let counting: Vec<&Return> = internal.returns.iter().filter(|r| r.standing == Standing::Counts).collect();
    let (mut filled, mut asked, mut rejected) = (0, 0, 0);
    for entry in counting.iter().flat_map(|r| r.entries.values()) {
        asked += 1;
        match entry.value {
            crate::release::Reading::Value(_) => filled += 1,
            crate::release::Reading::Rejected => rejected += 1,
            crate::release::Reading::Empty => {}
        }
    }
    let clean = counting.iter().filter(|r| r.outcome <= Outcome::AcceptedWithWarnings).count();
    let quiet = counting.iter().filter(|r| r.outcome == Outcome::Accepted).count();
    let row = |title: &str, what: &str, some: usize, all: usize| {
        Row::new(
            Cell::text(title),
            vec![
                Cell::text(what),
                Cell::number(format!("{}/{}", whole(some as i64), whole(all as i64))),
                Cell::number(share(some, all)).key(),
            ],
        )
    };
    let rows = vec![
        row("Đầy đủ", "báo cáo đã nhận trên báo cáo đến hạn", came, owed.len()),
        row("Đầy đủ", "ô có số dùng được trên ô phải báo cáo", filled, asked),
        row("Kịp thời", "báo cáo đúng hạn trên báo cáo đến hạn", on_time, owed.len()),
        row("Nhất quán nội tại", "báo cáo không có lỗi trên báo cáo đang tính", clean, counting.len()),
        row("Nhất quán nội tại", "báo cáo không có lỗi, không có cảnh báo", quiet, counting.len()),
    ];
    let columns = [Column::text("Mặt"), Column::text("Thước đo"), Column::number("Số lượng"), Column::number("Tỷ lệ")];
    Block {
        id: "ba-mat".into(),
        topic: "Đầy đủ, kịp thời, nhất quán".into(),
        finding: format!(
            "Đã nhận {} báo cáo đến hạn; {} đúng hạn; {} số báo cáo đang tính không có lỗi.",
            share(came, owed.len()),
            share(on_time, owed.len()),
            share(clean, counting.len())
        ),
        more: match rejected {
            0 => String::new(),
            count => format!("{} ô có nội dung nhưng không dùng được.", whole(count as i64)),
        },
        tables: vec![Table::new("Ba mặt chất lượng của báo cáo", "Mọi kỳ đã đến hạn, toàn tỉnh", &columns, rows)],
        side: vec![Note {
            title: "Cách đọc".into(),
            paragraphs: vec![
                "Đầy đủ: số đã nhận so với số phải có. Kịp thời: nhận không quá hạn. Nhất quán nội tại: các số trong biểu khớp nhau và khớp với kỳ trước.".into(),
                "Các mặt này nói về báo cáo, không nói về kết quả công tác của đơn vị.".into(),
            ],
        }],
        ..Block::default()
    }
}

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

/// `98,5%`; `x` of nothing.
fn share(part: usize, all: usize) -> String {
    rounded(part as i64, all as i64, 100, 1).map_or("x".into(), |share| format!("{}%", fixed(share, 1)))
}
