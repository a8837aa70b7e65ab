//! `README.md` of the oddities, written from their stories.

use crate::reading::Shares;
use crate::story::{Expected, Story};

/// The whole text.
pub fn readme(stories: &[Story], shares: &Shares) -> String {
    let Shares { files, whole, partly, refused, ignored, cells, right, repaired, told, wrong } = shares;
    let mut text = format!(
        "# One real oddity per workbook\n\n\
         Written by `TONGKET_BLESS=1 cargo test --test oddities` from `stories.toml`; do not edit. Every figure, name and\n\
         person in these files is invented. `input/` is the small place they report for; every file is a return of Xã An\n\
         Thịnh for quý I/2026 with the same thirteen numbers and one class, spoilt in one way. `make/` makes them,\n\
         `convert.sh` has LibreOffice convert some.\n\n\
         Of {files} files {whole} are read in full, {partly} in part, {refused} are refused with a reason, {ignored} passed over.\n\
         Of {cells} cells in the files that are read, {right} are read as they were meant ({repaired} by a logged repair), {told} are\n\
         refused with a finding, {wrong} are wrong. No file is taken for another unit or period.\n"
    );
    let mut theme = "";
    for story in stories {
        if story.theme != theme {
            theme = &story.theme;
            text += &format!("\n## {theme}\n\n| file | what is odd | seen | the reader |\n|---|---|---|---|\n");
        }
        text += &format!("| `{}` | {} | {} | {} |\n", story.file, story.what, story.seen, expected(story));
    }
    text
}

fn expected(story: &Story) -> String {
    let mut parts = vec![story.outcome.replace('_', " ")];
    parts.extend(
        story.standing.iter().filter(|standing| *standing != "counts").map(|standing| standing.replace('_', " ")),
    );
    parts.extend(story.values.iter().map(|(item, value)| match value {
        Expected::Value(value) => format!("`{item}` = {value}"),
        Expected::Word(word) => format!("`{item}` {word}"),
    }));
    if !story.rules.is_empty() {
        parts.push(story.rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(" "));
    }
    if story.pending {
        parts.push("**not yet**".to_owned());
    }
    parts.join("; ")
}
