//! The version history as a table: every cell in which a replaced return differs from the one that counts.

use crate::release::{Reading, Release, Standing};
use crate::site::downloads::table::{FieldKind, Table, Value, field};

use FieldKind::{Text, Whole};

/// One row per cell that changed: the internal edition only.
pub fn versions(release: &Release) -> Option<Table<'_>> {
    let internal = release.internal()?;
    let mut changes: Vec<_> =
        internal.returns.iter().flat_map(|ret| ret.differences.iter().map(move |change| (ret, change))).collect();
    changes.sort_by_key(|(ret, change)| (&ret.unit, ret.period, &ret.file, &change.item, change.cumulative));
    let rows = changes.into_iter().map(|(ret, change)| {
        let by = match &ret.standing {
            Standing::Superseded { by } => Value::text(by),
            Standing::Counts | Standing::SetAside { .. } => Value::Nothing,
        };
        vec![
            Value::text(ret.unit.as_str()),
            Value::owned(ret.period),
            Value::text(&ret.file),
            Value::text(change.item.as_str()),
            Value::text(if change.cumulative { "year_so_far" } else { "in_period" }),
            value(change.old),
            value(change.new),
            Value::text(&change.sheet),
            Value::owned(change.cell),
            by,
        ]
    });
    Some(Table {
        name: "versions",
        title: "Chỗ khác nhau giữa các lần nộp của một báo cáo",
        fields: vec![
            field("unit", Text, "Mã đơn vị"),
            field("period", Text, "Mã kỳ"),
            field("file", Text, "Tệp đã được thay"),
            field("item", Text, "Mã số của dòng trong biểu"),
            field("column", Text, "in_period: Trong kỳ; year_so_far: Lũy kế từ đầu năm"),
            field("old", Whole, "Giá trị trong tệp đã được thay; trống khi ô trống hoặc bị loại"),
            field("new", Whole, "Giá trị trong tệp được tính; trống khi ô trống hoặc bị loại"),
            field("sheet", Text, "Trang tính của tệp đã được thay"),
            field("cell", Text, "Ô"),
            field("by", Text, "Tệp được tính"),
        ],
        key: 5,
        references: vec![("unit", "units"), ("period", "periods")],
        rows: Box::new(rows),
    })
}

fn value(reading: Reading) -> Value<'static> {
    match reading {
        Reading::Value(value) => Value::Whole(value),
        Reading::Empty | Reading::Rejected => Value::Nothing,
    }
}
