//! Biểu 00 as it was filled: what is declared, and in which cell.
//!
//! Labels are found by their folded text, so that the cover may be moved and
//! rearranged. What the declarations mean is decided in `identify`.

use std::collections::BTreeMap;

use crate::intake::dates;
use crate::intake::index::{Index, sheet_key};
use crate::intake::workbook::{Cell, CellValue, Workbook};
use crate::vocabulary::CellRef;
use crate::vocabulary::text::plain_key;

/// What is declared on Biểu 00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Province,
    Unit,
    Name,
    PeriodKind,
    PeriodNumber,
    Year,
    From,
    To,
    Nature,
    Submission,
    TeamModel,
    MadeOn,
    Version,
}

const LABELS: [(&str, Label); 13] = [
    ("ma tinh", Label::Province),
    ("ma don vi", Label::Unit),
    ("ten don vi", Label::Name),
    ("loai ky", Label::PeriodKind),
    ("ky so", Label::PeriodNumber),
    ("nam", Label::Year),
    ("tu ngay", Label::From),
    ("den ngay", Label::To),
    ("tinh chat so lieu", Label::Nature),
    ("lan nop", Label::Submission),
    ("mo hinh to", Label::TeamModel),
    ("ngay lap", Label::MadeOn),
    ("phien ban bieu mau", Label::Version),
];

/// Biểu 00 of a workbook.
#[derive(Debug)]
pub(super) struct Cover<'w> {
    /// Position of its sheet in the workbook.
    pub sheet: usize,
    /// The cell of each declaration, filled or not.
    pub cells: BTreeMap<Label, (CellRef, Option<&'w CellValue>)>,
}

impl<'w> Cover<'w> {
    /// Finds Biểu 00 by its name, else by its labels.
    pub fn find(workbook: &'w Workbook, index: &Index) -> Option<Self> {
        let named = |at: &usize| {
            let key = sheet_key(&workbook.sheets[*at].name);
            index.cover_names().any(|name| name == key)
        };
        let all = 0..workbook.sheets.len();
        let labelled = |at| Some(Self::of(workbook, at)).filter(|cover| cover.cells.len() >= 4);
        all.clone().filter(named).find_map(labelled).or_else(|| all.clone().find_map(labelled))
    }

    fn of(workbook: &'w Workbook, at: usize) -> Self {
        let mut cells = BTreeMap::new();
        for row in workbook.sheets[at].rows() {
            let mut rest = row;
            while let [cell, after @ ..] = rest {
                rest = after;
                let Some(label) = label_of(&cell.value) else { continue };
                // The declaration stands to the right, possibly behind merged cells.
                // A kind of period may read “Năm”, which is a label elsewhere.
                let is_value = |next: &&Cell| {
                    next.at.col - cell.at.col <= 4 && (label == Label::PeriodKind || label_of(&next.value).is_none())
                };
                let value = after.first().filter(is_value);
                if value.is_some() {
                    rest = &after[1..];
                }
                let beside = CellRef::new(cell.at.row, cell.at.col + 1);
                cells
                    .entry(label)
                    .or_insert_with(|| value.map_or((beside, None), |value| (value.at, Some(&value.value))));
            }
        }
        Self { sheet: at, cells }
    }

    /// What is declared, when something is.
    pub fn value(&self, label: Label) -> Option<&'w CellValue> {
        self.cells.get(&label)?.1
    }

    /// What is declared, as text; empty when nothing is.
    pub fn text(&self, label: Label) -> String {
        self.value(label).map(CellValue::shown).unwrap_or_default()
    }
}

fn label_of(value: &CellValue) -> Option<Label> {
    let text = value.text()?;
    if text.len() > 60 {
        return None;
    }
    let key = plain_key(text);
    let key = key.split('(').next().unwrap_or(&key).trim_end_matches([':', ' ', '*']);
    LABELS.iter().find(|(name, _)| *name == key).map(|(_, label)| *label)
}

/// The defined name that holds the version of the form.
const VERSION_NAME: &str = "phien_ban_bieu_mau";

/// A code typed as text or number, with the leading zeros that Excel drops.
pub(super) fn digits(value: Option<&CellValue>, width: usize) -> String {
    match value {
        Some(CellValue::Number(number)) if *number >= 0.0 && number.fract() == 0.0 => format!("{number:0>width$}"),
        Some(value) => value.shown(),
        None => String::new(),
    }
}

/// Lần nộp; 1 when nothing usable is declared.
pub(super) fn submission(value: Option<&CellValue>) -> u32 {
    let text = value.map(CellValue::shown).unwrap_or_default();
    text.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(1)
}

/// The declared team model: `1-1`, `1-n` or none.
pub(super) fn team_model(value: Option<&CellValue>) -> Option<String> {
    let key = match value? {
        // Excel takes a typed 1-1 for the first of January.
        day @ CellValue::Day(_) => dates::day(day).ok().map(|day| day.format("%-d-%-m").to_string())?,
        other => plain_key(&other.shown()),
    };
    let key: String = key.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    ["1-1", "1-n"].into_iter().find(|model| model.replace('-', "") == key).map(str::to_owned)
}

/// The version that the workbook's defined name holds or points to.
pub(super) fn defined_version(workbook: &Workbook) -> Option<String> {
    let (_, refers) = workbook.names.iter().find(|(name, _)| name.eq_ignore_ascii_case(VERSION_NAME))?;
    let refers = refers.trim_start_matches('=');
    let Some((sheet, cell)) = refers.rsplit_once('!') else { return Some(refers.trim_matches('"').to_owned()) };
    let sheet = sheet.trim_matches('\'');
    let cell: CellRef = cell.replace('$', "").parse().ok()?;
    let value = workbook.sheets.iter().find(|s| s.name == sheet)?.get(cell)?;
    Some(value.shown())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_their_leading_zeros() {
        assert_eq!(digits(Some(&CellValue::Number(1234.0)), 5), "01234");
        assert_eq!(digits(Some(&CellValue::Text("01234".into())), 5), "01234");
        assert_eq!(digits(None, 5), "");
    }

    #[test]
    fn a_team_model_that_excel_took_for_a_day_is_read_back() {
        assert_eq!(team_model(Some(&CellValue::Day(46_023.0))).as_deref(), Some("1-1"));
        assert_eq!(team_model(Some(&CellValue::Text("1 - N".into()))).as_deref(), Some("1-n"));
        assert_eq!(team_model(Some(&CellValue::Text("Không".into()))), None);
    }
}
