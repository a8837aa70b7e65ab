//! Published tables as rows by column.

use std::collections::BTreeMap;

/// A row of a table.
pub type Row = BTreeMap<String, String>;

/// A published file.
pub fn text(file: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/statistics/published/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The rows of a table.
pub fn rows(file: &str) -> Vec<Row> {
    let text = text(file);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The number in a column; none where it is not available.
pub fn number(row: &Row, column: &str) -> Option<f64> {
    row.get(column).and_then(|text| text.parse().ok())
}

/// Equal to nine significant digits.
pub fn close(ours: f64, published: f64) {
    let scale = ours.abs().max(published.abs()).max(1e-9);
    assert!((ours - published).abs() / scale < 1e-8, "{ours} is not {published}");
}
