//! New input folders with real communes.

use chrono::NaiveDate;
use tongket::definitions::schedule::expected;
use tongket::definitions::{self, embedded};
use tongket::init::init;
use tongket::vocabulary::UnitCode;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_folder_for_every_province_loads_and_has_all_its_units() {
    let as_of = day("2026-11-22");
    let (mut units, mut phuong) = (0, 0);
    for province in embedded::provinces(as_of) {
        let folder = tempfile::tempdir().unwrap();
        let summary = init(folder.path(), province.code.as_str(), as_of).unwrap();
        let (definitions, _) = definitions::load(folder.path()).unwrap_or_else(|error| panic!("{error:#}"));
        assert_eq!(definitions.units.units.len(), summary.units);
        assert!(!definitions.site.synthetic);
        units += summary.units;
        phuong += definitions.units.units.values().filter(|unit| unit.kind().code() == "phuong").count();
    }
    // The state from 20/9/2026, told in assets/administrative-units/README.md.
    assert_eq!((units, phuong), (3321, 709));
}

#[test]
fn every_unit_owes_returns_from_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let summary = init(folder.path(), "08", day("2026-11-22")).unwrap();
    assert_eq!((summary.province.as_str(), summary.units), ("Tỉnh Tuyên Quang", 124));
    let (definitions, _) = definitions::load(folder.path()).unwrap();
    assert_eq!(definitions.site.organisation, "Công an tỉnh Tuyên Quang");
    let due = expected(&definitions);
    assert_eq!(due.iter().filter(|e| e.period.to_string() == "2026-Q1").count(), 124);
    let adopted = definitions.plans.iter().filter(|plan| !plan.adoptions.is_empty());
    assert_eq!(adopted.map(|plan| plan.id.as_str()).collect::<Vec<_>>(), ["kh179-cat-hai", "kh71-dien-hinh"]);
}

#[test]
fn dated_changes_are_further_names_and_only_those_of_the_past() {
    let names = |as_of| {
        let folder = tempfile::tempdir().unwrap();
        init(folder.path(), "24", day(as_of)).unwrap();
        let (definitions, _) = definitions::load(folder.path()).unwrap();
        let unit = definitions.units.get(&UnitCode::from("07294")).unwrap();
        (unit.names.iter().map(|name| name.name.clone()).collect::<Vec<_>>(), definitions.site.province_name)
    };
    assert_eq!(names("2026-09-19"), (vec!["Xã Bố Hạ".to_owned()], "tỉnh Bắc Ninh".to_owned()));
    assert_eq!(
        names("2026-09-20"),
        (vec!["Xã Bố Hạ".to_owned(), "Phường Bố Hạ".to_owned()], "thành phố Bắc Ninh".to_owned())
    );
}

#[test]
fn nothing_of_the_invented_units_goes_along() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), "08", day("2026-11-22")).unwrap();
    for file in ["plans/4-plus.toml", "plans/kh71-dien-hinh.toml", "units.csv", "targets.csv", "site.toml", "README.md"]
    {
        let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(!text.contains("9900") && !text.contains("Vân Hải") && !text.contains("giả định"), "{file}");
    }
}

#[test]
fn an_unknown_province_is_answered_with_all_the_codes() {
    let folder = tempfile::tempdir().unwrap();
    let message = init(folder.path(), "8", day("2026-11-22")).unwrap_err().to_string();
    assert_eq!(message.lines().count(), 1 + 34);
    assert!(message.contains("08 Tỉnh Tuyên Quang") && message.contains("24 Thành phố Bắc Ninh"), "{message}");
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn a_folder_with_files_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ghi chú.txt"), "của tôi").unwrap();
    assert!(init(folder.path(), "08", day("2026-11-22")).is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
