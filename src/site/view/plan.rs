//! The page of a plan: its targets and what was reached, then what it asks for.

use serde::Serialize;

use crate::analysis::target::State;
use crate::definitions::{Plan, Unit};
use crate::site::book::{Book, bare, is_in};
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::page;
use crate::site::standing::{Standing, judged, running, so_far};
use crate::site::view::block::{self, Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::plans::{adopting, horizon, rhythm};
use crate::site::view::{draw, duties, number, plan_years, report, timeline};
use crate::site::words;
use crate::vocabulary::text::slug;
use crate::vocabulary::{Area, Period};

/// What `plan.html` needs.
#[derive(Debug, Serialize)]
pub struct PlanPage {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// A chart has room for the lines of this many units.
const LINES: usize = 4;
/// A chart has room for this many bars, a table for this many rows of one target.
const BARS: usize = 8;
/// A table of years lists the units one by one up to this many.
const LISTED: usize = 12;

/// A target of the plan at a place, with where it stands.
struct Aim<'b> {
    area: &'b Area,
    name: String,
    standing: Standing<'b>,
}

/// The page of a plan.
pub fn view(book: &Book<'_>, plan: &Plan, path: &str) -> (Frame, PlanPage) {
    let period = book.current();
    let units = adopting(book, plan);
    let aims = aims(book, plan, period);
    let mut blocks = Vec::new();
    blocks.push(targets(book, plan, period, &units, &aims));
    blocks.extend(plan_years::targets(book, plan));
    blocks.extend(plan_years::punctuality(book, plan, &units));
    blocks.push(progress(book, plan, period));
    blocks.extend(course(book, plan, &units));
    blocks.extend(duties::tasks(book, plan, period));
    blocks.extend(timeline::block(book, plan));
    blocks.push(duties::calendar(book, plan, period));
    blocks.extend(duties::steps(book, plan, &units));
    blocks.extend(duties::bases(book, plan));
    blocks.push(about(book, plan, &units));
    block::number(&mut blocks);
    let mut frame = frame(book, plan, path, period, &units, &aims);
    for (title, id) in [("Việc phải làm", "viec"), ("Dòng thời gian", "thoi-gian"), ("Lịch báo cáo", "lich")]
    {
        if blocks.iter().any(|block| block.id == id) {
            frame = frame.action(title, format!("#{id}"));
        }
    }
    (frame, PlanPage { blocks })
}

fn frame(book: &Book<'_>, plan: &Plan, path: &str, period: Period, units: &[&Unit], aims: &[Aim<'_>]) -> Frame {
    let standings: Vec<Standing<'_>> = aims.iter().map(|aim| aim.standing.clone()).collect();
    let (reached, short) = judged(&standings);
    let heading = match reached.len() + short.len() {
        0 => format!("{}: {} đơn vị thực hiện", plan.short, units.len()),
        all => format!("{}: đạt {} trong {all} mục tiêu {}", plan.short, reached.len(), period.title()),
    };
    let (mut came, mut due, mut whole) = (0u32, 0u32, true);
    for unit in units {
        let mut mine = book.returns(period).filter(|status| status.unit == unit.code).peekable();
        if mine.peek().is_some() {
            due += 1;
            let all = mine.all(is_in);
            came += u32::from(all);
            whole &= all;
        }
    }
    let status = if whole { book.period_status(period) } else { "Còn thiếu báo cáo" };
    let mut frame = Frame::new(book.release, path, &format!("Kế hoạch · số {}", plan.number), &heading, &plan.summary)
        .about(book.release, period, status, &book.covered(period, came, due))
        .fact("Đơn vị thực hiện", units.len().to_string())
        .action("Các kế hoạch khác", page::PLANS)
        .action("Tiến độ đến mục tiêu", page::PROGRESS);
    frame.title(&plan.short);
    frame
}

fn aims<'b>(book: &'b Book<'_>, plan: &Plan, period: Period) -> Vec<Aim<'b>> {
    let mut aims: Vec<Aim<'b>> = book
        .goals_of(&plan.id, period)
        .into_iter()
        .map(|(area, measure, goal)| Aim {
            area,
            name: name(book, area),
            standing: Standing::against(book, area, period, measure, Some(goal)),
        })
        .collect();
    // Measures as the plan ranks them; the province first, then units as everywhere on the site.
    let rank = |aim: &Aim<'_>| plan.measures.iter().position(|code| *code == aim.standing.measure.code);
    let place = |aim: &Aim<'_>| book.units.iter().position(|unit| Book::area(unit) == *aim.area);
    aims.sort_by_key(|aim| (rank(aim).unwrap_or(usize::MAX), place(aim).map_or(0, |at| at + 1)));
    aims
}

fn name(book: &Book<'_>, area: &Area) -> String {
    match area {
        Area::Unit(code) => book.unit_name(code),
        Area::Group(group) => book.definitions().site.groups.get(group).cloned().unwrap_or_else(|| group.to_string()),
        Area::Province(_) => "Toàn tỉnh".into(),
    }
}

fn targets(book: &Book<'_>, plan: &Plan, period: Period, units: &[&Unit], aims: &[Aim<'_>]) -> Block {
    let standings: Vec<Standing<'_>> = aims.iter().map(|aim| aim.standing.clone()).collect();
    let (reached, short) = judged(&standings);
    let all = reached.len() + short.len();
    let lacking: Vec<(String, String)> = aims
        .iter()
        .filter(|aim| aim.standing.met == Some(false))
        .map(|aim| {
            let standing = &aim.standing;
            let told = words::told(standing.measure, standing.figure);
            (words::inside(&standing.measure.short), format!("{} {told}", words::inside(&aim.name)))
        })
        .collect();
    let mut measures: Vec<&Measure> = Vec::new();
    for aim in aims {
        if !measures.iter().any(|measure| measure.code == aim.standing.measure.code) {
            measures.push(aim.standing.measure);
        }
    }
    let finding = match (aims.len(), all) {
        (0, _) => "Kế hoạch không giao mục tiêu bằng số cho kỳ này.".to_owned(),
        _ if let Some(told) = so_far(&standings, "mục tiêu") => format!("{told}."),
        (count, 0) => format!("{count} mục tiêu, chưa mục tiêu nào đủ số liệu để đánh giá."),
        _ if lacking.is_empty() => format!("Cả {all} mục tiêu đánh giá được đều đạt."),
        _ if all == 1 => format!("Chưa đạt mục tiêu duy nhất: {}.", words::under_heads(&lacking, 1)),
        _ => format!("{} trong {all} mục tiêu chưa đạt: {}.", lacking.len(), words::under_heads(&lacking, 3)),
    };
    let (on_the_way, behind) = running(&standings);
    let open = aims.len() - all - on_the_way.len() - behind.len();
    let more = match open {
        0 => String::new(),
        open => format!("{open} mục tiêu chưa đánh giá được: chưa báo cáo, không công bố hoặc không có đối tượng."),
    };
    let mut figures = Vec::new();
    let mut rows = Vec::new();
    for measure in measures {
        let mine: Vec<&Aim<'_>> = aims.iter().filter(|aim| aim.standing.measure.code == measure.code).collect();
        rows.push(Row::heading(&measure.title));
        // A plan of a whole province would fill the page: then only what is not reached is listed.
        let many = mine.len() > BARS;
        rows.extend(
            mine.iter().filter(|aim| !many || aim.standing.met == Some(false)).take(BARS).map(|aim| row(book, aim)),
        );
        // The province beside its units would double the bars when only they are judged.
        if !mine.iter().any(|aim| aim.area == &book.province) {
            rows.push(province(book, period, measure));
        }
        figures.extend(chart(book, period, measure, &mine));
    }
    let columns = [
        Column::text("Mục tiêu, đơn vị"),
        Column::text("ĐVT"),
        Column::number("Kế hoạch"),
        Column::number("Thực hiện"),
        Column::number("Tử số/mẫu số"),
        Column::number("% kế hoạch"),
        Column::number("So với cùng kỳ"),
        Column::text("Kết quả"),
    ];
    let tables = if rows.is_empty() {
        Vec::new()
    } else {
        vec![
            Table::new(
                "Mục tiêu và kết quả của từng đơn vị",
                match units.len() {
                    many if many > BARS => {
                        format!("Trong {many} đơn vị, chỉ nêu đơn vị chưa đạt, nhiều nhất {BARS}; {}", period.title())
                    }
                    few => format!("{few} đơn vị thực hiện và toàn tỉnh, {}", period.title()),
                },
                &columns,
                rows,
            )
            .full()
            .note("x: không áp dụng hoặc không giao kế hoạch. Tỷ lệ thay đổi bằng điểm phần trăm."),
        ]
    };
    Block {
        id: "muc-tieu".into(),
        topic: format!("Mục tiêu {}", period.title()),
        finding,
        more,
        figures,
        tables,
        side: vec![
            Note::new(
                "Cách đọc",
                "Vạch đứt màu đen là mục tiêu. Cột đặc: đạt hoặc đúng tiến độ; cột gạch chéo: chưa đạt hoặc chậm. Ký hiệu thay cho cột khi không có số.",
            ),
            Note::new(
                "Mục tiêu lấy ở đâu",
                if plan.provenance.is_empty() {
                    "Theo văn bản kế hoạch.".to_owned()
                } else {
                    "Theo văn bản kế hoạch; phần suy ra hoặc bổ sung được ghi ở cuối trang.".to_owned()
                },
            ),
        ],
        ..Block::default()
    }
}

fn row(book: &Book<'_>, aim: &Aim<'_>) -> Row {
    let standing = &aim.standing;
    let label = match aim.area {
        Area::Unit(code) => match book.unit(code) {
            Some(unit) => Cell::short(&aim.name).link(page::unit(unit)),
            None => Cell::text(&aim.name),
        },
        _ => Cell::text(&aim.name),
    };
    let verdict = match standing.figure.value {
        Some(_) => [standing.verdict().to_owned(), standing.lack()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        None => words::status(standing.figure.status).to_lowercase(),
    };
    let mut cells = figures(book, aim.area, book.current(), standing);
    cells.push(number::change(book, aim.area, book.current(), standing.measure));
    cells.push(Cell::text(verdict));
    Row::new(label, cells)
}

/// The province for comparison, where the plan binds units only.
fn province(book: &Book<'_>, period: Period, measure: &Measure) -> Row {
    let standing = Standing::against(book, &book.province, period, measure, None);
    let mut cells = figures(book, &book.province, period, &standing);
    cells.push(number::change(book, &book.province, period, measure));
    cells.push(Cell::text("để so sánh"));
    Row::new(Cell::text("Toàn tỉnh").link(page::measure(&measure.code)), cells)
}

fn figures(book: &Book<'_>, area: &Area, period: Period, standing: &Standing<'_>) -> Vec<Cell> {
    vec![
        Cell::short(standing.measure.table_unit()),
        Cell::number(standing.plan()),
        number::figure(book, area, period, standing.measure).key(),
        number::parts(book, area, period, standing.measure),
        Cell::number(standing.percent()),
    ]
}

fn chart(book: &Book<'_>, period: Period, measure: &Measure, aims: &[&Aim<'_>]) -> Option<Figure> {
    let drawn: Vec<&&Aim<'_>> = aims
        .iter()
        .filter(|aim| aim.standing.goal.is_some_and(|goal| goal.is_from_below()) && !measure.is_class())
        .collect();
    if drawn.is_empty() || drawn.len() > BARS || drawn.iter().all(|aim| aim.standing.share.is_none()) {
        return None;
    }
    let standing = |states: &[State]| {
        drawn.iter().filter(|aim| aim.standing.state.is_some_and(|state| states.contains(&state))).count()
    };
    let (good, all) = (
        standing(&[State::Met, State::OnTheWay]),
        standing(&[State::Met, State::OnTheWay, State::Missed, State::Behind]),
    );
    let word = if standing(&[State::OnTheWay, State::Behind]) > 0 { "đúng tiến độ" } else { "đạt" };
    let bars = drawn.iter().map(|aim| (bare(&aim.name).to_owned(), &aim.standing));
    Some(Figure {
        title: format!("{}: {word} ở {good}/{all} nơi", measure.short),
        subtitle: format!("{}, {}, thực hiện so với kế hoạch (%)", measure.title, period.title()),
        drawings: draw::both(draw::named_bullets(
            bars,
            Head {
                id: format!("dat-{}", slug(measure.code.as_str())),
                title: format!("{} so với kế hoạch, {}", measure.title, period.title()),
                summary: String::new(),
            },
        )),
        coverage: format!("{}.", book.period_status(period)),
        ..Figure::default()
    })
}

/// Every measure of the plan for the whole province.
fn progress(book: &Book<'_>, plan: &Plan, period: Period) -> Block {
    let measures: Vec<&Measure> = plan.measures.iter().filter_map(|code| book.measure(code)).collect();
    let standings: Vec<Standing<'_>> =
        measures.iter().map(|measure| Standing::of(book, &book.province, period, measure)).collect();
    let (reached, short) = judged(&standings);
    let finding = match reached.len() + short.len() {
        0 => format!("{} chỉ tiêu theo dõi kế hoạch.", measures.len()),
        all => format!("Toàn tỉnh đạt {} trong {all} chỉ tiêu có kế hoạch.", reached.len()),
    };
    let title = format!("{} chỉ tiêu của kế hoạch, toàn tỉnh", measures.len());
    Block {
        id: "tien-do".into(),
        topic: "Toàn tỉnh".into(),
        finding,
        tables: vec![report::table(book, period, measures, &title)],
        ..Block::default()
    }
}

/// The first measures of the plan over the years, unit by unit.
fn course(book: &Book<'_>, plan: &Plan, units: &[&Unit]) -> Option<Block> {
    let years = book.years();
    let last = *years.last()?;
    let told: Vec<&Measure> = plan
        .measures
        .iter()
        .filter_map(|code| book.measure(code))
        .filter(|measure| !measure.is_class())
        .filter(|measure| years.iter().any(|year| book.figure(&book.province, *year, measure).value.is_some()))
        .take(4)
        .collect();
    let first = *told.first()?;
    if years.len() < 2 {
        return None;
    }
    let listed: Vec<&Unit> = if units.len() <= LISTED { units.to_vec() } else { Vec::new() };
    let mut columns = vec![Column::text("Chỉ tiêu, đơn vị"), Column::text("ĐVT")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string())));
    columns.push(Column::text("Diễn biến"));
    let mut rows = Vec::new();
    for measure in &told {
        rows.push(Row::heading(&measure.title));
        let places = listed.iter().map(|unit| (Book::area(unit), Cell::short(unit.name()).link(page::unit(unit))));
        let whole = (book.province.clone(), Cell::text("Toàn tỉnh").link(page::measure(&measure.code)));
        for (area, label) in places.chain([whole]) {
            let mut cells = vec![Cell::short(measure.table_unit())];
            cells.extend(years.iter().map(|year| {
                let cell = number::figure(book, &area, *year, measure);
                if *year == last { cell.key() } else { cell }
            }));
            cells.push(Cell::drawing(draw::spark(book, &area, &years, measure)));
            rows.push(Row::new(label, cells));
        }
    }
    let figures: Vec<Figure> = told
        .iter()
        .take(2)
        .map(|measure| {
            let change = book.change(&book.province, last, measure);
            let head = Head {
                id: format!("nam-{}", slug(measure.code.as_str())),
                title: format!("{} qua các năm", measure.title),
                summary: String::new(),
            };
            let named: Vec<(Area, String)> =
                units.iter().map(|unit| (Book::area(unit), bare(unit.name()).to_owned())).collect();
            let seen = |area: &Area| years.iter().any(|year| book.figure(area, *year, measure).value.is_some());
            let of_units = (1..=LINES).contains(&named.len()) && named.iter().any(|(area, _)| seen(area));
            let (drawing, place) = match of_units {
                true => (draw::places(book, &named, measure, head), "Các đơn vị thực hiện"),
                false => (draw::years(book, &book.province, "", measure, head), "Toàn tỉnh"),
            };
            Figure {
                title: format!("{}: toàn tỉnh {}", measure.short, change.long),
                subtitle: format!("{place}, {}–{last}, {}", years[0], measure.table_unit()),
                drawings: draw::both(drawing),
                coverage: format!(
                    "{}. Thay đổi {}.",
                    book.coverage_told(last, measure),
                    words::versus(last, crate::release::Versus::SamePeriodLastYear)
                ),
                ..Figure::default()
            }
        })
        .collect();
    Some(Block {
        id: "qua-nam".into(),
        topic: "Nhịp độ qua các năm".into(),
        finding: format!(
            "{} toàn tỉnh năm {last}: {}.",
            first.title,
            words::told(first, book.figure(&book.province, last, first))
        ),
        pair: figures.len() == 2,
        figures,
        tables: vec![
            Table::new(
                format!("{} chỉ tiêu đầu của kế hoạch qua các năm", words::capital(&words::numeral(told.len()))),
                format!("Các đơn vị thực hiện và toàn tỉnh, {}–{last}", years[0]),
                &columns,
                rows,
            )
            .full()
            .note("Diễn biến: mỗi dòng một thước riêng; chấm rỗng: không có số để vẽ."),
        ],
        side: vec![Note::new("Cách đọc", "Chấm rỗng: số sơ bộ hoặc không có số. Đường đứt đoạn ở năm thiếu số liệu.")],
        ..Block::default()
    })
}

/// What the plan is, and where its text comes from.
fn about(book: &Book<'_>, plan: &Plan, units: &[&Unit]) -> Block {
    let row = |what: &str, value: String| Row::new(Cell::short(what), vec![Cell::text(value)]);
    let names: Vec<&str> = units.iter().map(|unit| unit.name()).collect();
    let since = plan.adoptions.iter().map(|adoption| adoption.from).min();
    let mut rows = vec![
        row("Tên", plan.title.clone()),
        row("Số, ký hiệu", plan.number.clone()),
        row("Ngày ban hành", plan.date.clone()),
        row("Cơ quan ban hành", plan.issuer.clone()),
        row("Thời gian", horizon(plan)),
        row("Nhịp báo cáo", rhythm(plan)),
        row("Đơn vị thực hiện", words::list(&names)),
    ];
    if let Some(day) = since {
        rows.push(row("Thực hiện từ ngày", words::date(day)));
    }
    if let Some(team) = &plan.team_model {
        let told = match team.as_str() {
            "1-1" => "mỗi tổ giúp đỡ một người (1-1)".to_owned(),
            "1-n" => "mỗi tổ giúp đỡ một hoặc nhiều người (1-n)".to_owned(),
            other => other.to_owned(),
        };
        rows.push(row("Hình thức tổ giúp đỡ", told));
    }
    rows.push(row("Chỉ tiêu theo dõi", format!("{} chỉ tiêu", plan.measures.len())));
    let columns = [Column::text("Mục"), Column::text("Nội dung")];
    let place = &book.definitions().site.province_name;
    Block {
        id: "van-ban".into(),
        topic: "Văn bản".into(),
        finding: format!("Kế hoạch {}; {} đơn vị của {place} thực hiện.", horizon(plan), units.len()),
        tables: vec![Table::new("Lý lịch kế hoạch", words::capital(&plan.short), &columns, rows)],
        side: if plan.provenance.is_empty() {
            Vec::new()
        } else {
            vec![Note::new("Nguồn văn bản và phần bổ sung", plan.provenance.clone())]
        },
        ..Block::default()
    }
}
