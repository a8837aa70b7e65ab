//! One return before the checks: its form, its values as read, and what came before it.

use crate::definitions::check::Condition;
use crate::definitions::form::Form;
use crate::definitions::{Kind, Row, schedule};
use crate::intake::check::history::History;
use crate::intake::{Entry, Return};
use crate::vocabulary::text::inside_sentence;
use crate::vocabulary::{MeasureCode, Period, number};

/// A return that counts, with all that a check may look at.
pub(super) struct Case<'a> {
    pub ret: &'a Return,
    pub form: &'a Form,
    pub history: &'a History<'a>,
    /// Whether the check at hand wants to compare across a change of the unit's boundary.
    pub across_boundary: bool,
}

impl<'a> Case<'a> {
    /// What this return reports in a row, as read.
    pub fn value(&self, item: &MeasureCode) -> Option<i64> {
        self.history.value(self.ret, item)
    }

    /// The return before this one in the same rhythm, when it counts.
    pub fn previous(&self) -> Option<&'a Return> {
        self.history.get(&self.ret.unit, self.ret.period.previous()?)
    }

    /// The return before this one in which the row was asked, when it counts.
    pub fn previous_of(&self, item: &MeasureCode) -> Option<&'a Return> {
        let before = History::period_before(self.form.row(item)?, self.ret.period)?;
        self.history.get(&self.ret.unit, before)
    }

    /// The value of the row in that return.
    pub fn previous_value(&self, item: &MeasureCode) -> Option<i64> {
        self.history.value(self.previous_of(item)?, item)
    }

    /// Whether the unit's boundary changed since an earlier return.
    pub fn boundary_changed_since(&self, earlier: Period) -> bool {
        self.history.boundary_changed(&self.ret.unit, earlier, self.ret.period)
    }

    /// Whether the unit changed since the period before this one.
    fn unit_changed(&self) -> bool {
        self.ret.period.previous().is_some_and(|before| self.boundary_changed_since(before))
    }

    /// Whether a check with these conditions applies.
    pub fn applies(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| match condition {
            Condition::TeamModel(models) => match &self.ret.team_model {
                Some(declared) => models.contains(declared),
                None => models.is_empty(),
            },
            Condition::Plan(id) => {
                let (_, end) = self.history.definitions.scheme.days(self.ret.period);
                schedule::active(self.history.definitions, &self.ret.unit, end).iter().any(|plan| plan.id == *id)
            }
            Condition::Value(item, value) => self.value(item) == Some(*value),
            Condition::AtLeast(item, least) => self.value(item).is_some_and(|value| value >= *least),
            Condition::UnitChanged(changed) => self.unit_changed() == *changed,
        })
    }

    /// The rows this return has an entry for, in form order.
    pub fn entries(&self) -> impl Iterator<Item = (&'a Row, &'a Entry)> {
        self.form.rows().filter_map(|row| self.ret.entries.get(&row.code).map(|entry| (row, entry)))
    }

    /// The short name of a row, to begin a sentence.
    pub fn name(&self, item: &MeasureCode) -> String {
        self.form.row(item).map_or_else(|| item.to_string(), |row| row.short.clone())
    }

    /// The short name of a row inside a sentence: `quản lý cuối kỳ`, but `KDC loại Khá`.
    pub fn name_inside(&self, item: &MeasureCode) -> String {
        inside_sentence(&self.name(item))
    }

    /// A value of a row as people write it: a class by its name, a number with its thousands parted.
    pub fn written(&self, item: &MeasureCode, value: i64) -> String {
        match self.form.row(item).map(|row| &row.kind) {
            Some(Kind::Class(classes)) => usize::try_from(value - 1)
                .ok()
                .and_then(|at| classes.get(at))
                .map_or_else(|| number::whole(value), |class| class.title.clone()),
            _ => number::whole(value),
        }
    }
}

/// Whether a row is an amount in đồng.
pub(super) fn is_money(row: &Row) -> bool {
    row.unit_of_measure == "đồng"
}

/// Whether a row is a part of another row of this form that is of the same kind.
pub(super) fn is_part(form: &Form, row: &Row) -> bool {
    row.part_of.as_ref().and_then(|whole| form.row(whole)).is_some_and(|whole| whole.kind == row.kind)
}
