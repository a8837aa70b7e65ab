//! From a workbook of the form to a [`Book`]: reads what this program itself has just written, and nothing else.
//!
//! People's files are the business of `intake`.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::demo::spoil::book::{Book, Cell, Format, Page, Value};
use crate::vocabulary::CellRef;

/// The book in a workbook of the form.
///
/// # Panics
/// When the bytes are not what the form's writer makes.
pub fn unpack(workbook: &[u8]) -> Book {
    let mut parts = Parts(ZipArchive::new(Cursor::new(workbook)).expect("the form is a zip package"));
    let strings: Vec<String> = elements(&parts.text("xl/sharedStrings.xml"), "si").map(texts).collect();
    let days = day_styles(&parts.text("xl/styles.xml"));
    let workbook = parts.text("xl/workbook.xml");
    let pages = elements(&workbook, "sheet").zip(1..).map(|(sheet, number)| {
        let xml = parts.text(&format!("xl/worksheets/sheet{number}.xml"));
        page(&unescaped(attribute(sheet, "name").expect("every sheet has a name")), &xml, &strings, &days)
    });
    let pages = pages.collect();
    let is_own = |name: &str| !name.starts_with("_xlnm");
    let names = elements(&workbook, "definedName")
        .filter_map(|name| Some((attribute(name, "name")?.to_owned(), unescaped(content(name)))))
        .filter(|(name, _)| is_own(name))
        .collect();
    Book { pages, names, from_1904: false }
}

struct Parts<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl Parts<'_> {
    fn text(&mut self, name: &str) -> String {
        let mut text = String::new();
        let mut part = self.0.by_name(name).expect("the form's writer makes every part");
        part.read_to_string(&mut text).expect("the form's writer writes UTF-8");
        text
    }
}

/// The styles of cells that show days: those of a format of their own that names a year.
fn day_styles(styles: &str) -> Vec<bool> {
    let own: BTreeMap<&str, &str> = elements(styles, "numFmt")
        .filter_map(|format| Some((attribute(format, "numFmtId")?, attribute(format, "formatCode")?)))
        .collect();
    let cells = elements(styles, "cellXfs").next().expect("a workbook has styles of cells");
    let is_day =
        |format: &str| attribute(format, "numFmtId").is_some_and(|id| own.get(id).is_some_and(|f| f.contains("yy")));
    elements(cells, "xf").map(is_day).collect()
}

fn page(name: &str, xml: &str, strings: &[String], days: &[bool]) -> Page {
    let mut page = Page::new(name);
    for cell in elements(xml, "c") {
        let address: CellRef = attribute(cell, "r").and_then(|r| r.parse().ok()).expect("every cell has an address");
        let raw = elements(cell, "v").next().map(|v| unescaped(content(v)));
        let style: usize = attribute(cell, "s").and_then(|s| s.parse().ok()).unwrap_or(0);
        let value = match (attribute(cell, "t"), raw) {
            (_, None) => continue,
            (_, Some(raw)) if raw.is_empty() => continue,
            (Some("s"), Some(raw)) => Value::Text(strings[raw.parse::<usize>().expect("a place in the table")].clone()),
            (Some("str"), Some(raw)) => Value::Text(raw),
            (_, Some(raw)) => Value::Number(raw),
        };
        let format = if days.get(style) == Some(&true) { Format::Day } else { Format::General };
        page.cells.insert((address.row, address.col), Cell { value, font: None, format });
    }
    page.merges = elements(xml, "mergeCell")
        .filter_map(|merge| {
            let (first, last) = attribute(merge, "ref")?.split_once(':')?;
            let (first, last): (CellRef, CellRef) = (first.parse().ok()?, last.parse().ok()?);
            Some((first.row, first.col, last.row, last.col))
        })
        .collect();
    page
}

/// Every element of this name, from its `<` to its end. None of those asked for stands inside one of its own kind.
fn elements<'x>(xml: &'x str, name: &str) -> impl Iterator<Item = &'x str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find(&open)?;
            let element = &rest[at..];
            let head = element.find('>').expect("elements are closed");
            let whole = element[open.len()..].starts_with([' ', '>', '/']);
            let end = match element[..head].ends_with('/') || !whole {
                true => head + 1,
                false => element.find(&close).expect("elements are closed") + close.len(),
            };
            rest = &element[end..];
            if whole {
                return Some(&element[..end]);
            }
        }
    })
}

fn attribute<'x>(element: &'x str, name: &str) -> Option<&'x str> {
    let head = &element[..element.find('>')?];
    let (_, rest) = head.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

fn content(element: &str) -> &str {
    let (from, to) = (element.find('>').map_or(0, |at| at + 1), element.rfind("</").unwrap_or(element.len()));
    element.get(from..to).unwrap_or("")
}

fn texts(element: &str) -> String {
    elements(element, "t").map(|text| unescaped(content(text))).collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}
