//! An input folder as definitions are read from it: on the disk, or carried in memory.
//!
//! Returns are no definitions; they are read from the disk alone, by `intake`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Where definition files lie. Paths are below it, with `/` between folders.
#[derive(Clone, Debug)]
pub enum Folder {
    /// A folder on the disk.
    Disk(PathBuf),
    /// Texts by path, for a program that is run without an input folder.
    Carried(BTreeMap<String, String>),
}

impl From<&Path> for Folder {
    fn from(path: &Path) -> Self {
        Folder::Disk(path.to_owned())
    }
}

impl Folder {
    /// Whether there is such a file.
    pub fn has_file(&self, file: &str) -> bool {
        match self {
            Folder::Disk(root) => root.join(file).is_file(),
            Folder::Carried(files) => files.contains_key(file),
        }
    }

    /// Whether there is such a folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        match self {
            Folder::Disk(root) => root.join(folder).is_dir(),
            Folder::Carried(files) => below(files, folder).next().is_some(),
        }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// When the disk does not give it, or it is not UTF-8; names the path.
    pub fn text(&self, file: &str) -> anyhow::Result<String> {
        match self {
            Folder::Disk(root) => {
                let path = root.join(file);
                std::fs::read_to_string(&path).with_context(|| format!("không đọc được {}", path.display()))
            }
            Folder::Carried(files) => files.get(file).cloned().with_context(|| format!("không đọc được {file}")),
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When the disk does not give it; names the path.
    pub fn bytes(&self, file: &str) -> anyhow::Result<Vec<u8>> {
        match self {
            Folder::Disk(root) => {
                let path = root.join(file);
                std::fs::read(&path).with_context(|| format!("không đọc được {}", path.display()))
            }
            Folder::Carried(_) => self.text(file).map(String::into_bytes),
        }
    }

    /// The names in a folder, sorted; none when there is no such folder.
    ///
    /// # Errors
    /// When the folder cannot be listed; names the path.
    pub fn names(&self, folder: &str) -> anyhow::Result<Vec<String>> {
        match self {
            Folder::Disk(root) => names(&root.join(folder)),
            Folder::Carried(files) => {
                let first = |rest: &str| rest.split('/').next().unwrap_or(rest).to_owned();
                let names: BTreeSet<String> = below(files, folder).map(first).collect();
                Ok(names.into_iter().collect())
            }
        }
    }
}

/// The paths below a carried folder, without its own.
fn below<'a>(files: &'a BTreeMap<String, String>, folder: &'a str) -> impl Iterator<Item = &'a str> {
    files.keys().filter_map(move |file| file.strip_prefix(folder)?.strip_prefix('/'))
}

/// The names in a folder of the disk, sorted; none when there is no such folder. An error names the path.
fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let unread = || format!("không đọc được thư mục {}", folder.display());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(unread)? {
        names.push(entry.with_context(unread)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carried_folder_is_listed_like_one_on_the_disk() {
        let disk = tempfile::tempdir().unwrap();
        let mut carried = BTreeMap::new();
        for file in ["site.toml", "forms/a/b.toml", "forms/a/c.toml", "forms/d.toml"] {
            std::fs::create_dir_all(disk.path().join(file).parent().unwrap()).unwrap();
            std::fs::write(disk.path().join(file), "x").unwrap();
            carried.insert(file.to_owned(), "x".to_owned());
        }
        for folder in [Folder::from(disk.path()), Folder::Carried(carried)] {
            assert_eq!(folder.names("forms").unwrap(), ["a", "d.toml"]);
            assert_eq!(folder.names("forms/a").unwrap(), ["b.toml", "c.toml"]);
            assert!(folder.names("plans").unwrap().is_empty());
            assert!(folder.has_folder("forms") && !folder.has_folder("site.toml") && folder.has_file("site.toml"));
            assert!(!folder.has_file("forms") && folder.text("site.toml").unwrap() == "x");
        }
    }
}
