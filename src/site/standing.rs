//! A standing: where a figure is against its plan, in words.

use crate::analysis::target::State;
use crate::release::{Figure, Quantity};
use crate::site::book::{Book, Goal};
use crate::site::catalogue::Measure;
use crate::site::words;
use crate::vocabulary::number::{fixed, rounded, whole};
use crate::vocabulary::{Area, Period};

/// A figure with its plan.
#[derive(Clone, Debug)]
pub struct Standing<'b> {
    /// What is measured.
    pub measure: &'b Measure,
    /// The released figure.
    pub figure: &'b Figure,
    /// Its plan, when there is one.
    pub goal: Option<Goal<'b>>,
    /// Where the figure stands to it; nothing without plan or figure.
    pub state: Option<State>,
    /// Whether the plan is reached; nothing while the year is still running, or where there is no figure.
    pub met: Option<bool>,
    /// Per cent of the plan, times ten.
    pub share: Option<i64>,
}

impl<'b> Standing<'b> {
    /// The standing of a measure at a place.
    pub fn of(book: &'b Book<'_>, area: &Area, period: Period, measure: &'b Measure) -> Self {
        Self::against(book, area, period, measure, book.target(area, period, measure))
    }

    /// The standing of a measure at a place against a given plan.
    pub fn against(
        book: &'b Book<'_>,
        area: &Area,
        period: Period,
        measure: &'b Measure,
        goal: Option<Goal<'b>>,
    ) -> Self {
        let figure = book.figure(area, period, measure);
        let state = goal.zip(figure.value).map(|(goal, value)| goal.state(measure, value, period));
        let met = state.and_then(|state| match state {
            State::Met => Some(true),
            State::Missed => Some(false),
            _ => None,
        });
        let share = goal.zip(figure.value).and_then(|(goal, value)| goal.share(value, measure));
        Self { measure, figure, goal, state, met, share }
    }

    /// The plan alone, for a table: `80`, `trên 80`; `x` where there is none.
    pub fn plan(&self) -> String {
        self.goal.map_or_else(|| "x".into(), |goal| goal.number(self.measure))
    }

    /// Per cent of the plan, for a table; a fraction of a small plan; the verdict where neither says
    /// anything; a sign otherwise.
    pub fn percent(&self) -> String {
        match (self.share, self.goal, self.figure.value) {
            (_, Some(goal), Some(value)) if self.share.is_some() && goal.is_small(value) => match value {
                Quantity::Whole(value) => format!("{}/{}", whole(value), goal.number(self.measure)),
                Quantity::Ratio { .. } => self.verdict().into(),
            },
            (Some(share), ..) => fixed(share, 1),
            (None, None, _) => "x".into(),
            (None, Some(_), None) => self.figure.status.sign().unwrap_or("x").into(),
            (None, Some(_), Some(_)) => self.verdict().into(),
        }
    }

    /// The same beside a bar, with its sign: `84,5%`, `7/12`; empty where there is none.
    pub fn share_told(&self) -> String {
        match (self.share, self.goal.zip(self.figure.value)) {
            (None, _) => String::new(),
            (Some(_), Some((goal, value))) if goal.is_small(value) => match value {
                Quantity::Whole(_) => self.percent(),
                Quantity::Ratio { .. } => words::quantity(self.measure, value),
            },
            (Some(share), _) => format!("{}%", fixed(share, 1)),
        }
    }

    /// `đạt`, `chưa đạt`, or how the year that is still running goes.
    pub fn verdict(&self) -> &'static str {
        self.state.map_or("đang thực hiện", State::title)
    }

    /// The figure with its plan, to name it in a list: `dạy nghề đạt 186/220 người`, `có việc làm 76,3% (kế hoạch 75%)`.
    pub fn told(&self) -> String {
        let figure = words::told(self.measure, self.figure);
        match self.goal {
            Some(goal) => {
                format!("{} {figure} (kế hoạch {})", words::inside(&self.measure.short), goal.said(self.measure))
            }
            None => format!("{} {figure}", words::inside(&self.measure.short)),
        }
    }

    /// What is still lacking: `còn thiếu 34 người`, `còn thiếu 3,7 điểm phần trăm`; empty when nothing is.
    pub fn lack(&self) -> String {
        let (Some(goal), Some(value), Some(false)) = (self.goal, self.figure.value, self.met) else {
            return String::new();
        };
        match value {
            Quantity::Ratio { numerator, denominator } => {
                let gap = goal.tenths().saturating_mul(denominator).saturating_sub(numerator.saturating_mul(1000));
                match rounded(gap, denominator, 1, 0) {
                    Some(points) if points > 0 => format!("còn thiếu {} điểm phần trăm", fixed(points, 1)),
                    Some(points) if points < 0 => format!("vượt mức {} điểm phần trăm", fixed(-points, 1)),
                    _ => "sát mức kế hoạch".into(),
                }
            }
            Quantity::Whole(_) if self.measure.is_class() => String::new(),
            Quantity::Whole(value) => {
                let gap = (goal.tenths() - value * 10 + 9).div_euclid(10);
                match gap {
                    1.. => format!("còn thiếu {}", words::said(self.measure, Quantity::Whole(gap))),
                    _ => format!("vượt mức {} {}", whole(-gap), self.measure.unit),
                }
            }
        }
    }
}

/// The standings that are judged: those with a verdict, split into reached and not reached.
pub fn judged<'s, 'b>(standings: &'s [Standing<'b>]) -> (Vec<&'s Standing<'b>>, Vec<&'s Standing<'b>>) {
    let judged = standings.iter().filter(|standing| standing.met.is_some());
    judged.partition(|standing| standing.met == Some(true))
}
