//! Contributions: the parts of units in a change of the whole, which add up to it exactly.
//!
//! A count changes by the sum of its units' changes. A ratio R = Σn ÷ Σd changes because ratios of
//! units change (rate) and because their shares of the denominator do (mix): with shares w and
//! ratios r of a unit before (0) and now (1), and R̄ the mean of the whole before and now,
//!
//! ```text
//! rate = ½(w₀ + w₁)(r₁ − r₀)      mix = (w₁ − w₀)(½(r₀ + r₁) − R̄)
//! ```
//!
//! and rate and mix of all units add up to R₁ − R₀ (Kitagawa 1955, JASA 50:1168). A unit with nobody to
//! count in one of the periods has the same ratio in both. Parts are written in tenths of a percentage
//! point: each is rounded down and the tenths left over go to the largest remainders, so that the
//! written parts add up to the written change.

use crate::release::{Change, Quantity, Release, Versus};
use crate::vocabulary::number::point_change;
use crate::vocabulary::{Area, MeasureCode, Period, UnitCode};

/// A change of an area, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contributions {
    /// The change of the whole, over the units complete in both periods.
    pub change: Change,
    /// The change in the unit it is written in: the count, or tenths of a percentage point.
    pub total: i64,
    /// One part per unit whose own change is released, the largest first, whatever its sign; then by code.
    pub parts: Vec<Part>,
    /// All other units of the common set together, and how many they are.
    pub rest: Option<(u32, Part)>,
}

/// What one unit, or the rest, adds to a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The unit; none for the rest.
    pub unit: Option<UnitCode>,
    /// Its figure before.
    pub before: Quantity,
    /// Its figure now.
    pub now: Quantity,
    /// Its share of the change of a count; of a ratio what its own ratio adds.
    pub rate: i64,
    /// What its share of the denominator adds; 0 for counts.
    pub mix: i64,
}

impl Part {
    /// All that it adds.
    pub fn sum(&self) -> i64 {
        self.rate + self.mix
    }
}

/// The parts of the units of a province in a change of it; `None` when there is no released change,
/// or no unit's own change is released.
pub fn contributions(
    release: &Release,
    province: &Area,
    period: Period,
    measure: &MeasureCode,
    versus: Versus,
) -> Option<Contributions> {
    let change = release.comparison(province, period, measure, versus)?.change.ok()?;
    let units = release.definitions().units.units.values();
    let own = units.filter(|unit| *province == Area::Province(unit.province.clone())).filter_map(|unit| {
        let area = Area::Unit(unit.code.clone());
        let own = release.comparison(&area, period, measure, versus)?.change.ok()?;
        Some((unit.code.clone(), own))
    });
    divide(change, own.collect())
}

/// Divides a change among units. What is left belongs to the rest.
fn divide(change: Change, own: Vec<(UnitCode, Change)>) -> Option<Contributions> {
    if own.is_empty() {
        return None;
    }
    let known: u32 = own.iter().map(|(_, own)| own.matched).sum();
    let rest = own.iter().try_fold((change.before, change.now), |(before, now), (_, own)| {
        Some((less(before, own.before)?, less(now, own.now)?))
    })?;
    let mut parts: Vec<Part> = own
        .into_iter()
        .map(|(unit, own)| Part { unit: Some(unit), before: own.before, now: own.now, rate: 0, mix: 0 })
        .collect();
    parts.push(Part { unit: None, before: rest.0, now: rest.1, rate: 0, mix: 0 });
    let total = match (change.before, change.now) {
        (Quantity::Whole(before), Quantity::Whole(now)) => {
            for part in &mut parts {
                part.rate = whole(part.now)?.checked_sub(whole(part.before)?)?;
            }
            now.checked_sub(before)?
        }
        (before, now) => points(&mut parts, ratio(before)?, ratio(now)?)?,
    };
    let rest = parts.pop().expect("the rest was put last");
    let others = change.matched.saturating_sub(known);
    let rest = (others > 0 || rest.sum() != 0).then_some((others, rest));
    parts.sort_by_key(|part| std::cmp::Reverse(part.sum().abs()));
    Some(Contributions { change, total, parts, rest })
}

/// Gives each part its rate and mix in tenths of a percentage point; returns their sum, the change of the whole.
fn points(parts: &mut [Part], before: (i64, i64), now: (i64, i64)) -> Option<i64> {
    let total = point_change(now, before)?;
    let mut exact = Vec::with_capacity(parts.len() * 2);
    for part in parts.iter() {
        let (rate, mix) = Whole { before, now }.rate_and_mix(ratio(part.before)?, ratio(part.now)?)?;
        exact.extend([rate, mix]);
    }
    let written = allot(&exact, total);
    for (part, pair) in parts.iter_mut().zip(written.chunks(2)) {
        (part.rate, part.mix) = (pair[0], pair[1]);
    }
    Some(total)
}

/// A tenth of a percentage point in the fixed-point numbers that parts are computed in: 10⁻¹² of it is
/// far below what rounding could show.
const TENTH: i128 = 1_000_000_000_000;
/// One, the ratio 100 %, in the same numbers.
const ONE: i128 = 1000 * TENTH;

/// The ratio of the whole.
struct Whole {
    before: (i64, i64),
    now: (i64, i64),
}

impl Whole {
    /// Rate and mix of one unit in fixed-point tenths of a point; `None` when numbers leave i128.
    fn rate_and_mix(&self, before: (i64, i64), now: (i64, i64)) -> Option<(i128, i128)> {
        let (d0, d1) = (i128::from(self.before.1), i128::from(self.now.1));
        // A unit with nobody to count in one period is taken to have the ratio of the other.
        let (r0, r1) = match (before.1, now.1) {
            (0, 0) => return Some((0, 0)),
            (0, _) => (now, now),
            (_, 0) => (before, before),
            _ => (before, now),
        };
        let fixed = |numerator: i128, denominator: i128| numerator.checked_mul(ONE)?.checked_div(denominator);
        // A share of the whole times a ratio.
        let share = |of: i64, whole: i128, ratio: (i64, i64)| {
            fixed(i128::from(of).checked_mul(i128::from(ratio.0))?, whole.checked_mul(i128::from(ratio.1))?)
        };
        // w₁r₁, w₁r₀, w₀r₁, w₀r₀ and the same with R₁ and R₀ in place of the unit's own ratios.
        let (w1r1, w1r0) = (share(now.1, d1, r1)?, share(now.1, d1, r0)?);
        let (w0r1, w0r0) = (share(before.1, d0, r1)?, share(before.1, d0, r0)?);
        let means = [self.before, self.now]
            .into_iter()
            .try_fold(0i128, |sum, mean| Some(sum + share(now.1, d1, mean)? - share(before.1, d0, mean)?))?;
        let rate = (w0r1 - w0r0 + w1r1 - w1r0) / 2;
        let mix = (w1r0 + w1r1 - w0r0 - w0r1 - means) / 2;
        Some((rate, mix))
    }
}

/// Writes fixed-point numbers as whole tenths that add up to `total`: each rounded down, then one more for
/// the largest remainders; of equal ones the first.
fn allot(exact: &[i128], total: i64) -> Vec<i64> {
    let mut written: Vec<i64> = exact.iter().map(|exact| exact.div_euclid(TENTH) as i64).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(exact[*at].rem_euclid(TENTH)));
    let mut over = total - written.iter().sum::<i64>();
    // What is exactly nothing stays nothing, as long as others can take the tenths.
    let mut takers: Vec<usize> = order.iter().copied().filter(|at| exact[*at] != 0).collect();
    if takers.is_empty() {
        takers = order;
    }
    let step = over.signum();
    if step < 0 {
        takers.reverse();
    }
    for at in takers.iter().cycle() {
        if over == 0 {
            break;
        }
        written[*at] += step;
        over -= step;
    }
    written
}

fn whole(value: Quantity) -> Option<i64> {
    match value {
        Quantity::Whole(value) => Some(value),
        Quantity::Ratio { .. } => None,
    }
}

fn ratio(value: Quantity) -> Option<(i64, i64)> {
    match value {
        Quantity::Ratio { numerator, denominator } => Some((numerator, denominator)),
        Quantity::Whole(_) => None,
    }
}

fn less(of: Quantity, part: Quantity) -> Option<Quantity> {
    match (of, part) {
        (Quantity::Whole(of), Quantity::Whole(part)) => Some(Quantity::Whole(of.checked_sub(part)?)),
        (Quantity::Ratio { numerator: n, denominator: d }, Quantity::Ratio { numerator: m, denominator: e }) => {
            Some(Quantity::Ratio { numerator: n.checked_sub(m)?, denominator: d.checked_sub(e)? })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(before: i64, now: i64, matched: u32) -> Change {
        Change { before: Quantity::Whole(before), now: Quantity::Whole(now), matched, due: matched }
    }

    fn ratios(before: (i64, i64), now: (i64, i64), matched: u32) -> Change {
        let of = |(numerator, denominator)| Quantity::Ratio { numerator, denominator };
        Change { before: of(before), now: of(now), matched, due: matched }
    }

    fn told(contributions: &Contributions) -> Vec<String> {
        let name = |part: &Part| part.unit.as_ref().map_or("rest".to_owned(), UnitCode::to_string);
        let rest = contributions.rest.iter().map(|(_, part)| part);
        let told = |part: &Part| format!("{} {} {}", name(part), part.rate, part.mix);
        contributions.parts.iter().chain(rest).map(told).collect()
    }

    #[test]
    fn a_count_changes_by_the_sum_of_its_units_the_largest_first_whatever_the_sign() {
        let own = vec![("A".into(), counts(10, 12, 1)), ("B".into(), counts(30, 21, 1)), ("C".into(), counts(5, 5, 1))];
        let all = divide(counts(45, 38, 3), own).unwrap();
        assert_eq!((all.total, told(&all)), (-7, vec!["B -9 0".to_owned(), "A 2 0".to_owned(), "C 0 0".to_owned()]));
        assert_eq!(all.rest, None);
    }

    #[test]
    fn what_is_not_released_is_told_together() {
        let all = divide(counts(45, 38, 4), vec![("A".into(), counts(10, 12, 1))]).unwrap();
        assert_eq!(told(&all), ["A 2 0", "rest -9 0"]);
        assert_eq!(all.rest.map(|(units, _)| units), Some(3));
        assert_eq!(divide(counts(45, 38, 4), vec![]), None);
    }

    #[test]
    fn a_ratio_moves_by_the_ratios_of_its_units_and_by_their_weights() {
        // A: 20/50 → 30/50, B: 40/50 → 40/50: 60% → 70%, all of it A's own.
        let own = vec![("A".into(), ratios((20, 50), (30, 50), 1)), ("B".into(), ratios((40, 50), (40, 50), 1))];
        let all = divide(ratios((60, 100), (70, 100), 2), own).unwrap();
        assert_eq!((all.total, told(&all)), (100, vec!["A 100 0".to_owned(), "B 0 0".to_owned()]));
        // No ratio of a unit changes, but B, which has the higher one, grows from half to two thirds:
        // 60% → 66,7%; w rises by 1/6 and r̄ − R̄ is 0.8 − 0.6333 for B, falls by 1/6 at 0.4 − 0.6333 for A.
        let own = vec![("A".into(), ratios((20, 50), (20, 50), 1)), ("B".into(), ratios((40, 50), (80, 100), 1))];
        let all = divide(ratios((60, 100), (100, 150), 2), own).unwrap();
        assert_eq!((all.total, told(&all)), (67, vec!["A 0 39".to_owned(), "B 0 28".to_owned()]));
    }

    #[test]
    fn a_unit_that_has_nobody_in_one_period_counts_by_its_weight_alone() {
        let own = vec![("A".into(), ratios((10, 20), (10, 20), 1)), ("B".into(), ratios((0, 0), (20, 20), 1))];
        let all = divide(ratios((10, 20), (30, 40), 2), own).unwrap();
        // R: 50% → 75%, R̄ = 62.5%; A: (½ − 1)(½ − 0.625) = 6.25, B: (½ − 0)(1 − 0.625) = 18.75 points; the odd tenth goes to the first.
        assert_eq!((all.total, told(&all)), (250, vec!["B 0 187".to_owned(), "A 0 63".to_owned()]));
    }

    /// A ratio before and now.
    type Both = ((i64, i64), (i64, i64));

    proptest! {
        #[test]
        fn contributions_add_up_to_the_change(
            own in proptest::collection::vec((0..300i64, 0..300i64, 0..300i64, 0..300i64), 1..12),
            hidden in 0..4usize,
        ) {
            let own: Vec<Both> =
                own.into_iter().map(|(a, b, c, d)| ((a.min(b), b), (c.min(d), d))).collect();
            let sum = |of: fn(&Both) -> (i64, i64)| {
                own.iter().map(of).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
            };
            let (before, now) = (sum(|one| one.0), sum(|one| one.1));
            let shown = own.len().saturating_sub(hidden).max(1);
            let code = |at: usize| UnitCode::from(format!("{at:05}"));
            let parts = own[..shown].iter().enumerate();
            let of_ratio = parts.clone().map(|(at, one)| (code(at), ratios(one.0, one.1, 1))).collect();
            if before.1 > 0 && now.1 > 0 {
                let all = divide(ratios(before, now, own.len() as u32), of_ratio).unwrap();
                let rest = all.rest.as_ref().map_or(0, |(_, part)| part.sum());
                prop_assert_eq!(all.parts.iter().map(Part::sum).sum::<i64>() + rest, all.total);
                prop_assert_eq!(Some(all.total), point_change(now, before));
            }
            let of_count = parts.map(|(at, one)| (code(at), counts(one.0.1, one.1.1, 1))).collect();
            let all = divide(counts(before.1, now.1, own.len() as u32), of_count).unwrap();
            let rest = all.rest.as_ref().map_or(0, |(_, part)| part.sum());
            prop_assert_eq!(all.parts.iter().map(Part::sum).sum::<i64>() + rest, now.1 - before.1);
        }
    }
}
