//! Test A2 over single numbers: an area is the sum of its units, a period of a unit is made of its returns.
//!
//! Movement figures are printed everywhere, so every sum of theirs can be checked; of persons, what is printed.

use crate::audit::breach::{Breach, Test};
use crate::audit::catalogue::Subject;
use crate::audit::returns::Returns;
use crate::audit::sheet::{Fact, Sheet};
use crate::audit::vintage::units;
use crate::definitions::form::AcrossTime;
use crate::definitions::{Definitions, ReleasePolicy};
use crate::figures::Origin;
use crate::vocabulary::Area;

/// A breach for every printed sum that is not the sum of its printed parts.
pub(super) fn check(sheet: &Sheet, returns: &Returns, subjects: &[Subject]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for area in 0..sheet.areas.len() {
        for period in 0..sheet.periods.len() {
            for (measure, subject) in subjects.iter().enumerate() {
                let fact = sheet.fact(area, period, measure);
                let Some(value) = fact.value else { continue };
                let sum = match (&sheet.areas[area], &subject.origin) {
                    (Area::Unit(_), _) if subject.quantity => {
                        over_time(sheet, returns, subject, (area, period, measure))
                    }
                    (Area::Unit(_), _) => None,
                    (_, Origin::Row { .. }) if !subject.quantity => None,
                    _ => total(units(sheet, area).map(|unit| sheet.fact(unit, period, measure))),
                };
                if let Some((sum, reported)) = sum
                    && (sum, reported) != (value, fact.reported)
                {
                    breaches.push(Breach::new(
                        Test::A2,
                        sheet.place(area, period, measure),
                        format!(
                            "in số {value} của {} báo cáo, các số cộng thành nó là {sum} của {reported} báo cáo",
                            fact.reported
                        ),
                    ));
                }
            }
        }
    }
    breaches
}

/// Test A3 over single numbers: a breach for every small number about persons that is printed as it is,
/// and for every one of the class that single units never show.
pub(super) fn small(sheet: &Sheet, subjects: &[Subject], definitions: &Definitions) -> Vec<Breach> {
    let ReleasePolicy { threshold, smallest_denominator, .. } = definitions.policy;
    let mut breaches = Vec::new();
    for (area, place) in sheet.areas.iter().enumerate() {
        for (period, measure) in (0..sheet.periods.len()).flat_map(|p| (0..subjects.len()).map(move |m| (p, m))) {
            let (fact, subject) = (sheet.fact(area, period, measure), &subjects[measure]);
            if !subject.personal || fact.value.is_none() && fact.ratio.is_none() {
                continue;
            }
            let (test, reason) = match (fact.value, fact.ratio) {
                _ if matches!(place, Area::Unit(_)) && sheet.privacy[measure] == "P3" => {
                    (Test::A3, "in số của một đơn vị, nhóm P3 không bao giờ công bố ở cấp xã".to_owned())
                }
                (Some(value), _) if subject.quantity && value.abs() < threshold => {
                    (Test::A3, format!("in số {value}, dưới ngưỡng {threshold}"))
                }
                (_, Some((numerator, _))) if numerator.abs() < threshold => {
                    (Test::A5, format!("in tử số {numerator}, dưới ngưỡng {threshold}"))
                }
                (_, Some((_, denominator))) if denominator < smallest_denominator => {
                    (Test::A5, format!("in mẫu số {denominator}, dưới mức {smallest_denominator}"))
                }
                _ => continue,
            };
            breaches.push(Breach::new(test, sheet.place(area, period, measure), reason));
        }
    }
    breaches
}

/// The sum and the number of returns of figures that are all printed or not there.
fn total<'f>(parts: impl Iterator<Item = &'f Fact>) -> Option<(i64, u32)> {
    let mut sum = (0i64, 0);
    for part in parts.filter(|part| part.reported > 0) {
        sum = (sum.0.saturating_add(part.value?), sum.1 + part.reported);
    }
    Some(sum)
}

/// What the returns of a unit add up to over a period.
fn over_time(sheet: &Sheet, returns: &Returns, subject: &Subject, at: (usize, usize, usize)) -> Option<(i64, u32)> {
    let (unit, period, measure) = at;
    let tile = returns.tile(unit, period);
    let own: &[u32] = match subject.across_time? {
        AcrossTime::Sum => tile,
        AcrossTime::First => tile.get(..1)?,
        AcrossTime::Last => tile.get(tile.len().checked_sub(1)?..)?,
        AcrossTime::None => tile.get(..1).filter(|_| tile.len() == 1)?,
    };
    let facts: Option<Vec<&Fact>> = own
        .iter()
        .map(|own| Some(sheet.fact(unit, sheet.period(returns.all[*own as usize].period)?, measure)))
        .collect();
    total(facts?.into_iter())
}
