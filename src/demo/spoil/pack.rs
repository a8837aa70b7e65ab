//! From a [`Book`] to the parts of an .xlsx package and to its bytes, written plainly and always alike.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use crate::demo::spoil::book::{Book, Cell, Format, Page, Shown, Value};
use crate::vocabulary::CellRef;

/// The parts of a package by name.
pub type Parts = BTreeMap<String, Vec<u8>>;

/// How every XML part begins.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The workbook as bytes.
pub fn pack(book: &Book) -> Vec<u8> {
    zipped(&parts(book))
}

/// The parts of the workbook.
pub fn parts(book: &Book) -> Parts {
    let looks = looks(book);
    let mut strings = Strings::default();
    let mut parts = Parts::new();
    let mut put = |name: String, xml: String| {
        parts.insert(name, format!("{HEAD}{xml}").into_bytes());
    };
    for (page, number) in book.pages.iter().zip(1..) {
        put(format!("xl/worksheets/sheet{number}.xml"), sheet(page, &looks, &mut strings));
        if !page.comments.is_empty() {
            put(format!("xl/comments{number}.xml"), comments(page));
            let relation = relation("rId1", "comments", &format!("../comments{number}.xml"));
            put(format!("xl/worksheets/_rels/sheet{number}.xml.rels"), relations(&relation));
        }
    }
    put("xl/sharedStrings.xml".into(), strings.xml());
    put("xl/styles.xml".into(), styles(&looks));
    put("xl/workbook.xml".into(), workbook(book));
    let mut own: String = (1..=book.pages.len())
        .map(|n| relation(&format!("rId{n}"), "worksheet", &format!("worksheets/sheet{n}.xml")))
        .collect();
    own += &relation("rIdStyles", "styles", "styles.xml");
    own += &relation("rIdStrings", "sharedStrings", "sharedStrings.xml");
    put("xl/_rels/workbook.xml.rels".into(), relations(&own));
    put("_rels/.rels".into(), relations(&relation("rId1", "officeDocument", "xl/workbook.xml")));
    put("[Content_Types].xml".into(), content_types(book));
    parts
}

/// A package of parts, the table of contents first as Excel writes it.
pub fn zipped(parts: &Parts) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("a zip in memory takes every part");
        zip.write_all(content).expect("a zip in memory takes every byte");
    }
    zip.finish().expect("a zip in memory is finished").into_inner()
}

/// What tells the styles of cells apart.
pub(super) type Look = (Option<String>, Format);

/// The styles of a workbook, the plain one first.
pub(super) fn looks(book: &Book) -> Vec<Look> {
    let plain = (None, Format::General);
    let mut looks: BTreeSet<Look> = book.pages.iter().flat_map(|page| page.cells.values()).map(look).collect();
    looks.remove(&plain);
    std::iter::once(plain).chain(looks).collect()
}

/// The style of a cell.
pub(super) fn look(cell: &Cell) -> Look {
    (cell.font.clone(), cell.format)
}

#[derive(Default)]
struct Strings {
    places: BTreeMap<String, usize>,
    xml: String,
    uses: usize,
}

impl Strings {
    fn place(&mut self, text: &str) -> usize {
        self.uses += 1;
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.places.len();
        self.places.insert(text.to_owned(), place);
        write!(self.xml, "<si><t xml:space=\"preserve\">{}</t></si>", escaped(text)).expect(INFALLIBLE);
        place
    }

    fn xml(&self) -> String {
        format!(
            "<sst xmlns=\"{MAIN}\" count=\"{}\" uniqueCount=\"{}\">{}</sst>",
            self.uses,
            self.places.len(),
            self.xml
        )
    }
}

const INFALLIBLE: &str = "a string takes whatever is written to it";

fn sheet(page: &Page, looks: &[Look], strings: &mut Strings) -> String {
    let mut xml = format!("<worksheet xmlns=\"{MAIN}\">");
    if !page.hidden_cols.is_empty() {
        xml += "<cols>";
        for col in page.hidden_cols.iter().map(|col| col + 1) {
            write!(xml, "<col min=\"{col}\" max=\"{col}\" width=\"0\" hidden=\"1\" customWidth=\"1\"/>")
                .expect(INFALLIBLE);
        }
        xml += "</cols>";
    }
    xml += "<sheetData>";
    let rows: BTreeSet<u32> = page.cells.keys().map(|(row, _)| *row).chain(page.hidden_rows.iter().copied()).collect();
    for row in rows {
        let hidden = if page.hidden_rows.contains(&row) { " hidden=\"1\"" } else { "" };
        write!(xml, "<row r=\"{}\"{hidden}>", row + 1).expect(INFALLIBLE);
        for ((_, col), cell) in page.cells.range((row, 0)..=(row, u32::MAX)) {
            xml += &written(CellRef::new(row, *col), cell, looks, strings);
        }
        xml += "</row>";
    }
    xml += "</sheetData>";
    if !page.merges.is_empty() {
        write!(xml, "<mergeCells count=\"{}\">", page.merges.len()).expect(INFALLIBLE);
        for (top, left, bottom, right) in &page.merges {
            let (first, last) = (CellRef::new(*top, *left), CellRef::new(*bottom, *right));
            write!(xml, "<mergeCell ref=\"{first}:{last}\"/>").expect(INFALLIBLE);
        }
        xml += "</mergeCells>";
    }
    xml + "</worksheet>"
}

fn written(at: CellRef, cell: &Cell, looks: &[Look], strings: &mut Strings) -> String {
    let style = match looks.iter().position(|known| *known == look(cell)) {
        Some(0) | None => String::new(),
        Some(place) => format!(" s=\"{place}\""),
    };
    match &cell.value {
        Value::Text(text) => format!("<c r=\"{at}\"{style} t=\"s\"><v>{}</v></c>", strings.place(text)),
        Value::Number(number) => format!("<c r=\"{at}\"{style}><v>{number}</v></c>"),
        Value::Error(error) => format!("<c r=\"{at}\"{style} t=\"e\"><v>{error}</v></c>"),
        Value::Formula(formula, None) => format!("<c r=\"{at}\"{style}><f>{}</f></c>", escaped(formula)),
        Value::Formula(formula, Some(value)) => {
            format!("<c r=\"{at}\"{style}><f>{}</f><v>{value}</v></c>", escaped(formula))
        }
    }
}

fn comments(page: &Page) -> String {
    let list: String = page
        .comments
        .iter()
        .map(|((row, col), text)| {
            let at = CellRef::new(*row, *col);
            format!(
                "<comment ref=\"{at}\" authorId=\"0\"><text><t xml:space=\"preserve\">{}</t></text></comment>",
                escaped(text)
            )
        })
        .collect();
    format!("<comments xmlns=\"{MAIN}\"><authors><author/></authors><commentList>{list}</commentList></comments>")
}

fn styles(looks: &[Look]) -> String {
    let fonts: Vec<&Option<String>> = looks.iter().map(|(font, _)| font).collect::<BTreeSet<_>>().into_iter().collect();
    let font = |name: &Option<String>| {
        let name = name.as_deref().unwrap_or("Times New Roman");
        format!("<font><sz val=\"12\"/><name val=\"{}\"/></font>", escaped(name))
    };
    let cells: String = looks
        .iter()
        .map(|(name, format)| {
            let font = fonts.iter().position(|known| *known == name).expect("every font was collected");
            let number = match format {
                Format::General => 0,
                Format::Decimals => 165,
                Format::Day => 164,
            };
            format!("<xf numFmtId=\"{number}\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyNumberFormat=\"1\"/>")
        })
        .collect();
    format!(
        "<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>\
         <numFmt numFmtId=\"165\" formatCode=\"0.000\"/></numFmts><fonts count=\"{}\">{}</fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{}\">{cells}</cellXfs></styleSheet>",
        fonts.len(),
        fonts.iter().map(|name| font(name)).collect::<String>(),
        looks.len()
    )
}

fn workbook(book: &Book) -> String {
    let mut xml = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">");
    if book.from_1904 {
        xml += "<workbookPr date1904=\"1\"/>";
    }
    xml += "<sheets>";
    for (page, number) in book.pages.iter().zip(1..) {
        let state = match page.shown {
            Shown::Visible => "",
            Shown::Hidden => " state=\"hidden\"",
            Shown::VeryHidden => " state=\"veryHidden\"",
        };
        let name = escaped(&page.name);
        write!(xml, "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>").expect(INFALLIBLE);
    }
    xml += "</sheets>";
    if !book.names.is_empty() {
        xml += "<definedNames>";
        for (name, refers) in &book.names {
            write!(xml, "<definedName name=\"{name}\">{}</definedName>", escaped(refers)).expect(INFALLIBLE);
        }
        xml += "</definedNames>";
    }
    xml + "</workbook>"
}

/// One relation of a part to another.
pub(super) fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
}

/// The part that holds relations.
pub(super) fn relations(list: &str) -> String {
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{list}</Relationships>")
}

fn content_types(book: &Book) -> String {
    let part =
        |name: &str, kind: &str| format!("<Override PartName=\"/xl/{name}\" ContentType=\"{TYPES}.{kind}+xml\"/>");
    let mut xml = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    xml += &part("workbook.xml", "sheet.main");
    xml += &part("styles.xml", "styles");
    xml += &part("sharedStrings.xml", "sharedStrings");
    for (page, number) in book.pages.iter().zip(1..) {
        xml += &part(&format!("worksheets/sheet{number}.xml"), "worksheet");
        if !page.comments.is_empty() {
            xml += &part(&format!("comments{number}.xml"), "comments");
        }
    }
    xml + "</Types>"
}

/// Text as XML holds it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
