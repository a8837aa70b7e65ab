//! Tests A3, A5, A6, A7 (exact): nothing small follows from what is printed by adding and subtracting.

use std::collections::BTreeMap;

use crate::audit::block::{Block, Blocks, follows};
use crate::audit::breach::{Breach, Test};
use crate::audit::statement::{Matter, Source, told};
use crate::audit::target::{Nature, Target};
use crate::release::attack::{Equation, Knowledge, Terms};

/// A breach for every small target that follows.
pub(super) fn recovered(
    matter: Matter<'_>,
    blocks: &Blocks,
    knowledge: &[Knowledge],
    targets: &[Target],
) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for target in targets.iter().filter(|target| target.is_small) {
        let parted = blocks.parted(&target.terms);
        if follows(&parted, knowledge) != Some(target.truth) {
            continue;
        }
        // The first are explained in full; the rest is usually the same mistake again.
        let sources: Option<Vec<Source>> = (breaches.len() < EXPLAINED).then(|| {
            let of = parted.iter().flat_map(|(block, sum)| from(&blocks.all[*block], sum));
            of.flatten().collect()
        });
        let (area, period, measure) = target.place;
        let what = match target.nature {
            Nature::Cell => "ô không công bố suy ra được",
            Nature::Numerator => "tử số của tỷ lệ không công bố suy ra được",
            Nature::Rest => "phần còn lại (toàn bộ trừ chỉ tiêu này) nhỏ và suy ra được",
            Nature::Land => "tổng của các đơn vị trước hoặc sau sắp xếp nhỏ và suy ra được",
            Nature::Correction(_) => "phần thay đổi so với lần công bố trước nhỏ và suy ra được",
        };
        let reason = match &sources {
            Some(sources) => format!("{what} từ: {}", told(matter, sources)),
            None => what.to_owned(),
        };
        breaches.push(Breach::at(test(target, sources.as_deref()), matter.sheet, (area, period, measure), reason));
    }
    breaches
}

/// So many breaches are explained; each explanation takes a system of its own.
const EXPLAINED: usize = 20;

fn test(target: &Target, sources: Option<&[Source]>) -> Test {
    let any = |wanted: fn(&Source) -> bool| sources.is_some_and(|sources| sources.iter().any(wanted));
    match target.nature {
        Nature::Rest | Nature::Land | Nature::Correction(_) => Test::A7,
        _ if any(|source| matches!(source, Source::Printed(1.., ..) | Source::Side(1.., ..))) => Test::A6,
        Nature::Numerator => Test::A5,
        Nature::Cell if any(|source| matches!(source, Source::Side(..))) => Test::A5,
        Nature::Cell => Test::A3,
    }
}

/// From which equations of a block a sum follows: factors that add them up to it.
fn from(block: &Block, sum: &Terms) -> Option<Vec<Source>> {
    let mut by_unknown: BTreeMap<u32, Terms> = BTreeMap::new();
    for (equation, row) in block.equal.iter().zip(0..) {
        equation.terms.iter().for_each(|(unknown, c)| by_unknown.entry(*unknown).or_default().push((row, *c)));
    }
    let wanted: BTreeMap<u32, i64> = sum.iter().copied().collect();
    let columns: Vec<Equation> = by_unknown
        .into_iter()
        .map(|(unknown, terms)| Equation { terms, constant: wanted.get(&unknown).copied().unwrap_or(0) })
        .collect();
    let factors = Knowledge::<61>::of(block.equal.len(), &columns).ok()?;
    let mut sources: Vec<Source> = factors.support().flat_map(|row| block.sources[row].iter().cloned()).collect();
    sources.sort();
    sources.dedup();
    Some(sources)
}
