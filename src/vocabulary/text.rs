//! Folding of names and headings, for comparing them; never for showing them.
//!
//! Repair of legacy encodings is the business of `intake::text`.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A key under which spellings that differ only in case, blanks or the place
/// of the tone mark are equal: `Xã  Sơn Dương` and `xã Sơn Dương`, `Hòa` and `Hoà`.
///
/// Two different names keep different keys: diacritics stay.
///
/// ```
/// use tongket::vocabulary::text::name_key;
/// assert_eq!(name_key(" Xã Hòa  Bình"), name_key("xã Hoà Bình"));
/// assert_ne!(name_key("Bản"), name_key("Bàn"));
/// ```
pub fn name_key(text: &str) -> String {
    text.split_whitespace().map(syllable_key).collect::<Vec<_>>().join(" ")
}

/// One syllable with its tone mark moved to the end, so that where the mark
/// was written does not matter.
fn syllable_key(word: &str) -> String {
    let mut letters = String::new();
    let mut tones = String::new();
    for c in word.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones.push(c),
            // Look-alikes of đ typed from other keyboards.
            'ð' | 'ɖ' => letters.push('đ'),
            _ => letters.push(c),
        }
    }
    letters.nfc().collect::<String>() + &tones
}

/// A key without any diacritics, for search and for suggesting what was meant:
/// `Xã Đồng Hòa` gives `xa dong hoa`.
pub fn plain_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let push = |key: &mut String, c: char| {
        if !is_combining_mark(c) {
            key.extend(c.to_lowercase().map(|c| if matches!(c, 'đ' | 'ð' | 'ɖ') { 'd' } else { c }));
        }
    };
    for c in text.chars() {
        if c.is_ascii_graphic() {
            key.push(c.to_ascii_lowercase());
        } else if c.is_whitespace() {
            if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
        } else {
            decompose_canonical(c, |part| push(&mut key, part));
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// An ASCII name for a file or folder: `Xã Sơn Dương` gives `xa-son-duong`.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in plain_key(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A key that sorts names as Vietnamese dictionaries do: letter by letter in
/// the order a ă â … d đ e ê … o ô ơ … u ư, tones last (ngang huyền hỏi ngã sắc nặng).
pub fn sort_key(text: &str) -> Vec<u8> {
    const LETTERS: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
    const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
    let (mut letters, mut tones) = (Vec::new(), Vec::new());
    for word in text.split_whitespace() {
        let mut tone = 1;
        let bare: String = word
            .nfd()
            .flat_map(char::to_lowercase)
            .filter(|c| match TONES.iter().position(|t| t == c) {
                Some(at) => {
                    tone = at as u8 + 2;
                    false
                }
                None => true,
            })
            .nfc()
            .collect();
        for c in bare.chars() {
            letters.push(match LETTERS.chars().position(|l| l == c) {
                Some(at) => 20 + at as u8,
                None if c.is_ascii_digit() => 2 + (c as u8 - b'0'),
                None => 13,
            });
        }
        letters.push(1);
        tones.push(tone);
    }
    letters.push(0);
    letters.extend(tones);
    letters
}

/// A name inside a sentence: `quản lý cuối kỳ`, but `KDC loại Khá`.
///
/// ```
/// use tongket::vocabulary::text::inside_sentence;
/// assert_eq!(inside_sentence("Đầu kỳ"), "đầu kỳ");
/// assert_eq!(inside_sentence("KDC"), "KDC");
/// ```
pub fn inside_sentence(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(_), Some(second)) if second.is_uppercase() => name.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(chars).collect(),
        (None, _) => String::new(),
    }
}

/// Text that no spreadsheet takes for a formula: a leading `= + - @` gets an apostrophe.
pub fn neutralised(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@']) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The first `limit` characters, with `…` when something was cut; control and
/// invisible characters become blanks. For quoting a cell in a message.
pub fn excerpt(text: &str, limit: usize) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    match clean.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", clean[..end].trim_end()),
        None => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_in_a_vietnamese_dictionary() {
        let mut names = ["Êa", "Đông", "Ấp", "Dương", "Ân", "An", "Ea", "Ăn"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["An", "Ăn", "Ân", "Ấp", "Dương", "Đông", "Ea", "Êa"]);
    }

    #[test]
    fn a_slug_is_ascii_and_short() {
        assert_eq!(slug("Đặc khu Cát Hải (cũ)"), "dac-khu-cat-hai-cu");
    }

    #[test]
    fn an_excerpt_says_when_it_was_cut() {
        assert_eq!(excerpt("một\nhai ba", 7), "một hai…");
        assert_eq!(excerpt("một", 7), "một");
    }
}
