//! The cover: every figure the public edition must hide.

use crate::definitions::{Definitions, ReleasePolicy};
use crate::figures::Cube;
use crate::release::disclosure::subject::{Constraint, Subject, constraints, equations, shares, subjects};
use crate::release::disclosure::tier::Tier;
use crate::vocabulary::{Area, ObsStatus, Period, PeriodKind};

/// Fewer contributing units than this would let one of them be told from the rest
/// by another of them (statistics report 1.7, A8).
const SMALLEST_CROWD: usize = 3;

/// For each cell of the cube, in its own order, whether the public edition hides its value.
///
/// Cells without a value are never hidden: that something is missing or not applicable is no secret.
pub fn cover(cube: &Cube, definitions: &Definitions) -> Vec<bool> {
    let plan = Plan::decide(cube, definitions);
    let axes = cube.axes();
    let mut hidden = vec![false; axes.len()];
    for (area_at, area) in axes.areas().iter().enumerate() {
        for (period_at, period) in axes.periods().iter().enumerate() {
            for (measure_at, subject) in plan.subjects.iter().enumerate() {
                let printed = !subject.is_personal()
                    || Tier::of(area, *period).is_some_and(|tier| plan.is_open(tier, measure_at));
                let at = axes.at(area_at, period_at, measure_at);
                hidden[at] = !printed && cube.cells()[at].value.is_some();
            }
        }
    }
    hidden
}

/// Which tier of which measure is printed.
struct Plan<'a> {
    cube: &'a Cube,
    policy: &'a ReleasePolicy,
    subjects: Vec<Subject>,
    /// Part and what it must be well below.
    shares: Vec<(usize, Vec<(i64, usize)>)>,
    /// By tier, then measure.
    open: Vec<Vec<bool>>,
}

impl<'a> Plan<'a> {
    fn decide(cube: &'a Cube, definitions: &'a Definitions) -> Self {
        let axes = cube.axes();
        let subjects = subjects(axes, definitions);
        let shares = shares(axes, definitions, &subjects);
        let open = Tier::ALL
            .iter()
            .map(|tier| subjects.iter().map(|s| s.is_personal() && tier.allows(s.privacy)).collect())
            .collect();
        let mut plan = Self { cube, policy: &definitions.policy, subjects, shares, open };
        plan.close_small();
        let (equations, constraints) = (equations(axes, definitions), constraints(axes, definitions));
        // Closing a measure may open an equation elsewhere, hence until nothing changes.
        while plan.close_remainders()
            | plan.close_last_unknowns(&equations)
            | plan.close_narrow_bounds(&constraints)
            | plan.close_dependants()
        {}
        plan
    }

    fn is_open(&self, tier: Tier, measure: usize) -> bool {
        self.open[tier as usize][measure]
    }

    fn close(&mut self, tier: Tier, measure: usize) -> bool {
        std::mem::replace(&mut self.open[tier as usize][measure], false)
    }

    /// Primary: closes every tier of a measure in which one count is small, alone or as the
    /// remainder of what it is part of, or comes from too few units.
    fn close_small(&mut self) {
        for tier in Tier::ALL {
            for measure in 0..self.subjects.len() {
                if self.is_open(tier, measure)
                    && self.subjects[measure].parts.is_empty()
                    && !self.is_safe(tier, measure)
                {
                    self.close(tier, measure);
                }
            }
        }
    }

    fn is_safe(&self, tier: Tier, measure: usize) -> bool {
        let counted = self.subjects[measure].receivers.unwrap_or(measure);
        self.places(tier).all(|(area, period)| {
            let value = |measure| self.cube.cell(area, period, measure).whole();
            let Some(count) = value(counted) else { return value(measure).is_none() };
            let crowd = tier.is_unit() || self.crowd(period, measure) >= SMALLEST_CROWD;
            let shares = self.shares.iter().filter(|(part, _)| *part == measure).all(|(_, whole)| {
                let whole: Option<i64> = whole.iter().map(|(factor, at)| value(*at).map(|v| v * factor)).sum();
                whole.is_none_or(|whole| whole - count >= self.policy.threshold)
            });
            count >= self.policy.threshold && crowd && shares
        })
    }

    /// Closes the finer tier where a coarser figure less the finer ones leaves few units or few persons:
    /// units that report less often are in the year, but not in its quarters.
    fn close_remainders(&mut self) -> bool {
        let mut changed = false;
        for coarse in Tier::ALL {
            for fine in coarse.finer() {
                for measure in 0..self.subjects.len() {
                    let both = self.is_open(coarse, measure) && self.is_open(*fine, measure);
                    if both
                        && !self.places(coarse).all(|(_, period)| self.remainder_is_safe(period, fine.kind(), measure))
                    {
                        changed |= self.close(*fine, measure);
                    }
                }
            }
        }
        changed
    }

    fn remainder_is_safe(&self, period: usize, fine: PeriodKind, measure: usize) -> bool {
        let axes = self.cube.axes();
        let whole: Period = axes.periods()[period];
        let parts: Vec<usize> = axes
            .periods()
            .iter()
            .enumerate()
            .filter(|(_, part)| part.kind() == fine && whole.contains(**part))
            .map(|(at, _)| at)
            .collect();
        let outside: Vec<i64> = self
            .units()
            .filter(|unit| parts.iter().all(|part| self.cube.cell(*unit, *part, measure).status == ObsStatus::M))
            .filter_map(|unit| self.cube.cell(unit, period, measure).whole())
            .collect();
        outside.is_empty() || outside.len() >= SMALLEST_CROWD && outside.iter().sum::<i64>() >= self.policy.threshold
    }

    /// Secondary: where all but one measure of an equation are printed, closes a second one.
    fn close_last_unknowns(&mut self, equations: &[Vec<usize>]) -> bool {
        let mut changed = false;
        for tier in Tier::ALL {
            for equation in equations {
                let (open, closed): (Vec<usize>, Vec<usize>) = equation
                    .iter()
                    .filter(|measure| self.subjects[**measure].is_personal())
                    .partition(|measure| self.is_open(tier, **measure));
                if closed.len() == 1
                    && let Some(second) = open.iter().max_by_key(|at| (self.subjects[**at].privacy, **at))
                {
                    changed |= self.close(tier, *second);
                }
            }
        }
        changed
    }

    /// Secondary: where what is printed bounds a hidden small count to be small, or to be there at all,
    /// closes another measure of the same constraint.
    fn close_narrow_bounds(&mut self, constraints: &[Constraint]) -> bool {
        let mut changed = false;
        for tier in Tier::ALL {
            for constraint in constraints {
                let open = constraint.iter().map(|(_, at)| *at).filter(|at| self.is_open(tier, *at));
                if self.places(tier).any(|place| self.bounds_tightly(constraint, tier, place))
                    && let Some(second) = open.max_by_key(|at| (self.subjects[*at].privacy, *at))
                {
                    changed |= self.close(tier, second);
                }
            }
        }
        changed
    }

    /// Whether, at one place, a reader who knows `Σ factor × measure ≤ 0` and that no count is negative
    /// can tell that a hidden small count is below the threshold, or is not 0.
    fn bounds_tightly(&self, constraint: &Constraint, tier: Tier, place: (usize, usize)) -> bool {
        // An optional correction that nobody filled is 0 to every reader.
        let value = |measure| self.cube.cell(place.0, place.1, measure).whole().unwrap_or(0);
        let hidden = |at: usize| self.subjects[at].is_personal() && !self.is_open(tier, at);
        let printed: i64 =
            constraint.iter().filter(|(_, at)| !hidden(*at)).map(|(factor, at)| factor * value(*at)).sum();
        constraint.iter().filter(|(_, at)| hidden(*at) && value(*at) < self.policy.threshold).any(|(factor, at)| {
            let is_reported = self.cube.cell(place.0, place.1, *at).value.is_some();
            // Another hidden term on the other side can be as large as it likes: then there is no bound.
            let slack = constraint.iter().any(|(other, m)| m != at && hidden(*m) && *other < 0);
            let tight = if *factor > 0 { -printed / factor < self.policy.threshold } else { printed > 0 };
            is_reported && !slack && tight
        })
    }

    /// Closes money with its receivers, and ratios with their parts or a denominator that is too small.
    fn close_dependants(&mut self) -> bool {
        let mut changed = false;
        for tier in Tier::ALL {
            for measure in 0..self.subjects.len() {
                let Subject { parts, receivers, .. } = &self.subjects[measure];
                let personal = |at: &usize| self.subjects[*at].is_personal();
                let parts_open = parts.iter().filter(|at| personal(at)).all(|part| self.is_open(tier, *part));
                let receivers_open = receivers.is_none_or(|at| self.is_open(tier, at));
                let enough = parts.is_empty()
                    || self.places(tier).all(|(area, period)| {
                        let ratio = self.cube.cell(area, period, measure).ratio();
                        ratio.is_none_or(|(_, denominator)| denominator >= self.policy.smallest_denominator)
                    });
                if self.is_open(tier, measure) && !(parts_open && receivers_open && enough) {
                    changed |= self.close(tier, measure);
                }
            }
        }
        changed
    }

    /// Positions (area, period) of a tier's figures.
    fn places(&self, tier: Tier) -> impl Iterator<Item = (usize, usize)> + '_ {
        let axes = self.cube.axes();
        axes.areas().iter().enumerate().flat_map(move |(area_at, area)| {
            axes.periods()
                .iter()
                .enumerate()
                .filter(move |(_, period)| Tier::of(area, **period) == Some(tier))
                .map(move |(period_at, _)| (area_at, period_at))
        })
    }

    /// How many units have a value in the province's figure.
    fn crowd(&self, period: usize, measure: usize) -> usize {
        self.units().filter(|unit| self.cube.cell(*unit, period, measure).value.is_some()).count()
    }

    fn units(&self) -> impl Iterator<Item = usize> + '_ {
        let areas = self.cube.axes().areas().iter().enumerate();
        areas.filter(|(_, area)| matches!(area, Area::Unit(_))).map(|(at, _)| at)
    }
}
