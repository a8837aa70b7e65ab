//! Where the rows of the form stand in a workbook, however it was rearranged.
//!
//! Rows are found by mã số and columns by heading, on whatever sheet and in
//! whatever place: sheets may be renamed or moved, rows and columns inserted,
//! headings stacked. What the cells mean is decided by `numeral`.

use std::collections::BTreeMap;

use crate::definitions::{Row, SheetKind};
use crate::intake::index::{FormIndex, sheet_key};
use crate::intake::workbook::{Cell, Sheet, Workbook};
use crate::vocabulary::text::plain_key;
use crate::vocabulary::{CellRef, MeasureCode};

/// Where one row of the form stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Position of the sheet in the workbook.
    pub sheet: usize,
    /// The cell of its mã số.
    pub code: CellRef,
    /// The cell of its title, when there is such a column.
    pub title: Option<CellRef>,
    /// The cell of column “Trong kỳ”, when there is such a column.
    pub value: Option<CellRef>,
    /// The cell of column “Lũy kế từ đầu năm”, when there is such a column.
    pub cumulative: Option<CellRef>,
    /// The declared unit of measure of the row, else of the table.
    pub unit: Option<String>,
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
                _ => layout.find_rows(at, sheet, form, named == Some(SheetKind::Settlements)),
            }
        }
        layout
    }

    /// Goes through a sheet once: headings set the columns, every mã số below takes them.
    fn find_rows(&mut self, at: usize, sheet: &Sheet, form: &FormIndex<'a>, across: bool) {
        let mut heads = Heads::default();
        for cells in sheet.rows() {
            let coded: Vec<(&Cell, &Row)> =
                cells.iter().filter_map(|cell| Some((cell, form.row(cell.value.text()?)?))).collect();
            if coded.len() > 1 || (across && !coded.is_empty()) {
                let columns = coded.iter().map(|(cell, row)| (cell.at.col, *row)).collect();
                if self.settlements.is_none() || across {
                    self.settlements = Some(Across { sheet: at, row: cells[0].at.row, columns });
                }
                self.known[at] = true;
                if across {
                    return;
                }
            } else if let Some((cell, row)) = coded.first() {
                if heads.code.is_none_or(|col| col == cell.at.col) {
                    heads.used = true;
                    self.known[at] = true;
                    self.spots.entry(&row.code).or_default().push(heads.spot(at, cell.at, cells));
                }
            } else {
                heads.take(cells);
            }
        }
    }

    /// The places of a row that count: on the sheet that bears the form's name when there is one, else on the first.
    pub fn spots(&self, row: &Row, own_sheet: &str, workbook: &Workbook) -> Vec<&Spot> {
        let Some(spots) = self.spots.get(&row.code) else { return Vec::new() };
        if let [spot] = spots.as_slice() {
            return vec![spot];
        }
        let is_own = |spot: &&Spot| workbook.sheets[spot.sheet].name == own_sheet;
        let chosen = spots.iter().find(is_own).or_else(|| {
            let visible = |spot: &&Spot| !workbook.sheets[spot.sheet].hidden;
            spots.iter().find(visible).or(spots.first())
        });
        chosen.map_or_else(Vec::new, |chosen| spots.iter().filter(|spot| spot.sheet == chosen.sheet).collect())
    }
}

/// The columns of a table as its headings say.
#[derive(Default)]
struct Heads {
    code: Option<u32>,
    title: Option<u32>,
    unit: Option<u32>,
    value: Option<u32>,
    cumulative: Option<u32>,
    /// `ĐVT: triệu đồng` above the table.
    table_unit: Option<String>,
    /// Whether a row was found under them: then only another “Mã số” begins a new table.
    used: bool,
}

/// Headings are short; what is longer is a title or a note.
const HEADING_CHARS: usize = 40;

impl Heads {
    /// Takes what a row without mã số says about columns.
    fn take(&mut self, cells: &[Cell]) {
        let short = cells.iter().filter_map(|cell| {
            let text = cell.value.text()?;
            (text.len() <= 3 * HEADING_CHARS).then(|| (cell.at.col, text, plain_key(text)))
        });
        let short: Vec<(u32, &str, String)> = short.filter(|(_, _, key)| key.len() <= HEADING_CHARS).collect();
        if self.used {
            if !short.iter().any(|(_, _, key)| is_code(key)) {
                return;
            }
            *self = Self::default();
        }
        for (col, text, key) in short {
            let head = match key.as_str() {
                key if is_code(key) => &mut self.code,
                "chi tieu" | "noi dung" | "ten chi tieu" => &mut self.title,
                "dvt" | "don vi tinh" => &mut self.unit,
                "trong ky" | "trong ky bao cao" | "so lieu trong ky" | "phat sinh trong ky" | "thuc hien trong ky" => {
                    &mut self.value
                }
                key if key.starts_with("luy ke") => &mut self.cumulative,
                key if key.starts_with("dvt") || key.starts_with("don vi tinh") => {
                    self.table_unit = text.split_once(':').map(|(_, unit)| unit.trim().to_owned());
                    continue;
                }
                _ => continue,
            };
            // The leftmost counts: “Cùng kỳ năm trước” may have a “Trong kỳ” of its own.
            head.get_or_insert(col);
        }
    }

    fn spot(&self, sheet: usize, code: CellRef, cells: &[Cell]) -> Spot {
        let at = |col: Option<u32>| col.map(|col| CellRef::new(code.row, col));
        let declared = self.unit.and_then(|col| cells.iter().find(|cell| cell.at.col == col)?.value.text());
        Spot {
            sheet,
            code,
            title: at(self.title),
            value: at(self.value),
            cumulative: at(self.cumulative),
            unit: declared.map(str::to_owned).or_else(|| self.table_unit.clone()),
        }
    }
}

fn is_code(key: &str) -> bool {
    key == "ma so" || key == "ma so chi tieu" || key == "ma chi tieu"
}
