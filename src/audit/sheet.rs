//! The sheet: the printed figures as a reader has them, parsed back from the public data files.
//!
//! Read with its own few lines, never with the code that wrote them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};

use crate::vocabulary::{Area, MeasureCode, Period, UnitCode};

/// One row of `facts.csv`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fact {
    /// The whole number that is printed.
    pub value: Option<i64>,
    /// The numerator and denominator that are printed.
    pub ratio: Option<(i64, i64)>,
    /// Whether it says that a figure is hidden.
    pub hidden: bool,
    /// The letter of `obs_status`.
    pub status: u8,
    /// Returns that are in it.
    pub reported: u32,
    /// Returns that were due.
    pub due: u32,
}

/// A return that was expected, as `returns.csv` tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Owed {
    /// The period, of the unit's own rhythm.
    pub period: Period,
    /// Whether it was accepted without any warning.
    pub clean: bool,
}

/// Everything the data files print.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The areas, sorted by code.
    pub areas: Vec<Area>,
    /// Their codes.
    pub area_codes: Vec<String>,
    /// The periods, sorted by code.
    pub periods: Vec<Period>,
    /// Their codes.
    pub period_codes: Vec<String>,
    /// The measures, sorted by code.
    pub measures: Vec<MeasureCode>,
    /// The privacy class of each measure, as `measures.csv` prints it.
    pub privacy: Vec<String>,
    /// The title of each measure.
    pub titles: Vec<String>,
    /// By area, then period, then measure.
    pub facts: Vec<Fact>,
    /// The units of each area, by code.
    pub members: Vec<Vec<UnitCode>>,
    /// The expected returns of each unit, in order of period.
    pub returns: BTreeMap<UnitCode, Vec<Owed>>,
}

impl Sheet {
    /// Parses the data files of a site.
    ///
    /// # Errors
    /// When a file is missing or is not what it says it is.
    pub fn read(site: &Path) -> anyhow::Result<Self> {
        let data = site.join("data");
        let mut periods: Vec<(String, Period)> = Vec::new();
        rows(&data.join("periods.csv"), &["period"], |row| {
            let code = text(row, 0)?;
            periods.push((code.to_owned(), code.parse().map_err(anyhow::Error::msg)?));
            Ok(())
        })?;
        periods.sort();
        let mut measures: Vec<(String, String, String)> = Vec::new();
        rows(&data.join("measures.csv"), &["measure", "title", "privacy"], |row| {
            measures.push((text(row, 0)?.to_owned(), text(row, 1)?.to_owned(), text(row, 2)?.to_owned()));
            Ok(())
        })?;
        measures.sort();
        let mut units: Vec<(String, String, String)> = Vec::new();
        rows(&data.join("units.csv"), &["unit", "province", "groups"], |row| {
            units.push((text(row, 0)?.to_owned(), text(row, 1)?.to_owned(), text(row, 2)?.to_owned()));
            Ok(())
        })?;
        let mut returns: BTreeMap<UnitCode, Vec<Owed>> = BTreeMap::new();
        rows(&data.join("returns.csv"), &["unit", "period", "outcome"], |row| {
            let period = text(row, 1)?.parse().map_err(anyhow::Error::msg)?;
            let owed = Owed { period, clean: text(row, 2)? == "accepted" };
            returns.entry(text(row, 0)?.into()).or_default().push(owed);
            Ok(())
        })?;
        returns.values_mut().for_each(|own| own.sort_by_key(|owed| owed.period));
        let mut sheet = Self {
            areas: Vec::new(),
            area_codes: Vec::new(),
            period_codes: periods.iter().map(|(code, _)| code.clone()).collect(),
            periods: periods.into_iter().map(|(_, period)| period).collect(),
            privacy: measures.iter().map(|(_, _, privacy)| privacy.clone()).collect(),
            titles: measures.iter().map(|(_, title, _)| title.clone()).collect(),
            measures: measures.into_iter().map(|(code, _, _)| MeasureCode::from(code)).collect(),
            facts: Vec::new(),
            members: Vec::new(),
            returns,
        };
        sheet.read_facts(&data.join("facts.csv"), &units)?;
        Ok(sheet)
    }

    /// `facts.csv`: one row for every area, period and measure, in the order of their codes.
    fn read_facts(&mut self, path: &Path, units: &[(String, String, String)]) -> anyhow::Result<()> {
        let names = [
            "area",
            "period",
            "measure",
            "value",
            "numerator",
            "denominator",
            "obs_status",
            "conf_status",
            "reported",
            "due",
        ];
        let mut at = (0, 0);
        rows(path, &names, |row| {
            let (area, period, measure) = (text(row, 0)?, text(row, 1)?, text(row, 2)?);
            if at == (0, 0) {
                self.area_codes.push(area.to_owned());
            }
            let here =
                (self.area_codes.last().map(String::as_str), self.period_codes.get(at.0), self.measures.get(at.1));
            let expected = here.0 == Some(area)
                && here.1.is_some_and(|code| code == period)
                && here.2.is_some_and(|code| code.as_str() == measure);
            if !expected {
                bail!("không có đủ và đúng thứ tự các dòng địa bàn, kỳ, chỉ tiêu tại {area}, {period}, {measure}");
            }
            let whole = |at: usize| -> anyhow::Result<Option<i64>> {
                match text(row, at)? {
                    "" => Ok(None),
                    number => Ok(Some(number.parse().with_context(|| format!("“{number}” không phải số nguyên"))?)),
                }
            };
            let ratio = match (whole(4)?, whole(5)?) {
                (Some(numerator), Some(denominator)) => Some((numerator, denominator)),
                (None, None) => None,
                _ => bail!("{area}, {period}, {measure}: tỷ lệ chỉ có một trong hai số"),
            };
            let status = text(row, 6)?;
            let fact = Fact {
                value: if ratio.is_some() { None } else { whole(3)? },
                ratio,
                hidden: status == "Q" || text(row, 7)? != "F",
                status: status.bytes().next().unwrap_or(b'?'),
                reported: text(row, 8)?.parse()?,
                due: text(row, 9)?.parse()?,
            };
            self.facts.push(fact);
            at.1 += 1;
            if at.1 == self.measures.len() {
                at = (at.0 + 1, 0);
            }
            if at.0 == self.period_codes.len() {
                at.0 = 0;
            }
            Ok(())
        })?;
        if at != (0, 0) {
            bail!("{}: thiếu dòng cuối", path.display());
        }
        let is_unit = |code: &str| units.iter().any(|(unit, ..)| unit == code);
        for code in &self.area_codes {
            let area = match code.strip_prefix("group:") {
                Some(group) => Area::Group(group.into()),
                None if is_unit(code) => Area::Unit(code.as_str().into()),
                None => Area::Province(code.as_str().into()),
            };
            self.areas.push(area);
        }
        let provinces: Vec<&str> = self
            .areas
            .iter()
            .filter_map(|area| if let Area::Province(code) = area { Some(code.as_str()) } else { None })
            .collect();
        let is_member = |area: &Area, (unit, province, groups): &(String, String, String)| match area {
            Area::Province(code) => province == code.as_str(),
            Area::Group(group) => {
                provinces.contains(&province.as_str()) && groups.split(' ').any(|own| own == group.as_str())
            }
            Area::Unit(code) => unit == code.as_str(),
        };
        let of = |area: &Area| {
            units.iter().filter(|unit| is_member(area, unit)).map(|unit| unit.0.as_str().into()).collect()
        };
        self.members = self.areas.iter().map(of).collect();
        Ok(())
    }

    /// The position of a fact.
    pub fn at(&self, area: usize, period: usize, measure: usize) -> usize {
        (area * self.periods.len() + period) * self.measures.len() + measure
    }

    /// The fact at a place.
    pub fn fact(&self, area: usize, period: usize, measure: usize) -> &Fact {
        &self.facts[self.at(area, period, measure)]
    }

    /// Position of an area by its code.
    pub fn area(&self, code: &str) -> Option<usize> {
        self.area_codes.binary_search_by(|own| own.as_str().cmp(code)).ok()
    }

    /// Position of a period.
    pub fn period(&self, period: Period) -> Option<usize> {
        self.periods.iter().position(|own| *own == period)
    }

    /// Position of a measure by its code.
    pub fn measure(&self, code: &str) -> Option<usize> {
        self.measures.binary_search_by(|own| own.as_str().cmp(code)).ok()
    }

    /// Whether a measure is about persons.
    pub fn is_personal(&self, measure: usize) -> bool {
        self.privacy[measure] != "P0"
    }

    /// A place as people and programs call it.
    pub fn place(&self, area: usize, period: usize, measure: usize) -> String {
        let (title, code) = (&self.titles[measure], &self.measures[measure]);
        format!("{}, {}, “{title}” ({code})", self.area_codes[area], self.periods[period].title())
    }
}

/// Hands over the named columns of every row.
pub(super) fn rows(
    path: &Path,
    names: &[&str],
    mut take: impl FnMut(&[&[u8]]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let advice = || format!("không đọc lại được {}", path.display());
    let mut reader = csv::Reader::from_path(path).with_context(advice)?;
    let head = reader.byte_headers().with_context(advice)?.clone();
    let columns: Vec<usize> = names
        .iter()
        .map(|name| head.iter().position(|own| own == name.as_bytes()).with_context(|| format!("thiếu cột {name}")))
        .collect::<anyhow::Result<_>>()
        .with_context(advice)?;
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).with_context(advice)? {
        let fields: Vec<&[u8]> = columns.iter().map(|at| record.get(*at).unwrap_or_default()).collect();
        take(&fields).with_context(advice)?;
    }
    Ok(())
}

/// A field as text.
pub(super) fn text<'a>(row: &[&'a [u8]], at: usize) -> anyhow::Result<&'a str> {
    std::str::from_utf8(row[at]).context("không phải UTF-8")
}
