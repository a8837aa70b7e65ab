//! What each measure is about, and the linear relations a reader may assume between measures.

use crate::definitions::check::Sum;
use crate::definitions::form::Privacy;
use crate::definitions::{CheckKind, Definitions};
use crate::figures::Axes;
use crate::vocabulary::MeasureCode;

/// What disclosure control needs to know about one measure of the axis.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its privacy class.
    pub privacy: Privacy,
    /// For a ratio: the positions of all measures in it. Empty for a reported quantity.
    pub parts: Vec<usize>,
    /// The measure it is a part of, where `whole − part` is as sensitive as the part.
    pub whole: Option<usize>,
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
            receivers: row.receivers.as_ref().and_then(at),
        },
        // A measure nobody declared: treat it as the most private kind.
        None => Subject { privacy: Privacy::P3, parts: Vec::new(), whole: None, receivers: None },
    }
}

/// The equations between measures that hold in every return, each as the positions of its
/// measures: whoever knows all but one of them knows the last.
///
/// A term of the previous return counts like one of this return: over a printed series both are known.
pub fn equations(axes: &Axes, definitions: &Definitions) -> Vec<Vec<usize>> {
    let checks = definitions.forms.iter().flat_map(|form| &form.checks);
    let mut equations: Vec<Vec<usize>> = checks
        .filter_map(|check| match &check.kind {
            CheckKind::Equal { left, right } => Some(left.iter().chain(right)),
            _ => None,
        })
        .map(|terms| {
            let mut members: Vec<usize> = terms.filter_map(|term| axes.measure_position(&term.item)).collect();
            members.sort_unstable();
            members.dedup();
            members
        })
        .filter(|members| members.len() > 1)
        .collect();
    equations.sort();
    equations.dedup();
    equations
}

/// `Σ factor × measure ≤ 0`, over the measures' positions.
pub type Constraint = Vec<(i64, usize)>;

/// The constraints between measures of one return: an inequality of the form is one, an equation two.
pub fn constraints(axes: &Axes, definitions: &Definitions) -> Vec<Constraint> {
    let side = |terms: &Sum, sign: i64| -> Option<Constraint> {
        terms.iter().map(|term| Some((sign * term.coefficient, axes.measure_position(&term.item)?))).collect()
    };
    let mut constraints = Vec::new();
    for check in definitions.forms.iter().flat_map(|form| &form.checks) {
        let (left, right, both_ways) = match &check.kind {
            CheckKind::AtMost { left, right } => (left, right, false),
            CheckKind::Equal { left, right } => (left, right, true),
            _ => continue,
        };
        if left.iter().chain(right).any(|term| term.previous) {
            continue;
        }
        let directions = if both_ways { vec![1, -1] } else { vec![1] };
        for sign in directions {
            if let (Some(left), Some(right)) = (side(left, sign), side(right, -sign)) {
                constraints.push([left, right].concat());
            }
        }
    }
    constraints.sort();
    constraints.dedup();
    constraints
}

/// Pairs `(part, whole)` from the form's inequalities `part ≤ whole`, where the part is one
/// complement-sensitive measure.
pub fn shares(axes: &Axes, definitions: &Definitions, subjects: &[Subject]) -> Vec<(usize, Vec<(i64, usize)>)> {
    let sensitive = |code: &MeasureCode| {
        definitions.forms.iter().rev().find_map(|form| form.row(code)).is_some_and(|row| row.complement_sensitive)
    };
    let declared = subjects.iter().enumerate().filter_map(|(part, subject)| Some((part, vec![(1, subject.whole?)])));
    let checked = definitions.forms.iter().flat_map(|form| &form.checks).filter_map(|check| match &check.kind {
        CheckKind::AtMost { left, right } => match left.as_slice() {
            [only] if only.coefficient == 1 && !only.previous && sensitive(&only.item) => {
                let part = axes.measure_position(&only.item)?;
                let whole: Option<Vec<(i64, usize)>> =
                    right.iter().map(|term| Some((term.coefficient, axes.measure_position(&term.item)?))).collect();
                Some((part, whole?))
            }
            _ => None,
        },
        _ => None,
    });
    let mut shares: Vec<_> = declared.chain(checked).collect();
    shares.sort();
    shares.dedup();
    shares
}
