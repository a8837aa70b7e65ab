//! From a [`Book`] to the bytes of an .xlsb workbook (BIFF12, [MS-XLSB] 2.1.7), which no office
//! program at hand writes. Texts, numbers, errors, fonts, formats, hidden sheets and rows, merged ranges;
//! no formulas, no hidden columns, no defined names.

use std::collections::BTreeMap;

use crate::demo::spoil::book::{Book, Cell, Format, Page, Shown, Value};
use crate::demo::spoil::pack::{HEAD, Parts, look, looks, relation, relations, zipped};

/// Record types by their names in [MS-XLSB] 2.3.2.
mod record {
    pub const ROW_HDR: u16 = 0;
    pub const CELL_ERROR: u16 = 3;
    pub const CELL_REAL: u16 = 5;
    pub const CELL_ISST: u16 = 7;
    pub const SST_ITEM: u16 = 19;
    pub const FONT: u16 = 43;
    pub const FMT: u16 = 44;
    pub const XF: u16 = 47;
    pub const BEGIN_SHEET: u16 = 129;
    pub const END_SHEET: u16 = 130;
    pub const BEGIN_BOOK: u16 = 131;
    pub const END_BOOK: u16 = 132;
    pub const BEGIN_BUNDLE_SHS: u16 = 143;
    pub const END_BUNDLE_SHS: u16 = 144;
    pub const BEGIN_SHEET_DATA: u16 = 145;
    pub const END_SHEET_DATA: u16 = 146;
    pub const WS_DIM: u16 = 148;
    pub const WB_PROP: u16 = 153;
    pub const BUNDLE_SH: u16 = 156;
    pub const BEGIN_SST: u16 = 159;
    pub const END_SST: u16 = 160;
    pub const MERGE_CELL: u16 = 176;
    pub const BEGIN_MERGE_CELLS: u16 = 177;
    pub const END_MERGE_CELLS: u16 = 178;
    pub const BEGIN_STYLE_SHEET: u16 = 278;
    pub const END_STYLE_SHEET: u16 = 279;
    pub const BEGIN_FONTS: u16 = 611;
    pub const END_FONTS: u16 = 612;
    pub const BEGIN_FMTS: u16 = 615;
    pub const END_FMTS: u16 = 616;
    pub const BEGIN_CELL_XFS: u16 = 617;
    pub const END_CELL_XFS: u16 = 618;
}

/// The workbook as bytes.
pub fn pack_binary(book: &Book) -> Vec<u8> {
    let mut strings = Strings::default();
    let mut parts = Parts::new();
    for (page, number) in book.pages.iter().zip(1..) {
        parts.insert(format!("xl/worksheets/sheet{number}.bin"), sheet(page, book, &mut strings));
    }
    parts.insert("xl/workbook.bin".into(), workbook(book));
    parts.insert("xl/sharedStrings.bin".into(), strings.part());
    parts.insert("xl/styles.bin".into(), styles(book));
    let mut text = |name: &str, xml: String| parts.insert(name.to_owned(), format!("{HEAD}{xml}").into_bytes());
    let sheets = 1..=book.pages.len();
    let mut own: String =
        sheets.map(|n| relation(&format!("rId{n}"), "worksheet", &format!("worksheets/sheet{n}.bin"))).collect();
    own += &relation("rIdStyles", "styles", "styles.bin");
    own += &relation("rIdStrings", "sharedStrings", "sharedStrings.bin");
    text("xl/_rels/workbook.bin.rels", relations(&own));
    text("_rels/.rels", relations(&relation("rId1", "officeDocument", "xl/workbook.bin")));
    text("[Content_Types].xml", content_types(book));
    zipped(&parts)
}

/// Records one after the other.
#[derive(Default)]
struct Stream(Vec<u8>);

impl Stream {
    /// Adds a record: its type and length in seven bits a byte, then its content.
    fn put(&mut self, kind: u16, content: &[&[u8]]) {
        let content = content.concat();
        for mut number in [usize::from(kind), content.len()] {
            while number >= 0x80 {
                self.0.push(number as u8 | 0x80);
                number >>= 7;
            }
            self.0.push(number as u8);
        }
        self.0.extend(content);
    }
}

#[derive(Default)]
struct Strings {
    places: BTreeMap<String, u32>,
    items: Vec<Vec<u8>>,
    uses: u32,
}

impl Strings {
    fn place(&mut self, text: &str) -> u32 {
        self.uses += 1;
        let next = self.items.len() as u32;
        let place = *self.places.entry(text.to_owned()).or_insert(next);
        if place == next {
            self.items.push(wide(text));
        }
        place
    }

    fn part(&self) -> Vec<u8> {
        let mut stream = Stream::default();
        stream.put(record::BEGIN_SST, &[&self.uses.to_le_bytes(), &(self.items.len() as u32).to_le_bytes()]);
        for item in &self.items {
            stream.put(record::SST_ITEM, &[&[0], item]);
        }
        stream.put(record::END_SST, &[]);
        stream.0
    }
}

/// A string as BIFF12 holds it: its length in UTF-16 units, then the units.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    (units.len() as u32).to_le_bytes().into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

fn workbook(book: &Book) -> Vec<u8> {
    let mut stream = Stream::default();
    stream.put(record::BEGIN_BOOK, &[]);
    stream.put(record::WB_PROP, &[&u32::from(book.from_1904).to_le_bytes(), &[0; 4], &wide("")]);
    stream.put(record::BEGIN_BUNDLE_SHS, &[]);
    for (page, number) in book.pages.iter().zip(1u32..) {
        let state: u32 = match page.shown {
            Shown::Visible => 0,
            Shown::Hidden => 1,
            Shown::VeryHidden => 2,
        };
        let (id, name) = (wide(&format!("rId{number}")), wide(&page.name));
        stream.put(record::BUNDLE_SH, &[&state.to_le_bytes(), &number.to_le_bytes(), &id, &name]);
    }
    stream.put(record::END_BUNDLE_SHS, &[]);
    stream.put(record::END_BOOK, &[]);
    stream.0
}

fn sheet(page: &Page, book: &Book, strings: &mut Strings) -> Vec<u8> {
    let looks = looks(book);
    let last = page.cells.keys().fold((0, 0), |last, at| (last.0.max(at.0), last.1.max(at.1)));
    let mut stream = Stream::default();
    stream.put(record::BEGIN_SHEET, &[]);
    stream.put(record::WS_DIM, &[0, last.0, 0, last.1].map(u32::to_le_bytes).each_ref().map(|bytes| &bytes[..]));
    stream.put(record::BEGIN_SHEET_DATA, &[]);
    let mut row = None;
    for ((at, col), cell) in &page.cells {
        if row != Some(*at) {
            row = Some(*at);
            let hidden = if page.hidden_rows.contains(at) { 0x10 } else { 0 };
            stream.put(record::ROW_HDR, &[&at.to_le_bytes(), &[0; 4], &300u16.to_le_bytes(), &[0, hidden, 0], &[0; 4]]);
        }
        let style = looks.iter().position(|known| *known == look(cell)).unwrap_or(0) as u32;
        let head = [col.to_le_bytes(), style.to_le_bytes()].concat();
        written(&mut stream, &head, cell, strings);
    }
    stream.put(record::END_SHEET_DATA, &[]);
    if !page.merges.is_empty() {
        stream.put(record::BEGIN_MERGE_CELLS, &[&(page.merges.len() as u32).to_le_bytes()]);
        for (top, left, bottom, right) in &page.merges {
            let range = [top, bottom, left, right].map(|place| place.to_le_bytes());
            stream.put(record::MERGE_CELL, &range.each_ref().map(|bytes| &bytes[..]));
        }
        stream.put(record::END_MERGE_CELLS, &[]);
    }
    stream.put(record::END_SHEET, &[]);
    stream.0
}

fn written(stream: &mut Stream, head: &[u8], cell: &Cell, strings: &mut Strings) {
    let number = |number: &str| number.parse::<f64>().unwrap_or(f64::NAN).to_le_bytes();
    match &cell.value {
        Value::Text(text) => stream.put(record::CELL_ISST, &[head, &strings.place(text).to_le_bytes()]),
        Value::Number(text) => stream.put(record::CELL_REAL, &[head, &number(text)]),
        // #REF!: which of the errors it is makes no difference to a reader.
        Value::Error(_) => stream.put(record::CELL_ERROR, &[head, &[0x17]]),
        Value::Formula(_, value) => {
            if let Some(value) = value {
                stream.put(record::CELL_REAL, &[head, &number(value)]);
            }
        }
    }
}

fn styles(book: &Book) -> Vec<u8> {
    let looks = looks(book);
    let count = (looks.len() as u32).to_le_bytes();
    let mut stream = Stream::default();
    stream.put(record::BEGIN_STYLE_SHEET, &[]);
    stream.put(record::BEGIN_FMTS, &[&2u32.to_le_bytes()]);
    for (id, code) in [(164u16, "dd/mm/yyyy"), (165, "0.000")] {
        stream.put(record::FMT, &[&id.to_le_bytes(), &wide(code)]);
    }
    stream.put(record::END_FMTS, &[]);
    stream.put(record::BEGIN_FONTS, &[&count]);
    for (font, _) in &looks {
        // 12 points, regular weight, automatic colour.
        let shape = [240u16, 0, 400, 0].map(u16::to_le_bytes).concat();
        let name = wide(font.as_deref().unwrap_or("Times New Roman"));
        stream.put(record::FONT, &[&shape, &[0; 4], &[1, 64, 0, 0, 0, 0, 0, 0xFF], &[0], &name]);
    }
    stream.put(record::END_FONTS, &[]);
    stream.put(record::BEGIN_CELL_XFS, &[&count]);
    for ((_, format), font) in looks.iter().zip(0u16..) {
        let number: u16 = match format {
            Format::General => 0,
            Format::Day => 164,
            Format::Decimals => 165,
        };
        let ids = [0, number, font, 0, 0].map(u16::to_le_bytes).concat();
        // The last two bytes say that font and format are its own.
        stream.put(record::XF, &[&ids, &[0, 0, 0, 0, 0x3F, 0]]);
    }
    stream.put(record::END_CELL_XFS, &[]);
    stream.put(record::END_STYLE_SHEET, &[]);
    stream.0
}

fn content_types(book: &Book) -> String {
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/xl/{name}.bin\" ContentType=\"application/vnd.ms-excel.{kind}\"/>")
    };
    let sheets: String = (1..=book.pages.len()).map(|n| part(&format!("worksheets/sheet{n}"), "worksheet")).collect();
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/>\
         {}{}{sheets}</Types>",
        part("sharedStrings", "sharedStrings"),
        part("styles", "styles"),
    )
}
