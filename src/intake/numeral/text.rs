//! Numbers typed as text, in Vietnamese writing: `1.234`, `1 234`, `12 người`, `15 triệu đồng`.

use super::{Fault, LARGEST, Number, Quantity, mark, money, not_a_number, not_whole, too_large, unit};
use crate::findings::Rule;
use crate::vocabulary::number;
use crate::vocabulary::text::excerpt;

/// Reads a text as a quantity. `None`: it says that there is no figure.
pub(super) fn quantity(text: &str, expected: Quantity) -> Result<Option<Number>, Fault> {
    let typed = half_width(text);
    let typed = typed.trim_start_matches(['\'', '’']).trim();
    if mark::is_missing(typed) {
        return Ok(None);
    }
    if mark::is_nil(typed) || is_nil_of(typed, expected.unit) {
        return Ok(Some(Number { value: 0, repair: None }));
    }
    let value = value(text, typed, expected)?;
    let repair = format!("chữ “{}” đọc là {}", excerpt(text, 60), number::whole(value));
    Ok(Some(Number { value, repair: Some(repair) }))
}

fn value(text: &str, typed: &str, expected: Quantity) -> Result<i64, Fault> {
    if typed.starts_with('=') {
        return Err(Fault::new(
            Rule::FormulaWithoutValue,
            format!("Ô ghi công thức “{}” dưới dạng chữ nên không có kết quả", excerpt(text, 60)),
            "Đổi định dạng ô sang số rồi gõ thẳng kết quả",
        ));
    }
    let Some(Written { before, negative, number, after }) = Written::of(typed) else {
        let help = match mark::is_in_words(typed) {
            true => "Ghi bằng chữ số, ví dụ 12; không ghi bằng chữ",
            false => "Chỉ ghi số, phần nghìn ngăn bằng dấu chấm: 1.234 hoặc 1234; không phát sinh thì ghi 0",
        };
        return Err(not_a_number(text, help));
    };
    if mark::is_approximate(before, after) {
        return Err(Fault::new(
            Rule::ApproximateNumber,
            format!("Ô ghi “{}” là số ước chừng, cần số chính xác", excerpt(text, 60)),
            "Ghi số đúng đã chốt; nếu cả báo cáo là số ước thì chọn “Ước” ở Biểu 00",
        ));
    }
    if !before.is_empty() {
        return Err(not_a_number(text, "Chỉ ghi số trong ô; lời giải thích ghi ở cột Ghi chú"));
    }
    let scale = match after {
        "" => expected.scale,
        // The cell's own word goes before the sheet's.
        own if unit::is_own(own, expected.unit) => 1,
        unit if expected.unit == money::DONG && money::scale(unit).is_some() => money::scale(unit).unwrap_or(1),
        other => return Err(not_a_number(text, &advice(other, expected.unit))),
    };
    let sign = if negative { "-" } else { "" };
    vietnamese(number).and_then(|(units, decimals)| scaled(&format!("{sign}{units}"), decimals, scale)).map_err(|why| {
        match why {
            Why::NotWhole => not_whole(number, scale),
            Why::TooLarge => too_large(),
            Why::CommaThousands => not_a_number(
                text,
                "Dấu phẩy là dấu thập phân: nếu là phần nghìn thì ghi dấu chấm (1.234) hoặc không ghi dấu (1234)",
            ),
            Why::DotDecimal => not_a_number(
                text,
                "Dấu chấm chỉ ngăn phần nghìn (1.234), phần lẻ ghi sau dấu phẩy; ô này cần số nguyên",
            ),
            Why::NoNumber => not_a_number(text, "Chỉ ghi số, phần nghìn ngăn bằng dấu chấm: 1.234 hoặc 1234"),
        }
    })
}

/// “Không người”: nothing of the row's own unit.
fn is_nil_of(typed: &str, own: &str) -> bool {
    let part = typed.char_indices().find(|(_, c)| *c == ' ');
    part.is_some_and(|(at, _)| {
        let (nil, unit) = typed.split_at(at);
        !nil.starts_with(|c: char| mark::is_dash(c)) && mark::is_nil(nil) && unit::is_own(unit, own)
    })
}

/// What to do about the words behind a number.
fn advice(after: &str, own: &str) -> String {
    let is_note = after.contains(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ';' | ':' | '/' | '*' | '\n'));
    if after.starts_with('%') {
        "Ghi số lượng, không ghi tỷ lệ phần trăm; tỷ lệ do chương trình tính".to_owned()
    } else if is_note {
        "Mỗi ô chỉ ghi một số; phần giải thích, chi tiết ghi ở cột Ghi chú".to_owned()
    } else {
        unit::advice(after, own)
    }
}

/// A text taken apart around its first number.
struct Written<'t> {
    /// Words and signs before it.
    before: &'t str,
    /// Whether it has a minus or stands in parentheses as accountants write it.
    negative: bool,
    /// Its digits with the marks between them.
    number: &'t str,
    /// Words and signs behind it.
    after: &'t str,
}

impl<'t> Written<'t> {
    /// `None` when there is no digit.
    fn of(typed: &'t str) -> Option<Self> {
        let inside = typed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map(str::trim);
        if let Some(inside) = inside.filter(|inside| inside.starts_with(|c: char| c.is_ascii_digit()))
            && let Some(whole) = Self::of(inside).filter(|written| written.after.is_empty())
        {
            return Some(Self { negative: true, ..whole });
        }
        let start = typed.find(|c: char| c.is_ascii_digit())?;
        let is_mark = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ');
        let end = typed[start..].find(|c: char| !is_mark(c)).map_or(typed.len(), |at| start + at);
        let before = typed[..start].trim_end();
        let (before, negative) = match before.strip_suffix(mark::is_dash) {
            Some(rest) if rest.trim().is_empty() => ("", true),
            _ if before == "+" => ("", false),
            _ => (before, false),
        };
        let number = typed[start..end].trim_end();
        Some(Self { before, negative, number, after: typed[end..].trim().trim_end_matches('.') })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    NoNumber,
    NotWhole,
    TooLarge,
    CommaThousands,
    DotDecimal,
}

/// The digits of a number in Vietnamese writing: before and behind the comma.
fn vietnamese(text: &str) -> Result<(String, &str), Why> {
    let (units, decimals) = match text.split_once(',') {
        Some((units, decimals)) => (units, Some(decimals)),
        None => (text.strip_suffix('.').unwrap_or(text), None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = digits(units);
    if units.is_empty() || !(plain || is_grouped(units, '.') || is_grouped(units, ' ')) {
        let dotted = units.split_once('.').is_some_and(|(units, rest)| digits(units) && digits(rest));
        return Err(if dotted && decimals.is_none() { Why::DotDecimal } else { Why::NoNumber });
    }
    if let Some(decimals) = decimals {
        if decimals.is_empty() || !digits(decimals) {
            let english = is_grouped(text.split_once('.').map_or(text, |(units, _)| units), ',');
            return Err(if english { Why::CommaThousands } else { Why::NoNumber });
        }
        // `1,000` is one in Vietnamese writing and a thousand in English.
        if plain && units.len() <= 3 && decimals.len() == 3 {
            return Err(Why::CommaThousands);
        }
    }
    Ok((units.chars().filter(char::is_ascii_digit).collect(), decimals.unwrap_or("")))
}

/// Groups of three digits after a first one of one to three that is not `0`.
fn is_grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or("");
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && digits(group))
}

/// `units,decimals × scale` when it is whole and not too large.
fn scaled(units: &str, decimals: &str, scale: i64) -> Result<i64, Why> {
    let decimals = decimals.trim_end_matches('0');
    let digits: i128 = format!("{units}{decimals}").parse().map_err(|_| Why::TooLarge)?;
    let places = u32::try_from(decimals.len()).map_err(|_| Why::NotWhole)?;
    let divisor = 10i128.checked_pow(places).ok_or(Why::NotWhole)?;
    let product = digits.checked_mul(i128::from(scale)).ok_or(Why::TooLarge)?;
    if product % divisor != 0 {
        return Err(Why::NotWhole);
    }
    i64::try_from(product / divisor).ok().filter(|value| value.abs() < LARGEST).ok_or(Why::TooLarge)
}

/// The text with digits and marks of East Asian keyboards, and blanks of any width, as plain ones.
fn half_width(text: &str) -> String {
    let plain = |c: char| match c {
        '０'..='９' | '．' | '，' | '（' | '）' | '－' | '＋' | '％' => {
            char::from_u32(u32::from(c) - 0xfee0).expect("the full-width forms follow ASCII in its order")
        }
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(plain).collect()
}
