//! What a check of the form demands, in one sentence with the short names of the rows.

use crate::definitions::check::{Condition, Term};
use crate::definitions::{Check, CheckKind, Definitions, Form, Kind, Row};
use crate::vocabulary::MeasureCode;
use crate::vocabulary::number::{money, whole};
use crate::vocabulary::text::inside_sentence;

/// `Phải có: cuối kỳ = đầu kỳ + tiếp nhận − đưa ra.`, with the conditions under which it applies.
pub fn statement(check: &Check, form: &Form, definitions: &Definitions) -> String {
    let mut text = demand(check, form, definitions);
    if !check.when.is_empty() {
        let conditions: Vec<String> = check.when.iter().map(|when| condition(when, form, definitions)).collect();
        text.push_str(&format!(" Áp dụng khi {}.", conditions.join(" và ")));
    }
    text
}

fn demand(check: &Check, form: &Form, definitions: &Definitions) -> String {
    let side = |terms: &[Term]| sum(terms, form);
    let row = |item: &MeasureCode| name(item, form);
    match &check.kind {
        CheckKind::Equal { left, right } => format!("Phải có: {} = {}.", side(left), side(right)),
        CheckKind::AtMost { left, right } => format!("Phải có: {} ≤ {}.", side(left), side(right)),
        CheckKind::AtMostLargest { left, largest_of } => {
            let terms: Vec<String> = largest_of.iter().map(|term| side(std::slice::from_ref(term))).collect();
            format!("Phải có: {} ≤ số lớn nhất trong các số: {}.", side(left), terms.join("; "))
        }
        CheckKind::Between { value, min, max } => match (min, max) {
            (Some(min), Some(max)) => format!("Phải có: {} ≤ {} ≤ {}.", whole(*min), side(value), whole(*max)),
            (Some(min), None) => format!("Phải có: {} ≥ {}.", side(value), whole(*min)),
            (None, Some(max)) => format!("Phải có: {} ≤ {}.", side(value), whole(*max)),
            (None, None) => format!("Phải có: {}.", side(value)),
        },
        CheckKind::ZeroTogether { first, second } => {
            format!("Phải có: {} và {} cùng bằng 0 hoặc cùng lớn hơn 0.", row(first), row(second))
        }
        CheckKind::RatioBetween { indicator, min, max } => {
            let known = definitions.indicators.iter().find(|known| known.code == *indicator);
            let name = known.map_or_else(|| indicator.to_string(), |known| inside_sentence(&known.short));
            format!("Thường có: {name} trong khoảng {min}%–{max}%.")
        }
        CheckKind::Cumulative => "Phải có: lũy kế từ đầu năm = tổng các kỳ từ đầu năm đến kỳ này.".into(),
        CheckKind::RunningAtMost { left, right } => {
            format!("Cộng dồn từ báo cáo đầu tiên của đơn vị: {} ≤ {}.", side(left), side(right))
        }
        CheckKind::SettlementSum => {
            "Phải có: các thôn ở Biểu 06B cộng lại = số của xã, với mọi chỉ tiêu báo cáo theo thôn.".into()
        }
        CheckKind::SettlementCount { item } => format!("Phải có: số thôn ghi ở Biểu 06B = {}.", row(item)),
        CheckKind::CriteriaCount { item } => {
            format!("Phải có: số tiêu chí đánh dấu đạt ở Biểu 09 = {}, không quá số tiêu chí của bộ.", row(item))
        }
        CheckKind::Jump { stock_percent, stock_floor, flow_factor } => format!(
            "Thường có: số tồn từ {stock_floor} trở lên không tăng, giảm quá {stock_percent}% so với kỳ trước; \
             số phát sinh từ {stock_floor} trở lên không quá {flow_factor} lần mức bình quân mỗi kỳ của năm trước."
        ),
        CheckKind::Unchanged => "Thường có: ít nhất một số khác với báo cáo kỳ trước.".into(),
        CheckKind::CopiedForward { per_million } => format!(
            "Thường có: các số phát sinh không trùng hết với kỳ trước, \
             trừ khi ngẫu nhiên cũng dễ trùng (khả năng từ {per_million} phần triệu trở lên)."
        ),
        CheckKind::Silent(silence) => format!(
            "Thường có: ít nhất một số phát sinh khác 0 trong {} quý liền, khi {} từ {} trở lên, \
             trừ khi ngẫu nhiên cũng dễ không phát sinh (khả năng từ {} phần triệu trở lên).",
            silence.quarters,
            row(&silence.stock),
            whole(silence.at_least),
            silence.per_million
        ),
        CheckKind::CopiedFrom { rows, percent } => format!(
            "Thường có: dưới {percent}% số liệu trùng với báo cáo của đơn vị khác, hoặc số phát sinh trùng với kỳ khác \
             của chính đơn vị; xét các số từ 2 trở lên, khi có ít nhất {rows} số trùng."
        ),
        CheckKind::PoissonOutlier { per_million } => format!(
            "Thường có: số phát sinh không khác hẳn các kỳ trước \
             đến mức khả năng do ngẫu nhiên dưới {per_million} phần triệu."
        ),
        CheckKind::MoneyUnit { smallest, largest } => {
            format!("Thường có: số tiền bằng 0 hoặc từ {} đồng đến dưới {}.", whole(*smallest), money(*largest))
        }
        CheckKind::ProvinceBalance { inflow, outflow, percent } => format!(
            "Thường có: cộng toàn tỉnh cả năm, {} và {} lệch nhau không quá {percent}%.",
            row(inflow),
            row(outflow)
        ),
    }
}

fn condition(condition: &Condition, form: &Form, definitions: &Definitions) -> String {
    match condition {
        Condition::TeamModel(models) if models.is_empty() => "đơn vị không khai mô hình tổ".into(),
        Condition::TeamModel(models) => format!("đơn vị khai mô hình tổ {}", models.join(" hoặc ")),
        Condition::Plan(id) => {
            let plan = definitions.plans.iter().find(|plan| plan.id == *id);
            format!("đơn vị thực hiện {}", plan.map_or(id.as_str(), |plan| &plan.short))
        }
        Condition::Value(item, value) => format!("{} là {}", name(item, form), written(item, *value, form)),
        Condition::AtLeast(item, least) => {
            format!("{} từ {} trở lên", name(item, form), written(item, *least, form))
        }
        Condition::UnitChanged(true) => "đơn vị đổi tên, đổi loại hoặc điều chỉnh địa giới từ báo cáo trước".into(),
        Condition::UnitChanged(false) => "đơn vị không thay đổi từ báo cáo trước".into(),
    }
}

fn sum(terms: &[Term], form: &Form) -> String {
    let mut text = String::new();
    for (at, term) in terms.iter().enumerate() {
        match (at, term.coefficient < 0) {
            (0, true) => text.push('−'),
            (0, false) => {}
            (_, true) => text.push_str(" − "),
            (_, false) => text.push_str(" + "),
        }
        if term.coefficient.abs() != 1 {
            text.push_str(&format!("{} × ", whole(term.coefficient.saturating_abs())));
        }
        text.push_str(&name(&term.item, form));
        if term.previous {
            text.push_str(" của kỳ trước");
        }
    }
    text
}

fn name(item: &MeasureCode, form: &Form) -> String {
    form.row(item).map_or_else(|| item.to_string(), |row| inside_sentence(&row.short))
}

fn written(item: &MeasureCode, value: i64, form: &Form) -> String {
    let class = |row: &Row| match &row.kind {
        Kind::Class(classes) => {
            usize::try_from(value - 1).ok().and_then(|at| classes.get(at)).map(|class| class.title.clone())
        }
        Kind::Stock | Kind::Flow => None,
    };
    form.row(item).and_then(class).unwrap_or_else(|| whole(value))
}
