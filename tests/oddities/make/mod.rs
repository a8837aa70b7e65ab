//! Makes the oddities: one small return of an invented commune, spoilt in one way each.

mod cells;
mod files;
mod identity;
mod layout;
mod text;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use tongket::definitions::{self, Definitions};
use tongket::demo::spoil::binary::pack_binary;
use tongket::demo::spoil::book::{Book, Page};
use tongket::demo::spoil::pack::pack;
use tongket::demo::spoil::unpack::unpack;
use tongket::form::{Fill, Line, Typed, workbook};
use tongket::vocabulary::{MeasureCode, UnitCode};

/// What every return means to say.
pub const TRUTH: [(&str, i64); 14] = [
    ("gen.so_thon", 12),
    ("thn.quan_ly_dau_ky", 40),
    ("thn.tiep_nhan", 5),
    ("thn.dua_ra", 3),
    ("thn.quan_ly_cuoi_ky", 42),
    ("thn.nhom_a", 28),
    ("thn.nhom_b", 13),
    ("thn.nhom_c", 0),
    ("thn.tu_van", 1234),
    ("thn.giay_to", 0),
    ("thn.hoc_nghe", 0),
    ("thn.vay_nguoi", 1),
    ("thn.vay_so_tien", 15_000_000),
    ("bv.phan_loai_xa", 3),
];

/// Which oddities are made as .xlsb too.
const BINARY: [&str; 7] =
    ["tcvn3-vntime", "decomposed", "points", "error-cells", "merged-headings", "hidden-row-and-column", "count-as-day"];

/// Where the oddities are made.
pub struct Desk {
    definitions: Definitions,
    books: BTreeMap<String, Book>,
    made: BTreeMap<String, Vec<u8>>,
}

/// Every oddity but the converted ones, by its path. Some are cut out of a converted one.
pub fn all(committed: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let (definitions, _) = definitions::load(&crate::here().join("input")).unwrap();
    let mut desk = Desk { definitions, books: BTreeMap::new(), made: BTreeMap::new() };
    text::make(&mut desk);
    cells::make(&mut desk);
    layout::make(&mut desk);
    identity::make(&mut desk);
    files::make(&mut desk, committed);
    desk.put_binaries();
    desk.made
}

impl Desk {
    /// The return as it should be.
    pub fn fill(&self) -> Fill {
        let mut fill = Fill::blank(UnitCode::from("99001"), "2026-Q1".parse().unwrap());
        fill.made_on = NaiveDate::from_ymd_opt(2026, 3, 18);
        fill.maker = "Cán bộ tổng hợp".into();
        fill.explained = false;
        for (item, value) in TRUTH {
            fill.lines.insert(MeasureCode::from(item), Line { value: Some(Typed::Number(value)), ..Line::default() });
        }
        fill
    }

    /// The workbook of a return, without the sheet that explains the form.
    pub fn book_of(&self, fill: &Fill) -> Book {
        let form = self.definitions.forms.last().unwrap();
        let mut book = unpack(&workbook(form, &self.definitions, fill).unwrap());
        book.pages.retain(|page| page.name.starts_with("Biểu"));
        book
    }

    /// The workbook as it should be.
    pub fn book(&self) -> Book {
        self.book_of(&self.fill())
    }

    /// The bytes as they should be.
    pub fn bytes(&self) -> Vec<u8> {
        pack(&self.book())
    }

    /// Puts a workbook that is the usual one but for one thing.
    pub fn put(&mut self, file: &str, spoil: impl FnOnce(&mut Book)) {
        let mut book = self.book();
        spoil(&mut book);
        self.put_bytes(file, pack(&book));
        self.books.insert(file.to_owned(), book);
    }

    fn put_binaries(&mut self) {
        for name in BINARY {
            let bytes = pack_binary(&self.books[&format!("{name}.xlsx")]);
            self.put_bytes(&format!("{name}.xlsb"), bytes);
        }
    }

    /// Puts bytes, whatever they are.
    pub fn put_bytes(&mut self, file: &str, bytes: Vec<u8>) {
        assert!(self.made.insert(file.to_owned(), bytes).is_none(), "{file} twice");
    }
}

/// The sheets below the cover.
fn tables(book: &mut Book) -> impl Iterator<Item = &mut Page> {
    book.pages.iter_mut().filter(|page| page.name != "Biểu 00")
}
