//! Zero runs: no event of any kind for a year, where some are expected. The computation is that of the check.

use crate::definitions::check::Silence;
use crate::figures::quality::{About, Ask, Ground};
use crate::intake::check::silent::run;

/// 1 of 1 when a silence ends with this return that chance hardly explains, 0 of 1 when it was looked at.
pub(super) fn unheard(ground: &Ground<'_>, own: u32, asks: &mut Vec<Ask>) -> Option<(i64, i64)> {
    let policy = ground.policy();
    let silence = Silence {
        stock: policy.managed.clone(),
        at_least: policy.silent_from,
        quarters: policy.silent_quarters,
        per_million: policy.silent,
    };
    let found = run(ground.history(), ground.sent(own)?, &silence)?;
    let doubted = i64::from(found.is_some());
    if let Some(run) = found {
        let about = About::Silent { quarters: run.quarters, managed: run.managed };
        asks.push(Ask { unit: ground.unit(own).clone(), period: ground.period(own), about });
    }
    Some((doubted, 1))
}
