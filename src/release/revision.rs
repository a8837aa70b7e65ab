//! Revisions: how the figures of an edition differ from the publication before, and why.
//!
//! The public edition tells both numbers only where both were printed; a figure
//! that was printed and is now hidden or gone is told without what became of it
//! (statistics report 3.3).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::definitions::Definitions;
use crate::figures::{Cube, Figure, MeasureInfo, MeasureKind, Quantity, ReturnStatus};
use crate::ledger::{Counted, Ledger, Printed, Publication};
use crate::release::batch::Returns;
use crate::release::edition::is_covered;
use crate::vocabulary::number::rounded;
use crate::vocabulary::{Area, ConfStatus, MeasureCode, ObsStatus, Period, PeriodKind, UnitCode};

/// Below this base a percentage says more than the counts can bear (statistics report 5.2).
const SMALLEST_BASE: i64 = 20;

/// A line of the publication register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its number, from 1.
    pub number: u32,
    /// The day it went out.
    pub published: NaiveDate,
    /// The day its figures were locked.
    pub as_of: NaiveDate,
    /// The id printed on its pages.
    pub build_id: String,
    /// What it was published for.
    pub note: String,
    /// Cells printed with a value.
    pub values: usize,
    /// Cells hidden.
    pub hidden: usize,
}

/// The register of a ledger, oldest first.
pub fn register(ledger: &Ledger) -> Vec<Published> {
    let line = |publication: &Publication| Published {
        number: publication.number,
        published: publication.published,
        as_of: publication.as_of,
        build_id: publication.build_id.clone(),
        note: publication.note.clone(),
        values: publication.values(),
        hidden: publication.hidden(),
    };
    ledger.publications.iter().map(line).collect()
}

/// Why a figure is another than the one that was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A return that was due then came after.
    Late,
    /// A return was replaced by another version.
    Corrected,
    /// A return that was counted then is no longer.
    Withdrawn,
    /// A return that was not due then is counted too.
    NewlyDue,
    /// More or fewer returns are due.
    Scope,
    /// The definitions changed.
    Definitions,
    /// It is no longer published.
    Hidden,
    /// None of these: the program computes otherwise.
    Recomputed,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 8] = [
        Reason::Late,
        Reason::Corrected,
        Reason::Withdrawn,
        Reason::NewlyDue,
        Reason::Scope,
        Reason::Definitions,
        Reason::Hidden,
        Reason::Recomputed,
    ];

    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Late => "late",
            Reason::Corrected => "corrected",
            Reason::Withdrawn => "withdrawn",
            Reason::NewlyDue => "newly_due",
            Reason::Scope => "scope",
            Reason::Definitions => "definitions",
            Reason::Hidden => "hidden",
            Reason::Recomputed => "recomputed",
        }
    }

    /// The words people read.
    pub fn title(self) -> &'static str {
        match self {
            Reason::Late => "báo cáo nộp muộn",
            Reason::Corrected => "báo cáo đính chính",
            Reason::Withdrawn => "báo cáo không còn được tính",
            Reason::NewlyDue => "báo cáo mới đến hạn",
            Reason::Scope => "phạm vi báo cáo thay đổi",
            Reason::Definitions => "định nghĩa thay đổi",
            Reason::Hidden => "không còn công bố",
            Reason::Recomputed => "tính lại",
        }
    }
}

/// A figure that differs from the one that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Where.
    pub area: Area,
    /// When.
    pub period: Period,
    /// What.
    pub measure: MeasureCode,
    /// The number that was printed; `None` when the figure is new in a period that was published.
    pub old: Option<Quantity>,
    /// The number now; `None` when there is none, or none to be told.
    pub new: Option<Quantity>,
    /// Why.
    pub reasons: BTreeSet<Reason>,
}

impl Revision {
    /// The size of the change, in thousandths of the old number, or of a percentage point for ratios.
    /// Against less than 20 it is not a share that can be read (statistics report 5.2): it is taken
    /// against 20. `None` when one of the numbers is not there.
    pub fn size(&self) -> Option<i64> {
        match (self.old?, self.new?) {
            (Quantity::Whole(old), Quantity::Whole(new)) => {
                rounded((new - old).abs(), old.abs().max(SMALLEST_BASE), 1000, 0)
            }
            (Quantity::Ratio { numerator: m, denominator: e }, Quantity::Ratio { numerator: n, denominator: d }) => {
                crate::vocabulary::number::point_change((n, d), (m, e)).map(|points| points.abs() * 100)
            }
            _ => None,
        }
    }
}

/// How much the published figures of the province of one year were revised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRevised {
    /// The year.
    pub year: i32,
    /// Counts printed both times.
    pub compared: usize,
    /// Of these, those that differ.
    pub revised: usize,
    /// Mean over the measures of Σ|new − old| ÷ Σnew, in millionths.
    pub mean: i64,
    /// The largest of them, in millionths, and its measure.
    pub largest: Option<(i64, MeasureCode)>,
}

/// All differences from the last publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revisions {
    /// The figures that differ: first those with both numbers, largest change first, then new ones, then
    /// those that are gone.
    pub list: Vec<Revision>,
    /// Figures that are the same.
    pub unchanged: usize,
    /// Figures of periods that had not been published at all.
    pub of_new_periods: usize,
    /// The yearly indicator, oldest year first.
    pub years: Vec<YearRevised>,
}

impl Revisions {
    /// The figures with both numbers.
    pub fn revised(&self) -> impl Iterator<Item = &Revision> {
        self.list.iter().filter(|revision| revision.old.is_some() && revision.new.is_some())
    }

    /// The figures that are new in a published period.
    pub fn added(&self) -> impl Iterator<Item = &Revision> {
        self.list.iter().filter(|revision| revision.old.is_none())
    }

    /// The figures that are no longer to be seen.
    pub fn gone(&self) -> impl Iterator<Item = &Revision> {
        self.list.iter().filter(|revision| revision.new.is_none())
    }

    /// The revision of a figure with both numbers.
    pub fn at(&self, area: &Area, period: Period, measure: &MeasureCode) -> Option<&Revision> {
        self.revised().find(|r| r.period == period && r.measure == *measure && r.area == *area)
    }
}

/// What tells why figures differ.
pub(super) struct Why<'a> {
    /// The definitions now.
    pub definitions: &'a Definitions,
    /// The catalogue.
    pub measures: &'a [MeasureInfo],
    /// The expected returns.
    pub reporting: &'a [ReturnStatus],
    /// The returns that count now.
    pub now: &'a BTreeMap<(UnitCode, Period), Counted>,
    /// The returns whose items about persons are not in the figures yet.
    pub waiting: &'a Returns,
}

/// The differences of the released figures from the last publication; none when there is none.
pub(super) fn revisions(cube: &Cube, ledger: &Ledger, why: &Why) -> Revisions {
    let Some(last) = ledger.last() else { return Revisions::default() };
    let changes = Changes::since(last, why);
    let axes = cube.axes();
    let mut revisions = Revisions::default();
    let mut known = vec![false; axes.len()];
    let mut years: BTreeMap<i32, Years> = BTreeMap::new();
    let published: BTreeSet<Period> =
        last.printed.iter().filter(|(_, cell)| cell.value.is_some()).map(|((_, period, _), _)| *period).collect();
    for ((area, period, measure), printed) in &last.printed {
        let at = axes.position(area, *period, measure);
        let now = at.map_or(&Figure::NOT_APPLICABLE, |at| &cube.cells()[at]);
        if let Some(at) = at {
            known[at] = true;
        }
        let Some(old) = printed.value else { continue };
        if let (Area::Province(_), true, Some(new)) = (area, period.kind() != PeriodKind::Span, now.value) {
            years.entry(period.last_year()).or_default().compare(measure, old, new);
        }
        if now.value == Some(old) {
            revisions.unchanged += 1;
            continue;
        }
        revisions.list.push(Revision {
            area: area.clone(),
            period: *period,
            measure: measure.clone(),
            old: Some(old),
            new: now.value,
            reasons: changes.reasons(area, *period, measure, printed, now),
        });
    }
    for (at, now) in cube.cells().iter().enumerate().filter(|(at, now)| !known[*at] && now.value.is_some()) {
        let (place, measure) = (at / axes.measures().len(), at % axes.measures().len());
        let (area, period) = (place / axes.periods().len(), axes.periods()[place % axes.periods().len()]);
        // What the internal edition alone shows was not, and is not, published.
        if now.conf != ConfStatus::F || !is_covered(&axes.areas()[area], now, why.definitions) {
            continue;
        }
        if !published.contains(&period) {
            revisions.of_new_periods += 1;
            continue;
        }
        let (area, measure) = (&axes.areas()[area], &axes.measures()[measure]);
        let none = Printed { value: None, status: ObsStatus::O, conf: ConfStatus::F, reported: 0, due: now.due };
        revisions.list.push(Revision {
            area: area.clone(),
            period,
            measure: measure.clone(),
            old: None,
            new: now.value,
            reasons: changes.reasons(area, period, measure, &none, now),
        });
    }
    revisions.list.sort_by_cached_key(|r| {
        let kind = (r.old.is_none(), r.new.is_none(), matches!(r.new, Some(Quantity::Ratio { .. })));
        (kind, std::cmp::Reverse(r.size()), r.area.clone(), r.period, r.measure.clone())
    });
    let is_class = |code: &MeasureCode| why.measures.iter().any(|m| m.code == *code && m.kind == MeasureKind::Class);
    revisions.years = years.into_iter().filter_map(|(year, sums)| sums.indicator(year, is_class)).collect();
    revisions
}

/// The returns that changed since a publication, and how.
struct Changes<'a> {
    why: &'a Why<'a>,
    returns: BTreeMap<(UnitCode, Period), Reason>,
    personal: BTreeSet<&'a MeasureCode>,
    other_definitions: bool,
}

impl<'a> Changes<'a> {
    fn since(last: &Publication, why: &'a Why<'a>) -> Self {
        let deadlines: BTreeMap<_, _> = why.reporting.iter().map(|s| ((&s.unit, s.period), s.deadline)).collect();
        let mut returns = BTreeMap::new();
        for (key, now) in why.now {
            let reason = match last.counted.get(key) {
                Some(then) if then.sha256 == now.sha256 => continue,
                Some(_) => Reason::Corrected,
                None if deadlines.get(&(&key.0, key.1)).is_some_and(|day| *day > last.as_of) => Reason::NewlyDue,
                None => Reason::Late,
            };
            returns.insert(key.clone(), reason);
        }
        for key in last.counted.keys().filter(|key| !why.now.contains_key(key)) {
            returns.insert(key.clone(), Reason::Withdrawn);
        }
        let personal = why.measures.iter().filter(|info| info.privacy > crate::definitions::form::Privacy::P0);
        Self {
            why,
            returns,
            personal: personal.map(|info| &info.code).collect(),
            other_definitions: last.sources.definitions != why.definitions.hash,
        }
    }

    fn reasons(
        &self,
        area: &Area,
        period: Period,
        measure: &MeasureCode,
        then: &Printed,
        now: &Figure,
    ) -> BTreeSet<Reason> {
        if now.status == ObsStatus::Q {
            return [Reason::Hidden].into();
        }
        let waits = |key: &(UnitCode, Period)| self.personal.contains(measure) && self.why.waiting.contains(key);
        let of_place = self.returns.iter().filter(|(key, _)| period.contains(key.1) && self.is_in(&key.0, area));
        let mut reasons: BTreeSet<Reason> =
            of_place.filter(|(key, _)| !waits(key)).map(|(_, reason)| *reason).collect();
        if reasons.is_empty() && self.other_definitions {
            reasons.insert(Reason::Definitions);
        }
        if reasons.is_empty() && then.due != now.due {
            reasons.insert(Reason::Scope);
        }
        if reasons.is_empty() {
            reasons.insert(Reason::Recomputed);
        }
        reasons
    }

    fn is_in(&self, code: &UnitCode, area: &Area) -> bool {
        let site = &self.why.definitions.site.province;
        let unit = self.why.definitions.units.get(code);
        match area {
            Area::Province(province) => province == site && unit.is_some_and(|unit| unit.province == *province),
            Area::Group(group) => unit.is_some_and(|unit| unit.province == *site && unit.groups.contains(group)),
            Area::Unit(of) => of == code,
        }
    }
}

/// The sums of the yearly indicator, by measure: Σ|new − old|, Σ|new|.
#[derive(Default)]
struct Years {
    compared: BTreeMap<MeasureCode, (usize, usize)>,
    sums: BTreeMap<MeasureCode, (i64, i64)>,
}

impl Years {
    fn compare(&mut self, measure: &MeasureCode, old: Quantity, new: Quantity) {
        let (Quantity::Whole(old), Quantity::Whole(new)) = (old, new) else { return };
        let sums = self.sums.entry(measure.clone()).or_default();
        *sums = (sums.0.saturating_add((new - old).abs()), sums.1.saturating_add(new.abs()));
        let compared = self.compared.entry(measure.clone()).or_default();
        *compared = (compared.0 + 1, compared.1 + usize::from(new != old));
    }

    /// The indicator over all measures that are no classes; nothing when there is none to compare.
    fn indicator(self, year: i32, is_class: impl Fn(&MeasureCode) -> bool) -> Option<YearRevised> {
        let counts = || self.compared.iter().filter(|(code, _)| !is_class(code)).map(|(_, counts)| *counts);
        let shares: Vec<(i64, &MeasureCode)> = self
            .sums
            .iter()
            .filter(|(code, _)| !is_class(code))
            // Millionths are read with one decimal of a percentage: what they cut off is not seen.
            .filter_map(|(code, (change, all))| Some((rounded(*change, *all, 1_000_000, 0)?, code)))
            .collect();
        let sum = shares.iter().map(|(share, _)| share).sum();
        let largest = shares.iter().rev().max_by_key(|(share, _)| *share).filter(|(share, _)| *share > 0);
        Some(YearRevised {
            year,
            compared: counts().map(|(compared, _)| compared).sum(),
            revised: counts().map(|(_, revised)| revised).sum(),
            mean: rounded(sum, shares.len() as i64, 1, 0)?,
            largest: largest.map(|(share, code)| (*share, (*code).clone())),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
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
        rows.for_each(|row| row.privacy = crate::definitions::form::Privacy::P0);
        definitions.indicators.iter_mut().for_each(|i| i.privacy = crate::definitions::form::Privacy::P0);
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
        let here = |r: &&Revision| {
            r.area == area(place) && r.period == period.parse().unwrap() && r.measure.as_str() == measure
        };
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
        now[0] =
            Return { sha256: "b".into(), ..sent(&definitions, "99001", "2026-Q2", &[("a.vao", 43), ("a.dau", 60)]) };
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
        assert_eq!(
            edition.revisions().gone().count(),
            edition.revisions().list.iter().filter(|r| r.new.is_none()).count()
        );
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
}
