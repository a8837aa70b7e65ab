//! Test A1 over the other files: the workbook, the comparisons and the revisions say what the facts say.

use std::path::Path;

use anyhow::{Context, bail};
use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::audit::breach::{Breach, Test};
use crate::audit::catalogue::Subject;
use crate::audit::sheet::{Fact, Sheet, rows, text};
use crate::figures::Origin;
use crate::vocabulary::Period;

/// Breaches for whatever the files in `data/` say differently.
pub(super) fn check(site: &Path, sheet: &Sheet, subjects: &[Subject]) -> anyhow::Result<Vec<Breach>> {
    let data = site.join("data");
    let mut breaches = comparisons(&data.join("comparisons.csv"), sheet, subjects)?;
    breaches.extend(revisions(&data.join("revisions.csv"), sheet)?);
    let mut files: Vec<_> = std::fs::read_dir(&data)?.collect::<Result<_, _>>()?;
    files.sort_by_key(|file| file.file_name());
    for file in files {
        let path = file.path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("csv" | "json") => {}
            Some("xlsx") => breaches.extend(workbook(&path, sheet, subjects)?),
            // What the audit cannot read it cannot vouch for.
            _ => breaches.push(Breach::new(
                Test::A1,
                path.display().to_string(),
                "tệp số liệu loại này chưa kiểm tra được",
            )),
        }
    }
    Ok(breaches)
}

/// Each figure of the workbook against the facts.
fn workbook(path: &Path, sheet: &Sheet, subjects: &[Subject]) -> anyhow::Result<Vec<Breach>> {
    /// Area, its name, measure, its name, unit of measure stand before the figures.
    const BEFORE: usize = 5;
    let advice = || format!("không đọc lại được {}", path.display());
    let mut book: Xlsx<_> = open_workbook(path).with_context(advice)?;
    let headings: Vec<String> = sheet.periods.iter().map(|period| period.heading()).collect();
    let mut breaches = Vec::new();
    let mut seen = 0;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).with_context(advice)?;
        let mut lines = range.rows();
        let Some(head) = lines.next() else { continue };
        let periods: Vec<Option<usize>> =
            head.iter().skip(BEFORE).map(|cell| headings.iter().position(|own| *own == cell.to_string())).collect();
        if periods.is_empty() || periods.iter().any(Option::is_none) {
            continue;
        }
        seen += periods.len();
        for line in lines {
            let place = line.first().zip(line.get(2)).and_then(|(area, measure)| {
                Some((sheet.area(&area.to_string())?, sheet.measure(&measure.to_string())?))
            });
            let Some((area, measure)) = place else {
                bail!("{}: dòng không rõ địa bàn, chỉ tiêu", path.display());
            };
            for (cell, period) in line.iter().skip(BEFORE).zip(periods.iter().flatten()) {
                let fact = sheet.fact(area, *period, measure);
                if !agrees(cell, fact, &subjects[measure]) {
                    let reason = format!("sổ tính {} in “{cell}”, tệp số liệu {}", file_name(path), told(fact));
                    breaches.push(Breach::new(Test::A1, sheet.place(area, *period, measure), reason));
                }
            }
        }
    }
    if seen != sheet.periods.len() {
        bail!("{}: không đủ các kỳ", path.display());
    }
    Ok(breaches)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn told(fact: &Fact) -> String {
    match (fact.hidden, fact.value, fact.ratio) {
        (true, ..) => "không công bố".to_owned(),
        (_, Some(value), _) => format!("in {value}"),
        (_, _, Some((numerator, denominator))) => format!("in {numerator}/{denominator}"),
        _ => "không có số".to_owned(),
    }
}

/// Whether a cell of the workbook shows a fact.
fn agrees(cell: &Data, fact: &Fact, subject: &Subject) -> bool {
    let is_class = matches!(&subject.origin, Origin::Row { classes } if !classes.is_empty());
    match (cell, fact.value, fact.ratio) {
        (Data::String(sign), None, None) => {
            sign == if fact.hidden {
                "•"
            } else if fact.status == b'O' {
                "…"
            } else {
                "x"
            }
        }
        (Data::String(class), Some(value), _) if is_class => match &subject.origin {
            Origin::Row { classes } => {
                usize::try_from(value - 1).ok().and_then(|at| classes.get(at)).is_some_and(|own| own.title == *class)
            }
            _ => false,
        },
        (Data::String(_), None, Some((_, 0))) => true,
        (Data::Float(shown), Some(value), _) => !fact.hidden && *shown == value as f64,
        (Data::Int(shown), Some(value), _) => !fact.hidden && *shown == value,
        (Data::Float(shown), None, Some((n, d))) => {
            !fact.hidden && (shown * d as f64 - n as f64 * 100.0).abs() < 1e-6 * d.abs() as f64
        }
        (Data::Int(shown), None, Some((n, d))) => !fact.hidden && shown * d == n * 100,
        _ => false,
    }
}

/// A change of a figure about persons is printed only as the difference of two printed figures.
fn comparisons(path: &Path, sheet: &Sheet, subjects: &[Subject]) -> anyhow::Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    rows(path, &["area", "period", "measure", "versus", "change"], |row| {
        let place = (sheet.area(text(row, 0)?), code(sheet, text(row, 1)?), sheet.measure(text(row, 2)?));
        let (Some(area), Some(period), Some(measure)) = place else {
            bail!("so sánh của một ô không có trong facts.csv")
        };
        let change = text(row, 4)?;
        if change.is_empty() || !subjects[measure].personal {
            return Ok(());
        }
        let whole: Period = sheet.periods[period];
        let earlier = match text(row, 3)? {
            "same_period_last_year" => Some(whole.a_year_earlier()),
            "previous_period" => whole.previous(),
            other => bail!("không biết cách so sánh {other}"),
        };
        let before = earlier.and_then(|earlier| sheet.period(earlier)).map(|before| sheet.fact(area, before, measure));
        let now = sheet.fact(area, period, measure);
        let change: f64 = change.parse()?;
        let expected = before.and_then(|before| match (now.value, before.value, now.ratio, before.ratio) {
            (Some(now), Some(before), ..) => Some((now - before) as f64),
            (.., Some((n1, d1)), Some((n0, d0))) => Some(100.0 * (n1 as f64 / d1 as f64 - n0 as f64 / d0 as f64)),
            _ => None,
        });
        let reason = match expected {
            None => "comparisons.csv in thay đổi của một số không công bố",
            Some(expected) if (expected - change).abs() > 1e-6 => {
                "comparisons.csv in thay đổi khác hiệu của hai số đã công bố"
            }
            Some(_) => return Ok(()),
        };
        breaches.push(Breach::new(Test::A1, sheet.place(area, period, measure), reason));
        Ok(())
    })?;
    Ok(breaches)
}

/// A revision tells no number that is hidden now.
fn revisions(path: &Path, sheet: &Sheet) -> anyhow::Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    rows(path, &["area", "period", "measure", "new"], |row| {
        let place = (sheet.area(text(row, 0)?), code(sheet, text(row, 1)?), sheet.measure(text(row, 2)?));
        if let (Some(area), Some(period), Some(measure)) = place {
            let fact = sheet.fact(area, period, measure);
            if !text(row, 3)?.is_empty() && fact.value.is_none() && fact.ratio.is_none() {
                breaches.push(Breach::new(
                    Test::A1,
                    sheet.place(area, period, measure),
                    "revisions.csv in một số không công bố",
                ));
            }
        }
        Ok(())
    })?;
    Ok(breaches)
}

fn code(sheet: &Sheet, period: &str) -> Option<usize> {
    sheet.period_codes.iter().position(|own| own == period)
}
