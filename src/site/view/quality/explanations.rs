//! Accepted explanations: which stand, which have lapsed, which match nothing.

use crate::release::{Explained, ExplanationState};
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::view::quality::by_rule::rule;
use crate::site::view::quality::part;
use crate::site::words;
use crate::vocabulary::number::whole;
use crate::vocabulary::{MeasureCode, UnitCode};

/// The register of the whole site; none when it is empty.
pub fn block(book: &Book<'_>) -> Option<Block> {
    let all: Vec<&Explained> = part(book).explanations.iter().collect();
    table(book, &all)
}

/// The explanations of one unit; none when it has none.
pub fn of_unit(book: &Book<'_>, unit: &UnitCode) -> Option<Block> {
    let mine: Vec<&Explained> = part(book).explanations.iter().filter(|e| e.explanation.unit == *unit).collect();
    table(book, &mine)
}

fn table(book: &Book<'_>, explained: &[&Explained]) -> Option<Block> {
    if explained.is_empty() {
        return None;
    }
    let in_force = explained.iter().filter(|e| e.state == ExplanationState::InForce).count();
    let lapsed = explained.iter().filter(|e| matches!(e.state, ExplanationState::Lapsed { .. })).count();
    let rest = explained.len() - in_force - lapsed;
    let rows = explained
        .iter()
        .map(|Explained { explanation, state }| {
            Row::new(
                Cell::short(book.unit_name(&explanation.unit)).link(page::quality(&explanation.unit)),
                vec![
                    Cell::short(explanation.period.heading()),
                    Cell::text(name(book, &explanation.item)).note(explanation.item.as_str()),
                    rule(&explanation.rule),
                    Cell::number(explanation.value.map_or("…".into(), whole)),
                    Cell::text(&explanation.reason).class("long"),
                    Cell::number(words::date(explanation.date)),
                    Cell::text(told(*state)).note(format!("dòng {}", explanation.line)),
                ],
            )
        })
        .collect();
    let columns = [
        Column::text("Đơn vị"),
        Column::text("Kỳ"),
        Column::text("Chỉ tiêu"),
        Column::text("Quy tắc"),
        Column::number("Giá trị"),
        Column::text("Lý do"),
        Column::number("Ngày nhận"),
        Column::text("Tình trạng"),
    ];
    let mut finding = format!("{in_force} giải trình đang áp dụng");
    for (count, what) in [(lapsed, "hết hiệu lực vì số đã đổi"), (rest, "không khớp với cảnh báo nào")]
    {
        if count > 0 {
            finding.push_str(&format!(", {count} {what}"));
        }
    }
    Some(Block {
        id: "giai-trinh".into(),
        topic: "Giải trình đã nhận".into(),
        finding: format!("{finding}."),
        tables: vec![Table::new("Sổ giải trình", "Tệp explanations.csv trong thư mục đầu vào", &columns, rows).full()],
        side: vec![Note::new(
            "Khi nào hết hiệu lực",
            "Giải trình gắn với đúng một giá trị. Số thay đổi thì cảnh báo hỏi lại và cần giải trình mới.",
        )],
        ..Block::default()
    })
}

fn name(book: &Book<'_>, item: &MeasureCode) -> String {
    book.measure(item).map_or_else(|| book.definitions().row_title(item).to_owned(), |measure| measure.short.clone())
}

fn told(state: ExplanationState) -> String {
    match state {
        ExplanationState::InForce => "Đang áp dụng".to_owned(),
        ExplanationState::Lapsed { now: Some(now) } => format!("Hết hiệu lực: số nay là {}", whole(now)),
        ExplanationState::Lapsed { now: None } => "Hết hiệu lực: ô nay để trống".to_owned(),
        ExplanationState::NoWarning => "Không khớp: quy tắc không nêu gì ở ô này".to_owned(),
        ExplanationState::IsError => "Không áp dụng: lỗi phải sửa, không giải trình".to_owned(),
        ExplanationState::NoReturn => "Không khớp: chưa có báo cáo được tính của kỳ này".to_owned(),
    }
}

/// An explanation in force as a footnote of a figure: `Nhận vào làm, quý IV/2029: … (R13, nhận ngày 22/12/2029).`
pub fn footnote(book: &Book<'_>, explained: &Explained) -> String {
    let explanation = &explained.explanation;
    format!(
        "{}, {}: {} (cảnh báo {}, giải trình nhận ngày {}).",
        name(book, &explanation.item),
        explanation.period.title(),
        explanation.reason.trim_end_matches('.'),
        explanation.rule,
        words::date(explanation.date)
    )
}
