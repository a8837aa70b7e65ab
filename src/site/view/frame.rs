//! The frame of a page: all that stands around its content, the same on every page.

use serde::Serialize;

use crate::release::Release;
use crate::site::page;
use crate::site::words;
use crate::vocabulary::{Edition, Period};

/// What `base.html` needs.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// Leads back to the root of the site: empty, or `../` for each folder.
    pub root: String,
    /// Name of the browser tab.
    pub title: String,
    /// Where in the site we are, in a few words.
    pub eyebrow: String,
    /// The finding of the page, with its number.
    pub heading: String,
    /// One paragraph under it.
    pub lead: String,
    /// Kỳ, trạng thái, phạm vi, khóa số liệu, bản dựng.
    pub facts: Vec<Fact>,
    /// What to do with the page.
    pub actions: Vec<Link>,
    /// The main pages, in groups: where we stand, who and what, plans, returns.
    pub nav: Vec<Vec<Link>>,
    /// Name of the site.
    pub brand: String,
    /// Whose site it is: `tỉnh Vân Hải`.
    pub place: String,
    /// The organisation that publishes.
    pub organisation: String,
    /// Whether everything is invented.
    pub synthetic: bool,
    /// `Bản nội bộ` or `Bản công khai`.
    pub edition: String,
    /// Whether it is the internal edition.
    pub internal: bool,
    /// Smallest person count that is printed in the public edition.
    pub threshold: String,
    /// Day the figures are locked.
    pub locked: String,
    /// Build id.
    pub build: String,
    /// Running head on paper, as the inside of a CSS string.
    pub print_head: String,
    /// Running foot on paper, as the inside of a CSS string.
    pub print_foot: String,
}

/// A fact about the page.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What it says.
    pub term: String,
    /// Its value.
    pub value: String,
}

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Text.
    pub title: String,
    /// Where to, from this page.
    pub href: String,
    /// Whether the page is part of what it leads to.
    pub current: bool,
}

impl Link {
    /// A link that does not lead to where we are.
    pub fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: title.into(), href: href.into(), current: false }
    }
}

impl Fact {
    /// A fact.
    pub fn new(term: &str, value: impl Into<String>) -> Self {
        Self { term: term.to_owned(), value: value.into() }
    }
}

impl Frame {
    /// The frame of a page: where it is, its finding, and one paragraph.
    pub fn new(release: &Release, path: &str, eyebrow: &str, heading: &str, lead: &str) -> Self {
        let site = &release.definitions().site;
        let locked = words::date(release.as_of());
        let mut frame = Self {
            root: page::root(path),
            eyebrow: eyebrow.to_owned(),
            heading: heading.to_owned(),
            lead: lead.to_owned(),
            nav: nav(path),
            brand: site.title.clone(),
            place: site.province_name.clone(),
            organisation: site.organisation.clone(),
            synthetic: site.synthetic,
            edition: words::edition(release.edition()).to_owned(),
            internal: release.edition() == Edition::Internal,
            threshold: release.definitions().policy.threshold.to_string(),
            build: release.build_id().to_owned(),
            print_foot: css_string(&format!(
                "Khóa số liệu {locked} · bản dựng {} · {}",
                release.build_id(),
                words::edition(release.edition()).to_lowercase()
            )),
            locked,
            ..Self::default()
        };
        frame.title(&eyebrow.replace(" · ", " – "));
        frame.print(&[]);
        frame.facts = frame.locks();
        frame
    }

    /// Sets the name of the browser tab.
    pub fn title(&mut self, name: &str) {
        let notice = if self.synthetic { " (số liệu minh họa)" } else { "" };
        self.title = format!("{name} – {}, {}{notice}", self.brand, self.place);
    }

    /// The same frame about a period: its days, status and coverage.
    pub fn about(mut self, release: &Release, period: Period, status: &str, coverage: &str) -> Self {
        let mut facts = vec![Fact::new("Kỳ số liệu", words::days(release.definitions(), period))];
        for (term, value) in [("Trạng thái", status), ("Phạm vi", coverage)] {
            if !value.is_empty() {
                facts.push(Fact::new(term, value));
            }
        }
        facts.extend(self.locks());
        self.facts = facts;
        self.print(&[&period.heading(), status]);
        self
    }

    /// The same frame with a fact before the lock date and build.
    pub fn fact(mut self, term: &str, value: impl Into<String>) -> Self {
        let at = self.facts.len().saturating_sub(2);
        self.facts.insert(at, Fact::new(term, value));
        self
    }

    /// The same frame with an action: a page by its path from the root of the site, or a fragment of this page.
    pub fn action(mut self, title: &str, href: impl Into<String>) -> Self {
        let href = href.into();
        let root = if href.starts_with('#') { "" } else { self.root.as_str() };
        self.actions.push(Link::new(title, format!("{root}{href}")));
        self
    }

    /// The same frame with the workbook of the page's tables among its actions.
    pub fn workbook(mut self, path: &str) -> Self {
        let file = page::workbook(path);
        let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
        self.actions.retain(|action| action.title != "Tải Excel");
        self.actions.insert(self.actions.len().min(1), Link::new("Tải Excel", name));
        self
    }

    fn locks(&self) -> Vec<Fact> {
        vec![Fact::new("Khóa số liệu", self.locked.clone()), Fact::new("Bản dựng", self.build.clone())]
    }

    fn print(&mut self, parts: &[&str]) {
        let mut head = vec![self.brand.as_str(), self.place.as_str()];
        head.extend(parts.iter().filter(|part| !part.is_empty()));
        self.print_head = css_string(&head.join(" · "));
    }
}

/// The main pages, in groups; the one that `path` belongs to is marked.
fn nav(path: &str) -> Vec<Vec<Link>> {
    let groups: [&[(&str, &str)]; 4] = [
        &[("Điều hành", page::HOME), ("Kỳ báo cáo", page::PERIODS)],
        &[
            ("Chỉ tiêu", page::MEASURES),
            ("Xã, phường", page::UNITS),
            ("So sánh", page::COMPARE),
            ("Bảng nhiệt", page::HEAT),
        ],
        &[("Kế hoạch", page::PLANS), ("Tiến độ", page::PROGRESS), ("Mô hình", page::MODELS)],
        &[("Tình hình nộp", page::RETURNS), ("Chất lượng", page::QUALITY)],
    ];
    let folder = |path: &str| path.split_once('/').map(|(folder, _)| folder.to_owned());
    let here = folder(path);
    let link = |(title, href): &(&str, &str)| Link {
        // Pages beside the first one are no part of it.
        current: path == *href || here.is_some() && folder(href) == here,
        ..Link::new(*title, format!("{}{href}", page::root(path)))
    };
    groups.iter().map(|group| group.iter().map(link).collect()).collect()
}

/// Text as the inside of a quoted CSS string, safe inside a `style` element.
fn css_string(text: &str) -> String {
    text.chars()
        .flat_map(|c| match c {
            '"' | '\\' | '<' | '\n' | '\'' => format!("\\{:x} ", u32::from(c)).chars().collect::<Vec<_>>(),
            _ => vec![c],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_the_print_style() {
        assert_eq!(css_string(r#"a"</style>"#), r"a\22 \3c /style>");
    }
}
