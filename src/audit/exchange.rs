//! Exchange: other tables that print the same, found by putting right what one change upsets.
//!
//! A hidden figure is changed by one; every equation that no longer adds up is put right by another
//! unknown in it, the shortest equation first, until none is left: units exchange what they
//! reported. Done often enough, the figure is 0, or at the threshold, in a table that a reader cannot
//! tell from the true one. Such a table is a proof and is checked as one, by adding up; that none is
//! found proves nothing.

use std::collections::BTreeMap;

use crate::release::attack::Equation;

/// How many unknowns of a long equation are looked at before one is taken.
const LOOKED_AT: usize = 24;
/// Equations up to this length are looked at whole.
const SHORT: usize = 40;
/// A change that is not put right after so many others is given up.
const LONGEST: usize = 50;

/// The equations of a block as a field to move in, from the true table.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// The true values.
    truth: Vec<i64>,
    /// The least values.
    least: Vec<i64>,
    /// Unknowns that follow exactly and cannot move.
    fixed: Vec<bool>,
    /// The unit each unknown belongs to.
    unit: Vec<u32>,
    rows: Vec<Row>,
    /// The rows each unknown stands in, with its coefficients.
    standing: Vec<Vec<(u32, i64)>>,
}

#[derive(Clone, Debug)]
struct Row {
    terms: Vec<(u32, i64)>,
    /// For `≤`, by how much it may grow; `None` for `=`.
    slack: Option<i64>,
}

/// A difference to the true table, with what it does to the rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// By unknown.
    pub change: BTreeMap<u32, i64>,
    /// By row: `=` rows only while they do not add up.
    upset: BTreeMap<u32, i64>,
}

impl Table {
    /// A table that changes so much.
    pub fn of(change: impl IntoIterator<Item = (u32, i64)>) -> Self {
        Self { change: change.into_iter().collect(), upset: BTreeMap::new() }
    }
}

impl Field {
    /// A field over unknowns with their true and least values, whether they are fixed, and their units.
    pub fn new(unknowns: Vec<(i64, i64, bool, u32)>, equal: &[Equation], at_most: &[Equation]) -> Self {
        let truth: Vec<i64> = unknowns.iter().map(|u| u.0).collect();
        let exact = equal.iter().map(|equation| Row { terms: equation.terms.clone(), slack: None });
        let bounds = at_most.iter().map(|bound| {
            let now: i64 =
                bound.terms.iter().map(|(at, c)| c.saturating_mul(truth[*at as usize])).fold(0, i64::saturating_add);
            Row { terms: bound.terms.clone(), slack: Some(bound.constant.saturating_sub(now)) }
        });
        let rows: Vec<Row> = exact.chain(bounds).collect();
        let mut standing = vec![Vec::new(); truth.len()];
        for (at, row) in rows.iter().enumerate() {
            row.terms.iter().for_each(|(unknown, c)| standing[*unknown as usize].push((at as u32, *c)));
        }
        Self {
            least: unknowns.iter().map(|u| u.1).collect(),
            fixed: unknowns.iter().map(|u| u.2).collect(),
            unit: unknowns.iter().map(|u| u.3).collect(),
            truth,
            rows,
            standing,
        }
    }

    /// A table in which the sum is at most (`rise` false) or at least (`rise` true) `wanted`, where one is found.
    /// Units in `untouched` keep their true values.
    pub fn reach(
        &self,
        sum: &[(u32, i64)],
        wanted: i64,
        rise: bool,
        tries: u64,
        untouched: Option<u32>,
    ) -> Option<Table> {
        let value = |table: &Table| -> i64 {
            sum.iter().map(|(at, c)| c * (self.truth[*at as usize] + table.change.get(at).copied().unwrap_or(0))).sum()
        };
        let mut table = Table::default();
        let mut seed = sum.first().map_or(0, |(at, _)| u64::from(*at)) << 8 | u64::from(rise);
        let mut failed = 0;
        loop {
            let left = if rise { wanted - value(&table) } else { value(&table) - wanted };
            if left <= 0 {
                debug_assert!(self.holds(&table));
                return Some(table);
            }
            if failed >= tries {
                return None;
            }
            seed = mixed(seed);
            match self.exchanged(&table, sum, rise, seed, untouched) {
                Some(circuit) => self.repeat(&mut table, &circuit, sum, left),
                None => failed += 1,
            }
        }
    }

    /// Whether a table adds up wherever the true one does and is nowhere below the least values.
    pub fn holds(&self, table: &Table) -> bool {
        let above = table.change.iter().all(|(at, change)| {
            let at = *at as usize;
            *change == 0 || self.truth[at] + change >= self.least[at]
        });
        let mut sums: BTreeMap<u32, i64> = BTreeMap::new();
        for (at, change) in &table.change {
            for (row, c) in &self.standing[*at as usize] {
                *sums.entry(*row).or_insert(0) += c * change;
            }
        }
        above
            && sums.iter().all(|(row, sum)| match self.rows[*row as usize].slack {
                None => *sum == 0,
                Some(slack) => *sum <= slack,
            })
    }

    /// One exchange on top of a table that brings the sum nearer: the changes it makes.
    fn exchanged(
        &self,
        from: &Table,
        sum: &[(u32, i64)],
        rise: bool,
        seed: u64,
        untouched: Option<u32>,
    ) -> Option<BTreeMap<u32, i64>> {
        let mut walk = Walk {
            field: self,
            from,
            sum,
            rise,
            untouched,
            circuit: BTreeMap::new(),
            upset: from.upset.clone(),
            wrong: Vec::new(),
            seed,
        };
        // From which unknown of the sum to begin is a matter of chance too.
        let begin = (0..sum.len()).map(|at| sum[(at + seed as usize) % sum.len()]);
        let step = |c: i64| if rise == (c > 0) { 1 } else { -1 };
        let (first, step) = begin.map(|(at, c)| (at, step(c))).find(|(at, step)| walk.is_open(*at, *step))?;
        walk.change(first, step);
        for _ in 0..LONGEST {
            let Some(row) = walk.shortest_wrong() else { return Some(walk.circuit) };
            let (at, step) = walk.best(row)?;
            walk.change(at, step);
        }
        None
    }

    /// Adds an exchange to a table as often as it is needed and possible.
    fn repeat(&self, table: &mut Table, circuit: &BTreeMap<u32, i64>, sum: &[(u32, i64)], left: i64) {
        let gain: i64 = sum.iter().map(|(at, c)| c * circuit.get(at).copied().unwrap_or(0)).sum::<i64>().abs().max(1);
        let mut times = (left + gain - 1) / gain;
        let mut sums: BTreeMap<u32, i64> = BTreeMap::new();
        for (at, step) in circuit {
            let now = self.truth[*at as usize] + table.change.get(at).copied().unwrap_or(0);
            let least = self.least[*at as usize];
            if *step < 0 && least != i64::MIN {
                times = times.min((now - least) / -step);
            }
            for (row, c) in &self.standing[*at as usize] {
                *sums.entry(*row).or_insert(0) += c * step;
            }
        }
        for (row, growth) in &sums {
            if let (Some(slack), 1..) = (self.rows[*row as usize].slack, *growth) {
                times = times.min((slack - table.upset.get(row).copied().unwrap_or(0)) / growth);
            }
        }
        let times = times.max(1);
        for (at, step) in circuit {
            *table.change.entry(*at).or_insert(0) += step * times;
        }
        for (row, growth) in sums {
            if self.rows[row as usize].slack.is_some() {
                *table.upset.entry(row).or_insert(0) += growth * times;
            }
        }
    }
}

/// One exchange in the making.
struct Walk<'a> {
    field: &'a Field,
    from: &'a Table,
    sum: &'a [(u32, i64)],
    rise: bool,
    untouched: Option<u32>,
    circuit: BTreeMap<u32, i64>,
    upset: BTreeMap<u32, i64>,
    /// Rows that may not add up.
    wrong: Vec<u32>,
    seed: u64,
}

impl Walk<'_> {
    /// By how much a row is wrong when it has changed by so much.
    fn wrong_by(&self, row: u32, change: i64) -> i64 {
        match self.field.rows[row as usize].slack {
            None => change,
            Some(slack) => (change - slack).max(0),
        }
    }

    fn now(&self, row: u32) -> i64 {
        self.upset.get(&row).copied().unwrap_or(0)
    }

    /// Whether an unknown may change so: it is not known, stays above its least value, does not take back
    /// what was done, and does not take the sum the wrong way.
    fn is_open(&self, at: u32, step: i64) -> bool {
        let (field, place) = (self.field, at as usize);
        if field.fixed[place] || self.untouched == Some(field.unit[place]) {
            return false;
        }
        let own = self.circuit.get(&at).copied().unwrap_or(0);
        let value = field.truth[place] + self.from.change.get(&at).copied().unwrap_or(0) + own + step;
        let in_sum = self.sum.binary_search_by_key(&at, |(of, _)| *of).map(|place| self.sum[place].1);
        let against = in_sum.is_ok_and(|c| (c * step > 0) != self.rise);
        value >= field.least[place] && own.signum() * step.signum() >= 0 && !against
    }

    fn change(&mut self, at: u32, step: i64) {
        *self.circuit.entry(at).or_insert(0) += step;
        for (row, c) in &self.field.standing[at as usize] {
            let upset = self.upset.entry(*row).or_insert(0);
            *upset += c * step;
            self.wrong.push(*row);
        }
    }

    /// The shortest row that does not add up.
    fn shortest_wrong(&mut self) -> Option<u32> {
        let mut wrong = std::mem::take(&mut self.wrong);
        wrong.sort_unstable();
        wrong.dedup();
        wrong.retain(|row| self.wrong_by(*row, self.now(*row)) != 0);
        self.wrong = wrong;
        self.wrong.iter().copied().min_by_key(|row| self.field.rows[*row as usize].terms.len())
    }

    /// The change in a row that puts most right and upsets least; among equals, by chance.
    fn best(&mut self, row: u32) -> Option<(u32, i64)> {
        let excess = self.wrong_by(row, self.now(row));
        let terms = &self.field.rows[row as usize].terms;
        let mut best: Option<(i64, u64, u32, i64)> = None;
        let mut look = |walk: &Self, (at, c): (u32, i64)| -> bool {
            let step = if excess % c == 0 { -excess / c } else { -(excess.signum() * c.signum()) };
            if !walk.is_open(at, step) {
                return false;
            }
            let cost: i64 = walk.field.standing[at as usize]
                .iter()
                .map(|(row, c)| {
                    let now = walk.now(*row);
                    (walk.wrong_by(*row, now + c * step).abs() - walk.wrong_by(*row, now).abs()).signum()
                        + i64::from(walk.wrong_by(*row, now + c * step) != 0)
                        - i64::from(walk.wrong_by(*row, now) != 0)
                })
                .sum();
            let chance = mixed(walk.seed ^ u64::from(at));
            // Every other walk also takes what is not best: the best next step can lead nowhere.
            let cost = cost * 2 + if walk.seed & 1 == 1 { (chance >> 32) as i64 % 4 } else { 0 };
            if best.is_none_or(|(least, luck, ..)| (cost, chance) < (least, luck)) {
                best = Some((cost, chance, at, step));
            }
            true
        };
        if terms.len() <= SHORT {
            terms.iter().for_each(|term| {
                look(self, *term);
            });
        } else {
            // Units that take part already, then others by chance.
            let mut units: Vec<u32> = self.circuit.keys().map(|at| self.field.unit[*at as usize]).collect();
            units.dedup();
            for unit in units {
                let from = terms.partition_point(|(at, _)| self.field.unit[*at as usize] < unit);
                let own = terms[from..].iter().take_while(|(at, _)| self.field.unit[*at as usize] == unit);
                own.for_each(|term| {
                    look(self, *term);
                });
            }
            self.seed = mixed(self.seed) & !1 | self.seed & 1;
            let start = self.seed as usize % terms.len();
            let mut found = 0;
            for at in 0..terms.len() {
                found += usize::from(look(self, terms[(start + at) % terms.len()]));
                if found == LOOKED_AT {
                    break;
                }
            }
        }
        best.map(|(_, _, at, step)| (at, step))
    }
}

/// A number that has nothing to do with the one before it, the same in every run (splitmix64).
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
