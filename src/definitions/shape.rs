//! When a TOML file has not the shape of what it defines: cutting out what is wrong so that the rest
//! can be read on, and telling serde's mistake to the author.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// What was cut out of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// A key with its value, from the table at this span.
    Key(Range<usize>),
    /// An entry of a list.
    Entry,
}

/// Cuts out of a table, which stands at `own`, the innermost thing that stands at `span`.
/// None when nothing inside does.
pub fn cut(table: &mut DeTable, own: &Range<usize>, span: &Range<usize>) -> Option<Cut> {
    let found = table.iter().find(|(key, value)| key.span() == *span || value.span() == *span);
    if let Some(key) = found.map(|(key, _)| key.clone()) {
        table.remove(&key);
        return Some(Cut::Key(own.clone()));
    }
    table.iter_mut().find_map(|(_, value)| cut_inside(value, span))
}

fn cut_inside(value: &mut Spanned<DeValue>, span: &Range<usize>) -> Option<Cut> {
    let own = value.span();
    match value.get_mut() {
        DeValue::Table(table) => cut(table, &own, span),
        DeValue::Array(entries) => {
            if entries.iter().any(|entry| entry.span() == *span) {
                let kept = std::mem::replace(entries, DeArray::new()).into_iter().filter(|entry| entry.span() != *span);
                *entries = kept.collect();
                return Some(Cut::Entry);
            }
            entries.iter_mut().find_map(|entry| cut_inside(entry, span))
        }
        _ => None,
    }
}

/// Whether serde refused a key that the table does not have; the rest of the table is not harmed.
pub fn is_unknown_key(message: &str) -> bool {
    message.starts_with("unknown field")
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
