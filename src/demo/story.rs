//! The story of an invented unit: every quarter of every year, told so that all rules of the form hold.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::definitions::Scheme;
use crate::demo::dice::Dice;
use crate::demo::models::{self, Model};
use crate::demo::movement;
use crate::demo::persons::Persons;
use crate::demo::unit::{Traits, Undertaking};
use crate::vocabulary::{Period, UnitCode};

/// Values by mã số.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts(BTreeMap<&'static str, i64>);

impl Counts {
    pub fn set(&mut self, item: &'static str, value: i64) {
        self.0.insert(item, value);
    }

    pub fn add(&mut self, item: &'static str, value: i64) {
        *self.0.entry(item).or_default() += value;
    }

    /// The value; 0 when it was not told.
    pub fn get(&self, item: &str) -> i64 {
        self.0.get(item).copied().unwrap_or(0)
    }

    /// The value, when it was told.
    pub fn known(&self, item: &str) -> Option<i64> {
        self.0.get(item).copied()
    }
}

/// One quarter of a unit.
pub(super) struct Quarter {
    pub commune: Counts,
    pub settlements: Vec<Counts>,
}

/// All that happened to a unit.
pub(super) struct Story {
    pub traits: Traits,
    pub quarters: BTreeMap<Period, Quarter>,
    pub models: Vec<Model>,
    /// The criteria met, by year; empty when the unit does not strive to be exemplary.
    pub criteria: BTreeMap<i32, Vec<bool>>,
}

impl Story {
    /// Tells the years of a unit; `criteria` is the size of the set an exemplary commune is measured by.
    pub fn tell(
        seed: u64,
        unit: &UnitCode,
        urban: bool,
        undertaking: &Undertaking,
        scheme: &Scheme,
        years: RangeInclusive<i32>,
        criteria: usize,
    ) -> Self {
        let traits = Traits::of(seed, unit, urban);
        let number = traits.settlements.len();
        let mut lasting = Dice::new(seed, unit, -1);
        let mut story = Self {
            models: models::founded(&mut lasting, number),
            traits,
            quarters: BTreeMap::new(),
            criteria: BTreeMap::new(),
        };
        let mut persons = Persons::new(&story.traits);
        let first = *years.start();
        for year in years {
            let mut dice = Dice::new(seed, unit, year);
            let passed = i64::from(year - first);
            models::year(&mut dice, &mut story.models, number, year);
            for at in 1..=4 {
                let period = Period::quarter(year, at);
                let (from, to) = scheme.days(period);
                let mut commune = Counts::default();
                let mut settlements = vec![Counts::default(); number];
                persons.quarter(&mut dice, &story.traits, undertaking, passed, at, &mut commune);
                movement::quarter(&mut dice, &story.traits, undertaking, passed, at, &mut commune, &mut settlements);
                models::count(&story.models, from, to, &mut commune, &mut settlements);
                if at == 4 {
                    movement::year(&mut dice, &story.traits, undertaking, passed, &mut commune, &mut settlements);
                    if undertaking.exemplary {
                        let met = movement::criteria(&mut dice, passed, criteria);
                        commune.set("bv.tieu_chi_dat", met.iter().filter(|met| **met).count() as i64);
                        story.criteria.insert(year, met);
                    }
                }
                story.quarters.insert(period, Quarter { commune, settlements });
            }
        }
        story
    }
}
