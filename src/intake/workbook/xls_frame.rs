//! Hidden rows and columns and comments of an .xls of Excel 97 and later, which calamine does not give.
//!
//! [MS-XLS] 2.4.53 ColInfo, 2.4.221 Row, 2.4.179 Note, 2.4.181 Obj, 2.4.329 TxO. What is damaged says
//! nothing, and nothing here can fail.

use std::collections::BTreeMap;

use crate::intake::workbook::frame::Frame;
use crate::intake::workbook::xls_fonts::{BEGIN, END, SHEET, records, stream, u16_at, u32_at};
use crate::vocabulary::CellRef;

const COLUMNS: u16 = 0x7D;
const ROW: u16 = 0x208;
const NOTE: u16 = 0x1C;
const OBJECT: u16 = 0x5D;
const TEXT: u16 = 0x1B6;
const CONTINUED: u16 = 0x3C;

/// What surrounds the cells of each sheet, in the order of the workbook; merged cells aside.
pub(super) fn frames(bytes: &[u8]) -> Vec<Frame> {
    let Some(stream) = stream(bytes) else { return Vec::new() };
    let globals = records(&stream).take_while(|(id, _)| *id != END);
    // Charts and macros are sheets too, and hold no cells.
    let sheets = globals.filter(|(id, data)| *id == SHEET && data.get(5) == Some(&0));
    let frame = |from: usize| {
        let mut depth = 0;
        let own = records(stream.get(from..).unwrap_or_default()).take_while(|(id, _)| {
            depth += i32::from(*id == BEGIN) - i32::from(*id == END);
            depth > 0
        });
        let mut sheet = Sheet::default();
        for (id, data) in own {
            sheet.take(id, data);
        }
        sheet.finish()
    };
    sheets.filter_map(|(_, data)| u32_at(data, 0)).map(|from| frame(from as usize)).collect()
}

/// One sheet while its records are gone through.
#[derive(Default)]
struct Sheet {
    frame: Frame,
    /// The object that comes now, and whether its text does.
    object: u16,
    awaits_text: bool,
    texts: BTreeMap<u16, String>,
    notes: Vec<(CellRef, u16)>,
}

impl Sheet {
    /// Takes a record; nothing of one that is cut off.
    fn take(&mut self, id: u16, data: &[u8]) -> Option<()> {
        match id {
            COLUMNS if u16_at(data, 8)? & 1 == 1 => {
                self.frame.hide_cols(u16_at(data, 0)?.into(), u16_at(data, 2)?.into());
            }
            ROW if u16_at(data, 12)? & 0x20 != 0 => self.frame.hide_row(u16_at(data, 0)?.into()),
            OBJECT => self.object = u16_at(data, 6)?,
            TEXT => self.awaits_text = true,
            CONTINUED if self.awaits_text => {
                self.awaits_text = false;
                let (wide, letters) = (data.first()? & 1 == 1, &data[1..]);
                let text = match wide {
                    true => {
                        let units: Vec<u16> = letters.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).collect();
                        String::from_utf16_lossy(&units)
                    }
                    false => letters.iter().map(|byte| char::from(*byte)).collect(),
                };
                self.texts.insert(self.object, text);
            }
            NOTE => self.notes.push((CellRef::new(u16_at(data, 0)?.into(), u16_at(data, 2)?.into()), u16_at(data, 6)?)),
            _ => {}
        }
        Some(())
    }

    fn finish(mut self) -> Frame {
        for (cell, object) in self.notes {
            if let Some(text) = self.texts.get(&object) {
                self.frame.note(cell, text);
            }
        }
        self.frame
    }
}
