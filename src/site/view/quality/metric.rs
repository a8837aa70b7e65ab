//! The measures of quality in words: name, share, what a cell of a matrix says.

use crate::release::quality::{Line, Mark, Metric};
use crate::vocabulary::number::{fixed, rounded, whole};

/// What is measured, as the heading of a row.
pub fn title(metric: Metric) -> &'static str {
    match metric {
        Metric::Returns => "báo cáo đã nhận trên báo cáo đến hạn",
        Metric::Cells => "ô có số dùng được trên ô phải báo cáo",
        Metric::OnTime => "báo cáo đúng hạn trên báo cáo đã nhận",
        Metric::Lateness => "số ngày muộn, trung vị các báo cáo muộn",
        Metric::Internal => "kiểm tra mức lỗi không khớp trên kiểm tra đã làm",
        Metric::StockFlow => "đẳng thức đầu kỳ, cuối kỳ không khớp trên đã làm",
        Metric::OverTime => "số lệch xa trung bình các kỳ trước trên số so được",
        Metric::Outlier => "số khác hẳn các kỳ trước trên số xét được",
        Metric::Copied => "báo cáo trùng toàn bộ với kỳ trước trên báo cáo so được",
        Metric::Silent => "báo cáo khép một năm không phát sinh gì trên báo cáo xét được",
        Metric::Digits => "số tận cùng 0 hoặc 5 trên số từ 10 trở lên",
        Metric::Revision => "mức đính chính so với bản đầu",
    }
}

/// The same in a few words, for the heading of a column or page.
pub fn short(metric: Metric) -> &'static str {
    match metric {
        Metric::Returns => "Đủ báo cáo",
        Metric::Cells => "Đủ ô",
        Metric::OnTime => "Đúng hạn",
        Metric::Lateness => "Ngày muộn",
        Metric::Internal => "Không khớp",
        Metric::StockFlow => "Đầu, cuối kỳ",
        Metric::OverTime => "Lệch trung bình",
        Metric::Outlier => "Khác hẳn",
        Metric::Copied => "Trùng kỳ trước",
        Metric::Silent => "Không phát sinh",
        Metric::Digits => "Số tròn",
        Metric::Revision => "Đính chính",
    }
}

/// `98,5%`; days for lateness.
pub fn share(line: &Line) -> String {
    match line.metric {
        Metric::Lateness => days(line),
        _ => {
            let share = rounded(line.part, line.whole, 100, 1).expect("a line has a denominator");
            format!("{}%", fixed(share, 1))
        }
    }
}

/// `197/200`; nothing to count for lateness.
pub fn count(line: &Line) -> String {
    match line.metric {
        Metric::Lateness => "x".to_owned(),
        _ => format!("{}/{}", whole(line.part), whole(line.whole)),
    }
}

/// What a cell of a matrix says: of a single return a word, else a number.
pub fn told(line: &Line) -> String {
    let word = |yes: &str, no: &str| if line.part > 0 { yes.to_owned() } else { no.to_owned() };
    match (line.metric, line.whole) {
        (Metric::Returns, 1) => word("đủ", "thiếu"),
        (Metric::OnTime, 1) => word("đúng", "muộn"),
        (Metric::Copied, 1) => word("trùng", "không"),
        (Metric::Silent, 1) => word("hỏi lại", "không"),
        (Metric::Cells | Metric::Revision, _) => share(line),
        (Metric::Lateness, _) => days(line),
        _ => count(line),
    }
}

/// Whether a cell of a matrix stands out.
pub fn stands_out(line: &Line) -> bool {
    match line.mark {
        Some(mark) => mark == Mark::Short,
        None => line.part > 0 && !matches!(line.metric, Metric::Digits | Metric::Revision),
    }
}

/// `2,5 ngày`.
fn days(line: &Line) -> String {
    let tenths = rounded(line.part, line.whole, 1, 1).expect("a line has a denominator");
    let text = fixed(tenths, 1);
    format!("{} ngày", text.strip_suffix(",0").unwrap_or(&text))
}
