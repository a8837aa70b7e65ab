//! How targets are written: by the plans, and line by line in `targets.csv`.
//!
//! The more particular word counts: a line for one area stands over a line for `*`, and both
//! stand over what the plan says in general.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::value::{self, keep};
use crate::definitions::folder::Folder;
use crate::definitions::source::{Mistakes, Source};
use crate::definitions::target::{Comparison, Target};
use crate::definitions::{Plan, Site, Unit, UnitRegister, table};
use crate::vocabulary::{Area, GroupId, MeasureCode, Period, PlanId, UnitCode};

/// A target as a plan sets it, before areas and years are worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanTarget {
    /// The plan.
    pub plan: PlanId,
    /// The measure.
    pub measure: MeasureCode,
    /// How the figure must compare.
    pub comparison: Comparison,
    /// The value times ten.
    pub tenths: i64,
    /// Whom it binds.
    pub areas: PlanAreas,
    /// The years it is for; every year of the plan when empty.
    pub years: Vec<i32>,
}

/// Whom a plan's target binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanAreas {
    /// Each unit that carries out the plan in the year.
    Units,
    /// The province as a whole.
    Province,
    /// Both.
    All,
}

/// The words for [`PlanAreas`].
pub const AREAS: [(&str, PlanAreas); 3] =
    [("units", PlanAreas::Units), ("province", PlanAreas::Province), ("all", PlanAreas::All)];

/// The words for [`Comparison`].
pub const COMPARISONS: [(&str, Comparison); 4] = [
    ("at_least", Comparison::AtLeast),
    ("more_than", Comparison::MoreThan),
    ("at_most", Comparison::AtMost),
    ("less_than", Comparison::LessThan),
];

const FILE: &str = "targets.csv";
const COLUMNS: [&str; 6] = ["plan", "measure", "area", "period", "value", "comparison"];

/// What a target is about; each has one value.
type Subject = (MeasureCode, Area, Period, Option<PlanId>);

/// Every target, by measure, area, period and plan: those the plans set in general, then those of
/// `targets.csv`, when there is one.
///
/// `known` are the measures of the forms and the indicators. Errors only when the file cannot be read.
pub fn targets(
    input: &Folder,
    plans: &[Plan],
    set: &[PlanTarget],
    units: &UnitRegister,
    known: &BTreeSet<MeasureCode>,
    site: &Site,
    mistakes: &mut Mistakes,
) -> anyhow::Result<Vec<Target>> {
    let mut all: BTreeMap<Subject, Target> = BTreeMap::new();
    let mut put = |target: Target| {
        let Target { measure, area, period, plan, .. } = target.clone();
        all.insert((measure, area, period, plan), target);
    };
    for target in set {
        let plan = plans.iter().find(|plan| plan.id == target.plan);
        plan.into_iter().flat_map(|plan| of_plan(target, plan, units, site)).for_each(&mut put);
    }
    if input.has_file(FILE) {
        let source = Source::read(input, FILE)?;
        let context = Context { plans, units, known, site };
        let lines = context.lines(&source, mistakes);
        let (general, particular): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.everywhere);
        general.into_iter().chain(particular).flat_map(|line| line.targets).for_each(&mut put);
    }
    Ok(all.into_values().collect())
}

/// A plan's target for each area and year it binds, within the years of the site.
fn of_plan<'a>(
    set: &'a PlanTarget,
    plan: &'a Plan,
    units: &'a UnitRegister,
    site: &'a Site,
) -> impl Iterator<Item = Target> + 'a {
    let first = plan.from_year.max(site.first_year);
    let last = plan.to_year.unwrap_or(site.last_year).min(site.last_year);
    let years = (first..=last).filter(|year| set.years.is_empty() || set.years.contains(year));
    years.flat_map(move |year| {
        let mut areas: Vec<Area> = Vec::new();
        if set.areas != PlanAreas::Units {
            areas.push(Area::Province(site.province.clone()));
        }
        if set.areas != PlanAreas::Province {
            areas.extend(carrying_out(plan, units, year).into_iter().map(Area::Unit));
        }
        areas.into_iter().map(move |area| Target {
            plan: Some(set.plan.clone()),
            measure: set.measure.clone(),
            area,
            period: Period::year(year),
            tenths: set.tenths,
            comparison: set.comparison,
        })
    })
}

/// The units that carry out a plan on the last day of a year.
fn carrying_out(plan: &Plan, units: &UnitRegister, year: i32) -> BTreeSet<UnitCode> {
    let end = last_day(year);
    plan.adoptions
        .iter()
        .filter(|a| a.from <= end && a.to.is_none_or(|to| end <= to))
        .filter(|a| units.get(&a.unit).is_some_and(|unit| unit.exists_on(end)))
        .map(|a| a.unit.clone())
        .collect()
}

fn last_day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).expect("a year of a plan or of the site is a plain year")
}

/// What a line of `targets.csv` may speak of.
struct Context<'a> {
    plans: &'a [Plan],
    units: &'a UnitRegister,
    known: &'a BTreeSet<MeasureCode>,
    site: &'a Site,
}

/// A line of `targets.csv`, read.
struct Line {
    /// Whether it is for every unit (`*`).
    everywhere: bool,
    targets: Vec<Target>,
}

impl Context<'_> {
    fn lines(&self, source: &Source, mistakes: &mut Mistakes) -> Vec<Line> {
        let mut seen: BTreeMap<[String; 4], usize> = BTreeMap::new();
        let mut lines = Vec::new();
        for row in table::lines(source, &COLUMNS, mistakes) {
            let subject = ["plan", "measure", "area", "period"].map(|column| row.get(column).to_owned());
            if let Some(before) = seen.insert(subject, row.number) {
                let message = format!("trùng dòng {before}: mỗi kế hoạch, chỉ tiêu, địa bàn và kỳ chỉ một mục tiêu");
                mistakes.add(&source.file, row.number, message);
            }
            match self.line(&row) {
                Ok(line) => lines.push(line),
                Err(messages) => messages.into_iter().for_each(|m| mistakes.add(&source.file, row.number, m)),
            }
        }
        lines
    }

    /// One line, or everything that is wrong with it.
    fn line(&self, row: &table::Line) -> Result<Line, Vec<String>> {
        let mut wrong = Vec::new();
        let plan = keep(self.plan(row.get("plan")), &mut wrong);
        let measure = keep(value::measure(row.get("measure"), self.known), &mut wrong);
        let period = keep(self.period(row.get("period")), &mut wrong);
        let areas = keep(self.areas(row.get("area"), period), &mut wrong);
        let tenths = keep(value::tenths(row.get("value")), &mut wrong);
        let comparison = keep(value::choice(row.get("comparison"), &COMPARISONS), &mut wrong);
        match (plan, measure, areas, period, tenths, comparison) {
            (Some(plan), Some(measure), Some(areas), Some(period), Some(tenths), Some(comparison)) => {
                let target =
                    |area| Target { plan: plan.clone(), measure: measure.clone(), area, period, tenths, comparison };
                Ok(Line { everywhere: row.get("area") == "*", targets: areas.into_iter().map(target).collect() })
            }
            _ => Err(wrong),
        }
    }

    fn plan(&self, text: &str) -> Result<Option<PlanId>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        let plans: Vec<(&str, &PlanId)> = self.plans.iter().map(|plan| (plan.id.as_str(), &plan.id)).collect();
        value::choice(text, &plans).map(|id| Some(id.clone()))
    }

    fn period(&self, text: &str) -> Result<Period, String> {
        let period: Period = text.parse()?;
        if self.site.periods().contains(&period) {
            return Ok(period);
        }
        let Site { first_year, last_year, spans, .. } = self.site;
        let spans: Vec<String> = spans.iter().map(Period::to_string).collect();
        Err(format!(
            "kỳ {text} không thuộc site.toml; được dùng: kỳ của các năm {first_year}–{last_year}, giai đoạn {}",
            spans.join(", ")
        ))
    }

    /// A unit, the province, `group:<id>`, or `*` for every unit that exists at the end of the period.
    fn areas(&self, text: &str, period: Option<Period>) -> Result<Vec<Area>, String> {
        if text == "*" {
            let exists = |unit: &&Unit| period.is_none_or(|period| unit.exists_on(last_day(period.last_year())));
            return Ok(self.units.units.values().filter(exists).map(|unit| Area::Unit(unit.code.clone())).collect());
        }
        if text == self.site.province.as_str() {
            return Ok(vec![Area::Province(self.site.province.clone())]);
        }
        let area = match text.strip_prefix("group:") {
            Some(id) => {
                let groups: BTreeSet<&GroupId> = self.units.units.values().flat_map(|unit| &unit.groups).collect();
                let groups: Vec<(&str, &GroupId)> = groups.into_iter().map(|id| (id.as_str(), id)).collect();
                Area::Group(value::choice(id, &groups)?.clone())
            }
            None => Area::Unit(value::unit(text, self.units).map_err(|message| {
                format!(
                    "{message}; địa bàn là mã đơn vị, mã tỉnh {}, group:<nhóm> hoặc * (mọi đơn vị)",
                    self.site.province
                )
            })?),
        };
        Ok(vec![area])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::plan::Adoption;
    use crate::definitions::unit::{UnitKind, UnitName};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Two xã and a phường; the second xã ends on 31/8/2027.
    fn register() -> UnitRegister {
        let unit = |code: &str, kind: UnitKind, valid_to: Option<&str>| Unit {
            code: code.into(),
            province: "99".into(),
            names: vec![UnitName {
                name: code.to_owned(),
                kind,
                valid_from: day("2025-07-01"),
                valid_to: valid_to.map(day),
            }],
            predecessors: Vec::new(),
            successors: Vec::new(),
            groups: [GroupId::from(kind.code())].into(),
        };
        let units = [
            unit("99001", UnitKind::Xa, None),
            unit("99002", UnitKind::Xa, Some("2027-08-31")),
            unit("99003", UnitKind::Phuong, None),
        ];
        UnitRegister { units: units.map(|u| (u.code.clone(), u)).into(), ..UnitRegister::default() }
    }

    fn site() -> Site {
        Site {
            title: String::new(),
            organisation: String::new(),
            province: "99".into(),
            province_name: String::new(),
            first_year: 2026,
            last_year: 2028,
            spans: vec![Period::years(2026, 2028)],
            as_of: None,
            synthetic: true,
            headlines: Vec::new(),
            compositions: Vec::new(),
            groups: BTreeMap::new(),
            limits: crate::definitions::Limits::default(),
            quality: crate::definitions::QualityPolicy::default(),
            comparison: crate::definitions::ComparisonRules::default(),
        }
    }

    /// A plan of 2027–2030 that the two xã carry out.
    fn plan() -> Plan {
        let adopts = |unit: &str| Adoption { unit: unit.into(), from: day("2027-02-01"), to: None };
        Plan {
            id: "cuu-cand".into(),
            number: String::new(),
            title: String::new(),
            short: String::new(),
            date: String::new(),
            issuer: String::new(),
            summary: String::new(),
            provenance: String::new(),
            from_year: 2027,
            to_year: Some(2030),
            team_model: None,
            adoptions: vec![adopts("99001"), adopts("99002")],
            measures: Vec::new(),
            returns: Vec::new(),
            meetings: Vec::new(),
            milestones: Vec::new(),
            tasks: Vec::new(),
            steps: Vec::new(),
            bases: Vec::new(),
        }
    }

    /// The targets as `plan area period word value`, and the mistakes.
    fn read(areas: Option<PlanAreas>, csv: &str) -> (Vec<String>, Vec<String>) {
        let input = tempfile::tempdir().unwrap();
        std::fs::write(input.path().join(FILE), format!("{}\n{csv}", COLUMNS.join(","))).unwrap();
        let set = areas.map(|areas| PlanTarget {
            plan: "cuu-cand".into(),
            measure: "bv.tl_an_toan".into(),
            comparison: Comparison::MoreThan,
            tenths: 800,
            areas,
            years: Vec::new(),
        });
        let known = [MeasureCode::from("bv.tl_an_toan")].into();
        let mut mistakes = Mistakes::default();
        let plans = [plan()];
        let set: Vec<PlanTarget> = set.into_iter().collect();
        let targets = targets(&input.path().into(), &plans, &set, &register(), &known, &site(), &mut mistakes).unwrap();
        let told = |t: &Target| {
            let plan = t.plan.as_ref().map_or("-", PlanId::as_str);
            format!("{plan} {} {} {} {}", t.area, t.period, t.comparison.word(), t.tenths)
        };
        (
            targets.iter().map(told).collect(),
            mistakes.as_slice().iter().map(|m| format!("{}:{}: {}", m.file, m.line, m.message)).collect(),
        )
    }

    #[test]
    fn a_plan_binds_its_units_in_the_years_that_the_plan_the_site_and_the_unit_share() {
        let (targets, _) = read(Some(PlanAreas::Units), "");
        assert_eq!(targets, ["cuu-cand 99001 2027 trên 800", "cuu-cand 99001 2028 trên 800"]);
        let (targets, _) = read(Some(PlanAreas::All), "");
        assert_eq!(targets[..2], ["cuu-cand 99 2027 trên 800", "cuu-cand 99 2028 trên 800"]);
        assert_eq!(targets.len(), 4);
    }

    #[test]
    fn a_line_for_one_area_stands_over_the_line_for_all_whatever_their_order() {
        let csv = ",bv.tl_an_toan,99003,2027,\"85,5\",at_least\n,bv.tl_an_toan,*,2027,80,at_least\n";
        let (targets, mistakes) = read(None, csv);
        assert_eq!(mistakes, Vec::<String>::new());
        assert_eq!(targets, ["- 99001 2027  800", "- 99003 2027  855"]);
    }

    #[test]
    fn a_line_of_the_file_stands_over_what_the_plan_says_in_general() {
        let (targets, _) = read(Some(PlanAreas::Units), "cuu-cand,bv.tl_an_toan,99001,2028,90,at_least\n");
        assert_eq!(targets, ["cuu-cand 99001 2027 trên 800", "cuu-cand 99001 2028  900"]);
    }

    #[test]
    fn areas_may_be_the_province_and_groups_and_periods_may_be_spans() {
        let csv = ",bv.tl_an_toan,99,2026-2028,80,at_least\n,bv.tl_an_toan,group:phuong,2028,90,more_than\n";
        assert_eq!(read(None, csv).0, ["- 99 2026-2028  800", "- group:phuong 2028 trên 900"]);
    }

    #[test]
    fn each_mistake_of_a_line_is_told_with_what_is_allowed() {
        for (line, told) in [
            ("cuu_cand,bv.tl_an_toan,99,2026,80,at_least", "“cuu_cand” không dùng được ở đây; được dùng: cuu-cand"),
            (",bv.tl_an_toan,99009,2026,80,at_least", "không có đơn vị mã “99009” trong units.csv; gần nhất: 99001"),
            (",bv.tl_an_toan,group:xom,2026,80,at_least", "“xom” không dùng được ở đây; được dùng: phuong, xa"),
            (",bv.tl_an_toan,99,2026-Q5,80,at_least", "“2026-Q5” không phải mã kỳ"),
            (
                ",bv.tl_an_toan,99,2031,80,at_least",
                "kỳ 2031 không thuộc site.toml; được dùng: kỳ của các năm 2026–2028",
            ),
            (",bv.tl_an_toan,99,2026,1.234,at_least", "“1.234” không phải số"),
            (",bv.tl_an_toan,99,2026,80,", "“” không dùng được ở đây; được dùng: at_least, more_than"),
            (",bv.tl_an_toan,99,2026,80", "dòng có 5 ô, cần 6 ô"),
        ] {
            let (targets, mistakes) = read(None, line);
            assert_eq!(targets, Vec::<String>::new());
            assert_eq!(mistakes.len(), 1, "{mistakes:?}");
            assert!(mistakes[0].starts_with(&format!("targets.csv:2: {told}")), "{}", mistakes[0]);
        }
        let twice = ",bv.tl_an_toan,99,2026,80,at_least\n,bv.tl_an_toan,99,2026,85,at_least\n";
        assert!(read(None, twice).1[0].starts_with("targets.csv:3: trùng dòng 2"));
    }
}
