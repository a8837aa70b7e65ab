//! A vintage: what one edition counted and printed, over unknowns that editions share.
//!
//! An unknown is what one unit reported in one of its returns for one measure.
//! Two editions share it where they counted the same number; where a return
//! came late or was corrected between them, they do not.

use std::collections::BTreeMap;

use crate::audit::catalogue::Subject;
use crate::audit::returns::Returns;
use crate::audit::sheet::Sheet;
use crate::definitions::Scheme;
use crate::definitions::form::AcrossTime;
use crate::definitions::indicator::{Over, RatioTerm};
use crate::figures::{Cube, Origin};
use crate::ledger::Publication;
use crate::release::attack::Terms;
use crate::vocabulary::Area;

/// What one unit reported in one return for one measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    /// Position of the return.
    pub own: u32,
    /// Position of the measure.
    pub measure: u32,
    /// The true value: never part of an equation.
    pub truth: i64,
    /// Whether it may be negative.
    pub signed: bool,
}

/// No unknown: not reported.
const NONE: u32 = u32::MAX;

/// What a figure adds up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Makeup {
    /// Over unknowns.
    pub terms: Terms,
    /// How many returns are in it.
    pub reported: u32,
}

/// One edition's figures over shared unknowns.
#[derive(Clone, Debug)]
pub(super) struct Vintage<'a> {
    /// How people call it.
    pub name: String,
    /// The earlier publication; `None` for the edition under audit.
    pub earlier: Option<&'a Publication>,
    /// By return, then measure.
    of: Vec<u32>,
    measures: usize,
}

impl<'a> Vintage<'a> {
    /// The edition under audit: what was reported is public, the numbers come from the truth.
    pub fn current(
        sheet: &Sheet,
        returns: &Returns,
        subjects: &[Subject],
        truth: &Cube,
        unknowns: &mut Vec<Unknown>,
    ) -> Self {
        let measures = sheet.measures.len();
        let mut of = vec![NONE; returns.all.len() * measures];
        for (at, own) in returns.all.iter().enumerate() {
            let Some(period) = sheet.period(own.period) else { continue };
            for measure in 0..measures {
                let Some(subject) = person_number(subjects, measure) else { continue };
                let place = (&sheet.areas[own.unit], own.period, &sheet.measures[measure]);
                let value = truth.get(place.0, place.1, place.2).whole();
                if sheet.fact(own.unit, period, measure).reported == 1
                    && let Some(truth) = value
                {
                    of[at * measures + measure] = unknowns.len() as u32;
                    let signed = subject.signed;
                    unknowns.push(Unknown { own: at as u32, measure: measure as u32, truth, signed });
                }
            }
        }
        Self { name: "bản này".to_owned(), earlier: None, of, measures }
    }

    /// An earlier edition, from the ledger; `now` is the edition under audit.
    pub fn earlier(
        publication: &'a Publication,
        sheet: &Sheet,
        returns: &Returns,
        subjects: &[Subject],
        known: &mut BTreeMap<(u32, u32, i64), u32>,
        unknowns: &mut Vec<Unknown>,
    ) -> Self {
        let measures = sheet.measures.len();
        let mut of = vec![NONE; returns.all.len() * measures];
        for (at, own) in returns.all.iter().enumerate() {
            let Area::Unit(unit) = &sheet.areas[own.unit] else { continue };
            let Some(then) = publication.counted.get(&(unit.clone(), own.period)) else { continue };
            for (code, value) in &then.values {
                let Some(measure) = sheet.measure(code.as_str()) else { continue };
                let Some(subject) = person_number(subjects, measure) else { continue };
                let key = (at as u32, measure as u32, *value);
                of[at * measures + measure] = *known.entry(key).or_insert_with(|| {
                    unknowns.push(Unknown { own: key.0, measure: key.1, truth: *value, signed: subject.signed });
                    unknowns.len() as u32 - 1
                });
            }
        }
        let name = format!("lần công bố số {}", publication.number);
        Self { name, earlier: Some(publication), of, measures }
    }

    /// The unknown of a return and a measure.
    pub fn unknown(&self, own: usize, measure: usize) -> Option<u32> {
        let at = self.of[own * self.measures + measure];
        (at != NONE).then_some(at)
    }

    /// Whether a unit's figure was due.
    pub fn is_due(&self, sheet: &Sheet, unit: usize, period: usize, measure: usize) -> bool {
        match self.earlier {
            None => sheet.fact(unit, period, measure).due > 0,
            Some(publication) => {
                let key = (sheet.areas[unit].clone(), sheet.periods[period], sheet.measures[measure].clone());
                publication.printed.get(&key).is_some_and(|printed| printed.due > 0)
            }
        }
    }

    /// What the figure of a quantity adds up.
    pub fn quantity(&self, sheet: &Sheet, returns: &Returns, subject: &Subject, at: (usize, usize, usize)) -> Makeup {
        let (area, period, measure) = at;
        let mut makeup = Makeup::default();
        for unit in units(sheet, area) {
            if !self.is_due(sheet, unit, period, measure) {
                continue;
            }
            let tile = returns.tile(unit, period);
            let own: &[u32] = match subject.across_time {
                Some(AcrossTime::Sum) => tile,
                Some(AcrossTime::First) => tile.get(..1).unwrap_or_default(),
                Some(AcrossTime::Last) => tile.get(tile.len().saturating_sub(1)..).unwrap_or_default(),
                Some(AcrossTime::None) if tile.len() == 1 => tile,
                Some(AcrossTime::None) | None => &[],
            };
            let unknowns = own.iter().filter_map(|own| self.unknown(*own as usize, measure));
            makeup.terms.extend(unknowns.map(|unknown| (unknown, 1)));
        }
        makeup.reported = makeup.terms.len() as u32;
        makeup.terms.sort_unstable();
        makeup
    }

    /// What numerator and denominator of a ratio add up: over the returns that report all of both.
    pub fn ratio(
        &self,
        sheet: &Sheet,
        returns: &Returns,
        subjects: &[Subject],
        scheme: &Scheme,
        at: (usize, usize, usize),
    ) -> Option<[Makeup; 2]> {
        let (area, period, measure) = at;
        let Origin::Ratio { numerator, denominator, .. } = &subjects[measure].origin else { return None };
        let weeks = numerator.iter().chain(denominator).any(|term| term.over == Over::Weeks);
        let terms: Vec<(usize, &RatioTerm, usize, AcrossTime)> = [numerator, denominator]
            .into_iter()
            .enumerate()
            .flat_map(|(side, terms)| terms.iter().map(move |term| (side, term)))
            .map(|(side, term)| {
                let item = sheet.measure(term.item.as_str())?;
                let kind = subjects[item].across_time?;
                Some((side, term, item, if term.over == Over::Kind { kind } else { AcrossTime::Sum }))
            })
            .collect::<Option<_>>()?;
        let mut sides = [BTreeMap::new(), BTreeMap::new()];
        let mut reported = 0;
        for unit in units(sheet, area) {
            let tile = returns.tile(unit, period);
            if tile.is_empty() || !self.is_due(sheet, unit, period, measure) {
                continue;
            }
            let take = |own: Option<&u32>, wanted: AcrossTime| -> Option<Vec<(usize, u32, i64)>> {
                let own = *own? as usize;
                let mut found = Vec::new();
                for (side, term, item, _) in terms.iter().filter(|(.., across)| *across == wanted) {
                    let unknown = self.unknown(own, *item)?;
                    if term.over == Over::Weeks {
                        let (first, last) = scheme.days(returns.all[own].period);
                        let days = (last - first).num_days() + 1;
                        let before = returns.all[..own]
                            .iter()
                            .rposition(|r| r.unit == unit && scheme.days(r.period).1.succ_opt() == Some(first))?;
                        found.push((*side, self.unknown(before, *item)?, term.coefficient * days));
                        found.push((*side, unknown, term.coefficient * days));
                    } else {
                        found.push((*side, unknown, term.coefficient * if weeks { 14 } else { 1 }));
                    }
                }
                Some(found)
            };
            let only = terms.iter().any(|(.., across)| *across == AcrossTime::None) && tile.len() > 1;
            let ends = [
                take(tile.first(), AcrossTime::First),
                take(tile.last(), AcrossTime::Last),
                take(tile.first().filter(|_| !only), AcrossTime::None),
            ];
            let Some(ends) = ends.into_iter().collect::<Option<Vec<_>>>() else { continue };
            let mut counted = 0;
            let mut add = |found: Vec<(usize, u32, i64)>| {
                for (side, unknown, coefficient) in found {
                    *sides[side].entry(unknown).or_insert(0) += coefficient;
                }
            };
            if terms.iter().any(|(.., across)| *across == AcrossTime::Sum) {
                for own in tile {
                    if let Some(found) = take(Some(own), AcrossTime::Sum) {
                        counted += 1;
                        add(found);
                    }
                }
            } else {
                counted = 1;
            }
            if counted > 0 {
                ends.into_iter().for_each(add);
                reported += counted;
            }
        }
        Some(sides.map(|side: BTreeMap<u32, i64>| Makeup {
            terms: side.into_iter().filter(|(_, coefficient)| *coefficient != 0).collect(),
            reported,
        }))
    }
}

/// The positions of the units of an area.
pub(super) fn units(sheet: &Sheet, area: usize) -> impl Iterator<Item = usize> + '_ {
    sheet.members[area].iter().filter_map(|unit| sheet.area(unit.as_str()))
}

/// The measure, when it is an unknown: a number about persons.
fn person_number(subjects: &[Subject], measure: usize) -> Option<&Subject> {
    Some(&subjects[measure]).filter(|subject| subject.personal && subject.quantity)
}
