//! The certificates as tables: what shows that the small numbers of the public edition are safe. The internal
//! edition only, when it was built together with the public one.

use crate::release::Release;
use crate::site::downloads::table::{FieldKind, Table, Value, field};

use FieldKind::{Text, Whole};

/// One row for every value that is another in one of the other tables.
pub fn certificates(release: &Release) -> Option<Table<'_>> {
    let certificates = release.certificates();
    if certificates.cells.is_empty() {
        return None;
    }
    let rows = certificates.tables.iter().zip(1i64..).flat_map(|(table, number)| {
        table.iter().map(move |value| {
            vec![
                Value::Whole(number),
                Value::text(value.unit.as_str()),
                Value::owned(value.period),
                Value::text(value.measure.as_str()),
                Value::Whole(value.reported),
                Value::Whole(value.other),
            ]
        })
    });
    Some(Table {
        name: "certificates",
        title: "Các bảng số khác cho ra đúng những số đã công bố",
        fields: vec![
            field("certificate", Whole, "Số thứ tự của bảng số khác"),
            field("unit", Text, "Mã đơn vị"),
            field("period", Text, "Mã kỳ của báo cáo"),
            field("measure", Text, "Mã chỉ tiêu"),
            field("reported", Whole, "Số đã báo cáo"),
            field("other", Whole, "Số trong bảng số khác"),
        ],
        key: 5,
        references: vec![("unit", "units"), ("period", "periods"), ("measure", "measures")],
        rows: Box::new(rows),
    })
}

/// One row for every small number that is not published, with the tables in which it is something else.
pub fn certified(release: &Release) -> Option<Table<'_>> {
    let certificates = release.certificates();
    if certificates.cells.is_empty() {
        return None;
    }
    let number = |table: Option<usize>| table.map_or(Value::Nothing, |at| Value::Whole(at as i64 + 1));
    let rows = certificates.cells.iter().map(move |cell| {
        vec![
            Value::owned(&cell.area),
            Value::owned(cell.period),
            Value::text(cell.measure.as_str()),
            number(cell.zero),
            number(cell.high),
        ]
    });
    Some(Table {
        name: "certified",
        title: "Số nhỏ không công bố và bảng số khác chứng minh không suy ra được",
        fields: vec![
            field("area", Text, "Mã địa bàn"),
            field("period", Text, "Mã kỳ"),
            field("measure", Text, "Mã chỉ tiêu"),
            field(
                "zero",
                Whole,
                "Bảng số khác mà ở đó ô bằng 0; trống khi ô đang bằng 0 hoặc chứng minh bằng quy hoạch tuyến tính",
            ),
            field(
                "high",
                Whole,
                "Bảng số khác mà ở đó ô từ ngưỡng trở lên; trống khi chứng minh bằng quy hoạch tuyến tính",
            ),
        ],
        key: 3,
        references: vec![("period", "periods"), ("measure", "measures")],
        rows: Box::new(rows),
    })
}
