//! What the form says must hold, and whether it does: one kind of check per file.
//!
//! Every check looks at the values as they were read; only afterwards are the
//! values that an error blames rejected, so that one error never hides another.
//! A check whose rows are not all reported says nothing.

pub mod explained;
pub mod outcome;
pub mod tally;

mod at_most;
mod at_most_largest;
mod between;
mod case;
mod copied_forward;
mod copied_from;
mod criteria_count;
mod cumulative;
mod equal;
pub(crate) mod history;
mod jump;
mod money_unit;
mod poisson_outlier;
mod province_balance;
mod ratio_between;
mod running_at_most;
mod settlement_count;
mod settlement_sum;
pub(crate) mod silent;
mod sum;
mod unchanged;
mod zero_together;

#[cfg(test)]
pub(crate) mod story;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use case::Case;
use explained::Explained;
use history::History;
use sum::Worked;
use tally::Tally;

use crate::definitions::check::Condition;
use crate::definitions::{Check, CheckKind, Definitions, Form, Registers};
use crate::findings::{Finding, Place, Severity};
use crate::intake::{Entry, Reading, Return};
use crate::vocabulary::{CellRef, MeasureCode, Period};

/// Checks every return that counts against its form and the unit's earlier
/// returns. Gives all findings in reading order, those the reader has `told`
/// among them, with what became of the officer's accepted explanations, and
/// rejects the values that an error blames.
///
/// The result does not depend on the order of `returns`.
pub fn check(
    returns: &mut [Return],
    told: Vec<Finding>,
    definitions: &Definitions,
    registers: &Registers,
) -> (Vec<Finding>, Vec<Explained>) {
    evaluate(returns, definitions).carry_out(returns, told, registers)
}

/// What the checks say, before anything is done about it.
pub struct Verdict {
    findings: Vec<Finding>,
    /// How many checks spoke about each return and how many did not hold, by file.
    pub tallies: BTreeMap<Arc<str>, Tally>,
    /// The cells that an error blames, by file.
    rejected: BTreeMap<Arc<str>, BTreeSet<(MeasureCode, Column)>>,
}

impl Verdict {
    /// Whether the errors leave no value of a return.
    pub fn leaves_nothing(&self, ret: &Return) -> bool {
        let blamed = self.rejected.get(&ret.file);
        let is_blamed =
            |item: &MeasureCode| blamed.is_some_and(|blamed| blamed.contains(&(item.clone(), Column::InPeriod)));
        !ret.entries.iter().any(|(item, entry)| matches!(entry.value, Reading::Value(_)) && !is_blamed(item))
    }

    /// Gives the findings, those already `told` among them, with what became of the explanations,
    /// and rejects the values, as [`check`] does.
    pub fn carry_out(
        self,
        returns: &mut [Return],
        told: Vec<Finding>,
        registers: &Registers,
    ) -> (Vec<Finding>, Vec<Explained>) {
        let Self { mut findings, rejected, .. } = self;
        findings.sort();
        findings.dedup();
        findings.extend(told);
        findings.sort();
        let explained = explained::explain(&mut findings, returns, registers);
        for ret in returns {
            let Some(blamed) = rejected.get(&ret.file) else { continue };
            for (item, column) in blamed {
                match (ret.entries.get_mut(item), column) {
                    (Some(entry), Column::InPeriod) => entry.value = Reading::Rejected,
                    (Some(entry), Column::Cumulative) => entry.cumulative = None,
                    (None, _) => {}
                }
            }
        }
        (findings, explained)
    }
}

/// Looks at every return that counts; changes nothing.
pub fn evaluate(returns: &[Return], definitions: &Definitions) -> Verdict {
    let history = History::new(returns, definitions);
    let mut findings = Vec::new();
    let mut tallies: BTreeMap<Arc<str>, Tally> = BTreeMap::new();
    let mut rejected: BTreeMap<Arc<str>, BTreeSet<(MeasureCode, Column)>> = BTreeMap::new();
    for ret in history.all() {
        let Some(form) = history.form(ret) else { continue };
        for check in &form.checks {
            let across_boundary = check.when.contains(&Condition::UnitChanged(true));
            let case = Case { ret, form, history: &history, across_boundary };
            if !case.applies(&check.when) {
                continue;
            }
            let faults = faults(&case, check);
            if check.severity == Severity::Error {
                tallies.entry(ret.file.clone()).or_default().count(&case, check, !faults.is_empty());
            }
            for fault in faults {
                let finding = fault.finding(&case, check);
                if finding.severity == Severity::Error {
                    rejected.entry(ret.file.clone()).or_default().insert((fault.item, fault.column));
                }
                findings.push(finding);
            }
        }
    }
    if let Some(form) = definitions.forms.last() {
        findings.extend(form.checks.iter().flat_map(|check| across_returns(&history, form, check)));
    }
    Verdict { findings, tallies, rejected }
}

/// What a check of the newest form finds that looks at all returns at once.
fn across_returns(history: &History, form: &Form, check: &Check) -> Vec<Finding> {
    match &check.kind {
        CheckKind::CopiedFrom { rows, percent } => copied_from::find(history, form, *rows, *percent)
            .iter()
            .filter_map(|copy| {
                let form = history.form(copy.ret)?;
                let case = Case { ret: copy.ret, form, history, across_boundary: false };
                Some(copy.fault(&case).filter(|_| case.applies(&check.when))?.finding(&case, check))
            })
            .collect(),
        CheckKind::ProvinceBalance { inflow, outflow, percent } => {
            province_balance::check(history, check, inflow, outflow, *percent)
        }
        _ => Vec::new(),
    }
}

fn faults(case: &Case, check: &Check) -> Vec<Fault> {
    match &check.kind {
        CheckKind::Equal { left, right } => equal::check(case, left, right).into_iter().collect(),
        CheckKind::AtMost { left, right } => at_most::check(case, left, right).into_iter().collect(),
        CheckKind::AtMostLargest { left, largest_of } => {
            at_most_largest::check(case, left, largest_of).into_iter().collect()
        }
        CheckKind::Between { value, min, max } => between::check(case, value, *min, *max).into_iter().collect(),
        CheckKind::ZeroTogether { first, second } => zero_together::check(case, first, second).into_iter().collect(),
        CheckKind::RatioBetween { indicator, min, max } => {
            ratio_between::check(case, indicator, *min, *max).into_iter().collect()
        }
        CheckKind::Cumulative => cumulative::check(case),
        CheckKind::RunningAtMost { left, right } => running_at_most::check(case, left, right).into_iter().collect(),
        CheckKind::SettlementSum => settlement_sum::check(case),
        CheckKind::SettlementCount { item } => settlement_count::check(case, item).into_iter().collect(),
        CheckKind::CriteriaCount { item } => criteria_count::check(case, item).into_iter().collect(),
        CheckKind::Jump { stock_percent, stock_floor, flow_factor } => {
            jump::check(case, *stock_percent, *stock_floor, *flow_factor)
        }
        CheckKind::Unchanged => unchanged::check(case).into_iter().collect(),
        CheckKind::CopiedForward { per_million } => copied_forward::check(case, *per_million).into_iter().collect(),
        CheckKind::Silent(silence) => silent::check(case, silence).into_iter().collect(),
        CheckKind::PoissonOutlier { per_million } => poisson_outlier::check(case, *per_million),
        CheckKind::MoneyUnit { smallest, largest } => money_unit::check(case, *smallest, *largest),
        // These look at all returns at once.
        CheckKind::CopiedFrom { .. } | CheckKind::ProvinceBalance { .. } => Vec::new(),
    }
}

/// A column of the form that a check can blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    /// “Trong kỳ”.
    InPeriod,
    /// “Lũy kế từ đầu năm”.
    Cumulative,
}

/// What does not hold, before it is placed in the file.
struct Fault {
    /// The row it blames: the first term of the left side.
    item: MeasureCode,
    /// In which column.
    column: Column,
    /// What was found, with the arithmetic.
    message: String,
    /// Other rows of this return to look at.
    see: Vec<MeasureCode>,
    /// An earlier return to look at.
    earlier: Option<Period>,
    /// Cells of Biểu 06B to look at.
    thon: Option<String>,
    /// The cell of Biểu 06B where it stands, when it is not in the row it blames.
    at: Option<Place>,
}

impl Fault {
    fn new(item: &MeasureCode, message: String) -> Self {
        let column = Column::InPeriod;
        Self { item: item.clone(), column, message, see: Vec::new(), earlier: None, thon: None, at: None }
    }

    /// Blames the first row of this return on the left side of a relation, else on the right.
    fn between(left: &Worked, right: &Worked, message: String) -> Option<Self> {
        let blamed = left.items().chain(right.items()).next().or(left.blamed())?;
        let earlier = left.earlier.or(right.earlier);
        Some(Self::new(blamed, message).see(left.items()).see(right.items()).earlier(earlier))
    }

    fn see<'a>(mut self, items: impl IntoIterator<Item = &'a MeasureCode>) -> Self {
        for item in items {
            if *item != self.item && !self.see.contains(item) {
                self.see.push(item.clone());
            }
        }
        self
    }

    fn earlier(mut self, earlier: Option<Period>) -> Self {
        self.earlier = earlier;
        self
    }

    fn finding(&self, case: &Case, check: &Check) -> Finding {
        let entry = case.ret.entries.get(&self.item);
        let place = self.at.clone().unwrap_or_else(|| {
            entry.map_or_else(
                || Place::file(case.ret.file.clone()),
                |entry| place(case.ret, entry, self.column.cell(entry)),
            )
        });
        Finding {
            place,
            severity: check.severity,
            rule: check.id.clone(),
            message: self.message.clone(),
            help: self.help(case, check),
            item: Some(self.item.clone()),
            unit: Some(case.ret.unit.clone()),
            period: Some(case.ret.period),
            explanation: None,
        }
    }

    /// The check's advice, with the other cells to look at.
    fn help(&self, case: &Case, check: &Check) -> String {
        let mut sheet = case.ret.entries.get(&self.item).map(|entry| &entry.sheet);
        let mut look = Vec::from_iter(self.thon.clone());
        for entry in self.see.iter().filter_map(|item| case.ret.entries.get(item)) {
            // A sheet is named once, where it changes.
            look.push(match sheet == Some(&entry.sheet) {
                true => entry.cell.to_string(),
                false => format!("{}!{}", entry.sheet, entry.cell),
            });
            sheet = Some(&entry.sheet);
        }
        look.extend(self.earlier.map(|period| format!("báo cáo {}", period.title())));
        let advice = check.advice.trim_end_matches('.');
        if look.is_empty() { advice.to_owned() } else { format!("{advice} (đối chiếu {})", look.join(", ")) }
    }
}

impl Column {
    fn cell(self, entry: &Entry) -> CellRef {
        match self {
            Column::InPeriod => entry.cell,
            Column::Cumulative => entry.cumulative.map_or(entry.cell, |(cell, _)| cell),
        }
    }
}

fn place(ret: &Return, entry: &Entry, cell: CellRef) -> Place {
    Place::file(ret.file.clone()).sheet(entry.sheet_position, entry.sheet.clone()).cell(cell)
}
