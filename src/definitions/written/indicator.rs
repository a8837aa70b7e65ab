//! How a computed ratio is written: one TOML file per ratio under `indicators/`, its stem the code.
//!
//! Numerator and denominator are formulas ([`super::formula`]) with two functions:
//! `each_return(x)` adds up a row over the returns whatever its kind, `weeks(x)` counts the weeks
//! that the people of a stock were there.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::page::Page;
use super::{formula, value};
use crate::definitions::folder::Folder;
use crate::definitions::form::{Direction, Kind, Privacy};
use crate::definitions::indicator::{Indicator, Over, RatioTerm};
use crate::definitions::source::{Mistakes, Source, toml_files};
use crate::vocabulary::MeasureCode;

/// A ratio as it was read, before its rows were looked up.
pub struct Draft {
    source: Source,
    written: Option<WrittenIndicator>,
}

impl Draft {
    /// The code it will have.
    pub fn code(&self) -> MeasureCode {
        MeasureCode::from(self.source.stem())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenIndicator {
    order: i64,
    title: Spanned<String>,
    short: Spanned<String>,
    theme: Spanned<String>,
    numerator: Spanned<String>,
    denominator: Spanned<String>,
    direction: Direction,
    privacy: Privacy,
    denominator_noun: Spanned<String>,
    source: Spanned<String>,
    definition: Spanned<String>,
}

/// Reads every ratio below the input folder. Errors only when a file cannot be read.
pub fn drafts(input: &Folder, mistakes: &mut Mistakes) -> anyhow::Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in toml_files(input, "indicators", mistakes)? {
        let source = Source::read(input, &file)?;
        drafts.push(Draft { written: source.toml(mistakes), source });
    }
    Ok(drafts)
}

/// Resolves the ratios, in catalogue order. `rows` are the rows of the forms that could be read with
/// their kinds, `codes` those of all.
pub fn indicators(
    drafts: Vec<Draft>,
    rows: &BTreeMap<MeasureCode, Kind>,
    codes: &BTreeSet<MeasureCode>,
    mistakes: &mut Mistakes,
) -> Vec<Indicator> {
    let mut indicators = Vec::new();
    for draft in drafts {
        let code = draft.code();
        let mut page = Page { source: &draft.source, mistakes };
        if let Err(message) = value::code(code.as_str()) {
            page.mistakes.add(&draft.source.file, 0, format!("tên tệp là mã số của tỷ lệ: {message}"));
        }
        if codes.contains(&code) {
            page.mistakes.add(&draft.source.file, 0, format!("mã số {code} đã là một dòng của biểu mẫu; đổi tên tệp"));
        }
        let Some(written) = draft.written else { continue };
        indicators.push(Indicator {
            code,
            order: written.order,
            numerator: terms(&mut page, &written.numerator, rows, codes),
            denominator: terms(&mut page, &written.denominator, rows, codes),
            title: page.filled(written.title),
            short: page.filled(written.short),
            theme: page.filled(written.theme),
            direction: written.direction,
            privacy: written.privacy,
            denominator_noun: page.filled(written.denominator_noun),
            source: page.filled(written.source),
            definition: page.filled(written.definition),
        });
    }
    indicators.sort_by(|a, b| (a.order, &a.code).cmp(&(b.order, &b.code)));
    indicators
}

fn terms(
    page: &mut Page,
    written: &Spanned<String>,
    rows: &BTreeMap<MeasureCode, Kind>,
    codes: &BTreeSet<MeasureCode>,
) -> Vec<RatioTerm> {
    let mut found = Vec::new();
    let terms = match formula::terms(written.get_ref(), &["each_return", "weeks"]) {
        Ok(terms) if terms.is_empty() => Err("tử số và mẫu số cần ít nhất một mã số".to_owned()),
        other => other,
    };
    let Some(terms) = terms.map_err(|message| page.wrong(written.span(), message)).ok() else { return found };
    for term in terms {
        let over = match term.function {
            None => Over::Kind,
            Some("weeks") => Over::Weeks,
            Some(_) => Over::EachReturn,
        };
        let item = value::measure(term.code, codes).and_then(|item| match rows.get(&item) {
            Some(Kind::Class(_)) => Err(format!("{item} là phân loại, không cộng được")),
            Some(Kind::Flow) if over == Over::Weeks => {
                Err(format!("weeks chỉ dùng với số cuối kỳ, {item} là số phát sinh"))
            }
            _ => Ok(item),
        });
        match item {
            Ok(item) => found.push(RatioTerm { coefficient: term.coefficient, item, over }),
            Err(message) => page.wrong(written.span(), message),
        }
    }
    found
}
