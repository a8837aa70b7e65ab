//! What a reader has: cells of which some are printed, and relations that always hold between them.

/// Cells and relations. Values are whole numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct System {
    /// The cells, known by their position.
    pub cells: Vec<Cell>,
    /// What holds between them.
    pub relations: Vec<Relation>,
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The value, where it is printed.
    pub printed: Option<i64>,
    /// The least value it can have; a count is never negative. `None` for what may be anything.
    pub least: Option<i64>,
}

/// `Σ coefficient × cell = constant`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Cells, by position, with their coefficients.
    pub terms: Vec<(usize, i64)>,
    /// What they add up to.
    pub constant: i64,
}

impl Relation {
    /// The terms over hidden cells, and what they add up to given the printed ones.
    pub(super) fn over_hidden(&self, cells: &[Cell]) -> (Vec<(usize, i64)>, i64) {
        let mut constant = self.constant;
        let mut hidden = Vec::new();
        for (cell, coefficient) in &self.terms {
            match cells[*cell].printed {
                Some(value) => constant -= coefficient * value,
                None => hidden.push((*cell, *coefficient)),
            }
        }
        (hidden, constant)
    }
}
