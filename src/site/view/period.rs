//! The page of a review period: what happened against plan and the same period of last year.

use serde::Serialize;

use crate::analysis::change::Signal;
use crate::analysis::target::State;
use crate::analysis::wording;
use crate::definitions::form::Direction;
use crate::release::{Comparison, ReturnState, ReturnStatus, Versus};
use crate::site::book::{Book, is_in};
use crate::site::catalogue::Measure;
use crate::site::chart::dumbbell::{Dumbbell, DumbbellRow};
use crate::site::chart::{self, Head};
use crate::site::page;
use crate::site::standing::{Standing, judged, so_far};
use crate::site::view::block::{self, Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::{draw, home, number, report, returns};
use crate::site::words;
use crate::vocabulary::Period;
use crate::vocabulary::text::slug;

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
                .note("Ghi chú: số xã có đủ số liệu trên số xã phải báo cáo; đạt hay chưa đạt kế hoạch; thay đổi rõ rệt. x: chỉ tiêu không áp dụng ở kỳ này hoặc không giao kế hoạch."),
        ],
        ..Block::default()
    };
    let mut blocks: Vec<Block> = Vec::new();
    blocks.extend(by_theme(book, period));
    blocks.extend(changes(book, period));
    blocks.push(main);
    blocks.push(received(book, period));
    block::number(&mut blocks);
    let table = blocks.iter().find(|block| block.id == "bang-chinh").map_or(1, |block| block.tables[0].number);
    let figures = blocks.iter_mut().filter(|block| block.id != "bang-chinh").flat_map(|block| &mut block.figures);
    figures.for_each(|figure| figure.table = table);
    let frame = frame(book, path, period, &headlines).action("Biểu tổng hợp", format!("#bang-{table}"));
    (frame, PeriodPage { blocks })
}

/// Every measure with a plan against it, theme by theme.
fn by_theme(book: &Book<'_>, period: Period) -> Option<Block> {
    let own = book.measures.iter().filter(|measure| measure.counts.is_none());
    let standings: Vec<Standing<'_>> = own.map(|measure| Standing::of(book, &book.province, period, measure)).collect();
    let block = home::against_plan(book, period, &standings)?;
    let drawn: Vec<Standing<'_>> = standings.into_iter().filter(|standing| standing.share.is_some()).collect();
    let finding = match so_far(&drawn, "chỉ tiêu") {
        Some(_) => block.finding.clone(),
        None => format!("Trong {} chỉ tiêu có kế hoạch: {}", drawn.len(), words::inside(&block.finding)),
    };
    let figures: Vec<Figure> =
        drawn.chunk_by(|a, b| a.measure.theme == b.measure.theme).map(|theme| of_theme(book, period, theme)).collect();
    Some(Block {
        topic: "So với kế hoạch, từng lĩnh vực".into(), finding, pair: figures.len() > 1, figures, ..block
    })
}

fn of_theme(book: &Book<'_>, period: Period, standings: &[Standing<'_>]) -> Figure {
    let theme = &standings[0].measure.theme;
    let good = |standing: &&Standing<'_>| matches!(standing.state, Some(State::Met | State::OnTheWay));
    let good = standings.iter().filter(good).count();
    let running = standings.iter().any(|standing| matches!(standing.state, Some(State::OnTheWay | State::Behind)));
    let word = if running { "đúng tiến độ" } else { "đạt" };
    Figure {
        title: format!("{theme}: {good}/{} chỉ tiêu {word}", standings.len()),
        subtitle: format!("Toàn tỉnh, {}, thực hiện so với kế hoạch (%)", period.title()),
        drawings: draw::both(draw::bullets(
            standings,
            Head {
                id: format!("ke-hoach-{}", slug(theme)),
                title: format!("{theme}: thực hiện so với kế hoạch, {}", period.title()),
                summary: String::new(),
            },
        )),
        coverage: format!("{}.", book.period_status(period)),
        ..Figure::default()
    }
}

/// The ratios of which more is better in both periods, those that rose most first. The others lie near
/// zero, and on one axis with them no change could be seen.
fn ratios(book: &Book<'_>, period: Period, versus: &str) -> Option<Figure> {
    let mut rows: Vec<(f64, DumbbellRow)> = Vec::new();
    for measure in book.measures.iter().filter(|measure| measure.is_ratio() && measure.direction == Direction::Up) {
        let told = book.change(&book.province, period, measure);
        let Some(Comparison { change: Ok(change), .. }) = book.yearly(&book.province, period, measure) else {
            continue;
        };
        let (Some(before), Some(now), Some(_)) =
            (draw::position(measure, change.before), draw::position(measure, change.now), told.way)
        else {
            continue;
        };
        let signal = book.verdict(&book.province, period, measure).map(|verdict| verdict.listed());
        rows.push((
            now - before,
            DumbbellRow {
                name: measure.short.clone(),
                before: (before, words::quantity(measure, change.before)),
                after: (now, words::quantity(measure, change.now)),
                change: told.short,
                verdict: match signal {
                    Some(signal @ (Signal::Up | Signal::Down)) => Some(signal.text().to_owned()),
                    _ => None,
                },
            },
        ));
    }
    if rows.len() < 2 {
        return None;
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let clear = rows.iter().filter(|(_, row)| row.verdict.is_some()).count();
    Some(Figure {
        title: match clear {
            0 => "Chưa tỷ lệ nào thay đổi rõ rệt".to_owned(),
            some => format!("{} tỷ lệ thay đổi rõ rệt", words::capital(&words::numeral(some))),
        },
        subtitle: format!("{} tỷ lệ cao hơn là tốt, toàn tỉnh, {} {versus}, %", rows.len(), period.title()),
        key: vec!["chấm rỗng: cùng kỳ; chấm đặc: kỳ này".into(), "màu xanh: thay đổi rõ rệt".into()],
        drawings: draw::both(
            Dumbbell {
                head: Head {
                    id: "hai-ky".into(),
                    title: format!("Các tỷ lệ {} và cùng kỳ", period.title()),
                    summary: String::new(),
                },
                measure: chart::Measure { ceiling: None, ..chart::Measure::percent() },
                periods: [period.a_year_earlier().heading(), period.heading()],
                change_unit: ["điểm phần trăm".into(), "điểm %".into()],
                rows: rows.into_iter().map(|(_, row)| row).collect(),
            }
            .drawing(),
        ),
        coverage: "Trên cùng các xã có đủ số liệu cả hai kỳ.".into(),
        ..Figure::default()
    })
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
        .action("Trình chiếu", page::slides(period))
        .action("Bản in cả kỳ", page::print_book(period))
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
        figures: ratios(book, period, &versus).into_iter().collect(),
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
            let others = all.iter().filter(|status| status.state != ReturnState::OnTime);
            let others: Vec<String> = others
                .map(|status| format!("{}: {}", status.period.title(), words::inside(&status.state.title())))
                .collect();
            let told = if others.is_empty() { ReturnState::OnTime.title() } else { words::capital(&others.join("; ")) };
            Some(Row::new(
                Cell::short(unit.name()).link(page::unit(unit)),
                vec![
                    Cell::short(returns::rhythm(book, &unit.code)),
                    Cell::number(format!("{came}/{}", all.len())).key(),
                    Cell::text(told),
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
    let count = |of: fn(&ReturnStatus) -> bool| book.returns(period).filter(|status| of(status)).count();
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
        Column::text("Hạn nộp"),
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
