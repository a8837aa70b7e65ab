//! The units side by side in one measure: all of them between the limits of chance, then those beyond by name;
//! never in order of size.

use std::cmp::Reverse;

use super::{Slide, sentence};
use crate::analysis::funnel::{Funnel, Place};
use crate::analysis::wording;
use crate::site::book::{Book, bare};
use crate::site::catalogue::Measure;
use crate::site::signals::listed;
use crate::site::standing::Standing;
use crate::site::view::block::{Cell, Column, Row, Table};
use crate::site::view::draw;
use crate::site::view::funnel::on_slide;
use crate::site::words;
use crate::statistics::funnel::Stance;
use crate::vocabulary::{Area, Period};

/// At most so many units of a group are named on a wall.
const NAMED: usize = 6;

/// The first headline measure in which units differ; else the first in which most of them could.
pub fn slides(book: &Book<'_>, period: Period, standings: &[Standing<'_>]) -> Vec<Slide> {
    let compared: Vec<(&Measure, Funnel)> = standings
        .iter()
        .filter_map(|standing| Some((standing.measure, book.funnel(period, standing.measure).ok()?)))
        .filter(|(_, funnel)| funnel.comparable && funnel.told().next().is_some())
        .collect();
    let differs = |funnel: &Funnel| funnel.told().any(|(_, stance)| listed(stance) != Stance::Alike);
    let told = |(at, (_, funnel)): &(usize, &(&Measure, Funnel))| (funnel.told().count(), Reverse(*at));
    let widest = || compared.iter().enumerate().max_by_key(told).map(|(at, _)| at);
    let at = compared.iter().position(|(_, funnel)| differs(funnel)).or_else(widest);
    let Some((measure, funnel)) = at.and_then(|at| compared.into_iter().nth(at)) else { return Vec::new() };
    let spread = spread(book, period, measure, &funnel);
    // Where chance explains all of it there is nobody to name.
    if differs(&funnel) { vec![spread, groups(book, period, measure, &funnel)] } else { vec![spread] }
}

/// `Có việc làm: 2 đơn vị cao hơn rõ và 1 đơn vị thấp hơn rõ`.
fn finding(measure: &Measure, funnel: &Funnel) -> String {
    let count = |stance: Stance| funnel.told().filter(|(_, of)| listed(*of) == stance).count();
    let counted: Vec<String> = [(count(Stance::High), "cao hơn rõ"), (count(Stance::Low), "thấp hơn rõ")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, way)| format!("{count} đơn vị {way}"))
        .collect();
    match counted.is_empty() {
        true => format!("{}: chưa thấy đơn vị nào khác mức chung", measure.short),
        false => format!("{}: {}", measure.short, words::list(&counted)),
    }
}

/// Every unit by its size and its level, between the limits of chance.
fn spread(book: &Book<'_>, period: Period, measure: &Measure, funnel: &Funnel) -> Slide {
    let axis = match funnel.proportion {
        true => "%, theo mẫu số",
        false => "số lần so với số kỳ vọng",
    };
    Slide {
        kind: "chart",
        topic: "Giữa các đơn vị".into(),
        title: finding(measure, funnel),
        subtitle: format!("{}, từng đơn vị, {}, {axis}", measure.title, period.title()),
        drawings: draw::both(on_slide(book, period, measure, funnel)),
        key: "Mỗi dấu một đơn vị. Tam giác xanh, ngoài vạch 99,8%: khác rõ; chấm rỗng: có thể do ngẫu nhiên.".into(),
        coverage: too_small(book, period, measure, funnel),
        notes: vec![
            sentence(&format!(
                "Mức chung của tỉnh {}",
                words::told(measure, book.figure(&book.province, period, measure))
            )),
            "Đơn vị ít trường hợp dễ lệch do ngẫu nhiên, nên phễu rộng ở bên trái, hẹp ở bên phải.".into(),
            sentence("Không xếp hạng: khác biệt cần được xem cùng hoàn cảnh của từng đơn vị"),
        ],
        ..Slide::default()
    }
}

/// The units beyond chance by name, and how many are not.
fn groups(book: &Book<'_>, period: Period, measure: &Measure, funnel: &Funnel) -> Slide {
    let group = |stance: Stance| -> Vec<&Place> {
        funnel.told().filter(|(_, of)| listed(*of) == stance).map(|(place, _)| place).collect()
    };
    let told = |place: &Place| {
        let figure = book.figure(&place.area, period, measure);
        format!("{} {}", book.area_name(&place.area), words::told(measure, figure))
    };
    let named = |place: &Place| book.area_name(&place.area);
    let bare = |place: &Place| bare(&book.area_name(&place.area)).to_owned();
    let (high, alike, low) = (group(Stance::High), group(Stance::Alike), group(Stance::Low));
    let row = |title: &str, places: &[&Place], names: Vec<String>| {
        let names = match names.is_empty() {
            true => "không có đơn vị nào".to_owned(),
            false => words::list_of(&names, if title.starts_with("Chưa") { 2 * NAMED } else { NAMED }, "đơn vị"),
        };
        Row::new(Cell::text(title), vec![Cell::number(places.len().to_string()).key(), Cell::text(names)])
    };
    let rows = vec![
        row("Cao hơn rõ", &high, high.iter().map(|place| told(place)).collect()),
        row("Chưa thấy khác biệt rõ", &alike, alike.iter().map(|place| bare(place)).collect()),
        row("Thấp hơn rõ", &low, low.iter().map(|place| told(place)).collect()),
    ];
    let columns = [Column::text("So với mức chung"), Column::number("Đơn vị"), Column::text("Tên, theo bảng chữ cái")];
    let differing: Vec<String> = high.iter().chain(&low).map(|place| words::inside(&named(place))).collect();
    let title = format!("{}: xem kỹ {}", measure.short, words::list_of(&differing, 2, "đơn vị"));
    let mut notes = vec![sentence(&format!(
        "Mức chung của tỉnh {}",
        words::told(measure, book.figure(&book.province, period, measure))
    ))];
    for (places, fixed) in [(&high, wording::FUNNEL_HIGH), (&low, wording::FUNNEL_LOW)] {
        if !places.is_empty() {
            let names: Vec<String> = places.iter().map(|place| words::inside(&named(place))).collect();
            notes.push(sentence(&format!("{}: {}", words::list_of(&names, NAMED, "đơn vị"), words::inside(fixed))));
        }
    }
    notes.push(sentence("Không xếp hạng: khác biệt cần được xem cùng hoàn cảnh của từng đơn vị"));
    Slide {
        kind: "table",
        topic: "Giữa các đơn vị".into(),
        title,
        subtitle: format!("Toàn tỉnh, {}; “rõ” là vượt mức ngẫu nhiên (99,8%)", period.title()),
        table: Some(Table::new("Ba nhóm đơn vị", "", &columns, rows)),
        coverage: not_compared(book, period, measure, funnel),
        notes,
        ..Slide::default()
    }
}

/// How many of the marks are too small to be judged, and who has none.
fn too_small(book: &Book<'_>, period: Period, measure: &Measure, funnel: &Funnel) -> String {
    let small = funnel.places.iter().filter(|place| place.parts.is_some() && place.stance.is_err()).count();
    let told = match small {
        0 => String::new(),
        some => format!("{} đơn vị số còn nhỏ, chưa đủ để so sánh.", words::capital(&words::numeral(some))),
    };
    match format!("{told} {}", book.left_out(period, measure)).trim() {
        "" => format!("{}.", book.coverage_told(period, measure)),
        told => told.to_owned(),
    }
}

/// Who is not in the groups, and that the page of the measure has it in full.
fn not_compared(book: &Book<'_>, period: Period, measure: &Measure, funnel: &Funnel) -> String {
    let silent = funnel.places.iter().filter(|place| place.stance.is_err());
    let names: Vec<String> = silent
        .filter(|place| matches!(place.area, Area::Unit(_)))
        .map(|place| bare(&book.area_name(&place.area)).to_owned())
        .collect();
    match names.is_empty() {
        true => format!("{}.", book.coverage_told(period, measure)),
        false => format!(
            "{} đơn vị chưa so sánh được (không áp dụng, chưa báo cáo, không công bố hoặc số nhỏ): {}.",
            words::capital(&words::numeral(names.len())),
            words::list_of(&names, NAMED, "đơn vị")
        ),
    }
}
