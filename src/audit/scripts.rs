//! Test A1 over the scripts that pages load: the figures to compare are those that the data file prints.
//!
//! A script is one call with JSON inside; a figure is the text that pages
//! print, and may end in `*` or `~` and more when it is not final.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::audit::breach::{Breach, Test};
use crate::audit::sheet::{Fact, Sheet};
use crate::vocabulary::number::{fixed, percent, rounded, whole};

/// What is told of the places, the periods and the files.
#[derive(Deserialize)]
struct Contents {
    places: Vec<Named>,
    rhythms: Vec<Rhythm>,
    measures: Vec<Choice>,
}

#[derive(Deserialize)]
struct Named {
    code: String,
}

#[derive(Deserialize)]
struct Rhythm {
    id: String,
    codes: Vec<String>,
}

#[derive(Deserialize)]
struct Choice {
    file: String,
}

/// By measure and rhythm, for each place its figures joined by `|`.
type Figures = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Every figure of the scripts against the sheet, with their number; nothing where a site has none.
pub(super) fn check(site: &Path, sheet: &Sheet) -> anyhow::Result<(usize, Vec<Breach>)> {
    let contents = site.join("tai-san/so-sanh/muc-luc.js");
    if !contents.exists() {
        return Ok((0, Vec::new()));
    }
    let contents: Contents = inside(&contents, "window.soSanh = ", ";")?;
    let mut files: Vec<&str> = contents.measures.iter().map(|measure| measure.file.as_str()).collect();
    files.dedup();
    let (mut count, mut breaches) = (0, Vec::new());
    for file in files {
        let opening = format!("window.soSanh.nap({}, ", serde_json::to_string(file)?);
        let figures: Figures = inside(&site.join(file), &opening, ");")?;
        for (code, rows) in &figures {
            let measure = sheet.measure(code).with_context(|| format!("{file}: không có chỉ tiêu {code}"))?;
            for rhythm in contents.rhythms.iter().filter(|rhythm| rows.contains_key(&rhythm.id)) {
                for (place, row) in contents.places.iter().zip(&rows[&rhythm.id]) {
                    let area = sheet.area(&place.code).with_context(|| format!("{file}: không có {}", place.code))?;
                    for (code, text) in rhythm.codes.iter().zip(row.split('|')) {
                        let period = sheet.period_codes.iter().position(|own| own == code);
                        let period = period.with_context(|| format!("{file}: không có kỳ {code}"))?;
                        let shown = text.split(['*', '~']).next().unwrap_or_default();
                        count += 1;
                        if !agrees(sheet.fact(area, period, measure), shown, sheet.is_money[measure]) {
                            let reason = format!("tệp {file} in “{shown}”, khác tệp số liệu");
                            breaches.push(Breach::at(Test::A1, sheet, (area, period, measure), reason));
                        }
                    }
                }
            }
        }
    }
    Ok((count, breaches))
}

/// The JSON of a script between what opens and what closes it.
fn inside<T: DeserializeOwned>(path: &Path, open: &str, close: &str) -> anyhow::Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let json = text.trim_end().strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let json = json.ok_or_else(|| anyhow!("{} không phải một lời gọi với dữ liệu", path.display()))?;
    serde_json::from_str(json).with_context(|| path.display().to_string())
}

/// Whether a text is how a fact is printed: its sign, its number, its share or its class.
fn agrees(fact: &Fact, shown: &str, is_money: bool) -> bool {
    match (fact.hidden, fact.ratio, fact.value) {
        (true, ..) => shown == "•",
        (_, Some((_, 0)), _) => shown == "x",
        (_, Some((n, d)), _) => {
            percent(n, d).as_deref() == Some(shown) || shown == format!("{}/{}", whole(n), whole(d))
        }
        (_, _, Some(value)) if is_money => rounded(value, 1_000_000, 1, 1)
            .map(|tenths| fixed(tenths, 1))
            .is_some_and(|text| shown == text.strip_suffix(",0").unwrap_or(&text)),
        (_, _, Some(value)) => shown == whole(value) || !shown.contains(|c: char| c.is_ascii_digit()),
        (_, None, None) => matches!(shown, "…" | "x"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_may_print_what_the_data_file_prints_and_nothing_else() {
        let hidden = Fact { hidden: true, ..Fact::default() };
        assert!(agrees(&hidden, "•", false) && !agrees(&hidden, "…", false) && !agrees(&hidden, "3", false));
        let count = Fact { value: Some(1_234), ..Fact::default() };
        assert!(agrees(&count, "1.234", false) && !agrees(&count, "1.235", false) && !agrees(&count, "•1", false));
        let share = Fact { ratio: Some((58, 72)), ..Fact::default() };
        assert!(agrees(&share, "80,6", false) && agrees(&share, "58/72", false) && !agrees(&share, "80,5", false));
        let money = Fact { value: Some(61_540_000), ..Fact::default() };
        assert!(agrees(&money, "61,5", true) && !agrees(&money, "61.540.000", true));
        assert!(agrees(&Fact::default(), "…", false) && !agrees(&Fact::default(), "0", false));
    }
}
