//! Rule texts as plain prose: Markdown taken apart, and lines broken to a width.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// One paragraph of a rule text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The words in bold that it begins with: `Vì sao quan trọng`; none for the first paragraph.
    pub heading: Option<String>,
    /// The rest, without any marks.
    pub text: String,
}

/// The paragraphs of a rule text; list items are paragraphs that begin with a dash.
pub fn paragraphs(markdown: &str) -> Vec<Paragraph> {
    let mut all = Vec::new();
    let (mut heading, mut text, mut bold) = (None, String::new(), false);
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Item) => text.push_str("– "),
            Event::Start(Tag::Strong) => bold = true,
            Event::End(TagEnd::Strong) => bold = false,
            Event::Text(words) | Event::Code(words) if bold && text.is_empty() => {
                heading = Some(words.trim_end_matches('.').to_owned());
            }
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Item) if !text.trim().is_empty() => {
                all.push(Paragraph { heading: heading.take(), text: text.trim().to_owned() });
                text.clear();
            }
            _ => {}
        }
    }
    all
}

/// Breaks a text at blanks into lines of at most `width` characters, the first
/// after `first`, the others after `rest`. A word longer than a line stands alone.
pub fn wrap(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut lines = String::from(first);
    let mut used = first.chars().count();
    let mut empty = true;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if !empty && used + 1 + length > width {
            lines.push('\n');
            lines.push_str(rest);
            used = rest.chars().count();
            empty = true;
        }
        if !empty {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += length;
        empty = false;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_text_comes_apart_at_its_headings() {
        let parts = paragraphs("Tệp `.xlsx`\nbị hỏng.\n\n**Cách sửa.** Gửi lại *ngay*.\n\n- một\n- hai");
        let plain: Vec<_> = parts.iter().map(|p| (p.heading.as_deref(), p.text.as_str())).collect();
        let expected =
            [(None, "Tệp .xlsx bị hỏng."), (Some("Cách sửa"), "Gửi lại ngay."), (None, "– một"), (None, "– hai")];
        assert_eq!(plain, expected);
    }

    #[test]
    fn lines_are_broken_at_blanks_and_hang() {
        assert_eq!(wrap("một hai ba bốn", 9, "· ", "  "), "· một hai\n  ba bốn");
        assert_eq!(wrap("", 9, "· ", "  "), "· ");
    }
}
