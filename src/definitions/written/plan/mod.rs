//! How a plan is written: one TOML file per plan under `plans/`, its stem the plan's id.
//!
//! Lists are repeated tables named in the singular: `[[adoption]]`, `[[return]]`, `[[meeting]]`,
//! `[[milestone]]`, `[[task]]`, `[[step]]`, `[[basis]]`, `[[target]]`. Which areas and years a target binds is
//! worked out in [`super::target`].

mod shape;

use std::collections::BTreeSet;

use toml::Spanned;

use self::shape::{
    WrittenAdoption, WrittenBasis, WrittenMeeting, WrittenMilestone, WrittenPlan, WrittenReturn, WrittenStep,
    WrittenTarget, WrittenTask,
};
use super::target::{AREAS, COMPARISONS, PlanTarget};
use super::{page, value};
use crate::definitions::UnitRegister;
use crate::definitions::folder::Folder;
use crate::definitions::plan::{Adoption, By, Due, LegalBasis, Meeting, Milestone, Plan, ReturnRule, Step, Task};
use crate::definitions::source::{Mistakes, Source, toml_files};
use crate::vocabulary::{MeasureCode, PeriodKind, PlanId, UnitCode};

/// Reads every plan below the input folder, in order of their ids, and the targets they set.
///
/// `known` are the measures of the forms and the indicators. Errors only when a file cannot be read.
pub fn plans(
    input: &Folder,
    units: &UnitRegister,
    known: &BTreeSet<MeasureCode>,
    mistakes: &mut Mistakes,
) -> anyhow::Result<(Vec<Plan>, Vec<PlanTarget>)> {
    let mut plans = Vec::new();
    let mut targets = Vec::new();
    for file in toml_files(input, "plans", mistakes)? {
        let source = Source::read(input, &file)?;
        let Some(written) = source.toml::<WrittenPlan>(mistakes) else { continue };
        let mut page = Page { page: page::Page { source: &source, mistakes }, units, known };
        let life = page.life(&written);
        targets.extend(page.targets(&written.target, life));
        plans.push(page.plan(written, life));
    }
    Ok((plans, targets))
}

/// The kinds of period that a return can have.
const RETURN_KINDS: [(&str, PeriodKind); 3] =
    [("quarter", PeriodKind::Quarter), ("half", PeriodKind::Half), ("year", PeriodKind::Year)];

/// The kinds of period that a meeting can review.
const REVIEW_KINDS: [(&str, PeriodKind); 5] = [
    ("quarter", PeriodKind::Quarter),
    ("half", PeriodKind::Half),
    ("nine_months", PeriodKind::NineMonths),
    ("year", PeriodKind::Year),
    ("span", PeriodKind::Span),
];

/// How many persons a team helps: one (`1-1`), or one or several (`1-n`).
pub const TEAM_MODELS: [(&str, &str); 2] = [("1-1", "1-1"), ("1-n", "1-n")];

/// First year of a plan, and its last when it has one.
type Life = (i32, Option<i32>);

/// One plan file being read, with what it may speak of.
struct Page<'a> {
    page: page::Page<'a>,
    units: &'a UnitRegister,
    known: &'a BTreeSet<MeasureCode>,
}

impl Page<'_> {
    fn plan(&mut self, written: WrittenPlan, (from_year, to_year): Life) -> Plan {
        let id = self.page.source.stem().to_owned();
        if !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            let message =
                format!("tên tệp “{id}” là mã kế hoạch; chỉ dùng a–z, 0–9 và dấu gạch nối, ví dụ kh71-dien-hinh");
            self.page.mistakes.add(&self.page.source.file, 0, message);
        }
        let team_model = written.team_model.and_then(|model| self.choice(&model, &TEAM_MODELS));
        Plan {
            id: PlanId::from(id),
            number: self.page.filled(written.number),
            title: self.page.filled(written.title),
            short: self.page.filled(written.short),
            date: self.page.read(&written.date, value::printed_date).unwrap_or_default(),
            issuer: self.page.filled(written.issuer),
            summary: self.page.filled(written.summary),
            provenance: self.page.filled(written.provenance),
            from_year,
            to_year,
            team_model: team_model.map(str::to_owned),
            adoptions: self.adoptions(&written.adoption),
            measures: written.measures.iter().filter_map(|code| self.measure(code)).collect(),
            returns: written.returns.iter().filter_map(|rule| self.return_rule(rule)).collect(),
            meetings: written.meeting.into_iter().filter_map(|m| self.meeting(m, (from_year, to_year))).collect(),
            milestones: written.milestone.iter().filter_map(|m| self.milestone(m, (from_year, to_year))).collect(),
            tasks: written.task.into_iter().map(|task| self.task(task)).collect(),
            steps: self.steps(written.step),
            bases: written.basis.into_iter().map(|basis| self.basis(basis)).collect(),
        }
    }

    /// The years of the plan; a last year that is refused leaves it open.
    fn life(&mut self, written: &WrittenPlan) -> Life {
        let from = *written.from_year.get_ref();
        if !(2000..=2100).contains(&from) {
            self.page.wrong(written.from_year.span(), format!("from_year = {from}; năm từ 2000 đến 2100"));
        }
        let to = written.to_year.as_ref().filter(|to| {
            let right = (from..=2100).contains(to.get_ref());
            if !right {
                self.page.wrong(to.span(), format!("to_year = {}; từ {from} (from_year) đến 2100", to.get_ref()));
            }
            right
        });
        (from, to.map(|to| *to.get_ref()))
    }

    fn adoptions(&mut self, written: &[WrittenAdoption]) -> Vec<Adoption> {
        let mut adoptions: Vec<Adoption> = Vec::new();
        for entry in written {
            let Some(from) = self.page.read(&entry.from, value::day) else { continue };
            let to = entry.to.as_ref().and_then(|to| self.page.read(to, value::day).map(|day| (to.span(), day)));
            if let Some((span, _)) = to.clone().filter(|(_, day)| *day < from) {
                self.page.wrong(span, "ngày thôi thực hiện (to) phải từ ngày bắt đầu (from) trở đi");
            }
            let to = to.map(|(_, day)| day);
            for code in &entry.units {
                for unit in self.units_of(code, entry.units.len()) {
                    let twice = adoptions.iter().any(|a| {
                        a.unit == unit && a.to.is_none_or(|end| from <= end) && to.is_none_or(|end| a.from <= end)
                    });
                    if twice {
                        let message =
                            format!("đơn vị {unit} đã thực hiện kế hoạch trong thời gian này; ghi mỗi đơn vị một lần");
                        self.page.wrong(code.span(), message);
                    } else {
                        adoptions.push(Adoption { unit, from, to });
                    }
                }
            }
        }
        adoptions.sort_by(|a, b| (&a.unit, a.from).cmp(&(&b.unit, b.from)));
        adoptions
    }

    /// The units a code of an adoption stands for: itself, or all when it is the only one and `*`.
    fn units_of(&mut self, code: &Spanned<String>, listed: usize) -> Vec<UnitCode> {
        match code.get_ref().as_str() {
            "*" if listed == 1 => self.units.units.keys().cloned().collect(),
            "*" => {
                self.page.wrong(code.span(), "“*” là mọi đơn vị, phải đứng một mình: units = [\"*\"]");
                Vec::new()
            }
            _ => {
                let units = self.units;
                self.page.read(code, |text| value::unit(text, units)).into_iter().collect()
            }
        }
    }

    fn return_rule(&mut self, written: &Spanned<WrittenReturn>) -> Option<ReturnRule> {
        let rule = written.get_ref();
        let kind = self.choice(&rule.kind, &RETURN_KINDS)?;
        let per_year = match kind {
            PeriodKind::Quarter => 4,
            PeriodKind::Half => 2,
            _ => 1,
        };
        if let Some(number) = rule.number.as_ref().filter(|n| !(1..=per_year).contains(n.get_ref())) {
            self.page.wrong(number.span(), format!("number = {}; với kind này từ 1 đến {per_year}", number.get_ref()));
            return None;
        }
        let number = rule.number.as_ref().map(|n| *n.get_ref());
        let due = match (&rule.days_after_end, &rule.before) {
            (Some(days), None) => {
                if !(0..=365).contains(days.get_ref()) {
                    self.page.wrong(days.span(), format!("days_after_end = {}; từ 0 đến 365 ngày", days.get_ref()));
                }
                Due::DaysAfterEnd(*days.get_ref())
            }
            (None, Some(before)) => {
                let (month, day) = self.page.read(before, value::day_of_year)?;
                let Some(number) = number.or((per_year == 1).then_some(1)) else {
                    self.page
                        .wrong(before.span(), "hạn “before” cần thêm number: mỗi quý, mỗi 6 tháng có một ngày riêng");
                    return None;
                };
                // A day named before the last quarter begins lies before what is to be reported.
                let earliest = u32::from(number) * 12 / u32::from(per_year) - 2;
                if month < earliest {
                    let message = format!(
                        "hạn “{}” rơi trước khi kỳ diễn ra; hạn là ngày trong năm của kỳ, từ tháng {earliest} trở đi",
                        before.get_ref()
                    );
                    self.page.wrong(before.span(), message);
                }
                Due::Before { month, day }
            }
            _ => {
                self.page.wrong(
                    written.span(),
                    "mỗi [[return]] ghi đúng một hạn: days_after_end = 7 hoặc before = \"10/6\"",
                );
                return None;
            }
        };
        Some(ReturnRule { kind, number, due })
    }

    fn meeting(&mut self, written: WrittenMeeting, life: Life) -> Option<Meeting> {
        let reviews = self.choice(&written.reviews, &REVIEW_KINDS)?;
        let years = self.years(&written.years, life);
        Some(Meeting { title: self.page.filled(written.title), reviews, years, when: self.page.filled(written.when) })
    }

    fn milestone(&mut self, written: &Spanned<WrittenMilestone>, life: Life) -> Option<Milestone> {
        let milestone = written.get_ref();
        let years = self.years(&milestone.years, life);
        let by = match (&milestone.day, &milestone.each_year) {
            (Some(day), None) if milestone.years.is_empty() => By::Day(self.page.read(day, value::day)?),
            (None, Some(day)) => {
                let (month, day) = self.page.read(day, value::day_of_year)?;
                By::EachYear { month, day }
            }
            (Some(_), None) => {
                self.page.wrong(written.span(), "mốc có ngày cụ thể (day) không ghi years; years chỉ đi với each_year");
                return None;
            }
            _ => {
                self.page.wrong(
                    written.span(),
                    "mỗi [[milestone]] ghi đúng một ngày: day = \"2026-05-07\" hoặc each_year = \"31/3\"",
                );
                return None;
            }
        };
        Some(Milestone { title: self.page.filled(milestone.title.clone()), by, years })
    }

    fn task(&mut self, written: WrittenTask) -> Task {
        Task {
            what: self.page.filled(written.what),
            who: self.page.filled(written.who),
            when: self.page.filled(written.when),
            progress: self.page.filled(written.progress),
            result: self.page.filled(written.result),
            measure: written.measure.and_then(|code| self.measure(&code)),
        }
    }

    fn steps(&mut self, written: Vec<WrittenStep>) -> Vec<Step> {
        let mut steps = Vec::new();
        for (step, expected) in written.into_iter().zip(1..) {
            if *step.number.get_ref() != expected || expected > 5 {
                self.page.wrong(step.number.span(), "các bước ghi lần lượt 1, 2, 3, 4, 5");
            }
            steps.push(Step { number: expected, title: self.page.filled(step.title), artefacts: step.artefacts });
        }
        steps
    }

    fn basis(&mut self, written: WrittenBasis) -> LegalBasis {
        let valid_from = written.valid_from.and_then(|day| self.page.read(&day, value::day));
        let valid_to = written.valid_to.and_then(|day| {
            let end = self.page.read(&day, value::day)?;
            if valid_from.is_some_and(|start| end < start) {
                self.page.wrong(day.span(), "ngày hết hiệu lực (valid_to) phải sau ngày có hiệu lực (valid_from)");
            }
            Some(end)
        });
        LegalBasis { title: self.page.filled(written.title), valid_from, valid_to, note: written.note }
    }

    fn targets(&mut self, written: &[WrittenTarget], life: Life) -> Vec<PlanTarget> {
        let plan = PlanId::from(self.page.source.stem());
        let mut targets = Vec::new();
        for target in written {
            let measure = self.measure(&target.measure);
            let comparison = self.choice(&target.comparison, &COMPARISONS);
            let areas = self.choice(&target.areas, &AREAS);
            let years = self.years(&target.years, life);
            // The number as typed: a decimal never passes through a float.
            let tenths = value::tenths(self.page.source.text[target.value.span()].trim_matches('"'));
            let tenths = tenths.map_err(|message| self.page.wrong(target.value.span(), message)).ok();
            if let (Some(measure), Some(comparison), Some(areas), Some(tenths)) = (measure, comparison, areas, tenths) {
                targets.push(PlanTarget { plan: plan.clone(), measure, comparison, tenths, areas, years });
            }
        }
        targets
    }

    /// Years of the plan; none listed means every one.
    fn years(&mut self, written: &[Spanned<i32>], (from_year, to_year): Life) -> Vec<i32> {
        for year in
            written.iter().filter(|year| *year.get_ref() < from_year || to_year.is_some_and(|to| to < *year.get_ref()))
        {
            let until = to_year.map_or_else(|| "trở đi".to_owned(), |to| format!("đến {to}"));
            self.page.wrong(
                year.span(),
                format!("năm {} ngoài thời gian của kế hoạch: từ {from_year} {until}", year.get_ref()),
            );
        }
        written.iter().map(|year| *year.get_ref()).collect()
    }

    fn measure(&mut self, code: &Spanned<String>) -> Option<MeasureCode> {
        self.page.measure(code, self.known)
    }

    fn choice<T: Copy>(&mut self, word: &Spanned<String>, allowed: &[(&str, T)]) -> Option<T> {
        self.page.read(word, |text| value::choice(text, allowed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::Unit;
    use crate::definitions::target::Comparison;
    use crate::definitions::unit::{UnitKind, UnitName};

    const PLAN: &str = r#"number = "71/KH-UBND"
title = "Kế hoạch"
short = "Kế hoạch"
date = "06/3/2026"
issuer = "UBND xã"
summary = "Tóm tắt"
provenance = "Nguồn"
from_year = 2026
to_year = 2030
measures = ["mh.moi"]

[[adoption]]
units = ["99001"]
from = "2026-01-01"

[[return]]
kind = "half"
number = 2
before = "10/12"

[[meeting]]
title = "Tổng kết"
reviews = "span"
years = [2030]
when = "Cuối năm 2030"

[[milestone]]
title = "Đăng ký"
each_year = "31/3"
years = [2027]

[[task]]
what = "Việc"
who = "Công an xã"
when = "Quý I"
progress = "Hằng năm"
result = "Kết quả"
measure = "mh.moi"

[[target]]
measure = "mh.moi"
comparison = "more_than"
value = 80.5
areas = "units"
"#;

    fn register() -> UnitRegister {
        let unit = |code: &str| Unit {
            code: code.into(),
            province: "99".into(),
            names: vec![UnitName {
                name: format!("Xã {code}"),
                kind: UnitKind::Xa,
                valid_from: "2025-07-01".parse().unwrap(),
                valid_to: None,
            }],
            predecessors: Vec::new(),
            successors: Vec::new(),
            groups: BTreeSet::new(),
        };
        let units = ["99001", "99002"].map(|code| (UnitCode::from(code), unit(code))).into();
        UnitRegister { units, ..UnitRegister::default() }
    }

    fn read(text: &str) -> (Vec<Plan>, Vec<PlanTarget>, Vec<String>) {
        let input = tempfile::tempdir().unwrap();
        std::fs::create_dir(input.path().join("plans")).unwrap();
        std::fs::write(input.path().join("plans/kh71.toml"), text).unwrap();
        let known = [MeasureCode::from("mh.moi"), MeasureCode::from("mh.dung")].into();
        let mut mistakes = Mistakes::default();
        let (plans, targets) = plans(&input.path().into(), &register(), &known, &mut mistakes).unwrap();
        let told = mistakes.as_slice().iter().map(|m| format!("{}:{}: {}", m.file, m.line, m.message)).collect();
        (plans, targets, told)
    }

    #[test]
    fn a_plan_is_read_as_it_is_written() {
        let (plans, targets, mistakes) = read(PLAN);
        assert_eq!(mistakes, Vec::<String>::new());
        let plan = &plans[0];
        assert_eq!((plan.id.as_str(), plan.date.as_str(), plan.to_year), ("kh71", "06/3/2026", Some(2030)));
        let due = Due::Before { month: 12, day: 10 };
        assert_eq!(plan.returns, [ReturnRule { kind: PeriodKind::Half, number: Some(2), due }]);
        assert_eq!(plan.meetings[0].years, [2030]);
        assert_eq!(plan.milestones[0].days(2026, 2030), ["2027-03-31".parse().unwrap()]);
        assert_eq!((targets[0].comparison, targets[0].tenths), (Comparison::MoreThan, 805));
    }

    #[test]
    fn a_star_stands_for_every_unit_of_the_register() {
        let (plans, _, mistakes) = read(&PLAN.replace(r#"units = ["99001"]"#, r#"units = ["*"]"#));
        assert_eq!(mistakes, Vec::<String>::new());
        let units: Vec<&str> = plans[0].adoptions.iter().map(|adoption| adoption.unit.as_str()).collect();
        assert_eq!(units, ["99001", "99002"]);
    }

    #[test]
    fn each_mistake_is_told_at_its_line_with_what_is_allowed() {
        for (right, wrong, told) in [
            (r#"["99001"]"#, r#"["99011"]"#, "13: không có đơn vị mã “99011” trong units.csv; gần nhất: 99001"),
            (r#"["99001"]"#, r#"["99001", "99001"]"#, "13: đơn vị 99001 đã thực hiện"),
            (r#"["99001"]"#, r#"["*", "99001"]"#, "13: “*” là mọi đơn vị, phải đứng một mình"),
            ("2026-01-01", "2026-02-30", "14: “2026-02-30” không phải ngày có thật"),
            ("06/3/2026", "3/2026", "4: “3/2026” không phải ngày ban hành"),
            ("to_year = 2030", "to_year = 2025", "9: to_year = 2025; từ 2026"),
            (
                r#"kind = "half""#,
                r#"kind = "month""#,
                "17: “month” không dùng được ở đây; được dùng: quarter, half, year",
            ),
            ("number = 2", "number = 3", "18: number = 3; với kind này từ 1 đến 2"),
            ("number = 2\n", "", "18: hạn “before” cần thêm number"),
            ("10/12", "31/11", "19: “31/11” không phải ngày có trong mọi năm"),
            ("10/12", "10/6", "19: hạn “10/6” rơi trước khi kỳ diễn ra; hạn là ngày trong năm của kỳ, từ tháng 10"),
            (r#"before = "10/12""#, "days_after_end = -1", "19: days_after_end = -1; từ 0 đến 365"),
            (r#"before = "10/12""#, "", "16: mỗi [[return]] ghi đúng một hạn"),
            ("years = [2030]", "years = [2031]", "24: năm 2031 ngoài thời gian của kế hoạch: từ 2026 đến 2030"),
            ("years = [2027]", "years = [2031]", "30: năm 2031 ngoài thời gian của kế hoạch"),
            (r#"each_year = "31/3""#, r#"each_year = "31/4""#, "29: “31/4” không phải ngày có trong mọi năm"),
            (r#"each_year = "31/3""#, "", "27: mỗi [[milestone]] ghi đúng một ngày"),
            (r#"each_year = "31/3""#, r#"day = "2027-03-31""#, "27: mốc có ngày cụ thể (day) không ghi years"),
            (r#"who = "Công an xã""#, r#"who = """#, "34: không được để trống"),
            (r#"measures = ["mh.moi"]"#, r#"measures = ["mh.mo"]"#, "10: không có chỉ tiêu mã “mh.mo”"),
            (
                "more_than",
                "over",
                "42: “over” không dùng được ở đây; được dùng: at_least, more_than, at_most, less_than",
            ),
            ("80.5", "80.55", "43: “80.55” không phải số"),
            (r#"areas = "units""#, r#"areas = "all units""#, "44: “all units” không dùng được ở đây; được dùng: units"),
        ] {
            let text = PLAN.replacen(right, wrong, 1);
            assert_ne!(text, PLAN, "{right}");
            let (_, _, mistakes) = read(&text);
            assert_eq!(mistakes.len(), 1, "{wrong}: {mistakes:?}");
            assert!(mistakes[0].starts_with(&format!("plans/kh71.toml:{told}")), "{}", mistakes[0]);
        }
    }
}
