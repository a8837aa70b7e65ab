//! Text as it was meant: composed Unicode out of whatever was typed, with a log of what was done.
//!
//! ```text
//! unicode    composed letters, nothing invisible        every text, as it is taken
//! syllable   what can be a Vietnamese word
//! letters    TCVN3 and VNI, letter by letter            data: assets/legacy-encodings
//! font       what a font name says
//! words      one text: what each word says in each encoding
//! legacy     which of them is meant
//! sheets     a workbook: what one text leaves open, the others of its sheet decide
//! ```
//!
//! Names are compared elsewhere (`vocabulary::text`); what numbers mean is the business of `numeral`.

mod font;
mod legacy;
mod letters;
mod sheets;
mod syllable;
mod unicode;
mod words;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use font::Font;
pub use letters::Encoding;
pub use sheets::{Fonts, repair};
pub use unicode::clean;

/// Something done to a text so that it reads as people see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Repair {
    /// Read from TCVN3 (ABC).
    Tcvn3,
    /// Read from VNI.
    Vni,
    /// Accents typed as characters of their own were joined to their letters.
    Composed,
    /// Letters of other languages that look like Vietnamese ones were replaced.
    LookAlike,
    /// Invisible and control characters were taken away.
    Invisible,
    /// Blanks of another kind became plain blanks.
    Blank,
    /// Bullets of symbol fonts were taken away.
    Bullet,
}

impl Repair {
    /// Every repair, the gravest first.
    pub const ALL: [Self; 7] =
        [Self::Tcvn3, Self::Vni, Self::Composed, Self::LookAlike, Self::Invisible, Self::Blank, Self::Bullet];

    /// What was done, in Vietnamese, to stand after “đã”.
    pub fn words(self) -> &'static str {
        match self {
            Self::Tcvn3 => "chuyển từ bảng mã TCVN3 (ABC)",
            Self::Vni => "chuyển từ bảng mã VNI",
            Self::Composed => "ghép dấu rời",
            Self::LookAlike => "thay chữ nước ngoài giống chữ Việt",
            Self::Invisible => "bỏ ký tự ẩn",
            Self::Blank => "thay dấu cách đặc biệt",
            Self::Bullet => "bỏ ký hiệu đầu dòng",
        }
    }
}

/// The repairs of one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repairs(u8);

impl Repairs {
    /// Adds a repair.
    pub fn add(&mut self, repair: Repair) {
        self.0 |= 1 << repair as u8;
    }

    /// The repairs, the gravest first.
    pub fn iter(self) -> impl Iterator<Item = Repair> {
        Repair::ALL.into_iter().filter(move |repair| self.0 & (1 << *repair as u8) != 0)
    }
}
