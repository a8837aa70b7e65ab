//! How a row of the form is written: `[[row]]` in the file of its sheet.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::page::Page;
use super::value;
use crate::definitions::form::{AcrossTime, Asked, Class, Direction, Kind, Privacy, Row};
use crate::vocabulary::MeasureCode;

/// A row as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenRow {
    /// Mã số.
    pub code: Spanned<String>,
    title: Spanned<String>,
    short: Spanned<String>,
    unit_of_measure: Spanned<String>,
    kind: Spanned<KindWord>,
    #[serde(default)]
    classes: Vec<WrittenClass>,
    #[serde(default = "always")]
    asked: Asked,
    across_time: Option<AcrossTime>,
    #[serde(default = "yes")]
    additive: bool,
    direction: Direction,
    privacy: Privacy,
    part_of: Option<Spanned<String>>,
    #[serde(default)]
    complement_sensitive: bool,
    receivers: Option<Spanned<String>>,
    by_settlement: Option<Spanned<bool>>,
    #[serde(default)]
    signed: bool,
    #[serde(default = "yes")]
    required: bool,
    source: Spanned<String>,
    definition: Spanned<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KindWord {
    Stock,
    Flow,
    Class,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClass {
    code: Spanned<String>,
    title: Spanned<String>,
}

fn always() -> Asked {
    Asked::Always
}

fn yes() -> bool {
    true
}

/// Resolves a row; none when its code is not one. `codes` are those of the form.
pub fn row(page: &mut Page, written: WrittenRow, codes: &BTreeSet<MeasureCode>) -> Option<Row> {
    let kind = self::kind(page, &written.kind, written.classes);
    let settled = written.by_settlement.filter(|flag| *flag.get_ref());
    if let Some(flag) = settled.as_ref().filter(|_| written.privacy != Privacy::P0) {
        page.wrong(flag.span(), "chỉ chỉ tiêu P0 được báo cáo theo thôn: không có số liệu về người dưới cấp xã");
    }
    let across_time = written.across_time.unwrap_or(match kind {
        Kind::Stock | Kind::Class(_) => AcrossTime::Last,
        Kind::Flow => AcrossTime::Sum,
    });
    let mut other = |code: Option<Spanned<String>>| code.and_then(|code| page.measure(&code, codes));
    let (part_of, receivers) = (other(written.part_of), other(written.receivers));
    Some(Row {
        code: page.read(&written.code, value::code)?,
        title: page.filled(written.title),
        short: page.filled(written.short),
        unit_of_measure: page.filled(written.unit_of_measure),
        kind,
        asked: written.asked,
        across_time,
        additive: written.additive,
        direction: written.direction,
        privacy: written.privacy,
        part_of,
        complement_sensitive: written.complement_sensitive,
        receivers,
        by_settlement: settled.is_some(),
        signed: written.signed,
        required: written.required,
        source: page.filled(written.source),
        definition: page.filled(written.definition),
    })
}

fn kind(page: &mut Page, written: &Spanned<KindWord>, classes: Vec<WrittenClass>) -> Kind {
    match written.get_ref() {
        KindWord::Class if classes.len() < 2 => {
            page.wrong(written.span(), "chỉ tiêu phân loại cần classes: ít nhất hai mức, từ thấp đến cao");
        }
        KindWord::Stock | KindWord::Flow if !classes.is_empty() => {
            page.wrong(written.span(), "classes chỉ dùng với kind = \"class\"");
        }
        _ => {}
    }
    match written.get_ref() {
        KindWord::Stock => Kind::Stock,
        KindWord::Flow => Kind::Flow,
        KindWord::Class => {
            let mut seen = BTreeSet::new();
            let mut class = |class: WrittenClass| {
                if !seen.insert(class.code.get_ref().clone()) {
                    page.wrong(class.code.span(), format!("mức “{}” ghi hai lần", class.code.get_ref()));
                }
                Class { code: page.filled(class.code), title: page.filled(class.title) }
            };
            Kind::Class(classes.into_iter().map(&mut class).collect())
        }
    }
}
