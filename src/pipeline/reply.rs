//! The papers that answer a file: the phiếu phản hồi and the feedback workbook.

use rayon::prelude::*;

use crate::definitions::Definitions;
use crate::findings::answer::Answer;
use crate::findings::feedback::feedback;
use crate::findings::rule::RuleText;
use crate::findings::slip::{Issue, slip};
use crate::site::{Page, Put, Templates, page};
use crate::vocabulary::Severity;

/// What is needed to answer on paper.
pub struct Office<'a> {
    /// Whose returns they are.
    pub definitions: &'a Definitions,
    /// The catalogue of rules.
    pub rules: &'a [RuleText],
    /// The templates, with that of the slip.
    pub templates: &'a Templates,
    /// Who answers, and when.
    pub issue: Issue,
}

impl Office<'_> {
    /// The phiếu phản hồi, as HTML that needs no other file.
    ///
    /// # Errors
    /// When the template asks for what no slip has.
    pub fn slip(&self, answer: &Answer, path: &str) -> anyhow::Result<Page> {
        self.templates.page(path, "slip.html", &(), &slip(answer, self.definitions, self.rules, self.issue))
    }

    /// The feedback workbook.
    ///
    /// # Errors
    /// When the workbook cannot be put together.
    pub fn workbook(&self, answer: &Answer, path: &str) -> anyhow::Result<Page> {
        Ok(Page { path: path.to_owned(), bytes: feedback(answer, self.definitions, self.rules)? })
    }

    /// The papers of the internal edition: a slip for every file, a workbook for those with an error or a warning.
    ///
    /// # Errors
    /// As the two above; when `put` refuses.
    pub fn papers(&self, answers: &[Answer], put: Put) -> anyhow::Result<()> {
        answers.par_iter().filter(|answer| answer.is_file).try_for_each(|answer| {
            put(self.slip(answer, &page::slip(&answer.file))?)?;
            match answer.findings.iter().any(|finding| finding.severity < Severity::Info) {
                true => put(self.workbook(answer, &page::feedback(&answer.file))?),
                false => Ok(()),
            }
        })
    }
}
