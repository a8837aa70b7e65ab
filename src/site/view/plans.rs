//! The list of plans: each with who carries it out and how far its targets are reached.

use serde::Serialize;

use crate::definitions::Plan;
use crate::site::book::{Book, is_in};
use crate::site::chart::bullet::{Bullet, BulletRow};
use crate::site::chart::{Head, Value};
use crate::site::page;
use crate::site::standing::{Standing, judged};
use crate::site::view::block::{self, Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::{calendar, draw};
use crate::site::words;
use crate::vocabulary::number::{fixed, rounded};
use crate::vocabulary::{Period, PeriodKind};

/// What `plans.html` needs.
#[derive(Debug, Serialize)]
pub struct Plans {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// The list of plans.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Plans) {
    let period = book.current();
    let (whole, due) = book.returns_coverage(period);
    let plans = &book.definitions().plans;
    let units: std::collections::BTreeSet<_> =
        plans.iter().flat_map(|plan| &plan.adoptions).map(|adoption| &adoption.unit).collect();
    let (reached, all) =
        plans.iter().map(|plan| score(book, plan, period)).fold((0, 0), |(r, a), (x, y)| (r + x, a + y));
    let heading = match all {
        0 => format!("{} kế hoạch, {} đơn vị thực hiện", words::capital(&words::numeral(plans.len())), units.len()),
        _ => format!(
            "{} kế hoạch, đạt {reached} trong {all} mục tiêu của {}",
            words::capital(&words::numeral(plans.len())),
            period.title()
        ),
    };
    let lead = format!(
        "{} đơn vị thực hiện ít nhất một kế hoạch. Mỗi kế hoạch một trang: mục tiêu và kết quả, việc phải làm theo năm rõ, lịch báo cáo, căn cứ pháp lý.",
        units.len()
    );
    let mut blocks = vec![list(book, period), calendar::block(book)];
    block::number(&mut blocks);
    let frame = Frame::new(book.release, path, "Kế hoạch", &heading, &lead)
        .about(book.release, period, book.period_status(period), &words::covered(whole, due, book.enough()))
        .action("Mô hình", page::MODELS)
        .action("Tình hình nộp", page::RETURNS);
    (frame, Plans { blocks })
}

fn list(book: &Book<'_>, period: Period) -> Block {
    let plans = &book.definitions().plans;
    let rows = plans.iter().map(|plan| row(book, plan, period)).collect();
    let columns = [
        Column::text("Kế hoạch"),
        Column::text("Cơ quan ban hành"),
        Column::text("Thời gian"),
        Column::number("Đơn vị"),
        Column::text("Nhịp báo cáo"),
        Column::number("Mục tiêu đạt").unit("trên số đánh giá được"),
        Column::number("Báo cáo").unit("đã nhận/phải nộp"),
    ];
    let scores: Vec<(&Plan, (usize, usize))> = plans.iter().map(|plan| (plan, score(book, plan, period))).collect();
    let short: Vec<String> = scores
        .iter()
        .filter(|(_, (reached, all))| reached < all)
        .map(|(plan, (reached, all))| format!("{} ({reached}/{all})", words::inside(&plan.short)))
        .collect();
    let judged = scores.iter().filter(|(_, (_, all))| *all > 0).count();
    let finding = match (judged, short.len()) {
        (0, _) => "Chưa có mục tiêu nào đánh giá được trong kỳ.".to_owned(),
        (_, 0) => "Mọi kế hoạch đạt đủ các mục tiêu đánh giá được.".to_owned(),
        _ => format!("Chưa đạt đủ mục tiêu: {}.", words::list(&short)),
    };
    let title = format!("{} trong {judged} kế hoạch đạt đủ mục tiêu", judged - short.len());
    let bars = scores
        .iter()
        .map(|(plan, (reached, all))| {
            let share = rounded(*reached as i64, *all as i64, 100, 1);
            BulletRow {
                label: plan.short.trim_start_matches("Mô hình ").to_owned(),
                percent: share.map_or(Value::NotApplicable, |share| Value::At(share as f64 / 10.0)),
                percent_label: share.map_or(String::new(), |share| format!("{}%", fixed(share, 1))),
                pair: if *all == 0 { String::new() } else { format!("{reached} / {all}") },
                met: reached == all,
            }
        })
        .collect();
    Block {
        id: "danh-sach".into(),
        topic: "Các kế hoạch".into(),
        finding,
        more: "Mỗi mục tiêu của mỗi đơn vị thực hiện tính là một; chỉ đếm mục tiêu có đủ số liệu để đánh giá.".into(),
        figures: vec![Figure {
            title,
            subtitle: format!("Mục tiêu đạt trên mục tiêu đánh giá được, các đơn vị thực hiện, {} (%)", period.title()),
            drawings: draw::both(
                Bullet {
                    head: Head {
                        id: "muc-tieu".into(),
                        title: format!("Mục tiêu đạt theo kế hoạch, {}", period.title()),
                        summary: String::new(),
                    },
                    plan_label: "Mọi mục tiêu".into(),
                    pair_label: "đạt / đánh giá được".into(),
                    rows: bars,
                }
                .drawing(),
            ),
            coverage: "x: không có mục tiêu nào đánh giá được trong kỳ.".into(),
            ..Figure::default()
        }],
        tables: vec![
            Table::new(
                format!("{} kế hoạch đang theo dõi", words::capital(&words::numeral(plans.len()))),
                period.heading(),
                &columns,
                rows,
            )
            .full(),
        ],
        side: vec![
            Note::new(
                "Nhịp báo cáo",
                "Đơn vị thực hiện nhiều kế hoạch báo cáo theo nhịp dày nhất; số của kỳ dài hơn được ghép từ các báo cáo đó.",
            ),
            Note::new("Không xếp hạng", "Các kế hoạch có mục tiêu và phạm vi khác nhau, không so hơn kém với nhau."),
        ],
        ..Block::default()
    }
}

fn row(book: &Book<'_>, plan: &Plan, period: Period) -> Row {
    let (reached, all) = score(book, plan, period);
    let (mut came, mut due) = (0, 0);
    for status in book.returns(period).filter(|status| status.plans.contains(&plan.id)) {
        due += 1;
        came += usize::from(is_in(status));
    }
    let part = |a: usize, b: usize| if b == 0 { "x".to_owned() } else { format!("{a}/{b}") };
    Row::new(
        Cell::text(&plan.short).link(page::plan(&plan.id)).note(format!("số {}, ngày {}", plan.number, plan.date)),
        vec![
            Cell::text(&plan.issuer),
            Cell::short(horizon(plan)),
            Cell::number(adopting(book, plan).len().to_string()),
            Cell::text(rhythm(plan)),
            Cell::number(part(reached, all)).key(),
            Cell::number(part(came, due)),
        ],
    )
}

/// Targets of the adopting units that are reached, and those that can be judged.
fn score(book: &Book<'_>, plan: &Plan, period: Period) -> (usize, usize) {
    let standings = standings(book, plan, period);
    let (reached, short) = judged(&standings);
    (reached.len(), reached.len() + short.len())
}

/// Where every place stands against what the plan sets for it.
fn standings<'b>(book: &'b Book<'_>, plan: &Plan, period: Period) -> Vec<Standing<'b>> {
    let goals = book.goals_of(&plan.id, period).into_iter();
    goals.map(|(area, measure, goal)| Standing::against(book, area, period, measure, Some(goal))).collect()
}

/// `2026–2030`, `từ 2026`.
pub fn horizon(plan: &Plan) -> String {
    match plan.to_year {
        Some(last) if last == plan.from_year => last.to_string(),
        Some(last) => format!("{}–{last}", plan.from_year),
        None => format!("từ {}", plan.from_year),
    }
}

/// `quý, 6 tháng, năm`.
pub fn rhythm(plan: &Plan) -> String {
    let kinds = [(PeriodKind::Quarter, "quý"), (PeriodKind::Half, "6 tháng"), (PeriodKind::Year, "năm")];
    let asked = kinds.iter().filter(|(kind, _)| plan.returns.iter().any(|rule| rule.kind == *kind));
    let names: Vec<&str> = asked.map(|(_, name)| *name).collect();
    if names.is_empty() { "x".into() } else { names.join(", ") }
}

/// The units that carry a plan out at the end of the period in review, in reading order.
pub fn adopting<'a>(book: &Book<'a>, plan: &Plan) -> Vec<&'a crate::definitions::Unit> {
    let (_, end) = book.definitions().scheme.days(book.current());
    let carries = |code: &crate::vocabulary::UnitCode| {
        let mine = plan.adoptions.iter().filter(|adoption| adoption.unit == *code);
        mine.into_iter().any(|adoption| adoption.from <= end && adoption.to.is_none_or(|to| end <= to))
    };
    book.units.iter().copied().filter(|unit| carries(&unit.code)).collect()
}
