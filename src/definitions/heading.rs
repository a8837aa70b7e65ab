//! Headings of columns: which texts name which column of a sheet with one row per quantity.
//!
//! The usual ones are known here; a form adds its own. Where the headings of a sheet stand is found
//! by `intake::layout`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::vocabulary::text::plain_key;

/// A column of a sheet with one row per quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Mã số.
    Code,
    /// Chỉ tiêu.
    Title,
    /// ĐVT.
    Unit,
    /// Trong kỳ.
    Value,
    /// Lũy kế từ đầu năm.
    Cumulative,
    /// Another period, a plan, a rate, a note: what stands under it is not read.
    Other,
}

impl Column {
    /// What the column is called on the form.
    pub fn title(self) -> &'static str {
        match self {
            Column::Code => "Mã số",
            Column::Title => "Chỉ tiêu",
            Column::Unit => "ĐVT",
            Column::Value => "Trong kỳ",
            Column::Cumulative => "Lũy kế từ đầu năm",
            Column::Other => "không đọc",
        }
    }
}

/// Texts that head a column whole.
const USUAL: [(Column, &[&str]); 5] = [
    (Column::Code, &["mã số", "mã số chỉ tiêu", "mã chỉ tiêu"]),
    (Column::Title, &["chỉ tiêu", "nội dung", "tên chỉ tiêu", "nội dung chỉ tiêu"]),
    (Column::Unit, &["đvt", "đơn vị tính"]),
    (
        Column::Value,
        &[
            "trong kỳ",
            "trong kỳ báo cáo",
            "số liệu trong kỳ",
            "số liệu kỳ này",
            "số liệu kỳ báo cáo",
            "phát sinh trong kỳ",
            "thực hiện trong kỳ",
            "thực hiện kỳ này",
            "kết quả trong kỳ",
            "kết quả thực hiện trong kỳ",
            "kỳ này",
            "kỳ báo cáo",
            "trong quý",
            "quý này",
        ],
    ),
    (Column::Cumulative, &["cộng dồn từ đầu năm", "từ đầu năm"]),
];

/// What a heading of another period, a plan or a rate holds; under such a heading nothing is read,
/// whatever stands between it and the figures.
const OTHERS: [&str; 9] =
    ["cung ky", "nam truoc", "ky truoc", "quy truoc", "ke hoach", "chi tieu giao", "so sanh", "ty le", "tang giam"];

/// The headings that the columns of a form are found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headings(BTreeMap<String, Column>);

impl Default for Headings {
    fn default() -> Self {
        Self::usual()
    }
}

impl Headings {
    /// Those that every form knows.
    pub fn usual() -> Self {
        let all = USUAL.iter().flat_map(|(column, texts)| texts.iter().map(|text| (plain_key(text), *column)));
        Self(all.collect())
    }

    /// Adds a heading of the form.
    ///
    /// # Errors
    /// With the column that has this heading already, when it is another one.
    pub fn add(&mut self, text: &str, column: Column) -> Result<(), Column> {
        match self.0.insert(key(&plain_key(text)).to_owned(), column) {
            Some(other) if other != column => Err(other),
            _ => Ok(()),
        }
    }

    /// The column that a folded text ([`plain_key`]) heads.
    ///
    /// ```
    /// use tongket::definitions::{Column, Headings};
    /// let headings = Headings::usual();
    /// assert_eq!(headings.column("luy ke tu dau nam"), Some(Column::Cumulative));
    /// assert_eq!(headings.column("trong ky (nguoi)"), Some(Column::Value));
    /// assert_eq!(headings.column("cung ky nam truoc"), Some(Column::Other));
    /// ```
    pub fn column(&self, folded: &str) -> Option<Column> {
        let key = key(folded);
        if let Some(column) = self.0.get(key) {
            return Some(*column);
        }
        let bare = key.replace(',', "");
        if OTHERS.iter().any(|other| bare.contains(other)) {
            return Some(Column::Other);
        }
        key.starts_with("luy ke").then_some(Column::Cumulative)
    }
}

/// A heading without what is told in brackets after it, and without marks at its end.
fn key(folded: &str) -> &str {
    folded.split('(').next().unwrap_or(folded).trim_end_matches([':', '*', '.', ' '])
}
