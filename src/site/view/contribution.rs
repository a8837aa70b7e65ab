//! Contributions on the page of a measure: what each unit adds to the change of the whole. By size of the
//! contribution, which is no ranking.

use crate::analysis::change::Signal;
use crate::analysis::contribution::{Contributions, Part, contributions};
use crate::release::{Quantity, Versus};
use crate::site::book::{Book, bare};
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::chart::waterfall::{Step, Waterfall};
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::draw;
use crate::site::words;
use crate::vocabulary::number::signed;
use crate::vocabulary::text::slug;
use crate::vocabulary::{Area, Period};

/// This many units are named; the others are told together.
const NAMED: usize = 12;

/// The parts of the change against the same period of last year; nothing where no change is told.
pub fn block(book: &Book<'_>, measure: &Measure) -> Option<Block> {
    let period = book.current();
    let versus = Versus::SamePeriodLastYear;
    let all = contributions(book.release, &book.province, period, &measure.code, versus)?;
    let change = book.change(&book.province, period, measure);
    change.way?;
    if all.parts.len() < 2 && all.rest.is_none() {
        return None;
    }
    let (named, others) = all.parts.split_at(all.parts.len().min(NAMED));
    let mut rows: Vec<Row> = named.iter().map(|part| Row::new(label(book, part), cells(book, measure, part))).collect();
    if let Some((count, rest)) = together(&all, others) {
        let name = Cell::text("Các xã còn lại").note(format!("{count} xã"));
        rows.push(Row::new(name, cells(book, measure, &rest)));
    }
    let whole = Part {
        unit: None,
        before: all.change.before,
        now: all.change.now,
        rate: all.parts.iter().chain(all.rest.iter().map(|(_, part)| part)).map(|part| part.rate).sum(),
        mix: all.parts.iter().chain(all.rest.iter().map(|(_, part)| part)).map(|part| part.mix).sum(),
    };
    let cause = match measure.is_ratio() {
        true => format!(
            "Trong đó do tỷ lệ của từng xã thay đổi: {} điểm; do tỷ trọng giữa các xã thay đổi: {} điểm.",
            signed(whole.rate, 1),
            signed(whole.mix, 1)
        ),
        false => String::new(),
    };
    rows.push(
        Row::new(Cell::text("Cộng").note(format!("{} xã", all.change.matched)), cells(book, measure, &whole))
            .class("sum"),
    );
    let most: Vec<String> = named
        .iter()
        .filter(|part| part.sum() != 0)
        .take(3)
        .filter_map(|part| {
            let unit = part.unit.as_ref()?;
            Some(format!("{} ({})", words::inside(&book.unit_name(unit)), amount(measure, part.sum())))
        })
        .collect();
    // What is chance as a whole is not explained by who is in it.
    let verdict = book.verdict(&book.province, period, measure).map(|verdict| verdict.alone());
    let (finding, most) = match (verdict, most.is_empty()) {
        (Some(signal @ (Signal::Within | Signal::Small)), empty) => (
            format!("{}: toàn tỉnh {}.", signal.text(), change.long),
            if empty { String::new() } else { format!("Phần lớn nhất: {}. ", words::list(&most)) },
        ),
        (_, true) => (format!("Toàn tỉnh {}.", change.long), String::new()),
        (_, false) => {
            (format!("Toàn tỉnh {}; đóng góp nhiều nhất: {}.", change.long, words::list(&most)), String::new())
        }
    };
    let figure = figure(book, measure, &all, &change.short);
    let mut columns =
        vec![Column::text("Đơn vị"), Column::number(period.a_year_earlier().short()), Column::number(period.short())];
    match measure.is_ratio() {
        true => columns.extend([
            Column::number("Do tỷ lệ").unit("điểm").under("Đóng góp vào thay đổi"),
            Column::number("Do tỷ trọng").unit("điểm").under("Đóng góp vào thay đổi"),
            Column::number("Cộng").unit("điểm").under("Đóng góp vào thay đổi"),
        ]),
        false => columns.push(Column::number("Đóng góp vào thay đổi").unit(measure.table_unit())),
    }
    Some(Block {
        id: "dong-gop".into(),
        topic: "Đóng góp vào thay đổi".into(),
        finding,
        more: format!("{most}{cause}").trim_end().to_owned(),
        figures: vec![figure],
        tables: vec![
            Table::new(
                "Đóng góp của từng đơn vị vào thay đổi toàn tỉnh",
                format!(
                    "{}, {}; đóng góp lớn ghi trước, dù tăng hay giảm",
                    words::capital(&words::versus(period, versus)),
                    measure.table_unit()
                ),
                &columns,
                rows,
            )
            .note(if measure.is_ratio() {
                "Tỷ lệ ghi tử số/mẫu số. Mỗi phần làm tròn xuống 0,1 điểm, số còn dư chia cho các phần lẻ lớn nhất để cộng đúng bằng thay đổi chung."
            } else {
                "Các phần cộng đúng bằng thay đổi của toàn tỉnh, tính trên cùng các xã có đủ số liệu cả hai kỳ."
            }),
        ],
        side: vec![Note::new(
            "Không phải xếp hạng",
            "Xã đông thì đóng góp nhiều hơn, kể cả khi thay đổi theo tỷ lệ như các xã khác.",
        )],
        ..Block::default()
    })
}

/// This many units have a bar; the others are one together.
const BARS: usize = 8;

/// From the earlier figure to the later one, unit by unit.
fn figure(book: &Book<'_>, measure: &Measure, all: &Contributions, change: &str) -> Figure {
    let period = book.current();
    let (named, others) = all.parts.split_at(all.parts.len().min(BARS));
    let size = |part: &Part| match (measure.is_ratio(), measure.is_money()) {
        (true, _) => part.sum() as f64 / 10.0,
        (false, true) => part.sum() as f64 / 1e6,
        (false, false) => part.sum() as f64,
    };
    let step = |name: String, part: &Part, rest: bool| Step {
        name,
        change: size(part),
        label: amount(measure, part.sum()),
        rest,
    };
    let mut steps: Vec<Step> = named
        .iter()
        .filter_map(|part| Some(step(bare(&book.unit_name(part.unit.as_ref()?)).to_owned(), part, false)))
        .collect();
    if let Some((count, rest)) = together(all, others) {
        steps.push(step(format!("Còn lại ({count} xã)"), &rest, true));
    }
    let end = |period: Period, value: Quantity| {
        let text = words::quantity(measure, value);
        let text = if measure.is_ratio() && !text.contains('/') { format!("{text}%") } else { text };
        (period.heading(), draw::position(measure, value).unwrap_or_default(), text)
    };
    let unit = if measure.is_ratio() { "điểm phần trăm" } else { measure.table_unit() };
    let total = change.split(" (").next().unwrap_or(change);
    Figure {
        title: format!("Các xã góp vào mức thay đổi {total} {unit}"),
        subtitle: format!(
            "{}, {} xã, {} {}, {unit}",
            measure.short,
            all.change.matched,
            period.title(),
            words::versus(period, Versus::SamePeriodLastYear)
        ),
        key: vec!["thanh đặc: góp tăng; gạch chéo: góp giảm; xám: các xã còn lại".into()],
        drawings: draw::both(
            Waterfall {
                head: Head {
                    id: format!("dong-gop-{}", slug(measure.code.as_str())),
                    title: format!("Đóng góp của các xã vào thay đổi của {}", words::inside(&measure.title)),
                    summary: String::new(),
                },
                from: end(period.a_year_earlier(), all.change.before),
                to: end(period, all.change.now),
                steps,
            }
            .drawing(),
        ),
        coverage: "Các phần cộng đúng bằng thay đổi của toàn tỉnh. Trục không vẽ và không bắt đầu từ 0.".into(),
        ..Figure::default()
    }
}

/// The units not named and those not released, together.
fn together(all: &Contributions, others: &[Part]) -> Option<(u32, Part)> {
    let count = others.len() as u32 + all.rest.as_ref().map_or(0, |(count, _)| *count);
    let mut parts = others.iter().chain(all.rest.iter().map(|(_, part)| part));
    let first = Part { unit: None, ..parts.next()?.clone() };
    let sum = parts.fold(first, |sum, part| Part {
        unit: None,
        before: sum.before.plus(part.before).unwrap_or(sum.before),
        now: sum.now.plus(part.now).unwrap_or(sum.now),
        rate: sum.rate + part.rate,
        mix: sum.mix + part.mix,
    });
    Some((count, sum))
}

fn label(book: &Book<'_>, part: &Part) -> Cell {
    let Some(code) = &part.unit else { return Cell::text("Các xã còn lại") };
    let name = Cell::short(book.unit_name(code));
    match book.unit(code) {
        Some(unit) => name.link(page::unit(unit)),
        None => name,
    }
}

fn cells(book: &Book<'_>, measure: &Measure, part: &Part) -> Vec<Cell> {
    let area = part.unit.clone().map_or_else(|| book.province.clone(), Area::Unit);
    let now = book.current();
    let figures = [(now.a_year_earlier(), part.before), (now, part.now)];
    let mut cells: Vec<Cell> = figures
        .map(|(period, value)| Cell::number(written(measure, value)).traced(book.lineage(&area, period, measure)))
        .to_vec();
    if measure.is_ratio() {
        cells.extend([part.rate, part.mix].map(|tenths| Cell::number(signed(tenths, 1))));
    }
    cells.push(Cell::number(amount(measure, part.sum())).key());
    cells
}

/// A figure of the table; of a ratio its parts, which is what adds up.
fn written(measure: &Measure, value: Quantity) -> String {
    use crate::vocabulary::number::whole;
    match value {
        Quantity::Ratio { numerator, denominator } => format!("{}/{}", whole(numerator), whole(denominator)),
        value => words::quantity(measure, value),
    }
}

fn amount(measure: &Measure, amount: i64) -> String {
    match (measure.is_ratio(), measure.is_money()) {
        (true, _) => signed(amount, 1),
        (false, true) => {
            let text = words::quantity(measure, Quantity::Whole(amount));
            if amount > 0 { format!("+{text}") } else { text }
        }
        (false, false) => signed(amount, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample::release_of;

    #[test]
    fn the_parts_told_add_up_to_the_change_told_and_the_largest_comes_first() {
        let year = |unit, year, came| (unit, year, "a.vao", came);
        let release = release_of(&[
            year("00001", "2026", 30),
            year("00001", "2027", 25),
            year("00002", "2026", 20),
            year("00002", "2027", 32),
            year("00003", "2027", 99),
        ]);
        let book = Book::new(&release, &[]);
        let block = block(&book, book.measure(&"a.vao".into()).unwrap()).unwrap();
        let told: Vec<(String, String)> = block.tables[0]
            .rows
            .iter()
            .map(|row| (row.label.text.clone(), row.cells.last().unwrap().text.clone()))
            .collect();
        let line = |name: &str, amount: &str| (name.to_owned(), amount.to_owned());
        assert_eq!(told, [line("Xã 00002", "+12"), line("Xã 00001", "−5"), line("Cộng", "+7")]);
        assert_eq!(block.finding, "Thay đổi trong mức dao động bình thường: toàn tỉnh tăng 7 người (tăng 14,0%).");
        assert_eq!(block.more, "Phần lớn nhất: xã 00002 (+12) và xã 00001 (−5).");
    }
}
