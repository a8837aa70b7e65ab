//! The public edition on its way out: what it counts and hides, drawn and audited until nothing is told.
//!
//! The audit is the judge and not the maker: what it finds told is handed to
//! disclosure control, which hides more around it; what is drawn then is
//! audited again, from its files. What cannot be mended so stops everything.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::audit::{Breach, Report, attempt, refused};
use crate::definitions::Definitions;
use crate::figures::{self, Figures};
use crate::findings::rule::RuleText;
use crate::intake::Intake;
use crate::ledger::Ledger;
use crate::pipeline::{Progress, Stage};
use crate::publish::Publication;
use crate::release::{Cover, Release, Stamp, batch, cover};
use crate::site::{Templates, render};
use crate::vocabulary::Edition;

/// Drawings before the last breaches stand.
const ROUNDS: usize = 8;

/// Of these the first hide single numbers, the others whole levels.
const SINGLE_ROUNDS: usize = 5;

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
    /// What the audit has looked at.
    pub audit: Report,
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

    /// Draws it beside `target`, and again with more hidden, until its audit finds nothing told.
    ///
    /// # Errors
    /// When a template is wrong, the disk refuses, or a breach remains that hiding more does not mend.
    pub fn draw(&mut self, target: &Path, templates: &Templates, progress: Progress) -> anyhow::Result<Drawn> {
        for round in 0.. {
            progress(Stage::Draw(Edition::Public), round, ROUNDS);
            let figures = self.held.as_ref().unwrap_or(self.all);
            let (intake, definitions, before) = (self.intake, self.definitions, &self.before);
            let release =
                Release::public_edition(figures, intake, definitions, &self.cover, self.rules, self.stamp, before);
            let publication = Publication::begin(target)?;
            render(&release, templates, &|page| publication.put(page))?;
            let files = publication.verified()?;
            progress(Stage::Audit, round, ROUNDS);
            let (audit, breaches) = attempt(publication.folder(), before, &figures.cube, definitions)?;
            if breaches.is_empty() {
                return Ok(Drawn { publication, files, release, audit });
            }
            if round == ROUNDS || !breaches.iter().all(Breach::is_told) {
                return Err(refused(&breaches));
            }
            let told: BTreeSet<_> = breaches.into_iter().filter_map(|breach| breach.place).collect();
            self.cover = match round {
                LAST => Cover::closed(figures, definitions),
                _ => self.cover.wider(figures, definitions, before, &told, round >= SINGLE_ROUNDS),
            };
        }
        unreachable!("the last round returns")
    }
}
