//! `tongket check`: answers on the console, and on paper where a folder is named.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::cli::arguments::Check;
use crate::cli::console::Console;
use crate::cli::{DONE, SOME_RETURNED, reader, today, write};
use crate::definitions::{self, Definitions, Registers};
use crate::findings::answer::Answer;
use crate::findings::catalogue::{catalogue, known_rules};
use crate::findings::rule::RuleText;
use crate::findings::slip::Issue;
use crate::findings::{self, Outcome};
use crate::init;
use crate::pipeline::check::{Desk, check};
use crate::pipeline::reply::Office;
use crate::site::Templates;
use crate::vocabulary::text::slug;

/// Answers the files and says whether some were returned.
pub fn run(arguments: &Check, console: &Console) -> anyhow::Result<u8> {
    let input = arguments.input.clone().or_else(|| input_of(&arguments.paths));
    let (definitions, registers) = load(input.as_deref())?;
    let reader = reader(input.as_deref().unwrap_or(Path::new("")))?;
    let desk = Desk {
        definitions: &definitions,
        registers: &registers,
        input: input.as_deref(),
        as_of: arguments.as_of.unwrap_or(NaiveDate::MAX),
        reader: &reader,
    };
    let answers = check(&desk, &arguments.paths, &|stage, done, all| console.progress(stage, done, all))?;
    let rules = catalogue(&definitions);
    let written = match &arguments.out {
        Some(out) => {
            let templates = Templates::load(&arguments.templates)?;
            let issue = Issue { on: arguments.as_of.unwrap_or_else(today), own_check: input.is_none() };
            let office = Office { definitions: &definitions, rules: &rules, templates: &templates, issue };
            papers(&office, &answers, out)?
        }
        None => 0,
    };
    if console.wants_json() {
        console.say_json(&findings::json::json(&answers));
    } else {
        console.say(&report(&answers, &rules, input.is_none(), console));
        if let Some(out) = arguments.out.as_deref().filter(|_| written > 0) {
            console.say(&format!("Đã ghi {written} phiếu phản hồi (.html để in, .xlsx để sửa) vào {}", out.display()));
        }
    }
    let is_returned = |answer: &Answer| answer.is_file && answer.outcome.is_none_or(|o| o == Outcome::Returned);
    Ok(if answers.iter().any(is_returned) { SOME_RETURNED } else { DONE })
}

fn report(answers: &[Answer], rules: &[RuleText], own_check: bool, console: &Console) -> String {
    let report = findings::console::report(answers, rules, console.style());
    let note = "Không có thư mục input: đã dùng biểu mẫu và danh mục xã, phường, đặc khu cả nước có sẵn trong chương \
                trình, chưa đối chiếu được với báo cáo kỳ trước. Có thư mục đầu vào thì ghi thêm --input THƯ MỤC.";
    match own_check {
        true => format!("{report}\n{}\n", findings::prose::wrap(note, console.style().width, "", "")),
        false => report,
    }
}

/// A slip and a workbook for each file; gives how many files were answered.
fn papers(office: &Office, answers: &[Answer], out: &Path) -> anyhow::Result<usize> {
    let mut taken: Vec<String> = Vec::new();
    for answer in answers.iter().filter(|answer| answer.is_file) {
        // Files from different folders may bear the same name.
        let file = answer.file.rsplit('/').next().unwrap_or(&answer.file);
        let name: String = format!("phan-hoi_{}", slug(file)).chars().take(80).collect();
        let copies = taken.iter().filter(|other| **other == name).count();
        let stem = if copies == 0 { name.clone() } else { format!("{name}_{}", copies + 1) };
        taken.push(name);
        for paper in [office.slip(answer, &format!("{stem}.html"))?, office.workbook(answer, &format!("{stem}.xlsx"))?]
        {
            write(&out.join(&paper.path), &paper.bytes)?;
        }
    }
    Ok(taken.len())
}

/// The definitions of the input folder, else those the program carries.
pub fn load(input: Option<&Path>) -> anyhow::Result<(Definitions, Registers)> {
    let (definitions, registers) = match input {
        Some(input) => definitions::load(input)?,
        None => definitions::load_from(&init::national(today()))?,
    };
    known_rules(&registers, &catalogue(&definitions))?;
    Ok((definitions, registers))
}

/// The input folder when none is named: the one here, else the one the first path lies in.
fn input_of(paths: &[PathBuf]) -> Option<PathBuf> {
    let here = PathBuf::from("input");
    if here.is_dir() {
        return Some(here);
    }
    let first = paths.first()?.canonicalize().ok()?;
    let above = first.ancestors().filter(|folder| folder.ends_with("returns")).filter_map(Path::parent);
    above.map(Path::to_owned).find(|folder| folder.join("site.toml").is_file())
}
