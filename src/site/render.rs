//! Rendering: finished views and the folder of templates in, bytes out.
//!
//! Templates are read at run time from `site-templates/`, so that an office
//! can restyle its site without a programmer; the copy inside the program
//! serves for every file that is not in that folder. Every mistake in a template is told
//! with its file, line and variable.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, anyhow, ensure};
use include_dir::{Dir, DirEntry, include_dir};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tera::{Context, ErrorKind, Tera};
use walkdir::WalkDir;

use crate::site::page::{ASSETS, Page};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/site-templates");

/// The templates and static files of one folder, parsed.
pub struct Templates {
    tera: Tera,
    /// Name of the folder, for messages.
    folder: String,
    assets: Vec<Page>,
    hash: String,
}

impl Templates {
    /// Reads the folder over the embedded copy: a file that is not in the folder is the program's own.
    /// An error names the file and says what is wrong with it.
    pub fn load(folder: &Path) -> anyhow::Result<Self> {
        let mut files = embedded();
        let name = match folder.is_dir() {
            true => folder.display().to_string(),
            false => "site-templates".to_owned(),
        };
        if folder.is_dir() {
            files.extend(read(folder)?);
        }
        let hash = hash(&files);
        let mut sources = Vec::new();
        let mut assets = Vec::new();
        for (path, bytes) in files {
            match path.strip_prefix("static/") {
                Some(rest) => assets.push(Page { path: format!("{ASSETS}/{rest}"), bytes }),
                None if path.ends_with(".html") => {
                    let text = String::from_utf8(bytes)
                        .map_err(|_| anyhow!("mẫu trang {name}/{path} không phải văn bản UTF-8; lưu lại dạng UTF-8"))?;
                    sources.push((path, text));
                }
                None => {}
            }
        }
        let mut tera = Tera::default();
        tera.add_raw_templates(sources).map_err(|error| told(&name, "", &error))?;
        Ok(Self { tera, folder: name, assets, hash })
    }

    /// Writes the embedded copy to a folder, to be changed there; says how many files.
    ///
    /// # Errors
    /// When the folder holds files already, or the disk refuses.
    pub fn export(folder: &Path) -> anyhow::Result<usize> {
        let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
        ensure!(!occupied, "thư mục {} đã có tệp; chọn thư mục mới để không ghi đè mẫu đã sửa", folder.display());
        let files = embedded();
        for (path, bytes) in &files {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent).with_context(|| format!("không tạo được {}", parent.display()))?;
            }
            std::fs::write(&path, bytes).with_context(|| format!("không ghi được {}", path.display()))?;
        }
        Ok(files.len())
    }

    /// One page: the view, seen by the template as `view`, with its frame, seen as `frame`.
    pub fn page(
        &self,
        path: &str,
        template: &str,
        frame: &impl Serialize,
        view: &impl Serialize,
    ) -> anyhow::Result<Page> {
        let mut context = Context::new();
        context.insert("frame", frame);
        context.insert("view", view);
        let html = self.tera.render(template, &context).map_err(|error| told(&self.folder, template, &error))?;
        Ok(Page { path: path.to_owned(), bytes: tidy(&html).into_bytes() })
    }

    /// SHA-256 over names and bytes of everything in the folder: part of what names a build.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Style sheet, scripts and fonts, as pages below [`ASSETS`].
    pub fn assets(&self) -> &[Page] {
        &self.assets
    }
}

/// SHA-256 over the names and bytes of files, in hexadecimal.
fn hash(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hasher = Sha256::new();
    for (path, bytes) in files {
        hasher.update(path);
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file of a folder by its path with `/`, sorted.
fn read(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("không đọc được thư mục mẫu trang {}", folder.display()))?;
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(folder).expect("the walk stays below its folder");
            let path = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            let bytes = std::fs::read(entry.path())
                .with_context(|| format!("không đọc được mẫu trang {}", entry.path().display()))?;
            files.insert(path, bytes);
        }
    }
    Ok(files)
}

/// Every embedded file by its path.
fn embedded() -> BTreeMap<String, Vec<u8>> {
    fn gather(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in dir.entries() {
            match entry {
                DirEntry::Dir(dir) => gather(dir, files),
                DirEntry::File(file) => {
                    let path = file.path().iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
                    files.insert(path, file.contents().to_vec());
                }
            }
        }
    }
    let mut files = BTreeMap::new();
    gather(&EMBEDDED, &mut files);
    files
}

/// What the operator must know about a failure: which template, which line, what is wrong there.
fn told(folder: &str, template: &str, error: &tera::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => anyhow!(
            "mẫu trang {folder}/{}, dòng {}: {}. Sửa mẫu trang rồi chạy lại",
            report.filename(),
            report.span().start_line,
            worded(report.message())
        ),
        _ => anyhow!("mẫu trang {folder}/{template}: {error}. Sửa mẫu trang rồi chạy lại"),
    }
}

/// A mistake about a name, as the author of a template reads it; other reports as the engine words them.
fn worded(message: &str) -> String {
    let Some((before, after)) = message.split_once("` is not defined") else { return message.to_owned() };
    let name = before.rsplit('`').next().unwrap_or(before);
    match after.split_once("Available fields: ") {
        Some((_, fields)) => format!("không có biến “{name}”; được dùng: {}", fields.trim_end_matches('.')),
        None => format!("không có biến “{name}”"),
    }
}

/// Without the blank lines that loops and conditions of a template leave behind, and without its indents.
fn tidy(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for line in html.lines().map(str::trim).filter(|line| !line.is_empty()) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(source: &str) -> anyhow::Result<Page> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("trang.html"), source).unwrap();
        Templates::load(folder.path())?.page("trang.html", "trang.html", &(), &BTreeMap::from([("ten", "A & <B>")]))
    }

    #[test]
    fn text_is_escaped_unless_the_template_says_it_is_safe() {
        let page = render("<p>{{ view.ten }}</p>\n\n<p>{{ view.ten | safe }}</p>").unwrap();
        assert_eq!(String::from_utf8(page.bytes).unwrap(), "<p>A &amp; &lt;B&gt;</p>\n<p>A & <B></p>\n");
    }

    #[test]
    fn a_missing_variable_is_told_with_template_and_line() {
        let error = render("<p>\n{{ view.tne }}</p>").unwrap_err().to_string();
        assert!(error.contains("trang.html, dòng 2") && error.contains("tne"), "{error}");
    }

    #[test]
    fn a_slip_in_the_syntax_is_told_with_template_and_line() {
        let error = render("<p>\n\n{% if view.ten %}</p>").unwrap_err().to_string();
        assert!(error.contains("trang.html, dòng"), "{error}");
    }

    #[test]
    fn a_folder_with_one_file_changes_that_file_alone_and_names_the_build_anew() {
        let folder = tempfile::tempdir().unwrap();
        let own = Templates::load(Path::new("no-such-folder")).unwrap();
        std::fs::create_dir(folder.path().join("static")).unwrap();
        std::fs::write(folder.path().join("static/tokens.css"), ":root { --accent: #333333; }").unwrap();
        let changed = Templates::load(folder.path()).unwrap();
        assert_eq!(changed.assets().len(), own.assets().len());
        assert_ne!(changed.hash(), own.hash());
        let tokens = changed.assets().iter().find(|page| page.path == "tai-san/tokens.css").unwrap();
        assert_eq!(tokens.bytes, b":root { --accent: #333333; }");
    }

    #[test]
    fn the_exported_templates_are_the_embedded_ones_and_nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("mẫu");
        assert!(Templates::export(&into).unwrap() > 20);
        let own = Templates::load(Path::new("no-such-folder")).unwrap();
        assert_eq!(Templates::load(&into).unwrap().hash(), own.hash());
        assert!(Templates::export(&into).unwrap_err().to_string().contains("đã có tệp"));
    }

    #[test]
    fn without_a_folder_the_embedded_templates_serve() {
        let templates = Templates::load(Path::new("no-such-folder")).unwrap();
        assert!(templates.assets().iter().any(|page| page.path == "tai-san/tongket.css"));
    }
}
