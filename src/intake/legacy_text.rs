//! Repair of text as it was typed: composed Unicode, no invisible characters, no blanks around it.
//!
//! The door for every text of a workbook; what leaves here is safe to compare
//! and to show (escaping aside).

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The text as people see it. Borrowed when there is nothing to repair but blanks at the ends.
pub fn clean(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let visible = text.nfc().filter_map(|c| match c {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => Some(' '),
        '\n' | '\t' => Some(c),
        '\r' => None,
        c if c.is_control() || is_invisible(c) => None,
        c => Some(c),
    });
    Cow::Owned(visible.collect::<String>().trim().to_owned())
}

/// Characters that are visible, composed and never change under NFC. Covers
/// nearly every Vietnamese text, so that most cells cost one pass and no copy.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2026}' | '\n')
}

/// Zero-width and bidirectional marks. The soft hyphen is not among them: it is “ư” in TCVN3.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffe}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_composed_letters_and_invisible_characters_are_repaired() {
        for (typed, seen) in [
            ("  Xã Minh Sơn ", "Xã Minh Sơn"),
            ("tiê\u{301}p nhận", "tiếp nhận"),
            ("1\u{a0}234", "1 234"),
            ("\u{feff}thn.tiep_nhan\u{200b}", "thn.tiep_nhan"),
            ("\u{202e}12\u{1b}", "12"),
            ("dòng 1\r\ndòng 2", "dòng 1\ndòng 2"),
        ] {
            assert_eq!(clean(typed), seen, "{typed:?}");
        }
    }

    #[test]
    fn clean_text_is_not_copied() {
        assert!(matches!(clean(" Số người thuộc diện quản lý… "), Cow::Borrowed(_)));
    }
}
