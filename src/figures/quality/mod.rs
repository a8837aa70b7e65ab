//! Quality: how complete, timely and consistent the returns are. Counts and requests to confirm, never a judgement.
//!
//! ```text
//! ground       what the measures look at: returns, cells, what came before
//! returns      completeness of returns; on time, and how late
//! cells        completeness of cells
//! internal     checks of the form that did not hold; opening and closing stocks
//! steady       large values held against the mean of earlier returns
//! outlier      small counts that chance hardly explains
//! copied       all flows of the return before over again
//! silent       no event for a year where some are expected
//! digits       last digits 0 and 5
//! revision     how far later versions differ from the first
//! ```
//!
//! Formulas and default marks are those of the statistics report, section 4.

mod cells;
mod copied;
mod digits;
mod ground;
mod internal;
mod outlier;
mod returns;
mod revision;
mod silent;
mod steady;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::definitions::QualityPolicy;
use crate::vocabulary::{Area, MeasureCode, Period, UnitCode};

pub(super) use ground::Ground;

/// The quality of all returns.
#[derive(Clone, Debug, Default)]
pub struct Quality {
    /// One line per area, period, metric and measure for which there is something to say; sorted so.
    pub lines: Vec<Line>,
    /// What units are asked to confirm, by unit and period.
    pub asks: Vec<Ask>,
}

/// A metric of one area and period: a part of a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The unit or the province.
    pub area: Area,
    /// A period of the unit's own rhythm, a year or a span; for the province any review period.
    pub period: Period,
    /// What is measured.
    pub metric: Metric,
    /// The form row it is about; none for all rows together.
    pub measure: Option<MeasureCode>,
    /// The numerator; for lateness the median in days times the denominator.
    pub part: i64,
    /// The denominator, above 0.
    pub whole: i64,
    /// Tốt, đạt, chưa đạt; none where the metric asks and does not mark.
    pub mark: Option<Mark>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Returns received of those due.
    Returns,
    /// Cells with a usable value of those due.
    Cells,
    /// Returns on time of those received.
    OnTime,
    /// Median lateness of late returns, in days.
    Lateness,
    /// Checks of severity error that did not hold, of those that spoke.
    Internal,
    /// Equations between opening and closing stocks that did not hold, of those that spoke.
    StockFlow,
    /// Values out of the range around the mean of earlier returns, of those compared.
    OverTime,
    /// Counts that chance hardly explains, of those tested.
    Outlier,
    /// Returns that repeat the one before, of those compared.
    Copied,
    /// Returns that end a year without any event where some are expected, of those looked at.
    Silent,
    /// Values that end in 0 or 5, of those of two digits or more.
    Digits,
    /// Sum of absolute differences between first and last version, of the sum of last values.
    Revision,
}

/// The headings of the data-quality review of WHO, and revisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// Đầy đủ.
    Completeness,
    /// Kịp thời.
    Timeliness,
    /// Nhất quán nội tại.
    Internal,
    /// Nhất quán theo thời gian.
    OverTime,
    /// Đính chính.
    Revision,
}

impl Heading {
    /// The words people read.
    pub fn title(self) -> &'static str {
        match self {
            Heading::Completeness => "Đầy đủ",
            Heading::Timeliness => "Kịp thời",
            Heading::Internal => "Nhất quán nội tại",
            Heading::OverTime => "Nhất quán theo thời gian",
            Heading::Revision => "Đính chính",
        }
    }
}

impl Metric {
    /// Every metric, in the order of the headings.
    pub const ALL: [Metric; 12] = [
        Metric::Returns,
        Metric::Cells,
        Metric::OnTime,
        Metric::Lateness,
        Metric::Internal,
        Metric::StockFlow,
        Metric::OverTime,
        Metric::Outlier,
        Metric::Copied,
        Metric::Silent,
        Metric::Digits,
        Metric::Revision,
    ];

    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            Metric::Returns => "returns",
            Metric::Cells => "cells",
            Metric::OnTime => "on_time",
            Metric::Lateness => "lateness",
            Metric::Internal => "internal",
            Metric::StockFlow => "stock_flow",
            Metric::OverTime => "over_time",
            Metric::Outlier => "outlier",
            Metric::Copied => "copied_forward",
            Metric::Silent => "zero_run",
            Metric::Digits => "heaping",
            Metric::Revision => "revision",
        }
    }

    /// The heading it stands under.
    pub fn heading(self) -> Heading {
        match self {
            Metric::Returns | Metric::Cells => Heading::Completeness,
            Metric::OnTime | Metric::Lateness => Heading::Timeliness,
            Metric::Internal | Metric::StockFlow => Heading::Internal,
            Metric::OverTime | Metric::Outlier | Metric::Copied | Metric::Silent | Metric::Digits => Heading::OverTime,
            Metric::Revision => Heading::Revision,
        }
    }

    /// Whether it follows from what the public edition prints anyway: which returns came, when, and how full.
    pub fn is_public(self) -> bool {
        matches!(self.heading(), Heading::Completeness | Heading::Timeliness)
    }

    /// The mark of a part of a whole; none where the metric asks and does not mark.
    pub fn mark(self, part: i64, whole: i64, policy: &QualityPolicy) -> Option<Mark> {
        let at_least = |percent: i64| i128::from(part) * 100 >= i128::from(whole) * i128::from(percent);
        Some(match self {
            Metric::Returns | Metric::Cells if at_least(policy.good) => Mark::Good,
            Metric::Returns | Metric::Cells if at_least(policy.fair) => Mark::Fair,
            Metric::OnTime if at_least(policy.on_time) => Mark::Fair,
            Metric::Internal | Metric::StockFlow if part == 0 => Mark::Good,
            Metric::Returns | Metric::Cells | Metric::OnTime | Metric::Internal | Metric::StockFlow => Mark::Short,
            _ => return None,
        })
    }
}

/// Default marks of the statistics report, section 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Tốt.
    Good,
    /// Đạt.
    Fair,
    /// Chưa đạt.
    Short,
}

impl Mark {
    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            Mark::Good => "good",
            Mark::Fair => "fair",
            Mark::Short => "short",
        }
    }

    /// The words people read.
    pub fn title(self) -> &'static str {
        match self {
            Mark::Good => "tốt",
            Mark::Fair => "đạt",
            Mark::Short => "chưa đạt",
        }
    }
}

/// What a unit is asked to confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The unit.
    pub unit: UnitCode,
    /// The period of the return.
    pub period: Period,
    /// What about.
    pub about: About,
}

/// What a request to confirm is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A count that chance hardly explains.
    Outlier {
        /// The form row.
        item: MeasureCode,
        /// What it says.
        now: i64,
        /// What the latest earlier returns said, oldest first, at most four.
        before: Vec<i64>,
        /// Whether it is rare enough for the list of the whole province.
        listed: bool,
    },
    /// A large value out of the range around the mean of earlier returns.
    Shift {
        /// The form row.
        item: MeasureCode,
        /// What it says.
        now: i64,
        /// The sum of the earlier returns.
        sum: i64,
        /// How many they are.
        returns: i64,
    },
    /// All flows of the return before over again.
    Copied {
        /// How many flows above 0 are equal.
        equal: usize,
        /// The first of them.
        values: Vec<i64>,
    },
    /// No event for a year where some are expected.
    Silent {
        /// Quarters without any event.
        quarters: usize,
        /// The stock of persons at the end.
        managed: i64,
    },
    /// Too many values end in 0 or 5, over the whole history of the unit.
    Digits {
        /// Values that end in 0 or 5.
        round: i64,
        /// Values of two digits or more.
        of: i64,
    },
}

impl Quality {
    /// Assesses every expected return that is due. Review periods as the axes have them.
    pub(super) fn assess(ground: &Ground<'_>, periods: &[Period]) -> Self {
        let mut asks = Vec::new();
        let mut sums = Sums::default();
        for own in ground.due() {
            let (unit, at) = (ground.unit(own), ground.period(own));
            let mut found = vec![
                (Metric::Returns, Some(returns::received(ground, own))),
                (Metric::Cells, cells::filled(ground, own)),
                (Metric::OnTime, returns::on_time(ground, own)),
                (Metric::Internal, internal::broken(ground, own)),
                (Metric::StockFlow, internal::unbalanced(ground, own)),
            ];
            if ground.came(own) {
                found.extend([
                    (Metric::OverTime, steady::shifted(ground, own, &mut asks)),
                    (Metric::Outlier, outlier::rare(ground, own, &mut asks)),
                    (Metric::Copied, copied::repeated(ground, own, &mut asks)),
                    (Metric::Silent, silent::unheard(ground, own, &mut asks)),
                    (Metric::Digits, digits::round(ground, own)),
                    (Metric::Revision, revision::moved(ground, own)),
                ]);
            }
            let in_province = ground.is_in_province(unit);
            for (period, _) in periods.iter().enumerate().filter(|(_, period)| period.contains(at)) {
                let of_unit = ground.is_told_of_unit(periods[period], at).then_some(Some(unit));
                for place in [of_unit, in_province.then_some(None)].into_iter().flatten() {
                    for (metric, counts) in &found {
                        if let Some((part, whole)) = counts.filter(|(_, whole)| *whole > 0) {
                            sums.add((place, period, *metric, None), part, whole);
                        }
                    }
                }
                if in_province {
                    cells::by_row(ground, own, |row, part| sums.add((None, period, Metric::Cells, Some(row)), part, 1));
                }
            }
        }
        digits::ask(ground, &mut asks);
        for ((place, period), median) in returns::lateness(ground, periods) {
            sums.0.insert((place, period, Metric::Lateness, None), median);
        }
        asks.sort_by(|a, b| (&a.unit, a.period).cmp(&(&b.unit, b.period)));
        Self { lines: sums.lines(ground, periods), asks }
    }

    /// A metric of an area and period over all rows.
    pub fn get(&self, area: &Area, period: Period, metric: Metric) -> Option<&Line> {
        let key = (area, period, metric, &None);
        let found = self.lines.binary_search_by(|line| (&line.area, line.period, line.metric, &line.measure).cmp(&key));
        found.ok().map(|at| &self.lines[at])
    }

    /// The lines that the public edition may have; it asks nobody.
    pub fn public(&self) -> Self {
        let lines = self.lines.iter().filter(|line| line.metric.is_public()).cloned();
        Self { lines: lines.collect(), asks: Vec::new() }
    }
}

/// A unit (none: the province), the position of a period, a metric, and the position of a row.
type Place<'a> = (Option<&'a UnitCode>, usize, Metric, Option<usize>);

/// Parts and wholes by place.
#[derive(Default)]
struct Sums<'a>(BTreeMap<Place<'a>, (i64, i64)>);

impl<'a> Sums<'a> {
    fn add(&mut self, key: Place<'a>, part: i64, whole: i64) {
        let sum = self.0.entry(key).or_default();
        *sum = (sum.0.saturating_add(part), sum.1.saturating_add(whole));
    }

    fn lines(self, ground: &Ground<'_>, periods: &[Period]) -> Vec<Line> {
        let line = |((unit, period, metric, row), (part, whole)): (Place<'_>, (i64, i64))| Line {
            area: match unit {
                Some(unit) => Area::Unit(unit.clone()),
                None => Area::Province(ground.definitions.site.province.clone()),
            },
            period: periods[period],
            metric,
            measure: row.map(|row| ground.rows[row].row.code.clone()),
            part,
            whole,
            mark: metric.mark(part, whole, ground.policy()),
        };
        let mut lines: Vec<Line> = self.0.into_iter().map(line).collect();
        lines.sort_by(|a, b| (&a.area, a.period, a.metric, &a.measure).cmp(&(&b.area, b.period, b.metric, &b.measure)));
        lines
    }
}
