//! Where the rows of the form stand in a workbook, however it was rearranged.
//!
//! Rows are found by mã số and columns by heading, on whatever sheet and in whatever place: sheets
//! may be renamed or moved, rows and columns inserted, headings stacked. A row that lost its mã số
//! is found by its exact title, when only one row has it. What the cells mean is decided by `numeral`.

mod heads;
mod scan;

use std::collections::BTreeMap;

use crate::definitions::{Row, SheetKind};
use crate::intake::index::{FormIndex, sheet_key};
use crate::intake::layout::scan::Scan;
use crate::intake::workbook::Workbook;
use crate::vocabulary::{CellRef, MeasureCode};

/// Where one row of the form stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Position of the sheet in the workbook.
    pub sheet: usize,
    /// The cell it was found by: its mã số, else its title.
    pub at: CellRef,
    /// How it was found.
    pub by: By,
    /// The cell of its title, when there is such a column.
    pub title: Option<CellRef>,
    /// The cell of column “Trong kỳ”, when there is one such column.
    pub value: Option<CellRef>,
    /// The columns headed “Trong kỳ” when there are several.
    pub rivals: Vec<u32>,
    /// The cell of column “Lũy kế từ đầu năm”, when there is one such column.
    pub cumulative: Option<CellRef>,
    /// The declared unit of measure of the row.
    pub unit: Option<String>,
    /// The unit of measure that a note declares for the whole table.
    pub table_unit: Option<String>,
}

/// How a row was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// By its mã số.
    Code,
    /// By the mã số it had on an older version of the form.
    OldCode(String),
    /// By its title, having no mã số.
    Title,
}

/// A row of mã số side by side: the head of Biểu 06B.
#[derive(Clone, Debug)]
pub(super) struct Across<'a> {
    /// Position of the sheet in the workbook.
    pub sheet: usize,
    /// Sheet row of the mã số.
    pub row: u32,
    /// Columns with their rows of the form.
    pub columns: Vec<(u32, &'a Row)>,
}

/// What is strange about where things stand.
#[derive(Clone, Debug)]
pub(super) enum Oddity<'a> {
    /// A title without mã số that several rows of the form have.
    Ambiguous {
        /// Position of the sheet.
        sheet: usize,
        /// The cell of the title.
        at: CellRef,
        /// The rows it may be.
        rows: Vec<&'a Row>,
    },
    /// Mã số that do not stand under “Mã số”.
    CodesElsewhere {
        /// Position of the sheet.
        sheet: usize,
        /// The first of them.
        at: CellRef,
        /// The column headed “Mã số”.
        head: u32,
    },
}

/// Where everything of a form stands in a workbook.
#[derive(Debug, Default)]
pub(super) struct Layout<'a> {
    /// For each mã số its places; more than one when the row or its sheet was copied.
    spots: BTreeMap<&'a MeasureCode, Vec<Spot>>,
    /// The head of Biểu 06B.
    pub settlements: Option<Across<'a>>,
    /// Position of Biểu 08.
    pub models: Option<usize>,
    /// Position of Biểu 09.
    pub criteria: Option<usize>,
    /// For each sheet of the workbook, whether it holds something of the form or bears a name of the form.
    pub known: Vec<bool>,
    /// What is strange, in reading order.
    pub oddities: Vec<Oddity<'a>>,
}

impl<'a> Layout<'a> {
    pub fn of(workbook: &Workbook, form: &FormIndex<'a>) -> Self {
        let mut layout = Self { known: vec![false; workbook.sheets.len()], ..Self::default() };
        for (at, sheet) in workbook.sheets.iter().enumerate() {
            let named = form.sheet_named(&sheet_key(&sheet.name)).map(|sheet| sheet.kind);
            layout.known[at] = named.is_some();
            match named {
                Some(SheetKind::Models) => layout.models = layout.models.or(Some(at)),
                Some(SheetKind::Criteria) => layout.criteria = layout.criteria.or(Some(at)),
                _ => {
                    let across = named == Some(SheetKind::Settlements);
                    Scan::new(&mut layout, form, at, sheet).run(across);
                }
            }
        }
        for spots in layout.spots.values_mut() {
            if spots.iter().any(|spot| spot.by != By::Title) {
                spots.retain(|spot| spot.by != By::Title);
            }
        }
        layout.oddities.retain(|oddity| match oddity {
            // Which row it is, is clear when all others stand elsewhere by their mã số.
            Oddity::Ambiguous { rows, .. } => rows.iter().any(|row| !layout.spots.contains_key(&row.code)),
            Oddity::CodesElsewhere { .. } => true,
        });
        layout
    }

    /// The places of a row that count: on the sheet that bears the form's name when there is one, else
    /// on the first; and its places on other sheets.
    pub fn spots(&self, row: &Row, own_sheet: &str, workbook: &Workbook) -> (Vec<&Spot>, Vec<&Spot>) {
        let Some(spots) = self.spots.get(&row.code) else { return (Vec::new(), Vec::new()) };
        let name = |spot: &Spot| workbook.sheets[spot.sheet].name.as_str();
        let key = sheet_key(own_sheet);
        let chosen = spots
            .iter()
            .find(|spot| name(spot) == own_sheet)
            .or_else(|| spots.iter().find(|spot| sheet_key(name(spot)) == key))
            .or_else(|| spots.iter().find(|spot| !workbook.sheets[spot.sheet].hidden))
            .or(spots.first());
        let chosen = chosen.map(|spot| spot.sheet);
        spots.iter().partition(|spot| Some(spot.sheet) == chosen)
    }
}
