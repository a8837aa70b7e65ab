//! The stages in order: nothing else knows the order.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::definitions::{self, Definitions, Registers};
use crate::figures;
use crate::findings::catalogue::catalogue;
use crate::intake::{self, Intake, Outcome, ReaderOptions, Standing};
use crate::publish::publish;
use crate::release::{Release, ReturnState, Stamp};
use crate::site;
use crate::vocabulary::{Edition, Period};

/// What a build needs to know.
#[derive(Clone, Debug)]
pub struct Options {
    /// The input folder; never written to.
    pub input: PathBuf,
    /// The site templates; the ones inside the program when the folder is not there.
    pub templates: PathBuf,
    /// The editions to build and where each goes.
    pub editions: Vec<(Edition, PathBuf)>,
    /// The day the figures are locked, when it is not the site's own choice.
    pub as_of: Option<NaiveDate>,
    /// Today, for when neither says.
    pub today: NaiveDate,
    /// How returns are read.
    pub reader: ReaderOptions,
}

/// What became of a build, for the console.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Summary {
    /// The period in review.
    pub period: Period,
    /// The day the figures are locked.
    pub as_of: NaiveDate,
    /// Files found under `returns/`.
    pub files: usize,
    /// Returns that count, without and with warnings, and in part.
    pub accepted: usize,
    /// Of these, with warnings.
    pub with_warnings: usize,
    /// Of these, in part.
    pub in_part: usize,
    /// Returns sent back and files set aside.
    pub returned: usize,
    /// Older versions.
    pub superseded: usize,
    /// Returns that are due and have not come.
    pub missing: usize,
    /// Findings of severity error and warning.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Each edition, its first page, its number of files.
    pub sites: Vec<(Edition, PathBuf, usize)>,
}

/// Told while a build goes on: the stage, how much is done, and of how much.
pub type Progress<'a> = &'a (dyn Fn(Stage, usize, usize) + Sync);

/// The stages a person waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading returns.
    Read,
    /// Rolling up figures.
    Figures,
    /// Drawing an edition.
    Draw(Edition),
    /// Writing an edition.
    Write(Edition),
}

/// Reads, normalises and checks every return. Publishes nothing.
///
/// # Errors
/// When definitions are wrong or the input folder cannot be read.
pub fn survey(options: &Options, progress: Progress) -> anyhow::Result<(Arc<Definitions>, Registers, NaiveDate, Intake)> {
    let (definitions, registers) = definitions::load(&options.input)?;
    let as_of = options.as_of.or(definitions.site.as_of).unwrap_or(options.today);
    let reading = |done, all| progress(Stage::Read, done, all);
    let intake = intake::take_in(&definitions, &registers, &options.input, as_of, &options.reader, &reading)?;
    Ok((Arc::new(definitions), registers, as_of, intake))
}

/// Surveys the returns and publishes the editions. Every edition is drawn whole before the first is written.
///
/// # Errors
/// As [`survey`]; when a template is wrong; when the disk refuses. The old sites then stand.
pub fn build(options: &Options, progress: Progress) -> anyhow::Result<Summary> {
    let (definitions, _, as_of, intake) = survey(options, progress)?;
    progress(Stage::Figures, 0, 1);
    let figures = figures::compute(&intake, &definitions, as_of);
    let rules = catalogue(&definitions);
    let templates = site::Templates::load(&options.templates)?;
    let stamp = Stamp { as_of, build: templates.hash().to_owned() };
    let mut drawn = Vec::new();
    for (edition, target) in &options.editions {
        progress(Stage::Draw(*edition), 0, 1);
        let release = match edition {
            Edition::Internal => Release::internal_edition(&figures, &intake, &definitions, &rules, &stamp),
            Edition::Public => Release::public_edition(&figures, &intake, &definitions, &rules, &stamp),
        };
        drawn.push((*edition, target, site::render(&release, &templates)?));
    }
    let mut sites = Vec::new();
    for (edition, target, pages) in drawn {
        progress(Stage::Write(edition), 0, 1);
        publish(&pages, target)?;
        sites.push((edition, target.join("index.html"), pages.len()));
    }
    Ok(summary(&intake, &figures, as_of, sites))
}

fn summary(
    intake: &Intake,
    figures: &figures::Figures,
    as_of: NaiveDate,
    sites: Vec<(Edition, PathBuf, usize)>,
) -> Summary {
    let counted = |outcome| {
        intake.returns.iter().filter(|r| r.standing == Standing::Counts && r.outcome == outcome).count()
    };
    let of_severity = |severity| intake.findings.iter().filter(|f| f.severity == severity).count();
    let (with_warnings, in_part) = (counted(Outcome::AcceptedWithWarnings), counted(Outcome::AcceptedInPart));
    let standing = |wanted: fn(&Standing) -> bool| intake.returns.iter().filter(|r| wanted(&r.standing)).count();
    Summary {
        period: figures.current,
        as_of,
        files: intake.returns.len() + intake.set_aside.len(),
        accepted: counted(Outcome::Accepted) + with_warnings + in_part,
        with_warnings,
        in_part,
        returned: counted(Outcome::Returned)
            + standing(|s| matches!(s, Standing::SetAside { .. }))
            + intake.set_aside.len(),
        superseded: standing(|s| matches!(s, Standing::Superseded { .. })),
        missing: figures.reporting.iter().filter(|r| r.state == ReturnState::Missing).count(),
        errors: of_severity(crate::vocabulary::Severity::Error),
        warnings: of_severity(crate::vocabulary::Severity::Warning),
        sites,
    }
}
