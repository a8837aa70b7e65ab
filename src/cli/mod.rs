//! The command line: arguments, clock and environment in, console and exit code out.
//!
//! The only room that asks what day it is and that prints.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
mod check;
mod console;
mod explain;
mod publish;
mod theme;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::Parser;

use crate::cli::arguments::{Arguments, Build, Command, Demo, Editions, Init, Template};
use crate::cli::console::Console;
use crate::intake::reader::ReaderOptions;
use crate::vocabulary::{Edition, Period, UnitCode};
use crate::{intake, pipeline};

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
        Command::Check(check) => check::run(&check, &console),
        Command::Template(template) => run_template(&template, &console),
        Command::Init(init) => run_init(&init, &console),
        Command::Demo(demo) => run_demo(&demo, &console),
        Command::Explain(explain) => explain::run(&explain, &console),
        Command::Publish(publish) => publish::run(publish, &console),
        Command::Theme(theme) => theme::run(&theme, &console),
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
        reader: reader(&build.input)?,
        input: build.input,
        templates: build.templates,
        editions: editions.into_iter().filter(|(edition, _)| wanted(*edition)).collect(),
        as_of: build.as_of,
        today: today(),
    };
    let summary = pipeline::build(&options, &|stage, done, all| console.progress(stage, done, all))?;
    console.built(&summary)?;
    Ok(if summary.returned > 0 { SOME_RETURNED } else { DONE })
}

fn run_template(template: &Template, console: &Console) -> anyhow::Result<u8> {
    let period: Period = template.period.parse().map_err(anyhow::Error::msg)?;
    let units = match (&template.unit, template.all) {
        (Some(unit), _) => Some(UnitCode::from(unit.as_str())),
        (None, true) => None,
        (None, false) => bail!("chọn đơn vị bằng --unit MÃ, hoặc mọi đơn vị bằng --all"),
    };
    let progress = |stage, done, all| console.progress(stage, done, all);
    let forms =
        pipeline::templates(&template.input, period, units.as_ref(), today(), &reader(&template.input)?, &progress)?;
    for (name, bytes) in &forms {
        write(&template.out.join(name), bytes)?;
    }
    console.say(&format!("Đã ghi {} biểu mẫu {} vào {}", forms.len(), period.title(), template.out.display()));
    Ok(DONE)
}

fn run_init(init: &Init, console: &Console) -> anyhow::Result<u8> {
    let summary = crate::init::init(&init.dir, &init.province, init.as_of.unwrap_or_else(today))?;
    console.say(&format!(
        "{}: {} đơn vị, {} tệp trong {}\nĐọc {} để bắt đầu.",
        summary.province,
        summary.units,
        summary.files,
        init.dir.display(),
        init.dir.join("README.md").display()
    ));
    Ok(DONE)
}

fn run_demo(demo: &Demo, console: &Console) -> anyhow::Result<u8> {
    let summary = match demo.spoil {
        None => crate::demo::demo(&demo.dir, demo.units, demo.seed)?,
        Some(percent) => crate::demo::spoilt_demo(&demo.dir, demo.units, demo.seed, percent)?,
    };
    console.say(&format!(
        "SỐ LIỆU MINH HỌA: {} đơn vị, {} báo cáo trong {}\nDựng trang: tongket build --input {}",
        summary.units,
        summary.workbooks,
        demo.dir.display(),
        demo.dir.display()
    ));
    Ok(DONE)
}

/// Writes one file, and its folder when that is not there.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    std::fs::write(path, bytes).with_context(|| format!("không ghi được {}", path.display()))
}

/// Reads with this program, and keeps what was read in a folder beside the input.
fn reader(input: &Path) -> anyhow::Result<ReaderOptions> {
    let program = std::env::current_exe().context("không tìm được tệp chương trình đang chạy")?;
    let cache = input.file_name().map(|name| input.with_file_name(".tongket").join(name).with_extension("bin"));
    Ok(ReaderOptions { cache, ..ReaderOptions::with_program(program) })
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}
