//! What lasts about an invented unit: its size, its thôn, its habits.

use crate::demo::dice::Dice;
use crate::vocabulary::UnitCode;

/// What a unit has undertaken, as far as its figures show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Undertaking {
    /// `1-1`: a team for each person; `1-n`: a team for one or several.
    pub team_model: Option<TeamModel>,
    /// Former police officers take part (Biểu 07).
    pub veterans: bool,
    /// The commune strives to be exemplary and counts the criteria met.
    pub exemplary: bool,
}

/// How teams and persons match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TeamModel {
    OneToOne,
    OneToMany,
}

/// The lasting traits of a unit.
pub(super) struct Traits {
    /// Persons it usually has under management, 15–80.
    pub stock: i64,
    /// Share of the stock that arrives in a year, in per cent.
    pub inflow: i64,
    /// Share with work at the start of 2026, in per cent.
    pub work: i64,
    /// Contacts against the rule of one a week, in per cent.
    pub contacts: i64,
    /// How far people come to the authorities with what they see.
    pub trust: i64,
    /// Its thôn.
    pub settlements: Vec<SettlementTraits>,
}

/// The lasting traits of a thôn.
pub(super) struct SettlementTraits {
    pub name: String,
    /// How good its movement is, 0–100.
    pub movement: i64,
    /// Agencies, enterprises and schools in it.
    pub agencies: i64,
    /// Former police officers who take part.
    pub veterans: i64,
}

impl Traits {
    /// The traits of a unit; `urban` gives it tổ dân phố instead of thôn.
    pub fn of(seed: u64, unit: &UnitCode, urban: bool) -> Self {
        let mut dice = Dice::new(seed, unit, 0);
        // Three dice give 15–80 with most communes near 45 (domain report 3.1).
        let stock = 15 + dice.between(0, 22) + dice.between(0, 22) + dice.between(0, 21);
        let number = 9 + dice.between(0, 9) + dice.between(0, 8);
        let traits = Self {
            stock,
            inflow: dice.between(32, 39),
            work: dice.between(68, 76),
            contacts: dice.between(96, 112),
            trust: dice.between(60, 140),
            settlements: Vec::new(),
        };
        let mut names = settlement_names(&mut dice, urban, number);
        let settlements = names
            .drain(..)
            .map(|name| SettlementTraits {
                name,
                movement: dice.between(30, 80),
                agencies: i64::from(dice.percent(45)) + i64::from(dice.percent(12)),
                veterans: dice.about(160),
            })
            .collect();
        Self { settlements, ..traits }
    }

    /// Agencies, enterprises and schools of the unit.
    pub fn agencies(&self) -> i64 {
        self.settlements.iter().map(|thon| thon.agencies).sum()
    }
}

fn settlement_names(dice: &mut Dice, urban: bool, number: i64) -> Vec<String> {
    const FIRST: [&str; 12] =
        ["An", "Bình", "Đông", "Tân", "Phú", "Hòa", "Vĩnh", "Xuân", "Thanh", "Trung", "Yên", "Long"];
    const SECOND: [&str; 12] =
        ["Lạc", "Thọ", "Tiến", "Sơn", "Phong", "Hưng", "Mỹ", "Lộc", "Giang", "Thành", "Trạch", "Khê"];
    if urban {
        return (1..=number).map(|at| format!("Tổ dân phố {at}")).collect();
    }
    let kind = dice.pick(&["Thôn", "Thôn", "Xóm"]);
    let (start, step) = (dice.between(0, 143), dice.pick(&[&5i64, &7, &11, &35, &59]));
    (0..number)
        .map(|at| {
            // The step has no factor in common with 144, so that no name comes twice.
            let place = (start + at * step) % 144;
            format!("{kind} {} {}", FIRST[(place / 12) as usize], SECOND[(place % 12) as usize])
        })
        .collect()
}
