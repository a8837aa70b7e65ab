//! Plans as their authors meet them: the sample's five, a sixth that is only files, and a wrong one.

use std::collections::BTreeMap;
use std::path::Path;

use tongket::definitions::target::Comparison;
use tongket::definitions::{self, Definitions, schedule};
use tongket::vocabulary::{Area, Period, PeriodKind, PlanId, UnitCode};
use walkdir::WalkDir;

fn sample() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/input"))
}

/// A copy of the definitions of the sample with these files added or replaced.
fn with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let definitions = WalkDir::new(sample()).into_iter().filter_entry(|entry| entry.file_name() != "returns");
    for entry in definitions.map(Result::unwrap) {
        let to = copy.path().join(entry.path().strip_prefix(sample()).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).unwrap();
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
    for (file, text) in files {
        std::fs::write(copy.path().join(file), text).unwrap();
    }
    copy
}

fn load(input: &Path) -> Definitions {
    definitions::load(input).unwrap_or_else(|error| panic!("{error:#}")).0
}

const NEW_PLAN: &str = r#"
number = "…/KH-UBND"
title = "Kế hoạch xây dựng mô hình mới"
short = "Mô hình mới"
date = "…/01/2028"
issuer = "Ủy ban nhân dân xã Phú Khê"
summary = "Một kế hoạch thêm vào chỉ bằng một tệp."
provenance = "Tệp thử."
from_year = 2028
to_year = 2030
measures = ["mh.moi", "bv.hoa_giai_thanh"]

[[adoption]]
units = ["99010"]
from = "2028-01-01"

[[return]]
kind = "quarter"
days_after_end = 5

[[target]]
measure = "bv.hoa_giai_thanh"
comparison = "at_least"
value = 12
areas = "all"
years = [2029, 2030]
"#;

#[test]
fn a_new_plan_needs_only_files() {
    let input = with(&[("plans/mo-hinh-moi.toml", NEW_PLAN)]);
    let definitions = load(input.path());
    let id = PlanId::from("mo-hinh-moi");
    let unit = UnitCode::from("99010");

    assert_eq!(definitions.plans.len(), 6);
    let plan = definitions.plans.iter().find(|plan| plan.id == id).unwrap();
    assert_eq!(plan.short, "Mô hình mới");

    let targets: Vec<(&Area, String)> = definitions
        .targets
        .iter()
        .filter(|target| target.plan.as_ref() == Some(&id))
        .map(|target| (&target.area, target.period.to_string()))
        .collect();
    let (province, bound) = (Area::Province(definitions.site.province.clone()), Area::Unit(unit.clone()));
    let years = ["2029".to_owned(), "2030".to_owned()];
    let wanted: Vec<(&Area, String)> =
        [&province, &bound].into_iter().flat_map(|area| years.clone().map(|year| (area, year))).collect();
    assert_eq!(targets, wanted);

    // The yearly reporter becomes a quarterly one when the plan begins.
    let expected = schedule::expected(&definitions);
    let owed = |year: i32| -> Vec<String> {
        let of_unit = expected.iter().filter(|e| e.unit == unit && e.period.last_year() == year);
        of_unit.map(|e| format!("{} {}", e.period, e.deadline)).collect()
    };
    assert_eq!(owed(2027), ["2027 2027-12-21"]);
    let quarters = ["2028-Q1 2028-03-19", "2028-Q2 2028-06-19", "2028-Q3 2028-09-19", "2028-Q4 2028-12-19"];
    assert_eq!(owed(2028), quarters);
}

#[test]
fn a_mistake_in_a_plan_is_told_with_file_line_and_what_is_allowed() {
    let wrong = NEW_PLAN.replace("99010", "99019").replace("\"quarter\"", "\"month\"").replace("mh.moi", "mh.mói");
    let input = with(&[("plans/mo-hinh-moi.toml", &wrong)]);
    let told = definitions::load(input.path()).unwrap_err().to_string();
    for mistake in [
        "plans/mo-hinh-moi.toml:11: không có chỉ tiêu mã “mh.mói”",
        "gần nhất: mh.moi",
        "plans/mo-hinh-moi.toml:14: không có đơn vị mã “99019” trong units.csv",
        "plans/mo-hinh-moi.toml:18: “month” không dùng được ở đây; được dùng: quarter, half, year",
    ] {
        assert!(told.contains(mistake), "{told}");
    }
    assert!(told.starts_with("Định nghĩa có 3 chỗ sai"), "{told}");
}

#[test]
fn an_unknown_key_in_a_plan_is_refused_at_its_line() {
    let input = with(&[("plans/mo-hinh-moi.toml", &NEW_PLAN.replace("issuer =", "isuer ="))]);
    let told = definitions::load(input.path()).unwrap_err().to_string();
    assert!(told.contains("plans/mo-hinh-moi.toml:6: không có khóa “isuer”; được dùng: number, title"), "{told}");
}

#[test]
fn the_sample_expects_195_returns_of_twelve_units() {
    let expected = schedule::expected(&load(sample()));
    let mut by_kind: BTreeMap<PeriodKind, usize> = BTreeMap::new();
    for e in &expected {
        *by_kind.entry(e.period.kind()).or_default() += 1;
    }
    // Eight units by quarter, three by half, one by year, over five years.
    let wanted = [(PeriodKind::Quarter, 160), (PeriodKind::Half, 30), (PeriodKind::Year, 5)];
    assert_eq!(by_kind, wanted.into());
    assert_eq!(expected.len(), 195);
}

#[test]
fn the_unit_of_the_model_commune_plan_is_late_from_10_6_on() {
    let expected = schedule::expected(&load(sample()));
    let half: Period = "2026-H1".parse().unwrap();
    let deadline = expected.iter().find(|e| e.unit.as_str() == "99008" && e.period == half).unwrap().deadline;
    assert_eq!(deadline.to_string(), "2026-06-09");
}

#[test]
fn no_two_targets_speak_of_the_same_figure() {
    let definitions = load(sample());
    let mut seen = BTreeMap::new();
    for target in &definitions.targets {
        let subject = (&target.measure, &target.area, target.period);
        let before = seen.insert(subject, &target.plan);
        assert_eq!(before, None, "{subject:?} is set by {before:?} and {:?}", target.plan);
    }
}

#[test]
fn the_numbers_the_plans_name_are_targets() {
    let definitions = load(sample());
    let target = |measure: &str, area: Area, year: i32| {
        let of_year = definitions.targets.iter().filter(|t| t.period == Period::year(year));
        of_year.filter(|t| t.measure.as_str() == measure && t.area == area).map(|t| (t.comparison, t.tenths)).next()
    };
    // “phấn đấu hàng năm trên 80% xóm, cơ quan, đơn vị”, “loại Khá trở lên”.
    let unit = Area::Unit("99001".into());
    assert_eq!(target("bv.tl_an_toan", unit.clone(), 2026), Some((Comparison::MoreThan, 800)));
    assert_eq!(target("bv.tl_kdc_kha", unit, 2030), Some((Comparison::AtLeast, 1000)));
    // A unit's own figure for the year stands over the plan's general one.
    assert_eq!(target("bv.tl_an_toan", Area::Unit("99007".into()), 2029), Some((Comparison::AtLeast, 830)));
    assert_eq!(target("bv.tl_an_toan", Area::Unit("99008".into()), 2029), Some((Comparison::AtLeast, 700)));
}
