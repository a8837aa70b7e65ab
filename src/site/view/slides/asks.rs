//! What needs attention, and what the meeting is asked for: the same matters, first as findings, last as requests.

use super::{POINTS, Point, Slide, sentence};
use crate::site::book::Book;
use crate::site::standing::{Standing, judged, running};
use crate::site::view::watch;
use crate::site::words;
use crate::vocabulary::Period;

/// At most so many names in a request.
const NAMED: usize = 4;

/// Cần quan tâm: the list of the first page, for this period.
pub fn attention(book: &Book<'_>, period: Period, standings: &[Standing<'_>]) -> Slide {
    let found = watch::items(book, period, standings);
    let left = found.len().saturating_sub(POINTS);
    let title = match found.len() {
        0 => "Không có việc nào vượt mức cần nêu".to_owned(),
        count => format!("{} việc đề nghị quan tâm", words::capital(&words::numeral(count))),
    };
    let items: Vec<Point> =
        found.into_iter().take(POINTS).map(|item| Point { text: item.text, detail: item.detail }).collect();
    Slide {
        kind: "list",
        topic: "Cần quan tâm".into(),
        title,
        subtitle: "Chỉ nêu khi thiếu báo cáo, chưa đạt kế hoạch, hoặc khác biệt vượt mức ngẫu nhiên".into(),
        notes: items
            .iter()
            .take(3)
            .map(|item| sentence(&item.text))
            .chain(["Các đơn vị được nêu theo tên, không theo thứ hạng.".to_owned()])
            .collect(),
        items,
        coverage: match left {
            0 => String::new(),
            left => format!("Còn {left} việc khác ở trang kỳ báo cáo và trang chỉ tiêu."),
        },
        ..Slide::default()
    }
}

/// Đề nghị hội nghị: who is asked for what.
pub fn asked(book: &Book<'_>, period: Period, standings: &[Standing<'_>]) -> Slide {
    let mut items = Vec::new();
    let mut ask = |text: String, detail: String| items.push(Point { text: sentence(&text), detail: sentence(&detail) });
    let missing: Vec<String> = book.missing(period).iter().map(|name| words::inside(name)).collect();
    if !missing.is_empty() {
        ask(
            format!("{} nộp bổ sung báo cáo còn thiếu", words::list_of(&missing, NAMED, "đơn vị")),
            "Số tổng hợp được cập nhật ở lần dựng sau và ghi ở trang Đính chính".to_owned(),
        );
    }
    let (_, short) = judged(standings);
    let (_, behind) = running(standings);
    let late: Vec<&&Standing<'_>> = short.iter().chain(&behind).collect();
    if !late.is_empty() {
        let names: Vec<String> = late.iter().map(|standing| words::inside(&standing.measure.short)).collect();
        let lacking: Vec<String> = late
            .iter()
            .filter(|standing| !standing.lack().is_empty())
            .take(3)
            .map(|standing| format!("{} {}", words::inside(&standing.measure.short), standing.lack()))
            .collect();
        ask(
            format!("Cho ý kiến biện pháp với {}", words::list_of(&names, NAMED, "chỉ tiêu")),
            if lacking.is_empty() {
                "Các chỉ tiêu đang chậm so với phần kế hoạch đã đến".into()
            } else {
                lacking.join("; ")
            },
        );
    }
    let differing: Vec<String> =
        standings.iter().flat_map(|standing| watch::differing_units(book, period, standing.measure)).collect();
    let mut named: Vec<String> = Vec::new();
    for name in differing {
        if !named.contains(&name) {
            named.push(name);
        }
    }
    if !named.is_empty() {
        ask(
            format!("{} kiểm tra số liệu, tìm hiểu nguyên nhân", words::list_of(&named, NAMED, "đơn vị")),
            "Có chỉ tiêu khác rõ mức chung theo chiều cần lưu ý; chưa phải là đánh giá".into(),
        );
    }
    ask(
        "Thông qua kết quả và giao việc sau hội nghị".into(),
        format!(
            "Rõ người, rõ việc, rõ thời gian, rõ tiến độ, rõ kết quả; số liệu {} {}",
            period.title(),
            words::inside(book.period_status(period))
        ),
    );
    let count = items.len();
    Slide {
        kind: "list",
        topic: "Đề nghị hội nghị".into(),
        title: format!("{} nội dung đề nghị hội nghị cho ý kiến", words::capital(&words::numeral(count))),
        subtitle: period.heading(),
        notes: vec![
            "Đọc từng nội dung, dừng để hội nghị cho ý kiến.".into(),
            "Ghi kết luận vào biên bản: ai làm, việc gì, xong ngày nào.".into(),
        ],
        items,
        ..Slide::default()
    }
}
