//! Appending: a publication becomes a folder that is never touched again.
//!
//! It is written beside and put in place by one rename, so that a crash leaves
//! the ledger as it was or with the whole publication.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

use crate::figures::Quantity;
use crate::ledger::{
    COUNTED, COUNTED_COLUMNS, FOLDER, Ledger, MANIFEST, OWN_HASH, PRINTED, PRINTED_COLUMNS, Publication,
};
use crate::vocabulary::ObsStatus;

/// Adds a publication to the ledger of an input folder; gives the folder it now lies in.
///
/// # Errors
/// When it does not follow the last one, or the disk refuses. The ledger then is as it was.
pub fn append(input: &Path, ledger: &Ledger, publication: &Publication) -> anyhow::Result<PathBuf> {
    let number = publication.number;
    ensure!(number as usize == ledger.publications.len() + 1, "lần công bố số {number} không nối tiếp sổ công bố");
    let root = input.join(FOLDER);
    let beside = root.join(format!(".{number:04}.moi"));
    let target = root.join(format!("{number:04}-{}", publication.published));
    let refused = || {
        format!(
            "không ghi được lần công bố vào {}; sổ công bố còn nguyên như trước. Kiểm tra dung lượng đĩa và quyền ghi thư mục",
            root.display()
        )
    };
    let write = || -> std::io::Result<()> {
        if beside.exists() {
            fs::remove_dir_all(&beside)?;
        }
        fs::create_dir_all(&beside)?;
        for (name, bytes) in files(ledger.last(), publication) {
            let mut file = File::create(beside.join(name))?;
            file.write_all(&bytes)?;
            // The rename must not reach the disk before what it names.
            file.sync_all()?;
        }
        fs::rename(&beside, &target)
    };
    write().with_context(refused)?;
    Ok(target)
}

/// The files of a publication, as they differ from the one before.
pub(super) fn files(previous: Option<&Publication>, publication: &Publication) -> [(&'static str, Vec<u8>); 3] {
    let printed = printed(previous, publication);
    let counted = counted(previous, publication);
    let manifest = manifest(previous, publication, &sha256(&printed), &sha256(&counted));
    [(PRINTED, printed), (COUNTED, counted), (MANIFEST, manifest.into_bytes())]
}

/// SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn manifest(previous: Option<&Publication>, publication: &Publication, printed: &str, counted: &str) -> String {
    let Publication { number, published, as_of, build_id, note, sources, files, seal, .. } = publication;
    let mut text = format!(
        "# Lần công bố số {number}. Do “tongket publish” ghi; không sửa, không xóa.\nnumber = {number}\nfiles = {files}\n"
    );
    for (key, count) in
        [("printed", publication.values()), ("hidden", publication.hidden()), ("returns", publication.counted.len())]
    {
        writeln!(text, "{key} = {count}").expect("writing to a string cannot fail");
    }
    for (key, value) in [
        ("published", published.to_string().as_str()),
        ("as_of", &as_of.to_string()),
        ("build_id", build_id),
        ("note", note),
        ("program", &sources.program),
        ("definitions_sha256", &sources.definitions),
        ("inputs_sha256", &sources.inputs),
        ("templates_sha256", &sources.templates),
        ("seal_sha256", seal),
        ("printed_sha256", printed),
        ("counted_sha256", counted),
        ("previous_sha256", previous.map_or("", |previous| &previous.entry)),
    ] {
        writeln!(text, "{key} = {}", quoted(value)).expect("writing to a string cannot fail");
    }
    let own = sha256(text.as_bytes());
    text + OWN_HASH + &quoted(&own) + "\n"
}

/// A TOML string on one line; signs that steer a terminal become blanks.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// The cells that differ from the publication before; one that is no longer there is told as missing.
fn printed(previous: Option<&Publication>, publication: &Publication) -> Vec<u8> {
    let earlier = previous.map(|previous| &previous.printed);
    let mut rows: Vec<[String; 10]> = Vec::new();
    let now = publication.printed.iter().filter(|(key, cell)| earlier.and_then(|e| e.get(key)) != Some(cell));
    for ((area, period, measure), cell) in now {
        let [value, numerator, denominator] = match cell.value {
            Some(Quantity::Whole(value)) => [value.to_string(), String::new(), String::new()],
            Some(Quantity::Ratio { numerator, denominator }) => {
                [String::new(), numerator.to_string(), denominator.to_string()]
            }
            None => Default::default(),
        };
        rows.push([
            area.to_string(),
            period.to_string(),
            measure.to_string(),
            value,
            numerator,
            denominator,
            cell.status.code().to_owned(),
            cell.conf.code().to_owned(),
            cell.reported.to_string(),
            cell.due.to_string(),
        ]);
    }
    let gone = earlier.into_iter().flat_map(|earlier| earlier.keys());
    for (area, period, measure) in gone.filter(|key| !publication.printed.contains_key(key)) {
        let mut row: [String; 10] = Default::default();
        [row[0], row[1], row[2]] = [area.to_string(), period.to_string(), measure.to_string()];
        row[6] = ObsStatus::O.code().to_owned();
        rows.push(row);
    }
    rows.sort();
    csv(&PRINTED_COLUMNS, rows)
}

/// The returns that differ from the publication before: a row with the hash of the workbook, then one
/// for each item. One that is no longer counted has neither hash nor items.
fn counted(previous: Option<&Publication>, publication: &Publication) -> Vec<u8> {
    let earlier = previous.map(|previous| &previous.counted);
    let keys: BTreeSet<_> = publication.counted.keys().chain(earlier.into_iter().flat_map(|e| e.keys())).collect();
    let mut rows: Vec<[String; 5]> = Vec::new();
    for key in keys {
        let now = publication.counted.get(key);
        if now == earlier.and_then(|earlier| earlier.get(key)) {
            continue;
        }
        let (unit, period) = (key.0.to_string(), key.1.to_string());
        let sha256 = now.map(|counted| counted.sha256.clone()).unwrap_or_default();
        rows.push([unit.clone(), period.clone(), sha256, String::new(), String::new()]);
        for (item, value) in now.into_iter().flat_map(|counted| &counted.values) {
            rows.push([unit.clone(), period.clone(), String::new(), item.to_string(), value.to_string()]);
        }
    }
    csv(&COUNTED_COLUMNS, rows)
}

fn csv<const N: usize>(columns: &[&str; N], rows: Vec<[String; N]>) -> Vec<u8> {
    let in_memory = "writing to memory cannot fail";
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(columns).expect(in_memory);
    rows.iter().for_each(|row| writer.write_record(row).expect(in_memory));
    writer.into_inner().expect(in_memory)
}
