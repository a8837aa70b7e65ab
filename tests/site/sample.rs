//! A small hand-made release: three units, five measures, five years; every kind of absence occurs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use tongket::definitions::form::{AcrossTime, Asked, Class, Direction, Form, Kind, Privacy, Row, SheetForm, SheetKind};
use tongket::definitions::indicator::{Indicator, Over, RatioTerm};
use tongket::definitions::plan::{Adoption, By, Due, LegalBasis, Meeting, Milestone, Plan, ReturnRule, Step, Task};
use tongket::definitions::policy::ReleasePolicy;
use tongket::definitions::scheme::{QuarterStart, Scheme};
use tongket::definitions::target::{Comparison as Compare, Target};
use tongket::definitions::unit::{Unit, UnitKind, UnitName};
use tongket::definitions::{Definitions, Site, UnitRegister, schedule};
use tongket::figures::{
    Axes, Change, Comparison, Cube, Figure, Figures, Model, Quantity, ReturnState, ReturnStatus, Versus, WhyNot,
};
use tongket::findings::rule::RuleText;
use tongket::findings::{Finding, Place};
use tongket::intake::{CriterionRow, Intake, Outcome, SetAside, SettlementRow};
use tongket::ledger::{Ledger, Publication};
use tongket::release::{Release, Stamp, cover};
use tongket::vocabulary::{
    Area, CellRef, ConfStatus, Edition, GroupId, MeasureCode, ObsStatus, Period, PeriodKind, PlanId, ProvinceCode,
    RuleId, Severity, UnitCode,
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

const UNITS: [(&str, &str, UnitKind); 3] = [
    ("99001", "Xã An Thịnh", UnitKind::Xa),
    ("99003", "Phường Bến Thượng", UnitKind::Phuong),
    ("99007", "Xã Minh Sơn", UnitKind::Xa),
];

fn units() -> UnitRegister {
    let unit = |(code, name, kind): &(&str, &str, UnitKind)| Unit {
        code: UnitCode::from(*code),
        province: ProvinceCode::from("99"),
        names: vec![UnitName { name: (*name).into(), kind: *kind, valid_from: day(2025, 7, 1), valid_to: None }],
        predecessors: vec![UnitCode::from("98001")],
        successors: Vec::new(),
        groups: BTreeSet::from([GroupId::from(kind.code())]),
    };
    UnitRegister {
        units: UNITS.iter().map(|one| (UnitCode::from(one.0), unit(one))).collect(),
        aliases: BTreeMap::new(),
    }
}

fn row(code: &str, title: &str, unit: &str, kind: Kind, privacy: Privacy, direction: Direction) -> Row {
    Row {
        code: MeasureCode::from(code),
        title: title.into(),
        short: title.into(),
        unit_of_measure: unit.into(),
        across_time: if kind == Kind::Flow { AcrossTime::Sum } else { AcrossTime::Last },
        asked: if matches!(kind, Kind::Class(_)) { Asked::YearEnd } else { Asked::Always },
        kind,
        additive: true,
        direction,
        privacy,
        part_of: None,
        complement_sensitive: false,
        receivers: None,
        by_settlement: code.starts_with("bv."),
        signed: false,
        required: true,
        source: "Nghị định 49/2020/NĐ-CP".into(),
        definition: "Đếm số người có việc làm vào ngày chốt.".into(),
    }
}

fn form() -> Form {
    let class = |code: &str, title: &str| Class { code: code.into(), title: title.into() };
    let ranks = vec![class("Y", "Yếu"), class("TB", "Trung bình"), class("K", "Khá"), class("XS", "Xuất sắc")];
    let sheet = |id: &str, theme: &str, rows: Vec<Row>| SheetForm {
        id: id.into(),
        name: format!("Biểu {id}"),
        title: theme.into(),
        theme: theme.into(),
        kind: SheetKind::Rows,
        plans: Vec::new(),
        rows,
        note: String::new(),
    };
    Form {
        id: "bieu-xa".into(),
        version: "2026.1".into(),
        title: "Báo cáo của xã".into(),
        sheets: vec![
            sheet(
                "01",
                "Tiếp nhận, quản lý, phân loại",
                vec![
                    row(
                        "thn.quan_ly_cuoi_ky",
                        "Số người thuộc diện quản lý cuối kỳ",
                        "người",
                        Kind::Stock,
                        Privacy::P1,
                        Direction::None,
                    ),
                    row(
                        "thn.co_viec_lam",
                        "Số người có việc làm cuối kỳ",
                        "người",
                        Kind::Stock,
                        Privacy::P2,
                        Direction::Up,
                    ),
                    row("thn.vay_so_tien", "Số tiền được vay", "đồng", Kind::Flow, Privacy::P2, Direction::Up),
                ],
            ),
            sheet(
                "06",
                "Phong trào toàn dân bảo vệ an ninh Tổ quốc",
                vec![
                    row(
                        "bv.tin_bao",
                        "Số nguồn tin về ANTT quần chúng cung cấp",
                        "tin",
                        Kind::Flow,
                        Privacy::P0,
                        Direction::Up,
                    ),
                    row(
                        "bv.phan_loai_xa",
                        "Phân loại phong trào của xã",
                        "mức",
                        Kind::Class(ranks),
                        Privacy::P0,
                        Direction::Up,
                    ),
                ],
            ),
        ],
        checks: Vec::new(),
        headings: Default::default(),
        older: None,
    }
}

fn indicator() -> Indicator {
    let term = |code: &str| vec![RatioTerm { coefficient: 1, item: MeasureCode::from(code), over: Over::Kind }];
    Indicator {
        code: MeasureCode::from("thn.tl_viec_lam"),
        order: 1,
        title: "Tỷ lệ có việc làm".into(),
        short: "Có việc làm".into(),
        theme: "Tiếp nhận, quản lý, phân loại".into(),
        numerator: term("thn.co_viec_lam"),
        denominator: term("thn.quan_ly_cuoi_ky"),
        direction: Direction::Up,
        privacy: Privacy::P2,
        denominator_noun: "người".into(),
        source: "Nghị định 49/2020/NĐ-CP".into(),
        definition: "Số người có việc làm cuối kỳ chia số người thuộc diện quản lý cuối kỳ.".into(),
    }
}

fn plan() -> Plan {
    let adopt = |code: &str| Adoption { unit: UnitCode::from(code), from: day(2026, 1, 1), to: None };
    Plan {
        id: PlanId::from("kh71-dien-hinh"),
        number: "71/KH-UBND".into(),
        title: "Xây dựng xã điển hình về phong trào toàn dân bảo vệ an ninh Tổ quốc".into(),
        short: "Xã điển hình".into(),
        date: "06/3/2026".into(),
        issuer: "UBND xã".into(),
        summary: "Mỗi năm đăng ký, tự chấm theo bộ tiêu chí và đề nghị công nhận.".into(),
        provenance: "Bản in của kế hoạch.".into(),
        from_year: 2026,
        to_year: Some(2030),
        team_model: None,
        adoptions: UNITS.iter().map(|(code, ..)| adopt(code)).collect(),
        measures: vec![MeasureCode::from("thn.tl_viec_lam"), MeasureCode::from("bv.tin_bao")],
        returns: vec![ReturnRule { kind: PeriodKind::Quarter, number: None, due: Due::DaysAfterEnd(7) }],
        meetings: vec![Meeting {
            title: "Hội nghị sơ kết năm".into(),
            reviews: PeriodKind::Year,
            years: Vec::new(),
            when: "sau 14/12 hằng năm".into(),
        }],
        milestones: vec![
            Milestone { title: "Ban hành kế hoạch".into(), by: By::Day(day(2026, 3, 6)), years: Vec::new() },
            Milestone {
                title: "Đăng ký xã điển hình".into(),
                by: By::EachYear { month: 3, day: 31 },
                years: Vec::new(),
            },
        ],
        tasks: vec![Task {
            what: "Đăng ký xã điển hình".into(),
            who: "Công an xã".into(),
            when: "quý I hằng năm".into(),
            progress: "trước 31/3".into(),
            result: "Bản đăng ký".into(),
            measure: Some(MeasureCode::from("bv.tin_bao")),
        }],
        steps: vec![Step { number: 1, title: "Khảo sát".into(), artefacts: vec!["Báo cáo khảo sát".into()] }],
        bases: vec![LegalBasis {
            title: "Thông tư 124/2021/TT-BCA".into(),
            valid_from: Some(day(2022, 2, 14)),
            valid_to: None,
            note: String::new(),
        }],
    }
}

fn targets() -> Vec<Target> {
    let province = Area::Province(ProvinceCode::from("99"));
    (2026..=2030)
        .flat_map(|year| {
            let target = |code: &str, tenths: i64| Target {
                plan: Some(PlanId::from("kh71-dien-hinh")),
                measure: MeasureCode::from(code),
                area: province.clone(),
                period: Period::year(year),
                tenths,
                comparison: Compare::AtLeast,
            };
            let step = i64::from(year - 2026);
            [target("thn.tl_viec_lam", 640 + 40 * step), target("bv.tin_bao", 600 + 50 * step)]
        })
        .collect()
}

fn definitions() -> Definitions {
    let starts =
        [(1, 12), (0, 3), (0, 6), (0, 9)].map(|(years_before, month)| QuarterStart { years_before, month, day: 15 });
    Definitions {
        site: Site {
            title: "Tổng kết".into(),
            organisation: "Công an tỉnh Vân Hải".into(),
            province: ProvinceCode::from("99"),
            province_name: "tỉnh Vân Hải".into(),
            first_year: 2026,
            last_year: 2030,
            spans: vec![Period::years(2026, 2028), Period::years(2026, 2030)],
            as_of: Some(day(2029, 12, 23)),
            synthetic: true,
            compositions: Vec::new(),
            headlines: ["thn.tl_viec_lam", "thn.quan_ly_cuoi_ky", "bv.tin_bao", "thn.vay_so_tien"]
                .map(MeasureCode::from)
                .to_vec(),
            groups: BTreeMap::from([(GroupId::from("xa"), "Xã".into()), (GroupId::from("phuong"), "Phường".into())]),
            limits: tongket::definitions::Limits::default(),
            quality: tongket::definitions::QualityPolicy::default(),
            comparison: tongket::definitions::ComparisonRules {
                size: Some(MeasureCode::from("thn.quan_ly_cuoi_ky")),
                fewest_peers: 3,
                expected_from: BTreeMap::from([(
                    MeasureCode::from("bv.tin_bao"),
                    MeasureCode::from("thn.quan_ly_cuoi_ky"),
                )]),
                ..Default::default()
            },
        },
        scheme: Scheme {
            id: "nd09".into(),
            title: "Nghị định 09/2019/NĐ-CP".into(),
            source: "Nghị định 09/2019/NĐ-CP, Điều 12".into(),
            starts,
        },
        units: units(),
        forms: vec![form()],
        indicators: vec![indicator()],
        criteria: Vec::new(),
        plans: vec![plan()],
        targets: targets(),
        policy: ReleasePolicy {
            threshold: 5,
            smallest_denominator: 20,
            population: Vec::new(),
            public_coverage: 80,
            headline_coverage: 50,
            late_batch: 3,
            authority: "Quyết định của UBND tỉnh".into(),
        },
        hash: "0123456789abcdef".into(),
    }
}

/// A value that grows with the years and differs between units, without being random.
fn value(measure: &str, unit: usize, period: Period) -> Quantity {
    let years = i64::from(period.last_year() - 2026);
    let spread = [0, 14, 31][unit];
    let length = period.quarters().count() as i64;
    match measure {
        "thn.quan_ly_cuoi_ky" => Quantity::Whole(52 + spread + 3 * years),
        "thn.co_viec_lam" => Quantity::Whole(30 + spread + 4 * years),
        "thn.vay_so_tien" => Quantity::Whole(length * (15_000_000 + 500_000 * (years + spread))),
        "bv.tin_bao" => Quantity::Whole(length * (4 + spread / 10 + years)),
        "bv.phan_loai_xa" => Quantity::Whole(2 + (years + unit as i64) % 3),
        "thn.tl_viec_lam" => {
            Quantity::Ratio { numerator: 30 + spread + 4 * years, denominator: 52 + spread + 3 * years }
        }
        _ => unreachable!("the sample has no other measure"),
    }
}

fn sum(values: &[Quantity]) -> Quantity {
    values.iter().fold(Quantity::Whole(0), |all, one| match (all, one) {
        (Quantity::Whole(a), Quantity::Whole(b)) => Quantity::Whole(a + b),
        (Quantity::Ratio { numerator: a, denominator: b }, Quantity::Ratio { numerator: c, denominator: d }) => {
            Quantity::Ratio { numerator: a + c, denominator: b + d }
        }
        (_, other) => *other,
    })
}

fn figures(definitions: &Definitions) -> Figures {
    let areas: Vec<Area> = UNITS
        .iter()
        .map(|(code, ..)| Area::Unit(UnitCode::from(*code)))
        .chain([
            Area::Province(ProvinceCode::from("99")),
            Area::Group(GroupId::from("xa")),
            Area::Group(GroupId::from("phuong")),
        ])
        .collect();
    let codes: Vec<MeasureCode> = definitions.forms[0]
        .rows()
        .map(|row| row.code.clone())
        .chain(definitions.indicators.iter().map(|indicator| indicator.code.clone()))
        .collect();
    let axes = Arc::new(Axes::new(areas, definitions.site.periods(), codes));
    let last = Period::quarter(2029, 4);
    let of_unit = |unit: usize, period: Period, measure: &str| -> Figure {
        let due = period.quarters().count() as u32;
        let asked = measure != "bv.phan_loai_xa" || period.kind() == PeriodKind::Year;
        // The third unit has not sent its last quarter.
        let reported = due - u32::from(unit == 2 && period.contains(last));
        if !asked || period.quarters().any(|quarter| quarter > last) {
            Figure::NOT_APPLICABLE
        } else if reported == 0 {
            Figure { value: None, status: ObsStatus::O, conf: ConfStatus::F, reported, due }
        } else {
            let status = if reported < due { ObsStatus::P } else { ObsStatus::A };
            Figure { value: Some(value(measure, unit, period)), status, conf: ConfStatus::F, reported, due }
        }
    };
    let members = |area: &Area| -> Vec<usize> {
        (0..UNITS.len())
            .filter(|unit| match area {
                Area::Province(_) => true,
                Area::Group(id) => id.as_str() == UNITS[*unit].2.code(),
                Area::Unit(code) => code.as_str() == UNITS[*unit].0,
            })
            .collect()
    };
    let mut cells = Vec::new();
    for area in axes.areas() {
        for period in axes.periods() {
            for measure in axes.measures() {
                let parts: Vec<Figure> =
                    members(area).into_iter().map(|unit| of_unit(unit, *period, measure.as_str())).collect();
                let single = matches!(area, Area::Unit(_));
                let reported = parts.iter().map(|part| part.reported).sum();
                let due = parts.iter().map(|part| part.due).sum();
                let values: Vec<Quantity> = parts.iter().filter_map(|part| part.value).collect();
                cells.push(if single {
                    parts[0]
                } else if due == 0 || measure.as_str() == "bv.phan_loai_xa" {
                    Figure::NOT_APPLICABLE
                } else {
                    let status = if reported < due { ObsStatus::P } else { ObsStatus::A };
                    Figure { value: Some(sum(&values)), status, conf: ConfStatus::F, reported, due }
                });
            }
        }
    }
    let cube = Cube::new(axes.clone(), cells);
    let mut comparisons = Vec::new();
    for (area, _) in axes.areas().iter().enumerate() {
        for (at, period) in axes.periods().iter().enumerate() {
            for measure in 0..axes.measures().len() {
                let earlier = axes.period_position(period.a_year_earlier());
                let now = cube.cell(area, at, measure);
                let before = earlier.map(|earlier| cube.cell(area, earlier, measure));
                let change = match (now.value, before.and_then(|before| before.value)) {
                    (Some(now), Some(before)) => Ok(Change { now, before, matched: 2, due: 3 }),
                    _ => Err(WhyNot::NoBase),
                };
                comparisons.push(Comparison { area, period: at, measure, versus: Versus::SamePeriodLastYear, change });
            }
        }
    }
    let reporting = schedule::expected(definitions)
        .into_iter()
        .map(|expected| {
            let state = match (expected.unit.as_str(), expected.period) {
                (_, period) if period > last => ReturnState::NotYetDue,
                ("99007", period) if period == last => ReturnState::Missing,
                ("99001", period) if period.number() == 2 => ReturnState::Late(3),
                ("99003", period) if period == Period::quarter(2027, 3) => ReturnState::Returned,
                _ => ReturnState::OnTime,
            };
            let came = matches!(state, ReturnState::OnTime | ReturnState::Late(_));
            ReturnStatus {
                received: came.then(|| expected.deadline - Days::new(2)),
                unit: expected.unit,
                period: expected.period,
                deadline: expected.deadline,
                plans: expected.plans,
                state,
                outcome: came.then_some(Outcome::AcceptedWithWarnings),
                versions: u32::from(came),
                corrected: false,
                estimate: false,
                file: came.then(|| Arc::from("an-thinh/bao-cao.xlsx")),
                sha256: came.then(|| "ab".repeat(32)),
            }
        })
        .collect();
    let model = Model {
        unit: UnitCode::from("99001"),
        code: "1".into(),
        name: "Chung tay giúp đỡ".into(),
        kind: "THNCĐ".into(),
        plan: "71/KH-UBND".into(),
        launched: Some(day(2027, 3, 5)),
        step_dates: [Some(day(2026, 2, 1)), Some(day(2026, 5, 4)), Some(day(2026, 9, 1)), None, None],
        history: vec![
            tongket::figures::model::ModelState {
                period: Period::quarter(2026, 4),
                step: 3,
                members: Some(12),
                evaluation: String::new(),
                ranking: String::new(),
            },
            tongket::figures::model::ModelState {
                period: Period::quarter(2029, 4),
                step: 4,
                members: Some(18),
                evaluation: "đạt mục tiêu".into(),
                ranking: "Khá".into(),
            },
        ],
    };
    let settlement = |name: &str, value: i64| SettlementRow {
        name: name.into(),
        sheet: "Biểu 06B".into(),
        sheet_position: 7,
        row: 8,
        values: BTreeMap::from([(MeasureCode::from("bv.tin_bao"), Some(value))]),
        columns: BTreeMap::from([(MeasureCode::from("bv.tin_bao"), 2)]),
    };
    Figures {
        cube,
        comparisons: comparisons.into(),
        reporting,
        lineage: Arc::default(),
        quality: Arc::default(),
        models: vec![model],
        settlements: BTreeMap::from([(
            (UnitCode::from("99001"), last),
            vec![settlement("Thôn Đông", 3), settlement("Thôn Đoài", 4)],
        )]),
        criteria: BTreeMap::from([(
            (UnitCode::from("99001"), last),
            vec![CriterionRow { set: "tt124-xa".into(), number: "1".into(), met: Some(true), row: 9 }],
        )]),
        current: Period::year(2029),
    }
}

fn intake() -> Intake {
    let place = Place::file("an-thinh/bao-cao.xlsx").sheet(1, "Biểu 01").cell(CellRef::new(13, 4));
    Intake {
        returns: Vec::new(),
        findings: vec![Finding {
            place,
            severity: Severity::Warning,
            rule: RuleId::from("R27"),
            message: "Số người tăng từ 40 lên 78".into(),
            help: "Kiểm tra lại, ghi lý do ở cột Ghi chú".into(),
            item: Some(MeasureCode::from("thn.quan_ly_cuoi_ky")),
            unit: Some(UnitCode::from("99001")),
            period: Some(Period::quarter(2029, 4)),
            explanation: None,
        }],
        set_aside: vec![SetAside {
            file: "khac/thu.docx".into(),
            sha256: "cd".repeat(32),
            reason: "không phải sổ tính".into(),
        }],
        ..Intake::default()
    }
}

/// The release of an edition.
pub fn release(edition: Edition) -> Release {
    let definitions = Arc::new(definitions());
    let figures = figures(&definitions);
    let rules = vec![RuleText {
        id: RuleId::from("R27"),
        severity: Severity::Warning,
        title: "Thay đổi đột ngột so với kỳ trước".into(),
        text: "Số tồn đổi trên 50%.\n\n**Cách sửa.** Kiểm tra lại.".into(),
    }];
    let stamp = Stamp { as_of: day(2029, 12, 23), templates: "7f3a91c".into() };
    let cover = cover(&figures, &definitions, &Ledger::default());
    let intake = Arc::new(intake());
    let public =
        |ledger: &Ledger| Release::public_edition(&figures, &intake, &definitions, &cover, &rules, &stamp, ledger);
    let ledger = published(&public(&Ledger::default()));
    match edition {
        Edition::Internal => {
            Release::internal_edition(&figures, &intake, &definitions, &cover, &rules, &stamp, &ledger)
        }
        Edition::Public => public(&ledger),
    }
}

/// What went out before: some figures of the province were other, some not there yet, one has gone since.
fn published(now: &Release) -> Ledger {
    let mut printed = now.printed();
    let province: Vec<_> = printed
        .iter()
        .filter(|((area, ..), cell)| matches!(area, Area::Province(_)) && cell.value.is_some())
        .map(|(key, _)| key.clone())
        .collect();
    for (at, key) in province.iter().enumerate() {
        let cell = printed.get_mut(key).unwrap();
        match (at % 4, cell.value) {
            (0, Some(Quantity::Whole(value))) => cell.value = Some(Quantity::Whole(value + 7)),
            (0, Some(Quantity::Ratio { numerator, denominator })) => {
                cell.value = Some(Quantity::Ratio { numerator, denominator: denominator + 5 });
            }
            (1, _) => _ = printed.remove(key),
            _ => {}
        }
    }
    let gone = (province[0].0.clone(), Period::year(2029), province[0].2.clone());
    let cell = printed[&province[2]];
    printed.entry(gone).and_modify(|hidden| *hidden = cell).or_insert(cell);
    let publication = Publication {
        number: 1,
        published: day(2029, 10, 5),
        as_of: day(2029, 9, 30),
        build_id: "a1b2c3d".into(),
        printed,
        ..Publication::default()
    };
    Ledger { publications: vec![publication] }
}
