//! The targets of a plan year by year, unit by unit: numbers, and returns in time. Who is behind is named by name.

use std::collections::BTreeMap;

use crate::analysis::target::State;
use crate::definitions::plan::Due;
use crate::definitions::{Plan, Target, Unit};
use crate::release::{ReturnState, ReturnStatus};
use crate::site::book::{Book, Goal};
use crate::site::catalogue::Measure;
use crate::site::page;

use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::view::draw;
use crate::site::view::progress::{judged, standing_cell, year_cell};
use crate::site::words;
use crate::vocabulary::{Area, MeasureCode, Period, PeriodKind};

/// A table lists the units one by one up to this many.
const LISTED: usize = 20;

/// Every target of the plan in every year; nothing for a plan without targets.
pub fn targets(book: &Book<'_>, plan: &Plan) -> Option<Block> {
    let years = draw::all_years(book);
    let mut set: BTreeMap<(MeasureCode, Area), BTreeMap<Period, &Target>> = BTreeMap::new();
    let own = book.definitions().targets.iter().filter(|target| target.plan.as_ref() == Some(&plan.id));
    for target in own.filter(|target| target.period.kind() == PeriodKind::Year) {
        set.entry((target.measure.clone(), target.area.clone())).or_default().insert(target.period, target);
    }
    let year = Period::year(book.current().last_year());
    let measures: Vec<&Measure> = plan
        .measures
        .iter()
        .filter(|code| set.keys().any(|(measure, _)| measure == *code))
        .filter_map(|code| book.measure(code))
        .collect();
    let (mut rows, mut notes, mut short, mut all) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for measure in &measures {
        let province = set
            .get(&(measure.code.clone(), book.province.clone()))
            .map(|targets| (book.province.clone(), Cell::text("Toàn tỉnh"), targets));
        let units = book.units.iter().filter_map(|unit| {
            let area = Book::area(unit);
            let targets = set.get(&(measure.code.clone(), area.clone()))?;
            Some((area, Cell::short(unit.name()).link(page::unit(unit)), targets))
        });
        let places: Vec<_> = province.into_iter().chain(units).collect();
        let one = one_goal(measure, places.iter().flat_map(|(_, _, targets)| targets.values().copied()));
        rows.push(match &one {
            Some(goal) => Row::heading(format!("{}: mục tiêu {goal}", measure.title)),
            None => Row::heading(&measure.title),
        });
        let cell = if one.is_some() { standing_cell } else { year_cell };
        let (many, mut left) = (places.len() > LISTED, 0);
        let begun = rows.len();
        for (area, label, targets) in &places {
            let this = targets.get(&year).and_then(|target| judged(book, target, measure));
            all += usize::from(this.is_some_and(|state| !matches!(state, State::Unknown(_) | State::NotDue)));
            if this.is_some_and(State::is_short) {
                short.push((words::inside(&measure.short), words::inside(&label.text)));
            }
            if many && !this.is_some_and(State::is_short) {
                continue;
            }
            if rows.len() - begun == LISTED {
                left += 1;
                continue;
            }
            let cells = years.iter().map(|year| cell(book, targets.get(year).copied(), area, *year, measure));
            rows.push(Row::new(label.clone(), cells.collect()));
        }
        if left > 0 {
            let short = &measure.short;
            notes.push(format!("{short}: còn {left} đơn vị chưa đạt hoặc chậm tiến độ, ở trang Tiến độ của chỉ tiêu."));
        }
    }
    if rows.is_empty() {
        return None;
    }
    let finding = match (all, short.is_empty()) {
        (0, _) => format!("{}: chưa mục tiêu nào đánh giá được.", year.heading()),
        (all, true) => format!("{}: cả {all} mục tiêu đánh giá được đều đạt hoặc đúng tiến độ.", year.heading()),
        (_, false) => {
            format!("{}, chưa đạt hoặc chậm tiến độ: {}.", year.heading(), words::under_heads(&short, 6))
        }
    };
    let mut columns = vec![Column::text("Mục tiêu, đơn vị")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string())));
    Some(Block {
        id: "tung-nam".into(),
        topic: "Mục tiêu từng năm".into(),
        finding,
        tables: vec![
            Table::new(
                format!("{} mục tiêu của kế hoạch theo đơn vị và năm", measures.len()),
                "Thực hiện; dòng nhỏ: so với mục tiêu; đơn vị xếp theo tên",
                &columns,
                rows,
            )
            .full()
            .note("Tỷ lệ có mẫu số dưới 20 ghi phân số; đạt hay chưa tính trên phân số đúng, không làm tròn.")
            .notes(notes),
        ],
        ..Block::default()
    })
}

/// What several targets ask for when it is the same: `100%`, `trên 80%`.
fn one_goal<'t>(measure: &Measure, targets: impl Iterator<Item = &'t Target>) -> Option<String> {
    let mut goals: Vec<String> = targets.map(|target| Goal::of(target).said(measure)).collect();
    let many = goals.len() > 1;
    goals.dedup();
    match &goals[..] {
        [goal] if many => Some(goal.clone()),
        _ => None,
    }
}

/// The returns the plan asks for, in time or not, by unit and year.
pub fn punctuality(book: &Book<'_>, plan: &Plan, units: &[&Unit]) -> Option<Block> {
    let years: Vec<Period> =
        draw::all_years(book).into_iter().filter(|year| year.first_year() <= book.current().last_year()).collect();
    let asked = |unit: &Unit, year: &Period| -> Vec<&ReturnStatus> {
        let mine = book.returns(*year).filter(|status| status.unit == unit.code && status.plans.contains(&plan.id));
        mine.filter(|status| status.state != ReturnState::NotYetDue).collect()
    };
    let (mut on_time, mut due, mut late) = (0, 0, Vec::new());
    let mut rows = Vec::new();
    for unit in units {
        let cells: Vec<Cell> = years
            .iter()
            .map(|year| {
                let all = asked(unit, year);
                let good = all.iter().filter(|status| status.state == ReturnState::OnTime).count();
                (on_time, due) = (on_time + good, due + all.len());
                let bad: Vec<&&ReturnStatus> =
                    all.iter().filter(|status| status.state != ReturnState::OnTime).collect();
                if !bad.is_empty() && *year == Period::year(book.current().last_year()) {
                    late.push(words::inside(unit.name()));
                }
                let told: Vec<String> = bad
                    .iter()
                    .map(|status| format!("{}: {}", status.period.short(), words::inside(&status.state.title())))
                    .collect();
                match all.len() {
                    0 => Cell::number("x"),
                    many => Cell::number(format!("{good}/{many}")).note(told.join("; ")),
                }
            })
            .collect();
        if units.len() <= LISTED || cells.iter().any(|cell| !cell.note.is_empty()) {
            rows.push(Row::new(Cell::short(unit.name()).link(page::unit(unit)), cells));
        }
    }
    let left = rows.len().saturating_sub(LISTED);
    rows.truncate(LISTED);
    if due == 0 {
        return None;
    }
    let finding = match late.is_empty() {
        true => format!("{} trong {} báo cáo đến hạn nộp đúng hạn.", words::count(on_time), words::count(due)),
        false => format!(
            "{} trong {} báo cáo đến hạn nộp đúng hạn; năm {} còn muộn hoặc thiếu: {}.",
            words::count(on_time),
            words::count(due),
            book.current().last_year(),
            words::list_of(&late, 8, "đơn vị")
        ),
    };
    let mut columns = vec![Column::text("Đơn vị")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string())));
    Some(Block {
        id: "dung-han".into(),
        topic: "Mục tiêu nộp đúng hạn".into(),
        finding,
        tables: vec![
            Table::new("Báo cáo nộp đúng hạn theo đơn vị và năm", "Số đúng hạn trên số báo cáo mà kế hoạch yêu cầu", &columns, rows)
                .full()
                .note("x: kế hoạch không đòi báo cáo riêng của đơn vị, vì đơn vị báo cáo theo nhịp dày hơn của kế hoạch khác.")
                .note(match left {
                    0 => String::new(),
                    left => format!("Còn {left} đơn vị có báo cáo muộn hoặc thiếu, ở trang Tình hình nộp."),
                }),
        ],
        side: vec![Note { title: "Hạn của kế hoạch".into(), paragraphs: deadlines(plan) }],
        ..Block::default()
    })
}

/// The deadlines of the plan in words: `Báo cáo 6 tháng đầu năm: trước ngày 10/6, nhận chậm nhất ngày 09/6.`
fn deadlines(plan: &Plan) -> Vec<String> {
    plan.returns
        .iter()
        .map(|rule| {
            let what = match (rule.kind, rule.number) {
                (PeriodKind::Quarter, _) => "Báo cáo quý".to_owned(),
                (PeriodKind::Half, Some(1)) => "Báo cáo 6 tháng đầu năm".to_owned(),
                (PeriodKind::Half, Some(_)) => "Báo cáo 6 tháng cuối năm".to_owned(),
                (PeriodKind::Half, None) => "Báo cáo 6 tháng".to_owned(),
                _ => "Báo cáo năm".to_owned(),
            };
            match rule.due {
                Due::DaysAfterEnd(days) => format!("{what}: trong {days} ngày sau ngày chốt số liệu."),
                Due::Before { month, day } => {
                    let year = 2001; // Any year that is no leap year: only day and month are told.
                    let named = chrono::NaiveDate::from_ymd_opt(year, month, day);
                    let last = named.and_then(|named| named.pred_opt()).map(words::date).unwrap_or_default();
                    let last = last.strip_suffix("/2001").unwrap_or(&last).to_owned();
                    format!("{what}: trước ngày {day:02}/{month}, tức là nhận chậm nhất ngày {last}.")
                }
            }
        })
        .collect()
}
