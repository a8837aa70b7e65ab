//! Units side by side where they can be compared: the funnel, the intervals, and three groups by name.

use crate::analysis::funnel::{Funnel, Place};
use crate::analysis::shrink::Shrink;
use crate::analysis::wording;
use crate::site::book::Book;
use crate::site::catalogue::{Measure, Nature};
use crate::site::chart::funnel::{Funnel as Chart, FunnelPoint, Limits};
use crate::site::chart::interval::{Interval, IntervalGroup, IntervalRow, Stance as Side};
use crate::site::chart::{Drawing, Head, Measure as Axis};
use crate::site::interval::wilson;
use crate::site::page;
use crate::site::signals::{listed, short};
use crate::site::standing::Standing;
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::{draw, number};
use crate::site::words;
use crate::statistics::funnel::{Stance, count_band, proportion_limits};
use crate::statistics::interval::Confidence;
use crate::vocabulary::number::{estimate, whole};
use crate::vocabulary::text::slug;
use crate::vocabulary::{Area, Edition, Period};

/// With more units than this the intervals are a list nobody reads; the funnel shows them all.
const MOST_INTERVALS: usize = 40;

/// The outer limits single a unit out, the inner ones are to be watched.
const LIMITS: [(Confidence, &str); 2] = [(Confidence::P95, "95%"), (Confidence::P998, "99,8%")];

/// Points of a drawn limit.
const STEPS: usize = 40;

/// Names of units that stand so, in reading order.
fn named(book: &Book<'_>, funnel: &Funnel, stance: Stance) -> Vec<String> {
    let units = funnel.told().filter(|(_, of)| listed(*of) == stance);
    units.map(|(place, _)| words::inside(&book.area_name(&place.area))).collect()
}

/// Who differs beyond chance, as one sentence.
pub fn sentence(book: &Book<'_>, measure: &Measure) -> Option<String> {
    let funnel = book.signals.funnel(measure).ok()?;
    if !funnel.comparable {
        return Some(format!("{}.", wording::UNLIKE));
    }
    let count = |stance| named(book, funnel, stance).len();
    Some(match (count(Stance::High), count(Stance::Low)) {
        _ if funnel.told().next().is_none() => format!("{}.", wording::SMALL),
        (0, 0) => format!("{}.", wording::FUNNEL_SAME),
        (high, low) => {
            let some = [(high, "cao hơn rõ"), (low, "thấp hơn rõ")];
            let told = some.iter().filter(|(count, _)| *count > 0);
            let told: Vec<String> =
                told.map(|(count, word)| format!("{} đơn vị {word}", words::numeral(*count))).collect();
            format!("{} so với mức chung.", words::capital(&words::list(&told)))
        }
    })
}

/// The comparison of units in the period in review.
pub fn block(book: &Book<'_>, measure: &Measure, funnel: &Funnel) -> Block {
    let period = book.current();
    let mut more = Vec::new();
    for (stance, fixed) in [(Stance::High, wording::FUNNEL_HIGH), (Stance::Low, wording::FUNNEL_LOW)] {
        let names = named(book, funnel, stance);
        if !names.is_empty() {
            let names = words::capital(&words::list_of(&names, 6, "đơn vị"));
            more.push(format!("{names}: {}.", words::inside(fixed)));
        }
    }
    let differ = more.len();
    let chance = funnel.shrink.as_ref().is_some_and(|shrink| shrink.is_all_chance());
    let silent = funnel.told().next().is_none();
    if chance && differ == 0 && !silent {
        more.push(format!("{}.", wording::ALL_CHANCE));
    }
    let count = named(book, funnel, Stance::High).len() + named(book, funnel, Stance::Low).len();
    let title = match (funnel.comparable, count) {
        (false, _) => "Các xã chưa so sánh được với nhau".to_owned(),
        (true, 0) if silent => "Số quá nhỏ, chưa đủ để so sánh".to_owned(),
        (true, 0) => "Chưa thấy đơn vị nào khác mức chung".to_owned(),
        (true, some) => format!("{} đơn vị khác mức chung rõ hơn ngẫu nhiên", words::capital(&words::numeral(some))),
    };
    let placed = funnel.places.iter().filter(|place| place.parts.is_some()).count();
    let subtitle = match funnel.proportion {
        true => format!("{}, {placed} đơn vị, {}, % theo mẫu số", measure.short, period.title()),
        false => format!("{}, {placed} đơn vị, {}, số lần so với số kỳ vọng", measure.short, period.title()),
    };
    let mut figures = vec![Figure {
        title,
        subtitle,
        key: vec![
            "vạch liền ngoài: 99,8%; vạch chấm trong: 95%".into(),
            "tam giác xanh: khác rõ".into(),
            "chấm rỗng: chưa thấy khác".into(),
        ],
        drawings: draw::both(chart(book, period, measure, funnel).drawing()),
        coverage: book.left_out(period, measure),
        ..Figure::default()
    }];
    if funnel.proportion && placed <= MOST_INTERVALS {
        figures.push(intervals(book, measure, funnel));
    }
    Block {
        id: "don-vi".into(),
        topic: "Giữa các đơn vị".into(),
        finding: sentence(book, measure).unwrap_or_default(),
        more: more.join(" "),
        figures,
        tables: vec![table(book, measure, funnel)],
        side: reading(book, measure, funnel),
        ..Block::default()
    }
}

/// How the chart and the table are read.
fn reading(book: &Book<'_>, measure: &Measure, funnel: &Funnel) -> Vec<Note> {
    let mut how = vec![
        "Đơn vị càng ít trường hợp thì càng dễ lệch do ngẫu nhiên: vì vậy phễu rộng ở bên trái, hẹp ở bên phải."
            .to_owned(),
        "Chỉ đơn vị nằm ngoài vạch 99,8% mới vào nhóm “rõ”. Trong mỗi nhóm, các đơn vị đứng theo tên.".to_owned(),
    ];
    if let Some(base) = book.rules().expected_from.get(&measure.code).and_then(|code| book.measure(code)) {
        how.push(format!(
            "Số kỳ vọng: số của đơn vị nếu cũng theo mức chung, tính theo {}.",
            words::inside(&base.title)
        ));
    }
    let mut notes = vec![Note { title: "Cách đọc".into(), paragraphs: how }];
    let mostly = funnel.shrink.as_ref().is_some_and(|shrink| shrink.is_mostly_chance());
    let small = funnel
        .places
        .iter()
        .any(|place| place.parts.is_some() && place.expected < book.rules().smallest_expectation as f64);
    let why = match mostly || small {
        true => format!("{}.", wording::NO_RANK),
        false => "Các xã không được xếp hạng; khác biệt cần được xem cùng hoàn cảnh của từng xã.".to_owned(),
    };
    notes.push(Note::new("Không xếp hạng", why));
    if funnel.spread > 0.0 {
        notes.push(Note::new(
            "Giới hạn đã nới rộng",
            format!(
                "Các xã vốn khác nhau khoảng {}% quanh mức chung, nên giới hạn rộng hơn mức ngẫu nhiên đơn thuần.",
                estimate(100.0 * funnel.spread.sqrt(), 0)
            ),
        ));
    }
    notes
}

/// Where an area lies: its size, and its value as drawn.
fn position(place: &Place, proportion: bool) -> Option<(f64, f64)> {
    let (x, n) = place.parts?;
    match proportion {
        true => Some((n as f64, 100.0 * x as f64 / n as f64)),
        false => Some((place.expected, x as f64 / place.expected)),
    }
}

/// The funnel of a period, large enough for a wall.
pub fn on_slide(book: &Book<'_>, period: Period, measure: &Measure, funnel: &Funnel) -> Drawing {
    chart(book, period, measure, funnel).slide()
}

fn chart(book: &Book<'_>, period: Period, measure: &Measure, funnel: &Funnel) -> Chart {
    let points: Vec<FunnelPoint> = funnel
        .places
        .iter()
        .filter_map(|place| {
            let (size, at) = position(place, funnel.proportion)?;
            Some(FunnelPoint {
                name: crate::site::book::bare(&book.area_name(&place.area)).to_owned(),
                size,
                at,
                label: words::told(measure, book.figure(&place.area, period, measure)),
                stance: side(place),
            })
        })
        .collect();
    let largest = points.iter().map(|point| point.size).fold(0.0, f64::max) * 1.03;
    let limits = LIMITS.map(|(confidence, label)| Limits {
        label: label.to_owned(),
        points: (1..=STEPS)
            .map(|step| {
                // Steps are closer where the limits bend.
                let size = largest * (step as f64 / STEPS as f64).powi(2);
                let (low, high) = match funnel.proportion {
                    true => {
                        let (low, high) = proportion_limits(size, funnel.rate(), confidence);
                        // At the ends of the scale there is no limit to draw.
                        let inside = |at: f64| if at > 0.0 && at < 1.0 { 100.0 * at } else { f64::NAN };
                        (inside(low), inside(high))
                    }
                    false => {
                        let (low, high) = count_band(size, funnel.spread, confidence);
                        (if low > 0.0 { low / size } else { f64::NAN }, high / size)
                    }
                };
                (size, low, high)
            })
            .collect(),
    });
    let noun = match &measure.nature {
        Nature::Ratio(noun) => format!("Mẫu số ({noun})"),
        _ => format!("Số kỳ vọng ({})", measure.unit),
    };
    let level = match funnel.proportion {
        true => (100.0 * funnel.rate(), format!("Mức chung {}%", estimate(100.0 * funnel.rate(), 1))),
        false => (1.0, "Mức chung = 1".to_owned()),
    };
    Chart {
        head: Head {
            id: format!("pheu-{}", slug(measure.code.as_str())),
            title: format!("{} của từng đơn vị so với mức chung, {}", measure.title, period.title()),
            summary: String::new(),
        },
        measure: match funnel.proportion {
            true => Axis::percent(),
            false => Axis { unit: "lần số kỳ vọng".into(), whole: false, from_zero: true, ceiling: None },
        },
        size: Axis { unit: noun, whole: true, from_zero: true, ceiling: None },
        level,
        limits: limits.into(),
        points,
    }
}

fn side(place: &Place) -> Side {
    match place.stance.map(listed) {
        Ok(Stance::High) => Side::Higher,
        Ok(Stance::Low) => Side::Lower,
        _ => Side::Alike,
    }
}

/// Proportions with their intervals, in three groups by name.
fn intervals(book: &Book<'_>, measure: &Measure, funnel: &Funnel) -> Figure {
    let period = book.current();
    let noun = match &measure.nature {
        Nature::Ratio(noun) => noun.clone(),
        _ => String::new(),
    };
    let group = |title: &str, stance: Side| {
        let rows: Vec<IntervalRow> = funnel
            .places
            .iter()
            .filter(|place| side(place) == stance)
            .filter_map(|place| {
                let (x, n) = place.parts?;
                Some(IntervalRow {
                    name: book.area_name(&place.area),
                    at: 100.0 * x as f64 / n as f64,
                    thick: wilson(x, n, Confidence::P95),
                    thin: wilson(x, n, Confidence::P998),
                    label: words::told(measure, book.figure(&place.area, period, measure)),
                    parts: format!("{}/{}", whole(x), whole(n)),
                })
            })
            .collect();
        IntervalGroup { title: format!("{title}: {} đơn vị", rows.len()), stance, rows }
    };
    let alike = if funnel.told().next().is_some() { wording::FUNNEL_SAME } else { "Chưa so sánh được" };
    let (x, n) = funnel.level;
    let level = words::said(measure, crate::release::Quantity::Ratio { numerator: x, denominator: n });
    Figure {
        title: format!("{} với khoảng tin cậy của từng đơn vị", measure.short),
        subtitle: format!("{}, {}, %; trong mỗi nhóm đứng theo tên", measure.short, period.title()),
        key: vec!["vạch đậm: khoảng tin cậy 95%; vạch mảnh: 99,8%".into()],
        drawings: draw::both(
            Interval {
                head: Head {
                    id: format!("khoang-{}", slug(measure.code.as_str())),
                    title: format!("{} của từng đơn vị, {}", measure.title, period.title()),
                    summary: String::new(),
                },
                measure: Axis::percent(),
                reference: Some((100.0 * funnel.rate(), format!("Mức chung {level}"))),
                columns: ["tỷ lệ".into(), noun],
                groups: vec![
                    group("Cao hơn rõ so với mức chung", Side::Higher),
                    group(alike, Side::Alike),
                    group("Thấp hơn rõ so với mức chung", Side::Lower),
                ],
            }
            .drawing(),
        ),
        coverage: format!("{}.", wording::INTERVAL_HELP),
        ..Figure::default()
    }
}

/// The three groups, and those of which nothing is said, each by name.
fn table(book: &Book<'_>, measure: &Measure, funnel: &Funnel) -> Table {
    let period = book.current();
    let mut rows = Vec::new();
    type Belongs = fn(&Place) -> bool;
    let groups: [(&str, Belongs); 4] = [
        ("Cao hơn rõ so với mức chung", |place| place.stance.map(listed) == Ok(Stance::High)),
        ("Chưa thấy khác mức chung", |place| place.stance.map(listed) == Ok(Stance::Alike)),
        ("Thấp hơn rõ so với mức chung", |place| place.stance.map(listed) == Ok(Stance::Low)),
        ("Chưa so sánh", |place| place.stance.is_err()),
    ];
    for (title, belongs) in groups {
        let members: Vec<usize> = (0..funnel.places.len()).filter(|at| belongs(&funnel.places[*at])).collect();
        if members.is_empty() {
            continue;
        }
        rows.push(Row::heading(format!("{title}: {} đơn vị", members.len())));
        rows.extend(members.into_iter().map(|at| line(book, measure, funnel, at)));
    }
    rows.push(total(book, measure, funnel).class("sum"));
    let mut columns = vec![Column::text("Đơn vị")];
    columns.extend(match funnel.proportion {
        true => [
            Column::number("Tỷ lệ").unit("%").of(period),
            Column::number("Tử số/mẫu số"),
            Column::number("Khoảng tin cậy").unit("95%, %"),
        ],
        false => [
            Column::number(period.short()).unit(measure.table_unit()).of(period),
            Column::number("Số kỳ vọng"),
            Column::number("So với kỳ vọng").unit("lần"),
        ],
    });
    columns.push(Column::text("So với mức chung"));
    if shrink(book, funnel).is_some() {
        columns.push(Column::number("Co về mức chung").unit(if funnel.proportion { "%" } else { "lần" }));
        columns.push(Column::number("Độ tin cậy").unit("%"));
    }
    columns.push(Column::number("Kế hoạch"));
    columns.push(Column::number("So với cùng kỳ").unit(if measure.is_ratio() { "điểm phần trăm" } else { "" }));
    let small = if funnel.proportion { "; mẫu số dưới 20 thì ghi phân số" } else { "" };
    let table = Table::new(
        format!("{}: các đơn vị theo ba nhóm", measure.short),
        format!("{}; trong mỗi nhóm xếp theo tên{small}", period.heading()),
        &columns,
        rows,
    );
    let shrunk = "Co về mức chung: ước lượng khi đã bớt phần lệch do ngẫu nhiên. Độ tin cậy: 0% là hoàn toàn ngẫu nhiên, 100% là số của đơn vị nói lên đầy đủ.";
    let all_chance =
        "Chênh lệch giữa các đơn vị chỉ do ngẫu nhiên: ước lượng co về mức chung của mọi đơn vị là mức chung.";
    table.full().note(match &funnel.shrink {
        Some(shrink) if is_internal(book) && shrink.is_all_chance() => all_chance,
        Some(_) if is_internal(book) => shrunk,
        _ => "",
    })
}

fn is_internal(book: &Book<'_>) -> bool {
    book.release.edition() == Edition::Internal
}

/// The shrunken estimates, where they are not the same for all; in the internal edition alone.
fn shrink<'f>(book: &Book<'_>, funnel: &'f Funnel) -> Option<&'f Shrink> {
    funnel.shrink.as_ref().filter(|shrink| is_internal(book) && !shrink.is_all_chance())
}

fn line(book: &Book<'_>, measure: &Measure, funnel: &Funnel, at: usize) -> Row {
    let place = &funnel.places[at];
    let (area, period) = (&place.area, book.current());
    let figure = book.figure(area, period, measure);
    let sign = || Cell::number(figure.status.sign().unwrap_or("x"));
    let mut cells = vec![number::figure(book, area, period, measure).key()];
    match place.parts {
        Some((x, n)) if funnel.proportion => {
            let (low, high) = wilson(x, n, Confidence::P95);
            cells.push(number::parts(book, area, period, measure));
            cells.push(Cell::number(format!("{}–{}", estimate(low, 1), estimate(high, 1))));
        }
        Some((x, _)) => {
            cells.push(Cell::number(estimate(place.expected, 1)));
            cells.push(Cell::number(estimate(x as f64 / place.expected, 2)));
        }
        None => cells.extend([sign(), sign()]),
    }
    cells.push(Cell::text(short(place.stance)).class("tag"));
    if let Some(shrink) = shrink(book, funnel) {
        cells.extend(match shrink.areas[at] {
            Some(shrunken) if funnel.proportion => {
                [estimate(100.0 * shrunken.rate, 1), estimate(100.0 * shrunken.reliability, 0)].map(Cell::number)
            }
            Some(shrunken) => [estimate(shrunken.rate / funnel.rate(), 2), estimate(100.0 * shrunken.reliability, 0)]
                .map(Cell::number),
            None => [sign(), sign()],
        });
    }
    cells.push(Cell::number(Standing::of(book, area, period, measure).plan()));
    cells.push(number::change(book, area, period, measure));
    let name = match area {
        Area::Unit(code) => book.unit(code).map(page::unit),
        _ => None,
    };
    let label = Cell::short(book.area_name(area));
    Row::new(if let Some(href) = name { label.link(href) } else { label }, cells)
}

/// The whole: its figure, and the level that units are compared with.
fn total(book: &Book<'_>, measure: &Measure, funnel: &Funnel) -> Row {
    let period = book.current();
    let mut cells = vec![number::figure(book, &book.province, period, measure).key()];
    cells.extend(match funnel.proportion {
        true => [number::parts(book, &book.province, period, measure), Cell::number("x")],
        false => [Cell::number("x"), Cell::number("1,00")],
    });
    cells.push(Cell::text("mức chung").class("tag"));
    if shrink(book, funnel).is_some() {
        cells.extend([Cell::number("x"), Cell::number("x")]);
    }
    cells.push(Cell::number(Standing::of(book, &book.province, period, measure).plan()));
    cells.push(number::change(book, &book.province, period, measure));
    Row::new(Cell::text("Toàn tỉnh"), cells)
}
