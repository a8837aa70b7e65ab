//! Zero runs: no event of any kind for a year, while the unit manages persons and the province has events.
//!
//! P(0) = e^(−Σλ), λ from the rate of all returns of the same period per person managed (statistics report, section 4).

use crate::figures::quality::{About, Ask, Ground};
use crate::statistics::chance;
use crate::vocabulary::Period;

/// 1 of 1 when a silence ends with this return that chance hardly explains, 0 of 1 when it was looked at.
pub(super) fn unheard(ground: &Ground<'_>, own: u32, asks: &mut Vec<Ask>) -> Option<(i64, i64)> {
    let policy = ground.policy();
    let stock = ground.rows.iter().position(|entry| entry.row.code == policy.managed)?;
    let managed = |own: u32| ground.value(own, stock).filter(|managed| *managed >= policy.silent_from);
    let mut window = vec![own];
    window.extend(ground.before(own).into_iter().rev());
    let (mut quarters, mut expected) = (0, 0.0);
    let mut next = ground.period(own);
    for at in window {
        if quarters >= policy.silent_quarters {
            break;
        }
        if ground.period(at) != next {
            return None;
        }
        let persons = managed(at)?;
        if events(ground, at) != Some(0) {
            return Some((0, 1));
        }
        quarters += next.quarters().count();
        let (all, of) = rate(ground, next, stock);
        expected += persons as f64 * all as f64 / of.max(1) as f64;
        next = next.previous()?;
    }
    if quarters < policy.silent_quarters {
        return None;
    }
    if chance::none(expected) * 1e6 >= f64::from(policy.silent) {
        return Some((0, 1));
    }
    let about = About::Silent { quarters, managed: managed(own)? };
    asks.push(Ask { unit: ground.unit(own).clone(), period: ground.period(own), about });
    Some((1, 1))
}

/// All events of a return; nothing when none of its flows is reported.
fn events(ground: &Ground<'_>, own: u32) -> Option<i64> {
    let flows = ground.flows().filter(|(_, row)| !ground.is_part(row));
    let reported = flows.filter_map(|(item, _)| ground.value(own, item));
    reported.fold(None, |sum, value| Some(sum.unwrap_or(0i64).saturating_add(value)))
}

/// Events and persons managed in all returns for a period.
fn rate(ground: &Ground<'_>, period: Period, stock: usize) -> (i64, i64) {
    let same = ground.due().filter(|own| ground.period(*own) == period && ground.came(*own));
    same.filter_map(|own| Some((events(ground, own)?, ground.value(own, stock)?)))
        .fold((0i64, 0i64), |(all, of), (events, persons)| (all.saturating_add(events), of.saturating_add(persons)))
}
