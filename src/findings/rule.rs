//! The catalogue of rules: what each finding means, from one source.
//!
//! Rules of the reader are listed here, one line each, with their text in
//! `rules/<code>.md`. Checks of the form carry the same parts in the form's
//! own files (`definitions::check`). Both become [`RuleText`].

use crate::findings::Severity;
use crate::vocabulary::RuleId;

/// One rule as people read it: on the console, on the site, in documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// The code that findings cite.
    pub id: RuleId,
    /// How grave its findings are.
    pub severity: Severity,
    /// The fault, in a few words.
    pub title: String,
    /// Markdown: what it means, why it matters, an example, what to do.
    pub text: String,
}

/// Defines the reader's rules: for each a variant, its code and its severity.
macro_rules! rules {
    ($($variant:ident $code:literal $severity:ident;)*) => {
        /// A rule of the reader: about files, identity and cells, whatever the form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = include_str!(concat!("rules/", $code, ".md"))] $variant,)*
        }

        impl Rule {
            /// Every rule of the reader, in catalogue order.
            pub const ALL: &[Rule] = &[$(Rule::$variant),*];

            /// The code people quote.
            pub fn code(self) -> &'static str {
                match self { $(Rule::$variant => $code,)* }
            }

            /// How grave its findings are.
            pub fn severity(self) -> Severity {
                match self { $(Rule::$variant => Severity::$severity,)* }
            }

            /// The whole text, in Markdown; its first line is the title.
            fn source(self) -> &'static str {
                match self { $(Rule::$variant => include_str!(concat!("rules/", $code, ".md")),)* }
            }
        }
    };
}

rules! {
    FileUnreadable "file-unreadable" Error;
}

impl Rule {
    /// The code as an id.
    pub fn id(self) -> RuleId {
        RuleId::from(self.code())
    }

    /// The rule as people read it.
    pub fn text(self) -> RuleText {
        let (title, text) = self.source().split_once('\n').unwrap_or((self.source(), ""));
        RuleText {
            id: self.id(),
            severity: self.severity(),
            title: title.trim_start_matches('#').trim().to_owned(),
            text: text.trim().to_owned(),
        }
    }
}
