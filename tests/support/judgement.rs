//! A reader held against the truth of a spoilt demo: files by kind, identification, cells, and the laws it broke.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use tongket::demo::spoil::Must;
use tongket::demo::spoil::record::Record;
use tongket::findings::Finding;
use tongket::intake::{Entry, Intake, Reading, Return, Standing};
use tongket::vocabulary::MeasureCode;

/// What came of it.
#[derive(Debug, Default)]
pub struct Judgement {
    /// Files by kind of spoiling; those that came in as they should under `-`.
    pub files: BTreeMap<String, Files>,
    /// Cells of all files that were to be read.
    pub cells: Cells,
    /// Files whose unit and period were accepted, and how many of them rightly.
    pub identified: (usize, usize),
    /// Broken laws, each with its file: a wrong identity, a wrong number, a change or a loss that nothing tells of.
    pub broken: Vec<String>,
    /// Cells refused though readable, and files set aside though readable: no law, but worth a look.
    pub needless: Vec<String>,
}

/// Files of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Treated as they must be.
    pub right: usize,
    /// Read, but with cells refused that could have been read.
    pub partly: usize,
    /// Set aside, though they could have been read.
    pub set_aside: usize,
    /// Treated so that a law was broken.
    pub wrong: usize,
}

/// Cells with a number that was meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// Read as typed.
    pub as_typed: usize,
    /// Read rightly by a repair that was logged.
    pub repaired: usize,
    /// Refused with a finding, as they must be.
    pub refused: usize,
    /// Refused with a finding, though they could have been read.
    pub refused_needlessly: usize,
    /// Another number than was meant, whatever was logged.
    pub changed: usize,
    /// Refused or lost without a finding.
    pub silent: usize,
}

impl Judgement {
    /// Holds what was read against what was meant.
    pub fn of(records: &[Record], intake: &Intake) -> Self {
        let mut judgement = Self::default();
        let returns: BTreeMap<&str, &Return> = intake.returns.iter().map(|ret| (&*ret.file, ret)).collect();
        let mut findings: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in &intake.findings {
            findings.entry(finding.place.file_name()).or_default().push(finding);
        }
        for record in records {
            let told = findings.get(record.file.as_str()).map_or(&[][..], Vec::as_slice);
            judgement.file(record, returns.get(record.file.as_str()).copied(), told);
        }
        judgement
    }

    /// Share of files treated as they must be, in hundredths of a per cent.
    pub fn files_right(&self) -> usize {
        let all: usize = self.files.values().map(|f| f.right + f.partly + f.set_aside + f.wrong).sum();
        self.files.values().map(|f| f.right).sum::<usize>() * 10_000 / all.max(1)
    }

    /// Share of cells read rightly or refused as they must be, in hundredths of a per cent.
    pub fn cells_right(&self) -> usize {
        let c = &self.cells;
        let right = c.as_typed + c.repaired + c.refused;
        right * 10_000 / (right + c.refused_needlessly + c.changed + c.silent).max(1)
    }

    fn file(&mut self, record: &Record, ret: Option<&Return>, told: &[&Finding]) {
        let (kind, must) = match &record.spoilt {
            Some((kind, must)) => (kind.as_str(), must),
            None => ("-", &Must::ReadSame),
        };
        let laws = self.broken.len();
        let mut needlessly = 0;
        let used = ret.filter(|ret| !matches!(ret.standing, Standing::SetAside { .. }) && has_value(ret));
        if let Some(ret) = used {
            self.identified.0 += 1;
            if (&ret.unit, ret.period) == (&record.unit, record.period) {
                self.identified.1 += 1;
            } else {
                self.breaks(record, kind, format!("accepted for {} {}", ret.unit, ret.period));
            }
            if *must == Must::SetAside && ret.standing == Standing::Counts {
                self.breaks(record, kind, "counts, though nothing of it may be used".to_owned());
            }
            if *must != Must::SetAside {
                needlessly = self.cells_of(record, kind, must, ret, told);
            }
        } else if told.is_empty() {
            self.breaks(record, kind, "not used, and nothing tells why".to_owned());
        } else if matches!(must, Must::ReadSame | Must::Refuse(_)) {
            self.cells.refused_needlessly += record.truth.len();
            let gravest = told.iter().min_by_key(|finding| finding.severity).map_or("", |finding| &finding.message);
            self.needless.push(format!("{} ({kind}): {gravest}", record.file));
        }
        let files = self.files.entry(kind.to_owned()).or_default();
        match (used, must) {
            _ if self.broken.len() > laws => files.wrong += 1,
            (None, Must::ReadSame | Must::Refuse(_)) => files.set_aside += 1,
            (Some(_), Must::ReadSame | Must::Refuse(_)) if needlessly > 0 => files.partly += 1,
            _ => files.right += 1,
        }
    }

    /// Judges the cells of a file; gives how many were refused needlessly.
    fn cells_of(&mut self, record: &Record, kind: &str, must: &Must, ret: &Return, told: &[&Finding]) -> usize {
        let to_refuse: &[MeasureCode] = if let Must::Refuse(items) = must { items } else { &[] };
        let items: BTreeSet<&MeasureCode> = told.iter().filter_map(|finding| finding.item.as_ref()).collect();
        let whole = |rule: &str| told.iter().any(|finding| finding.rule.as_str() == rule);
        let a_sheet_is_told = whole("sheet-missing") || whole("sheet-unreadable") || whole("column-missing");
        let mut needlessly = 0;
        for (item, meant) in &record.truth {
            let entry = ret.entries.get(item);
            match entry.map(|entry| entry.value) {
                Some(Reading::Value(value)) if value != *meant || to_refuse.contains(item) => {
                    self.cells.changed += 1;
                    let raw = entry.map_or("", |entry| &entry.raw);
                    self.breaks(record, kind, format!("{item}: “{raw}” read as {value}, meant {meant}"));
                }
                Some(Reading::Value(value)) => {
                    let entry = entry.expect("it has a value");
                    if is_as_typed(entry, value) {
                        self.cells.as_typed += 1;
                    } else if entry.repairs.is_empty() {
                        self.cells.changed += 1;
                        self.breaks(
                            record,
                            kind,
                            format!("{item}: “{}” read as {value}, and nothing logged", entry.raw),
                        );
                    } else {
                        self.cells.repaired += 1;
                    }
                }
                Some(Reading::Empty | Reading::Rejected) | None => {
                    if !items.contains(item) && (entry.is_some() || !a_sheet_is_told) {
                        self.cells.silent += 1;
                        self.breaks(record, kind, format!("{item}: {meant} is lost and nothing told"));
                    } else if to_refuse.contains(item) || *must == Must::NeverGuess {
                        self.cells.refused += 1;
                    } else {
                        self.cells.refused_needlessly += 1;
                        needlessly += 1;
                        let why = told_of(told, item).map_or("", |finding| &finding.message);
                        self.needless.push(format!("{} ({kind}) {item}: {why}", record.file));
                    }
                }
            }
        }
        for (item, entry) in ret.entries.iter().filter(|(item, _)| !record.truth.contains_key(*item)) {
            if let Reading::Value(value) = entry.value {
                self.cells.changed += 1;
                self.breaks(record, kind, format!("{item}: {value} out of nothing"));
            }
        }
        needlessly
    }

    fn breaks(&mut self, record: &Record, kind: &str, what: String) {
        self.broken.push(format!("{} ({kind}, {} {}): {what}", record.file, record.unit, record.period));
    }
}

fn told_of<'f>(told: &[&'f Finding], item: &MeasureCode) -> Option<&'f Finding> {
    told.iter().copied().find(|finding| finding.item.as_ref() == Some(item))
}

fn has_value(ret: &Return) -> bool {
    ret.entries.values().any(|entry| matches!(entry.value, Reading::Value(_)))
}

/// Whether a cell reads as it stands: plain digits, or a word, which only a class may be.
fn is_as_typed(entry: &Entry, value: i64) -> bool {
    entry.raw == value.to_string() || (entry.raw.chars().any(char::is_alphabetic) && (1..=9).contains(&value))
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<34}{:>7}{:>8}{:>10}{:>7}", "kind", "right", "partly", "set aside", "wrong")?;
        for (kind, files) in &self.files {
            let Files { right, partly, set_aside, wrong } = files;
            writeln!(f, "{kind:<34}{right:>7}{partly:>8}{set_aside:>10}{wrong:>7}")?;
        }
        let (accepted, rightly) = self.identified;
        let share = |hundredths: usize| format!("{}.{:02} %", hundredths / 100, hundredths % 100);
        writeln!(f, "files treated as they must be: {}", share(self.files_right()))?;
        writeln!(f, "identified: {rightly} of {accepted} accepted rightly")?;
        let Cells { as_typed, repaired, refused, refused_needlessly, changed, silent } = self.cells;
        writeln!(f, "cells: {as_typed} as typed, {repaired} by a logged repair, {refused} refused as they must be,")?;
        writeln!(
            f,
            "       {refused_needlessly} refused though readable, {changed} changed, {silent} lost in silence"
        )?;
        writeln!(f, "cells treated as they must be: {}", share(self.cells_right()))?;
        for what in self.needless.iter().take(20) {
            writeln!(f, "needless: {what}")?;
        }
        for law in self.broken.iter().take(60) {
            writeln!(f, "BROKEN {law}")?;
        }
        write!(f, "laws broken: {}", self.broken.len())
    }
}
