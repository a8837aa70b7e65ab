//! What each measure is about, and what a reader may assume between measures: the form's own rules.

use crate::definitions::check::{Condition, Sum};
use crate::definitions::form::Privacy;
use crate::definitions::{Check, CheckKind, Definitions};
use crate::figures::Axes;
use crate::vocabulary::{MeasureCode, Severity};

/// What disclosure control needs to know about one measure of the axis.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its privacy class.
    pub privacy: Privacy,
    /// For a ratio: the positions of all measures in it. Empty for a reported quantity.
    pub parts: Vec<usize>,
    /// The measure it is a part of, where `whole − part` is as sensitive as the part.
    pub whole: Option<usize>,
    /// The measure that a rule adds it up to, together with other parts.
    pub share_of: Option<usize>,
    /// For money: the measure that counts its receivers.
    pub receivers: Option<usize>,
}

impl Subject {
    /// Whether it is about persons and hence controlled.
    pub fn is_personal(&self) -> bool {
        self.privacy > Privacy::P0
    }
}

/// The subjects of all measures, in axis order.
pub fn subjects(axes: &Axes, definitions: &Definitions) -> Vec<Subject> {
    axes.measures().iter().map(|code| subject(code, axes, definitions)).collect()
}

fn subject(code: &MeasureCode, axes: &Axes, definitions: &Definitions) -> Subject {
    let at = |code: &MeasureCode| axes.measure_position(code);
    if let Some(indicator) = definitions.indicators.iter().find(|indicator| indicator.code == *code) {
        let terms = indicator.numerator.iter().chain(&indicator.denominator);
        return Subject {
            privacy: indicator.privacy,
            parts: terms.filter_map(|term| at(&term.item)).collect(),
            whole: None,
            share_of: None,
            receivers: None,
        };
    }
    let row = definitions.forms.iter().rev().find_map(|form| {
        form.row(code).or_else(|| {
            // The count of units in one class: `bv.phan_loai_xa.xs` is about what `bv.phan_loai_xa` is about.
            code.as_str().rsplit_once('.').and_then(|(row, _)| form.row(&MeasureCode::from(row)))
        })
    });
    match row {
        Some(row) => Subject {
            privacy: row.privacy,
            parts: Vec::new(),
            whole: row.part_of.as_ref().filter(|_| row.complement_sensitive).and_then(at),
            share_of: row.part_of.as_ref().filter(|_| is_share(code, definitions)).and_then(at),
            receivers: row.receivers.as_ref().and_then(at),
        },
        // A measure nobody declared: treat it as the most private kind.
        None => Subject { privacy: Privacy::P3, parts: Vec::new(), whole: None, share_of: None, receivers: None },
    }
}

/// Whether a rule adds a row and others up to the whole that each of them is declared to be a part of.
fn is_share(code: &MeasureCode, definitions: &Definitions) -> bool {
    let whole = |code: &MeasureCode| {
        definitions.forms.iter().rev().find_map(|form| form.row(code)).and_then(|row| row.part_of.as_ref())
    };
    let Some(own) = whole(code) else { return false };
    let sides = reliable(definitions).filter_map(|check| match &check.kind {
        CheckKind::Equal { left, right } | CheckKind::AtMost { left, right } => Some([left, right]),
        _ => None,
    });
    sides.flatten().any(|side| {
        let has = side.iter().any(|term| term.item == *code);
        has && side.iter().any(|term| term.item != *code && whole(&term.item) == Some(own))
    })
}

/// A sum over measures of one return: factor, position, and whether the previous return is meant.
pub type Combination = Vec<(i64, usize, bool)>;

/// Sums that are 0 in every accepted return: equations whose breach sends values back.
/// One that is only warned about is nothing a reader can rely on.
pub fn identities(axes: &Axes, definitions: &Definitions) -> Vec<Combination> {
    let mut identities: Vec<Combination> = reliable(definitions)
        .filter_map(|check| match &check.kind {
            CheckKind::Equal { left, right } => difference(axes, left, right),
            _ => None,
        })
        .collect();
    identities.sort();
    identities.dedup();
    identities
}

/// Sums that are at most 0 in every accepted return.
pub fn inequalities(axes: &Axes, definitions: &Definitions) -> Vec<Combination> {
    let mut inequalities: Vec<Combination> = reliable(definitions)
        .filter_map(|check| match &check.kind {
            CheckKind::AtMost { left, right } => difference(axes, left, right),
            _ => None,
        })
        .filter(|sum| sum.iter().all(|(_, _, previous)| !previous))
        .collect();
    inequalities.sort();
    inequalities.dedup();
    inequalities
}

/// What each complement-sensitive part leaves of its whole: `whole − part`. The whole is declared, or
/// the right side of the form's inequality `part ≤ whole`.
pub fn complements(axes: &Axes, definitions: &Definitions, subjects: &[Subject]) -> Vec<Combination> {
    let sensitive = |code: &MeasureCode| {
        definitions.forms.iter().rev().find_map(|form| form.row(code)).is_some_and(|row| row.complement_sensitive)
    };
    let declared = subjects.iter().enumerate().filter_map(|(part, subject)| {
        let whole = subject.whole?;
        Some(vec![(1, whole, false), (-1, part, false)])
    });
    let checked = reliable(definitions).filter_map(|check| match &check.kind {
        CheckKind::AtMost { left, right } => match left.as_slice() {
            [only] if only.coefficient == 1 && !only.previous && sensitive(&only.item) => difference(axes, right, left),
            _ => None,
        },
        _ => None,
    });
    let mut complements: Vec<Combination> = declared.chain(checked).collect();
    complements.sort();
    complements.dedup();
    complements
}

/// The checks that hold in every accepted return, but for those that ask what a number is first.
fn reliable(definitions: &Definitions) -> impl Iterator<Item = &Check> {
    let asks_a_number = |condition: &Condition| matches!(condition, Condition::Value(..) | Condition::AtLeast(..));
    let checks = definitions.forms.iter().flat_map(|form| &form.checks);
    checks.filter(move |check| check.severity == Severity::Error && !check.when.iter().any(asks_a_number))
}

/// `left − right`; `None` when a row is on no axis.
fn difference(axes: &Axes, left: &Sum, right: &Sum) -> Option<Combination> {
    let side = |terms: &Sum, sign: i64| -> Option<Combination> {
        let term = |term: &crate::definitions::check::Term| {
            Some((sign * term.coefficient, axes.measure_position(&term.item)?, term.previous))
        };
        terms.iter().map(term).collect()
    };
    Some([side(left, 1)?, side(right, -1)?].concat())
}
