//! The same tables as Parquet, for DuckDB, Polars and Spark: the internal edition only.

use std::sync::Arc;

use anyhow::Context;
use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::site::downloads::table::{Field, FieldKind, PLACES, Table, Value};

/// Rows of one row group: enough to pack well, few enough to hold at a time.
const GROUP: usize = 50_000;

/// A table as one Parquet file; every column may be empty.
pub fn parquet(table: Table<'_>) -> anyhow::Result<Vec<u8>> {
    let Table { name, fields, mut rows, .. } = table;
    let schema = schema(name, &fields).context("mô tả tệp Parquet")?;
    // A file this small is read whole: smallest and largest values of each page would serve nobody.
    let properties = WriterProperties::builder()
        .set_created_by("tongket".to_owned())
        .set_statistics_enabled(EnabledStatistics::None)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    loop {
        let rows: Vec<Vec<Value<'_>>> = rows.by_ref().take(GROUP).collect();
        if rows.is_empty() {
            break;
        }
        let mut group = writer.next_row_group()?;
        for (at, field) in fields.iter().enumerate() {
            let cells = || rows.iter().map(|row| &row[at]);
            match field.kind {
                FieldKind::Text => column::<ByteArrayType>(&mut group, cells().map(text))?,
                FieldKind::Whole => column::<Int64Type>(&mut group, cells().map(whole))?,
                FieldKind::Decimal => column::<DoubleType>(&mut group, cells().map(decimal))?,
                FieldKind::Day => column::<Int32Type>(&mut group, cells().map(day))?,
                FieldKind::Flag => column::<BoolType>(&mut group, cells().map(flag))?,
            }
        }
        group.close()?;
    }
    Ok(writer.into_inner()?)
}

fn schema(name: &str, fields: &[Field]) -> parquet::errors::Result<TypePtr> {
    let columns: parquet::errors::Result<Vec<TypePtr>> = fields
        .iter()
        .map(|field| {
            let (physical, logical, converted) = match field.kind {
                FieldKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String), ConvertedType::UTF8),
                FieldKind::Whole => (Physical::INT64, None, ConvertedType::NONE),
                FieldKind::Decimal => (Physical::DOUBLE, None, ConvertedType::NONE),
                FieldKind::Day => (Physical::INT32, Some(LogicalType::Date), ConvertedType::DATE),
                FieldKind::Flag => (Physical::BOOLEAN, None, ConvertedType::NONE),
            };
            Type::primitive_type_builder(field.name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical)
                .with_converted_type(converted)
                .build()
                .map(Arc::new)
        })
        .collect();
    Type::group_type_builder(name).with_fields(columns?).build().map(Arc::new)
}

fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> anyhow::Result<()> {
    let mut values = Vec::new();
    let levels: Vec<i16> = cells
        .map(|cell| match cell {
            Some(value) => {
                values.push(value);
                1
            }
            None => 0,
        })
        .collect();
    let mut writer = group.next_column()?.context("một cột cho mỗi trường")?;
    writer.typed::<T>().write_batch(&values, Some(&levels), None)?;
    writer.close()?;
    Ok(())
}

fn text(value: &Value<'_>) -> Option<ByteArray> {
    match value {
        Value::Text(text) => Some(ByteArray::from(text.as_ref())),
        _ => None,
    }
}

fn whole(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::Whole(value) => Some(*value),
        _ => None,
    }
}

/// Floating point is the reader's convenience; numerator and denominator stay exact beside it.
fn decimal(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Whole(value) => Some(*value as f64),
        Value::Decimal(value) => Some(*value as f64 / 10f64.powi(PLACES as i32)),
        _ => None,
    }
}

fn day(value: &Value<'_>) -> Option<i32> {
    match value {
        Value::Day(day) => Some(day.to_epoch_days()),
        _ => None,
    }
}

fn flag(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Flag(flag) => Some(*flag),
        _ => None,
    }
}
