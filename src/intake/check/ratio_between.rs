//! An indicator of one return lies within bounds, such as weekly contacts held
//! against contacts due.

use crate::definitions::indicator::{Over, RatioTerm};
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::vocabulary::{MeasureCode, number};

/// A week of a stock counted at both ends, in fourteenths (see [`Over::Weeks`]).
const FOURTEENTHS: i128 = 14;

pub(super) fn check(case: &Case, indicator: &MeasureCode, min: i64, max: i64) -> Option<Fault> {
    let indicator = case.history.definitions.indicators.iter().find(|known| known.code == *indicator)?;
    let numerator = side(case, &indicator.numerator)?;
    let denominator = side(case, &indicator.denominator)?;
    if denominator <= 0 {
        return None;
    }
    let share = numerator * 100;
    if i128::from(min) * denominator <= share && share <= i128::from(max) * denominator {
        return None;
    }
    let whole = |side: i128| number::rounded(i64::try_from(side).ok()?, FOURTEENTHS as i64, 1, 0).map(number::whole);
    let percent = number::percent(i64::try_from(numerator).ok()?, i64::try_from(denominator).ok()?)?;
    let message = format!(
        "{} là {percent}% ({} ÷ {}), ngoài khoảng {min}%–{max}%",
        indicator.short,
        whole(numerator)?,
        whole(denominator)?,
    );
    let rows = || indicator.numerator.iter().chain(&indicator.denominator).map(|term| &term.item);
    let weeks = indicator.numerator.iter().chain(&indicator.denominator).any(|term| term.over == Over::Weeks);
    let earlier = if weeks { case.previous().map(|previous| previous.period) } else { None };
    Some(Fault::new(rows().next()?, message).see(rows()).earlier(earlier))
}

fn side(case: &Case, terms: &[RatioTerm]) -> Option<i128> {
    terms.iter().try_fold(0, |total, term| {
        let now = i128::from(case.value(&term.item)?);
        let value = match term.over {
            Over::Kind | Over::EachReturn => FOURTEENTHS * now,
            Over::Weeks => {
                let before = case.previous()?;
                if case.boundary_changed_since(before.period) {
                    return None;
                }
                let (first, last) = case.history.definitions.scheme.days(case.ret.period);
                let days = i128::from((last - first).num_days() + 1);
                (i128::from(case.history.value(before, &term.item)?) + now) * days
            }
        };
        Some(total + i128::from(term.coefficient) * value)
    })
}
