//! Sets of criteria, named and versioned: what Biểu 09 asks to be met.

/// A set of criteria, such as those of TT 124/2021 for a commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriteriaSet {
    /// The stem of its file, written on Biểu 09.
    pub id: String,
    /// Its name with the document it comes from.
    pub title: String,
    /// Whether the text of the criteria is known; otherwise only the count met and the total are reported.
    pub text_known: bool,
    /// What is known about the set and what is not.
    pub note: String,
    /// The criteria in order; placeholders when the text is not known.
    pub criteria: Vec<Criterion>,
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its number in the set.
    pub number: String,
    /// What must be met.
    pub text: String,
}
