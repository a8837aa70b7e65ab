//! Change: whether a figure changed since another period by more than chance.
//!
//! Only what [`Comparison`](crate::release::Comparison) holds is judged: both figures over the
//! units complete in both periods, so that both sides have the same units and lengths of period.
//! Counts by the mid-P test, proportions by Newcombe's interval (statistics report 2.4). At 5 % a
//! change is clear where it stands by itself on one page, at 0.2 % in a list over many.

use std::cmp::Ordering;

use crate::analysis::wording;
use crate::analysis::{Nature, Silence};
use crate::definitions::ComparisonRules;
use crate::release::{Change, MeasureInfo, Quantity};
use crate::statistics::change::{CLEAR, CLEAR_IN_A_LIST, mid_p};
use crate::statistics::interval::{Confidence, difference};

/// A smaller base or denominator gives no percentage, and no proportion to compare (statistics report 5.1, 5.2).
pub const SMALLEST_DENOMINATOR: i64 = 20;

/// What a change tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// A clear rise.
    Up,
    /// A clear fall.
    Down,
    /// Within ordinary variation.
    Within,
    /// Too small to say.
    Small,
}

impl Signal {
    /// The sentence.
    pub fn text(self) -> &'static str {
        match self {
            Signal::Up => wording::CHANGE_UP,
            Signal::Down => wording::CHANGE_DOWN,
            Signal::Within => wording::CHANGE_NONE,
            Signal::Small => wording::SMALL,
        }
    }
}

/// How surely a change is more than chance, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Clear even in a list over many areas or measures.
    Clear(Ordering),
    /// Clear only where it stands by itself.
    Alone(Ordering),
    /// Within ordinary variation.
    Within,
    /// Too small to say.
    Small,
}

impl Verdict {
    /// What it tells where it stands by itself.
    pub fn alone(self) -> Signal {
        match self {
            Verdict::Clear(way) | Verdict::Alone(way) => clear(way),
            Verdict::Within => Signal::Within,
            Verdict::Small => Signal::Small,
        }
    }

    /// What it tells in a list.
    pub fn listed(self) -> Signal {
        match self {
            Verdict::Alone(_) => Signal::Within,
            other => other.alone(),
        }
    }

    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Clear(Ordering::Less) => "down",
            Verdict::Clear(_) => "up",
            Verdict::Alone(Ordering::Less) => "down_alone",
            Verdict::Alone(_) => "up_alone",
            Verdict::Within => "none",
            Verdict::Small => "small",
        }
    }
}

fn clear(way: Ordering) -> Signal {
    if way == Ordering::Less { Signal::Down } else { Signal::Up }
}

/// Judges the change of a measure.
///
/// # Errors
/// [`Silence::Untested`] where chance cannot be told: money, classes, clustered counts, signed corrections.
pub fn judge(info: &MeasureInfo, change: &Change, rules: &ComparisonRules) -> Result<Verdict, Silence> {
    if rules.clustered.contains(&info.code) {
        return Err(Silence::Untested);
    }
    match (Nature::of(info), change.now, change.before) {
        (Nature::Count, Quantity::Whole(now), Quantity::Whole(before)) => {
            let (now, before) = (u64::try_from(now), u64::try_from(before));
            let (Ok(now), Ok(before)) = (now, before) else { return Err(Silence::Untested) };
            Ok(of_counts(now, before, rules))
        }
        (
            Nature::Proportion,
            Quantity::Ratio { numerator: x1, denominator: n1 },
            Quantity::Ratio { numerator: x2, denominator: n2 },
        ) if 0 <= x1 && x1 <= n1 && 0 <= x2 && x2 <= n2 => Ok(of_proportions((x1, n1), (x2, n2), rules)),
        _ => Err(Silence::Untested),
    }
}

/// Whether two counts over the same units and equally long periods differ.
pub fn of_counts(now: u64, before: u64, rules: &ComparisonRules) -> Verdict {
    let all = now.saturating_add(before);
    if all < rules.fewest_events.unsigned_abs() {
        return Verdict::Small;
    }
    // Far inside one standard deviation no test can find a change; most pairs end here.
    let apart = now.abs_diff(before);
    if u128::from(apart) * u128::from(apart) < u128::from(all) {
        return Verdict::Within;
    }
    let p = mid_p(now, before, (1.0, 1.0));
    verdict(now.cmp(&before), |bar| p < bar)
}

/// Whether two proportions differ.
pub fn of_proportions(now: (i64, i64), before: (i64, i64), rules: &ComparisonRules) -> Verdict {
    if now.1.min(before.1) < SMALLEST_DENOMINATOR || now.0.saturating_add(before.0) < rules.fewest_events {
        return Verdict::Small;
    }
    let float = |(x, n): (i64, i64)| (x as f64, n as f64);
    let (ours, theirs) = (float(now), float(before));
    let way = (ours.0 * theirs.1).total_cmp(&(theirs.0 * ours.1));
    verdict(way, |bar| {
        // 5 % and 0.2 % are what 95 % and 99.8 % leave.
        let confidence = if bar < CLEAR { Confidence::P998 } else { Confidence::P95 };
        let (low, high) = difference(ours, theirs, confidence);
        low > 0.0 || high < 0.0
    })
}

fn verdict(way: Ordering, is_clear_at: impl Fn(f64) -> bool) -> Verdict {
    if !is_clear_at(CLEAR) {
        Verdict::Within
    } else if is_clear_at(CLEAR_IN_A_LIST) {
        Verdict::Clear(way)
    } else {
        Verdict::Alone(way)
    }
}
