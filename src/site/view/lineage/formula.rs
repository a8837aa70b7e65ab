//! How a measure is computed, in words and codes, with the pages of its parts.

use crate::definitions::form::AcrossTime;
use crate::definitions::indicator::{Over, RatioTerm};
use crate::release::MeasureOrigin as Origin;
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::view::lineage::sources::Sources;
use crate::vocabulary::{MeasureCode, Period};

/// The section: formula first, then its parts.
pub fn block(book: &Book<'_>, measure: &Measure, sources: &Sources<'_, '_>, page: Period) -> Block {
    let (finding, rows) = match &sources.info.origin {
        Origin::Ratio { numerator, denominator, .. } => {
            let mut rows = vec![Row::heading("Tử số")];
            rows.extend(numerator.iter().map(|term| part(book, term, page)));
            rows.push(Row::heading("Mẫu số"));
            rows.extend(denominator.iter().map(|term| part(book, term, page)));
            let formula = format!("{} ÷ {} × 100", codes(numerator), codes(denominator));
            (format!("{} = {formula}.", measure.short), rows)
        }
        Origin::Row { .. } | Origin::ClassCount { .. } => {
            let over = sources.across_time();
            let row = Row::new(
                Cell::text(&measure.title).link(page::measure(&measure.code)),
                vec![
                    Cell::short(measure.code.as_str()),
                    Cell::text(&measure.place).class("long"),
                    Cell::text(across(over)).class("long"),
                ],
            );
            let of_unit = match over {
                AcrossTime::Sum => "cộng các báo cáo trong kỳ",
                AcrossTime::Last => "số của báo cáo cuối kỳ",
                AcrossTime::First => "số của báo cáo đầu kỳ",
                AcrossTime::None => "số của đúng báo cáo kỳ đó",
            };
            let of_area = match (measure.is_class(), sources.info.additive) {
                (true, _) => "; tỉnh, nhóm: đếm số đơn vị ở từng loại",
                (false, true) => "; tỉnh, nhóm: cộng các đơn vị",
                (false, false) => "; không cộng giữa các đơn vị",
            };
            (format!("Đơn vị: {of_unit}{of_area}."), vec![row])
        }
    };
    let columns = [
        Column::text("Thành phần"),
        Column::text("Mã số"),
        Column::text("Nơi ghi trong biểu"),
        Column::text("Cách lấy trong một kỳ"),
    ];
    Block {
        id: "cach-tinh".into(),
        topic: "Cách tính".into(),
        finding,
        more: match measure.is_ratio() {
            true => {
                "Tử số, mẫu số cộng riêng qua các báo cáo, các đơn vị có đủ cả hai; chỉ chia một lần khi ghi ra.".into()
            }
            false => String::new(),
        },
        tables: vec![Table::new("Thành phần của chỉ tiêu", format!("Mã {}", measure.code), &columns, rows).full()],
        side: vec![Note::new(
            "Truy nguyên",
            "Bấm một số trong bảng dưới để mở báo cáo của đơn vị tại đúng ô: tệp, trang tính, ô, ngày nhận, mã băm.",
        )],
        ..Block::default()
    }
}

/// `thn.co_to + 2 × thn.x − thn.y`.
fn codes(terms: &[RatioTerm]) -> String {
    let mut text = String::new();
    for (at, term) in terms.iter().enumerate() {
        text.push_str(match (at, term.coefficient < 0) {
            (0, true) => "−",
            (0, false) => "",
            (_, true) => " − ",
            (_, false) => " + ",
        });
        if term.coefficient.abs() != 1 {
            text.push_str(&format!("{} × ", term.coefficient.abs()));
        }
        text.push_str(term.item.as_str());
        if term.over == Over::Weeks {
            text.push_str(" × số tuần");
        }
    }
    if terms.len() == 1 { text } else { format!("({text})") }
}

fn part(book: &Book<'_>, term: &RatioTerm, page: Period) -> Row {
    let own = book.release.measures().iter().find(|info| info.code == term.item).and_then(|info| info.across_time);
    let over = match term.over {
        Over::Weeks => "bình quân số đầu kỳ và cuối kỳ × số tuần, từng báo cáo",
        Over::EachReturn => "cộng các báo cáo trong kỳ",
        Over::Kind => across(own.unwrap_or(AcrossTime::None)),
    };
    let (title, place) = match book.measure(&term.item) {
        Some(measure) => (measure.title.clone(), measure.place.clone()),
        None => (book.definitions().row_title(&term.item).to_owned(), String::from("x")),
    };
    let title = match has_page(book, &term.item, page) {
        true => Cell::text(title).link(page::lineage(&term.item, page, 0)),
        false => Cell::text(title),
    };
    Row::new(
        title,
        vec![Cell::short(term.item.as_str()), Cell::text(place).class("long"), Cell::text(over).class("long")],
    )
}

fn has_page(book: &Book<'_>, item: &MeasureCode, page: Period) -> bool {
    let pages = book.trail.as_ref().map(|trail| trail.pages()).unwrap_or_default();
    pages.contains(&page) && book.measure(item).is_some_and(|measure| measure.counts.is_none())
}

fn across(over: AcrossTime) -> &'static str {
    match over {
        AcrossTime::Sum => "cộng các báo cáo trong kỳ",
        AcrossTime::Last => "lấy báo cáo cuối của kỳ",
        AcrossTime::First => "lấy báo cáo đầu của kỳ",
        AcrossTime::None => "chỉ ở kỳ của chính báo cáo",
    }
}
