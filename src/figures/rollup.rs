//! Roll-up: returns to review periods, and units to groups and the province.
//!
//! Only adds what stands in the panel; what is absent stays out of the sum and
//! in the coverage (statistics report sections 3.1 and 3.2). Ratios are made
//! of such sums elsewhere ([`super::ratio`]), never added as percentages.

use polars::prelude::{DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, col, df, lit};

use crate::definitions::form::AcrossTime;
use crate::figures::measure::{CatalogueRow, MeasureInfo};
use crate::figures::panel::{Panel, frame_key};
use crate::figures::part::{Part, Parts};
use crate::figures::tiling::Tiling;

/// Adds up each unit's returns over the periods they tile, for every form row.
pub(super) fn over_time(
    panel: &Panel,
    tiling: &Tiling,
    rows: &[CatalogueRow<'_>],
    measure_of_row: &[usize],
    parts: &mut Parts,
) {
    let units = parts.cells().len() / (parts.periods() * parts.measures()).max(1);
    let tiles = tiles(tiling, units, parts.periods());
    let cell = cell(col("slot"), parts.measures(), col("measure"));
    let observations = panel.frame(rows, measure_of_row).lazy();
    let sums = joined(observations, tiles, "key").group_by([cell]).agg(SUMS.map(|name| col(name).sum()));
    scatter(sums, parts).expect("the columns are made here, of whole numbers");
}

/// Adds up the units of each area: `members` are pairs of unit and area. Measures that do not add up are left out.
pub(super) fn over_units(units: &Parts, areas: usize, members: &[(usize, usize)], catalogue: &[MeasureInfo]) -> Parts {
    let mut parts = Parts::nothing_due(areas, units.periods(), units.measures());
    let width = units.periods() * units.measures();
    let due: Vec<(usize, &Part)> = units
        .cells()
        .iter()
        .enumerate()
        .filter(|(at, part)| part.due > 0 && catalogue[at % units.measures()].additive)
        .collect();
    let column = |of: fn(&Part) -> u32| due.iter().map(|(_, part)| of(part)).collect::<Vec<u32>>();
    let frame = df![
        "unit" => due.iter().map(|(at, _)| (at / width) as u32).collect::<Vec<_>>(),
        "figure" => due.iter().map(|(at, _)| (at % width) as u32).collect::<Vec<_>>(),
        "value" => due.iter().map(|(_, part)| part.value).collect::<Vec<_>>(),
        "denominator" => due.iter().map(|(_, part)| part.denominator).collect::<Vec<_>>(),
        "reported" => column(|part| part.reported),
        "due" => column(|part| part.due),
        "estimated" => column(|part| part.estimated),
    ];
    let members = df![
        "unit" => members.iter().map(|(unit, _)| *unit as u32).collect::<Vec<_>>(),
        "area" => members.iter().map(|(_, area)| *area as u32).collect::<Vec<_>>(),
    ];
    let frames = frame.and_then(|frame| Ok((frame.lazy(), members?)));
    let (frame, members) = frames.expect("the columns grow together");
    let cell = cell(col("area"), width, col("figure"));
    let sums = joined(frame, members, "unit")
        .group_by([cell])
        .agg(SUMS.into_iter().chain(["denominator"]).map(|name| col(name).sum()).collect::<Vec<_>>());
    scatter(sums, &mut parts).expect("the columns are made here, of whole numbers");
    parts
}

/// What adds up, in the panel and in parts.
const SUMS: [&str; 4] = ["value", "reported", "due", "estimated"];

/// Pairs of observation key and the slot (unit × period) it counts in.
fn tiles(tiling: &Tiling, units: usize, periods: usize) -> DataFrame {
    let (mut key, mut slots) = (Vec::new(), Vec::new());
    for slot in 0..units * periods {
        let own = tiling.of(slot / periods, slot % periods);
        let mut count = |own: u32, across_time: AcrossTime| {
            key.push(frame_key(own, across_time as u32));
            slots.push(slot as u32);
        };
        own.all.iter().for_each(|own| count(*own, AcrossTime::Sum));
        own.first.iter().for_each(|own| count(*own, AcrossTime::First));
        own.last.iter().for_each(|own| count(*own, AcrossTime::Last));
        if let Some(only) = own.only() {
            count(only, AcrossTime::None);
        }
    }
    df!["key" => key, "slot" => slots].expect("the columns grow together")
}

fn joined(left: LazyFrame, right: DataFrame, on: &str) -> LazyFrame {
    left.join(right.lazy(), [col(on)], [col(on)], JoinArgs::new(JoinType::Inner))
}

/// The position of a cell as one number: one key groups faster than two.
fn cell(row: Expr, width: usize, within: Expr) -> Expr {
    (row.cast(DataType::Int64) * lit(width as i64) + within.cast(DataType::Int64)).alias("cell")
}

/// Writes grouped sums to their cells. Their order does not matter: each cell is written once.
fn scatter(sums: LazyFrame, parts: &mut Parts) -> PolarsResult<()> {
    let sums = sums.collect()?;
    let (cell, value) = (sums.column("cell")?.i64()?, sums.column("value")?.i64()?);
    let denominator = sums.column("denominator").ok().map(|column| column.i64()).transpose()?;
    let counts = |name| sums.column(name)?.u32();
    let (reported, due, estimated) = (counts("reported")?, counts("due")?, counts("estimated")?);
    for at in 0..sums.height() {
        let position = cell.get(at).expect("a group has a key");
        parts.cells_mut()[position as usize] = Part {
            value: value.get(at).unwrap_or(0),
            denominator: denominator.and_then(|column| column.get(at)).unwrap_or(0),
            reported: reported.get(at).unwrap_or(0),
            due: due.get(at).unwrap_or(0),
            estimated: estimated.get(at).unwrap_or(0),
        };
    }
    Ok(())
}
