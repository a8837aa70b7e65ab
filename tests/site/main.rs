//! The whole site of a small release: what holds for every page.

mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tongket::site::{Page, Templates, render};
use tongket::vocabulary::Edition;

fn site(edition: Edition) -> BTreeMap<String, String> {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("site-templates");
    let pages = Mutex::new(Vec::new());
    let put = |page| {
        pages.lock().unwrap().push(page);
        Ok(())
    };
    render(&sample::release(edition), &Templates::load(&templates).unwrap(), &put).unwrap();
    let pages = pages.into_inner().unwrap();
    // A copy to look at with a browser.
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(edition.code());
    for Page { path, bytes } in &pages {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    pages
        .into_iter()
        .filter(|page| page.path.ends_with(".html"))
        .map(|page| (page.path, String::from_utf8(page.bytes).unwrap()))
        .collect()
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
