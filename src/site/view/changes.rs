//! Units between two periods: where each was and where each is; and their course in small charts.

use std::cmp::Ordering;

use crate::analysis::change::Signal;
use crate::release::{Change, Versus};
use crate::site::book::{Book, bare};
use crate::site::catalogue::Measure;
use crate::site::chart::dumbbell::{Dumbbell, DumbbellRow};
use crate::site::chart::multiples::{Mini, shared_range};
use crate::site::chart::{Head, Periods};
use crate::site::page;
use crate::site::view::block::{Block, Figure, Note, Small};
use crate::site::view::draw;
use crate::site::words;
use crate::vocabulary::text::slug;
use crate::vocabulary::{Area, Period};

/// With more units than this only those whose change is clear are drawn, and at most so many.
const MOST: usize = 24;

/// One unit with both its figures.
struct Moved<'b> {
    area: Area,
    name: &'b str,
    change: Change,
    signal: Option<Signal>,
}

/// The change of each unit against the same period of last year; nothing with fewer than two to draw.
pub fn block(book: &Book<'_>, measure: &Measure) -> Option<Block> {
    let period = book.current();
    let all: Vec<Moved<'_>> = book
        .units
        .iter()
        .filter_map(|unit| {
            let area = Book::area(unit);
            let change = book.yearly(&area, period, measure)?.change.ok()?;
            book.change(&area, period, measure).way?;
            let signal = book.verdict(&area, period, measure).map(|verdict| verdict.listed());
            Some(Moved { area, name: bare(unit.name()), change, signal })
        })
        .collect();
    // Where nothing moved there is nothing to see.
    if all.len() < 2 || all.iter().all(|moved| moved.change.now == moved.change.before) {
        return None;
    }
    let clear = |of: Signal| -> Vec<String> {
        let so = all.iter().filter(|moved| moved.signal == Some(of));
        so.map(|moved| words::inside(&book.area_name(&moved.area))).collect()
    };
    let (up, down) = (clear(Signal::Up), clear(Signal::Down));
    let told: Vec<String> = [(&up, Signal::Up), (&down, Signal::Down)]
        .into_iter()
        .filter(|(names, _)| !names.is_empty())
        .map(|(names, signal)| format!("{}: {}", words::inside(signal.text()), words::list_of(names, 4, "đơn vị")))
        .collect();
    let versus = words::versus(period, Versus::SamePeriodLastYear);
    let tested = all.iter().any(|moved| moved.signal.is_some());
    let finding = match (told.is_empty(), tested) {
        (false, _) => format!("{}.", words::capital(&told.join("; "))),
        (true, true) => "Chưa thấy đơn vị nào thay đổi rõ rệt.".to_owned(),
        (true, false) => format!("{} đơn vị có số liệu cả hai kỳ.", all.len()),
    };
    let title = match (up.len(), down.len(), tested) {
        (0, 0, true) => "Chưa thấy đơn vị nào thay đổi rõ rệt".to_owned(),
        (0, 0, false) => format!("{}: {} đơn vị so hai kỳ", measure.short, all.len()),
        (up, 0, _) => format!("{} đơn vị tăng rõ rệt", words::capital(&words::numeral(up))),
        (0, down, _) => format!("{} đơn vị giảm rõ rệt", words::capital(&words::numeral(down))),
        (up, down, _) => {
            let (up, down) = (words::capital(&words::numeral(up)), words::numeral(down));
            format!("{up} đơn vị tăng rõ rệt, {down} đơn vị giảm")
        }
    };
    let absent: Vec<&str> = book
        .units
        .iter()
        .filter(|unit| !all.iter().any(|moved| moved.area == Book::area(unit)))
        .map(|unit| bare(unit.name()))
        .collect();
    let left_out = match absent.len() {
        0 => "Mọi đơn vị có số liệu cả hai kỳ.".to_owned(),
        few if few <= 6 => format!("Không vẽ vì không đủ số liệu cả hai kỳ: {}.", absent.join(", ")),
        many => format!("{many} đơn vị không vẽ vì không đủ số liệu cả hai kỳ."),
    };
    let many = all.len() > MOST;
    let drawn: Vec<&Moved<'_>> = all
        .iter()
        .filter(|moved| !many || matches!(moved.signal, Some(Signal::Up | Signal::Down)))
        .take(MOST)
        .collect();
    let figures = match drawn.len() {
        0 => Vec::new(),
        _ => vec![Figure {
            title,
            subtitle: format!("{}, từng đơn vị, {} {versus}, {}", measure.short, period.title(), measure.table_unit()),
            drawings: draw::both(chart(book, measure, drawn).drawing()),
            coverage: if many { format!("Chỉ vẽ đơn vị thay đổi rõ rệt. {left_out}") } else { left_out },
            ..Figure::default()
        }],
    };
    Some(Block {
        id: "hai-ky".into(),
        topic: format!("Từng đơn vị, {versus}"),
        finding,
        figures,
        side: vec![Note::new(
            "Cách đọc",
            "Chấm rỗng: kỳ trước; chấm đặc: kỳ này. Màu xanh: thay đổi mà ngẫu nhiên hiếm khi gây ra (dưới 0,2%). Xếp theo mức thay đổi cho dễ nhìn, không phải xếp hạng.",
        )],
        ..Block::default()
    })
}

fn chart(book: &Book<'_>, measure: &Measure, mut moved: Vec<&Moved<'_>>) -> Dumbbell {
    let period = book.current();
    let place = |value| draw::position(measure, value).unwrap_or_default();
    let size = |moved: &Moved<'_>| place(moved.change.now) - place(moved.change.before);
    moved.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let rows = moved.into_iter().map(|moved| {
        let change = book.change(&moved.area, period, measure);
        let short = change.short.split(" (").next().unwrap_or_default().to_owned();
        DumbbellRow {
            name: moved.name.to_owned(),
            before: (place(moved.change.before), words::quantity(measure, moved.change.before)),
            after: (place(moved.change.now), words::quantity(measure, moved.change.now)),
            change: short,
            verdict: match moved.signal {
                Some(signal @ (Signal::Up | Signal::Down)) => Some(signal.text().to_owned()),
                _ => None,
            },
        }
    });
    let unit = match measure.is_ratio() {
        true => ["điểm phần trăm".to_owned(), "điểm %".to_owned()],
        false => [measure.table_unit().to_owned(), measure.table_unit().to_owned()],
    };
    Dumbbell {
        head: Head {
            id: format!("hai-ky-{}", slug(measure.code.as_str())),
            title: format!("{} của từng đơn vị ở hai kỳ", measure.title),
            summary: String::new(),
        },
        measure: draw::axis(measure),
        periods: [period.a_year_earlier().heading(), period.heading()],
        change_unit: unit,
        rows: rows.collect(),
    }
}

/// The course of each unit over the years in small charts of one scale; nothing for fewer than three years.
pub fn courses(book: &Book<'_>, measure: &Measure) -> Option<Block> {
    let years = book.years();
    if years.len() < 3 || measure.is_class() {
        return None;
    }
    let point = |area: &Area, year: &Period| {
        let mut point = draw::point(measure, book.figure(area, *year, measure));
        point.label = point.label.trim_end_matches('%').to_owned();
        point
    };
    let known = |area: &Area| years.iter().filter(|year| book.figure(area, **year, measure).value.is_some()).count();
    let told: Vec<&&crate::definitions::Unit> =
        book.units.iter().filter(|unit| known(&Book::area(unit)) >= 2).collect();
    // Of many units those that differ from the common level, or changed, are worth a chart each.
    let period = book.current();
    let singled = |area: &Area| {
        let far =
            |stance| matches!(stance, crate::statistics::funnel::Stance::High | crate::statistics::funnel::Stance::Low);
        let moved = book.verdict(area, period, measure).map(|verdict| verdict.listed());
        book.signals.stance(measure, area).is_ok_and(far) || matches!(moved, Some(Signal::Up | Signal::Down))
    };
    let many = told.len() > MOST;
    let told: Vec<_> = told.into_iter().filter(|unit| !many || singled(&Book::area(unit))).take(MOST).collect();
    if told.len() < 2 {
        return None;
    }
    let points: Vec<Vec<_>> =
        told.iter().map(|unit| years.iter().map(|year| point(&Book::area(unit), year)).collect()).collect();
    // A count of the whole would press the units to the floor.
    let context: Vec<Option<f64>> = years
        .iter()
        .map(|year| {
            let figure = book.figure(&book.province, *year, measure);
            draw::value(measure, figure).known().filter(|_| measure.is_ratio())
        })
        .collect();
    let values =
        points.iter().flatten().filter_map(|point| point.value.known()).chain(context.iter().flatten().copied());
    let range = shared_range(values, &draw::axis(measure));
    let smalls = told.iter().zip(&points).map(|(unit, points)| {
        let id = format!("nho-{}-{}", slug(measure.code.as_str()), unit.code);
        let mini = Mini {
            head: Head { id, title: format!("{}: {}", unit.name(), measure.short), summary: String::new() },
            periods: Periods::years(years.iter().map(ToString::to_string)),
            points: points.clone(),
            context: context.clone(),
            range,
        };
        Small { name: bare(unit.name()).to_owned(), href: page::unit(unit), drawing: mini.draw() }
    });
    let smalls: Vec<Small> = smalls.collect();
    let way = |wanted: Ordering| {
        let so = told.iter().filter(|unit| book.trend(&Book::area(unit), measure).is_ok_and(|t| t.way == Some(wanted)));
        so.map(|unit| words::inside(unit.name())).collect::<Vec<_>>()
    };
    let trends: Vec<String> = [(Ordering::Greater, "xu hướng tăng"), (Ordering::Less, "xu hướng giảm")]
        .into_iter()
        .map(|(wanted, word)| (way(wanted), word))
        .filter(|(names, _)| !names.is_empty())
        .map(|(names, word)| format!("{word}: {}", words::list_of(&names, 4, "đơn vị")))
        .collect();
    let (first, last) = (years[0], years[years.len() - 1]);
    Some(Block {
        id: "tung-don-vi".into(),
        topic: "Diễn biến từng đơn vị".into(),
        finding: match trends.is_empty() {
            true => "Chưa thấy xu hướng rõ ở đơn vị nào.".to_owned(),
            false => format!("{}.", words::capital(&trends.join("; "))),
        },
        more: format!(
            "{}, {first}–{last}, {}; mọi hình chung một thước{}.",
            measure.short,
            measure.table_unit(),
            if many { "; chỉ vẽ đơn vị khác mức chung hoặc thay đổi rõ rệt" } else { "" }
        ),
        smalls,
        side: vec![Note::new(
            "Cách đọc",
            match measure.is_ratio() {
                true => "Đường xanh: đơn vị; đường xám: toàn tỉnh. Số ở cuối là năm gần nhất.",
                false => "Mỗi đường là một đơn vị, từ số 0. Đơn vị đông dân thường có số lớn hơn.",
            },
        )],
        ..Block::default()
    })
}
