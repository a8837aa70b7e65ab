//! Judges the reader by a spoilt demo: `cargo run --release --example judge DIR`.
//!
//! Make one with `tongket demo DIR --units 540 --seed 1 --spoil 30`. Ends with 1 when a law is
//! broken: a wrong unit or period, a number changed, or anything lost without a finding.

#![allow(clippy::print_stdout)]

use std::path::PathBuf;
use std::process::ExitCode;

use tongket::definitions;
use tongket::demo::spoil::record;
use tongket::intake::{ReaderOptions, take_in};

#[path = "../tests/support/judgement.rs"]
mod judgement;

fn main() -> anyhow::Result<ExitCode> {
    let Some(dir) = std::env::args_os().nth(1).map(PathBuf::from) else {
        anyhow::bail!("cargo run --release --example judge THƯ_MỤC");
    };
    let (definitions, registers) = definitions::load(&dir)?;
    let records = record::read(&dir)?;
    let as_of = definitions.site.as_of.unwrap_or(chrono::NaiveDate::MAX);
    // The program stands beside the examples' folder; without it files are read in this process.
    let program =
        std::env::current_exe()?.parent().and_then(|folder| folder.parent()).map(|folder| folder.join("tongket"));
    let options = match program.filter(|program| program.is_file()) {
        Some(program) => ReaderOptions::with_program(program),
        None => ReaderOptions::here(),
    };
    let intake = take_in(&definitions, &registers, &dir, as_of, &options, &|_, _| {})?;
    let judgement = judgement::Judgement::of(&records, &intake);
    println!("{judgement}");
    Ok(if judgement.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
