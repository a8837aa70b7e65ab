//! Blocks: unknowns that statements join, directly or through others. What is in one block says
//! nothing about another.

use crate::audit::statement::{Matter, Source, Statement, Statements};
use crate::release::attack::{Equation, Knowledge, Terms};

/// One block, over its own unknowns from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// The unknowns of the whole, ascending.
    pub unknowns: Vec<u32>,
    /// What holds exactly.
    pub equal: Vec<Equation>,
    /// How a reader knows each of them.
    pub sources: Vec<Vec<Source>>,
    /// What is bounded: `Σ ≤ constant`.
    pub at_most: Vec<Equation>,
}

/// All blocks, and where each unknown is.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    pub all: Vec<Block>,
    /// For each unknown its block and its place there.
    pub place: Vec<(u32, u32)>,
}

impl Blocks {
    /// Parts the statements into blocks. The unknowns of each sum in `whole` are kept in one.
    pub fn of<'t>(matter: Matter<'_>, statements: &'t Statements, whole: impl Iterator<Item = &'t Terms>) -> Self {
        let mut join = Join::new(matter.unknowns.len());
        let both = statements.equal.iter().chain(&statements.at_most).map(|statement| &statement.terms);
        for terms in both.chain(whole) {
            let mut terms = terms.iter();
            let Some((first, _)) = terms.next() else { continue };
            terms.for_each(|(unknown, _)| join.join(*first, *unknown));
        }
        let mut number = vec![u32::MAX; matter.unknowns.len()];
        let mut all: Vec<Block> = Vec::new();
        let mut place = Vec::with_capacity(matter.unknowns.len());
        for unknown in 0..matter.unknowns.len() as u32 {
            let root = join.root(unknown) as usize;
            if number[root] == u32::MAX {
                number[root] = all.len() as u32;
                all.push(Block::default());
            }
            let block = &mut all[number[root] as usize];
            place.push((number[root], block.unknowns.len() as u32));
            block.unknowns.push(unknown);
        }
        let local = |statement: &Statement| -> Option<(usize, Equation)> {
            let (block, _) = place[statement.terms.first()?.0 as usize];
            let terms: Terms = statement.terms.iter().map(|(unknown, c)| (place[*unknown as usize].1, *c)).collect();
            Some((block as usize, Equation { terms, constant: statement.constant }))
        };
        for statement in &statements.equal {
            if let Some((block, equation)) = local(statement) {
                all[block].equal.push(equation);
                all[block].sources.push(statement.sources.clone());
            }
        }
        for statement in &statements.at_most {
            if let Some((block, equation)) = local(statement) {
                all[block].at_most.push(equation);
            }
        }
        Self { all, place }
    }

    /// Terms by block: most stand in one.
    pub fn parted(&self, terms: &[(u32, i64)]) -> Vec<(usize, Terms)> {
        let mut parted: Vec<(usize, Terms)> = Vec::new();
        for (unknown, coefficient) in terms {
            let (block, local) = self.place[*unknown as usize];
            match parted.iter_mut().find(|(own, _)| *own == block as usize) {
                Some((_, terms)) => terms.push((local, *coefficient)),
                None => parted.push((block as usize, vec![(local, *coefficient)])),
            }
        }
        parted
    }
}

/// The value of a sum over several blocks, when it follows. Blocks are independent, so it follows
/// only when the part in each block does.
pub(super) fn follows(parted: &[(usize, Terms)], knowledge: &[Knowledge]) -> Option<i64> {
    parted.iter().map(|(block, terms)| knowledge[*block].value(terms)).sum()
}

/// Disjoint sets with path halving.
struct Join(Vec<u32>);

impl Join {
    fn new(size: usize) -> Self {
        Self((0..size as u32).collect())
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            self.0[at as usize] = self.0[self.0[at as usize] as usize];
            at = self.0[at as usize];
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}
