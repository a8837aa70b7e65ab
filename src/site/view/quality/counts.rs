//! How many findings there are of each severity.

use crate::release::Finding;
use crate::site::view::block::{Cell, Column};
use crate::vocabulary::Severity;
use crate::vocabulary::number::whole;

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Errors and warnings with an accepted explanation.
    pub explained: usize,
}

impl Counts {
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Info => counts.infos += 1,
            }
            counts.explained += usize::from(finding.explanation.is_some());
        }
        counts
    }

    pub fn cells(self) -> Vec<Cell> {
        [self.errors, self.warnings, self.infos, self.explained].map(|n| Cell::number(whole(n as i64))).to_vec()
    }

    pub fn columns() -> Vec<Column> {
        ["Lỗi", "Cảnh báo", "Thông tin", "Đã giải trình"].map(|text| Column::number(text).under("Phát hiện")).to_vec()
    }
}
