//! The checks a clerk sees while typing: formulas made from the form's own checks.
//!
//! Only what can be told within the workbook: equalities, inequalities and
//! zero-together. What stands in the formula's cell is also computed here,
//! because readers take the value a formula last had.

use crate::definitions::check::{Condition, Sum, Term};
use crate::definitions::{Check, CheckKind, Kind};
use crate::form::layout::{Layout, label_cell};
use crate::vocabulary::MeasureCode;

/// The sign of a row that holds.
pub(super) const GOOD: &str = "✓";

/// A formula and the text it shows now.
pub(super) struct Live {
    pub formula: String,
    pub shown: String,
}

/// One check made ready for the row it is told at.
struct Told<'a> {
    check: &'a Check,
    /// Every cell it needs.
    cells: Vec<String>,
    /// A condition beyond “all cells are numbers”, as a formula.
    when: Vec<String>,
    /// What must hold, as a formula.
    holds: String,
    /// `left − right` as a formula, for an equality.
    gap: Option<String>,
    /// Whether it applies and is broken now, and by how much.
    broken: Option<i64>,
}

/// The live check of a row: every check whose first row it is. `None` when there is none.
pub(super) fn check(layout: &Layout, sheet: &str, item: &MeasureCode) -> Option<Live> {
    let told: Vec<Told> = layout
        .form
        .checks
        .iter()
        .filter(|check| first_item(&check.kind) == Some(item))
        .filter_map(|check| tell(layout, sheet, check))
        .collect();
    if told.is_empty() {
        return None;
    }
    let here = layout.cell(item, sheet)?;
    let filled = layout.fill.number(item).is_some();
    let mut formula = format!("IF(ISNUMBER({here}),\"{GOOD}\",\"\")");
    let mut shown = if filled { GOOD.to_owned() } else { String::new() };
    for one in told.iter().rev() {
        let mut all = vec![counted(&one.cells)];
        all.extend(one.when.iter().cloned());
        all.push(format!("NOT({})", one.holds));
        let text = quoted(&format!("{}: {}", one.check.id, lower_first(&one.check.title)));
        let text = match &one.gap {
            Some(gap) => format!("{text}&\" (lệch \"&({gap})&\")\""),
            None => text,
        };
        formula = format!("IF(AND({}),{text},{formula})", all.join(","));
        if let Some(gap) = one.broken {
            shown = format!("{}: {}", one.check.id, lower_first(&one.check.title));
            if one.gap.is_some() {
                shown.push_str(&format!(" (lệch {gap})"));
            }
        }
    }
    Some(Live { formula: format!("={formula}"), shown })
}

/// The row a check is told at.
fn first_item(kind: &CheckKind) -> Option<&MeasureCode> {
    match kind {
        CheckKind::Equal { left, .. } | CheckKind::AtMost { left, .. } => {
            left.iter().find(|term| !term.previous).map(|term| &term.item)
        }
        CheckKind::Between { value, .. } => value.iter().find(|term| !term.previous).map(|term| &term.item),
        CheckKind::ZeroTogether { first, .. } => Some(first),
        _ => None,
    }
}

fn tell<'a>(layout: &Layout, sheet: &str, check: &'a Check) -> Option<Told<'a>> {
    let mut told = Told { check, cells: Vec::new(), when: Vec::new(), holds: String::new(), gap: None, broken: None };
    let mut applies = true;
    for condition in &check.when {
        match condition {
            Condition::Plan(id) if !layout.plans.iter().any(|plan| plan.id == *id) => return None,
            Condition::Plan(_) => {}
            Condition::UnitChanged(changed) if *changed != layout.unit_changed() => return None,
            Condition::UnitChanged(_) => {}
            Condition::TeamModel(models) => {
                let cell = format!("'{}'!{}", layout.cover()?, label_cell("Mô hình tổ"));
                let none = ["Không".to_owned()];
                let models = if models.is_empty() { &none } else { models.as_slice() };
                let one_of: Vec<String> = models.iter().map(|model| format!("{cell}={}", quoted(model))).collect();
                told.when.push(match one_of.as_slice() {
                    [only] => only.clone(),
                    several => format!("OR({})", several.join(",")),
                });
                applies &= models.iter().any(|model| model == layout.team_model());
            }
            Condition::AtLeast(item, least) => {
                if matches!(layout.row(item)?.kind, Kind::Class(_)) {
                    return None;
                }
                let cell = layout.cell(item, sheet)?;
                told.when.push(format!("ISNUMBER({cell}),{cell}>={least}"));
                applies &= layout.fill.number(item).is_some_and(|value| value >= *least);
            }
            Condition::Value(item, value) => {
                let wanted = match &layout.row(item)?.kind {
                    Kind::Class(classes) => {
                        let at = usize::try_from(value - 1).ok()?;
                        quoted(&classes.get(at)?.code)
                    }
                    Kind::Stock | Kind::Flow => value.to_string(),
                };
                told.when.push(format!("{}={wanted}", layout.cell(item, sheet)?));
                applies &= layout.fill.number(item) == Some(*value);
            }
        }
    }
    let values = match &check.kind {
        CheckKind::Equal { left, right } | CheckKind::AtMost { left, right } => {
            let (left_formula, left_value) = sum(layout, sheet, left, &mut told.cells)?;
            let (right_formula, right_value) = sum(layout, sheet, right, &mut told.cells)?;
            let equal = matches!(check.kind, CheckKind::Equal { .. });
            told.holds = format!("{left_formula}{}{right_formula}", if equal { "=" } else { "<=" });
            told.gap = (equal && !right.is_empty()).then(|| format!("{left_formula}-({right_formula})"));
            left_value.zip(right_value).map(|(left, right)| {
                let gap = left - right;
                (if equal { gap == 0 } else { gap <= 0 }, gap)
            })
        }
        CheckKind::Between { value, min, max } => {
            let (formula, now) = sum(layout, sheet, value, &mut told.cells)?;
            let least = min.map(|min| format!("{formula}>={min}"));
            let most = max.map(|max| format!("{formula}<={max}"));
            told.holds = format!("AND({})", least.into_iter().chain(most).collect::<Vec<_>>().join(","));
            now.map(|now| (min.is_none_or(|min| min <= now) && max.is_none_or(|max| now <= max), 0))
        }
        CheckKind::ZeroTogether { first, second } => {
            for item in [first, second] {
                told.cells.push(layout.cell(item, sheet)?);
            }
            told.holds = format!("({}=0)=({}=0)", told.cells[0], told.cells[1]);
            let both = layout.fill.number(first).zip(layout.fill.number(second));
            both.map(|(first, second)| ((first == 0) == (second == 0), 0))
        }
        _ => return None,
    };
    told.broken = values.filter(|(holds, _)| applies && !holds).map(|(_, gap)| gap);
    Some(told)
}

/// A sum as a formula, its cells noted, and its value now. `None` when a row is not in this workbook.
fn sum(layout: &Layout, sheet: &str, terms: &Sum, cells: &mut Vec<String>) -> Option<(String, Option<i64>)> {
    let (mut formula, mut value) = (String::new(), Some(0i64));
    for Term { coefficient, item, previous } in terms {
        let (what, now) = if *previous {
            let known = *layout.fill.previous.get(item)?;
            (known.to_string(), Some(known))
        } else {
            let cell = layout.cell(item, sheet)?;
            cells.push(cell.clone());
            (cell, layout.fill.number(item))
        };
        if !(formula.is_empty() && *coefficient > 0) {
            formula.push(if *coefficient > 0 { '+' } else { '-' });
        }
        if coefficient.abs() != 1 {
            formula.push_str(&format!("{}*", coefficient.abs()));
        }
        formula.push_str(&what);
        value = value.zip(now).map(|(sum, now)| sum + coefficient * now);
    }
    if formula.is_empty() {
        formula.push('0');
    }
    Some((formula, value))
}

/// Whether all cells are numbers, as a formula.
fn counted(cells: &[String]) -> String {
    let mut cells = cells.to_vec();
    cells.sort();
    cells.dedup();
    format!("COUNT({})={}", cells.join(","), cells.len())
}

/// A text literal of a formula.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        // An abbreviation (KDC) stays as it is.
        (Some(_), Some(second)) if second.is_uppercase() => text.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(chars).collect(),
        (None, _) => String::new(),
    }
}
