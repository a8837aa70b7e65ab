//! Heat: which of five tints a value has among the values of its column.
//!
//! Meaning: five bands of equal width from the lowest to the highest value;
//! band 5, the darkest, is the end to look at: the lower one where higher is
//! better, else the higher one. A tint says how far apart values are, not that
//! they differ beyond chance. The table itself is HTML: each cell has its number.
//!
//! Absence: no band. Nor has a column of fewer than [`FEWEST`] values, or of
//! equal ones.

use super::Value;

/// Fewer values than this are not coloured: one would stand out whatever it is.
pub const FEWEST: usize = 5;

/// The bands of a column, 1 to 5; `low` says that the lower end is the one to look at.
pub fn bands(values: &[Value], low: bool) -> Vec<Option<u8>> {
    let known: Vec<f64> = values.iter().filter_map(|value| value.known()).collect();
    let least = known.iter().copied().fold(f64::INFINITY, f64::min);
    let most = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if known.len() < FEWEST || most <= least {
        return vec![None; values.len()];
    }
    let band = |value: f64| {
        let up = ((value - least) / (most - least) * 5.0).floor().clamp(0.0, 4.0) as u8;
        if low { 5 - up } else { 1 + up }
    };
    values.iter().map(|value| value.known().map(band)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_to_look_at_is_the_darkest() {
        let values = [0.0, 10.0, 25.0, 50.0, 100.0].map(Value::At);
        assert_eq!(bands(&values, false), [1, 1, 2, 3, 5].map(Some));
        assert_eq!(bands(&values, true), [5, 5, 4, 3, 1].map(Some));
    }

    #[test]
    fn absences_few_values_and_equal_values_have_no_tint() {
        let mut values = vec![Value::At(1.0), Value::Hidden, Value::Missing, Value::At(2.0), Value::At(3.0)];
        assert_eq!(bands(&values, false), vec![None; 5], "three values are too few");
        values.extend([Value::At(3.0), Value::At(3.0)]);
        assert_eq!(bands(&values, false)[1..3], [None, None]);
        assert_eq!(bands(&[Value::At(7.0); 6], true), vec![None; 6]);
    }
}
