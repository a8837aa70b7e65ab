//! The letters of TCVN3 (ABC) and VNI, as they stand in a workbook: bytes seen as Windows-1252.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// An encoding of Vietnamese from before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// TCVN 5712-3, as typed for ABC and the `.Vn…` fonts.
    Tcvn3,
    /// VNI for Windows.
    Vni,
}

/// Sequences of one or two characters and the letters they mean.
struct Letters {
    tcvn3: BTreeMap<char, char>,
    vni: BTreeMap<(char, Option<char>), char>,
}

/// Rows of encoding, code points and letter; provenance beside the file.
const TABLE: &str = include_str!("../../../assets/legacy-encodings/letters.csv");

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let mut letters = Letters { tcvn3: BTreeMap::new(), vni: BTreeMap::new() };
    for (encoding, source, target) in rows() {
        let mut source = source.into_iter();
        let first = source.next().expect("every row has a sequence");
        match encoding {
            "tcvn3" => drop(letters.tcvn3.insert(first, target)),
            "vni" | "vni-alt" => drop(letters.vni.insert((first, source.next()), target)),
            // The same letters in capitals: `capitals` makes them.
            _ => {}
        }
    }
    letters
});

fn rows() -> impl Iterator<Item = (&'static str, Vec<char>, char)> {
    let point = |point: &str| char::from_u32(u32::from_str_radix(point.strip_prefix("U+")?, 16).ok()?);
    TABLE.lines().skip(1).map(move |line| {
        let mut fields = line.split(',');
        let mut field = || fields.next().expect("every row has three fields");
        let (encoding, source, target) = (field(), field(), field());
        let source = source.split(' ').map(|it| point(it).expect("code points are written U+XXXX")).collect();
        (encoding, source, target.chars().next().expect("every row has a letter"))
    })
}

impl Encoding {
    /// The word read in this encoding; letters that Unicode alone has stay,
    /// since half of a word may have been typed in it. None when it holds a
    /// character that text in this encoding never holds.
    pub fn read(self, word: &str) -> Option<String> {
        let foreign = |c: char| matches!(c, '\u{a1}'..='\u{ff}');
        match self {
            Self::Tcvn3 => {
                let letter = |c| LETTERS.tcvn3.get(&c).copied().or((!foreign(c)).then_some(c));
                word.chars().map(letter).collect()
            }
            Self::Vni => {
                let mut read = String::with_capacity(word.len());
                let mut rest = word.chars().peekable();
                while let Some(c) = rest.next() {
                    let pair = rest.peek().and_then(|mark| LETTERS.vni.get(&(c, Some(*mark))));
                    let letter = match pair {
                        Some(letter) => {
                            rest.next();
                            *letter
                        }
                        None => *LETTERS.vni.get(&(c, None)).or((!foreign(c)).then_some(&c))?,
                    };
                    read.push(letter);
                }
                Some(read)
            }
        }
    }
}

/// Whether a character that is no letter in Unicode is one in TCVN3: `©` is “â”.
pub fn is_sign(c: char) -> bool {
    !c.is_alphabetic() && LETTERS.tcvn3.contains_key(&c)
}

/// Whether a character of Latin-1 stands in Vietnamese Unicode text.
pub fn is_vietnamese_latin(c: char) -> bool {
    "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_reads_as_it_says() {
        let mut count = 0;
        for (encoding, source, target) in rows() {
            let source: String = source.into_iter().collect();
            let read = match encoding {
                "tcvn3" => Encoding::Tcvn3.read(&source),
                "tcvn3-upper" => Encoding::Tcvn3.read(&source).map(|text| text.to_uppercase()),
                "vni" | "vni-alt" => Encoding::Vni.read(&source),
                other => panic!("{other}"),
            };
            assert_eq!(read, Some(target.to_string()), "{encoding} {source:?}");
            count += 1;
        }
        assert_eq!(count, 288);
    }

    #[test]
    fn a_character_of_neither_table_is_not_read() {
        assert_eq!(Encoding::Tcvn3.read("vÂ²"), None);
        assert_eq!(Encoding::Tcvn3.read("và"), None);
        assert_eq!(Encoding::Vni.read("M¸y"), None);
        assert_eq!(Encoding::Tcvn3.read("®ịnh").as_deref(), Some("định"));
    }
}
