//! The book: a release arranged for the pages that look things up in it. It adds no figure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::analysis::Silence;
use crate::analysis::change::Verdict;
use crate::analysis::funnel::{Funnel, funnel};
use crate::analysis::target::{State, Targets, met, state};
use crate::analysis::trend::{self, Trend};
use crate::analysis::weight::coverage;
use crate::definitions::form::Direction;
use crate::definitions::{Boundaries, ComparisonRules, Definitions, Target, Unit};
use crate::release::{
    Comparison, Figure, MeasureKind, PeriodState, Quantity, Release, ReturnState, ReturnStatus, Versus,
};
use crate::site::catalogue::{Measure, measures};
use crate::site::page::Download;
use crate::site::signals::Signals;
use crate::site::trail::Trail;
use crate::site::words;
use crate::vocabulary::number::{fixed, percent, rounded};
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
    /// The targets by what they are about.
    pub targets: Targets<'a>,
    /// When the land of units changed.
    pub boundaries: Boundaries,
    /// What differs, changes or rises beyond chance.
    pub signals: Signals<'a>,
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
        let on_axis = |measure: &Measure| axes.measure_position(&measure.code).is_some();
        let trail = Trail::of(release, &units, ended(release));
        let areas: Vec<Area> = units.iter().map(|unit| Self::area(unit)).collect();
        let province = Area::Province(definitions.site.province.clone());
        Self {
            release,
            trail,
            signals: Signals::new(release, &areas, &province),
            measures: measures(release).into_iter().filter(on_axis).collect(),
            units,
            province,
            downloads,
            targets: Targets::of(definitions),
            boundaries: Boundaries::of(&definitions.units),
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

    /// The name of an area, for people.
    pub fn area_name(&self, area: &Area) -> String {
        match area {
            Area::Province(_) => "Toàn tỉnh".to_owned(),
            Area::Group(id) => self.definitions().site.groups.get(id).cloned().unwrap_or_else(|| id.to_string()),
            Area::Unit(code) => self.unit_name(code),
        }
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

    /// What the change against the same period of last year tells.
    pub fn verdict(&self, area: &Area, period: Period, measure: &Measure) -> Option<Verdict> {
        self.signals.verdict(measure, self.yearly(area, period, measure))
    }

    /// The trend of a measure in an area.
    pub fn trend(&self, area: &Area, measure: &Measure) -> Result<Trend, Silence> {
        trend::trend(self.release, self.signals.info(measure), area)
    }

    /// How all units stand in a measure: worked out before for the period in review, now for an earlier one.
    ///
    /// # Errors
    /// Why there is no comparison.
    pub fn funnel(&self, period: Period, measure: &Measure) -> Result<Funnel, Silence> {
        if period == self.current() {
            return self.signals.funnel(measure).cloned();
        }
        let areas: Vec<Area> = self.units.iter().map(|unit| Self::area(unit)).collect();
        funnel(self.release, self.signals.info(measure), period, &areas, Some(&self.province))
    }

    /// How much there must be before a difference is told.
    pub fn rules(&self) -> &'a ComparisonRules {
        &self.definitions().site.comparison
    }

    /// The target for a place: the period's own, else that of the year it ends in. What adds up over a
    /// year is held against the year's target only from the year's beginning.
    pub fn target(&self, area: &Area, period: Period, measure: &Measure) -> Option<Goal<'a>> {
        let own = self.targets.get(&measure.code, area, period);
        let year = Period::year(period.last_year());
        own.or_else(|| self.targets.get(&measure.code, area, year).filter(|_| counts_towards(measure, period, year)))
            .map(|target| Goal { target })
    }

    /// What a plan sets for a period: its own targets for it, else those for the year it ends in.
    pub fn goals_of(&self, plan: &PlanId, period: Period) -> Vec<(&'a Area, &Measure, Goal<'a>)> {
        let year = Period::year(period.last_year());
        let set = self.definitions().targets.iter().filter(|target| target.plan.as_ref() == Some(plan));
        let mut goals = BTreeMap::new();
        for target in set.filter(|target| target.period == period || target.period == year) {
            let Some(at) = self.measures.iter().position(|measure| measure.code == target.measure) else { continue };
            if target.period != period && !counts_towards(&self.measures[at], period, year) {
                continue;
            }
            let place = goals.entry((at, &target.area)).or_insert(Goal { target });
            if target.period == period {
                *place = Goal { target };
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

    /// The same in words.
    pub fn weighted_told(&self, period: Period, measure: &Measure) -> Option<String> {
        let share = self.weighted(period, measure)?;
        Some(format!("Tính theo quy mô năm trước của các xã thì đã nhận {share}%"))
    }

    /// Coverage in per cent by last year's size, where it differs from the coverage by number by more than
    /// five percentage points.
    pub fn weighted(&self, period: Period, measure: &Measure) -> Option<String> {
        let (reported, due) = self.coverage(period, measure);
        if reported == due {
            return None;
        }
        let units = self.units.iter().map(|unit| &unit.code);
        let coverage = coverage(self.release, &self.boundaries, units, period, &measure.code)?;
        percent(coverage.weighted.0, coverage.weighted.1).filter(|_| coverage.is_apart())
    }

    /// The units that on the last day of a period were together the land a unit has now; `None` when
    /// no units were exactly that land.
    pub fn composed(&self, unit: &Unit, period: Period) -> Option<BTreeSet<UnitCode>> {
        let scheme = &self.definitions().scheme;
        let now = scheme.days(self.current()).1;
        self.boundaries.composed(&unit.code, scheme.days(period).1, now)
    }

    /// A figure of the land a unit has now: its own, or that of the units it was made of, added up.
    /// Nothing where no units were exactly that land, or the measure does not add up.
    pub fn rebased(&self, unit: &Unit, period: Period, measure: &Measure) -> Option<Figure> {
        let units = self.composed(unit, period)?;
        let figures: Vec<&Figure> =
            units.iter().map(|unit| self.figure(&Area::Unit(unit.clone()), period, measure)).collect();
        match figures[..] {
            [only] => Some(*only),
            _ if measure.is_class() => None,
            _ => Some(Figure::together(figures)),
        }
    }

    /// The days within some years on which the land of a unit changed.
    pub fn rearranged(&self, unit: &Unit, years: &[Period]) -> Vec<NaiveDate> {
        let scheme = &self.definitions().scheme;
        let within = |day: &NaiveDate| match (years.first(), years.last()) {
            (Some(first), Some(last)) => scheme.days(*first).0 < *day && *day <= scheme.days(*last).1,
            _ => false,
        };
        self.boundaries.touching(&unit.code).map(|one| one.day).filter(within).collect()
    }

    /// How many units are in a figure of a period, in words.
    pub fn covered(&self, period: Period, reported: u32, due: u32) -> String {
        words::covered(reported, due, self.enough(), self.release.period_state(period) == PeriodState::Final)
    }

    /// That the figure of the province is another than was published; nothing when it is not.
    pub fn revised(&self, period: Period, measure: &Measure) -> Option<String> {
        let last = self.release.register().last()?;
        self.release.revisions().at(&self.province, period, &measure.code)?;
        Some(words::revised_since(last.published))
    }

    /// How many returns wait for others before they change public figures; nothing when none does.
    pub fn waiting_told(&self) -> Option<String> {
        let batch = self.definitions().policy.late_batch;
        match self.release.waiting() {
            0 => None,
            waiting => Some(format!(
                "{} báo cáo bổ sung chờ đủ {batch} đơn vị để công bố.",
                words::capital(&words::numeral(waiting))
            )),
        }
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
}

/// Whether a figure of the period may be held against the target of the year.
fn counts_towards(measure: &Measure, period: Period, year: Period) -> bool {
    measure.kind() != MeasureKind::Flow || period.starts_with(year)
}

impl<'a> Goal<'a> {
    /// A target as a goal.
    pub fn of(target: &'a Target) -> Self {
        Self { target }
    }

    /// Where a value of a period stands to it.
    pub fn state(&self, measure: &Measure, value: Quantity, period: Period) -> State {
        state(self.target, measure.kind(), value, period)
    }

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
        met(self.target, value)
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

    /// Whether a percentage of it would only magnify a small number: a count below 20, or a ratio of fewer.
    pub fn is_small(&self, value: Quantity) -> bool {
        match value {
            Quantity::Whole(_) => self.target.tenths < 10 * words::SMALL,
            Quantity::Ratio { denominator, .. } => denominator < words::SMALL,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample::release_merged;

    #[test]
    fn a_merged_unit_has_the_sums_of_its_predecessors_before() {
        let release = release_merged();
        let book = Book::new(&release, &[]);
        let of = |unit: &str, period: &str, measure: &str| {
            let unit = book.unit(&unit.into()).unwrap();
            let figure = book.rebased(unit, period.parse().unwrap(), book.measure(&measure.into()).unwrap())?;
            Some((figure.status.code(), figure.value))
        };
        // A sent two quarters of 1, B one half of 20; their stocks at the end are 11 and 31.
        assert_eq!(of("C", "2026-H1", "a.vao"), Some(("A", Some(Quantity::Whole(22)))));
        assert_eq!(of("C", "2026-H1", "a.cuoi"), Some(("A", Some(Quantity::Whole(42)))));
        let ratio = Quantity::Ratio { numerator: 22, denominator: 62 };
        assert_eq!(of("C", "2026-H1", "a.tl_vao"), Some(("A", Some(ratio))));
        assert_eq!(of("C", "2026-Q1", "a.vao"), Some(("M", None)), "B told nothing of a quarter");
        assert_eq!(of("C", "2027", "a.vao"), Some(("A", Some(Quantity::Whole(1200)))), "its own");
        assert_eq!(of("A", "2026-H1", "a.vao"), None, "it is only a part of what it became");
        let years = [Period::year(2026), Period::year(2027)];
        let day = |unit: &str| book.rearranged(book.unit(&unit.into()).unwrap(), &years);
        assert_eq!((day("C"), day("D")), (vec!["2026-07-01".parse().unwrap()], vec![]));
    }

    #[test]
    fn a_sum_with_a_hidden_part_is_hidden() {
        let shown = Figure {
            value: Some(Quantity::Whole(5)),
            status: ObsStatus::A,
            reported: 1,
            due: 1,
            ..Figure::NOT_APPLICABLE
        };
        let hidden = Figure { value: None, status: ObsStatus::Q, reported: 1, due: 1, ..Figure::NOT_APPLICABLE };
        let missing = Figure { value: None, status: ObsStatus::O, reported: 0, due: 1, ..Figure::NOT_APPLICABLE };
        let told = |figures: &[&Figure]| {
            let sum = Figure::together(figures.iter().copied());
            (sum.status.code(), sum.value, sum.reported, sum.due)
        };
        assert_eq!(told(&[&shown, &shown]), ("A", Some(Quantity::Whole(10)), 2, 2));
        assert_eq!(told(&[&shown, &hidden]), ("Q", None, 2, 2));
        assert_eq!(told(&[&hidden, &missing, &shown]), ("Q", None, 2, 3));
        assert_eq!(told(&[&missing, &shown]), ("O", None, 1, 2));
    }
}
