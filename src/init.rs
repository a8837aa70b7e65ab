//! A new input folder with the real communes of a province, ready to hand out forms.
//!
//! Forms, indicators, plans and schemes are those the program carries; nothing of the sample's
//! invented units goes along.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use chrono::NaiveDate;
use serde::Serialize;

use crate::definitions::Unit;
use crate::definitions::embedded::{self, Province};
use crate::definitions::folder::Folder;
use crate::definitions::written::unit::COLUMNS;

/// The plans that every unit carries out in a new folder, so that returns are due at once: the
/// movement (half-yearly) and reintegration (quarterly). Together they ask for every sheet but Biểu 07.
const ADOPTED: [&str; 2] = ["plans/kh179-cat-hai.toml", "plans/kh71-dien-hinh.toml"];

const SITE: &str = include_str!("init/site.toml");
const NATIONAL: &str = include_str!("init/national.toml");
const README: &str = include_str!("init/README.md");

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The province, with its type: `Tỉnh Tuyên Quang`.
    pub province: String,
    /// Its units.
    pub units: usize,
    /// The files written.
    pub files: usize,
}

/// Writes a new input folder for a province with the units it has on a day.
///
/// # Errors
/// When the province is not known, the day is before the register begins, the folder is not empty,
/// or the disk refuses. Nothing is written unless the first three are in order.
pub fn init(dir: &Path, province: &str, as_of: NaiveDate) -> anyhow::Result<Summary> {
    let begins = embedded::register_begins();
    ensure!(
        as_of >= begins,
        "danh mục đơn vị có từ ngày {}; chọn --as-of từ ngày đó trở đi",
        begins.format("%d/%m/%Y")
    );
    let provinces = embedded::provinces(as_of);
    let Some(province) = provinces.iter().find(|known| known.code.as_str() == province) else {
        bail!("không có tỉnh mã “{province}”; các mã được dùng:\n{}", list(&provinces));
    };
    let occupied = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    ensure!(!occupied, "thư mục {} đã có tệp; chọn thư mục mới để không ghi đè", dir.display());

    let units = embedded::units(&province.code, as_of);
    let fill = |text: &str| {
        text.replace("{province}", province.code.as_str())
            .replace("{province_name}", &lower(&province.name))
            .replace("{units}", &units.len().to_string())
            .replace("{as_of}", &as_of.format("%d/%m/%Y").to_string())
    };
    let mut files: Vec<(String, String)> = embedded::files()
        .into_iter()
        .map(|(file, text)| {
            let text = if file.starts_with("plans/") {
                adopt(text, ADOPTED.contains(&&*file), &units)
            } else {
                text.to_owned()
            };
            (file, text)
        })
        .collect();
    for (file, text) in [
        ("site.toml", fill(SITE)),
        ("README.md", fill(README)),
        ("units.csv", unit_lines(&units)),
        ("aliases.csv", "alias,unit\n".to_owned()),
        ("targets.csv", "plan,measure,area,period,value,comparison\n".to_owned()),
        ("receipts.csv", "file,received,channel\n".to_owned()),
        ("explanations.csv", "unit,period,item,rule,value,reason,date\n".to_owned()),
    ] {
        files.push((file.to_owned(), text));
    }
    for (file, text) in &files {
        write(&dir.join(file), text)?;
    }
    let returns = dir.join("returns");
    std::fs::create_dir_all(&returns).with_context(|| format!("không tạo được thư mục {}", returns.display()))?;
    Ok(Summary { province: province.name.clone(), units: units.len(), files: files.len() })
}

/// What a file is checked with where there is no input folder: the forms the program carries and every
/// commune-level unit of the country on a day. No unit is said to carry out a plan, so any period is accepted.
pub fn national(as_of: NaiveDate) -> Folder {
    let mut files: BTreeMap<String, String> = embedded::files()
        .into_iter()
        .map(|(file, text)| {
            let text = if file.starts_with("plans/") { readopted(text, "") } else { text.to_owned() };
            (file, text)
        })
        .collect();
    let units = embedded::every_unit(as_of.max(embedded::register_begins()));
    files.insert("site.toml".to_owned(), NATIONAL.to_owned());
    files.insert("units.csv".to_owned(), unit_lines(&units));
    Folder::Carried(files)
}

/// `  08 Tỉnh Tuyên Quang`, one line each.
fn list(provinces: &[Province]) -> String {
    provinces.iter().map(|province| format!("  {} {}", province.code, province.name)).collect::<Vec<_>>().join("\n")
}

/// A name for running text: `Tỉnh Tuyên Quang` gives `tỉnh Tuyên Quang`.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn unit_lines(units: &[Unit]) -> String {
    let mut text = format!("{}\n", COLUMNS.join(","));
    for unit in units {
        for name in &unit.names {
            let to = name.valid_to.map(|day| day.to_string()).unwrap_or_default();
            let kind = name.kind.code();
            text += &format!("{},{},{kind},{},{},{to},,,\n", unit.code, name.name, unit.province, name.valid_from);
        }
    }
    text
}

/// A plan adopted by every unit, or by none with a note on how to add some.
fn adopt(text: &str, by_all: bool, units: &[Unit]) -> String {
    let note = if by_all {
        "# Đơn vị thực hiện: [\"*\"] là mọi đơn vị trong units.csv. Chỉ một số đơn vị thì ghi mã của các đơn vị đó;\n\
         # bắt đầu từ các ngày khác nhau thì ghi nhiều [[adoption]].\n\
         [[adoption]]\nunits = [\"*\"]\nfrom = \"2026-01-01\"\n"
            .to_owned()
    } else {
        let codes: Vec<String> = units.iter().take(2).map(|unit| format!("\"{}\"", unit.code)).collect();
        format!(
            "# Chưa đơn vị nào thực hiện kế hoạch này. Khi có: bỏ dấu # ở ba dòng dưới và ghi mã đơn vị.\n\
             # [[adoption]]\n# units = [{}]\n# from = \"2026-01-01\"\n",
            codes.join(", ")
        )
    };
    readopted(text, &note)
}

/// A plan's text with its sample adoptions taken out and others put in their place.
pub(crate) fn readopted(text: &str, adoptions: &str) -> String {
    let mut kept = String::new();
    let mut placed = false;
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line == "[[adoption]]";
        }
        if line.starts_with("[[") && !placed {
            kept += adoptions;
            kept.push('\n');
            placed = true;
        }
        // A comment belongs to the table after it.
        inside &= !line.starts_with('#');
        if !inside {
            kept += line;
            kept.push('\n');
        }
    }
    kept
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    }
    std::fs::write(path, text).with_context(|| format!("không ghi được {}", path.display()))
}
