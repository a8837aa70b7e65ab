//! Cần quan tâm: what a meeting should look at, and why. Nothing is here because of chance alone.

use std::cmp::Ordering;

use serde::Serialize;

use crate::analysis::change::Signal;
use crate::definitions::form::Direction;
use crate::release::{Quantity, Revision, Versus};
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::signals::is_worse;
use crate::site::standing::{Standing, judged, running};
use crate::site::words;
use crate::statistics::funnel::Stance;

/// One matter.
#[derive(Debug, Serialize)]
pub struct Item {
    /// Why it is here, in two or three words.
    pub kind: &'static str,
    /// What it is, with its number.
    pub text: String,
    /// What follows from it.
    pub detail: String,
    /// Text of the link.
    pub link: String,
    /// Where to look.
    pub href: String,
}

/// At most so many plan shortfalls are named, so many changes, and as many measures in which units differ.
const MOST: usize = 3;

/// The matters of the period in review, gravest kind first.
pub fn items(book: &Book<'_>, standings: &[Standing<'_>]) -> Vec<Item> {
    let mut items = Vec::new();
    items.extend(missing_returns(book));
    items.extend(shortfalls(book, standings));
    items.extend(behind(book, standings));
    let own = || book.measures.iter().filter(|measure| measure.counts.is_none());
    items.extend(own().filter_map(|measure| worsened(book, measure)).take(MOST));
    items.extend(standings.iter().filter_map(|standing| differing(book, standing.measure)).take(MOST));
    items.extend(revised(book));
    items.extend(open_errors(book));
    items
}

/// Headlines of a year still running that are not on the way to its plan.
fn behind(book: &Book<'_>, standings: &[Standing<'_>]) -> Vec<Item> {
    let (_, behind) = running(standings);
    behind
        .into_iter()
        .take(MOST)
        .filter_map(|standing| {
            let goal = standing.goal?;
            Some(Item {
                kind: "Chậm tiến độ",
                text: format!(
                    "{} {}, chậm so với kế hoạch cả năm {}.",
                    standing.measure.title,
                    words::told(standing.measure, standing.figure),
                    goal.said(standing.measure)
                ),
                detail: format!("Tính đến hết {}.", book.current().title()),
                link: "Xem tiến độ".into(),
                href: page::PROGRESS.into(),
            })
        })
        .collect()
}

/// A revision of a count is sharp from this share of the published figure, in thousandths.
const SHARP: i64 = 50;
/// Of a ratio from this many thousandths of a percentage point.
const SHARP_POINTS: i64 = 1000;

/// Figures of the province that are quite others than were published.
fn revised(book: &Book<'_>) -> Option<Item> {
    let published = book.release.register().last()?.published;
    let sharp: Vec<(&Measure, &Revision)> = book
        .release
        .revisions()
        .revised()
        .filter(|revision| revision.area == book.province)
        .filter_map(|revision| Some((book.measure(&revision.measure)?, revision)))
        .filter(|(measure, revision)| {
            let least = if measure.is_ratio() { SHARP_POINTS } else { SHARP };
            revision.size().is_some_and(|size| size >= least)
        })
        .collect();
    let (measure, largest) = *sharp.first()?;
    let told = |value: Option<Quantity>| value.map_or("không có".to_owned(), |value| words::said(measure, value));
    Some(Item {
        kind: "Đính chính lớn",
        text: format!(
            "{} số toàn tỉnh điều chỉnh mạnh so với lần công bố ngày {}.",
            words::capital(&words::numeral(sharp.len())),
            words::date(published)
        ),
        detail: format!(
            "Lớn nhất: {}, {}, từ {} thành {}.",
            words::inside(&measure.title),
            largest.period.title(),
            told(largest.old),
            told(largest.new)
        ),
        link: "Xem đính chính".into(),
        href: page::REVISIONS.into(),
    })
}

fn missing_returns(book: &Book<'_>) -> Option<Item> {
    let period = book.current();
    let missing: Vec<String> = book.missing(period).iter().map(|name| words::inside(name)).collect();
    if missing.is_empty() {
        return None;
    }
    Some(Item {
        kind: "Thiếu báo cáo",
        text: format!(
            "{} đơn vị còn thiếu báo cáo {}: {}.",
            words::capital(&words::numeral(missing.len())),
            period.title(),
            words::list_of(&missing, 5, "đơn vị")
        ),
        detail: "Các tổng trên trang này chưa gồm phần còn thiếu.".into(),
        link: "Xem tình hình nộp".into(),
        href: page::RETURNS.into(),
    })
}

fn shortfalls(book: &Book<'_>, standings: &[Standing<'_>]) -> Vec<Item> {
    let (_, mut short) = judged(standings);
    short.sort_by_key(|standing| standing.share);
    short
        .into_iter()
        .take(MOST)
        .map(|standing| {
            let measure = standing.measure;
            let goal = standing.goal.expect("only what has a plan is judged");
            let change = book.change(&book.province, book.current(), measure);
            let lack = standing.lack();
            Item {
                kind: "Chưa đạt kế hoạch",
                text: format!(
                    "{} {}, chưa đạt kế hoạch {}{}.",
                    measure.title,
                    words::told(measure, standing.figure),
                    goal.said(measure),
                    if lack.is_empty() { String::new() } else { format!(", {lack}") }
                ),
                detail: match change.way {
                    Some(_) => format!(
                        "{} {}.",
                        words::capital(&change.long),
                        words::versus(book.current(), Versus::SamePeriodLastYear)
                    ),
                    None => format!("{}.", words::capital(&change.long)),
                },
                link: "Xem chỉ tiêu".into(),
                href: page::measure(&measure.code),
            }
        })
        .collect()
}

/// Units that stand on the worse side of the province beyond chance.
fn differing(book: &Book<'_>, measure: &Measure) -> Option<Item> {
    let period = book.current();
    let funnel = book.signals.funnel(measure).ok()?;
    let (worse, word) = match measure.direction {
        Direction::Up => (Stance::Low, "thấp hơn rõ"),
        Direction::Down => (Stance::High, "cao hơn rõ"),
        Direction::None => return None,
    };
    let differing = funnel.told().filter(|(_, stance)| *stance == worse);
    let named: Vec<String> = differing
        .map(|(place, _)| {
            let figure = book.figure(&place.area, period, measure);
            format!("{} ({})", words::inside(&book.area_name(&place.area)), words::told(measure, figure))
        })
        .collect();
    if named.is_empty() {
        return None;
    }
    // Who differs and is getting worse comes before who has long been there.
    let way = if worse == Stance::Low { Signal::Down } else { Signal::Up };
    let worsening = funnel.told().filter(|(_, stance)| *stance == worse).filter_map(|(place, _)| {
        let signal = book.verdict(&place.area, period, measure)?.alone();
        (signal == way).then(|| words::inside(&book.area_name(&place.area)))
    });
    let worsening: Vec<String> = worsening.collect();
    let mut detail = "Đề nghị kiểm tra số liệu và tìm hiểu nguyên nhân.".to_owned();
    if !worsening.is_empty() {
        let versus = words::versus(period, Versus::SamePeriodLastYear);
        let names = words::capital(&words::list_of(&worsening, 4, "đơn vị"));
        detail = format!("{names}: {} {versus}. {detail}", words::inside(way.text()));
    }
    Some(Item {
        kind: "Khác mức chung",
        text: format!("{} ở {} {word} so với mức chung.", measure.title, words::list_of(&named, 4, "đơn vị")),
        detail,
        link: "Xem chỉ tiêu".into(),
        href: page::measure(&measure.code),
    })
}

/// A figure of the province that clearly changed to the worse since the same period of last year.
/// Many measures are looked at, so only what is clear in a list counts.
fn worsened(book: &Book<'_>, measure: &Measure) -> Option<Item> {
    let period = book.current();
    let signal = book.verdict(&book.province, period, measure)?.listed();
    let way = match signal {
        Signal::Up => Ordering::Greater,
        Signal::Down => Ordering::Less,
        Signal::Within | Signal::Small => return None,
    };
    if !is_worse(measure.direction, way)? {
        return None;
    }
    let change = book.change(&book.province, period, measure);
    Some(Item {
        kind: "Thay đổi rõ rệt",
        text: format!(
            "{}: {} {}, {}.",
            measure.title,
            words::inside(signal.text()),
            words::versus(period, Versus::SamePeriodLastYear),
            change.long
        ),
        detail: "Thay đổi vượt mức dao động bình thường, theo chiều cần lưu ý. Đề nghị kiểm tra số liệu và tìm hiểu nguyên nhân.".into(),
        link: "Xem chỉ tiêu".into(),
        href: page::measure(&measure.code),
    })
}

/// Errors in the returns of the period that still wait for a corrected file; internal edition only.
fn open_errors(book: &Book<'_>) -> Option<Item> {
    let period = book.current();
    let findings = &book.release.internal()?.findings;
    let open = findings.iter().filter(|finding| {
        finding.severity == crate::vocabulary::Severity::Error
            && finding.period.is_some_and(|of| period.contains(of))
            && finding.explanation.is_none()
    });
    let open = open.count();
    (open > 0).then(|| Item {
        kind: "Lỗi chưa sửa",
        text: format!(
            "{} lỗi trong các báo cáo của {} chưa được sửa.",
            words::capital(&words::numeral(open)),
            period.title()
        ),
        detail: "Số liệu của các ô đó chưa được tính; gửi phiếu phản hồi để đơn vị sửa.".into(),
        link: "Xem từng phát hiện".into(),
        href: page::QUALITY.into(),
    })
}
