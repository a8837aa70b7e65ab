//! What the reader looks things up in, built once for all files.

use std::collections::BTreeMap;

use crate::definitions::form::Asked;
use crate::definitions::{Definitions, Form, Row, SheetForm, SheetKind, Unit, schedule};
use crate::vocabulary::text::{name_key, plain_key, slug};
use crate::vocabulary::{MeasureCode, Period, PeriodKind, UnitCode};

/// The definitions, ordered for looking up.
#[derive(Debug)]
pub(super) struct Index<'a> {
    pub definitions: &'a Definitions,
    forms: Vec<FormIndex<'a>>,
    expected: BTreeMap<UnitCode, Vec<Period>>,
    slugs: Vec<(String, &'a UnitCode)>,
}

impl<'a> Index<'a> {
    pub fn new(definitions: &'a Definitions) -> Self {
        let mut expected: BTreeMap<UnitCode, Vec<Period>> = BTreeMap::new();
        for due in schedule::expected(definitions) {
            expected.entry(due.unit).or_default().push(due.period);
        }
        let slugs = definitions
            .units
            .units
            .values()
            .flat_map(|unit| unit.names.iter().map(|name| (format!("-{}-", slug(&name.name)), &unit.code)))
            .collect();
        Self { definitions, forms: definitions.forms.iter().map(FormIndex::new).collect(), expected, slugs }
    }

    /// The form of a version.
    pub fn form(&self, version: &str) -> Option<&FormIndex<'a>> {
        self.forms.iter().find(|index| index.form.version == version)
    }

    /// The names that cover sheets go by, folded.
    pub fn cover_names(&self) -> impl Iterator<Item = &str> {
        self.forms
            .iter()
            .flat_map(|form| &form.sheets)
            .filter(|(_, sheet)| sheet.kind == SheetKind::Cover)
            .map(|s| &*s.0)
    }

    /// The periods a unit owes returns for, in order.
    pub fn expected(&self, unit: &UnitCode) -> &[Period] {
        self.expected.get(unit).map_or(&[], Vec::as_slice)
    }

    /// Whether nothing is known of who owes what: no unit carries out any plan, as where a file is
    /// checked without an input folder. Then no period is refused.
    pub fn nobody_owes(&self) -> bool {
        self.expected.is_empty()
    }

    /// The units whose full name stands in a file name.
    pub fn named_in(&self, file_stem: &str) -> Vec<&'a UnitCode> {
        let stem = format!("-{}-", slug(file_stem));
        self.slugs.iter().filter(|(name, _)| stem.contains(name.as_str())).map(|(_, unit)| *unit).collect()
    }
}

/// One form, by mã số, by sheet name and by title.
#[derive(Debug)]
pub(super) struct FormIndex<'a> {
    pub form: &'a Form,
    /// Sheets with their folded names, in form order.
    pub sheets: Vec<(String, &'a SheetForm)>,
    rows: BTreeMap<&'a str, &'a Row>,
    titles: BTreeMap<String, &'a MeasureCode>,
}

impl<'a> FormIndex<'a> {
    fn new(form: &'a Form) -> Self {
        Self {
            form,
            sheets: form.sheets.iter().map(|sheet| (sheet_key(&sheet.name), sheet)).collect(),
            rows: form.rows().map(|row| (row.code.as_str(), row)).collect(),
            titles: form.rows().map(|row| (name_key(&row.title), &row.code)).collect(),
        }
    }

    /// The row with a mã số as it stands in a cell.
    pub fn row(&self, text: &str) -> Option<&'a Row> {
        // Most cells are no codes; the longest code is far below this.
        if text.len() > 64 || !text.contains(['.', '_']) || !text.is_ascii() {
            return None;
        }
        self.rows.get(text).or_else(|| self.rows.get(text.to_ascii_lowercase().as_str())).copied()
    }

    /// The code of another row that has this title.
    pub fn other_row_titled(&self, title: &str, row: &Row) -> Option<&'a MeasureCode> {
        if title == row.title {
            return None;
        }
        let key = name_key(title);
        self.titles.get(&key).copied().filter(|code| **code != row.code && key != name_key(&row.title))
    }

    /// The sheet of the form with this folded name.
    pub fn sheet_named(&self, key: &str) -> Option<&'a SheetForm> {
        self.sheets.iter().find(|(name, _)| name == key).map(|(_, sheet)| *sheet)
    }
}

/// What a return of one unit and period is asked for.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    plans: Vec<&'a str>,
    period: Period,
}

impl<'a> Scope<'a> {
    pub fn new(definitions: &'a Definitions, unit: &Unit, period: Period) -> Self {
        let (_, end) = definitions.scheme.days(period);
        let plans = schedule::active(definitions, &unit.code, end).into_iter().map(|plan| plan.id.as_str()).collect();
        Self { plans, period }
    }

    /// Whether the sheet is asked of the unit.
    pub fn asks_sheet(&self, sheet: &SheetForm) -> bool {
        sheet.plans.is_empty() || sheet.plans.iter().any(|plan| self.plans.contains(&plan.as_str()))
    }

    /// Whether the row is asked in a return of the period, on a sheet that is asked.
    pub fn asks_row(&self, row: &Row) -> bool {
        match row.asked {
            Asked::Always => true,
            Asked::YearEnd => self.period.closes_year(),
            Asked::Quarterly => self.period.kind() == PeriodKind::Quarter,
        }
    }
}

/// A sheet name folded so that `Biểu 01`, `BIEU_01` and `Bieu01 (2)` are one.
pub(super) fn sheet_key(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or(name);
    plain_key(name).chars().filter(char::is_ascii_alphanumeric).collect()
}
