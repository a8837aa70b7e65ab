//! Merged cells, hidden rows and columns and comments in the content of an .ods.

use std::io::Cursor;

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::intake::workbook::frame::{Area, Frame, MOST, add_run, attribute, elements, number, part, push_text};
use crate::vocabulary::CellRef;

/// What surrounds the cells of each sheet, by its name.
pub(super) fn frames(bytes: &[u8]) -> Option<Vec<(String, Frame)>> {
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
