//! Pace: what a target in the last year asks of each year from now on, and what the years so far give.
//!
//! A stock or a ratio has to rise from its last level to the target; what adds up has to make up the
//! rest of the whole sum: the target of the span, or of its years together. A projection only carries
//! the mean of the years so far on; it is told with its “if”, and only from two points on.
//!
//! Exact: everything is a fraction until it is written, and the yearly pace is rounded up, so that pace
//! × years always reaches the target.

use crate::analysis::target::Targets;
use crate::definitions::Target;
use crate::definitions::target::Comparison;
use crate::release::{MeasureInfo, MeasureKind, Quantity, Release};
use crate::vocabulary::{Area, MeasureCode, Period, PeriodKind};

/// The way of one measure in one area to its last target. Amounts are whole for counts and tenths of a
/// percentage point for ratios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The last target: for a year, or for all years together of what adds up.
    pub target: Target,
    /// Where it stands: the last level, or the sum so far.
    pub reached: Quantity,
    /// The period that level is of, or the last one in the sum.
    pub at: Period,
    /// Whether it stands where the target wants it.
    pub met: bool,
    /// Quarters from there to the end of the target's period.
    pub quarters_left: i64,
    /// The change a year that is needed from now on, for what adds up the amount a year; `None` when no
    /// time is left.
    pub needed: Option<i64>,
    /// The mean change (or amount) a year so far; `None` with fewer than two points.
    pub mean: Option<i64>,
    /// Where that mean leads; `None` with fewer than two points.
    pub projected: Option<i64>,
    /// Whether carrying the mean on reaches the target.
    pub on_course: Option<bool>,
}

/// The pace of a measure in an area; `None` without a target in the last year, or without a figure to start from.
pub fn pace(release: &Release, targets: &Targets<'_>, area: &Area, measure: &MeasureInfo) -> Option<Pace> {
    match measure.kind {
        MeasureKind::Class => None,
        MeasureKind::Flow => of_sum(release, targets, area, measure),
        MeasureKind::Stock | MeasureKind::Ratio => of_level(release, targets, area, measure),
    }
}

/// A level with the period it is of.
type Point = (Period, Quantity);

fn of_level(release: &Release, targets: &Targets<'_>, area: &Area, measure: &MeasureInfo) -> Option<Pace> {
    let years = targets.at(&measure.code, area).into_iter().filter(|(period, _)| period.kind() == PeriodKind::Year);
    let (until, target) = years.max_by_key(|(period, _)| *period)?;
    let current = release.current();
    // A ratio may hold what adds up over the year, so only whole years of it are alike; a stock is one at any day.
    let alike = |period: &Period| {
        period.kind() == PeriodKind::Year || (measure.kind == MeasureKind::Stock && *period == current)
    };
    let ended = |period: &Period| *period <= current || period.ends_with(current);
    let points: Vec<Point> = release
        .cube()
        .axes()
        .periods()
        .iter()
        .copied()
        .filter(|period| alike(period) && ended(period))
        .filter_map(|period| Some((period, release.figure(area, period, &measure.code).value?)))
        .filter(|(_, value)| fraction(*value).is_some() && !is_small(release, *value))
        .collect();
    let (last, first) = (points.last().copied()?, points.first().copied()?);
    // Once the target's own year is over, no earlier level stands in for it.
    if ended(&until) && last.0 != until {
        return None;
    }
    let left = quarters_between(last.0, until);
    let step = step(last.1);
    let (a, b) = fraction(last.1)?;
    let needed = needed(target, (a, b), left, step);
    let gone = quarters_between(first.0, last.0);
    let (a0, b0) = fraction(first.1)?;
    let rise = (a.checked_mul(b0)?.checked_sub(a0.checked_mul(b)?)?, b.checked_mul(b0)?);
    let known = gone > 0;
    let mean =
        known.then(|| rounded(rise.0.checked_mul(4)?, rise.1.checked_mul(gone.into())?.checked_mul(step)?)).flatten();
    // value + rise × left ÷ gone, over the common denominator b × b0 × gone.
    let ahead = || -> Option<(i128, i128)> {
        let level = a.checked_mul(b0)?.checked_mul(gone.into())?;
        Some((level.checked_add(rise.0.checked_mul(left.into())?)?, rise.1.checked_mul(gone.into())?))
    };
    let ahead = if known && left >= 0 { ahead() } else { None };
    let share = points
        .iter()
        .all(|(_, value)| matches!(value, Quantity::Ratio { numerator, denominator } if numerator <= denominator));
    let most = if share { 1000 } else { i64::MAX };
    Some(Pace {
        target: target.clone(),
        reached: last.1,
        at: last.0,
        met: reaches(target, (a, b)),
        quarters_left: left,
        needed,
        mean,
        projected: ahead.and_then(|(n, d)| rounded(n, d.checked_mul(step)?)).map(|at| at.clamp(0, most)),
        on_course: ahead.map(|ahead| reaches(target, ahead)),
    })
}

fn of_sum(release: &Release, targets: &Targets<'_>, area: &Area, measure: &MeasureInfo) -> Option<Pace> {
    let (until, target) = summed_target(targets, area, &measure.code)?;
    let current = release.current();
    let years = (until.first_year()..=until.last_year()).map(Period::year);
    let (mut sum, mut points, mut at) = (0i64, 0, None);
    for year in years {
        let part = match year <= current || year.ends_with(current) {
            true => year,
            false if current.starts_with(year) && year.contains(current) => current,
            false => break,
        };
        // A year that is not known leaves the sum unknown; a year begun may still be without figures.
        let Some(value) = release.figure(area, part, &measure.code).whole() else {
            if part == year {
                return None;
            }
            break;
        };
        sum = sum.checked_add(value)?;
        points += 1;
        at = Some(part);
    }
    let at = at?;
    let gone = until.quarters().take_while(|quarter| *quarter <= at).count() as i128;
    let left = quarters_between(at, until);
    let reached = (i128::from(sum) * 10, 1);
    let ahead = (i128::from(sum) * 10 * (gone + i128::from(left)), gone);
    let known = points > 1;
    Some(Pace {
        reached: Quantity::Whole(sum),
        at,
        met: reaches(&target, reached),
        quarters_left: left,
        needed: needed(&target, reached, left, 10),
        mean: known.then(|| rounded(i128::from(sum) * 4, gone)).flatten(),
        projected: known.then(|| rounded(ahead.0, ahead.1 * 10)).flatten(),
        on_course: known.then(|| reaches(&target, ahead)),
        target,
    })
}

/// The target of the longest span that ends in the last year; without one, the targets of the years together.
fn summed_target(targets: &Targets<'_>, area: &Area, measure: &MeasureCode) -> Option<(Period, Target)> {
    let all = targets.at(measure, area);
    let last = all.iter().map(|(period, _)| period.last_year()).max()?;
    let span = all.iter().filter(|(period, _)| period.kind() == PeriodKind::Span && period.last_year() == last);
    if let Some((period, target)) = span.max_by_key(|(period, _)| period.quarters().count()) {
        return Some((*period, (*target).clone()));
    }
    let years: Vec<&(Period, &Target)> = all.iter().filter(|(period, _)| period.kind() == PeriodKind::Year).collect();
    let (first, end) = (years.first()?, years.last()?);
    let unbroken = years.windows(2).all(|pair| pair[1].0.last_year() == pair[0].0.last_year() + 1);
    let alike = years.iter().all(|(_, target)| target.comparison == end.1.comparison);
    let tenths = years.iter().map(|(_, target)| target.tenths).sum();
    let until = Period::years(first.0.first_year(), end.0.last_year());
    (unbroken && alike).then(|| (until, Target { period: until, tenths, ..end.1.clone() }))
}

/// A value as a fraction in tenths: of a per cent for ratios, of one for counts.
fn fraction(value: Quantity) -> Option<(i128, i128)> {
    match value {
        Quantity::Whole(value) => Some((i128::from(value) * 10, 1)),
        Quantity::Ratio { denominator, .. } if denominator <= 0 => None,
        Quantity::Ratio { numerator, denominator } => Some((i128::from(numerator) * 1000, denominator.into())),
    }
}

/// Whether a ratio is of so few that no percentage is told.
fn is_small(release: &Release, value: Quantity) -> bool {
    let least = release.definitions().policy.smallest_denominator;
    matches!(value, Quantity::Ratio { denominator, .. } if denominator < least)
}

/// The smallest amount that is written, in tenths.
fn step(value: Quantity) -> i128 {
    if matches!(value, Quantity::Whole(_)) { 10 } else { 1 }
}

fn reaches(target: &Target, (a, b): (i128, i128)) -> bool {
    let wanted = i128::from(target.tenths).saturating_mul(b);
    match target.comparison {
        Comparison::AtLeast => a >= wanted,
        Comparison::MoreThan => a > wanted,
        Comparison::AtMost => a <= wanted,
        Comparison::LessThan => a < wanted,
    }
}

/// The least number of steps a year, up or down, with which `a ÷ b` reaches the target in `left` quarters;
/// 0 where it is there already.
fn needed(target: &Target, (a, b): (i128, i128), left: i64, step: i128) -> Option<i64> {
    if left <= 0 {
        return None;
    }
    if reaches(target, (a, b)) {
        return Some(0);
    }
    // a/b + k × step × left ÷ 4 against the target: k against 4 × (target × b − a) ÷ (b × step × left).
    let gap = i128::from(target.tenths).checked_mul(b)?.checked_sub(a)?.checked_mul(4)?;
    let per = b.checked_mul(step)?.checked_mul(left.into())?;
    let down = gap.div_euclid(per);
    let exact = gap.rem_euclid(per) == 0;
    let steps = match target.comparison {
        Comparison::AtLeast => down + i128::from(!exact),
        Comparison::MoreThan => down + 1,
        Comparison::AtMost => down,
        Comparison::LessThan => down - i128::from(exact),
    };
    i64::try_from(steps).ok()
}

/// Quarters from the end of one period to the end of another.
fn quarters_between(from: Period, to: Period) -> i64 {
    let end = |period: Period| {
        let last = period.quarters().last().expect("a period has quarters");
        i64::from(last.last_year()) * 4 + i64::from(last.number())
    };
    end(to) - end(from)
}

/// Rounded half away from zero.
fn rounded(numerator: i128, denominator: i128) -> Option<i64> {
    let (n, d) = (numerator.checked_mul(2)?.checked_abs()?, denominator);
    let size = n.checked_add(d)?.checked_div(d.checked_mul(2)?)?;
    i64::try_from(if numerator < 0 { -size } else { size }).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::sample::{areas, release_with, target};

    fn at(as_of: &str, measure: &str, of: &[(i32, Comparison, i64)]) -> Option<Pace> {
        let area = areas()[0].clone();
        let set =
            of.iter().map(|(year, comparison, tenths)| target(measure, area.clone(), *year, *comparison, *tenths));
        let release = release_with(as_of, set.collect());
        let info = release.measures().iter().find(|info| info.code.as_str() == measure).unwrap();
        pace(&release, &Targets::of(release.definitions()), &area, info)
    }

    #[test]
    fn what_adds_up_has_to_make_up_the_rest_of_all_years() {
        // Two years of four quarters with 4 arrivals each; asked for are 20 and 30.
        let both = [(2026, Comparison::AtLeast, 200), (2027, Comparison::AtLeast, 300)];
        let first = at("2027-02-01", "a.vao", &both).unwrap();
        assert_eq!((first.reached, first.quarters_left), (Quantity::Whole(16), 4));
        assert_eq!((first.needed, first.mean, first.projected), (Some(34), None, None), "one year is no pace");
        let half = at("2027-07-20", "a.vao", &both).unwrap();
        assert_eq!((half.reached, half.quarters_left), (Quantity::Whole(24), 2));
        assert_eq!(half.needed, Some(52), "26 in half a year");
        assert_eq!((half.mean, half.projected, half.on_course), (Some(16), Some(32), Some(false)));
        let end = at("2028-02-01", "a.vao", &both).unwrap();
        assert_eq!((end.reached, end.needed, end.met), (Quantity::Whole(32), None, false));
    }

    #[test]
    fn a_stock_has_to_rise_from_its_last_level() {
        // 10 at the end of 2026, 12 at the middle of 2027.
        let last = at("2027-07-20", "a.cuoi", &[(2027, Comparison::AtLeast, 200)]).unwrap();
        assert_eq!((last.reached, last.at.to_string().as_str()), (Quantity::Whole(12), "2027-H1"));
        assert_eq!(last.needed, Some(16), "8 more in half a year");
        assert_eq!((last.mean, last.projected, last.on_course), (Some(4), Some(14), Some(false)));
        assert_eq!(at("2026-04-20", "a.cuoi", &[(2027, Comparison::AtLeast, 200)]).unwrap().mean, None);
        assert_eq!(at("2027-07-20", "a.cuoi", &[]), None, "without a target there is no way to it");
    }

    #[test]
    fn a_ratio_moves_in_tenths_of_a_point() {
        // a.tl_vao of 2026: 16 ÷ (8 + 16) = 66.7%.
        let pace = at("2027-02-01", "a.tl_vao", &[(2027, Comparison::AtLeast, 900)]).unwrap();
        assert_eq!(pace.needed, Some(234), "23.33… points, rounded up");
        assert_eq!(pace.mean, None);
    }

    proptest! {
        #[test]
        fn pace_times_years_reaches_the_target_and_one_step_less_does_not(
            value in 0..5000i64, parts in 0..400i64, of in 1..400i64, tenths in 0..2000i64, left in 1..20i64,
            is_ratio: bool, which in 0..4usize,
        ) {
            let comparison = [Comparison::AtLeast, Comparison::MoreThan, Comparison::AtMost, Comparison::LessThan][which];
            let target = target("m", areas()[0].clone(), 2030, comparison, tenths);
            let start = match is_ratio {
                true => Quantity::Ratio { numerator: parts, denominator: of },
                false => Quantity::Whole(value),
            };
            let (a, b) = fraction(start).unwrap();
            let step = step(start);
            let k = needed(&target, (a, b), left, step).unwrap();
            let after = |k: i64| (a * 4 + i128::from(k) * step * i128::from(left) * b, b * 4);
            prop_assert!(reaches(&target, after(k)));
            prop_assert!(k == 0 || !reaches(&target, after(k - k.signum())));
        }
    }
}
