//! How a check is written: `[[check]]` in the file of its sheet, `holds` naming the kind.
//!
//! `holds.at_most = { left = "thn.nhom_c", right = "thn.quan_ly_cuoi_ky" }`; see
//! [`super::formula`] for sums.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::form::Context;
use super::page::Page;
use super::plan::TEAM_MODELS;
use super::{formula, value};
use crate::definitions::check::{Check, CheckKind, Condition, Silence, Sum, Term};
use crate::definitions::form::{Form, Kind};
use crate::vocabulary::{MeasureCode, PlanId, RuleId, Severity};

/// A check as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenCheck {
    id: Spanned<String>,
    severity: Severity,
    title: Spanned<String>,
    why: Spanned<String>,
    example: Spanned<String>,
    advice: Spanned<String>,
    #[serde(default)]
    when: Vec<WrittenCondition>,
    holds: Holds,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum WrittenCondition {
    TeamModel(Vec<Spanned<String>>),
    Plan(Spanned<String>),
    Value { item: Spanned<String>, is: Spanned<Number> },
    AtLeast { item: Spanned<String>, is: Spanned<Number> },
    UnitChanged(bool),
}

/// A value as typed: a number, or the code of a class.
#[derive(Deserialize)]
#[serde(untagged, expecting = "cần một số nguyên hoặc mã của một mức trong ngoặc kép")]
enum Number {
    Whole(i64),
    Class(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Holds {
    Equal { left: Spanned<String>, right: Spanned<String> },
    AtMost { left: Spanned<String>, right: Spanned<String> },
    AtMostLargest { left: Spanned<String>, largest_of: Vec<Spanned<String>> },
    Between { value: Spanned<String>, min: Option<i64>, max: Option<i64> },
    ZeroTogether { first: Spanned<String>, second: Spanned<String> },
    RatioBetween { indicator: Spanned<String>, min: i64, max: Spanned<i64> },
    Cumulative,
    RunningAtMost { left: Spanned<String>, right: Spanned<String> },
    SettlementSum,
    SettlementCount { item: Spanned<String> },
    CriteriaCount { item: Spanned<String> },
    Jump { stock_percent: Spanned<i64>, stock_floor: Spanned<i64>, flow_factor: Spanned<i64> },
    Unchanged,
    CopiedForward { per_million: Spanned<i64> },
    Silent { stock: Spanned<String>, at_least: Spanned<i64>, quarters: Spanned<i64>, per_million: Spanned<i64> },
    CopiedFrom { rows: Spanned<i64>, percent: Spanned<i64> },
    PoissonOutlier { per_million: Spanned<i64> },
    MoneyUnit { smallest: Spanned<i64>, largest: Spanned<i64> },
    ProvinceBalance { inflow: Spanned<String>, outflow: Spanned<String>, percent: Spanned<i64> },
}

/// Resolves the checks of one sheet file. `form` has all its sheets, and the checks of earlier ones.
pub fn checks(
    page: &mut Page,
    written: Vec<WrittenCheck>,
    form: &Form,
    codes: &BTreeSet<MeasureCode>,
    context: &Context,
) -> Vec<Check> {
    let mut seen: BTreeSet<String> = form.checks.iter().map(|check| check.id.to_string()).collect();
    let mut checks = Vec::new();
    for check in written {
        if !seen.insert(check.id.get_ref().clone()) {
            page.wrong(check.id.span(), format!("quy tắc {} đã có trong biểu mẫu này", check.id.get_ref()));
        }
        let mut desk = Desk { page, form, codes, context };
        let kind = desk.kind(check.holds);
        let when = check.when.into_iter().filter_map(|condition| desk.condition(condition)).collect();
        let Some(kind) = kind else { continue };
        checks.push(Check {
            id: RuleId::from(page.filled(check.id)),
            severity: check.severity,
            title: page.filled(check.title),
            why: page.filled(check.why),
            example: page.filled(check.example),
            advice: page.filled(check.advice),
            when,
            kind,
        });
    }
    checks
}

/// Where one check is resolved: its file, and what it may refer to.
struct Desk<'a, 'b> {
    page: &'a mut Page<'b>,
    form: &'a Form,
    codes: &'a BTreeSet<MeasureCode>,
    context: &'a Context<'a>,
}

impl Desk<'_, '_> {
    fn kind(&mut self, written: Holds) -> Option<CheckKind> {
        Some(match written {
            Holds::Equal { left, right } => {
                let (left, right) = (self.sum(&left), self.right(&right));
                CheckKind::Equal { left: left?, right: right? }
            }
            Holds::AtMost { left, right } => {
                let (left, right) = (self.sum(&left), self.right(&right));
                CheckKind::AtMost { left: left?, right: right? }
            }
            Holds::AtMostLargest { left, largest_of } => {
                let sum = self.sum(&left);
                let terms: Vec<Option<Sum>> = largest_of.iter().map(|term| self.sum(term)).collect();
                CheckKind::AtMostLargest { left: sum?, largest_of: terms.into_iter().flatten().flatten().collect() }
            }
            Holds::Between { value, min, max } => {
                if min.is_none() && max.is_none() || min.zip(max).is_some_and(|(min, max)| min > max) {
                    self.page.wrong(value.span(), "between cần min, max hoặc cả hai, min không lớn hơn max");
                }
                CheckKind::Between { value: self.sum(&value)?, min, max }
            }
            Holds::ZeroTogether { first, second } => {
                let (first, second) = (self.item(&first), self.item(&second));
                CheckKind::ZeroTogether { first: first?, second: second? }
            }
            Holds::RatioBetween { indicator, min, max } => {
                if min > *max.get_ref() {
                    self.page.wrong(max.span(), format!("max phải từ {min} (min) trở lên"));
                }
                let indicator = self.page.measure(&indicator, self.context.indicators)?;
                CheckKind::RatioBetween { indicator, min, max: max.into_inner() }
            }
            Holds::Cumulative => CheckKind::Cumulative,
            Holds::RunningAtMost { left, right } => {
                let (left, right) = (self.sum(&left), self.right(&right));
                CheckKind::RunningAtMost { left: left?, right: right? }
            }
            Holds::SettlementSum => CheckKind::SettlementSum,
            Holds::SettlementCount { item } => CheckKind::SettlementCount { item: self.item(&item)? },
            Holds::CriteriaCount { item } => CheckKind::CriteriaCount { item: self.item(&item)? },
            Holds::Jump { stock_percent, stock_floor, flow_factor } => CheckKind::Jump {
                stock_percent: self.page.within(&stock_percent, 1..=1000),
                stock_floor: self.page.within(&stock_floor, 0..=1_000_000),
                flow_factor: self.page.within(&flow_factor, 2..=1000),
            },
            Holds::Unchanged => CheckKind::Unchanged,
            Holds::CopiedForward { per_million } => CheckKind::CopiedForward { per_million: self.chance(&per_million) },
            Holds::Silent { stock, at_least, quarters, per_million } => CheckKind::Silent(Silence {
                stock: self.item(&stock)?,
                at_least: self.page.within(&at_least, 1..=100_000),
                quarters: usize::try_from(self.page.within(&quarters, 1..=20)).unwrap_or_default(),
                per_million: self.chance(&per_million),
            }),
            Holds::CopiedFrom { rows, percent } => CheckKind::CopiedFrom {
                rows: usize::try_from(self.page.within(&rows, 5..=1000)).unwrap_or_default(),
                percent: usize::try_from(self.page.within(&percent, 50..=100)).unwrap_or_default(),
            },
            Holds::PoissonOutlier { per_million } => {
                CheckKind::PoissonOutlier { per_million: self.chance(&per_million) }
            }
            Holds::MoneyUnit { smallest, largest } => {
                let smallest = self.page.within(&smallest, 1..=1_000_000_000);
                CheckKind::MoneyUnit {
                    smallest,
                    largest: self.page.within(&largest, smallest + 1..=1_000_000_000_000_000),
                }
            }
            Holds::ProvinceBalance { inflow, outflow, percent } => {
                let (inflow, outflow) = (self.item(&inflow), self.item(&outflow));
                let percent = self.page.within(&percent, 1..=100);
                CheckKind::ProvinceBalance { inflow: inflow?, outflow: outflow?, percent }
            }
        })
    }

    fn condition(&mut self, written: WrittenCondition) -> Option<Condition> {
        Some(match written {
            WrittenCondition::TeamModel(models) => {
                let model = |model| self.page.read(model, |text| value::choice(text, &TEAM_MODELS)).map(str::to_owned);
                Condition::TeamModel(models.iter().filter_map(model).collect())
            }
            WrittenCondition::Plan(id) => {
                let plans: Vec<(&str, &PlanId)> = self.context.plans.iter().map(|plan| (plan.as_str(), plan)).collect();
                Condition::Plan(self.page.read(&id, |text| value::choice(text, &plans))?.clone())
            }
            WrittenCondition::Value { item, is } => {
                let item = self.item(&item)?;
                let is = self.number(&item, &is)?;
                Condition::Value(item, is)
            }
            WrittenCondition::AtLeast { item, is } => {
                let item = self.item(&item)?;
                let is = self.number(&item, &is)?;
                Condition::AtLeast(item, is)
            }
            WrittenCondition::UnitChanged(changed) => Condition::UnitChanged(changed),
        })
    }

    /// A sum of at least one term: the finding is placed at its first row.
    fn sum(&mut self, written: &Spanned<String>) -> Option<Sum> {
        let sum = self.right(written)?;
        if sum.is_empty() {
            self.page.wrong(written.span(), "vế này cần ít nhất một mã số; số 0 chỉ viết ở vế phải");
        }
        Some(sum)
    }

    /// A sum, which may be 0.
    fn right(&mut self, written: &Spanned<String>) -> Option<Sum> {
        let terms = match formula::terms(written.get_ref(), &["previous"]) {
            Ok(terms) => terms,
            Err(message) => {
                self.page.wrong(written.span(), message);
                return None;
            }
        };
        let mut sum = Some(Sum::new());
        for term in terms {
            match (value::measure(term.code, self.codes), &mut sum) {
                (Ok(item), Some(sum)) => {
                    sum.push(Term { coefficient: term.coefficient, item, previous: term.function.is_some() });
                }
                (Ok(_), None) => {}
                (Err(message), _) => {
                    self.page.wrong(written.span(), message);
                    sum = None;
                }
            }
        }
        sum
    }

    fn item(&mut self, code: &Spanned<String>) -> Option<MeasureCode> {
        self.page.measure(code, self.codes)
    }

    /// A value of a row: for a class, the position of its code.
    fn number(&mut self, item: &MeasureCode, written: &Spanned<Number>) -> Option<i64> {
        let classes = match &self.form.row(item)?.kind {
            Kind::Class(classes) => classes.as_slice(),
            _ => &[],
        };
        let allowed: Vec<(&str, i64)> = classes.iter().map(|class| class.code.as_str()).zip(1..).collect();
        let read = match written.get_ref() {
            Number::Whole(value) if allowed.is_empty() => Ok(*value),
            Number::Whole(value) => value::choice(&value.to_string(), &allowed),
            Number::Class(code) if allowed.is_empty() => {
                Err(format!("{item} là số đếm: viết một số nguyên, không phải “{code}”"))
            }
            Number::Class(code) => value::choice(code, &allowed),
        };
        read.map_err(|message| self.page.wrong(written.span(), message)).ok()
    }

    fn chance(&mut self, per_million: &Spanned<i64>) -> u32 {
        u32::try_from(self.page.within(per_million, 1..=500_000)).unwrap_or_default()
    }
}
