//! What is written can be read back; what was tampered with cannot.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::figures::Quantity;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn place(area: &str, period: &str, measure: &str) -> (Area, Period, MeasureCode) {
    let area = match area.len() {
        2 => Area::Province(area.into()),
        5 => Area::Unit(area.into()),
        _ => Area::Group(area.into()),
    };
    (area, period.parse().unwrap(), measure.into())
}

fn shown(value: Quantity) -> Printed {
    Printed { value: Some(value), status: ObsStatus::A, conf: ConfStatus::F, reported: 3, due: 3 }
}

const HIDDEN: Printed = Printed { value: None, status: ObsStatus::Q, conf: ConfStatus::C, reported: 1, due: 1 };

fn counted(sha256: &str, values: &[(&str, i64)]) -> Counted {
    let values = values.iter().map(|(item, value)| (MeasureCode::from(*item), *value)).collect();
    Counted { sha256: sha256.into(), values }
}

fn first() -> Publication {
    let sources = Sources { as_of: day("2027-07-10"), inputs: "a".into(), ..Sources::default() };
    Publication {
        number: 1,
        published: day("2027-07-15"),
        as_of: day("2027-07-10"),
        build_id: "1234567".into(),
        note: "Sơ kết 6 tháng: \"bản 1\" \\ gửi\nUBND".into(),
        sources,
        files: 12,
        seal: "s".into(),
        entry: String::new(),
        printed: [
            (place("99", "2027-Q1", "thn.a"), shown(Quantity::Whole(-41))),
            (place("99", "2027-Q1", "thn.tl"), shown(Quantity::Ratio { numerator: 3, denominator: 40 })),
            (place("99001", "2027", "thn.a"), HIDDEN),
            (place("mien_nui", "2026-2028", "bv.b"), shown(Quantity::Whole(7))),
        ]
        .into(),
        counted: [
            (("99001".into(), "2027-Q1".parse().unwrap()), counted("aa", &[("thn.a", 4), ("thn.b", 0)])),
            (("99002".into(), "2027-Q1".parse().unwrap()), counted("bb", &[("thn.a", 9)])),
            (("99003".into(), "2027-Q1".parse().unwrap()), counted("cc", &[])),
        ]
        .into(),
    }
}

/// Everything can happen to a cell and a return: it changes, goes, comes, or stays.
fn second() -> Publication {
    let mut second = first();
    second.number = 2;
    second.published = day("2027-10-15");
    second.build_id = "89abcde".into();
    second.note = String::new();
    second.sources.inputs = "b".into();
    second.printed.insert(place("99", "2027-Q1", "thn.a"), HIDDEN);
    second.printed.remove(&place("99", "2027-Q1", "thn.tl"));
    second.printed.insert(place("99", "2027-Q2", "thn.a"), shown(Quantity::Whole(5)));
    second.counted.insert(("99001".into(), "2027-Q1".parse().unwrap()), counted("dd", &[("thn.a", 5)]));
    second.counted.remove(&("99002".into(), "2027-Q1".parse().unwrap()));
    second
}

/// A ledger of both publications on the disk.
fn written() -> (tempfile::TempDir, Ledger) {
    let input = tempfile::tempdir().unwrap();
    append(input.path(), &Ledger::default(), &first()).unwrap();
    append(input.path(), &read(input.path()).unwrap(), &second()).unwrap();
    let ledger = read(input.path()).unwrap();
    (input, ledger)
}

fn entry(input: &Path, number: usize) -> PathBuf {
    input.join(FOLDER).join(["0001-2027-07-15", "0002-2027-10-15"][number - 1])
}

fn damage(input: &Path) -> String {
    read(input).unwrap_err().to_string()
}

#[test]
fn no_folder_is_an_empty_ledger() {
    assert_eq!(read(tempfile::tempdir().unwrap().path()).unwrap(), Ledger::default());
}

#[test]
fn what_was_appended_is_replayed_from_the_differences() {
    let (input, ledger) = written();
    let mut expected = vec![first(), second()];
    // Control signs do not survive a note.
    expected[0].note = expected[0].note.replace('\n', " ");
    for (publication, expected) in ledger.publications.iter().zip(&mut expected) {
        expected.entry = publication.entry.clone();
        assert_eq!(publication, expected);
    }
    let rows = |number| fs::read_to_string(entry(input.path(), number).join(PRINTED)).unwrap().lines().count() - 1;
    assert_eq!((rows(1), rows(2)), (4, 3), "only what differs is kept");
    let counted = fs::read_to_string(entry(input.path(), 2).join(COUNTED)).unwrap();
    assert_eq!(
        counted,
        "unit,period,sha256,item,value\n99001,2027-Q1,dd,,\n99001,2027-Q1,,thn.a,5\n99002,2027-Q1,,,\n"
    );
}

#[test]
fn a_changed_byte_anywhere_is_found() {
    for number in [1, 2] {
        for name in [MANIFEST, PRINTED, COUNTED] {
            let (input, _) = written();
            let file = entry(input.path(), number).join(name);
            let text = fs::read_to_string(&file).unwrap();
            let changed = match name {
                MANIFEST => text.replace("2027-07-10", "2027-07-11"),
                PRINTED => text.replace(",2027-Q1,thn.a,", ",2027-Q1,thn.c,"),
                _ => text.replace("99001,2027-Q1,,thn.a,", "99001,2027-Q1,,thn.a,1"),
            };
            assert_ne!(text, changed, "{name}");
            fs::write(&file, changed).unwrap();
            let said = damage(input.path());
            assert!(said.contains(&format!("{number:04}-")) && said.contains(name), "{said}");
            assert!(said.contains("đã bị sửa") && said.contains("bản sao lưu"), "{said}");
        }
    }
}

#[test]
fn a_forged_entry_does_not_fit_the_next_one() {
    let (input, _) = written();
    fs::remove_dir_all(entry(input.path(), 1)).unwrap();
    append(input.path(), &Ledger::default(), &Publication { note: "khác".into(), ..first() }).unwrap();
    assert!(damage(input.path()).contains("không nối tiếp"));
}

#[test]
fn a_gap_a_strange_file_and_a_missing_one_are_told_at_once() {
    let (input, _) = written();
    fs::remove_dir_all(entry(input.path(), 1)).unwrap();
    assert!(damage(input.path()).contains("chỗ của lần công bố số 1"));

    let (input, _) = written();
    fs::write(input.path().join(FOLDER).join("ghi chú.txt"), "").unwrap();
    fs::write(entry(input.path(), 1).join("printed (2).csv"), "").unwrap();
    fs::remove_file(entry(input.path(), 2).join(COUNTED)).unwrap();
    let said = damage(input.path());
    for part in ["ghi chú.txt: không phải", "printed (2).csv: tệp lạ", "0002-2027-10-15/counted.csv: thiếu"] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_wrong_row_is_told_with_its_line() {
    let (input, _) = written();
    let file = entry(input.path(), 2).join(PRINTED);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}99002,2027-Q7,thn.a,1,,,A,F,1,1\n99003,2027,thn.a,1,,,Q,C,1,1\n")).unwrap();
    let said = damage(input.path());
    assert!(said.contains("printed.csv:5:") && said.contains("printed.csv:6: giá trị không hợp"), "{said}");
}

#[test]
fn a_crash_while_writing_leaves_the_ledger_as_it_was() {
    let (input, before) = written();
    // What a crash before the rename leaves behind.
    let half = input.path().join(FOLDER).join(".0003.moi");
    fs::create_dir_all(&half).unwrap();
    fs::write(half.join(PRINTED), "area,per").unwrap();
    assert_eq!(read(input.path()).unwrap(), before);
    let third = Publication { number: 3, published: day("2028-01-20"), ..second() };
    append(input.path(), &before, &third).unwrap();
    assert!(!half.exists());
    assert_eq!(read(input.path()).unwrap().publications.len(), 3);
}

#[test]
fn a_publication_that_does_not_follow_is_not_written() {
    let (input, ledger) = written();
    assert!(append(input.path(), &ledger, &second()).is_err());
    assert_eq!(read(input.path()).unwrap(), ledger);
}

#[test]
fn the_same_sources_are_the_same_edition() {
    let (_, ledger) = written();
    assert_eq!(ledger.before(&second().sources).publications.len(), 1);
    assert_eq!(ledger.before(&first().sources).publications.len(), 0);
    assert_eq!(ledger.before(&Sources::default()).publications.len(), 2);
}
