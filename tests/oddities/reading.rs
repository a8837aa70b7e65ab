//! The oddities read by the real intake, in processes of their own, and held against their stories.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::NaiveDate;
use tongket::definitions::{self, Registers};
use tongket::findings::Finding;
use tongket::intake::{Intake, ReaderOptions, Reading as Read, Return, Standing, take_in};
use tongket::vocabulary::MeasureCode;

use crate::make;
use crate::story::{Expected, Story};

/// What became of one file.
pub struct Reading<'s> {
    pub story: &'s Story,
    pub ret: Option<Return>,
    /// Why it was set aside.
    pub aside: Option<String>,
    pub findings: Vec<Finding>,
}

/// Reads every story's file: those of one folder together, as they would come in.
pub fn all(stories: &[Story]) -> Vec<Reading<'_>> {
    let (definitions, _) = definitions::load(&crate::here().join("input")).unwrap();
    let options = ReaderOptions::with_program(PathBuf::from(env!("CARGO_BIN_EXE_tongket")));
    let mut groups: BTreeMap<&str, Vec<&Story>> = BTreeMap::new();
    for story in stories {
        groups.entry(group(&story.file).0).or_default().push(story);
    }
    let mut readings = Vec::new();
    for stories in groups.into_values() {
        let folder = tempfile::tempdir().unwrap();
        for story in &stories {
            let path = folder.path().join("returns").join(group(&story.file).1);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::copy(crate::here().join("files").join(&story.file), path).unwrap();
        }
        let as_of = NaiveDate::from_ymd_opt(2027, 1, 20).unwrap();
        let options = ReaderOptions { workers: 1, ..options.clone() };
        let intake = take_in(&definitions, &Registers::default(), folder.path(), as_of, &options, &|_, _| {}).unwrap();
        readings.extend(stories.into_iter().map(|story| reading(story, &intake)));
    }
    readings.sort_by_key(|reading| stories.iter().position(|story| story.file == reading.story.file));
    readings
}

/// The folder that files come in with, and the path below it.
fn group(file: &str) -> (&str, &str) {
    file.split_once('/').unwrap_or((file, file))
}

fn reading<'s>(story: &'s Story, intake: &Intake) -> Reading<'s> {
    let name = group(&story.file).1;
    Reading {
        story,
        ret: intake.returns.iter().find(|ret| &*ret.file == name).cloned(),
        aside: intake.set_aside.iter().find(|aside| &*aside.file == name).map(|aside| aside.reason.clone()),
        findings: intake.findings.iter().filter(|finding| finding.place.file_name() == name).cloned().collect(),
    }
}

impl Reading<'_> {
    fn outcome(&self) -> &str {
        match (&self.ret, &self.aside) {
            (Some(ret), _) => ret.outcome.code(),
            (None, Some(_)) => "set_aside",
            (None, None) => "ignored",
        }
    }

    fn standing(&self) -> Option<&'static str> {
        Some(match self.ret.as_ref()?.standing {
            Standing::Counts => "counts",
            Standing::Superseded { .. } => "superseded",
            Standing::SetAside { .. } => "set_aside",
        })
    }

    /// What each cell must read as, when the file is read at all.
    fn expected(&self) -> BTreeMap<MeasureCode, Expected> {
        let mut values: BTreeMap<MeasureCode, Expected> =
            make::TRUTH.iter().map(|(item, value)| (MeasureCode::from(*item), Expected::Value(*value))).collect();
        values.extend(self.story.values.iter().map(|(item, value)| (item.as_str().into(), value.clone())));
        values
    }

    /// Every way in which it was read otherwise than told.
    pub fn differences(&self) -> Vec<String> {
        let (story, mut told) = (self.story, Vec::new());
        let mut compare = |what: &str, found: String, expected: String| {
            if found != expected {
                told.push(format!("{what}: {found}, told {expected}"));
            }
        };
        compare("outcome", self.outcome().to_owned(), story.outcome.clone());
        if let Some(standing) = &story.standing {
            compare("standing", format!("{:?}", self.standing()), format!("{:?}", Some(standing)));
        }
        let unit = self.ret.as_ref().map(|ret| ret.unit.to_string());
        compare("unit", format!("{unit:?}"), format!("{:?}", story.unit));
        let period = self.ret.as_ref().map(|ret| ret.period.to_string());
        compare("period", format!("{period:?}"), format!("{:?}", story.period));
        let rules: BTreeSet<String> = self.findings.iter().map(|finding| finding.rule.to_string()).collect();
        compare("rules", format!("{rules:?}"), format!("{:?}", story.rules));
        let said: Vec<String> = self.findings.iter().map(|f| format!("{} {}", f.message, f.help)).collect();
        let said = said.join("\n");
        for words in &story.says {
            compare(
                "says",
                said.contains(words).to_string(),
                format!("true: {words}").replace(&format!(": {words}"), ""),
            );
        }
        let everything = format!("{:?} {:?} {:?}", self.ret, self.aside, self.findings);
        for words in &story.never_quoted {
            compare(&format!("quotes “{words}”"), everything.contains(words).to_string(), "false".to_owned());
        }
        let Some(ret) = self.ret.as_ref().filter(|ret| !ret.entries.is_empty()) else { return told };
        for (item, expected) in self.expected() {
            let found = match ret.entries.get(&item).map(|entry| entry.value) {
                Some(Read::Value(value)) => Expected::Value(value),
                Some(Read::Empty) => Expected::Word("empty".into()),
                Some(Read::Rejected) => Expected::Word("rejected".into()),
                None => Expected::Word("absent".into()),
            };
            compare(item.as_str(), format!("{found:?}"), format!("{expected:?}"));
        }
        for (item, words) in &story.repairs {
            let logged = ret.entries.get(item.as_str()).map(|entry| entry.repairs.join("; ")).unwrap_or_default();
            if !logged.contains(words) {
                told.push(format!("repairs of {item}: “{logged}”, told “{words}”"));
            }
        }
        told
    }
}

/// Findings about a whole sheet, which tell of every row that stood on it.
const SHEET_RULES: [&str; 3] = ["sheet-missing", "sheet-unreadable", "column-missing"];

/// How much of the oddities is read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// All files.
    pub files: usize,
    /// Files read without losing a cell.
    pub whole: usize,
    /// Files read in part.
    pub partly: usize,
    /// Files of which nothing is used, each with a finding that says why.
    pub refused: usize,
    /// Files of no return at all, passed over.
    pub ignored: usize,
    /// Cells in the files that were read.
    pub cells: usize,
    /// Of those, read as they were meant.
    pub right: usize,
    /// Of the right ones, read by a logged repair.
    pub repaired: usize,
    /// Refused or missing, with a finding.
    pub told: usize,
    /// Read as another number, or lost without a finding.
    pub wrong: usize,
}

impl Shares {
    /// Counts what was read.
    pub fn of(readings: &[Reading]) -> Self {
        let mut shares = Self::default();
        for reading in readings {
            shares.files += 1;
            let used = reading.ret.as_ref().filter(|ret| ret.outcome.code() != "returned");
            let Some(ret) = used else {
                match (&reading.aside, reading.findings.is_empty()) {
                    (None, true) => shares.ignored += 1,
                    _ => shares.refused += 1,
                }
                continue;
            };
            let before = shares.right;
            for (item, expected) in reading.expected() {
                shares.cells += 1;
                let entry = ret.entries.get(&item);
                let is_told = reading.findings.iter().any(|finding| match &finding.item {
                    Some(about) => *about == item,
                    None => entry.is_none() && SHEET_RULES.contains(&finding.rule.as_str()),
                });
                match entry.map(|entry| entry.value) {
                    Some(Read::Value(value)) if expected == Expected::Value(value) => {
                        shares.right += 1;
                        shares.repaired += usize::from(entry.is_some_and(|entry| !entry.repairs.is_empty()));
                    }
                    Some(Read::Empty | Read::Rejected) | None if is_told => shares.told += 1,
                    _ => shares.wrong += 1,
                }
            }
            let whole = shares.right - before == make::TRUTH.len();
            *(if whole { &mut shares.whole } else { &mut shares.partly }) += 1;
        }
        shares
    }
}
