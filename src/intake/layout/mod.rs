//! Where the rows of the form stand in a workbook, however it was rearranged.
//!
//! Rows are found by mã số and columns by heading, on whatever sheet and in whatever place: sheets
//! may be renamed or moved, rows and columns inserted, headings stacked. A row that lost its mã số
//! is found by its exact title, when only one row has it. What the cells mean is decided by `numeral`.

mod heads;

use std::collections::BTreeMap;

use crate::definitions::{Row, SheetKind};
use crate::intake::index::{Coded, FormIndex, Titled, sheet_key};
use crate::intake::layout::heads::Heads;
use crate::intake::workbook::{Cell, Sheet, Workbook};
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
                    Scan { layout: &mut layout, form, at, sheet, tables: Vec::new(), found: Vec::new() }.run(across);
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

/// One sheet while its rows are looked for.
struct Scan<'l, 'a, 's> {
    layout: &'l mut Layout<'a>,
    form: &'l FormIndex<'a>,
    at: usize,
    sheet: &'s Sheet,
    /// The tables whose rows come now.
    tables: Vec<Heads>,
    /// Rows found under them: which table, which row of the form, how, in which cell.
    found: Vec<(usize, &'a Row, By, CellRef)>,
}

/// Rows between two tables that can belong to the headings of the second.
const BLOCK: usize = 12;

impl<'a, 's> Scan<'_, 'a, 's> {
    /// Goes through the sheet once: headings set the columns, every row of the form below takes them.
    fn run(mut self, across: bool) {
        let mut block: Vec<&'s [Cell]> = Vec::new();
        let mut fresh = false;
        for cells in self.sheet.rows() {
            let coded: Vec<(&Cell, Coded)> =
                cells.iter().filter_map(|cell| Some((cell, self.form.code(cell.value.text()?)?))).collect();
            let titled = !coded.is_empty() || cells.iter().any(|cell| self.title(cell).is_some());
            if titled && fresh {
                self.begin(&block);
                block.clear();
                fresh = false;
            }
            if coded.len() > usize::from(!across) && !self.is_under_codes(&coded) {
                self.across(cells, &coded, across);
                if across {
                    break;
                }
            } else if !(titled && self.take(cells, &coded)) {
                fresh |= heads::is_heading(cells, &self.form.form.headings);
                if block.len() == BLOCK {
                    block.remove(0);
                }
                block.push(cells);
            }
        }
        self.finish();
    }

    fn title(&self, cell: &Cell) -> Option<Titled<'a>> {
        self.form.titled(cell.value.text()?, &self.sheet.name)
    }

    /// Whether a mã số stands where one is expected: then the row is no head of Biểu 06B.
    fn is_under_codes(&self, coded: &[(&Cell, Coded)]) -> bool {
        coded.iter().any(|(cell, _)| self.tables.iter().any(|table| table.code == Some(cell.at.col)))
    }

    fn across(&mut self, cells: &[Cell], coded: &[(&Cell, Coded<'a>)], named: bool) {
        let columns = coded.iter().filter_map(|(cell, code)| Some((cell.at.col, code.row()?))).collect();
        if self.layout.settlements.is_none() || named {
            self.layout.settlements = Some(Across { sheet: self.at, row: cells[0].at.row, columns });
        }
        self.layout.known[self.at] = true;
    }

    /// New tables begin, unless the block heads none.
    fn begin(&mut self, block: &[&[Cell]]) {
        let tables = heads::read(self.sheet, block, &self.form.form.headings);
        if !tables.is_empty() {
            self.finish();
            self.tables = tables;
        }
    }

    /// Takes the rows of the form that stand in a row of the sheet. False when there are none.
    fn take(&mut self, cells: &[Cell], coded: &[(&Cell, Coded<'a>)]) -> bool {
        if self.tables.is_empty() {
            self.tables.push(Heads { span: (0, u32::MAX), ..Heads::default() });
        }
        for (cell, code) in coded {
            let by = match code {
                Coded::Row(_) => By::Code,
                Coded::Old(_) => By::OldCode(excerpt_code(cell)),
                Coded::Removed => continue,
            };
            self.found.extend(code.row().map(|row| (self.table_of(cell.at.col), row, by, cell.at)));
        }
        let mut taken = !coded.is_empty();
        for cell in cells {
            let table = self.table_of(cell.at.col);
            let heads = &self.tables[table];
            let beside_code = coded.iter().any(|(code, _)| self.table_of(code.at.col) == table);
            // A code that is not known is another row's, not none.
            let has_code = heads.code.is_some_and(|col| cells.iter().any(|cell| cell.at.col == col));
            if heads.title != Some(cell.at.col) || heads.values.is_empty() || beside_code || has_code {
                continue;
            }
            match self.title(cell) {
                Some(Titled::One(row)) => self.found.push((table, row, By::Title, cell.at)),
                Some(Titled::Several(rows)) => {
                    self.layout.oddities.push(Oddity::Ambiguous { sheet: self.at, at: cell.at, rows });
                }
                None => continue,
            }
            taken = true;
        }
        taken
    }

    fn table_of(&self, col: u32) -> usize {
        self.tables.iter().position(|table| (table.span.0..=table.span.1).contains(&col)).unwrap_or(0)
    }

    /// The tables end: of the columns in which their mã số stand one counts, the headed one if any do there.
    fn finish(&mut self) {
        let found = std::mem::take(&mut self.found);
        for (at, heads) in self.tables.iter().enumerate() {
            let own = || found.iter().filter(|(table, ..)| *table == at);
            let coded = || own().filter(|(_, _, by, _)| *by != By::Title);
            let mut columns: BTreeMap<u32, usize> = BTreeMap::new();
            coded().for_each(|(_, _, _, cell)| *columns.entry(cell.col).or_default() += 1);
            let headed = heads.code.filter(|col| columns.contains_key(col));
            let most =
                columns.iter().max_by_key(|(col, count)| (**count, std::cmp::Reverse(**col))).map(|(col, _)| *col);
            let column = headed.or(most);
            if let (Some(head), None, Some((_, _, _, first))) = (heads.code, headed, coded().next()) {
                self.layout.oddities.push(Oddity::CodesElsewhere { sheet: self.at, at: *first, head });
            }
            for (_, row, by, cell) in own().filter(|(_, _, by, cell)| *by == By::Title || Some(cell.col) == column) {
                self.layout.known[self.at] = true;
                let spot = heads.spot(self.sheet, self.at, *cell, by.clone());
                self.layout.spots.entry(&row.code).or_default().push(spot);
            }
        }
    }
}

/// A mã số as it stands; the form knows it, so it is short.
fn excerpt_code(cell: &Cell) -> String {
    cell.value.text().unwrap_or_default().trim().to_owned()
}

impl Heads {
    fn spot(&self, sheet: &Sheet, at: usize, cell: CellRef, by: By) -> Spot {
        let beside = |col: u32| CellRef::new(cell.row, col);
        let declared = self.unit.and_then(|col| sheet.get(beside(col))?.text());
        Spot {
            sheet: at,
            at: cell,
            by,
            title: self.title.map(beside),
            value: Self::cell(cell.row, &self.values),
            rivals: if self.values.len() > 1 { self.values.clone() } else { Vec::new() },
            cumulative: Self::cell(cell.row, &self.cumulative),
            unit: declared.map(str::to_owned),
            table_unit: self.table_unit.clone(),
        }
    }
}
