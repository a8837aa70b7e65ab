//! The site: what readers open, made from one release and nothing else.
//!
//! ```text
//! catalogue  the measures as pages name them
//! book       the release, arranged for looking things up
//! words      how figures, changes and coverage are said
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
pub mod page;
mod render;
mod standing;
mod view;
mod words;

use std::path::Path;

use rayon::prelude::*;

pub use downloads::{downloads, listed};
pub use page::{Download, Page};
pub use render::templates_hash;

use crate::release::Release;
use book::Book;
use render::Renderer;
use view::Subject;

/// Every page of an edition, sorted by path: the pages themselves and their style sheet, fonts and scripts.
///
/// `templates` is the folder `site-templates/`; where it does not exist the
/// embedded copy serves. `downloads` is what the downloads page lists.
///
/// # Errors
/// When a template cannot be read or asks for what no view has; it names template, line and variable.
pub fn render(release: &Release, templates: &Path, downloads: &[Download]) -> anyhow::Result<Vec<Page>> {
    let renderer = Renderer::load(templates)?;
    let book = Book::new(release, downloads);
    let drawn: Vec<anyhow::Result<Page>> =
        Subject::all(&book).par_iter().map(|subject| subject.page(&book, &renderer)).collect();
    // The first failure in page order, so that the same mistake is always told first.
    let mut pages = drawn.into_iter().collect::<anyhow::Result<Vec<Page>>>()?;
    pages.extend_from_slice(renderer.assets());
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}
