//! Making the releases of both editions: what each may show, and how it differs from what went out before.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::definitions::{Boundaries, Definitions};
use sha2::{Digest, Sha256};

use crate::figures::{Axes, Comparison, Cube, Figure, Figures, Quantity, ReturnStatus, Versus, measures};
use crate::findings::rule::RuleText;
use crate::intake::{Intake, SettlementRow};
use crate::ledger::{Ledger, Sources};
use crate::release::disclosure::{Cover, Subject, subjects};
use crate::release::revision::{Published, Revisions, Why, register, revisions};
use crate::release::{Release, batch};
use crate::vocabulary::{Area, ConfStatus, Edition, MeasureCode, ObsStatus, Period, RuleId};

/// What an edition is built with besides its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The day the figures are locked.
    pub as_of: NaiveDate,
    /// SHA-256 of the site templates.
    pub templates: String,
}

impl Stamp {
    /// What an edition of this intake is made from.
    pub fn sources(&self, intake: &Intake, definitions: &Definitions) -> Sources {
        let returns = intake.returns.iter().map(|ret| (&ret.file, &ret.sha256, ret.received));
        let aside = intake.set_aside.iter().map(|aside| (&aside.file, &aside.sha256, None));
        let mut inputs: Vec<_> = returns.chain(aside).collect();
        inputs.sort();
        let hash = Sha256::digest(format!("{inputs:?}"));
        Sources {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            as_of: self.as_of,
            definitions: definitions.hash.clone(),
            inputs: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            templates: self.templates.clone(),
        }
    }
}

/// What the ledger says about an edition.
#[derive(Default)]
struct Past {
    register: Vec<Published>,
    revisions: Arc<Revisions>,
    waiting: batch::Returns,
}

impl Past {
    /// For figures of which some wait, or for all there are.
    fn of(
        cube: &Cube,
        figures: &Figures,
        intake: &Intake,
        definitions: &Definitions,
        ledger: &Ledger,
        edition: Edition,
    ) -> Self {
        if ledger.publications.is_empty() {
            return Self::default();
        }
        let waiting = batch::waiting(intake, definitions, ledger);
        let why = Why {
            definitions,
            measures: &measures(definitions),
            reporting: &figures.reporting,
            now: &batch::reported(intake, definitions),
            waiting: if edition == Edition::Public { &waiting } else { &batch::Returns::new() },
        };
        Self { register: register(ledger), revisions: revisions(cube, ledger, &why).into(), waiting }
    }
}

impl Release {
    /// The internal edition: every figure, every finding; never a person, for none was ever read.
    /// Figures that the public edition hides are marked as internal only. It is told as differences from
    /// the last publication of the ledger, and names the returns that wait for others.
    pub fn internal_edition(
        figures: &Figures,
        intake: &Arc<Intake>,
        definitions: &Arc<Definitions>,
        cover: &Cover,
        rules: &[RuleText],
        stamp: &Stamp,
        ledger: &Ledger,
    ) -> Release {
        let cells =
            figures.cube.cells().iter().zip(&cover.hidden).map(|(figure, hidden)| Figure {
                conf: if *hidden { ConfStatus::N } else { ConfStatus::F },
                ..*figure
            });
        let cube = Cube::new(figures.cube.axes().clone(), cells.collect());
        let past = Past::of(&cube, figures, intake, definitions, ledger, Edition::Internal);
        let mut inputs: BTreeMap<Arc<str>, String> =
            intake.returns.iter().map(|r| (r.file.clone(), r.sha256.clone())).collect();
        inputs.extend(intake.set_aside.iter().map(|s| (s.file.clone(), s.sha256.clone())));
        let mut release = Release {
            edition: Edition::Internal,
            as_of: stamp.as_of,
            build_id: String::new(),
            measures: measures(definitions),
            current: figures.current,
            definitions: definitions.clone(),
            cube,
            comparisons: figures.comparisons.clone(),
            reporting: figures.reporting.clone(),
            models: figures.models.clone(),
            settlements: figures.settlements.clone(),
            criteria: figures.criteria.clone(),
            rules: rules.to_vec(),
            rule_counts: rule_counts(intake),
            inputs,
            internal: Some(intake.clone()),
            register: past.register,
            revisions: past.revisions,
            waiting: past.waiting.len(),
            waiting_returns: past.waiting.into_iter().collect(),
            lineage: Some(figures.lineage.clone()),
            quality: figures.quality.clone(),
            certificates: Arc::default(),
        };
        release.build_id = build_id(&release, &stamp.templates);
        release
    }

    /// The public edition: what may be printed, with nothing behind it. The figures are those of what it
    /// counts ([`batch::held_back`]), the intake is all that came; `ledger` is what went out before it.
    pub fn public_edition(
        figures: &Figures,
        intake: &Intake,
        definitions: &Arc<Definitions>,
        cover: &Cover,
        rules: &[RuleText],
        stamp: &Stamp,
        ledger: &Ledger,
    ) -> Release {
        let axes = figures.cube.axes();
        let subjects = subjects(axes, definitions);
        let cube = public_cube(&figures.cube, definitions, &cover.hidden);
        let past = Past::of(&cube, figures, intake, definitions, ledger, Edition::Public);
        let comparisons = Arc::new(public_comparisons(&figures.comparisons, &cube, &subjects, definitions));
        let mut release = Release {
            edition: Edition::Public,
            as_of: stamp.as_of,
            build_id: String::new(),
            measures: measures(definitions),
            current: figures.current,
            definitions: definitions.clone(),
            comparisons,
            cube,
            reporting: figures.reporting.iter().map(without_file).collect(),
            models: figures.models.clone(),
            settlements: figures
                .settlements
                .iter()
                .map(|(key, rows)| (key.clone(), rows.iter().map(|row| movement_only(row, axes, &subjects)).collect()))
                .collect(),
            criteria: figures.criteria.clone(),
            rules: rules.to_vec(),
            rule_counts: rule_counts(intake),
            inputs: BTreeMap::new(),
            internal: None,
            register: past.register,
            revisions: past.revisions,
            waiting: past.waiting.len(),
            waiting_returns: Vec::new(),
            lineage: None,
            quality: Arc::new(figures.quality.public()),
            certificates: Arc::default(),
        };
        release.build_id = build_id(&release, &stamp.templates);
        release
    }
}

/// Seven hexadecimal digits over everything the edition shows and is drawn with.
///
/// Over what it shows, not over the workbooks behind it: two internal data sets that print the
/// same must give the same public pages, and the id is on each of them.
fn build_id(release: &Release, templates: &str) -> String {
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text);
    };
    add(env!("CARGO_PKG_VERSION"));
    add(release.edition.code());
    add(&release.as_of.to_string());
    add(templates);
    add(&release.definitions.hash);
    for (file, sha256) in &release.inputs {
        add(file);
        add(sha256);
    }
    for figure in release.cube.cells() {
        let (value, denominator) = match figure.value {
            None => (0, 0),
            Some(Quantity::Whole(value)) => (value, 0),
            Some(Quantity::Ratio { numerator, denominator }) => (numerator, denominator),
        };
        let Figure { status, conf, reported, due, .. } = figure;
        hasher.update([*status as u8, *conf as u8]);
        hasher.update(value.to_le_bytes());
        hasher.update(denominator.to_le_bytes());
        hasher.update(reported.to_le_bytes());
        hasher.update(due.to_le_bytes());
    }
    // The remaining parts are small; their debug form says everything in them.
    hasher.update(format!(
        "{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}",
        release.reporting,
        release.models,
        release.settlements,
        release.criteria,
        release.rule_counts,
        release.comparisons.len(),
        release.register,
        release.revisions,
        release.waiting
    ));
    hasher.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect::<String>()[..7].to_owned()
}

/// Whether enough parts of a figure came for the public edition; a single unit's figure always is its own.
pub(super) fn is_covered(area: &Area, figure: &Figure, definitions: &Definitions) -> bool {
    let enough = i64::from(figure.due) * definitions.policy.public_coverage;
    matches!(area, Area::Unit(_)) || i64::from(figure.reported) * 100 >= enough
}

/// The cube without the numbers that are hidden, and without aggregates of too little coverage.
fn public_cube(cube: &Cube, definitions: &Definitions, hidden: &[bool]) -> Cube {
    let axes = cube.axes();
    let per_area = axes.periods().len() * axes.measures().len();
    let cells = cube.cells().iter().zip(hidden).enumerate().map(|(at, (figure, hidden))| {
        let covered = is_covered(&axes.areas()[at / per_area], figure, definitions);
        if *hidden {
            Figure { value: None, status: ObsStatus::Q, conf: ConfStatus::C, ..*figure }
        } else if figure.value.is_some() && !covered {
            Figure { value: None, status: ObsStatus::O, conf: ConfStatus::F, ..*figure }
        } else {
            Figure { conf: ConfStatus::F, ..*figure }
        }
    });
    Cube::new(axes.clone(), cells.collect())
}

/// A comparison about persons is printed only when it is the difference of two printed figures:
/// over a smaller common set it would tell of the units left out. The figure before of a unit that was made
/// of others is the sum of theirs, and printed when all of them are.
fn public_comparisons(
    comparisons: &[Comparison],
    cube: &Cube,
    subjects: &[Subject],
    definitions: &Definitions,
) -> Vec<Comparison> {
    let axes = cube.axes();
    let boundaries = Boundaries::of(&definitions.units);
    let made_of = |area: &Area, earlier: Period, period: Period, measure: usize| -> Option<Figure> {
        let Area::Unit(unit) = area else { return None };
        boundaries.touching(unit).next()?;
        let (then, now) = (definitions.scheme.days(earlier).1, definitions.scheme.days(period).1);
        let units = boundaries.composed(unit, then, now)?;
        let cells = units.into_iter().map(|unit| {
            Some(cube.cell(axes.area_position(&Area::Unit(unit))?, axes.period_position(earlier)?, measure))
        });
        Some(Figure::together(cells.collect::<Option<Vec<&Figure>>>()?))
    };
    comparisons
        .iter()
        .filter(|comparison| {
            let now = cube.cell(comparison.area, comparison.period, comparison.measure);
            if now.value.is_none() {
                return false;
            }
            let period = axes.periods()[comparison.period];
            let earlier = match comparison.versus {
                Versus::SamePeriodLastYear => Some(period.a_year_earlier()),
                Versus::PreviousPeriod => period.previous(),
            };
            let before = earlier.and_then(|earlier| {
                let area = &axes.areas()[comparison.area];
                let own = *cube.cell(comparison.area, axes.period_position(earlier)?, comparison.measure);
                made_of(area, earlier, period, comparison.measure).or(Some(own))
            });
            match &comparison.change {
                Err(_) => true,
                Ok(change) => {
                    let printed = before.is_some_and(|before| before.value == Some(change.before));
                    if subjects[comparison.measure].is_personal() {
                        printed && now.value == Some(change.now)
                    } else {
                        before.is_some_and(|before| before.status != ObsStatus::Q)
                    }
                }
            }
        })
        .cloned()
        .collect()
}

/// A thôn with its movement figures; nothing about persons below the commune.
fn movement_only(row: &SettlementRow, axes: &Axes, subjects: &[Subject]) -> SettlementRow {
    let is_movement = |code: &MeasureCode| axes.measure_position(code).is_some_and(|at| !subjects[at].is_personal());
    let values = row.values.iter().filter(|(code, _)| is_movement(code));
    SettlementRow { values: values.map(|(code, value)| (code.clone(), *value)).collect(), ..row.clone() }
}

fn without_file(status: &ReturnStatus) -> ReturnStatus {
    ReturnStatus { file: None, sha256: None, ..status.clone() }
}

fn rule_counts(intake: &Intake) -> BTreeMap<RuleId, u32> {
    let mut counts = BTreeMap::new();
    for finding in &intake.findings {
        *counts.entry(finding.rule.clone()).or_insert(0) += 1;
    }
    counts
}
