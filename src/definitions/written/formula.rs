//! Formulas as definition authors write them: sums of rows with whole coefficients.
//!
//! `thn.quan_ly_dau_ky + thn.tiep_nhan - thn.dua_ra`, `4 × thn.to_giup_do`,
//! `previous(thn.quan_ly_cuoi_ky)`; `0` is the empty sum. Which functions there are, and what they
//! mean, is the caller's business.

/// One term of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenTerm<'a> {
    /// Factor with its sign, not 0.
    pub coefficient: i64,
    /// The function around the row.
    pub function: Option<&'a str>,
    /// The code of the row.
    pub code: &'a str,
}

/// The terms of a formula, or what is wrong with it, in Vietnamese.
pub fn terms<'a>(text: &'a str, functions: &[&str]) -> Result<Vec<WrittenTerm<'a>>, String> {
    if text.trim() == "0" {
        return Ok(Vec::new());
    }
    let mut rest = text.trim_start();
    let mut terms = Vec::new();
    loop {
        let signed = rest.strip_prefix(['-', '−']).map(|after| (-1, after));
        let signed = signed.or_else(|| rest.strip_prefix('+').map(|after| (1, after)));
        let (sign, after) = match signed {
            Some(signed) => signed,
            None if terms.is_empty() => (1, rest),
            None => return Err(wrong(text, &format!("giữa hai số hạng cần dấu + hoặc −, không phải “{rest}”"))),
        };
        let (term, after) = term(sign, after.trim_start(), functions).map_err(|why| wrong(text, &why))?;
        terms.push(term);
        rest = after.trim_start();
        if rest.is_empty() {
            return Ok(terms);
        }
    }
}

/// The term that `text` begins with, and what follows it.
fn term<'a>(sign: i64, text: &'a str, functions: &[&str]) -> Result<(WrittenTerm<'a>, &'a str), String> {
    let (digits, after) = leading(text, |c| c.is_ascii_digit() || c == '_');
    let (factor, text) = match (digits, after.trim_start().strip_prefix(['×', '*'])) {
        ("", _) => (1, text),
        (_, Some(after)) => {
            let factor: i64 = digits.replace('_', "").parse().map_err(|_| format!("hệ số {digits} quá lớn"))?;
            (factor, after.trim_start())
        }
        (_, None) => return Err(format!("sau hệ số {digits} cần dấu × rồi mã số")),
    };
    if factor == 0 {
        return Err("hệ số không được bằng 0".to_owned());
    }
    let (word, after) = leading(text, |c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
    if word.is_empty() {
        return Err(format!("cần một mã số như thn.tiep_nhan, không phải “{text}”"));
    }
    let coefficient = sign * factor;
    let Some(inside) = after.strip_prefix('(') else {
        return Ok((WrittenTerm { coefficient, function: None, code: word }, after));
    };
    if !functions.contains(&word) {
        return Err(format!("không có hàm “{word}”; được dùng: {}", functions.join(", ")));
    }
    let (code, after) = inside.split_once(')').ok_or_else(|| format!("thiếu dấu ) sau {word}("))?;
    Ok((WrittenTerm { coefficient, function: Some(word), code: code.trim() }, after))
}

/// The longest beginning of such characters, and the rest.
fn leading(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

fn wrong(formula: &str, why: &str) -> String {
    format!("công thức “{formula}” viết sai: {why}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(coefficient: i64, function: Option<&'static str>, code: &'static str) -> WrittenTerm<'static> {
        WrittenTerm { coefficient, function, code }
    }

    #[test]
    fn a_formula_is_a_sum_with_signs_factors_and_functions() {
        assert_eq!(
            terms("a.b - 4 × a.c + 1_000_000*a.d − previous(a.e)", &["previous"]),
            Ok(vec![
                term(1, None, "a.b"),
                term(-4, None, "a.c"),
                term(1_000_000, None, "a.d"),
                term(-1, Some("previous"), "a.e"),
            ])
        );
        assert_eq!(terms("- a.b", &[]), Ok(vec![term(-1, None, "a.b")]));
        assert_eq!(terms("0", &[]), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_formula_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", "cần một mã số"),
            ("a.b a.c", "dấu + hoặc −"),
            ("4 a.b", "cần dấu ×"),
            ("0 × a.b", "bằng 0"),
            ("a.b +", "cần một mã số"),
            ("sum(a.b)", "được dùng: previous"),
            ("previous(a.b", "thiếu dấu )"),
        ] {
            let message = terms(text, &["previous"]).unwrap_err();
            assert!(message.contains(reason), "{text}: {message}");
        }
    }
}
