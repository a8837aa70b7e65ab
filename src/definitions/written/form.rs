//! How a form is written: a folder below `forms/`, its name the form's id, with `form.toml` and one
//! file per sheet, `bieu-*.toml`, in the order of their names.
//!
//! Rows and checks are written with the sheet they belong to; see [`super::row`] and [`super::check`].
//! Versions that the form replaced are told in `versions.toml`; see [`super::versions`].

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::check::{self, WrittenCheck};
use super::page::Page;
use super::row::{self, WrittenRow};
use super::value;
use super::versions::{self, WrittenVersions};
use crate::definitions::folder::Folder;
use crate::definitions::form::{Form, Row, SheetForm, SheetKind};
use crate::definitions::heading::{Column, Headings};
use crate::definitions::source::{Mistakes, Source, toml_files};
use crate::vocabulary::{MeasureCode, PlanId};

/// A form as it was read, before its parts were held against each other.
pub struct Draft {
    id: String,
    head: Source,
    written: Option<WrittenForm>,
    sheets: Vec<(Source, WrittenSheet)>,
    versions: Option<(Source, WrittenVersions)>,
    /// Whether every sheet file could be read.
    whole: bool,
    /// The codes of its rows, those of unreadable sheets included, so that a reference to them is
    /// no second mistake.
    pub codes: BTreeSet<MeasureCode>,
}

/// What a form may refer to outside itself.
pub struct Context<'a> {
    /// The codes of the computed ratios.
    pub indicators: &'a BTreeSet<MeasureCode>,
    /// The ids of the plans.
    pub plans: &'a [PlanId],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenForm {
    title: Spanned<String>,
    version: Spanned<String>,
    #[serde(default)]
    headings: BTreeMap<Column, Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSheet {
    id: Spanned<String>,
    name: Option<Spanned<String>>,
    title: Spanned<String>,
    theme: Spanned<String>,
    kind: Spanned<SheetKind>,
    #[serde(default)]
    plans: Vec<Spanned<String>>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    row: Vec<WrittenRow>,
    #[serde(default)]
    check: Vec<WrittenCheck>,
}

/// Reads every form below the input folder. Errors only when a file cannot be read.
pub fn drafts(input: &Folder, mistakes: &mut Mistakes) -> anyhow::Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for id in input.names("forms")?.into_iter().filter(|name| !name.starts_with('.') && name != "README.md") {
        let folder = format!("forms/{id}");
        if !input.has_folder(&folder) {
            mistakes.add(&folder, 0, "mỗi biểu mẫu là một thư mục gồm form.toml và các tệp bieu-*.toml");
            continue;
        }
        let head = format!("{folder}/form.toml");
        let mut draft = Draft {
            id,
            head: Source { file: head.clone(), text: String::new() },
            written: None,
            sheets: Vec::new(),
            versions: None,
            whole: true,
            codes: BTreeSet::new(),
        };
        if !input.has_file(&head) {
            mistakes.add(&head, 0, "thiếu tệp này: ghi title và version của biểu mẫu");
        }
        for file in toml_files(input, &folder, mistakes)? {
            let source = Source::read(input, &file)?;
            if source.stem() == "form" {
                draft.written = source.toml(mistakes);
                draft.head = source;
            } else if source.stem() == "versions" {
                draft.versions = source.toml(mistakes).map(|written| (source, written));
            } else if source.stem().starts_with("bieu-") {
                draft.codes.extend(codes_in(&source.text));
                match source.toml(mistakes) {
                    Some(sheet) => draft.sheets.push((source, sheet)),
                    None => draft.whole = false,
                }
            } else {
                mistakes.add(&file, 0, "trong thư mục biểu mẫu chỉ có form.toml, versions.toml và các tệp bieu-*.toml");
            }
        }
        drafts.push(draft);
    }
    if drafts.is_empty() {
        mistakes.add("forms", 0, "cần ít nhất một biểu mẫu: thư mục gồm form.toml và các tệp bieu-*.toml");
    }
    Ok(drafts)
}

/// The codes of the rows in a sheet file, even when it cannot be read as a whole.
fn codes_in(text: &str) -> impl Iterator<Item = MeasureCode> {
    text.lines().filter_map(|line| {
        let value = line.trim_start().strip_prefix("code")?.trim_start().strip_prefix('=')?;
        Some(MeasureCode::from(value.trim().strip_prefix('"')?.split('"').next()?))
    })
}

/// Resolves the forms, oldest version first.
pub fn forms(drafts: Vec<Draft>, context: &Context, mistakes: &mut Mistakes) -> Vec<Form> {
    let mut forms: Vec<(Vec<u32>, Form)> = Vec::new();
    for draft in drafts {
        let Some(written) = draft.written else { continue };
        let mut page = Page { source: &draft.head, mistakes };
        let order = page.read(&written.version, version).unwrap_or_default();
        if let Some((_, other)) = forms.iter().find(|(_, form)| form.version == *written.version.get_ref()) {
            let message = format!("phiên bản {} đã là của biểu mẫu {}", other.version, other.id);
            page.wrong(written.version.span(), message);
        }
        let mut form = Form {
            id: draft.id,
            version: written.version.get_ref().clone(),
            title: page.filled(written.title),
            sheets: Vec::new(),
            checks: Vec::new(),
            headings: headings(&mut page, &written.headings),
            older: None,
        };
        let mut taken = Taken::default();
        let mut checks = Vec::new();
        for (source, sheet) in draft.sheets {
            let (sheet, written) = taken.sheet(&mut Page { source: &source, mistakes }, sheet, &draft.codes, context);
            form.sheets.push(sheet);
            checks.push((source, written));
        }
        if draft.whole && !taken.kinds.contains(&SheetKind::Cover) {
            let message = "biểu mẫu cần một biểu có kind = \"cover\" để khai đơn vị và kỳ báo cáo";
            mistakes.add(&draft.head.file, 0, message);
        }
        for (source, written) in checks {
            let mut page = Page { source: &source, mistakes };
            let checks = check::checks(&mut page, written, &form, &draft.codes, context);
            form.checks.extend(checks);
        }
        for older in draft.versions.into_iter().flat_map(|(source, written)| {
            // What is wrong with the form itself is told first: the rest may follow from it.
            let folder = format!("forms/{}/", form.id);
            let sound = draft.whole && !mistakes.as_slice().iter().any(|mistake| mistake.file.starts_with(&folder));
            if sound { versions::older(&mut Page { source: &source, mistakes }, written, &form) } else { Vec::new() }
        }) {
            forms.push((order.clone(), older));
        }
        forms.push((order, form));
    }
    for (_, form) in &forms {
        if form.is_older() && forms.iter().filter(|(_, other)| other.version == form.version).count() > 1 {
            let message = format!("phiên bản {} ghi hai lần hoặc đã có biểu mẫu riêng", form.version);
            mistakes.add(&format!("forms/{}/versions.toml", form.id), 0, message);
        }
    }
    forms.sort_by(|a, b| a.0.cmp(&b.0));
    forms.into_iter().map(|(_, form)| form).collect()
}

/// The usual headings and those of the form.
fn headings(page: &mut Page, written: &BTreeMap<Column, Vec<Spanned<String>>>) -> Headings {
    let mut headings = Headings::usual();
    for (column, texts) in written {
        for text in texts {
            page.filled(text.clone());
            if let Err(other) = headings.add(text.get_ref(), *column) {
                let message = format!("tiêu đề “{}” đã là của cột {}", text.get_ref(), other.title());
                page.wrong(text.span(), message);
            }
        }
    }
    headings
}

/// A version such as `2026.1`: the year and a number, compared as numbers.
fn version(text: &str) -> Result<Vec<u32>, String> {
    let parts: Result<Vec<u32>, _> = text.split('.').map(str::parse).collect();
    parts.ok().filter(|parts| parts.len() == 2).ok_or_else(|| {
        format!("phiên bản “{text}” phải gồm năm và số thứ tự, ví dụ 2026.1; biểu mẫu sau có số lớn hơn")
    })
}

/// What earlier sheets of the form have taken, with the place.
#[derive(Default)]
struct Taken {
    codes: BTreeMap<String, String>,
    sheets: BTreeMap<String, String>,
    kinds: Vec<SheetKind>,
}

impl Taken {
    fn sheet(
        &mut self,
        page: &mut Page,
        written: WrittenSheet,
        codes: &BTreeSet<MeasureCode>,
        context: &Context,
    ) -> (SheetForm, Vec<WrittenCheck>) {
        self.unique(page, &written.id, |taken| &mut taken.sheets, "số biểu");
        let kind = *written.kind.get_ref();
        if kind != SheetKind::Rows && self.kinds.contains(&kind) {
            page.wrong(written.kind.span(), "một biểu mẫu chỉ có một biểu loại này; chỉ loại rows có nhiều biểu");
        }
        self.kinds.push(kind);
        if !matches!(kind, SheetKind::Rows | SheetKind::Cover)
            && let Some(row) = written.row.first()
        {
            page.wrong(row.code.span(), "chỉ biểu loại rows hoặc cover có [[row]]");
        }
        let plans: Vec<(&str, &PlanId)> = context.plans.iter().map(|plan| (plan.as_str(), plan)).collect();
        let sheet = SheetForm {
            name: match written.name {
                Some(name) => page.filled(name),
                None => format!("Biểu {}", written.id.get_ref()),
            },
            id: page.filled(written.id),
            title: page.filled(written.title),
            theme: page.filled(written.theme),
            kind,
            plans: written
                .plans
                .iter()
                .filter_map(|id| page.read(id, |text| value::choice(text, &plans)))
                .cloned()
                .collect(),
            rows: written.row.into_iter().filter_map(|row| self.row(page, row, codes)).collect(),
            note: written.note,
        };
        (sheet, written.check)
    }

    fn row(&mut self, page: &mut Page, written: WrittenRow, codes: &BTreeSet<MeasureCode>) -> Option<Row> {
        self.unique(page, &written.code, |taken| &mut taken.codes, "mã số");
        row::row(page, written, codes)
    }

    fn unique(
        &mut self,
        page: &mut Page,
        code: &Spanned<String>,
        list: impl Fn(&mut Self) -> &mut BTreeMap<String, String>,
        noun: &str,
    ) {
        let place = format!("{}:{}", page.source.file, page.source.line(code.span().start));
        if let Some(first) = list(self).insert(code.get_ref().clone(), place) {
            page.wrong(code.span(), format!("{noun} “{}” đã dùng ở {first}", code.get_ref()));
        }
    }
}
