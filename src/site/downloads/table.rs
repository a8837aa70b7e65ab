//! A table as data: what its columns are, and its rows as CSV.
//!
//! One shape serves every rendering: CSV, the data package, Parquet.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::vocabulary::text::neutralised;

/// A table of the data package. Its rows are made when they are asked for.
pub struct Table<'a> {
    /// Name of its file without extension.
    pub name: &'static str,
    /// What it is, in Vietnamese.
    pub title: &'static str,
    /// Its columns.
    pub fields: Vec<Field>,
    /// How many of the first columns identify a row; 0 when rows need not differ.
    pub key: usize,
    /// Columns that refer to the key of another table.
    pub references: Vec<(&'static str, &'static str)>,
    /// Its rows, sorted by the key.
    pub rows: Box<dyn Iterator<Item = Vec<Value<'a>>> + 'a>,
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub kind: FieldKind,
    /// What it means, in Vietnamese.
    pub title: &'static str,
}

/// What stands in a column, after Table Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A decimal number.
    Decimal,
    /// A day.
    Day,
    /// True or false.
    Flag,
}

impl FieldKind {
    /// The name of the type in a Table Schema.
    pub fn schema_type(self) -> &'static str {
        match self {
            FieldKind::Text => "string",
            FieldKind::Whole => "integer",
            FieldKind::Decimal => "number",
            FieldKind::Day => "date",
            FieldKind::Flag => "boolean",
        }
    }
}

/// Shorthand for a column.
pub const fn field(name: &'static str, kind: FieldKind, title: &'static str) -> Field {
    Field { name, kind, title }
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text; neutralised when written.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// A fixed-point number: the value times ten to the ten.
    Decimal(i128),
    /// A day.
    Day(NaiveDate),
    /// True or false.
    Flag(bool),
    /// No value; another column says why.
    Nothing,
}

/// Digits after the point of a [`Value::Decimal`].
pub const PLACES: u32 = 10;

impl<'a> Value<'a> {
    /// Borrowed text.
    pub fn text(text: &'a str) -> Self {
        Value::Text(Cow::Borrowed(text))
    }

    /// Text made for this cell.
    pub fn owned(text: impl ToString) -> Self {
        Value::Text(Cow::Owned(text.to_string()))
    }

    /// A whole number, where there is one.
    pub fn whole(value: Option<i64>) -> Self {
        value.map_or(Value::Nothing, Value::Whole)
    }

    /// A day, where there is one.
    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Value::Nothing, Value::Day)
    }

    /// `numerator × scale ÷ denominator` to [`PLACES`] digits, half away from zero; nothing when there is nothing to divide by.
    pub fn quotient(numerator: i128, denominator: i128, scale: i128) -> Self {
        if denominator == 0 {
            return Value::Nothing;
        }
        let scaled = numerator * scale * 10i128.pow(PLACES);
        let negative = (scaled < 0) != (denominator < 0);
        let (scaled, denominator) = (scaled.unsigned_abs(), denominator.unsigned_abs());
        let magnitude = ((2 * scaled + denominator) / (2 * denominator)) as i128;
        Value::Decimal(if negative { -magnitude } else { magnitude })
    }

    /// The cell as CSV text, before quoting.
    fn write(&self, text: &mut String) {
        use std::fmt::Write;
        text.clear();
        let written = match self {
            Value::Text(value) => {
                text.push_str(&neutralised(value));
                Ok(())
            }
            Value::Whole(value) => write!(text, "{value}"),
            Value::Decimal(value) => {
                let unit = 10u128.pow(PLACES);
                let magnitude = value.unsigned_abs();
                let sign = if *value < 0 { "-" } else { "" };
                write!(text, "{sign}{}.{:0width$}", magnitude / unit, magnitude % unit, width = PLACES as usize)
            }
            Value::Day(day) => write!(text, "{day}"),
            Value::Flag(flag) => write!(text, "{flag}"),
            Value::Nothing => Ok(()),
        };
        written.expect("writing to a string cannot fail");
    }
}

/// The rows as CSV: UTF-8, comma, header row, LF.
pub fn csv<'a>(fields: &[Field], rows: impl Iterator<Item = Vec<Value<'a>>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let in_memory = "writing to memory cannot fail";
    writer.write_record(fields.iter().map(|field| field.name)).expect(in_memory);
    let mut text = String::new();
    for row in rows {
        for value in &row {
            value.write(&mut text);
            writer.write_field(&text).expect(in_memory);
        }
        writer.write_record(None::<&[u8]>).expect(in_memory);
    }
    writer.into_inner().expect(in_memory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_written_as_a_strict_reader_expects() {
        let fields =
            [field("a", FieldKind::Text, ""), field("b", FieldKind::Decimal, ""), field("c", FieldKind::Whole, "")];
        let rows = vec![
            vec![Value::text("=1+1, \"x\""), Value::quotient(2, 3, 100), Value::Whole(-5)],
            vec![Value::Nothing, Value::quotient(-1, 8, 1), Value::Nothing],
            vec![Value::text("xã"), Value::quotient(1, 0, 1), Value::Whole(0)],
        ];
        let bytes = csv(&fields, rows.into_iter());
        let expected = "a,b,c\n\"'=1+1, \"\"x\"\"\",66.6666666667,-5\n,-0.1250000000,\nxã,,0\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }
}
