//! Targets: the figures that must not follow from what is printed.

use rayon::prelude::*;

use crate::audit::sheet::Sheet;
use crate::audit::statement::{Matter, value};
use crate::figures::Quantity;
use crate::release::attack::Terms;
use crate::vocabulary::{Area, PeriodKind};

/// What kind of figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nature {
    /// A hidden cell.
    Cell,
    /// The numerator of a hidden ratio.
    Numerator,
    /// What is left of a whole without a sensitive part.
    Rest,
    /// What one corrected return changed between editions: of the n-th vintage.
    Correction(usize),
    /// What the units of one land add up to, before or after it was rearranged.
    Land,
}

/// One figure that must not follow.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub nature: Nature,
    /// Area, period, measure.
    pub place: (usize, usize, usize),
    /// What it adds up.
    pub terms: Terms,
    /// The true value.
    pub truth: i64,
    /// Whether the person count behind it is small: 0 to below the threshold.
    pub is_small: bool,
    /// Whether it must keep a wide interval: a hidden count of persons of 0 to below the threshold, at a
    /// level that is published (statistics report 1.5, step 0). Zeros too, or what is hidden for the sake of
    /// the others would tell them apart. Finer ones must not follow exactly.
    pub is_sensitive: bool,
}

/// Every cell about persons of which no number is printed, with the figures that can be had of it by one subtraction.
pub(super) fn targets(matter: Matter<'_>) -> Vec<Target> {
    let Matter { sheet, subjects, vintages, .. } = matter;
    let threshold = matter.definitions.policy.threshold;
    let small = |value: i64| value.abs() < threshold;
    let of_area = |area: usize| -> Vec<Target> {
        let mut found = Vec::new();
        for (period, measure) in (0..sheet.periods.len()).flat_map(|p| (0..subjects.len()).map(move |m| (p, m))) {
            let subject = &subjects[measure];
            let fact = sheet.fact(area, period, measure);
            let place = (area, period, measure);
            if !subject.personal || fact.reported == 0 {
                continue;
            }
            if subject.quantity {
                let terms = vintages[0].quantity(sheet, matter.returns, subject, place).terms;
                if terms.is_empty() {
                    continue;
                }
                let truth = value(&terms, matter.unknowns);
                if fact.value.is_none() {
                    let persons = subject.receivers.map_or(truth, |receivers| {
                        let terms = vintages[0]
                            .quantity(sheet, matter.returns, &subjects[receivers], (area, period, receivers))
                            .terms;
                        value(&terms, matter.unknowns)
                    });
                    found.push(Target {
                        nature: Nature::Cell,
                        place,
                        truth,
                        is_small: small(persons),
                        is_sensitive: subject.receivers.is_none() && small(truth) && is_level(sheet, place),
                        terms: terms.clone(),
                    });
                }
                for whole in &subject.wholes {
                    let mut rest: std::collections::BTreeMap<u32, i64> = terms.iter().map(|(u, c)| (*u, -c)).collect();
                    let mut complete = true;
                    for (factor, of) in whole {
                        let whole = vintages[0].quantity(sheet, matter.returns, &subjects[*of], (area, period, *of));
                        // Where fewer returns tell of the whole there is no rest to speak of.
                        complete &= whole.terms.len() == terms.len();
                        whole.terms.iter().for_each(|(u, c)| *rest.entry(*u).or_insert(0) += c * factor);
                    }
                    rest.retain(|_, coefficient| *coefficient != 0);
                    let terms: Terms = rest.into_iter().collect();
                    let truth = value(&terms, matter.unknowns);
                    if complete && small(truth) && truth >= 0 {
                        found.push(Target {
                            nature: Nature::Rest,
                            place,
                            truth,
                            terms,
                            is_small: true,
                            is_sensitive: false,
                        });
                    }
                }
            } else if fact.ratio.is_none()
                && let Some([numerator, _]) =
                    vintages[0].ratio(sheet, matter.returns, subjects, &matter.definitions.scheme, place)
            {
                let truth = value(&numerator.terms, matter.unknowns);
                if small(truth) && !numerator.terms.is_empty() {
                    let terms = numerator.terms;
                    found.push(Target {
                        nature: Nature::Numerator,
                        place,
                        truth,
                        terms,
                        is_small: true,
                        is_sensitive: false,
                    });
                }
            }
        }
        found
    };
    let mut all: Vec<Target> = (0..sheet.areas.len()).into_par_iter().flat_map_iter(of_area).collect();
    all.extend(corrections(matter));
    all.extend(lands(matter));
    all
}

/// The sums of the units that a unit was made of, or was divided into, where some of them are hidden: whoever
/// looks for the land as it is now finds them side by side.
fn lands(matter: Matter<'_>) -> Vec<Target> {
    let Matter { sheet, returns, subjects, vintages, definitions, .. } = matter;
    let mut found = Vec::new();
    for unit in definitions.units.units.values() {
        let Some(area) = sheet.area(unit.code.as_str()) else { continue };
        for units in [&unit.predecessors, &unit.successors].into_iter().filter(|units| units.len() > 1) {
            let areas: Vec<usize> = units.iter().filter_map(|unit| sheet.area(unit.as_str())).collect();
            for (period, measure) in (0..sheet.periods.len()).flat_map(|p| (0..subjects.len()).map(move |m| (p, m))) {
                let subject = &subjects[measure];
                let facts = areas.iter().map(|area| sheet.fact(*area, period, measure));
                let is_hidden = facts.clone().any(|fact| fact.hidden) && facts.clone().all(|fact| fact.reported > 0);
                if !(subject.personal && subject.quantity && subject.receivers.is_none() && is_hidden) {
                    continue;
                }
                let parts = areas
                    .iter()
                    .map(|area| vintages[0].quantity(sheet, returns, subject, (*area, period, measure)).terms);
                let mut terms: Terms = parts.flatten().collect();
                terms.sort_unstable();
                let truth = value(&terms, matter.unknowns);
                if truth.abs() < definitions.policy.threshold {
                    let place = (area, period, measure);
                    found.push(Target {
                        nature: Nature::Land,
                        place,
                        terms,
                        truth,
                        is_small: true,
                        is_sensitive: false,
                    });
                }
            }
        }
    }
    found
}

/// Whether numbers about persons are published at a place: of the province always, of a unit by year and longer.
fn is_level(sheet: &Sheet, (area, period, _): (usize, usize, usize)) -> bool {
    match sheet.areas[area] {
        Area::Province(_) => true,
        Area::Unit(_) => matches!(sheet.periods[period].kind(), PeriodKind::Year | PeriodKind::Span),
        Area::Group(_) => false,
    }
}

/// What single corrected returns changed since each earlier edition.
fn corrections(matter: Matter<'_>) -> Vec<Target> {
    let Matter { sheet, returns, subjects, vintages, unknowns, .. } = matter;
    let threshold = matter.definitions.policy.threshold;
    let mut found = Vec::new();
    for (vintage, then) in vintages.iter().enumerate().skip(1) {
        for (own, returned) in returns.all.iter().enumerate() {
            let Some(period) = sheet.period(returned.period) else { continue };
            for measure in (0..subjects.len()).filter(|measure| subjects[*measure].receivers.is_none()) {
                let (Some(now), Some(before)) = (vintages[0].unknown(own, measure), then.unknown(own, measure)) else {
                    continue;
                };
                let change = unknowns[now as usize].truth - unknowns[before as usize].truth;
                if change != 0 && change.abs() < threshold {
                    found.push(Target {
                        nature: Nature::Correction(vintage),
                        place: (returned.unit, period, measure),
                        terms: vec![
                            (now.min(before), if now < before { 1 } else { -1 }),
                            (now.max(before), if now < before { -1 } else { 1 }),
                        ],
                        truth: change,
                        is_small: true,
                        is_sensitive: false,
                    });
                }
            }
        }
    }
    found
}

/// A vintage, a cell (area, period, measure), and the units that make it differ.
type Difference = (usize, (usize, usize, usize), Vec<usize>);

/// Cells of several units whose number changed since an earlier edition because of one or two of them:
/// the difference of the two printed numbers is theirs.
pub(super) fn differences(matter: Matter<'_>) -> Vec<Difference> {
    const SMALLEST_BATCH: usize = 3;
    let Matter { sheet, returns, subjects, vintages, unknowns, .. } = matter;
    let mut found = Vec::new();
    for vintage in 1..vintages.len() {
        for area in (0..sheet.areas.len()).filter(|area| sheet.members[*area].len() > 1) {
            for (period, measure) in (0..sheet.periods.len()).flat_map(|p| (0..subjects.len()).map(move |m| (p, m))) {
                let place = (area, period, measure);
                let subject = &subjects[measure];
                if !(subject.personal && subject.quantity) {
                    continue;
                }
                let number = |vintage| match super::statement::printed(matter, vintage, place) {
                    Some((Quantity::Whole(value), _)) => Some(value),
                    _ => None,
                };
                let (Some(_), Some(_)) = (number(0), number(vintage)) else { continue };
                let [now, then] =
                    [0, vintage].map(|vintage| vintages[vintage].quantity(sheet, returns, subject, place).terms);
                let only = |a: &Terms, b: &Terms| -> Vec<usize> {
                    let alone = a.iter().filter(|term| b.binary_search(term).is_err());
                    alone.map(|(unknown, _)| returns.all[unknowns[*unknown as usize].own as usize].unit).collect()
                };
                let mut units = [only(&now, &then), only(&then, &now)].concat();
                units.sort_unstable();
                units.dedup();
                if !units.is_empty() && units.len() < SMALLEST_BATCH {
                    found.push((vintage, place, units));
                }
            }
        }
    }
    found
}
