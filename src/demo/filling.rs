//! From the story of a unit to the workbook its clerk would send for a period.

use std::collections::BTreeMap;

use crate::definitions::check::CheckKind;
use crate::definitions::form::{AcrossTime, Asked, Row};
use crate::definitions::{Definitions, Form, Plan, Unit, schedule};
use crate::demo::models::Model;
use crate::demo::story::{Quarter, Story};
use crate::demo::unit::{TeamModel, Undertaking};
use crate::form::{CriterionLine, Fill, Line, ModelLine, Settlement, Typed};
use crate::vocabulary::{MeasureCode, Period, PeriodKind};

/// A unit with its story, ready to fill returns.
pub(super) struct Clerk<'a> {
    definitions: &'a Definitions,
    form: &'a Form,
    unit: &'a Unit,
    story: Story,
}

impl<'a> Clerk<'a> {
    /// The clerk of a unit of the register.
    pub fn new(definitions: &'a Definitions, form: &'a Form, unit: &'a Unit, seed: u64) -> Self {
        let site = &definitions.site;
        let (_, end) = definitions.scheme.days(Period::year(site.first_year));
        let plans = schedule::active(definitions, &unit.code, end);
        let criteria = definitions.criteria.first().map_or(0, |set| set.criteria.len());
        let story = Story::tell(
            seed,
            &unit.code,
            urban(unit),
            &undertaking(form, &plans),
            &definitions.scheme,
            site.first_year..=site.last_year,
            criteria,
        );
        Self { definitions, form, unit, story }
    }

    /// The return for a period, as first sent.
    pub fn fill(&self, period: Period) -> Fill {
        let mut fill = Fill::blank(self.unit.code.clone(), period);
        let (_, end) = self.definitions.scheme.days(period);
        fill.made_on = Some(end + chrono::Days::new(2));
        const MAKERS: [&str; 4] =
            ["Cán bộ tổng hợp", "Cán bộ Công an xã", "Công chức Văn phòng", "Phó Trưởng Công an xã"];
        let place = self.unit.code.as_str().bytes().map(usize::from).sum::<usize>();
        fill.maker = MAKERS[place % MAKERS.len()].to_owned();
        for row in self.form.rows() {
            let value = self.value(row, period);
            let last_year = self.value(row, period.a_year_earlier());
            if value.is_some() || last_year.is_some() {
                let line = Line { value: value.map(Typed::Number), last_year, ..Line::default() };
                fill.lines.insert(row.code.clone(), line);
            }
            let before = match row.asked {
                Asked::YearEnd => Some(period.a_year_earlier()),
                Asked::Always | Asked::Quarterly => period.previous(),
            };
            if let Some(before) = before.and_then(|before| self.value(row, before)) {
                fill.previous.insert(row.code.clone(), before);
            }
        }
        fill.year_so_far = Some(self.year_so_far(period));
        fill.settlements = self.settlements(period);
        fill.models = self.models(period);
        fill.criteria = self.criteria(period);
        fill.explained = false;
        fill
    }

    /// A value over a period, added up as the row says.
    fn value(&self, row: &Row, period: Period) -> Option<i64> {
        self.over(row, period, |quarter| quarter.commune.known(row.code.as_str()))
    }

    fn over(&self, row: &Row, period: Period, of: impl Fn(&Quarter) -> Option<i64>) -> Option<i64> {
        let quarters: Option<Vec<&Quarter>> = period.quarters().map(|at| self.story.quarters.get(&at)).collect();
        let quarters = quarters?;
        match row.across_time {
            AcrossTime::Sum => quarters.into_iter().map(of).sum(),
            AcrossTime::Last => of(quarters.last()?),
            AcrossTime::First => of(quarters.first()?),
            AcrossTime::None => of(quarters.last()?).filter(|_| period.kind() == PeriodKind::Quarter),
        }
    }

    fn year_so_far(&self, period: Period) -> BTreeMap<MeasureCode, i64> {
        let year = Period::year(period.last_year());
        let first = period.quarters().next();
        let before: Vec<Period> = year.quarters().take_while(|quarter| Some(*quarter) != first).collect();
        let sum = |row: &Row| before.iter().filter_map(|quarter| self.value(row, *quarter)).sum();
        self.form
            .rows()
            .filter(|row| row.across_time == AcrossTime::Sum)
            .map(|row| (row.code.clone(), sum(row)))
            .collect()
    }

    fn settlements(&self, period: Period) -> Vec<Settlement> {
        let rows: Vec<&Row> = self.form.rows().filter(|row| row.by_settlement).collect();
        self.story
            .traits
            .settlements
            .iter()
            .enumerate()
            .map(|(at, thon)| Settlement {
                name: thon.name.clone(),
                values: rows
                    .iter()
                    .filter_map(|row| {
                        let of = |quarter: &Quarter| quarter.settlements[at].known(row.code.as_str());
                        Some((row.code.clone(), self.over(row, period, of)?))
                    })
                    .collect(),
            })
            .collect()
    }

    fn models(&self, period: Period) -> Vec<ModelLine> {
        let (_, end) = self.definitions.scheme.days(period);
        let (year_start, _) = self.definitions.scheme.days(Period::year(period.last_year()));
        let plans = schedule::active(self.definitions, &self.unit.code, end);
        self.story
            .models
            .iter()
            .zip(1..)
            .filter(|(model, _)| model.steps[0].is_some_and(|start| start <= end))
            .filter(|(model, _)| model.stopped.is_none_or(|stopped| year_start <= stopped))
            .map(|(model, number)| {
                let done = |date: &Option<_>| date.filter(|date| *date <= end);
                let (evaluation, ranking) = judged(model, period, model.runs(end), model.step(end) == 5);
                ModelLine {
                    code: format!("MH{number:02}"),
                    name: model.name.clone(),
                    kind: if model.reintegration { "THNCĐ" } else { "BVANTQ" }.to_owned(),
                    plan: plan_of(model, &plans),
                    launched: done(&model.steps[4]),
                    step: model.step(end),
                    step_dates: model.steps.each_ref().map(done),
                    members: (model.step(end) >= 4).then_some(model.members),
                    evaluation: evaluation.to_owned(),
                    ranking: ranking.to_owned(),
                }
            })
            .collect()
    }

    fn criteria(&self, period: Period) -> BTreeMap<String, CriterionLine> {
        let Some(set) = self.definitions.criteria.first() else { return BTreeMap::new() };
        let met = self.story.criteria.get(&period.last_year()).filter(|_| period.closes_year());
        let Some(met) = met else { return BTreeMap::new() };
        set.criteria
            .iter()
            .zip(met)
            .map(|(criterion, met)| {
                (criterion.number.clone(), CriterionLine { met: Some(*met), evidence: String::new() })
            })
            .collect()
    }
}

/// What the plans of a unit mean for its figures.
fn undertaking(form: &Form, plans: &[&Plan]) -> Undertaking {
    let team_model = plans.iter().find_map(|plan| match plan.team_model.as_deref() {
        Some("1-1") => Some(TeamModel::OneToOne),
        Some(_) => Some(TeamModel::OneToMany),
        None => None,
    });
    let veterans = form
        .sheet_of(&MeasureCode::from("cc.hoi_vien"))
        .is_some_and(|sheet| plans.iter().any(|plan| sheet.plans.contains(&plan.id)));
    let counted = form.checks.iter().filter_map(|check| match &check.kind {
        CheckKind::CriteriaCount { item } => Some(item),
        _ => None,
    });
    let exemplary = counted.into_iter().any(|item| plans.iter().any(|plan| plan.measures.contains(item)));
    Undertaking { team_model, veterans, exemplary }
}

/// Whether a unit has tổ dân phố.
fn urban(unit: &Unit) -> bool {
    unit.kind().code() == "phuong"
}

fn plan_of(model: &Model, plans: &[&Plan]) -> String {
    let theme = if model.reintegration { "thn." } else { "bv." };
    let of = |plan: &&&Plan| plan.measures.first().is_some_and(|measure| measure.as_str().starts_with(theme));
    plans.iter().find(of).map(|plan| plan.short.clone()).unwrap_or_default()
}

/// Yearly evaluation and ranking; only in the return that closes a year, but a stop is told at once.
fn judged(model: &Model, period: Period, runs: bool, launched: bool) -> (&'static str, &'static str) {
    if launched && !runs {
        return ("Dừng", "");
    }
    if !launched || !period.closes_year() {
        return ("", "");
    }
    match model.quality {
        75.. => ("Đạt mục tiêu", "XS"),
        50.. => ("Đạt mục tiêu", "K"),
        _ => ("Chưa đạt", "TB"),
    }
}
