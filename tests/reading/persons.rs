//! Lists of persons come in every shape, and no byte of them goes anywhere.

use std::collections::BTreeMap;
use std::io::Read as _;

use rust_xlsxwriter::{Note, Worksheet};
use tongket::intake::Outcome;

use crate::inbox::{Book, Rows};
use crate::support::{cut, files, place, tongket};

/// What must be found nowhere. No word of it stands in any definition.
const MARKERS: [&str; 4] = ["Hoắc", "Zzmẫu", "0010900123", "Trộm xe"];

const LIST: [[&str; 5]; 4] = [
    ["STT", "Họ và tên", "Năm sinh", "Số CCCD", "Tội danh"],
    ["1", "Nguyễn Văn Hoắc", "1987", "'001090012345", "Trộm xe"],
    ["2", "Trần Thị Zzmẫu", "1987", "'001090012346", "Trộm xe"],
    ["3", "Lê Văn Hoắc", "1987", "'001090012347", "Trộm xe"],
];

fn list() -> Rows<'static> {
    LIST.iter().map(|row| row.to_vec()).collect()
}

fn figures() -> Rows<'static> {
    vec![vec!["Mã số", "Chỉ tiêu", "Trong kỳ", "Ghi chú"], vec!["thn.tiep_nhan", "", "5 người", ""]]
}

/// Returns with persons in them, by what is done.
fn shapes() -> BTreeMap<&'static str, Book> {
    let book = || Book::new().cover("2026.1");
    let plain = |_: &mut Worksheet| {};
    let hide = |sheet: &mut Worksheet| {
        sheet.set_hidden(true);
    };
    let mut shapes = BTreeMap::new();
    shapes.insert("a second sheet", book().sheet("Biểu 01", &figures(), plain).sheet("Sheet2", &list(), plain));
    shapes.insert("a hidden sheet", book().sheet("Biểu 01", &figures(), plain).sheet("Sheet2", &list(), hide));
    shapes.insert(
        "a sheet named after the person",
        book().sheet("Biểu 01", &figures(), plain).sheet("Nguyễn Văn Hoắc", &list(), plain),
    );
    shapes.insert(
        "a sheet without cells named after the person",
        book().sheet("Biểu 01", &figures(), plain).sheet("Trần Thị Zzmẫu", &vec![], plain),
    );
    let no_heading = list()[1..].to_vec();
    shapes.insert("no heading", book().sheet("Biểu 01", &figures(), plain).sheet("Sheet2", &no_heading, plain));
    let numbers = LIST[1..].iter().map(|row| vec![row[3]]).collect();
    shapes.insert("numbers only", book().sheet("Biểu 01", &figures(), plain).sheet("Sheet2", &numbers, plain));
    let names = LIST[1..].iter().map(|row| vec![row[1]]).collect();
    shapes.insert("names only", book().sheet("Biểu 01", &figures(), plain).sheet("Sheet2", &names, plain));
    let split = vec![vec!["STT", "Họ và", "Năm"], vec!["", "tên", "sinh"], vec!["1", "Hoắc", "1987"]];
    shapes.insert("headings over two rows", book().sheet("Biểu 01", &figures(), plain).sheet("Sheet2", &split, plain));
    let mut below = figures();
    below.extend(list());
    shapes.insert("under the figures", book().sheet("Biểu 01", &below, plain));
    let mut noted = figures();
    noted[1][3] = "Nguyễn Văn Hoắc, SN 1987";
    shapes.insert("in Ghi chú", book().sheet("Biểu 01", &noted, plain));
    let mut valued = figures();
    valued[1][2] = "Nguyễn Văn Hoắc";
    shapes.insert("in a cell for a number", book().sheet("Biểu 01", &valued, plain));
    let comment = |sheet: &mut Worksheet| {
        sheet.insert_note(1, 2, &Note::new("gồm Nguyễn Văn Hoắc, CCCD 001090012345")).unwrap();
    };
    shapes.insert("in a comment", book().sheet("Biểu 01", &figures(), comment));
    let hidden = |sheet: &mut Worksheet| {
        sheet.set_row_hidden(0).unwrap();
        sheet.set_column_hidden(1).unwrap();
    };
    shapes.insert("in hidden rows and columns", book().sheet("Biểu 01", &figures(), plain).sheet("S", &list(), hidden));
    let cover_names: Rows = vec![vec!["Mã đơn vị", "'99001"], vec!["Họ và tên", "Năm sinh"], vec!["Hoắc", "1987"]];
    shapes.insert("without a cover", Book::new().sheet("Biểu 00", &cover_names, plain));
    shapes
}

fn markers_in(text: &str) -> Vec<&'static str> {
    MARKERS.into_iter().filter(|marker| text.contains(marker)).collect()
}

#[test]
fn a_return_with_persons_in_it_is_sent_back_and_quotes_nothing() {
    for (shape, book) in shapes() {
        let read = book.read();
        assert!(read.rules().contains(&"personal-data"), "{shape}: {:?}", read.rules());
        for ret in &read.0.returns {
            assert_eq!((ret.outcome, ret.entries.len()), (Outcome::Returned, 0), "{shape}");
        }
        assert_eq!(markers_in(&format!("{:?}", read.0)), Vec::<&str>::new(), "{shape}");
    }
}

/// Every byte of a folder that could say something: texts as they are, packages unpacked.
fn everything(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (name, bytes) in files {
        if bytes.starts_with(b"PK") {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            for at in 0..archive.len() {
                let mut part = archive.by_index(at).unwrap();
                let mut content = Vec::new();
                part.read_to_end(&mut content).unwrap();
                let part = format!("{name}/{}", part.name().unwrap());
                texts.insert(part, String::from_utf8_lossy(&content).into_owned());
            }
        } else {
            texts.insert(name.clone(), String::from_utf8_lossy(bytes).into_owned());
        }
    }
    texts
}

#[test]
fn no_byte_of_a_person_reaches_any_output() {
    let mut input = cut(|file| file.contains("2026-Q1/99003"));
    for (at, (_, book)) in shapes().into_iter().enumerate() {
        input.insert(format!("returns/2026/2026-Q1/{at}.xlsx"), book.bytes());
    }
    let place = place(&input);
    let built = tongket(place.path(), &["build", "--as-of", "2027-01-20"]);
    let checked = tongket(place.path(), &["check", "--json", "input/returns"]);
    let told = tongket(place.path(), &["check", "input/returns"]);
    assert_eq!(
        (built.status.code(), checked.status.code()),
        (Some(1), Some(1)),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let mut outputs = files(place.path());
    outputs.retain(|name, _| !name.starts_with("input/returns/"));
    assert!(outputs.keys().any(|name| name.ends_with(".xlsx") && !name.starts_with("input/")));
    for (name, output) in [("build", &built), ("check --json", &checked), ("check", &told)] {
        outputs.insert(name.to_owned(), [output.stdout.as_slice(), &output.stderr].concat());
    }
    assert!(String::from_utf8_lossy(&told.stdout).contains("personal-data"));
    for (name, text) in everything(&outputs) {
        assert_eq!(markers_in(&text), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn neither_the_sample_nor_a_blank_form_is_taken_for_a_list() {
    let place = place(&files(&crate::support::sample()));
    let forms = tongket(place.path(), &["template", "--period", "2026-Q4", "--all", "--out", "bieu-mau"]);
    assert!(forms.status.success());
    for folder in ["input/returns", "bieu-mau"] {
        let told = tongket(place.path(), &["check", "--json", folder]);
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.len() > 1000 && !told.contains("personal-data"), "{folder}");
    }
}
