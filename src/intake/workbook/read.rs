//! Cells out of the bytes of a workbook: the only file that knows calamine.
//!
//! Values are taken as they stand. Sheets are read one by one, each inside
//! `catch_unwind`, so that a broken one does not take the others along.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Ods, Range, Reader, SheetType, SheetVisible, Style, Xls, XlsOptions, Xlsb, Xlsx};

use crate::definitions::Limits;
use crate::intake::package::{Format, Refusal, RefusalKind};
use crate::intake::text::{self, Font, Fonts, Repair, Repairs, clean};
use crate::intake::workbook::{Area, Cell, CellValue, Closed, Frame, Sheet, Workbook, frame, iso, xls_fonts};
use crate::vocabulary::CellRef;

/// Reads a workbook of a known format.
///
/// # Errors
/// When it cannot be opened, or holds no sheet. A sheet that cannot be read is
/// kept, closed, with the reason.
pub fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Workbook, Refusal> {
    let file = bytes;
    let bytes = Cursor::new(bytes);
    let mut budget = Budget { limits, cells: limits.file_cells, text: limits.text_bytes, fonts: Vec::new() };
    let mut workbook = match format {
        Format::Xlsx => read_xlsx(open(|| Xlsx::new(bytes).map_err(|error| error.to_string()))?, &mut budget),
        Format::Xlsb => read_xlsb(open(|| Xlsb::new(bytes).map_err(|error| error.to_string()))?, &mut budget),
        Format::Xls { biff8 } => {
            let mut options = XlsOptions::default();
            // Excel 97 and later always writes UTF-16; a wrong CODEPAGE record would garble every text.
            options.force_codepage = biff8.then_some(1200);
            let open = open(|| Xls::new_with_options(bytes, options).map_err(|error| error.to_string()))?;
            let shift = if open.has_1904_epoch() { DAYS_1904 } else { 0.0 };
            let merged: Vec<(String, Vec<Area>)> =
                open.sheet_names().iter().map(|n| (n.clone(), merged(&open, n))).collect();
            let mut workbook = read_ranges(open, shift, &mut budget)?;
            for (name, merged) in merged {
                let own = workbook.sheets.iter_mut().find(|sheet| sheet.name == clean(&name).0);
                own.into_iter().for_each(|sheet| sheet.frame.merged = merged.clone());
            }
            Ok(workbook)
        }
        Format::Ods => read_ranges(open(|| Ods::new(bytes).map_err(|error| error.to_string()))?, 0.0, &mut budget),
    }?;
    if workbook.sheets.is_empty() {
        return Err(Refusal::new(RefusalKind::Unreadable, "Tệp mở được nhưng không có trang tính nào bên trong"));
    }
    if format == (Format::Xls { biff8: true }) {
        let fonts = xls_fonts::fonts(file);
        if fonts.len() == workbook.sheets.len() {
            budget.fonts = fonts;
        }
    }
    frame::add(file, format, &mut workbook.sheets);
    text::repair(&mut workbook, &budget.fonts);
    Ok(workbook)
}

/// Characters of a cell: what Excel itself allows. Nothing of a return is so long; the rest is dropped.
const CELL_CHARS: usize = 32_767;

/// Rows and columns of the largest sheet there is.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// The merged cells of a sheet of an .xls.
fn merged(open: &Xls<Bytes>, name: &str) -> Vec<Area> {
    let areas = open.merge_cells_by_sheet_name(name).unwrap_or_default();
    areas.iter().map(|area| Area::new(area.start, area.end)).collect()
}

/// Days between the two epochs a workbook may count from.
const DAYS_1904: f64 = 1462.0;

/// Serial numbers of 01/01/2000 to 31/12/2099: dates a return can speak of.
const DATES: RangeInclusive<f64> = 36_526.0..=73_050.0;

fn open<T>(open: impl FnOnce() -> Result<T, String>) -> Result<T, Refusal> {
    match catch_unwind(AssertUnwindSafe(open)) {
        Ok(Ok(workbook)) => Ok(workbook),
        Ok(Err(reason)) if reason.to_lowercase().contains("password") => {
            Err(Refusal::new(RefusalKind::Encrypted, "Tệp đặt mật khẩu mở tệp"))
        }
        Ok(Err(_)) => Err(Refusal::new(RefusalKind::Unreadable, "Tệp hỏng: không mở được nội dung bên trong")),
        Err(_) => Err(Refusal::new(RefusalKind::Unreadable, "Tệp hỏng: cấu trúc bên trong sai")),
    }
}

/// How many more cells may be taken.
struct Budget<'a> {
    limits: &'a Limits,
    cells: usize,
    text: usize,
    /// The fonts of each sheet that was taken.
    fonts: Vec<Fonts>,
}

/// The cells of one sheet while they are taken.
#[derive(Default)]
struct Taking {
    cells: Vec<Cell>,
    /// How many cells, and bytes of text, there is room for.
    room: usize,
    text: usize,
    shift: f64,
    /// What was done to the text that is taken next.
    cleaned: Repairs,
    repairs: Vec<(Option<CellRef>, Repair)>,
    fonts: Fonts,
}

/// Why taking stopped.
enum Stop {
    Full,
    Broken,
    Twice,
}

impl Budget<'_> {
    /// Takes the cells of one sheet; breakage and panic close it.
    fn sheet(
        &mut self,
        name: &str,
        visible: SheetVisible,
        shift: f64,
        take: impl FnOnce(&mut Taking) -> Result<(), Stop>,
    ) -> Sheet {
        let room = self.cells.min(self.limits.sheet_cells);
        let mut taking = Taking { room, text: self.text, shift, ..Taking::default() };
        let taken = catch_unwind(AssertUnwindSafe(|| take(&mut taking))).unwrap_or(Err(Stop::Broken));
        let taken = taken.and_then(|()| taking.sort());
        let closed = match taken {
            Ok(()) => None,
            Err(Stop::Full) => Some(Closed::Unreadable("có quá nhiều ô hoặc quá nhiều chữ".to_owned())),
            Err(Stop::Broken) => Some(Closed::Unreadable("bị hỏng".to_owned())),
            Err(Stop::Twice) => Some(Closed::Unreadable("bị hỏng: có ô ghi hai lần".to_owned())),
        };
        self.cells -= taking.cells.len();
        self.text = taking.text;
        let cells = if closed.is_some() { Vec::new() } else { taking.cells };
        let (name, cleaned) = clean(name);
        let mut repairs: Vec<_> = cleaned.iter().map(|repair| (None, repair)).chain(taking.repairs).collect();
        repairs.sort();
        self.fonts.push(taking.fonts);
        let (name, hidden) = (name.into_owned(), visible != SheetVisible::Visible);
        Sheet { name, hidden, cells, closed, frame: Frame::default(), repairs, unreadable: Vec::new() }
    }
}

impl Taking {
    fn take(&mut self, (row, col): (u32, u32), value: Option<CellValue>) -> Result<(), Stop> {
        let cleaned = std::mem::take(&mut self.cleaned);
        let Some(value) = value else { return Ok(()) };
        if row >= ROWS || col >= COLUMNS {
            return Err(Stop::Broken);
        }
        let text = value.text().map_or(0, str::len);
        if self.cells.len() >= self.room || text > self.text {
            return Err(Stop::Full);
        }
        self.text -= text;
        let at = CellRef::new(row, col);
        self.repairs.extend(cleaned.iter().map(|repair| (Some(at), repair)));
        self.cells.push(Cell { at, value });
        Ok(())
    }

    /// Puts the cells in order: other programs than Excel write rows in any.
    fn sort(&mut self) -> Result<(), Stop> {
        let place = |cell: &Cell| (cell.at.row, cell.at.col);
        if !self.cells.is_sorted_by_key(place) {
            self.cells.sort_by_key(place);
        }
        // Which of two values for one cell is meant, nobody can know.
        let twice = self.cells.windows(2).any(|pair| pair[0].at == pair[1].at);
        if twice { Err(Stop::Twice) } else { Ok(()) }
    }

    /// Keeps the fonts that say something about text, by the style of each cell.
    fn fonts(&mut self, styles: &[Font], mut next: impl FnMut() -> Option<(u32, u32, usize)>) {
        let texts = self.cells.iter().filter(|cell| cell.value.text().is_some());
        let texts: BTreeSet<CellRef> = texts.map(|cell| cell.at).collect();
        while let Some((row, col, style)) = next() {
            let (at, font) = (CellRef::new(row, col), styles.get(style).copied().unwrap_or_default());
            if font != Font::Plain && texts.contains(&at) {
                self.fonts.insert(at, font);
            }
        }
    }

    fn text(&mut self, text: &str) -> Option<CellValue> {
        // Bytes are at least as many as characters: hardly any text has to be counted.
        let end = if text.len() > CELL_CHARS { text.char_indices().nth(CELL_CHARS) } else { None };
        let text = end.map_or(text, |(end, _)| &text[..end]);
        let (text, cleaned) = clean(text);
        self.cleaned = cleaned;
        (!text.is_empty()).then(|| CellValue::Text(text.into()))
    }

    fn number(number: f64) -> CellValue {
        if number.is_finite() { CellValue::Number(number) } else { CellValue::Error("#NUM!".into()) }
    }

    fn day(&self, days: f64) -> CellValue {
        let shifted = days + self.shift;
        if !days.is_finite() {
            CellValue::Error("#NUM!".into())
        } else if self.shift != 0.0 && !DATES.contains(&shifted) {
            // A count in a cell shown as a date: counted from 1904 it would come out 1,462 too large.
            CellValue::Number(days)
        } else {
            CellValue::Day(shifted)
        }
    }

    /// A date or a time of day as OpenDocument and some .xlsx write it: `2026-03-05T12:00:00`, `PT12H30M`.
    fn iso(&mut self, text: &str) -> Option<CellValue> {
        let days = iso::days(text).or_else(|| iso::time(text));
        days.map_or_else(|| self.text(text), |days| Some(CellValue::Day(days)))
    }

    fn value_of_ref(&mut self, value: &DataRef) -> Option<CellValue> {
        Some(match value {
            DataRef::SharedString(text) => return self.text(text),
            DataRef::String(text) => return self.text(text),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => return self.iso(text),
            DataRef::Float(number) => Self::number(*number),
            DataRef::Int(number) => Self::number(*number as f64),
            DataRef::DateTime(day) => self.day(day.as_f64()),
            DataRef::Bool(truth) => CellValue::Bool(*truth),
            DataRef::Error(error) => CellValue::Error(error.to_string().into()),
            DataRef::Empty => return None,
        })
    }

    fn value_of(&mut self, value: &Data) -> Option<CellValue> {
        Some(match value {
            Data::String(text) => return self.text(text),
            Data::DateTimeIso(text) | Data::DurationIso(text) => return self.iso(text),
            Data::Float(number) => Self::number(*number),
            Data::Int(number) => Self::number(*number as f64),
            Data::DateTime(day) => self.day(day.as_f64()),
            Data::Bool(truth) => CellValue::Bool(*truth),
            Data::Error(error) => CellValue::Error(error.to_string().into()),
            Data::Empty => return None,
        })
    }
}

/// What the font of each style was made for.
fn fonts_of(styles: &[Style]) -> Vec<Font> {
    let named = |style: &Style| style.font.as_ref()?.name.as_deref().map(Font::named);
    styles.iter().map(|style| named(style).unwrap_or_default()).collect()
}

type Bytes<'a> = Cursor<&'a [u8]>;

/// The sheets that hold cells, in order.
fn sheets_of(sheets: &[calamine::Sheet], limits: &Limits) -> Result<Vec<(String, SheetVisible)>, Refusal> {
    let sheets: Vec<(String, SheetVisible)> = sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible))
        .collect();
    if sheets.len() > limits.sheets {
        let reason = format!("Tệp có {} trang tính, tối đa {}", sheets.len(), limits.sheets);
        return Err(Refusal::new(RefusalKind::TooLarge, reason));
    }
    // Sheets are asked for by name: of two alike, one would be read twice and the other never.
    let names: BTreeSet<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    if names.len() < sheets.len() {
        return Err(Refusal::new(RefusalKind::Unreadable, "Tệp hỏng: có hai trang tính trùng tên"));
    }
    Ok(sheets)
}

fn read_xlsx(mut open: Xlsx<Bytes>, budget: &mut Budget) -> Result<Workbook, Refusal> {
    let shift = if open.has_1904_epoch() { DAYS_1904 } else { 0.0 };
    let names = open.defined_names().to_vec();
    let mut sheets = Vec::new();
    for (name, visible) in sheets_of(open.sheets_metadata(), budget.limits)? {
        sheets.push(budget.sheet(&name, visible, shift, |taking| {
            let mut cells = open.worksheet_cells_reader(&name).map_err(|_| Stop::Broken)?;
            while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| Stop::Broken)? {
                let value = match (&cell.value, &cell.formula) {
                    (DataRef::Empty, Some(_)) => Some(CellValue::Unvalued),
                    (value, _) => taking.value_of_ref(value),
                };
                taking.take(cell.pos, value)?;
            }
            let styles = fonts_of(cells.styles());
            drop(cells);
            // A second pass, for workbooks that know old fonts; what it does not say is no evidence.
            if styles.iter().any(|font| *font != Font::Plain) {
                let mut cells = open.worksheet_cells_reader(&name).map_err(|_| Stop::Broken)?;
                taking.fonts(&styles, || cells.next_style_id().ok().flatten());
            }
            Ok(())
        }));
    }
    Ok(Workbook { sheets, names })
}

fn read_xlsb(mut open: Xlsb<Bytes>, budget: &mut Budget) -> Result<Workbook, Refusal> {
    let shift = if open.has_1904_epoch() { DAYS_1904 } else { 0.0 };
    let names = open.defined_names().to_vec();
    let mut sheets = Vec::new();
    for (name, visible) in sheets_of(open.sheets_metadata(), budget.limits)? {
        sheets.push(budget.sheet(&name, visible, shift, |taking| {
            let mut cells = open.worksheet_cells_reader(&name).map_err(|_| Stop::Broken)?;
            // A formula always carries its result in this format.
            while let Some(cell) = cells.next_cell().map_err(|_| Stop::Broken)? {
                let value = taking.value_of_ref(cell.get_value());
                taking.take(cell.get_position(), value)?;
            }
            Ok(())
        }));
    }
    Ok(Workbook { sheets, names })
}

/// .xls and .ods, which calamine reads whole when it opens them; `package` has bounded what they hold.
fn read_ranges<'a, R: Reader<Bytes<'a>>>(mut open: R, shift: f64, budget: &mut Budget) -> Result<Workbook, Refusal> {
    let names = open.defined_names().to_vec();
    let mut sheets = Vec::new();
    for (name, visible) in sheets_of(open.sheets_metadata(), budget.limits)? {
        sheets.push(budget.sheet(&name, visible, shift, |taking| {
            let range = open.worksheet_range(&name).map_err(|_| Stop::Broken)?;
            let formulas = open.worksheet_formula(&name).unwrap_or_else(|_| Range::empty());
            for (at, value) in absolute(&range) {
                let value = taking.value_of(value);
                taking.take(at, value)?;
            }
            for (at, formula) in absolute(&formulas) {
                if !formula.is_empty() && range.get_value(at).is_none_or(|value| *value == Data::Empty) {
                    taking.take(at, Some(CellValue::Unvalued))?;
                }
            }
            Ok(())
        }));
    }
    Ok(Workbook { sheets, names })
}

/// The used cells of a range, addressed from A1: calamine counts from the first used cell.
fn absolute<T: calamine::CellType>(range: &Range<T>) -> impl Iterator<Item = ((u32, u32), &T)> {
    let (row, col) = range.start().unwrap_or_default();
    range.used_cells().map(move |(r, c, value)| ((row + r as u32, col + c as u32), value))
}
