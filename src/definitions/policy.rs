//! The release policy: what may be printed in the public edition, and from which coverage on.

use crate::vocabulary::MeasureCode;

/// Parameters of disclosure control and of coverage, from `release.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasePolicy {
    /// Person counts below this are hidden. Never below 3.
    pub threshold: i64,
    /// A ratio of persons needs at least this denominator.
    pub smallest_denominator: i64,
    /// The persons a unit is responsible for at the start and at the end of a period: figures of class P2
    /// are shown for single units only where each of these is at least [`Self::smallest_denominator`].
    pub population: Vec<MeasureCode>,
    /// An aggregate with less coverage (per cent) appears in the internal edition only.
    pub public_coverage: i64,
    /// An aggregate with less coverage (per cent) is not headlined.
    pub headline_coverage: i64,
    /// Who decided, and when: shown on the method page.
    pub authority: String,
}
