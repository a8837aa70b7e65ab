//! The summary on top of the feedback workbook: who is answered about what, the receipt, the result.

use rust_xlsxwriter::{Format, Worksheet};

use crate::definitions::Definitions;
use crate::findings::Outcome;
use crate::findings::answer::Answer;
use crate::findings::feedback::style::Styles;
use crate::findings::feedback::{LAST_COLUMN, WIDTH, height, lines_of};
use crate::vocabulary::day::written;
use crate::vocabulary::text::neutralised;

/// Rows of the summary; the table of findings follows.
pub(super) const ROWS: u32 = 8;

/// Writes the summary into the first rows.
pub(super) fn write(
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
    let facts = facts(answer);
    for (row, ((left, value), (right, fact))) in (2u32..).zip(facts) {
        sheet.merge_range(row, 0, row, 1, left, &styles.label)?;
        sheet.merge_range(row, 2, row, 3, &neutralised(&value), &styles.fact)?;
        sheet.write_string_with_format(row, 4, right, &styles.label)?;
        let format: &Format = match right {
            "Kết quả" => &styles.result,
            "Mã băm SHA-256" => &styles.hash,
            _ => &styles.fact,
        };
        sheet.merge_range(row, 5, row, LAST_COLUMN, &neutralised(&fact), format)?;
        sheet.set_row_height(row, 18.0)?;
    }
    let told: Vec<String> = [answer.reason.clone(), Some(answer.request()), sheets(answer)]
        .into_iter()
        .flatten()
        .filter(|words| !words.is_empty())
        .map(|words| format!("{}.", words.trim_end_matches('.')))
        .collect();
    let request = told.join(" ");
    sheet.merge_range(6, 0, 6, LAST_COLUMN, &neutralised(&request), &styles.request)?;
    sheet.set_row_height(6, height(lines_of(&request, WIDTH)) + 4.0)?;
    let guide = "Bấm vào cột “Ô” để mở đúng ô trong tệp báo cáo (đặt tệp này cùng thư mục với tệp báo cáo); bấm vào cột “Mức độ” để xem quy tắc.";
    sheet.merge_range(7, 0, 7, LAST_COLUMN, guide, &styles.guide)?;
    Ok(())
}

type Fact = (&'static str, String);

/// Pairs of facts, left and right.
fn facts(answer: &Answer) -> [(Fact, Fact); 4] {
    let unit = match (&answer.unit_name, &answer.unit) {
        (Some(name), Some(code)) => format!("{name} ({code})"),
        _ => "Chưa xác định".into(),
    };
    let period = answer.period.map_or("Chưa xác định".into(), |period| period.heading());
    let submission = answer.submission.map_or("Chưa xác định".into(), |n| match answer.estimate {
        true => format!("{n}, số ước"),
        false => n.to_string(),
    });
    let received = match (&answer.receipt, answer.made_on) {
        (Some(receipt), _) if receipt.channel.is_empty() => written(receipt.received),
        (Some(receipt), _) => format!("{}, {}", written(receipt.received), receipt.channel),
        (None, Some(day)) => format!("{} (ngày lập)", written(day)),
        (None, None) => "Chưa ghi sổ".into(),
    };
    [
        (("Đơn vị", unit), ("Tệp", answer.file.to_string())),
        (("Kỳ báo cáo", period), ("Mã băm SHA-256", answer.sha256.clone())),
        (("Lần nộp", submission), ("Hạn nộp", answer.deadline.map_or("Không rõ".into(), written))),
        (("Ngày nhận", received), ("Kết quả", answer.result().to_uppercase())),
    ]
}

/// The sheets that were not simply accepted: `Biểu 01: nhận một phần; các biểu khác: nhận`.
fn sheets(answer: &Answer) -> Option<String> {
    let told: Vec<String> = answer
        .sheets
        .iter()
        .filter(|sheet| sheet.outcome != Outcome::Accepted)
        .map(|sheet| format!("{}: {}", sheet.name, sheet.outcome.title().to_lowercase()))
        .collect();
    match (told.len(), answer.sheets.len()) {
        (0, _) => None,
        (some, all) if some == all => Some(told.join("; ")),
        _ => Some(format!("{}; các biểu khác: nhận", told.join("; "))),
    }
}
