//! Stories: returns written in a few words, and what a check finds in them.
//!
//! `Story::of(kind).sent("2026-Q1", "dau_ky 45, tiep_nhan 6").found()` gives the
//! findings as `2026-Q1 E9 · message`. Values are written `row value`;
//! `-` is an empty cell, `?` one that could not be read, `6/15` a value with its cumulative.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::definitions::check::{Condition, Sum, Term};
use crate::definitions::form::{AcrossTime, Asked, Class, Direction, Form, Kind, Privacy, Row, SheetForm, SheetKind};
use crate::definitions::indicator::{Indicator, Over, RatioTerm};
use crate::definitions::plan::{Adoption, Due, Plan, ReturnRule};
use crate::definitions::register::Explanation;
use crate::definitions::scheme::QuarterStart;
use crate::definitions::unit::{Unit, UnitKind, UnitName};
use crate::definitions::{Check, CheckKind, Definitions, Registers, ReleasePolicy, Scheme, Site, UnitRegister};
use crate::findings::{Finding, Outcome, Severity};
use crate::intake::{CriterionRow, Entry, Reading, Return, SettlementRow, Standing};
use crate::vocabulary::{CellRef, MeasureCode, Period, PeriodKind, RuleId, UnitCode};

/// Rows of the form of all stories: word, short name, unit of measure, marks.
/// `k` stock, `f` flow, `o` optional, `1` opening, `t` by thôn, `n` yearly, `c` class.
const ROWS: &[(&str, &str, &str, &str)] = &[
    ("dau_ky", "Đầu kỳ", "người", "k1"),
    ("tiep_nhan", "Tiếp nhận", "người", "f"),
    ("dua_ra", "Đưa ra", "người", "f"),
    ("dieu_chinh", "Điều chỉnh", "người", "fo"),
    ("cuoi_ky", "Cuối kỳ", "người", "k"),
    ("nhom_d", "Nhóm D", "người", "k"),
    ("to", "Số tổ", "tổ", "k"),
    ("thanh_vien", "Thành viên tổ", "người", "k"),
    ("co_to", "Người có tổ giúp đỡ", "người", "k"),
    ("gap_go", "Lượt gặp gỡ", "lượt", "f"),
    ("danh_gia", "Người được đánh giá", "người", "f"),
    ("vay_nguoi", "Người được vay", "người", "f"),
    ("vay_tien", "Số tiền vay", "đồng", "f"),
    ("buoi", "Buổi tuyên truyền", "buổi", "ft"),
    ("luot_nguoi", "Lượt người dự", "lượt", "ft"),
    ("tin_bao", "Tin báo", "tin", "f"),
    ("chuyen_den", "Chuyển đến", "người", "f"),
    ("chuyen_di", "Chuyển đi", "người", "f"),
    ("so_thon", "KDC", "KDC", "k"),
    ("tieu_chi", "Tiêu chí đạt", "tiêu chí", "kn"),
    ("phan_loai", "Phân loại xã", "mức", "cn"),
];

/// One form with one check, and the returns that came.
pub struct Story {
    pub definitions: Definitions,
    pub registers: Registers,
    pub returns: Vec<Return>,
}

impl Story {
    /// A form whose only check is of this kind, of severity error.
    pub fn of(kind: CheckKind) -> Self {
        let check = check("R99", kind);
        Self { definitions: definitions(vec![check]), registers: Registers::default(), returns: Vec::new() }
    }

    /// The check only warns.
    pub fn warning(mut self) -> Self {
        self.definitions.forms[0].checks[0].severity = Severity::Warning;
        self
    }

    /// The check applies only under this condition.
    pub fn when(mut self, condition: Condition) -> Self {
        self.definitions.forms[0].checks[0].when.push(condition);
        self
    }

    /// One more check, `R98`.
    pub fn and(mut self, kind: CheckKind) -> Self {
        self.definitions.forms[0].checks.push(check("R98", kind));
        self
    }

    /// The unit becomes a phường on this day.
    pub fn renamed(mut self, day: &str) -> Self {
        let unit = self.definitions.units.units.get_mut("99001").unwrap();
        let name = unit.names[0].clone();
        unit.names.push(UnitName { valid_from: date(day), kind: UnitKind::Phuong, ..name });
        self
    }

    /// A return of Xã An Thịnh.
    pub fn sent(self, period: &str, values: &str) -> Self {
        self.sent_by("99001", period, values)
    }

    /// A return of any unit.
    pub fn sent_by(mut self, unit: &str, period: &str, values: &str) -> Self {
        self.returns.push(a_return(unit, period, values));
        self
    }

    /// The last return, changed.
    pub fn with(mut self, change: impl FnOnce(&mut Return)) -> Self {
        change(self.returns.last_mut().unwrap());
        self
    }

    /// A thôn on Biểu 06B of the last return.
    pub fn thon(self, name: &str, values: &str) -> Self {
        self.with(|ret| {
            let values: BTreeMap<_, _> = words(values).map(|(word, value)| (code(word), value.parse().ok())).collect();
            let row = 8 + ret.settlements.len() as u32;
            let columns = values.keys().cloned().zip(2..).collect();
            let sheet = "Biểu 06B".into();
            ret.settlements.push(SettlementRow { name: name.into(), sheet, sheet_position: 7, row, values, columns });
        })
    }

    /// The officer accepts the finding about this row and value.
    pub fn accepted(mut self, period: &str, row: &str, value: i64, reason: &str) -> Self {
        self.registers.explanations.push(Explanation {
            unit: "99001".into(),
            period: period.parse().unwrap(),
            item: code(row),
            rule: "R99".into(),
            value: Some(value),
            reason: reason.into(),
            date: date("2026-04-02"),
            line: 2,
        });
        self
    }

    /// All findings, in reading order.
    pub fn findings(&mut self) -> Vec<Finding> {
        super::check(&mut self.returns, Vec::new(), &self.definitions, &self.registers).0
    }

    /// The findings as `2026-Q1 E9 · message`.
    pub fn found(mut self) -> Vec<String> {
        let findings = self.findings();
        findings
            .iter()
            .map(|finding| {
                let cell = finding.place.cell_ref().map_or("–".to_owned(), |cell| cell.to_string());
                format!("{} {cell} · {}", finding.period.unwrap(), finding.message)
            })
            .collect()
    }

    /// The rows that are rejected after the check, as `2026-Q1 cuoi_ky`.
    pub fn rejected(mut self) -> Vec<String> {
        self.findings();
        let rejected = |ret: &Return| {
            let of_return = ret.entries.iter().filter(|(_, entry)| entry.value == Reading::Rejected);
            of_return.map(|(item, _)| format!("{} {}", ret.period, &item.as_str()[2..])).collect::<Vec<_>>()
        };
        self.returns.iter().flat_map(rejected).collect()
    }
}

/// The code of a row, given its word.
pub fn code(word: &str) -> MeasureCode {
    assert!(ROWS.iter().any(|row| row.0 == word), "no row {word}");
    MeasureCode::from(format!("t.{word}"))
}

/// A sum, written `cuoi_ky - 4*to + previous(dau_ky)`.
pub fn sum(text: &str) -> Sum {
    let spaced = text.replace("- ", "-").replace("+ ", "");
    let term = |word: &str| {
        let (sign, word) = word.strip_prefix('-').map_or((1, word), |word| (-1, word));
        let (factor, word) = word.split_once('*').map_or((1, word), |(factor, word)| (factor.parse().unwrap(), word));
        let earlier = word.strip_prefix("previous(").and_then(|word| word.strip_suffix(')'));
        Term { coefficient: sign * factor, item: code(earlier.unwrap_or(word)), previous: earlier.is_some() }
    };
    spaced.split_whitespace().map(term).collect()
}

/// A return as read from a workbook; column E holds the period, F the year so far.
pub fn a_return(unit: &str, period: &str, values: &str) -> Return {
    let entries: BTreeMap<MeasureCode, Entry> = words(values)
        .map(|(word, value)| {
            let row = 7 + ROWS.iter().position(|row| row.0 == word).unwrap_or_else(|| panic!("no row {word}")) as u32;
            let (value, cumulative) = value.split_once('/').map_or((value, None), |(value, year)| (value, Some(year)));
            let reading = match value {
                "-" => Reading::Empty,
                "?" => Reading::Rejected,
                number => Reading::Value(number.parse().unwrap()),
            };
            let entry = Entry {
                sheet: "Biểu 01".into(),
                sheet_position: 1,
                cell: CellRef::new(row, 4),
                raw: value.into(),
                value: reading,
                cumulative: cumulative.map(|year| (CellRef::new(row, 5), year.parse().unwrap())),
                repairs: Vec::new(),
            };
            (code(word), entry)
        })
        .collect();
    Return {
        file: format!("{unit}-{period}.xlsx").into(),
        sha256: "00".into(),
        unit: unit.into(),
        period: period.parse().unwrap(),
        form_version: "1".into(),
        estimate: false,
        submission: 1,
        declared_date: None,
        received: None,
        team_model: None,
        standing: Standing::Counts,
        differences: Vec::new(),
        outcome: Outcome::Accepted,
        entries,
        settlements: Vec::new(),
        models: Vec::new(),
        criteria: Vec::new(),
    }
}

/// A return on the newest form in which every row asked is 0, and every class the lowest.
pub fn of_noughts(definitions: &Definitions, unit: &UnitCode, period: Period) -> Return {
    let form = definitions.forms.last().unwrap();
    let mut ret = a_return(unit.as_str(), &period.to_string(), "");
    ret.form_version = form.version.clone();
    for (at, row) in form.rows().enumerate() {
        let asked = match row.asked {
            Asked::Always => true,
            Asked::YearEnd => period.closes_year(),
            Asked::Quarterly => period.kind() == PeriodKind::Quarter,
        };
        if asked {
            let entry = Entry {
                sheet: "Biểu".into(),
                sheet_position: 1,
                cell: CellRef::new(at as u32, 4),
                raw: "0".into(),
                value: Reading::Value(i64::from(matches!(row.kind, Kind::Class(_)))),
                cumulative: None,
                repairs: Vec::new(),
            };
            ret.entries.insert(row.code.clone(), entry);
        }
    }
    ret
}

/// Criteria of the set `bo`, `+` met, `-` not met, `?` left open.
pub fn criteria(marks: &str) -> Vec<CriterionRow> {
    let met = |mark| match mark {
        '+' => Some(true),
        '-' => Some(false),
        _ => None,
    };
    let row = |(at, mark)| CriterionRow { set: "bo".into(), number: format!("{}", at + 1), met: met(mark), row: 8 };
    marks.chars().enumerate().map(row).collect()
}

fn words(values: &str) -> impl Iterator<Item = (&str, &str)> {
    values.split(',').map(str::trim).filter(|word| !word.is_empty()).map(|word| word.split_once(' ').unwrap())
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn check(id: &str, kind: CheckKind) -> Check {
    Check {
        id: RuleId::from(id),
        severity: Severity::Error,
        title: "Số liệu không khớp".into(),
        why: "Số liệu phải khớp.".into(),
        example: "1 + 1 = 2.".into(),
        advice: "Đối chiếu sổ theo dõi.".into(),
        when: Vec::new(),
        kind,
    }
}

fn definitions(checks: Vec<Check>) -> Definitions {
    let units = ["99001", "99002"].map(|unit| (UnitCode::from(unit), unit_of(unit)));
    let adoption = |unit: &str| Adoption { unit: unit.into(), from: date("2025-07-01"), to: None };
    Definitions {
        site: Site {
            title: "Tổng kết".into(),
            organisation: "Công an tỉnh Vân Hải".into(),
            province: "99".into(),
            province_name: "tỉnh Vân Hải".into(),
            first_year: 2026,
            last_year: 2027,
            spans: Vec::new(),
            as_of: None,
            synthetic: true,
            headlines: Vec::new(),
            compositions: Vec::new(),
            groups: BTreeMap::new(),
            limits: crate::definitions::Limits::default(),
            quality: crate::definitions::QualityPolicy::default(),
            comparison: crate::definitions::ComparisonRules::default(),
        },
        scheme: Scheme {
            id: "nd09".into(),
            title: "Nghị định 09/2019".into(),
            source: "Nghị định 09/2019/NĐ-CP".into(),
            starts: [(1, 12), (0, 3), (0, 6), (0, 9)].map(|(years_before, month)| QuarterStart {
                years_before,
                month,
                day: 15,
            }),
        },
        units: UnitRegister { units: BTreeMap::from(units), aliases: BTreeMap::new() },
        forms: vec![form(checks)],
        indicators: vec![indicator()],
        criteria: Vec::new(),
        plans: vec![Plan {
            id: "kh".into(),
            number: "1/KH-UBND".into(),
            title: "Kế hoạch".into(),
            short: "Kế hoạch".into(),
            date: "01/7/2025".into(),
            issuer: "UBND".into(),
            summary: String::new(),
            provenance: String::new(),
            from_year: 2026,
            to_year: None,
            team_model: None,
            adoptions: vec![adoption("99001"), adoption("99002")],
            measures: Vec::new(),
            returns: vec![ReturnRule { kind: PeriodKind::Quarter, number: None, due: Due::DaysAfterEnd(5) }],
            meetings: Vec::new(),
            milestones: Vec::new(),
            tasks: Vec::new(),
            steps: Vec::new(),
            bases: Vec::new(),
        }],
        targets: Vec::new(),
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

fn unit_of(code: &str) -> Unit {
    Unit {
        code: code.into(),
        province: "99".into(),
        names: vec![UnitName {
            name: "Xã An Thịnh".into(),
            kind: UnitKind::Xa,
            valid_from: date("2025-07-01"),
            valid_to: None,
        }],
        predecessors: Vec::new(),
        successors: Vec::new(),
        groups: Default::default(),
    }
}

fn form(checks: Vec<Check>) -> Form {
    let rows = ROWS.iter().map(|(word, short, unit, marks)| row(word, short, unit, marks)).collect();
    let sheet = |id: &str, kind, rows| SheetForm {
        id: id.into(),
        name: format!("Biểu {id}"),
        title: "Biểu".into(),
        theme: "Chung".into(),
        kind,
        plans: Vec::new(),
        rows,
        note: String::new(),
    };
    Form {
        id: "tk".into(),
        version: "1".into(),
        title: "Báo cáo".into(),
        sheets: vec![sheet("01", SheetKind::Rows, rows), sheet("06B", SheetKind::Settlements, Vec::new())],
        checks,
        headings: Default::default(),
        older: None,
    }
}

fn row(word: &str, short: &str, unit: &str, marks: &str) -> Row {
    let classes = [("Y", "Yếu"), ("TB", "Trung bình"), ("K", "Khá"), ("XS", "Xuất sắc")];
    let class = |(code, title): (&str, &str)| Class { code: code.into(), title: title.into() };
    let is = |mark: char| marks.contains(mark);
    Row {
        code: code(word),
        title: short.into(),
        short: short.into(),
        unit_of_measure: unit.into(),
        kind: match () {
            () if is('c') => Kind::Class(classes.into_iter().map(class).collect()),
            () if is('k') => Kind::Stock,
            () => Kind::Flow,
        },
        asked: if is('n') { Asked::YearEnd } else { Asked::Always },
        across_time: match () {
            () if is('1') => AcrossTime::First,
            () if is('f') => AcrossTime::Sum,
            () => AcrossTime::Last,
        },
        additive: !is('c'),
        direction: Direction::None,
        privacy: Privacy::P1,
        part_of: None,
        complement_sensitive: false,
        receivers: None,
        by_settlement: is('t'),
        signed: is('o'),
        required: !is('o'),
        source: String::new(),
        definition: String::new(),
    }
}

/// Contacts held against contacts due, one a week for every person with a team.
fn indicator() -> Indicator {
    let term = |word, over| vec![RatioTerm { coefficient: 1, item: code(word), over }];
    Indicator {
        code: "t.tl_gap_go".into(),
        order: 1,
        title: "Mức độ thực hiện chế độ gặp gỡ hằng tuần".into(),
        short: "Mức gặp gỡ hằng tuần".into(),
        theme: "Tổ giúp đỡ".into(),
        numerator: term("gap_go", Over::Kind),
        denominator: term("co_to", Over::Weeks),
        direction: Direction::Up,
        privacy: Privacy::P1,
        denominator_noun: "lượt".into(),
        source: String::new(),
        definition: String::new(),
    }
}
