//! Of the statistics only what the checks on small counts use: the rest needs crates that fuzzing can do without.

#[path = "../../src/statistics/chance.rs"]
pub mod chance;
