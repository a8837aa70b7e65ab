//! The page of a unit: against its plan, its peers and its own past.

use serde::Serialize;

use crate::analysis::Silence;
use crate::analysis::change::Signal;
use crate::definitions::Unit;
use crate::definitions::schedule;
use crate::release::{Explained, ExplanationState, ReturnState, Versus};
use crate::site::book::{Book, is_in};
use crate::site::catalogue::Measure;
use crate::site::interval::wilson;
use crate::site::page;
use crate::site::signals::listed;
use crate::site::standing::{Standing, judged};
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::{among, draw, history, number, own_plans, quality, rebased, report};
use crate::site::words;
use crate::statistics::funnel::Stance;
use crate::statistics::interval::Confidence;
use crate::vocabulary::{Area, MeasureCode, ObsStatus, Period, PeriodKind};

/// What `unit.html` needs.
#[derive(Debug, Serialize)]
pub struct UnitPage {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// The page of a unit.
pub fn view(book: &Book<'_>, unit: &Unit, path: &str) -> (Frame, UnitPage) {
    let area = Book::area(unit);
    let period = book.current();
    let standings: Vec<Standing<'_>> =
        book.measures.iter().map(|measure| Standing::of(book, &area, period, measure)).collect();
    let mut blocks: Vec<Block> = Vec::new();
    blocks.extend(own_plans::block(book, unit, &area, period, &standings));
    blocks.extend(among::block(book, unit, &area, period));
    blocks.push(course(book, unit, &area, period, &standings));
    blocks.extend(rebased::block(book, unit));
    blocks.extend(history::settlements(book, unit));
    blocks.extend(history::models(book, unit));
    blocks.extend(history::criteria(book, unit));
    blocks.push(history::returns(book, unit));
    blocks.push(history::names(book, unit));
    block::number(&mut blocks);
    let table = blocks.iter().find(|block| block.id == "chi-tieu").map_or(1, |block| block.tables[0].number);
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
            let stance = match stance.map(listed) {
                Ok(Stance::High) => ", cao hơn rõ mức chung",
                Ok(Stance::Low) => ", thấp hơn rõ mức chung",
                Ok(_) => ", chưa thấy khác mức chung",
                Err(_) => "",
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
    if let Some((measure, _)) = lead_measure
        && let Some((x, n)) = book.figure(&area, period, measure).ratio().filter(|(x, n)| x <= n)
    {
        lead.push(format!(
            "{}: {}.",
            words::capital(&measure.short),
            words::inside(&words::interval(wilson(x, n, Confidence::P95)))
        ));
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
            .action("So sánh", format!("{}#{}", page::COMPARE, unit.code));
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
fn headline<'b>(book: &'b Book<'_>, area: &Area, period: Period) -> Option<(&'b Measure, Result<Stance, Silence>)> {
    let ratios = book.definitions().site.headlines.iter().filter_map(|code| book.measure(code));
    let mut shown = ratios.filter(|measure| measure.is_ratio());
    let measure = shown.find(|measure| book.figure(area, period, measure).ratio().is_some_and(|(_, n)| n > 0))?;
    Some((measure, book.signals.stance(measure, area)))
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

/// Each signal once with the measures that show it: `Tăng rõ rệt: học nghề và vay vốn.`
fn told_by_signal(found: &[(&str, String)]) -> Vec<String> {
    let mut signals: Vec<&str> = found.iter().map(|(signal, _)| *signal).collect();
    signals.sort_unstable();
    signals.dedup();
    let named = |signal: &str| -> Vec<&str> {
        found.iter().filter(|(of, _)| *of == signal).map(|(_, name)| name.as_str()).collect()
    };
    signals
        .into_iter()
        .rev()
        .map(|signal| format!("{signal}: {}.", words::list_of(&named(signal), 6, "chỉ tiêu")))
        .collect()
}

/// Every measure over the years, with plan and change.
fn course(book: &Book<'_>, unit: &Unit, area: &Area, period: Period, standings: &[Standing<'_>]) -> Block {
    let rules = book.rules();
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
    columns.extend(years.iter().chain([&period]).map(|year| rebased::column(book, unit, *year).of(*year)));
    columns.push(Column::text("Diễn biến"));
    columns.push(Column::number("So với cùng kỳ"));
    let mut drawn = years.clone();
    if period.kind() == PeriodKind::Year {
        drawn.push(period);
    }
    let mut rows = Vec::new();
    let mut notes = Footnotes::of(book, unit);
    let mut theme = "";
    let (mut changes, mut trends) = (Vec::new(), Vec::new());
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
            let cell = Cell::drawing(draw::spark(book, area, &drawn, measure)).class("sp");
            match book.trend(area, measure) {
                Ok(trend) if trend.way.is_some() => {
                    trends.push((trend.text(), words::inside(&measure.short)));
                    cell.note(words::inside(trend.text()))
                }
                _ => cell,
            }
        });
        let change = number::change(book, area, period, measure);
        cells.push(match book.verdict(area, period, measure).map(|verdict| verdict.alone()) {
            Some(signal @ (Signal::Up | Signal::Down)) => {
                changes.push((signal.text(), words::inside(&measure.short)));
                change.note(words::inside(signal.text()))
            }
            _ => change,
        });
        rows.push(Row::new(report::name(measure), cells));
    }
    let (reached, short) = judged(standings);
    let mut more = told_by_signal(&changes);
    more.extend(told_by_signal(&trends));
    if !hidden.is_empty() {
        let hidden = hidden.len();
        more.push(format!("{hidden} chỉ tiêu khác không công bố ở cấp xã; số đầy đủ nằm trong tổng của tỉnh."));
    }
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
        more: more.join(" "),
        tables: vec![
            Table::new(
                format!("{} chỉ tiêu của {}", shown.len(), words::inside(unit.name())),
                format!("Các năm và {}; thay đổi {}", period.title(), words::versus(period, Versus::SamePeriodLastYear)),
                &columns,
                rows,
            )
            .full()
            .note("Diễn biến: mỗi dòng một thước riêng; chấm rỗng: không có số để vẽ. Tỷ lệ thay đổi bằng điểm phần trăm.")
            .note(format!(
                "Thay đổi không ghi “rõ rệt” là trong mức dao động bình thường hoặc số quá nhỏ, chưa đủ để so sánh. Xu hướng chỉ ghi khi có ít nhất {} kỳ và {} trường hợp.",
                rules.trend_periods, rules.trend_events
            ))
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
