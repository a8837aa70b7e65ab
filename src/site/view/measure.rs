//! The page of a measure: how it moves, how units compare, what exactly it is.

use serde::Serialize;

use crate::definitions::form::Direction;
use crate::release::{Quantity, Versus};
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::{self, Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::{changes, composition, contribution, course, draw, funnel, number, peers};
use crate::site::words;
use crate::vocabulary::text::slug;
use crate::vocabulary::{Area, ObsStatus, Period, PeriodKind};

/// What `measure.html` needs.
#[derive(Debug, Serialize)]
pub struct MeasurePage {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// The page of a measure.
pub fn view(book: &Book<'_>, measure: &Measure, path: &str) -> (Frame, MeasurePage) {
    let mut blocks = Vec::new();
    if measure.is_class() {
        blocks.push(distribution(book, measure));
    } else {
        blocks.push(course(book, measure));
        blocks.extend(course::block(book, measure));
        blocks.extend(composition::blocks(book, measure));
        blocks.extend(changes::block(book, measure));
        blocks.extend(contribution::block(book, measure));
        blocks.extend(groups(book, measure));
        blocks.extend(peers::block(book, measure));
        blocks.extend(changes::courses(book, measure));
    }
    if peers::parts(book) > 0 {
        block::number(&mut blocks);
        let frame = frame(book, measure, path).action("Bảng theo đơn vị", page::measure_units(&measure.code, 0));
        return (frame, MeasurePage { blocks });
    }
    blocks.push(peers::everything(book, measure, &book.units));
    block::number(&mut blocks);
    // Charts that have no table of their own in the block lead to the full one.
    let full = blocks.last().map_or(0, |block| block.tables[0].number);
    for figure in blocks.iter_mut().flat_map(|block| &mut block.figures).filter(|figure| figure.table == 0) {
        figure.table = full;
    }
    let frame = frame(book, measure, path).action("Bảng theo đơn vị", format!("#bang-{full}"));
    (frame, MeasurePage { blocks })
}

/// The full table, where units are too many for the page of the measure: its workbook has it all the same.
pub fn elsewhere(book: &Book<'_>, measure: &Measure) -> Vec<Block> {
    match peers::parts(book) {
        0 => Vec::new(),
        _ => vec![peers::everything(book, measure, &book.units)],
    }
}

/// Every unit and period of a measure, where units are too many for its page; `part` counts from 0.
pub fn units(book: &Book<'_>, measure: &Measure, part: usize, path: &str) -> (Frame, MeasurePage) {
    let period = book.current();
    let units = peers::part_of(book, part);
    let mut blocks = vec![peers::everything(book, measure, units)];
    block::number(&mut blocks);
    let heading = format!("{}: {} đơn vị qua các kỳ", measure.title, units.len());
    let lead = match (units.first(), units.last()) {
        (Some(first), Some(last)) if units.len() < book.units.len() => {
            format!("Phần {}: từ {} đến {}, xếp theo tên.", part + 1, first.name(), last.name())
        }
        _ => "Xếp theo tên.".to_owned(),
    };
    let eyebrow = format!("Chỉ tiêu · {} · theo đơn vị", measure.code);
    let mut frame = Frame::new(book.release, path, &eyebrow, &heading, &lead)
        .about(book.release, period, book.period_status(period), &book.coverage_told(period, measure))
        .action("Trang chỉ tiêu", page::measure(&measure.code));
    for other in (0..peers::parts(book)).filter(|other| *other != part) {
        frame = frame.action(&format!("Đơn vị, phần {}", other + 1), page::measure_units(&measure.code, other));
    }
    frame.title(&format!("{}, theo đơn vị", measure.title));
    (frame, MeasurePage { blocks })
}

fn frame(book: &Book<'_>, measure: &Measure, path: &str) -> Frame {
    let period = book.current();
    let standing = Standing::of(book, &book.province, period, measure);
    let change = book.change(&book.province, period, measure);
    let value = words::told(measure, standing.figure);
    let verdict = match (standing.goal, standing.met) {
        (Some(_), Some(true)) => ", đạt kế hoạch",
        (Some(_), Some(false)) => ", chưa đạt kế hoạch",
        _ => "",
    };
    let heading = if measure.is_class() {
        let classes = classes(book, measure, period);
        match classes.is_empty() {
            true => format!("{}: chưa xếp loại {}", measure.short, period.title()),
            false => format!("{}, {}: {}", measure.short, period.title(), words::list(&classes)),
        }
    } else {
        format!("{}: {value}{verdict}", measure.title)
    };
    let mut lead = Vec::new();
    if let Some(goal) = standing.goal {
        let lack = standing.lack();
        let lack = if lack.is_empty() { String::new() } else { format!(", {lack}") };
        lead.push(format!("Kế hoạch {}{lack}.", goal.said(measure)));
    }
    if standing.figure.value.is_some() {
        let told = words::like_for_like(&change, book.yearly(&book.province, period, measure));
        match change.way {
            Some(_) => lead.push(format!("{told}, {}.", words::versus(period, Versus::SamePeriodLastYear))),
            None => lead.push(format!("{told}.")),
        }
        if let Some(verdict) = book.verdict(&book.province, period, measure) {
            lead.push(format!("{}.", verdict.alone().text()));
        }
    }
    lead.extend(book.revised(period, measure).map(|told| format!("{told}.")));
    if standing.figure.status == ObsStatus::Q {
        lead.push(fuller(book, measure));
    }
    if let Some(sentence) = funnel::sentence(book, measure) {
        lead.push(sentence);
    }
    let status = book.period_status(period);
    let mut frame = Frame::new(
        book.release,
        path,
        &format!("Chỉ tiêu · {} · {}", measure.theme, measure.code),
        &heading,
        &lead.join(" "),
    )
    .about(book.release, period, status, &book.coverage_told(period, measure))
    .action("Danh mục chỉ tiêu", page::MEASURES)
    .action("Ký hiệu", "#ky-hieu");
    frame.title(&measure.title);
    frame
}

/// Where a hidden figure is to be found: the latest longer period that is shown, or the internal edition.
fn fuller(book: &Book<'_>, measure: &Measure) -> String {
    let shown = book.periods().rev().map(|period| (period, book.figure(&book.province, period, measure)));
    match shown.into_iter().find(|(_, figure)| figure.value.is_some()) {
        Some((period, figure)) => format!(
            "Số kỳ này không công bố để bảo vệ thông tin cá nhân; kỳ gần nhất có công bố là {}: {}.",
            period.title(),
            words::told(measure, figure)
        ),
        None => "Không công bố để bảo vệ thông tin cá nhân; số đầy đủ có trong bản nội bộ.".into(),
    }
}

/// The whole over time: years against plan, and every part of each year in the table.
fn course(book: &Book<'_>, measure: &Measure) -> Block {
    let area = &book.province;
    let years = book.years();
    let quarterly = years.len() < 2;
    let id = slug(measure.code.as_str());
    let head =
        Head {
            id: format!("dien-bien-{id}"), title: format!("{}, toàn tỉnh", measure.title), summary: String::new()
        };
    let drawing = match quarterly {
        true => draw::within_years(book, area, PeriodKind::Quarter, measure, head),
        false => draw::years(book, area, "Toàn tỉnh", measure, head),
    };
    let drawn = book
        .periods()
        .filter(|period| period.kind() == if quarterly { PeriodKind::Quarter } else { PeriodKind::Year })
        .any(|period| book.figure(area, period, measure).value.is_some());
    let last = if quarterly { book.current() } else { *years.last().expect("two years have ended") };
    let finding = course_finding(book, measure, &years, last);
    let figure = Figure {
        title: course_title(book, measure, &years),
        subtitle: match quarterly {
            true => format!("{}, toàn tỉnh, theo quý, {}", measure.short, measure.table_unit()),
            false => {
                let ends = draw::all_years(book);
                format!("{}, toàn tỉnh, {}–{}, {}", measure.short, ends[0], ends[ends.len() - 1], measure.table_unit())
            }
        },
        drawings: draw::both(drawing),
        coverage: {
            let by_size = book.weighted_told(last, measure).map_or(String::new(), |told| format!(" {told}."));
            format!("{}: {}.{by_size}", last.heading(), words::inside(&book.coverage_told(last, measure)))
        },
        ..Figure::default()
    };
    Block {
        id: "dien-bien".into(),
        topic: "Diễn biến toàn tỉnh".into(),
        finding,
        figures: if drawn { vec![figure] } else { Vec::new() },
        tables: vec![course_table(book, measure)],
        side: definition(book, measure),
        ..Block::default()
    }
}

fn course_finding(book: &Book<'_>, measure: &Measure, years: &[Period], last: Period) -> String {
    let standing = Standing::of(book, &book.province, last, measure);
    let value = words::told(measure, standing.figure);
    let against = match (standing.goal, standing.met) {
        (Some(goal), Some(true)) => format!(", đạt kế hoạch {}", goal.said(measure)),
        (Some(goal), Some(false)) => format!(", chưa đạt kế hoạch {}", goal.said(measure)),
        _ => String::new(),
    };
    let first = years
        .first()
        .filter(|first| **first != last)
        .map(|first| (first, book.figure(&book.province, *first, measure)));
    let since = match first {
        Some((first, figure)) if figure.value.is_some() => {
            format!("; {} là {}", first.title(), words::told(measure, figure))
        }
        _ => String::new(),
    };
    format!("{}: {value}{against}{since}.", last.heading())
}

fn course_title(book: &Book<'_>, measure: &Measure, years: &[Period]) -> String {
    let standings: Vec<Standing<'_>> =
        years.iter().map(|year| Standing::of(book, &book.province, *year, measure)).collect();
    let reached = standings.iter().filter(|standing| standing.met == Some(true)).count();
    let all = standings.iter().filter(|standing| standing.met.is_some()).count();
    // Of a year without a figure nobody here can say whether it reached its plan.
    let silent = standings.iter().any(|standing| standing.goal.is_some() && standing.figure.value.is_none());
    match (reached, all) {
        (_, 0) => format!("{} qua các kỳ", measure.short),
        (reached, all) if silent => format!("{reached} trong {all} năm có số liệu đạt kế hoạch"),
        (reached, all) if reached == all => "Các năm đều đạt kế hoạch".to_owned(),
        (0, _) => "Chưa năm nào đạt kế hoạch".to_owned(),
        (reached, all) => {
            format!("{} trong {} năm đạt kế hoạch", words::capital(&words::numeral(reached)), words::numeral(all))
        }
    }
}

/// Years down, the parts of a year across.
fn course_table(book: &Book<'_>, measure: &Measure) -> Table {
    let area = &book.province;
    let shown: Vec<Period> = book.periods().collect();
    let mut rows = Vec::new();
    let years: Vec<i32> = draw::all_years(book)
        .iter()
        .map(|year| year.last_year())
        .filter(|year| shown.iter().any(|p| p.last_year() == *year))
        .collect();
    for year in years {
        let parts = [
            Period::quarter(year, 1),
            Period::quarter(year, 2),
            Period::quarter(year, 3),
            Period::quarter(year, 4),
            Period::half(year, 1),
            Period::half(year, 2),
        ];
        let whole = Period::year(year);
        let standing = Standing::of(book, area, whole, measure);
        let mut cells: Vec<Cell> = parts.iter().map(|part| cell(book, area, *part, measure, &shown)).collect();
        cells.push(cell(book, area, whole, measure, &shown).key());
        cells.push(Cell::number(standing.plan()));
        cells.push(Cell::number(standing.percent()));
        cells.push(number::coverage(book, whole, measure));
        rows.push(Row::new(Cell::short(whole.heading()), cells));
    }
    for span in shown.iter().filter(|period| period.kind() == PeriodKind::Span) {
        let standing = Standing::of(book, area, *span, measure);
        let mut cells = vec![Cell::number("x").across(6).class("mid")];
        cells.push(cell(book, area, *span, measure, &shown).key());
        cells.push(Cell::number(standing.plan()));
        cells.push(Cell::number(standing.percent()));
        cells.push(number::coverage(book, *span, measure));
        rows.push(Row::new(Cell::short(span.heading()), cells));
    }
    let columns = [
        Column::text("Kỳ"),
        Column::number("I").under("Quý"),
        Column::number("II").under("Quý"),
        Column::number("III").under("Quý"),
        Column::number("IV").under("Quý"),
        Column::number("đầu").under("6 tháng"),
        Column::number("cuối").under("6 tháng"),
        Column::number("Cả kỳ"),
        Column::number("Kế hoạch"),
        Column::number("% KH"),
        Column::number("Số xã"),
    ];
    Table::new(
        format!("{} theo kỳ và kế hoạch", measure.short),
        format!("Toàn tỉnh, {}; số theo quý chỉ gồm đơn vị báo cáo hằng quý", measure.table_unit()),
        &columns,
        rows,
    )
}

/// A figure of a period, or nothing yet.
fn cell(book: &Book<'_>, area: &Area, period: Period, measure: &Measure, shown: &[Period]) -> Cell {
    match shown.contains(&period) {
        true => number::figure(book, area, period, measure),
        false => Cell::number("x"),
    }
}

/// What it is and where it comes from.
fn definition(book: &Book<'_>, measure: &Measure) -> Vec<Note> {
    let mut notes = vec![Note {
        title: "Định nghĩa".into(),
        paragraphs: vec![
            measure.definition.clone(),
            format!("Mã {}; {}; {}.", measure.code, measure.place, measure.kind_title()),
        ],
    }];
    let direction = match measure.direction {
        Direction::Up => "Cao hơn là tốt hơn.",
        Direction::Down => "Thấp hơn là tốt hơn.",
        Direction::None => "Không đánh giá tốt, kém theo chiều tăng giảm.",
    };
    notes.push(Note::new("Chiều đánh giá", direction));
    if !measure.source.is_empty() {
        notes.push(Note::new("Căn cứ", measure.source.clone()));
    }
    if let Some(whole) = measure.part_of.as_ref().and_then(|code| book.measure(code)) {
        notes.push(Note::new("Là một phần của", whole.title.clone()));
    }
    let parts: Vec<String> = book
        .measures
        .iter()
        .filter(|part| part.part_of.as_ref() == Some(&measure.code))
        .map(|part| words::inside(&part.short))
        .collect();
    if !parts.is_empty() {
        notes.push(Note::new("Gồm", words::list(&parts)));
    }
    if !measure.is_class() {
        notes.push(Note::new(
            "Cách đọc",
            "Vạch đứt màu đen là kế hoạch từng năm. Đường bị ngắt: không có số. Chấm rỗng: số tạm tính, chưa đủ đơn vị.",
        ));
    }
    notes
}

/// The groups of units side by side, while no more than four have figures.
fn groups(book: &Book<'_>, measure: &Measure) -> Option<Block> {
    let years = book.years();
    let axes = book.release.cube().axes();
    let areas: Vec<(Area, String)> = axes
        .areas()
        .iter()
        .filter_map(|area| match area {
            Area::Group(id) => Some((area.clone(), group_title(book, id.as_str()))),
            _ => None,
        })
        .filter(|(area, _)| years.iter().any(|year| book.figure(area, *year, measure).value.is_some()))
        .take(4)
        .collect();
    if areas.len() < 2 || years.len() < 2 {
        return None;
    }
    let last = *years.last()?;
    let told: Vec<String> = areas
        .iter()
        .map(|(area, name)| {
            format!("{} {}", words::inside(name), words::told(measure, book.figure(area, last, measure)))
        })
        .collect();
    let rows = areas
        .iter()
        .map(|(area, name)| {
            let mut cells: Vec<Cell> = years.iter().map(|year| number::figure(book, area, *year, measure)).collect();
            cells.push(number::change(book, area, last, measure));
            Row::new(Cell::text(name), cells)
        })
        .collect();
    let mut columns = vec![Column::text("Nhóm đơn vị")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string())));
    columns.push(Column::number(format!("So với {}", last.a_year_earlier())));
    let title = format!("{} theo nhóm đơn vị", measure.short);
    Some(Block {
        id: "nhom".into(),
        topic: "Theo nhóm đơn vị".into(),
        finding: format!("{}: {}.", last.heading(), told.join("; ")),
        figures: vec![Figure {
            title,
            subtitle: format!("{} theo nhóm, {}–{}, {}", measure.short, years[0], last, measure.table_unit()),
            drawings: draw::both(draw::places(
                book,
                &areas,
                measure,
                Head {
                    id: format!("nhom-{}", slug(measure.code.as_str())),
                    title: format!("{} theo nhóm đơn vị", measure.title),
                    summary: String::new(),
                },
            )),
            coverage: format!("{}: {}.", last.heading(), words::inside(&book.coverage_told(last, measure))),
            ..Figure::default()
        }],
        tables: vec![Table::new(
            format!("{} theo nhóm đơn vị", measure.short),
            format!("Các năm, {}", measure.table_unit()),
            &columns,
            rows,
        )],
        side: vec![Note::new(
            "Các nhóm",
            "Một đơn vị có thể thuộc nhiều nhóm, nên các nhóm không cộng thành toàn tỉnh.",
        )],
        ..Block::default()
    })
}

/// The title of a group; types of unit have one of their own.
pub fn group_title(book: &Book<'_>, id: &str) -> String {
    let named = book.definitions().site.groups.iter().find(|(group, _)| group.as_str() == id);
    match (named, id) {
        (Some((_, title)), _) => title.clone(),
        (None, "xa") => "Xã".into(),
        (None, "phuong") => "Phường".into(),
        (None, "dac_khu") => "Đặc khu".into(),
        (None, _) => id.to_owned(),
    }
}

/// The classes that units are in, best first: `5 đơn vị xuất sắc`.
pub fn classes(book: &Book<'_>, measure: &Measure, period: Period) -> Vec<String> {
    let classes = book.measures.iter().rev().filter(|other| other.counts.as_ref() == Some(&measure.code));
    classes
        .filter_map(|class| match book.figure(&book.province, period, class).value {
            Some(Quantity::Whole(count)) if count > 0 => {
                Some(format!("{count} đơn vị {}", words::inside(&class.short)))
            }
            _ => None,
        })
        .collect()
}

/// A classification: how many units are in each class, year by year.
fn distribution(book: &Book<'_>, measure: &Measure) -> Block {
    let years = book.years();
    let classes: Vec<&Measure> =
        book.measures.iter().rev().filter(|other| other.counts.as_ref() == Some(&measure.code)).collect();
    let mut columns = vec![Column::text("Loại")];
    columns.extend(years.iter().map(|year| Column::number(year.to_string())));
    let rows: Vec<Row> = classes
        .iter()
        .map(|class| {
            let cells = years.iter().map(|year| number::figure(book, &book.province, *year, class)).collect();
            Row::new(Cell::text(&class.short), cells)
        })
        .collect();
    let told = years.last().map_or(Vec::new(), |last| self::classes(book, measure, *last));
    let finding = match (years.last(), told.is_empty()) {
        (Some(last), false) => format!("{}: {}.", last.heading(), words::list(&told)),
        _ => "Chưa có năm nào được xếp loại.".to_owned(),
    };
    let tables = if rows.is_empty() || years.is_empty() {
        Vec::new()
    } else {
        vec![Table::new("Số đơn vị theo loại", "Toàn tỉnh, cuối mỗi năm", &columns, rows)]
    };
    let figure = composition::figure(book, &measure.short, &measure.title, &classes);
    Block {
        id: "phan-bo".into(),
        topic: "Phân bố".into(),
        finding,
        figures: figure.map(|(figure, _)| figure).into_iter().collect(),
        tables,
        side: definition(book, measure),
        ..Block::default()
    }
}
