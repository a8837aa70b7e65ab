//! Biểu 01–07: one row per quantity.

use anyhow::Result;
use rust_xlsxwriter::{Formula, IgnoreError, Worksheet};

use crate::definitions::form::{AcrossTime, Row};
use crate::definitions::{Kind, SheetForm};
use crate::form::fill::{Line, Typed};
use crate::form::layout::{Layout, VALUE, first_row};
use crate::form::live;
use crate::form::page;
use crate::form::style::Styles;

const HEADS: [&str; 8] =
    ["STT", "Chỉ tiêu", "Mã số", "ĐVT", "Trong kỳ", "Lũy kế từ đầu năm", "Cùng kỳ năm trước", "Ghi chú"];
const NUMBERS: [&str; 8] = ["A", "B", "C", "D", "(1)", "(2)", "(3)", "(4)"];
const WIDTHS: [f64; 9] = [5.5, 52.0, 22.0, 8.5, 14.0, 14.0, 14.0, 20.0, 46.0];
const CUMULATIVE: u16 = 5;
const LAST_YEAR: u16 = 6;
const NOTE: u16 = 7;
const LIVE: u16 = 8;

/// What the guide says about a written sheet.
pub(super) struct Told {
    /// Name of the sheet.
    pub name: String,
    /// Its title.
    pub title: String,
    /// First table row, from 0.
    pub first: u32,
    /// Last table row, from 0.
    pub last: u32,
    /// Rows that must be filled, and how many are.
    pub open: (u32, u32),
    /// Checks broken now.
    pub broken: u32,
}

/// Writes a whole sheet.
pub(super) fn write(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, form: &SheetForm) -> Result<Told> {
    page::prepare(sheet, layout, &form.name, true)?;
    for (width, col) in WIDTHS.iter().zip(0..) {
        sheet.set_column_width(col, *width)?;
    }
    page::head(sheet, layout, styles, form, (1, LAST_YEAR, NOTE))?;
    let told = table(sheet, layout, styles, form)?;
    let head = first_row(form) - 2;
    sheet.set_freeze_panes(head + 2, 0)?;
    sheet.set_repeat_rows(head, head + 1)?;
    sheet.set_selection(head + 2, VALUE, head + 2, VALUE)?;

    let mut foot = told.last + 1;
    if !form.note.is_empty() {
        page::across(sheet, foot, (0, NOTE), &form.note, &styles.remark)?;
        sheet.set_row_height(foot, page::height(&form.note, 165))?;
        foot += 1;
    }
    page::signatures(sheet, styles, foot, 1, LAST_YEAR)?;
    sheet.set_print_area(0, 0, foot + 6, NOTE)?;
    Ok(told)
}

/// Writes the table of a sheet: heading, rows, validations, live checks.
pub(super) fn table(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, form: &SheetForm) -> Result<Told> {
    let first = first_row(form);
    let head = first - 2;
    for (at, (title, number)) in HEADS.iter().zip(NUMBERS).enumerate() {
        sheet.write_string_with_format(head, at as u16, *title, &styles.head)?;
        sheet.write_string_with_format(head + 1, at as u16, number, &styles.head_small)?;
    }
    sheet.write_string_with_format(head, LIVE, "Kiểm tra (không in)", &styles.live)?;
    sheet.set_row_height(head, 36)?;

    let last = first + form.rows.len() as u32 - 1;
    let mut told = Told { name: form.name.clone(), title: form.title.clone(), first, last, open: (0, 0), broken: 0 };
    let mut number = Numbering::default();
    for (row, line) in form.rows.iter().zip(first..) {
        stub(sheet, styles, row, line, number.next(row, form))?;
        if !layout.is_open(&row.code) {
            for col in [VALUE, CUMULATIVE, LAST_YEAR] {
                sheet.write_string_with_format(line, col, "x", &styles.closed)?;
            }
            sheet.write_blank(line, NOTE, &styles.closed)?;
            continue;
        }
        let empty = Line::default();
        let filled = layout.fill.lines.get(&row.code).unwrap_or(&empty);
        if row.required {
            told.open.0 += 1;
            told.open.1 += u32::from(filled.value.is_some());
        }
        entry(sheet, layout, styles, row, line, filled)?;
        if let Some(live) = live::check(layout, &form.name, &row.code) {
            told.broken += u32::from(!live.shown.is_empty() && live.shown != live::GOOD);
            let formula = Formula::new(live.formula).set_result(live.shown);
            sheet.write_formula_with_format(line, LIVE, formula, &styles.live)?;
        }
    }
    validations(sheet, layout, form)?;
    page::colour(sheet, styles, (first, LIVE, last, LIVE), &format!("$I{}", first + 1))?;
    sheet.ignore_error_range(first, VALUE, last, LIVE, IgnoreError::UnlockedCellsWithFormula)?;
    Ok(told)
}

/// STT: whole rows 1, 2, 3; their parts on the same sheet 2.1, 2.2.
#[derive(Default)]
struct Numbering {
    whole: u32,
    part: u32,
}

impl Numbering {
    fn next(&mut self, row: &Row, form: &SheetForm) -> String {
        if is_part(row, form) && self.whole > 0 {
            self.part += 1;
            format!("{}.{}", self.whole, self.part)
        } else {
            (self.whole, self.part) = (self.whole + 1, 0);
            self.whole.to_string()
        }
    }
}

fn is_part(row: &Row, form: &SheetForm) -> bool {
    row.part_of.as_ref().is_some_and(|whole| form.rows.iter().any(|other| other.code == *whole))
}

fn stub(sheet: &mut Worksheet, styles: &Styles, row: &Row, line: u32, number: String) -> Result<()> {
    let title = if number.contains('.') { &styles.part } else { &styles.cell };
    sheet.write_string_with_format(line, 0, number, &styles.mid)?;
    sheet.write_string_with_format(line, 1, &row.title, title)?;
    sheet.write_string_with_format(line, 2, row.code.as_str(), &styles.code)?;
    sheet.write_string_with_format(line, 3, &row.unit_of_measure, &styles.mid)?;
    sheet.set_row_height(line, page::height(&row.title, 58))?;
    Ok(())
}

/// The open cells of a row.
fn entry(sheet: &mut Worksheet, layout: &Layout, styles: &Styles, row: &Row, line: u32, filled: &Line) -> Result<()> {
    let format = if matches!(row.kind, Kind::Class(_)) { &styles.input_mid } else { &styles.input };
    typed(sheet, (line, VALUE), filled.value.as_ref(), row, format)?;
    if row.across_time == AcrossTime::Sum {
        match (&filled.cumulative, layout.year_so_far(&row.code)) {
            (None, Some(before)) => {
                let value = format!("E{}", line + 1);
                // What need not be filled counts as nothing when it is empty.
                let formula = if row.required {
                    format!("=IF(ISNUMBER({value}),{before}+{value},\"\")")
                } else {
                    format!("={before}+N({value})")
                };
                let formula = Formula::new(formula);
                let now = match &filled.value {
                    Some(Typed::Number(now)) => (before + now).to_string(),
                    _ if row.required => String::new(),
                    _ => before.to_string(),
                };
                sheet.write_formula_with_format(line, CUMULATIVE, formula.set_result(now), &styles.input)?;
            }
            (written, _) => typed(sheet, (line, CUMULATIVE), written.as_ref(), row, &styles.input)?,
        }
    } else {
        sheet.write_string_with_format(line, CUMULATIVE, "x", &styles.closed)?;
    }
    let last_year = filled.last_year.map(Typed::Number);
    typed(sheet, (line, LAST_YEAR), last_year.as_ref(), row, format)?;
    if filled.note.is_empty() {
        sheet.write_blank(line, NOTE, &styles.input_text)?;
    } else {
        sheet.write_string_with_format(line, NOTE, &filled.note, &styles.input_text)?;
    }
    Ok(())
}

fn typed(
    sheet: &mut Worksheet,
    (line, col): (u32, u16),
    value: Option<&Typed>,
    row: &Row,
    format: &rust_xlsxwriter::Format,
) -> Result<()> {
    let class = |at: i64| match &row.kind {
        Kind::Class(classes) => classes.get(usize::try_from(at - 1).ok()?).map(|class| class.code.as_str()),
        Kind::Stock | Kind::Flow => None,
    };
    match value {
        None => sheet.write_blank(line, col, format)?,
        Some(Typed::Text(text)) => sheet.write_string_with_format(line, col, text, format)?,
        Some(Typed::Number(number)) => match class(*number) {
            Some(code) => sheet.write_string_with_format(line, col, code, format)?,
            // Counts and amounts in đồng stay far below 2^53, where a cell is exact.
            None => sheet.write_number_with_format(line, col, *number as f64, format)?,
        },
    };
    Ok(())
}

/// Whole numbers, or a list for a class; one validation for each kind of row.
fn validations(sheet: &mut Worksheet, layout: &Layout, form: &SheetForm) -> Result<()> {
    let first = first_row(form);
    let open = || form.rows.iter().zip(first + 1..).filter(|(row, _)| layout.is_open(&row.code));
    for signed in [false, true] {
        let counted = open().filter(|(row, _)| row.signed == signed && !matches!(row.kind, Kind::Class(_)));
        let lines: Vec<u32> = counted.map(|(_, line)| line).collect();
        if !lines.is_empty() {
            let validation = page::whole_number(signed)?.set_multi_range(ranges(&lines));
            sheet.add_data_validation(first, VALUE, first, VALUE, &validation)?;
        }
    }
    for (row, line) in open() {
        let Kind::Class(classes) = &row.kind else { continue };
        let codes: Vec<&str> = classes.iter().rev().map(|class| class.code.as_str()).collect();
        let meaning: Vec<String> =
            classes.iter().rev().map(|class| format!("{}: {}", class.code, class.title)).collect();
        let validation = page::choice(&codes, "Chọn trong danh sách", &meaning.join("\n"))?;
        for col in [VALUE, LAST_YEAR] {
            sheet.add_data_validation(line - 1, col, line - 1, col, &validation)?;
        }
    }
    Ok(())
}

/// Columns E–G of these sheet rows, as few ranges as possible.
fn ranges(lines: &[u32]) -> String {
    let runs: Vec<String> = lines
        .chunk_by(|above, below| above + 1 == *below)
        .map(|run| format!("E{}:G{}", run[0], run[run.len() - 1]))
        .collect();
    runs.join(" ")
}
