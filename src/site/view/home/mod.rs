//! The first page, Điều hành: where we stand in the period in review, and what needs a decision.

mod headline;
mod pace;
mod received;

use serde::Serialize;

use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::page;
use crate::site::standing::{Standing, judged, running, so_far};
use crate::site::view::block::{self, Block, Figure, Note};
use crate::site::view::frame::Frame;
use crate::site::view::{calendar, draw, report, watch};
use crate::site::words;
use crate::vocabulary::Period;

pub use self::headline::{Key, key};
use self::received::Square;

/// What `home.html` needs.
#[derive(Debug, Serialize)]
pub struct Home {
    /// The large figures.
    pub keys: Vec<Key>,
    /// The further figures, smaller.
    pub further: Vec<Key>,
    /// So với kế hoạch.
    pub plan: Option<Block>,
    /// Cần quan tâm.
    pub watch: Block,
    /// Its items.
    pub items: Vec<watch::Item>,
    /// Đường đến 2030.
    pub pace: Option<Block>,
    /// Nộp báo cáo.
    pub returns: Block,
    /// One square per unit whose return did not come in time.
    pub squares: Vec<Square>,
    /// Lịch tới.
    pub calendar: Block,
    /// The main table.
    pub main: Block,
}

/// How many headline figures stand in large type.
const LARGE: usize = 4;
/// How many more stand below them.
const FURTHER: usize = 6;

/// The first page.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Home) {
    let period = book.current();
    let headlines: Vec<&Measure> =
        book.definitions().site.headlines.iter().filter_map(|code| book.measure(code)).collect();
    let standings: Vec<Standing<'_>> =
        headlines.iter().map(|measure| Standing::of(book, &book.province, period, measure)).collect();
    let items = watch::items(book, period, &standings);
    let mut plan = against_plan(book, period, &standings);
    let mut watched = Block {
        topic: "Cần quan tâm".into(),
        finding: match items.len() {
            0 => "Không có việc nào vượt mức cần nêu.".into(),
            count => format!("{} việc đề nghị cho ý kiến.", words::capital(&words::numeral(count))),
        },
        side: vec![Note {
            title: "Vì sao có trong danh sách".into(),
            paragraphs: vec![
                "Chỉ nêu khi thiếu báo cáo, khi chưa đạt kế hoạch, hoặc khi chỉ tiêu có chiều đánh giá thay đổi hay khác mức chung theo chiều cần lưu ý, vượt mức ngẫu nhiên.".into(),
                "Các đơn vị được nêu theo tên, không theo thứ hạng.".into(),
            ],
        }],
        ..Block::default()
    };
    let mut pace = pace::block(book, &headlines);
    let (mut returns, squares) = received::block(book, period);
    let mut calendar = calendar::block(book);
    let mut main = Block {
        id: "bang-chinh".into(),
        tables: vec![report::table(
            book,
            period,
            headlines.iter().copied(),
            "Các chỉ tiêu chính so với kế hoạch và cùng kỳ",
        )],
        ..Block::default()
    };
    let blocks =
        plan.iter_mut().chain([&mut watched]).chain(pace.iter_mut()).chain([&mut returns, &mut calendar, &mut main]);
    block::number(blocks);
    let table = main.tables[0].number;
    for figure in plan.iter_mut().flat_map(|block| &mut block.figures) {
        figure.table = table;
    }
    let frame = frame(book, path, period, &standings);
    let frame = frame.action("Bảng số liệu", format!("#bang-{table}"));
    // What this edition does not show is no headline: it gives way to the next of the list.
    let mut shown = standings.iter().filter(|standing| standing.figure.value.is_some());
    let keys = shown.by_ref().take(LARGE).map(|standing| key(book, period, standing)).collect();
    // The further ones have less room: their short names.
    let further = shown
        .take(FURTHER)
        .map(|standing| Key { label: standing.measure.short.clone(), ..key(book, period, standing) });
    let further = further.collect();
    let home = Home { keys, further, plan, watch: watched, items, pace, returns, squares, calendar, main };
    (frame, home)
}

fn frame(book: &Book<'_>, path: &str, period: Period, standings: &[Standing<'_>]) -> Frame {
    let (reached, short) = judged(standings);
    let all = reached.len() + short.len();
    let heading = match all {
        _ if let Some(told) = so_far(standings, "chỉ tiêu") => format!("{}, {told}", period.heading()),
        0 => format!("{}: {}", period.heading(), words::inside(&received(book, period))),
        _ => format!("{}, {} trong {} chỉ tiêu đạt kế hoạch", period.heading(), reached.len(), all),
    };
    let mut lead: Vec<String> = Vec::new();
    if !short.is_empty() {
        let names: Vec<String> = short.iter().map(|standing| standing.told()).collect();
        lead.push(format!("Chưa đạt: {}.", words::list_of(&names, 3, "chỉ tiêu")));
    } else if let Some(first) = standings.iter().find(|standing| standing.figure.value.is_some()) {
        let verdict = if first.met == Some(true) { ", đạt kế hoạch" } else { "" };
        lead.push(format!("{}: {}{verdict}.", first.measure.title, words::told(first.measure, first.figure)));
    }
    let (_, behind) = running(standings);
    if !behind.is_empty() {
        let names: Vec<String> = behind.iter().map(|standing| words::inside(&standing.measure.short)).collect();
        lead.push(format!("Chậm tiến độ: {}.", words::list_of(&names, 4, "chỉ tiêu")));
    }
    let missing = book.missing(period);
    if !missing.is_empty() {
        lead.push(format!("{} đơn vị còn thiếu báo cáo.", words::capital(&words::numeral(missing.len()))));
    }
    let (whole, due) = book.returns_coverage(period);
    Frame::new(book.release, path, &format!("Điều hành · {}", period.heading()), &heading, &lead.join(" "))
        .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
        .action("Trình chiếu", page::slides(period))
        .action("Kỳ báo cáo", page::period(period))
        .action("Tiến độ đến mục tiêu", page::PROGRESS)
        .action("Đính chính", page::REVISIONS)
        .action("Tải Excel", page::DOWNLOADS)
}

/// `Đã nhận đủ báo cáo của 22/24 đơn vị`.
fn received(book: &Book<'_>, period: Period) -> String {
    let (whole, due) = book.returns_coverage(period);
    format!("Đã nhận đủ báo cáo của {whole}/{due} đơn vị")
}

/// Thực hiện so với kế hoạch, as bars; nothing where no plan can be compared.
pub fn against_plan(book: &Book<'_>, period: Period, standings: &[Standing<'_>]) -> Option<Block> {
    let mut drawn: Vec<Standing<'_>> = standings.iter().filter(|standing| standing.share.is_some()).cloned().collect();
    if drawn.is_empty() {
        return None;
    }
    drawn.sort_by_key(|standing| std::cmp::Reverse(standing.share));
    let (reached, short) = judged(&drawn);
    let (_, behind) = running(&drawn);
    let late: Vec<String> = behind.iter().map(|standing| words::inside(&standing.measure.short)).collect();
    let finding = match (reached.len(), short.len()) {
        _ if let Some(told) = so_far(&drawn, "chỉ tiêu") => match late.is_empty() {
            true => format!("{told}."),
            false => format!("{told}; chậm tiến độ: {}.", words::list_of(&late, 4, "chỉ tiêu")),
        },
        (0, 0) => format!("Năm {} đang thực hiện; phần trăm là so với kế hoạch cả năm.", period.last_year()),
        (_, 0) => "Mọi chỉ tiêu có kế hoạch đều đạt.".to_owned(),
        (some, few) => {
            let lack = short.last().map(|standing| {
                let lack = standing.lack();
                format!("; {} {lack}", words::inside(&standing.measure.short))
            });
            format!(
                "{} chỉ tiêu đạt, {} chỉ tiêu chưa đạt{}.",
                words::capital(&words::numeral(some)),
                words::numeral(few),
                lack.unwrap_or_default()
            )
        }
    };
    let last = drawn.last().expect("some are drawn");
    let title = format!("{} đạt {} kế hoạch", last.measure.short, last.share_told());
    let (whole, due) = book.returns_coverage(period);
    Some(Block {
        topic: "So với kế hoạch".into(),
        finding,
        figures: vec![Figure {
            title,
            subtitle: format!(
                "{} chỉ tiêu có kế hoạch, toàn tỉnh, {}, thực hiện so với kế hoạch (%)",
                words::capital(&words::numeral(drawn.len())),
                period.title()
            ),
            drawings: draw::both(draw::bullets(
                &drawn,
                Head {
                    id: "ke-hoach".into(),
                    title: format!("Thực hiện so với kế hoạch, {}", period.title()),
                    summary: String::new(),
                },
            )),
            coverage: format!("{}. {}.", book.covered(period, whole, due), book.period_status(period)),
            ..Figure::default()
        }],
        side: vec![
            Note::new(
                "Cách đọc",
                "Vạch đứt màu đen là kế hoạch. Cột đặc: đạt hoặc đúng tiến độ; cột gạch chéo: chưa đạt hoặc chậm.",
            ),
            Note::new("Tăng, giảm", "Mọi thay đổi tính trên cùng các xã có đủ số liệu cả hai kỳ."),
        ],
        ..Block::default()
    })
}
