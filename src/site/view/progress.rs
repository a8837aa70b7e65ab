//! Tiến độ: every target against what was done, this year and on the way to the last year.

use serde::Serialize;

use crate::analysis::pace::Pace;
use crate::analysis::target::{State, judge};
use crate::definitions::Target;
use crate::site::book::{Book, Goal};
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::{self, Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::{draw, number, way};
use crate::site::words;
use crate::vocabulary::text::slug;
use crate::vocabulary::{Area, ObsStatus, Period};

/// What `progress.html` needs.
#[derive(Debug, Serialize)]
pub struct ProgressPage {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// The measures that somebody has a target for, each with a page of its own here.
pub fn measures<'b>(book: &'b Book<'_>) -> Vec<&'b Measure> {
    book.measures.iter().filter(|measure| !measure.is_class() && book.targets.has(&measure.code)).collect()
}

/// The page of all targets, for the whole.
pub fn index(book: &Book<'_>, path: &str) -> (Frame, ProgressPage) {
    let period = book.current();
    let measures = measures(book);
    let paces: Vec<(&Measure, Option<Pace>)> =
        measures.iter().map(|measure| (*measure, way::of(book, &book.province, measure))).collect();
    let mut blocks = vec![way(book, &paces)];
    blocks.extend(this_year(book, period, &measures));
    blocks.push(by_year(book, &book.province, &measures));
    block::number(&mut blocks);
    let last = draw::all_years(book).last().map_or(0, |year| year.last_year());
    let finding = tally(&paces);
    let heading = match finding.is_empty() {
        true => format!("Tiến độ đến {last}: chưa đủ số liệu"),
        false => format!("Tiến độ đến {last}: {finding}"),
    };
    let lead = "So kết quả với mục tiêu từng năm, và với nhịp còn cần để đến mục tiêu cuối giai đoạn.";
    let mut frame = Frame::new(book.release, path, "Tiến độ", &heading, lead)
        .about(book.release, period, book.period_status(period), "")
        .action("Kế hoạch", page::PLANS)
        .action("Điều hành", page::HOME);
    frame.title(&format!("Tiến độ đến {last}"));
    (frame, ProgressPage { blocks })
}

/// How many ways stand how: `5 chỉ tiêu đang ở mức mục tiêu, 2 chỉ tiêu cần nhịp cao hơn`.
fn tally(paces: &[(&Measure, Option<Pace>)]) -> String {
    const ORDER: [&str; 6] =
        ["đạt mục tiêu", "đang ở mức mục tiêu", "đủ nhịp", "cần nhịp cao hơn", "chưa đạt mục tiêu", "chưa đủ số kỳ"];
    let verdicts: Vec<&str> = paces.iter().flat_map(|(_, pace)| pace).map(way::verdict).collect();
    let count = |word: &&str| verdicts.iter().filter(|verdict| *verdict == word).count();
    let told = ORDER.iter().map(|word| (count(word), word)).filter(|(count, _)| *count > 0);
    told.map(|(count, word)| format!("{count} chỉ tiêu {word}")).collect::<Vec<_>>().join(", ")
}

/// Every target of the last year with the pace it asks for and the pace there is.
fn way(book: &Book<'_>, paces: &[(&Measure, Option<Pace>)]) -> Block {
    let last = draw::all_years(book).last().map_or(0, |year| year.last_year());
    let rows = paces.iter().map(|(measure, pace)| {
        let label = Cell::text(&measure.short).link(page::progress_of(&measure.code));
        Row::new(label, pace_cells(book, measure, &book.province, pace.as_ref()))
    });
    let rows = rows.collect();
    let short: Vec<String> = paces
        .iter()
        .filter_map(|(measure, pace)| Some((measure, pace.as_ref()?)))
        .filter(|(_, pace)| way::is_short(pace))
        .map(|(measure, pace)| {
            let need = way::need(pace, measure);
            let need = if need.is_empty() { String::new() } else { format!(" ({need})") };
            format!("{}{need}", words::inside(&measure.short))
        })
        .collect();
    let over = paces.iter().flat_map(|(_, pace)| pace).all(|pace| pace.quarters_left <= 0);
    let finding = match (short.is_empty(), over) {
        (true, true) => format!("Mọi mục tiêu toàn tỉnh đến {last} đánh giá được đều đạt."),
        (true, false) => format!("Chưa thấy chỉ tiêu nào cần nhịp cao hơn để đến mục tiêu {last}."),
        (false, true) => format!("Chưa đạt mục tiêu {last}: {}.", words::list_of(&short, 4, "chỉ tiêu")),
        (false, false) => format!("Cần nhịp cao hơn: {}.", words::list_of(&short, 4, "chỉ tiêu")),
    };
    // The lines of those that need more say most; when none does, of the first ratios.
    let mut drawn: Vec<&Measure> = paces
        .iter()
        .filter(|(measure, pace)| pace.as_ref().is_some_and(way::is_short) && !measure.is_money())
        .map(|(measure, _)| *measure)
        .collect();
    drawn.extend(
        paces.iter().filter(|(measure, pace)| pace.is_some() && measure.is_ratio()).map(|(measure, _)| *measure),
    );
    let mut figures: Vec<Figure> = Vec::new();
    for measure in drawn {
        let id = format!("duong-{}", slug(measure.code.as_str()));
        if figures.len() < 2 && !figures.iter().any(|figure| figure.drawings.iter().any(|svg| svg.contains(&id))) {
            figures.push(line(book, measure, &book.province, "", id));
        }
    }
    Block {
        id: "duong-den-dich".into(),
        topic: format!("Đường đến {last}"),
        finding,
        pair: figures.len() == 2,
        figures,
        tables: vec![
            Table::new(
                format!("{} chỉ tiêu có mục tiêu, toàn tỉnh", paces.len()),
                format!("Mức hiện nay, nhịp cần thiết và nhịp bình quân đến {last}"),
                &pace_columns("Chỉ tiêu", last, true),
                rows,
            )
            .full()
            .notes(notes()),
        ],
        side: vec![how()],
        ..Block::default()
    }
}

/// The years of a measure at a place with its plan and the pace still needed.
pub fn line(book: &Book<'_>, measure: &Measure, area: &Area, name: &str, id: String) -> Figure {
    let years = draw::all_years(book);
    let (first, last) = (years[0], years[years.len() - 1]);
    let pace = way::of(book, area, measure);
    let told = pace.as_ref().map_or("chưa đủ số liệu".to_owned(), |pace| way::verdict(pace).to_owned());
    let head = Head { id, title: format!("{} và mục tiêu đến {last}", measure.title), summary: String::new() };
    let projection = pace.as_ref().map_or(String::new(), |pace| way::projection(pace, measure));
    Figure {
        title: format!("{}: {told}", measure.short),
        subtitle: format!(
            "{}{first}–{last}, {}",
            if name.is_empty() { "Toàn tỉnh, ".to_owned() } else { format!("{name}, ") },
            measure.table_unit()
        ),
        drawings: draw::both(draw::years(book, area, name, measure, head)),
        coverage: if projection.is_empty() { String::new() } else { format!("{}.", words::capital(&projection)) },
        ..Figure::default()
    }
}

/// The columns of a table of paces.
pub fn pace_columns(what: &str, last: i32, with_unit: bool) -> Vec<Column> {
    let mut columns = vec![Column::text(what)];
    if with_unit {
        columns.push(Column::text("ĐVT"));
    }
    columns.extend([
        Column::number("Đến nay"),
        Column::number(format!("Mục tiêu đến {last}")),
        Column::number("Cần").under("Mỗi năm"),
        Column::number("Bình quân").under("Mỗi năm"),
        Column::number(format!("Giữ nhịp thì đến {last}")),
        Column::text("Nhịp"),
    ]);
    columns
}

/// The cells of a pace after the label and the unit.
pub fn pace_cells(book: &Book<'_>, measure: &Measure, area: &Area, pace: Option<&Pace>) -> Vec<Cell> {
    let mut cells = Vec::new();
    if *area == book.province {
        cells.push(Cell::short(measure.table_unit()));
    }
    let Some(pace) = pace else {
        let figure = book.figure(area, book.current(), measure);
        let last = draw::all_years(book).last().copied().unwrap_or(book.current());
        let goal = book.target(area, last, measure);
        let why = match (goal, figure.status) {
            (None, _) => "không giao mục tiêu",
            (Some(_), ObsStatus::Q) => "không công bố",
            (Some(_), _) => "chưa đủ số liệu",
        };
        cells.push(number::figure(book, area, book.current(), measure).key());
        cells.push(Cell::number(goal.map_or("x".into(), |goal| goal.number(measure))));
        cells.extend([Cell::number("x"), Cell::number("x"), Cell::number("x"), Cell::text(why).class("tag")]);
        return cells;
    };
    cells.push(number::common(book, area, pace.at, measure, pace.reached).key().note(pace.at.short()));
    cells.push(Cell::number(way::goal(pace, measure)));
    cells.push(Cell::number(way::needed(pace, measure)));
    cells.push(Cell::number(way::mean(pace, measure)));
    cells.push(Cell::number(way::projected(pace, measure)));
    cells.push(Cell::text(way::verdict(pace)).class("tag"));
    cells
}

/// What the signs and numbers of a table of paces mean.
pub fn notes() -> Vec<String> {
    vec![
        "Số phát sinh: cộng từ đầu giai đoạn, so với tổng mục tiêu các năm; số người cộng qua các năm là lượt người. Số tồn và tỷ lệ: mức cuối kỳ gần nhất, so với mục tiêu năm cuối.".into(),
        "Cần mỗi năm làm tròn lên; tỷ lệ tính bằng điểm phần trăm. x: không còn năm nào, hoặc chưa đủ hai kỳ để tính bình quân.".into(),
    ]
}

fn how() -> Note {
    Note {
        title: "Cách đọc".into(),
        paragraphs: vec![
            "“Giữ nhịp” chỉ kéo dài mức bình quân đã qua, không phải dự báo.".into(),
            "Vạch đứt là mục tiêu; đường chấm là nhịp còn cần.".into(),
        ],
    }
}

/// This year's targets for the whole.
fn this_year(book: &Book<'_>, period: Period, measures: &[&Measure]) -> Option<Block> {
    let standings: Vec<Standing<'_>> = measures
        .iter()
        .map(|measure| Standing::of(book, &book.province, period, measure))
        .filter(|standing| standing.goal.is_some())
        .collect();
    if standings.is_empty() {
        return None;
    }
    let behind: Vec<String> = standings
        .iter()
        .filter(|standing| standing.state.is_some_and(|state| state.is_short()))
        .map(|standing| words::inside(&standing.measure.short))
        .collect();
    let known = standings.iter().filter(|standing| standing.state.is_some()).count();
    let over = period == Period::year(period.last_year());
    let (good, bad) =
        if over { ("đạt", "chưa đạt") } else { ("đạt hoặc đúng tiến độ", "chậm tiến độ") };
    let finding = match behind.is_empty() {
        true => format!("{}: cả {known} mục tiêu đánh giá được đều {good}.", period.heading()),
        false => format!(
            "{}: {} trong {known} mục tiêu {good}; {bad}: {}.",
            period.heading(),
            known - behind.len(),
            words::list_of(&behind, 4, "chỉ tiêu")
        ),
    };
    let head = Head {
        id: "nam-nay".into(),
        title: format!("Thực hiện so với mục tiêu, {}", period.title()),
        summary: String::new(),
    };
    Some(Block {
        id: "nam-nay".into(),
        topic: words::capital(&period.title()),
        finding,
        figures: vec![Figure {
            title: "Thực hiện so với mục tiêu năm".into(),
            subtitle: format!("Toàn tỉnh, {}, % mục tiêu của năm", period.title()),
            drawings: draw::both(draw::bullets(&standings, head)),
            coverage: format!("{}.", book.period_status(period)),
            ..Figure::default()
        }],
        side: vec![Note::new(
            "Đúng, chậm tiến độ",
            "Năm chưa hết: số phát sinh so với phần mục tiêu ứng với số quý đã qua; số tồn và tỷ lệ so thẳng với mục tiêu.",
        )],
        ..Block::default()
    })
}

/// Every year: what was done and what was to be done.
fn by_year(book: &Book<'_>, area: &Area, measures: &[&Measure]) -> Block {
    let years = draw::all_years(book);
    let rows: Vec<Row> = measures
        .iter()
        .map(|measure| {
            let mut cells = vec![Cell::short(measure.table_unit())];
            cells.extend(years.iter().map(|year| {
                let target = book.targets.get(&measure.code, area, *year);
                year_cell(book, target, area, *year, measure)
            }));
            Row::new(Cell::text(&measure.short).link(page::progress_of(&measure.code)), cells)
        })
        .collect();
    let mut columns = vec![Column::text("Chỉ tiêu"), Column::text("ĐVT")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string())));
    Block {
        id: "tung-nam".into(),
        topic: "Từng năm".into(),
        finding: "Thực hiện và mục tiêu của từng năm, toàn tỉnh.".into(),
        tables: vec![
            Table::new("Thực hiện và mục tiêu từng năm", "Toàn tỉnh; dòng nhỏ: mục tiêu và kết quả", &columns, rows)
                .full(),
        ],
        ..Block::default()
    }
}

/// A year of a measure at a place: the figure, and under it the target and how it stands.
pub fn year_cell(book: &Book<'_>, target: Option<&Target>, area: &Area, year: Period, measure: &Measure) -> Cell {
    judged_cell(book, target, (area, year, measure), |target, state| {
        format!("KH {} · {}", Goal::of(target).number(measure), state.title())
    })
}

/// The same below a heading that tells the target.
pub fn standing_cell(book: &Book<'_>, target: Option<&Target>, area: &Area, year: Period, measure: &Measure) -> Cell {
    judged_cell(book, target, (area, year, measure), |_, state| state.title().to_owned())
}

fn judged_cell(
    book: &Book<'_>,
    target: Option<&Target>,
    (area, year, measure): (&Area, Period, &Measure),
    told: impl Fn(&Target, State) -> String,
) -> Cell {
    let Some((target, info)) = target.zip(way::info(book, measure)) else {
        let begun = book.periods().any(|period| period == year);
        return if begun { number::figure(book, area, year, measure) } else { Cell::number("x") };
    };
    let judged = judge(book.release, target, info);
    let figure = match judged.state {
        State::NotDue => "x".into(),
        _ => words::figure(measure, &judged.figure),
    };
    Cell::number(figure).traced(book.lineage(area, year, measure)).note(told(target, judged.state))
}

/// Where a place stands to a target.
pub fn judged(book: &Book<'_>, target: &Target, measure: &Measure) -> Option<State> {
    Some(judge(book.release, target, way::info(book, measure)?).state)
}
