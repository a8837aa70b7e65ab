//! The font of each text cell of an .xls of Excel 97 and later, which calamine does not give.
//!
//! Of the workbook's records only fonts, formats and cells of text are read.
//! Fonts are evidence: what is damaged says nothing, and nothing here can fail.

use crate::intake::package::ole::Ole;
use crate::intake::text::{Font, Fonts};
use crate::vocabulary::CellRef;

/// The fonts that are not plain, for each sheet in the order of the workbook;
/// nothing when it has no such font.
pub(super) fn fonts(bytes: &[u8]) -> Vec<Fonts> {
    stream(bytes).and_then(|stream| fonts_in(&stream)).unwrap_or_default()
}

/// The stream “Workbook” of an OLE file.
pub(super) fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    Ole::open(bytes).and_then(|file| file.stream("Workbook")).ok()
}

const FONT: u16 = 0x31;
const FORMAT_OF_CELL: u16 = 0xE0;
pub(super) const SHEET: u16 = 0x85;
pub(super) const BEGIN: u16 = 0x809;
pub(super) const END: u16 = 0x0A;
/// A shared string, a string, a string in several fonts, and a formula, which may give one.
const TEXTS: [u16; 4] = [0xFD, 0x204, 0xD6, 0x06];

fn fonts_in(stream: &[u8]) -> Option<Vec<Fonts>> {
    let (mut fonts, mut formats, mut sheets) = (Vec::new(), Vec::new(), Vec::new());
    for (id, data) in records(stream).take_while(|(id, _)| *id != END) {
        match id {
            FONT => fonts.push(font(data).unwrap_or_default()),
            FORMAT_OF_CELL => formats.push(usize::from(u16_at(data, 0)?)),
            // Charts and macros are sheets too, and hold no cells.
            SHEET if data.get(5) == Some(&0) => sheets.push(u32_at(data, 0)? as usize),
            _ => {}
        }
    }
    if fonts.iter().all(|font| *font == Font::Plain) {
        return None;
    }
    let font_of = |format: u16| {
        let font = *formats.get(usize::from(format))?;
        // There is no font number 4.
        fonts.get(if font > 4 { font - 1 } else { font }).copied().filter(|font| *font != Font::Plain)
    };
    let sheet = |from: usize| {
        let mut depth = 0;
        let own = records(stream.get(from..).unwrap_or_default()).take_while(|(id, _)| {
            depth += i32::from(*id == BEGIN) - i32::from(*id == END);
            depth > 0
        });
        let texts = own.filter(|(id, _)| TEXTS.contains(id));
        let cells = texts.filter_map(|(_, data)| {
            let at = CellRef::new(u16_at(data, 0)?.into(), u16_at(data, 2)?.into());
            Some((at, font_of(u16_at(data, 4)?)?))
        });
        cells.collect()
    };
    Some(sheets.into_iter().map(sheet).collect())
}

/// What the name in a font record says.
fn font(data: &[u8]) -> Option<Font> {
    let (length, wide) = (usize::from(*data.get(14)?), data.get(15)? & 1 == 1);
    let name = data.get(16..)?;
    let name: String = match wide {
        true => (0..length)
            .map_while(|at| u16_at(name, 2 * at))
            .map(|unit| char::from_u32(unit.into()).unwrap_or(' '))
            .collect(),
        false => name.iter().take(length).map(|byte| char::from(*byte)).collect(),
    };
    Some(Font::named(&name))
}

/// The records of a stream: number and content.
pub(super) fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (id, length) = (u16_at(stream, 0)?, usize::from(u16_at(stream, 2)?));
        let data = stream.get(4..4 + length)?;
        stream = &stream[4 + length..];
        Some((id, data))
    })
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_says_nothing_and_never_fails() {
        let whole = include_bytes!("../../../tests/workbooks/tcvn3.xls");
        let known = fonts(whole);
        assert_eq!(known.len(), 2);
        assert_eq!(known[1].get(&CellRef::new(0, 0)), Some(&Font::Tcvn3Capitals));
        assert_eq!(known[1].get(&CellRef::new(1, 0)), None, "Arial says nothing");
        for at in 0..whole.len() {
            let mut damaged = whole.to_vec();
            damaged[at] ^= 0xFF;
            fonts(&damaged);
            if at % 16 == 0 {
                fonts(&whole[..at]);
            }
        }
        assert_eq!(fonts(include_bytes!("../../../tests/workbooks/quarter.xls")), Vec::<Fonts>::new());
    }
}
