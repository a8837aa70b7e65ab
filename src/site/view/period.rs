//! The page of a review period: what happened against plan and the same period of last year.

use serde::Serialize;

use crate::analysis::change::Signal;
use crate::analysis::wording;
use crate::release::Versus;
use crate::site::book::{Book, is_in};
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::standing::{Standing, judged, so_far};
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::{home, number, report, returns};
use crate::site::words;
use crate::vocabulary::Period;

/// What `period.html` needs.
#[derive(Debug, Serialize)]
pub struct PeriodPage {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// The page of a period.
pub fn view(book: &Book<'_>, period: Period, path: &str) -> (Frame, PeriodPage) {
    let headlines: Vec<Standing<'_>> = book
        .definitions()
        .site
        .headlines
        .iter()
        .filter_map(|code| book.measure(code))
        .map(|measure| Standing::of(book, &book.province, period, measure))
        .collect();
    let main = Block {
        id: "bang-chinh".into(),
        topic: "Biểu tổng hợp".into(),
        finding: format!("Toàn bộ chỉ tiêu của {}.", period.title()),
        tables: vec![
            report::table(book, period, &book.measures, &format!("Kết quả thực hiện các chỉ tiêu {}", period.title()))
                .note("Số xã: xã có đủ số liệu trên xã phải báo cáo chỉ tiêu. x: chỉ tiêu không áp dụng ở kỳ này hoặc không giao kế hoạch."),
        ],
        ..Block::default()
    };
    let mut blocks: Vec<Block> = Vec::new();
    blocks.extend(home::against_plan(book, period, &headlines));
    blocks.extend(changes(book, period));
    blocks.push(main);
    blocks.push(received(book, period));
    block::number(&mut blocks);
    let table = blocks.iter().find(|block| block.id == "bang-chinh").map_or(1, |block| block.tables[0].number);
    blocks[0].figures.iter_mut().for_each(|figure| figure.table = table);
    let frame = frame(book, path, period, &headlines).action("Biểu tổng hợp", format!("#bang-{table}"));
    (frame, PeriodPage { blocks })
}

fn frame(book: &Book<'_>, path: &str, period: Period, standings: &[Standing<'_>]) -> Frame {
    let (reached, short) = judged(standings);
    let (whole, due) = book.returns_coverage(period);
    let all = reached.len() + short.len();
    let heading = match all {
        _ if let Some(told) = so_far(standings, "chỉ tiêu chính") => format!("{}, {told}", period.heading()),
        0 => format!("{}: {whole} trong {due} đơn vị đủ báo cáo", period.heading()),
        _ => format!("{}, {} trong {all} chỉ tiêu chính đạt kế hoạch", period.heading(), reached.len()),
    };
    let mut lead = Vec::new();
    if !reached.is_empty() {
        let names: Vec<String> = reached.iter().take(3).map(|standing| standing.told()).collect();
        lead.push(format!("Đạt: {}.", names.join("; ")));
    }
    if !short.is_empty() {
        let names: Vec<String> = short.iter().take(3).map(|standing| standing.told()).collect();
        lead.push(format!("Chưa đạt: {}.", names.join("; ")));
    }
    if lead.is_empty() {
        let names: Vec<String> =
            standings.iter().filter(|standing| standing.figure.value.is_some()).take(3).map(|s| s.told()).collect();
        if !names.is_empty() {
            lead.push(format!("{}.", words::capital(&names.join("; "))));
        }
    }
    Frame::new(book.release, path, &format!("Kỳ báo cáo · {}", period.heading()), &heading, &lead.join(" "))
        .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
        .action("Các kỳ khác", page::PERIODS)
}

/// The clear changes against the same period of last year, each way, in the order of the catalogue.
fn changes(book: &Book<'_>, period: Period) -> Option<Block> {
    let own = book.measures.iter().filter(|measure| measure.counts.is_none());
    let judged: Vec<(&Measure, Signal)> =
        own.filter_map(|measure| Some((measure, book.verdict(&book.province, period, measure)?.listed()))).collect();
    if judged.is_empty() {
        return None;
    }
    let versus = words::versus(period, Versus::SamePeriodLastYear);
    let (mut rows, mut told) = (Vec::new(), Vec::new());
    for signal in [Signal::Up, Signal::Down] {
        let found: Vec<&Measure> = judged.iter().filter(|(_, of)| *of == signal).map(|(measure, _)| *measure).collect();
        if found.is_empty() {
            continue;
        }
        let names: Vec<String> = found.iter().map(|measure| words::inside(&measure.short)).collect();
        told.push(format!("{}: {}", words::inside(signal.text()), words::list_of(&names, 4, "chỉ tiêu")));
        rows.push(Row::heading(format!("{}: {} chỉ tiêu", signal.text(), found.len())));
        rows.extend(found.into_iter().filter_map(|measure| change_row(book, period, measure)));
    }
    let count = |wanted: Signal| judged.iter().filter(|(_, signal)| *signal == wanted).count();
    let columns = [
        Column::text("Chỉ tiêu"),
        Column::text("ĐVT"),
        Column::number("Cùng kỳ"),
        Column::number("Kỳ này"),
        Column::number("Tăng, giảm"),
        Column::number("Trên cùng").unit("xã"),
    ];
    let table = Table::new(
        "Các thay đổi rõ rệt",
        format!("Toàn tỉnh, {}, {versus}; chỉ so trên cùng các xã có đủ số liệu cả hai kỳ", period.title()),
        &columns,
        rows,
    );
    Some(Block {
        id: "thay-doi".into(),
        topic: words::capital(&versus),
        finding: match told.is_empty() {
            true => format!("{}.", wording::CHANGE_NONE),
            false => format!("{}.", words::capital(&told.join("; "))),
        },
        more: format!(
            "{} chỉ tiêu khác thay đổi trong mức dao động bình thường; {} chỉ tiêu có số quá nhỏ, chưa đủ để so sánh.",
            words::capital(&words::numeral(count(Signal::Within))),
            words::numeral(count(Signal::Small))
        ),
        tables: if told.is_empty() { Vec::new() } else { vec![table] },
        side: vec![Note::new(
            "Cách chọn",
            "Chỉ nêu thay đổi mà ngẫu nhiên hiếm khi gây ra (dưới 0,2%), vì xét nhiều chỉ tiêu cùng lúc. Các chỉ tiêu đứng theo danh mục, không theo mức thay đổi. Số tiền, xếp loại và số đếm đi theo cụm không kiểm định.",
        )],
        ..Block::default()
    })
}

fn change_row(book: &Book<'_>, period: Period, measure: &Measure) -> Option<Row> {
    let change = book.yearly(&book.province, period, measure)?.change.ok()?;
    Some(Row::new(
        Cell::text(&measure.title).link(page::measure(&measure.code)),
        vec![
            Cell::short(measure.table_unit()),
            number::common(book, &book.province, period.a_year_earlier(), measure, change.before),
            number::common(book, &book.province, period, measure, change.now).key(),
            number::change(book, &book.province, period, measure),
            Cell::number(change.matched.to_string()),
        ],
    ))
}

/// What came in for the period.
fn received(book: &Book<'_>, period: Period) -> Block {
    let owed = book.owed(period);
    let rows: Vec<Row> = book
        .units
        .iter()
        .filter_map(|unit| {
            let all = owed.get(&unit.code)?;
            let came = all.iter().filter(|status| is_in(status)).count();
            let states: Vec<String> = all
                .iter()
                .map(|status| format!("{}: {}", status.period.title(), words::inside(&status.state.title())))
                .collect();
            Some(Row::new(
                Cell::short(unit.name()).link(page::unit(unit)),
                vec![
                    Cell::short(returns::rhythm(book, &unit.code)),
                    Cell::number(format!("{came}/{}", all.len())).key(),
                    Cell::text(if all.len() > 4 { summary(all) } else { words::capital(&states.join("; ")) }),
                ],
            ))
        })
        .collect();
    let missing: Vec<String> = book.missing(period).iter().map(|name| words::inside(name)).collect();
    let finding = match (rows.is_empty(), missing.is_empty()) {
        (true, _) => "Không có báo cáo phải nộp cho kỳ này.".to_owned(),
        (false, true) => "Mọi báo cáo của kỳ đã nhận đủ.".to_owned(),
        (false, false) => format!("Còn thiếu báo cáo: {}.", words::list_of(&missing, 6, "đơn vị")),
    };
    let count =
        |of: fn(&crate::release::ReturnStatus) -> bool| book.returns(period).filter(|status| of(status)).count();
    let more: Vec<String> = [
        (count(|status| status.estimate), "báo cáo ước, chờ bản chính thức"),
        (count(|status| status.corrected), "báo cáo đã sửa so với bản nộp trước"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    let columns = [
        Column::text("Đơn vị"),
        Column::text("Nhịp báo cáo"),
        Column::number("Đã nhận").unit("trên phải nộp"),
        Column::text("Từng báo cáo"),
    ];
    Block {
        id: "nop".into(),
        topic: "Nộp báo cáo".into(),
        finding,
        more: if more.is_empty() { String::new() } else { format!("{}.", words::capital(&words::list(&more))) },
        tables: if rows.is_empty() {
            Vec::new()
        } else {
            vec![Table::new("Báo cáo của từng đơn vị", period.heading(), &columns, rows).full()]
        },
        side: Vec::new(),
        ..Block::default()
    }
}

/// Many returns of a unit, counted by state.
fn summary(all: &[&crate::release::ReturnStatus]) -> String {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for status in all {
        let word = match status.state {
            crate::release::ReturnState::OnTime => "đúng hạn",
            crate::release::ReturnState::Late(_) => "muộn",
            crate::release::ReturnState::Returned => "trả lại",
            crate::release::ReturnState::Missing => "chưa nộp",
            crate::release::ReturnState::NotYetDue => "chưa đến hạn",
        };
        *counts.entry(word).or_default() += 1;
    }
    let told: Vec<String> = counts.iter().map(|(word, count)| format!("{count} {word}")).collect();
    told.join(", ")
}
