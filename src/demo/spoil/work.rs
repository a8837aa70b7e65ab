//! A return while it is being spoilt: what was meant, the book, and what becomes of its file.

use std::collections::BTreeMap;

use crate::definitions::{Definitions, Form, Kind, Row, SheetKind};
use crate::demo::dice::Dice;
use crate::demo::post::Sending;
use crate::demo::spoil::book::{Book, CODE, Page, Value};
use crate::demo::spoil::pack::{self, Parts};
use crate::form::Typed;
use crate::vocabulary::MeasureCode;

/// What a reader must do with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Must {
    /// Read every value as it was meant.
    ReadSame,
    /// Refuse, or miss with a finding, these cells; read the others as they were meant.
    Refuse(Vec<MeasureCode>),
    /// Use nothing of it.
    SetAside,
    /// Read as meant or refuse with a finding, cell by cell or whole: no reader can be sure of it.
    NeverGuess,
}

impl Must {
    /// The word in `spoilt.csv`.
    pub fn code(&self) -> &'static str {
        match self {
            Must::ReadSame => "read_same",
            Must::Refuse(_) => "refuse",
            Must::SetAside => "set_aside",
            Must::NeverGuess => "never_guess",
        }
    }
}

/// How the book becomes the bytes of its file.
pub(super) enum Finish {
    /// As a package should be.
    Packed,
    /// From its parts.
    Parts(fn(Parts) -> Vec<u8>),
    /// From the bytes it should have.
    Bytes(fn(Vec<u8>, &mut Dice) -> Vec<u8>),
}

/// A further file that comes in with the return.
pub(super) struct Further {
    pub file: String,
    pub book: Book,
    pub truth: BTreeMap<MeasureCode, i64>,
    pub must: Must,
    /// How many days before the return it was received.
    pub days_before: u64,
}

/// A return while it is being spoilt.
pub(super) struct Work<'a> {
    pub definitions: &'a Definitions,
    pub form: &'a Form,
    pub sending: &'a Sending,
    pub dice: Dice,
    pub book: Book,
    pub file: String,
    pub finish: Finish,
    pub further: Vec<Further>,
}

impl Work<'_> {
    /// What was meant, by mã số.
    pub fn truth(&self) -> BTreeMap<MeasureCode, i64> {
        truth(self.sending)
    }

    /// The rows that stand in the workbook with a number, with what was meant.
    pub fn counted(&self, wanted: impl Fn(&Row, i64) -> bool) -> Vec<(MeasureCode, i64)> {
        let truth = self.truth();
        let rows = self.form.rows().filter(|row| !matches!(row.kind, Kind::Class(_)));
        rows.filter(|row| self.book.row_of(row.code.as_str()).is_some())
            .filter_map(|row| Some((row, *truth.get(&row.code)?)))
            .filter(|(row, value)| wanted(row, *value))
            .map(|(row, value)| (row.code.clone(), value))
            .collect()
    }

    /// One such row.
    pub fn one(&mut self, wanted: impl Fn(&Row, i64) -> bool) -> Option<(MeasureCode, i64)> {
        let all = self.counted(wanted);
        let last = i64::try_from(all.len()).ok()?.checked_sub(1).filter(|last| *last >= 0)?;
        let at = self.dice.between(0, last);
        all.into_iter().nth(at as usize)
    }

    /// Types something for one row that a reader must refuse.
    pub fn refuse_one(
        &mut self,
        wanted: impl Fn(&Row, i64) -> bool,
        typed: impl Fn(&mut Dice, i64) -> Value,
    ) -> Option<Must> {
        let (item, value) = self.one(wanted)?;
        let typed = typed(&mut self.dice, value);
        self.book.type_in(item.as_str(), typed);
        Some(Must::Refuse(vec![item]))
    }

    /// Types something for every such row that a reader must read as it was meant.
    pub fn retype(
        &mut self,
        wanted: impl Fn(&Row, i64) -> bool,
        typed: impl Fn(&mut Dice, i64) -> Value,
    ) -> Option<Must> {
        let all = self.counted(wanted);
        if all.is_empty() {
            return None;
        }
        for (item, value) in all {
            let typed = typed(&mut self.dice, value);
            self.book.type_in(item.as_str(), typed);
        }
        Some(Must::ReadSame)
    }

    /// The sheets with one row per quantity, the cover not among them.
    pub fn tables(&mut self) -> Vec<&mut Page> {
        let form = self.form;
        let is_table =
            |page: &&mut Page| form.sheets.iter().any(|sheet| sheet.kind == SheetKind::Rows && sheet.name == page.name);
        self.book.pages.iter_mut().filter(is_table).collect()
    }
}

/// What was meant in a return, by mã số.
pub(super) fn truth(sending: &Sending) -> BTreeMap<MeasureCode, i64> {
    let number = |typed: &Option<Typed>| match typed {
        Some(Typed::Number(value)) => Some(*value),
        _ => None,
    };
    sending.fill.lines.iter().filter_map(|(item, line)| Some((item.clone(), number(&line.value)?))).collect()
}

/// The row of the headings of a table.
///
/// # Panics
/// When the sheet has no column “Mã số”: only tables of the form are asked.
pub fn head(page: &Page) -> u32 {
    let is_head = |value: &Value| matches!(value, Value::Text(text) if text == "Mã số");
    let mut cells = page.cells.iter();
    let head = cells.find(|((_, col), cell)| *col == CODE && is_head(&cell.value));
    head.map(|((row, _), _)| *row).expect("every table of the form has a column “Mã số”")
}

/// The bytes of a book.
pub(super) fn finished(book: &Book, finish: &Finish, dice: &mut Dice) -> Vec<u8> {
    match finish {
        Finish::Packed => pack::pack(book),
        Finish::Parts(parts) => parts(pack::parts(book)),
        Finish::Bytes(bytes) => bytes(pack::pack(book), dice),
    }
}
