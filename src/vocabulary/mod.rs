//! The words every stage shares: codes, cells, periods, text, statuses, numbers.
//!
//! Pure values and nothing else: no file is opened here and no clock is asked.

pub mod cell;
pub mod day;
pub mod id;
pub mod number;
pub mod period;
pub mod status;
pub mod text;

pub use cell::CellRef;
pub use id::{Area, GroupId, MeasureCode, PlanId, ProvinceCode, RuleId, UnitCode};
pub use period::{Period, PeriodKind};
pub use status::{ConfStatus, Edition, ObsStatus, Severity};
