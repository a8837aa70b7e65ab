//! Views: for each kind of page one struct of finished strings. Templates do no arithmetic.

mod block;
mod calendar;
mod draw;
mod frame;
mod home;
mod method;
mod report;
mod returns;
mod rules;
mod watch;

use crate::site::book::Book;
use crate::site::page::{self, Page};
use crate::site::render::Templates;

/// What a page is about. One page each.
#[derive(Clone, Debug)]
pub enum Subject {
    /// Điều hành.
    Home,
    /// Which returns came, and when.
    Returns,
    /// The rules that returns are checked by.
    Rules,
    /// How figures are made.
    Method,
}

impl Subject {
    /// Every page of the site, in the order of the navigation.
    pub fn all(_book: &Book<'_>) -> Vec<Subject> {
        vec![Subject::Home, Subject::Returns, Subject::Rules, Subject::Method]
    }

    /// Its path.
    pub fn path(&self, _book: &Book<'_>) -> String {
        match self {
            Subject::Home => page::HOME.into(),
            Subject::Returns => page::RETURNS.into(),
            Subject::Rules => page::RULES.into(),
            Subject::Method => page::METHOD.into(),
        }
    }

    /// The page, rendered.
    pub fn page(&self, book: &Book<'_>, templates: &Templates) -> anyhow::Result<Page> {
        let path = self.path(book);
        macro_rules! page {
            ($template:literal, $view:expr) => {{
                let (frame, view) = $view;
                templates.page(&path, $template, &frame, &view)
            }};
        }
        match self {
            Subject::Home => page!("home.html", home::view(book, &path)),
            Subject::Returns => page!("returns.html", returns::view(book, &path)),
            Subject::Rules => page!("rules.html", rules::view(book, &path)),
            Subject::Method => page!("method.html", method::view(book, &path)),
        }
    }
}
