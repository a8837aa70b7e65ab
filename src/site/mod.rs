//! The site: what readers open, made from one release and nothing else.
//!
//! ```text
//! catalogue  the measures as pages name them
//! book       the release, arranged for looking things up
//! words      how figures, changes and coverage are said
//! interval   confidence intervals of proportions
//! trail      where the pages are that a number leads back to
//! search     what can be found by name
//! compare    the figures that places are compared by, as scripts
//! standing   a figure against its plan
//! signals    what differs or changes beyond chance, and how it is said
//! chart      numbers in, SVG out
//! view       one module per kind of page: finished strings, no arithmetic left
//! render     templates from `site-templates/` around the views
//! page       paths, and the bytes that come out
//! ```

mod book;
mod catalogue;
pub mod chart;
mod compare;
mod downloads;
mod interval;
pub mod page;
mod render;
mod search;
mod signals;
mod standing;
mod trail;
mod view;
mod words;

use rayon::prelude::*;

pub use downloads::data;
pub use page::Page;
pub use render::Templates;

use crate::release::Release;
use book::Book;
use view::Subject;

/// Where finished files go, one by one and in any order, so that none need be held longer than it is made.
pub type Put<'a> = &'a (dyn Fn(Page) -> anyhow::Result<()> + Sync);

/// Every file of an edition: the pages, their style sheet, fonts and scripts, and the data files.
///
/// # Errors
/// When a template asks for what no view has; it names template, line and variable. When `put` refuses.
pub fn render(release: &Release, templates: &Templates, put: Put) -> anyhow::Result<()> {
    let files = downloads::downloads(release, put)?;
    let book = Book::new(release, &files);
    let drawn: Vec<anyhow::Result<()>> =
        Subject::all(&book).par_iter().map(|subject| subject.pages(&book, templates, put)).collect();
    // The first failure in page order, so that the same mistake is always told first.
    drawn.into_iter().collect::<anyhow::Result<()>>()?;
    compare::scripts(&book, put)?;
    put(search::script(&book))?;
    templates.assets().iter().cloned().try_for_each(put)
}
