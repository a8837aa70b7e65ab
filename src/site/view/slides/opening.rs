//! The first slides: what is reviewed, the large figures, and where they are against the plan.

use super::{Slide, name, sentence, uncompared};
use crate::site::book::Book;
use crate::site::chart::Head;
use crate::site::standing::{Standing, judged, running, so_far};
use crate::site::view::draw;
use crate::site::view::frame::Fact;
use crate::site::view::home::{self, Key};
use crate::site::words;
use crate::vocabulary::Period;

/// How many large figures a room takes in at once.
const LARGE: usize = 4;
/// More bars than these are too thin for a wall.
const BARS: usize = 8;

/// What is reviewed, by whom, from which figures.
pub fn cover(book: &Book<'_>, period: Period, standings: &[Standing<'_>]) -> Slide {
    let site = &book.definitions().site;
    let subjects: Vec<String> = site.subjects.iter().map(|subject| words::inside(&subject.title)).collect();
    let (whole, due) = book.returns_coverage(period);
    let fact = |term: &str, value: String| Fact::new(term, value);
    Slide {
        kind: "cover",
        topic: site.organisation.clone(),
        title: name(book, period),
        subtitle: match subjects.is_empty() {
            true => words::capital(&site.province_name),
            false => format!("{}, {}", words::capital(&words::list(&subjects)), site.province_name),
        },
        facts: vec![
            fact("Kỳ số liệu", words::days(book.definitions(), period)),
            fact("Trạng thái", book.period_status(period).to_owned()),
            fact("Phạm vi", book.covered(period, whole, due)),
            fact("Khóa số liệu", words::date(book.release.as_of())),
        ],
        notes: vec![
            sentence(&finding(book, period, standings)),
            format!(
                "Số liệu khóa ngày {}; mọi trang chiếu dùng đúng số của trang kỳ báo cáo.",
                words::date(book.release.as_of())
            ),
        ],
        ..Slide::default()
    }
}

/// How many of the headline measures are where the plan wants them.
fn finding(book: &Book<'_>, period: Period, standings: &[Standing<'_>]) -> String {
    let (reached, short) = judged(standings);
    match reached.len() + short.len() {
        _ if let Some(told) = so_far(standings, "chỉ tiêu") => told,
        0 => {
            let (whole, due) = book.returns_coverage(period);
            format!("Đã nhận đủ báo cáo của {whole}/{due} đơn vị")
        }
        all => format!("{} trong {all} chỉ tiêu chính đạt kế hoạch", reached.len()),
    }
}

/// The large figures, each with its plan and its change.
pub fn keys(book: &Book<'_>, period: Period, standings: &[Standing<'_>]) -> Slide {
    let shown: Vec<&Standing<'_>> = standings.iter().filter(|of| of.figure.value.is_some()).take(LARGE).collect();
    let mut keys: Vec<Key> = shown.iter().map(|standing| home::key(book, period, standing)).collect();
    let mut subtitle = format!("Toàn tỉnh, {}", period.title());
    if let Some(why) = uncompared(book, period, shown.iter().copied()) {
        keys.iter_mut().for_each(|key| key.change.clear());
        subtitle = format!("{subtitle}; {why}");
    }
    Slide {
        kind: "keyed",
        topic: "Số chính".into(),
        title: finding(book, period, standings),
        subtitle,
        keys,
        coverage: match shown.is_empty() {
            true => "Kỳ này chưa có chỉ tiêu chính nào đủ số liệu để nêu.".into(),
            false => String::new(),
        },
        notes: shown
            .iter()
            .map(|standing| {
                let change = book.change(&book.province, period, standing.measure);
                let change = match change.way {
                    Some(_) => {
                        format!(
                            "; {} {}",
                            change.long,
                            words::versus(period, crate::release::Versus::SamePeriodLastYear)
                        )
                    }
                    None => String::new(),
                };
                sentence(&format!("{}{change}", standing.told()))
            })
            .collect(),
        ..Slide::default()
    }
}

/// Done against plan, as bars; nothing where no plan can be compared.
pub fn against_plan(period: Period, standings: &[Standing<'_>]) -> Option<Slide> {
    let mut drawn: Vec<Standing<'_>> = standings.iter().filter(|standing| standing.share.is_some()).cloned().collect();
    drawn.truncate(BARS);
    if drawn.is_empty() {
        return None;
    }
    drawn.sort_by_key(|standing| std::cmp::Reverse(standing.share));
    let (_, short) = judged(&drawn);
    let (_, behind) = running(&drawn);
    let named = |of: &[&Standing<'_>]| -> Vec<String> {
        of.iter().rev().map(|standing| words::inside(&standing.measure.short)).collect()
    };
    let title = match (short.is_empty(), behind.is_empty()) {
        (false, _) => format!("Chưa đạt kế hoạch: {}", words::list_of(&named(&short), 2, "chỉ tiêu")),
        (_, false) => format!("Chậm tiến độ: {}", words::list_of(&named(&behind), 2, "chỉ tiêu")),
        _ if judged(&drawn).0.is_empty() => "Các chỉ tiêu đúng tiến độ kế hoạch".to_owned(),
        _ => "Mọi chỉ tiêu chính có kế hoạch đều đạt".to_owned(),
    };
    let head = Head {
        id: "ke-hoach".into(),
        title: format!("Thực hiện so với kế hoạch, {}", period.title()),
        summary: String::new(),
    };
    Some(Slide {
        kind: "chart",
        topic: "So với kế hoạch".into(),
        title,
        subtitle: format!("Toàn tỉnh, {}, thực hiện so với kế hoạch (%)", period.title()),
        drawings: draw::both(draw::bullets_on_slide(&drawn, head)),
        key: "Cột đặc: đạt hoặc đúng tiến độ. Cột gạch chéo: chưa đạt hoặc chậm.".into(),
        notes: short
            .iter()
            .chain(&behind)
            .map(|standing| {
                let lack = standing.lack();
                sentence(&if lack.is_empty() { standing.told() } else { format!("{}, {lack}", standing.told()) })
            })
            .chain([sentence("Vạch đứt màu đen là kế hoạch; chỉ tiêu không giao kế hoạch thì không vẽ")])
            .collect(),
        ..Slide::default()
    })
}
