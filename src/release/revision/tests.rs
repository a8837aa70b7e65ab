//! What is told as revised, and why.

use std::sync::Arc;

use super::year::Years;
use super::*;
use crate::definitions::Definitions;
use crate::definitions::form::Privacy;
use crate::figures::sample::{area, day, definitions, figures, sent};
use crate::intake::{Intake, Return};
use crate::ledger::Sources;
use crate::release::{Release, Stamp, batch, cover};
use crate::vocabulary::PeriodKind::{Quarter, Year};

const VALUES: [(&str, i64); 2] = [("a.vao", 40), ("a.dau", 60)];

/// A province whose figures are all about the movement: nothing is hidden and nothing waits.
fn province() -> Definitions {
    let mut definitions = definitions(&[("99001", Quarter), ("99002", Quarter), ("99003", Year)]);
    let rows = definitions.forms.iter_mut().flat_map(|form| &mut form.sheets).flat_map(|sheet| &mut sheet.rows);
    rows.for_each(|row| row.privacy = Privacy::P0);
    definitions.indicators.iter_mut().for_each(|i| i.privacy = Privacy::P0);
    definitions
}

fn returns(definitions: &Definitions) -> Vec<Return> {
    let quarters = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"];
    let of = |unit: &str, period: &str| Return {
        sha256: format!("{unit}{period}"),
        ..sent(definitions, unit, period, &VALUES)
    };
    let mut returns: Vec<Return> = ["99001", "99002"]
        .iter()
        .flat_map(|unit| quarters.iter().map(move |quarter| (unit, quarter)))
        .map(|(unit, quarter)| of(unit, quarter))
        .collect();
    returns.push(of("99003", "2026"));
    returns
}

fn release(definitions: &Definitions, returns: Vec<Return>, ledger: &Ledger) -> Release {
    let figures = figures(definitions, returns.clone());
    let intake = Intake { returns, ..Intake::default() };
    let stamp = Stamp { as_of: day("2028-02-01"), templates: String::new() };
    let cover = cover(&figures, definitions, ledger);
    Release::public_edition(&figures, &intake, &Arc::new(definitions.clone()), &cover, &[], &stamp, ledger)
}

/// The ledger after an edition of these returns went out.
fn published(definitions: &Definitions, returns: Vec<Return>) -> Ledger {
    let printed = release(definitions, returns.clone(), &Ledger::default()).printed();
    let intake = Intake { returns, ..Intake::default() };
    let publication = Publication {
        number: 1,
        published: day("2028-02-03"),
        as_of: day("2028-02-01"),
        printed,
        counted: batch::counted(&intake, definitions, &Ledger::default()),
        sources: Sources::default(),
        ..Publication::default()
    };
    Ledger { publications: vec![publication] }
}

fn told(revisions: &Revisions, place: &str, period: &str, measure: &str) -> String {
    let here =
        |r: &&Revision| r.area == area(place) && r.period == period.parse().unwrap() && r.measure.as_str() == measure;
    let number = |value: Option<Quantity>| match value {
        Some(Quantity::Whole(value)) => value.to_string(),
        Some(Quantity::Ratio { numerator, denominator }) => format!("{numerator}:{denominator}"),
        None => "–".into(),
    };
    revisions.list.iter().find(here).map_or("the same".into(), |r| {
        let reasons: Vec<&str> = r.reasons.iter().map(|reason| reason.code()).collect();
        format!("{} → {} {}", number(r.old), number(r.new), reasons.join(" "))
    })
}

#[test]
fn nothing_is_revised_before_anything_was_published_or_when_nothing_changed() {
    let definitions = province();
    let first = release(&definitions, returns(&definitions), &Ledger::default());
    assert_eq!(*first.revisions(), Revisions::default());
    let again = release(&definitions, returns(&definitions), &published(&definitions, returns(&definitions)));
    assert!(again.revisions().list.is_empty() && again.revisions().unchanged > 0);
    assert_eq!(again.register().len(), 1);
}

#[test]
fn each_difference_is_told_with_both_numbers_and_the_reason() {
    let definitions = province();
    let mut then = returns(&definitions);
    let late = then.remove(0);
    let ledger = published(&definitions, then.clone());
    let mut now = then;
    now[0] = Return { sha256: "b".into(), ..sent(&definitions, "99001", "2026-Q2", &[("a.vao", 43), ("a.dau", 60)]) };
    now.push(late);
    let edition = release(&definitions, now, &ledger);
    let revisions = edition.revisions();
    assert_eq!(told(revisions, "99001", "2026-Q2", "a.vao"), "40 → 43 corrected");
    assert_eq!(told(revisions, "99001", "2026-Q1", "a.vao"), "– → 40 late");
    assert_eq!(told(revisions, "99", "2026", "a.vao"), "320 → 363 late corrected");
    assert_eq!(told(revisions, "99002", "2026", "a.vao"), "the same");
    let sizes: Vec<Option<i64>> =
        revisions.revised().filter(|r| r.measure.as_str() == "a.vao").map(Revision::size).collect();
    assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]), "largest first: {sizes:?}");
}

#[test]
fn what_is_gone_is_told_without_a_number() {
    let definitions = province();
    let ledger = published(&definitions, returns(&definitions));
    let mut now = returns(&definitions);
    now.retain(|ret| ret.unit.as_str() != "99003");
    let edition = release(&definitions, now, &ledger);
    assert_eq!(told(edition.revisions(), "99003", "2026", "a.vao"), "40 → – withdrawn");
    assert_eq!(edition.revisions().gone().count(), edition.revisions().list.iter().filter(|r| r.new.is_none()).count());
}

#[test]
fn the_yearly_indicator_is_the_sum_of_changes_over_the_sum_of_figures() {
    let mut years = Years::default();
    for (measure, old, new) in [("a", 90, 100), ("a", 100, 100), ("b", 50, 50), ("c", 0, 0)] {
        years.compare(&measure.into(), Quantity::Whole(old), Quantity::Whole(new));
    }
    let told = years.indicator(2026, |_| false).unwrap();
    assert_eq!((told.compared, told.revised), (4, 1));
    // 10 ÷ 200 for a, 0 for b; c has nothing to divide by.
    assert_eq!((told.mean, told.largest), (25_000, Some((50_000, "a".into()))));
}
