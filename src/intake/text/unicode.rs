//! Text as Unicode means it: letters composed, nothing invisible, no blanks around it.
//!
//! The first door for every text of a workbook. Which letters stand there for
//! others is the business of `legacy`.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::{Repair, Repairs};

/// The text as people see it, and what had to be done for that. Blanks at the
/// ends are taken away without a word; a text that needs nothing else is not copied.
pub fn clean(text: &str) -> (Cow<'_, str>, Repairs) {
    let text = text.trim();
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || text.chars().all(is_plain) {
        return (Cow::Borrowed(text), Repairs::default());
    }
    let mut repairs = Repairs::default();
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
                repairs.add(Repair::Blank);
                visible.push(' ');
            }
            '\n' | '\t' => visible.push(c),
            '\u{2028}' | '\u{2029}' => visible.push('\n'),
            '\r' => {}
            // Wingdings and Symbol keep their bullets here.
            '\u{f020}'..='\u{f0ff}' => repairs.add(Repair::Bullet),
            c if c.is_control() || is_invisible(c) => repairs.add(Repair::Invisible),
            c => visible.push(c),
        }
    }
    let composed: String = visible.nfc().collect();
    if composed != visible {
        repairs.add(Repair::Composed);
    }
    (Cow::Owned(composed.trim().to_owned()), repairs)
}

/// Characters that are visible, composed and never change under NFC. Covers
/// nearly every Vietnamese text, so that most cells cost one pass and no copy.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2026}' | '\n')
}

/// Zero-width, bidirectional and other marks without a shape. The soft hyphen
/// is not among them: it is “ư” in TCVN3.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}'
        | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_composed_letters_and_invisible_characters_are_repaired() {
        for (typed, seen, repairs) in [
            ("  Xã Minh Sơn ", "Xã Minh Sơn", &[][..]),
            ("\u{a0}Xã\u{a0}", "Xã", &[]),
            ("tiê\u{301}p nhận", "tiếp nhận", &[Repair::Composed]),
            ("1\u{a0}234", "1 234", &[Repair::Blank]),
            ("\u{feff}thn.tiep_nhan\u{200b}", "thn.tiep_nhan", &[Repair::Invisible]),
            ("\u{202e}12\u{1b}", "12", &[Repair::Invisible]),
            ("dòng 1\r\ndòng 2", "dòng 1\ndòng 2", &[]),
            ("\u{f076} Mục 1", "Mục 1", &[Repair::Bullet]),
            ("\u{f0a7}", "", &[Repair::Bullet]),
        ] {
            let (cleaned, found) = clean(typed);
            assert_eq!(cleaned, seen, "{typed:?}");
            assert_eq!(found.iter().collect::<Vec<_>>(), repairs, "{typed:?}");
        }
    }

    #[test]
    fn clean_text_is_not_copied() {
        assert!(matches!(clean(" Số người thuộc diện quản lý… "), (Cow::Borrowed(_), _)));
    }
}
