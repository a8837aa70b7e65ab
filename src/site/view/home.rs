//! The first page, Điều hành: where we stand in the period in review, and what needs a decision.

use serde::Serialize;

use crate::release::{ReturnState, Versus};
use crate::site::book::{Book, bare};
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::chart::shares::{Shares, SharesRow};
use crate::site::page;
use crate::site::standing::{Standing, judged, running, so_far};
use crate::site::view::block::{self, Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::{calendar, draw, number, report, watch};
use crate::site::words;
use crate::vocabulary::Period;

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
    /// One square per unit.
    pub squares: Vec<Square>,
    /// Lịch tới.
    pub calendar: Block,
    /// The main table.
    pub main: Block,
}

/// A headline figure.
#[derive(Debug, Serialize)]
pub struct Key {
    /// What it is.
    pub label: String,
    /// The number.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// `kế hoạch 75%`.
    pub plan: String,
    /// What was done against it, as a bar; empty where no plan is to be reached from below.
    pub bar: String,
    /// `tăng 2,9 điểm phần trăm`.
    pub change: String,
    /// `so với năm 2028`.
    pub versus: String,
    /// `Số đã điều chỉnh so với lần công bố ngày …`; mostly empty.
    pub revised: String,
    /// Its page.
    pub href: String,
    /// What it is made of; empty in the public edition.
    pub trace: String,
}

/// The latest return of a unit, as a square.
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
    let items = watch::items(book, &standings);
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
    let mut pace = pace(book, &headlines);
    let (returns, squares) = returns(book, period);
    let mut returns = returns;
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
    if let Some(first) = standings.iter().find(|standing| standing.figure.value.is_some()) {
        let verdict = match first.met {
            Some(true) => ", đạt kế hoạch",
            Some(false) => ", chưa đạt kế hoạch",
            None => "",
        };
        lead.push(format!("{}: {}{verdict}.", first.measure.title, words::told(first.measure, first.figure)));
    }
    if !short.is_empty() {
        let names: Vec<String> = short.iter().map(|standing| words::inside(&standing.measure.short)).collect();
        lead.push(format!("Chưa đạt: {}.", words::list_of(&names, 4, "chỉ tiêu")));
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

fn key(book: &Book<'_>, period: Period, standing: &Standing<'_>) -> Key {
    let measure = standing.measure;
    let change = book.change(&book.province, period, measure);
    let fraction = standing.figure.ratio().is_some_and(|(_, denominator)| denominator < 20);
    let said = words::told(measure, standing.figure);
    let value = words::figure(measure, standing.figure);
    let unit = said.strip_prefix(&value).unwrap_or_default().trim().to_owned();
    let (value, unit) = match standing.figure.value {
        // An amount of money is said in the unit that suits its size.
        Some(_) if measure.is_money() => {
            let (number, unit) = said.split_once(' ').unwrap_or((&said, ""));
            (number.to_owned(), unit.to_owned())
        }
        Some(_) if fraction => (value, measure.unit.trim_start_matches('%').to_owned()),
        Some(_) => (value, unit),
        None => (value, said),
    };
    Key {
        label: measure.title.clone(),
        value,
        unit,
        plan: standing.goal.map_or(String::new(), |goal| format!("kế hoạch {}", goal.said(measure))),
        bar: draw::meter(standing),
        versus: match (change.way, book.verdict(&book.province, period, measure)) {
            (None, _) => String::new(),
            (Some(_), None) => words::versus(period, Versus::SamePeriodLastYear),
            (Some(_), Some(verdict)) => {
                let signal = words::inside(verdict.alone().text());
                format!("{}; {signal}", words::versus(period, Versus::SamePeriodLastYear))
            }
        },
        change: change.long,
        revised: book.revised(period, measure).unwrap_or_default(),
        href: page::measure(&measure.code),
        trace: book.lineage(&book.province, period, measure).unwrap_or_default(),
    }
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

fn pace(book: &Book<'_>, headlines: &[&Measure]) -> Option<Block> {
    let years = draw::all_years(book);
    let last = *years.last()?;
    let ended = book.years();
    let told: Vec<&Measure> = headlines
        .iter()
        .copied()
        .filter(|measure| book.target(&book.province, last, measure).is_some() && !measure.is_class())
        .filter(|measure| ended.iter().any(|year| book.figure(&book.province, *year, measure).value.is_some()))
        .take(2)
        .collect();
    if told.is_empty() || ended.len() < 2 {
        return None;
    }
    let now = *ended.last()?;
    let mut findings = Vec::new();
    let mut figures = Vec::new();
    let mut rows = Vec::new();
    for measure in &told {
        let goal = book.target(&book.province, last, measure)?;
        let figure = book.figure(&book.province, now, measure);
        let standing = Standing {
            measure,
            figure,
            goal: Some(goal),
            state: None,
            met: figure.value.and_then(|value| goal.met(value)),
            share: None,
        };
        let short = match standing.met {
            Some(true) => format!("đã đạt mục tiêu {}", last.last_year()),
            Some(false) => standing.lack(),
            None => words::told(measure, figure),
        };
        findings.push(format!("{}: {short}", words::inside(&measure.short)));
        figures.push(Figure {
            title: format!("{}: {short}", measure.short),
            subtitle: format!("Toàn tỉnh, {}–{}, {}", years[0], last, measure.table_unit()),
            drawings: draw::both(draw::years(
                book,
                &book.province,
                "",
                measure,
                Head {
                    id: format!("nhip-{}", crate::vocabulary::text::slug(measure.code.as_str())),
                    title: format!("{} và kế hoạch đến {last}", measure.title),
                    summary: String::new(),
                },
            )),
            coverage: format!("{}.", book.coverage_told(now, measure)),
            ..Figure::default()
        });
        for (what, plan) in [("thực hiện", false), ("kế hoạch", true)] {
            let cells = years
                .iter()
                .map(|year| {
                    let ahead = *year > now;
                    let standing = Standing::of(book, &book.province, *year, measure);
                    match (plan, ahead) {
                        (true, _) => Cell::number(standing.plan()),
                        (false, true) => Cell::number("x"),
                        (false, false) => number::figure(book, &book.province, *year, measure).key(),
                    }
                })
                .collect();
            rows.push(Row::new(Cell::text(format!("{}: {what}", measure.short)), cells));
        }
    }
    let mut columns = vec![Column::text("Chỉ tiêu")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string())));
    Some(Block {
        topic: format!("Đường đến {last}"),
        finding: format!("{}.", words::capital(&findings.join("; "))),
        pair: figures.len() == 2,
        figures,
        tables: vec![Table::new(
            format!("Thực hiện và kế hoạch từng năm đến {last}"),
            "Toàn tỉnh; x: năm chưa đến",
            &columns,
            rows,
        )],
        side: vec![Note::new(
            "Cách đọc",
            "Nét liền: thực hiện. Nét đứt đen: kế hoạch từng năm. Nét chấm: mức tăng cần có để đạt mục tiêu. Chấm rỗng: số tạm tính, chưa đủ đơn vị.",
        )],
        ..Block::default()
    })
}

fn returns(book: &Book<'_>, period: Period) -> (Block, Vec<Square>) {
    let owed = book.owed(period);
    let mut squares = Vec::new();
    let (mut on_time, mut late, mut absent) = (0u32, 0u32, 0u32);
    for unit in &book.units {
        let Some(last) = owed.get(&unit.code).and_then(|all| all.iter().max_by_key(|status| status.period)) else {
            continue;
        };
        match last.state {
            ReturnState::OnTime => on_time += 1,
            ReturnState::Late(_) => late += 1,
            _ => absent += 1,
        }
        squares.push(Square {
            name: bare(unit.name()).to_owned(),
            href: page::unit(unit),
            letter: super::returns::letter(&last.state),
            title: format!("{}, {}", last.period.title(), words::inside(&last.state.title())),
            class: super::returns::class(&last.state),
        });
    }
    let finding = match squares.len() {
        0 => "Kỳ này không có báo cáo phải nộp.".to_owned(),
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
    let all = on_time + late + absent;
    let share = |count: u32, name: &str| format!("{count} {name}");
    let parts = vec![share(on_time, "đúng hạn"), share(late, "trễ"), share(absent, "chưa có")];
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
        coverage: "Từng đơn vị ở danh sách trên hình.".into(),
        ..Figure::default()
    };
    let block = Block {
        topic: "Nộp báo cáo".into(),
        finding,
        more,
        figures: if all > 0 { vec![figure] } else { Vec::new() },
        side: vec![Note::new(
            "Cách đọc",
            "Mỗi ô là báo cáo chốt kỳ của một đơn vị. Đ: đúng hạn; M: muộn và số ngày; T: trả lại; …: chưa nộp.",
        )],
        ..Block::default()
    };
    (block, squares)
}
