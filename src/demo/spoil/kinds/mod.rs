//! The kinds of spoiling, each seen in real files (research on spreadsheets in the wild).

mod cells;
mod identity;
mod layout;
mod package;
mod text;

use crate::demo::spoil::work::{Must, Work};

/// One kind of spoiling.
pub(super) struct Kind {
    /// Its name in `spoilt.csv`.
    pub code: &'static str,
    /// Spoils a return and says what a reader must do with it; `None` when the return has nothing of the sort.
    pub spoil: fn(&mut Work) -> Option<Must>,
}

/// Every kind, by what it spoils.
pub(super) fn all() -> impl Iterator<Item = &'static Kind> + Clone {
    [cells::KINDS, text::KINDS, layout::KINDS, identity::KINDS, package::KINDS].into_iter().flatten()
}
