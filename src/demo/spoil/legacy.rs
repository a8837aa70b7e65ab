//! Vietnamese text as old and careless programs leave it: TCVN3, VNI, decomposed, with invisible characters.
//!
//! The tables are those of the fonts (shared reference data on legacy encodings, checked on 6,925
//! cells of real files), read the other way round from `intake::legacy_text`.

use unicode_normalization::UnicodeNormalization;

/// Each letter with its byte under `.Vn*` fonts. Capitals with a tone have none: the fonts `.Vn*H` draw them.
const TCVN3: &str = "Ă¡Â¢Ê£Ô¤Ơ¥Ư¦Đ§ă¨â©êªô«ơ¬ư\u{ad}đ®àµả¶ã·á¸ạ¹ằ»ẳ¼ẵ½ắ¾ặÆầÇẩÈẫÉấÊậËèÌẻÎẽÏéÐẹÑềÒểÓễÔếÕệÖì×ỉØĩÜíÝịÞ\
    òßỏáõâóãọäồåổæỗçốèộéờêởëỡìớíợîùïủñũòúóụôừõửöữ÷ứøựùỳúỷûỹüýýỵþ";

/// Letters with one character of their own in VNI.
const VNI_ALONE: &str = "ỈÆÌÌÍÍỴÎĐÑỊÒĨÓƠÔƯÖỉæììííỵîđñịòĩóơôưö";

/// The mark that VNI writes behind a letter: for a tone alone, and for the letters â ê ô, ă.
const VNI_MARKS: &[(&str, &str)] = &[
    ("\u{302}\u{300}", "à"),
    ("\u{302}\u{301}", "á"),
    ("\u{302}\u{303}", "ã"),
    ("\u{302}\u{323}", "ä"),
    ("\u{302}\u{309}", "å"),
    ("\u{302}", "â"),
    ("\u{306}\u{300}", "è"),
    ("\u{306}\u{301}", "é"),
    ("\u{306}\u{323}", "ë"),
    ("\u{306}\u{309}", "ú"),
    ("\u{306}\u{303}", "ü"),
    ("\u{306}", "ê"),
    ("\u{300}", "ø"),
    ("\u{301}", "ù"),
    ("\u{303}", "õ"),
    ("\u{309}", "û"),
    ("\u{323}", "ï"),
];

/// The text in TCVN3. A capital with a tone becomes the small letter, as people typed it.
pub fn tcvn3(text: &str) -> String {
    text.nfc().map(|c| find(TCVN3, c).or_else(|| find(TCVN3, lower(c))).unwrap_or(c)).collect()
}

/// The text in TCVN3 as it is typed under a font of capitals: all small.
pub fn tcvn3_small(text: &str) -> String {
    tcvn3(&text.to_lowercase())
}

/// The text in VNI.
pub fn vni(text: &str) -> String {
    let mut typed = String::new();
    for c in text.nfc() {
        if let Some(alone) = find(VNI_ALONE, c) {
            typed.push(alone);
            continue;
        }
        let parts: String = std::iter::once(c).nfd().collect();
        let mut marks: Vec<char> = parts.chars().skip(1).collect();
        let Some(base) = parts.chars().next().filter(|base| base.is_ascii_alphabetic() && !marks.is_empty()) else {
            typed.push(c);
            continue;
        };
        // ơ and ư are letters of their own; what else stands above comes before the tone.
        let horned = marks.iter().position(|mark| *mark == '\u{31b}');
        let base = match horned {
            Some(at) => {
                marks.remove(at);
                let with_horn: String = [base, '\u{31b}'].iter().collect::<String>().nfc().collect();
                find(VNI_ALONE, with_horn.chars().next().expect("a letter")).expect("ơ and ư are in the table")
            }
            None => base,
        };
        marks.sort_by_key(|mark| !matches!(mark, '\u{302}' | '\u{306}'));
        let marks: String = marks.into_iter().collect();
        let mark = VNI_MARKS.iter().find(|(known, _)| *known == marks).map_or("", |(_, mark)| *mark);
        typed.push(base);
        typed.push_str(&if c.is_uppercase() { mark.to_uppercase() } else { mark.to_owned() });
    }
    typed
}

/// Every second word in TCVN3, the others in Unicode: what a conversion that stopped half way leaves.
pub fn half_tcvn3(text: &str) -> String {
    let words: Vec<String> =
        text.split(' ').zip(0..).map(|(word, at)| if at % 2 == 0 { tcvn3(word) } else { word.to_owned() }).collect();
    words.join(" ")
}

/// Letters and marks apart (NFD), as macOS and some converters write.
pub fn decomposed(text: &str) -> String {
    text.nfd().collect()
}

/// The letter composed, its tone apart: `ê` and U+0301.
pub fn half_composed(text: &str) -> String {
    let tones = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut typed = String::new();
    for c in text.nfc() {
        let parts: Vec<char> = std::iter::once(c).nfd().collect();
        let tone = parts.iter().copied().find(|part| tones.contains(part));
        typed.extend(parts.into_iter().filter(|part| !tones.contains(part)).nfc());
        typed.extend(tone);
    }
    typed
}

/// No-break blanks between the words, a zero-width blank and a byte order mark around them, a mark of direction inside.
pub fn invisible(text: &str) -> String {
    format!("\u{feff}{}\u{200b}\u{200e}", text.replace(' ', "\u{a0}"))
}

/// Letters of other alphabets that look alike: Ð for Đ, ƣ for ư.
pub fn lookalike(text: &str) -> String {
    text.replace('Đ', "Ð").replace('ư', "ƣ")
}

/// Without any diacritics.
pub fn accentless(text: &str) -> String {
    text.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            c => c,
        })
        .collect()
}

/// The second of the pair that begins with this letter.
fn find(pairs: &str, letter: char) -> Option<char> {
    let mut chars = pairs.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from == letter {
            return Some(to);
        }
    }
    None
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_real_files_hold_them() {
        assert_eq!(tcvn3("Chế độ trợ cấp"), "ChÕ ®é trî cÊp");
        assert_eq!(tcvn3("Ngân sách nhà nước"), "Ng©n s¸ch nhµ n\u{ad}íc");
        assert_eq!(tcvn3_small("TỔ CHỨC TÍN DỤNG"), "tæ chøc tÝn dông");
        assert_eq!(
            vni("Kính gửi: Ban Quản lý các Khu công nghiệp Đồng Nai"),
            "Kính göûi: Ban Quaûn lyù caùc Khu coâng nghieäp Ñoàng Nai"
        );
        assert_eq!(vni("THÀNH PHỐ HỒ CHÍ MINH"), "THAØNH PHOÁ HOÀ CHÍ MINH");
        assert_eq!(vni("xã ,phường, thị trấn"), "xaõ ,phöôøng, thò traán");
        assert_eq!(half_tcvn3("quận Tân Bình"), "quËn Tân B×nh");
    }

    #[test]
    fn nothing_is_lost_where_only_the_form_changes() {
        let text = "Số người thuộc diện quản lý, Đặc khu";
        for typed in [decomposed(text), half_composed(text)] {
            assert_ne!(typed, text);
            assert_eq!(typed.nfc().collect::<String>(), text);
        }
        assert_eq!(accentless(text), "So nguoi thuoc dien quan ly, Dac khu");
    }
}
