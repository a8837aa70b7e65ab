//! Levels of a classification, typed by code or by title: `XS`, `Xuất sắc`, `đạt`.

use super::{Fault, Number, mark, no_number};
use crate::definitions::form::Class;
use crate::findings::Rule;
use crate::intake::workbook::CellValue;
use crate::vocabulary::text::{excerpt, name_key, plain_key};

/// Reads a class as its position from 1. `None`: the cell is empty or says that there is none yet.
///
/// # Errors
/// When something is there that is no class of the list. A dash, a cross or
/// “Không” is no class: it may mean “not met” as well as “not classified”.
pub fn class(cell: Option<&CellValue>, classes: &[Class]) -> Result<Option<Number>, Fault> {
    let text = match cell {
        None => return Ok(None),
        Some(CellValue::Text(text)) => text,
        Some(error @ (CellValue::Error(_) | CellValue::Unvalued)) => return Err(no_number(error)),
        Some(other) => return Err(wrong(&other.shown(), classes)),
    };
    // Codes such as `Y` and `TB`, and titles with or without marks, are far apart: folding them is safe.
    let key = plain_key(text);
    let key = key.trim_end_matches(['.', ' ']);
    let key =
        ["xep loai ", "phan loai ", "loai ", "muc "].iter().find_map(|word| key.strip_prefix(word)).unwrap_or(key);
    let found = classes.iter().position(|class| plain_key(&class.code) == key || plain_key(&class.title) == key);
    match found {
        Some(at) => Ok(Some(Number { value: at as i64 + 1, repair: None })),
        None if mark::is_filler(text) || mark::is_not_yet(text) || key.starts_with("chua xep") => Ok(None),
        None if ["chua phan loai", "chua danh gia", "chua binh xet"].contains(&plain_key(text).as_str()) => Ok(None),
        None => Err(wrong(text, classes)),
    }
}

fn wrong(found: &str, classes: &[Class]) -> Fault {
    let list: Vec<String> = classes
        .iter()
        .map(|class| match name_key(&class.code) == name_key(&class.title) {
            true => class.code.clone(),
            false => format!("{} ({})", class.code, class.title),
        })
        .collect();
    let message = format!("Ô ghi “{}”, cần một trong các mức: {}", excerpt(found, 60), list.join(", "));
    let help = if mark::is_nil(found) || mark::is_missing(found) {
        "Chưa được phân loại thì để trống ô; đã có kết quả thì chọn một mức trong danh sách thả xuống"
    } else {
        "Chọn một mức trong danh sách thả xuống của ô"
    };
    Fault::new(Rule::WrongClass, message, help)
}
