//! One cell of a workbook, as a number where the page shows one. What stands beside it is told in `flat`.

use rust_xlsxwriter::{Format, Worksheet};

use super::style::Formats;
use crate::site::view::block::Cell;
use crate::vocabulary::text::neutralised;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number and its format code.
    Number(f64, &'static str),
    /// Words.
    Text(String),
    /// A sign in place of a number.
    Sign(String),
    /// Nothing: an empty cell.
    Nothing,
}

impl Value {
    /// Its text; nothing for a number, which takes one line.
    pub fn text(&self) -> &str {
        match self {
            Value::Text(text) | Value::Sign(text) => text,
            Value::Number(..) | Value::Nothing => "",
        }
    }

    /// How wide it is, in letters.
    pub fn letters(&self) -> usize {
        match self {
            Value::Number(value, _) => format!("{value:.1}").len() * 4 / 3,
            Value::Text(text) | Value::Sign(text) => text.chars().count(),
            Value::Nothing => 0,
        }
    }

    /// Whether it stands to the right, as numbers do.
    pub fn is_number(&self) -> bool {
        matches!(self, Value::Number(..) | Value::Sign(_))
    }

    /// Writes it; a text wider than its column, in letters, runs over several lines.
    ///
    /// # Errors
    /// When the sheet refuses it, which would be our own mistake.
    pub fn write(
        &self,
        sheet: &mut Worksheet,
        (row, col): (u32, u16),
        width: usize,
        bold: bool,
        formats: &Formats,
    ) -> anyhow::Result<()> {
        let styled = |format: &Format| if bold { format.clone().set_bold() } else { format.clone() };
        match self {
            Value::Number(value, code) => {
                sheet.write_with_format(row, col, *value, &styled(&formats.whole).set_num_format(*code))?
            }
            Value::Text(text) if text.chars().count() > width => {
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

/// The text of a cell, as a number where it is one.
pub fn value(cell: &Cell) -> Value {
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
pub fn small_print(cell: &Cell) -> String {
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
pub fn number(text: &str) -> Option<Value> {
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
}
