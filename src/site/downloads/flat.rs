//! A table of a page as a program reads it: one header row, one value in a cell, no heading between rows,
//! what stands in small print in a column of its own.

use super::value::{Value, number, small_print, value};
use crate::site::view::block::{Cell, Head, Row, Table};

/// Stands in the columns that a wide cell covers beyond its first.
pub const COVERED: &str = "gộp";

/// A table with one header row, one value in a cell, and no heading between rows.
pub struct Flat {
    /// The header.
    pub heads: Vec<String>,
    /// The rows, and whether each is a sum.
    pub rows: Vec<(Vec<Value>, bool)>,
    /// How many of the first columns name a row.
    pub labels: u16,
}

impl Flat {
    /// The table laid flat.
    pub fn of(table: &Table) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::view::block::Column;

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
