//! The measures of data quality as a table.

use crate::release::Release;
use crate::site::downloads::table::{FieldKind, Table, Value, field};

use FieldKind::{Text, Whole};

/// One row per area, period, metric and form row; in the public edition completeness and timeliness alone.
pub fn quality(release: &Release) -> Table<'_> {
    let mut lines: Vec<_> = release.quality().lines.iter().map(|line| (line.area.to_string(), line)).collect();
    lines.sort_by_cached_key(|(area, line)| {
        (area.clone(), line.period.to_string(), line.metric.code(), line.measure.clone())
    });
    let rows = lines.into_iter().map(|(area, line)| {
        vec![
            Value::owned(area),
            Value::owned(line.period),
            Value::text(line.metric.code()),
            line.measure.as_ref().map_or(Value::Nothing, |measure| Value::text(measure.as_str())),
            Value::Whole(line.part),
            Value::Whole(line.whole),
            line.mark.map_or(Value::Nothing, |mark| Value::text(mark.code())),
        ]
    });
    Table {
        name: "quality",
        title: "Chất lượng báo cáo theo các mặt của WHO",
        fields: vec![
            field("area", Text, "Mã đơn vị hoặc mã tỉnh"),
            field("period", Text, "Mã kỳ"),
            field(
                "metric",
                Text,
                "returns, cells: đầy đủ; on_time, lateness (trung vị số ngày muộn): kịp thời; internal, stock_flow: \
                 nhất quán nội tại; over_time, outlier, copied_forward, zero_run, heaping: nhất quán theo thời gian; \
                 revision: đính chính. Bản công khai chỉ có bốn thước đo đầu",
            ),
            field("measure", Text, "Mã chỉ tiêu; trống khi gồm mọi chỉ tiêu"),
            field("numerator", Whole, "Tử số: phần đạt (đầy đủ, kịp thời) hoặc phần phải hỏi lại"),
            field("denominator", Whole, "Mẫu số: phần đã xét"),
            field("mark", Text, "good: tốt, fair: đạt, short: chưa đạt; trống khi thước đo chỉ hỏi, không xếp mức"),
        ],
        // The fourth column may be empty, which no key allows.
        key: 0,
        references: vec![("period", "periods")],
        rows: Box::new(rows),
    }
}
