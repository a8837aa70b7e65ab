//! How wide a text will be on the page: measured with the fonts that pages embed.
//!
//! Knows nothing of where a text stands or how it looks beyond size and weight.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef};

/// The three weights of the site's typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
    /// 700.
    Bold,
}

struct Faces {
    letters: FontRef<'static>,
    digits: FontRef<'static>,
}

static FACES: LazyLock<[Faces; 3]> = LazyLock::new(|| {
    let font = |bytes: &'static [u8]| FontRef::try_from_slice(bytes).expect("the embedded fonts are well formed");
    [
        Faces {
            letters: font(include_bytes!("../../../assets/fonts/be-vietnam-pro-400.ttf")),
            digits: font(include_bytes!("../../../assets/fonts/tongket-so-400.ttf")),
        },
        Faces {
            letters: font(include_bytes!("../../../assets/fonts/be-vietnam-pro-600.ttf")),
            digits: font(include_bytes!("../../../assets/fonts/tongket-so-600.ttf")),
        },
        Faces {
            letters: font(include_bytes!("../../../assets/fonts/be-vietnam-pro-700.ttf")),
            digits: font(include_bytes!("../../../assets/fonts/tongket-so-700.ttf")),
        },
    ]
});

/// The width of one line of text at a font size, in the units of that size.
///
/// `tabular` is true where the stylesheet puts “Tongket So” in front of the
/// letters: digits on one width. A letter the font lacks counts as one em, the
/// widest a fallback is likely to be.
///
/// ```
/// use tongket::site::chart::text::{Weight, width};
/// let (one, eight) = (width("111", 13.0, Weight::Regular, true), width("888", 13.0, Weight::Regular, true));
/// assert_eq!(one, eight);
/// ```
pub fn width(text: &str, size: f64, weight: Weight, tabular: bool) -> f64 {
    let faces = &FACES[weight as usize];
    let per_em = |font: &FontRef<'static>| font.units_per_em().map_or(1000.0, f64::from);
    let ems: f64 = text
        .chars()
        .map(|letter| {
            let font = if tabular && letter.is_ascii_digit() { &faces.digits } else { &faces.letters };
            let glyph = font.glyph_id(letter);
            if glyph.0 == 0 { 1.0 } else { f64::from(font.h_advance_unscaled(glyph)) / per_em(font) }
        })
        .sum();
    ems * size
}

/// The text in lines no wider than `limit`, broken at spaces (never at a
/// no-break space) and of similar length. A single word wider than the limit
/// stays whole: nothing is ever cut.
pub fn wrap(text: &str, limit: f64, measure: impl Fn(&str) -> f64) -> Vec<String> {
    // Most names fit, and measuring is most of the work of a chart.
    if measure(text) <= limit {
        return vec![text.to_owned()];
    }
    let greedy = |limit: f64| {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            match lines.last_mut() {
                Some(line) if measure(&format!("{line} {word}")) <= limit => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    };
    let lines = greedy(limit);
    if lines.len() < 2 {
        return if lines.is_empty() { vec![String::new()] } else { lines };
    }
    // The narrowest measure that needs no more lines leaves no word alone on the last one.
    let (mut narrow, mut broad) = (0.0, limit);
    while broad - narrow > 1.0 {
        let middle = (narrow + broad) / 2.0;
        let tried = greedy(middle);
        if tried.len() <= lines.len() && tried.iter().all(|line| measure(line) <= limit) {
            broad = middle;
        } else {
            narrow = middle;
        }
    }
    greedy(broad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_columns_share_one_width_and_digits_in_sentences_do_not() {
        assert_eq!(width("1", 10.0, Weight::Regular, true), 6.5);
        assert_eq!(width("1", 10.0, Weight::Regular, false), 3.85);
    }

    #[test]
    fn every_vietnamese_letter_is_in_every_weight() {
        let letters = "aàáảãạăằắẳẵặâầấẩẫậđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ…•–−“”×/%()+";
        for faces in FACES.iter() {
            for letter in letters.chars().flat_map(|letter| [letter].into_iter().chain(letter.to_uppercase())) {
                assert_ne!(faces.letters.glyph_id(letter).0, 0, "{letter}");
            }
        }
    }

    #[test]
    fn a_name_is_wrapped_into_even_lines_and_never_cut() {
        let measure = |text: &str| text.chars().count() as f64;
        assert_eq!(wrap("Hướng dẫn xóa án tích", 14.0, measure), ["Hướng dẫn", "xóa án tích"]);
        assert_eq!(wrap("Nghiêng", 3.0, measure), ["Nghiêng"]);
        assert_eq!(wrap("việc\u{a0}làm", 5.0, measure), ["việc\u{a0}làm"]);
    }
}
