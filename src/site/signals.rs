//! The signals of the period in review, worked out once for all pages, and how they are said.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::analysis::Silence;
use crate::analysis::change::{self, Verdict};
use crate::analysis::funnel::{Funnel, exposure, funnel};
use crate::analysis::panel::Panel;
use crate::analysis::peers::{Peers, groups};
use crate::analysis::trend::Trend;
use crate::definitions::ComparisonRules;
use crate::definitions::form::Direction;
use crate::release::{Comparison, MeasureInfo, Release};
use crate::site::catalogue::Measure;
use crate::site::words;
use crate::statistics::funnel::Stance;
use crate::vocabulary::number::{estimate, money};
use crate::vocabulary::{Area, MeasureCode, PeriodKind};

/// Units side by side in every measure that they are compared in.
pub type Funnels<'a> = BTreeMap<&'a MeasureCode, Result<Funnel, Silence>>;

/// What can be told of a release.
pub struct Signals<'a> {
    rules: &'a ComparisonRules,
    infos: BTreeMap<&'a MeasureCode, &'a MeasureInfo>,
    /// All units of the province.
    pub province: Funnels<'a>,
    /// Each group of peers, with its own comparison.
    pub groups: Vec<(Peers, Funnels<'a>)>,
}

impl<'a> Signals<'a> {
    /// The signals of a release; `units` in the order of their names.
    pub fn new(release: &'a Release, units: &[Area], province: &Area) -> Self {
        let rules = &release.definitions().site.comparison;
        let period = release.current();
        let among = |units: &[Area], whole: Option<&Area>| -> Funnels<'a> {
            let compared = release.measures().par_iter().filter(|info| exposure(info, rules).is_ok());
            compared.map(|info| (&info.code, funnel(release, info, period, units, whole))).collect()
        };
        let in_order = |peers: Peers| {
            let members = units.iter().filter(|unit| peers.members.contains(unit)).cloned().collect();
            Peers { members, ..peers }
        };
        let groups = groups(release, period).into_iter().map(in_order);
        Self {
            rules,
            infos: release.measures().iter().map(|info| (&info.code, info)).collect(),
            province: among(units, Some(province)),
            groups: groups
                .map(|peers| (among(&peers.members, peers.whole.as_ref()), peers))
                .map(|(f, p)| (p, f))
                .collect(),
        }
    }

    /// The measure as the release lists it.
    pub fn info(&self, measure: &Measure) -> &'a MeasureInfo {
        self.infos.get(&measure.code).expect("pages name measures of the release")
    }

    /// How all units stand in a measure.
    pub fn funnel(&self, measure: &Measure) -> Result<&Funnel, Silence> {
        self.province.get(&measure.code).map_or(Err(Silence::Untested), |found| found.as_ref().map_err(|why| *why))
    }

    /// How a unit stands among all units.
    pub fn stance(&self, measure: &Measure, area: &Area) -> Result<Stance, Silence> {
        self.funnel(measure)?.stance(area).unwrap_or(Err(Silence::NotDue))
    }

    /// What a released comparison tells; `None` where there is none, or chance cannot be told.
    pub fn verdict(&self, measure: &Measure, comparison: Option<&Comparison>) -> Option<Verdict> {
        let change = comparison?.change.as_ref().ok()?;
        change::judge(self.info(measure), change, self.rules).ok()
    }
}

/// The group that a stance belongs to in a list, where only the outer limits count.
pub fn listed(stance: Stance) -> Stance {
    match stance {
        Stance::High | Stance::Low => stance,
        Stance::PerhapsHigh | Stance::Alike | Stance::PerhapsLow => Stance::Alike,
    }
}

/// The words of a list.
pub fn short(stance: Result<Stance, Silence>) -> &'static str {
    match stance.map(listed) {
        Ok(Stance::High) => "Cao hơn rõ",
        Ok(Stance::Low) => "Thấp hơn rõ",
        Ok(_) => "Chưa thấy khác",
        Err(why) => why.short(),
    }
}

/// The words of the unit's own page, where the inner limits are told too.
pub fn own(stance: Result<Stance, Silence>) -> &'static str {
    match stance {
        Ok(Stance::PerhapsHigh) => "Theo dõi: có thể cao hơn",
        Ok(Stance::PerhapsLow) => "Theo dõi: có thể thấp hơn",
        other => short(other),
    }
}

/// Whether a way is the worse one for a measure; `None` where neither is.
pub fn is_worse(direction: Direction, way: Ordering) -> Option<bool> {
    match direction {
        Direction::Up => Some(way == Ordering::Less),
        Direction::Down => Some(way == Ordering::Greater),
        Direction::None => None,
    }
}

/// A trend with its size and its periods: `Xu hướng tăng, mỗi năm khoảng 3,2 người (18 quý, quý I/2026 đến quý IV/2030)`.
pub fn trend(measure: &Measure, trend: &Result<Trend, Silence>, rules: &ComparisonRules) -> String {
    let trend = match trend {
        Ok(trend) => trend,
        Err(why) => return why.told(rules),
    };
    let kind = match trend.kind {
        PeriodKind::Quarter => "quý",
        PeriodKind::Half => "kỳ 6 tháng",
        _ => "năm",
    };
    let size = match (trend.way, trend.steady) {
        // A slope that would be written as nothing is not written.
        (Some(_), false) if trend.slope.abs() >= 0.05 => {
            format!(", mỗi năm khoảng {}", slope(measure, trend.slope.abs()))
        }
        _ => String::new(),
    };
    let (first, last) = trend.span;
    let of = trend.panel.map_or(String::new(), |panel| format!("; {}", members(panel)));
    format!("{}{size} ({} {kind}, từ {} đến {}{of})", trend.text(), trend.points, first.title(), last.title())
}

/// The units of a panel: `65 trong 105 đơn vị, đủ báo cáo mọi kỳ`.
pub fn members(panel: Panel) -> String {
    format!("{} trong {} đơn vị, đủ báo cáo mọi kỳ", panel.units, panel.due)
}

fn slope(measure: &Measure, slope: f64) -> String {
    if measure.is_ratio() {
        format!("{} điểm phần trăm", estimate(slope, 1))
    } else if measure.is_money() {
        money(slope.round() as i64)
    } else {
        format!("{} {}", estimate(slope, 1), words::inside(&measure.unit))
    }
}
