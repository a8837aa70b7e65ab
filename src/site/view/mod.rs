//! Views: for each kind of page one struct of finished strings. Templates do no arithmetic.

mod block;
mod frame;
mod method;
mod rules;

use crate::site::book::Book;
use crate::site::page::{self, Page};
use crate::site::render::Renderer;

/// What a page is about. One page each.
#[derive(Clone, Debug)]
pub enum Subject {
    /// The rules that returns are checked by.
    Rules,
    /// How figures are made.
    Method,
}

impl Subject {
    /// Every page of the site, in the order of the navigation.
    pub fn all(_book: &Book<'_>) -> Vec<Subject> {
        vec![Subject::Rules, Subject::Method]
    }

    /// Its path.
    pub fn path(&self, _book: &Book<'_>) -> String {
        match self {
            Subject::Rules => page::RULES.into(),
            Subject::Method => page::METHOD.into(),
        }
    }

    /// The page, rendered.
    pub fn page(&self, book: &Book<'_>, renderer: &Renderer) -> anyhow::Result<Page> {
        let path = self.path(book);
        macro_rules! page {
            ($template:literal, $view:expr) => {{
                let (frame, view) = $view;
                renderer.page(&path, $template, &frame, &view)
            }};
        }
        match self {
            Subject::Rules => page!("rules.html", rules::view(book, &path)),
            Subject::Method => page!("method.html", method::view(book, &path)),
        }
    }
}
