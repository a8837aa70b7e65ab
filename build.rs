//! Names the sources a program is built from, so that what one program kept is not taken up by another.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks")]

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    let mut files = BTreeMap::new();
    gather(Path::new("src"), &mut files)?;
    gather(Path::new("assets/legacy-encodings"), &mut files)?;
    gather(Path::new("Cargo.lock"), &mut files)?;
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=assets/legacy-encodings");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rustc-env=TONGKET_SOURCES={:016x}", hasher.finish());
    Ok(())
}

fn gather(path: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            gather(&entry?.path(), files)?;
        }
    } else {
        files.insert(path.to_owned(), fs::read(path)?);
    }
    Ok(())
}
