//! Lineage pages (truy nguyên): from any number to the cells it is made of, and back. Internal edition only.
//!
//! ```text
//! index    the way in: measures by year
//! made     what the figures of a measure in a year or span are made of: one row per unit
//! formula  how it is computed, in words and codes
//! areas    the province and the groups: who is counted, who is missing and why
//! sources  the cells of one unit's returns that make up a figure
//! sent     one return: every item, where it stands, where it went
//! origin   the file a return came in, and its versions
//! ```

mod areas;
mod formula;
mod index;
mod made;
mod origin;
mod sent;
mod sources;

use serde::Serialize;

use crate::site::book::Book;
use crate::site::trail::Trail;
use crate::site::view::Subject;
use crate::site::view::block::Block;
use crate::site::view::sheet::Sheet;

pub use index::index;
pub use made::of_measure;
pub use sent::of_return;

/// What `lineage.html` needs.
#[derive(Debug, Serialize)]
pub struct LineagePage {
    /// The sections before the large tables.
    pub blocks: Vec<Block>,
    /// The large tables.
    pub sheets: Vec<Sheet>,
}

/// The trail of the edition.
///
/// # Panics
/// In the public edition: the contents list no lineage pages there.
pub fn trail<'b, 'a>(book: &'b Book<'a>) -> &'b Trail<'a> {
    book.trail.as_ref().expect("the contents list lineage pages in the internal edition only")
}

/// Every lineage page; none in the public edition.
pub fn subjects(book: &Book<'_>) -> Vec<Subject> {
    let Some(trail) = &book.trail else { return Vec::new() };
    let mut all = vec![Subject::Lineages];
    for measure in book.measures.iter().filter(|measure| measure.counts.is_none()) {
        for page in trail.pages() {
            let parts = trail.parts(&measure.code, page);
            all.extend((0..parts).map(|part| Subject::Lineage(measure.code.clone(), page, part)));
        }
    }
    all.extend((0..trail.intake.returns.len()).map(Subject::Sent));
    all
}
