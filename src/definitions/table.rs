//! CSV files of the input folder, read strictly: a fixed header, and every line keeps its number.

use crate::definitions::source::{Mistakes, Source};

/// One line of a CSV file.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Its number in the file, from 1.
    pub number: usize,
    columns: &'a [&'a str],
    cells: csv::StringRecord,
}

impl Line<'_> {
    /// The trimmed text of a column; empty when the cell is.
    ///
    /// # Panics
    /// When the column is not one of those the file was read with.
    pub fn get(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|name| *name == column);
        &self.cells[at.expect("a line is asked only for the columns of its file")]
    }

    /// The entries of a column that holds several, parted by `;`.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split(';').map(str::trim).filter(|entry| !entry.is_empty())
    }
}

/// The lines of a CSV file that has exactly these columns. Mistakes are noted and the line left out.
pub fn lines<'a>(source: &Source, columns: &'a [&'a str], mistakes: &mut Mistakes) -> Vec<Line<'a>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(source.text.as_bytes());
    let header: Vec<String> = reader.headers().map(|h| h.iter().map(str::to_owned).collect()).unwrap_or_default();
    if header != columns {
        let found = header.join(",");
        let hint = if found.contains(';') {
            "; các cột cách nhau bằng dấu phẩy, không phải dấu chấm phẩy"
        } else {
            ""
        };
        mistakes.add(&source.file, 1, format!("dòng đầu phải là: {}{hint}", columns.join(",")));
        return Vec::new();
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        match record {
            Ok(cells) => lines.push(Line { number: line_of(cells.position()), columns, cells }),
            Err(error) => {
                let message = match error.kind() {
                    csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                        format!("dòng có {len} ô, cần {expected_len} ô: {}", columns.join(","))
                    }
                    _ => "không đọc được dòng này; ô có dấu phẩy phải nằm trong ngoặc kép".to_owned(),
                };
                mistakes.add(&source.file, line_of(error.position()), message);
            }
        }
    }
    lines
}

fn line_of(position: Option<&csv::Position>) -> usize {
    position.map_or(0, |position| usize::try_from(position.line()).unwrap_or(0))
}
