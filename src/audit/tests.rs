//! Small tables of which every alternative can be listed: what the audit says of them is what the list says.

use proptest::prelude::*;

use crate::audit::exchange::Field;
use crate::release::attack::{Bounds, Equation, Knowledge, extent};

/// A table of 3 × 3 with its margins: cells by row, and which numbers are printed.
#[derive(Clone, Debug)]
struct Small {
    cells: Vec<i64>,
    printed: Vec<bool>,
    margins: Vec<bool>,
}

const SIDE: usize = 3;

fn small() -> impl Strategy<Value = Small> {
    let flags = |count| proptest::collection::vec(any::<bool>(), count);
    (proptest::collection::vec(0i64..4, SIDE * SIDE), flags(SIDE * SIDE), flags(2 * SIDE))
        // A margin is printed in three of four tables, or there would be nothing to attack.
        .prop_map(|(cells, printed, hidden)| Small { cells, printed, margins: hidden.iter().map(|h| !h).collect() })
}

impl Small {
    /// The whole is always printed, so that every cell is bounded; then rows, columns and single cells.
    fn equations(&self) -> Vec<Equation> {
        let sum = |of: Vec<usize>| Equation {
            constant: of.iter().map(|at| self.cells[*at]).sum(),
            terms: of.into_iter().map(|at| (at as u32, 1)).collect(),
        };
        let row = |r: usize| (0..SIDE).map(|c| r * SIDE + c).collect::<Vec<_>>();
        let column = |c: usize| (0..SIDE).map(|r| r * SIDE + c).collect::<Vec<_>>();
        let lines = (0..SIDE).map(row).chain((0..SIDE).map(column)).zip(&self.margins).filter(|(_, p)| **p);
        let single = (0..SIDE * SIDE).filter(|at| self.printed[*at]).map(|at| vec![at]);
        [(0..SIDE * SIDE).collect()].into_iter().chain(lines.map(|(line, _)| line)).chain(single).map(sum).collect()
    }

    /// Every table of whole numbers from 0 that prints the same.
    fn alternatives(&self) -> Vec<Vec<i64>> {
        let equations = self.equations();
        let mut found = Vec::new();
        fill(&equations, &mut vec![0; SIDE * SIDE], 0, &mut found);
        found
    }
}

fn fill(equations: &[Equation], table: &mut Vec<i64>, at: usize, found: &mut Vec<Vec<i64>>) {
    let rest = equations.iter().map(|equation| {
        let so_far: i64 =
            equation.terms.iter().filter(|(cell, _)| (*cell as usize) < at).map(|(c, _)| table[*c as usize]).sum();
        (equation, equation.constant - so_far)
    });
    let mut most = i64::MAX;
    for (equation, left) in rest {
        let is_open = equation.terms.iter().any(|(cell, _)| *cell as usize >= at);
        if left < 0 || !is_open && left != 0 {
            return;
        }
        if equation.terms.iter().any(|(cell, _)| *cell as usize == at) {
            most = most.min(left);
        }
    }
    if at == table.len() {
        return found.push(table.clone());
    }
    for value in 0..=most {
        table[at] = value;
        fill(equations, table, at + 1, found);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn intervals_recovery_and_exchanges_agree_with_the_list_of_all_tables(small in small()) {
        let (equations, tables) = (small.equations(), small.alternatives());
        prop_assert!(tables.contains(&small.cells));
        let bounds = Bounds { least: vec![Some(0); SIDE * SIDE], equal: equations.clone(), at_most: vec![] };
        let knowledge: Knowledge = Knowledge::of(SIDE * SIDE, &equations).unwrap();
        let unknowns = (0..SIDE * SIDE).map(|at| (small.cells[at], 0, knowledge.fixes(at as u32), (at / SIDE) as u32));
        let field = Field::new(unknowns.collect(), &equations, &[]);
        for cell in 0..SIDE * SIDE {
            let values = || tables.iter().map(|table| table[cell]);
            let (least, most) = (values().min().unwrap(), values().max().unwrap());
            let sum = [(cell as u32, 1)];
            let interval = extent(&bounds, &sum).unwrap();
            prop_assert_eq!((interval.lower, interval.upper), (Some(least), Some(most)), "cell {}", cell);
            if let Some(value) = knowledge.value(&sum) {
                prop_assert_eq!((value, least, most), (small.cells[cell], value, value));
            }
            for (wanted, rise) in [(least, false), (most, true)] {
                let reached = field.reach(&sum, wanted, rise, 20, None);
                let of_table = |at: usize| small.cells[at] + reached.as_ref().map_or(0, |t| t.change.get(&(at as u32)).copied().unwrap_or(0));
                let table: Vec<i64> = (0..SIDE * SIDE).map(of_table).collect();
                prop_assert!(tables.contains(&table), "{:?} prints something else", table);
            }
            prop_assert!(field.reach(&sum, most + 1, true, 20, None).is_none());
        }
    }
}

#[test]
fn an_exchange_respects_what_is_bounded() {
    // Two units, a part at most its whole: the part of the first can take all of the second's, not more than its whole.
    let sum = |terms: &[(u32, i64)], constant| Equation { terms: terms.to_vec(), constant };
    let equal = [sum(&[(0, 1), (2, 1)], 5), sum(&[(1, 1)], 4), sum(&[(3, 1)], 9)];
    let at_most = [sum(&[(0, 1), (1, -1)], 0), sum(&[(2, 1), (3, -1)], 0)];
    let truth = [2, 4, 3, 9];
    let unknowns = truth.iter().enumerate().map(|(at, value)| (*value, 0, at % 2 == 1, at as u32 / 2)).collect();
    let field = Field::new(unknowns, &equal, &at_most);
    assert!(field.reach(&[(0, 1)], 4, true, 20, None).is_some());
    assert!(field.reach(&[(0, 1)], 5, true, 20, None).is_none());
}
