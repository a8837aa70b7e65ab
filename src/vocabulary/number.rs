//! How numbers are written for Vietnamese readers: the one formatter.
//!
//! All rounding happens here, once, from exact integers, half away from zero
//! (`numbers.md`; statistics report section 5.1). Nothing is ever rounded twice.

/// A whole number with its thousands parted: `1.234.567`, `−12`.
///
/// ```
/// assert_eq!(tongket::vocabulary::number::whole(1_234_567), "1.234.567");
/// ```
pub fn whole(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 3);
    if value < 0 {
        text.push('−');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// `numerator × scale ÷ denominator`, rounded half away from zero to
/// `decimals` places, as a decimal number times 10^`decimals`. `None` when the denominator is 0.
///
/// ```
/// // 1/16 as a percentage with one decimal: 6.25 rounds to 6.3, given as 63.
/// assert_eq!(tongket::vocabulary::number::rounded(1, 16, 100, 1), Some(63));
/// ```
pub fn rounded(numerator: i64, denominator: i64, scale: i64, decimals: u32) -> Option<i64> {
    if denominator == 0 {
        return None;
    }
    let scaled = i128::from(numerator) * i128::from(scale) * 10i128.pow(decimals);
    let negative = (scaled < 0) != (denominator < 0);
    let (scaled, denominator) = (scaled.unsigned_abs(), u128::from(denominator.unsigned_abs()));
    let magnitude = i64::try_from((2 * scaled + denominator) / (2 * denominator)).ok()?;
    Some(if negative { -magnitude } else { magnitude })
}

/// A fixed-point number (`value ÷ 10^decimals`) with decimal comma: `fixed(-63, 1)` is `−6,3`.
pub fn fixed(value: i64, decimals: u32) -> String {
    if decimals == 0 {
        return whole(value);
    }
    let unit = 10u64.pow(decimals);
    let magnitude = value.unsigned_abs();
    let sign = if value < 0 { "−" } else { "" };
    let (units, rest) = (magnitude / unit, magnitude % unit);
    format!("{sign}{},{rest:0width$}", whole(units as i64), width = decimals as usize)
}

/// A ratio as a percentage with one decimal and no sign: `76,3`. `None` when there is nothing to divide by.
pub fn percent(numerator: i64, denominator: i64) -> Option<String> {
    rounded(numerator, denominator, 100, 1).map(|value| fixed(value, 1))
}

/// An estimate (a limit, a slope, a shrunken rate) with so many decimals. Estimates are no figures: they
/// are computed in floating point and only ever written, never summed.
///
/// ```
/// assert_eq!(tongket::vocabulary::number::estimate(47.093, 2), "47,09");
/// ```
pub fn estimate(value: f64, decimals: u32) -> String {
    fixed((value * 10f64.powi(decimals as i32)).round() as i64, decimals)
}

/// The change from one ratio to another in percentage points times ten, rounded once.
/// `None` when either has no denominator.
pub fn point_change(now: (i64, i64), before: (i64, i64)) -> Option<i64> {
    let numerator = i128::from(now.0) * i128::from(before.1) - i128::from(before.0) * i128::from(now.1);
    let denominator = i128::from(now.1) * i128::from(before.1);
    if denominator == 0 {
        return None;
    }
    let scaled = numerator * 1000;
    let negative = (scaled < 0) != (denominator < 0);
    let (scaled, denominator) = (scaled.unsigned_abs(), denominator.unsigned_abs());
    let magnitude = i64::try_from((2 * scaled + denominator) / (2 * denominator)).ok()?;
    Some(if negative { -magnitude } else { magnitude })
}

/// A number with an explicit plus or minus, for changes: `+3`, `−1,2`, `0`.
pub fn signed(value: i64, decimals: u32) -> String {
    if value > 0 { format!("+{}", fixed(value, decimals)) } else { fixed(value, decimals) }
}

/// An amount of whole đồng in the unit a reader expects: `42,3 tỷ đồng`, `850 triệu đồng`, `500.000 đồng`.
pub fn money(dong: i64) -> String {
    let trimmed = |value: i64| {
        let text = fixed(value, 1);
        text.strip_suffix(",0").map(str::to_owned).unwrap_or(text)
    };
    match dong.unsigned_abs() {
        0..1_000_000 => format!("{} đồng", whole(dong)),
        1_000_000..1_000_000_000 => {
            format!("{} triệu đồng", trimmed(rounded(dong, 1_000_000, 1, 1).expect("a million is not zero")))
        }
        _ => format!("{} tỷ đồng", trimmed(rounded(dong, 1_000_000_000, 1, 1).expect("a billion is not zero"))),
    }
}

/// `22/24` with its share: `22/24 xã (91,7%)`. Only the count when nothing is due.
pub fn coverage(reported: u32, due: u32, noun: &str) -> String {
    match percent(i64::from(reported), i64::from(due)) {
        Some(share) => format!("{reported}/{due} {noun} ({share}%)"),
        None => format!("{reported}/{due} {noun}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_round_half_away_from_zero_once() {
        assert_eq!(percent(2, 37).as_deref(), Some("5,4"));
        assert_eq!(percent(1, 16).as_deref(), Some("6,3"));
        assert_eq!(percent(-1, 16).as_deref(), Some("−6,3"));
        assert_eq!(percent(1, 0), None);
    }

    #[test]
    fn a_negative_that_rounds_to_zero_has_no_sign() {
        assert_eq!(percent(-1, 100_000).as_deref(), Some("0,0"));
        assert_eq!(signed(0, 1), "0,0");
    }

    #[test]
    fn point_changes_are_rounded_from_exact_fractions() {
        // 58/72 − 45/60 = 5.5555… points
        assert_eq!(point_change((58, 72), (45, 60)), Some(56));
        assert_eq!(point_change((58, 72), (0, 0)), None);
    }

    #[test]
    fn money_is_told_in_the_unit_a_reader_expects() {
        assert_eq!(money(42_345_000_000), "42,3 tỷ đồng");
        assert_eq!(money(850_000_000), "850 triệu đồng");
        assert_eq!(money(500_000), "500.000 đồng");
        assert_eq!(money(0), "0 đồng");
    }
}
