//! The cube of figures: area × period × measure, each cell a value or a typed absence.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::vocabulary::{Area, ConfStatus, MeasureCode, ObsStatus, Period};

/// The three axes of a [`Cube`], each sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Axes {
    areas: Vec<Area>,
    periods: Vec<Period>,
    measures: Vec<MeasureCode>,
    area_codes: Vec<String>,
    period_codes: Vec<String>,
    area_at: BTreeMap<Area, usize>,
    period_at: BTreeMap<Period, usize>,
    measure_at: BTreeMap<MeasureCode, usize>,
}

impl Axes {
    /// Axes with the given members; areas and periods are sorted, measures keep their order.
    pub fn new(mut areas: Vec<Area>, mut periods: Vec<Period>, measures: Vec<MeasureCode>) -> Self {
        areas.sort();
        periods.sort();
        Self {
            area_codes: areas.iter().map(Area::to_string).collect(),
            period_codes: periods.iter().map(Period::to_string).collect(),
            area_at: areas.iter().cloned().zip(0..).collect(),
            period_at: periods.iter().copied().zip(0..).collect(),
            measure_at: measures.iter().cloned().zip(0..).collect(),
            areas,
            periods,
            measures,
        }
    }

    /// Province, groups, units.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// Review periods in order of their ends.
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// Measures in catalogue order.
    pub fn measures(&self) -> &[MeasureCode] {
        &self.measures
    }

    /// The areas as data files name them.
    pub fn area_codes(&self) -> &[String] {
        &self.area_codes
    }

    /// The periods as data files name them.
    pub fn period_codes(&self) -> &[String] {
        &self.period_codes
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.areas.len() * self.periods.len() * self.measures.len()
    }

    /// Whether there is no cell at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Position of a cell given the positions of its members.
    pub fn at(&self, area: usize, period: usize, measure: usize) -> usize {
        (area * self.periods.len() + period) * self.measures.len() + measure
    }

    /// Position of a cell; `None` when a member is not on its axis.
    pub fn position(&self, area: &Area, period: Period, measure: &MeasureCode) -> Option<usize> {
        Some(self.at(*self.area_at.get(area)?, *self.period_at.get(&period)?, *self.measure_at.get(measure)?))
    }

    /// Position of an area on its axis.
    pub fn area_position(&self, area: &Area) -> Option<usize> {
        self.area_at.get(area).copied()
    }

    /// Position of a period on its axis.
    pub fn period_position(&self, period: Period) -> Option<usize> {
        self.period_at.get(&period).copied()
    }

    /// Position of a measure on its axis.
    pub fn measure_position(&self, measure: &MeasureCode) -> Option<usize> {
        self.measure_at.get(measure).copied()
    }
}

/// One figure per area, period and measure.
#[derive(Clone, Debug)]
pub struct Cube {
    axes: Arc<Axes>,
    cells: Vec<Figure>,
}

impl Cube {
    /// A cube of the given cells, in the order of [`Axes::at`].
    ///
    /// # Panics
    /// When there is not one cell for every position.
    pub fn new(axes: Arc<Axes>, cells: Vec<Figure>) -> Self {
        assert_eq!(axes.len(), cells.len(), "a cube has one figure for every area, period and measure");
        Self { axes, cells }
    }

    /// Its axes.
    pub fn axes(&self) -> &Arc<Axes> {
        &self.axes
    }

    /// The figure at a place; not applicable when the place is on no axis.
    pub fn get(&self, area: &Area, period: Period, measure: &MeasureCode) -> &Figure {
        static NONE: Figure = Figure::NOT_APPLICABLE;
        self.axes.position(area, period, measure).map_or(&NONE, |at| &self.cells[at])
    }

    /// The figure at positions on the axes.
    pub fn cell(&self, area: usize, period: usize, measure: usize) -> &Figure {
        &self.cells[self.axes.at(area, period, measure)]
    }

    /// All figures, in the order of [`Axes::at`].
    pub fn cells(&self) -> &[Figure] {
        &self.cells
    }
}

/// A figure, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The value; `None` exactly when the status is M, O or Q.
    pub value: Option<Quantity>,
    /// Normal, provisional, estimated, not applicable, missing, suppressed.
    pub status: ObsStatus,
    /// Free, internal only, hidden.
    pub conf: ConfStatus,
    /// Parts (returns of units) that were reported.
    pub reported: u32,
    /// Parts that were due.
    pub due: u32,
}

impl Figure {
    /// Nothing was due.
    pub const NOT_APPLICABLE: Figure =
        Figure { value: None, status: ObsStatus::M, conf: ConfStatus::F, reported: 0, due: 0 };

    /// Figures of several units as one. What is hidden, missing or not applicable in one of them is so in the whole.
    pub fn together<'f>(figures: impl IntoIterator<Item = &'f Figure>) -> Figure {
        // A sign goes before a provisional number, and that before a plain one.
        const GRAVE: [ObsStatus; 6] =
            [ObsStatus::A, ObsStatus::P, ObsStatus::E, ObsStatus::M, ObsStatus::O, ObsStatus::Q];
        let grave = |figure: &Figure| GRAVE.iter().position(|status| *status == figure.status);
        let join = |sum: Figure, next: &Figure| {
            let status = if grave(next) > grave(&sum) { next.status } else { sum.status };
            let value = sum.value.zip(next.value).and_then(|(one, other)| one.plus(other));
            let (reported, due) = (sum.reported + next.reported, sum.due + next.due);
            Figure { value: value.filter(|_| status.sign().is_none()), status, conf: next.conf, reported, due }
        };
        let mut figures = figures.into_iter();
        let Some(first) = figures.next() else { return Figure::NOT_APPLICABLE };
        figures.fold(*first, join)
    }

    /// Whether every due part was reported.
    pub fn is_complete(&self) -> bool {
        self.due > 0 && self.reported == self.due
    }

    /// The whole number; `None` for ratios and absences.
    pub fn whole(&self) -> Option<i64> {
        match self.value {
            Some(Quantity::Whole(value)) => Some(value),
            _ => None,
        }
    }

    /// Numerator and denominator; `None` for counts and absences.
    pub fn ratio(&self) -> Option<(i64, i64)> {
        match self.value {
            Some(Quantity::Ratio { numerator, denominator }) => Some((numerator, denominator)),
            _ => None,
        }
    }
}

/// A number: whole, or a fraction that is divided only when written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quantity {
    /// A count, an amount in đồng, or the position of a class.
    Whole(i64),
    /// A ratio; the denominator may be 0 (“Không có đối tượng”).
    Ratio {
        /// Sum of numerators.
        numerator: i64,
        /// Sum of denominators.
        denominator: i64,
    },
}

impl Quantity {
    /// The sum of two numbers of one kind; `None` for numbers of two kinds, and beyond the ends of i64.
    pub fn plus(self, other: Quantity) -> Option<Quantity> {
        match (self, other) {
            (Quantity::Whole(one), Quantity::Whole(other)) => one.checked_add(other).map(Quantity::Whole),
            (Quantity::Ratio { numerator: n, denominator: d }, Quantity::Ratio { numerator: m, denominator: e }) => {
                Some(Quantity::Ratio { numerator: n.checked_add(m)?, denominator: d.checked_add(e)? })
            }
            _ => None,
        }
    }
}

/// What a figure is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Versus {
    /// Cùng kỳ năm trước.
    SamePeriodLastYear,
    /// Kỳ trước.
    PreviousPeriod,
}

impl Versus {
    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            Versus::SamePeriodLastYear => "same_period_last_year",
            Versus::PreviousPeriod => "previous_period",
        }
    }
}

/// A change of one figure, or why none can be told. Sorted by place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Position of the area on its axis.
    pub area: usize,
    /// Position of the period on its axis.
    pub period: usize,
    /// Position of the measure on its axis.
    pub measure: usize,
    /// What it is compared with.
    pub versus: Versus,
    /// The change over the common set.
    pub change: Result<Change, WhyNot>,
}

/// Both figures over the units that are complete in both periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The figure now, over the common set.
    pub now: Quantity,
    /// The figure before, over the common set.
    pub before: Quantity,
    /// Units in the common set.
    pub matched: u32,
    /// Units due now.
    pub due: u32,
}

/// Why two periods are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyNot {
    /// Nothing was due or reported in the earlier period.
    NoBase,
    /// The units were rearranged in between (sắp xếp đơn vị hành chính).
    Boundary,
    /// No unit is complete in both.
    NoCommonSet,
}
