//! How much of a file is read before it is refused: table `[limits]` of `site.toml`.
//!
//! The defaults were measured on 341 real Vietnamese workbooks (inflated at
//! most 1.23 MB, ratio at most 38.5:1 in a part, 37 entries, 81 sheets, 84,960
//! cells in a sheet) and 5,490 public ones, and leave a wide margin.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Bounds on one file and on the process that reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes of all parts of a package together, inflated.
    pub inflated_bytes: u64,
    /// A part may inflate to this many times its packed size; only parts above 1 MiB are judged.
    pub ratio: u64,
    /// Parts of a package.
    pub entries: usize,
    /// Sheets of a workbook.
    pub sheets: usize,
    /// Filled cells of a sheet; in .xls and .ods, cells of the rectangle around them.
    pub sheet_cells: usize,
    /// The same of a workbook.
    pub file_cells: usize,
    /// Bytes of text in all cells of a workbook together.
    pub text_bytes: usize,
    /// Merged areas of a sheet.
    pub merged: usize,
    /// Memory of a reading process, in bytes.
    pub memory: u64,
    /// Time for one file.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 25 << 20,
            inflated_bytes: 200 << 20,
            ratio: 200,
            entries: 2_000,
            sheets: 256,
            sheet_cells: 2_000_000,
            file_cells: 5_000_000,
            text_bytes: 64 << 20,
            merged: 100_000,
            memory: 1 << 30,
            time: Duration::from_secs(20),
        }
    }
}
