//! Reading definition files so that every mistake has a file and a line, and all are told at once.

use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::folder::Folder;
use super::shape::{self, Cut};

/// One mistake of a definition author.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Path below the input folder, with `/` between folders.
    pub file: String,
    /// Line from 1; 0 when it concerns the whole file.
    pub line: usize,
    /// What is wrong and what is allowed, in Vietnamese.
    pub message: String,
}

/// All mistakes found so far; as an error, the list that the author reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// Whether there is none yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes a mistake.
    pub fn add(&mut self, file: &str, line: usize, message: impl Into<String>) {
        self.0.push(Mistake { file: file.to_owned(), line, message: message.into() });
    }

    /// Notes a mistake at a span of a file.
    pub fn at(&mut self, source: &Source, span: Range<usize>, message: impl Into<String>) {
        self.add(&source.file, source.line(span.start), message);
    }

    /// `Err` with everything noted, sorted by file and line, when anything was.
    pub fn into_result(mut self) -> Result<(), Mistakes> {
        self.0.sort();
        self.0.dedup();
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The mistakes noted so far.
    pub fn as_slice(&self) -> &[Mistake] {
        &self.0
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Định nghĩa có {} chỗ sai, chưa đọc báo cáo nào:", self.0.len())?;
        for mistake in &self.0 {
            match mistake.line {
                0 => write!(f, "\n  {}: {}", mistake.file, mistake.message)?,
                line => write!(f, "\n  {}:{line}: {}", mistake.file, mistake.message)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// A definition file in memory.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path below the input folder, with `/` between folders.
    pub file: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// Reads a file below the input folder. An error names the path.
    pub fn read(input: &Folder, file: &str) -> anyhow::Result<Self> {
        let text = input.text(file)?;
        Ok(Self { file: file.to_owned(), text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text) })
    }

    /// Reads a file that every input folder has; when it is missing, that is a mistake and gives `None`.
    pub fn required(input: &Folder, file: &str, mistakes: &mut Mistakes) -> anyhow::Result<Option<Self>> {
        if input.has_file(file) {
            return Self::read(input, file).map(Some);
        }
        mistakes.add(file, 0, "thiếu tệp này; tạo thư mục mới bằng “tongket init” để có tệp mẫu");
        Ok(None)
    }

    /// The stem of the file name: the id of what it defines.
    pub fn stem(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or(&self.file);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Line (from 1) of a byte offset.
    pub fn line(&self, offset: usize) -> usize {
        self.text.as_bytes()[..offset.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
    }

    /// Reads the text as TOML of a fixed shape. All mistakes are noted, and give `None`.
    ///
    /// serde stops at the first mistake; so what it refuses is cut out of the document and the rest is
    /// tried again. What then is wrong with a table only because something was cut out of it is no
    /// mistake of the author: the table goes too, silently.
    pub fn toml<T: DeserializeOwned>(&self, mistakes: &mut Mistakes) -> Option<T> {
        let (mut document, errors) = DeTable::parse_recoverable(&self.text);
        for error in &errors {
            mistakes.at(self, error.span().unwrap_or(0..0), format!("sai cú pháp TOML: {}", error.message()));
        }
        if !errors.is_empty() {
            return None;
        }
        let (root, mut sound, mut damaged) = (document.span(), true, Vec::new());
        loop {
            let whole = Spanned::new(root.clone(), DeValue::Table(document.get_ref().clone()));
            let error = match T::deserialize(ValueDeserializer::from(whole)) {
                Ok(value) => return sound.then_some(value),
                Err(error) => error,
            };
            let span = error.span().unwrap_or_else(|| root.clone());
            if !damaged.contains(&span) {
                mistakes.at(self, span.clone(), shape::in_vietnamese(error.message()));
            }
            sound = false;
            match shape::cut(document.get_mut(), &root, &span)? {
                Cut::Key(_) if shape::is_unknown_key(error.message()) => {}
                Cut::Key(table) => damaged.push(table),
                Cut::Entry => {}
            }
        }
    }
}

/// The TOML files of a folder below the input folder, sorted, with `/` between folders; none when
/// there is no such folder. Files of another kind are mistakes, so that a misspelt ending is not
/// a definition that silently does not count.
pub fn toml_files(input: &Folder, folder: &str, mistakes: &mut Mistakes) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    for name in input.names(folder)? {
        let file = format!("{folder}/{name}");
        if name.ends_with(".toml") {
            files.push(file);
        } else if !name.starts_with('.') && name != "README.md" {
            mistakes.add(&file, 0, "thư mục này chỉ chứa tệp định nghĩa có đuôi .toml (và README.md)");
        }
    }
    Ok(files)
}
