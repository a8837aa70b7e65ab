//! The list of plans: what each is about, who carries it out, how it stands.

use serde::Serialize;

use crate::definitions::Plan;
use crate::site::book::Book;
use crate::site::page;
use crate::site::standing::{Standing, judged};
use crate::site::view::block::{self, Block, Cell, Column, Row, Table};
use crate::site::view::calendar;
use crate::site::view::frame::Frame;
use crate::site::words;

/// What `plans.html` needs.
#[derive(Debug, Serialize)]
pub struct Plans {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// The list of plans.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Plans) {
    let plans = &book.definitions().plans;
    let rows = plans.iter().map(|plan| row(book, plan)).collect();
    let columns = [
        Column::text("Kế hoạch"),
        Column::text("Số, ngày"),
        Column::text("Cơ quan ban hành"),
        Column::text("Đơn vị thực hiện"),
        Column::text("Từ năm đến năm"),
        Column::number("Chỉ tiêu đạt").unit("toàn tỉnh"),
    ];
    let adopting: std::collections::BTreeSet<_> =
        plans.iter().flat_map(|plan| &plan.adoptions).map(|adoption| &adoption.unit).collect();
    let list = Block {
        topic: "Danh mục".into(),
        finding: format!("{} kế hoạch, {} đơn vị thực hiện.", plans.len(), adopting.len()),
        tables: vec![Table::new("Các kế hoạch đang theo dõi", "Kết quả tính ở kỳ đang xem xét", &columns, rows).full()],
        ..Block::default()
    };
    let mut blocks = vec![list, calendar::block(book)];
    block::number(&mut blocks);
    let frame = Frame::new(
        book.release,
        path,
        "Kế hoạch",
        &format!("{} kế hoạch đang được thực hiện và theo dõi", plans.len()),
        "Mỗi kế hoạch một trang: mục tiêu và tiến độ, nhiệm vụ rõ người, rõ việc, rõ thời gian, rõ tiến độ, rõ kết quả; hạn báo cáo, hội nghị, căn cứ.",
    )
    .action("Lịch báo cáo", "#lich");
    (frame, Plans { blocks })
}

fn row(book: &Book<'_>, plan: &Plan) -> Row {
    let standings: Vec<Standing<'_>> = plan
        .measures
        .iter()
        .filter_map(|code| book.measure(code))
        .map(|measure| Standing::of(book, &book.province, book.current(), measure))
        .collect();
    let (reached, short) = judged(&standings);
    let units: std::collections::BTreeSet<_> = plan.adoptions.iter().map(|adoption| &adoption.unit).collect();
    let names: Vec<String> =
        book.units.iter().filter(|unit| units.contains(&unit.code)).map(|unit| words::inside(unit.name())).collect();
    let all = reached.len() + short.len();
    Row::new(
        Cell::text(&plan.short).link(page::plan(&plan.id)),
        vec![
            Cell::text(format!("{}, {}", plan.number, plan.date)),
            Cell::text(&plan.issuer),
            Cell::text(words::capital(&words::list(&names))),
            Cell::short(years(plan)),
            Cell::number(if all == 0 { "x".into() } else { format!("{}/{all}", reached.len()) }),
        ],
    )
}

/// `2026–2030`, or `từ 2023`.
pub fn years(plan: &Plan) -> String {
    match plan.to_year {
        Some(to) if to == plan.from_year => to.to_string(),
        Some(to) => format!("{}–{to}", plan.from_year),
        None => format!("từ {}", plan.from_year),
    }
}
