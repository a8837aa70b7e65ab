//! Definitions that the program carries: forms, plans and all else a new input folder begins with,
//! and the register of the country's commune-level units.
//!
//! The register is described, with its sources and licence, in `assets/administrative-units/`.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use include_dir::{Dir, DirEntry, include_dir};

use crate::definitions::unit::{Unit, UnitKind, UnitName};
use crate::vocabulary::{ProvinceCode, UnitCode};

static FOLDERS: [(&str, Dir); 5] = [
    ("criteria", include_dir!("$CARGO_MANIFEST_DIR/input/criteria")),
    ("forms", include_dir!("$CARGO_MANIFEST_DIR/input/forms")),
    ("indicators", include_dir!("$CARGO_MANIFEST_DIR/input/indicators")),
    ("plans", include_dir!("$CARGO_MANIFEST_DIR/input/plans")),
    ("schemes", include_dir!("$CARGO_MANIFEST_DIR/input/schemes")),
];
const RELEASE: &str = include_str!("../../input/release.toml");
const COMMUNES: &str = include_str!("../../assets/administrative-units/communes-2025.csv");
const PROVINCES: &str = include_str!("../../assets/administrative-units/provinces-2025.csv");
const CHANGES: &str = include_str!("../../assets/administrative-units/changes-since-2025.csv");

/// A province or centrally-run city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    /// Its code.
    pub code: ProvinceCode,
    /// Its full name: `Tỉnh Tuyên Quang`.
    pub name: String,
}

/// The definition files that do not depend on a province, by their path below an input folder.
/// The plans are adopted by the units of the sample.
pub fn files() -> BTreeMap<String, &'static str> {
    fn gather(folder: &str, dir: &'static Dir, files: &mut BTreeMap<String, &'static str>) {
        for entry in dir.entries() {
            match entry {
                DirEntry::Dir(dir) => gather(folder, dir, files),
                DirEntry::File(file) => {
                    let below: Vec<_> = file.path().iter().map(|part| part.to_string_lossy()).collect();
                    let text = file.contents_utf8().expect("definition files are UTF-8");
                    files.insert(format!("{folder}/{}", below.join("/")), text);
                }
            }
        }
    }
    let mut files = BTreeMap::from([("release.toml".to_owned(), RELEASE)]);
    for (folder, dir) in &FOLDERS {
        gather(folder, dir, &mut files);
    }
    files
}

/// The first day the register knows: the units after the rearrangement of 2025.
pub fn register_begins() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 7, 1).expect("a real day")
}

/// The provinces as of a day, by code.
pub fn provinces(as_of: NaiveDate) -> Vec<Province> {
    let mut provinces: Vec<Province> = records(PROVINCES)
        .map(|record| Province { code: ProvinceCode::from(&record[0]), name: record[1].to_owned() })
        .collect();
    for change in changes(as_of).filter(|change| change.commune.is_empty()) {
        for province in provinces.iter_mut().filter(|province| province.code.as_str() == change.province) {
            province.name.clone_from(&change.name);
        }
    }
    provinces
}

/// The commune-level units of a province as of a day, by code, with the names they have had since
/// [`register_begins`].
pub fn units(province: &ProvinceCode, as_of: NaiveDate) -> Vec<Unit> {
    registered(as_of, |of| of == province.as_str())
}

/// The commune-level units of the country as of a day, as [`units`] gives those of a province.
pub fn every_unit(as_of: NaiveDate) -> Vec<Unit> {
    registered(as_of, |_| true)
}

fn registered(as_of: NaiveDate, is_wanted: impl Fn(&str) -> bool) -> Vec<Unit> {
    let mut units: BTreeMap<UnitCode, Unit> = records(COMMUNES)
        .filter(|record| is_wanted(&record[0]))
        .map(|record| {
            let code = UnitCode::from(&record[2]);
            let names = vec![name(&record[5], register_begins())];
            let (province, groups) = (ProvinceCode::from(&record[0]), [names[0].kind.code().into()].into());
            (code.clone(), Unit { code, province, names, predecessors: Vec::new(), successors: Vec::new(), groups })
        })
        .collect();
    for change in changes(as_of) {
        let Some(unit) = units.get_mut(change.commune.as_str()) else { continue };
        if let Some(last) = unit.names.last_mut() {
            last.valid_to = Some(change.from - Days::new(1));
        }
        unit.names.push(name(&change.name, change.from));
        unit.groups = [unit.kind().code().into()].into();
    }
    units.into_values().collect()
}

fn name(name: &str, valid_from: NaiveDate) -> UnitName {
    let typed = UnitKind::ALL.into_iter().find(|kind| name.starts_with(kind.title()));
    let kind = typed.expect("the register gives every name with its type");
    UnitName { name: name.to_owned(), kind, valid_from, valid_to: None }
}

/// A change of name: of a province when `commune` is empty.
struct Change {
    from: NaiveDate,
    province: String,
    commune: String,
    name: String,
}

/// The changes up to a day, in order.
fn changes(as_of: NaiveDate) -> impl Iterator<Item = Change> {
    let change = |record: csv::StringRecord| Change {
        from: record[0].parse().expect("the register gives real days"),
        province: record[2].to_owned(),
        commune: record[3].to_owned(),
        name: record[5].to_owned(),
    };
    records(CHANGES).map(change).filter(move |change| change.from <= as_of)
}

fn records(text: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes())
        .into_records()
        .map(|record| record.expect("the register is well-formed CSV"))
}
