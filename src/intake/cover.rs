//! Biểu 00 as it was filled: what is declared, and in which cell.
//!
//! Labels are found by their folded text, so that the cover may be moved and
//! rearranged. Without a cover, what stands at the top of a sheet (“Đơn vị: …”, “Kỳ báo cáo: …”)
//! declares as much. What the declarations mean is decided in `identify`.

use std::borrow::Cow;
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
    /// The whole period in one cell, at the top of a sheet without cover.
    Period,
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

/// Labels that mean this only where there is no cover.
const AT_THE_TOP: [(&str, Label); 7] = [
    ("don vi", Label::Name),
    ("don vi bao cao", Label::Name),
    ("don vi gui bao cao", Label::Name),
    ("ky bao cao", Label::Period),
    ("bao cao ky", Label::Period),
    ("ky", Label::Period),
    ("bieu mau", Label::Version),
];

/// Rows from the top of a sheet that declare whose it is.
const TOP: u32 = 15;

/// Biểu 00 of a workbook.
#[derive(Debug)]
pub(super) struct Cover<'w> {
    /// Position of its sheet in the workbook.
    pub sheet: usize,
    /// The cell of each declaration, filled or not.
    pub cells: BTreeMap<Label, (CellRef, Option<Cow<'w, CellValue>>)>,
}

impl<'w> Cover<'w> {
    /// Finds Biểu 00 by its name, else by its labels, else the first sheet that says at its top whose
    /// and of when it is.
    pub fn find(workbook: &'w Workbook, index: &Index) -> Option<Self> {
        let named = |at: &usize| {
            let key = sheet_key(&workbook.sheets[*at].name);
            index.cover_names().any(|name| name == key)
        };
        let all = 0..workbook.sheets.len();
        let labelled = |at| Some(Self::of(workbook, at, &[])).filter(|cover| cover.cells.len() >= 4);
        let declared = |at| Some(Self::of(workbook, at, &AT_THE_TOP)).filter(Self::is_enough);
        let cover = all.clone().filter(named).find_map(labelled).or_else(|| all.clone().find_map(labelled));
        cover.or_else(|| all.clone().find_map(declared))
    }

    /// Whether a unit and a period are declared.
    fn is_enough(&self) -> bool {
        let is_filled = |label| self.value(label).is_some();
        (is_filled(Label::Unit) || is_filled(Label::Name)) && (is_filled(Label::Period) || is_filled(Label::PeriodKind))
    }

    fn of(workbook: &'w Workbook, at: usize, more: &[(&str, Label)]) -> Self {
        let mut cells = BTreeMap::new();
        let rows = workbook.sheets[at].rows().filter(|row| more.is_empty() || row[0].at.row < TOP);
        for row in rows {
            let mut rest = row;
            while let [cell, after @ ..] = rest {
                rest = after;
                if let Some((label, value)) = told_in(&cell.value, more) {
                    cells.entry(label).or_insert((cell.at, Some(Cow::Owned(value))));
                    continue;
                }
                let Some(label) = label_of(&cell.value, more) else { continue };
                // The declaration stands to the right, possibly behind merged cells.
                // A kind of period may read “Năm”, which is a label elsewhere.
                let is_value = |next: &&Cell| {
                    let named = label_of(&next.value, more);
                    let is_kind = label == Label::PeriodKind && named == Some(Label::Year);
                    next.at.col - cell.at.col <= 4 && (is_kind || named.is_none())
                };
                let value = after.first().filter(is_value);
                if value.is_some() {
                    rest = &after[1..];
                }
                let beside = CellRef::new(cell.at.row, cell.at.col + 1);
                cells
                    .entry(label)
                    .or_insert_with(|| value.map_or((beside, None), |v| (v.at, Some(Cow::Borrowed(&v.value)))));
            }
        }
        Self { sheet: at, cells }
    }

    /// What is declared, when something is.
    pub fn value(&self, label: Label) -> Option<&CellValue> {
        self.cells.get(&label)?.1.as_deref()
    }

    /// What is declared, as text; empty when nothing is.
    pub fn text(&self, label: Label) -> String {
        self.value(label).map(CellValue::shown).unwrap_or_default()
    }
}

fn label_of(value: &CellValue, more: &[(&str, Label)]) -> Option<Label> {
    let text = value.text()?;
    if text.len() > 60 {
        return None;
    }
    let key = plain_key(text);
    let key = key.split('(').next().unwrap_or(&key).trim_end_matches([':', ' ', '*']);
    LABELS.iter().chain(more).find(|(name, _)| *name == key).map(|(_, label)| *label)
}

/// Label and declaration in one cell: `Đơn vị: Xã Minh Sơn`.
fn told_in(value: &CellValue, more: &[(&str, Label)]) -> Option<(Label, CellValue)> {
    let (label, told) = value.text()?.split_once(':')?;
    let told = told.trim().trim_end_matches(['.', ';']);
    let label = label_of(&CellValue::Text(label.into()), more).filter(|_| !told.is_empty())?;
    Some((label, CellValue::Text(told.into())))
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
