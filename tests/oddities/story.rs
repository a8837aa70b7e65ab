//! What is told of each oddity in `stories.toml`, and what is expected of the reader.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// One oddity.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Story {
    /// Path below `files/`. Files in one folder come in together.
    pub file: String,
    /// The kind of oddity it is listed under.
    pub theme: String,
    /// What is odd about it.
    pub what: String,
    /// Where that was seen: a place in the research on spreadsheets in the wild.
    pub seen: String,
    /// Converted from this file, with the same expectations.
    pub like: Option<String>,
    /// How it is answered; `ignored` when it is no return at all.
    pub outcome: String,
    /// Whether it counts among the returns of its unit and period: `counts`, `superseded`, `set_aside`.
    pub standing: Option<String>,
    /// The unit it is from; none when it cannot be known.
    pub unit: Option<String>,
    /// The period it is for; none when it cannot be known.
    pub period: Option<String>,
    /// Cells that do not read as in the other files: a number, `empty` or `rejected`.
    pub values: BTreeMap<String, Expected>,
    /// Every rule that its findings cite.
    pub rules: BTreeSet<String>,
    /// Cells with a logged repair, and what the log must say of it.
    pub repairs: BTreeMap<String, String>,
    /// Words that its findings must say to the clerk.
    pub says: Vec<String>,
    /// Words of it that must be quoted nowhere.
    pub never_quoted: Vec<String>,
    /// It is not read so yet.
    pub pending: bool,
}

/// What a cell must read as.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Expected {
    /// This number.
    Value(i64),
    /// `empty` or `rejected`.
    Word(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stories {
    story: Vec<Story>,
}

/// Every story, those of converted files completed from the ones they are like.
pub fn stories() -> Vec<Story> {
    let text = std::fs::read_to_string(crate::here().join("stories.toml")).unwrap();
    let told = toml::from_str::<Stories>(&text).unwrap().story;
    let mut stories: Vec<Story> = Vec::new();
    for story in told {
        let Some(like) = &story.like else {
            stories.push(story);
            continue;
        };
        let source = stories.iter().find(|other| other.file == *like).expect("a converted file follows its source");
        let what = format!("The same in another format. {}", story.what).trim_end().to_owned();
        let (theme, seen) = (source.theme.clone(), source.seen.clone());
        let rules = if story.rules.is_empty() { source.rules.clone() } else { story.rules.clone() };
        stories.push(Story {
            what,
            theme,
            seen,
            rules,
            file: story.file,
            like: story.like,
            pending: story.pending,
            ..source.clone()
        });
    }
    stories
}
