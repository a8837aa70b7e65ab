//! The rooms that read people's files, compiled by themselves: `tests/layers.rs` holds that they know no
//! others, so that fuzzing waits for neither polars nor templates.

#![allow(missing_docs, dead_code)]

#[path = "../../src/definitions/mod.rs"]
pub mod definitions;
#[path = "../../src/findings/mod.rs"]
pub mod findings;
#[path = "../../src/intake/mod.rs"]
pub mod intake;
pub mod statistics;
#[path = "../../src/vocabulary/mod.rs"]
pub mod vocabulary;

#[path = "../../tests/hostile/files.rs"]
pub mod files;
#[path = "../../tests/hostile/ole.rs"]
pub mod ole;

pub mod targets;
