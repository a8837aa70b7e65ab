//! Test A8: what a unit learns of others when it adds its own figures to what is printed.
//!
//! Tables found for the intervals tell whom to suspect: a unit that takes no part in some other table
//! that prints the same learns nothing from it. Only the few left are tried exactly.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::audit::block::Blocks;
use crate::audit::breach::{Breach, Test};
use crate::audit::interval::Proof;
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
    proofs: &[Proof],
) -> (usize, Vec<Breach>) {
    let mut suspects: BTreeMap<(usize, u32), Vec<(usize, Terms)>> = BTreeMap::new();
    for (at, (target, proof)) in targets.iter().zip(proofs).enumerate().filter(|(_, (target, _))| target.is_sensitive) {
        let mut parted = blocks.parted(&target.terms);
        if parted.len() != 1 {
            continue;
        }
        let (block, sum) = parted.remove(0);
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
            let block = &blocks.all[*block];
            let mut equal = block.equal.clone();
            for (unknown, at) in
                block.unknowns.iter().zip(0..).filter(|(unknown, _)| unit(matter, **unknown) == *insider)
            {
                equal.push(Equation { terms: vec![(at, 1)], constant: matter.unknowns[*unknown as usize].truth });
            }
            let Ok(knowledge) = Knowledge::<61>::of(block.unknowns.len(), &equal) else { return Vec::new() };
            let known = goals.iter().filter(|(_, sum)| knowledge.value(sum).is_some());
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

fn unit(matter: Matter<'_>, unknown: u32) -> u32 {
    matter.returns.all[matter.unknowns[unknown as usize].own as usize].unit as u32
}
