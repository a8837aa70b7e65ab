//! The header: the line above the name of the site, and the logo beside it. A logo that could run a
//! program or fetch anything is refused.

use std::sync::Arc;

/// What stands at the head of every page besides the name of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// A line above the name: `BAN CHỈ ĐẠO 138 TỈNH VÂN HẢI`; empty for none.
    pub text: String,
    /// The logo, when there is one.
    pub logo: Option<Logo>,
}

/// A logo that is safe to put on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its kind.
    pub format: LogoFormat,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// What it shows, for those who do not see it.
    pub alt: String,
}

/// Kinds of logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoFormat {
    /// A drawing.
    Svg,
    /// A picture.
    Png,
}

impl LogoFormat {
    /// The kind that a file name ends with.
    pub fn of(file: &str) -> Option<Self> {
        [Self::Svg, Self::Png].into_iter().find(|format| {
            let stem = file.strip_suffix(format.extension()).and_then(|stem| stem.strip_suffix('.'));
            stem.is_some_and(|stem| !stem.is_empty())
        })
    }

    /// The ending of file names.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// The largest logo in bytes: every page loads it.
pub const LARGEST: usize = 100 * 1024;
/// The longest side of a picture in pixels: shown at most 64 pixels high, on paper at 300 dots per inch.
const LONGEST: u32 = 1200;

/// What makes a drawing more than a drawing, and how it is called.
const ACTIVE: [(&str, &str); 9] = [
    ("<script", "đoạn chương trình <script>"),
    ("javascript:", "liên kết javascript:"),
    ("<foreignobject", "phần tử <foreignObject>"),
    ("<iframe", "phần tử <iframe>"),
    ("<!doctype", "khai báo <!DOCTYPE>"),
    ("<!entity", "khai báo <!ENTITY>"),
    ("<?xml-stylesheet", "khai báo xml-stylesheet"),
    ("@import", "lệnh @import"),
    ("<animate", "hiệu ứng <animate>"),
];

/// Whether bytes are a logo of their kind that may stand on every page.
///
/// # Errors
/// What is wrong and what to do, in Vietnamese.
pub fn check(format: LogoFormat, bytes: &[u8]) -> Result<(), String> {
    if bytes.len() > LARGEST {
        let (size, most) = (bytes.len().div_ceil(1024), LARGEST / 1024);
        return Err(format!("hình biểu trưng nặng {size} KiB, mọi trang đều phải tải; thu nhỏ còn dưới {most} KiB"));
    }
    match format {
        LogoFormat::Svg => drawing(bytes),
        LogoFormat::Png => picture(bytes),
    }
}

fn drawing(bytes: &[u8]) -> Result<(), String> {
    let advice = "xuất lại từ phần mềm vẽ dạng “SVG thuần” (Plain SVG), hoặc dùng tệp PNG";
    let text = std::str::from_utf8(bytes).map_err(|_| format!("hình biểu trưng không phải văn bản SVG; {advice}"))?;
    let text = text.to_lowercase();
    if !text.contains("<svg") {
        return Err(format!("hình biểu trưng không có phần tử <svg>; {advice}"));
    }
    if let Some((_, what)) = ACTIVE.iter().find(|(sign, _)| text.contains(sign)) {
        return Err(format!("hình biểu trưng có {what}, không an toàn khi đặt vào mọi trang; {advice}"));
    }
    if let Some(handler) = handler(&text) {
        return Err(format!("hình biểu trưng có thuộc tính “{handler}” chạy chương trình; {advice}"));
    }
    if let Some(address) = outside(&text) {
        return Err(format!(
            "hình biểu trưng gọi ra ngoài: “{address}”, trang phải mở được khi không có mạng; {advice}"
        ));
    }
    Ok(())
}

/// An attribute that runs a program: `onload`, `onclick`.
fn handler(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(at) = rest.find("on") {
        let before = rest[..at].chars().next_back();
        let name: &str = &rest[at..at + rest[at..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len() - at)];
        let after = rest[at + name.len()..].trim_start();
        if name.len() > 2
            && after.starts_with('=')
            && before.is_some_and(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '/'))
        {
            return Some(name);
        }
        rest = &rest[at + 2..];
    }
    None
}

/// A reference that is neither to the drawing itself nor a picture held within it.
fn outside(text: &str) -> Option<String> {
    for opening in ["href=", "src=", "url("] {
        for rest in text.split(opening).skip(1) {
            let address = rest.trim_start_matches(['"', '\'', ' ']);
            let inside = address.starts_with('#')
                || address.starts_with("data:image/png")
                || address.starts_with("data:image/jpeg");
            if !inside {
                return Some(
                    address.chars().take_while(|c| !matches!(c, '"' | '\'' | ')' | ' ' | '>')).take(60).collect(),
                );
            }
        }
    }
    None
}

fn picture(bytes: &[u8]) -> Result<(), String> {
    let sides = bytes
        .strip_prefix(b"\x89PNG\r\n\x1a\n")
        .and_then(|rest| rest.get(8..16))
        .map(|sides| sides.chunks(4).map(|side| side.iter().fold(0, |sum, byte| (sum << 8) | u32::from(*byte))));
    let Some(longest) = sides.and_then(Iterator::max) else {
        return Err("hình biểu trưng không phải tệp PNG; lưu lại dạng PNG".to_owned());
    };
    if longest > LONGEST {
        return Err(format!("hình biểu trưng dài {longest} điểm ảnh; thu nhỏ còn không quá {LONGEST}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> Result<(), String> {
        check(LogoFormat::Svg, format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>").as_bytes())
    }

    #[test]
    fn a_plain_drawing_is_taken() {
        assert_eq!(svg("<defs><path id=\"a\" d=\"M0 0\"/></defs><use href=\"#a\"/><rect fill=\"url(#b)\"/>"), Ok(()));
        assert_eq!(svg("<text font-size=\"3\" baseline-shift=\"on\">một</text>"), Ok(()));
    }

    #[test]
    fn a_drawing_that_runs_or_fetches_is_refused_with_advice() {
        for (inside, told) in [
            ("<script>alert(1)</script>", "<script>"),
            ("<rect onload = \"alert(1)\"/>", "onload"),
            ("<a href=\"javascript:alert(1)\"><rect/></a>", "javascript:"),
            ("<image href=\"https://example.org/a.png\"/>", "https://example.org/a.png"),
            ("<image xlink:href='../a.png'/>", "../a.png"),
            ("<rect fill=\"url(http://example.org/#a)\"/>", "http://example.org/#a"),
            ("<style>@import 'a.css'</style>", "@import"),
            ("<foreignObject/>", "foreignObject"),
        ] {
            let refused = svg(inside).unwrap_err();
            assert!(refused.contains(told) && refused.contains("PNG"), "{inside}: {refused}");
        }
    }

    #[test]
    fn a_picture_must_be_one_and_of_a_sensible_size() {
        let png = |side: u32| {
            [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &side.to_be_bytes(), &64u32.to_be_bytes()].concat()
        };
        assert_eq!(check(LogoFormat::Png, &png(300)), Ok(()));
        assert!(check(LogoFormat::Png, &png(4000)).unwrap_err().contains("4000"));
        assert!(check(LogoFormat::Png, b"GIF89a").unwrap_err().contains("PNG"));
        assert!(check(LogoFormat::Png, &vec![0; LARGEST + 1]).unwrap_err().contains("101 KiB"));
    }

    #[test]
    fn the_kind_is_told_by_the_end_of_the_name() {
        assert_eq!(LogoFormat::of("bieu-trung.svg"), Some(LogoFormat::Svg));
        assert_eq!(LogoFormat::of("bieu-trung.png"), Some(LogoFormat::Png));
        assert_eq!([LogoFormat::of("a.gif"), LogoFormat::of("svg"), LogoFormat::of(".svg")], [None; 3]);
    }
}
