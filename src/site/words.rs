//! Words: how figures, changes, coverage and dates are said to Vietnamese readers.
//!
//! The sentences are fixed (statistics report 5.2–5.4, domain report 3.4); the
//! numbers in them come from `vocabulary::number`. Pages put these pieces side
//! by side and add nothing that is arithmetic.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};

pub use crate::analysis::change::SMALLEST_DENOMINATOR as SMALL;
use crate::definitions::Definitions;
use crate::release::{Change, Comparison, Figure, Quantity, Versus, WhyNot};
use crate::site::catalogue::{Measure, Nature};
use crate::vocabulary::number::{coverage, estimate, fixed, money, percent, point_change, rounded, signed, whole};
use crate::vocabulary::{Edition, ObsStatus, Period};

/// A day as administrative texts write it: `05/3/2026`, `15/12/2028`, `01/02/2027`.
pub fn date(day: NaiveDate) -> String {
    let month = if day.month() <= 2 { format!("0{}", day.month()) } else { day.month().to_string() };
    format!("{:02}/{month}/{}", day.day(), day.year())
}

/// A day within a year that is told otherwise: `05/3`.
pub fn short_date(day: NaiveDate) -> String {
    let told = date(day);
    told.rsplit_once('/').map_or_else(|| told.clone(), |(short, _)| short.to_owned())
}

/// First and last day of a period: `15/12/2028–14/12/2029`.
pub fn days(definitions: &Definitions, period: Period) -> String {
    let (first, last) = definitions.scheme.days(period);
    format!("{}–{}", date(first), date(last))
}

/// `Bản nội bộ` or `Bản công khai`.
pub fn edition(edition: Edition) -> &'static str {
    match edition {
        Edition::Internal => "Bản nội bộ",
        Edition::Public => "Bản công khai",
    }
}

/// The status of a figure as readers know it.
pub fn status(status: ObsStatus) -> &'static str {
    match status {
        ObsStatus::A => "Số chính thức",
        ObsStatus::P => "Số sơ bộ",
        ObsStatus::E => "Số ước tính",
        ObsStatus::M => "Không áp dụng",
        ObsStatus::O => "Chưa báo cáo",
        ObsStatus::Q => "Không công bố",
    }
}

/// How many units are in a figure: `Đủ báo cáo (98/98 xã)`, `Tạm tính: đã nhận 92/98 xã (93,9%)`;
/// below `enough` per cent of the units due, that it is too little to add up. Figures that are
/// final are no longer provisional, even where a return never came.
pub fn covered(reported: u32, due: u32, enough: i64, is_final: bool) -> String {
    match (reported, due) {
        (_, 0) => "Không có đơn vị phải báo cáo".into(),
        (r, d) if r == d => format!("Đủ báo cáo ({r}/{d} xã)"),
        (r, d) if i64::from(r) * 100 < i64::from(d) * enough => format!("Mới nhận {r}/{d} xã, chưa đủ để tổng hợp"),
        (r, d) if is_final => format!("Đã nhận {}", coverage(r, d, "xã")),
        (r, d) => format!("Tạm tính: đã nhận {}", coverage(r, d, "xã")),
    }
}

/// The figure alone, for a cell of a table whose heading gives the unit; a sign where there is none.
pub fn figure(measure: &Measure, figure: &Figure) -> String {
    match figure.value {
        Some(value) => quantity(measure, value),
        None => figure.status.sign().unwrap_or("…").into(),
    }
}

/// A quantity alone: `1.234`, `76,3`, `3/8`, `61,5` (triệu đồng), `Khá`.
pub fn quantity(measure: &Measure, value: Quantity) -> String {
    match value {
        Quantity::Ratio { denominator: 0, .. } => "x".into(),
        Quantity::Ratio { numerator, denominator } if denominator < SMALL => {
            format!("{}/{}", whole(numerator), whole(denominator))
        }
        Quantity::Ratio { numerator, denominator } => {
            percent(numerator, denominator).expect("a denominator of 0 was met above")
        }
        Quantity::Whole(value) => match &measure.nature {
            Nature::Class(classes) => {
                let at = usize::try_from(value - 1).ok();
                at.and_then(|at| classes.get(at)).map_or_else(|| whole(value), |class| class.title.clone())
            }
            _ if measure.is_money() => millions(value),
            _ => whole(value),
        },
    }
}

/// A quantity as a sentence says it: `1.234 người`, `76,3%`, `3/8 người`, `42,3 tỷ đồng`, `loại Khá`.
pub fn said(measure: &Measure, value: Quantity) -> String {
    let text = quantity(measure, value);
    match (value, &measure.nature) {
        (Quantity::Ratio { denominator: 0, .. }, _) => "không có đối tượng".into(),
        (Quantity::Ratio { denominator, .. }, Nature::Ratio(noun)) if denominator < SMALL => format!("{text} {noun}"),
        (Quantity::Ratio { .. }, _) => format!("{text}%"),
        (_, Nature::Class(_)) => text,
        (Quantity::Whole(value), _) if measure.is_money() => money(value),
        _ => format!("{text} {}", measure.unit),
    }
}

/// The figure as a sentence says it, or why there is none, in lower case.
pub fn told(measure: &Measure, figure: &Figure) -> String {
    match figure.value {
        Some(value) => said(measure, value),
        None => status(figure.status).to_lowercase(),
    }
}

/// Numerator over denominator of a ratio: `58/72`; empty for other figures, a sign for absences.
pub fn parts(figure: &Figure) -> String {
    match figure.ratio() {
        Some((numerator, denominator)) => format!("{}/{}", whole(numerator), whole(denominator)),
        None => figure.status.sign().unwrap_or("").into(),
    }
}

/// Đồng in millions with at most one decimal: `61,5`.
fn millions(dong: i64) -> String {
    let text = fixed(rounded(dong, 1_000_000, 1, 1).expect("a million is not zero"), 1);
    text.strip_suffix(",0").map(str::to_owned).unwrap_or(text)
}

/// A change in words and in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeTold {
    /// For a sentence: `tăng 12 người (tăng 26,1%)`, `giảm 1,4 điểm phần trăm`, or why there is none.
    pub long: String,
    /// For a table: `+12 (+26,1%)`, `−1,4 điểm`, or a sign.
    pub short: String,
    /// Up, down or equal; nothing where no change can be told.
    pub way: Option<Ordering>,
}

impl ChangeTold {
    fn none(long: &str, short: &str) -> Self {
        Self { long: long.into(), short: short.into(), way: None }
    }
}

/// What a comparison says. `None` stands for a hidden or impossible one.
pub fn change(measure: &Measure, now: &Figure, comparison: Option<&Comparison>) -> ChangeTold {
    if now.value.is_none() {
        return ChangeTold::none(&status(now.status).to_lowercase(), now.status.sign().unwrap_or("x"));
    }
    match comparison.map(|c| &c.change) {
        Some(Ok(change)) => changed(measure, change),
        Some(Err(why)) => why_not(*why),
        // The figure itself is shown, so it is the earlier one that is hidden or absent.
        None => ChangeTold::none("không có số liệu so sánh", "x"),
    }
}

/// The change of a whole with the units it is told over:
/// `So trên cùng 90 xã có đủ số liệu cả hai kỳ: tăng 12 người (tăng 8,3%)`.
pub fn like_for_like(change: &ChangeTold, comparison: Option<&Comparison>) -> String {
    match comparison.map(|comparison| &comparison.change) {
        Some(Ok(over)) if change.way.is_some() => over_common(over.matched, &change.long),
        _ => capital(&change.long),
    }
}

/// The change of a published figure, for a cell of a table.
pub fn revised(measure: &Measure, old: Quantity, new: Quantity) -> String {
    changed(measure, &Change { now: new, before: old, matched: 0, due: 0 }).short
}

/// That a figure is not the one that was published; a fixed sentence of the statistics report (5.4).
pub fn revised_since(published: NaiveDate) -> String {
    format!("Số đã điều chỉnh so với lần công bố ngày {}", date(published))
}

/// Why two periods are not compared.
fn why_not(why: WhyNot) -> ChangeTold {
    match why {
        WhyNot::NoBase => ChangeTold::none("không có số liệu cùng kỳ để so sánh", "x"),
        WhyNot::Boundary => ChangeTold::none("không có số liệu so sánh do sắp xếp đơn vị hành chính", "x"),
        WhyNot::NoCommonSet => ChangeTold::none("không so sánh được do phạm vi báo cáo khác nhau", "…"),
    }
}

fn changed(measure: &Measure, change: &Change) -> ChangeTold {
    match (change.now, change.before) {
        (Quantity::Whole(now), Quantity::Whole(before)) if measure.is_class() => {
            let (long, short) = match now.cmp(&before) {
                Ordering::Equal => ("không thay đổi".to_owned(), "giữ nguyên".to_owned()),
                way => {
                    let verb = if way == Ordering::Greater { "tăng" } else { "giảm" };
                    let from = quantity(measure, change.before);
                    (format!("{verb} hạng, trước là {from}"), format!("{verb}, từ {from}"))
                }
            };
            ChangeTold { long, short, way: Some(now.cmp(&before)) }
        }
        (Quantity::Whole(now), Quantity::Whole(before)) => count_change(measure, now, before),
        (Quantity::Ratio { numerator: n, denominator: d }, Quantity::Ratio { numerator: m, denominator: e }) => {
            if d < SMALL || e < SMALL {
                return ChangeTold::none("số quá nhỏ, chưa đủ để so sánh", "số nhỏ");
            }
            let points = point_change((n, d), (m, e)).expect("both denominators were found large enough");
            let long = match points.cmp(&0) {
                Ordering::Greater => format!("tăng {} điểm phần trăm", fixed(points, 1)),
                Ordering::Less => format!("giảm {} điểm phần trăm", fixed(-points, 1)),
                Ordering::Equal => "không thay đổi".into(),
            };
            ChangeTold { long, short: signed(points, 1), way: Some(points.cmp(&0)) }
        }
        _ => ChangeTold::none("không có số liệu so sánh", "x"),
    }
}

fn count_change(measure: &Measure, now: i64, before: i64) -> ChangeTold {
    let difference = now - before;
    let amount = said(measure, Quantity::Whole(difference.abs()));
    let plain = if measure.is_money() { signed_millions(difference) } else { signed(difference, 0) };
    let verb = match difference.cmp(&0) {
        Ordering::Greater => "tăng",
        Ordering::Less => "giảm",
        Ordering::Equal => {
            return ChangeTold { long: "không thay đổi".into(), short: "0".into(), way: Some(Ordering::Equal) };
        }
    };
    let way = Some(difference.cmp(&0));
    if before == 0 {
        return ChangeTold { long: format!("{verb} {amount} (cùng kỳ không phát sinh)"), short: plain, way };
    }
    if before < SMALL {
        return ChangeTold { long: format!("{verb} {amount} (số nhỏ, không tính %)"), short: plain, way };
    }
    let share = rounded(difference, before, 100, 1).expect("the base is not zero");
    ChangeTold {
        long: format!("{verb} {amount} ({verb} {}%)", fixed(share.abs(), 1)),
        short: format!("{plain} ({}%)", signed(share, 1)),
        way,
    }
}

/// A change with how many units it is told over.
fn over_common(matched: u32, change: &str) -> String {
    format!("So trên cùng {matched} xã có đủ số liệu cả hai kỳ: {change}")
}

/// What an interval says, its ends in per cent.
pub fn interval((low, high): (f64, f64)) -> String {
    format!("Tỷ lệ thực có thể nằm trong khoảng {}% đến {}%", estimate(low, 1), estimate(high, 1))
}

fn signed_millions(dong: i64) -> String {
    if dong > 0 { format!("+{}", millions(dong)) } else { millions(dong) }
}

/// What a period is compared with: `so với năm 2028`, `so với cùng kỳ năm 2026`, `so với quý I/2027`.
pub fn versus(period: Period, versus: Versus) -> String {
    let before = match versus {
        Versus::SamePeriodLastYear => period.a_year_earlier(),
        Versus::PreviousPeriod => period.previous().unwrap_or(period.a_year_earlier()),
    };
    match (versus, period == Period::year(period.last_year())) {
        (Versus::SamePeriodLastYear, false) if period.first_year() == period.last_year() => {
            format!("so với cùng kỳ năm {}", before.last_year())
        }
        _ => format!("so với {}", before.title()),
    }
}

/// `a, b và c`; empty for nothing.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} và {}", rest.join(", "), last.as_ref())
        }
    }
}

/// The list cut to `most` items, saying how many more there are: `a, b và 3 đơn vị khác`.
pub fn list_of<S: AsRef<str>>(items: &[S], most: usize, noun: &str) -> String {
    if items.len() <= most {
        return list(items);
    }
    let shown: Vec<&str> = items[..most].iter().map(AsRef::as_ref).collect();
    format!("{} và {} {noun} khác", shown.join(", "), items.len() - most)
}

/// What falls under each head, named once: `có việc làm (xã A, xã B và 3 đơn vị khác); vay vốn (xã C)`. Items of one head
/// stand together; three heads are told, and `most` items of each.
pub fn under_heads(items: &[(String, String)], most: usize) -> String {
    const HEADS: usize = 3;
    let heads: Vec<&[(String, String)]> = items.chunk_by(|a, b| a.0 == b.0).collect();
    let told = heads.iter().take(HEADS).map(|items| {
        let names: Vec<&String> = items.iter().map(|(_, name)| name).collect();
        format!("{} ({})", items[0].0, list_of(&names, most, "đơn vị"))
    });
    let mut told: Vec<String> = told.collect();
    let rest: usize = heads.iter().skip(HEADS).map(|items| items.len()).sum();
    if rest > 0 {
        told.push(format!("và {rest} mục tiêu khác"));
    }
    told.join("; ")
}

/// A count inside a sentence: `2.189`.
pub fn count(count: usize) -> String {
    whole(i64::try_from(count).expect("what is counted fits into memory"))
}

/// The text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A name inside a sentence: `Xã Minh Sơn` becomes `xã Minh Sơn`; an acronym stays as it is.
pub fn inside(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(chars).collect(),
        _ => name.to_owned(),
    }
}

/// A small whole number in words up to ten, as headings begin: `Hai`, `12`.
pub fn numeral(count: usize) -> String {
    const WORDS: [&str; 11] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::wording;
    use crate::definitions::form::{Direction, Privacy};
    use crate::vocabulary::MeasureCode;

    fn measure(nature: Nature, unit: &str) -> Measure {
        Measure {
            code: MeasureCode::from("m"),
            title: String::new(),
            listed: String::new(),
            short: String::new(),
            theme: String::new(),
            unit: unit.into(),
            nature,
            direction: Direction::None,
            privacy: Privacy::P0,
            place: String::new(),
            source: String::new(),
            definition: String::new(),
            counts: None,
            part_of: None,
        }
    }

    fn change_of(nature: Nature, unit: &str, now: Quantity, before: Quantity) -> ChangeTold {
        changed(&measure(nature, unit), &Change { now, before, matched: 1, due: 1 })
    }

    fn ratio(numerator: i64, denominator: i64) -> Quantity {
        Quantity::Ratio { numerator, denominator }
    }

    #[test]
    fn a_count_changes_by_an_amount_and_a_percentage_of_a_base_of_twenty_or_more() {
        let told = |now, before| change_of(Nature::Flow, "người", Quantity::Whole(now), Quantity::Whole(before)).long;
        assert_eq!(told(58, 46), "tăng 12 người (tăng 26,1%)");
        assert_eq!(told(55, 58), "giảm 3 người (giảm 5,2%)");
        assert_eq!(told(4, 0), "tăng 4 người (cùng kỳ không phát sinh)");
        assert_eq!(told(10, 7), "tăng 3 người (số nhỏ, không tính %)");
        assert_eq!(told(7, 7), "không thay đổi");
    }

    #[test]
    fn a_change_of_a_whole_says_over_how_many_units() {
        let change = Change { now: Quantity::Whole(157), before: Quantity::Whole(145), matched: 90, due: 98 };
        let told = changed(&measure(Nature::Flow, "người"), &change);
        let versus = Versus::SamePeriodLastYear;
        let over = |change| Comparison { area: 0, period: 0, measure: 0, versus, change };
        let whole = "So trên cùng 90 xã có đủ số liệu cả hai kỳ: tăng 12 người (tăng 8,3%)";
        assert_eq!(like_for_like(&told, Some(&over(Ok(change)))), whole);
        let no_base = "Không có số liệu so sánh do sắp xếp đơn vị hành chính";
        assert_eq!(like_for_like(&why_not(WhyNot::Boundary), Some(&over(Err(WhyNot::Boundary)))), no_base);
        let none = "Không so sánh được do phạm vi báo cáo khác nhau";
        assert_eq!(like_for_like(&why_not(WhyNot::NoCommonSet), Some(&over(Err(WhyNot::NoCommonSet)))), none);
    }

    #[test]
    fn a_ratio_changes_in_percentage_points_never_in_per_cent() {
        let told = |now, before| change_of(Nature::Ratio("người".into()), "%", now, before).long;
        assert_eq!(told(ratio(58, 72), ratio(45, 60)), "tăng 5,6 điểm phần trăm");
        assert_eq!(told(ratio(6, 8), ratio(45, 60)), "số quá nhỏ, chưa đủ để so sánh");
    }

    #[test]
    fn a_small_denominator_shows_the_fraction_instead_of_a_percentage() {
        let rate = measure(Nature::Ratio("người".into()), "%");
        assert_eq!(said(&rate, ratio(3, 8)), "3/8 người");
        assert_eq!(said(&rate, ratio(58, 72)), "80,6%");
        assert_eq!(said(&rate, ratio(0, 0)), "không có đối tượng");
    }

    #[test]
    fn money_is_in_millions_in_tables_and_in_words_in_sentences() {
        let fund = measure(Nature::Flow, "đồng");
        assert_eq!(quantity(&fund, Quantity::Whole(61_500_000)), "61,5");
        assert_eq!(said(&fund, Quantity::Whole(61_500_000)), "61,5 triệu đồng");
    }

    #[test]
    fn coverage_says_who_is_in_and_when_it_is_too_little() {
        assert_eq!(covered(98, 98, 80, false), "Đủ báo cáo (98/98 xã)");
        assert_eq!(covered(92, 98, 80, false), "Tạm tính: đã nhận 92/98 xã (93,9%)");
        assert_eq!(covered(92, 98, 80, true), "Đã nhận 92/98 xã (93,9%)");
        assert_eq!(covered(11, 24, 80, false), "Mới nhận 11/24 xã, chưa đủ để tổng hợp");
    }

    #[test]
    fn days_are_written_as_in_administrative_texts() {
        let day = |y, m, d| date(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!([day(2026, 3, 5), day(2027, 2, 1), day(2028, 12, 15)], ["05/3/2026", "01/02/2027", "15/12/2028"]);
    }

    #[test]
    fn every_fixed_sentence_is_word_for_word_the_published_one() {
        let flow = |now, before| change_of(Nature::Flow, "người", Quantity::Whole(now), Quantity::Whole(before)).long;
        let points = change_of(Nature::Ratio("người".into()), "%", ratio(864, 1000), ratio(832, 1000)).long;
        let numbered = [
            ("complete", covered(98, 98, 80, false)),
            ("partial", covered(92, 98, 80, false)),
            ("low_cover", covered(61, 98, 80, false)),
            ("lfl", over_common(90, &flow(157, 145))),
            ("base0", capital(&flow(4, 0))),
            (
                "pct_point",
                format!("Đạt {}, {points}", said(&measure(Nature::Ratio("người".into()), "%"), ratio(864, 1000))),
            ),
            ("ci", interval((12.1, 21.4))),
            ("prelim", status(ObsStatus::P).into()),
            ("final", status(ObsStatus::A).into()),
            ("est", status(ObsStatus::E).into()),
        ];
        // Said by other rooms (answers to returns, publications), or of areas that one province does not have.
        let elsewhere = ["revised", "dq.outlier", "dq.copy", "dq.sum", "dq.late", "rank.range"];
        let published = include_str!("../../tests/statistics/published/wording.csv");
        let rows: Vec<(String, String)> =
            csv::Reader::from_reader(published.as_bytes()).deserialize().map(|row| row.unwrap()).collect();
        assert_eq!(rows.len(), 43);
        for (id, text) in rows.iter().filter(|(id, _)| !elsewhere.contains(&id.as_str())) {
            let fixed = wording::CATALOGUE.iter().find(|(of, _)| of == id).map(|(_, text)| *text);
            let ours = fixed.or_else(|| numbered.iter().find(|(of, _)| of == id).map(|(_, text)| text.as_str()));
            assert_eq!(ours, Some(text.as_str()), "{id}");
        }
    }

    #[test]
    fn no_fixed_sentence_judges() {
        for (id, text) in wording::CATALOGUE {
            let text = text.to_lowercase().replace("chủ yếu", "");
            assert!(["kém", "yếu", "đứng cuối", "hạng nhất"].iter().all(|word| !text.contains(word)), "{id}");
        }
    }

    #[test]
    fn a_name_loses_its_capital_inside_a_sentence_and_an_acronym_does_not() {
        assert_eq!(inside("Xã Ân Hòa"), "xã Ân Hòa");
        assert_eq!(inside("KDC loại Khá"), "KDC loại Khá");
    }

    #[test]
    fn what_falls_under_a_head_names_it_once() {
        let items = |of: &[(&str, &str)]| -> Vec<(String, String)> {
            of.iter().map(|(head, name)| (head.to_string(), name.to_string())).collect()
        };
        let few = items(&[("có việc làm", "xã A"), ("có việc làm", "xã B"), ("vay vốn", "xã C")]);
        assert_eq!(under_heads(&few, 8), "có việc làm (xã A và xã B); vay vốn (xã C)");
        assert_eq!(under_heads(&few, 1), "có việc làm (xã A và 1 đơn vị khác); vay vốn (xã C)");
        let many = items(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "1"), ("d", "2")]);
        assert_eq!(under_heads(&many, 8), "a (1); b (1); c (1); và 2 mục tiêu khác");
    }

    #[test]
    fn a_comparison_names_its_base() {
        assert_eq!(versus(Period::quarter(2027, 1), Versus::SamePeriodLastYear), "so với cùng kỳ năm 2026");
        assert_eq!(versus(Period::year(2029), Versus::SamePeriodLastYear), "so với năm 2028");
        assert_eq!(versus(Period::quarter(2027, 1), Versus::PreviousPeriod), "so với quý IV/2026");
    }
}
