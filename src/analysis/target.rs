//! Targets: a figure against its target in the year the target is for, as far as that year has gone.
//!
//! A year that has ended is judged: met or not. In a year still running, what adds up is held against
//! the part of the target that the quarters so far are of the year; what stands at a day (a stock, a
//! ratio) against the target itself. All comparisons are exact ([`Comparison::met`]).

use std::collections::BTreeMap;

use crate::definitions::target::Comparison;
use crate::definitions::{Definitions, Target};
use crate::release::{Figure, MeasureInfo, MeasureKind, Quantity, Release};
use crate::vocabulary::{Area, MeasureCode, ObsStatus, Period};

/// Every target by what it is about; of several plans the first by id, and `targets.csv` before them.
#[derive(Clone, Debug, Default)]
pub struct Targets<'a> {
    all: BTreeMap<(&'a MeasureCode, &'a Area), BTreeMap<Period, &'a Target>>,
}

impl<'a> Targets<'a> {
    /// Those of the definitions.
    pub fn of(definitions: &'a Definitions) -> Self {
        let mut all: BTreeMap<_, BTreeMap<Period, &Target>> = BTreeMap::new();
        for target in &definitions.targets {
            all.entry((&target.measure, &target.area)).or_default().entry(target.period).or_insert(target);
        }
        Self { all }
    }

    /// The targets of a measure for an area, by period.
    pub fn at(&self, measure: &MeasureCode, area: &Area) -> Vec<(Period, &'a Target)> {
        let all = self.all.get(&(measure, area)).into_iter().flatten();
        all.map(|(period, target)| (*period, *target)).collect()
    }

    /// The target for exactly this period.
    pub fn get(&self, measure: &MeasureCode, area: &Area, period: Period) -> Option<&'a Target> {
        self.all.get(&(measure, area))?.get(&period).copied()
    }

    /// Whether a measure has a target for any area.
    pub fn has(&self, measure: &MeasureCode) -> bool {
        self.all.keys().any(|(of, _)| *of == measure)
    }
}

/// Where a figure stands to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Đạt: the period has ended with the target reached; or what adds up has reached it already.
    Met,
    /// Chưa đạt: the period has ended without; or what must stay below has gone beyond already.
    Missed,
    /// Đúng tiến độ.
    OnTheWay,
    /// Chậm tiến độ.
    Behind,
    /// The period has not begun, or none of its returns is due yet.
    NotDue,
    /// There is no figure to judge: missing, not applicable, suppressed.
    Unknown(ObsStatus),
}

impl State {
    /// The words people read.
    pub fn title(self) -> &'static str {
        match self {
            State::Met => "đạt",
            State::Missed => "chưa đạt",
            State::OnTheWay => "đúng tiến độ",
            State::Behind => "chậm tiến độ",
            State::NotDue => "chưa đến kỳ",
            State::Unknown(ObsStatus::O) => "chưa báo cáo",
            State::Unknown(ObsStatus::Q) => "không công bố",
            State::Unknown(_) => "không áp dụng",
        }
    }

    /// Whether a meeting should ask why: not reached, or behind.
    pub fn is_short(self) -> bool {
        matches!(self, State::Missed | State::Behind)
    }
}

/// A target with the figure it is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The period of the figure: that of the target, or the part of it that has gone.
    pub period: Period,
    /// The released figure.
    pub figure: Figure,
    /// The judgement.
    pub state: State,
}

/// Judges an area by a target.
pub fn judge(release: &Release, target: &Target, measure: &MeasureInfo) -> Judged {
    let current = release.current();
    let at = |period: Period| *release.figure(&target.area, period, &target.measure);
    let ended = |period: Period| period <= current || period.ends_with(current);
    let whole = target.period;
    if ended(whole) {
        let figure = at(whole);
        let state =
            figure.value.map_or(State::Unknown(figure.status), |value| state(target, measure.kind, value, whole));
        return Judged { period: whole, figure, state };
    }
    let begun = release.cube().axes().periods().iter().copied().filter(|part| part.starts_with(whole) && ended(*part));
    let begun: Vec<Period> = begun.collect();
    let with_figure = begun.iter().rev().find(|part| at(**part).value.is_some());
    let Some(period) = with_figure.or(begun.last()).copied() else {
        return Judged { period: whole, figure: at(whole), state: State::NotDue };
    };
    let figure = at(period);
    let state = figure.value.map_or(State::Unknown(figure.status), |value| state(target, measure.kind, value, period));
    Judged { period, figure, state }
}

/// Where the value of a period stands to a target for that period or for the longer one it begins.
pub fn state(target: &Target, kind: MeasureKind, value: Quantity, period: Period) -> State {
    let Some(reached) = met(target, value) else { return State::Unknown(ObsStatus::M) };
    let whole = target.period;
    match (period == whole || period.ends_with(whole), kind, reached) {
        (true, _, true) => State::Met,
        (true, _, false) => State::Missed,
        (false, MeasureKind::Flow, _) => so_far(target, value, (period, whole)),
        (false, _, true) => State::OnTheWay,
        (false, _, false) => State::Behind,
    }
}

/// Whether a value reaches a target; nothing for a ratio of nobody.
pub fn met(target: &Target, value: Quantity) -> Option<bool> {
    match value {
        Quantity::Ratio { denominator: 0, .. } => None,
        Quantity::Ratio { numerator, denominator } => {
            Some(target.comparison.met(numerator, denominator, 100, target.tenths))
        }
        Quantity::Whole(value) => Some(target.comparison.met(value, 1, 1, target.tenths)),
    }
}

/// What adds up, after a part of the period: held against the same part of the target.
fn so_far(target: &Target, value: Quantity, (part, whole): (Period, Period)) -> State {
    let Quantity::Whole(value) = value else { return State::Unknown(ObsStatus::M) };
    let (gone, all) = (part.quarters().count() as i64, whole.quarters().count() as i64);
    // value ≥ target × gone ÷ all, without dividing.
    let keeps_up = target.comparison.met(value, gone, all, target.tenths);
    let reached = target.comparison.met(value, 1, 1, target.tenths);
    match target.comparison {
        Comparison::AtLeast | Comparison::MoreThan if reached => State::Met,
        Comparison::AtMost | Comparison::LessThan if !reached => State::Missed,
        _ if keeps_up => State::OnTheWay,
        _ => State::Behind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample::{areas, release_on, target};

    /// Unit 00001 reports by quarter, 4 arrivals each; 00002 by half, 30 each.
    fn states(as_of: &str, year: i32, measure: &str, comparison: Comparison, tenths: i64) -> [&'static str; 3] {
        let release = release_on(as_of);
        let info = release.measures().iter().find(|info| info.code.as_str() == measure).unwrap();
        areas().map(|area| {
            let target = target(measure, area, year, comparison, tenths);
            judge(&release, &target, info).state.title()
        })
    }

    #[test]
    fn a_year_that_has_ended_is_met_or_not_exactly() {
        let told = |tenths| states("2028-02-01", 2026, "a.vao", Comparison::AtLeast, tenths);
        assert_eq!(told(160), ["đạt", "đạt", "đạt"]);
        assert_eq!(told(161), ["chưa đạt", "đạt", "đạt"]);
        assert_eq!(states("2028-02-01", 2026, "a.vao", Comparison::MoreThan, 160)[0], "chưa đạt");
    }

    #[test]
    fn a_year_still_running_is_held_against_its_part_of_the_target() {
        // After the first quarter of 2027 the quarterly reporter has 4, the half-yearly one nothing yet.
        let told = |tenths| states("2027-04-20", 2027, "a.vao", Comparison::AtLeast, tenths);
        assert_eq!(told(160), ["đúng tiến độ", "không áp dụng", "đúng tiến độ"]);
        assert_eq!(told(161), ["chậm tiến độ", "không áp dụng", "chậm tiến độ"]);
        assert_eq!(told(40)[0], "đạt", "what has come is not undone");
        assert_eq!(states("2027-04-20", 2027, "a.vao", Comparison::AtMost, 30)[0], "chưa đạt");
        assert_eq!(states("2027-04-20", 2027, "a.cuoi", Comparison::AtLeast, 10_000)[0], "chậm tiến độ");
    }

    #[test]
    fn a_year_to_come_is_not_due() {
        assert_eq!(states("2026-07-20", 2027, "a.vao", Comparison::AtLeast, 10)[0], "chưa đến kỳ");
    }
}
