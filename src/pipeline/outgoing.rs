//! The public edition on its way out: what it counts and hides, attacked until nothing is told, drawn, and audited.
//!
//! The audit is the judge and not the maker: what it finds told in the data
//! files is handed to disclosure control, which hides more around it. Then the
//! site is drawn and audited as it is written; a breach there stops everything.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::audit::{self, Breach, Examined, Tables, refused};
use crate::definitions::Definitions;
use crate::figures::{self, Figures};
use crate::findings::rule::RuleText;
use crate::intake::Intake;
use crate::ledger::Ledger;
use crate::pipeline::{Progress, Stage};
use crate::publish::Publication;
use crate::release::{Cover, Release, Stamp, batch, cover};
use crate::site::{Templates, data, render};
use crate::vocabulary::Edition;

/// Rounds before the last breaches stand.
const ROUNDS: usize = 12;

/// Of these the first hide single numbers, the others whole levels.
const SINGLE_ROUNDS: usize = 8;

/// After this one everything about persons is hidden: so few returns that nothing else is safe.
const LAST: usize = ROUNDS - 1;

/// What the public edition is made of besides all that came.
pub struct Outgoing<'a> {
    all: &'a Figures,
    intake: &'a Intake,
    definitions: &'a Arc<Definitions>,
    rules: &'a [RuleText],
    stamp: &'a Stamp,
    /// What went out before it.
    before: Ledger,
    /// The figures of what it counts, where late returns wait for others.
    held: Option<Figures>,
    /// What it hides.
    pub cover: Cover,
}

/// A public edition that has passed its audit, beside the standing one.
pub struct Drawn {
    /// The site.
    pub publication: Publication,
    /// Number of its files.
    pub files: usize,
    /// What it shows.
    pub release: Release,
    /// What the audit has looked at and proved.
    pub audit: Examined,
}

impl<'a> Outgoing<'a> {
    /// What is to go out, given what did.
    pub fn of(
        all: &'a Figures,
        intake: &'a Intake,
        definitions: &'a Arc<Definitions>,
        rules: &'a [RuleText],
        stamp: &'a Stamp,
        ledger: &Ledger,
    ) -> Self {
        let before = ledger.before(&stamp.sources(intake, definitions));
        let waiting = batch::waiting(intake, definitions, &before);
        let held = batch::held_back(intake, definitions, &before, &waiting).map(|counted| Figures {
            // Which returns came, and when, is told as it is.
            reporting: all.reporting.clone(),
            ..figures::compute(&counted, definitions, stamp.as_of)
        });
        let cover = cover(held.as_ref().unwrap_or(all), definitions, &before);
        Self { all, intake, definitions, rules, stamp, before, held, cover }
    }

    /// Draws it beside `target`, once nothing that its data files tell has to be hidden any more.
    ///
    /// # Errors
    /// When a breach remains that hiding more does not mend; when a template is wrong; when the disk refuses;
    /// when the audit of what is drawn finds a breach.
    pub fn draw(&mut self, target: &Path, templates: &Templates, progress: Progress) -> anyhow::Result<Drawn> {
        let tables = self.settle(target, progress)?;
        progress(Stage::Draw(Edition::Public), 0, 1);
        let release = self.release();
        let publication = Publication::begin(target)?;
        render(&release, templates, &|page| publication.put(page))?;
        let files = publication.verified()?;
        let figures = self.held.as_ref().unwrap_or(self.all);
        let audit = audit::audit(publication.folder(), &self.before, &figures.cube, self.definitions, &tables)?;
        Ok(Drawn { publication, files, release, audit })
    }

    /// Hides more, until nothing is told. What proves that is found once and kept from round to round.
    fn settle(&mut self, target: &Path, progress: Progress) -> anyhow::Result<Tables> {
        let mut tables = Tables::default();
        for round in 0.. {
            progress(Stage::Audit, round, ROUNDS);
            let release = self.release();
            let beside = Publication::begin(target)?;
            data(&release, &|page| beside.put(page))?;
            let figures = self.held.as_ref().unwrap_or(self.all);
            let (definitions, before) = (self.definitions, &self.before);
            let examined = audit::foresee(beside.folder(), before, &figures.cube, definitions, &tables)?;
            tables = examined.tables;
            if examined.breaches.is_empty() {
                return Ok(tables);
            }
            if round == ROUNDS || !examined.breaches.iter().all(Breach::is_told) {
                return Err(refused(&examined.breaches));
            }
            let told: BTreeSet<_> = examined.breaches.into_iter().filter_map(|breach| breach.place).collect();
            self.cover = match round {
                LAST => Cover::closed(figures, definitions),
                _ => self.cover.wider(figures, definitions, before, &told, round >= SINGLE_ROUNDS),
            };
        }
        unreachable!("the last round returns")
    }

    fn release(&self) -> Release {
        let figures = self.held.as_ref().unwrap_or(self.all);
        Release::public_edition(
            figures,
            self.intake,
            self.definitions,
            &self.cover,
            self.rules,
            self.stamp,
            &self.before,
        )
    }
}
