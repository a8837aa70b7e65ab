//! What surrounds the cells of a sheet and calamine does not give: merged cells, hidden rows and
//! columns, comments.
//!
//! Read by `xlsx_frame`, `ods_frame` and `xls_frame`; the merged cells of .xls come from calamine. Of .xlsb, which no commune was seen to send, nothing is read. Nothing
//! here can fail: what cannot be understood is as if it were not there.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use crate::intake::package::Format;
use crate::intake::text::clean;
use crate::intake::workbook::{Cell, CellValue, Sheet, ods_frame, xls_frame, xlsx_frame};
use crate::vocabulary::CellRef;

/// A block of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its upper left cell.
    pub first: CellRef,
    /// Its lower right cell.
    pub last: CellRef,
}

impl Area {
    /// The block between two cells, given as row and column.
    pub fn new(first: (u32, u32), last: (u32, u32)) -> Self {
        Self { first: CellRef::new(first.0, first.1), last: CellRef::new(last.0, last.1) }
    }
}

/// What surrounds the cells of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Merged cells.
    pub merged: Vec<Area>,
    /// Hidden rows, each run with its first and last.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, each run with its first and last.
    pub hidden_cols: Vec<(u32, u32)>,
    /// Comments with the cells they hang on; the guard against personal data takes them away.
    pub notes: Vec<Cell>,
}

impl Frame {
    /// Whether a cell stands in a hidden row or column.
    pub fn hides(&self, cell: CellRef) -> bool {
        let within = |runs: &[(u32, u32)], at: u32| runs.iter().any(|(first, last)| (*first..=*last).contains(&at));
        within(&self.hidden_rows, cell.row) || within(&self.hidden_cols, cell.col)
    }

    /// The last column that a cell stretches over.
    pub fn last_col(&self, cell: CellRef) -> u32 {
        self.merged.iter().find(|area| area.first == cell).map_or(cell.col, |area| area.last.col)
    }

    /// Notes that columns are hidden.
    pub(super) fn hide_cols(&mut self, first: u32, last: u32) {
        add_run(&mut self.hidden_cols, first, last);
    }

    /// Notes that a row is hidden.
    pub(super) fn hide_row(&mut self, row: u32) {
        add_run(&mut self.hidden_rows, row, row);
    }

    /// Adds a comment.
    pub(super) fn note(&mut self, cell: CellRef, text: &str) {
        let (text, _) = clean(text);
        if !text.is_empty() && self.notes.len() < MOST {
            self.notes.push(Cell { at: cell, value: CellValue::Text(text.into()) });
        }
    }
}

/// More merged cells, hidden runs or comments than this no return has; the rest is left out.
pub(super) const MOST: usize = 100_000;

/// Adds to each sheet what surrounds its cells.
pub(super) fn add(bytes: &[u8], format: Format, sheets: &mut [Sheet]) {
    let read = |bytes| match format {
        Format::Xlsx => xlsx_frame::frames(bytes).unwrap_or_default(),
        Format::Ods => ods_frame::frames(bytes).unwrap_or_default(),
        Format::Xls { .. } | Format::Xlsb => Vec::new(),
    };
    if format == (Format::Xls { biff8: true }) {
        let frames = xls_frame::frames(bytes);
        if frames.len() == sheets.len() {
            for (sheet, frame) in sheets.iter_mut().zip(frames) {
                sheet.frame = Frame { merged: std::mem::take(&mut sheet.frame.merged), ..frame };
            }
        }
        return;
    }
    let frames = catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or_default();
    for (name, frame) in frames {
        if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == clean(&name).0) {
            sheet.frame = frame;
        }
    }
}

pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

pub(super) fn part(archive: &mut Archive, path: &str) -> Option<String> {
    let name = archive.file_names().flatten().find(|name| name.eq_ignore_ascii_case(path))?.into_owned();
    let mut text = String::new();
    archive.by_name(&name).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// Goes through the elements of a part until `each` has seen enough.
pub(super) fn elements<'t>(text: &'t str, mut each: impl FnMut(Event<'t>)) {
    let mut reader = Reader::from_str(text);
    // A part is also read from its middle on.
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) | Err(_) => return,
            Ok(event) => each(event),
        }
    }
}

pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let own = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    quick_xml::escape::unescape(&own.value).ok().map(|value| value.into_owned())
}

pub(super) fn number(element: &BytesStart, name: &str) -> Option<u32> {
    attribute(element, name)?.parse().ok()
}

/// Adds a run of hidden rows or columns, to the run before where it follows on it.
pub(super) fn add_run(runs: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    let full = runs.len() >= MOST;
    match runs.last_mut().filter(|(_, end)| first <= end.saturating_add(1)) {
        Some((_, end)) => *end = last.max(*end),
        None if full => {}
        None => runs.push((first, last)),
    }
}

pub(super) fn push_text(words: &mut String, event: &Event) {
    match event {
        Event::Text(text) => words.push_str(&text.xml10_content()),
        Event::CData(text) => words.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(c)) => words.push(c),
            _ => words.push_str(match &*reference.xml10_content() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                _ => " ",
            }),
        },
        _ => {}
    }
}
