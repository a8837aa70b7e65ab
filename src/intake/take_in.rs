//! From a folder of workbooks to returns and findings: the stages of this room in order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::definitions::{Definitions, Registers};
use crate::findings::{Finding, Rule};
use crate::intake::cache::Cache;
use crate::intake::check;
use crate::intake::discover::{ReturnFile, discover};
use crate::intake::index::Index;
use crate::intake::normalise::{Normalised, normalise};
use crate::intake::reader::{FileRead, ReaderOptions};
use crate::intake::versions::{Evidence, Versions};
use crate::intake::workbook::Workbook;
use crate::intake::worker::read_all;
use crate::intake::{Explained, Intake, Return, SetAside, Tally};

/// Reads everything below `returns/` of an input folder that was received by `as_of`.
///
/// # Errors
/// Only when a folder cannot be listed; what is in the files never is an error.
pub fn take_in(
    definitions: &Definitions,
    registers: &Registers,
    input: &Path,
    as_of: NaiveDate,
    options: &ReaderOptions,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> anyhow::Result<Intake> {
    let files = discover(&input.join("returns"))?;
    Ok(take_in_files(definitions, registers, &files, as_of, options, progress))
}

/// Reads one file from anywhere, as if it were the only return.
pub fn read_one(definitions: &Definitions, registers: &Registers, path: &Path, options: &ReaderOptions) -> Intake {
    take_in_files(definitions, registers, &[ReturnFile::alone(path)], NaiveDate::MAX, options, &|_, _| {})
}

/// Reads these files, as far as they were received by `as_of`.
pub fn take_in_files(
    definitions: &Definitions,
    registers: &Registers,
    files: &[ReturnFile],
    as_of: NaiveDate,
    options: &ReaderOptions,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Intake {
    let index = Index::new(definitions);
    let received_later = |file: &&ReturnFile| registers.receipts.get(&file.name).is_some_and(|r| r.received > as_of);
    let files: Vec<ReturnFile> = files.iter().filter(|file| !received_later(file)).cloned().collect();
    let cache = Cache::open(options.cache.as_deref(), &[&definitions.hash]);
    let known = |file: &ReturnFile, sha256: &str| cache.get(&file.name, sha256);
    let then = |file: &ReturnFile, read: FileRead| {
        let (sha256, is_workbook) = (read.sha256.clone(), read.content.is_ok());
        let normalised = normalise(&index, &file.name, read);
        if is_workbook {
            cache.keep(&file.name, &sha256, &normalised);
        }
        normalised
    };
    let read = read_all(&files, options, &definitions.site.limits, known, then, progress);
    cache.save();
    judge(read, definitions, registers, as_of)
}

/// Reads these files each for itself, as if each were the only return; gives one intake per file.
pub fn take_in_each(
    definitions: &Definitions,
    registers: &Registers,
    files: &[ReturnFile],
    options: &ReaderOptions,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Intake> {
    let index = Index::new(definitions);
    let read = read_all(
        files,
        options,
        &definitions.site.limits,
        |_, _| None,
        |file, read| normalise(&index, &file.name, read),
        progress,
    );
    read.into_iter().map(|one| judge(vec![one], definitions, registers, NaiveDate::MAX)).collect()
}

/// Understands and checks one workbook that was already read, as if it were the only return.
pub fn understand(definitions: &Definitions, registers: &Registers, file: &str, workbook: Workbook) -> Intake {
    let read = FileRead { sha256: String::new(), content: Ok(workbook) };
    let read = normalise(&Index::new(definitions), &file.into(), read);
    judge(vec![read], definitions, registers, NaiveDate::MAX)
}

/// Which of the returns count, what does not hold in them, and how each is answered, as of a day.
///
/// A return is known from the day in the receipt register on, else from the day it was declared, else
/// from the end of its period: before that nobody can have reported it. An explanation is known from its date on.
fn judge(read: Vec<Normalised>, definitions: &Definitions, registers: &Registers, as_of: NaiveDate) -> Intake {
    let known_then = as_known_on(registers, as_of);
    let registers = known_then.as_ref().unwrap_or(registers);
    let receipt = |name: &str| registers.receipts.get(name).map(|receipt| receipt.received);
    let (mut returns, mut set_aside, mut findings) = (Vec::<Return>::new(), Vec::<SetAside>::new(), Vec::new());
    for Normalised { result, findings: found } in read {
        match result {
            Ok(mut ret) => {
                ret.received = receipt(&ret.file).or(ret.declared_date);
                if ret.received.unwrap_or(definitions.scheme.days(ret.period).1) > as_of {
                    continue;
                }
                returns.push(*ret);
            }
            Err(aside) => set_aside.push(aside),
        }
        findings.extend::<Vec<Finding>>(found);
    }
    let misfiled = misfiled(&findings);
    let (findings, explanations, tallies) = settle(&mut returns, findings, definitions, registers, &misfiled);
    check::outcome::decide(&mut returns, &findings);
    let files = returns.iter().map(|ret| &ret.file).chain(set_aside.iter().map(|aside| &aside.file));
    let receipts = files.filter_map(|file| Some((file.clone(), registers.receipts.get(file)?.clone()))).collect();
    Intake { returns, findings, set_aside, receipts, explanations, tallies }
}

/// The registers without the explanations of a later day; `None` when there are none of those.
fn as_known_on(registers: &Registers, as_of: NaiveDate) -> Option<Registers> {
    let later = registers.explanations.iter().any(|explanation| explanation.date > as_of);
    later.then(|| {
        let mut known = registers.clone();
        known.explanations.retain(|explanation| explanation.date <= as_of);
        known
    })
}

/// Decides which returns count and checks them. A return of which the checks
/// leave nothing gives way to the one before it, and all is looked at again.
fn settle(
    returns: &mut [Return],
    mut told: Vec<Finding>,
    definitions: &Definitions,
    registers: &Registers,
    misfiled: &BTreeSet<Arc<str>>,
) -> (Vec<Finding>, Vec<Explained>, BTreeMap<Arc<str>, Tally>) {
    let versions = Versions::of(returns);
    let mut emptied = BTreeSet::new();
    loop {
        let evidence = Evidence { registers, misfiled, emptied: &emptied };
        let findings = versions.stand(returns, &evidence);
        let verdict = check::evaluate(returns, definitions);
        let fallen = versions.replaceable(returns, &evidence, |ret| verdict.leaves_nothing(ret));
        if fallen.is_empty() {
            told.extend(findings);
            let tallies = verdict.tallies.clone();
            let (findings, explained) = verdict.carry_out(returns, told, registers);
            return (findings, explained, tallies);
        }
        emptied.extend(fallen);
    }
}

/// The files whose name or folder contradicts their cover.
fn misfiled(findings: &[Finding]) -> BTreeSet<Arc<str>> {
    let told = findings.iter().filter(|finding| finding.rule.as_str() == Rule::WrongFileName.code());
    told.map(|finding| Arc::from(finding.place.file_name())).collect()
}
