//! One table for each subject of the site: what was done about its main measures.

use super::{ROWS, Slide, sentence, uncompared};
use crate::definitions::Subject;
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::standing::{Standing, judged, running};
use crate::site::view::block::{Cell, Column, Row, Table};
use crate::site::view::number;
use crate::site::words;
use crate::vocabulary::Period;

/// The subjects that `site.toml` names, each with figures in the period.
pub fn slides(book: &Book<'_>, period: Period) -> Vec<Slide> {
    book.definitions().site.subjects.iter().filter_map(|subject| slide(book, period, subject)).collect()
}

fn slide(book: &Book<'_>, period: Period, subject: &Subject) -> Option<Slide> {
    let mut told: Vec<Standing<'_>> = book
        .measures
        .iter()
        .filter(|measure| subject.themes.contains(&measure.theme))
        .filter(|measure| measure.counts.is_none() && !measure.is_class())
        .map(|measure| Standing::of(book, &book.province, period, measure))
        .filter(|standing| standing.figure.value.is_some())
        .collect();
    if told.is_empty() {
        return None;
    }
    // What is headlined or planned says most; the table then keeps the order of the catalogue.
    let headlines = &book.definitions().site.headlines;
    let rank = |standing: &Standing<'_>| {
        let measure = standing.measure;
        (standing.goal.is_none(), !headlines.contains(&measure.code), !measure.is_ratio(), measure.part_of.is_some())
    };
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by_key(|at| rank(&told[*at]));
    order.truncate(ROWS - 1);
    let mut at = 0;
    told.retain(|_| {
        at += 1;
        order.contains(&(at - 1))
    });
    let mut rows: Vec<Row> = told.iter().map(|standing| row(book, period, standing)).collect();
    let mut columns = vec![
        Column::text("Chỉ tiêu"),
        Column::number("Kế hoạch"),
        Column::number("Thực hiện").of(period),
        Column::number("% kế hoạch"),
    ];
    let compared = match uncompared(book, period, &told) {
        Some(why) => why,
        None => {
            columns.push(Column::number("So cùng kỳ"));
            for (row, standing) in rows.iter_mut().zip(&told) {
                row.cells.push(number::change(book, &book.province, period, standing.measure));
            }
            "tỷ lệ tăng, giảm bằng điểm phần trăm".to_owned()
        }
    };
    let ((reached, short), (on_the_way, behind)) = (judged(&told), running(&told));
    let all = reached.len() + short.len() + on_the_way.len() + behind.len();
    let good = reached.len() + on_the_way.len();
    let title = match all {
        // A share of one or two says less than the figure itself.
        0..=2 => {
            let first = &told[0];
            format!("{}: {}", first.measure.short, words::told(first.measure, first.figure))
        }
        _ if on_the_way.len() + behind.len() == 0 => format!("{good} trong {all} chỉ tiêu đạt kế hoạch"),
        _ => format!("{good} trong {all} chỉ tiêu đạt hoặc đúng tiến độ"),
    };
    let notes: Vec<String> = short
        .iter()
        .chain(&behind)
        .chain(&reached)
        .chain(&on_the_way)
        .take(3)
        .map(|standing| sentence(&standing.told()))
        .collect();
    let (whole, due) = book.returns_coverage(period);
    Some(Slide {
        kind: "table",
        topic: subject.title.clone(),
        title,
        subtitle: format!("Toàn tỉnh, {}; {compared}", period.title()),
        table: Some(Table::new(subject.title.clone(), "", &columns, rows)),
        coverage: format!("{}. Toàn bộ chỉ tiêu ở trang kỳ báo cáo.", book.covered(period, whole, due)),
        notes,
        ..Slide::default()
    })
}

fn row(book: &Book<'_>, period: Period, standing: &Standing<'_>) -> Row {
    let measure: &Measure = standing.measure;
    Row::new(
        Cell::text(&measure.short).link(page::measure(&measure.code)).note(measure.table_unit()),
        vec![
            Cell::number(standing.plan()),
            number::figure(book, &book.province, period, measure).key(),
            Cell::number(standing.percent()),
        ],
    )
}
