//! The dated register of commune-level units, and the names they go by.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use unicode_normalization::char::is_combining_mark;

use crate::vocabulary::text::{name_key, plain_key};
use crate::vocabulary::{GroupId, ProvinceCode, UnitCode};

/// All units of the input folder.
#[derive(Clone, Debug, Default)]
pub struct UnitRegister {
    /// Units by code.
    pub units: BTreeMap<UnitCode, Unit>,
    /// Further spellings that are accepted, by [`name_key`].
    pub aliases: BTreeMap<String, UnitCode>,
}

/// A unit over its whole life. Its code alone is not an identity: see [`Unit::valid_from`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The code.
    pub code: UnitCode,
    /// Province.
    pub province: ProvinceCode,
    /// Its names in order of time; a change of type (xã to phường) is a new name. Never empty.
    pub names: Vec<UnitName>,
    /// The units it was made of.
    pub predecessors: Vec<UnitCode>,
    /// The units it became.
    pub successors: Vec<UnitCode>,
    /// The groups it belongs to, its type (`xa`, `phuong`, `dac_khu`) among them.
    pub groups: BTreeSet<GroupId>,
}

/// A name with the days it was valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitName {
    /// Full name with the type: `Xã Minh Sơn`.
    pub name: String,
    /// Type: `xa`, `phuong`, `dac_khu`.
    pub kind: UnitKind,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, when it has ended.
    pub valid_to: Option<NaiveDate>,
}

/// Types of commune-level unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitKind {
    /// Xã.
    Xa,
    /// Phường.
    Phuong,
    /// Đặc khu.
    DacKhu,
}

impl UnitKind {
    /// Every type.
    pub const ALL: [UnitKind; 3] = [UnitKind::Xa, UnitKind::Phuong, UnitKind::DacKhu];

    /// The word before the name: `Xã`, `Phường`, `Đặc khu`.
    pub fn title(self) -> &'static str {
        match self {
            UnitKind::Xa => "Xã",
            UnitKind::Phuong => "Phường",
            UnitKind::DacKhu => "Đặc khu",
        }
    }

    /// The code in files, also the group of all such units.
    pub fn code(self) -> &'static str {
        match self {
            UnitKind::Xa => "xa",
            UnitKind::Phuong => "phuong",
            UnitKind::DacKhu => "dac_khu",
        }
    }
}

impl Unit {
    /// First day of the unit.
    pub fn valid_from(&self) -> NaiveDate {
        self.names[0].valid_from
    }

    /// Last day of the unit, when it has ended.
    pub fn valid_to(&self) -> Option<NaiveDate> {
        self.names[self.names.len() - 1].valid_to
    }

    /// Whether the unit existed on a day.
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.valid_from() <= day && self.valid_to().is_none_or(|end| day <= end)
    }

    /// The latest full name.
    pub fn name(&self) -> &str {
        &self.names[self.names.len() - 1].name
    }

    /// The full name on a day; the nearest one when the unit did not exist.
    pub fn name_on(&self, day: NaiveDate) -> &str {
        let named = self.names.iter().rev().find(|name| name.valid_from <= day);
        &named.unwrap_or(&self.names[0]).name
    }

    /// The latest type.
    pub fn kind(&self) -> UnitKind {
        self.names[self.names.len() - 1].kind
    }
}

impl UnitRegister {
    /// The unit with this code.
    pub fn get(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.get(code)
    }

    /// The one unit of a province that goes, or went, by exactly this name
    /// (case, blanks and the place of tone marks aside), or by an alias.
    /// Of units that shared the name one after the other, the one that bore it `on` the day.
    /// `None` when there is none or more than one.
    pub fn by_name(&self, province: &ProvinceCode, name: &str, on: Option<NaiveDate>) -> Option<&Unit> {
        let key = name_key(name);
        if let Some(code) = self.aliases.get(&key) {
            return self.get(code);
        }
        // Folding keeps the number of letters: most names are told apart by counting.
        let letters = |name: &str| name.chars().filter(|c| !c.is_whitespace() && !is_combining_mark(*c)).count();
        let wanted = letters(name);
        let is_named = |n: &UnitName| letters(&n.name) == wanted && name_key(&n.name) == key;
        let named = |unit: &&Unit| unit.province == *province && unit.names.iter().any(is_named);
        let found: Vec<&Unit> = self.units.values().filter(named).collect();
        if let [unit] = found[..] {
            return Some(unit);
        }
        let day = on?;
        let mut then = found.into_iter().filter(|unit| unit.exists_on(day) && name_key(unit.name_on(day)) == key);
        then.next().filter(|_| then.next().is_none())
    }

    /// Units whose name is `name` or nearly so without diacritics and type, nearest first; only to
    /// suggest, never to accept.
    pub fn like(&self, name: &str) -> Vec<&Unit> {
        let wanted = bare(name);
        if wanted.is_empty() {
            return Vec::new();
        }
        let slips = if wanted.chars().count() < 6 { 1 } else { 2 };
        let mut near: Vec<(usize, &Unit)> = self
            .units
            .values()
            .filter_map(|unit| {
                let slip = |n: &UnitName| {
                    let own = bare(&n.name);
                    if own.ends_with(&wanted) { 0 } else { strsim::levenshtein(&own, &wanted) }
                };
                let least = unit.names.iter().map(slip).min()?;
                (least <= slips).then_some((least, unit))
            })
            .collect();
        let nearest = near.iter().map(|(slips, _)| *slips).min();
        near.retain(|(slips, _)| Some(*slips) == nearest);
        near.into_iter().map(|(_, unit)| unit).collect()
    }

    /// Units whose code is one digit away; only to suggest.
    pub fn like_code(&self, code: &str) -> Vec<&Unit> {
        self.units.values().filter(|unit| strsim::levenshtein(unit.code.as_str(), code) == 1).collect()
    }
}

/// A name without diacritics and without its type.
fn bare(name: &str) -> String {
    let key = plain_key(name);
    const KINDS: [&str; 8] = ["ubnd ", "xa ", "phuong ", "dac khu ", "thi tran ", "x. ", "p. ", "dk. "];
    let mut rest = key.as_str();
    while let Some(shorter) = KINDS.iter().find_map(|kind| rest.strip_prefix(kind)) {
        rest = shorter;
    }
    rest.to_owned()
}
