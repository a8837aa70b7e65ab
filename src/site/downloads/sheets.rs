//! The workbook of a page: its own tables, from the same finished cells that the page shows.
//!
//! Laid out after the UK Government Analysis Function's spreadsheet guidance: notes first, one table
//! per sheet, its header once, no merged cells, what stands in small print in a column of its own.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use super::flat::{COVERED, Flat};
use super::value::Value;
use crate::release::Release;
use crate::site::Page;
use crate::site::downloads::style::{Formats, Sheet, height, lines_of, on_paper, signs};
use crate::site::view::block::Table;
use crate::site::view::frame::Frame;
use crate::vocabulary::text::neutralised;

/// Rows above the body of a table: title, subtitle, header.
const ABOVE: u32 = 3;
/// The widest column, in letters.
const WIDEST: usize = 56;
/// The same where columns are so many that the letters of all would become too small on paper.
const CLOSE: usize = 34;
/// A table wider than this, in letters, is printed on a landscape page.
const PORTRAIT: usize = 92;
/// A table wider than this, in letters, is printed on A3: on A4 its letters would be smaller than 6 pt.
const A4: usize = 190;

/// The workbook of a page; `path` is that of the workbook.
///
/// # Errors
/// When the workbook cannot be composed, which would be our own mistake.
pub fn workbook(release: &Release, frame: &Frame, tables: &[&Table], path: String) -> anyhow::Result<Page> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    // A fixed moment: the same figures must give the same bytes.
    let locked = ExcelDateTime::parse_from_str(&release.as_of().to_string())?;
    workbook.set_properties(&DocProperties::new().set_title(&frame.title).set_creation_datetime(&locked));
    notes(workbook.add_worksheet(), release, frame, tables, &formats)?;
    for (number, table) in (1..).zip(tables) {
        let sheet = workbook.add_worksheet().set_name(name(number))?;
        write(&Flat::of(table), sheet, release, table, number, &formats)?;
    }
    Ok(Page { path, bytes: workbook.save_to_buffer()? })
}

fn name(number: usize) -> String {
    format!("Bảng {number}")
}

/// The first sheet: what the page is about, how sure it is, what the signs mean, what stands where.
fn notes(
    sheet: &mut Worksheet,
    release: &Release,
    frame: &Frame,
    tables: &[&Table],
    formats: &Formats,
) -> anyhow::Result<()> {
    sheet.set_name("Ghi chú")?.set_column_width(0, 24)?.set_column_width(1, 78)?;
    sheet.write_with_format(0, 0, neutralised(&frame.heading).as_ref(), &formats.title)?;
    let mut lines: Vec<(String, String)> = Vec::new();
    if frame.synthetic {
        let told = "Tên đơn vị và mọi con số đều được đặt ra, không phải của địa phương nào";
        lines.push(("SỐ LIỆU MINH HỌA".into(), told.into()));
    }
    lines.push(("Trang".into(), frame.title.clone()));
    lines.push(("Tóm tắt".into(), frame.lead.clone()));
    lines.extend(frame.facts.iter().map(|fact| (fact.term.clone(), fact.value.clone())));
    lines.push(("Bản".into(), frame.edition.clone()));
    lines.push(("Đơn vị công bố".into(), frame.organisation.clone()));
    lines.extend(signs(release).map(|(sign, meaning)| (format!("Ký hiệu {sign}"), meaning)));
    if tables.iter().any(|table| table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.more_columns > 0)) {
        lines.push((format!("Ký hiệu {COVERED}"), "Ô liền trước gồm cả cột này".into()));
    }
    lines.push(("Tỷ lệ, số lẻ".into(), "Ghi như trên trang, đã làm tròn một chữ số thập phân".into()));
    for (number, table) in (1..).zip(tables) {
        lines.push((name(number), format!("{}. {}", table.title, table.subtitle)));
        lines.extend(
            table.notes.iter().map(|note| (format!("Chú thích {}", name(number).to_lowercase()), note.clone())),
        );
    }
    for (row, (label, text)) in (1..).zip(lines.iter().filter(|(_, text)| !text.is_empty())) {
        sheet.write_with_format(row, 0, neutralised(label).as_ref(), &formats.long)?;
        sheet.write_with_format(row, 1, neutralised(text).as_ref(), &formats.long)?;
        sheet.set_row_height(row, height(lines_of(text, 76)))?;
    }
    on_paper(sheet, release, Sheet::Upright);
    Ok(())
}

/// A table on its sheet: title, subtitle, header, rows.
fn write(
    flat: &Flat,
    sheet: &mut Worksheet,
    release: &Release,
    table: &Table,
    number: usize,
    formats: &Formats,
) -> anyhow::Result<()> {
    let title = format!("{}. {}", name(number), table.title);
    sheet.set_default_row_height(height(1));
    sheet.write_with_format(0, 0, title, &formats.title)?;
    sheet.set_row_height(0, height(1) + 4.0)?;
    sheet.write_with_format(1, 0, neutralised(&table.subtitle).as_ref(), &formats.text)?;
    let mut widths = widths(flat, WIDEST);
    if widths.iter().sum::<usize>() > A4 {
        widths = self::widths(flat, CLOSE);
    }
    let mut tallest = 1;
    for ((col, head), letters) in (0u16..).zip(&flat.heads).zip(&widths) {
        let right = column(flat, col).any(Value::is_number);
        let format = if right { &formats.head_of_numbers } else { &formats.head };
        sheet.write_with_format(ABOVE - 1, col, neutralised(head).as_ref(), format)?;
        sheet.set_column_width(col, *letters as f64 * 1.1 + 1.5)?;
        // Words break unevenly, and the arrow of the filter takes the room of three letters.
        tallest = tallest.max(lines_of(head, letters.saturating_sub(2)));
    }
    sheet.set_row_height(ABOVE - 1, height(tallest))?;
    for (row, (line, is_sum)) in (ABOVE..).zip(&flat.rows) {
        for ((col, value), width) in (0u16..).zip(line).zip(&widths) {
            value.write(sheet, (row, col), *width, *is_sum, formats)?;
        }
        let lines = line.iter().zip(&widths).map(|(value, width)| lines_of(value.text(), *width)).max();
        if let Some(many) = lines.filter(|lines| *lines > 1) {
            sheet.set_row_height(row, height(many))?;
        }
    }
    let last = (ABOVE - 1 + flat.rows.len() as u32, flat.heads.len().max(1) as u16 - 1);
    sheet.set_freeze_panes(ABOVE, flat.labels)?.autofilter(ABOVE - 1, 0, last.0, last.1)?;
    sheet.set_repeat_rows(0, ABOVE - 1)?;
    let paper = match widths.iter().sum::<usize>() {
        wide if wide > A4 => Sheet::Large,
        wide if wide > PORTRAIT => Sheet::Across,
        _ => Sheet::Upright,
    };
    on_paper(sheet, release, paper);
    Ok(())
}

fn column(flat: &Flat, col: u16) -> impl Iterator<Item = &Value> {
    flat.rows.iter().filter_map(move |(line, _)| line.get(usize::from(col)))
}

/// The columns' widths in letters: no text runs wider than `widest`.
fn widths(flat: &Flat, widest: usize) -> Vec<usize> {
    let heads = (0u16..).zip(&flat.heads);
    heads
        .map(|(col, head)| {
            let longest_word = head.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
            let letters = column(flat, col).map(Value::letters).max().unwrap_or(0);
            letters.max(longest_word + 2).clamp(7, widest)
        })
        .collect()
}
