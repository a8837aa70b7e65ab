//! Publishing: the site is written beside the old one, its links are verified, and the two change places.
//!
//! Whatever happens on the way, the folder readers open is the old site or the
//! new one, never half. What is on the pages is not looked at here.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::site::Page;

/// A site that another run wrote carries this file; a folder without it is somebody else's.
const MARK: &str = "data/manifest.json";

/// As many broken links are named; the rest is usually the same mistake again.
const NAMED: usize = 20;

/// Writes the pages to `target` in place of the site that is there.
///
/// # Errors
/// When a link leads nowhere, when `target` holds something that is not a site
/// of ours, or when the disk refuses. The old site then stands untouched.
pub fn publish(pages: &[Page], target: &Path) -> anyhow::Result<()> {
    let broken = broken_links(pages);
    if !broken.is_empty() {
        let named = broken[..broken.len().min(NAMED)].join("\n  ");
        bail!("trang dựng xong có {} liên kết hỏng, giữ nguyên trang cũ; các liên kết đầu:\n  {named}", broken.len());
    }
    let beside = Beside::of(target)?;
    beside.recover()?;
    beside.refuse_strangers()?;
    let written = write_all(pages, &beside.new);
    if let Err(error) = written.and_then(|()| beside.swap()) {
        // What was written is of no use to anyone; the old site is what counts.
        let _ = fs::remove_dir_all(&beside.new);
        return Err(error.context(format!(
            "không ghi được trang vào {}; trang cũ còn nguyên. Kiểm tra dung lượng đĩa và quyền ghi thư mục",
            target.display()
        )));
    }
    Ok(())
}

/// The folders next to the target that a publication passes through.
struct Beside {
    target: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

impl Beside {
    fn of(target: &Path) -> anyhow::Result<Self> {
        let name =
            target.file_name().with_context(|| format!("{} không phải là một thư mục đích", target.display()))?;
        let sibling = |suffix: &str| {
            let mut sibling = name.to_owned();
            sibling.push(suffix);
            target.with_file_name(sibling)
        };
        Ok(Self { target: target.to_owned(), new: sibling(".moi"), old: sibling(".cu") })
    }

    /// Puts right what an interrupted run left: its half-written site goes, a site it had set aside comes back.
    fn recover(&self) -> anyhow::Result<()> {
        let advice = || format!("không dọn được thư mục tạm cạnh {}", self.target.display());
        remove_if_there(&self.new).with_context(advice)?;
        if self.old.exists() {
            if self.target.exists() {
                remove_if_there(&self.old).with_context(advice)?;
            } else {
                fs::rename(&self.old, &self.target).with_context(advice)?;
            }
        }
        Ok(())
    }

    fn refuse_strangers(&self) -> anyhow::Result<()> {
        let Ok(mut entries) = fs::read_dir(&self.target) else { return Ok(()) };
        if entries.next().is_some() && !self.target.join(MARK).is_file() {
            bail!(
                "{} đang có tệp khác, không phải trang do tongket dựng; hãy chọn thư mục khác hoặc dọn thư mục này",
                self.target.display()
            );
        }
        Ok(())
    }

    fn swap(&self) -> anyhow::Result<()> {
        if !self.target.exists() {
            fs::rename(&self.new, &self.target)?;
            return Ok(());
        }
        if exchange(&self.new, &self.target).is_ok() {
            // The old site now stands under the name of the new one.
            let _ = fs::remove_dir_all(&self.new);
            return Ok(());
        }
        self.swap_by_renaming()
    }

    /// Two renames; an interruption between them is put right by [`Beside::recover`] at the next run.
    fn swap_by_renaming(&self) -> anyhow::Result<()> {
        fs::rename(&self.target, &self.old)?;
        if let Err(error) = fs::rename(&self.new, &self.target) {
            fs::rename(&self.old, &self.target)?;
            return Err(error.into());
        }
        let _ = fs::remove_dir_all(&self.old);
        Ok(())
    }
}

/// Exchanges two folders in one step, where the system can.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn write_all(pages: &[Page], root: &Path) -> anyhow::Result<()> {
    let folders: BTreeSet<&Path> = pages.iter().filter_map(|page| Path::new(&page.path).parent()).collect();
    for folder in folders {
        let folder = root.join(folder);
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    for page in pages {
        let path = root.join(&page.path);
        fs::write(&path, &page.bytes).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

fn remove_if_there(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Every link of a page to something that is not there, as `page → link`, sorted.
///
/// Links inside the site are relative; a scheme or an absolute path would not open from a memory stick.
pub fn broken_links(pages: &[Page]) -> Vec<String> {
    let files: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    let anchors: BTreeSet<(&str, &str)> = pages
        .iter()
        .filter_map(|page| Some((page.path.as_str(), html(page)?)))
        .flat_map(|(path, html)| attribute_values(html, " id=\"").map(move |id| (path, id)))
        .collect();
    let mut broken: Vec<String> = pages
        .iter()
        .filter_map(|page| Some((page, html(page)?)))
        .flat_map(|(page, html)| {
            let links = [" href=\"", " src=\""].into_iter().flat_map(move |name| attribute_values(html, name));
            links.filter(|link| !leads_somewhere(&page.path, link, &files, &anchors)).map(move |link| (page, link))
        })
        .map(|(page, link)| format!("{} → {link}", page.path))
        .collect();
    broken.sort();
    broken.dedup();
    broken
}

fn html(page: &Page) -> Option<&str> {
    page.path.ends_with(".html").then(|| std::str::from_utf8(&page.bytes).ok()).flatten()
}

fn attribute_values<'a>(html: &'a str, name: &'static str) -> impl Iterator<Item = &'a str> {
    html.split(name).skip(1).filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
}

fn leads_somewhere(page: &str, link: &str, files: &BTreeSet<&str>, anchors: &BTreeSet<(&str, &str)>) -> bool {
    if link.starts_with("data:") || link.starts_with("mailto:") {
        return true;
    }
    if link.contains(':') || link.starts_with('/') {
        return false;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if path.is_empty() { page.to_owned() } else { resolve(page, path) };
    files.contains(target.as_str()) && (anchor.is_empty() || anchors.contains(&(target.as_str(), anchor)))
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

#[cfg(test)]
mod tests {
    use super::*;

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
        let beside = Beside::of(&target).unwrap();
        write_all(&site("mới"), &beside.new).unwrap();
        beside.swap_by_renaming().unwrap();
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
        write_all(&site("dở dang")[..1], &beside.new).unwrap();
        beside.recover().unwrap();
        assert!(word(&target).contains("cũ"));
        assert!(!beside.new.exists() && !beside.old.exists());
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
