//! Synthetic input: invented units with coherent histories, never invented figures for real ones.
//!
//! ```text
//! dice       chance in whole numbers
//! unit       what lasts about a unit
//! story      every quarter of every year: persons, movement, models
//! filling    the workbook a clerk would send for a period
//! post       when and how it comes in
//! invent     a province of any size
//! spoil      a share of the returns as real life spoils them, with the truth kept beside
//! sample     the twelve units of `input/`, with the flaws of real life on purpose
//! ```

mod dice;
mod filling;
mod invent;
mod models;
mod movement;
mod persons;
mod post;
pub mod sample;
pub mod spoil;
mod story;
mod unit;

use std::path::Path;

use anyhow::{Context, ensure};
use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;

use crate::definitions::schedule::{self, Expected};
use crate::definitions::{self, Definitions, Form};
use crate::demo::filling::Clerk;
use crate::demo::post::{Habits, Sending};
use crate::demo::spoil::record::Record;
use crate::form;

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Units.
    pub units: usize,
    /// Returns due over all years.
    pub due: usize,
    /// Workbooks written.
    pub workbooks: usize,
}

/// Writes an input folder with invented units and their returns. The same number and seed give the same bytes.
///
/// # Errors
/// When the folder is not empty, the number of units is out of range, or the disk refuses.
pub fn demo(dir: &Path, units: usize, seed: u64) -> anyhow::Result<Summary> {
    let (summary, _) = written(dir, units, seed, 0)?;
    Ok(summary)
}

/// The same with so many per cent of the returns spoilt; `spoilt.csv` says which and how, `truth.csv`
/// what was meant in every file.
///
/// # Errors
/// As for [`demo`].
pub fn spoilt_demo(dir: &Path, units: usize, seed: u64, percent: u8) -> anyhow::Result<Summary> {
    let (summary, mut records) = written(dir, units, seed, percent)?;
    let (definitions, _) = definitions::load(dir)?;
    spoil::record::write(dir, &mut records, handed_out(&definitions))?;
    Ok(summary)
}

fn written(dir: &Path, units: usize, seed: u64, percent: u8) -> anyhow::Result<(Summary, Vec<Record>)> {
    ensure!((1..=30_000).contains(&units), "số đơn vị phải từ 1 đến 30.000");
    let occupied = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    ensure!(!occupied, "thư mục {} đã có tệp; chọn thư mục mới để không ghi đè", dir.display());
    for (file, text) in invent::files(units, seed) {
        write(&dir.join(file), text.as_bytes())?;
    }
    let (definitions, _) = definitions::load(dir)?;
    let due = schedule::expected(&definitions);
    let habits = Habits { late: 6, missing: 2, corrected: 3 };
    let returns = dir.join("returns");
    let sent: Vec<Vec<(Receipt, Record)>> = by_unit(&due)
        .into_par_iter()
        .map(|due| {
            let mut sent = Vec::new();
            for (sending, place) in sendings(&definitions, due, habits, seed).iter().zip(0..) {
                for posted in spoil::post(&definitions, sending, place, percent, seed)? {
                    let file = &posted.record.file;
                    write(&returns.join(file), &posted.bytes)?;
                    let receipt = Receipt { file: file.clone(), received: posted.received, channel: sending.channel };
                    sent.push((receipt, posted.record));
                }
            }
            Ok(sent)
        })
        .collect::<anyhow::Result<_>>()?;
    let (receipts, records): (Vec<Receipt>, Vec<Record>) = sent.into_iter().flatten().unzip();
    let workbooks = receipts.len();
    write(&dir.join("receipts.csv"), Receipt::table(receipts)?.as_bytes())?;
    Ok((Summary { units, due: due.len(), workbooks }, records))
}

/// The returns due, unit by unit.
fn by_unit(due: &[Expected]) -> Vec<&[Expected]> {
    due.chunk_by(|a, b| a.unit == b.unit).collect()
}

/// Everything one unit sends.
fn sendings(definitions: &Definitions, due: &[Expected], habits: Habits, seed: u64) -> Vec<Sending> {
    let unit = definitions.units.get(&due[0].unit).expect("returns are due only from units of the register");
    let clerk = Clerk::new(definitions, handed_out(definitions), unit, seed);
    due.iter().flat_map(|due| post::sendings(definitions, &clerk, due, habits, seed)).collect()
}

fn workbook(definitions: &Definitions, sending: &Sending) -> anyhow::Result<Vec<u8>> {
    form::workbook(handed_out(definitions), definitions, &sending.fill)
}

/// The newest form.
fn handed_out(definitions: &Definitions) -> &Form {
    definitions.forms.last().expect("definitions are accepted only with a form")
}

/// One line of `receipts.csv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Receipt {
    file: String,
    received: NaiveDate,
    channel: &'static str,
}

impl Receipt {
    fn of(sending: &Sending) -> Self {
        Self { file: sending.file.clone(), received: sending.received, channel: sending.channel }
    }

    /// The register as a file, by file name.
    fn table(mut receipts: Vec<Receipt>) -> anyhow::Result<String> {
        receipts.sort();
        let mut table = csv::WriterBuilder::new().from_writer(Vec::new());
        table.write_record(["file", "received", "channel"])?;
        for receipt in receipts {
            table.write_record([&receipt.file, &receipt.received.to_string(), receipt.channel])?;
        }
        Ok(String::from_utf8(table.into_inner()?)?)
    }
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    }
    std::fs::write(path, bytes).with_context(|| format!("không ghi được {}", path.display()))
}
