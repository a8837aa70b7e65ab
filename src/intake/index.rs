//! What the reader looks things up in, built once for all files.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::form::Asked;
use crate::definitions::{Definitions, Form, Row, SheetForm, SheetKind, Unit, schedule};
use crate::intake::workbook::Workbook;
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
            .flat_map(|unit| unit.names.iter().map(|name| (name.name.as_str(), &unit.code)))
            .chain(definitions.units.aliases.iter().map(|(alias, code)| (alias.as_str(), code)))
            .map(|(name, code)| (format!("-{}-", slug(name)), code))
            .collect();
        Self { definitions, forms: definitions.forms.iter().map(FormIndex::new).collect(), expected, slugs }
    }

    /// The form of a version.
    pub fn form(&self, version: &str) -> Option<&FormIndex<'a>> {
        self.forms.iter().find(|index| index.form.version == version)
    }

    /// The form of which a workbook names most rows, the newest of several; none when it names hardly any.
    pub fn likeliest(&self, workbook: &Workbook) -> Option<&FormIndex<'a>> {
        let counted = self.forms.iter().map(|form| (form.recognised(workbook), form));
        counted.filter(|(rows, _)| *rows >= FEWEST_ROWS).max_by_key(|(rows, _)| *rows).map(|(_, form)| form)
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

    /// The units whose full name or alias stands in the name of a file or folder, tone and accents
    /// aside; not those of which a longer name stands there: Hưng Nguyên in “xã Hưng Nguyên Nam”.
    pub fn named_in(&self, name: &str) -> Vec<&'a UnitCode> {
        let name = format!("-{}-", slug(name));
        let found: Vec<_> = self.slugs.iter().filter(|(slug, _)| name.contains(slug.as_str())).collect();
        let is_whole = |slug: &str| {
            found.iter().all(|(other, _)| other.len() <= slug.len() || !other.contains(slug.trim_end_matches('-')))
        };
        found.iter().filter(|(slug, _)| is_whole(slug)).map(|(_, unit)| *unit).collect()
    }
}

/// One form, by mã số, by sheet name and by title.
#[derive(Debug)]
pub(super) struct FormIndex<'a> {
    pub form: &'a Form,
    /// Sheets with their folded names, in form order.
    pub sheets: Vec<(String, &'a SheetForm)>,
    rows: BTreeMap<&'a str, Coded<'a>>,
    titles: BTreeMap<String, &'a MeasureCode>,
    folded: BTreeMap<String, Vec<&'a Row>>,
}

/// What a mã số in a cell stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Coded<'a> {
    /// A row of the form.
    Row(&'a Row),
    /// A row that had this mã số on the older version.
    Old(&'a Row),
    /// A row of the older version that nobody asks any more.
    Removed,
}

impl<'a> Coded<'a> {
    /// The row of the form, when there is one.
    pub fn row(self) -> Option<&'a Row> {
        match self {
            Coded::Row(row) | Coded::Old(row) => Some(row),
            Coded::Removed => None,
        }
    }
}

/// What a title in a cell stands for.
#[derive(Clone, Debug)]
pub(super) enum Titled<'a> {
    /// The only row with this title.
    One(&'a Row),
    /// All rows with this title.
    Several(Vec<&'a Row>),
}

impl<'a> FormIndex<'a> {
    fn new(form: &'a Form) -> Self {
        let mut rows: BTreeMap<&str, Coded> = form.rows().map(|row| (row.code.as_str(), Coded::Row(row))).collect();
        if let Some(older) = &form.older {
            let renamed = older.renamed.iter().filter_map(|(old, code)| Some((old.as_str(), form.row(code)?)));
            rows.extend(renamed.map(|(old, row)| (old, Coded::Old(row))));
            rows.extend(older.removed.iter().map(|code| (code.as_str(), Coded::Removed)));
        }
        let mut folded: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
        for row in form.rows() {
            folded.entry(title_key(&row.title)).or_default().push(row);
        }
        Self {
            form,
            sheets: form.sheets.iter().map(|sheet| (sheet_key(&sheet.name), sheet)).collect(),
            rows,
            titles: form.rows().map(|row| (name_key(&row.title), &row.code)).collect(),
            folded,
        }
    }

    /// What a mã số as it stands in a cell means.
    pub fn code(&self, text: &str) -> Option<Coded<'a>> {
        // Most cells are no codes; the longest code is far below this.
        if text.len() > 64 || !text.contains(['.', '_']) || !text.is_ascii() {
            return None;
        }
        self.rows.get(text).or_else(|| self.rows.get(text.to_ascii_lowercase().as_str())).copied()
    }

    /// The rows that have this title, letter by letter but for diacritics, numbering and dashes. A
    /// sheet that bears the name of one of the form decides between rows of several.
    pub fn titled(&self, text: &str, sheet: &str) -> Option<Titled<'a>> {
        if text.len() < 6 || text.len() > 400 {
            return None;
        }
        let rows = self.folded.get(&title_key(text))?;
        if let [row] = rows.as_slice() {
            return Some(Titled::One(row));
        }
        let own = self.sheet_named(&sheet_key(sheet));
        let mut here = rows.iter().filter(|row| own.is_some_and(|own| own.rows.iter().any(|r| r.code == row.code)));
        match (here.next(), here.next()) {
            (Some(row), None) => Some(Titled::One(row)),
            _ => Some(Titled::Several(rows.clone())),
        }
    }

    /// How many rows of the form a workbook names, by mã số or by title.
    pub fn recognised(&self, workbook: &Workbook) -> usize {
        let cells = workbook.sheets.iter().flat_map(|sheet| sheet.cells.iter().map(move |cell| (cell, &sheet.name)));
        let codes: BTreeSet<&MeasureCode> = cells
            .filter_map(|(cell, sheet)| {
                let text = cell.value.text()?;
                match (self.code(text), self.titled(text, sheet)) {
                    (Some(code), _) => code.row(),
                    (None, Some(Titled::One(row))) => Some(row),
                    _ => None,
                }
            })
            .map(|row| &row.code)
            .collect();
        codes.len()
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

/// Rows by which a form is recognised that does not say its version.
const FEWEST_ROWS: usize = 3;

/// A title folded, without its numbering (`1.2.`, `a)`, `–`) and without marks at its end.
fn title_key(title: &str) -> String {
    let key = plain_key(title);
    let bare = key.trim_start_matches(|c: char| !c.is_alphanumeric());
    let bare = match bare.split_once(' ') {
        Some((number, rest)) if number.ends_with(['.', ')']) && number.len() <= 6 => rest,
        _ => bare,
    };
    let bare = bare.trim_start_matches(|c: char| !c.is_alphanumeric());
    bare.trim_end_matches([':', '.', ';', ',', ' ', '*']).to_owned()
}

/// A sheet name folded so that `Biểu 01`, `BIEU_01` and `Bieu01 (2)` are one.
pub(super) fn sheet_key(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or(name);
    plain_key(name).chars().filter(char::is_ascii_alphanumeric).collect()
}
