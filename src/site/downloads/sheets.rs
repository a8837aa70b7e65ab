//! The workbook of a page: its own tables, from the same finished cells that the page shows.
//!
//! Laid out after the UK Government Analysis Function's spreadsheet guidance: notes first, one table
//! per sheet, its header once, no merged cells, what stands in small print in a column of its own.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use crate::release::Release;
use crate::site::Page;
use crate::site::downloads::style::{Formats, on_paper, signs};
use crate::site::view::block::{Cell, Head, Row, Table};
use crate::site::view::frame::Frame;
use crate::vocabulary::text::neutralised;

/// Rows above the body of a table: title, subtitle, header.
const ABOVE: u32 = 3;
/// Stands in the columns that a wide cell covers beyond its first.
const COVERED: &str = "gộp";
/// The widest column, in letters.
const WIDEST: usize = 56;
/// A table wider than this, in letters, is printed on a landscape page.
const PORTRAIT: usize = 92;

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
        Flat::of(table).write(sheet, release, table, number, &formats)?;
    }
    Ok(Page { path, bytes: workbook.save_to_buffer()? })
}

/// Lines that a text takes in a column of so many letters.
fn lines_of(text: &str, letters: usize) -> usize {
    text.chars().count().div_ceil(letters.max(1)).max(1)
}

/// Height of a row of so many lines; programs other than Excel do not find it themselves.
fn height(lines: usize) -> f64 {
    lines as f64 * 16.0 + 1.0
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
    on_paper(sheet, release, false);
    Ok(())
}

/// A table with one header row, one value in a cell, and no heading between rows.
struct Flat {
    heads: Vec<String>,
    rows: Vec<(Vec<Value>, bool)>,
    /// How many of the first columns name a row.
    labels: u16,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    /// A number and its format code.
    Number(f64, &'static str),
    Text(String),
    /// A sign in place of a number.
    Sign(String),
    Nothing,
}

impl Flat {
    fn of(table: &Table) -> Self {
        let heads = heads(&table.head);
        let laid: Vec<(&str, &Row, Vec<Option<&Cell>>)> = rows(table);
        let parted = laid.iter().any(|(part, ..)| !part.is_empty());
        let of_column = |at: usize| laid.iter().filter_map(move |(.., cells)| cells.get(at).copied().flatten());
        // A column of drawings says nothing that its neighbours do not.
        let shown: Vec<usize> =
            (0..heads.len()).filter(|at| !of_column(*at).any(|cell| !cell.drawing.is_empty())).collect();
        let noted: Vec<bool> =
            (0..heads.len()).map(|at| of_column(at).any(|cell| !small_print(cell).is_empty())).collect();
        let mut flat = Self { heads: Vec::new(), rows: Vec::new(), labels: 1 + u16::from(parted) };
        if parted {
            flat.heads.push("Nhóm".into());
        }
        for &at in &shown {
            flat.heads.push(heads[at].clone());
            if noted[at] {
                flat.heads.push(format!("{}: ghi thêm", heads[at]));
            }
        }
        for (part, row, cells) in &laid {
            let mut line = Vec::new();
            if parted {
                line.push(if part.is_empty() { Value::Text("Chung".into()) } else { Value::Text((*part).to_owned()) });
            }
            for &at in &shown {
                let cell = cells.get(at).copied().flatten();
                line.push(cell.map_or_else(|| covered(&cells[..at]), value));
                if noted[at] {
                    line.push(match cell.map(small_print).unwrap_or_default() {
                        none if none.is_empty() => Value::Nothing,
                        text => number(&text).unwrap_or(Value::Text(text)),
                    });
                }
            }
            flat.rows.push((line, row.class == "sum"));
        }
        flat
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        release: &Release,
        table: &Table,
        number: usize,
        formats: &Formats,
    ) -> anyhow::Result<()> {
        let title = format!("{}. {}", name(number), table.title);
        sheet.write_with_format(0, 0, title, &formats.title)?;
        sheet.write_with_format(1, 0, neutralised(&table.subtitle).as_ref(), &formats.text)?;
        let (mut wide, mut tallest) = (0, 1);
        let mut widths = Vec::new();
        for (col, head) in (0u16..).zip(&self.heads) {
            sheet.write_with_format(ABOVE - 1, col, neutralised(head).as_ref(), &formats.head)?;
            let cells = self.rows.iter().filter_map(|(line, _)| line.get(usize::from(col)));
            let longest_word = head.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
            let letters = cells.map(Value::letters).max().unwrap_or(0).max(longest_word + 2).clamp(9, WIDEST);
            sheet.set_column_width(col, letters as f64 * 1.1 + 1.5)?;
            wide += letters;
            // Words break unevenly, and the arrow of the filter takes the room of three letters.
            tallest = tallest.max(lines_of(head, letters.saturating_sub(4)));
            widths.push(letters);
        }
        sheet.set_row_height(ABOVE - 1, height(tallest))?;
        for (row, (line, is_sum)) in (ABOVE..).zip(&self.rows) {
            for (col, value) in (0u16..).zip(line) {
                value.write(sheet, row, col, *is_sum, formats)?;
            }
            let lines = line.iter().zip(&widths).map(|(value, width)| lines_of(value.text(), *width)).max();
            if let Some(many) = lines.filter(|lines| *lines > 1) {
                sheet.set_row_height(row, height(many))?;
            }
        }
        let last = (ABOVE - 1 + self.rows.len() as u32, self.heads.len().max(1) as u16 - 1);
        sheet.set_freeze_panes(ABOVE, self.labels)?.autofilter(ABOVE - 1, 0, last.0, last.1)?;
        sheet.set_repeat_rows(0, ABOVE - 1)?;
        on_paper(sheet, release, wide > PORTRAIT);
        Ok(())
    }
}

impl Value {
    /// Its text; nothing for a number, which takes one line.
    fn text(&self) -> &str {
        match self {
            Value::Text(text) | Value::Sign(text) => text,
            Value::Number(..) | Value::Nothing => "",
        }
    }

    fn letters(&self) -> usize {
        match self {
            Value::Number(value, _) => format!("{value:.1}").len() * 4 / 3,
            Value::Text(text) | Value::Sign(text) => text.chars().count(),
            Value::Nothing => 0,
        }
    }

    fn write(&self, sheet: &mut Worksheet, row: u32, col: u16, bold: bool, formats: &Formats) -> anyhow::Result<()> {
        let styled = |format: &Format| if bold { format.clone().set_bold() } else { format.clone() };
        match self {
            Value::Number(value, code) => {
                sheet.write_with_format(row, col, *value, &styled(&formats.whole).set_num_format(*code))?
            }
            Value::Text(text) if text.chars().count() > WIDEST => {
                sheet.write_with_format(row, col, neutralised(text).as_ref(), &styled(&formats.long))?
            }
            Value::Text(text) => {
                sheet.write_with_format(row, col, neutralised(text).as_ref(), &styled(&formats.text))?
            }
            Value::Sign(text) => {
                sheet.write_with_format(row, col, neutralised(text).as_ref(), &styled(&formats.sign))?
            }
            Value::Nothing => return Ok(()),
        };
        Ok(())
    }
}

/// The rows under the headings between them, each column with its cell or none where a wide cell covers it.
fn rows(table: &Table) -> Vec<(&str, &Row, Vec<Option<&Cell>>)> {
    let mut part = "";
    let mut laid = Vec::new();
    for row in &table.rows {
        if row.class == "sub" {
            part = &row.label.text;
            continue;
        }
        let mut cells = vec![Some(&row.label)];
        for cell in &row.cells {
            cells.push(Some(cell));
            cells.extend(std::iter::repeat_n(None, cell.more_columns));
        }
        laid.push((if row.class == "sum" { "" } else { part }, row, cells));
    }
    laid
}

/// The header in one row: group, name and unit of each column.
fn heads(rows: &[Vec<Head>]) -> Vec<String> {
    let mut below = rows.get(1).into_iter().flatten();
    let mut heads: Vec<String> = Vec::new();
    for head in rows.first().into_iter().flatten() {
        if rows.len() == 1 || head.rows == 2 {
            heads.push(told(head, ""));
        } else {
            heads.extend(below.by_ref().take(head.columns).map(|own| told(own, &head.text)));
        }
    }
    // Two columns of one name would be one to a program.
    for at in 1..heads.len() {
        let same = heads[..at].iter().filter(|head| **head == heads[at]).count();
        if same > 0 {
            heads[at] = format!("{} ({})", heads[at], same + 1);
        }
    }
    heads
}

fn told(head: &Head, group: &str) -> String {
    let unit = if head.unit.is_empty() { String::new() } else { format!(" ({})", head.unit) };
    [group, &head.text].join(" ").trim().to_owned() + &unit
}

/// What stands in a column that a wide cell covers: its sign, for that holds of each column alone.
fn covered(before: &[Option<&Cell>]) -> Value {
    match before.iter().rev().flatten().next() {
        Some(cell) if cell.sign => Value::Sign(cell.text.clone()),
        _ => Value::Sign(COVERED.into()),
    }
}

/// The text of a cell, as a number where it is one.
fn value(cell: &Cell) -> Value {
    let is_number = cell.class.split(' ').any(|class| class == "n" || class == "mid");
    if cell.sign {
        return Value::Sign(cell.text.clone());
    }
    let text = if is_number { in_two(&cell.text).map_or(cell.text.as_str(), |(first, _)| first) } else { &cell.text };
    match number(text).filter(|_| is_number) {
        Some(number) => number,
        None if is_number => Value::Sign(text.to_owned()),
        None => Value::Text(text.to_owned()),
    }
}

/// What stands in small print with a cell: the second part of a change, a second line, the sign of a footnote.
fn small_print(cell: &Cell) -> String {
    let second = in_two(&cell.text).filter(|_| cell.class.starts_with('n')).map_or("", |(_, second)| second);
    let parts = [second, cell.note.as_str(), cell.mark.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// `+1 (+2,5%)` is two numbers.
fn in_two(text: &str) -> Option<(&str, &str)> {
    let (first, second) = text.strip_suffix(')')?.split_once(" (")?;
    (number(first).is_some() && number(second).is_some()).then_some((first, second))
}

/// A number as `vocabulary::number` writes it: `1.234`, `−72,1`, `+3,5%`.
fn number(text: &str) -> Option<Value> {
    let (sign, rest) = match text.strip_prefix(['+', '−']) {
        Some(rest) => (text.starts_with('−'), rest),
        None => (false, text),
    };
    let (rest, percent) = rest.strip_suffix('%').map_or((rest, false), |rest| (rest, true));
    let (units, decimals) = rest.split_once(',').unwrap_or((rest, ""));
    let groups: Vec<&str> = units.split('.').collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = groups.iter().all(|group| digits(group)) && groups[1..].iter().all(|group| group.len() == 3);
    if !grouped || groups.len() > 1 && groups[0].len() > 3 || (rest.contains(',') && !digits(decimals)) {
        return None;
    }
    let places = decimals.len() as i32 + if percent { 2 } else { 0 };
    let magnitude: i64 = (groups.concat() + decimals).parse().ok()?;
    // One division of whole numbers, so that 72,1 % is the number nearest to 0.721.
    let value = magnitude as f64 / 10f64.powi(places);
    let code = match (percent, decimals.len(), text.starts_with('+')) {
        (true, 0, _) => "0%",
        (true, ..) => "0.0%",
        (false, 0, true) => "+#,##0",
        (false, 0, false) => "#,##0",
        (false, 1, true) => "+#,##0.0",
        (false, 1, false) => "#,##0.0",
        (false, ..) => "#,##0.00",
    };
    Some(Value::Number(if sign { -value } else { value }, code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::view::block::Column;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let read = |text: &str| number(text);
        assert_eq!(read("1.234.567"), Some(Value::Number(1_234_567.0, "#,##0")));
        assert_eq!(read("−72,1"), Some(Value::Number(-72.1, "#,##0.0")));
        assert_eq!(read("+3,5%"), Some(Value::Number(0.035, "0.0%")));
        assert_eq!(read("0"), Some(Value::Number(0.0, "#,##0")));
        for text in ["", "x", "58/72", "05/3/2026", "1.23", "12.345,", "Nhóm 1", "+", "%"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_table_becomes_one_header_and_one_value_in_a_cell() {
        let columns = [
            Column::text("Đơn vị"),
            Column::number("I").under("Quý"),
            Column::number("II").under("Quý"),
            Column::number("Thay đổi").unit("người"),
            Column::text("Diễn biến"),
        ];
        let cells = vec![Cell::number("1.200").across(2), Cell::number("+1 (+2,5%)"), Cell::drawing("<svg></svg>")];
        let signs = vec![Cell::number("•"), Cell::number("58/72"), Cell::number("x"), Cell::text("–")];
        let rows = vec![
            Row::heading("Phường"),
            Row::new(Cell::text("Phường A"), cells),
            Row::new(Cell::text("Toàn tỉnh"), signs).class("sum"),
        ];
        let flat = Flat::of(&Table::new("", "", &columns, rows));
        assert_eq!(flat.heads, ["Nhóm", "Đơn vị", "Quý I", "Quý II", "Thay đổi (người)", "Thay đổi (người): ghi thêm"]);
        let text = |text: &str| Value::Text(text.into());
        let sign = |text: &str| Value::Sign(text.into());
        assert_eq!(
            flat.rows[0].0,
            [
                text("Phường"),
                text("Phường A"),
                Value::Number(1200.0, "#,##0"),
                sign(COVERED),
                Value::Number(1.0, "+#,##0"),
                Value::Number(0.025, "0.0%"),
            ]
        );
        assert_eq!(
            flat.rows[1].0,
            [text("Chung"), text("Toàn tỉnh"), sign("•"), sign("58/72"), sign("x"), Value::Nothing]
        );
    }
}
