//! The stages in order: nothing else knows the order.

pub mod check;
pub mod outgoing;
pub mod publish;
pub mod reply;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use rayon::prelude::*;

use crate::audit;
use crate::definitions::schedule::{self, Expected};
use crate::definitions::{self, Definitions};
use crate::figures;
use crate::findings::catalogue::{catalogue, known_rules};
use crate::findings::slip::Issue;
use crate::form::{self, Fill};
use crate::intake::answers::answers;
use crate::intake::reader::ReaderOptions;
use crate::intake::take_in::take_in;
use crate::intake::{ExplanationState, Intake, Outcome, Reading, Return, Standing};
use crate::ledger;
use crate::pipeline::outgoing::Outgoing;
use crate::pipeline::reply::Office;
use crate::publish::Publication;
use crate::release::{Release, ReturnState, Stamp};
use crate::site::{Templates, render};
use crate::vocabulary::{Edition, MeasureCode, Period, Severity, UnitCode};

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
    /// Accepted explanations in force.
    pub explained: usize,
    /// Accepted explanations that have lapsed because the value changed.
    pub lapsed: usize,
    /// Accepted explanations that match no warning.
    pub unmatched: usize,
    /// What the audit of the public edition has looked at; `None` when only the internal one was built.
    pub audit: Option<audit::Report>,
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
    /// Attacking the public edition.
    Audit,
}

/// Reads, normalises and checks every return. Publishes nothing.
///
/// # Errors
/// When definitions are wrong or the input folder cannot be read.
fn survey(options: &Options, progress: Progress) -> anyhow::Result<(Arc<Definitions>, NaiveDate, Intake)> {
    let (definitions, registers) = definitions::load(&options.input)?;
    known_rules(&registers, &catalogue(&definitions))?;
    let as_of = options.as_of.or(definitions.site.as_of).unwrap_or(options.today);
    let reading = |done, all| progress(Stage::Read, done, all);
    let intake = take_in(&definitions, &registers, &options.input, as_of, &options.reader, &reading)?;
    Ok((Arc::new(definitions), as_of, intake))
}

/// Surveys the returns and writes the editions; what has gone out is read, never written to. Every edition
/// is drawn whole, and the public one audited as it is written, before the first takes its place.
///
/// # Errors
/// As [`survey`]; when the ledger is damaged; when a template is wrong; when the audit finds a breach; when
/// the disk refuses. The old sites then stand.
pub fn build(options: &Options, progress: Progress) -> anyhow::Result<Summary> {
    let ledger = ledger::read(&options.input)?;
    let (definitions, as_of, intake) = survey(options, progress)?;
    progress(Stage::Figures, 0, 1);
    let figures = figures::compute(&intake, &definitions, as_of);
    let rules = catalogue(&definitions);
    let templates = Templates::load(&options.templates)?;
    let stamp = Stamp { as_of, templates: templates.hash().to_owned() };
    let mut outgoing = Outgoing::of(&figures, &intake, &definitions, &rules, &stamp, &ledger);
    let (mut drawn, mut audited, mut certificates) = (Vec::new(), None, Arc::default());
    // The public edition first: what it hides is marked in the internal one, with what shows that it is safe.
    for (edition, target) in options.editions.iter().filter(|(edition, _)| *edition == Edition::Public) {
        let public = outgoing.draw(target, &templates, progress)?;
        audited = Some(public.audit.report);
        certificates = Arc::new(public.audit.certificates);
        drawn.push((*edition, target, public.files, public.publication));
    }
    let cover = outgoing.cover;
    let intake = Arc::new(intake);
    for (edition, target) in options.editions.iter().filter(|(edition, _)| *edition == Edition::Internal) {
        progress(Stage::Draw(*edition), 0, 1);
        let release = Release::internal_edition(&figures, &intake, &definitions, &cover, &rules, &stamp, &ledger)
            .with_certificates(certificates.clone());
        let publication = Publication::begin(target)?;
        let put = |page| publication.put(page);
        render(&release, &templates, &put)?;
        let issue = Issue { on: as_of, own_check: false };
        let office = Office { definitions: &definitions, rules: &rules, templates: &templates, issue };
        office.papers(&answers(&intake, &definitions), &put)?;
        drawn.push((*edition, target, publication.verified()?, publication));
    }
    // In the order they were asked for.
    drawn.sort_by_key(|(edition, ..)| options.editions.iter().position(|(asked, _)| asked == edition));
    let mut sites = Vec::new();
    for (edition, target, files, publication) in drawn {
        publication.swap()?;
        sites.push((edition, target.join("index.html"), files));
    }
    Ok(summary(&intake, &figures, as_of, audited, sites))
}

/// Blank forms of a period with their file names, for one unit or for every unit that owes a return,
/// prefilled with the closing stock of the unit's previous return and the year so far where those have come.
///
/// # Errors
/// When nobody owes a return for the period, or the unit does not; it says which periods it owes.
pub fn templates(
    input: &Path,
    period: Period,
    unit: Option<&UnitCode>,
    today: NaiveDate,
    reader: &ReaderOptions,
    progress: Progress,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let (definitions, registers) = definitions::load(input)?;
    let form = definitions.forms.last().context("không có biểu mẫu nào trong input/forms")?;
    let schedule = schedule::expected(&definitions);
    let units: Vec<&UnitCode> = schedule
        .iter()
        .filter(|expected| expected.period == period && unit.is_none_or(|unit| expected.unit == *unit))
        .map(|expected| &expected.unit)
        .collect();
    if units.is_empty() {
        bail!(nobody_owes(&definitions, &schedule, period, unit));
    }
    let as_of = definitions.site.as_of.unwrap_or(today);
    let reading = |done, all| progress(Stage::Read, done, all);
    let intake = take_in(&definitions, &registers, input, as_of, reader, &reading)?;
    units
        .into_par_iter()
        .map(|code| {
            let mut fill = Fill::blank(code.clone(), period);
            let earlier = schedule.iter().filter(|owed| owed.unit == *code && owed.period < period);
            let earlier: Vec<Period> = earlier.map(|owed| owed.period).collect();
            if let Some(previous) = earlier.last().and_then(|previous| values(&intake, code, *previous)) {
                fill.carry_over(form, previous);
            }
            let this_year = earlier.iter().filter(|earlier| earlier.last_year() == period.last_year());
            let this_year: Option<Vec<_>> = this_year.map(|earlier| values(&intake, code, *earlier)).collect();
            if let Some(this_year) = this_year {
                fill.add_up(form, &this_year);
            }
            let unit = definitions.units.get(code).expect("the schedule is made of units of the register");
            Ok((form::template_name(unit, period), form::workbook(form, &definitions, &fill)?))
        })
        .collect()
}

/// What the return of a unit that counts for a period says, row by row; `None` when there is none.
fn values(intake: &Intake, unit: &UnitCode, period: Period) -> Option<BTreeMap<MeasureCode, i64>> {
    let counts = |r: &&Return| r.unit == *unit && r.period == period && r.standing == Standing::Counts;
    let entries = intake.returns.iter().find(counts)?.entries.iter();
    let known = entries.filter_map(|(item, entry)| match entry.value {
        Reading::Value(value) => Some((item.clone(), value)),
        Reading::Empty | Reading::Rejected => None,
    });
    Some(known.collect())
}

fn nobody_owes(definitions: &Definitions, schedule: &[Expected], period: Period, unit: Option<&UnitCode>) -> String {
    let Some(code) = unit else { return format!("không đơn vị nào phải báo cáo {}", period.title()) };
    let Some(unit) = definitions.units.get(code) else {
        return format!("không có đơn vị mã “{code}” trong units.csv");
    };
    let owed = schedule.iter().filter(|e| e.unit == *code && e.period.last_year() == period.last_year());
    let owed: Vec<String> = owed.map(|expected| expected.period.to_string()).collect();
    match owed.is_empty() {
        true => format!("{} không phải báo cáo trong năm {}", unit.name(), period.last_year()),
        false => format!("{} không báo cáo {}; các kỳ phải báo cáo: {}", unit.name(), period.title(), owed.join(", ")),
    }
}

fn summary(
    intake: &Intake,
    figures: &figures::Figures,
    as_of: NaiveDate,
    audit: Option<audit::Report>,
    sites: Vec<(Edition, PathBuf, usize)>,
) -> Summary {
    let counted =
        |outcome| intake.returns.iter().filter(|r| r.standing == Standing::Counts && r.outcome == outcome).count();
    let of_severity = |severity| intake.findings.iter().filter(|f| f.severity == severity).count();
    let (with_warnings, in_part) = (counted(Outcome::AcceptedWithWarnings), counted(Outcome::AcceptedInPart));
    let standing = |wanted: fn(&Standing) -> bool| intake.returns.iter().filter(|r| wanted(&r.standing)).count();
    let explained =
        |wanted: fn(ExplanationState) -> bool| intake.explanations.iter().filter(|e| wanted(e.state)).count();
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
        errors: of_severity(Severity::Error),
        warnings: of_severity(Severity::Warning),
        explained: explained(|state| state == ExplanationState::InForce),
        lapsed: explained(|state| matches!(state, ExplanationState::Lapsed { .. })),
        unmatched: explained(|state| !matches!(state, ExplanationState::InForce | ExplanationState::Lapsed { .. })),
        audit,
        sites,
    }
}
