//! The audit: attacks the public edition as it is written, before anyone can read it.
//!
//! It knows the written files, the definitions and what was ever printed; it
//! does not know how figures come to be hidden, and nothing of that code. The
//! truth decides only which hidden figures are small, and is the first of the
//! tables that print the same. A breach stops the publication.
//!
//! ```text
//! sheet       the printed figures, parsed back
//! formats, pages, scripts   that the other files, the pages and what they load print the same (A1)
//! sums        that printed sums add up (A2), and that no small number is printed
//! catalogue   what each measure is about
//! returns     which returns make up a period
//! vintage     what each edition counted, over shared unknowns (A6)
//! statement   everything that can be written down from what is printed (A2, A5)
//! block       unknowns that hang together
//! target      what must not follow; rests and differences too (A7)
//! exact       what follows exactly (A3)
//! exchange, interval   that every sensitive cell keeps 0 and the threshold (A4)
//! certificate   the tables that show it
//! insider     what a unit that knows its own figures learns (A8)
//! ```
//!
//! Statistics report 1.7; *Handbook on Statistical Disclosure Control* 4.2 and 4.4.

mod block;
mod breach;
mod catalogue;
mod certificate;
mod exact;
mod exchange;
mod formats;
mod insider;
mod interval;
mod pages;
mod returns;
mod scripts;
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
pub use certificate::Tables;

use crate::audit::block::Blocks;
use crate::audit::catalogue::Subject;
use crate::audit::returns::Returns;
use crate::audit::sheet::Sheet;
use crate::audit::statement::{Matter, Statements};
use crate::audit::target::{Nature, Target};
use crate::audit::vintage::Vintage;
use crate::definitions::Definitions;
use crate::figures::Cube;
use crate::ledger::Ledger;
use crate::release::Certificates;
use crate::release::attack::Knowledge;
use crate::vocabulary::number::whole;

/// What an audit that found no breach has looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Numbers about persons that are printed.
    pub printed: usize,
    /// Cells about persons that are hidden.
    pub hidden: usize,
    /// Of these, cells of 0 to below the threshold at a level that is published.
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

/// How far an examination goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// What agrees, adds up, and follows exactly: A1, A2, A3, A5, A6, A7.
    Exact,
    /// The intervals of all sensitive cells too, and what insiders learn: A4, A8. An audit is nothing less.
    Intervals,
}

/// What an examination finds.
#[derive(Clone, Debug, Default)]
pub struct Examined {
    /// Its counts.
    pub report: Report,
    /// All breaches, in order.
    pub breaches: Vec<Breach>,
    /// Other tables that print the same: what they prove need not be sought again when more is hidden.
    pub tables: Tables,
    /// The tables that each sensitive cell rests on.
    pub certificates: Certificates,
}

/// Audits a written public site together with all earlier editions.
///
/// # Errors
/// When a file cannot be parsed back; when there is a breach: each is told with its cell, what it
/// follows from, and the test that found it, up to a bearable number.
pub fn audit(
    site: &Path,
    earlier: &Ledger,
    truth: &Cube,
    definitions: &Definitions,
    known: &Tables,
) -> anyhow::Result<Examined> {
    let examined = examine(site, earlier, truth, definitions, Depth::Intervals, known)?;
    if examined.breaches.is_empty() { Ok(examined) } else { Err(refused(&examined.breaches)) }
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

/// What the whole of a written site tells: its data files, and whether everything else says the same.
///
/// # Errors
/// When a file cannot be parsed back.
pub fn examine(
    site: &Path,
    earlier: &Ledger,
    truth: &Cube,
    definitions: &Definitions,
    depth: Depth,
    known: &Tables,
) -> anyhow::Result<Examined> {
    let unread = || format!("không kiểm tra được bản công khai trong {}", site.display());
    let sheet = Sheet::read(site).with_context(unread)?;
    let subjects = catalogue::subjects(&sheet, definitions).with_context(unread)?;
    let numbers = || numbers(&sheet, &subjects, earlier, truth, definitions, depth, known);
    let (mut examined, (files, pages)) =
        rayon::join(numbers, || rayon::join(|| formats::check(site, &sheet, &subjects), || pages::check(site, &sheet)));
    examined.breaches.extend(files.with_context(unread)?);
    let (shown, pages) = pages.with_context(unread)?;
    let (compared, scripts) = scripts::check(site, &sheet).with_context(unread)?;
    examined.report.shown = shown + compared;
    examined.breaches.extend(pages);
    examined.breaches.extend(scripts);
    examined.breaches.sort();
    examined.breaches.dedup();
    Ok(examined)
}

/// What the data files of a site tell, before any page is drawn.
///
/// # Errors
/// When a file cannot be parsed back.
pub fn foresee(
    site: &Path,
    earlier: &Ledger,
    truth: &Cube,
    definitions: &Definitions,
    known: &Tables,
) -> anyhow::Result<Examined> {
    let unread = || format!("không kiểm tra được các tệp số liệu trong {}", site.display());
    let sheet = Sheet::read(site).with_context(unread)?;
    let subjects = catalogue::subjects(&sheet, definitions).with_context(unread)?;
    let mut examined = numbers(&sheet, &subjects, earlier, truth, definitions, Depth::Intervals, known);
    examined.breaches.sort();
    examined.breaches.dedup();
    Ok(examined)
}

fn numbers(
    sheet: &Sheet,
    subjects: &[Subject],
    earlier: &Ledger,
    truth: &Cube,
    definitions: &Definitions,
    depth: Depth,
    known: &Tables,
) -> Examined {
    let returns = Returns::of(sheet);
    let mut breaches = sums::check(sheet, &returns, subjects);
    breaches.extend(sums::small(sheet, subjects, definitions));
    let mut unknowns = Vec::new();
    let mut vintages = vec![Vintage::current(sheet, &returns, subjects, truth, &mut unknowns)];
    let mut shared: BTreeMap<(u32, u32, i64), u32> =
        unknowns.iter().zip(0..).map(|(unknown, at)| ((unknown.own, unknown.measure, unknown.truth), at)).collect();
    for publication in &earlier.publications {
        vintages.push(Vintage::earlier(publication, sheet, &returns, subjects, &mut shared, &mut unknowns));
    }
    let matter = Matter { sheet, returns: &returns, subjects, definitions, vintages: &vintages, unknowns: &unknowns };
    let statements = Statements::of(matter, &mut breaches);
    let targets = target::targets(matter);
    let blocks = Blocks::of(matter, &statements, targets.iter().filter(|t| t.is_sensitive).map(|t| &t.terms));
    let report = Report {
        printed: statements.printed,
        hidden: targets.iter().filter(|target| target.nature == Nature::Cell).count(),
        sensitive: targets.iter().filter(|target| target.is_sensitive).count(),
        statements: statements.equal.len() + statements.at_most.len(),
        unreliable: statements.unreliable,
        earlier: earlier.publications.len(),
        ..Report::default()
    };
    let mut examined = Examined { report, breaches, ..Examined::default() };
    let knowledge: Result<Vec<Knowledge>, _> = blocks
        .all
        .par_iter()
        .map(|block| Knowledge::of(block.unknowns.len(), &block.equal).map_err(|_| block.unknowns[0]))
        .collect();
    match knowledge {
        Ok(knowledge) => {
            examined.breaches.extend(exact::recovered(matter, &blocks, &knowledge, &targets));
            examined.breaches.extend(differing(matter));
            if depth == Depth::Intervals {
                examined.prove(matter, &blocks, &knowledge, &targets, known);
            }
        }
        Err(unknown) => {
            let title = &sheet.titles[unknowns[unknown as usize].measure as usize];
            let cell = format!("“{title}” và các chỉ tiêu liên quan");
            examined.breaches.push(Breach::new(Test::A2, cell, "các số đã in mâu thuẫn với nhau"));
        }
    }
    examined
}

/// Differences to earlier editions that are those of one or two units (A7).
fn differing(matter: Matter<'_>) -> impl Iterator<Item = Breach> {
    target::differences(matter).into_iter().map(move |(vintage, place, units)| {
        let units: Vec<&str> = units.iter().map(|unit| matter.sheet.area_codes[*unit].as_str()).collect();
        let reason = format!("chênh lệch so với {} chỉ do đơn vị {}", matter.vintages[vintage].name, units.join(", "));
        Breach::at(Test::A7, matter.sheet, place, reason)
    })
}

impl Examined {
    /// The intervals of sensitive cells (A4), and what insiders learn (A8).
    fn prove(
        &mut self,
        matter: Matter<'_>,
        blocks: &Blocks,
        knowledge: &[Knowledge],
        targets: &[Target],
        known: &Tables,
    ) {
        let proven = interval::proofs(matter, blocks, knowledge, targets, known);
        let (exposed, told) = insider::exposed(matter, blocks, targets, &proven);
        self.report.exposed_to_insiders = exposed;
        self.breaches.extend(told);
        for (target, proof) in targets.iter().zip(&proven.proofs).filter(|(target, _)| target.is_sensitive) {
            let is_safe = proof.low && proof.high;
            self.report.by_program += usize::from(is_safe && proof.programmed);
            self.report.by_tables += usize::from(is_safe && !proof.programmed);
            // Where no program of a size that can be solved finds the ends it is no breach, but is told of.
            self.report.unproven += usize::from(!is_safe && proof.interval.is_none());
            if !is_safe && proof.interval.is_some() {
                let reason = proof.told(matter.definitions.policy.threshold);
                self.breaches.push(Breach::at(Test::A4, matter.sheet, target.place, reason));
            }
        }
        self.certificates = proven.tables.certify(matter, targets);
        self.tables = proven.tables;
    }
}

#[cfg(test)]
mod tests;
