//! The whole site of a small release: what holds for every page.

mod sample;
mod workbooks;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tongket::site::{Page, Templates, render};
use tongket::vocabulary::Edition;

/// Every file of the site.
fn all(edition: Edition) -> Vec<Page> {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("site-templates");
    let pages = Mutex::new(Vec::new());
    let put = |page| {
        pages.lock().unwrap().push(page);
        Ok(())
    };
    render(&sample::release(edition), &Templates::load(&templates).unwrap(), &put).unwrap();
    pages.into_inner().unwrap()
}

fn site(edition: Edition) -> BTreeMap<String, String> {
    files(edition).into_iter().filter(|(path, _)| path.ends_with(".html")).collect()
}

/// Every file of text.
fn files(edition: Edition) -> BTreeMap<String, String> {
    let pages = all(edition);
    // A copy to look at with a browser.
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(edition.code());
    for Page { path, bytes } in &pages {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    pages.into_iter().filter_map(|page| Some((page.path, String::from_utf8(page.bytes).ok()?))).collect()
}

/// The values of an attribute in a page.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!(" {name}=\"");
    html.split(&open).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_link_leads_to_a_page_and_every_fragment_to_an_anchor() {
    for edition in [Edition::Internal, Edition::Public] {
        let pages = site(edition);
        let anchors: BTreeMap<&str, BTreeSet<&str>> =
            pages.iter().map(|(path, html)| (path.as_str(), attributes(html, "id").into_iter().collect())).collect();
        for (path, html) in &pages {
            for href in attributes(html, "href") {
                if href.starts_with("data:") {
                    continue;
                }
                let (file, fragment) = href.split_once('#').unwrap_or((href, ""));
                let mut parts: Vec<&str> = path.split('/').collect();
                parts.pop();
                for part in file.split('/').filter(|part| !part.is_empty()) {
                    if part == ".." {
                        parts.pop().map(|_| ()).expect("a link stays inside the site")
                    } else {
                        parts.push(part)
                    }
                }
                let target = if file.is_empty() { path.clone() } else { parts.join("/") };
                // The answers to files are not the site's own; publishing verifies the links to them too.
                if target.ends_with(".html") && !target.starts_with("phan-hoi/") {
                    let found = anchors.get(target.as_str()).unwrap_or_else(|| panic!("{path} leads to {target}"));
                    assert!(fragment.is_empty() || found.contains(fragment), "{path} leads to {target}#{fragment}");
                }
            }
        }
    }
}

#[test]
fn every_page_says_that_its_figures_are_invented_and_in_which_build() {
    let release = sample::release(Edition::Public);
    for (path, html) in site(Edition::Public) {
        assert!(html.contains("SỐ LIỆU MINH HỌA") && html.contains(release.build_id()), "{path}");
    }
}

#[test]
fn ids_are_unique_on_a_page() {
    for (path, html) in site(Edition::Internal) {
        let ids = attributes(&html, "id");
        let unique: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{path}: {ids:?}");
    }
}

#[test]
fn no_cell_of_a_table_is_empty() {
    for (path, html) in site(Edition::Public) {
        for empty in ["<td></td>", "\"></td>", "\"row\"></th>"] {
            assert!(!html.contains(empty), "{path}");
        }
    }
}

/// The text of a page without its tags, with single spaces.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn no_page_judges_or_ranks_units() {
    for edition in [Edition::Internal, Edition::Public] {
        for (path, html) in site(edition) {
            let text = text(&html).to_lowercase();
            for word in ["yếu kém", "kém nhất", "đứng cuối", "đứng đầu", "xếp thứ", "tốt nhất", "hạng nhất"]
            {
                assert!(!text.contains(word), "{path} says “{word}”");
            }
        }
    }
    let pages = site(Edition::Internal);
    // Units stand by name in each of their tables: An Thịnh, Bến Thượng, Minh Sơn.
    for page in ["chi-tieu/thn-tl-viec-lam.html", "chi-tieu/bv-tin-bao.html", "chi-tieu/thn-vay-so-tien.html"] {
        let (_, among) = pages[page].split_once("id=\"don-vi\"").unwrap();
        let among = among.split("</section>").next().unwrap();
        let (_, rows) = among.split_once("<tbody>").unwrap();
        for group in rows.split("class=\"sub\"") {
            let at = |name: &str| group.find(name);
            let places: Vec<usize> =
                ["An Thịnh</a>", "Bến Thượng</a>", "Minh Sơn</a>"].into_iter().filter_map(at).collect();
            assert!(places.is_sorted(), "{page}: {places:?}");
        }
    }
}

#[test]
fn the_indicator_page_has_funnel_trend_and_control_chart() {
    let pages = site(Edition::Internal);
    let page = &pages["chi-tieu/bv-tin-bao.html"];
    assert!(page.contains("pheu-bv-tin-bao-w") && page.contains("pheu-bv-tin-bao-n"));
    assert!(page.contains("kiem-soat-bv-tin-bao-w") && text(page).contains("(15 quý, từ quý I/2026 đến quý III/2029)"));
    let money = &pages["chi-tieu/thn-vay-so-tien.html"];
    assert!(!money.contains("pheu-") && text(money).contains("Số tuyệt đối, không so sánh giữa các xã."));
}

#[test]
fn the_examples_of_the_method_page_are_what_the_functions_give() {
    use tongket::statistics::change::mid_p;
    use tongket::statistics::control::xmr;
    use tongket::statistics::interval::{Confidence, count, wilson};
    use tongket::statistics::trend::mann_kendall;
    use tongket::vocabulary::number::estimate;

    let pages = site(Edition::Public);
    let page = text(&pages["phuong-phap/index.html"]);
    // The published values of the statistics report, 5.5.
    for published in [
        "1/8 2,24%–47,09%",
        "0/12 0,00%–24,25%",
        "0,62–8,77",
        "4,79–18,39",
        "S: số cặp tăng trừ số cặp giảm 22",
        "155,33",
        "1,685",
        "−0,72 1,94 4,60",
        "−3,06 1,94 6,95",
        "2 chia 37 5,4%",
        "1234567 1.234.567",
    ] {
        assert!(page.contains(published), "{published}");
    }
    // And what the functions give now.
    let percent = |(low, high): (f64, f64)| format!("{}%–{}%", estimate(100.0 * low, 2), estimate(100.0 * high, 2));
    assert!(page.contains(&format!("65/100 {}", percent(wilson(65.0, 100.0, Confidence::P95)))));
    let (low, high) = count(100.0, Confidence::P998);
    assert!(page.contains(&format!("{}–{}", estimate(low, 2), estimate(high, 2))));
    assert!(page.contains(&format!("2 rồi 9 {}%", estimate(100.0 * mid_p(9, 2, (1.0, 1.0)), 1))));
    let test = mann_kendall(&[10.0, 10.0, 10.0, 5.0, 10.0, 20.0, 18.0, 17.0, 15.0, 24.0, 15.0]).unwrap();
    assert!(page.contains(&format!("Khả năng do ngẫu nhiên {}%", estimate(100.0 * test.p, 1))));
    let wild = [1.0, 2.0, 1.0, 2.0, 10.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0];
    assert!(page.contains(&estimate(xmr(&wild, true).unwrap().upper, 2)));
    // Every section of the contents is there.
    assert_eq!(pages["phuong-phap/index.html"].matches("Trường hợp riêng</h3>").count(), 15);
}

#[test]
fn hidden_figures_leave_no_mark_in_a_funnel() {
    let release = sample::release(Edition::Public);
    let pages = site(Edition::Public);
    let current = release.current();
    for info in release.measures() {
        let path = format!("chi-tieu/{}.html", info.code.as_str().replace(['.', '_'], "-"));
        let Some(page) = pages.get(&path) else { continue };
        let Some((_, chart)) = page.split_once("id=\"pheu-") else { continue };
        let drawing = chart.split("</svg>").next().unwrap();
        let marks = drawing.matches("<circle").count() + drawing.matches("<polygon").count();
        let units = release.definitions().units.units.keys();
        let shown = units.filter(|unit| {
            let area = tongket::vocabulary::Area::Unit((*unit).clone());
            release.figure(&area, current, &info.code).value.is_some()
        });
        assert!(marks <= shown.count(), "{path}");
    }
}

#[test]
fn every_page_that_is_one_of_a_kind_is_found_by_name() {
    for edition in [Edition::Internal, Edition::Public] {
        let pages = site(edition);
        let listed: BTreeSet<&str> = attributes(&pages["tra-cuu.html"], "href").into_iter().collect();
        let one_of_a_kind = |path: &&String| path.matches('/').count() <= 1 && path.ends_with("index.html");
        for path in pages.keys().filter(one_of_a_kind) {
            assert!(listed.contains(path.as_str()), "tra-cuu.html does not list {path}: add it to src/site/search.rs");
        }
    }
}

#[test]
fn the_first_page_leads_with_no_hidden_number() {
    for edition in [Edition::Internal, Edition::Public] {
        let pages = site(edition);
        let (_, keys) = pages["index.html"].split_once("class=\"keys\"").unwrap();
        let keys = text(keys.split("<dl").next().unwrap());
        assert!(!keys.contains('•') && !keys.to_lowercase().contains("không công bố"), "{keys}");
        let findings =
            pages["index.html"].split("class=\"finding\">").skip(1).map(|rest| rest.split('<').next().unwrap());
        assert_eq!(findings.filter(|told| told.contains("không công bố")).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}

#[test]
fn the_heat_map_prints_a_number_or_a_sign_in_each_cell_and_tints_no_sign() {
    for edition in [Edition::Internal, Edition::Public] {
        let pages = site(edition);
        let units = sample::release(edition).definitions().units.units.len();
        for (path, page) in pages.iter().filter(|(path, _)| path.starts_with("bang-nhiet/")) {
            let (_, body) = page.split_once("<tbody>").unwrap();
            let rows: Vec<&str> = body.split("</tbody>").next().unwrap().split("<tr").skip(1).collect();
            assert_eq!(rows.len(), units + 1, "{path}: each unit once, and the whole");
            for cell in rows.iter().flat_map(|row| row.split("<td").skip(1)) {
                let tinted = (1..=5).any(|band| cell.contains(&format!("class=\"n h{band}\"")));
                assert!(!(tinted && cell.contains("sign")), "{path}: {cell}");
                assert!(!text(&format!("<td{cell}")).is_empty(), "{path}: {cell}");
            }
        }
    }
}

#[test]
fn the_figures_that_scripts_compare_are_those_of_the_data_files() {
    for edition in [Edition::Internal, Edition::Public] {
        let files = files(edition);
        let contents = files["tai-san/so-sanh/muc-luc.js"].strip_prefix("window.soSanh = ").unwrap();
        let contents: serde_json::Value = serde_json::from_str(contents.strip_suffix(";\n").unwrap()).unwrap();
        let places: Vec<&str> =
            contents["places"].as_array().unwrap().iter().map(|place| place["code"].as_str().unwrap()).collect();
        let mut shown: BTreeMap<(String, String, String), String> = BTreeMap::new();
        for (_, text) in files.iter().filter(|(path, _)| path.starts_with("tai-san/so-sanh/nhom-")) {
            let (_, json) = text.split_once(", ").unwrap();
            let told: BTreeMap<String, BTreeMap<String, Vec<String>>> =
                serde_json::from_str(json.strip_suffix(");\n").unwrap()).unwrap();
            for (measure, rows) in told {
                for (place, row) in places.iter().zip(&rows["nam"]) {
                    for (text, year) in row.split('|').zip(2026..) {
                        let text = text.split(['*', '~']).next().unwrap();
                        shown.insert(((*place).into(), year.to_string(), measure.clone()), text.into());
                    }
                }
            }
        }
        let mut compared = BTreeMap::new();
        for row in csv::Reader::from_reader(files["data/facts.csv"].as_bytes()).records() {
            let row = row.unwrap();
            let key = (row[0].to_owned(), row[1].to_owned(), row[2].to_owned());
            let Some(text) = shown.get(&key) else { continue };
            let sign = match &row[6] {
                "Q" => Some("•"),
                "O" => Some("…"),
                "M" => Some("x"),
                _ => None,
            };
            match (sign, &row[4], &row[5]) {
                (Some(sign), ..) => assert_eq!(text, sign, "{key:?}"),
                (None, "", "") => {
                    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '−').collect();
                    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "−.".contains(c));
                    // Money stands in millions, a class by its title.
                    assert!(!plain || digits == row[3].replace('-', "−") || row[3].len() > 5, "{key:?}: {text}");
                }
                (None, numerator, denominator) => {
                    let percent = tongket::vocabulary::number::percent;
                    let whole = percent(numerator.parse().unwrap(), denominator.parse().unwrap());
                    let small = format!("{numerator}/{denominator}");
                    assert!(whole.as_ref() == Some(text) || small == *text || text == "x", "{key:?}: {text}");
                }
            }
            *compared.entry(row[6].to_owned()).or_insert(0) += 1;
        }
        assert!(compared["A"] > 50, "{compared:?}");
        assert!(edition == Edition::Internal || compared["Q"] > 10, "{compared:?}");
    }
}

#[test]
fn nothing_is_said_of_all_years_while_one_of_them_is_hidden() {
    let release = sample::release(Edition::Public);
    let province = tongket::vocabulary::Area::Province(release.definitions().site.province.clone());
    for (path, page) in site(Edition::Public).iter().filter(|(path, _)| path.starts_with("chi-tieu/")) {
        if !page.contains("Các năm đều đạt kế hoạch") {
            continue;
        }
        let info = release.measures().iter().find(|info| path.contains(&info.code.as_str().replace(['.', '_'], "-")));
        let code = &info.unwrap().code;
        let years = (2026..=release.current().last_year()).map(tongket::vocabulary::Period::year);
        let hidden = years.filter(|year| release.figure(&province, *year, code).status.code() == "Q").count();
        assert_eq!(hidden, 0, "{path}");
    }
}

/// The texts between an opening that begins so and a closing.
fn pieces<'a>(html: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let inside = |rest: &'a str| rest.split_once('>').map_or("", |(_, inside)| inside).split(close).next().unwrap();
    html.split(open).skip(1).map(inside).collect()
}

#[test]
fn every_slide_has_one_short_message_at_most_eight_rows_and_its_place() {
    for edition in [Edition::Internal, Edition::Public] {
        for (path, html) in site(edition) {
            if !path.starts_with("trinh-chieu/") || path.ends_with("index.html") {
                continue;
            }
            let slides = html.matches("<section class=\"slide").count();
            let titles =
                [pieces(&html, "<h1 class=\"msg\"", "</h1>"), pieces(&html, "<h2 class=\"msg\"", "</h2>")].concat();
            assert_eq!(titles.len(), slides, "{path}");
            for title in titles {
                // Twelve words are some eighteen syllables, which is what spaces tell apart.
                let syllables = title.split_whitespace().count();
                assert!((1..=18).contains(&syllables), "{path}: {title}");
            }
            for table in pieces(&html, "<tbody", "</tbody>") {
                assert!(table.matches("<tr>").count() <= 8, "{path}");
            }
            for number in 1..=slides {
                assert!(html.contains(&format!("{number}/{slides}<")), "{path}: {number}");
            }
            assert!(html.contains("Lời thuyết minh"), "{path}");
        }
    }
}

#[test]
fn every_period_has_its_slides_and_its_print_book_and_its_page_leads_to_both() {
    let pages = site(Edition::Public);
    let periods: Vec<&str> =
        pages.keys().filter_map(|path| path.strip_prefix("ky/")?.strip_suffix("/index.html")).collect();
    assert!(periods.len() > 2);
    for period in periods {
        let page = &pages[&format!("ky/{period}/index.html")];
        assert!(page.contains(&format!("trinh-chieu/{period}.html")) && page.contains(&format!("ky/{period}/in.html")));
        assert!(pages.contains_key(&format!("trinh-chieu/{period}.html")), "{period}");
        let book = &pages[&format!("ky/{period}/in.html")];
        for part in ["Mục lục", "Điều hành", "Cần quan tâm", "Biểu tổng hợp", "Chất lượng số liệu", "Ký hiệu"]
        {
            assert!(book.to_lowercase().contains(&part.to_lowercase()), "{period}: {part}");
        }
    }
}

#[test]
fn officers_and_readers_have_each_their_guide() {
    let (internal, public) = (site(Edition::Internal), site(Edition::Public));
    let guide = "gioi-thieu/index.html";
    assert!(internal[guide].contains("tongket publish") && !public[guide].contains("tongket publish"));
    assert!(public[guide].contains("Số nào không công bố"));
}
