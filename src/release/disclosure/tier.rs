//! Tiers: levels of figures that are printed whole or not at all.

use crate::definitions::form::Privacy;
use crate::vocabulary::{Area, Period, PeriodKind};

/// Whose figures, for how long. In order from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The province, spans of years.
    ProvinceSpan,
    /// The province, years.
    ProvinceYear,
    /// The province, halves.
    ProvinceHalf,
    /// The province, quarters and nine months (which give the fourth quarter away).
    ProvinceQuarter,
    /// Single units, spans of years.
    UnitSpan,
    /// Single units, years.
    UnitYear,
}

impl Tier {
    /// All tiers, coarse to fine.
    pub const ALL: [Tier; 6] = [
        Tier::ProvinceSpan,
        Tier::ProvinceYear,
        Tier::ProvinceHalf,
        Tier::ProvinceQuarter,
        Tier::UnitSpan,
        Tier::UnitYear,
    ];

    /// The tier of a figure about persons; `None` where such figures are never printed:
    /// single units below a year, and groups (a group less a group can be one unit).
    pub fn of(area: &Area, period: Period) -> Option<Tier> {
        match (area, period.kind()) {
            (Area::Province(_), PeriodKind::Span) => Some(Tier::ProvinceSpan),
            (Area::Province(_), PeriodKind::Year) => Some(Tier::ProvinceYear),
            (Area::Province(_), PeriodKind::Half) => Some(Tier::ProvinceHalf),
            (Area::Province(_), PeriodKind::Quarter | PeriodKind::NineMonths) => Some(Tier::ProvinceQuarter),
            (Area::Unit(_), PeriodKind::Span) => Some(Tier::UnitSpan),
            (Area::Unit(_), PeriodKind::Year) => Some(Tier::UnitYear),
            (Area::Unit(_) | Area::Group(_), _) => None,
        }
    }

    /// Whether a measure of this privacy class could ever be printed at the tier.
    pub fn allows(self, privacy: Privacy) -> bool {
        match self {
            Tier::UnitSpan | Tier::UnitYear => privacy < Privacy::P3,
            _ => true,
        }
    }

    /// The finer tiers of the same areas that add up to this one.
    pub fn finer(self) -> &'static [Tier] {
        match self {
            Tier::ProvinceSpan => &[Tier::ProvinceYear, Tier::ProvinceHalf, Tier::ProvinceQuarter],
            Tier::ProvinceYear => &[Tier::ProvinceHalf, Tier::ProvinceQuarter],
            Tier::ProvinceHalf => &[Tier::ProvinceQuarter],
            Tier::UnitSpan => &[Tier::UnitYear],
            Tier::ProvinceQuarter | Tier::UnitYear => &[],
        }
    }

    /// The kind of period its figures are for, where a coarser figure is compared with the sum of its parts.
    pub fn kind(self) -> PeriodKind {
        match self {
            Tier::ProvinceSpan | Tier::UnitSpan => PeriodKind::Span,
            Tier::ProvinceYear | Tier::UnitYear => PeriodKind::Year,
            Tier::ProvinceHalf => PeriodKind::Half,
            Tier::ProvinceQuarter => PeriodKind::Quarter,
        }
    }

    /// Whether its figures are those of single units.
    pub fn is_unit(self) -> bool {
        matches!(self, Tier::UnitSpan | Tier::UnitYear)
    }
}
