//! The feedback workbook: the answer to one file that an officer sends back to the commune.
//!
//! Sheet “Phản hồi” lists the findings, sheet “Quy tắc” the rules they cite.
//! The same answer always gives the same bytes.

mod style;

use std::collections::BTreeMap;

use anyhow::Context;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet};

use crate::definitions::Definitions;
use crate::findings::Finding;
use crate::findings::answer::Answer;
use crate::findings::feedback::style::Styles;
use crate::findings::prose::{paragraphs, wrap};
use crate::findings::rule::RuleText;
use crate::vocabulary::day::written;
use crate::vocabulary::text::neutralised;
use crate::vocabulary::{MeasureCode, RuleId};

const FINDINGS: &str = "Phản hồi";
const RULES: &str = "Quy tắc";

/// Columns of the findings with their widths in characters.
const COLUMNS: [(&str, f64); 7] = [
    ("Ô", 7.0),
    ("Sheet", 11.0),
    ("Mã số", 19.0),
    ("Chỉ tiêu", 27.0),
    ("Mức độ", 13.0),
    ("Phát hiện", 48.0),
    ("Cách sửa", 48.0),
];
/// Row of the table head, from 0; the title block stands above.
const HEAD: u32 = 7;
const LAST_COLUMN: u16 = COLUMNS.len() as u16 - 1;

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
            false => rules(workbook.add_worksheet(), definitions, &cited, &styles),
        })
        .with_context(|| format!("không lập được phiếu phản hồi cho {}", answer.file))?;
    Ok(workbook.save_to_buffer()?)
}

/// The rules an answer cites, in catalogue order, each with its row on sheet “Quy tắc”.
fn cited<'a>(answer: &Answer, catalogue: &'a [RuleText]) -> BTreeMap<&'a RuleId, (u32, &'a RuleText)> {
    let told = catalogue.iter().filter(|rule| answer.findings.iter().any(|finding| finding.rule == rule.id));
    told.zip(FIRST_RULE..).map(|(rule, row)| (&rule.id, (row, rule))).collect()
}

fn findings(
    sheet: &mut Worksheet,
    answer: &Answer,
    definitions: &Definitions,
    cited: &BTreeMap<&RuleId, (u32, &RuleText)>,
    styles: &Styles,
) -> anyhow::Result<()> {
    sheet.set_name(FINDINGS)?;
    for (col, (_, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(col, width)?;
    }
    title_block(sheet, answer, definitions, styles)?;
    for (col, (title, _)) in (0u16..).zip(COLUMNS) {
        sheet.write_string_with_format(HEAD, col, title, &styles.head)?;
    }
    sheet.set_row_height(HEAD, 22.0)?;
    let mut row = HEAD + 1;
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
        sheet.autofilter(HEAD, 0, row - 1, LAST_COLUMN)?;
    }
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    sheet.set_print_area(0, 0, row - 1, LAST_COLUMN)?;
    page(sheet, definitions);
    Ok(())
}

/// Who is answered about what, and with which result.
fn title_block(
    sheet: &mut Worksheet,
    answer: &Answer,
    definitions: &Definitions,
    styles: &Styles,
) -> anyhow::Result<()> {
    sheet.merge_range(0, 0, 0, 3, &neutralised(&definitions.site.organisation), &styles.organisation)?;
    let notice = if definitions.site.synthetic { "SỐ LIỆU MINH HỌA" } else { "" };
    sheet.merge_range(0, 4, 0, LAST_COLUMN, notice, &styles.notice)?;
    sheet.merge_range(1, 0, 1, LAST_COLUMN, "PHIẾU PHẢN HỒI BÁO CÁO", &styles.title)?;
    sheet.set_row_height(1, 30.0)?;

    let unit = match (&answer.unit_name, &answer.unit) {
        (Some(name), Some(code)) => format!("{name} ({code})"),
        _ => "Chưa xác định".into(),
    };
    let period = match (answer.period, answer.submission) {
        (Some(period), Some(submission)) => format!("{}, lần nộp {submission}", period.heading()),
        (Some(period), None) => period.heading(),
        (None, _) => "Chưa xác định".into(),
    };
    let received = answer.received().map_or("Không ghi".into(), written);
    let left = [("Đơn vị", unit), ("Kỳ báo cáo", period), ("Ngày nhận", received)];
    let right = [
        ("Tệp", answer.file.to_string()),
        ("Mã băm", answer.sha256.clone()),
        ("Kết quả", answer.result().to_uppercase()),
    ];
    for (row, ((left, value), (right, fact))) in (2u32..).zip(left.into_iter().zip(right)) {
        sheet.merge_range(row, 0, row, 1, left, &styles.label)?;
        sheet.merge_range(row, 2, row, 3, &neutralised(&value), &styles.fact)?;
        sheet.write_string_with_format(row, 4, right, &styles.label)?;
        let format = match right {
            "Kết quả" => &styles.result,
            "Mã băm" => &styles.hash,
            _ => &styles.fact,
        };
        sheet.merge_range(row, 5, row, LAST_COLUMN, &neutralised(&fact), format)?;
        sheet.set_row_height(row, 18.0)?;
    }
    let told: Vec<String> = [answer.reason.clone(), Some(answer.request())]
        .into_iter()
        .flatten()
        .filter(|words| !words.is_empty())
        .map(|words| format!("{}.", words.trim_end_matches('.')))
        .collect();
    let request = told.join(" ");
    sheet.merge_range(5, 0, 5, LAST_COLUMN, &neutralised(&request), &styles.request)?;
    let width: f64 = COLUMNS.iter().map(|(_, width)| width).sum();
    sheet.set_row_height(5, height(lines_of(&request, width)) + 4.0)?;
    let guide = "Cột “Ô” là địa chỉ ô trong tệp của đơn vị; bấm vào đó để xem quy tắc.";
    sheet.merge_range(6, 0, 6, LAST_COLUMN, guide, &styles.guide)?;
    Ok(())
}

fn line(
    sheet: &mut Worksheet,
    row: u32,
    finding: &Finding,
    definitions: &Definitions,
    cited: &BTreeMap<&RuleId, (u32, &RuleText)>,
    styles: &Styles,
) -> anyhow::Result<()> {
    let place = &finding.place;
    let cell = match (place.sheet_name(), place.cell_ref()) {
        (_, Some(cell)) => cell.to_string(),
        (Some(_), None) => "cả sheet".into(),
        (None, None) => "cả tệp".into(),
    };
    match cited.get(&finding.rule) {
        Some((rule, _)) => {
            let target = format!("internal:'{RULES}'!A{}", rule + 1);
            let link = Url::new(target).set_text(&cell).set_tip(format!("Quy tắc {}", finding.rule));
            sheet.write_url_with_format(row, 0, link, &styles.link)?;
        }
        None => {
            sheet.write_string_with_format(row, 0, &cell, &styles.cell)?;
        }
    }
    let code = finding.item.as_ref().map_or("", MeasureCode::as_str);
    let title = finding.item.as_ref().map_or("", |item| definitions.row_title(item));
    let (remedy, explained) = match &finding.explanation {
        Some(reason) => (format!("Đã giải trình: {reason}"), ", đã giải trình"),
        None => (finding.help.clone(), ""),
    };
    let severity = format!("{}\n{}{explained}", finding.severity.title(), finding.rule);
    let texts: [(&str, &Format); 6] = [
        (place.sheet_name().unwrap_or(""), &styles.cell),
        (code, &styles.code),
        (title, &styles.cell),
        (&severity, styles.severity(finding.severity, finding.explanation.is_some())),
        (&finding.message, &styles.cell),
        (&remedy, &styles.cell),
    ];
    let mut lines = 1;
    for (col, (text, format)) in (1u16..).zip(texts) {
        sheet.write_string_with_format(row, col, neutralised(text), format)?;
        lines = lines.max(lines_of(text, COLUMNS[usize::from(col)].1));
    }
    sheet.set_row_height(row, height(lines))?;
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

/// Row of the first rule on sheet “Quy tắc”, from 0.
const FIRST_RULE: u32 = 2;
/// Width of the rule texts, in characters.
const RULE_WIDTH: f64 = 130.0;

fn rules(
    sheet: &mut Worksheet,
    definitions: &Definitions,
    cited: &BTreeMap<&RuleId, (u32, &RuleText)>,
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
    fn every_cell_address_leads_to_its_rule() {
        let bytes = made(&sample());
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert_eq!(sheet.matches("<hyperlink ").count(), 5);
        // R99 is the first rule cited, approximate-number the second.
        assert!(sheet.contains(r#"ref="A9" location="'Quy tắc'!A3" tooltip="Quy tắc R99" display="E14""#), "{sheet}");
        assert!(sheet.contains(r#"ref="A10" location="'Quy tắc'!A4""#), "{sheet}");
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
