//! Downloads: the figures of an edition as files that others build on.
//!
//! The columns are a contract (`contract.md`): a column is never renamed, and
//! its meaning never changes.

mod columnar;
mod facts;
mod package;
mod registers;
mod table;
mod workbook;

use rayon::prelude::*;

use crate::release::Release;
use crate::site::Page;
use crate::site::downloads::package::{Resource, datapackage, manifest, sha256};
use crate::site::downloads::table::{Table, csv};
use crate::site::page::Download;

/// How a table is made from a release; `None` where the edition has no such table.
type Maker = for<'a> fn(&'a Release) -> Option<Table<'a>>;

/// Every table of the data package, by name.
const TABLES: &[Maker] = &[
    |release| Some(facts::comparisons(release)),
    |release| Some(facts::facts(release)),
    registers::findings,
    |release| Some(registers::measures(release)),
    |release| Some(registers::models(release)),
    facts::observations,
    |release| Some(registers::periods(release)),
    |release| Some(registers::plans(release)),
    |release| Some(registers::relations(release)),
    |release| Some(registers::returns(release)),
    |release| Some(registers::revisions(release)),
    |release| Some(registers::rules(release)),
    |release| Some(registers::units(release)),
];

/// The tables that analysts load as a whole, as Parquet too.
const COLUMNAR: &[Maker] =
    &[|release| Some(facts::comparisons(release)), |release| Some(facts::facts(release)), facts::observations];

/// All files below `data/`.
///
/// # Errors
/// When a workbook or Parquet file cannot be composed, which would be our own mistake.
pub fn downloads(release: &Release) -> anyhow::Result<Vec<Page>> {
    // The workbook is one long piece of work on one core: it begins with the rest.
    let ((tables, columnar), workbook) =
        rayon::join(|| rayon::join(|| tables(release), || columnar(release)), || workbook::workbook(release));
    let (mut files, resources): (Vec<Page>, Vec<Resource>) = tables.into_iter().unzip();
    files.push(file("datapackage.json", datapackage(release, resources)));
    files.push(file("manifest.json", manifest(release)));
    files.push(file("so-lieu.xlsx", workbook?));
    files.extend(columnar?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Every table as CSV, with its description.
fn tables(release: &Release) -> Vec<(Page, Resource)> {
    let table = |make: &Maker| {
        let mut table = make(release)?;
        let rows = std::mem::replace(&mut table.rows, Box::new(std::iter::empty()));
        let bytes = csv(&table.fields, rows);
        let resource = Resource::of(&table, &bytes);
        Some((file(&format!("{}.csv", table.name), bytes), resource))
    };
    TABLES.par_iter().filter_map(table).collect()
}

/// The tables that are Parquet too; none in the public edition.
fn columnar(release: &Release) -> anyhow::Result<Vec<Page>> {
    if release.internal().is_none() {
        return Ok(Vec::new());
    }
    let table = |make: &Maker| {
        let table = make(release)?;
        let name = format!("{}.parquet", table.name);
        Some(columnar::parquet(table).map(|bytes| file(&name, bytes)))
    };
    COLUMNAR.par_iter().filter_map(table).collect()
}

fn file(name: &str, bytes: Vec<u8>) -> Page {
    Page { path: format!("data/{name}"), bytes }
}

/// The files as the downloads page lists them.
pub fn listed(files: &[Page], release: &Release) -> Vec<Download> {
    files
        .iter()
        .map(|file| Download {
            path: file.path.clone(),
            title: title(&file.path, release),
            size: file.bytes.len() as u64,
            sha256: sha256(&file.bytes),
        })
        .collect()
}

fn title(path: &str, release: &Release) -> String {
    match path {
        "data/so-lieu.xlsx" => "Toàn bộ số liệu, dạng Excel".into(),
        "data/datapackage.json" => "Mô tả các tệp (Frictionless Data Package)".into(),
        "data/manifest.json" => "Lý lịch bản dựng".into(),
        _ => {
            let name = path.trim_start_matches("data/").split('.').next().unwrap_or_default();
            let table = TABLES.iter().filter_map(|table| table(release)).find(|table| table.name == name);
            table.map_or_else(|| name.to_owned(), |table| table.title.to_owned())
        }
    }
}
