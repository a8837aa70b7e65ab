//! The tables beside the figures: what units, measures, periods, plans and rules there are, which returns came, which models exist.

use std::collections::BTreeSet;

use crate::definitions::{Boundaries, CheckKind};
use crate::release::{MeasureOrigin, PeriodState, Release, ReturnState};
use crate::site::downloads::table::{FieldKind, Table, Value, field};
use crate::vocabulary::{Period, UnitCode};

use FieldKind::{Day, Flag, Text, Whole};

/// One row per unit.
pub fn units(release: &Release) -> Table<'_> {
    let definitions = release.definitions();
    let rows = definitions.units.units.values().map(move |unit| {
        let plans = definitions.plans.iter().filter(|plan| plan.adoptions.iter().any(|a| a.unit == unit.code));
        vec![
            Value::text(unit.code.as_str()),
            Value::text(unit.name()),
            Value::text(unit.kind().code()),
            Value::text(unit.province.as_str()),
            Value::Day(unit.valid_from()),
            Value::day(unit.valid_to()),
            list(unit.predecessors.iter().map(UnitCode::as_str)),
            list(unit.successors.iter().map(UnitCode::as_str)),
            list(unit.groups.iter().map(|group| group.as_str())),
            list(plans.map(|plan| plan.id.as_str())),
        ]
    });
    Table {
        name: "units",
        title: "Danh mục đơn vị",
        fields: vec![
            field("unit", Text, "Mã đơn vị"),
            field("name", Text, "Tên đầy đủ hiện nay"),
            field("type", Text, "xa, phuong, dac_khu"),
            field("province", Text, "Mã tỉnh"),
            field("valid_from", Day, "Có từ ngày"),
            field("valid_to", Day, "Đến ngày; trống khi còn"),
            field("predecessors", Text, "Đơn vị tiền thân, cách nhau bằng dấu cách"),
            field("successors", Text, "Đơn vị kế tục, cách nhau bằng dấu cách"),
            field("groups", Text, "Nhóm, cách nhau bằng dấu cách"),
            field("plans", Text, "Kế hoạch đang thực hiện, cách nhau bằng dấu cách"),
        ],
        key: 1,
        references: vec![],
        rows: Box::new(rows),
    }
}

/// One row per unit and review period in which its land changed: the series breaks there.
pub fn breaks(release: &Release) -> Table<'_> {
    let definitions = release.definitions();
    let boundaries = Boundaries::of(&definitions.units);
    let mut rows = Vec::new();
    for one in boundaries.all() {
        let within = |period: &&Period| {
            let (first, last) = definitions.scheme.days(**period);
            first <= one.day && one.day <= last
        };
        let codes = |units: &BTreeSet<UnitCode>| units.iter().map(UnitCode::to_string).collect::<Vec<_>>().join(" ");
        for period in release.cube().axes().periods().iter().filter(within) {
            for unit in one.before.union(&one.after) {
                let same = one.whole && one.after.len() == 1 && one.after.contains(unit);
                rows.push((unit.to_string(), period.to_string(), one.day, codes(&one.before), codes(&one.after), same));
            }
        }
    }
    rows.sort();
    let rows = rows.into_iter().map(|(unit, period, day, before, after, same)| {
        vec![
            Value::owned(unit),
            Value::owned(period),
            Value::Day(day),
            Value::owned(before),
            Value::owned(after),
            Value::Flag(same),
        ]
    });
    Table {
        name: "breaks",
        title: "Ngắt quãng chuỗi số liệu do sắp xếp đơn vị hành chính",
        fields: vec![
            field("area", Text, "Mã đơn vị"),
            field("period", Text, "Kỳ có ngày sắp xếp"),
            field("day", Day, "Ngày sắp xếp có hiệu lực"),
            field("before", Text, "Các đơn vị trước ngày sắp xếp, cách nhau bằng dấu cách"),
            field("after", Text, "Các đơn vị từ ngày sắp xếp, cách nhau bằng dấu cách"),
            field("rebased", Flag, "Đơn vị đúng bằng tổng các đơn vị trước, nên so sánh được với tổng của chúng"),
        ],
        key: 3,
        references: vec![("period", "periods")],
        rows: Box::new(rows),
    }
}

/// One row per measure.
pub fn measures(release: &Release) -> Table<'_> {
    let mut measures: Vec<_> = release.measures().iter().collect();
    measures.sort_by(|a, b| a.code.cmp(&b.code));
    let rows = measures.into_iter().map(|measure| {
        let (row, numerator, denominator) = match &measure.origin {
            MeasureOrigin::Row { .. } => (Value::text(measure.code.as_str()), Value::Nothing, Value::Nothing),
            MeasureOrigin::ClassCount { row, .. } => (Value::text(row.as_str()), Value::Nothing, Value::Nothing),
            MeasureOrigin::Ratio { numerator, denominator, .. } => {
                let sum = |terms: &[crate::definitions::indicator::RatioTerm]| {
                    Value::owned(linear(terms.iter().map(|term| (term.coefficient, term.item.as_str(), false))))
                };
                (Value::Nothing, sum(numerator), sum(denominator))
            }
        };
        vec![
            Value::text(measure.code.as_str()),
            Value::text(&measure.title),
            Value::text(&measure.unit_of_measure),
            Value::text(measure.kind.code()),
            Value::text(measure.direction.code()),
            Value::text(measure.privacy.code()),
            Value::text(&measure.form),
            row,
            numerator,
            denominator,
            Value::text(&measure.source),
            Value::text(&measure.definition),
        ]
    });
    Table {
        name: "measures",
        title: "Danh mục chỉ tiêu",
        fields: vec![
            field("measure", Text, "Mã chỉ tiêu"),
            field("title", Text, "Tên"),
            field("unit_of_measure", Text, "Đơn vị tính"),
            field("kind", Text, "stock, flow, ratio, class"),
            field("direction", Text, "up: cao hơn là tốt; down: thấp hơn là tốt; none"),
            field("privacy", Text, "P0–P3"),
            field("form", Text, "Biểu mẫu"),
            field("row", Text, "Mã số của dòng trong biểu"),
            field("numerator", Text, "Tử số: hệ số*mã số"),
            field("denominator", Text, "Mẫu số: hệ số*mã số"),
            field("source", Text, "Căn cứ"),
            field("definition", Text, "Cách tính"),
        ],
        key: 1,
        references: vec![],
        rows: Box::new(rows),
    }
}

/// One row per review period.
pub fn periods(release: &Release) -> Table<'_> {
    let scheme = &release.definitions().scheme;
    let mut periods: Vec<(String, Period)> =
        release.cube().axes().periods().iter().map(|period| (period.to_string(), *period)).collect();
    periods.sort();
    let rows = periods.into_iter().map(move |(code, period)| {
        let (start, end) = scheme.days(period);
        vec![
            Value::owned(code),
            Value::text(period.kind().code()),
            Value::text(&scheme.id),
            Value::Day(start),
            Value::Day(end),
            Value::text(match release.period_state(period) {
                PeriodState::Open => "open",
                PeriodState::Provisional => "provisional",
                PeriodState::Final => "final",
            }),
        ]
    });
    Table {
        name: "periods",
        title: "Các kỳ số liệu",
        fields: vec![
            field("period", Text, "Mã kỳ"),
            field("kind", Text, "quarter, half, nine_months, year, span"),
            field("scheme", Text, "Cách chia kỳ"),
            field("start", Day, "Từ ngày"),
            field("end", Day, "Đến ngày"),
            field("status", Text, "open: chưa khóa; provisional: sơ bộ; final: chính thức"),
        ],
        key: 1,
        references: vec![],
        rows: Box::new(rows),
    }
}

/// One row per plan.
pub fn plans(release: &Release) -> Table<'_> {
    let mut plans: Vec<_> = release.definitions().plans.iter().collect();
    plans.sort_by(|a, b| a.id.cmp(&b.id));
    let rows = plans.into_iter().map(|plan| {
        vec![
            Value::text(plan.id.as_str()),
            Value::text(&plan.title),
            Value::text(&plan.number),
            Value::text(&plan.date),
            Value::text(&plan.issuer),
            Value::Whole(plan.from_year.into()),
            Value::whole(plan.to_year.map(i64::from)),
            Value::text(plan.team_model.as_deref().unwrap_or_default()),
        ]
    });
    Table {
        name: "plans",
        title: "Các kế hoạch",
        fields: vec![
            field("plan", Text, "Mã kế hoạch"),
            field("title", Text, "Tên"),
            field("number", Text, "Số, ký hiệu"),
            field("date", Text, "Ngày ban hành, như ghi trên văn bản"),
            field("issuer", Text, "Cơ quan ban hành"),
            field("from_year", Whole, "Từ năm"),
            field("to_year", Whole, "Đến năm; trống khi không định hạn"),
            field("team_model", Text, "Mô hình tổ giúp đỡ: 1-1, 1-n"),
        ],
        key: 1,
        references: vec![],
        rows: Box::new(rows),
    }
}

/// One row per rule.
pub fn rules(release: &Release) -> Table<'_> {
    let mut rules: Vec<_> = release.rules().iter().collect();
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    let rows = rules.into_iter().map(|rule| {
        vec![
            Value::text(rule.id.as_str()),
            Value::text(rule.severity.code()),
            Value::text(&rule.title),
            Value::text(&rule.text),
        ]
    });
    Table {
        name: "rules",
        title: "Quy tắc kiểm tra",
        fields: vec![
            field("rule", Text, "Mã quy tắc"),
            field("severity", Text, "error: lỗi; warning: cảnh báo; info: thông tin"),
            field("title", Text, "Tên"),
            field("explanation", Text, "Giải thích"),
        ],
        key: 1,
        references: vec![],
        rows: Box::new(rows),
    }
}

/// One row per equation or inequality that the form imposes on its rows.
pub fn relations(release: &Release) -> Table<'_> {
    let form = release.definitions().forms.last();
    let mut relations: Vec<(&str, &str, String)> = form
        .into_iter()
        .flat_map(|form| &form.checks)
        .filter_map(|check| {
            let (kind, left, right) = match &check.kind {
                CheckKind::Equal { left, right } => ("equal", left, right),
                CheckKind::AtMost { left, right } => ("at_most", left, right),
                _ => return None,
            };
            let left = left.iter().map(|term| (term.coefficient, term.item.as_str(), term.previous));
            let right = right.iter().map(|term| (-term.coefficient, term.item.as_str(), term.previous));
            Some((check.id.as_str(), kind, linear(left.chain(right))))
        })
        .collect();
    relations.sort();
    let rows = relations
        .into_iter()
        .map(|(relation, kind, terms)| vec![Value::text(relation), Value::text(kind), Value::owned(terms)]);
    Table {
        name: "relations",
        title: "Quan hệ giữa các chỉ tiêu mà biểu mẫu đòi hỏi: tổng các số hạng bằng 0 hoặc không quá 0",
        fields: vec![
            field("relation", Text, "Mã quy tắc"),
            field("kind", Text, "equal: bằng 0; at_most: không quá 0"),
            field("terms", Text, "Hệ số*mã số, cách nhau bằng dấu cách; @truoc là giá trị kỳ báo cáo trước"),
        ],
        key: 1,
        references: vec![],
        rows: Box::new(rows),
    }
}

/// One row per expected return.
pub fn returns(release: &Release) -> Table<'_> {
    let mut reporting: Vec<_> = release.reporting().iter().collect();
    reporting.sort_by_cached_key(|status| (status.unit.clone(), status.period.to_string()));
    let rows = reporting.into_iter().map(|status| {
        let on_time = match status.state {
            ReturnState::OnTime => Value::Flag(true),
            ReturnState::Late(_) | ReturnState::Missing => Value::Flag(false),
            ReturnState::Returned | ReturnState::NotYetDue => Value::Nothing,
        };
        vec![
            Value::text(status.unit.as_str()),
            Value::owned(status.period),
            Value::Day(status.deadline),
            Value::day(status.received),
            status.outcome.map_or(Value::Nothing, |outcome| Value::text(outcome.code())),
            on_time,
            Value::Whole(status.versions.into()),
            Value::Flag(status.corrected),
            status.file.as_deref().map_or(Value::Nothing, Value::text),
            status.sha256.as_deref().map_or(Value::Nothing, Value::text),
        ]
    });
    let mut table = Table {
        name: "returns",
        title: "Tình hình nộp báo cáo",
        fields: vec![
            field("unit", Text, "Mã đơn vị"),
            field("period", Text, "Mã kỳ"),
            field("due_date", Day, "Ngày cuối cùng còn đúng hạn"),
            field("sent_date", Day, "Ngày nhận bản đầu tiên dùng được; trống khi chưa nộp"),
            field("outcome", Text, "accepted, accepted_with_warnings, accepted_in_part, returned; trống khi chưa nộp"),
            field("on_time", Flag, "Đúng hạn; trống khi chưa đến hạn hoặc bị trả lại"),
            field("version", Whole, "Số lần nộp"),
            field("corrected", Flag, "Bản được tính có số khác bản chính thức trước đó"),
            field("file", Text, "Tệp được tính"),
            field("sha256", Text, "Mã băm SHA-256 của tệp"),
        ],
        key: 2,
        references: vec![("unit", "units"), ("period", "periods")],
        rows: Box::new(rows),
    };
    if release.internal().is_none() {
        table.fields.truncate(8);
        table.rows = Box::new(table.rows.map(|mut row| {
            row.truncate(8);
            row
        }));
    }
    table
}

/// One row per finding: the internal edition only.
pub fn findings(release: &Release) -> Option<Table<'_>> {
    let internal = release.internal()?;
    let mut findings: Vec<_> = internal.findings.iter().collect();
    findings.sort_by(|a, b| (&a.unit, a.period, &a.place, &a.rule).cmp(&(&b.unit, b.period, &b.place, &b.rule)));
    let rows = findings.into_iter().map(|finding| {
        vec![
            finding.unit.as_ref().map_or(Value::Nothing, |unit| Value::text(unit.as_str())),
            finding.period.map_or(Value::Nothing, Value::owned),
            Value::text(finding.place.file_name()),
            finding.place.sheet_name().map_or(Value::Nothing, Value::text),
            finding.place.cell_ref().map_or(Value::Nothing, Value::owned),
            Value::text(finding.rule.as_str()),
            Value::text(finding.severity.code()),
            Value::text(&finding.message),
            Value::text(&finding.help),
        ]
    });
    Some(Table {
        name: "findings",
        title: "Phát hiện khi kiểm tra báo cáo",
        fields: vec![
            field("unit", Text, "Mã đơn vị, khi nhận diện được"),
            field("period", Text, "Mã kỳ, khi nhận diện được"),
            field("file", Text, "Tệp"),
            field("sheet", Text, "Trang tính"),
            field("cell", Text, "Ô"),
            field("rule", Text, "Mã quy tắc"),
            field("severity", Text, "error, warning, info"),
            field("message", Text, "Phát hiện"),
            field("help", Text, "Cách sửa"),
        ],
        key: 0,
        references: vec![("rule", "rules")],
        rows: Box::new(rows),
    })
}

/// One row per model.
pub fn models(release: &Release) -> Table<'_> {
    let mut models: Vec<_> = release.models().iter().collect();
    models.sort_by(|a, b| (&a.unit, &a.code).cmp(&(&b.unit, &b.code)));
    let rows = models.into_iter().map(|model| {
        let latest = model.latest();
        vec![
            Value::text(model.unit.as_str()),
            Value::text(&model.code),
            Value::text(&model.kind),
            Value::text(&model.plan),
            Value::day(model.launched),
            Value::Whole(latest.step.into()),
            Value::text(&latest.ranking),
        ]
    });
    Table {
        name: "models",
        title: "Sổ mô hình",
        fields: vec![
            field("unit", Text, "Mã đơn vị"),
            field("model", Text, "Mã mô hình trong sổ của đơn vị"),
            field("kind", Text, "Loại"),
            field("plan", Text, "Kế hoạch, như đơn vị ghi"),
            field("launched", Day, "Ngày ra mắt"),
            field("step", Whole, "Bước xây dựng đã đạt, 0–5"),
            field("ranking", Text, "Xếp loại năm gần nhất"),
        ],
        key: 2,
        references: vec![("unit", "units")],
        rows: Box::new(rows),
    }
}

/// One row per figure that differs from the last publication. None has gone out yet, hence none differs.
pub fn revisions(_release: &Release) -> Table<'_> {
    Table {
        name: "revisions",
        title: "Số liệu đã điều chỉnh so với lần công bố trước",
        fields: vec![
            field("area", Text, "Mã địa bàn"),
            field("period", Text, "Mã kỳ"),
            field("measure", Text, "Mã chỉ tiêu"),
            field("old", FieldKind::Decimal, "Số đã công bố"),
            field("new", FieldKind::Decimal, "Số hiện nay"),
            field("reason", Text, "Lý do"),
        ],
        key: 3,
        references: vec![],
        rows: Box::new(std::iter::empty()),
    }
}

fn list<'a>(codes: impl Iterator<Item = &'a str>) -> Value<'a> {
    Value::owned(codes.collect::<Vec<_>>().join(" "))
}

/// A sum as `1*thn.tiep_nhan -1*thn.dua_ra`, with `@truoc` after what is meant of the previous return.
fn linear<'a>(terms: impl Iterator<Item = (i64, &'a str, bool)>) -> String {
    let term = |(factor, item, previous)| format!("{factor}*{item}{}", if previous { "@truoc" } else { "" });
    terms.map(term).collect::<Vec<_>>().join(" ")
}
