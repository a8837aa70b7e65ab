//! The shape of a plan file, key by key; what the values mean is worked out by the parent.
//!
//! Values that can be refused keep their place in the file.

use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPlan {
    pub(super) number: Spanned<String>,
    pub(super) title: Spanned<String>,
    pub(super) short: Spanned<String>,
    pub(super) date: Spanned<String>,
    pub(super) issuer: Spanned<String>,
    pub(super) summary: Spanned<String>,
    pub(super) provenance: Spanned<String>,
    pub(super) from_year: Spanned<i32>,
    pub(super) to_year: Option<Spanned<i32>>,
    pub(super) team_model: Option<Spanned<String>>,
    pub(super) measures: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) adoption: Vec<WrittenAdoption>,
    #[serde(default, rename = "return")]
    pub(super) returns: Vec<Spanned<WrittenReturn>>,
    #[serde(default)]
    pub(super) meeting: Vec<WrittenMeeting>,
    #[serde(default)]
    pub(super) milestone: Vec<Spanned<WrittenMilestone>>,
    #[serde(default)]
    pub(super) task: Vec<WrittenTask>,
    #[serde(default)]
    pub(super) step: Vec<WrittenStep>,
    #[serde(default)]
    pub(super) basis: Vec<WrittenBasis>,
    #[serde(default)]
    pub(super) target: Vec<WrittenTarget>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenAdoption {
    pub(super) units: Vec<Spanned<String>>,
    pub(super) from: Spanned<String>,
    pub(super) to: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenReturn {
    pub(super) kind: Spanned<String>,
    pub(super) number: Option<Spanned<u8>>,
    pub(super) days_after_end: Option<Spanned<i64>>,
    pub(super) before: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenMeeting {
    pub(super) title: Spanned<String>,
    pub(super) reviews: Spanned<String>,
    #[serde(default)]
    pub(super) years: Vec<Spanned<i32>>,
    pub(super) when: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenMilestone {
    pub(super) title: Spanned<String>,
    pub(super) day: Option<Spanned<String>>,
    pub(super) each_year: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) years: Vec<Spanned<i32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenTask {
    pub(super) what: Spanned<String>,
    pub(super) who: Spanned<String>,
    pub(super) when: Spanned<String>,
    pub(super) progress: Spanned<String>,
    pub(super) result: Spanned<String>,
    pub(super) measure: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenStep {
    pub(super) number: Spanned<u8>,
    pub(super) title: Spanned<String>,
    pub(super) artefacts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenBasis {
    pub(super) title: Spanned<String>,
    pub(super) valid_from: Option<Spanned<String>>,
    pub(super) valid_to: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenTarget {
    pub(super) measure: Spanned<String>,
    pub(super) comparison: Spanned<String>,
    pub(super) value: Spanned<toml::Value>,
    pub(super) areas: Spanned<String>,
    #[serde(default)]
    pub(super) years: Vec<Spanned<i32>>,
}
