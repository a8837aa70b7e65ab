//! Promise 2: every number of the internal edition leads to its cells in at most two clicks; the public edition has none of it.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use support::{cut, files, place, said, tongket};

/// Headings of number columns that hold no figure of a return: plans, dates, counts of files, findings and
/// models, and what is worked out on the page from the figures beside it. A new column of figures is made with
/// `view::number`, and needs no place here.
const NO_FIGURES: &[&str] = &[
    "Mục tiêu 2030",
    "Kế hoạch",
    "% kế hoạch",
    "% KH",
    "Khoảng tin cậy",
    "Trên cùng",
    "Mục tiêu đạt",
    "Đạt kế hoạch",
    "Chỉ tiêu đạt kế hoạch",
    "Đơn vị đủ báo cáo",
    "Đã nhận",
    "Báo cáo",
    "Hạn",
    "Ngày nhận",
    "Số bản",
    "Từ ngày",
    "Đến hết ngày",
    "Số mô hình",
    "Đủ năm bước",
    "Đơn vị",
    "Chốt số liệu ngày",
    "Nhận chậm nhất ngày",
    "Đúng hạn",
    "Đơn vị phải nộp",
    "Bình quân",
    "Mục tiêu",
    "Mục tiêu đến 2030",
    "Số kỳ vọng",
    "So với kỳ vọng",
    "Co về mức chung",
    "Độ tin cậy",
    "Do tỷ lệ",
    "Do tỷ trọng",
    "Cộng",
    "Đóng góp vào thay đổi",
];

/// Folders whose tables speak of files, not of figures.
const OF_FILES: &[&str] = &["truy-nguyen", "phan-hoi", "so-nhan", "chat-luong", "tinh-hinh-nop", "tai-ve", "quy-tac"];

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let from = text.find(open)? + open.len();
    Some(&text[from..from + text[from..].find(close)?])
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    between(tag, &format!(" {name}=\""), "\"")
}

/// Text without tags.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => text.push(other),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// Elements of a name in a piece of HTML: attributes and content. They do not nest.
fn elements<'a>(html: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let parts = html.split(&open).skip(1).filter(|part| part.starts_with([' ', '>']));
    parts.map(|part| part.split(&close).next().unwrap().split_once('>').unwrap()).collect()
}

fn span(attributes: &str, name: &str) -> usize {
    attribute(attributes, name).map_or(1, |value| value.parse().unwrap())
}

/// The headings of a table's columns: those of the last row, each once for every column.
fn headings(table: &str) -> Vec<String> {
    let head = between(table, "<thead>", "</thead>").unwrap();
    let rows: Vec<Vec<(&str, &str)>> = elements(head, "tr").iter().map(|(_, row)| elements(row, "th")).collect();
    let told = |content: &str| plain(content.split("<span").next().unwrap());
    let mut below = rows.get(1).into_iter().flatten();
    let mut all = Vec::new();
    for (attributes, content) in &rows[0] {
        if rows.len() == 1 || span(attributes, "rowspan") == 2 {
            all.push(told(content));
        } else {
            all.extend(below.by_ref().take(span(attributes, "colspan")).map(|(_, content)| told(content)));
        }
    }
    all
}

/// The number cells of a page: where they stand, and their content; where the name of the whole row leads to
/// lineage, the content is the name's.
fn numbers(html: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    for (_, table) in elements(html, "table") {
        let Some(caption) = between(table, "<caption", "</caption>") else { continue };
        let caption = plain(caption.split_once('>').unwrap().1);
        if caption.contains("Báo cáo nộp đúng hạn") {
            continue;
        }
        let headings = headings(table);
        let body = between(table, "<tbody>", "</tbody>").unwrap();
        for (_, row) in elements(body, "tr") {
            // A row of planned values under the headings of years.
            let label = elements(row, "th").first().map_or("", |(_, label)| *label);
            let planned = elements(row, "th").iter().any(|(_, label)| plain(label).ends_with(": kế hoạch"));
            let mut at = 1;
            for (attributes, content) in elements(row, "td") {
                let class = attribute(attributes, "class").unwrap_or_default();
                let is_number = class.split(' ').any(|class| class == "n" || class == "mid");
                let heading = headings.get(at).map_or("", String::as_str);
                at += span(attributes, "colspan");
                if is_number && !planned && plain(content).contains(|letter: char| letter.is_ascii_digit()) {
                    let leads = links(label).any(|href| href.contains("truy-nguyen/") && href.contains('#'));
                    found.push((format!("{caption} · {heading}"), if leads { label } else { content }));
                }
            }
        }
    }
    found
}

/// Rows and other elements of a page by anchor, with all that stands in their line.
fn anchors(html: &str) -> BTreeMap<&str, &str> {
    html.lines().filter_map(|line| Some((attribute(line, "id")?, line))).collect()
}

fn links(html: &str) -> impl Iterator<Item = &str> {
    html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap())
}

type Site = BTreeMap<String, Vec<u8>>;

/// The internal edition of the sample, built once.
static INTERNAL: LazyLock<Site> = LazyLock::new(|| edition("internal"));

fn edition(name: &str) -> Site {
    let place = place(&cut(|_| true));
    let output = tongket(place.path(), &["build", "--quiet", "--edition", name]);
    assert!(place.path().join(name).is_dir(), "{}", said(&output));
    files(&place.path().join(name))
}

#[test]
fn every_figure_of_every_table_reaches_a_cell_of_a_file_in_two_clicks() {
    let site = &*INTERNAL;
    let text = |path: &str| std::str::from_utf8(&site[path]).unwrap();
    let pages: Vec<&str> = site.keys().map(String::as_str).filter(|path| path.ends_with(".html")).collect();
    let lineage: BTreeMap<&str, BTreeMap<&str, &str>> =
        pages.iter().filter(|path| path.starts_with("truy-nguyen/")).map(|path| (*path, anchors(text(path)))).collect();

    // The second click: a row of a page of a return that names its cell, on a page that names file, hash and sheet.
    let names_a_cell = |href: &str| -> bool {
        let Some((file, anchor)) = href.split_once('#') else { return false };
        let path = format!("truy-nguyen/{file}");
        let Some(row) = lineage.get(path.as_str()).and_then(|rows| rows.get(anchor)) else { return false };
        let cell = elements(row, "td").first().map(|(_, content)| plain(content)).unwrap_or_default();
        let is_cell = cell.parse::<tongket::vocabulary::CellRef>().is_ok();
        is_cell && text(&path).contains("Mã băm SHA-256") && text(&path).contains("Trang tính ")
    };
    // The first click: a row that leads to such a cell or says why there is none. Figures of areas stand above
    // the units that they are the sum of, on the same page.
    let explains = |target: &str| -> bool {
        let (path, anchor) = target.split_once('#').expect("a number leads to a row");
        let Some(row) = lineage.get(path).and_then(|rows| rows.get(anchor)) else { return false };
        let of_area = !anchor.as_bytes()[0].is_ascii_digit();
        let of_return = anchor.starts_with("thon-") || anchor == "mo-hinh";
        let place = if of_area { text(path) } else { row };
        of_return || links(place).any(names_a_cell) || place.contains("class=\"sign\"")
    };

    let mut targets: BTreeSet<String> = BTreeSet::new();
    let mut unlinked: BTreeMap<String, String> = BTreeMap::new();
    let mut figures = 0;
    // A print book says on paper what the pages of its period say.
    let is_book = |path: &str| path.ends_with("/in.html");
    let of_figures = |path: &&&str| !OF_FILES.iter().any(|folder| path.starts_with(folder)) && !is_book(path);
    for path in pages.iter().filter(of_figures) {
        for (place, content) in numbers(text(path)) {
            let heading = place.rsplit(" · ").next().unwrap();
            match links(content).find_map(|href| Some(href.split_once("truy-nguyen/")?.1.to_owned())) {
                Some(target) => {
                    figures += 1;
                    targets.insert(format!("truy-nguyen/{target}"));
                }
                None if NO_FIGURES.contains(&heading) => {}
                None => {
                    unlinked.insert(place, format!("{path}: {}", plain(content)));
                }
            }
        }
    }
    assert!(unlinked.is_empty(), "numbers that lead nowhere: {unlinked:#?}");
    assert!(figures > 5_000, "{figures} figures");
    let lost: Vec<&String> = targets.iter().filter(|target| !explains(target)).collect();
    assert!(
        lost.is_empty(),
        "{} rows of {} lead to no cell: {:#?}",
        lost.len(),
        targets.len(),
        &lost[..lost.len().min(20)]
    );

    for (path, bytes) in site.iter().filter(|(path, _)| path.starts_with("truy-nguyen/")) {
        assert!(bytes.len() <= 150_000, "{path} has {} bytes", bytes.len());
    }
}

#[test]
fn the_public_edition_leads_back_to_no_return_and_tells_of_completeness_and_timeliness_alone() {
    let (internal, public) = (&*INTERNAL, &edition("public"));
    for (path, bytes) in public {
        assert!(!path.starts_with("truy-nguyen/"), "{path}");
        let leads_back = path.ends_with(".html") && String::from_utf8_lossy(bytes).contains("truy-nguyen");
        assert!(!leads_back, "{path} leads back to returns");
    }
    let metrics = |site: &Site| -> BTreeSet<String> {
        let lines = std::str::from_utf8(&site["data/quality.csv"]).unwrap().lines().skip(1);
        lines.map(|line| line.split(',').nth(2).unwrap().to_owned()).collect()
    };
    assert_eq!(Vec::from_iter(metrics(public)), ["cells", "lateness", "on_time", "returns"]);
    assert!(metrics(internal).len() > 9, "{:?}", metrics(internal));
    let pages = |site: &Site| site.keys().filter(|path| path.starts_with("chat-luong/")).count();
    assert_eq!(pages(public), 5, "the index and one page for each metric");
    assert!(pages(internal) > 5);
}

/// The returns page of a version that was replaced says so, and where the versions differ.
#[test]
fn a_return_that_does_not_count_says_why_and_leads_to_the_one_that_does() {
    let internal = &*INTERNAL;
    let replaced: Vec<&String> =
        internal.keys().filter(|path| path.starts_with("truy-nguyen/99003-2026-q3-")).collect();
    let [page] = replaced[..] else { panic!("Bến Thượng sent the third quarter twice: {replaced:?}") };
    let html = std::str::from_utf8(&internal[page]).unwrap();
    assert!(html.contains("Không được tính: đã được thay bằng"));
    assert!(links(html).any(|href| href.ends_with("99003-2026-q3.html")));
    assert!(html.contains("Không được tính vào số nào"));
    let counts = std::str::from_utf8(&internal["truy-nguyen/99003-2026-q3.html"]).unwrap();
    assert!(counts.contains("Chỗ khác với bản đang tính") && counts.contains("Bản đang được tính"));
}
