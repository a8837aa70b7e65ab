//! The page of a unit: against its plan, its peers and its own past.

use serde::Serialize;

use crate::definitions::Unit;
use crate::definitions::form::Direction;
use crate::definitions::schedule;
use crate::release::{Explained, ExplanationState, ReturnState, Versus};
use crate::site::book::{Book, is_in};
use crate::site::catalogue::Measure;
use crate::site::chart::strip::{Strip, StripRow};
use crate::site::chart::{Head, Value};
use crate::site::interval::Stance;
use crate::site::page;
use crate::site::standing::{Standing, judged};
use crate::site::view::block::{self, Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::{draw, history, number, quality, report};
use crate::site::words;
use crate::vocabulary::{Area, MeasureCode, ObsStatus, Period, PeriodKind};

/// What `unit.html` needs.
#[derive(Debug, Serialize)]
pub struct UnitPage {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// A strip compares a unit with at least this many others.
const PEERS: usize = 4;

/// The page of a unit.
pub fn view(book: &Book<'_>, unit: &Unit, path: &str) -> (Frame, UnitPage) {
    let area = Book::area(unit);
    let period = book.current();
    let standings: Vec<Standing<'_>> =
        book.measures.iter().map(|measure| Standing::of(book, &area, period, measure)).collect();
    let mut blocks: Vec<Block> = Vec::new();
    blocks.extend(position(book, unit, &area, period));
    blocks.push(course(book, unit, &area, period, &standings));
    blocks.extend(history::settlements(book, unit));
    blocks.extend(history::models(book, unit));
    blocks.extend(history::criteria(book, unit));
    blocks.push(history::returns(book, unit));
    blocks.push(history::names(book, unit));
    block::number(&mut blocks);
    let table = blocks.iter().find(|block| block.id == "chi-tieu").map_or(1, |block| block.tables[0].number);
    blocks[0].figures.iter_mut().for_each(|figure| figure.table = table);
    let frame = frame(book, unit, path, period, &standings).action("Bảng số liệu", format!("#bang-{table}"));
    (frame, UnitPage { blocks })
}

fn frame(book: &Book<'_>, unit: &Unit, path: &str, period: Period, standings: &[Standing<'_>]) -> Frame {
    let area = Book::area(unit);
    let (reached, short) = judged(standings);
    let all = reached.len() + short.len();
    let lead_measure = headline(book, &area, period);
    let heading = match (lead_measure, all) {
        (Some((measure, stance)), _) => {
            let figure = book.figure(&area, period, measure);
            let stance = match stance {
                Stance::Higher => ", cao hơn rõ mức chung",
                Stance::Lower => ", thấp hơn rõ mức chung",
                Stance::Alike => ", trong mức chung",
                Stance::Small => "",
            };
            format!("{}: {} {}{stance}", unit.name(), words::told(measure, figure), words::inside(&measure.short))
        }
        (None, 0 | 1) => format!("{}: {}", unit.name(), returned(book, unit, period)),
        (None, _) => format!("{}: đạt {} trong {all} chỉ tiêu có kế hoạch", unit.name(), reached.len()),
    };
    let mut lead = Vec::new();
    if all > 0 {
        let names: Vec<String> = short.iter().map(|standing| words::inside(&standing.measure.short)).collect();
        lead.push(format!("Đơn vị đạt {} trong {all} chỉ tiêu có kế hoạch {}.", reached.len(), period.title()));
        if !names.is_empty() {
            lead.push(format!("Chưa đạt: {}.", words::list_of(&names, 4, "chỉ tiêu")));
        }
    }
    lead.push(format!("{}.", words::capital(&returned(book, unit, period))));
    let status = match book.returns(period).filter(|status| status.unit == unit.code).any(|status| !is_in(status)) {
        true => "Còn thiếu báo cáo",
        false => book.period_status(period),
    };
    let (_, end) = book.definitions().scheme.days(period);
    let plans = schedule::active(book.definitions(), &unit.code, end).len();
    let mut frame =
        Frame::new(book.release, path, &format!("Xã, phường · mã {}", unit.code), &heading, &lead.join(" "))
            .about(book.release, period, status, "")
            .fact("Kế hoạch áp dụng", plans.to_string())
            .action("Các đơn vị khác", page::UNITS)
            .action("Tải số liệu", page::DOWNLOADS);
    if let Some(last) = latest_received(book, unit, period) {
        frame = frame.fact("Báo cáo nhận", last);
    }
    frame.title(unit.name());
    if book.release.internal().is_some() {
        frame = frame.action("Phát hiện khi kiểm tra", format!("{}#{}", page::QUALITY, unit.code));
    }
    frame
}

/// `08/12/2029, đúng hạn`.
fn latest_received(book: &Book<'_>, unit: &Unit, period: Period) -> Option<String> {
    let last =
        book.returns(period).filter(|status| status.unit == unit.code && is_in(status)).max_by_key(|s| s.period)?;
    Some(format!("{}, {}", words::date(last.received?), words::inside(&last.state.title())))
}

/// In words: what became of the returns of the period.
fn returned(book: &Book<'_>, unit: &Unit, period: Period) -> String {
    let mine: Vec<_> = book.returns(period).filter(|status| status.unit == unit.code).collect();
    let came = mine.iter().filter(|status| is_in(status)).count();
    let late = mine.iter().filter(|status| matches!(status.state, ReturnState::Late(_))).count();
    match (mine.len(), came) {
        (0, _) => format!("không phải nộp báo cáo cho {}", period.title()),
        (1, 1) if late == 0 => format!("báo cáo {} nộp đúng hạn", period.title()),
        (1, 1) => format!("báo cáo {} nộp muộn", period.title()),
        (1, _) => format!("báo cáo {} chưa nhận được", period.title()),
        (all, came) if all == came && late == 0 => format!("đủ {all} báo cáo của {}, đều đúng hạn", period.title()),
        (all, came) if all == came => format!("đủ {all} báo cáo của {}, {late} báo cáo muộn", period.title()),
        (all, came) => format!("đã nhận {came} trong {all} báo cáo của {}", period.title()),
    }
}

/// The first headline ratio the unit has a figure for, and where it stands to the province.
fn headline<'b>(book: &'b Book<'_>, area: &Area, period: Period) -> Option<(&'b Measure, Stance)> {
    let ratios = book.definitions().site.headlines.iter().filter_map(|code| book.measure(code));
    ratios.filter(|measure| measure.is_ratio()).find_map(|measure| {
        let (x, n) = book.figure(area, period, measure).ratio().filter(|(_, n)| *n > 0)?;
        let level = book.figure(&book.province, period, measure).ratio()?;
        Some((measure, Stance::of(x, n, level)))
    })
}

/// Where the unit stands among all, one strip per ratio.
fn position(book: &Book<'_>, unit: &Unit, area: &Area, period: Period) -> Option<Block> {
    let mut rows = Vec::new();
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for measure in book.measures.iter().filter(|measure| measure.is_ratio()) {
        let this = draw::value(measure, book.figure(area, period, measure));
        let mut all: Vec<(f64, String)> = book
            .units
            .iter()
            .filter_map(|other| {
                let figure = book.figure(&Book::area(other), period, measure);
                Some((draw::position(measure, figure.value?)?, words::told(measure, figure)))
            })
            .collect();
        let Value::At(at) = this else { continue };
        if all.len() <= PEERS {
            continue;
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let positions: Vec<f64> = all.iter().map(|(at, _)| *at).collect();
        let (low, high) = (quantile(&positions, 1), quantile(&positions, 3));
        if at > high {
            above.push(words::inside(&measure.short));
        } else if at < low {
            below.push(words::inside(&measure.short));
        }
        let mut others = positions.clone();
        let own = others.iter().position(|other| *other == at);
        others.remove(own.expect("the unit is among all units"));
        rows.push(StripRow {
            label: measure.short.clone(),
            direction: match measure.direction {
                Direction::Up => "cao hơn là tốt".into(),
                Direction::Down => "thấp hơn là tốt".into(),
                Direction::None => String::new(),
            },
            others,
            this,
            value_label: words::told(measure, book.figure(area, period, measure)),
            median: Some(quantile(&positions, 2)),
            middle_half: Some((low, high)),
            ends: [all[0].1.clone(), all[all.len() - 1].1.clone()],
        });
    }
    if rows.is_empty() {
        return None;
    }
    let count = rows.len();
    let finding = match (above.is_empty(), below.is_empty()) {
        (true, true) => "Mọi chỉ tiêu nằm trong nửa giữa của các đơn vị.".to_owned(),
        (false, true) => format!("Cao hơn phần lớn đơn vị ở: {}.", words::list(&above)),
        (true, false) => format!("Thấp hơn phần lớn đơn vị ở: {}.", words::list(&below)),
        (false, false) => {
            format!("Cao hơn phần lớn đơn vị ở: {}; thấp hơn ở: {}.", words::list(&above), words::list(&below))
        }
    };
    Some(Block {
        id: "vi-tri".into(),
        topic: "So với các đơn vị trong tỉnh".into(),
        finding,
        figures: vec![Figure {
            title: format!(
                "{} trên, {} dưới, {} trong nửa giữa",
                words::capital(&words::numeral(above.len())),
                words::numeral(below.len()),
                words::numeral(count - above.len() - below.len())
            ),
            subtitle: format!("{} chỉ tiêu tỷ lệ, {}; bên phải là cao hơn", words::capital(&words::numeral(count)), period.title()),
            drawings: draw::both(
                Strip {
                    head: Head {
                        id: "vi-tri-do".into(),
                        title: format!("Vị trí của {} so với các đơn vị", words::inside(unit.name())),
                        summary: String::new(),
                    },
                    rows,
                }
                .drawing(),
            ),
            coverage: "Chỉ vẽ đơn vị có số liệu được công bố trong kỳ.".into(),
            ..Figure::default()
        }],
        side: vec![Note {
            title: "Cách đọc".into(),
            paragraphs: vec![
                "Mỗi chấm xám là một đơn vị; chấm xanh là đơn vị này. Dải xám là nửa giữa của các đơn vị; vạch đứng là trung vị.".into(),
                "Mỗi dòng có thước riêng, từ đơn vị thấp nhất đến cao nhất. Vị trí không phải là thứ hạng.".into(),
            ],
        }],
        ..Block::default()
    })
}

/// Accepted explanations as footnotes: numbered in the order in which figures call for them.
struct Footnotes<'a> {
    book: &'a Book<'a>,
    explained: Vec<&'a Explained>,
    /// The notes called for, with their numbers.
    told: Vec<String>,
}

impl<'a> Footnotes<'a> {
    /// Those of a unit that are in force; none in the public edition, for they quote what the unit wrote.
    fn of(book: &'a Book<'a>, unit: &Unit) -> Self {
        let all = book.release.internal().into_iter().flat_map(|internal| &internal.explanations);
        let in_force = |e: &&Explained| e.state == ExplanationState::InForce && e.explanation.unit == unit.code;
        Self { book, explained: all.filter(in_force).collect(), told: Vec::new() }
    }

    /// The signs of the notes to a figure: `1`, `1, 2`, or nothing.
    fn mark(&mut self, measure: &MeasureCode, period: Period) -> String {
        let mut marks = Vec::new();
        for explained in &self.explained {
            let explanation = &explained.explanation;
            if explanation.item != *measure || !period.contains(explanation.period) {
                continue;
            }
            let note = quality::footnote(self.book, explained);
            let known = self.told.iter().position(|told| told.ends_with(&note));
            let at = known.unwrap_or_else(|| {
                self.told.push(format!("({}) {note}", self.told.len() + 1));
                self.told.len() - 1
            });
            marks.push(format!("({})", at + 1));
        }
        marks.join(" ")
    }
}

/// A quartile of sorted positions (between neighbours where it falls between them); for drawing only.
fn quantile(sorted: &[f64], quarter: usize) -> f64 {
    let at = (sorted.len() - 1) as f64 * quarter as f64 / 4.0;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    low + (high - low) * at.fract()
}

/// Every measure over the years, with plan and change.
fn course(book: &Book<'_>, unit: &Unit, area: &Area, period: Period, standings: &[Standing<'_>]) -> Block {
    let years: Vec<Period> = book.years().into_iter().filter(|year| *year != period).collect();
    let statuses = |measure: &Measure| -> Vec<ObsStatus> {
        years.iter().chain([&period]).map(|at| book.figure(area, *at, measure).status).collect()
    };
    let asked: Vec<&Standing<'_>> = standings
        .iter()
        .filter(|standing| standing.measure.counts.is_none())
        .filter(|standing| statuses(standing.measure).iter().any(|status| *status != ObsStatus::M))
        .collect();
    // A row of signs alone tells nothing; such measures are named below the table.
    let told = |status: &ObsStatus| !matches!(status, ObsStatus::Q | ObsStatus::M | ObsStatus::O);
    let (shown, hidden): (Vec<&Standing<'_>>, Vec<&Standing<'_>>) = asked.into_iter().partition(|standing| {
        let all = statuses(standing.measure);
        all.iter().any(told) || !all.contains(&ObsStatus::Q)
    });
    let mut columns = vec![Column::text("Chỉ tiêu"), Column::text("ĐVT")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string()).of(*year)));
    columns.push(Column::number(period.short()).of(period));
    columns.push(Column::text("Diễn biến"));
    columns.push(Column::number("Kế hoạch"));
    columns.push(Column::number("% kế hoạch"));
    columns.push(Column::number("So với cùng kỳ"));
    let mut drawn = years.clone();
    if period.kind() == PeriodKind::Year {
        drawn.push(period);
    }
    let mut rows = Vec::new();
    let mut notes = Footnotes::of(book, unit);
    let mut theme = "";
    for standing in &shown {
        let measure = standing.measure;
        if measure.theme != theme {
            theme = &measure.theme;
            rows.push(Row::heading(theme));
        }
        let mut cells = vec![Cell::short(measure.table_unit())];
        for year in &years {
            let figure = number::figure(book, area, *year, measure);
            cells.push(figure.marked(notes.mark(&measure.code, *year)));
        }
        let figure = number::figure(book, area, period, measure).key();
        cells.push(figure.marked(notes.mark(&measure.code, period)));
        cells.push(if measure.is_class() || drawn.len() < 2 {
            Cell::text("x").class("sign")
        } else {
            Cell::drawing(draw::spark(book, area, &drawn, measure))
        });
        cells.push(Cell::number(standing.plan()));
        cells.push(Cell::number(standing.percent()));
        cells.push(number::change(book, area, period, measure));
        rows.push(Row::new(report::name(measure), cells));
    }
    let (reached, short) = judged(standings);
    let more = if hidden.is_empty() {
        String::new()
    } else {
        format!("{} chỉ tiêu khác không công bố ở cấp xã; số đầy đủ nằm trong tổng của tỉnh.", hidden.len())
    };
    let names: Vec<String> = hidden.iter().map(|standing| words::inside(&standing.measure.short)).collect();
    let named = if names.is_empty() {
        String::new()
    } else {
        format!("Không công bố ở đơn vị này: {}.", words::list(&names))
    };
    let finding = match reached.len() + short.len() {
        0 => format!("{} chỉ tiêu của đơn vị, {}.", shown.len(), period.title()),
        all => format!("Đạt kế hoạch ở {} trong {all} chỉ tiêu có kế hoạch.", reached.len()),
    };
    Block {
        id: "chi-tieu".into(),
        topic: "Các chỉ tiêu qua các năm".into(),
        finding,
        more,
        tables: vec![
            Table::new(
                format!("{} chỉ tiêu của {}", shown.len(), words::inside(unit.name())),
                format!("Các năm và {}; thay đổi {}", period.title(), words::versus(period, Versus::SamePeriodLastYear)),
                &columns,
                rows,
            )
            .full()
            .note("Diễn biến: mỗi dòng một thước riêng; chấm rỗng: không có số để vẽ. Tỷ lệ thay đổi bằng điểm phần trăm.")
            .note(named)
            .notes(notes.told),
        ],
        side: if book.is_public() {
            vec![Note::new("Số không công bố", "Số người ở cấp xã chỉ in theo năm và khi đủ lớn. Xem tổng của tỉnh ở trang chỉ tiêu; bản nội bộ có đủ.")]
        } else {
            Vec::new()
        },
        ..Block::default()
    }
}
