//! Where everything of one return stands: which sheets, which rows, which cells are open.

use std::collections::BTreeMap;

use anyhow::Context;

use crate::definitions::form::Asked;
use crate::definitions::{CheckKind, CriteriaSet, Definitions, Form, Plan, Row, SheetForm, SheetKind, Unit, schedule};
use crate::form::Fill;
use crate::vocabulary::{MeasureCode, Period, PeriodKind};

/// Column “Trong kỳ”, from 0.
pub(super) const VALUE: u16 = 4;
/// Column of a cover label's value, from 0.
pub(super) const DECLARED: u16 = 2;
/// The row of the cover's first label, from 0.
pub(super) const FIRST_LABEL: u32 = 9;
/// The cover's labels in order.
pub(super) const LABELS: [&str; 15] = [
    "Mã tỉnh",
    "Tên tỉnh",
    "Mã đơn vị",
    "Tên đơn vị",
    "Loại kỳ",
    "Kỳ số",
    "Năm",
    "Từ ngày",
    "Đến ngày",
    "Tính chất số liệu",
    "Lần nộp",
    "Mô hình tổ",
    "Ngày lập",
    "Chức danh người lập",
    "Phiên bản biểu mẫu",
];

/// The return of one unit for one period, laid out.
pub(super) struct Layout<'a> {
    pub form: &'a Form,
    pub definitions: &'a Definitions,
    pub fill: &'a Fill,
    pub unit: &'a Unit,
    /// The plans the unit carries out at the end of the period.
    pub plans: Vec<&'a Plan>,
    /// The sheets handed to this unit, in form order.
    pub sheets: Vec<&'a SheetForm>,
    /// The set of criteria that Biểu 09 lists.
    pub criteria: Option<&'a CriteriaSet>,
    spots: BTreeMap<&'a MeasureCode, Spot<'a>>,
}

/// Where a row stands.
struct Spot<'a> {
    sheet: &'a str,
    line: u32,
    row: &'a Row,
}

/// Whether a row is asked in the return for a period.
fn asked(row: &Row, period: Period) -> bool {
    match row.asked {
        Asked::Always => true,
        Asked::YearEnd => period.closes_year(),
        Asked::Quarterly => period.kind() == PeriodKind::Quarter,
    }
}

/// The set of criteria a unit answers at the end of a year: asked when one of its plans is judged
/// by the number of criteria met.
fn criteria<'a>(form: &Form, definitions: &'a Definitions, fill: &Fill, plans: &[&Plan]) -> Option<&'a CriteriaSet> {
    let judged = form.checks.iter().any(|check| match &check.kind {
        CheckKind::CriteriaCount { item } => plans.iter().any(|plan| plan.measures.contains(item)),
        _ => false,
    });
    let named = |set: &&CriteriaSet| fill.criteria_set.as_ref().is_none_or(|id| set.id == *id);
    definitions.criteria.iter().find(named).filter(|_| judged && fill.period.closes_year())
}

impl<'a> Layout<'a> {
    /// Lays a return out. Fails when the unit is not in the register.
    pub fn new(form: &'a Form, definitions: &'a Definitions, fill: &'a Fill) -> anyhow::Result<Self> {
        let unit = definitions
            .units
            .get(&fill.unit)
            .with_context(|| format!("không có đơn vị mã {} trong units.csv", fill.unit))?;
        let (_, end) = definitions.scheme.days(fill.period);
        let plans = schedule::active(definitions, &fill.unit, end);
        let criteria = criteria(form, definitions, fill, &plans);
        let sheets: Vec<&SheetForm> = form
            .sheets
            .iter()
            .filter(|sheet| sheet.plans.is_empty() || plans.iter().any(|plan| sheet.plans.contains(&plan.id)))
            .filter(|sheet| match sheet.kind {
                SheetKind::Rows => sheet.rows.iter().any(|row| asked(row, fill.period)),
                SheetKind::Criteria => criteria.is_some(),
                SheetKind::Cover | SheetKind::Settlements | SheetKind::Models => true,
            })
            .collect();
        let mut spots = BTreeMap::new();
        for sheet in &sheets {
            for (row, line) in sheet.rows.iter().zip(first_row(sheet)..) {
                if asked(row, fill.period) {
                    spots.insert(&row.code, Spot { sheet: &sheet.name, line, row });
                }
            }
        }
        Ok(Self { form, definitions, fill, unit, plans, sheets, criteria, spots })
    }

    /// The unit's name on the last day of the period, or as typed.
    pub fn unit_name(&self) -> &str {
        let (_, end) = self.definitions.scheme.days(self.fill.period);
        self.fill.name.as_deref().unwrap_or_else(|| self.unit.name_on(end))
    }

    /// Whether a row is open in this return.
    pub fn is_open(&self, item: &MeasureCode) -> bool {
        self.spots.contains_key(item)
    }

    /// The row with this code, when it is open in this return.
    pub fn row(&self, item: &MeasureCode) -> Option<&'a Row> {
        self.spots.get(item).map(|spot| spot.row)
    }

    /// The cell of column “Trong kỳ” of an open row as formulas write it: `E9`, or `'Biểu 01'!E9` from another sheet.
    pub fn cell(&self, item: &MeasureCode, from: &str) -> Option<String> {
        let spot = self.spots.get(item)?;
        let cell = format!("E{}", spot.line + 1);
        Some(if spot.sheet == from { cell } else { format!("'{}'!{cell}", spot.sheet) })
    }

    /// The rows that thôn report on this return.
    pub fn settlement_rows(&self) -> Vec<&'a Row> {
        self.spots_in_form_order().filter(|row| row.by_settlement).collect()
    }

    fn spots_in_form_order(&self) -> impl Iterator<Item = &'a Row> {
        let mut spots: Vec<_> = self.spots.values().collect();
        let place = |name: &str| self.sheets.iter().position(|sheet| sheet.name == name);
        spots.sort_by_key(|spot| (place(spot.sheet), spot.line));
        spots.into_iter().map(|spot| spot.row)
    }

    /// The name of the cover sheet.
    pub fn cover(&self) -> Option<&'a str> {
        self.sheets.iter().find(|sheet| sheet.kind == SheetKind::Cover).map(|sheet| sheet.name.as_str())
    }

    /// The team model on the cover: as filled, else that of the unit's plans, else none.
    pub fn team_model(&self) -> &str {
        let planned = || self.plans.iter().find_map(|plan| plan.team_model.as_deref());
        self.fill.team_model.as_deref().or_else(planned).unwrap_or("Không")
    }

    /// Whether the unit goes by another name than at the end of the period before.
    pub fn unit_changed(&self) -> bool {
        let named = |period: Period| self.unit.name_on(self.definitions.scheme.days(period).1);
        self.fill.period.previous().is_some_and(|before| named(before) != named(self.fill.period))
    }

    /// The year's returns before this one, added up: known when given, and zero at the start of a year.
    pub fn year_so_far(&self, item: &MeasureCode) -> Option<i64> {
        let period = self.fill.period;
        if period.starts_with(Period::year(period.last_year())) {
            return Some(0);
        }
        self.fill.year_so_far.as_ref().map(|sums| sums.get(item).copied().unwrap_or(0))
    }
}

/// The row of a cover label, from 0.
pub(super) fn label_row(label: &str) -> u32 {
    let at = LABELS.iter().position(|known| *known == label).expect("only the form's own labels are asked for");
    FIRST_LABEL + at as u32
}

/// The cell of a cover label's value as formulas write it.
pub(super) fn label_cell(label: &str) -> String {
    format!("$C${}", label_row(label) + 1)
}

/// First table row of a sheet with one row per quantity, from 0; on the cover the table follows the declarations.
pub(super) fn first_row(sheet: &SheetForm) -> u32 {
    match sheet.kind {
        SheetKind::Cover => FIRST_LABEL + LABELS.len() as u32 + 3,
        _ => 8,
    }
}
