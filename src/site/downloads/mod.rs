//! Downloads: the figures of an edition as files that others build on.
//!
//! The columns are a contract (`contract.md`): a column is never renamed, and
//! its meaning never changes.

mod certificates;
mod columnar;
mod facts;
mod flat;
mod package;
mod quality;
mod receipts;
mod registers;
mod sheets;
mod style;
mod table;
mod value;
mod versions;
mod workbook;

use rayon::prelude::*;

use crate::release::Release;
use crate::site::downloads::package::{Resource, datapackage, manifest, sha256};
use crate::site::downloads::table::{Table, csv};
use crate::site::page::Download;
use crate::site::{Page, Put};

pub use sheets::workbook;

/// How a table is made from a release; `None` where the edition has no such table.
type Maker = for<'a> fn(&'a Release) -> Option<Table<'a>>;

/// Every table of the data package, by name.
const TABLES: &[Maker] = &[
    |release| Some(registers::breaks(release)),
    certificates::certificates,
    certificates::certified,
    |release| Some(facts::comparisons(release)),
    |release| Some(facts::facts(release)),
    registers::findings,
    |release| Some(registers::measures(release)),
    |release| Some(registers::models(release)),
    facts::observations,
    |release| Some(registers::periods(release)),
    |release| Some(registers::plans(release)),
    |release| Some(quality::quality(release)),
    receipts::receipts,
    |release| Some(registers::relations(release)),
    |release| Some(registers::returns(release)),
    |release| Some(registers::revisions(release)),
    |release| Some(registers::rules(release)),
    |release| Some(registers::units(release)),
    versions::versions,
];

/// The tables that analysts load as a whole, as Parquet too.
const COLUMNAR: &[Maker] =
    &[|release| Some(facts::comparisons(release)), |release| Some(facts::facts(release)), facts::observations];

/// Makes all files below `data/`, and lists them in the order of the downloads page.
///
/// # Errors
/// When a workbook or Parquet file cannot be composed, which would be our own mistake; when `put` refuses.
pub fn downloads(release: &Release, put: Put) -> anyhow::Result<Vec<Download>> {
    let file = |name: &str, title: &str, bytes: Vec<u8>| {
        let path = format!("data/{name}");
        let (size, sha256) = (bytes.len() as u64, sha256(&bytes));
        put(Page { path: path.clone(), bytes })?;
        Ok(Download { path, title: title.to_owned(), size, sha256 })
    };
    // The workbook is one long piece of work on one core: it begins with the rest.
    let (tables, workbook) = rayon::join(
        || rayon::join(|| tables(release, &file), || columnar(release, &file)),
        || file("so-lieu.xlsx", "Toàn bộ số liệu, dạng Excel", workbook::workbook(release)?),
    );
    let (mut files, resources): (Vec<Download>, Vec<Resource>) = tables.0?.into_iter().unzip();
    let package = datapackage(release, resources);
    files.push(file("datapackage.json", "Mô tả các tệp (Frictionless Data Package)", package)?);
    files.push(file("manifest.json", "Lý lịch bản dựng", manifest(release))?);
    files.push(workbook?);
    files.extend(tables.1?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The data tables of an edition alone: all its figures, and no page.
///
/// # Errors
/// When `put` refuses.
pub fn data(release: &Release, put: Put) -> anyhow::Result<()> {
    let table = |make: &Maker| {
        let table = make(release)?;
        let bytes = csv(&table.fields, table.rows);
        Some(put(Page { path: format!("data/{}.csv", table.name), bytes }))
    };
    TABLES.par_iter().filter_map(table).collect()
}

/// Puts a file of a name, a title and its bytes.
type PutFile<'a> = &'a (dyn Fn(&str, &str, Vec<u8>) -> anyhow::Result<Download> + Sync);

/// Every table as CSV, with its description.
fn tables(release: &Release, file: PutFile) -> anyhow::Result<Vec<(Download, Resource)>> {
    let table = |make: &Maker| {
        let mut table = make(release)?;
        let rows = std::mem::replace(&mut table.rows, Box::new(std::iter::empty()));
        let put = file(&format!("{}.csv", table.name), table.title, csv(&table.fields, rows));
        Some(put.map(|download| {
            let resource = Resource::of(&table, &download);
            (download, resource)
        }))
    };
    TABLES.par_iter().filter_map(table).collect()
}

/// The tables that are Parquet too; none in the public edition.
fn columnar(release: &Release, file: PutFile) -> anyhow::Result<Vec<Download>> {
    if release.internal().is_none() {
        return Ok(Vec::new());
    }
    let table = |make: &Maker| {
        let table = make(release)?;
        let (name, title) = (format!("{}.parquet", table.name), table.title);
        Some(columnar::parquet(table).and_then(|bytes| file(&name, title, bytes)))
    };
    COLUMNAR.par_iter().filter_map(table).collect()
}
