//! What a reader of a spoilt demo is judged by: `truth.csv`, what was meant in every file, and
//! `spoilt.csv`, what was done to some and what a reader must do with them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;

use crate::definitions::Form;
use crate::demo::spoil::work::Must;
use crate::vocabulary::{MeasureCode, Period, UnitCode};

/// One file of a spoilt demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Path below `returns/`.
    pub file: String,
    /// The unit it is from.
    pub unit: UnitCode,
    /// The period it is for.
    pub period: Period,
    /// What was meant, by mã số; a class is its position from 1.
    pub truth: BTreeMap<MeasureCode, i64>,
    /// The kind of spoiling and what a reader must do; none when it came in as it should.
    pub spoilt: Option<(String, Must)>,
}

/// Writes both files.
///
/// # Errors
/// When the disk refuses.
pub(in crate::demo) fn write(dir: &Path, records: &mut [Record], form: &Form) -> anyhow::Result<()> {
    records.sort_by(|a, b| a.file.cmp(&b.file));
    let mut truth = csv::Writer::from_path(dir.join("truth.csv"))?;
    let items: Vec<&MeasureCode> = form.rows().map(|row| &row.code).collect();
    truth.write_record(["file", "unit", "period"].into_iter().chain(items.iter().map(|item| item.as_str())))?;
    let mut spoilt = csv::Writer::from_path(dir.join("spoilt.csv"))?;
    spoilt.write_record(["file", "kind", "must", "unit", "period", "items"])?;
    for record in records {
        let (unit, period) = (record.unit.to_string(), record.period.to_string());
        let values = items.iter().map(|item| record.truth.get(*item).map(i64::to_string).unwrap_or_default());
        truth.write_record([record.file.clone(), unit.clone(), period.clone()].into_iter().chain(values))?;
        if let Some((kind, must)) = &record.spoilt {
            let items: Vec<&str> = match must {
                Must::Refuse(items) => items.iter().map(MeasureCode::as_str).collect(),
                _ => Vec::new(),
            };
            spoilt.write_record([&record.file, kind, must.code(), &unit, &period, &items.join(" ")])?;
        }
    }
    truth.flush()?;
    spoilt.flush()?;
    Ok(())
}

/// Reads both files of a spoilt demo.
///
/// # Errors
/// When they are not there, or not as [`write()`] makes them.
pub fn read(dir: &Path) -> anyhow::Result<Vec<Record>> {
    let open = |name: &str| {
        let path = dir.join(name);
        csv::Reader::from_path(&path).with_context(|| format!("không đọc được {}", path.display()))
    };
    let mut spoilt: BTreeMap<String, (String, Must)> = BTreeMap::new();
    for row in open("spoilt.csv")?.records() {
        let row = row?;
        let must = match &row[2] {
            "read_same" => Must::ReadSame,
            "set_aside" => Must::SetAside,
            "refuse" => Must::Refuse(row[5].split(' ').map(MeasureCode::from).collect()),
            _ => Must::NeverGuess,
        };
        spoilt.insert(row[0].to_owned(), (row[1].to_owned(), must));
    }
    let mut truth = open("truth.csv")?;
    let items: Vec<MeasureCode> = truth.headers()?.iter().skip(3).map(MeasureCode::from).collect();
    truth
        .records()
        .map(|row| {
            let row = row?;
            let values = items.iter().zip(row.iter().skip(3)).filter(|(_, value)| !value.is_empty());
            Ok(Record {
                file: row[0].to_owned(),
                unit: UnitCode::from(&row[1]),
                period: row[2].parse().map_err(anyhow::Error::msg)?,
                truth: values.map(|(item, value)| Ok((item.clone(), value.parse()?))).collect::<anyhow::Result<_>>()?,
                spoilt: spoilt.remove(&row[0]),
            })
        })
        .collect()
}
