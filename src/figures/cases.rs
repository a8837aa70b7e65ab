//! Every kind of measure × every rhythm × every absence, as one table to read (statistics report 3.1–3.3).
//!
//! One unit reports the year 2026 in its rhythm; what the column says befalls its last return of the year.
//! The n-th return says: opening stock 10n, arrivals n, closing stock 10n + 5, meetings 100, evaluated 2, class 2.
//! A figure is written `status value reported/due`.

use std::collections::BTreeSet;

use chrono::Days;

use super::measures;
use super::sample::{day, definitions, figures_on, sent};
use crate::definitions::form::AcrossTime;
use crate::definitions::schedule;
use crate::figures::{Figures, MeasureKind};
use crate::intake::{Outcome, Reading, Return, Standing};
use crate::vocabulary::PeriodKind;

/// What can befall a return. `every_absence_is_a_column` holds the list to the enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Absence {
    /// It came in time and whole.
    Nothing,
    /// It came, and says 0.
    Zero,
    /// It has not come, and is due.
    Missing,
    /// It came, with the cell left empty.
    Empty,
    /// It came, and the value is refused.
    Quarantined,
    /// All of it was sent back.
    Returned,
    /// It is not due yet.
    NotDue,
    /// It came as an estimate.
    Estimated,
    /// It came, and a later version replaced it.
    Corrected,
    /// It came after its deadline.
    Late,
}

impl Absence {
    const ALL: [Absence; 10] = [
        Absence::Nothing,
        Absence::Zero,
        Absence::Missing,
        Absence::Empty,
        Absence::Quarantined,
        Absence::Returned,
        Absence::NotDue,
        Absence::Estimated,
        Absence::Corrected,
        Absence::Late,
    ];

    /// Whether figures are just as if nothing had befallen the return.
    fn leaves_no_trace(self) -> bool {
        match self {
            Absence::Nothing | Absence::Corrected | Absence::Late => true,
            Absence::Zero
            | Absence::Missing
            | Absence::Empty
            | Absence::Quarantined
            | Absence::Returned
            | Absence::NotDue
            | Absence::Estimated => false,
        }
    }

    /// The versions of a return that it befell, and the day of the build.
    fn befall(self, mut whole: Return) -> (Vec<Return>, &'static str) {
        let set = |ret: &mut Return, value: Reading| ret.entries.values_mut().for_each(|entry| entry.value = value);
        let after = "2027-02-01";
        match self {
            Absence::Nothing => {}
            Absence::Zero => set(&mut whole, Reading::Value(0)),
            Absence::Missing => return (vec![], after),
            Absence::NotDue => return (vec![], "2027-01-05"),
            Absence::Empty => set(&mut whole, Reading::Empty),
            Absence::Quarantined => set(&mut whole, Reading::Rejected),
            Absence::Returned => whole.outcome = Outcome::Returned,
            Absence::Estimated => whole.estimate = true,
            Absence::Late => whole.received = whole.received.map(|day| day + Days::new(9)),
            Absence::Corrected => {
                let mut first = whole.clone();
                set(&mut first, Reading::Value(999));
                (first.file, whole.file) = ("a.xlsx".into(), "b.xlsx".into());
                first.standing = Standing::Superseded { by: "b.xlsx".into() };
                return (vec![first, whole], after);
            }
        }
        (vec![whole], after)
    }
}

const RHYTHMS: [PeriodKind; 3] = [PeriodKind::Quarter, PeriodKind::Half, PeriodKind::Year];

/// What the unit's year says when its last return met with an absence.
fn year(rhythm: PeriodKind, absence: Absence) -> Figures {
    let definitions = definitions(&[("00001", rhythm)]);
    let owed = schedule::expected(&definitions);
    let values = |n: i64| {
        let (dau, cuoi) = (10 * n, 10 * n + 5);
        [
            ("a.dau", dau),
            ("a.vao", n),
            ("a.cuoi", cuoi),
            ("a.gap", 100),
            ("a.xet", 2),
            ("a.dieu_chinh", 1),
            ("b.hang", 2),
            ("c.hoi", 7),
        ]
    };
    let mut returns: Vec<Return> = owed
        .iter()
        .filter(|owed| owed.period.last_year() == 2026)
        .zip(1..)
        .map(|(owed, n)| sent(&definitions, "00001", &owed.period.to_string(), &values(n)))
        .collect();
    let (versions, as_of) = absence.befall(returns.pop().expect("a year has a last return"));
    returns.extend(versions);
    figures_on(as_of, &definitions, returns)
}

/// The table: a line for each measure and rhythm, a column for each absence that leaves a trace.
fn table() -> String {
    let years: Vec<Vec<(Absence, Figures)>> =
        RHYTHMS.map(|rhythm| Absence::ALL.map(|absence| (absence, year(rhythm, absence))).into()).into();
    let mut lines = Vec::new();
    for code in measures(&definitions(&[])).iter().map(|info| info.code.to_string()) {
        for (rhythm, years) in RHYTHMS.iter().zip(&years) {
            let told: Vec<(Absence, String)> =
                years.iter().map(|(absence, figures)| (*absence, figures.told("00001", "2026", &code))).collect();
            let mut cells = vec![format!("{code} {}", rhythm.code())];
            for (absence, cell) in &told {
                match absence.leaves_no_trace() && *absence != Absence::Nothing {
                    true => assert_eq!(*cell, told[0].1, "{code} {rhythm:?} {absence:?}"),
                    false => cells.push(cell.clone()),
                }
            }
            lines.push(cells.join(" | "));
        }
    }
    lines.join("\n")
}

#[test]
fn every_kind_rhythm_and_absence_gives_its_figure() {
    let written =
        EXPECTED.trim().lines().skip(1).map(|line| line.split('|').map(str::trim).collect::<Vec<_>>().join(" | "));
    let (written, is) = (written.collect::<Vec<_>>().join("\n"), table());
    assert!(written == is, "\n{is}");
}

#[test]
fn every_absence_is_a_column() {
    let columns = EXPECTED.trim().lines().next().unwrap().split('|').skip(1).map(str::trim).collect::<Vec<_>>();
    let wanted = Absence::ALL.into_iter().filter(|one| *one == Absence::Nothing || !one.leaves_no_trace());
    assert_eq!(columns, wanted.map(|one| format!("{one:?}")).collect::<Vec<_>>());
}

#[test]
fn the_small_catalogue_has_every_way_of_adding_up_that_the_real_one_has() {
    let ways = |catalogue: &[super::MeasureInfo]| -> BTreeSet<(MeasureKind, Option<u8>)> {
        catalogue.iter().map(|info| (info.kind, info.across_time.map(|across| across as u8))).collect()
    };
    let input = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let (real, _) = crate::definitions::load(&input).unwrap();
    let small = ways(&measures(&definitions(&[])));
    assert!(ways(&measures(&real)).is_subset(&small), "{small:?}");
    assert!(
        [AcrossTime::First, AcrossTime::Last, AcrossTime::Sum, AcrossTime::None]
            .iter()
            .all(|across| { small.iter().any(|(_, way)| *way == Some(*across as u8)) })
    );
}

#[test]
fn a_late_return_counts_from_the_day_it_came() {
    // The day before, the build does not have it: what came later is left out where returns are read.
    let definitions = definitions(&[("00001", PeriodKind::Quarter)]);
    let late = sent(&definitions, "00001", "2026-Q1", &[("a.vao", 4)]);
    let came = late.received.unwrap() + Days::new(9);
    let before = figures_on("2026-04-18", &definitions, vec![]);
    assert_eq!(before.told("99", "2026-Q1", "a.vao"), "O 0/1");
    let after = figures_on("2026-04-19", &definitions, vec![Return { received: Some(came), ..late }]);
    assert_eq!((after.told("99", "2026-Q1", "a.vao").as_str(), came), ("A 4 1/1", day("2026-04-19")));
}

#[rustfmt::skip]
const EXPECTED: &str = "
measure rhythm       | Nothing          | Zero             | Missing         | Empty           | Quarantined     | Returned        | NotDue | Estimated
a.dau quarter        | A 10 1/1         | A 10 1/1         | A 10 1/1        | A 10 1/1        | A 10 1/1        | A 10 1/1        | M 0/0  | A 10 1/1
a.dau half           | A 10 1/1         | A 10 1/1         | A 10 1/1        | A 10 1/1        | A 10 1/1        | A 10 1/1        | M 0/0  | A 10 1/1
a.dau year           | A 10 1/1         | A 0 1/1          | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 10 1/1
a.vao quarter        | A 10 4/4         | A 6 4/4          | P 6 3/4         | P 6 3/4         | P 6 3/4         | P 6 3/4         | M 0/0  | E 10 4/4
a.vao half           | A 3 2/2          | A 1 2/2          | P 1 1/2         | P 1 1/2         | P 1 1/2         | P 1 1/2         | M 0/0  | E 3 2/2
a.vao year           | A 1 1/1          | A 0 1/1          | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 1 1/1
a.cuoi quarter       | A 45 1/1         | A 0 1/1          | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 45 1/1
a.cuoi half          | A 25 1/1         | A 0 1/1          | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 25 1/1
a.cuoi year          | A 15 1/1         | A 0 1/1          | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 15 1/1
a.gap quarter        | A 400 4/4        | A 300 4/4        | P 300 3/4       | P 300 3/4       | P 300 3/4       | P 300 3/4       | M 0/0  | E 400 4/4
a.gap half           | A 200 2/2        | A 100 2/2        | P 100 1/2       | P 100 1/2       | P 100 1/2       | P 100 1/2       | M 0/0  | E 200 2/2
a.gap year           | A 100 1/1        | A 0 1/1          | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 100 1/1
a.xet quarter        | M 0/0            | M 0/0            | M 0/0           | M 0/0           | M 0/0           | M 0/0           | M 0/0  | M 0/0
a.xet half           | M 0/0            | M 0/0            | M 0/0           | M 0/0           | M 0/0           | M 0/0           | M 0/0  | M 0/0
a.xet year           | M 0/0            | M 0/0            | M 0/0           | M 0/0           | M 0/0           | M 0/0           | M 0/0  | M 0/0
a.dieu_chinh quarter | A 4 4/4          | A 3 4/4          | P 3 3/4         | A 3 3/3         | P 3 3/4         | P 3 3/4         | M 0/0  | E 4 4/4
a.dieu_chinh half    | A 2 2/2          | A 1 2/2          | P 1 1/2         | A 1 1/1         | P 1 1/2         | P 1 1/2         | M 0/0  | E 2 2/2
a.dieu_chinh year    | A 1 1/1          | A 0 1/1          | O 0/1           | M 0/0           | O 0/1           | O 0/1           | M 0/0  | E 1 1/1
a.tl_vao quarter     | A 10:20 4/4      | A 6:16 4/4       | P 6:16 3/4      | P 6:16 3/4      | P 6:16 3/4      | P 6:16 3/4      | M 0/0  | E 10:20 4/4
a.tl_vao half        | A 3:13 2/2       | A 1:11 2/2       | P 1:11 1/2      | P 1:11 1/2      | P 1:11 1/2      | P 1:11 1/2      | M 0/0  | E 3:13 2/2
a.tl_vao year        | A 1:11 1/1       | A 0:0 1/1        | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 1:11 1/1
a.tl_gap quarter     | A 4200:16520 3/3 | A 2800:12380 3/3 | P 2800:9160 2/3 | P 2800:9160 2/3 | P 2800:9160 2/3 | P 2800:9160 2/3 | M 0/0  | E 4200:16520 3/3
a.tl_gap half        | A 1400:7360 1/1  | A 0:2760 1/1     | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 1400:7360 1/1
a.tl_gap year        | M 0/0            | M 0/0            | M 0/0           | M 0/0           | M 0/0           | M 0/0           | M 0/0  | M 0/0
a.tl_xet quarter     | A 8:120 4/4      | A 6:75 4/4       | P 6:75 3/4      | P 6:75 3/4      | P 6:75 3/4      | P 6:75 3/4      | M 0/0  | E 8:120 4/4
a.tl_xet half        | M 0/0            | M 0/0            | M 0/0           | M 0/0           | M 0/0           | M 0/0           | M 0/0  | M 0/0
a.tl_xet year        | M 0/0            | M 0/0            | M 0/0           | M 0/0           | M 0/0           | M 0/0           | M 0/0  | M 0/0
b.hang quarter       | A 2 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 2 1/1
b.hang half          | A 2 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 2 1/1
b.hang year          | A 2 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 2 1/1
b.hang.y quarter     | A 0 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 0 1/1
b.hang.y half        | A 0 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 0 1/1
b.hang.y year        | A 0 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 0 1/1
b.hang.k quarter     | A 1 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 1 1/1
b.hang.k half        | A 1 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 1 1/1
b.hang.k year        | A 1 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 1 1/1
b.hang.xs quarter    | A 0 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 0 1/1
b.hang.xs half       | A 0 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 0 1/1
b.hang.xs year       | A 0 1/1          | O 0/1            | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 0 1/1
c.hoi quarter        | M 0/0            | M 0/0            | M 0/0           | M 0/0           | M 0/0           | M 0/0           | M 0/0  | M 0/0
c.hoi half           | M 0/0            | M 0/0            | M 0/0           | M 0/0           | M 0/0           | M 0/0           | M 0/0  | M 0/0
c.hoi year           | A 7 1/1          | A 0 1/1          | O 0/1           | O 0/1           | O 0/1           | O 0/1           | M 0/0  | E 7 1/1
";
