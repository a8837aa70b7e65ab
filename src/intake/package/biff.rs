//! The records of an .xls workbook ([MS-XLS]), walked before the reader opens it.
//!
//! The reader reserves a rectangle for what a sheet declares, lays out another for
//! what it holds, takes a stream that ends early for a whole one, and a file that is
//! scrambled the old way (FILEPASS 0) for a plain one. Values are not looked at.

use std::collections::BTreeSet;

use super::{Refusal, RefusalKind};
use crate::definitions::Limits;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILEPASS: u16 = 0x002F;
const BOUNDSHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const MERGED: u16 = 0x00E5;
const MULRK: u16 = 0x00BD;
/// Records with one cell, whose row and column they begin with: NUMBER, LABEL, RSTRING, BOOLERR, RK, LABELSST, FORMULA.
const CELLS: [u16; 7] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006];

/// Walks through the workbook stream; tells whether it is of Excel 97 or later.
///
/// # Errors
/// When it is encrypted, too old, cut off, or laid out beyond the limits.
pub(super) fn inspect(stream: &[u8], limits: &Limits) -> Result<bool, Refusal> {
    let mut records = Records { rest: stream };
    let biff8 = match records.next() {
        Some(Ok((BOF, data))) => match word(data, 0) {
            Some(0x0600) => true,
            Some(0x0500) => false,
            _ => return Err(Refusal::new(RefusalKind::NotAWorkbook, "Tệp là sổ tính Excel đời rất cũ")),
        },
        _ => return Err(broken()),
    };
    let mut sheets = BTreeSet::new();
    let mut ended = false;
    for record in records {
        match record? {
            (FILEPASS, _) => return Err(Refusal::encrypted()),
            (BOUNDSHEET, data) => {
                let at =
                    data.get(..4).and_then(|at| Some(u32::from_le_bytes(at.try_into().ok()?))).ok_or_else(broken)?;
                // Two names for one sheet would be read as two sheets.
                if !sheets.insert(at) {
                    return Err(broken());
                }
            }
            (EOF, _) => {
                ended = true;
                break;
            }
            _ => {}
        }
    }
    if !ended {
        return Err(cut());
    }
    if sheets.len() > limits.sheets {
        return Err(Refusal::too_large(format!("Tệp có {} trang tính, tối đa {}", sheets.len(), limits.sheets)));
    }
    let mut cells = 0u64;
    for at in sheets {
        let rest = stream.get(at as usize..).ok_or_else(cut)?;
        cells += sheet(Records { rest }, limits)?;
    }
    if cells > limits.file_cells as u64 { Err(too_wide(limits.file_cells)) } else { Ok(biff8) }
}

/// Walks through one sheet; gives the cells of the rectangle it fills.
fn sheet(mut records: Records, limits: &Limits) -> Result<u64, Refusal> {
    if !matches!(records.next(), Some(Ok((BOF, _)))) {
        return Err(broken());
    }
    let (mut depth, mut merged) = (1u32, 0usize);
    let mut filled: Option<(u16, u16, u16, u16)> = None;
    for record in records {
        let (kind, data) = record?;
        let last = match kind {
            BOF => {
                depth += 1;
                continue;
            }
            EOF => {
                depth -= 1;
                if depth == 0 {
                    return Ok(filled.map_or(0, rectangle));
                }
                continue;
            }
            DIMENSIONS => {
                declared(data)?;
                continue;
            }
            MERGED => {
                let count = usize::from(word(data, 0).ok_or_else(broken)?);
                merged += count;
                if data.len() < 2 + 8 * count {
                    return Err(broken());
                }
                continue;
            }
            MULRK => word(data, data.len().saturating_sub(2)),
            kind if CELLS.contains(&kind) => word(data, 2),
            _ => continue,
        };
        // Charts inside a sheet hold such records too; the reader passes them over.
        if depth > 1 {
            continue;
        }
        let (Some(row), Some(first), Some(last)) = (word(data, 0), word(data, 2), last) else { return Err(broken()) };
        let (top, bottom, left, right) = filled.unwrap_or((row, row, first, last));
        let now = (top.min(row), bottom.max(row), left.min(first), right.max(last));
        filled = Some(now);
        if rectangle(now) > limits.sheet_cells as u64 {
            return Err(too_wide(limits.sheet_cells));
        }
        if merged > limits.merged {
            return Err(Refusal::too_large(format!("Trang tính có hơn {} ô gộp", limits.merged)));
        }
    }
    Err(cut())
}

fn rectangle((top, bottom, left, right): (u16, u16, u16, u16)) -> u64 {
    (u64::from(bottom - top) + 1) * (u64::from(right.saturating_sub(left)) + 1)
}

/// What a sheet declares must lie within what the format can hold: the reader reserves it.
fn declared(data: &[u8]) -> Result<(), Refusal> {
    let long = |at: usize| Some(u32::from(word(data, at)?) | u32::from(word(data, at + 2)?) << 16);
    let short = |at: usize| word(data, at).map(u32::from);
    let found = match data.len() {
        10 => (short(0), short(2), short(4), short(6)),
        14 | 16 => (long(0), long(4), short(8), short(10)),
        _ => return Err(broken()),
    };
    match found {
        (Some(top), Some(bottom), Some(_), Some(right)) if bottom <= 65_536 && right <= 256 => {
            // A sheet without cells declares nothing; otherwise the end lies behind the beginning.
            if top < bottom || bottom == 0 || right == 0 { Ok(()) } else { Err(broken()) }
        }
        _ => Err(broken()),
    }
}

fn broken() -> Refusal {
    Refusal::unreadable("Tệp hỏng: cấu trúc bên trong sai")
}

fn cut() -> Refusal {
    Refusal::unreadable("Tệp bị cắt cụt: thiếu phần cuối của sổ tính")
}

fn too_wide(limit: usize) -> Refusal {
    Refusal::too_large(format!("Trang tính trải trên hơn {limit} ô vì có ô ghi ở tận cuối trang"))
}

/// The number at an offset, when there is one.
fn word(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

/// Records of a stream, each with its kind.
struct Records<'s> {
    rest: &'s [u8],
}

impl<'s> Iterator for Records<'s> {
    type Item = Result<(u16, &'s [u8]), Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (Some(kind), Some(len)) = (word(self.rest, 0), word(self.rest, 2)) else { return Some(Err(cut())) };
        let end = 4 + usize::from(len);
        let Some(data) = self.rest.get(4..end) else { return Some(Err(cut())) };
        self.rest = &self.rest[end..];
        Some(Ok((kind, data)))
    }
}
