//! Nộp báo cáo: how many units sent the return that closes the period in time, and which did not. The register of all
//! returns is another page.

use serde::Serialize;

use crate::release::ReturnState;
use crate::site::book::{Book, bare};
use crate::site::chart::Head;
use crate::site::chart::shares::{Shares, SharesRow};
use crate::site::page;
use crate::site::view::block::{Block, Figure, Note};
use crate::site::view::{draw, returns};
use crate::site::words;
use crate::vocabulary::Period;

/// The return of a unit that closes the period and did not come in time, as a square.
#[derive(Debug, Serialize)]
pub struct Square {
    /// Name without type.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Letter.
    pub letter: String,
    /// In words.
    pub title: String,
    /// CSS class.
    pub class: &'static str,
}

/// The section, and its squares.
pub fn block(book: &Book<'_>, period: Period) -> (Block, Vec<Square>) {
    let owed = book.owed(period);
    let mut squares = Vec::new();
    let (mut on_time, mut late, mut absent) = (0u32, 0u32, 0u32);
    for unit in &book.units {
        let Some(last) = owed.get(&unit.code).and_then(|all| all.iter().max_by_key(|status| status.period)) else {
            continue;
        };
        match last.state {
            ReturnState::OnTime => {
                on_time += 1;
                continue;
            }
            ReturnState::Late(_) => late += 1,
            _ => absent += 1,
        }
        squares.push(Square {
            name: bare(unit.name()).to_owned(),
            href: page::unit(unit),
            letter: returns::letter(&last.state),
            title: format!("{}, {}", last.period.title(), words::inside(&last.state.title())),
            class: returns::class(&last.state),
        });
    }
    let all = on_time + late + absent;
    let finding = match all {
        0 => "Kỳ này không có báo cáo phải nộp.".to_owned(),
        all if on_time == all => format!("Cả {all} đơn vị nộp đúng hạn báo cáo chốt kỳ."),
        all => {
            let mut parts = vec![format!("{on_time} đơn vị nộp đúng hạn")];
            if late > 0 {
                parts.push(format!("{late} đơn vị nộp muộn"));
            }
            if absent > 0 {
                parts.push(format!("{absent} đơn vị chưa nộp hoặc bị trả lại"));
            }
            format!("Báo cáo chốt kỳ của {all} đơn vị: {}.", words::list(&parts))
        }
    };
    let missing = book.missing(period);
    let more = if missing.is_empty() {
        "Mọi báo cáo của kỳ đã nhận đủ.".to_owned()
    } else {
        let names: Vec<String> = missing.iter().map(|name| words::inside(name)).collect();
        format!("Còn thiếu báo cáo trong kỳ: {}.", words::list_of(&names, 6, "đơn vị"))
    };
    let share = |count: u32, name: &str| format!("{count} {name}");
    let parts = vec![share(on_time, "đúng hạn"), share(late, "muộn"), share(absent, "chưa có")];
    let row = SharesRow { name: String::new(), counts: Ok(vec![on_time, late, absent]) };
    let head = Head {
        id: "nop-bao-cao".into(),
        title: format!("Báo cáo chốt kỳ {} của {all} đơn vị", period.title()),
        summary: String::new(),
    };
    let figure = Figure {
        title: match on_time == all {
            true => format!("Cả {all} đơn vị nộp đúng hạn"),
            false => format!("{on_time} trong {all} đơn vị nộp đúng hạn"),
        },
        subtitle: format!("Báo cáo chốt kỳ, {}, số đơn vị; cả thanh là 100%", period.title()),
        drawings: draw::both(Shares { head, parts, rows: vec![row] }.drawing()),
        coverage: match squares.is_empty() {
            true => "Từng đơn vị, từng kỳ ở trang Tình hình nộp.",
            false => "Trên hình: các đơn vị chưa nộp đúng hạn.",
        }
        .into(),
        ..Figure::default()
    };
    let reading = Note::new(
        "Cách đọc",
        "Mỗi ô là báo cáo chốt kỳ của một đơn vị chưa nộp đúng hạn. M: muộn và số ngày; T: trả lại; …: chưa nộp.",
    );
    let block = Block {
        topic: "Nộp báo cáo".into(),
        finding,
        more,
        figures: if all > 0 { vec![figure] } else { Vec::new() },
        side: if squares.is_empty() { Vec::new() } else { vec![reading] },
        ..Block::default()
    };
    (block, squares)
}
