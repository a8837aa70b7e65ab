//! Test A8: what a unit learns of others when it adds its own figures to what is printed.
//!
//! Tables found for the intervals tell whom to suspect: a unit that takes no part in some other table
//! that prints the same learns nothing from it. Only the few left are tried exactly.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::audit::block::{Block, Blocks};
use crate::audit::breach::{Breach, Test};
use crate::audit::interval::{Proven, TRIES};
use crate::audit::statement::Matter;
use crate::audit::target::Target;
use crate::release::attack::{Equation, Knowledge, Terms};

/// The privacy class of which no unit may learn another's small numbers (statistics report 1.7).
const PROTECTED: &str = "P2";

/// How many sensitive cells some unit can work out, and a breach for each of the protected class.
pub(super) fn exposed(
    matter: Matter<'_>,
    blocks: &Blocks,
    targets: &[Target],
    proven: &Proven,
) -> (usize, Vec<Breach>) {
    let mut suspects: BTreeMap<(usize, u32), Vec<(usize, Terms)>> = BTreeMap::new();
    let sensitive = targets.iter().zip(&proven.proofs).enumerate().filter(|(_, (target, _))| target.is_sensitive);
    for (at, (target, proof)) in sensitive {
        let mut parted = blocks.parted(&target.terms);
        if parted.len() != 1 {
            continue;
        }
        let (block, mut sum) = parted.remove(0);
        sum.sort_unstable();
        // A number made of one unit's returns alone is that unit's own.
        let mut own: Vec<u32> = target.terms.iter().map(|(unknown, _)| unit(matter, *unknown)).collect();
        own.sort_unstable();
        own.dedup();
        let others = match &proof.partners {
            Some(partners) => partners.clone(),
            None => {
                let unknowns = blocks.all[block].unknowns.iter();
                let mut all: Vec<u32> = unknowns.map(|unknown| unit(matter, *unknown)).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
        };
        for other in others.into_iter().filter(|other| own.len() > 1 || !own.contains(other)) {
            suspects.entry((block, other)).or_default().push((at, sum.clone()));
        }
    }
    let learned: Vec<Vec<(usize, u32)>> = suspects
        .par_iter()
        .map(|((block, insider), goals)| {
            let field = &proven.fields[block];
            // Another table in which the insider reports what it did shows that it learns nothing.
            let can_move = |target: usize, sum: &Terms| {
                let truth = targets[target].truth;
                let moved = |wanted, rise| field.reach(sum, wanted, rise, TRIES, Some(*insider)).is_some();
                moved(truth + 1, true) || moved(truth - 1, false)
            };
            let goals: Vec<&(usize, Terms)> = goals.iter().filter(|(target, sum)| !can_move(*target, sum)).collect();
            if goals.is_empty() {
                return Vec::new();
            }
            let knows = known_to(matter, &blocks.all[*block], *insider);
            let known = goals.into_iter().filter(|(_, sum)| knows(sum));
            known.map(|(target, _)| (*target, *insider)).collect()
        })
        .collect();
    let learned: BTreeMap<usize, u32> = learned.into_iter().flatten().collect();
    let breaches = learned.iter().filter_map(|(target, insider)| {
        let (area, period, measure) = targets[*target].place;
        let reason = format!("đơn vị {} biết số của mình thì suy ra được", matter.sheet.area_codes[*insider as usize]);
        let is_protected = matter.sheet.privacy[measure] == PROTECTED;
        is_protected.then(|| Breach::at(Test::A8, matter.sheet, (area, period, measure), reason))
    });
    (learned.len(), breaches.collect())
}

/// Whether a sum follows for a unit that knows what it reported itself. That does not depend on any number,
/// so the equations are taken with 0 on their right sides, and without the unit's own unknowns.
fn known_to<'a>(matter: Matter<'a>, block: &'a Block, insider: u32) -> impl Fn(&Terms) -> bool + 'a {
    let is_own = move |at: &u32| unit(matter, block.unknowns[*at as usize]) == insider;
    let without = move |terms: &Terms| -> Terms { terms.iter().filter(|(at, _)| !is_own(at)).copied().collect() };
    let equal: Vec<Equation> =
        block.equal.iter().map(|equation| Equation { terms: without(&equation.terms), constant: 0 }).collect();
    let knowledge = Knowledge::<61>::of(block.unknowns.len(), &equal).expect("all 0 is a solution");
    move |sum| knowledge.value(&without(sum)).is_some()
}

fn unit(matter: Matter<'_>, unknown: u32) -> u32 {
    matter.returns.all[matter.unknowns[unknown as usize].own as usize].unit as u32
}
