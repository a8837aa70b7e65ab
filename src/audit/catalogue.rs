//! What the audit must know of each measure: how it adds up, and whose number it tells.

use anyhow::bail;

use crate::audit::sheet::Sheet;
use crate::definitions::form::AcrossTime;
use crate::definitions::{CheckKind, Definitions};
use crate::figures::{MeasureKind, Origin, measures};
use crate::vocabulary::MeasureCode;

/// One measure of the sheet.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// Whether it is about persons.
    pub personal: bool,
    /// Whether it is a number that units report (not a class, not a ratio).
    pub quantity: bool,
    /// How it adds up over the returns of a longer period.
    pub across_time: Option<AcrossTime>,
    /// Where its values come from.
    pub origin: Origin,
    /// Whether it may be negative.
    pub signed: bool,
    /// Whether it may be left empty, and is 0 then.
    pub optional: bool,
    /// For an amount of money: the measure that counts its receivers.
    pub receivers: Option<usize>,
    /// What it is a part of, where the rest is as sensitive as the part: sums of measures.
    pub wholes: Vec<Vec<(i64, usize)>>,
}

/// The measures of a sheet, in its order.
///
/// # Errors
/// When the public catalogue is not that of the definitions.
pub(super) fn subjects(sheet: &Sheet, definitions: &Definitions) -> anyhow::Result<Vec<Subject>> {
    let infos = measures(definitions);
    if infos.len() != sheet.measures.len() {
        bail!("measures.csv có {} chỉ tiêu, định nghĩa có {}", sheet.measures.len(), infos.len());
    }
    let mut subjects = Vec::new();
    for (at, code) in sheet.measures.iter().enumerate() {
        let Some(info) = infos.iter().find(|info| info.code == *code) else {
            bail!("measures.csv có chỉ tiêu {code} không có trong định nghĩa");
        };
        if info.privacy.code() != sheet.privacy[at] {
            bail!("measures.csv ghi {code} thuộc nhóm {}, định nghĩa ghi {}", sheet.privacy[at], info.privacy.code());
        }
        let row = definitions.forms.iter().rev().find_map(|form| form.row(code));
        let is_row = matches!(info.origin, Origin::Row { .. });
        subjects.push(Subject {
            personal: sheet.is_personal(at),
            quantity: is_row && matches!(info.kind, MeasureKind::Stock | MeasureKind::Flow),
            across_time: info.across_time,
            origin: info.origin.clone(),
            signed: row.is_some_and(|row| row.signed),
            optional: row.is_some_and(|row| !row.required),
            receivers: row.and_then(|row| row.receivers.as_ref()).and_then(|code| sheet.measure(code.as_str())),
            wholes: row.filter(|row| row.complement_sensitive).map_or(Vec::new(), |_| wholes(sheet, definitions, code)),
        });
    }
    Ok(subjects)
}

/// What a row is a part of: the row it stands under, what the form says it is at most, and the
/// denominator of the ratio it is the numerator of.
fn wholes(sheet: &Sheet, definitions: &Definitions, code: &MeasureCode) -> Vec<Vec<(i64, usize)>> {
    let at = |code: &MeasureCode| sheet.measure(code.as_str());
    let part_of = definitions.forms.iter().rev().find_map(|form| form.row(code)).and_then(|row| row.part_of.as_ref());
    let mut wholes: Vec<Vec<(i64, usize)>> = part_of.and_then(at).map(|whole| vec![(1, whole)]).into_iter().collect();
    for check in definitions.forms.last().into_iter().flat_map(|form| &form.checks) {
        if let CheckKind::AtMost { left, right } = &check.kind
            && let [only] = left.as_slice()
            && (only.coefficient, only.previous, &only.item) == (1, false, code)
            && right.iter().all(|term| !term.previous)
        {
            wholes
                .extend(right.iter().map(|term| Some((term.coefficient, at(&term.item)?))).collect::<Option<Vec<_>>>());
        }
    }
    for indicator in &definitions.indicators {
        if let [only] = indicator.numerator.as_slice()
            && (only.coefficient, &only.item) == (1, code)
        {
            let whole = indicator.denominator.iter().map(|term| Some((term.coefficient, at(&term.item)?)));
            wholes.extend(whole.collect::<Option<Vec<_>>>());
        }
    }
    wholes.sort();
    wholes.dedup();
    wholes
}
