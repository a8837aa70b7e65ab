//! Units side by side in one measure: intervals for ratios, bars for counts, and the full table.

use crate::definitions::Unit;
use crate::definitions::form::Privacy;
use crate::release::{Quantity, ReturnStatus};
use crate::site::book::Book;
use crate::site::catalogue::{Measure, Nature};
use crate::site::chart::interval::{Interval, IntervalGroup, IntervalRow, Stance as Side};
use crate::site::chart::ranked::{Ranked, RankedRow};
use crate::site::chart::{Head, Measure as Axis, Value};
use crate::site::interval::{Stance, wilson};
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::{draw, number};
use crate::site::words;
use crate::statistics::interval::Confidence;
use crate::vocabulary::number::fixed;
use crate::vocabulary::text::slug;
use crate::vocabulary::{Area, Period, PeriodKind};

/// A unit with its parts and where it stands to the whole.
struct Peer<'b> {
    unit: &'b Unit,
    x: i64,
    n: i64,
    stance: Stance,
}

/// The period units are compared in: the one in review.
fn peers<'b>(book: &'b Book<'_>, measure: &Measure) -> Option<((i64, i64), Vec<Peer<'b>>)> {
    let period = book.current();
    let level = book.figure(&book.province, period, measure).ratio().filter(|(_, n)| *n > 0)?;
    let peers = book
        .units
        .iter()
        .filter_map(|unit| {
            let (x, n) = book.figure(&Book::area(unit), period, measure).ratio().filter(|(_, n)| *n > 0)?;
            Some(Peer { unit, x, n, stance: Stance::of(x, n, level) })
        })
        .collect();
    Some((level, peers))
}

/// Who differs beyond chance, as one sentence of the lead.
pub fn sentence(book: &Book<'_>, measure: &Measure) -> Option<String> {
    let (_, peers) = peers(book, measure)?;
    if peers.len() < 2 {
        return None;
    }
    let count = |stance: Stance| peers.iter().filter(|peer| peer.stance == stance).count();
    Some(match (count(Stance::Higher), count(Stance::Lower)) {
        (0, 0) => "Chưa thấy đơn vị nào khác mức chung của tỉnh.".into(),
        (high, low) => {
            let mut parts = Vec::new();
            if high > 0 {
                parts.push(format!("{} đơn vị cao hơn rõ", words::numeral(high)));
            }
            if low > 0 {
                parts.push(format!("{} đơn vị thấp hơn rõ", words::numeral(low)));
            }
            format!("{} so với mức chung.", words::capital(&words::list(&parts)))
        }
    })
}

/// The comparison of units in the period in review.
pub fn block(book: &Book<'_>, measure: &Measure) -> Option<Block> {
    match measure.nature {
        Nature::Ratio(_) => intervals(book, measure),
        _ => bars(book, measure),
    }
}

fn intervals(book: &Book<'_>, measure: &Measure) -> Option<Block> {
    let period = book.current();
    let (level, peers) = peers(book, measure)?;
    // A ratio whose numerator is no part of its denominator has no such interval.
    if peers.len() < 2 || peers.iter().any(|peer| peer.x > peer.n) {
        return bars(book, measure);
    }
    let noun = match &measure.nature {
        Nature::Ratio(noun) => noun.clone(),
        _ => String::new(),
    };
    let group = |title: &str, stances: &[Stance], side: Side| {
        let rows: Vec<IntervalRow> = peers
            .iter()
            .filter(|peer| stances.contains(&peer.stance))
            .map(|peer| IntervalRow {
                name: peer.unit.name().to_owned(),
                at: 100.0 * peer.x as f64 / peer.n as f64,
                thick: wilson(peer.x, peer.n, Confidence::P95),
                thin: wilson(peer.x, peer.n, Confidence::P998),
                label: words::told(measure, book.figure(&Book::area(peer.unit), period, measure)),
                parts: format!("{}/{}", peer.x, peer.n),
            })
            .collect();
        IntervalGroup { title: format!("{title}: {} đơn vị", rows.len()), stance: side, rows }
    };
    let groups = vec![
        group("Cao hơn rõ so với mức chung", &[Stance::Higher], Side::Higher),
        group("Chưa thấy khác mức chung của tỉnh", &[Stance::Alike, Stance::Small], Side::Alike),
        group("Thấp hơn rõ so với mức chung", &[Stance::Lower], Side::Lower),
    ];
    let named = |stance: Stance| -> Vec<String> {
        peers.iter().filter(|peer| peer.stance == stance).map(|peer| words::inside(peer.unit.name())).collect()
    };
    let (high, low) = (named(Stance::Higher), named(Stance::Lower));
    let mut more = Vec::new();
    for (names, word) in [(&high, "cao hơn rõ"), (&low, "thấp hơn rõ")] {
        if !names.is_empty() {
            more.push(format!(
                "{} {word} so với mức chung – đề nghị kiểm tra số liệu và tìm hiểu nguyên nhân.",
                words::capital(&words::list_of(names, 6, "đơn vị"))
            ));
        }
    }
    let differ = high.len() + low.len();
    let title = match differ {
        0 => "Chưa thấy đơn vị nào khác mức chung".to_owned(),
        some => format!("{} đơn vị khác mức chung rõ hơn ngẫu nhiên", words::capital(&words::numeral(some))),
    };
    let whole = words::told(measure, book.figure(&book.province, period, measure));
    Some(Block {
        id: "don-vi".into(),
        topic: "Giữa các đơn vị".into(),
        finding: sentence(book, measure).unwrap_or_default(),
        more: more.join(" "),
        figures: vec![Figure {
            title,
            subtitle: format!("{}, {} đơn vị, {}, %", measure.short, peers.len(), period.title()),
            key: vec!["vạch đậm: khoảng tin cậy 95%; vạch mảnh: 99,8%".into(), "tam giác xanh: khác rõ".into(), "chấm rỗng: chưa thấy khác".into()],
            drawings: draw::both(
                Interval {
                    head: Head {
                        id: format!("khoang-{}", slug(measure.code.as_str())),
                        title: format!("{} của từng đơn vị, {}", measure.title, period.title()),
                        summary: String::new(),
                    },
                    measure: Axis::percent(),
                    reference: Some((100.0 * level.0 as f64 / level.1 as f64, format!("Toàn tỉnh {whole}"))),
                    columns: ["tỷ lệ".into(), noun],
                    groups,
                }
                .drawing(),
            ),
            coverage: book.left_out(period, measure),
            ..Figure::default()
        }],
        tables: vec![details_table(book, measure)],
        side: vec![Note {
            title: "Cách đọc".into(),
            paragraphs: vec![
                "Số càng nhỏ thì khoảng này càng rộng. Một đơn vị chỉ vào nhóm “rõ” khi cả vạch mảnh nằm về một phía của mức chung.".into(),
                "Không xếp hạng: trong mỗi nhóm, các đơn vị đứng theo tên.".into(),
            ],
        }],
        ..Block::default()
    })
}

/// Bars for counts and for ratios that may pass 100 %, largest first.
fn bars(book: &Book<'_>, measure: &Measure) -> Option<Block> {
    let period = book.current();
    let mut shown: Vec<(&Unit, f64, Quantity)> = book
        .units
        .iter()
        .filter_map(|unit| {
            let value = book.figure(&Book::area(unit), period, measure).value?;
            Some((*unit, draw::position(measure, value)?, value))
        })
        .collect();
    if shown.len() < 2 || shown.iter().any(|(_, at, _)| *at < 0.0) {
        return None;
    }
    shown.sort_by(|a, b| b.1.total_cmp(&a.1));
    let whole = book.figure(&book.province, period, measure);
    let (first, _, value) = shown.first()?;
    let most = format!("{}, {}", words::inside(first.name()), words::said(measure, *value));
    let finding = match whole.value {
        Some(total) => format!("Toàn tỉnh {}; nhiều nhất là {most}.", words::said(measure, total)),
        None => format!("Nhiều nhất là {most}."),
    };
    let bars = shown
        .iter()
        .map(|(unit, at, value)| RankedRow {
            name: unit.name().to_owned(),
            value: Value::At(*at),
            label: words::quantity(measure, *value),
            ours: false,
        })
        .collect();
    let drawing = Ranked {
        head: Head {
            id: format!("thanh-{}", slug(measure.code.as_str())),
            title: format!("{} của từng đơn vị, {}", measure.title, period.title()),
            summary: String::new(),
        },
        measure: draw::axis(measure),
        reference: None,
        rows: bars,
    }
    .drawing();
    Some(Block {
        id: "don-vi".into(),
        topic: "Giữa các đơn vị".into(),
        finding,
        figures: vec![Figure {
            title: format!("{} đơn vị có số liệu, từ nhiều đến ít", words::capital(&words::numeral(shown.len()))),
            subtitle: format!("{}, {}, {}", measure.short, period.title(), measure.table_unit()),
            drawings: draw::both(drawing),
            coverage: book.left_out(period, measure),
            ..Figure::default()
        }],
        tables: vec![count_table(book, measure)],
        side: vec![Note::new(
            "Cách đọc",
            "Thanh dài theo số tuyệt đối: đơn vị đông dân, nhiều thôn thường có số lớn hơn. Không phải xếp hạng.",
        )],
        ..Block::default()
    })
}

/// The table of the bars: each unit with plan and change.
fn count_table(book: &Book<'_>, measure: &Measure) -> Table {
    let period = book.current();
    let line = |label: Cell, area: &Area| {
        let standing = Standing::of(book, area, period, measure);
        let cells = vec![
            number::figure(book, area, period, measure).key(),
            number::figure(book, area, period.a_year_earlier(), measure),
            number::change(book, area, period, measure),
            Cell::number(standing.plan()),
            Cell::number(standing.percent()),
        ];
        Row::new(label, cells)
    };
    let mut rows: Vec<Row> = book
        .units
        .iter()
        .map(|unit| line(Cell::short(unit.name()).link(page::unit(unit)), &Book::area(unit)))
        .collect();
    rows.push(line(Cell::text("Toàn tỉnh"), &book.province).class("sum"));
    let columns = [
        Column::text("Đơn vị"),
        Column::number(period.short()).unit(measure.table_unit()).of(period),
        Column::number("Cùng kỳ"),
        Column::number("Tăng, giảm"),
        Column::number("Kế hoạch"),
        Column::number("% kế hoạch"),
    ];
    Table::new(
        format!("{} của từng đơn vị", measure.short),
        format!("{}, {}; xếp theo tên", period.heading(), measure.table_unit()),
        &columns,
        rows,
    )
}

/// With more units × quarters than this, a table of links leaves the quarters of earlier years out.
const MOST_LINKED: usize = 600;

/// Every unit and every period of its own rhythm.
pub fn everything(book: &Book<'_>, measure: &Measure) -> Block {
    let years = book.years();
    let running: Vec<Period> = book.periods().filter(|period| period.kind() == PeriodKind::Quarter).collect();
    // Where every number is a link, the quarters of earlier years stand on their lineage pages: a page is at most 150 kB.
    let crowded = book.trail.is_some() && book.units.len() * running.len() > MOST_LINKED;
    let quarters: Vec<Period> = match running.last() {
        Some(last) if crowded => running.iter().copied().filter(|q| q.last_year() == last.last_year()).collect(),
        _ => running.clone(),
    };
    // At commune level persons are published by the year only: their quarters would be signs throughout.
    let yearly = measure.is_class() || book.is_public() && measure.privacy != Privacy::P0;
    let by_quarter = !yearly;
    let mut columns = vec![Column::text("Đơn vị")];
    let mut all_years: Vec<i32> = running.iter().map(|quarter| quarter.last_year()).collect();
    all_years.dedup();
    for year in &all_years {
        let group = format!("Năm {year}");
        if by_quarter {
            for quarter in quarters.iter().filter(|quarter| quarter.last_year() == *year) {
                columns.push(Column::number(["I", "II", "III", "IV"][usize::from(quarter.number()) - 1]).under(&group));
            }
        }
        if years.contains(&Period::year(*year)) {
            let column = Column::number(if by_quarter { "Năm".to_owned() } else { year.to_string() });
            let column = column.of(Period::year(*year));
            columns.push(if by_quarter { column.under(&group) } else { column });
        }
    }
    let period = book.current();
    columns.push(Column::number("Kế hoạch"));
    columns.push(Column::number("So với cùng kỳ"));
    let line = |label: Cell, area: &Area, rhythm: Option<Vec<&ReturnStatus>>| {
        let mut cells = Vec::new();
        for year in &all_years {
            if by_quarter {
                cells.extend(parts_of_year(book, area, measure, *year, &quarters, rhythm.as_deref()));
            }
            if years.contains(&Period::year(*year)) {
                cells.push(number::figure(book, area, Period::year(*year), measure).key());
            }
        }
        let standing = Standing::of(book, area, period, measure);
        cells.push(Cell::number(standing.plan()));
        cells.push(number::change(book, area, period, measure));
        Row::new(label, cells)
    };
    let mut rows: Vec<Row> = book
        .units
        .iter()
        .map(|unit| {
            let mine = book.release.reporting().iter().filter(|status| status.unit == unit.code).collect();
            line(Cell::short(unit.name()).link(page::unit(unit)), &Book::area(unit), Some(mine))
        })
        .collect();
    if !measure.is_class() {
        rows.push(line(Cell::text("Toàn tỉnh"), &book.province, None).class("sum"));
    }
    let earlier = match by_quarter && crowded {
        true => "Các quý của năm trước: bấm vào số của năm.",
        false => "",
    };
    let note = match (by_quarter, book.is_public()) {
        (true, _) => "Ô rộng hai quý: đơn vị báo cáo 6 tháng. Toàn tỉnh theo quý chỉ gồm đơn vị báo cáo hằng quý.",
        (false, true) if !measure.is_class() => {
            "Ở cấp xã, số người chỉ công bố theo năm. Tổng của tỉnh là số đầy đủ, đã gồm cả các xã không công bố."
        }
        _ => "Xếp loại lấy ở báo cáo cuối năm.",
    };
    let subtitle = format!("{}; xếp theo tên", measure.table_unit());
    let table = Table::new(format!("{} của {} đơn vị", measure.short, book.units.len()), subtitle, &columns, rows);
    Block { id: "bang-day-du".into(), tables: vec![table.wide().note(note).note(earlier)], ..Block::default() }
}

/// The quarters of a year; a half where the unit reports by halves, one wide sign where by years.
fn parts_of_year(
    book: &Book<'_>,
    area: &Area,
    measure: &Measure,
    year: i32,
    running: &[Period],
    mine: Option<&[&ReturnStatus]>,
) -> Vec<Cell> {
    let quarters: Vec<Period> = running.iter().copied().filter(|quarter| quarter.last_year() == year).collect();
    let mut cells = Vec::new();
    let mut at = 0;
    while at < quarters.len() {
        let own = mine.and_then(|mine| mine.iter().find(|status| status.period.starts_with(quarters[at])));
        let period = own.map_or(quarters[at], |status| status.period);
        let columns = period.quarters().count().min(quarters.len() - at);
        cells.push(if columns == 1 {
            number::figure(book, area, period, measure)
        } else if period.kind() == PeriodKind::Half && columns == 2 {
            number::figure(book, area, period, measure).class("mid").across(2)
        } else {
            Cell::number("x").class("mid").across(columns)
        });
        at += columns;
    }
    cells
}

/// The table of the interval chart: parts, interval and stance of each unit.
fn details_table(book: &Book<'_>, measure: &Measure) -> Table {
    let period = book.current();
    let line = |label: Cell, area: &Area| {
        let mut cells =
            vec![number::figure(book, area, period, measure).key(), number::parts(book, area, period, measure)];
        cells.extend(details(book, area, period, measure));
        cells.push(Cell::number(Standing::of(book, area, period, measure).plan()));
        cells.push(number::change(book, area, period, measure));
        Row::new(label, cells)
    };
    let mut rows: Vec<Row> = book
        .units
        .iter()
        .map(|unit| line(Cell::short(unit.name()).link(page::unit(unit)), &Book::area(unit)))
        .collect();
    rows.push(line(Cell::text("Toàn tỉnh"), &book.province).class("sum"));
    let columns = [
        Column::text("Đơn vị"),
        Column::number("Tỷ lệ").unit("%"),
        Column::number("Tử số/mẫu số"),
        Column::number("Khoảng tin cậy").unit("95%, %"),
        Column::text("So với mức chung"),
        Column::number("Kế hoạch"),
        Column::number("So với cùng kỳ").unit("điểm phần trăm"),
    ];
    Table::new(
        format!("{} và khoảng tin cậy của từng đơn vị", measure.short),
        format!("{}; mẫu số dưới 20 thì ghi phân số", period.heading()),
        &columns,
        rows,
    )
    .full()
}

/// Interval and stance of a ratio in the period in review.
fn details(book: &Book<'_>, area: &Area, period: Period, measure: &Measure) -> [Cell; 2] {
    let figure = book.figure(area, period, measure);
    let Some((x, n)) = figure.ratio().filter(|(x, n)| *n > 0 && x <= n) else {
        let sign = figure.status.sign().unwrap_or("x");
        return [Cell::number(sign), Cell::text(words::status(figure.status)).class("tag")];
    };
    let (low, high) = wilson(x, n, Confidence::P95);
    let tenth = |at: f64| fixed((at * 10.0).round() as i64, 1);
    let stance = match book.figure(&book.province, period, measure).ratio() {
        Some(level) if area != &book.province => Stance::of(x, n, level).title(),
        _ => "x",
    };
    [Cell::number(format!("{}–{}", tenth(low), tenth(high))), Cell::text(stance).class("tag")]
}
