//! The course of the headline measures up to the period, and what clearly changed since a year before.

use super::{ROWS, Slide, sentence};
use crate::analysis::change::Signal;
use crate::release::Versus;
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::{Cell, Column, Row, Table};
use crate::site::view::{draw, number};
use crate::site::words;
use crate::vocabulary::text::slug;
use crate::vocabulary::{Period, PeriodKind};

/// How many courses are shown.
const MOST: usize = 2;

/// The courses: of measures with a plan first, those short of it before those that reach it.
pub fn slides(book: &Book<'_>, period: Period, standings: &[Standing<'_>]) -> Vec<Slide> {
    let mut told: Vec<&Standing<'_>> = standings
        .iter()
        .filter(|standing| !standing.measure.is_class() && standing.figure.value.is_some())
        .filter(|standing| draw::drawn_until(book, period, standing.measure) >= 2)
        .collect();
    told.sort_by_key(|standing| (standing.goal.is_none(), standing.met == Some(true)));
    told.into_iter().take(MOST).map(|standing| course(book, period, standing)).collect()
}

fn course(book: &Book<'_>, period: Period, standing: &Standing<'_>) -> Slide {
    let measure = standing.measure;
    let verdict = match standing.met {
        Some(true) => ", đạt kế hoạch",
        Some(false) => ", chưa đạt kế hoạch",
        None => "",
    };
    let head = Head {
        id: format!("dien-bien-{}", slug(measure.code.as_str())),
        title: format!("{}, toàn tỉnh", measure.title),
        summary: String::new(),
    };
    let change = book.change(&book.province, period, measure);
    let told = words::like_for_like(&change, book.yearly(&book.province, period, measure));
    let mut notes = vec![sentence(&standing.told())];
    notes.push(match change.way {
        Some(_) => sentence(&format!("{told}, {}", words::versus(period, Versus::SamePeriodLastYear))),
        None => sentence(&told),
    });
    notes.extend(book.verdict(&book.province, period, measure).map(|verdict| sentence(verdict.alone().text())));
    let every = match draw::step_of(book, period) {
        PeriodKind::Quarter => "theo quý",
        PeriodKind::Half => "theo 6 tháng",
        _ => "theo năm",
    };
    Slide {
        kind: "chart",
        topic: measure.theme.clone(),
        title: format!("{}: {}{verdict}", measure.short, words::told(measure, standing.figure)),
        subtitle: format!("{}, toàn tỉnh, {every}, {}", measure.title, measure.table_unit()),
        drawings: draw::both(draw::until_on_slide(book, period, measure, head)),
        coverage: format!("{}.", book.coverage_told(period, measure)),
        notes,
        ..Slide::default()
    }
}

/// What changed beyond chance, in the order of the catalogue; nothing where nothing did.
pub fn changes(book: &Book<'_>, period: Period) -> Option<Slide> {
    let own = book.measures.iter().filter(|measure| measure.counts.is_none());
    let clear: Vec<(&Measure, Signal)> = own
        .filter_map(|measure| Some((measure, book.verdict(&book.province, period, measure)?.listed())))
        .filter(|(_, signal)| matches!(signal, Signal::Up | Signal::Down))
        .collect();
    if clear.is_empty() {
        return None;
    }
    let count = |wanted: Signal| clear.iter().filter(|(_, signal)| *signal == wanted).count();
    let versus = words::versus(period, Versus::SamePeriodLastYear);
    let counted: Vec<String> = [(Signal::Up, "tăng"), (Signal::Down, "giảm")]
        .into_iter()
        .filter(|(signal, _)| count(*signal) > 0)
        .map(|(signal, way)| format!("{} chỉ tiêu {way} rõ rệt", count(signal)))
        .collect();
    // The same rows as on the page of the period: over the units that have both.
    let rows: Vec<Row> = clear
        .iter()
        .filter_map(|(measure, _)| {
            let change = book.yearly(&book.province, period, measure)?.change.ok()?;
            let cells = vec![
                number::common(book, &book.province, period.a_year_earlier(), measure, change.before),
                number::common(book, &book.province, period, measure, change.now).key(),
                number::change(book, &book.province, period, measure),
            ];
            let name = Cell::text(&measure.short).link(page::measure(&measure.code)).note(measure.table_unit());
            Some(Row::new(name, cells))
        })
        .collect();
    let left = rows.len().saturating_sub(ROWS);
    let columns =
        [Column::text("Chỉ tiêu"), Column::number("Cùng kỳ"), Column::number("Kỳ này"), Column::number("Tăng, giảm")];
    let notes: Vec<String> = clear
        .iter()
        .take(3)
        .map(|(measure, _)| {
            let change = book.change(&book.province, period, measure);
            sentence(&format!("{} {}", words::inside(&measure.short), change.long))
        })
        .chain([sentence("Chỉ nêu thay đổi mà ngẫu nhiên hiếm khi gây ra; các chỉ tiêu đứng theo danh mục")])
        .collect();
    Some(Slide {
        kind: "table",
        topic: words::capital(&versus),
        title: words::capital(&words::list(&counted)),
        subtitle: format!("Toàn tỉnh, {}, {versus}, trên cùng các xã có đủ số liệu cả hai kỳ", period.title()),
        table: Some(Table::new("Các thay đổi rõ rệt", "", &columns, rows.into_iter().take(ROWS).collect())),
        coverage: match left {
            0 => String::new(),
            left => format!("Còn {left} chỉ tiêu khác ở trang kỳ báo cáo."),
        },
        notes,
        ..Slide::default()
    })
}
