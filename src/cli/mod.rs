//! The command line: arguments, clock and environment in, console and exit code out.
//!
//! The only room that asks what day it is and that prints.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
mod console;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::Parser;

use crate::cli::arguments::{Arguments, Build, Check, Command, Demo, Editions, Explain, Init, Speech, Template};
use crate::cli::console::Console;
use crate::definitions;
use crate::intake::{self, ReaderOptions};
use crate::pipeline;
use crate::vocabulary::{Edition, Period, UnitCode};

/// Everything done; no file was returned or set aside.
const DONE: u8 = 0;
/// Done; some files were returned or set aside.
const SOME_RETURNED: u8 = 1;
/// It could not be done.
const FAILED: u8 = 2;

/// Runs the program and says how it ended.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let console = Console::new(arguments.speech);
    let done = match arguments.command.unwrap_or(Command::Build(arguments.build)) {
        Command::Build(build) => run_build(build, &console),
        Command::Check(check) => run_check(&check, &console),
        Command::Template(template) => run_template(&template, &console),
        Command::Init(init) => run_init(&init, &console),
        Command::Demo(demo) => run_demo(&demo, &console),
        Command::Explain(explain) => run_explain(&explain, &console),
        Command::ReadWorker => return intake::worker::serve(),
    };
    ExitCode::from(done.unwrap_or_else(|error| {
        console.failed(&error);
        FAILED
    }))
}

fn run_build(build: Build, console: &Console) -> anyhow::Result<u8> {
    let wanted = |edition| match build.edition {
        Editions::Both => true,
        Editions::Public => edition == Edition::Public,
        Editions::Internal => edition == Edition::Internal,
    };
    let editions = [(Edition::Public, build.public), (Edition::Internal, build.internal)];
    let options = pipeline::Options {
        input: build.input,
        templates: build.templates,
        editions: editions.into_iter().filter(|(edition, _)| wanted(*edition)).collect(),
        as_of: build.as_of,
        today: today(),
        reader: reader()?,
    };
    let summary = pipeline::build(&options, &|stage, done, all| console.progress(stage, done, all))?;
    console.built(&summary);
    Ok(if summary.returned > 0 { SOME_RETURNED } else { DONE })
}

fn reader() -> anyhow::Result<ReaderOptions> {
    let program = std::env::current_exe().context("không tìm được tệp chương trình đang chạy")?;
    Ok(ReaderOptions::with_program(program))
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}
