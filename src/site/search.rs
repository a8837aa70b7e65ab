//! What can be found by name: units, measures, plans, periods, models, pages, methods and rules.
//!
//! The list on the search page and what its script looks through are the same
//! entries. Folding of accents and ranking are the script's (`tim.js`).

use serde::Serialize;

use crate::release::Model;
use crate::site::Page;
use crate::site::book::{Book, bare};
use crate::site::page;
use crate::site::view::method_contents;
use crate::site::words;
use crate::vocabulary::PeriodKind;
use crate::vocabulary::number::whole;
use crate::vocabulary::text::sort_key;

/// Entries of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Anchor on the search page.
    pub id: &'static str,
    /// What its entries are.
    pub title: &'static str,
    /// The entries, in reading order.
    pub entries: Vec<Entry>,
}

/// The group of models.
pub const MODELS: &str = "mo-hinh";

/// One thing that has a place on the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its name.
    pub title: String,
    /// A few words that tell it from others of that name.
    pub note: String,
    /// Where it is, from the root of the site.
    pub href: String,
    /// Other words it is looked for by; not shown.
    pub keys: String,
}

impl Group {
    /// The group with what stands for its entries in their place.
    pub fn instead(self, title: &str, href: &str) -> Self {
        let note = format!("{} mục", whole(self.entries.len() as i64));
        Self { entries: vec![Entry { note, ..Entry::new(title, href) }], ..self }
    }
}

impl Entry {
    fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: title.into(), note: String::new(), href: href.into(), keys: String::new() }
    }

    fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    fn keys(self, keys: impl Into<String>) -> Self {
        Self { keys: keys.into(), ..self }
    }
}

/// Pages that are one of a kind: name, path, other words for it. The periods, plans and units have groups of their own.
const PAGES: &[(&str, &str, &str)] = &[
    ("Điều hành", page::HOME, "trang chủ tổng hợp lãnh đạo"),
    ("Kỳ báo cáo", page::PERIODS, "quý năm sơ kết tổng kết"),
    ("Danh mục chỉ tiêu", page::MEASURES, "mã số"),
    ("Danh sách xã, phường, đặc khu", page::UNITS, "đơn vị"),
    ("So sánh", page::COMPARE, "đối chiếu giữa các đơn vị"),
    ("Bảng nhiệt", page::HEAT, "các đơn vị theo các chỉ tiêu"),
    ("Kế hoạch", page::PLANS, "công việc hội nghị"),
    ("Tiến độ đến năm cuối", page::PROGRESS, "chỉ tiêu kế hoạch đạt 2030"),
    ("Sổ mô hình", page::MODELS, "năm bước đánh giá xếp loại"),
    ("Tình hình nộp báo cáo", page::RETURNS, "chưa nộp muộn đúng hạn"),
    ("Chất lượng số liệu", page::QUALITY, "lỗi cảnh báo phát hiện"),
    ("Đính chính, lần công bố", page::REVISIONS, "điều chỉnh số liệu"),
    ("Quy tắc kiểm tra", page::RULES, "lỗi cảnh báo"),
    ("Phương pháp", page::METHOD, "cách tính"),
    ("Bảng nhiệt", page::HEAT, "xã chỉ tiêu so sánh"),
    ("Trình chiếu", page::SLIDES, "hội nghị slide bản in"),
    ("Giới thiệu", page::GUIDE, "hướng dẫn các bước lệnh"),
    ("Ký hiệu", page::SIGNS, "viết tắt trạng thái"),
    ("Tải về", page::DOWNLOADS, "excel csv tệp số liệu"),
];

/// Pages of the internal edition alone.
const INTERNAL: &[(&str, &str, &str)] = &[
    ("Sổ nhận báo cáo", page::RECEIPTS, "tệp đã nhận giấy xác nhận"),
    ("Truy nguyên", page::LINEAGES, "nguồn gốc số liệu ô biểu"),
];

/// Everything, group by group.
pub fn groups(book: &Book<'_>) -> Vec<Group> {
    let group = |id, title, entries| Group { id, title, entries };
    let groups = vec![
        group("trang", "Các trang", pages(book)),
        group("don-vi", "Xã, phường, đặc khu", units(book)),
        group("chi-tieu", "Chỉ tiêu", measures(book)),
        group("ke-hoach", "Kế hoạch", plans(book)),
        group("ky", "Kỳ báo cáo", periods(book)),
        group(MODELS, "Mô hình", models(book)),
        group("phuong-phap", "Phương pháp", methods(book)),
        group("quy-tac", "Quy tắc kiểm tra", rules(book)),
    ];
    groups.into_iter().filter(|group| !group.entries.is_empty()).collect()
}

/// The same as a classic script: `window.traCuu = […]`, which a page opened from disk may read.
pub fn script(book: &Book<'_>) -> Page {
    let groups = groups(book);
    let rows = |group: &Group| -> Vec<[String; 4]> {
        group.entries.iter().cloned().map(|entry| [entry.title, entry.href, entry.note, entry.keys]).collect()
    };
    let told: Vec<(&str, Vec<[String; 4]>)> = groups.iter().map(|group| (group.title, rows(group))).collect();
    let json = serde_json::to_string(&told).expect("lists of text are always JSON");
    Page { path: page::SEARCH_INDEX.into(), bytes: format!("window.traCuu = {json};\n").into_bytes() }
}

fn pages(book: &Book<'_>) -> Vec<Entry> {
    let internal = if book.is_public() { &[] } else { INTERNAL };
    PAGES.iter().chain(internal).map(|(title, href, keys)| Entry::new(*title, *href).keys(*keys)).collect()
}

fn units(book: &Book<'_>) -> Vec<Entry> {
    let entry = |unit: &&crate::definitions::Unit| {
        let (_, former) = unit.names.split_last().expect("a unit has a name");
        let mut before: Vec<String> = former.iter().map(|name| name.name.clone()).collect();
        let made_of = book.boundaries.touching(&unit.code).filter(|one| one.after.contains(&unit.code));
        let codes = made_of.flat_map(|one| &one.before).filter(|code| **code != unit.code);
        before.extend(codes.filter_map(|code| book.unit(code)).map(|unit| unit.name().to_owned()));
        let mut note = format!("mã {}", unit.code);
        if !before.is_empty() {
            note.push_str(&format!(", trước là {}", words::list(&before)));
        }
        let groups: Vec<&str> =
            unit.groups.iter().filter_map(|id| book.definitions().site.groups.get(id)).map(String::as_str).collect();
        Entry::new(unit.name(), page::unit(unit)).note(note).keys(groups.join(" "))
    };
    book.units.iter().map(entry).collect()
}

fn measures(book: &Book<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = book
        .measures
        .iter()
        .map(|measure| {
            let own = measure.counts.as_ref().unwrap_or(&measure.code);
            let told = measure.place.contains(measure.code.as_str());
            let note = if told { measure.place.clone() } else { format!("mã {}", measure.code) };
            Entry::new(&measure.title, page::measure(own))
                .note(note)
                .keys(format!("{} {}", measure.short, measure.theme))
        })
        .collect();
    sort(&mut entries);
    entries
}

fn plans(book: &Book<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = book
        .definitions()
        .plans
        .iter()
        .map(|plan| {
            Entry::new(&plan.short, page::plan(&plan.id))
                .note(format!("{}, {}", plan.number, plan.date))
                .keys(format!("{} {} {}", plan.title, plan.issuer, plan.id))
        })
        .collect();
    sort(&mut entries);
    entries
}

/// Latest first. A quarter is looked for by its Arabic number too.
fn periods(book: &Book<'_>) -> Vec<Entry> {
    let entry =
        |period: crate::vocabulary::Period| {
            let number = match period.kind() {
                PeriodKind::Quarter => format!(" quý {} q{0}", period.number()),
                _ => String::new(),
            };
            Entry::new(period.heading(), page::period(period))
                .note(words::days(book.definitions(), period))
                .keys(format!("{}{number} {}", period.slug(), period.short()))
        };
    book.periods().rev().map(entry).collect()
}

fn models(book: &Book<'_>) -> Vec<Entry> {
    let entry = |model: &Model| {
        let unit = book.unit(&model.unit)?;
        let name = if model.name.is_empty() { &model.code } else { &model.name };
        Some(
            Entry::new(name, format!("{}#mo-hinh", page::unit(unit)))
                .note(unit.name())
                .keys(format!("{} {}", model.kind, model.plan)),
        )
    };
    let mut entries: Vec<Entry> = book.release.models().iter().filter_map(entry).collect();
    sort(&mut entries);
    entries
}

fn methods(book: &Book<'_>) -> Vec<Entry> {
    method_contents(book)
        .into_iter()
        .map(|[title, question, id]| Entry::new(title, format!("{}#{id}", page::METHOD)).note(question))
        .collect()
}

fn rules(book: &Book<'_>) -> Vec<Entry> {
    let entry = |rule: &crate::release::RuleText| {
        Entry::new(&rule.title, format!("{}#{}", page::RULES, rule.id)).note(format!(
            "{}, {}",
            rule.id,
            rule.severity.title().to_lowercase()
        ))
    };
    book.release.rules().iter().map(entry).collect()
}

/// As a Vietnamese dictionary sorts; alike names by what tells them apart.
fn sort(entries: &mut [Entry]) {
    entries.sort_by_cached_key(|entry| (sort_key(bare(&entry.title)), sort_key(&entry.note)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample::release_merged;

    #[test]
    fn a_unit_is_found_by_the_names_of_what_it_was_made_of() {
        let release = release_merged();
        let book = Book::new(&release, &[]);
        let groups = groups(&book);
        let units = &groups.iter().find(|group| group.id == "don-vi").unwrap().entries;
        let unit = book.unit(&"C".into()).unwrap();
        let entry = units.iter().find(|entry| entry.title == unit.name()).unwrap();
        for code in ["A", "B"] {
            assert!(entry.note.contains(book.unit(&code.into()).unwrap().name()), "{}", entry.note);
        }
    }

    #[test]
    fn the_script_holds_the_entries_of_the_page() {
        let release = release_merged();
        let book = Book::new(&release, &[]);
        let text = String::from_utf8(script(&book).bytes).unwrap();
        let json = text.strip_prefix("window.traCuu = ").and_then(|text| text.strip_suffix(";\n")).unwrap();
        let told: Vec<(String, Vec<[String; 4]>)> = serde_json::from_str(json).unwrap();
        let count = |group: &Group| (group.title.to_owned(), group.entries.len());
        let of_page: Vec<(String, usize)> = groups(&book).iter().map(count).collect();
        let of_script: Vec<(String, usize)> = told.into_iter().map(|(title, rows)| (title, rows.len())).collect();
        assert_eq!(of_script, of_page);
    }
}
