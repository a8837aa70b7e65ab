//! The site: what readers open, made from one release and nothing else.
//!
//! ```text
//! catalogue  the measures as pages name them
//! book       the release, arranged for looking things up
//! words      how figures, changes and coverage are said
//! interval   confidence intervals of proportions
//! standing   a figure against its plan
//! chart      numbers in, SVG out
//! view       one module per kind of page: finished strings, no arithmetic left
//! render     templates from `site-templates/` around the views
//! page       paths, and the bytes that come out
//! ```

mod book;
mod catalogue;
pub mod chart;
mod downloads;
mod interval;
pub mod page;
mod render;
mod standing;
mod view;
mod words;

use rayon::prelude::*;

pub use page::Page;
pub use render::Templates;

use crate::release::Release;
use book::Book;
use view::Subject;

/// Every file of an edition, sorted by path: the pages, their style sheet, fonts and scripts, and the data files.
///
/// # Errors
/// When a template asks for what no view has; it names template, line and variable.
pub fn render(release: &Release, templates: &Templates) -> anyhow::Result<Vec<Page>> {
    let files = downloads::downloads(release)?;
    let listed = downloads::listed(&files, release);
    let book = Book::new(release, &listed);
    let drawn: Vec<anyhow::Result<Page>> =
        Subject::all(&book).par_iter().map(|subject| subject.page(&book, templates)).collect();
    // The first failure in page order, so that the same mistake is always told first.
    let mut pages = drawn.into_iter().collect::<anyhow::Result<Vec<Page>>>()?;
    pages.extend_from_slice(templates.assets());
    pages.extend(files);
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}
