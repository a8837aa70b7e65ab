//! How versions that a form replaced are written: `versions.toml` in the folder of the form, one
//! `[[version]]` each, told by what is different.
//!
//! ```toml
//! [[version]]
//! version = "2025-thi-diem"           # as written in the workbook
//! title = "Biểu mẫu thí điểm 2025"
//! removed = ["thn.cam_ket"]           # codes of then that nobody asks any more
//! absent = ["bv.hoa_giai"]            # codes of today that were not on it
//!
//! [version.renamed]                   # code of then = code of today
//! "thn.nhan_ve" = "thn.tiep_nhan"
//!
//! [version.titles]                    # code of today = title of then, where it was another
//! "thn.tiep_nhan" = "Số người nhận về trong kỳ"
//!
//! [version.sheets]                    # number of the sheet today = its name then
//! "01" = "Mẫu 1"
//! ```
//!
//! On which sheet and in which order rows stood need not be said: they are found by their code.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::page::Page;
use super::value;
use crate::definitions::form::{Form, Older};
use crate::vocabulary::MeasureCode;

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenVersions {
    version: Vec<WrittenVersion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenVersion {
    version: Spanned<String>,
    title: Spanned<String>,
    #[serde(default)]
    removed: Vec<Spanned<String>>,
    #[serde(default)]
    absent: Vec<Spanned<String>>,
    #[serde(default)]
    renamed: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    titles: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    sheets: BTreeMap<String, Spanned<String>>,
}

/// The older versions as forms, in the order written.
pub fn older(page: &mut Page, written: WrittenVersions, form: &Form) -> Vec<Form> {
    let codes: BTreeSet<MeasureCode> = form.rows().map(|row| row.code.clone()).collect();
    written.version.into_iter().map(|written| version(page, written, form, &codes)).collect()
}

fn version(page: &mut Page, written: WrittenVersion, form: &Form, codes: &BTreeSet<MeasureCode>) -> Form {
    let absent: BTreeSet<MeasureCode> = written.absent.iter().filter_map(|code| page.measure(code, codes)).collect();
    let mut gone = |text: &str, at: &Spanned<String>| {
        page.read(at, |_| value::code(text))?;
        if codes.contains(text) {
            page.wrong(at.span(), format!("mã số “{text}” đang dùng trong biểu mẫu; mã số không bao giờ dùng lại"));
        }
        Some(text.to_owned())
    };
    let removed: BTreeSet<String> = written.removed.iter().filter_map(|code| gone(code.get_ref(), code)).collect();
    let old: Vec<(String, &Spanned<String>)> =
        written.renamed.iter().filter_map(|(old, today)| Some((gone(old, today)?, today))).collect();
    let mut renamed = BTreeMap::new();
    for (old, today) in old {
        let Some(code) = page.measure(today, codes) else { continue };
        if removed.contains(&old) {
            page.wrong(today.span(), format!("mã số “{old}” vừa ở renamed vừa ở removed"));
        }
        if absent.contains(&code) {
            page.wrong(today.span(), format!("{code} ghi ở absent là không có trên phiên bản này"));
        }
        if renamed.values().any(|other| *other == code) {
            page.wrong(today.span(), format!("hai mã số cũ cùng thành {code}"));
        }
        renamed.insert(old, code);
    }
    let mut older = Form {
        id: form.id.clone(),
        version: page.filled(written.version),
        title: page.filled(written.title),
        older: Some(Older { read_as: form.version.clone(), renamed, removed }),
        ..form.clone()
    };
    for sheet in &mut older.sheets {
        sheet.rows.retain(|row| !absent.contains(&row.code));
    }
    for (id, name) in written.sheets {
        match older.sheets.iter_mut().find(|sheet| sheet.id == id) {
            Some(sheet) => sheet.name = page.filled(name),
            None => page.wrong(name.span(), format!("biểu mẫu không có biểu số “{id}”")),
        }
    }
    for (code, title) in written.titles {
        match older.sheets.iter_mut().flat_map(|sheet| &mut sheet.rows).find(|row| row.code.as_str() == code) {
            Some(row) => row.title = page.filled(title),
            None => page.wrong(title.span(), format!("không có dòng mã số “{code}” trên phiên bản này")),
        }
    }
    older
}
