//! The site: everything a reader sees, made from a release.

pub mod chart;
