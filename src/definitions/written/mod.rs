//! The written form of definitions: how files under `input/` are read, strictly, into the resolved types.
//!
//! What a definition means is said by the types in `definitions`; here is only how it is
//! spelled, and what an author is told when it is spelled wrongly.

pub mod plan;
pub mod target;
pub mod value;
