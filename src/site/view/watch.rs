//! Cần quan tâm: what a meeting should look at, and why. Nothing is here because of chance alone.

use serde::Serialize;

use crate::definitions::form::Direction;
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::interval::Stance;
use crate::site::page;
use crate::site::standing::{Standing, judged};
use crate::site::words;
use crate::vocabulary::number::whole;

/// One matter.
#[derive(Debug, Serialize)]
pub struct Item {
    /// What it is, with its number.
    pub text: String,
    /// What follows from it.
    pub detail: String,
    /// Text of the link.
    pub link: String,
    /// Where to look.
    pub href: String,
}

/// At most this many plan shortfalls, and as many differing measures, are named.
const MOST: usize = 3;

/// The matters of the period in review, gravest kind first.
pub fn items(book: &Book<'_>, standings: &[Standing<'_>]) -> Vec<Item> {
    let mut items = Vec::new();
    items.extend(missing_returns(book));
    items.extend(shortfalls(book, standings));
    items.extend(standings.iter().filter_map(|standing| differing(book, standing.measure)).take(MOST));
    items.extend(open_errors(book));
    items
}

fn missing_returns(book: &Book<'_>) -> Option<Item> {
    let period = book.current();
    let missing: Vec<String> = book.missing(period).iter().map(|name| words::inside(name)).collect();
    if missing.is_empty() {
        return None;
    }
    Some(Item {
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
                        words::versus(book.current(), crate::release::Versus::SamePeriodLastYear)
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
    let level = book.figure(&book.province, period, measure).ratio()?;
    let (worse, word) = match measure.direction {
        Direction::Up => (Stance::Lower, "thấp hơn rõ"),
        Direction::Down => (Stance::Higher, "cao hơn rõ"),
        Direction::None => return None,
    };
    let named: Vec<String> = book
        .units
        .iter()
        .filter_map(|unit| {
            let figure = book.figure(&Book::area(unit), period, measure);
            let (x, n) = figure.ratio()?;
            (Stance::of(x, n, level) == worse)
                .then(|| format!("{} ({})", words::inside(unit.name()), words::told(measure, figure)))
        })
        .collect();
    if named.is_empty() {
        return None;
    }
    Some(Item {
        text: format!("{} ở {} {word} so với mức chung.", measure.title, words::list_of(&named, 4, "đơn vị")),
        detail: "Đề nghị kiểm tra số liệu và tìm hiểu nguyên nhân.".into(),
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
    let open = open.count() as i64;
    (open > 0).then(|| Item {
        text: format!("{} lỗi trong các báo cáo của {} chưa được sửa.", whole(open), period.title()),
        detail: "Số liệu của các ô đó chưa được tính; gửi phiếu phản hồi để đơn vị sửa.".into(),
        link: "Xem từng phát hiện".into(),
        href: page::QUALITY.into(),
    })
}
