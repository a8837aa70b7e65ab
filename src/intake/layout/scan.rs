//! One sheet gone through from top to bottom: headings set the columns, rows of the form take them.

use std::collections::BTreeMap;

use crate::definitions::Row;
use crate::intake::index::{Coded, FormIndex, Titled};
use crate::intake::layout::heads::{self, Heads};
use crate::intake::layout::{Across, By, Layout, Oddity, Spot};
use crate::intake::workbook::{Cell, Sheet};
use crate::vocabulary::CellRef;

/// One sheet while its rows are looked for.
pub(super) struct Scan<'l, 'a, 's> {
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

impl<'l, 'a, 's> Scan<'l, 'a, 's> {
    /// A sheet, by its position in the workbook.
    pub fn new(layout: &'l mut Layout<'a>, form: &'l FormIndex<'a>, at: usize, sheet: &'s Sheet) -> Self {
        Self { layout, form, at, sheet, tables: Vec::new(), found: Vec::new() }
    }

    /// Goes through the sheet once: headings set the columns, every row of the form below takes them.
    pub fn run(mut self, across: bool) {
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
