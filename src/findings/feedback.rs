//! The feedback workbook: the answer to one file that an officer sends back to the commune.
//!
//! Sheet “Phản hồi” lists the findings, sheet “Quy tắc” the rules they cite.
//! The same answer always gives the same bytes.

mod rules;
mod style;
mod summary;
mod table;

use anyhow::Context;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::definitions::Definitions;
use crate::findings::answer::Answer;
use crate::findings::feedback::style::Styles;
use crate::findings::feedback::table::Cited;
use crate::findings::prose::wrap;
use crate::findings::rule::RuleText;

const FINDINGS: &str = "Phản hồi";
const RULES: &str = "Quy tắc";

/// Columns of the findings with their widths in characters.
const COLUMNS: [(&str, f64); 7] = [
    ("Ô", 8.0),
    ("Sheet", 11.0),
    ("Mã số", 19.0),
    ("Chỉ tiêu", 27.0),
    ("Mức độ", 17.0),
    ("Phát hiện", 46.0),
    ("Cách sửa", 46.0),
];
const LAST_COLUMN: u16 = COLUMNS.len() as u16 - 1;
/// The width of all columns.
const WIDTH: f64 = 174.0;

/// The workbook, as bytes. Errs only when the workbook cannot be put together.
pub fn feedback(answer: &Answer, definitions: &Definitions, catalogue: &[RuleText]) -> anyhow::Result<Vec<u8>> {
    let styles = Styles::new();
    let cited = cited(answer, catalogue);
    let mut workbook = Workbook::new();
    // Excel stamps a workbook with the time it was made; a fixed one keeps the bytes the same.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(format!("Phản hồi báo cáo {}", answer.sender()))
        .set_author(definitions.site.organisation.as_str())
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    findings(workbook.add_worksheet(), answer, definitions, &cited, &styles)
        .and_then(|()| match cited.is_empty() {
            true => Ok(()),
            false => rules::write(workbook.add_worksheet(), definitions, &cited, &styles),
        })
        .with_context(|| format!("không lập được phiếu phản hồi cho {}", answer.file))?;
    Ok(workbook.save_to_buffer()?)
}

/// The rules an answer cites, in catalogue order, each with its row on sheet “Quy tắc”.
fn cited<'a>(answer: &Answer, catalogue: &'a [RuleText]) -> Cited<'a> {
    let told = catalogue.iter().filter(|rule| answer.findings.iter().any(|finding| finding.rule == rule.id));
    told.zip(rules::FIRST_RULE..).map(|(rule, row)| (&rule.id, (row, rule))).collect()
}

fn findings(
    sheet: &mut Worksheet,
    answer: &Answer,
    definitions: &Definitions,
    cited: &Cited,
    styles: &Styles,
) -> anyhow::Result<()> {
    sheet.set_name(FINDINGS)?;
    for (col, (_, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(col, width)?;
    }
    summary::write(sheet, answer, definitions, styles)?;
    let head = summary::ROWS;
    let end = table::write(sheet, head, answer, definitions, cited, styles)?;
    sheet.set_freeze_panes(head + 1, 0)?;
    sheet.set_repeat_rows(head, head)?;
    sheet.set_print_area(0, 0, end - 1, LAST_COLUMN)?;
    page(sheet, definitions);
    Ok(())
}

/// Lines that a text takes in a column of a width in characters. Programs differ in whether
/// they fit rows to wrapped text when they open a workbook, so the height is set here.
fn lines_of(text: &str, width: f64) -> usize {
    // Letters run narrower than the digits that widths are counted in; the indent takes about what that saves.
    let room = (width as usize).max(1);
    let line = |line: &str| {
        let wrapped = wrap(line, room, "", "");
        // A long word, such as a code or a path, is broken inside.
        wrapped.lines().map(|line| line.chars().count().div_ceil(room).max(1)).sum::<usize>().max(1)
    };
    text.lines().map(line).sum()
}

/// Height of a row of so many lines, in points.
fn height(lines: usize) -> f64 {
    lines as f64 * 14.5 + 6.0
}

/// A4 landscape, one page wide, numbered.
fn page(sheet: &mut Worksheet, definitions: &Definitions) {
    let notice = if definitions.site.synthetic { "SỐ LIỆU MINH HỌA" } else { "" };
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3)
        .set_footer(format!("&L&\"Times New Roman\"&9{notice}&R&\"Times New Roman\"&9Trang &P/&N"));
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;
    use crate::definitions::CheckKind;
    use crate::findings::answer::tests::{clean, sample};
    use crate::findings::catalogue::catalogue;
    use crate::intake::check::story::Story;

    fn made(answer: &Answer) -> Vec<u8> {
        let definitions = Story::of(CheckKind::Unchanged).definitions;
        feedback(answer, &definitions, &catalogue(&definitions)).unwrap()
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn the_same_answer_gives_the_same_bytes() {
        assert_eq!(made(&sample()), made(&sample()));
    }

    #[test]
    fn an_address_leads_to_its_cell_and_a_severity_to_its_rule() {
        let bytes = made(&sample());
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert_eq!(sheet.matches("<hyperlink ").count(), 10);
        // R99 is the first rule cited, approximate-number the second.
        assert!(sheet.contains(r#"ref="E10" location="'Quy tắc'!A3" tooltip="Xem quy tắc R99""#), "{sheet}");
        assert!(sheet.contains(r#"ref="E11" location="'Quy tắc'!A4""#), "{sheet}");
        assert!(sheet.contains(r#"location="'Biểu 01'!E14""#), "{sheet}");
        let files = part(&bytes, "xl/worksheets/_rels/sheet1.xml.rels");
        assert!(files.contains("An%20Th") || files.contains("An Thịnh.xlsx"), "{files}");
    }

    #[test]
    fn the_width_of_the_columns_adds_up() {
        assert_eq!(COLUMNS.iter().map(|(_, width)| width).sum::<f64>(), WIDTH);
    }

    #[test]
    fn a_text_that_looks_like_a_formula_is_neutralised() {
        let strings = part(&made(&sample()), "xl/sharedStrings.xml");
        assert!(strings.contains("<t>'=Ghi chú</t>") && !strings.contains("<t>=Ghi chú</t>"));
        assert!(!part(&made(&sample()), "xl/worksheets/sheet1.xml").contains("<f>"));
    }

    #[test]
    fn a_clean_return_is_told_that_nothing_is_to_do() {
        let strings = part(&made(&clean("a.xlsx")), "xl/sharedStrings.xml");
        assert!(strings.contains("Không có gì phải sửa.") && strings.contains("SỐ LIỆU MINH HỌA"));
    }
}
