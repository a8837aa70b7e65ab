//! Every phrase, every letter, and laws of the repair.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Encoding, Font, Fonts, Repair, clean, legacy, repair, words};
use crate::intake::workbook::{Cell, CellValue, Sheet, Workbook};
use crate::vocabulary::CellRef;

/// A text alone: repaired by its content, as the only one of a workbook.
fn alone(text: &str) -> String {
    under(&[(text, "")]).remove(0)
}

/// Texts of one sheet with the names of their fonts, one below the other.
fn sheet(texts: &[(&str, &str)]) -> (Sheet, Fonts) {
    let at = |row: usize| CellRef::new(row as u32, 0);
    let cells =
        texts.iter().enumerate().map(|(row, (text, _))| Cell { at: at(row), value: CellValue::Text((*text).into()) });
    let fonts = texts.iter().enumerate().map(|(row, (_, font))| (at(row), Font::named(font)));
    (
        Sheet { cells: cells.collect(), ..Sheet::default() },
        fonts.filter(|(_, font)| *font != Font::Plain).collect::<BTreeMap<_, _>>(),
    )
}

fn repaired(sheets: &[&[(&str, &str)]]) -> Workbook {
    let (sheets, fonts): (Vec<Sheet>, Vec<Fonts>) = sheets.iter().map(|texts| sheet(texts)).unzip();
    let mut workbook = Workbook { sheets, names: Vec::new() };
    repair(&mut workbook, &fonts);
    workbook
}

fn texts(sheet: &Sheet) -> Vec<String> {
    sheet.cells.iter().map(|cell| cell.value.shown()).collect()
}

fn under(cells: &[(&str, &str)]) -> Vec<String> {
    texts(&repaired(&[cells]).sheets[0])
}

/// Whether a text keeps a letter that only an old encoding has.
fn has_legacy_letter(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{a1}'..='\u{ff}') && !super::letters::is_vietnamese_latin(c))
}

#[test]
fn every_phrase_is_read_as_it_was_meant() {
    let mut phrases = csv::Reader::from_reader(include_str!("../../../assets/legacy-encodings/phrases.csv").as_bytes());
    let (mut count, mut wrong) = (0, Vec::new());
    for row in phrases.records() {
        let row = row.unwrap();
        let (encoding, font, source, expected) = (&row[0], &row[1], &row[2], &row[3]);
        let read = under(&[(source, font)]).remove(0);
        if read != expected {
            wrong.push(format!("{font}: {source:?} read as {read:?}"));
        }
        assert!(encoding == "none" || !has_legacy_letter(&read), "{read:?}");
        // Without its font only the capitals are lost.
        let plain = alone(source);
        if plain.to_uppercase() != expected.to_uppercase() {
            wrong.push(format!("alone: {source:?} read as {plain:?}"));
        }
        count += 1;
    }
    assert_eq!(count, 31);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn other_languages_codes_and_numbers_are_left_alone() {
    for text in [
        "Señor Muñoz vivía en la mañana con niños pequeños en España",
        "Müller größer Straße über Fußgänger",
        "Größe und Länge für Köln",
        "À la carte, déjà vu, où est le café, garçon",
        "The naïve résumé of Mr. O'Neil – 100 %",
        "thn.quan_ly_dau_ky",
        "phong.hop@vanhai.gov.vn",
        "https://vanhai.gov.vn/bao-cao",
        "1.234,5",
        "10×20 m², 1½ ngày, 5°",
        "© 2026 UBND xã",
        "«Nhà tôi» · Chung tay",
        "§ 5",
        "Đắk Lắk, Krông Pắc, Ea H'leo",
        "QĐ-UBND, HĐND, UBMTTQ",
        "Uỷ ban nhân dân xã Hoà Bình; Ủy ban nhân dân xã Hòa Bình",
    ] {
        assert_eq!(alone(text), text);
    }
}

#[test]
fn look_alikes_are_replaced_in_vietnamese_words_only() {
    for (typed, meant) in [
        ("Ðồng chí trưởng thôn", "Đồng chí trưởng thôn"),
        ("Quyết định số 12/QÐ-UBND", "Quyết định số 12/QĐ-UBND"),
        ("xã Minh Sơn, ðã nộp", "xã Minh Sơn, đã nộp"),
        ("nƣớc", "nước"),
        ("TRƢỞNG CÔNG AN XÃ", "TRƯỞNG CÔNG AN XÃ"),
    ] {
        assert_eq!(alone(typed), meant);
    }
    assert_eq!(alone("Ðorlákur frá Akureyri"), "Ðorlákur frá Akureyri");
    assert_eq!(alone("em bÐ ®i häc"), "em bé đi học", "in TCVN3 it is é");
}

#[test]
fn a_soft_hyphen_is_a_letter_in_tcvn3_and_nothing_in_unicode() {
    assert_eq!(alone("l\u{ad}u tr÷ hå s¬"), "lưu trữ hồ sơ");
    assert_eq!(alone("t\u{ad} vÊn"), "tư vấn");
    assert_eq!(alone("thông tin tuyên truy\u{ad}ền"), "thông tin tuyên truyền");
}

#[test]
fn capitals_exist_only_in_the_name_of_the_font() {
    let cells = [
        ("tæ chøc tÝn dông", ".VnTimeh"),
        ("thu chi", ".VnTimeH"),
        ("thn.quan_ly_dau_ky", ".VnTimeH"),
        ("tt.buoi", ".VnTimeH"),
        ("tæ chøc", ".VnTime"),
    ];
    assert_eq!(under(&cells), ["TỔ CHỨC TÍN DỤNG", "THU CHI", "thn.quan_ly_dau_ky", "tt.buoi", "tổ chức"]);
    // Text that was converted keeps the case it was typed in.
    assert_eq!(under(&[("Tổ chức tín dụng", ".VnTimeH"), ("Cho vay", ".VnTimeH")]), ["Tổ chức tín dụng", "Cho vay"]);
}

#[test]
fn what_reads_well_in_two_encodings_goes_with_its_sheet() {
    let tcvn3 = [("Céng hßa x· héi", ""), ("Lò", ""), ("Hoa Kú", ""), ("®", "")];
    let vni = [("Ngaân saùch xaõ", ""), ("Hoà", ""), ("Lò", "")];
    let unicode = [("Cộng hòa xã hội", ""), ("Lò", ""), ("Hoa Kú", ""), ("Hoà", "")];
    let workbook = repaired(&[&tcvn3, &vni, &unicode, &[("Lò", "")]]);
    assert_eq!(texts(&workbook.sheets[0]), ["Cộng hòa xã hội", "Lũ", "Hoa Kỳ", "đ"]);
    assert_eq!(texts(&workbook.sheets[1]), ["Ngân sách xã", "Hồ", "Lị"]);
    assert_eq!(texts(&workbook.sheets[2]), ["Cộng hòa xã hội", "Lò", "Hoa Kú", "Hoà"]);
    // A sheet that says nothing goes with the workbook; of equals Unicode.
    assert_eq!(texts(&workbook.sheets[3]), ["Lò"]);
    let workbook = repaired(&[&tcvn3, &[("Lò", "")]]);
    assert_eq!(texts(&workbook.sheets[1]), ["Lũ"]);
}

#[test]
fn a_font_decides_where_nothing_else_does_and_is_not_believed_otherwise() {
    assert_eq!(under(&[("Lò", ".VnTime")]), ["Lũ"]);
    assert_eq!(under(&[("Hoà", "VNI-Times")]), ["Hồ"]);
    let converted = [("Cộng hòa xã hội", ".VnTime"), ("Lò", ".VnTime"), ("Xã", ".VnTime")];
    assert_eq!(under(&converted), ["Cộng hòa xã hội", "Lò", "Xã"]);
    assert_eq!(under(&[("Ngaân saùch xaõ", ".VnTime"), ("C«ng nghiÖp", "VNI-Times")]), ["Ngân sách xã", "Công nghiệp"]);
}

#[test]
fn names_of_sheets_are_repaired_and_defined_names_follow() {
    let (cover, _) = sheet(&[("Céng hßa x· héi", "")]);
    let cover = Sheet { name: "BiÓu 00".into(), ..cover };
    let names = vec![("phien_ban_bieu_mau".to_owned(), "'BiÓu 00'!$B$8".to_owned())];
    let mut workbook = Workbook { sheets: vec![cover], names };
    repair(&mut workbook, &[Fonts::new()]);
    assert_eq!((workbook.sheets[0].name.as_str(), workbook.names[0].1.as_str()), ("Biểu 00", "'Biểu 00'!$B$8"));
    let a1 = Some(CellRef::new(0, 0));
    assert_eq!(workbook.sheets[0].repairs, [(None, Repair::Tcvn3), (a1, Repair::Tcvn3)]);
}

#[test]
fn letters_that_nothing_explains_are_told() {
    let workbook =
        repaired(&[&[("X\u{fffd} An Th\u{fffd}nh", ""), ("Thôn Größe", ""), ("Thôn Đông", ""), ("X· An", "")]]);
    let told: Vec<u32> = workbook.sheets[0].unreadable.iter().map(|at| at.row).collect();
    assert_eq!(told, [0, 1]);
}

/// A Vietnamese phrase of words from the names of communes.
fn phrase() -> impl Strategy<Value = String> {
    let names = include_str!("../../../assets/administrative-units/communes-2025.csv");
    let words: Vec<&str> =
        names.lines().skip(1).filter_map(|line| line.split(',').nth(5)).flat_map(str::split_whitespace).collect();
    proptest::collection::vec(proptest::sample::select(words), 1..8).prop_map(|words| words.join(" "))
}

/// Text of all the letters that matter here.
fn mess() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            "[a-zA-Z]{1,3}",
            "[\u{a0}-\u{ff}]{1,2}",
            "[0-9.,]{1,3}",
            "[ăâđêôơưạảấầẩẫậệộợựĐ]",
            "[ \u{ad}\u{300}\u{301}\u{200b}\u{f076}\u{fffd}@_]",
        ],
        0..12,
    )
    .prop_map(|parts| parts.concat())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

proptest! {
    #[test]
    fn repaired_text_needs_no_repair(text in mess()) {
        let once = alone(&clean(&text).0);
        prop_assert_eq!(clean(&once).0, once.as_str());
        prop_assert_eq!(&alone(&once), &once);
    }

    #[test]
    fn digits_are_never_made_nor_lost(text in mess(), font in prop_oneof!["", ".VnTime", ".VnTimeH", "VNI-Times"]) {
        let cleaned = clean(&text).0.into_owned();
        prop_assert_eq!(digits(&cleaned), digits(&text));
        prop_assert_eq!(digits(&under(&[(&cleaned, &font)])[0]), digits(&text));
    }

    #[test]
    fn vietnamese_in_unicode_is_never_changed(text in phrase()) {
        prop_assert_eq!(clean(&text).0, text.as_str());
        prop_assert!(!words::is_suspect(&text) , "{}", text);
        prop_assert_eq!(&alone(&text), &text);
        // Beside text in TCVN3 it is as sure of itself, unless each word might be either.
        let judgement = legacy::judge(&text);
        prop_assert!(!matches!(judgement, legacy::Judgement::Sure(Some(_))), "{:?}", judgement);
    }

    #[test]
    fn vietnamese_typed_in_tcvn3_reads_as_itself(text in phrase()) {
        let typed = typed_in(Encoding::Tcvn3, &text);
        prop_assume!(legacy::judge(&typed) == legacy::Judgement::Sure(Some(Encoding::Tcvn3)));
        prop_assert_eq!(alone(&typed).to_lowercase(), text.to_lowercase());
    }
}

/// The text as someone without Unicode would have typed it. TCVN3 has capitals of ĂÂÊÔƠƯĐ only.
fn typed_in(encoding: Encoding, text: &str) -> String {
    let typed = |c: char| -> String {
        let of = |c: char| {
            let is_it = |from: &String| encoding.read(from) == Some(c.to_string());
            let signs = || ('\u{a1}'..='\u{ff}').map(String::from);
            let pairs = "aeouyôöAEOUYÔÖ".chars().flat_map(|base| signs().map(move |mark| format!("{base}{mark}")));
            signs().chain(pairs).find(is_it)
        };
        of(c).or_else(|| of(c.to_lowercase().next()?)).unwrap_or_else(|| c.to_string())
    };
    let mut known = BTreeMap::new();
    text.chars()
        .map(|c| if c.is_ascii() { c.to_string() } else { known.entry(c).or_insert_with(|| typed(c)).clone() })
        .collect()
}

#[test]
fn the_name_of_every_commune_is_read_from_tcvn3_and_vni() {
    let list = include_str!("../../../assets/administrative-units/communes-2025.csv");
    let names: Vec<&str> = list.lines().skip(1).filter_map(|line| line.split(',').nth(5)).collect();
    assert_eq!(names.len(), 3321);
    for encoding in [Encoding::Tcvn3, Encoding::Vni] {
        let all = typed_in(encoding, &names.join("\n"));
        let typed: Vec<&str> = all.lines().collect();
        let wrong = |read: &[String]| -> Vec<String> {
            let pairs = read.iter().zip(&names).filter(|(read, name)| read.to_lowercase() != name.to_lowercase());
            pairs.map(|(read, name)| format!("{name}: {read}")).collect()
        };
        let read: Vec<String> = typed.iter().map(|text| alone(text)).collect();
        let alone = wrong(&read);
        assert!(alone.len() * 100 <= names.len(), "{encoding:?} alone: {} {alone:?}", alone.len());
        let cells: Vec<(&str, &str)> = typed.iter().map(|text| (*text, "")).collect();
        assert_eq!(wrong(&under(&cells)), Vec::<String>::new(), "{encoding:?} in one sheet");
    }
}
