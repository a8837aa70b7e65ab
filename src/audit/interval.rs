//! Tests A4: every sensitive cell keeps an interval from 0 to the threshold.
//!
//! First other tables are looked for that print the same ([`super::exchange`]): each is a proof for
//! every cell it changes enough ([`super::certificate`]). What is left is put to linear programs, over a few units first
//! (all others as they are: what can be reached there can be reached), then over the whole block.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::audit::block::{Block, Blocks};
use crate::audit::certificate::Tables;
use crate::audit::exchange::{Field, Table};
use crate::audit::statement::Matter;
use crate::audit::target::Target;
use crate::audit::vintage::Unknown;
use crate::release::attack::{Bounds, Equation, Interval, Knowledge, Terms, extent, toward};

/// What has been proved of a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Proof {
    /// That it can be 0.
    pub low: bool,
    /// That it can be at the threshold.
    pub high: bool,
    /// Whether a linear program had to prove it.
    pub programmed: bool,
    /// What a linear program found, when it failed; `None` when none could be solved.
    pub interval: Option<Interval>,
    /// Units that take part in every table found in which it differs from the truth; `None` before the first.
    pub partners: Option<Vec<u32>>,
}

/// A target within one block.
#[derive(Clone, Debug)]
struct Goal {
    target: usize,
    sum: Terms,
}

/// As many targets are worked on together, sharing the tables they find.
const TOGETHER: usize = 400;
/// How often an exchange may fail before it is given up.
pub(super) const TRIES: u64 = 100;
/// A program over a whole block is tried up to so many unknowns.
const SOLVABLE: usize = 600;
/// Small programs first: so many units besides the cell's own, so many years around its own
/// (what is in stock at the end of a year goes on into the next).
const SMALL: [(usize, i32); 3] = [(4, 0), (10, 1), (5, 9)];

/// What has been proved, and by what.
#[derive(Clone, Debug, Default)]
pub(super) struct Proven {
    /// By target.
    pub proofs: Vec<Proof>,
    /// The blocks of sensitive targets, to move in.
    pub fields: BTreeMap<usize, Field>,
    /// The tables that proved something.
    pub tables: Tables,
}

/// What can be proved of each sensitive target: both ends of its interval. Tables that were found before
/// and still print the same prove first.
pub(super) fn proofs(
    matter: Matter<'_>,
    blocks: &Blocks,
    knowledge: &[Knowledge],
    targets: &[Target],
    known: &Tables,
) -> Proven {
    let mut of_block: BTreeMap<usize, Vec<Goal>> = BTreeMap::new();
    for (target, aim) in targets.iter().enumerate().filter(|(_, target)| target.is_sensitive) {
        let mut parted = blocks.parted(&aim.terms);
        if let [(block, _)] = parted[..] {
            let (_, mut sum) = parted.remove(0);
            sum.sort_unstable();
            of_block.entry(block).or_default().push(Goal { target, sum });
        }
    }
    let fields: BTreeMap<usize, Field> = of_block
        .par_iter()
        .map(|(block, _)| (*block, field(matter, &blocks.all[*block], &knowledge[*block])))
        .collect();
    let standing = known.standing(blocks, &fields);
    let work: Vec<(usize, &[Goal])> =
        of_block.iter().flat_map(|(block, goals)| goals.chunks(TOGETHER).map(|goals| (*block, goals))).collect();
    let found: Vec<Group<'_>> = work
        .par_iter()
        .map(|(block, goals)| {
            let known = standing.get(block).map_or(&[][..], Vec::as_slice);
            let mut group = Group::new(matter, &blocks.all[*block], goals, targets);
            group.prove(&fields[block], known);
            group
        })
        .collect();
    let mut proven = Proven { proofs: vec![Proof::default(); targets.len()], fields, ..Proven::default() };
    for group in found {
        for (goal, proof) in group.goals.iter().zip(group.proofs) {
            proven.proofs[goal.target] = proof;
        }
        proven.tables.take(group.block, group.tables);
    }
    proven
}

/// A block as a field for exchanges.
pub(super) fn field(matter: Matter<'_>, block: &Block, knowledge: &Knowledge) -> Field {
    let unknowns = block.unknowns.iter().zip(0..).map(|(unknown, at)| {
        let own = &matter.unknowns[*unknown as usize];
        let least = if own.signed { i64::MIN } else { 0 };
        (own.truth, least, knowledge.fixes(at), matter.returns.all[own.own as usize].unit as u32)
    });
    Field::new(unknowns.collect(), &block.equal, &block.at_most)
}

/// Targets of one block that are worked on together.
struct Group<'a> {
    matter: Matter<'a>,
    block: &'a Block,
    goals: &'a [Goal],
    targets: &'a [Target],
    /// For each unknown the goals it stands in.
    standing: BTreeMap<u32, Vec<u32>>,
    proofs: Vec<Proof>,
    /// The tables that proved something.
    tables: Vec<Table>,
}

impl<'a> Group<'a> {
    fn new(matter: Matter<'a>, block: &'a Block, goals: &'a [Goal], targets: &'a [Target]) -> Self {
        let threshold = matter.definitions.policy.threshold;
        let mut standing: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (goal, at) in goals.iter().zip(0..) {
            goal.sum.iter().for_each(|(unknown, _)| standing.entry(*unknown).or_default().push(at));
        }
        // The true table proves what it shows itself.
        let proof = |goal: &Goal| {
            let truth = targets[goal.target].truth;
            Proof { low: truth <= 0, high: truth >= threshold, ..Proof::default() }
        };
        Self { matter, block, goals, targets, standing, proofs: goals.iter().map(proof).collect(), tables: Vec::new() }
    }

    fn prove(&mut self, field: &Field, known: &[Table]) {
        for table in known {
            self.learn(table);
        }
        // The same sum is asked about under several names: a stock of a quarter is that of the year it closes.
        let mut first: BTreeMap<&'a Terms, usize> = BTreeMap::new();
        let threshold = self.matter.definitions.policy.threshold;
        let goals = self.goals;
        for (at, goal) in goals.iter().enumerate() {
            if let Some(done) = first.get(&goal.sum) {
                self.proofs[at] = self.proofs[*done].clone();
                continue;
            }
            first.insert(&goal.sum, at);
            for rise in [false, true] {
                let done = if rise { self.proofs[at].high } else { self.proofs[at].low };
                if !done
                    && let Some(table) = field.reach(&goal.sum, if rise { threshold } else { 0 }, rise, TRIES, None)
                {
                    self.learn(&table);
                }
            }
            if !(self.proofs[at].low && self.proofs[at].high) {
                self.ask(at, field);
            }
        }
    }

    /// Asks linear programs for what exchanges did not show: over a few units, all others as they are, for
    /// a table; then, where it can be solved, over the whole block, for the ends themselves.
    fn ask(&mut self, at: usize, field: &Field) {
        let threshold = self.matter.definitions.policy.threshold;
        let goal = &self.goals[at];
        for free in SMALL {
            for rise in [false, true] {
                let done = if rise { self.proofs[at].high } else { self.proofs[at].low };
                let wanted = if rise { threshold } else { 0 };
                if !done && let Some(table) = self.solved(goal, free, wanted, rise, field) {
                    self.learn(&table);
                }
            }
            if self.proofs[at].low && self.proofs[at].high {
                return;
            }
        }
        if self.block.unknowns.len() > SOLVABLE {
            return;
        }
        let (bounds, _) = restricted(self.matter, self.block, &|_| true);
        let Ok(interval) = extent(&bounds, &goal.sum) else { return };
        let proof = &mut self.proofs[at];
        proof.low |= interval.lower.is_none_or(|lower| lower <= 0);
        proof.high |= interval.upper.is_none_or(|upper| upper >= threshold);
        proof.programmed = true;
        proof.interval = Some(interval);
    }

    /// A table in which a sum has come to `wanted`, with a few units of a few years free; `None` where the
    /// program finds none, or none of whole numbers.
    fn solved(&self, goal: &Goal, free: (usize, i32), wanted: i64, rise: bool, field: &Field) -> Option<Table> {
        let (few, around) = free;
        let years: BTreeSet<i32> = goal.sum.iter().map(|(at, _)| self.year(*at)).collect();
        let counted: BTreeSet<(u32, i32)> =
            goal.sum.iter().map(|(at, _)| (self.unknown(*at).measure, self.year(*at))).collect();
        // A small sum over many units is the sum of few: those that have any, and one more to rise.
        let parts = goal.sum.iter().map(|(at, _)| *at);
        let own = parts.clone().filter(|at| self.unknown(*at).truth != 0).chain(parts.take(1));
        let mut units: BTreeSet<u32> = own.map(|at| self.unit(at)).collect();
        // The units with most of what the cell counts, then, have most to exchange.
        let mut weight: BTreeMap<u32, i64> = BTreeMap::new();
        for at in 0..self.block.unknowns.len() as u32 {
            if counted.contains(&(self.unknown(at).measure, self.year(at))) && !units.contains(&self.unit(at)) {
                *weight.entry(self.unit(at)).or_insert(0) += self.unknown(at).truth;
            }
        }
        let mut others: Vec<(i64, u32)> = weight.into_iter().map(|(unit, weight)| (-weight, unit)).collect();
        others.sort_unstable();
        units.extend(others.into_iter().take(few).map(|(_, unit)| unit));
        let near = |at: u32| years.iter().any(|year| (year - self.year(at)).abs() <= around);
        let is_free = |at: u32| units.contains(&self.unit(at)) && near(at);
        let (bounds, place) = restricted(self.matter, self.block, &is_free);
        let stands = |at: u32| place[at as usize] != u32::MAX;
        let sum: Terms =
            goal.sum.iter().filter(|(at, _)| stands(*at)).map(|(at, c)| (place[*at as usize], *c)).collect();
        let fixed = goal.sum.iter().filter(|(at, _)| !stands(*at)).map(|(at, c)| c * self.unknown(*at).truth);
        let point = toward(&bounds, &sum, wanted - fixed.sum::<i64>(), rise).ok()?;
        let table = Table::of((0..place.len() as u32).filter(|at| stands(*at)).filter_map(|at| {
            let change = point[place[at as usize] as usize].round() as i64 - self.unknown(at).truth;
            (change != 0).then_some((at, change))
        }));
        field.holds(&table).then_some(table)
    }

    /// Takes in what a table proves, and keeps it if it proves anything new.
    fn learn(&mut self, table: &Table) {
        let threshold = self.matter.definitions.policy.threshold;
        let mut touched: Vec<u32> = Vec::new();
        for at in table.change.iter().filter(|(_, change)| **change != 0).map(|(at, _)| at) {
            touched.extend(self.standing.get(at).into_iter().flatten());
        }
        touched.sort_unstable();
        touched.dedup();
        if touched.is_empty() {
            return;
        }
        let changed = table.change.iter().filter(|(_, change)| **change != 0);
        let mut units: Vec<u32> = changed.map(|(at, _)| self.unit(*at)).collect();
        units.sort_unstable();
        units.dedup();
        let mut is_new = false;
        for at in touched {
            let goal = &self.goals[at as usize];
            let change: i64 = goal.sum.iter().map(|(u, c)| c * table.change.get(u).copied().unwrap_or(0)).sum();
            let value = self.targets[goal.target].truth + change;
            let proof = &mut self.proofs[at as usize];
            is_new |= value <= 0 && !proof.low || value >= threshold && !proof.high;
            proof.low |= value <= 0;
            proof.high |= value >= threshold;
            if change != 0 {
                let before = proof.partners.as_ref().map(Vec::len);
                match &mut proof.partners {
                    None => proof.partners = Some(units.clone()),
                    Some(partners) => partners.retain(|unit| units.binary_search(unit).is_ok()),
                }
                is_new |= proof.partners.as_ref().map(Vec::len) != before;
            }
        }
        if is_new {
            self.tables.push(table.clone());
        }
    }

    fn unknown(&self, at: u32) -> &Unknown {
        &self.matter.unknowns[self.block.unknowns[at as usize] as usize]
    }

    fn unit(&self, at: u32) -> u32 {
        self.matter.returns.all[self.unknown(at).own as usize].unit as u32
    }

    /// The year of the return that an unknown is from.
    fn year(&self, at: u32) -> i32 {
        self.matter.returns.all[self.unknown(at).own as usize].period.last_year()
    }
}

/// The bounds of a block when only some unknowns are free and the others are as they are; with the
/// place of each free unknown.
fn restricted(matter: Matter<'_>, block: &Block, is_free: &dyn Fn(u32) -> bool) -> (Bounds, Vec<u32>) {
    let mut place = vec![u32::MAX; block.unknowns.len()];
    let mut bounds = Bounds::default();
    for at in (0..block.unknowns.len() as u32).filter(|at| is_free(*at)) {
        place[at as usize] = bounds.least.len() as u32;
        let unknown = &matter.unknowns[block.unknowns[at as usize] as usize];
        bounds.least.push((!unknown.signed).then_some(0));
    }
    let cut = |equation: &Equation| -> Option<Equation> {
        let mut cut = Equation { terms: Vec::new(), constant: equation.constant };
        for (at, coefficient) in &equation.terms {
            match place[*at as usize] {
                u32::MAX => {
                    let truth = matter.unknowns[block.unknowns[*at as usize] as usize].truth;
                    cut.constant -= coefficient * truth;
                }
                free => cut.terms.push((free, *coefficient)),
            }
        }
        (!cut.terms.is_empty()).then_some(cut)
    };
    bounds.equal = block.equal.iter().filter_map(cut).collect();
    bounds.at_most = block.at_most.iter().filter_map(cut).collect();
    (bounds, place)
}

impl Proof {
    /// What a failed proof says.
    pub fn told(&self, threshold: i64) -> String {
        let end = |end: Option<i64>| end.map_or("không giới hạn".to_owned(), |end| end.to_string());
        let what = match (self.low, self.high) {
            (false, true) => "người đọc biết chắc là có".to_owned(),
            (true, false) => format!("người đọc biết chắc là dưới {threshold}"),
            _ => format!("người đọc biết chắc là có và dưới {threshold}"),
        };
        match &self.interval {
            Some(Interval { lower, upper }) => format!("{what}: từ {} đến {}", end(*lower), end(*upper)),
            None => format!("chưa chứng minh được là không suy ra được; có thể {what}"),
        }
    }
}
