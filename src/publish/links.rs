//! Links inside a site: noted page by page, judged when every page is there.
//!
//! They are relative; a scheme or an absolute path would not open from a memory stick.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::Page;

/// What the pages of a site link to, and what there is to link to.
#[derive(Debug, Default)]
pub(super) struct Links {
    files: BTreeSet<String>,
    anchors: BTreeSet<(String, String)>,
    /// By file and anchor meant: the first page that links there, and how.
    wanted: BTreeMap<(String, String), (String, String)>,
}

impl Links {
    /// Notes a page, whose bytes need not stay.
    pub fn note(&mut self, page: &Page) {
        if let Some(html) = html(page) {
            for id in attribute_values(html, " id=\"") {
                self.anchors.insert((page.path.clone(), id.to_owned()));
            }
            for link in [" href=\"", " src=\""].into_iter().flat_map(|name| attribute_values(html, name)) {
                self.want(&page.path, link);
            }
        }
        self.files.insert(page.path.clone());
    }

    fn want(&mut self, page: &str, link: &str) {
        if link.starts_with("data:") || link.starts_with("mailto:") {
            return;
        }
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target = match path {
            "" => page.to_owned(),
            // Found nowhere: no file of a site is named so.
            outside if outside.contains(':') || outside.starts_with('/') => outside.to_owned(),
            path => resolve(page, path),
        };
        let from = (page.to_owned(), link.to_owned());
        let known = self.wanted.entry((target, anchor.to_owned())).or_insert_with(|| from.clone());
        // Pages come in any order; the same mistake is always told of the same page.
        if from < *known {
            *known = from;
        }
    }

    /// Number of files noted.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// What is linked to and is not there, once each, as `page → link`, sorted.
    pub fn broken(&self) -> Vec<String> {
        let is_broken = |wanted: &(String, String)| {
            !self.files.contains(&wanted.0) || (!wanted.1.is_empty() && !self.anchors.contains(wanted))
        };
        let broken = self.wanted.iter().filter(|(wanted, _)| is_broken(wanted));
        let mut broken: Vec<String> = broken.map(|(_, (page, link))| format!("{page} → {link}")).collect();
        broken.sort();
        broken
    }
}

fn html(page: &Page) -> Option<&str> {
    page.path.ends_with(".html").then(|| std::str::from_utf8(&page.bytes).ok()).flatten()
}

fn attribute_values<'a>(html: &'a str, name: &'static str) -> impl Iterator<Item = &'a str> {
    html.split(name).skip(1).filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
}

/// The path a relative link of a page means; `..` above the root stays and is found nowhere.
fn resolve(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
