//! Completeness of returns, and whether those that came were on time.

use std::collections::BTreeMap;

use crate::figures::quality::Ground;
use crate::figures::reporting::ReturnState;
use crate::vocabulary::{Period, UnitCode};

/// Received of due: 0 or 1 of 1.
pub(super) fn received(ground: &Ground<'_>, own: u32) -> (i64, i64) {
    (i64::from(ground.came(own)), 1)
}

/// On time of received.
pub(super) fn on_time(ground: &Ground<'_>, own: u32) -> Option<(i64, i64)> {
    ground.came(own).then(|| (i64::from(ground.status(own).state == ReturnState::OnTime), 1))
}

/// The median lateness of late returns in days by unit (none: the province) and position of the period, as a
/// fraction: of an even number the middle lies between two.
pub(super) fn lateness<'a>(
    ground: &Ground<'a>,
    periods: &[Period],
) -> BTreeMap<(Option<&'a UnitCode>, usize), (i64, i64)> {
    let mut late: BTreeMap<(Option<&UnitCode>, usize), Vec<i64>> = BTreeMap::new();
    for own in ground.due() {
        let ReturnState::Late(days) = ground.status(own).state else { continue };
        let (unit, at) = (ground.unit(own), ground.period(own));
        for (period, whole) in periods.iter().enumerate().filter(|(_, period)| period.contains(at)) {
            let of_unit = ground.is_told_of_unit(*whole, at).then_some(Some(unit));
            for place in [of_unit, ground.is_in_province(unit).then_some(None)].into_iter().flatten() {
                late.entry((place, period)).or_default().push(days);
            }
        }
    }
    late.into_iter().map(|(place, days)| (place, median(days))).collect()
}

fn median(mut days: Vec<i64>) -> (i64, i64) {
    days.sort_unstable();
    let middle = days.len() / 2;
    if days.len() % 2 == 1 { (days[middle], 1) } else { (days[middle - 1] + days[middle], 2) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_two() {
        assert_eq!(median(vec![9, 1, 3]), (3, 1));
        assert_eq!(median(vec![4, 1]), (5, 2));
    }
}
