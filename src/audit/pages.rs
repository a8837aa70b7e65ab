//! Test A1 over the pages: where a page shows a cell, it shows what the data file prints there.
//!
//! A column that shows the figures of one period says so in its heading (`data-k`), and may lead to its
//! measure; which measure or unit a row is about, its link tells; the rest, the page's own path. What stands in other columns
//! is told from the same release, and is not read back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;

use crate::audit::breach::{Breach, Test};
use crate::audit::sheet::Sheet;
use crate::vocabulary::Area;
use crate::vocabulary::number::{percent, whole};
use crate::vocabulary::text::slug;

/// Every page of a site against the sheet; with the number of cells compared.
pub(super) fn check(site: &Path, sheet: &Sheet) -> anyhow::Result<(usize, Vec<Breach>)> {
    let mut pages = Vec::new();
    list(site, &mut pages)?;
    pages.sort();
    let measures: BTreeMap<String, usize> =
        sheet.measures.iter().zip(0..).map(|(code, at)| (slug(code.as_str()), at)).collect();
    let read = |path: &PathBuf| -> anyhow::Result<(usize, Vec<Breach>)> {
        let html = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let name = path.strip_prefix(site).unwrap_or(path).to_string_lossy().replace('\\', "/");
        Ok(Page { sheet, measures: &measures, name: &name }.check(&html))
    };
    let checked: Vec<(usize, Vec<Breach>)> = pages.par_iter().map(read).collect::<anyhow::Result<_>>()?;
    let count = checked.iter().map(|(count, _)| count).sum();
    Ok((count, checked.into_iter().flat_map(|(_, breaches)| breaches).collect()))
}

fn list(folder: &Path, pages: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, pages)?;
        } else if path.extension().is_some_and(|extension| extension == "html") {
            pages.push(path);
        }
    }
    Ok(())
}

/// One page.
struct Page<'a> {
    sheet: &'a Sheet,
    measures: &'a BTreeMap<String, usize>,
    name: &'a str,
}

impl Page<'_> {
    fn check(&self, html: &str) -> (usize, Vec<Breach>) {
        let (mut count, mut breaches) = (0, Vec::new());
        let (own_area, own_measure) = self.told_by(self.name);
        for table in parts(html, "<table", "</table>") {
            let Some((head, body)) = table.split_once("</thead>").filter(|(head, _)| head.contains(" data-k=")) else {
                continue;
            };
            let columns = columns(head);
            for row in parts(body, "<tr", "</tr>") {
                let Some((label, cells)) = row.split_once("</th>") else { continue };
                let link = parts(label, "href=\"", "\"").next().unwrap_or_default();
                let (area, measure) = self.told_by(link.trim_start_matches("../"));
                // A page of a unit lists measures, a page of a measure lists units; other lists are of the province.
                let (area, measure) = match (own_area, own_measure) {
                    (Some(own), _) => (Some(own), measure),
                    (_, Some(own)) => (area, Some(own)),
                    (None, None) => (area.or(self.province()), measure),
                };
                let Some(area) = area else { continue };
                let mut column = 1;
                for cell in parts(cells, "<td", "</td>") {
                    if let Some(Column { period: Some(period), link }) = columns.get(column)
                        && let Some(period) = self.sheet.period_codes.iter().position(|code| code == period)
                        && let Some(measure) = measure.or_else(|| self.told_by(link.trim_start_matches("../")).1)
                    {
                        count += 1;
                        breaches.extend(self.compare((area, period, measure), &text(cell)));
                    }
                    column += attribute(cell, "colspan").and_then(|n| n.parse().ok()).unwrap_or(1);
                }
            }
        }
        (count, breaches)
    }

    /// The unit or the measure that a path is about.
    fn told_by(&self, path: &str) -> (Option<usize>, Option<usize>) {
        let within = |folder: &str| path.strip_prefix(folder).and_then(|rest| rest.split('.').next());
        let area = within("xa/").and_then(|file| self.sheet.area(file.split('-').next().unwrap_or_default()));
        let measure = within("chi-tieu/don-vi/").or(within("chi-tieu/"));
        (area, measure.and_then(|slug| self.measures.get(slug).copied()))
    }

    fn province(&self) -> Option<usize> {
        self.sheet.areas.iter().position(|area| matches!(area, Area::Province(_)))
    }

    fn compare(&self, at: (usize, usize, usize), shown: &str) -> Option<Breach> {
        let fact = self.sheet.fact(at.0, at.1, at.2);
        let digits = shown.contains(|c: char| c.is_ascii_digit());
        let reason = match (fact.hidden, fact.value, fact.ratio) {
            (true, ..) if shown != "•" => format!("trang {} in “{shown}”, tệp số liệu không công bố", self.name),
            (true, ..) => return None,
            (false, None, None) if digits => format!("trang {} in “{shown}”, tệp số liệu không có số", self.name),
            (false, Some(value), _) if is_plain(shown) && !self.sheet.is_money[at.2] && shown != whole(value) => {
                format!("trang {} in “{shown}”, tệp số liệu in {value}", self.name)
            }
            (false, _, Some((n, d)))
                if digits && percent(n, d).is_some_and(|p| shown.ends_with('%') && shown != format!("{p}%")) =>
            {
                format!("trang {} in “{shown}”, tệp số liệu in {n}/{d}", self.name)
            }
            _ => return None,
        };
        Some(Breach::at(Test::A1, self.sheet, (at.0, at.1, at.2), reason))
    }
}

/// Whether a text is one whole number and nothing else: not money in millions, not a class.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '−'))
}

/// What the heading of a column tells of the figures below it.
struct Column<'t> {
    period: Option<&'t str>,
    /// Where the heading leads, if anywhere: to a measure.
    link: &'t str,
}

/// The columns of a table, under one row of headings or two.
fn columns(head: &str) -> Vec<Column<'_>> {
    let column = |cell| Column {
        period: attribute(cell, "data-k"),
        link: parts(cell, "href=\"", "\"").next().unwrap_or_default(),
    };
    let mut rows = parts(head, "<tr", "</tr>");
    let (first, second) = (rows.next().unwrap_or_default(), rows.next().unwrap_or_default());
    let mut below = parts(second, "<th", "</th>");
    let mut columns = Vec::new();
    for cell in parts(first, "<th", "</th>") {
        let span = attribute(cell, "colspan").and_then(|n| n.parse().ok()).unwrap_or(1);
        if span > 1 {
            columns.extend(below.by_ref().take(span).map(column));
        } else {
            columns.push(column(cell));
        }
    }
    columns
}

/// What stands between each opening and the next closing.
fn parts<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(open).skip(1).map(move |rest| rest.split(close).next().unwrap_or_default())
}

/// An attribute of the element that a text begins in.
fn attribute<'t>(element: &'t str, name: &str) -> Option<&'t str> {
    let tag = element.split('>').next()?;
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// The text of a cell without its elements, its footnote mark, its small print.
fn text(cell: &str) -> String {
    let inside = cell.split_once('>').map_or("", |(_, inside)| inside);
    let inside = inside.split("<sup").next().unwrap_or_default();
    let inside = inside.split("<span class=\"sm\"").next().unwrap_or_default();
    let mut shown = String::new();
    for (at, piece) in inside.split('<').enumerate() {
        shown.push_str(if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, after)| after) });
    }
    shown.trim().to_owned()
}
