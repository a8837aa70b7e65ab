//! What came in, how far it is to the last target, and what falls due next.

use std::collections::{BTreeMap, BTreeSet};

use super::{ROWS, Slide, sentence};
use crate::release::ReturnState;
use crate::site::book::Book;
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::{Cell, Column, Row, Table};
use crate::site::view::{draw, number, progress};
use crate::site::words;
use crate::vocabulary::{Period, PeriodKind};

/// At most so many units are named in a cell.
const NAMED: usize = 6;

/// The returns of the period: how many units on time, late, absent, and who.
pub fn returns(book: &Book<'_>, period: Period) -> Slide {
    let owed = book.owed(period);
    // A unit is as late as its latest return.
    let mut states: [(&str, Vec<String>); 4] = [
        ("Đủ, đúng hạn", Vec::new()),
        ("Đủ, có báo cáo muộn", Vec::new()),
        ("Còn thiếu hoặc bị trả lại", Vec::new()),
        ("Chưa đến hạn", Vec::new()),
    ];
    for unit in &book.units {
        let Some(all) = owed.get(&unit.code) else { continue };
        let any = |of: fn(&ReturnState) -> bool| all.iter().any(|status| of(&status.state));
        let at = if any(|state| matches!(state, ReturnState::Missing | ReturnState::Returned)) {
            2
        } else if any(|state| *state == ReturnState::NotYetDue) {
            3
        } else {
            usize::from(any(|state| matches!(state, ReturnState::Late(_))))
        };
        states[at].1.push(unit.name().to_owned());
    }
    let all: usize = states.iter().map(|(_, names)| names.len()).sum();
    let title = match (all, states[2].1.len()) {
        (0, _) => "Kỳ này không có báo cáo phải nộp".to_owned(),
        (_, 0) => format!("Không đơn vị nào thiếu báo cáo; {} nộp đúng hạn", states[0].1.len()),
        (_, few) => format!("{few} trong {all} đơn vị còn thiếu báo cáo"),
    };
    let rows = states
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(title, names)| {
            let told = words::list_of(names, NAMED, "đơn vị");
            Row::new(Cell::text(*title), vec![Cell::number(names.len().to_string()).key(), Cell::text(told)])
        })
        .collect();
    let columns = [Column::text("Báo cáo của kỳ"), Column::number("Đơn vị"), Column::text("Tên, theo bảng chữ cái")];
    let missing: Vec<String> = book.missing(period).iter().map(|name| words::inside(name)).collect();
    let mut notes = vec![sentence(&title)];
    notes.push(match missing.is_empty() {
        true => "Mọi báo cáo của kỳ đã nhận đủ.".into(),
        false => sentence(&format!("Còn thiếu: {}", words::list_of(&missing, NAMED, "đơn vị"))),
    });
    let (whole, due) = book.returns_coverage(period);
    Slide {
        kind: "table",
        topic: "Tình hình nộp báo cáo".into(),
        title,
        subtitle: format!("{}, mọi báo cáo ghép thành kỳ này", period.heading()),
        table: (all > 0).then(|| Table::new("Tình hình nộp", "", &columns, rows)),
        coverage: format!("{}.", book.covered(period, whole, due)),
        notes,
        ..Slide::default()
    }
}

/// Where the measures with a last target stand to it; nothing where there is none.
pub fn progress(book: &Book<'_>, period: Period) -> Option<Slide> {
    let last = *draw::all_years(book).last()?;
    let year = Period::year(period.last_year());
    // Only a whole year stands beside the target of a year: of a quarter the stocks and ratios alone.
    let told: Vec<Standing<'_>> = progress::measures(book)
        .into_iter()
        .filter(|measure| measure.kind() != crate::release::MeasureKind::Flow || period == year)
        .filter_map(|measure| {
            let goal = book.target(&book.province, last, measure)?;
            Some(Standing::against(book, &book.province, period, measure, Some(goal)))
        })
        .filter(|standing| standing.figure.value.is_some())
        .take(ROWS)
        .collect();
    if told.is_empty() {
        return None;
    }
    let there = |standing: &&Standing<'_>| {
        standing.figure.value.is_some_and(|value| standing.goal.is_some_and(|goal| goal.met(value) == Some(true)))
    };
    let met = told.iter().filter(there).count();
    let over = period.ends_with(last);
    let title = match over {
        true => format!("{met} trong {} mục tiêu {last} đạt", told.len()),
        false => format!("{met} trong {} chỉ tiêu đã ở mức mục tiêu {last}", told.len()),
    };
    let rows: Vec<Row> = told
        .iter()
        .map(|standing| {
            let measure = standing.measure;
            let state = if there(&standing) {
                "đã ở mức mục tiêu".to_owned()
            } else {
                Standing { met: Some(false), ..standing.clone() }.lack()
            };
            Row::new(
                Cell::text(&measure.short).link(page::measure(&measure.code)).note(measure.table_unit()),
                vec![
                    number::figure(book, &book.province, period, measure).key(),
                    Cell::number(standing.plan()),
                    Cell::text(if state.is_empty() { standing.verdict().to_owned() } else { state }),
                ],
            )
        })
        .collect();
    let columns = [
        Column::text("Chỉ tiêu"),
        Column::number(words::capital(&period.title())).of(period),
        Column::number(format!("Mục tiêu {last}")),
        Column::text("Còn lại"),
    ];
    let notes = told
        .iter()
        .filter(|standing| !there(standing))
        .take(3)
        .map(|standing| sentence(&standing.told()))
        .chain([sentence(&format!("Nhịp cần mỗi năm để đến mục tiêu {last} ở trang Tiến độ"))])
        .collect();
    Some(Slide {
        kind: "table",
        topic: format!("Đường đến {last}"),
        title,
        subtitle: format!("Toàn tỉnh, {}, so với mục tiêu năm {last}", period.title()),
        table: Some(Table::new(format!("Mục tiêu {last}"), "", &columns, rows)),
        notes,
        ..Slide::default()
    })
}

/// The returns that fall due after the period, and the meetings that read it; nothing where there are neither.
pub fn calendar(book: &Book<'_>, period: Period) -> Option<Slide> {
    let ended = book.definitions().scheme.days(period).1;
    let mut due: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for status in
        book.release.reporting().iter().filter(|status| book.definitions().scheme.days(status.period).0 > ended)
    {
        due.entry((status.deadline, status.period)).or_default().insert(&status.unit);
    }
    let mut rows: Vec<Row> = due
        .iter()
        .take(3)
        .map(|((deadline, period), units)| {
            Row::new(
                Cell::text(format!("Báo cáo {}", period.title())),
                vec![
                    Cell::text(format!("nhận chậm nhất ngày {}", words::date(*deadline))),
                    Cell::text(format!("{} đơn vị", units.len())),
                ],
            )
        })
        .collect();
    let meetings: Vec<Row> = book
        .definitions()
        .plans
        .iter()
        .flat_map(|plan| plan.meetings.iter().map(move |meeting| (plan, meeting)))
        .filter(|(plan, meeting)| meeting.reviews == period.kind() && plan.from_year <= period.last_year())
        .filter(|(_, meeting)| meeting.years.is_empty() || meeting.years.contains(&period.last_year()))
        .map(|(plan, meeting)| {
            Row::new(Cell::text(&meeting.title), vec![Cell::text(&meeting.when), Cell::text(&plan.short)])
        })
        .take(3)
        .collect();
    let title = match (due.keys().next(), meetings.len()) {
        (Some((deadline, next)), _) => format!("Hạn tới: báo cáo {}, ngày {}", next.title(), words::date(*deadline)),
        (None, 0) => return None,
        (None, some) => format!("{} hội nghị đọc số liệu {}", words::capital(&words::numeral(some)), period.title()),
    };
    let kind = match period.kind() {
        PeriodKind::Span => "giai đoạn này",
        _ => "kỳ này",
    };
    let notes = vec![
        sentence(&title),
        match meetings.len() {
            0 => format!("Không kế hoạch nào ghi riêng hội nghị cho {kind}."),
            some => format!("{some} hội nghị theo các kế hoạch đọc số liệu {kind}."),
        },
    ];
    rows.extend(meetings);
    rows.truncate(ROWS);
    let columns = [Column::text("Việc"), Column::text("Thời gian"), Column::text("Ai, theo kế hoạch nào")];
    Some(Slide {
        kind: "table",
        topic: "Lịch báo cáo, hội nghị".into(),
        title,
        subtitle: format!("Sau {}", period.title()),
        table: Some(Table::new("Hạn nộp và hội nghị", "", &columns, rows)),
        notes,
        ..Slide::default()
    })
}
