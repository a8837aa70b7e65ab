//! One TOML definition file being read: its values become resolved ones, its mistakes get their line.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;

use super::value;
use crate::definitions::source::{Mistakes, Source};
use crate::vocabulary::MeasureCode;

/// A definition file and where its mistakes go. A value that is refused is noted and left out;
/// the loader stops later.
pub struct Page<'a> {
    /// The file.
    pub source: &'a Source,
    /// Where mistakes are noted.
    pub mistakes: &'a mut Mistakes,
}

impl Page<'_> {
    /// Notes a mistake at a span of the file.
    pub fn wrong(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.mistakes.at(self.source, span, message);
    }

    /// A value read from text, or a mistake.
    pub fn read<T>(&mut self, at: &Spanned<String>, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        parse(at.get_ref()).map_err(|message| self.wrong(at.span(), message)).ok()
    }

    /// A measure among the known ones.
    pub fn measure(&mut self, code: &Spanned<String>, known: &BTreeSet<MeasureCode>) -> Option<MeasureCode> {
        self.read(code, |text| value::measure(text, known))
    }

    /// Text that says something.
    pub fn filled(&mut self, text: Spanned<String>) -> String {
        if text.get_ref().trim().is_empty() {
            self.wrong(text.span(), "không được để trống");
        }
        text.into_inner()
    }

    /// A whole number within bounds.
    pub fn within(&mut self, number: &Spanned<i64>, allowed: std::ops::RangeInclusive<i64>) -> i64 {
        if !allowed.contains(number.get_ref()) {
            let (low, high) = (allowed.start(), allowed.end());
            self.wrong(number.span(), format!("{} không dùng được ở đây; từ {low} đến {high}", number.get_ref()));
        }
        *number.get_ref()
    }
}
