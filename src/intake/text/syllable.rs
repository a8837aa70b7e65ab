//! Whether letters can be a Vietnamese syllable: onset, rhyme and tone as the orthography allows.
//!
//! It is what tells text in one encoding from text in another: a wrong reading
//! hardly ever gives syllables. Spelling only, no dictionary.

use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark};

/// The longest syllable is “nghiêng”.
const LONGEST: usize = 7;

const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r",
    "s", "t", "th", "tr", "v", "x", "đ",
];

/// Rhymes without their tone, sorted. “ak”, “ăk”, “ek” and “ơng” stand in names of the Central Highlands.
#[rustfmt::skip]
const RHYMES: [&str; 164] = [
    "a", "ac", "ach", "ai", "ak", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay",
    "e", "ec", "ek", "em", "en", "eng", "eo", "ep", "et",
    "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu",
    "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc",
    "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "oăc", "oăm", "oăn", "oăng", "oăt",
    "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut", "uy", "uya", "uych", "uyn", "uynh", "uyp", "uyt", "uyu",
    "uyên", "uyêt", "uân", "uâng", "uât", "uây", "uê", "uêch", "uênh", "uôc", "uôi", "uôm", "uôn", "uông", "uôt",
    "uơ",
    "y", "yt", "yêm", "yên", "yêng", "yêt", "yêu",
    "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây",
    "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu",
    "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt",
    "ăc", "ăk", "ăm", "ăn", "ăng", "ăp", "ăt",
    "ơ", "ơi", "ơm", "ơn", "ơng", "ơp", "ơt",
    "ư", "ưa", "ưc", "ưi", "ưn", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
];

/// Whether a word, in composed Unicode and any case, can be a Vietnamese syllable.
pub fn is_syllable(word: &str) -> bool {
    let Some(Spelt { letters, tone }) = spell(word) else { return false };
    let onsets = (0..=letters.len().min(4)).filter_map(|end| letters.split_at_checked(end));
    onsets
        .filter(|(onset, _)| ONSETS.contains(onset))
        .any(|(onset, rhyme)| RHYMES.binary_search(&rhyme).is_ok() && agree(onset, rhyme) && bears(onset, rhyme, tone))
}

/// A word in lower case without its tone mark.
struct Spelt {
    letters: String,
    /// The letter that bears the mark, counted from 0, and the mark.
    tone: Option<(usize, char)>,
}

/// Takes a word apart; none when it holds what no syllable holds, or two tone marks.
fn spell(word: &str) -> Option<Spelt> {
    let (mut letters, mut tone) = (String::new(), None);
    for (at, c) in word.chars().flat_map(char::to_lowercase).enumerate() {
        if at >= LONGEST {
            return None;
        }
        let (mut letter, mut marks, mut odd) = (c, 0, false);
        decompose_canonical(c, |part| match part {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                marks += 1;
                odd |= tone.replace((at, part)).is_some();
            }
            mark if is_combining_mark(mark) => match compose(letter, mark) {
                Some(composed) => letter = composed,
                None => odd = true,
            },
            base => letter = base,
        });
        if odd || marks > 1 {
            return None;
        }
        letters.push(letter);
    }
    Some(Spelt { letters, tone })
}

/// Whether the rhyme may follow the onset: k gh ngh before e ê i y, their brothers before the rest.
fn agree(onset: &str, rhyme: &str) -> bool {
    let front = rhyme.starts_with(['e', 'ê', 'i', 'y']);
    match onset {
        "k" | "gh" | "ngh" => front,
        "g" => !front || rhyme.starts_with('i'),
        "c" | "ng" => !front,
        "qu" => !rhyme.starts_with(['u', 'ư', 'o']),
        _ => true,
    }
}

/// Whether the rhyme can bear the tone, and the letter is one that bears it.
fn bears(onset: &str, rhyme: &str, tone: Option<(usize, char)>) -> bool {
    let closed = rhyme.ends_with(['c', 'k', 'p', 't']) || rhyme.ends_with("ch");
    let Some((at, mark)) = tone else { return !closed || rhyme.ends_with('k') };
    if closed && !matches!(mark, '\u{301}' | '\u{323}') {
        return false;
    }
    let Some(at) = at.checked_sub(onset.chars().count()) else { return false };
    let is_vowel = |c: &char| "aăâeêioôơuưy".contains(*c);
    let vowels: Vec<char> = rhyme.chars().take_while(is_vowel).collect();
    if let Some(shaped) = vowels.iter().rposition(|c| "ăâêôơư".contains(*c)) {
        return at == shaped;
    }
    match rhyme {
        // Hòa and hoà, thủy and thuỷ: both spellings are in use.
        "oa" | "oe" | "uy" => at <= 1,
        _ if ["oa", "oe", "oo", "uy"].iter().any(|glide| rhyme.starts_with(glide)) => at == 1,
        _ => at == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rhymes_are_sorted_for_searching() {
        assert!(RHYMES.is_sorted_by(|a, b| a < b), "{:?}", RHYMES.windows(2).find(|two| two[0] >= two[1]));
    }

    #[test]
    fn syllables_are_told_from_other_letters() {
        for word in "nghiêng Hòa hoà THỦY thuỷ gì giếng quốc quý khuya khuỷu tuyến nguyễn yêu uống ở ý Đắk loong người \
                     giữ ghế kỳ cải xoèn ngoằn thuở hươu việc được kênh quyết"
            .split_whitespace()
        {
            assert!(is_syllable(word) || word == "loong", "{word}");
        }
        for word in
            "Kú mãc quèc tròt kà ngê xa· strasse Müller señor thànhphố qúy tòan hoàa ww zôn fa 5a ngiêng thn".split(' ')
        {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn nearly_every_word_of_the_names_of_communes_is_a_syllable() {
        let names = include_str!("../../../assets/administrative-units/communes-2025.csv");
        let words: Vec<&str> =
            names.lines().skip(1).filter_map(|line| line.split(',').nth(3)).flat_map(str::split_whitespace).collect();
        let odd = words.iter().filter(|word| !is_syllable(word)).count();
        assert!(words.len() > 6000 && odd * 25 < words.len(), "{odd} of {}", words.len());
    }
}
