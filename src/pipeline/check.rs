//! Checking: answers to files wherever they lie, without building a site.
//!
//! A file of the input folder is checked among all its returns, so that this
//! year is held against last year. A folder from elsewhere is checked as one
//! delivery: versions of a return in it replace one another. Files from
//! elsewhere are answered each for itself; two that are the same are noticed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use chrono::NaiveDate;

use crate::definitions::{Definitions, Registers};
use crate::findings::answer::Answer;
use crate::findings::{Finding, Place, Rule};
use crate::intake::answers::answers;
use crate::intake::discover::{ReturnFile, discover};
use crate::intake::reader::ReaderOptions;
use crate::intake::{take_in, take_in_each, take_in_files};
use crate::pipeline::{Progress, Stage};

/// What files are checked with.
pub struct Desk<'a> {
    /// The definitions, of the input folder or of the program.
    pub definitions: &'a Definitions,
    /// The officer's registers; empty without an input folder.
    pub registers: &'a Registers,
    /// The input folder, when there is one.
    pub input: Option<&'a Path>,
    /// Returns of the input folder received later are not looked at.
    pub as_of: NaiveDate,
    /// How files are read.
    pub reader: &'a ReaderOptions,
}

/// Answers to files, folders and patterns such as `*.xlsx`. Nothing is written anywhere.
///
/// # Errors
/// When a path is not there, cannot be listed, or holds no file.
pub fn check(desk: &Desk, paths: &[PathBuf], progress: Progress) -> anyhow::Result<Vec<Answer>> {
    let asked = Asked::of(paths, desk.input)?;
    let reading = |done, all| progress(Stage::Read, done, all);
    let Desk { definitions, registers, as_of, reader, .. } = *desk;
    // The registers speak of files below `returns/`; a file from elsewhere may only look like one of them.
    let none = Registers { explanations: registers.explanations.clone(), ..Registers::default() };
    let mut told = Vec::new();
    // Files from elsewhere are not worth keeping, and must not take the place of those that are.
    let uncached = ReaderOptions { cache: None, ..reader.clone() };
    let alone = take_in_each(definitions, &none, &asked.files, &uncached, &reading);
    told.extend(alone.iter().flat_map(|intake| answers(intake, definitions)));
    notice_copies(&mut told);
    for folder in &asked.folders {
        let files = discover(folder)?;
        let intake = take_in_files(definitions, &none, &files, NaiveDate::MAX, &uncached, &reading);
        told.extend(answers(&intake, definitions));
    }
    if let Some(input) = desk.input.filter(|_| !asked.below_input.is_empty()) {
        let all = answers(&take_in(definitions, registers, input, as_of, reader, &reading)?, definitions);
        let is_asked =
            |answer: &Answer| asked.below_input.iter().any(|path| Path::new(&*answer.file).starts_with(path));
        told.extend(all.into_iter().filter(is_asked));
    }
    ensure!(told.iter().any(|answer| answer.is_file), "không có tệp nào để kiểm tra trong {}", named(paths));
    Ok(told)
}

/// What the paths of the command line mean.
#[derive(Default)]
struct Asked {
    /// Paths below `returns/` of the input folder.
    below_input: Vec<PathBuf>,
    /// Folders from elsewhere.
    folders: Vec<PathBuf>,
    /// Files from elsewhere.
    files: Vec<ReturnFile>,
}

impl Asked {
    fn of(paths: &[PathBuf], input: Option<&Path>) -> anyhow::Result<Self> {
        let returns = input.and_then(|input| input.join("returns").canonicalize().ok());
        let mut asked = Asked::default();
        let mut seen = BTreeSet::new();
        for path in expanded(paths)? {
            let real = path.canonicalize().with_context(|| format!("không mở được {}", path.display()))?;
            if !seen.insert(real.clone()) {
                continue;
            }
            match returns.as_ref().and_then(|returns| real.strip_prefix(returns).ok()) {
                Some(below) => asked.below_input.push(below.to_owned()),
                None if real.is_dir() => asked.folders.push(real),
                None => asked.files.push(ReturnFile::alone(&path)),
            }
        }
        Ok(asked)
    }
}

/// The paths as given, and those that a pattern means: Windows leaves patterns to the program.
fn expanded(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut expanded = Vec::new();
    for path in paths {
        let text = path.to_string_lossy();
        if path.exists() {
            expanded.push(path.clone());
        } else if text.contains(['*', '?']) {
            let found = glob::glob(&text).with_context(|| format!("mẫu tên tệp “{text}” viết sai"))?;
            let before = expanded.len();
            for path in found {
                expanded.push(path.context("không xem được thư mục")?);
            }
            if expanded.len() == before {
                bail!("không có tệp nào khớp “{text}”; kiểm tra thư mục và đuôi tệp (.xlsx, .xls, .ods …)");
            }
        } else {
            bail!("không có tệp hoặc thư mục {}; tên có dấu cách phải đặt trong ngoặc kép", path.display());
        }
    }
    Ok(expanded)
}

fn named(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// Tells of files from elsewhere that are the same, byte for byte.
fn notice_copies(told: &mut [Answer]) {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    for answer in told.iter_mut().filter(|answer| !answer.sha256.is_empty()) {
        match first.get(&answer.sha256) {
            None => _ = first.insert(answer.sha256.clone(), answer.file.to_string()),
            Some(other) => {
                let message = format!("Tệp giống hệt {other}");
                let copy = Finding::of(
                    Rule::DuplicateReturn,
                    Place::file(answer.file.clone()),
                    message,
                    "Chỉ cần gửi một tệp",
                );
                answer.findings.insert(0, Finding { unit: answer.unit.clone(), period: answer.period, ..copy });
            }
        }
    }
}
