//! The audit: attacks the public edition as it is written, before anyone can read it.
//!
//! It knows the written files, the definitions and what was ever printed; it
//! does not know how figures come to be hidden, and nothing of that code. The
//! truth decides only which hidden figures are small, and is the first of the
//! tables that print the same. A breach stops the publication.
//!
//! ```text
//! sheet       the printed figures, parsed back
//! formats, pages   that the other files and the pages print the same (A1)
//! sums        that printed sums add up (A2), and that no small number is printed
//! catalogue   what each measure is about
//! returns     which returns make up a period
//! vintage     what each edition counted, over shared unknowns (A6)
//! statement   everything that can be written down from what is printed (A2, A5)
//! block       unknowns that hang together
//! target      what must not follow; rests and differences too (A7)
//! exact       what follows exactly (A3)
//! exchange, interval   that every sensitive cell keeps 0 and the threshold (A4)
//! insider     what a unit that knows its own figures learns (A8)
//! ```
//!
//! Statistics report 1.7; *Handbook on Statistical Disclosure Control* 4.2 and 4.4.

mod block;
mod breach;
mod catalogue;
mod exact;
mod exchange;
mod formats;
mod insider;
mod interval;
mod pages;
mod returns;
mod sheet;
mod statement;
mod sums;
mod target;
mod vintage;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow};
use rayon::prelude::*;

pub use breach::{Breach, Test};

use crate::audit::block::Blocks;
use crate::audit::interval::Proof;
use crate::audit::returns::Returns;
use crate::audit::sheet::Sheet;
use crate::audit::statement::{Matter, Statements};
use crate::audit::target::Nature;
use crate::audit::vintage::Vintage;
use crate::definitions::Definitions;
use crate::figures::Cube;
use crate::ledger::Ledger;
use crate::release::attack::Knowledge;
use crate::vocabulary::number::whole;

/// What an audit that found no breach has looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Numbers about persons that are printed.
    pub printed: usize,
    /// Cells about persons that are hidden.
    pub hidden: usize,
    /// Of these, cells of 1 to below the threshold at a level that is published.
    pub sensitive: usize,
    /// Sensitive cells proved by other tables that print the same.
    pub by_tables: usize,
    /// Sensitive cells that needed a linear program.
    pub by_program: usize,
    /// Sensitive cells that do not follow exactly, and whose interval could not be proved either way.
    pub unproven: usize,
    /// Cells that pages show and that were read back from them.
    pub shown: usize,
    /// Equations and inequalities that a reader can write down.
    pub statements: usize,
    /// Rules of the form that a reader might assume and that do not hold there.
    pub unreliable: usize,
    /// Earlier editions that were added.
    pub earlier: usize,
    /// Sensitive cells that one unit could work out with its own figures.
    pub exposed_to_insiders: usize,
}

impl Report {
    /// The outcome in one sentence.
    pub fn sentence(&self) -> String {
        let count = |number: usize| whole(i64::try_from(number).unwrap_or(i64::MAX));
        let mut sentence = format!(
            "Kiểm tra bảo mật: {} số liệu về người đã công bố, {} ô không công bố, không ô nhỏ nào suy ra được",
            count(self.printed),
            count(self.hidden)
        );
        if self.unproven > 0 {
            sentence.push_str(&format!("; {} ô chưa chứng minh được khoảng an toàn", count(self.unproven)));
        }
        sentence
    }
}

/// So many breaches are told; the rest is usually the same mistake again.
const NAMED: usize = 20;

/// Audits a written public site together with all earlier editions.
///
/// # Errors
/// When a file cannot be parsed back; when there is a breach: each is told with its cell, what it
/// follows from, and the test that found it, up to a bearable number.
pub fn audit(site: &Path, earlier: &Ledger, truth: &Cube, definitions: &Definitions) -> anyhow::Result<Report> {
    match attempt(site, earlier, truth, definitions)? {
        (report, breaches) if breaches.is_empty() => Ok(report),
        (_, breaches) => Err(refused(&breaches)),
    }
}

/// What an audit finds: its counts and all breaches, in order.
///
/// # Errors
/// When a file cannot be parsed back.
pub fn attempt(
    site: &Path,
    earlier: &Ledger,
    truth: &Cube,
    definitions: &Definitions,
) -> anyhow::Result<(Report, Vec<Breach>)> {
    let (report, mut breaches) = examine(site, earlier, truth, definitions, Depth::Intervals)
        .with_context(|| format!("không kiểm tra được bản công khai trong {}", site.display()))?;
    breaches.sort();
    breaches.dedup();
    Ok((report, breaches))
}

/// The error that tells breaches.
pub fn refused(breaches: &[Breach]) -> anyhow::Error {
    let named: Vec<String> = breaches.iter().take(NAMED).map(Breach::to_string).collect();
    anyhow!(
        "bản công khai không qua kiểm tra bảo mật, có {} chỗ lộ hoặc không khớp; giữ nguyên trang cũ:\n  {}",
        breaches.len(),
        named.join("\n  ")
    )
}

/// How far an examination goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// What agrees, adds up, and follows exactly: A1, A2, A3, A5, A6, A7.
    Exact,
    /// The intervals of all sensitive cells too, and what insiders learn: A4, A8. An audit is nothing less.
    Intervals,
}

/// What an examination finds: its counts and all breaches.
///
/// # Errors
/// When a file cannot be parsed back.
pub fn examine(
    site: &Path,
    earlier: &Ledger,
    truth: &Cube,
    definitions: &Definitions,
    depth: Depth,
) -> anyhow::Result<(Report, Vec<Breach>)> {
    let sheet = Sheet::read(site)?;
    let subjects = catalogue::subjects(&sheet, definitions)?;
    let returns = Returns::of(&sheet);
    let mut breaches = sums::check(&sheet, &returns, &subjects);
    breaches.extend(sums::small(&sheet, &subjects, definitions));
    let (files, pages) = rayon::join(|| formats::check(site, &sheet, &subjects), || pages::check(site, &sheet));
    breaches.extend(files?);
    let (shown, pages) = pages?;
    breaches.extend(pages);
    let mut unknowns = Vec::new();
    let mut vintages = vec![Vintage::current(&sheet, &returns, &subjects, truth, &mut unknowns)];
    let mut known: BTreeMap<(u32, u32, i64), u32> =
        unknowns.iter().zip(0..).map(|(unknown, at)| ((unknown.own, unknown.measure, unknown.truth), at)).collect();
    for publication in &earlier.publications {
        vintages.push(Vintage::earlier(publication, &sheet, &returns, &subjects, &mut known, &mut unknowns));
    }
    let matter = Matter {
        sheet: &sheet,
        returns: &returns,
        subjects: &subjects,
        definitions,
        vintages: &vintages,
        unknowns: &unknowns,
    };
    let statements = Statements::of(matter, &mut breaches);
    let targets = target::targets(matter);
    let blocks = Blocks::of(matter, &statements, targets.iter().filter(|t| t.is_sensitive).map(|t| &t.terms));
    let knowledge: Vec<Knowledge> = blocks
        .all
        .par_iter()
        .map(|block| Knowledge::of(block.unknowns.len(), &block.equal).map_err(|_| block))
        .collect::<Result<_, _>>()
        .map_err(|block| {
            let unknown = &unknowns[block.unknowns[0] as usize];
            breaches.push(Breach::new(
                Test::A2,
                format!("“{}” và các chỉ tiêu liên quan", sheet.titles[unknown.measure as usize]),
                "các số đã in mâu thuẫn với nhau",
            ));
        })
        .unwrap_or_default();
    let hidden = targets.iter().filter(|target| target.nature == Nature::Cell).count();
    let sensitive = targets.iter().filter(|target| target.is_sensitive).count();
    let mut report = Report {
        printed: statements.printed,
        hidden,
        sensitive,
        statements: statements.equal.len() + statements.at_most.len(),
        unreliable: statements.unreliable,
        earlier: earlier.publications.len(),
        shown,
        ..Report::default()
    };
    if knowledge.len() < blocks.all.len() {
        return Ok((report, breaches));
    }
    breaches.extend(exact::recovered(matter, &blocks, &knowledge, &targets));
    for (vintage, (area, period, measure), units) in target::differences(matter) {
        let units: Vec<&str> = units.iter().map(|unit| sheet.area_codes[*unit].as_str()).collect();
        let reason = format!("chênh lệch so với {} chỉ do đơn vị {}", vintages[vintage].name, units.join(", "));
        breaches.push(Breach::at(Test::A7, &sheet, (area, period, measure), reason));
    }
    if depth < Depth::Intervals {
        return Ok((report, breaches));
    }
    let proofs = interval::proofs(matter, &blocks, &knowledge, &targets);
    let (exposed, told) = insider::exposed(matter, &blocks, &targets, &proofs);
    report.exposed_to_insiders = exposed;
    breaches.extend(told);
    for (target, proof) in targets.iter().zip(&proofs).filter(|(target, _)| target.is_sensitive) {
        let Proof { low, high, programmed, .. } = *proof;
        report.by_program += usize::from(low && high && programmed);
        report.by_tables += usize::from(low && high && !programmed);
        // A cell for which no program of a size that can be solved finds the ends is no breach, but is told of.
        report.unproven += usize::from(!(low && high) && proof.interval.is_none());
        if !(low && high) && proof.interval.is_some() {
            let (area, period, measure) = target.place;
            breaches.push(Breach::at(
                Test::A4,
                &sheet,
                (area, period, measure),
                proof.told(definitions.policy.threshold),
            ));
        }
    }
    Ok((report, breaches))
}

#[cfg(test)]
mod tests;
