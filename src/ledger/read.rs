//! Reading the ledger back: strictly, for a damaged ledger must never be taken for an empty one.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::bail;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::definitions::Folder;
use crate::definitions::source::{Mistakes, Source};
use crate::definitions::table::{Line, lines};
use crate::figures::Quantity;
use crate::ledger::append::sha256;
use crate::ledger::{
    COUNTED, COUNTED_COLUMNS, Counted, FOLDER, Ledger, MANIFEST, OWN_HASH, PRINTED, PRINTED_COLUMNS, Printed,
    Publication, Sources,
};
use crate::vocabulary::{Area, ConfStatus, MeasureCode, ObsStatus, Period, UnitCode};

/// The ledger of an input folder; empty when nothing was ever published.
///
/// # Errors
/// When anything in it is not as it was written: all of it at once, with file and line.
pub fn read(input: &Path) -> anyhow::Result<Ledger> {
    let folder = Folder::from(input);
    let mut mistakes = Mistakes::default();
    let mut ledger = Ledger::default();
    for name in folder.names(FOLDER)? {
        if name.starts_with('.') || name == "README.md" {
            continue;
        }
        let path = format!("{FOLDER}/{name}");
        let expected = ledger.publications.len() as u32 + 1;
        match entry_name(&name).filter(|_| folder.has_folder(&path)) {
            None => mistakes.add(&path, 0, "không phải của sổ công bố; chuyển đi nơi khác"),
            Some((number, _)) if number != expected => {
                mistakes.add(&path, 0, format!("đứng ở chỗ của lần công bố số {expected}; sổ bị thiếu hoặc trùng"));
            }
            Some((_, day)) => {
                let mut publication = entry(&folder, &path, ledger.last(), &mut mistakes)?;
                let said = (publication.number, publication.published);
                if said != (expected, day) && said != (0, NaiveDate::default()) {
                    mistakes.add(&format!("{path}/{MANIFEST}"), 0, "số hoặc ngày công bố khác với tên thư mục");
                }
                // What follows is judged as if this one were sound.
                publication.number = expected;
                ledger.publications.push(publication);
            }
        }
    }
    let Err(mistakes) = mistakes.into_result() else { return Ok(ledger) };
    let mut told = format!(
        "sổ công bố {} bị hỏng hoặc bị sửa ở {} chỗ, nên không thể bảo đảm giữ kín số đã giữ kín; \
         khôi phục thư mục này từ bản sao lưu:",
        input.join(FOLDER).display(),
        mistakes.as_slice().len()
    );
    for mistake in mistakes.as_slice() {
        let line = if mistake.line == 0 { String::new() } else { format!(":{}", mistake.line) };
        told.push_str(&format!("\n  {}{line}: {}", mistake.file, mistake.message));
    }
    bail!(told)
}

/// `0003-2027-07-15`: number and day.
fn entry_name(name: &str) -> Option<(u32, NaiveDate)> {
    let (number, day) = name.split_once('-')?;
    let is_number = number.len() >= 4 && number.bytes().all(|b| b.is_ascii_digit());
    Some((number.parse().ok().filter(|_| is_number)?, day.parse().ok()?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    number: u32,
    files: u32,
    printed: usize,
    hidden: usize,
    returns: usize,
    published: String,
    as_of: String,
    build_id: String,
    note: String,
    program: String,
    definitions_sha256: String,
    inputs_sha256: String,
    templates_sha256: String,
    seal_sha256: String,
    printed_sha256: String,
    counted_sha256: String,
    previous_sha256: String,
    entry_sha256: String,
}

/// One publication, replayed upon the one before.
fn entry(
    input: &Folder,
    path: &str,
    previous: Option<&Publication>,
    mistakes: &mut Mistakes,
) -> anyhow::Result<Publication> {
    let mut sources = Vec::new();
    let names = input.names(path)?;
    for name in [MANIFEST, PRINTED, COUNTED] {
        if names.iter().any(|there| there == name) {
            sources.push(Source::read(input, &format!("{path}/{name}"))?);
        } else {
            mistakes.add(&format!("{path}/{name}"), 0, "thiếu tệp này");
        }
    }
    for name in names.iter().filter(|name| ![MANIFEST, PRINTED, COUNTED].contains(&name.as_str())) {
        mistakes.add(&format!("{path}/{name}"), 0, "tệp lạ; chuyển đi nơi khác");
    }
    let Ok([manifest, printed, counted]) = <[Source; 3]>::try_from(sources) else {
        return Ok(Publication::default());
    };
    let Some(written) = manifest.toml::<Manifest>(mistakes) else { return Ok(Publication::default()) };
    let own = manifest.text.split_once(OWN_HASH).map_or("", |(before, _)| before);
    if sha256(own.as_bytes()) != written.entry_sha256 {
        mistakes.add(&manifest.file, 0, "nội dung đã bị sửa: không còn khớp mã băm ở dòng cuối");
    }
    if previous.map_or("", |previous| previous.entry.as_str()) != written.previous_sha256 {
        mistakes.add(&manifest.file, 0, "không nối tiếp lần công bố đứng trước: mã băm không khớp");
    }
    let mut day = |key: &str, text: &str| {
        text.parse().unwrap_or_else(|_| {
            mistakes.add(&manifest.file, 0, format!("{key}: “{text}” không phải ngày"));
            NaiveDate::default()
        })
    };
    let (published, as_of) = (day("published", &written.published), day("as_of", &written.as_of));
    for (table, hash) in [(&printed, &written.printed_sha256), (&counted, &written.counted_sha256)] {
        if sha256(table.text.as_bytes()) != *hash {
            mistakes.add(&table.file, 0, "nội dung đã bị sửa: không còn khớp mã băm trong manifest.toml");
        }
    }
    let publication = Publication {
        number: written.number,
        published,
        as_of,
        build_id: written.build_id,
        note: written.note,
        sources: Sources {
            program: written.program,
            as_of,
            definitions: written.definitions_sha256,
            inputs: written.inputs_sha256,
            templates: written.templates_sha256,
        },
        files: written.files,
        seal: written.seal_sha256,
        entry: written.entry_sha256,
        printed: replay_printed(&printed, previous, mistakes),
        counted: replay_counted(&counted, previous, mistakes),
    };
    let counts = (publication.values(), publication.hidden(), publication.counted.len());
    if counts != (written.printed, written.hidden, written.returns) {
        mistakes.add(&manifest.file, 0, "số ô hoặc số báo cáo không khớp với hai bảng kèm theo");
    }
    Ok(publication)
}

type PrintedCells = BTreeMap<(Area, Period, MeasureCode), Printed>;

fn replay_printed(source: &Source, previous: Option<&Publication>, mistakes: &mut Mistakes) -> PrintedCells {
    let mut cells = previous.map(|previous| previous.printed.clone()).unwrap_or_default();
    let mut codes = Codes::default();
    let lines = lines(source, &PRINTED_COLUMNS, mistakes);
    for (at, line) in lines.iter().enumerate() {
        let follows = |column: &str| line.get(column).cmp(lines[at - 1].get(column));
        if at > 0 && PLACE.map(follows).into_iter().find(|way| way.is_ne()) != Some(Ordering::Greater) {
            mistakes.add(&source.file, line.number, "dòng trùng hoặc sai thứ tự");
        }
        match printed(line, &mut codes) {
            Ok((key, Some(cell))) => _ = cells.insert(key, cell),
            Ok((key, None)) => _ = cells.remove(&key),
            Err(message) => mistakes.add(&source.file, line.number, message),
        }
    }
    cells
}

/// The columns that say which cell it is.
const PLACE: [&str; 3] = ["area", "period", "measure"];

/// The codes met so far: they stand in thousands of cells, and one copy serves them all.
#[derive(Default)]
struct Codes {
    areas: BTreeMap<String, Area>,
    periods: BTreeMap<String, Period>,
    measures: BTreeMap<String, MeasureCode>,
}

/// What a text means, looked up before it is read again.
fn once<T: Clone>(
    known: &mut BTreeMap<String, T>,
    text: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, String> {
    if let Some(known) = known.get(text) {
        return Ok(known.clone());
    }
    let read = read(text)?;
    known.insert(text.to_owned(), read.clone());
    Ok(read)
}

/// A row of `printed.csv`; no cell when there is none any more.
#[expect(clippy::type_complexity, reason = "the key is the ledger's own")]
fn printed(line: &Line, codes: &mut Codes) -> Result<((Area, Period, MeasureCode), Option<Printed>), String> {
    let key = (
        once(&mut codes.areas, line.get("area"), area)?,
        once(&mut codes.periods, line.get("period"), str::parse)?,
        once(&mut codes.measures, line.get("measure"), |code| Ok(code.into()))?,
    );
    let status = status(line.get("obs_status"))?;
    let numbers = ["value", "numerator", "denominator"].map(|column| line.get(column));
    let value = match numbers {
        ["", "", ""] => None,
        [value, "", ""] => Some(Quantity::Whole(number(value)?)),
        ["", above, below] => Some(Quantity::Ratio { numerator: number(above)?, denominator: number(below)? }),
        _ => return Err("vừa có giá trị vừa có tử số, mẫu số".to_owned()),
    };
    match (status, value.is_some()) {
        (ObsStatus::M | ObsStatus::O, false) => return Ok((key, None)),
        (ObsStatus::A | ObsStatus::P | ObsStatus::E, true) | (ObsStatus::Q, false) => {}
        _ => return Err("giá trị không hợp với obs_status".to_owned()),
    }
    let conf = match line.get("conf_status") {
        "F" => ConfStatus::F,
        "C" => ConfStatus::C,
        other => return Err(format!("không có conf_status “{other}”")),
    };
    let (reported, due) = (number(line.get("reported"))?, number(line.get("due"))?);
    Ok((key, Some(Printed { value, status, conf, reported, due })))
}

type CountedReturns = BTreeMap<(UnitCode, Period), Counted>;

fn replay_counted(source: &Source, previous: Option<&Publication>, mistakes: &mut Mistakes) -> CountedReturns {
    let mut returns = previous.map(|previous| previous.counted.clone()).unwrap_or_default();
    let mut open: Option<(UnitCode, Period)> = None;
    for line in lines(source, &COUNTED_COLUMNS, mistakes) {
        if let Err(message) = count(&line, &mut returns, &mut open) {
            mistakes.add(&source.file, line.number, message);
        }
    }
    returns
}

/// A row of `counted.csv`: it opens a return, or gives an item of the open one.
fn count(line: &Line, returns: &mut CountedReturns, open: &mut Option<(UnitCode, Period)>) -> Result<(), String> {
    let key = (UnitCode::from(line.get("unit")), line.get("period").parse::<Period>()?);
    let (hash, item) = (line.get("sha256"), line.get("item"));
    if !item.is_empty() {
        let counted = returns.get_mut(&key).filter(|_| open.as_ref() == Some(&key) && hash.is_empty());
        let counted = counted.ok_or("mã số không đứng dưới báo cáo của nó")?;
        return match counted.values.insert(item.into(), number(line.get("value"))?) {
            None => Ok(()),
            Some(_) => Err("mã số có hai lần trong một báo cáo".to_owned()),
        };
    }
    if open.as_ref().is_some_and(|open| *open >= key) {
        return Err("báo cáo trùng hoặc sai thứ tự".to_owned());
    }
    match hash {
        "" => _ = returns.remove(&key),
        hash => _ = returns.insert(key.clone(), Counted { sha256: hash.to_owned(), values: BTreeMap::new() }),
    }
    *open = Some(key);
    Ok(())
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("“{text}” không phải số nguyên dùng được ở đây"))
}

/// An area as data files name it: two digits are a province, more a unit.
fn area(text: &str) -> Result<Area, String> {
    match text.strip_prefix("group:") {
        Some(group) => Ok(Area::Group(group.into())),
        None if text.len() == 2 => Ok(Area::Province(text.into())),
        None if !text.is_empty() => Ok(Area::Unit(text.into())),
        None => Err("thiếu mã địa bàn".to_owned()),
    }
}

fn status(code: &str) -> Result<ObsStatus, String> {
    let all = [ObsStatus::A, ObsStatus::P, ObsStatus::E, ObsStatus::M, ObsStatus::O, ObsStatus::Q];
    all.into_iter().find(|status| status.code() == code).ok_or_else(|| format!("không có obs_status “{code}”"))
}
