//! The findings in the feedback workbook, one line each: where, how grave, what, and what to do.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Url, Worksheet};

use crate::definitions::Definitions;
use crate::findings::answer::Answer;
use crate::findings::feedback::style::Styles;
use crate::findings::feedback::{COLUMNS, LAST_COLUMN, RULES, height, lines_of};
use crate::findings::rule::RuleText;
use crate::findings::{Finding, Place};
use crate::vocabulary::text::neutralised;
use crate::vocabulary::{MeasureCode, RuleId};

/// The rules an answer cites, each with its row on sheet “Quy tắc”.
pub(super) type Cited<'a> = BTreeMap<&'a RuleId, (u32, &'a RuleText)>;

/// Writes head and lines from a row on; gives the row after the last.
pub(super) fn write(
    sheet: &mut Worksheet,
    head: u32,
    answer: &Answer,
    definitions: &Definitions,
    cited: &Cited,
    styles: &Styles,
) -> anyhow::Result<u32> {
    for (col, (title, _)) in (0u16..).zip(COLUMNS) {
        sheet.write_string_with_format(head, col, title, &styles.head)?;
    }
    sheet.set_row_height(head, 22.0)?;
    let mut row = head + 1;
    for finding in &answer.findings {
        line(sheet, row, finding, definitions, cited, styles)?;
        row += 1;
    }
    if answer.findings.is_empty() {
        let nothing =
            if answer.counts { "Không có gì phải sửa." } else { "Không có phát hiện về số liệu." };
        sheet.merge_range(row, 0, row, LAST_COLUMN, nothing, &styles.nothing)?;
        sheet.set_row_height(row, 24.0)?;
        row += 1;
    } else {
        sheet.autofilter(head, 0, row - 1, LAST_COLUMN)?;
    }
    Ok(row)
}

fn line(
    sheet: &mut Worksheet,
    row: u32,
    finding: &Finding,
    definitions: &Definitions,
    cited: &Cited,
    styles: &Styles,
) -> anyhow::Result<()> {
    let place = &finding.place;
    let cell = match (place.sheet_name(), place.cell_ref()) {
        (_, Some(cell)) => cell.to_string(),
        (Some(_), None) => "cả sheet".into(),
        (None, None) => "cả tệp".into(),
    };
    match target(place) {
        Some(target) => {
            let link = Url::new(target).set_text(&cell).set_tip("Mở ô này trong tệp báo cáo");
            sheet.write_url_with_format(row, 0, link, &styles.link)?;
        }
        None => _ = sheet.write_string_with_format(row, 0, &cell, &styles.cell)?,
    }
    let (remedy, explained) = match &finding.explanation {
        Some(reason) => (format!("Đã giải trình: {reason}"), ", đã giải trình"),
        None => (finding.help.clone(), ""),
    };
    let severity = format!("{} {}{explained}", finding.severity.title(), finding.rule);
    let format = styles.severity(finding.severity, finding.explanation.is_some());
    match cited.get(&finding.rule) {
        Some((rule, _)) => {
            let link = Url::new(format!("internal:'{RULES}'!A{}", rule + 1));
            let link = link.set_text(&severity).set_tip(format!("Xem quy tắc {}", finding.rule));
            sheet.write_url_with_format(row, SEVERITY, link, format)?;
        }
        None => _ = sheet.write_string_with_format(row, SEVERITY, &severity, format)?,
    }
    let code = finding.item.as_ref().map_or("", MeasureCode::as_str);
    let title = finding.item.as_ref().map_or("", |item| definitions.row_title(item));
    let texts: [(u16, &str, &Format); 5] = [
        (1, place.sheet_name().unwrap_or(""), &styles.cell),
        (2, code, &styles.code),
        (3, title, &styles.cell),
        (5, &finding.message, &styles.cell),
        (6, &remedy, &styles.cell),
    ];
    let mut lines = lines_of(&severity, COLUMNS[usize::from(SEVERITY)].1);
    for (col, text, format) in texts {
        sheet.write_string_with_format(row, col, neutralised(text), format)?;
        lines = lines.max(lines_of(text, COLUMNS[usize::from(col)].1));
    }
    sheet.set_row_height(row, height(lines))?;
    Ok(())
}

/// Column “Mức độ”.
const SEVERITY: u16 = 4;

/// Where Excel goes from an address: the cell in the return, looked for beside this workbook under the
/// name it came with. None where Excel could not tell the file from the place.
fn target(place: &Place) -> Option<String> {
    let file = place.file_name().rsplit('/').next()?;
    let sheet = place.sheet_name()?.replace('\'', "''");
    let cell = place.cell_ref().map_or("A1".to_owned(), |cell| cell.to_string());
    let target = format!("file:///{file}#'{sheet}'!{cell}");
    (!file.contains(['#', '\\', ':']) && target.chars().count() <= 250).then_some(target)
}
