//! A text taken apart into words, each with what it says in Unicode, TCVN3 and VNI.
//!
//! Which of them is meant is decided in `legacy`.

use std::borrow::Cow;

use super::letters::{Encoding, is_sign, is_vietnamese_latin};
use super::syllable::is_syllable;

/// Whether a text may hold something else than plain Unicode. Cheap: one pass
/// over the bytes; nearly all texts end here.
pub(super) fn is_suspect(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        match byte {
            // Signs of Latin-1 that are letters in TCVN3.
            0xC2 if !matches!(next, 0xA0 | 0xAF..=0xB4 | 0xBA | 0xBF) => return true,
            0xC3 => {
                let c = char::from(next | 0x40);
                let before = match at.checked_sub(2).map(|two| &bytes[two..at]) {
                    Some([0xC3, letter]) => char::from(letter | 0x40),
                    _ => at.checked_sub(1).map_or(' ', |one| char::from(bytes[one])),
                };
                if !is_vietnamese_latin(c) || is_mark_of_vni(before, c) {
                    return true;
                }
            }
            // Ƣ ƣ, Ɖ ɖ, the replacement character and private letters.
            0xC6 if matches!(next, 0xA2 | 0xA3 | 0x89) => return true,
            0xC9 if next == 0x96 => return true,
            0xEE => return true,
            0xEF if next <= 0xA3 => return true,
            0xEF if next == 0xBF && bytes.get(at + 2) == Some(&0xBD) => return true,
            _ => {}
        }
        at += 1;
    }
    false
}

/// Whether an accented letter after this one is not Vietnamese spelling, but VNI: `Ngaân`.
fn is_mark_of_vni(before: char, c: char) -> bool {
    let c = char::from_u32(u32::from(c) | 0x20).unwrap_or(c);
    match before.to_ascii_lowercase() {
        'a' => "àáâãèéêùúõ".contains(c),
        'e' => "àáâãùõ".contains(c),
        // Hoà, hoá and hoã are Unicode.
        'o' => "âùõ".contains(c),
        'u' | 'y' | 'ô' | 'Ô' => "ùõ".contains(c),
        _ => false,
    }
}

/// How well a reading of a word fits Vietnamese.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is no syllable.
    Odd,
    /// An abbreviation, or nothing to judge by.
    Neutral,
    /// It is a syllable.
    Syllable,
}

impl Fit {
    /// What a word of this fit earns a reading.
    pub fn score(self) -> i32 {
        match self {
            Self::Odd => -2,
            Self::Neutral => 0,
            Self::Syllable => 1,
        }
    }

    fn of(word: &str) -> Self {
        let abbreviation = || {
            let plain = |c: char| c.is_ascii_alphabetic() || "ăâđêôơưĂÂĐÊÔƠƯ".contains(c);
            let capitals = word.chars().all(|c| c.is_uppercase() && plain(c)) && word.chars().count() <= 8;
            let consonants =
                word.chars().all(|c| plain(c) && !"aăâeêioôơuưy".contains(c) && !"AĂÂEÊIOÔƠUƯY".contains(c));
            capitals || (consonants && word.chars().count() <= 3)
        };
        if is_syllable(word) {
            Self::Syllable
        } else if abbreviation() {
            Self::Neutral
        } else {
            Self::Odd
        }
    }
}

/// A stretch of a text.
pub(super) enum Piece<'t> {
    /// Blanks, digits, punctuation, codes and addresses: never touched.
    Other(&'t str),
    Word(Word<'t>),
}

/// A word with its readings.
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub unicode: (Cow<'t, str>, Fit),
    pub tcvn3: (Option<String>, Fit),
    pub vni: (Option<String>, Fit),
    /// Whether readings differ, or only Unicode has such letters.
    pub tells: bool,
    /// Whether it holds what is not Vietnamese in Unicode.
    pub suspect: bool,
    /// Whether it holds nothing but signs, such as `®`.
    pub signs: bool,
}

impl<'t> Word<'t> {
    fn of(text: &'t str) -> Self {
        if text.is_ascii() {
            let fit = Fit::of(text);
            let (tells, suspect, signs) = (false, false, false);
            return Self {
                text,
                unicode: (text.into(), fit),
                tcvn3: (None, fit),
                vni: (None, fit),
                tells,
                suspect,
                signs,
            };
        }
        let unicode = as_unicode(text);
        let latin = text.chars().any(|c| matches!(c, '\u{a1}'..='\u{ff}'));
        let beyond = text.chars().any(|c| c > '\u{ff}');
        let signs = text.chars().all(is_sign);
        let suspect = !signs && is_suspect(text);
        let read = |encoding: Encoding| match encoding.read(text).filter(|_| latin) {
            // Letters that only Unicode has, and a good word: nothing else is meant.
            Some(_) if beyond && unicode.1 == Fit::Syllable => (None, Fit::Odd),
            Some(read) if signs => (Some(read), Fit::Neutral),
            Some(read) => {
                let fit = Fit::of(&read);
                (Some(read), fit)
            }
            None => (None, if signs { Fit::Neutral } else { Fit::Odd }),
        };
        let (tcvn3, vni) = (read(Encoding::Tcvn3), read(Encoding::Vni));
        let tells = latin || unicode.1 == Fit::Syllable;
        Self { text, unicode, tcvn3, vni, tells, suspect, signs }
    }

    /// The word in an encoding.
    pub fn reading(&self, encoding: Encoding) -> (Option<&str>, Fit) {
        let (text, fit) = if encoding == Encoding::Tcvn3 { &self.tcvn3 } else { &self.vni };
        (text.as_deref(), *fit)
    }

    /// Whether a sign stands within it, as only in TCVN3.
    pub fn has_sign(&self) -> bool {
        !self.signs && self.text.chars().any(is_sign)
    }
}

/// The word as Unicode: look-alikes replaced and soft hyphens taken away when that makes it Vietnamese.
fn as_unicode(word: &str) -> (Cow<'_, str>, Fit) {
    let is_strange = |c: char| matches!(c, '\u{a1}'..='\u{ff}') && !is_vietnamese_latin(c);
    if word.chars().all(is_sign) {
        return (word.into(), Fit::Neutral);
    }
    let soft = word.contains('\u{ad}');
    let meant: String = word.chars().filter(|c| *c != '\u{ad}').map(look_alike).collect();
    let is_replaced = word.chars().any(|c| look_alike(c) != c);
    // Quotation marks and dots before a word are not part of it.
    let judged = meant.trim_start_matches(['«', '·']).trim_end_matches('»');
    match Fit::of(judged) {
        _ if judged.chars().any(is_strange) => (word.into(), Fit::Odd),
        Fit::Odd => (word.into(), Fit::Odd),
        // In lower case only a syllable shows that the letter was not meant as it is.
        Fit::Neutral if is_replaced && !meant.chars().all(char::is_uppercase) => (word.into(), Fit::Odd),
        // In a syllable a soft hyphen is more often the ư of TCVN3.
        _ if soft => (meant.into(), Fit::Neutral),
        fit if meant == word => (word.into(), fit),
        fit => (meant.into(), fit),
    }
}

/// The Vietnamese letter that was meant by one of another language.
fn look_alike(c: char) -> char {
    match c {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        'Ƣ' => 'Ư',
        'ƣ' => 'ư',
        c => c,
    }
}

/// Takes a text apart into words and the rest.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for chunk in text.split_inclusive(char::is_whitespace) {
        if chunk.contains(['@', '_']) || chunk.contains("://") {
            pieces.push(Piece::Other(chunk));
            continue;
        }
        let mut rest = chunk;
        while !rest.is_empty() {
            let word = run(rest, true);
            if !word.is_empty() {
                pieces.push(Piece::Word(Word::of(word)));
            }
            let other = run(&rest[word.len()..], false);
            if !other.is_empty() {
                pieces.push(Piece::Other(other));
            }
            rest = &rest[word.len() + other.len()..];
        }
    }
    pieces
}

/// The beginning of a text that is of a word, or is not.
fn run(text: &str, of_word: bool) -> &str {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        // 10×20, 1½: a sign beside a digit is what it looks like.
        let is_number = "×÷·½¼¾¹".contains(c) && (before.is_ascii_digit() || after.is_ascii_digit());
        if ((c.is_alphabetic() || is_sign(c)) && !is_number) != of_word {
            return &text[..at];
        }
        before = c;
    }
    text
}

/// The words among the pieces of a text.
pub(super) fn words<'p, 't>(pieces: &'p [Piece<'t>]) -> impl Iterator<Item = &'p Word<'t>> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Word(word) => Some(word),
        Piece::Other(_) => None,
    })
}
