//! Sheet “Quy tắc” of the feedback workbook: the rules it cites, in full.

use rust_xlsxwriter::{Format, Worksheet};

use crate::definitions::Definitions;
use crate::findings::feedback::style::Styles;
use crate::findings::feedback::table::Cited;
use crate::findings::feedback::{RULES, height, lines_of, page};
use crate::findings::prose::paragraphs;
use crate::vocabulary::text::neutralised;

/// Row of the first rule on sheet “Quy tắc”, from 0.
pub(super) const FIRST_RULE: u32 = 2;
/// Width of the rule texts, in characters.
const RULE_WIDTH: f64 = 130.0;

pub(super) fn write(
    sheet: &mut Worksheet,
    definitions: &Definitions,
    cited: &Cited,
    styles: &Styles,
) -> anyhow::Result<()> {
    sheet.set_name(RULES)?;
    for (col, width) in [(0, 20.0), (1, 13.0), (2, RULE_WIDTH)] {
        sheet.set_column_width(col, width)?;
    }
    sheet.merge_range(0, 0, 0, 2, "Các quy tắc được nêu trong phiếu phản hồi", &styles.title)?;
    sheet.set_row_height(0, 30.0)?;
    for (col, title) in (0u16..).zip(["Quy tắc", "Mức độ", "Nội dung"]) {
        sheet.write_string_with_format(1, col, title, &styles.head)?;
    }
    for (row, rule) in cited.values() {
        sheet.write_string_with_format(*row, 0, neutralised(rule.id.as_str()), &styles.rule_code)?;
        sheet.write_string_with_format(*row, 1, rule.severity.title(), styles.severity(rule.severity, false))?;
        let mut parts: Vec<(&Format, String)> = vec![(&styles.bold, format!("{}\n", neutralised(&rule.title)))];
        for paragraph in paragraphs(&rule.text) {
            if let Some(heading) = paragraph.heading {
                parts.push((&styles.italic, format!("{heading}: ")));
            }
            parts.push((&styles.plain, format!("{}\n", paragraph.text)));
        }
        if let Some((_, last)) = parts.last_mut() {
            last.truncate(last.trim_end().len());
        }
        let whole: String = parts.iter().map(|(_, text)| text.as_str()).collect();
        sheet.set_row_height(*row, height(lines_of(&whole, RULE_WIDTH)))?;
        let parts: Vec<(&Format, &str)> = parts.iter().map(|(format, text)| (*format, text.as_str())).collect();
        sheet.write_rich_string_with_format(*row, 2, &parts, &styles.cell)?;
    }
    sheet.set_freeze_panes(FIRST_RULE, 0)?;
    sheet.set_repeat_rows(1, 1)?;
    page(sheet, definitions);
    Ok(())
}
