//! When a TOML file has not the shape of what it defines: what to cut out so that the rest can be
//! read on, and how serde's mistake is told to the author.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// Cuts what a mistake at `span` is about: an unknown key alone, anything else with the entry of a
/// list it stands in. `false` when there is nothing to cut but the document.
pub fn cut(document: &mut DeTable, span: &Range<usize>, message: &str) -> bool {
    if message.starts_with("unknown field") { cut_key(document, span) } else { cut_entry(document, span) }
}

fn cut_key(table: &mut DeTable, span: &Range<usize>) -> bool {
    if let Some(key) = table.keys().find(|key| key.span() == *span).cloned() {
        return table.remove(&key).is_some();
    }
    table.iter_mut().any(|(_, value)| match value.get_mut() {
        DeValue::Table(table) => cut_key(table, span),
        DeValue::Array(entries) => entries.iter_mut().any(|entry| match entry.get_mut() {
            DeValue::Table(table) => cut_key(table, span),
            _ => false,
        }),
        _ => false,
    })
}

fn cut_entry(table: &mut DeTable, span: &Range<usize>) -> bool {
    table.iter_mut().any(|(_, value)| match value.get_mut() {
        DeValue::Table(table) => cut_entry(table, span),
        DeValue::Array(entries) => {
            let before = entries.len();
            let kept = std::mem::replace(entries, DeArray::new()).into_iter().filter(|entry| !is_about(entry, span));
            *entries = kept.collect();
            entries.len() < before
        }
        _ => false,
    })
}

/// Whether the span is that of a value, or of a key or value inside it.
fn is_about(value: &Spanned<DeValue>, span: &Range<usize>) -> bool {
    value.span() == *span
        || match value.get_ref() {
            DeValue::Table(table) => table.iter().any(|(key, inner)| key.span() == *span || is_about(inner, span)),
            DeValue::Array(entries) => entries.iter().any(|inner| is_about(inner, span)),
            _ => false,
        }
}

/// What serde says about a wrong shape, in words for the author. Its sentences are fixed; one that
/// is not known here is passed on as it is.
pub fn in_vietnamese(message: &str) -> String {
    let list = |text: &str| {
        let words = text.trim_start_matches("one of ").replace('`', "").replace(" or ", ", ");
        if words == "there are no fields" { "không có khóa nào".to_owned() } else { words }
    };
    if let Some(rest) = message.strip_prefix("unknown field `")
        && let Some((key, allowed)) = rest.split_once('`')
    {
        let allowed = list(allowed.trim_start_matches(", expected ").trim_start_matches(", "));
        return format!("không có khóa “{key}”; được dùng: {allowed}");
    }
    if let Some(rest) = message.strip_prefix("unknown variant `")
        && let Some((word, allowed)) = rest.split_once('`')
    {
        return format!(
            "“{word}” không dùng được ở đây; được dùng: {}",
            list(allowed.trim_start_matches(", expected "))
        );
    }
    if let Some(key) = message.strip_prefix("missing field `") {
        return format!("thiếu khóa “{}”", key.trim_end_matches('`'));
    }
    if let Some(rest) = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))
        && let Some((found, expected)) = rest.split_once(", expected ")
    {
        return format!("có {}, cần {}", in_words(found), in_words(expected));
    }
    if message.starts_with("wanted exactly 1 element") {
        return "cần đúng một khóa ở đây".to_owned();
    }
    message.to_owned()
}

/// serde's name of a type, in words.
fn in_words(kind: &str) -> String {
    let (name, value) = kind.split_once(' ').unwrap_or((kind, ""));
    let word = match kind {
        "a string" => "một chuỗi trong ngoặc kép",
        "a sequence" | "sequence" => "một danh sách [ … ]",
        "a map" | "map" => "một bảng { … }",
        "a boolean" => "true hoặc false",
        "string only" => "một từ trong ngoặc kép",
        "i32" | "i64" | "u8" | "u32" | "u64" | "usize" => "một số nguyên",
        _ if kind.starts_with("struct ") => "một bảng { … }",
        _ if kind.starts_with("enum ") => "một từ hoặc một bảng { … }",
        _ => match name {
            "string" => return format!("chuỗi {value}"),
            "integer" | "floating" => return format!("số {}", value.trim_start_matches("point ")),
            "boolean" => return value.to_owned(),
            _ => kind,
        },
    };
    word.to_owned()
}
