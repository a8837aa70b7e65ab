//! Synthetic returns: invented units with coherent histories, never invented figures for real ones.
//!
//! ```text
//! dice       chance in whole numbers
//! unit       what lasts about a unit
//! story      every quarter of every year: persons, movement, models
//! filling    the workbook a clerk would send for a period
//! ```

mod dice;
mod filling;
mod models;
mod movement;
mod persons;
mod story;
mod unit;

use crate::definitions::{Definitions, Form};
use crate::form::{self, Fill};
use crate::vocabulary::{Period, UnitCode};

/// temporary
pub fn one(
    definitions: &Definitions,
    form: &Form,
    unit: &UnitCode,
    period: Period,
    seed: u64,
) -> anyhow::Result<(Fill, Vec<u8>)> {
    let unit = definitions.units.get(unit).expect("unit");
    let clerk = filling::Clerk::new(definitions, form, unit, seed);
    let fill = clerk.fill(period);
    let bytes = form::workbook(form, definitions, &fill)?;
    Ok((fill, bytes))
}
