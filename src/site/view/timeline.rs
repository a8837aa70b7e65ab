//! The timeline of a plan: its milestones, review meetings and deadlines over the years.

use crate::definitions::Plan;
use crate::site::book::Book;
use crate::site::chart::Head;
use crate::site::chart::timeline::{Lane, Milepost, Timeline};
use crate::site::view::agenda::{self, Event, What};
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::draw;
use crate::site::words;
use crate::vocabulary::{Period, PeriodKind};

/// The milestones and meetings of a plan; nothing for a plan without either.
pub fn block(book: &Book<'_>, plan: &Plan) -> Option<Block> {
    let events = agenda::of(book, plan);
    let listed: Vec<&Event<'_>> = events.iter().filter(|event| !is_quarterly(event)).collect();
    if listed.is_empty() {
        return None;
    }
    let as_of = book.release.as_of();
    let next = listed.iter().find(|event| event.day > as_of);
    let finding = match next {
        Some(event) => format!("Việc sắp tới: {}, {}.", words::inside(event.title), when(event)),
        None => format!("Cả {} mốc và hội nghị của {} đã đến ngày.", listed.len(), years_of(book)),
    };
    let mut rows = Vec::new();
    let mut year = String::new();
    for event in &listed {
        let of = match event.what {
            What::Meeting(_, period) => period.last_year(),
            What::Milestone => chrono::Datelike::year(&event.day),
        };
        let heading = format!("Năm {of}");
        if heading != year {
            rows.push(Row::heading(&heading));
            year = heading;
        }
        let note = match event.what {
            What::Milestone => String::new(),
            What::Meeting(_, period) => format!("đọc số liệu {}", period.title()),
        };
        let past = if event.day <= as_of { "đã đến ngày" } else { "sắp tới" };
        rows.push(Row::new(
            Cell::short(words::capital(&when(event))),
            vec![Cell::text(event.title).class("long").note(note), Cell::short(past)],
        ));
    }
    let columns = [Column::text("Ngày"), Column::text("Mốc, hội nghị"), Column::text("Đến ngày khóa")];
    let often: Vec<String> = plan
        .meetings
        .iter()
        .filter(|meeting| meeting.reviews == PeriodKind::Quarter)
        .map(|meeting| format!("{}: {}.", meeting.title, words::inside(&meeting.when)))
        .collect();
    let mut side = vec![Note::new(
        "Ngày của hội nghị",
        "Kế hoạch không ấn định ngày họp: ghi ngày sớm nhất, khi số liệu mà hội nghị đọc đã chốt.",
    )];
    if !often.is_empty() {
        side.push(Note { title: "Việc hằng quý, không ghi từng lần".into(), paragraphs: often });
    }
    Some(Block {
        id: "thoi-gian".into(),
        topic: format!("Dòng thời gian {}", years_of(book)),
        finding,
        figures: vec![figure(book, plan, &listed)],
        tables: vec![Table::new(
            "Mốc thời gian và hội nghị",
            format!("Theo văn bản kế hoạch; tính đến ngày khóa số liệu {}", words::date(as_of)),
            &columns,
            rows,
        )],
        side,
        ..Block::default()
    })
}

fn is_quarterly(event: &Event<'_>) -> bool {
    matches!(event.what, What::Meeting(meeting, _) if meeting.reviews == PeriodKind::Quarter)
}

/// `2026–2030`.
fn years_of(book: &Book<'_>) -> String {
    let site = &book.definitions().site;
    format!("{}–{}", site.first_year, site.last_year)
}

/// `30/5/2026`; of a meeting `sau 14/12/2028`.
fn when(event: &Event<'_>) -> String {
    match event.what {
        What::Milestone => words::date(event.day),
        What::Meeting(..) => format!("từ {}", words::date(event.day)),
    }
}

fn figure(book: &Book<'_>, plan: &Plan, events: &[&Event<'_>]) -> Figure {
    let years = draw::all_years(book);
    let as_of = book.release.as_of();
    let post = |day, label: String| Some(Milepost { at: agenda::place(book, &years, day)?, label, past: day <= as_of });
    let of_events = |wanted: fn(&What<'_>) -> bool| -> Vec<Milepost> {
        let told = |event: &&&Event<'_>| wanted(&event.what);
        let label = |event: &Event<'_>| match event.what {
            What::Milestone => words::short_date(event.day),
            What::Meeting(_, period) if period.kind() == PeriodKind::Span => period.short(),
            What::Meeting(..) => String::new(),
        };
        events.iter().filter(told).filter_map(|event| post(event.day, label(event))).collect()
    };
    let scheme = &book.definitions().scheme;
    let mut deadlines: Vec<chrono::NaiveDate> = years
        .iter()
        .filter(|year| plan.from_year <= year.last_year() && plan.to_year.is_none_or(|to| year.last_year() <= to))
        .flat_map(|year| Period::of_years(year.last_year(), year.last_year()))
        .flat_map(|period| {
            let asked = plan.returns.iter().filter(move |rule| rule.asks_for(period));
            asked.map(move |rule| rule.due.deadline(period, scheme.days(period).1))
        })
        .collect();
    deadlines.sort_unstable();
    deadlines.dedup();
    let lanes = [
        ("Mốc của kế hoạch", of_events(|what| matches!(what, What::Milestone))),
        ("Sơ kết, tổng kết", of_events(|what| matches!(what, What::Meeting(..)))),
        ("Hạn nộp báo cáo", deadlines.into_iter().filter_map(|day| post(day, String::new())).collect()),
    ];
    let meetings = lanes[1].1.len();
    Figure {
        title: match meetings {
            0 => format!("{} mốc trong {}", lanes[0].1.len(), years_of(book)),
            some => format!("{some} lần sơ kết, tổng kết trong {}", years_of(book)),
        },
        subtitle: format!("{}, {}, theo ngày", plan.short, years_of(book)),
        key: vec!["chấm đặc: đã đến ngày; chấm rỗng: sắp tới".into(), "vạch đứt: ngày khóa số liệu".into()],
        drawings: draw::both(
            Timeline {
                head: Head {
                    id: "thoi-gian".into(),
                    title: format!("Dòng thời gian của kế hoạch {}", plan.short),
                    summary: String::new(),
                },
                years: years.iter().map(ToString::to_string).collect(),
                today: agenda::place(book, &years, as_of).map(|at| (at, words::short_date(as_of))),
                lanes: lanes
                    .into_iter()
                    .filter(|(_, marks)| !marks.is_empty())
                    .map(|(name, marks)| Lane { name: name.to_owned(), marks })
                    .collect(),
            }
            .drawing(),
        ),
        coverage: "Hạn nộp báo cáo từng kỳ ở bảng lịch báo cáo.".into(),
        ..Figure::default()
    }
}
