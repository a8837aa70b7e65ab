//! Boundaries: when the land of units changed, and which units together are the same land before and after.
//!
//! Read from the register alone (`units.csv`): a merger, a division, a part split off. A new name
//! or type is no change of land. Whether figures are compared across a change is not decided here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::definitions::UnitRegister;
use crate::vocabulary::UnitCode;

/// Units rearranged on one day: those before and those after are together the same land.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rearrangement {
    /// The first day of the new boundaries.
    pub day: NaiveDate,
    /// The units there were the day before.
    pub before: BTreeSet<UnitCode>,
    /// The units there are from the day on.
    pub after: BTreeSet<UnitCode>,
    /// Whether every unit named is in the register; otherwise the land before is not known in full.
    pub whole: bool,
}

/// All rearrangements of a register, by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boundaries {
    all: Vec<Rearrangement>,
    lives: BTreeMap<UnitCode, (NaiveDate, Option<NaiveDate>)>,
}

/// Units whose land together is the same at both ends of a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Land {
    /// Every unit that was on it at some day of that time.
    pub units: BTreeSet<UnitCode>,
    /// Those on its last day.
    pub last: BTreeSet<UnitCode>,
    /// Whether it is known to be the same land: nothing came from or went to units not in the register.
    pub known: bool,
}

impl Boundaries {
    /// Reads the rearrangements off the lives, predecessors and successors of units. It is enough that
    /// one side names the other.
    pub fn of(register: &UnitRegister) -> Self {
        let mut edges: BTreeMap<NaiveDate, BTreeSet<(UnitCode, UnitCode)>> = BTreeMap::new();
        let mut strangers: BTreeSet<(NaiveDate, UnitCode)> = BTreeSet::new();
        for unit in register.units.values() {
            let ended = unit.valid_to().and_then(|day| day.succ_opt());
            for earlier in &unit.predecessors {
                match register.get(earlier) {
                    Some(earlier) => {
                        let day = earlier.valid_to().and_then(|day| day.succ_opt()).unwrap_or(unit.valid_from());
                        edges.entry(day).or_default().insert((earlier.code.clone(), unit.code.clone()));
                    }
                    None => _ = strangers.insert((unit.valid_from(), unit.code.clone())),
                }
            }
            for later in &unit.successors {
                match (register.get(later), ended) {
                    (Some(later), _) => {
                        let day = ended.unwrap_or(later.valid_from());
                        edges.entry(day).or_default().insert((unit.code.clone(), later.code.clone()));
                    }
                    (None, Some(day)) => _ = strangers.insert((day, unit.code.clone())),
                    (None, None) => {}
                }
            }
        }
        let lives = register.units.values().map(|unit| (unit.code.clone(), (unit.valid_from(), unit.valid_to())));
        let mut boundaries = Self { all: Vec::new(), lives: lives.collect() };
        for (day, edges) in edges {
            boundaries.all.extend(boundaries.on(day, edges, &strangers));
        }
        boundaries
    }

    /// The rearrangements of one day: units joined by an edge, directly or through others.
    fn on(
        &self,
        day: NaiveDate,
        mut edges: BTreeSet<(UnitCode, UnitCode)>,
        strangers: &BTreeSet<(NaiveDate, UnitCode)>,
    ) -> Vec<Rearrangement> {
        let eve = day.pred_opt().unwrap_or(day);
        let named: BTreeSet<UnitCode> = edges.iter().flat_map(|(from, to)| [from.clone(), to.clone()]).collect();
        let stay = named.iter().filter(|unit| self.exists(unit, eve) && self.exists(unit, day));
        edges.extend(stay.map(|unit| (unit.clone(), unit.clone())));
        let mut found: Vec<Rearrangement> = Vec::new();
        for (from, to) in edges {
            let mut one = Rearrangement { day, before: [from].into(), after: [to].into(), whole: true };
            let (joined, apart) = found.into_iter().partition(|other: &Rearrangement| {
                !other.before.is_disjoint(&one.before) || !other.after.is_disjoint(&one.after)
            });
            found = apart;
            for mut other in joined {
                one.before.append(&mut other.before);
                one.after.append(&mut other.after);
            }
            found.push(one);
        }
        for one in &mut found {
            one.whole = !one.before.iter().chain(&one.after).any(|unit| strangers.contains(&(day, unit.clone())))
                && one.before.iter().all(|unit| self.exists(unit, eve))
                && one.after.iter().all(|unit| self.exists(unit, day));
        }
        found.sort_by(|a, b| a.before.cmp(&b.before));
        found
    }

    /// Every rearrangement, by day.
    pub fn all(&self) -> &[Rearrangement] {
        &self.all
    }

    /// Whether a unit existed on a day.
    pub fn exists(&self, unit: &UnitCode, day: NaiveDate) -> bool {
        self.lives.get(unit).is_some_and(|(from, to)| *from <= day && to.is_none_or(|to| day <= to))
    }

    /// The rearrangements that touched a unit.
    pub fn touching<'a>(&'a self, unit: &'a UnitCode) -> impl DoubleEndedIterator<Item = &'a Rearrangement> {
        self.all.iter().filter(|one| one.before.contains(unit) || one.after.contains(unit))
    }

    /// The land a unit has been part of: all units joined to it by rearrangements after `since`, up to `until`.
    pub fn land(&self, unit: &UnitCode, since: NaiveDate, until: NaiveDate) -> Land {
        let within: Vec<&Rearrangement> = self.all.iter().filter(|one| since < one.day && one.day <= until).collect();
        let mut units = BTreeSet::from([unit.clone()]);
        loop {
            let size = units.len();
            for one in &within {
                if !one.before.is_disjoint(&units) || !one.after.is_disjoint(&units) {
                    units.extend(one.before.iter().chain(&one.after).cloned());
                }
            }
            if units.len() == size {
                break;
            }
        }
        let known = units.iter().all(|unit| {
            let Some((from, to)) = self.lives.get(unit) else { return false };
            let touching = |day: NaiveDate| within.iter().find(|one| one.day == day && names(one, unit));
            let began = since < *from && *from <= until && touching(*from).is_none();
            let ended = to.and_then(|to| to.succ_opt()).filter(|day| since < *day && *day <= until);
            let vanished = ended.is_some_and(|day| touching(day).is_none());
            !began && !vanished && within.iter().all(|one| one.whole || !names(one, unit))
        });
        let last = units.iter().filter(|unit| self.exists(unit, until)).cloned().collect();
        Land { units, last, known }
    }

    /// The units that on a day were together the land a unit has at `until`; `None` when no units were
    /// exactly that land, or when that is not known.
    pub fn composed(&self, unit: &UnitCode, day: NaiveDate, until: NaiveDate) -> Option<BTreeSet<UnitCode>> {
        let land = self.land(unit, day, until);
        let alone = land.last.len() == 1 && land.last.contains(unit);
        let then: BTreeSet<UnitCode> = land.units.into_iter().filter(|unit| self.exists(unit, day)).collect();
        (alone && land.known && !then.is_empty()).then_some(then)
    }
}

fn names(one: &Rearrangement, unit: &UnitCode) -> bool {
    one.before.contains(unit) || one.after.contains(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::Unit;
    use crate::definitions::unit::{UnitKind, UnitName};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Units written as `code from to predecessors successors`; `-` for nothing.
    fn register(lines: &[&str]) -> UnitRegister {
        let unit = |line: &&str| {
            let [code, from, to, before, after] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let list = |text: &str| text.split('+').filter(|code| *code != "-").map(UnitCode::from).collect();
            let valid_to = (to != "-").then(|| day(to));
            let name = UnitName { name: format!("Xã {code}"), kind: UnitKind::Xa, valid_from: day(from), valid_to };
            let unit = Unit {
                code: code.into(),
                province: "99".into(),
                names: vec![name],
                predecessors: list(before),
                successors: list(after),
                groups: BTreeSet::new(),
            };
            (unit.code.clone(), unit)
        };
        UnitRegister { units: lines.iter().map(unit).collect(), aliases: BTreeMap::new() }
    }

    /// Rearrangements as `day before>after`, and `?` where part of the land is not known.
    fn told(lines: &[&str]) -> Vec<String> {
        let join = |units: &BTreeSet<UnitCode>| units.iter().map(UnitCode::as_str).collect::<Vec<_>>().join("+");
        let all = Boundaries::of(&register(lines));
        let told = |one: &Rearrangement| {
            let mark = if one.whole { "" } else { "?" };
            format!("{} {}>{}{mark}", one.day, join(&one.before), join(&one.after))
        };
        all.all().iter().map(told).collect()
    }

    const MERGED: [&str; 4] =
        ["A 2025-07-01 2027-06-14 - C", "B 2025-07-01 2027-06-14 - C", "C 2027-06-15 - - -", "D 2025-07-01 - - -"];

    #[test]
    fn every_way_to_rearrange_is_read_from_either_side() {
        assert_eq!(told(&MERGED), ["2027-06-15 A+B>C"]);
        let from_later = ["A 2025-07-01 2027-06-14 - -", "B 2025-07-01 2027-06-14 - -", "C 2027-06-15 - A+B -"];
        assert_eq!(told(&from_later), ["2027-06-15 A+B>C"], "a merger, named by the new unit");
        let taken_in = ["A 2025-07-01 - B -", "B 2025-07-01 2027-06-14 - -"];
        assert_eq!(told(&taken_in), ["2027-06-15 A+B>A"], "one unit goes into another that keeps its code");
        let divided = ["A 2025-07-01 2027-06-14 - B+C", "B 2027-06-15 - - -", "C 2027-06-15 - - -"];
        assert_eq!(told(&divided), ["2027-06-15 A>B+C"]);
        let split_off = ["A 2025-07-01 - - -", "B 2027-06-15 - A -"];
        assert_eq!(told(&split_off), ["2027-06-15 A>A+B"], "a part leaves a unit that keeps its code");
        let recoded = ["A 2025-07-01 2027-06-14 - B", "B 2027-06-15 - - -"];
        assert_eq!(told(&recoded), ["2027-06-15 A>B"]);
        let stranger = ["A 2025-07-01 2027-06-14 - C", "C 2027-06-15 - A+X -"];
        assert_eq!(told(&stranger), ["2027-06-15 A>C?"], "X is not in the register");
    }

    #[test]
    fn a_successor_is_composed_of_its_predecessors_only_when_it_is_exactly_their_union() {
        let composed = |lines: &[&str], unit: &str, on: &str| {
            let boundaries = Boundaries::of(&register(lines));
            let units = boundaries.composed(&unit.into(), day(on), day("2029-12-14"))?;
            Some(units.iter().map(UnitCode::as_str).collect::<Vec<_>>().join("+"))
        };
        assert_eq!(composed(&MERGED, "C", "2026-12-14").as_deref(), Some("A+B"));
        assert_eq!(composed(&MERGED, "C", "2027-12-14").as_deref(), Some("C"));
        assert_eq!(composed(&MERGED, "D", "2026-12-14").as_deref(), Some("D"));
        assert_eq!(composed(&MERGED, "A", "2026-12-14"), None, "it is only a part of what it became");
        let divided = ["A 2025-07-01 2027-06-14 - B+C", "B 2027-06-15 - - -", "C 2027-06-15 - - -"];
        assert_eq!(composed(&divided, "B", "2026-12-14"), None, "it was only a part");
        let mixed = [
            "A 2025-07-01 2027-06-14 - B+C",
            "X 2025-07-01 2027-06-14 - C",
            "B 2027-06-15 - - -",
            "C 2027-06-15 - - -",
        ];
        assert_eq!(composed(&mixed, "C", "2026-12-14"), None);
        let again = [
            "A 2025-07-01 2027-06-14 - C",
            "B 2025-07-01 2027-06-14 - C",
            "C 2027-06-15 2028-06-14 - E",
            "D 2025-07-01 2028-06-14 - E",
            "E 2028-06-15 - - -",
        ];
        assert_eq!(composed(&again, "E", "2026-12-14").as_deref(), Some("A+B+D"), "through two mergers");
        let new = ["N 2027-06-15 - - -"];
        assert_eq!(composed(&new, "N", "2026-12-14"), None, "nothing is known of its land before");
    }
}
