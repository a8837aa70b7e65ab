//! Zero runs: not for a whole year is no event reported, while the unit manages persons and the province has events
//! (statistics report, section 4, “zero runs”).
//!
//! `P(0) = e^(−Σλ)`, λ from the rate of all returns of the same period per person managed.

use crate::definitions::check::Silence;
use crate::definitions::{Form, Kind};
use crate::intake::Return;
use crate::intake::check::Fault;
use crate::intake::check::case::{Case, is_money, is_part};
use crate::intake::check::history::History;
use crate::statistics::chance;
use crate::vocabulary::number;

pub(super) fn check(case: &Case, silence: &Silence) -> Option<Fault> {
    let silent = run(case.history, case.ret, silence)??;
    let (first, _) = case.entries().find(|(row, _)| row.kind == Kind::Flow)?;
    let message = format!(
        "Mọi số phát sinh trong {} quý liền đều bằng 0, trong khi đang quản lý {} người",
        silent.quarters,
        number::whole(silent.managed)
    );
    let earlier = case.history.before(case.ret).last().map(|ret| ret.period);
    Some(Fault::new(&first.code, message).see([&silence.stock]).earlier(earlier))
}

/// A run of returns without any event.
pub(crate) struct Run {
    /// Quarters they are made of.
    pub quarters: usize,
    /// Persons managed at the end.
    pub managed: i64,
}

/// The silence that ends with a return and that chance hardly explains; the inner nothing when it was looked at and
/// there is none, the outer when there is nothing to look at.
pub(crate) fn run(history: &History, ret: &Return, silence: &Silence) -> Option<Option<Run>> {
    let mut window = vec![ret];
    window.extend(history.before(ret).into_iter().rev());
    let (mut quarters, mut expected, mut next) = (0, 0.0, ret.period);
    for at in window {
        if quarters >= silence.quarters {
            break;
        }
        if at.period != next {
            return None;
        }
        let managed = history.value(at, &silence.stock).filter(|managed| *managed >= silence.at_least)?;
        if events(history, at)? != 0 {
            return Some(None);
        }
        quarters += next.quarters().count();
        let (all, of) = rate(history, at, silence);
        expected += managed as f64 * all as f64 / of.max(1) as f64;
        next = next.previous()?;
    }
    if quarters < silence.quarters {
        return None;
    }
    let doubted = chance::none(expected) * 1e6 < f64::from(silence.per_million);
    let managed = history.value(ret, &silence.stock)?;
    Some(doubted.then_some(Run { quarters, managed }))
}

/// All events of a return; nothing when none of its flows is reported.
fn events(history: &History, ret: &Return) -> Option<i64> {
    let form: &Form = history.form(ret)?;
    let flows = form.rows().filter(|row| {
        row.kind == Kind::Flow
            && !row.signed
            && !is_money(row)
            && !is_part(form, row)
            && ret.entries.contains_key(&row.code)
    });
    let values = flows.filter_map(|row| history.value(ret, &row.code));
    values.fold(None, |sum, value| Some(sum.unwrap_or(0i64).saturating_add(value)))
}

/// Events and persons managed in all returns for the period of this one.
fn rate(history: &History, ret: &Return, silence: &Silence) -> (i64, i64) {
    let same = history.all().filter(|other| other.period == ret.period);
    same.filter_map(|other| Some((events(history, other)?, history.value(other, &silence.stock)?)))
        .fold((0i64, 0i64), |(all, of), (events, managed)| (all.saturating_add(events), of.saturating_add(managed)))
}
