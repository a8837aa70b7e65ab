//! The way to the last target in words: what is needed, what the mean so far gives, and where it leads.
//! A projection is always told with its “if”.

use std::cmp::Ordering;

use crate::analysis::pace::{Pace, pace};
use crate::release::{MeasureInfo, Quantity};
use crate::site::book::{Book, Goal};
use crate::site::catalogue::Measure;
use crate::site::words;
use crate::vocabulary::Area;
use crate::vocabulary::number::{fixed, signed};

/// The pace of a measure at a place.
pub fn of(book: &Book<'_>, area: &Area, measure: &Measure) -> Option<Pace> {
    pace(book.release, &book.targets, area, info(book, measure)?)
}

/// The measure as the release lists it.
pub fn info<'b>(book: &Book<'b>, measure: &Measure) -> Option<&'b MeasureInfo> {
    book.release.measures().iter().find(|info| info.code == measure.code)
}

/// The last target alone: `80`, `trên 80`, `440`.
pub fn goal(pace: &Pace, measure: &Measure) -> String {
    Goal::of(&pace.target).number(measure)
}

/// What each year has to bring, for a table: `+12`, `34`, `0` where it is reached, `x` when no year is left.
pub fn needed(pace: &Pace, measure: &Measure) -> String {
    pace.needed.map_or("x".into(), |amount| rate(amount, measure))
}

/// What a year has brought on average, for a table.
pub fn mean(pace: &Pace, measure: &Measure) -> String {
    pace.mean.map_or("x".into(), |amount| rate(amount, measure))
}

/// Where the mean leads, for a table; nothing more is projected once the time is over.
pub fn projected(pace: &Pace, measure: &Measure) -> String {
    match pace.projected.filter(|_| pace.quarters_left > 0) {
        Some(amount) if measure.is_ratio() => fixed(amount, 1),
        Some(amount) => words::quantity(measure, Quantity::Whole(amount)),
        None => "x".into(),
    }
}

/// How the way stands, in a few words.
pub fn verdict(pace: &Pace) -> &'static str {
    match (pace.quarters_left > 0, pace.met, pace.on_course) {
        (false, true, _) => "đạt mục tiêu",
        (false, false, _) => "chưa đạt mục tiêu",
        (true, true, _) => "đang ở mức mục tiêu",
        (true, false, Some(true)) => "đủ nhịp",
        (true, false, Some(false)) => "cần nhịp cao hơn",
        (true, false, None) => "chưa đủ số kỳ",
    }
}

/// Whether a meeting should ask: time is left and the mean does not lead there, or it is over without.
pub fn is_short(pace: &Pace) -> bool {
    !pace.met && pace.on_course != Some(true) && (pace.quarters_left <= 0 || pace.on_course.is_some())
}

/// `nếu giữ mức tăng bình quân 1,2 điểm phần trăm mỗi năm thì đến 2030 đạt 86,4%`; why not with too few points.
pub fn projection(pace: &Pace, measure: &Measure) -> String {
    let year = pace.target.period.last_year();
    let (Some(mean), Some(projected), true) = (pace.mean, pace.projected, pace.quarters_left > 0) else {
        return if pace.quarters_left > 0 { "chưa đủ số kỳ".into() } else { String::new() };
    };
    let amount = amount(mean.abs(), measure);
    let kept = match (pace_adds_up(measure), mean.cmp(&0)) {
        (true, _) => format!("mức bình quân {amount} mỗi năm"),
        (false, Ordering::Greater) => format!("mức tăng bình quân {amount} mỗi năm"),
        (false, Ordering::Less) => format!("mức giảm bình quân {amount} mỗi năm"),
        (false, Ordering::Equal) => "như hiện nay".into(),
    };
    let there = match measure.is_ratio() {
        true => format!("{}%", fixed(projected, 1)),
        false => words::said(measure, Quantity::Whole(projected)),
    };
    format!("nếu giữ {kept} thì đến {year} đạt {there}")
}

/// `cần 34 người mỗi năm`, `cần tăng 1,2 điểm phần trăm mỗi năm`; empty when nothing is needed or no time is left.
pub fn need(pace: &Pace, measure: &Measure) -> String {
    let Some(needed) = pace.needed.filter(|needed| *needed != 0) else { return String::new() };
    let verb = match (pace_adds_up(measure), needed > 0) {
        (true, _) => "cần",
        (false, true) => "cần tăng",
        (false, false) => "cần giảm",
    };
    format!("{verb} {} mỗi năm", amount(needed.abs(), measure))
}

fn pace_adds_up(measure: &Measure) -> bool {
    measure.kind() == crate::release::MeasureKind::Flow
}

/// An amount a year as a sentence says it.
fn amount(amount: i64, measure: &Measure) -> String {
    match measure.is_ratio() {
        true => format!("{} điểm phần trăm", fixed(amount, 1)),
        false => words::said(measure, Quantity::Whole(amount)),
    }
}

/// An amount a year for a table: signed where a level moves.
fn rate(amount: i64, measure: &Measure) -> String {
    let plain = || words::quantity(measure, Quantity::Whole(amount));
    match (measure.is_ratio(), pace_adds_up(measure)) {
        (true, _) => signed(amount, 1),
        (false, true) => plain(),
        (false, false) if amount > 0 => format!("+{}", plain()),
        (false, false) => plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::Target;
    use crate::definitions::form::{Direction, Privacy};
    use crate::definitions::target::Comparison;
    use crate::site::catalogue::Nature;
    use crate::vocabulary::Period;

    fn measure(nature: Nature) -> Measure {
        let unit = if matches!(nature, Nature::Ratio(_)) { "%" } else { "người" };
        Measure {
            code: "m".into(),
            title: String::new(),
            listed: String::new(),
            short: String::new(),
            theme: String::new(),
            unit: unit.into(),
            nature,
            direction: Direction::Up,
            privacy: Privacy::P0,
            place: String::new(),
            source: String::new(),
            definition: String::new(),
            counts: None,
            part_of: None,
        }
    }

    /// A way with two years left.
    fn way(needed: i64, mean: Option<i64>, projected: i64, on_course: bool) -> Pace {
        Pace {
            target: Target {
                plan: None,
                measure: "m".into(),
                area: Area::Province("99".into()),
                period: Period::year(2030),
                tenths: 800,
                comparison: Comparison::AtLeast,
            },
            reached: Quantity::Whole(60),
            at: Period::year(2028),
            met: needed == 0,
            quarters_left: 8,
            needed: Some(needed),
            mean,
            projected: mean.map(|_| projected),
            on_course: mean.map(|_| on_course),
        }
    }

    #[test]
    fn a_projection_is_told_with_its_if_and_not_with_too_few_points() {
        let (stock, flow) = (measure(Nature::Stock), measure(Nature::Flow));
        let ratio = measure(Nature::Ratio("người".into()));
        let slow = way(10, Some(4), 68, false);
        assert_eq!(projection(&slow, &stock), "nếu giữ mức tăng bình quân 4 người mỗi năm thì đến 2030 đạt 68 người");
        assert_eq!(projection(&slow, &flow), "nếu giữ mức bình quân 4 người mỗi năm thì đến 2030 đạt 68 người");
        let falling = way(23, Some(-12), 686, false);
        let told = "nếu giữ mức giảm bình quân 1,2 điểm phần trăm mỗi năm thì đến 2030 đạt 68,6%";
        assert_eq!(projection(&falling, &ratio), told);
        assert_eq!(projection(&way(10, Some(0), 60, false), &stock), "nếu giữ như hiện nay thì đến 2030 đạt 60 người");
        assert_eq!(projection(&way(10, None, 0, false), &stock), "chưa đủ số kỳ");
    }

    #[test]
    fn what_is_needed_is_told_by_kind() {
        assert_eq!(need(&way(10, None, 0, false), &measure(Nature::Stock)), "cần tăng 10 người mỗi năm");
        assert_eq!(need(&way(10, None, 0, false), &measure(Nature::Flow)), "cần 10 người mỗi năm");
        let ratio = measure(Nature::Ratio("người".into()));
        assert_eq!(need(&way(-15, None, 0, false), &ratio), "cần giảm 1,5 điểm phần trăm mỗi năm");
        assert_eq!(need(&way(0, None, 0, false), &ratio), "");
    }

    #[test]
    fn a_way_is_short_when_its_mean_does_not_lead_there_or_its_time_is_over() {
        let told = |pace: Pace| (verdict(&pace), is_short(&pace));
        assert_eq!(told(way(10, Some(4), 68, false)), ("cần nhịp cao hơn", true));
        assert_eq!(told(way(10, Some(12), 84, true)), ("đủ nhịp", false));
        assert_eq!(told(way(0, Some(4), 90, true)), ("đang ở mức mục tiêu", false));
        assert_eq!(told(way(10, None, 0, false)), ("chưa đủ số kỳ", false));
        let over = Pace { quarters_left: 0, needed: None, ..way(10, Some(4), 68, false) };
        assert_eq!(
            (verdict(&over), is_short(&over), projection(&over, &measure(Nature::Stock))),
            ("chưa đạt mục tiêu", true, String::new())
        );
    }
}
