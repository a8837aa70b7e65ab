//! Chance in whole numbers: the same seed always throws the same.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::vocabulary::UnitCode;

/// Dice of one unit and year, so that neither other units nor other years change what they throw.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of a unit for a year; year 0 is for what lasts.
    pub fn new(seed: u64, unit: &UnitCode, year: i32) -> Self {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..12].copy_from_slice(&year.to_le_bytes());
        for (place, byte) in key[12..].iter_mut().zip(unit.as_str().bytes()) {
            *place = byte;
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A whole number from `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = u64::try_from(most - least + 1).expect("the bounds are in order");
        least + i64::try_from(self.0.next_u64() % width).expect("a remainder of an i64 width is an i64")
    }

    /// True in so many of a hundred throws.
    pub fn percent(&mut self, chance: i64) -> bool {
        self.between(0, 99) < chance
    }

    /// A count of rare things: binomial, with a mean of so many hundredths.
    pub fn about(&mut self, hundredths: i64) -> i64 {
        if hundredths <= 0 {
            return 0;
        }
        let trials = (hundredths / 50).max(6);
        (0..trials).filter(|_| self.between(0, trials * 100 - 1) < hundredths).count() as i64
    }

    /// How many of `whole` things turn out well when each does in so many of a hundred throws.
    pub fn share(&mut self, whole: i64, chance: i64) -> i64 {
        (0..whole).filter(|_| self.percent(chance)).count() as i64
    }

    /// One of several.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.between(0, of.len() as i64 - 1) as usize]
    }
}
