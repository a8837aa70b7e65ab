//! A throwaway copy of the sample's definitions that a test may spoil.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tongket::definitions::source::{Mistake, Mistakes};
use tongket::definitions::{self, Definitions, Registers};

/// An input folder without returns.
pub struct Input {
    folder: TempDir,
}

impl Input {
    /// The definitions of the sample; its registers are empty.
    pub fn sample() -> Self {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
        let input = Self { folder: tempfile::tempdir().unwrap() };
        for name in ["criteria", "forms", "indicators", "plans", "schemes"] {
            copy(&from.join(name), &input.path(name));
        }
        for name in ["aliases.csv", "bieu-trung.svg", "release.toml", "site.toml", "targets.csv", "units.csv"] {
            std::fs::copy(from.join(name), input.path(name)).unwrap();
        }
        input.write("receipts.csv", "file,received,channel\n");
        input.write("explanations.csv", "unit,period,item,rule,value,reason,date\n");
        input
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// Writes a file.
    pub fn write(&self, file: &str, text: &str) {
        std::fs::write(self.path(file), text).unwrap();
    }

    /// Adds to the end of a file.
    pub fn append(&mut self, file: &str, text: &str) -> &mut Self {
        let before = std::fs::read_to_string(self.path(file)).unwrap();
        self.write(file, &(before + text));
        self
    }

    /// Replaces the first occurrence of some text in a file.
    pub fn edit(&mut self, file: &str, old: &str, new: &str) -> &mut Self {
        let before = std::fs::read_to_string(self.path(file)).unwrap();
        assert!(before.contains(old), "{file} has no “{old}”");
        self.write(file, &before.replacen(old, new, 1));
        self
    }

    /// Takes a file away.
    pub fn remove(&mut self, file: &str) -> &mut Self {
        std::fs::remove_file(self.path(file)).unwrap();
        self
    }

    /// The definitions, which must be in order.
    pub fn load(&self) -> (Definitions, Registers) {
        definitions::load(self.folder.path()).unwrap_or_else(|error| panic!("{error:#}"))
    }

    /// The mistakes told; none when the folder loads.
    pub fn mistakes(&self) -> Vec<Mistake> {
        match definitions::load(self.folder.path()) {
            Ok(_) => Vec::new(),
            Err(error) => error.downcast_ref::<Mistakes>().unwrap_or_else(|| panic!("{error:#}")).as_slice().to_vec(),
        }
    }

    /// The line of a file on which some text first stands.
    pub fn line(&self, file: &str, text: &str) -> usize {
        let whole = std::fs::read_to_string(self.path(file)).unwrap();
        let at = whole.find(text).unwrap_or_else(|| panic!("{file} has no “{text}”"));
        whole[..at].matches('\n').count() + 1
    }

    /// Expects exactly one mistake: in `file`, on the line where `at` first stands (0 when `at` is
    /// empty), its message containing `told`.
    pub fn refused(&mut self, file: &str, at: &str, told: &str) {
        let line = if at.is_empty() { 0 } else { self.line(file, at) };
        let mistakes = self.mistakes();
        let [mistake] = mistakes.as_slice() else { panic!("expected “{told}” alone, got {mistakes:#?}") };
        assert_eq!((mistake.file.as_str(), mistake.line), (file, line), "{}", mistake.message);
        assert!(mistake.message.contains(told), "expected “{told}”, got: {}", mistake.message);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
