//! Statements: everything a reader can write down from what is printed, as equations and
//! inequalities over the unknowns.
//!
//! Sums are taken apart as far as printed parts allow: a year of which all quarters are printed says
//! no more than that its quarters add up. Subtracting printed equations from one another keeps what
//! follows from them and keeps them short.

use std::collections::BTreeSet;

use crate::audit::breach::{Breach, Test};
use crate::audit::catalogue::Subject;
use crate::audit::returns::Returns;
use crate::audit::sheet::Sheet;
use crate::audit::vintage::{Makeup, Unknown, Vintage};
use crate::definitions::check::{Condition, Sum};
use crate::definitions::{Check, CheckKind, Definitions};
use crate::figures::Quantity;
use crate::release::attack::Terms;
use crate::vocabulary::{Area, MeasureCode, Period, Severity};

/// `Σ coefficient × unknown = constant`, or `≤ constant`, and how a reader knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// Over unknowns.
    pub terms: Terms,
    /// The right side.
    pub constant: i64,
    /// How a reader knows: the first is what it was, the others were taken away from it.
    pub sources: Vec<Source>,
}

/// How a reader knows something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// A printed number: which edition, area, period, measure.
    Printed(usize, usize, usize, usize),
    /// The numerator or denominator of a printed ratio.
    Side(usize, usize, usize, usize),
    /// A rule of the form, in a return.
    Rule(String, u32),
}

/// What is printed, taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Statements {
    /// What holds exactly.
    pub equal: Vec<Statement>,
    /// What is bounded.
    pub at_most: Vec<Statement>,
    /// Rules that do not hold where a reader might assume them.
    pub unreliable: usize,
    /// How many numbers about persons are printed.
    pub printed: usize,
}

/// What every step of the audit looks at.
#[derive(Clone, Copy)]
pub(super) struct Matter<'a> {
    pub sheet: &'a Sheet,
    pub returns: &'a Returns,
    pub subjects: &'a [Subject],
    pub definitions: &'a Definitions,
    pub vintages: &'a [Vintage<'a>],
    pub unknowns: &'a [Unknown],
}

impl Statements {
    /// Everything the editions say; what contradicts itself is a breach.
    pub fn of(matter: Matter<'_>, breaches: &mut Vec<Breach>) -> Self {
        let mut all = Self::default();
        for vintage in 0..matter.vintages.len() {
            for measure in (0..matter.subjects.len()).filter(|measure| matter.subjects[*measure].personal) {
                for area in 0..matter.sheet.areas.len() {
                    all.take_series(matter, vintage, area, measure, breaches);
                }
            }
            all.take_rules(matter, vintage);
        }
        let mut seen = BTreeSet::new();
        all.equal.retain(|statement| seen.insert((statement.terms.clone(), statement.constant)));
        let mut seen = BTreeSet::new();
        all.at_most.retain(|statement| seen.insert((statement.terms.clone(), statement.constant)));
        all
    }

    /// The printed figures of one area and measure, short periods first.
    fn take_series(
        &mut self,
        matter: Matter<'_>,
        vintage: usize,
        area: usize,
        measure: usize,
        breaches: &mut Vec<Breach>,
    ) {
        let Matter { sheet, returns, subjects, definitions, vintages, .. } = matter;
        let test = if vintage == 0 { Test::A2 } else { Test::A6 };
        let mut whole: Vec<Statement> = Vec::new();
        let mut periods: Vec<usize> = (0..sheet.periods.len()).collect();
        periods.sort_by_key(|period| (sheet.periods[*period].quarters().count(), sheet.periods[*period]));
        for period in periods {
            let Some((quantity, reported)) = printed(matter, vintage, (area, period, measure)) else { continue };
            self.printed += usize::from(vintage == 0);
            let place = (area, period, measure);
            let sides: Vec<(Makeup, i64, Source)> = match quantity {
                Quantity::Whole(value) if subjects[measure].quantity => {
                    let makeup = vintages[vintage].quantity(sheet, returns, &subjects[measure], place);
                    vec![(makeup, value, Source::Printed(vintage, area, period, measure))]
                }
                Quantity::Whole(_) => continue,
                Quantity::Ratio { numerator, denominator } => {
                    let Some(sides) = vintages[vintage].ratio(sheet, returns, subjects, &definitions.scheme, place)
                    else {
                        continue;
                    };
                    let source = || Source::Side(vintage, area, period, measure);
                    sides.into_iter().zip([numerator, denominator]).map(|(m, value)| (m, value, source())).collect()
                }
            };
            for (makeup, value, source) in sides {
                if makeup.reported != reported {
                    breaches.push(Breach::new(
                        test,
                        sheet.place(area, period, measure),
                        format!(
                            "{} ghi {reported} báo cáo, theo các tệp dữ liệu là {}",
                            vintages[vintage].name, makeup.reported
                        ),
                    ));
                    continue;
                }
                let is_ratio = matches!(source, Source::Side(..));
                let mut statement = Statement { terms: makeup.terms, constant: value, sources: vec![source] };
                if !is_ratio {
                    let full = statement.clone();
                    take_apart(&mut statement, &whole);
                    whole.push(full);
                }
                match statement.terms.is_empty() {
                    false => self.equal.push(statement),
                    true if statement.constant == 0 => {}
                    true => breaches.push(Breach::new(
                        test,
                        sheet.place(area, period, measure),
                        format!(
                            "{} in số {value}, lệch {} so với các số cộng thành nó: {}",
                            vintages[vintage].name,
                            statement.constant,
                            told(matter, &statement.sources[1..])
                        ),
                    )),
                }
            }
        }
    }

    /// The rules of the form in every return, where a reader can be sure of them: an error leaves no
    /// value standing, a warning is not there where a return was accepted without any.
    fn take_rules(&mut self, matter: Matter<'_>, vintage: usize) {
        let checks = matter.definitions.forms.last().map_or(&[][..], |form| &form.checks);
        for check in checks {
            let (left, right, exact) = match &check.kind {
                CheckKind::Equal { left, right } => (left, right, true),
                CheckKind::AtMost { left, right } => (left, right, false),
                _ => continue,
            };
            let personal =
                |item: &MeasureCode| matter.sheet.measure(item.as_str()).is_some_and(|at| matter.subjects[at].personal);
            if !left.iter().chain(right).any(|term| personal(&term.item)) {
                continue;
            }
            for own in 0..matter.returns.all.len() {
                if !is_certain(matter, vintage, check, own) {
                    continue;
                }
                let Some((terms, constant)) = rule(matter, vintage, (left, right), own) else { continue };
                let truth: i64 = value(&terms, matter.unknowns) - constant;
                if if exact { truth != 0 } else { truth > 0 } {
                    self.unreliable += 1;
                    continue;
                }
                let statement =
                    Statement { terms, constant, sources: vec![Source::Rule(check.id.to_string(), own as u32)] };
                if exact { self.equal.push(statement) } else { self.at_most.push(statement) }
            }
        }
    }
}

/// The true value of a sum.
pub(super) fn value(terms: &[(u32, i64)], unknowns: &[Unknown]) -> i64 {
    terms
        .iter()
        .map(|(at, coefficient)| unknowns[*at as usize].truth.saturating_mul(*coefficient))
        .fold(0, i64::saturating_add)
}

/// The number an edition prints at a place, with the returns it says are in it.
pub(super) fn printed(matter: Matter<'_>, vintage: usize, at: (usize, usize, usize)) -> Option<(Quantity, u32)> {
    let (area, period, measure) = at;
    match matter.vintages[vintage].earlier {
        None => {
            let fact = matter.sheet.fact(area, period, measure);
            let ratio = fact.ratio.map(|(numerator, denominator)| Quantity::Ratio { numerator, denominator });
            Some((ratio.or(fact.value.map(Quantity::Whole))?, fact.reported))
        }
        Some(publication) => {
            let sheet = matter.sheet;
            let key = (sheet.areas[area].clone(), sheet.periods[period], sheet.measures[measure].clone());
            let printed = publication.printed.get(&key)?;
            Some((printed.value?, printed.reported))
        }
    }
}

/// Takes away the longest printed sums that are wholly in what is left, again and again.
fn take_apart(statement: &mut Statement, shorter: &[Statement]) {
    for part in shorter.iter().rev() {
        if part.terms.len() <= statement.terms.len() && is_within(&part.terms, &statement.terms) {
            statement.terms.retain(|term| part.terms.binary_search(term).is_err());
            statement.constant = statement.constant.saturating_sub(part.constant);
            statement.sources.extend(part.sources.first().cloned());
        }
    }
}

/// Whether sorted terms are among other sorted terms.
fn is_within(part: &[(u32, i64)], whole: &[(u32, i64)]) -> bool {
    let mut rest = whole.iter();
    !part.is_empty() && part.iter().all(|term| rest.by_ref().find(|own| *own >= term) == Some(term))
}

/// Whether a reader can be sure that a rule applied to a return and held.
fn is_certain(matter: Matter<'_>, vintage: usize, check: &Check, own: usize) -> bool {
    let returned = matter.returns.all[own];
    let held = match check.severity {
        Severity::Error => true,
        Severity::Warning => vintage == 0 && returned.clean,
        Severity::Info => false,
    };
    held && check.when.iter().all(|condition| applies(matter, vintage, condition, own))
}

/// Whether a reader can see that a condition is met. Which model a unit declared is not published.
fn applies(matter: Matter<'_>, vintage: usize, condition: &Condition, own: usize) -> bool {
    let Matter { sheet, returns, definitions, .. } = matter;
    let returned = returns.all[own];
    let Area::Unit(code) = &sheet.areas[returned.unit] else { return false };
    let last_day = |period: Period| definitions.scheme.days(period).1;
    let printed = |item: &MeasureCode| {
        let at = (returned.unit, sheet.period(returned.period)?, sheet.measure(item.as_str())?);
        match printed(matter, vintage, at)?.0 {
            Quantity::Whole(value) => Some(value),
            Quantity::Ratio { .. } => None,
        }
    };
    match condition {
        Condition::TeamModel(_) => false,
        Condition::Plan(plan) => {
            let day = last_day(returned.period);
            let adoptions = definitions.plans.iter().filter(|own| own.id == *plan).flat_map(|plan| &plan.adoptions);
            adoptions.into_iter().any(|a| a.unit == *code && a.from <= day && a.to.is_none_or(|to| day <= to))
        }
        Condition::Value(item, wanted) => printed(item) == Some(*wanted),
        Condition::AtLeast(item, least) => printed(item).is_some_and(|value| value >= *least),
        Condition::UnitChanged(changed) => {
            let (Some(unit), Some(before)) = (definitions.units.get(code), returned.period.previous()) else {
                return false;
            };
            (unit.name_on(last_day(before)) != unit.name_on(last_day(returned.period))) == *changed
        }
    }
}

/// A rule over the unknowns of a return: `Σ = constant` or `Σ ≤ constant`. `None` when it says nothing,
/// because something in it was not reported.
fn rule(matter: Matter<'_>, vintage: usize, sides: (&Sum, &Sum), own: usize) -> Option<(Terms, i64)> {
    let Matter { sheet, returns, subjects, vintages, .. } = matter;
    let returned = returns.all[own];
    let (mut terms, mut constant): (std::collections::BTreeMap<u32, i64>, i64) = Default::default();
    let signed = sides.0.iter().map(|term| (term, 1)).chain(sides.1.iter().map(|term| (term, -1)));
    for (term, sign) in signed {
        let measure = sheet.measure(term.item.as_str())?;
        let of = if term.previous { returns.find(returned.unit, returned.period.previous()?)? } else { own };
        let coefficient = sign * term.coefficient;
        if !subjects[measure].personal {
            let at = (returned.unit, sheet.period(returns.all[of].period)?, measure);
            let Quantity::Whole(value) = printed(matter, vintage, at)?.0 else { return None };
            constant -= coefficient * value;
            continue;
        }
        match vintages[vintage].unknown(of, measure) {
            Some(unknown) => *terms.entry(unknown).or_insert(0) += coefficient,
            None if subjects[measure].optional => {}
            None => return None,
        }
    }
    terms.retain(|_, coefficient| *coefficient != 0);
    (!terms.is_empty()).then(|| (terms.into_iter().collect(), constant))
}

/// Sources in words, a bearable number of them.
pub(super) fn told(matter: Matter<'_>, sources: &[Source]) -> String {
    const NAMED: usize = 8;
    let Matter { sheet, vintages, returns, .. } = matter;
    let one = |source: &Source| match source {
        Source::Printed(0, area, period, measure) => sheet.place(*area, *period, *measure),
        Source::Printed(vintage, area, period, measure) => {
            format!("{} ({})", sheet.place(*area, *period, *measure), vintages[*vintage].name)
        }
        Source::Side(_, area, period, measure) => {
            format!("tử số, mẫu số của {}", sheet.place(*area, *period, *measure))
        }
        Source::Rule(id, own) => {
            let own = returns.all[*own as usize];
            format!("quy tắc {id} của {} {}", sheet.area_codes[own.unit], own.period.title())
        }
    };
    let mut words: Vec<String> = sources.iter().take(NAMED).map(one).collect();
    if sources.len() > NAMED {
        words.push(format!("và {} số khác", sources.len() - NAMED));
    }
    words.join("; ")
}
