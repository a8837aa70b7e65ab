//! The book: a release arranged for the pages that look things up in it. It adds no figure.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::form::Direction;
use crate::definitions::{Definitions, Target, Unit};
use crate::release::{Comparison, Figure, PeriodState, Quantity, Release, ReturnState, ReturnStatus, Versus};
use crate::site::catalogue::{Measure, measures};
use crate::site::page::Download;
use crate::site::trail::Trail;
use crate::site::words;
use crate::vocabulary::number::{fixed, rounded};
use crate::vocabulary::text::sort_key;
use crate::vocabulary::{Area, Edition, MeasureCode, ObsStatus, Period, PeriodKind, PlanId, UnitCode};

/// A release with its measures in reading order, its units by name and its targets by place.
pub struct Book<'a> {
    /// The release.
    pub release: &'a Release,
    /// Its measures, theme by theme.
    pub measures: Vec<Measure>,
    /// The units of the province, as a Vietnamese dictionary sorts them.
    pub units: Vec<&'a Unit>,
    /// The whole.
    pub province: Area,
    /// What the downloads page lists.
    pub downloads: &'a [Download],
    /// Where numbers lead back to; none in the public edition.
    pub trail: Option<Trail<'a>>,
    targets: BTreeMap<(&'a Area, &'a MeasureCode, Period), &'a Target>,
}

impl<'a> Book<'a> {
    /// Arranges a release.
    pub fn new(release: &'a Release, downloads: &'a [Download]) -> Self {
        let definitions = release.definitions();
        let axes = release.cube().axes();
        let mut units: Vec<&Unit> =
            definitions.units.units.values().filter(|unit| unit.province == definitions.site.province).collect();
        // By the bare name, so that a ward does not stand apart from its neighbours.
        units.sort_by_cached_key(|unit| sort_key(bare(unit.name())));
        let mut targets = BTreeMap::new();
        for target in &definitions.targets {
            targets.entry((&target.area, &target.measure, target.period)).or_insert(target);
        }
        let on_axis = |measure: &Measure| axes.measure_position(&measure.code).is_some();
        let trail = Trail::of(release, &units, ended(release));
        Self {
            release,
            trail,
            measures: measures(release).into_iter().filter(on_axis).collect(),
            units,
            province: Area::Province(definitions.site.province.clone()),
            downloads,
            targets,
        }
    }

    /// Everything that is not a figure.
    pub fn definitions(&self) -> &'a Definitions {
        self.release.definitions()
    }

    /// Whether this is the public edition.
    pub fn is_public(&self) -> bool {
        self.release.edition() == Edition::Public
    }

    /// The period in review.
    pub fn current(&self) -> Period {
        self.release.current()
    }

    /// Review periods that have begun to close: those that end by the period in review.
    pub fn periods(&self) -> impl DoubleEndedIterator<Item = Period> + '_ {
        ended(self.release)
    }

    /// The years that have ended, oldest first.
    pub fn years(&self) -> Vec<Period> {
        self.periods().filter(|period| period.kind() == PeriodKind::Year).collect()
    }

    /// The measure with this code.
    pub fn measure(&self, code: &MeasureCode) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.code == *code)
    }

    /// The unit with this code.
    pub fn unit(&self, code: &UnitCode) -> Option<&'a Unit> {
        self.definitions().units.get(code)
    }

    /// The name of a unit, for people; its code when the register does not know it.
    pub fn unit_name(&self, code: &UnitCode) -> String {
        self.unit(code).map_or_else(|| code.to_string(), |unit| unit.name().to_owned())
    }

    /// The area of a unit.
    pub fn area(unit: &Unit) -> Area {
        Area::Unit(unit.code.clone())
    }

    /// The released figure at a place.
    pub fn figure(&self, area: &Area, period: Period, measure: &Measure) -> &'a Figure {
        self.release.figure(area, period, &measure.code)
    }

    /// The page and row that tell what a figure is made of, from the root of the site; `None` in the
    /// public edition, and for what is not applicable.
    pub fn lineage(&self, area: &Area, period: Period, measure: &Measure) -> Option<String> {
        let trail = self.trail.as_ref()?;
        // A classification has no figure of an area: its units are counted class by class.
        let counts = |class: &&Measure| class.counts.as_ref() == Some(&measure.code);
        let of = match area {
            Area::Unit(_) => measure,
            Area::Province(_) | Area::Group(_) => self.measures.iter().find(counts).unwrap_or(measure),
        };
        if self.figure(area, period, of).status == ObsStatus::M {
            return None;
        }
        trail.row(area, period, measure.counts.as_ref().unwrap_or(&measure.code))
    }

    /// The units that a measure is due from in a period, one by one, where it has no figure of the whole.
    pub fn lineage_of_units(&self, period: Period, measure: &Measure) -> Option<String> {
        self.trail.as_ref()?.units(period, measure.counts.as_ref().unwrap_or(&measure.code))
    }

    /// The released comparison with the same period of last year.
    pub fn yearly(&self, area: &Area, period: Period, measure: &Measure) -> Option<&'a Comparison> {
        self.release.comparison(area, period, &measure.code, Versus::SamePeriodLastYear)
    }

    /// The change against the same period of last year, in words.
    pub fn change(&self, area: &Area, period: Period, measure: &Measure) -> words::ChangeTold {
        words::change(measure, self.figure(area, period, measure), self.yearly(area, period, measure))
    }

    /// The target for a place: the period's own, else that of the year it ends in.
    pub fn target(&self, area: &Area, period: Period, measure: &Measure) -> Option<Goal<'a>> {
        let year = Period::year(period.last_year());
        [period, year].into_iter().find_map(|at| {
            let target = self.targets.get(&(area, &measure.code, at)).copied()?;
            let whole_year = at == period || period.ends_with(year) || period.kind() == PeriodKind::Span;
            Some(Goal { target, settled: whole_year })
        })
    }

    /// What a plan sets for a period: its own targets for it, else those for the year it ends in.
    pub fn goals_of(&self, plan: &PlanId, period: Period) -> Vec<(&'a Area, &Measure, Goal<'a>)> {
        let year = Period::year(period.last_year());
        let set = self.definitions().targets.iter().filter(|target| target.plan.as_ref() == Some(plan));
        let mut goals = BTreeMap::new();
        for target in set.filter(|target| target.period == period || target.period == year) {
            let Some(at) = self.measures.iter().position(|measure| measure.code == target.measure) else { continue };
            let settled = target.period == period || period.ends_with(year);
            let place = goals.entry((at, &target.area)).or_insert(Goal { target, settled });
            if target.period == period {
                *place = Goal { target, settled };
            }
        }
        goals.into_iter().map(|((at, area), goal)| (area, &self.measures[at], goal)).collect()
    }

    /// The units a measure is due from in a period, and those of them that are whole.
    pub fn coverage(&self, period: Period, measure: &Measure) -> (u32, u32) {
        let mut counts = (0, 0);
        for unit in &self.units {
            let figure = self.figure(&Self::area(unit), period, measure);
            if figure.due > 0 {
                counts.1 += 1;
                counts.0 += u32::from(figure.reported >= figure.due);
            }
        }
        counts
    }

    /// The same in words.
    pub fn coverage_told(&self, period: Period, measure: &Measure) -> String {
        let (reported, due) = self.coverage(period, measure);
        self.covered(period, reported, due)
    }

    /// How many units are in a figure of a period, in words.
    pub fn covered(&self, period: Period, reported: u32, due: u32) -> String {
        words::covered(reported, due, self.enough(), self.release.period_state(period) == PeriodState::Final)
    }

    /// The coverage, in per cent, from which an aggregate of this edition is shown.
    pub fn enough(&self) -> i64 {
        let policy = &self.definitions().policy;
        if self.is_public() { policy.public_coverage } else { policy.headline_coverage }
    }

    /// The expected returns that a period is made of.
    pub fn returns(&self, period: Period) -> impl Iterator<Item = &'a ReturnStatus> {
        self.release.reporting().iter().filter(move |status| period.contains(status.period))
    }

    /// The units that owe returns for a period, with all of theirs.
    pub fn owed(&self, period: Period) -> BTreeMap<&'a UnitCode, Vec<&'a ReturnStatus>> {
        let mut owed: BTreeMap<&UnitCode, Vec<&ReturnStatus>> = BTreeMap::new();
        for status in self.returns(period) {
            owed.entry(&status.unit).or_default().push(status);
        }
        owed
    }

    /// Units whose returns for a period are all in, and units that owe any.
    pub fn returns_coverage(&self, period: Period) -> (u32, u32) {
        let owed = self.owed(period);
        let whole = owed.values().filter(|all| all.iter().all(|status| is_in(status))).count();
        (whole as u32, owed.len() as u32)
    }

    /// Names of the units that miss a return for a period, in reading order.
    pub fn missing(&self, period: Period) -> Vec<String> {
        let lacking: BTreeSet<&UnitCode> =
            self.returns(period).filter(|status| !is_in(status)).map(|status| &status.unit).collect();
        self.units.iter().filter(|unit| lacking.contains(&unit.code)).map(|unit| unit.name().to_owned()).collect()
    }

    /// How settled a period is: ước while a return that counts is an estimate, else sơ bộ or chính thức.
    pub fn period_status(&self, period: Period) -> &'static str {
        if self.returns(period).any(|status| status.estimate) {
            words::status(ObsStatus::E)
        } else {
            self.release.period_state(period).title()
        }
    }

    /// Units of each released status that a chart or list leaves out, in a sentence: who is missing and why.
    pub fn left_out(&self, period: Period, measure: &Measure) -> String {
        let mut groups: [(ObsStatus, &str, Vec<String>); 3] = [
            (ObsStatus::O, "chưa báo cáo", Vec::new()),
            (ObsStatus::Q, "không công bố", Vec::new()),
            (ObsStatus::M, "không áp dụng", Vec::new()),
        ];
        for unit in &self.units {
            let status = self.figure(&Self::area(unit), period, measure).status;
            if let Some((_, _, names)) = groups.iter_mut().find(|(of, ..)| *of == status) {
                names.push(bare(unit.name()).to_owned());
            }
        }
        let told: Vec<String> = groups
            .into_iter()
            .filter(|(_, _, names)| !names.is_empty())
            .map(|(_, why, names)| match names.len() {
                few if few <= 6 => format!("{few} đơn vị {why} ({})", names.join(", ")),
                many => format!("{many} đơn vị {why}"),
            })
            .collect();
        if told.is_empty() { String::new() } else { format!("Không có trong hình: {}.", told.join("; ")) }
    }
}

/// Review periods that have begun to close: those that end by the period in review.
fn ended(release: &Release) -> impl DoubleEndedIterator<Item = Period> + '_ {
    let current = release.current();
    let ended = move |period: &Period| *period <= current || period.ends_with(current);
    release.cube().axes().periods().iter().copied().filter(ended)
}

/// Whether a return came and can be used.
pub fn is_in(status: &ReturnStatus) -> bool {
    matches!(status.state, ReturnState::OnTime | ReturnState::Late(_))
}

/// A unit's name without its type: `Minh Sơn`.
pub fn bare(name: &str) -> &str {
    ["Xã ", "Phường ", "Đặc khu "].iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name)
}

/// A target as it applies to a figure.
#[derive(Clone, Copy, Debug)]
pub struct Goal<'a> {
    target: &'a Target,
    /// Whether the period is whole, so that falling short means not reached (a quarter is not judged by the year's plan).
    pub settled: bool,
}

impl Goal<'_> {
    /// The target alone: `80`, `trên 80`, in the unit of the measure's tables.
    pub fn number(&self, measure: &Measure) -> String {
        let tenths = self.target.tenths;
        let text = if measure.is_money() {
            fixed(rounded(tenths, 10_000_000, 1, 1).expect("not zero"), 1)
        } else if let (true, Some(value)) = (measure.is_class(), (tenths % 10 == 0).then_some(tenths / 10)) {
            words::quantity(measure, Quantity::Whole(value))
        } else {
            fixed(tenths, 1)
        };
        let text = text.strip_suffix(",0").unwrap_or(&text);
        [self.target.comparison.word(), text].join(" ").trim().to_owned()
    }

    /// The target as a sentence says it: `80%`, `trên 80%`, `400 người`.
    pub fn said(&self, measure: &Measure) -> String {
        let number = self.number(measure);
        match measure.is_ratio() {
            true => format!("{number}%"),
            false if measure.is_class() => number,
            false => format!("{number} {}", measure.table_unit()),
        }
    }

    /// Whether a value reaches it.
    pub fn met(&self, value: Quantity) -> Option<bool> {
        match value {
            Quantity::Ratio { denominator: 0, .. } => None,
            Quantity::Ratio { numerator, denominator } => {
                Some(self.target.comparison.met(numerator, denominator, 100, self.target.tenths))
            }
            Quantity::Whole(value) => Some(self.target.comparison.met(value, 1, 1, self.target.tenths)),
        }
    }

    /// The value in per cent of the target, times ten; nothing for targets that are not to be reached from below.
    pub fn share(&self, value: Quantity, measure: &Measure) -> Option<i64> {
        if measure.direction == Direction::Down || measure.is_class() || !self.is_from_below() {
            return None;
        }
        match value {
            Quantity::Ratio { numerator, denominator } => {
                rounded(numerator.checked_mul(1000)?, denominator.checked_mul(self.target.tenths)?, 100, 1)
            }
            Quantity::Whole(value) => rounded(value.checked_mul(10)?, self.target.tenths, 100, 1),
        }
    }

    /// The target in tenths.
    pub fn tenths(&self) -> i64 {
        self.target.tenths
    }

    /// Where the target lies on the axis of the measure; nothing for a class.
    pub fn position(&self, measure: &Measure) -> Option<f64> {
        let scale = if measure.is_money() { 1e7 } else { 10.0 };
        (!measure.is_class()).then_some(self.target.tenths as f64 / scale)
    }

    /// Whether it is to be reached from below: at least, or more than.
    pub fn is_from_below(&self) -> bool {
        use crate::definitions::target::Comparison;
        matches!(self.target.comparison, Comparison::AtLeast | Comparison::MoreThan)
    }
}
