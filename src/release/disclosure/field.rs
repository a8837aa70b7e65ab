//! Exact arithmetic on sparse rows, modulo the prime 2^61 − 1.
//!
//! Coefficients of the tables are small whole numbers, so a row that is wrongly
//! found to vanish would need the prime to divide a minor: negligible, and it
//! can only make the suppressor print what the audit then refuses.

/// 2^61 − 1.
const PRIME: u64 = (1 << 61) - 1;

/// A sparse row: columns in rising order, coefficients never 0.
pub type Row = Vec<(u32, u64)>;

/// A whole number as a residue.
fn residue(value: i64) -> u64 {
    value.rem_euclid(PRIME as i64) as u64
}

/// A row of whole coefficients; repeated columns are added.
pub fn row(terms: &[(usize, i64)]) -> Row {
    let mut terms: Vec<(u32, u64)> = terms.iter().map(|(at, c)| (*at as u32, residue(*c))).collect();
    terms.sort_unstable_by_key(|(column, _)| *column);
    terms.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = add(kept.1, next.1);
        }
        same
    });
    terms.retain(|(_, coefficient)| *coefficient != 0);
    terms
}

/// The sum of two residues.
fn add(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= PRIME { sum - PRIME } else { sum }
}

/// The product of two residues.
fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    add((product as u64) & PRIME, (product >> 61) as u64)
}

/// The inverse of a residue other than 0 (Fermat).
fn inverse(mut base: u64) -> u64 {
    let (mut exponent, mut result) = (PRIME - 2, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}

/// The coefficient of a column; 0 when the row does not have it.
pub fn coefficient(row: &Row, column: u32) -> u64 {
    row.binary_search_by_key(&column, |(at, _)| *at).map_or(0, |at| row[at].1)
}

/// The row divided by the coefficient of a column it has.
pub fn normalised(row: Row, column: u32) -> Row {
    match coefficient(&row, column) {
        1 => row,
        lead => {
            let factor = inverse(lead);
            row.into_iter().map(|(at, c)| (at, multiply(c, factor))).collect()
        }
    }
}

/// `row − factor × other`.
pub fn minus(row: &Row, factor: u64, other: &Row) -> Row {
    let negative = PRIME - factor;
    let mut result = Vec::with_capacity(row.len() + other.len());
    let (mut left, mut right) = (row.iter().peekable(), other.iter().peekable());
    loop {
        match (left.peek(), right.peek()) {
            (Some(&&(a, x)), Some(&&(b, _))) if a < b => {
                result.push((a, x));
                left.next();
            }
            (Some(&&(a, x)), Some(&&(b, y))) if a == b => {
                let sum = add(x, multiply(negative, y));
                if sum != 0 {
                    result.push((a, sum));
                }
                left.next();
                right.next();
            }
            (_, Some(&&(b, y))) => {
                result.push((b, multiply(negative, y)));
                right.next();
            }
            (Some(&&term), None) => {
                result.push(term);
                left.next();
            }
            (None, None) => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_less_itself_vanishes_whatever_the_scale() {
        let three = row(&[(4, 3), (1, -6), (9, 12)]);
        let one = normalised(three.clone(), 4);
        assert_eq!(one, row(&[(1, -2), (4, 1), (9, 4)]));
        assert_eq!(minus(&three, 3, &one), Row::new());
    }

    #[test]
    fn repeated_columns_are_added_and_zeros_are_not_kept() {
        assert_eq!(row(&[(2, 1), (2, -1), (5, 7)]), row(&[(5, 7)]));
    }
}
