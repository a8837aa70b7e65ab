//! Completeness of cells: those with a usable value, of those that are due.

use crate::figures::panel::Observation;
use crate::figures::quality::Ground;

/// Filled of due, over all rows of a return.
pub(super) fn filled(ground: &Ground<'_>, own: u32) -> Option<(i64, i64)> {
    let (mut filled, mut due) = (0, 0);
    by_row(ground, own, |_, part| {
        filled += part;
        due += 1;
    });
    (due > 0).then_some((filled, due))
}

/// For every row that is due in a return, by its position, whether it has a usable value (1) or not (0).
pub(super) fn by_row(ground: &Ground<'_>, own: u32, mut each: impl FnMut(usize, i64)) {
    for item in 0..ground.rows.len() {
        match ground.panel.get(own, item) {
            Observation::Reported(_) => each(item, 1),
            Observation::Missing | Observation::Quarantined => each(item, 0),
            Observation::NotDue => {}
        }
    }
}
