//! The written form of definitions: how files under `input/` are read, strictly, into the resolved types.
//!
//! What a definition means is said by the types in `definitions`; here is only how it is
//! spelled, and what an author is told when it is spelled wrongly.

pub mod check;
pub mod comparison;
pub mod criteria;
pub mod form;
pub mod formula;
mod header;
pub mod indicator;
pub mod limits;
pub mod page;
pub mod plan;
pub mod policy;
pub mod quality;
pub mod register;
pub mod row;
pub mod scheme;
pub mod site;
pub mod target;
pub mod unit;
pub mod value;
pub mod versions;
