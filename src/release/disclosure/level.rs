//! Levels: which numbers could be printed at all, before anything is hidden for another's sake, and in
//! which order they are tried.
//!
//! Statistics report 1.5, step 0 and the order of step 3. Table redesign comes
//! first: a measure whose figures by unit would mostly be hidden is shown for
//! longer periods only, or for the province only.

use std::collections::BTreeSet;

use crate::definitions::form::Privacy;
use crate::definitions::{Definitions, ReleasePolicy};
use crate::figures::Cube;
use crate::release::disclosure::subject::Subject;
use crate::release::disclosure::table::{Place, Table};
use crate::vocabulary::{Area, MeasureCode, Period, PeriodKind};

/// Fewer contributing units than this would let one of them be told from the rest
/// by another of them (statistics report 1.7, A8).
pub const SMALLEST_CROWD: usize = 3;

/// A level of units is given up when less than this share of its figures could be shown, in per cent:
/// a page of “•” helps nobody, and costs the figures above it.
pub const LEAST_SHOWN: usize = 50;

/// The finest figures of single units that are shown for a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finest {
    /// Years, and spans of them.
    Year,
    /// Spans of years only.
    Span,
    /// None: the province only.
    Province,
}

impl Finest {
    /// The next coarser choice.
    pub fn coarser(self) -> Finest {
        match self {
            Finest::Year => Finest::Span,
            Finest::Span | Finest::Province => Finest::Province,
        }
    }

    /// Whether figures of units are shown for this kind of period.
    pub fn shows(self, kind: PeriodKind) -> bool {
        match kind {
            PeriodKind::Year => self == Finest::Year,
            PeriodKind::Span => self < Finest::Province,
            _ => false,
        }
    }
}

/// What decides about single numbers.
pub struct Levels<'a> {
    cube: &'a Cube,
    policy: &'a ReleasePolicy,
    subjects: &'a [Subject],
    population: Vec<usize>,
    /// By measure and kind of period: whether some figure of the province, or of another part of the same
    /// whole, is small.
    small: Vec<[bool; 2]>,
}

impl<'a> Levels<'a> {
    /// Levels of a table.
    pub fn new(table: &Table, cube: &'a Cube, definitions: &'a Definitions, subjects: &'a [Subject]) -> Self {
        let axes = cube.axes();
        let at = |code: &MeasureCode| axes.measure_position(code);
        let mut levels = Self {
            cube,
            policy: &definitions.policy,
            subjects,
            population: definitions.policy.population.iter().filter_map(at).collect(),
            small: vec![[false; 2]; axes.measures().len()],
        };
        for cell in &table.cells {
            if let Place::Province(period) = cell.place
                && let Some(kind) = within_year(axes.periods()[period])
                && cell.value < levels.policy.threshold
            {
                levels.small[cell.measure][kind] = true;
            }
        }
        // Parts of a whole are shown all or none: what the shown ones leave of it would be small.
        for kind in 0..2 {
            let with_small: BTreeSet<usize> = (0..subjects.len())
                .filter(|measure| levels.small[*measure][kind])
                .filter_map(|measure| subjects[measure].share_of)
                .collect();
            for (measure, subject) in subjects.iter().enumerate() {
                levels.small[measure][kind] |= subject.share_of.is_some_and(|whole| with_small.contains(&whole));
            }
        }
        levels
    }

    /// Person counts below this are small.
    pub fn threshold(&self) -> i64 {
        self.policy.threshold
    }

    /// Whether a number is small: it is to be protected, and hidden with the zeros among it.
    pub fn is_small(&self, table: &Table, cell: usize) -> bool {
        table.cells[cell].value.abs() < self.policy.threshold
    }

    /// Whether a number could be printed, were it alone.
    pub fn allows(&self, table: &Table, cell: usize, finest: Finest) -> bool {
        let number = &table.cells[cell];
        let privacy = self.subjects[number.measure].privacy;
        let fits = match number.place {
            Place::Crowd(..) => false,
            Place::Province(period) => {
                let figure = self.cube.cell(0, period, number.measure);
                let covered = i64::from(figure.reported) * 100 >= i64::from(figure.due) * self.policy.public_coverage;
                let rare = (privacy == Privacy::P3 || self.subjects[number.measure].share_of.is_some())
                    && within_year(self.cube.axes().periods()[period])
                        .is_some_and(|kind| self.small[number.measure][kind]);
                covered && !rare && self.crowd(period, number.measure) >= SMALLEST_CROWD
            }
            Place::Unit(unit, period) => {
                let kind = self.cube.axes().periods()[period].kind();
                privacy < Privacy::P3
                    && finest.shows(kind)
                    // A part of the year would give a single return away when the rest comes in.
                    && self.cube.cell(unit, period, number.measure).is_complete()
                    && (privacy < Privacy::P2 || self.is_populous(unit, period))
            }
        };
        fits && !self.is_small(table, cell)
    }

    /// Whether enough persons are behind the figures of a unit, at both ends of a period.
    fn is_populous(&self, unit: usize, period: usize) -> bool {
        let persons = |measure: &usize| self.cube.cell(unit, period, *measure).whole();
        self.population.iter().all(|measure| persons(measure).is_some_and(|n| n >= self.policy.smallest_denominator))
    }

    /// How many units have a value in the province's figure.
    fn crowd(&self, period: usize, measure: usize) -> usize {
        let areas = 0..self.cube.axes().areas().len();
        let is_unit = |area: &usize| matches!(self.cube.axes().areas()[*area], Area::Unit(_));
        areas.filter(is_unit).filter(|area| self.cube.cell(*area, period, measure).value.is_some()).count()
    }

    /// The place of a number among the candidates: province before units, long periods before short,
    /// large classes before small, and then by code. Classes and not values, so that what is hidden
    /// does not tell more than a class.
    pub fn rank(&self, table: &Table, cell: usize) -> (u8, i32, Privacy, usize, usize, usize) {
        let number = &table.cells[cell];
        let (level, period, area) = match number.place {
            Place::Province(period) => (0, period, 0),
            Place::Crowd(crowd, period) => (1, period, crowd),
            Place::Unit(unit, period) => (2, period, unit),
        };
        let length = self.cube.axes().periods()[period].quarters().count() as i32;
        let privacy = self.subjects[number.measure].privacy;
        (level, -length, privacy, class(number.value), period * self.small.len() + number.measure, area)
    }
}

/// The class of a number: 0 for thousands, 1 for hundreds, 2 from twenty on, 3 below.
pub fn class(value: i64) -> usize {
    [1000, 100, 20].iter().position(|least| value >= *least).unwrap_or(3)
}

/// Quarters and nine months, which give the fourth away, are one kind; halves another.
fn within_year(period: Period) -> Option<usize> {
    match period.kind() {
        PeriodKind::Quarter | PeriodKind::NineMonths => Some(0),
        PeriodKind::Half => Some(1),
        PeriodKind::Year | PeriodKind::Span => None,
    }
}
