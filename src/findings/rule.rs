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
    FileEncrypted "file-encrypted" Error;
    FileTooLarge "file-too-large" Error;
    NotAWorkbook "not-a-workbook" Error;
    UnknownUnit "unknown-unit" Error;
    UnknownPeriod "unknown-period" Error;
    UnknownFormVersion "unknown-form-version" Error;
    OldFormVersion "old-form-version" Warning;
    NoFormVersion "no-form-version" Warning;
    WrongFileName "wrong-file-name" Warning;
    WrongUnitName "wrong-unit-name" Warning;
    PeriodDates "period-dates" Warning;
    SheetMissing "sheet-missing" Error;
    SheetUnreadable "sheet-unreadable" Error;
    ColumnMissing "column-missing" Error;
    RowMissing "row-missing" Error;
    RowTwice "row-twice" Error;
    RowCopied "row-copied" Warning;
    ReadByTitle "read-by-title" Warning;
    AmbiguousTitle "ambiguous-title" Error;
    CodesElsewhere "codes-elsewhere" Warning;
    WrongLabel "wrong-label" Error;
    MissingValue "missing-value" Warning;
    NotANumber "not-a-number" Error;
    NotWhole "not-whole" Error;
    Negative "negative" Error;
    ApproximateNumber "approximate-number" Error;
    UnclearUnit "unclear-unit" Error;
    ErrorCell "error-cell" Error;
    FormulaWithoutValue "formula-without-value" Error;
    WrongClass "wrong-class" Error;
    NotADate "not-a-date" Warning;
    DuplicateReturn "duplicate-return" Info;
    ConflictingReturns "conflicting-returns" Error;
    Superseded "superseded" Info;
    OlderStands "older-stands" Warning;
    PeriodNotAsked "period-not-asked" Error;
    PersonalData "personal-data" Error;
    HiddenSheet "hidden-sheet" Info;
    HiddenCells "hidden-cells" Info;
    UnknownSheet "unknown-sheet" Info;
    RepairedValue "repaired-value" Info;
    LegacyText "legacy-text" Info;
    UnreadableText "unreadable-text" Warning;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_what_why_for_example_and_what_to_do() {
        for rule in Rule::ALL {
            let text = rule.text();
            assert!(!text.title.is_empty() && rule.source().starts_with("# "), "{}", rule.code());
            assert!(!text.text.starts_with("**"), "{} begins by saying what it is", rule.code());
            for part in ["**Vì sao quan trọng.** ", "**Ví dụ.** ", "**Cách sửa.** "] {
                assert_eq!(text.text.matches(part).count(), 1, "{}: {part}", rule.code());
            }
        }
    }

    #[test]
    fn every_rule_text_belongs_to_a_rule() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/findings/rules");
        let mut texts: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let mut codes: Vec<String> = Rule::ALL.iter().map(|rule| rule.code().to_owned()).collect();
        texts.sort();
        codes.sort();
        assert_eq!(texts, codes);
    }
}
