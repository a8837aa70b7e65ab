//! The table: every number about persons that is, or stands behind, a figure of the province, and the
//! equations between them that a reader may use.
//!
//! Units are taken by the year and longer, never by their own returns. That
//! loses nothing: single returns of units are never printed, the province's
//! quarters add up the same returns that the units' years do, and a unit's
//! year follows from quarters of the province only through the province's
//! year. What units of one rhythm add up to in one of their returns is a
//! [`Place::Crowd`]; the province's quarters are sums of crowds.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::form::AcrossTime;
use crate::definitions::{Definitions, Kind};
use crate::figures::tiling::tile;
use crate::figures::{Cube, Figures, ReturnState};
use crate::release::disclosure::subject::{Subject, complements, identities, inequalities, subjects};
use crate::vocabulary::{Area, Period, PeriodKind};

/// Where a number stands. Areas and periods by their positions on the axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The province in a period.
    Province(usize),
    /// All units that report in the same rhythm in a year, in one of their returns: never printed itself.
    Crowd(usize, usize),
    /// A unit in a year or a longer period.
    Unit(usize, usize),
}

/// One number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Where it stands.
    pub place: Place,
    /// What it is about, by its position on the axis.
    pub measure: usize,
    /// The number.
    pub value: i64,
}

/// A sum of cells, by their positions.
pub type Terms = Vec<(usize, i64)>;

/// All numbers about persons with what holds between them.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The numbers.
    pub cells: Vec<Cell>,
    /// Sums that every reader knows: movement figures in them are constants and left out.
    pub equations: Vec<Terms>,
    /// `Σ ≤ bound`, over cells of one place: of crowds too, whose sums can follow where those of their units do not.
    pub inequalities: Vec<(Terms, i64)>,
    /// What a part leaves of its whole, where that is as sensitive as the part.
    pub complements: Vec<Terms>,
    /// Measures that may be negative: corrections.
    pub signed: BTreeSet<usize>,
    /// The crowds, by year.
    pub crowds: Vec<Crowd>,
    at: BTreeMap<(Place, usize), usize>,
}

/// A return, and whether it is due.
pub type Slot = (Period, bool);

/// Units that report in the same rhythm in a year.
#[derive(Clone, Debug)]
pub struct Crowd {
    /// The year.
    pub year: Period,
    /// Their returns in that year.
    pub slots: Vec<Slot>,
    /// The units, by their positions on the axis of areas.
    pub members: Vec<usize>,
}

impl Crowd {
    /// Which of its returns make up a period; `None` when they do not, or not yet.
    pub fn tiles(&self, period: Period) -> Option<Vec<Period>> {
        let slots: Vec<Period> = self.slots.iter().map(|(slot, _)| *slot).collect();
        let tiles = tile(period, &slots)?;
        tiles.iter().all(|at| self.slots[*at].1).then(|| tiles.into_iter().map(|at| slots[at]).collect())
    }
}

impl Table {
    /// The table of all figures about persons that add up.
    pub fn new(figures: &Figures, definitions: &Definitions) -> Self {
        let cube = &figures.cube;
        let axes = cube.axes();
        let subjects = subjects(axes, definitions);
        let measures: Vec<(usize, AcrossTime)> = subjects
            .iter()
            .enumerate()
            .filter(|(_, subject)| subject.is_personal() && subject.parts.is_empty())
            .filter_map(|(at, _)| Some((at, across_time(&axes.measures()[at], definitions)?)))
            .collect();
        let crowds = crowds(figures, definitions);
        let mut table = Self::default();
        table.take_cells(cube, &measures, &crowds);
        for (measure, across) in &measures {
            table.add_over_time(cube, *measure, *across);
            table.add_province(cube, *measure, *across, &crowds);
        }
        table.add_rules(cube, definitions, &subjects);
        let is_signed = |measure: &usize| {
            let code = &axes.measures()[*measure];
            definitions.forms.iter().rev().find_map(|form| form.row(code)).is_some_and(|row| row.signed)
        };
        table.signed = measures.iter().map(|(measure, _)| *measure).filter(is_signed).collect();
        table.crowds = crowds;
        table
    }

    /// The position of a number; `None` when there is none.
    pub fn position(&self, place: Place, measure: usize) -> Option<usize> {
        self.at.get(&(place, measure)).copied()
    }

    /// The crowd of a unit in a year; `None` for longer periods.
    pub fn crowd_of(&self, unit: usize, year: Period) -> Option<usize> {
        self.crowds.iter().position(|crowd| crowd.year == year && crowd.members.contains(&unit))
    }

    /// What a sum of cells comes to.
    pub fn sum(&self, terms: &Terms) -> i64 {
        terms.iter().map(|(at, factor)| self.cells[*at].value.saturating_mul(*factor)).fold(0, i64::saturating_add)
    }

    fn put(&mut self, place: Place, measure: usize, value: i64) {
        self.at.insert((place, measure), self.cells.len());
        self.cells.push(Cell { place, measure, value });
    }

    fn take_cells(&mut self, cube: &Cube, measures: &[(usize, AcrossTime)], crowds: &[Crowd]) {
        let axes = cube.axes();
        for (area_at, area) in axes.areas().iter().enumerate() {
            for (period_at, period) in axes.periods().iter().enumerate() {
                let place = match (area, period.kind()) {
                    (Area::Province(_), _) => Place::Province(period_at),
                    (Area::Unit(_), PeriodKind::Year | PeriodKind::Span) => Place::Unit(area_at, period_at),
                    _ => continue,
                };
                for (measure, _) in measures {
                    if let Some(value) = cube.cell(area_at, period_at, *measure).whole() {
                        self.put(place, *measure, value);
                    }
                }
            }
        }
        for (crowd_at, crowd) in crowds.iter().enumerate() {
            // Its returns, and its year: that of all its units.
            let slots: BTreeSet<Period> = crowd.slots.iter().map(|(slot, _)| *slot).chain([crowd.year]).collect();
            for slot in slots {
                let Some(period_at) = axes.period_position(slot) else { continue };
                for (measure, _) in measures {
                    let values = crowd.members.iter().filter_map(|unit| cube.cell(*unit, period_at, *measure).whole());
                    if let Some(value) = values.reduce(i64::saturating_add) {
                        self.put(Place::Crowd(crowd_at, period_at), *measure, value);
                    }
                }
            }
        }
    }

    /// An equation, where the numbers bear it out: one that they do not helps no reader.
    fn equate(&mut self, left: Option<usize>, right: impl Iterator<Item = usize>) {
        let Some(left) = left else { return };
        let mut terms: Terms = right.map(|at| (at, 1)).collect();
        terms.push((left, -1));
        if self.sum(&terms) == 0 {
            self.equations.push(terms);
        }
    }

    /// The spans of a unit, and of the province, are made of years, and of the spans within them: two
    /// printed spans tell what the years between them add up to.
    fn add_over_time(&mut self, cube: &Cube, measure: usize, across: AcrossTime) {
        let axes = cube.axes();
        let spans = positions(cube, |period| period.kind() == PeriodKind::Span);
        let years = positions(cube, |period| period.kind() == PeriodKind::Year);
        for span in &spans {
            let whole = axes.periods()[*span];
            let inner: Vec<usize> =
                spans.iter().copied().filter(|at| at != span && whole.contains(axes.periods()[*at])).collect();
            let inner = [None].into_iter().chain(inner.into_iter().map(Some));
            for within in inner.filter(|within| within.is_none() || across == AcrossTime::Sum) {
                let outside =
                    |year: &usize| within.is_none_or(|at| !axes.periods()[at].contains(axes.periods()[*year]));
                let parts: Vec<usize> = years
                    .iter()
                    .copied()
                    .filter(|year| whole.contains(axes.periods()[*year]) && outside(year))
                    .chain(within)
                    .collect();
                let places = (0..axes.areas().len()).map(|unit| (unit, true)).chain([(0, false)]);
                for (area, is_unit) in places {
                    let place = |period| if is_unit { Place::Unit(area, period) } else { Place::Province(period) };
                    let cells: Vec<usize> =
                        parts.iter().filter_map(|period| self.position(place(*period), measure)).collect();
                    self.equate(self.position(place(*span), measure), chosen(&cells, across).into_iter());
                }
            }
        }
    }

    /// The province is made of its units by year and longer, and of crowds within the year.
    fn add_province(&mut self, cube: &Cube, measure: usize, across: AcrossTime, crowds: &[Crowd]) {
        let axes = cube.axes();
        for period in positions(cube, |period| matches!(period.kind(), PeriodKind::Year | PeriodKind::Span)) {
            let units: Vec<usize> =
                (0..axes.areas().len()).filter_map(|unit| self.position(Place::Unit(unit, period), measure)).collect();
            self.equate(self.position(Place::Province(period), measure), units.into_iter());
        }
        for (crowd_at, crowd) in crowds.iter().enumerate() {
            let of = |table: &Self, slot: Period| {
                table.position(Place::Crowd(crowd_at, axes.period_position(slot)?), measure)
            };
            let (Some(year), Some(at)) = (axes.period_position(crowd.year), of(self, crowd.year)) else { continue };
            let units = crowd.members.iter().filter_map(|unit| self.position(Place::Unit(*unit, year), measure));
            let units: Vec<usize> = units.collect();
            self.equate(Some(at), units.into_iter());
            if crowd.slots.iter().all(|(slot, due)| *due && *slot != crowd.year) {
                let slots: Vec<usize> = crowd.slots.iter().filter_map(|(slot, _)| of(self, *slot)).collect();
                self.equate(Some(at), chosen(&slots, across).into_iter());
            }
        }
        for year in positions(cube, |period| period.kind() == PeriodKind::Year) {
            let of_year = (0..crowds.len()).filter(|crowd| crowds[*crowd].year == axes.periods()[year]);
            let cells: Vec<usize> =
                of_year.filter_map(|crowd| self.position(Place::Crowd(crowd, year), measure)).collect();
            self.equate(self.position(Place::Province(year), measure), cells.into_iter());
        }
        for year in positions(cube, |period| period.kind() == PeriodKind::Year) {
            self.add_rearranged_year(cube, year, (measure, across), crowds);
        }
        for period in positions(cube, |period| !matches!(period.kind(), PeriodKind::Year | PeriodKind::Span)) {
            let whole = axes.periods()[period];
            let mut parts = Vec::new();
            for (crowd_at, crowd) in crowds.iter().enumerate().filter(|(_, crowd)| crowd.year.contains(whole)) {
                let cells: Vec<usize> = crowd
                    .tiles(whole)
                    .unwrap_or_default()
                    .into_iter()
                    .filter_map(|slot| axes.period_position(slot))
                    .filter_map(|slot| self.position(Place::Crowd(crowd_at, slot), measure))
                    .collect();
                parts.extend(chosen(&cells, across));
            }
            self.equate(self.position(Place::Province(period), measure), parts.into_iter());
        }
    }

    /// In a year in which units were merged or divided, the year of a unit holds returns of others: then
    /// only all crowds together are all units.
    fn add_rearranged_year(
        &mut self,
        cube: &Cube,
        year_at: usize,
        (measure, across): (usize, AcrossTime),
        crowds: &[Crowd],
    ) {
        let axes = cube.axes();
        let year = axes.periods()[year_at];
        let all: Vec<(usize, &Crowd)> = crowds.iter().enumerate().filter(|(_, crowd)| crowd.year == year).collect();
        if all.iter().all(|(_, crowd)| crowd.tiles(year).is_some()) {
            return;
        }
        let counts = |slot: Period| match across {
            AcrossTime::Sum => true,
            AcrossTime::First => slot.starts_with(year),
            AcrossTime::Last => slot.ends_with(year),
            AcrossTime::None => false,
        };
        let mut terms = Terms::new();
        for (crowd_at, crowd) in all {
            let slots = crowd.slots.iter().map(|(slot, _)| *slot).filter(|slot| counts(*slot));
            let cells =
                slots.filter_map(|slot| self.position(Place::Crowd(crowd_at, axes.period_position(slot)?), measure));
            terms.extend(cells.map(|at| (at, -1)));
        }
        let units = (0..axes.areas().len()).filter_map(|unit| self.position(Place::Unit(unit, year_at), measure));
        terms.extend(units.map(|at| (at, 1)));
        if terms.len() > 1 && self.sum(&terms) == 0 {
            self.equations.push(terms);
        }
    }

    /// What the form's own rules say, at every place where the numbers bear them out.
    fn add_rules(&mut self, cube: &Cube, definitions: &Definitions, subjects: &[Subject]) {
        let axes = cube.axes();
        let places: BTreeSet<Place> = self.at.keys().map(|(place, _)| *place).collect();
        let optional: Vec<bool> = axes
            .measures()
            .iter()
            .map(|code| definitions.forms.iter().rev().find_map(|form| form.row(code)).is_some_and(|row| !row.required))
            .collect();
        let terms_at = |table: &Self, place: Place, sum: &[(i64, usize, bool)]| -> Option<(Terms, i64)> {
            let (mut terms, mut constant) = (Terms::new(), 0i64);
            for (factor, measure, previous) in sum {
                let place = if *previous { before(cube, place)? } else { place };
                match table.position(place, *measure) {
                    Some(at) => terms.push((at, *factor)),
                    // An optional correction that nobody filled is 0 to every reader.
                    None if optional[*measure] => {}
                    None if subjects[*measure].is_personal() => return None,
                    None => constant += factor * movement(cube, place, *measure)?,
                }
            }
            merge(&mut terms);
            (!terms.is_empty()).then_some((terms, constant))
        };
        for sum in identities(axes, definitions) {
            for place in &places {
                if let Some((terms, constant)) = terms_at(self, *place, &sum)
                    && terms.len() > 1
                    && self.sum(&terms) + constant == 0
                {
                    self.equations.push(terms);
                }
            }
        }
        for sum in inequalities(axes, definitions) {
            for place in &places {
                if let Some((terms, constant)) = terms_at(self, *place, &sum)
                    && self.sum(&terms) + constant <= 0
                {
                    self.inequalities.push((terms, -constant));
                }
            }
        }
        for sum in complements(axes, definitions, subjects) {
            for place in &places {
                if let Some((terms, 0)) = terms_at(self, *place, &sum)
                    && terms.len() > 1
                {
                    self.complements.push(terms);
                }
            }
        }
    }
}

/// Adds up the factors of cells that a sum names more than once.
pub fn merge(terms: &mut Terms) {
    terms.sort_unstable();
    terms.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
    terms.retain(|(_, factor)| *factor != 0);
}

/// The cells of which a longer period is made, given those of its returns in order.
fn chosen(cells: &[usize], across: AcrossTime) -> Vec<usize> {
    match across {
        AcrossTime::Sum => cells.to_vec(),
        AcrossTime::First => cells.first().copied().into_iter().collect(),
        AcrossTime::Last => cells.last().copied().into_iter().collect(),
        AcrossTime::None if cells.len() == 1 => cells.to_vec(),
        AcrossTime::None => Vec::new(),
    }
}

fn across_time(code: &crate::vocabulary::MeasureCode, definitions: &Definitions) -> Option<AcrossTime> {
    let row = definitions.forms.iter().rev().find_map(|form| form.row(code))?;
    (!matches!(row.kind, Kind::Class(_)) && row.additive).then_some(row.across_time)
}

fn positions(cube: &Cube, wanted: impl Fn(&Period) -> bool) -> Vec<usize> {
    cube.axes().periods().iter().enumerate().filter(|(_, period)| wanted(period)).map(|(at, _)| at).collect()
}

/// The same place in the period before.
fn before(cube: &Cube, place: Place) -> Option<Place> {
    let axes = cube.axes();
    let earlier = |period: usize| axes.period_position(axes.periods()[period].previous()?);
    match place {
        Place::Province(period) => Some(Place::Province(earlier(period)?)),
        Place::Unit(unit, period) => Some(Place::Unit(unit, earlier(period)?)),
        Place::Crowd(..) => None,
    }
}

/// A movement figure at a place.
fn movement(cube: &Cube, place: Place, measure: usize) -> Option<i64> {
    let province = || cube.axes().areas().iter().position(|area| matches!(area, Area::Province(_)));
    match place {
        Place::Province(period) => cube.cell(province()?, period, measure).whole(),
        Place::Unit(unit, period) => cube.cell(unit, period, measure).whole(),
        Place::Crowd(..) => None,
    }
}

/// The units of each year by the returns they owe in it.
fn crowds(figures: &Figures, definitions: &Definitions) -> Vec<Crowd> {
    let axes = figures.cube.axes();
    let mut own: BTreeMap<(Period, usize), Vec<Slot>> = BTreeMap::new();
    for status in &figures.reporting {
        let Some(unit) = axes.area_position(&Area::Unit(status.unit.clone())) else { continue };
        if definitions.units.get(&status.unit).is_some_and(|unit| unit.province == definitions.site.province) {
            let year = Period::year(status.period.last_year());
            own.entry((year, unit)).or_default().push((status.period, status.state != ReturnState::NotYetDue));
        }
    }
    let mut crowds: BTreeMap<(Period, Vec<Slot>), Vec<usize>> = BTreeMap::new();
    for ((year, unit), mut slots) in own {
        slots.sort();
        crowds.entry((year, slots)).or_default().push(unit);
    }
    crowds.into_iter().map(|((year, slots), members)| Crowd { year, slots, members }).collect()
}
