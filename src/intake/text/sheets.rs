//! A workbook's text: what the words of a cell leave open, its font and the other cells of its sheet decide.
//!
//! An ordinary workbook is only looked over. A sheet is never judged as a
//! whole: one workbook may hold Unicode, TCVN3 and VNI side by side.

use std::collections::BTreeMap;

use super::legacy::{self, Judgement};
use super::words;
use super::{Encoding, Font, Repair};
use crate::intake::workbook::{CellValue, Sheet, Workbook};
use crate::vocabulary::CellRef;

/// The fonts of the cells of a sheet, as far as they are not plain.
pub type Fonts = BTreeMap<CellRef, Font>;

/// Repairs every text of a workbook and the names of its sheets, with the
/// fonts of each sheet, and logs what was done.
pub fn repair(workbook: &mut Workbook, fonts: &[Fonts]) {
    let is_suspect = |sheet: &Sheet| {
        let texts = sheet.cells.iter().filter_map(|cell| cell.value.text());
        texts.chain([sheet.name.as_str()]).any(words::is_suspect)
    };
    if fonts.iter().all(Fonts::is_empty) && !workbook.sheets.iter().any(is_suspect) {
        return;
    }
    let votes: Vec<Votes> = workbook.sheets.iter().zip(fonts).map(|(sheet, fonts)| Votes::of(sheet, fonts)).collect();
    let mut all = Votes::default();
    votes.iter().for_each(|votes| all.add(votes));
    for ((sheet, fonts), own) in workbook.sheets.iter_mut().zip(fonts).zip(&votes) {
        repair_cells(sheet, fonts, [own, &all]);
        repair_name(sheet, [own, &all], &mut workbook.names);
        sheet.repairs.sort();
    }
}

fn repair_cells(sheet: &mut Sheet, fonts: &Fonts, votes: [&Votes; 2]) {
    let mut repairs = Vec::new();
    for cell in &mut sheet.cells {
        let CellValue::Text(text) = &mut cell.value else { continue };
        let font = fonts.get(&cell.at).copied().unwrap_or_default();
        if text.is_ascii() && font != Font::Tcvn3Capitals {
            continue;
        }
        let judgement = legacy::judge(text);
        let leaning = leaning(judgement, font, votes);
        let mut read = legacy::read(text, judgement, leaning);
        if font == Font::Tcvn3Capitals {
            let is_tcvn3 = read.repairs.iter().any(|repair| repair == Repair::Tcvn3);
            if is_tcvn3 || (text.is_ascii() && leaning == Some(Encoding::Tcvn3)) {
                read.text = legacy::capitals(&read.text, is_tcvn3);
            }
        }
        repairs.extend(read.repairs.iter().map(|repair| (Some(cell.at), repair)));
        if read.unreadable {
            sheet.unreadable.push(cell.at);
        }
        if *read.text != **text {
            *text = read.text.into();
        }
    }
    sheet.repairs.extend(repairs);
}

/// Repairs the name of a sheet, and the defined names that point to it.
fn repair_name(sheet: &mut Sheet, votes: [&Votes; 2], names: &mut [(String, String)]) {
    let judgement = legacy::judge(&sheet.name);
    let read = legacy::read(&sheet.name, judgement, leaning(judgement, Font::Plain, votes));
    sheet.repairs.extend(read.repairs.iter().map(|repair| (None, repair)));
    if read.text == sheet.name {
        return;
    }
    for (_, refers) in names {
        let Some((of, cell)) = refers.rsplit_once('!') else { continue };
        if of.trim_start_matches('=').trim_matches('\'') == sheet.name {
            *refers = format!("'{}'!{cell}", read.text);
        }
    }
    sheet.name = read.text;
}

/// What the font and the other cells say where the words leave it open.
///
/// Old fonts outlive a conversion to Unicode, so the cells beside it under
/// fonts of its kind are heard first, then its own font, then all cells.
fn leaning(judgement: Judgement, font: Font, [own, all]: [&Votes; 2]) -> Option<Encoding> {
    let kind = font.encoding();
    let beside = own.of_kind(kind);
    if kind.is_some() {
        beside.or(all.of_kind(kind)).unwrap_or(kind)
    } else if matches!(judgement, Judgement::Open { poor: true, .. }) {
        None
    } else {
        beside.or(own.whole()).or(all.whole()).flatten()
    }
}

/// How many texts are surely in each encoding (none: Unicode), by what their font was made for.
#[derive(Debug, Default)]
struct Votes(BTreeMap<Option<Encoding>, BTreeMap<Option<Encoding>, usize>>);

impl Votes {
    fn of(sheet: &Sheet, fonts: &Fonts) -> Self {
        let mut votes = Self::default();
        for cell in &sheet.cells {
            let Some(text) = cell.value.text().filter(|text| !text.is_ascii()) else { continue };
            if let Judgement::Sure(encoding) = legacy::judge(text) {
                let kind = fonts.get(&cell.at).and_then(|font| font.encoding());
                *votes.0.entry(kind).or_default().entry(encoding).or_default() += 1;
            }
        }
        votes
    }

    fn add(&mut self, others: &Self) {
        for (kind, counts) in &others.0 {
            for (encoding, count) in counts {
                *self.0.entry(*kind).or_default().entry(*encoding).or_default() += count;
            }
        }
    }

    /// The majority under fonts of a kind; none when there are no votes.
    fn of_kind(&self, kind: Option<Encoding>) -> Option<Option<Encoding>> {
        majority(self.0.get(&kind)?.iter().map(|(encoding, count)| (*encoding, *count)))
    }

    /// The majority under all fonts; none when there are no votes.
    fn whole(&self) -> Option<Option<Encoding>> {
        let mut sum: BTreeMap<Option<Encoding>, usize> = BTreeMap::new();
        for (encoding, count) in self.0.values().flatten() {
            *sum.entry(*encoding).or_default() += count;
        }
        majority(sum.into_iter())
    }
}

/// The encoding with the most votes; of equals Unicode.
fn majority(votes: impl Iterator<Item = (Option<Encoding>, usize)>) -> Option<Option<Encoding>> {
    let votes: Vec<_> = votes.collect();
    votes.iter().rev().max_by_key(|(_, count)| *count).map(|(encoding, _)| *encoding)
}
