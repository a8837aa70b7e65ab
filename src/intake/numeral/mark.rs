//! Words and signs in place of a number: nothing happened, nothing is known, or only about so many.
//!
//! The three are never confused: what is known to be nothing is 0, what is not
//! known is missing, and what is known only roughly is refused.

use crate::vocabulary::text::plain_key;

/// Whether a text stands for zero: a dash, “Không”, “KPS” (không phát sinh), “0 có”.
///
/// A dash is an answer: the commune looked and had none. A blank is not.
pub(super) fn is_nil(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "khong",
        "khong co",
        "khong phat sinh",
        "khong co phat sinh",
        "khong co truong hop nao",
        "khong truong hop nao",
        "chua phat sinh",
        "kps",
        "k.p.s",
        "kp sinh",
        "ko",
        "ko co",
        "k co",
        "0 co",
        "0 phat sinh",
    ];
    text.chars().all(|c| is_dash(c) || c == ' ') || WORDS.contains(&key(text).as_str())
}

/// Whether a text says that there is no figure: `…`, `x`, “chưa có số liệu”, “chưa thống kê”.
pub(super) fn is_missing(text: &str) -> bool {
    is_filler(text) || ["x", "?", "n/a", "na"].contains(&key(text).as_str()) || is_not_yet(text)
}

/// Whether a text says that the figure is still to come.
pub(super) fn is_not_yet(text: &str) -> bool {
    const STATES: &[&str] = &["chua", "dang", "khong"];
    const WORDS: &[&str] =
        &["co so lieu", "thong ke", "thong ke duoc", "tong hop", "cap nhat", "bao cao", "ro", "nam duoc", "nhan duoc"];
    let key = key(text);
    let Some((state, rest)) = key.split_once(' ') else { return key == "chua" };
    (STATES.contains(&state) && WORDS.contains(&rest))
        || ["chua co", "chua co bao cao", "bo sung sau", "cap nhat sau", "bao cao sau"].contains(&key.as_str())
}

/// Dots and underscores left from a printed form.
pub(super) fn is_filler(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '.' | '…' | '_' | ' '))
}

/// Hyphens and dashes of every length, and the minus.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '−' | '－')
}

/// Whether what stands `before` or `after` a number makes it an approximation: `~20`, `trên 20`, `20–25`, `20+`.
pub(super) fn is_approximate(before: &str, after: &str) -> bool {
    const BEFORE: &[&str] = &[
        "khoang", "tren", "gan", "hon", "duoi", "xap", "chung", "den", "uoc", "tu", "toi", "it", "ngot", "qua", "vai",
    ];
    let key = plain_key(before);
    if before.contains(['~', '≈', '±', '>', '<', '≥', '≤', '∼', '～'])
        || key.split(' ').any(|word| BEFORE.contains(&word))
    {
        return true;
    }
    let key = plain_key(after);
    let rest = after.trim_start();
    let second = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    rest.starts_with(['+', '±'])
        || rest.strip_prefix(is_dash).or(rest.strip_prefix('÷')).is_some_and(second)
        || ["den ", "toi ", "hoac "].iter().any(|word| key.strip_prefix(word).is_some_and(second))
        || ["tro len", "tro xuong", "hon"].iter().any(|words| key == *words || key.ends_with(&format!(" {words}")))
}

/// Whether a text is a number written out: “mười hai”, “hai trăm linh năm”.
pub(super) fn is_in_words(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "mot", "hai", "ba", "bon", "tu", "nam", "lam", "sau", "bay", "tam", "chin", "muoi", "tram", "nghin", "ngan",
        "trieu", "ty", "linh", "le", "ruoi",
    ];
    let key = key(text);
    key.split(' ').next().is_some_and(|first| WORDS.contains(&first))
        && key.split(' ').filter(|word| !WORDS.contains(word)).count() <= 1
}

fn key(text: &str) -> String {
    let key = plain_key(text);
    key.trim_matches(['.', '(', ')', '!', ',', ';', ':', ' ', '/']).to_owned()
}
