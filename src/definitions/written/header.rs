//! How the header of the pages and the subjects of the slides are written in `site.toml`.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::page::Page;
use crate::definitions::folder::Folder;
use crate::definitions::header::{self, Header, Logo, LogoFormat};
use crate::definitions::site::Subject;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenHeader {
    text: Option<Spanned<String>>,
    logo: Option<Spanned<String>>,
    logo_alt: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSubject {
    title: Spanned<String>,
    themes: Vec<Spanned<String>>,
}

impl WrittenHeader {
    /// The header, its logo read and checked. Errors only when the file cannot be read.
    pub(super) fn resolve(self, input: &Folder, page: &mut Page) -> anyhow::Result<Header> {
        let text = self.text.map_or(String::new(), |text| page.filled(text));
        let Some(file) = self.logo else {
            if let Some(alt) = self.logo_alt {
                page.wrong(alt.span(), "logo_alt tả hình biểu trưng, nhưng không có logo; thêm logo hoặc bỏ dòng này");
            }
            return Ok(Header { text, logo: None });
        };
        let alt = match self.logo_alt {
            Some(alt) => page.filled(alt),
            None => {
                page.wrong(file.span(), "thiếu logo_alt: vài chữ tả hình biểu trưng cho người không nhìn thấy hình");
                String::new()
            }
        };
        let name = file.get_ref();
        let Some(format) = LogoFormat::of(name).filter(|_| !name.contains(['/', '\\'])) else {
            page.wrong(
                file.span(),
                format!("“{name}” không dùng được; logo là tên một tệp .svg hoặc .png đặt cạnh site.toml"),
            );
            return Ok(Header { text, logo: None });
        };
        if !input.has_file(name) {
            page.wrong(
                file.span(),
                format!("không có tệp {name} cạnh site.toml; chép tệp vào, hoặc bỏ logo và logo_alt"),
            );
            return Ok(Header { text, logo: None });
        }
        let bytes = input.bytes(name)?;
        if let Err(why) = header::check(format, &bytes) {
            page.wrong(file.span(), why);
        }
        Ok(Header { text, logo: Some(Logo { format, bytes: bytes.into(), alt }) })
    }
}

/// The subjects, each with themes that the forms and indicators know; `None` where that cannot be judged.
pub(super) fn subjects(written: Vec<WrittenSubject>, known: Option<&BTreeSet<&str>>, page: &mut Page) -> Vec<Subject> {
    let of = |written: WrittenSubject, page: &mut Page| {
        let mut themes = Vec::new();
        for theme in written.themes {
            let Some(known) = known.filter(|known| !known.contains(theme.get_ref().as_str())) else {
                themes.push(theme.into_inner());
                continue;
            };
            let all: Vec<&str> = known.iter().copied().collect();
            let text = theme.get_ref();
            page.wrong(
                theme.span(),
                format!("“{text}” không phải nhóm chỉ tiêu (theme) nào; các nhóm: {}", all.join("; ")),
            );
        }
        Subject { title: page.filled(written.title), themes }
    };
    written.into_iter().map(|subject| of(subject, page)).collect()
}
