//! The receipt register as a table: every file that came, whether it counts or not.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::release::{Intake, Release, Return, SetAside, Standing};
use crate::site::downloads::table::{FieldKind, Table, Value, field};

use FieldKind::{Day, Flag, Text, Whole};

/// One row per file: the internal edition only.
pub fn receipts(release: &Release) -> Option<Table<'_>> {
    let internal = release.internal()?;
    let of_returns = internal.returns.iter().map(|ret| (&ret.file, of_return(ret, internal)));
    let set_aside = internal.set_aside.iter().map(|aside| (&aside.file, of_set_aside(aside, internal)));
    let mut rows: Vec<(&Arc<str>, Vec<Value<'_>>)> = of_returns.chain(set_aside).collect();
    rows.sort_by(|a, b| a.0.cmp(b.0));
    let rows = rows.into_iter().map(|(_, row)| row);
    Some(Table {
        name: "receipts",
        title: "Sổ nhận báo cáo",
        fields: vec![
            field("file", Text, "Tệp"),
            field("unit", Text, "Mã đơn vị, khi nhận diện được"),
            field("period", Text, "Mã kỳ, khi nhận diện được"),
            field("received", Day, "Ngày nhận; theo ngày lập khi chưa ghi sổ"),
            field("registered", Flag, "Có dòng trong receipts.csv"),
            field("channel", Text, "Hình thức nhận"),
            field("submission", Whole, "Lần nộp, như khai"),
            field("outcome", Text, "accepted, accepted_with_warnings, accepted_in_part, returned; trống khi để riêng"),
            field("standing", Text, "counts: đang tính; superseded: đã có bản thay; set_aside: để riêng"),
            field("sha256", Text, "Mã băm SHA-256"),
        ],
        key: 1,
        references: vec![],
        rows: Box::new(rows),
    })
}

fn of_return<'a>(ret: &'a Return, internal: &'a Intake) -> Vec<Value<'a>> {
    let standing = match ret.standing {
        Standing::Counts => "counts",
        Standing::Superseded { .. } => "superseded",
        Standing::SetAside { .. } => "set_aside",
    };
    let mut row = vec![Value::text(&ret.file), Value::text(ret.unit.as_str()), Value::owned(ret.period)];
    row.extend(receipt(&ret.file, ret.received, internal));
    row.extend([
        Value::Whole(ret.submission.into()),
        Value::text(ret.outcome.code()),
        Value::text(standing),
        Value::text(&ret.sha256),
    ]);
    row
}

fn of_set_aside<'a>(aside: &'a SetAside, internal: &'a Intake) -> Vec<Value<'a>> {
    let mut row = vec![Value::text(&aside.file), Value::Nothing, Value::Nothing];
    row.extend(receipt(&aside.file, None, internal));
    row.extend([Value::Nothing, Value::Nothing, Value::text("set_aside"), Value::text(&aside.sha256)]);
    row
}

/// Day, whether the register has it, and how it came.
fn receipt<'a>(file: &Arc<str>, made_on: Option<NaiveDate>, internal: &'a Intake) -> [Value<'a>; 3] {
    let receipt = internal.receipts.get(file);
    let received = receipt.map(|receipt| receipt.received).or(made_on);
    let channel = receipt.map_or(Value::Nothing, |receipt| Value::text(&receipt.channel));
    [Value::day(received), Value::Flag(receipt.is_some()), channel]
}
