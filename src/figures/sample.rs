//! Small hand-made definitions and returns for tests: seven rows, three ratios, any units.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::definitions::form::{AcrossTime, Asked, Class, Direction, Kind, Privacy, Row};
use crate::definitions::indicator::{Over, RatioTerm};
use crate::definitions::plan::{Adoption, Due, ReturnRule};
use crate::definitions::scheme::QuarterStart;
use crate::definitions::unit::{UnitKind, UnitName};
use crate::definitions::{
    Definitions, Form, Indicator, Plan, ReleasePolicy, Scheme, SheetForm, SheetKind, Site, Unit, UnitRegister,
};
use crate::figures::{Comparison, Figure, Figures, Versus, compute};
use crate::intake::{Entry, Intake, Outcome, Reading, Return, Standing};
use crate::vocabulary::{Area, CellRef, GroupId, MeasureCode, PeriodKind, PlanId, UnitCode};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Units with their rhythms, all made on 01/7/2025 and reporting from 2026 to 2027; calendar quarters;
/// returns fall due ten days after a period. Group `nui` has every second unit.
pub(crate) fn definitions(units: &[(&str, PeriodKind)]) -> Definitions {
    let unit = |(at, (code, _)): (usize, &(&str, PeriodKind))| {
        let code = UnitCode::from(*code);
        let name =
            UnitName { name: format!("Xã {code}"), kind: UnitKind::Xa, valid_from: day("2025-07-01"), valid_to: None };
        let groups: BTreeSet<GroupId> =
            [Some("xa"), (at % 2 == 0).then_some("nui")].into_iter().flatten().map(GroupId::from).collect();
        let unit = Unit {
            code: code.clone(),
            province: "99".into(),
            names: vec![name],
            predecessors: vec![],
            successors: vec![],
            groups,
        };
        (code, unit)
    };
    let plan = |id: &str, kind: PeriodKind| {
        let adopts = units.iter().filter(|(_, rhythm)| *rhythm == kind);
        let adoption = |unit: &str| Adoption { unit: unit.into(), from: day("2025-07-01"), to: None };
        plan(id, kind, adopts.map(|(unit, _)| adoption(unit)).collect())
    };
    Definitions {
        site: Site {
            title: "Tổng kết".into(),
            organisation: String::new(),
            province: "99".into(),
            province_name: "tỉnh Vân Hải".into(),
            first_year: 2026,
            last_year: 2027,
            spans: vec!["2026-2027".parse().unwrap()],
            as_of: None,
            synthetic: true,
            headlines: vec![],
            compositions: vec![],
            groups: BTreeMap::new(),
            limits: crate::definitions::Limits::default(),
            quality: crate::definitions::QualityPolicy::default(),
            comparison: crate::definitions::ComparisonRules::default(),
        },
        scheme: Scheme {
            id: "dl".into(),
            title: String::new(),
            source: String::new(),
            starts: [1, 4, 7, 10].map(|month| QuarterStart { years_before: 0, month, day: 1 }),
        },
        units: UnitRegister { units: units.iter().enumerate().map(unit).collect(), aliases: BTreeMap::new() },
        forms: vec![form()],
        indicators: vec![
            indicator("a.tl_vao", &[("a.vao", Over::Kind)], &[("a.dau", Over::Kind), ("a.vao", Over::Kind)]),
            indicator("a.tl_gap", &[("a.gap", Over::Kind)], &[("a.cuoi", Over::Weeks)]),
            indicator("a.tl_xet", &[("a.xet", Over::EachReturn)], &[("a.cuoi", Over::EachReturn)]),
        ],
        criteria: vec![],
        plans: vec![plan("quy", PeriodKind::Quarter), plan("nua", PeriodKind::Half), plan("nam", PeriodKind::Year)],
        targets: vec![],
        policy: ReleasePolicy {
            threshold: 5,
            smallest_denominator: 20,
            population: Vec::new(),
            public_coverage: 80,
            headline_coverage: 50,
            late_batch: 3,
            authority: String::new(),
        },
        hash: String::new(),
    }
}

fn plan(id: &str, kind: PeriodKind, adoptions: Vec<Adoption>) -> Plan {
    Plan {
        id: PlanId::from(id),
        number: String::new(),
        title: String::new(),
        short: String::new(),
        date: String::new(),
        issuer: String::new(),
        summary: String::new(),
        provenance: String::new(),
        from_year: 2026,
        to_year: None,
        team_model: None,
        adoptions,
        measures: vec![],
        returns: vec![ReturnRule { kind, number: None, due: Due::DaysAfterEnd(10) }],
        meetings: vec![],
        milestones: vec![],
        tasks: vec![],
        steps: vec![],
        bases: vec![],
    }
}

fn form() -> Form {
    let sheet = |id: &str, theme: &str, plans: Vec<PlanId>, rows: Vec<Row>| SheetForm {
        id: id.into(),
        name: format!("Biểu {id}"),
        title: theme.into(),
        theme: theme.into(),
        kind: SheetKind::Rows,
        plans,
        rows,
        note: String::new(),
    };
    let class = |code: &str, title: &str| Class { code: code.into(), title: title.into() };
    let classes = vec![class("Y", "Yếu"), class("K", "Khá"), class("XS", "Xuất sắc")];
    let people = vec![
        row("a.dau", Kind::Stock, AcrossTime::First),
        row("a.vao", Kind::Flow, AcrossTime::Sum),
        row("a.cuoi", Kind::Stock, AcrossTime::Last),
        row("a.gap", Kind::Flow, AcrossTime::Sum),
        Row { asked: Asked::Quarterly, ..row("a.xet", Kind::Flow, AcrossTime::None) },
        Row { required: false, ..row("a.dieu_chinh", Kind::Flow, AcrossTime::Sum) },
    ];
    let movement =
        vec![Row { asked: Asked::YearEnd, additive: false, ..row("b.hang", Kind::Class(classes), AcrossTime::Last) }];
    let members = vec![row("c.hoi", Kind::Stock, AcrossTime::Last)];
    Form {
        id: "tk".into(),
        version: "1".into(),
        title: String::new(),
        sheets: vec![
            sheet("01", "Người", vec![], people),
            sheet("06", "Phong trào", vec![], movement),
            sheet("07", "Hội", vec!["nam".into()], members),
        ],
        checks: vec![],
        headings: Default::default(),
        older: None,
    }
}

fn row(code: &str, kind: Kind, across_time: AcrossTime) -> Row {
    Row {
        code: code.into(),
        title: code.into(),
        short: code.into(),
        unit_of_measure: "người".into(),
        kind,
        asked: Asked::Always,
        across_time,
        additive: true,
        direction: Direction::None,
        privacy: Privacy::P1,
        part_of: None,
        complement_sensitive: false,
        receivers: None,
        by_settlement: false,
        signed: false,
        required: true,
        source: String::new(),
        definition: String::new(),
    }
}

fn indicator(code: &str, numerator: &[(&str, Over)], denominator: &[(&str, Over)]) -> Indicator {
    let terms = |side: &[(&str, Over)]| {
        side.iter().map(|(item, over)| RatioTerm { coefficient: 1, item: (*item).into(), over: *over }).collect()
    };
    Indicator {
        code: code.into(),
        order: 0,
        title: code.into(),
        short: code.into(),
        theme: "Người".into(),
        numerator: terms(numerator),
        denominator: terms(denominator),
        direction: Direction::Up,
        privacy: Privacy::P1,
        denominator_noun: "người".into(),
        source: String::new(),
        definition: String::new(),
    }
}

/// A return that counts, received on its deadline.
pub(crate) fn sent(definitions: &Definitions, unit: &str, period: &str, values: &[(&str, i64)]) -> Return {
    let period = period.parse().unwrap();
    let entry = |value: i64| Entry {
        sheet: "Biểu 01".into(),
        sheet_position: 0,
        cell: CellRef::new(8, 4),
        raw: value.to_string(),
        value: Reading::Value(value),
        cumulative: None,
        repairs: vec![],
    };
    Return {
        file: format!("{period}/{unit}.xlsx").into(),
        sha256: String::new(),
        unit: unit.into(),
        period,
        form_version: "1".into(),
        estimate: false,
        submission: 1,
        declared_date: None,
        received: Some(definitions.scheme.days(period).1 + chrono::Days::new(10)),
        team_model: None,
        standing: Standing::Counts,
        differences: Vec::new(),
        outcome: Outcome::Accepted,
        entries: values.iter().map(|(code, value)| (MeasureCode::from(*code), entry(*value))).collect(),
        settlements: vec![],
        models: vec![],
        criteria: vec![],
    }
}

/// A, which reports by quarter, and B, by half, until 30/6/2026; C, which they became; D, always there.
pub(crate) fn merged() -> (Definitions, Vec<Return>) {
    let mut definitions = definitions(&[
        ("A", PeriodKind::Quarter),
        ("B", PeriodKind::Half),
        ("C", PeriodKind::Quarter),
        ("D", PeriodKind::Quarter),
    ]);
    for unit in ["A", "B"] {
        let gone = definitions.units.units.get_mut(unit).unwrap();
        gone.names[0].valid_to = Some(day("2026-06-30"));
        gone.successors = vec!["C".into()];
    }
    definitions.units.units.get_mut("C").unwrap().names[0].valid_from = day("2026-07-01");
    let owed = crate::definitions::schedule::expected(&definitions);
    let returns = owed.iter().map(|owed| {
        let (came, stock) = match owed.unit.as_str() {
            "A" => (1, 10),
            "B" => (20, 30),
            "C" => (300, 50),
            _ => (4000, 70),
        };
        let values = [("a.vao", came), ("a.dau", stock), ("a.cuoi", stock + 1), ("a.xet", 1), ("a.gap", 700)];
        sent(&definitions, owed.unit.as_str(), &owed.period.to_string(), &values)
    });
    let returns = returns.collect();
    (definitions, returns)
}

/// The figures when every return of 2026 and 2027 is due.
pub(crate) fn figures(definitions: &Definitions, returns: Vec<Return>) -> Figures {
    figures_on("2028-02-01", definitions, returns)
}

pub(crate) fn figures_on(as_of: &str, definitions: &Definitions, returns: Vec<Return>) -> Figures {
    compute(&Intake { returns, ..Intake::default() }, definitions, day(as_of))
}

/// An area by its code: `99`, `group:nui`, or a unit.
pub(crate) fn area(code: &str) -> Area {
    match code.strip_prefix("group:") {
        Some(group) => Area::Group(group.into()),
        None if code.len() == 2 => Area::Province(code.into()),
        None => Area::Unit(code.into()),
    }
}

impl Figures {
    /// The figure at a place, by codes.
    pub(crate) fn at(&self, place: &str, period: &str, measure: &str) -> Figure {
        *self.cube.get(&area(place), period.parse().unwrap(), &measure.into())
    }

    /// A figure as `status value reported/due`.
    pub(crate) fn told(&self, place: &str, period: &str, measure: &str) -> String {
        let figure = self.at(place, period, measure);
        let value = match (figure.whole(), figure.ratio()) {
            (Some(value), _) => format!(" {value}"),
            (_, Some((numerator, denominator))) => format!(" {numerator}:{denominator}"),
            _ => String::new(),
        };
        format!("{}{value} {}/{}", figure.status.code(), figure.reported, figure.due)
    }

    /// The comparison at a place, by codes.
    pub(crate) fn change(&self, place: &str, period: &str, measure: &str, versus: Versus) -> Option<&Comparison> {
        let axes = self.cube.axes();
        let (area, measure) = (axes.area_position(&area(place)), axes.measure_position(&measure.into()));
        let key = (area?, axes.period_position(period.parse().unwrap())?, measure?, versus);
        let found = self.comparisons.binary_search_by_key(&key, |c| (c.area, c.period, c.measure, c.versus));
        found.ok().map(|at| &self.comparisons[at])
    }
}
