//! No stock jumps, no flow far above its usual level.
//!
//! For counts large enough that a ratio means something (WHO DQR: mean ≥ 20);
//! small counts are the business of `poisson_outlier`.

use crate::definitions::Row;
use crate::definitions::form::{AcrossTime, Kind};
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::vocabulary::{Period, number};

pub(super) fn check(case: &Case, stock_percent: i64, floor: i64, flow_factor: i64) -> Vec<Fault> {
    case.entries()
        .filter_map(|(row, _)| match row.kind {
            // An opening stock repeats the closing stock before it, where the jump was asked about.
            Kind::Stock if row.across_time != AcrossTime::First => stock(case, row, stock_percent, floor),
            Kind::Flow => flow(case, row, flow_factor, floor),
            _ => None,
        })
        .collect()
}

fn stock(case: &Case, row: &Row, percent: i64, floor: i64) -> Option<Fault> {
    let earlier = case.previous_of(&row.code)?.period;
    let (now, before) = (case.value(&row.code)?, case.previous_value(&row.code)?);
    let change = i128::from(now) - i128::from(before);
    if before < floor || before <= 0 || change.abs() * 100 <= i128::from(percent) * i128::from(before) {
        return None;
    }
    if case.boundary_changed_since(earlier) {
        return None;
    }
    let share = number::percent(i64::try_from(change.abs()).ok()?, before)?;
    let message = format!(
        "{} ghi {}, {} {share}% so với {} của {}",
        row.short,
        number::whole(now),
        if change > 0 { "tăng" } else { "giảm" },
        number::whole(before),
        earlier.title(),
    );
    Some(Fault::new(&row.code, message).earlier(Some(earlier)))
}

fn flow(case: &Case, row: &Row, factor: i64, floor: i64) -> Option<Fault> {
    let now = case.value(&row.code)?;
    let year = Period::year(case.ret.period.last_year() - 1);
    let values: Vec<i64> = Period::of_years(year.last_year(), year.last_year())
        .into_iter()
        .filter(|period| period.kind() == case.ret.period.kind())
        .map(|period| case.history.value(case.history.get(&case.ret.unit, period)?, &row.code))
        .collect::<Option<_>>()?;
    let returns = i64::try_from(values.len()).ok()?;
    let sum: i128 = values.iter().copied().map(i128::from).sum();
    if now < floor || sum <= 0 || i128::from(now) * i128::from(returns) <= i128::from(factor) * sum {
        return None;
    }
    if case.boundary_changed_since(year) {
        return None;
    }
    let mean = number::rounded(i64::try_from(sum).ok()?, returns, 1, 1)?;
    let message = format!(
        "{} ghi {}, hơn {factor} lần mức bình quân mỗi kỳ của {} ({})",
        row.short,
        number::whole(now),
        year.title(),
        number::fixed(mean, 1),
    );
    Some(Fault::new(&row.code, message))
}
