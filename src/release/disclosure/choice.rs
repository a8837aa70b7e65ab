//! The choice: which numbers and ratios are printed, and whether the hidden ones are safe.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::Definitions;
use crate::definitions::form::Privacy;
use crate::figures::Figures;
use crate::release::disclosure::bounds::Bounds;
use crate::release::disclosure::derived::{Ratios, Rests};
use crate::release::disclosure::earlier::Earlier;
use crate::release::disclosure::field::row;
use crate::release::disclosure::insider::{Insiders, Learned};
use crate::release::disclosure::level::{Finest, Levels, SMALLEST_CROWD};
use crate::release::disclosure::subject::{Subject, identities, inequalities};
use crate::release::disclosure::suppress::{Block, Decision};
use crate::release::disclosure::table::{Place, Table, Terms};
use crate::release::disclosure::{Told, places};
use crate::vocabulary::{Area, UnitCode};

/// Of so many printed cells nearest to a number the least valuable is hidden.
const NEAREST: usize = 6;

/// Everything that is to be decided over.
pub struct Case<'a> {
    /// The numbers.
    pub table: &'a Table,
    /// Which of them could be printed.
    pub levels: &'a Levels<'a>,
    /// What went out before.
    pub earlier: &'a Earlier,
    /// What each measure is about.
    pub subjects: &'a [Subject],
    /// The figures.
    pub figures: &'a Figures,
    /// The definitions.
    pub definitions: &'a Definitions,
}

/// What is printed.
pub struct Choice {
    /// For each cell of the table whether it is printed.
    pub printed: Vec<bool>,
    /// For each measure the finest figures of single units that are shown.
    pub finest: Vec<Finest>,
    /// The ratios that are printed, by their positions in the cube, with the sums that come with them.
    pub ratios: BTreeMap<usize, Rests>,
}

impl Case<'_> {
    /// Chooses, with some cells hidden besides.
    pub fn choose(&self, extra: &BTreeSet<usize>) -> Choice {
        let kinds: Vec<_> = self.figures.cube.axes().periods().iter().map(|period| period.kind()).collect();
        // Parts of a whole are shown for the province: split by unit they are small, and cost their wholes.
        let finest = |subject: &Subject| if subject.share_of.is_some() { Finest::Province } else { Finest::Year };
        let finest: Vec<Finest> = self.subjects.iter().map(finest).collect();
        let decide = |is_mine: &dyn Fn(usize) -> bool,
                      is_barred: &dyn Fn(usize) -> bool,
                      is_protected: &dyn Fn(usize) -> bool| {
            let block = Block {
                table: self.table,
                levels: self.levels,
                earlier: self.earlier,
                kinds: &kinds,
                finest: &finest,
                is_mine,
                is_barred,
                is_protected,
            };
            block.decide()
        };
        let is_extra = |cell: usize| extra.contains(&cell);
        let is_protected = |cell: usize| self.levels.is_small(self.table, cell) || extra.contains(&cell);
        let counts = decide(&|cell| self.receivers(cell).is_none(), &is_extra, &is_protected);
        // An amount of money is hidden, and protected, wherever its receivers are not known.
        let receivers_hidden: Vec<bool> = (0..self.table.cells.len())
            .map(|cell| {
                let counted = self.receivers(cell).and_then(|counted| self.table.position(self.place(cell), counted));
                counted.is_none_or(|counted| !counts.knowledge.knows(row(&[(counted, 1)])))
            })
            .collect();
        let is_hidden = |cell: usize| receivers_hidden[cell] || extra.contains(&cell);
        let amounts = decide(&|cell| self.receivers(cell).is_some(), &is_hidden, &is_hidden);
        self.with_ratios(counts, amounts)
    }

    fn with_ratios(&self, counts: Decision, amounts: Decision) -> Choice {
        let printed: Vec<bool> =
            counts.printed.iter().zip(&amounts.printed).map(|(count, amount)| count | amount).collect();
        let mut finest = counts.finest;
        for measure in (0..self.subjects.len()).filter(|measure| self.subjects[*measure].receivers.is_some()) {
            finest[measure] = amounts.finest[measure];
        }
        let mut knowledge = counts.knowledge;
        let (table, figures, definitions, subjects) = (self.table, self.figures, self.definitions, self.subjects);
        let by_parts = Ratios { table, figures, definitions, subjects, printed: &printed };
        let mut ratios = BTreeMap::new();
        let axes = self.figures.cube.axes();
        for indicator in &self.definitions.indicators {
            let Some(measure) = axes.measure_position(&indicator.code) else { continue };
            for (place, at) in places(axes, measure) {
                ratios.extend(by_parts.decide(indicator, place, measure, &mut knowledge).map(|rests| (at, rests)));
            }
            let of_units = |at: &usize| {
                at / (axes.periods().len() * axes.measures().len()) > 0 && at % axes.measures().len() == measure
            };
            finest[measure] = if ratios.keys().any(of_units) { Finest::Year } else { Finest::Province };
        }
        Choice { printed, finest, ratios }
    }

    fn receivers(&self, cell: usize) -> Option<usize> {
        self.subjects[self.table.cells[cell].measure].receivers
    }

    fn place(&self, cell: usize) -> Place {
        self.table.cells[cell].place
    }

    /// What to hide besides: for each hidden number below the threshold, complements among them, of which
    /// a reader could tell that someone is there, or that it is small, the least valuable printed cell that
    /// tells it. Zeros are treated like the others, or what is hidden would tell them apart. The whole level of that cell with `coarsen`, when many rounds of single cells did not do.
    pub fn more(&self, choice: &Choice, coarsen: bool) -> BTreeSet<usize> {
        let table = self.table;
        let threshold = self.definitions.policy.threshold;
        let behind: Vec<Terms> = choice.ratios.values().flat_map(|rests| rests.behind.clone()).collect();
        let bounds = Bounds::new(table, &choice.printed, &behind, &table.complements);
        let is_hidden = |cell: &usize| !choice.printed[*cell];
        let cells = (0..table.cells.len()).filter(|cell| {
            is_hidden(cell)
                && self.receivers(*cell).is_none()
                && !self.earlier.printed.contains(cell)
                && !table.signed.contains(&table.cells[*cell].measure)
                && (0..threshold).contains(&table.cells[*cell].value)
        });
        let rests = table.complements.iter().enumerate().filter(|(_, terms)| {
            (0..threshold).contains(&table.sum(terms)) && terms.iter().any(|(cell, _)| is_hidden(cell))
        });
        let numbers = cells.chain(rests.map(|(n, _)| table.cells.len() + n));
        let told = numbers.filter(|number| {
            let (low, high) = bounds.of(*number);
            low.is_some_and(|low| low > 0) || high.is_some_and(|high| high < threshold)
        });
        let may_hide =
            |cell: &usize| *cell < table.cells.len() && choice.printed[*cell] && !self.earlier.printed.contains(cell);
        let cheapest = |number: usize| {
            bounds
                .causes(number)
                .into_iter()
                .filter(may_hide)
                .take(NEAREST)
                .max_by_key(|cell| self.levels.rank(table, *cell))
        };
        let mut more: BTreeSet<usize> = told.filter_map(cheapest).collect();
        more.extend(self.company(choice));
        if more.is_empty() {
            more = self.apart(choice, &behind);
        }
        if coarsen {
            more = self.levels_of(choice, &more);
        }
        more
    }

    /// What to hide besides so that no unit works out another's small number of class P2.
    fn apart(&self, choice: &Choice, behind: &[Terms]) -> BTreeSet<usize> {
        let is_known = |cell: usize| choice.printed[cell] || self.earlier.printed.contains(&cell);
        let is_protected = |cell: usize| {
            self.subjects[self.table.cells[cell].measure].privacy == Privacy::P2
                && !matches!(self.table.cells[cell].place, Place::Crowd(..))
                && self.levels.is_small(self.table, cell)
        };
        let learned = Insiders::new(self.table, behind, &is_known).learned(&is_protected);
        let rank = |cell: &usize| self.levels.rank(self.table, *cell);
        let one = |cells: &[usize]| cells.iter().copied().filter(|cell| self.may_hide(choice, *cell)).max_by_key(rank);
        let apart = |learned: &Learned| {
            self.double(choice, learned).unwrap_or_else(|| one(&learned.from).into_iter().collect::<Vec<_>>())
        };
        learned.iter().flat_map(apart).collect()
    }

    /// The figures of a third unit of the same rhythm in all the periods in which those of the unit that is
    /// learned of are hidden: then the insider cannot tell the two apart, by year or by span. The least valuable
    /// such figures.
    fn double(&self, choice: &Choice, learned: &Learned) -> Option<Vec<usize>> {
        let measure = self.table.cells[learned.cell].measure;
        let Place::Unit(unit, _) = self.place(learned.cell) else { return None };
        let periods = 0..self.figures.cube.axes().periods().len();
        let of = |unit: usize, period: usize| self.table.position(Place::Unit(unit, period), measure);
        let hidden: Vec<usize> =
            periods.filter(|period| of(unit, *period).is_some_and(|cell| !choice.printed[cell])).collect();
        let others =
            (0..self.figures.cube.axes().areas().len()).filter(|other| ![unit, learned.insider].contains(other));
        let crowd = |unit: usize, period: usize| self.table.crowd_of(unit, self.figures.cube.axes().periods()[period]);
        let figures = |other: usize| -> Option<Vec<usize>> {
            if hidden.iter().any(|period| crowd(unit, *period) != crowd(other, *period)) {
                return None;
            }
            let cells: Vec<usize> = hidden.iter().map(|period| of(other, *period)).collect::<Option<_>>()?;
            let shown: Vec<usize> = cells.into_iter().filter(|cell| choice.printed[*cell]).collect();
            (!shown.is_empty() && shown.iter().all(|cell| self.may_hide(choice, *cell))).then_some(shown)
        };
        let rank = |cells: &Vec<usize>| cells.iter().map(|cell| self.levels.rank(self.table, *cell)).min();
        others.filter_map(figures).max_by_key(rank)
    }

    /// Where one or two units alone are hidden, each learns the other from the total: one more for company,
    /// in measures of class P2 (statistics report 1.7, A8). The total is that of the units of one rhythm where
    /// figures within the year tell it.
    fn company(&self, choice: &Choice) -> BTreeSet<usize> {
        let mut units: BTreeMap<_, (usize, Vec<usize>)> = BTreeMap::new();
        for (at, cell) in self.table.cells.iter().enumerate() {
            let Place::Unit(unit, period) = cell.place else { continue };
            if self.subjects[cell.measure].privacy == Privacy::P2 {
                let crowd = self.table.crowd_of(unit, self.figures.cube.axes().periods()[period]);
                let (hidden, printed) = units.entry((cell.measure, period, crowd)).or_default();
                match choice.printed[at] {
                    true => printed.push(at),
                    false => *hidden += 1,
                }
            }
        }
        let lonely = units.into_values().filter(|(hidden, _)| (1..SMALLEST_CROWD).contains(hidden));
        let rank = |cell: &usize| self.levels.rank(self.table, *cell);
        let one = |cells: Vec<usize>| cells.into_iter().filter(|cell| self.may_hide(choice, *cell)).max_by_key(rank);
        lonely.filter_map(|(_, cells)| one(cells)).collect()
    }

    /// Every printed cell of the levels that some cells belong to.
    pub fn levels_of(&self, choice: &Choice, some: &BTreeSet<usize>) -> BTreeSet<usize> {
        let levels: BTreeSet<_> = some.iter().map(|cell| self.level(*cell)).collect();
        let printed = (0..self.table.cells.len()).filter(|cell| self.may_hide(choice, *cell));
        printed.filter(|cell| levels.contains(&self.level(*cell))).collect()
    }

    fn may_hide(&self, choice: &Choice, cell: usize) -> bool {
        choice.printed[cell] && !self.earlier.printed.contains(&cell)
    }

    /// The least valuable printed cell around a number that is told: of the same units and of the measures
    /// that a rule joins to its own; else of other units in its own measure; else of the province.
    pub fn cheapest_around(&self, choice: &Choice, (area, period, measure): &Told) -> Option<usize> {
        let axes = self.figures.cube.axes();
        let measure = axes.measure_position(measure)?;
        let joined: BTreeSet<usize> = self.joined(measure);
        let own_units: BTreeSet<usize> = match area {
            Area::Unit(_) => axes.area_position(area).into_iter().collect(),
            Area::Group(group) => {
                let has =
                    |code: &UnitCode| self.definitions.units.get(code).is_some_and(|unit| unit.groups.contains(group));
                let areas = axes.areas().iter().enumerate();
                areas.filter(|(_, area)| matches!(area, Area::Unit(code) if has(code))).map(|(at, _)| at).collect()
            }
            Area::Province(_) => BTreeSet::new(),
        };
        let meets = |at: usize| {
            let own = axes.periods()[at];
            own.contains(*period) || period.contains(own)
        };
        // How near a printed cell is: 0 its own units, 1 other units, 2 the province; none elsewhere.
        let distance = |cell: usize| match self.table.cells[cell].place {
            Place::Unit(unit, at) if meets(at) => match own_units.contains(&unit) {
                true => joined.contains(&self.table.cells[cell].measure).then_some(0),
                false => (self.table.cells[cell].measure == measure && !own_units.is_empty()).then_some(1),
            },
            Place::Province(at) if meets(at) && joined.contains(&self.table.cells[cell].measure) => {
                Some(if own_units.is_empty() { 0 } else { 2 })
            }
            _ => None,
        };
        (0..self.table.cells.len())
            .filter(|cell| self.may_hide(choice, *cell))
            .filter_map(|cell| Some((distance(cell)?, cell)))
            .min_by_key(|(distance, cell)| (*distance, std::cmp::Reverse(self.levels.rank(self.table, *cell))))
            .map(|(_, cell)| cell)
    }

    /// The measures that a rule of the form joins to one, and itself.
    fn joined(&self, measure: usize) -> BTreeSet<usize> {
        let axes = self.figures.cube.axes();
        let rules = identities(axes, self.definitions).into_iter().chain(inequalities(axes, self.definitions));
        let with = rules.filter(|rule| rule.iter().any(|(_, at, _)| *at == measure));
        let mut joined: BTreeSet<usize> = with.flatten().map(|(_, at, _)| at).collect();
        joined.insert(measure);
        joined
    }

    /// The level that a cell belongs to: whose figures of which measure over how many quarters.
    fn level(&self, cell: usize) -> (bool, usize, usize) {
        let number = &self.table.cells[cell];
        let (Place::Province(period) | Place::Crowd(_, period) | Place::Unit(_, period)) = number.place;
        let quarters = self.figures.cube.axes().periods()[period].quarters().count();
        (matches!(number.place, Place::Unit(..)), number.measure, quarters)
    }
}
