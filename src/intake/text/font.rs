//! What the name of a font says about the text under it: evidence, not proof.

use super::letters::Encoding;

/// What a font was made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Font {
    /// Unicode, or nothing is known.
    #[default]
    Plain,
    /// TCVN3 (ABC).
    Tcvn3,
    /// TCVN3, drawn in capitals whatever was typed.
    Tcvn3Capitals,
    /// VNI.
    Vni,
}

impl Font {
    /// What a font of this name was made for. Names are spelt with and without
    /// the dot, in any case, with blanks around them.
    ///
    /// ```
    /// use tongket::intake::text::Font;
    /// assert_eq!(Font::named(".VnTime "), Font::Tcvn3);
    /// assert_eq!(Font::named(".VnTimeh"), Font::Tcvn3Capitals);
    /// assert_eq!(Font::named("vni-times"), Font::Vni);
    /// assert_eq!(Font::named("Times New Roman"), Font::Plain);
    /// ```
    pub fn named(name: &str) -> Self {
        let name = name.trim().to_ascii_lowercase();
        let bare = name.strip_prefix('.').unwrap_or(&name);
        let Some(rest) = bare.strip_prefix("vn") else { return Self::Plain };
        if rest.starts_with('i') && !name.starts_with('.') {
            Self::Vni
        } else if rest.starts_with('-') || bare == "vnstcvn3" {
            // Seen over text of either encoding.
            Self::Plain
        } else if rest.ends_with('h') {
            Self::Tcvn3Capitals
        } else {
            Self::Tcvn3
        }
    }

    /// The encoding it was made for; none for Unicode.
    pub fn encoding(self) -> Option<Encoding> {
        match self {
            Self::Plain => None,
            Self::Tcvn3 | Self::Tcvn3Capitals => Some(Encoding::Tcvn3),
            Self::Vni => Some(Encoding::Vni),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_font_is_known_for_what_it_is() {
        let list = include_str!("../../../assets/legacy-encodings/fonts.csv");
        let mut rows = 0;
        for line in list.lines().skip(1) {
            let (name, rest) = line.split_once(',').unwrap();
            let expected = match rest.split(',').next().unwrap() {
                "tcvn3" => Font::Tcvn3,
                "tcvn3-upper" => Font::Tcvn3Capitals,
                "vni" => Font::Vni,
                "unicode" | "unknown" => Font::Plain,
                other => panic!("{other}"),
            };
            assert_eq!(Font::named(name), expected, "{name}");
            rows += 1;
        }
        assert_eq!(rows, 154);
    }
}
