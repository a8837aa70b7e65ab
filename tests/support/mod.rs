//! Folders for tests: a small input cut out of the sample, and the files of a site.

#![allow(dead_code)] // Each test file uses its own part.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The sample's input folder.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("input")
}

/// Every file below a folder by its path with `/`.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

/// Writes files below a folder, in the order given.
pub fn write<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The sample with only the returns that `keep` wants, by their path below `returns/`.
pub fn cut(keep: impl Fn(&str) -> bool) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(&sample());
    files.retain(|name, _| name.strip_prefix("returns/").is_none_or(&keep));
    files
}

/// A place to work in, with an `input/` of these files.
pub fn place(files: &BTreeMap<String, Vec<u8>>) -> TempDir {
    let folder = TempDir::new().unwrap();
    write(&folder.path().join("input"), files);
    folder
}

/// Runs the program in a folder.
pub fn tongket(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tongket")).args(arguments).current_dir(folder).output().unwrap()
}

/// What it said on both streams.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
