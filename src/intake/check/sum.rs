//! Sums of rows, worked out with the arithmetic that the clerk is shown.

use crate::definitions::check::Term;
use crate::intake::check::case::Case;
use crate::vocabulary::{MeasureCode, Period, number};

/// A sum of rows that are all reported.
pub(super) struct Worked {
    /// Its total. Wider than a cell, so that no absurd value can overflow it.
    pub total: i128,
    /// Each term that matters.
    parts: Vec<Part>,
    /// The earlier return that a term is taken from.
    pub earlier: Option<Period>,
}

struct Part {
    coefficient: i64,
    item: MeasureCode,
    name: String,
    previous: Option<Period>,
    value: i64,
    written: String,
}

/// Works out a sum; `None` when a row of it is not reported, or was reported
/// before the unit's boundary changed.
pub(super) fn work(case: &Case, sum: &[Term]) -> Option<Worked> {
    let mut worked = Worked { total: 0, parts: Vec::new(), earlier: None };
    for term in sum {
        let previous = if term.previous { Some(case.previous_of(&term.item)?.period) } else { None };
        if !case.across_boundary && previous.is_some_and(|period| case.boundary_changed_since(period)) {
            return None;
        }
        let value = if term.previous { case.previous_value(&term.item)? } else { case.value(&term.item)? };
        worked.total += i128::from(term.coefficient) * i128::from(value);
        worked.earlier = worked.earlier.or(previous);
        worked.parts.push(Part {
            coefficient: term.coefficient,
            item: term.item.clone(),
            name: case.name_inside(&term.item),
            previous,
            value,
            written: case.written(&term.item, value),
        });
    }
    // An optional row left empty adds nothing to the sum and would only lengthen the sentence.
    let silent = |part: &Part| {
        part.value == 0 && part.previous.is_none() && case.form.row(&part.item).is_some_and(|row| !row.required)
    };
    if worked.parts.iter().any(|part| !silent(part)) {
        worked.parts.retain(|part| !silent(part));
    }
    Some(worked)
}

impl Worked {
    /// As the subject of a sentence: `Cuối kỳ ghi 47`, `Nhóm A 30 + nhóm B 20 = 50`.
    pub fn subject(&self) -> String {
        let text = match self.single() {
            Some(part) => match part.previous {
                Some(period) => format!("{} của {} là {}", part.name, period.title(), part.written),
                None => format!("{} ghi {}", part.name, part.written),
            },
            None => self.equation(),
        };
        let mut chars = text.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }

    /// Inside a sentence: `cuối kỳ của quý I/2026 là 45`, `đầu kỳ 45 + tiếp nhận 6 − đưa ra 3 = 48`.
    pub fn object(&self) -> String {
        match self.single() {
            Some(part) => match part.previous {
                Some(period) => format!("{} của {} là {}", part.name, period.title(), part.written),
                None => format!("{} là {}", part.name, part.written),
            },
            None => self.equation(),
        }
    }

    /// As a limit: `cuối kỳ (45)`, `cuối kỳ 51 − nhóm D 1 = 50`.
    pub fn limit(&self) -> String {
        match self.single() {
            Some(part) => match part.previous {
                Some(period) => format!("{} của {} ({})", part.name, period.title(), part.written),
                None => format!("{} ({})", part.name, part.written),
            },
            None => self.equation(),
        }
    }

    /// The rows of this return that it is made of.
    pub fn items(&self) -> impl Iterator<Item = &MeasureCode> {
        self.parts.iter().filter(|part| part.previous.is_none()).map(|part| &part.item)
    }

    /// A bound of it as people write it: of a single class, the class's name.
    pub fn written(&self, case: &Case, bound: i64) -> String {
        self.single().map_or_else(|| number::whole(bound), |part| case.written(&part.item, bound))
    }

    /// The row to blame: the first one of this return, else the first one's row in this return.
    pub fn blamed(&self) -> Option<&MeasureCode> {
        self.items().next().or_else(|| self.parts.first().map(|part| &part.item))
    }

    fn single(&self) -> Option<&Part> {
        match self.parts.as_slice() {
            [part] if part.coefficient == 1 => Some(part),
            _ => None,
        }
    }

    fn equation(&self) -> String {
        let mut text = String::new();
        for (at, part) in self.parts.iter().enumerate() {
            match (at, part.coefficient < 0) {
                (0, true) => text.push('−'),
                (0, false) => {}
                (_, true) => text.push_str(" − "),
                (_, false) => text.push_str(" + "),
            }
            if part.coefficient.abs() != 1 {
                text.push_str(&format!("{} × ", number::whole(part.coefficient.saturating_abs())));
            }
            text.push_str(&part.name);
            if part.previous.is_some() {
                text.push_str(" của kỳ trước");
            }
            match part.value < 0 {
                true => text.push_str(&format!(" ({})", part.written)),
                false => text.push_str(&format!(" {}", part.written)),
            }
        }
        format!("{text} = {}", wide(self.total))
    }
}

/// A total as people write it.
pub(super) fn wide(total: i128) -> String {
    let clipped = i64::try_from(total).unwrap_or(if total < 0 { i64::MIN } else { i64::MAX });
    number::whole(clipped)
}
