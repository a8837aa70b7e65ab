//! Publishing: the site is written beside the old one, its links are verified, and the two change places.
//!
//! What is on the pages is not looked at here.

mod beside;
mod links;

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};

use crate::publish::beside::Beside;
use crate::publish::links::Links;
use crate::site::Page;

/// As many broken links are named; the rest is usually the same mistake again.
const NAMED: usize = 20;

/// A site on its way: pages go to disk beside the old site as they are made, so that they need not be held.
/// Given up, it leaves nothing behind, and the old site untouched.
#[derive(Debug)]
pub struct Publication {
    beside: Beside,
    links: Mutex<Links>,
}

impl Publication {
    /// Begins to write a site that is to stand at `target`.
    ///
    /// # Errors
    /// When `target` holds something that is not a site of ours, or when the disk refuses.
    pub fn begin(target: &Path) -> anyhow::Result<Self> {
        let beside = Beside::of(target)?;
        beside.recover()?;
        beside.refuse_strangers()?;
        Ok(Self { beside, links: Mutex::default() })
    }

    /// Writes one page; from several threads if need be.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put(&self, page: Page) -> anyhow::Result<()> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner).note(&page);
        let path = self.beside.new.join(&page.path);
        let folder = path.parent().expect("a page lies in the folder of its site");
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, &page.bytes));
        written.with_context(|| path.display().to_string()).with_context(|| self.refused())
    }

    /// The folder that the site is written to, beside the one it is to replace.
    pub fn folder(&self) -> &Path {
        &self.beside.new
    }

    /// Number of files, once every link is found to lead somewhere.
    ///
    /// # Errors
    /// When a link leads nowhere; all of them are told, up to a bearable number.
    pub fn verified(&self) -> anyhow::Result<usize> {
        let links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        let broken = links.broken();
        if !broken.is_empty() {
            let named = broken[..broken.len().min(NAMED)].join("\n  ");
            bail!(
                "trang dựng xong có {} liên kết hỏng, giữ nguyên trang cũ; các liên kết đầu:\n  {named}",
                broken.len()
            );
        }
        Ok(links.files())
    }

    /// Puts the new site in the place of the old one.
    ///
    /// # Errors
    /// When the disk refuses. The old site then stands untouched.
    pub fn swap(self) -> anyhow::Result<()> {
        self.beside.swap().with_context(|| self.refused())
    }

    fn refused(&self) -> String {
        format!(
            "không ghi được trang vào {}; trang cũ còn nguyên. Kiểm tra dung lượng đĩa và quyền ghi thư mục",
            self.beside.target.display()
        )
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        // After a swap there is nothing left; before it, what was written is of no use to anyone.
        let _ = fs::remove_dir_all(&self.beside.new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::beside::MARK;

    fn page(path: &str, text: &str) -> Page {
        Page { path: path.into(), bytes: text.as_bytes().to_vec() }
    }

    fn site(word: &str) -> Vec<Page> {
        vec![
            page("index.html", &format!(r##"<p id="a">{word}</p> <a href="xa/1.html#b">1</a> <a href="#a">a</a>"##)),
            page("xa/1.html", r#"<p id="b"><a href="../index.html">về</a></p>"#),
            page(MARK, "{}"),
        ]
    }

    fn publish(pages: &[Page], target: &Path) -> anyhow::Result<()> {
        let publication = Publication::begin(target)?;
        pages.iter().try_for_each(|page| publication.put(page.clone()))?;
        assert_eq!(publication.verified()?, pages.len());
        publication.swap()
    }

    fn word(target: &Path) -> String {
        fs::read_to_string(target.join("index.html")).unwrap()
    }

    #[test]
    fn a_new_site_takes_the_place_of_the_old_one_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("public");
        publish(&site("cũ"), &target).unwrap();
        publish(&site("mới"), &target).unwrap();
        assert!(word(&target).contains("mới"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn renaming_swaps_where_the_system_cannot_exchange() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("public");
        publish(&site("cũ"), &target).unwrap();
        let publication = Publication::begin(&target).unwrap();
        site("mới").into_iter().for_each(|page| publication.put(page).unwrap());
        publication.beside.swap_by_renaming().unwrap();
        drop(publication);
        assert!(word(&target).contains("mới"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_run_that_was_killed_between_two_renames_is_put_right() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("public");
        publish(&site("cũ"), &target).unwrap();
        let beside = Beside::of(&target).unwrap();
        fs::rename(&target, &beside.old).unwrap();
        fs::create_dir_all(&beside.new).unwrap();
        fs::write(beside.new.join("index.html"), "dở dang").unwrap();
        beside.recover().unwrap();
        assert!(word(&target).contains("cũ"));
        assert!(!beside.new.exists() && !beside.old.exists());
    }

    #[test]
    fn a_publication_given_up_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("public");
        publish(&site("cũ"), &target).unwrap();
        let publication = Publication::begin(&target).unwrap();
        publication.put(page("index.html", "dở dang")).unwrap();
        drop(publication);
        assert!(word(&target).contains("cũ"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn links_that_lead_nowhere_or_outside_are_refused_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("public");
        publish(&site("cũ"), &target).unwrap();
        let mut pages = site("mới");
        pages.push(page(
            "xa/2.html",
            r##"<a href="3.html">x</a><a href="1.html#c">x</a><a href="https://a.vn">x</a><a href="../../x">x</a>"##,
        ));
        let message = publish(&pages, &target).unwrap_err().to_string();
        for link in ["3.html", "1.html#c", "https://a.vn", "../../x"] {
            assert!(message.contains(&format!("xa/2.html → {link}")), "{message}");
        }
        assert!(word(&target).contains("cũ"));
    }

    #[test]
    fn a_folder_with_other_files_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("luận văn.docx"), "quý").unwrap();
        assert!(publish(&site("mới"), folder.path()).unwrap_err().to_string().contains("đang có tệp khác"));
        assert_eq!(fs::read_to_string(folder.path().join("luận văn.docx")).unwrap(), "quý");
    }
}
