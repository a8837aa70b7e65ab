//! Which files came in: every file below `returns/`, whatever it is.
//!
//! Content decides later whether a file is a workbook; only what operating
//! systems and Excel leave behind by themselves is passed over here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

/// A file that was sent in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnFile {
    /// Path below `returns/`, with `/` between folders, in composed Unicode (macOS decomposes names).
    pub name: Arc<str>,
    /// Where it is.
    pub path: PathBuf,
}

/// Every file below `returns`, by name; none when the folder is not there.
///
/// # Errors
/// When a folder cannot be listed.
pub fn discover(returns: &Path) -> anyhow::Result<Vec<ReturnFile>> {
    if !returns.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    let walk = WalkDir::new(returns).into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_left_behind(&entry.file_name().to_string_lossy()))
    {
        let entry = entry.with_context(|| format!("không xem được thư mục báo cáo {}", returns.display()))?;
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(returns).unwrap_or(entry.path());
            files.push(ReturnFile { name: name_of(below), path: entry.into_path() });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

impl ReturnFile {
    /// A file anywhere, named by its file name alone.
    pub fn alone(path: &Path) -> Self {
        let name = name_of(path.file_name().map_or(path, Path::new));
        Self { name, path: path.to_owned() }
    }
}

fn name_of(below: &Path) -> Arc<str> {
    let parts: Vec<String> = below.iter().map(|part| part.to_string_lossy().nfc().collect()).collect();
    parts.join("/").into()
}

/// Lock files of Excel (`~$…`) and LibreOffice (`.~lock…`), hidden files, and what Windows and macOS keep in folders.
fn is_left_behind(name: &str) -> bool {
    name.starts_with("~$")
        || name.starts_with('.')
        || ["thumbs.db", "desktop.ini", "__macosx"].contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_below_the_folder_and_sorted_and_leavings_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["b.xlsx", "Quý I/a.xlsx", "~$b.xlsx", ".DS_Store", "Quý I/Thumbs.db", ".git/c.xlsx", "ghi chú.txt"]
        {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let names: Vec<Arc<str>> = discover(folder.path()).unwrap().into_iter().map(|file| file.name).collect();
        assert_eq!(names, ["Quý I/a.xlsx", "b.xlsx", "ghi chú.txt"].map(Arc::from));
    }

    #[test]
    fn a_name_in_decomposed_unicode_is_composed() {
        assert_eq!(&*ReturnFile::alone(Path::new("/x/Quy\u{301} I.xlsx")).name, "Quý I.xlsx");
    }
}
