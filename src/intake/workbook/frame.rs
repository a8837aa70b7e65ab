//! What surrounds the cells of a sheet and calamine does not give: merged cells, hidden rows and
//! columns, comments.
//!
//! Read from the parts of .xlsx and from the content of .ods; for .xls see `xls_frame`, and merged
//! cells come from calamine. Of .xlsb, which no commune was seen to send, nothing is read. Nothing
//! here can fail: what cannot be understood is as if it were not there.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use crate::intake::package::Format;
use crate::intake::text::clean;
use crate::intake::workbook::{Cell, CellValue, Sheet, xls_frame};
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
const MOST: usize = 100_000;

/// Adds to each sheet what surrounds its cells.
pub(super) fn add(bytes: &[u8], format: Format, sheets: &mut [Sheet]) {
    let read = |bytes| match format {
        Format::Xlsx => xlsx(bytes).unwrap_or_default(),
        Format::Ods => ods(bytes).unwrap_or_default(),
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

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn part(archive: &mut Archive, path: &str) -> Option<String> {
    let name = archive.file_names().flatten().find(|name| name.eq_ignore_ascii_case(path))?.into_owned();
    let mut text = String::new();
    archive.by_name(&name).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// Goes through the elements of a part until `each` has seen enough.
fn elements<'t>(text: &'t str, mut each: impl FnMut(Event<'t>)) {
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

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let own = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    quick_xml::escape::unescape(&own.value).ok().map(|value| value.into_owned())
}

fn number(element: &BytesStart, name: &str) -> Option<u32> {
    attribute(element, name)?.parse().ok()
}

fn xlsx(bytes: &[u8]) -> Option<Vec<(String, Frame)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let book = part(&mut archive, "xl/workbook.xml")?;
    let targets = relations(&mut archive, "xl/workbook.xml");
    let mut sheets = Vec::new();
    elements(&book, |event| {
        if let Event::Start(element) | Event::Empty(element) = event
            && element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(&element, "name"), attribute(&element, "id"))
        {
            sheets.extend(targets.iter().find(|target| target.id == id).map(|target| (name, target.path.clone())));
        }
    });
    let mut frames = Vec::new();
    for (name, path) in sheets {
        let mut frame = Frame::default();
        if let Some(text) = part(&mut archive, &path) {
            sheet(&text, &mut frame);
        }
        for target in relations(&mut archive, &path) {
            if target.kind.to_ascii_lowercase().ends_with("comment") || target.kind.ends_with("comments") {
                part(&mut archive, &target.path).into_iter().for_each(|text| comments(&text, &mut frame));
            }
        }
        frames.push((name, frame));
    }
    Some(frames)
}

/// What a part refers to.
struct Target {
    id: String,
    kind: String,
    path: String,
}

fn relations(archive: &mut Archive, path: &str) -> Vec<Target> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut targets = Vec::new();
    let Some(text) = part(archive, &format!("{folder}/_rels/{name}.rels")) else { return targets };
    elements(&text, |event| {
        if let Event::Start(element) | Event::Empty(element) = event
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(&element, "Id"), attribute(&element, "Type"), attribute(&element, "Target"))
        {
            targets.push(Target { id, kind, path: resolved(folder, &target) });
        }
    });
    targets
}

/// A path as seen from a folder of the package.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(parts.pop()),
            "." | "" => {}
            step => parts.push(step),
        }
    }
    parts.join("/")
}

/// Hidden rows and columns and merged cells. Merged cells stand at the end of a sheet, so that of an
/// ordinary one, where nothing is hidden, only the end is gone through.
fn sheet(text: &str, frame: &mut Frame) {
    let text = match text.contains("hidden=") {
        true => text,
        false => match text.find("mergeCells").and_then(|at| text[..at].rfind('<')) {
            Some(at) => &text[at..],
            None => return,
        },
    };
    elements(text, |event| {
        let (Event::Start(element) | Event::Empty(element)) = event else { return };
        let is_hidden = || attribute(&element, "hidden").is_some_and(|value| value == "1" || value == "true");
        match element.local_name().as_ref() {
            "col" if is_hidden() => {
                if let (Some(min @ 1..), Some(max @ 1..)) = (number(&element, "min"), number(&element, "max")) {
                    add_run(&mut frame.hidden_cols, min - 1, max - 1);
                }
            }
            "row" if is_hidden() => {
                if let Some(row @ 1..) = number(&element, "r") {
                    add_run(&mut frame.hidden_rows, row - 1, row - 1);
                }
            }
            "mergeCell" => {
                let area = attribute(&element, "ref").unwrap_or_default();
                if let Some((Ok(first), Ok(last))) = area.split_once(':').map(|(a, b)| (a.parse(), b.parse()))
                    && frame.merged.len() < MOST
                {
                    frame.merged.push(Area { first, last });
                }
            }
            _ => {}
        }
    });
}

/// Adds a run of hidden rows or columns, to the run before where it follows on it.
fn add_run(runs: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    let full = runs.len() >= MOST;
    match runs.last_mut().filter(|(_, end)| first <= end.saturating_add(1)) {
        Some((_, end)) => *end = last.max(*end),
        None if full => {}
        None => runs.push((first, last)),
    }
}

/// Comments of either kind: `comment` with runs of `t`, `threadedComment` with one `text`.
fn comments(text: &str, frame: &mut Frame) {
    let (mut cell, mut words, mut inside) = (None, String::new(), false);
    elements(text, |event| match event {
        Event::Start(element) => match element.local_name().as_ref() {
            "comment" | "threadedComment" => {
                cell = attribute(&element, "ref").and_then(|cell| cell.parse::<CellRef>().ok());
                words.clear();
            }
            "t" | "text" => inside = true,
            _ => {}
        },
        Event::End(element) => match element.local_name().as_ref() {
            "comment" | "threadedComment" => frame.note(cell.unwrap_or(CellRef::new(0, 0)), &words),
            "t" | "text" => inside = false,
            _ => {}
        },
        event if inside => push_text(&mut words, &event),
        _ => {}
    });
}

fn push_text(words: &mut String, event: &Event) {
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

fn ods(bytes: &[u8]) -> Option<Vec<(String, Frame)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let text = part(&mut archive, "content.xml")?;
    let mut content = Content::default();
    elements(&text, |event| match event {
        Event::Start(element) => content.begins(&element, false),
        Event::Empty(element) => content.begins(&element, true),
        Event::End(element) => content.ends(element.local_name().as_ref()),
        event if content.inside_text => push_text(&mut content.words, &event),
        _ => {}
    });
    Some(content.frames)
}

/// The content of an .ods while it is gone through.
#[derive(Default)]
struct Content {
    frames: Vec<(String, Frame)>,
    row: u32,
    col: u32,
    /// How many rows, and columns, the current element stands for.
    rows: u32,
    cols: u32,
    column: u32,
    in_note: bool,
    inside_text: bool,
    words: String,
}

impl Content {
    fn begins(&mut self, element: &BytesStart, empty: bool) {
        let repeated = |name| number(element, name).unwrap_or(1).max(1);
        let is_hidden = || matches!(attribute(element, "visibility").as_deref(), Some("collapse" | "filter"));
        match element.local_name().as_ref() {
            "table" => {
                let name = attribute(element, "name").unwrap_or_default();
                self.frames.push((name, Frame::default()));
                (self.row, self.col, self.column) = (0, 0, 0);
            }
            "table-column" => {
                let count = repeated("number-columns-repeated");
                if let (true, Some((_, frame))) = (is_hidden(), self.frames.last_mut()) {
                    add_run(&mut frame.hidden_cols, self.column, self.column.saturating_add(count - 1));
                }
                self.column = self.column.saturating_add(count);
            }
            "table-row" => {
                self.rows = repeated("number-rows-repeated");
                self.col = 0;
                if let (true, Some((_, frame))) = (is_hidden(), self.frames.last_mut()) {
                    add_run(&mut frame.hidden_rows, self.row, self.row.saturating_add(self.rows - 1));
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.cols = repeated("number-columns-repeated");
                let span = (repeated("number-rows-spanned"), repeated("number-columns-spanned"));
                if let Some((_, frame)) =
                    self.frames.last_mut().filter(|(_, f)| span != (1, 1) && f.merged.len() < MOST)
                {
                    let last = (self.row.saturating_add(span.0 - 1), self.col.saturating_add(span.1 - 1));
                    frame.merged.push(Area::new((self.row, self.col), last));
                }
            }
            "annotation" => {
                self.in_note = true;
                self.words.clear();
            }
            "p" if self.in_note && !empty => self.inside_text = true,
            _ => {}
        }
        if empty {
            self.ends(element.local_name().as_ref());
        }
    }

    fn ends(&mut self, name: &str) {
        match name {
            "table-row" => self.row = self.row.saturating_add(self.rows),
            "table-cell" | "covered-table-cell" => self.col = self.col.saturating_add(self.cols),
            "annotation" => {
                self.in_note = false;
                if let Some((_, frame)) = self.frames.last_mut() {
                    frame.note(CellRef::new(self.row, self.col), &self.words);
                }
            }
            "p" if self.inside_text => {
                self.inside_text = false;
                self.words.push('\n');
            }
            _ => {}
        }
    }
}
