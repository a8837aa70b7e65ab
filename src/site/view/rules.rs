//! The rules page: every rule that returns are checked by, with an anchor of its own.

use serde::Serialize;

use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{Cell, Column, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::words;
use crate::vocabulary::number::whole;
use crate::vocabulary::{RuleId, Severity};

/// What `rules.html` needs.
#[derive(Debug, Serialize)]
pub struct Rules {
    /// Every rule by title, leading to its text.
    pub index: Table,
    /// How many rules there are of each severity: anchor, title, count.
    pub severities: Vec<[String; 3]>,
    /// Rules of the form, then rules of the reader.
    pub parts: Vec<Part>,
}

/// Rules of one kind.
#[derive(Debug, Serialize)]
pub struct Part {
    /// Name of the kind.
    pub topic: String,
    /// What they have in common.
    pub finding: String,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Debug, Serialize)]
pub struct Rule {
    /// Code, also the anchor.
    pub id: String,
    /// How often it was cited.
    pub times: u32,
    /// Lỗi, Cảnh báo, Thông tin.
    pub severity: String,
    /// CSS class of the severity.
    pub class: &'static str,
    /// The fault, in a few words.
    pub title: String,
    /// The text, as HTML.
    pub html: String,
    /// How often it was cited: `12 lần`, or that it never was.
    pub count: String,
}

/// The rules page.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Rules) {
    let release = book.release;
    let counts = release.rule_counts();
    let all: Vec<Rule> = release
        .rules()
        .iter()
        .map(|rule| Rule {
            id: rule.id.to_string(),
            times: counts.get(&rule.id).copied().unwrap_or_default(),
            severity: rule.severity.title().to_owned(),
            class: match rule.severity {
                Severity::Error => "sev-e",
                Severity::Warning => "sev-w",
                Severity::Info => "sev-i",
            },
            title: rule.title.clone(),
            html: html(&rule.text),
            count: match counts.get(&rule.id) {
                Some(count) if *count > 0 => format!("{} lần trong các báo cáo đã nhận", whole(i64::from(*count))),
                _ => "chưa phát hiện trong các báo cáo đã nhận".into(),
            },
        })
        .collect();
    let total: u32 = counts.values().sum();
    let often = most_cited(book, counts.iter().map(|(id, count)| (id, *count)));
    let heading = format!("{} quy tắc kiểm tra, {} phát hiện", all.len(), whole(i64::from(total)));
    let lead = format!(
        "Mọi báo cáo đều được kiểm tra bằng cùng các quy tắc này. Lỗi: số liệu không được dùng. Cảnh báo: số liệu vẫn dùng, đề nghị đơn vị xác nhận.{often}"
    );
    let (index, severities) = (index(&all), severities(&all));
    let (form, reader): (Vec<Rule>, Vec<Rule>) = all.into_iter().partition(|rule| rule.id.starts_with('R'));
    let parts = [
        ("Quy tắc của biểu", "Các số trong biểu phải khớp nhau, khớp với kỳ trước và với thực tế của đơn vị.", form),
        (
            "Quy tắc đọc tệp",
            "Tệp phải mở được, đúng mẫu, đúng đơn vị, đúng kỳ và không có thông tin của từng người.",
            reader,
        ),
    ];
    let parts = parts
        .into_iter()
        .filter(|(.., rules)| !rules.is_empty())
        .map(|(topic, finding, rules)| Part { topic: topic.into(), finding: finding.into(), rules })
        .collect();
    let mut frame = Frame::new(release, path, "Quy tắc kiểm tra", &heading, &lead);
    if release.internal().is_some() {
        frame = frame.action("Từng phát hiện", crate::site::page::QUALITY);
    }
    (frame, Rules { index, severities, parts })
}

/// One line per rule: code, fault, severity, how often.
fn index(all: &[Rule]) -> Table {
    let rows = all
        .iter()
        .map(|rule| {
            Row::new(
                Cell::short(&rule.id).link(format!("{}#{}", page::RULES, rule.id)),
                vec![Cell::text(&rule.title), Cell::short(&rule.severity), Cell::number(whole(i64::from(rule.times)))],
            )
            .class(rule.class)
        })
        .collect();
    let columns =
        [Column::text("Mã"), Column::text("Điều phát hiện"), Column::text("Mức độ"), Column::number("Số lần")];
    let mut table = Table::new("Mọi quy tắc kiểm tra", "Số lần nêu trong các báo cáo đã nhận", &columns, rows);
    table.number = 1;
    table
}

/// The severities that the page can be narrowed to.
fn severities(all: &[Rule]) -> Vec<[String; 3]> {
    let severities = [("loi", Severity::Error), ("canh-bao", Severity::Warning), ("thong-tin", Severity::Info)];
    let counted = severities.map(|(anchor, severity)| {
        let count = all.iter().filter(|rule| rule.severity == severity.title()).count();
        [anchor.to_owned(), severity.title().to_owned(), count.to_string()]
    });
    counted.into()
}

/// A sentence naming the rules cited most; empty when none was.
fn most_cited<'a>(book: &Book<'_>, counts: impl Iterator<Item = (&'a RuleId, u32)>) -> String {
    let mut counts: Vec<(&RuleId, u32)> = counts.filter(|(_, count)| *count > 0).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let named: Vec<String> = counts
        .iter()
        .take(3)
        .map(|(id, count)| {
            let title = book.release.rules().iter().find(|rule| rule.id == **id).map(|rule| words::inside(&rule.title));
            format!("{} ({} lần)", title.unwrap_or_else(|| id.to_string()), whole(i64::from(*count)))
        })
        .collect();
    if named.is_empty() { String::new() } else { format!(" Gặp nhiều nhất: {}.", words::list(&named)) }
}

/// Markdown as HTML. The texts are the program's and the definition author's own, never a clerk's.
pub fn html(markdown: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(markdown));
    html
}
