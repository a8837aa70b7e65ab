//! The cells of an OpenDocument sheet, counted before the reader lays them out.
//!
//! A row or cell may say that it stands a million times; the reader copies it as
//! often, and waits for ever for the end of a table that was cut off.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Refusal;
use crate::definitions::Limits;

/// Columns beyond which the reader drops what is repeated.
const COLUMNS: u64 = 16_384;

/// Walks through `content.xml`.
///
/// # Errors
/// When it is cut off or not well-formed, or a sheet would be laid out beyond the limits.
pub(super) fn inspect(content: &str, limits: &Limits) -> Result<(), Refusal> {
    let damaged = || Refusal::unreadable("Tệp bị cắt cụt hoặc hỏng: nội dung bảng tính không trọn vẹn");
    let mut reader = Reader::from_str(content);
    reader.config_mut().expand_empty_elements = true;
    let (mut depth, mut sheets, mut all_cells) = (0u64, 0usize, 0u64);
    let mut area = Area::default();
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(element) => {
                depth += 1;
                match element.name().0 {
                    "table:table" => area = Area::default(),
                    "table:table-row" => area.row(repeats(&element, "table:number-rows-repeated")),
                    "table:table-cell" | "table:covered-table-cell" => {
                        area.cell(repeats(&element, "table:number-columns-repeated"), is_filled(&element));
                    }
                    _ => {}
                }
            }
            Event::End(element) => {
                depth = depth.checked_sub(1).ok_or_else(damaged)?;
                if element.name().0 == "table:table" {
                    sheets += 1;
                    all_cells = all_cells.saturating_add(area.cells());
                }
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(damaged()),
            _ => {}
        }
        if sheets > limits.sheets {
            return Err(Refusal::too_large(format!("Tệp có hơn {} trang tính", limits.sheets)));
        }
        if area.cells() > limits.sheet_cells as u64 || all_cells > limits.file_cells as u64 {
            return Err(Refusal::too_large("Trang tính trải quá rộng: có hàng hoặc cột lặp lại hàng triệu lần"));
        }
    }
}

fn repeats(element: &BytesStart, attribute: &str) -> u64 {
    let value = element.attributes().flatten().find(|found| found.key.0 == attribute);
    value.and_then(|found| found.value.parse().ok()).unwrap_or(1)
}

/// Whether the reader takes a cell for filled: it has a value, a type of value, or a formula.
fn is_filled(element: &BytesStart) -> bool {
    element.attributes().flatten().any(|found| found.key.0.starts_with("office:") || found.key.0 == "table:formula")
}

/// What the reader lays out for one sheet.
#[derive(Default)]
struct Area {
    /// Cells it holds on the way, repeated within their rows.
    held: u64,
    /// The row being read, from 0, with what is repeated, and how often it stands.
    row: u64,
    repeated: u64,
    col: u64,
    /// First and last filled row, first and last filled column.
    filled: Option<(u64, u64, u64, u64)>,
}

impl Area {
    fn row(&mut self, repeats: u64) {
        self.row = self.row.saturating_add(self.repeated);
        self.repeated = repeats;
        self.col = 0;
    }

    fn cell(&mut self, repeats: u64, filled: bool) {
        let from = self.col;
        self.col = from.saturating_add(repeats).min(COLUMNS);
        // Empty cells at the end of a row are dropped; a row has few others.
        if !filled || self.col == from || self.repeated == 0 {
            return;
        }
        self.held += self.col - from.min(self.held);
        let last = self.row.saturating_add(self.repeated - 1);
        let (top, _, left, right) = self.filled.unwrap_or((self.row, last, from, from));
        self.filled = Some((top, last, left.min(from), right.max(self.col - 1)));
    }

    /// The larger of what is held and the rectangle that is laid out.
    fn cells(&self) -> u64 {
        let rectangle = self
            .filled
            .map_or(0, |(top, bottom, left, right)| (bottom - top).saturating_add(1).saturating_mul(right - left + 1));
        rectangle.max(self.held)
    }
}
