//! What was done to the texts of a workbook, told once per sheet.

use crate::findings::{Finding, Place, Rule};
use crate::intake::text::Repair;
use crate::intake::workbook::{Sheet, Workbook};
use crate::vocabulary::CellRef;

/// What stands for a text that no known encoding explains.
pub(super) const UNREADABLE: &str = "(không đọc được)";

/// Repaired and unreadable texts of the sheets that are read.
pub(super) fn findings(workbook: &Workbook, file: &Place, is_read: impl Fn(usize) -> bool) -> Vec<Finding> {
    let open = |(at, sheet): &(usize, &Sheet)| is_read(*at) && sheet.closed.is_none();
    let sheets = workbook.sheets.iter().enumerate().filter(open);
    sheets.flat_map(|(at, sheet)| of_sheet(sheet, &file.sheet(at as u16, sheet.name.as_str()))).collect()
}

fn of_sheet(sheet: &Sheet, place: &Place) -> Vec<Finding> {
    let cell = |at: Option<CellRef>| at.map_or_else(|| place.clone(), |at| place.cell(at));
    let mut findings = Vec::new();
    // Another kind of blank is logged with its cell, and not worth a word.
    if let Some((first, _)) = sheet.repairs.iter().find(|(_, repair)| *repair != Repair::Blank) {
        let (message, help) = repaired(sheet);
        findings.push(Finding::of(Rule::LegacyText, cell(*first), message, help));
    }
    if let Some(first) = sheet.unreadable.first() {
        let message = match sheet.unreadable.len() {
            1 => "Ô có chữ không thuộc bảng mã nào đọc được".to_owned(),
            count => format!("{count} ô có chữ không thuộc bảng mã nào đọc được; đây là ô đầu tiên"),
        };
        findings.push(Finding::of(
            Rule::UnreadableText,
            cell(Some(*first)),
            message,
            "Gõ lại chữ bằng bảng mã Unicode",
        ));
    }
    findings
}

fn repaired(sheet: &Sheet) -> (String, &'static str) {
    let count = |repair: Repair| {
        let cells = sheet.repairs.iter().filter(|(at, it)| at.is_some() && *it == repair).count();
        let named = sheet.repairs.contains(&(None, repair));
        let parts = [(cells > 0).then(|| format!("{cells} ô")), named.then(|| "tên trang tính".to_owned())];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("{} ({})", repair.words(), parts.join(", ")))
    };
    let told = Repair::ALL.into_iter().filter(|repair| *repair != Repair::Blank);
    let done: Vec<String> = told.filter_map(count).collect();
    let help = match sheet.repairs.iter().any(|(_, repair)| matches!(repair, Repair::Tcvn3 | Repair::Vni)) {
        true => "Cài bộ gõ Unicode (UniKey, bảng mã Unicode), dùng phông Times New Roman cho lần sau",
        false => "Không cần gửi lại; lần sau gõ bằng bảng mã Unicode dựng sẵn",
    };
    (format!("Đã đọc giúp chữ trên trang này: {}", done.join("; ")), help)
}
