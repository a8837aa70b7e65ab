//! The seal of a site: the hash of each of its files, and one over all of them.
//!
//! Tells whether a folder is, byte for byte, the site it should be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;
use sha2::{Digest, Sha256};

use crate::site::Page;

/// SHA-256 of every file of a site, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seal(BTreeMap<String, String>);

impl Seal {
    /// Adds a file.
    pub fn note(&mut self, page: &Page) {
        self.0.insert(page.path.clone(), sha256(&page.bytes));
    }

    /// The seal of the files that stand in a folder; without any when there is no such folder.
    ///
    /// # Errors
    /// When one cannot be read; names it.
    pub fn of(folder: &Path) -> anyhow::Result<Self> {
        let mut seal = Self::default();
        let mut open = vec![(folder.to_owned(), String::new())];
        while let Some((path, name)) = open.pop() {
            let unread = || format!("không đọc được {}", path.display());
            if path.is_file() {
                let bytes = fs::read(&path).with_context(unread)?;
                seal.0.insert(name, sha256(&bytes));
            } else if path.is_dir() {
                for entry in fs::read_dir(&path).with_context(unread)? {
                    let entry = entry.with_context(unread)?;
                    let below = entry.file_name().to_string_lossy().into_owned();
                    open.push((entry.path(), if name.is_empty() { below } else { format!("{name}/{below}") }));
                }
            }
        }
        Ok(seal)
    }

    /// The paths that only one of them has, or that have other bytes, sorted.
    pub fn differences<'a>(&'a self, other: &'a Seal) -> Vec<&'a str> {
        let paths: BTreeSet<&String> = self.0.keys().chain(other.0.keys()).collect();
        let differs = |path: &&String| self.0.get(*path) != other.0.get(*path);
        paths.into_iter().filter(differs).map(String::as_str).collect()
    }

    /// Number of files.
    pub fn files(&self) -> usize {
        self.0.len()
    }

    /// SHA-256 over the lines that `sha256sum` would print of the files, sorted by path.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        for (path, hash) in &self.0 {
            hasher.update(format!("{hash}  {path}\n"));
        }
        hex(&hasher.finalize())
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str, text: &str) -> Page {
        Page { path: path.into(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn a_folder_has_the_seal_of_its_pages_until_a_byte_changes() {
        let folder = tempfile::tempdir().unwrap();
        let mut seal = Seal::default();
        for page in [page("index.html", "a"), page("xa/1.html", "b")] {
            let path = folder.path().join(&page.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &page.bytes).unwrap();
            seal.note(&page);
        }
        assert_eq!(Seal::of(folder.path()).unwrap(), seal);
        fs::write(folder.path().join("xa/1.html"), "c").unwrap();
        fs::write(folder.path().join("thêm.txt"), "").unwrap();
        let now = Seal::of(folder.path()).unwrap();
        assert_eq!(now.differences(&seal), ["thêm.txt", "xa/1.html"]);
        assert_ne!(now.digest(), seal.digest());
    }
}
