//! Tổng kết: the Excel returns of communes in, a static website for review meetings out.
//!
//! # Data flows one way
//!
//! ```text
//! definitions (what we expect)      vocabulary, statistics (pure)
//!      │
//!      ▼
//! intake    discover → read → normalise → check      people's files in; returns and findings out
//!      │
//!      ▼
//! figures   panel → roll-up → ratios → comparisons   arithmetic; no findings, no files
//!      │
//!      ▼
//! release   what an edition may show                 the only maker of a Release
//! ═════════════════════════ the wall: below, only Release is known ═════════════════════════
//!      │                                             ledger: what has ever been printed
//!      ▼
//! analysis  what differs, changes, rises beyond chance
//!      │
//!      ▼
//! site      views → charts → pages, downloads
//!      │
//!      ▼
//! publish   write beside, verify, swap
//! audit     attacks the written public files; a breach stops the publication
//! ```
//!
//! [`pipeline`] is the table of contents. A stage takes values and returns
//! values; what it does not need it cannot see. `tests/layers.rs` reads the
//! `use` lines and holds this drawing, and which room may name which crate.
//!
//! # Invariants
//!
//! * Only [`release`] makes a [`release::Release`]; pages, charts and downloads accept nothing else.
//! * A return's content never causes `Err`, a panic that is felt, or a change in another unit's figures.
//! * Who can act decides the kind of error: clerk → finding; definition author → all mistakes at
//!   once with file and line; operator → error with path and advice; developer → `expect("why it cannot happen")`.
//! * Missing, zero, not applicable and suppressed are four things from intake to the page.
//! * Rates come from sums of numerators and denominators; whole numbers are summed; one place formats.
//! * Collections are sorted; the date comes in as a value; nobody asks the clock but `cli`.
//! * `public/` is the old site or the new one, never half.
//! * Same inputs, same bytes.

pub mod statistics;
pub mod vocabulary;

pub mod definitions;
pub mod findings;
pub mod init;

pub mod demo;
pub mod form;

pub mod intake;

pub mod figures;

pub mod audit;
pub mod ledger;
pub mod release;

pub mod analysis;

pub mod site;

pub mod publish;

pub mod pipeline;

pub mod cli;
