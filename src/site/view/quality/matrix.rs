//! One metric of quality for every unit and period.

use crate::release::quality::{Line, Metric};
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::Column;
use crate::site::view::frame::Frame;
use crate::site::view::lineage::LineagePage;
use crate::site::view::quality::metric::{count, share, short, stands_out, title, told};
use crate::site::view::quality::{frame, headings};
use crate::site::view::sheet::{Sheet, across, cell, escaped};
use crate::site::words;
use crate::vocabulary::Period;

/// The page of a metric.
pub fn of_metric(book: &Book<'_>, metric: Metric, path: &str) -> (Frame, LineagePage) {
    let quality = book.release.quality();
    let years = headings::years(book);
    let ever = headings::whole(book);
    let mut columns = vec![Column::text("Đơn vị")];
    for year in &years {
        columns.extend(["I", "II", "III", "IV"].map(|quarter| Column::number(quarter).under(year.to_string())));
    }
    columns.push(Column::number("Mọi kỳ"));
    let mut sheet = Sheet::new(
        "r",
        words::capital(title(metric)),
        "Từng đơn vị, từng kỳ báo cáo; xếp theo tên, không xếp hạng",
        &columns,
    );
    let html = |line: Option<&Line>, text: fn(&Line) -> String| match line {
        None => "<span class=\"sign\">x</span>".to_owned(),
        Some(line) if stands_out(line) => format!("<b>{}</b>", escaped(&text(line))),
        Some(line) => escaped(&text(line)),
    };
    let mut out = 0;
    for unit in &book.units {
        let area = Book::area(unit);
        let mut own = book.release.reporting().iter().filter(|status| status.unit == unit.code).peekable();
        if own.peek().is_none() {
            continue;
        }
        let own: Vec<Period> = own.map(|status| status.period).collect();
        let mut cells = String::new();
        for quarters in years.iter().map(|year| year.quarters().collect::<Vec<Period>>()) {
            let mut at = 0;
            while at < quarters.len() {
                let period = own.iter().find(|period| period.starts_with(quarters[at])).copied();
                let columns = period.map_or(1, |period| period.quarters().count());
                let line = period.and_then(|period| quality.get(&area, period, metric));
                out += usize::from(line.is_some_and(stands_out));
                cells.push_str(&across(columns, &html(line, told)));
                at += columns;
            }
        }
        let total = quality.get(&area, ever, metric);
        cells.push_str(&cell(&html(total, if metric == Metric::Lateness { told } else { share })));
        sheet.row("", &escaped(unit.name()), &cells);
    }
    sheet.id = "ma-tran".into();
    sheet.number = 1;
    sheet.topic = "Qua các kỳ".into();
    sheet.finding = match out {
        0 => "Không có kỳ nào phải hỏi lại.".into(),
        some => format!("{some} lần ghi chữ đậm: chưa đạt, hoặc đề nghị đơn vị xác nhận."),
    };
    sheet.notes = vec!["x: không có báo cáo, hoặc không có gì để xét. Ô rộng: báo cáo 6 tháng hoặc cả năm.".into()];
    let now = quality.get(&book.province, book.current(), metric);
    let heading = match now {
        None => format!("{}: chưa có gì để xét", short(metric)),
        Some(line) => {
            let mark = line.mark.map_or(String::new(), |mark| format!(", {}", mark.title()));
            let told =
                if metric == Metric::Lateness { share(line) } else { format!("{} ({})", share(line), count(line)) };
            format!("{}, {}: {told}{mark}", short(metric), book.current().title())
        }
    };
    let lead = format!("{}: {}.", metric.heading().title(), title(metric));
    let mut frame = frame(book, path, &format!("Chất lượng · {}", metric.heading().title()), &heading, &lead);
    for other in headings::metrics(book).into_iter().filter(|other| *other != metric) {
        frame = frame.action(short(other), page::quality_of(other.code()));
    }
    (frame, LineagePage { blocks: Vec::new(), sheets: vec![sheet] })
}
