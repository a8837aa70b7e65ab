//! What was found, rule by rule.

use std::collections::{BTreeMap, BTreeSet};

use crate::release::Finding;
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Row, Table};
use crate::site::view::quality::part;
use crate::site::words;
use crate::vocabulary::number::whole;
use crate::vocabulary::{RuleId, Severity};

/// One row per rule that was broken, the gravest and most frequent first.
pub fn by_rule(book: &Book<'_>) -> Block {
    let internal = part(book);
    let mut cited: BTreeMap<&RuleId, Vec<&Finding>> = BTreeMap::new();
    for finding in &internal.findings {
        cited.entry(&finding.rule).or_default().push(finding);
    }
    let mut cited: Vec<(&RuleId, Vec<&Finding>)> = cited.into_iter().collect();
    cited.sort_by_key(|(id, findings)| (findings[0].severity, std::cmp::Reverse(findings.len()), *id));
    let of = |severity| cited.iter().filter(|(_, findings)| findings[0].severity == severity).count();
    let acted = of(Severity::Error) + of(Severity::Warning);
    let often = cited.iter().filter(|(_, f)| f[0].severity < Severity::Info).map(|(id, f)| (f.len(), *id)).max();
    let finding = match often {
        None => "Chưa có lỗi hoặc cảnh báo nào.".to_owned(),
        Some((1, _)) => format!("{acted} quy tắc có lỗi hoặc cảnh báo, mỗi quy tắc một lần."),
        Some((most, id)) => format!(
            "{acted} quy tắc có lỗi hoặc cảnh báo; gặp nhiều nhất: {}, {} lần.",
            words::inside(&title(book, id)),
            whole(most as i64)
        ),
    };
    let rows = cited
        .iter()
        .map(|(id, findings)| {
            let units: BTreeSet<_> = findings.iter().filter_map(|finding| finding.unit.as_ref()).collect();
            let files: BTreeSet<_> = findings.iter().map(|finding| finding.place.file_name()).collect();
            Row::new(
                rule(id),
                vec![
                    Cell::text(title(book, id)),
                    Cell::short(findings[0].severity.title()),
                    Cell::number(whole(findings.len() as i64)).key(),
                    Cell::number(files.len().to_string()),
                    Cell::number(units.len().to_string()),
                ],
            )
        })
        .collect();
    let columns = [
        Column::text("Quy tắc"),
        Column::text("Điều phát hiện"),
        Column::text("Mức độ"),
        Column::number("Số lần"),
        Column::number("Tệp"),
        Column::number("Đơn vị"),
    ];
    Block {
        id: "quy-tac".into(),
        topic: "Theo quy tắc".into(),
        finding,
        tables: vec![
            Table::new("Phát hiện theo quy tắc", "Lỗi trước, rồi cảnh báo, rồi thông tin", &columns, rows).full(),
        ],
        ..Block::default()
    }
}

/// The title of a rule.
pub fn title(book: &Book<'_>, id: &RuleId) -> String {
    let rule = book.release.rules().iter().find(|rule| rule.id == *id);
    rule.map_or_else(|| id.to_string(), |rule| rule.title.clone())
}

/// The code of a rule, leading to its text.
pub fn rule(id: &RuleId) -> Cell {
    Cell::short(id.as_str()).link(format!("{}#{id}", page::RULES))
}
