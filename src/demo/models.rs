//! The models of a unit: surveyed, decided, launched, kept or stopped.

use chrono::{Days, NaiveDate};

use crate::demo::dice::Dice;
use crate::demo::story::Counts;

/// One model over time.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub name: String,
    /// Whether it serves reintegration.
    pub reintegration: bool,
    /// The thôn it is in.
    pub settlement: usize,
    /// The day each step was reached; the fifth is the launch.
    pub steps: [Option<NaiveDate>; 5],
    /// Members when launched.
    pub members: i64,
    /// The day it stopped.
    pub stopped: Option<NaiveDate>,
    /// How good it is, 0–100: yearly evaluation and ranking follow it.
    pub quality: i64,
}

impl Model {
    /// The step reached by a day.
    pub fn step(&self, day: NaiveDate) -> u8 {
        self.steps.iter().take_while(|date| date.is_some_and(|date| date <= day)).count() as u8
    }

    /// Whether it is launched and not stopped on a day.
    pub fn runs(&self, day: NaiveDate) -> bool {
        self.step(day) == 5 && self.stopped.is_none_or(|end| day < end)
    }

    fn launched_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.steps[4].is_some_and(|date| from <= date && date <= to)
    }

    fn stopped_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.stopped.is_some_and(|date| from <= date && date <= to)
    }
}

/// The models a unit has from the start, launched in earlier years.
pub(super) fn founded(dice: &mut Dice, settlements: usize) -> Vec<Model> {
    let number = dice.between(3, 5);
    (0..number)
        .map(|at| {
            let start = day(2023 + (at % 3) as i32, dice.between(1, 9) as u32, 5);
            model(dice, at as usize, settlements, start)
        })
        .collect()
}

/// What happens to the models in a year: some begin, a weak one stops.
pub(super) fn year(dice: &mut Dice, models: &mut Vec<Model>, settlements: usize, year: i32) {
    let fresh = i64::from(dice.percent(70)) + i64::from(dice.percent(25));
    for _ in 0..fresh {
        let start = day(year, dice.between(1, 6) as u32, dice.between(3, 24) as u32);
        let number = models.len();
        models.push(model(dice, number, settlements, start));
    }
    let end = day(year, 6, 1);
    let running = models.iter().filter(|model| model.runs(end)).count();
    let weak = models.iter_mut().filter(|model| model.runs(end)).min_by_key(|model| model.quality);
    if let Some(weak) = weak.filter(|_| running > 3 && dice.percent(35)) {
        weak.stopped = Some(end + Days::new(dice.between(20, 170).unsigned_abs()));
    }
}

/// The counts of a quarter, for the commune and for each thôn.
pub(super) fn count(
    models: &[Model],
    from: NaiveDate,
    to: NaiveDate,
    commune: &mut Counts,
    settlements: &mut [Counts],
) {
    for counts in settlements.iter_mut() {
        for item in ["mh.cuoi_ky", "mh.moi", "mh.dung"] {
            counts.set(item, 0);
        }
    }
    let mut reintegration = 0;
    for model in models {
        let counts = &mut settlements[model.settlement];
        let runs = model.runs(to);
        counts.add("mh.cuoi_ky", i64::from(runs));
        counts.add("mh.moi", i64::from(model.launched_in(from, to)));
        counts.add("mh.dung", i64::from(model.stopped_in(from, to)));
        reintegration += i64::from(runs && model.reintegration);
    }
    for item in ["mh.cuoi_ky", "mh.moi", "mh.dung"] {
        commune.set(item, settlements.iter().map(|counts| counts.get(item)).sum());
    }
    commune.set("mh.thn_cuoi_ky", reintegration);
}

fn model(dice: &mut Dice, at: usize, settlements: usize, start: NaiveDate) -> Model {
    const NAMES: [(&str, bool); 10] = [
        ("Tổ giúp đỡ tái hòa nhập cộng đồng", true),
        ("Camera an ninh", false),
        ("Chung tay giúp đỡ người hoàn lương", true),
        ("Dòng họ tự quản về an ninh, trật tự", false),
        ("Tiếng kẻng an ninh", false),
        ("Tổ liên gia an toàn phòng cháy", false),
        ("Cổng trường an toàn giao thông", false),
        ("Việc làm cho người trở về", true),
        ("Khu dân cư không có tội phạm", false),
        ("Zalo an ninh", false),
    ];
    let (name, reintegration) = NAMES[at % NAMES.len()];
    let mut steps = [None; 5];
    let mut date = start;
    for step in &mut steps {
        *step = Some(date);
        date = date + Days::new(dice.between(12, 38).unsigned_abs());
    }
    Model {
        name: if at < NAMES.len() { name.to_owned() } else { format!("{name} (điểm {})", at / NAMES.len() + 1) },
        reintegration,
        settlement: dice.between(0, settlements as i64 - 1) as usize,
        steps,
        members: dice.between(8, 30),
        stopped: None,
        quality: dice.between(30, 95),
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("days up to the 28th are in every month")
}
