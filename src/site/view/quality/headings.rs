//! The quality of all returns at a glance, under the headings of the WHO data-quality review.

use crate::release::quality::{Line, Metric};
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::view::quality::metric::{count, share, short, title};
use crate::site::view::report;
use crate::site::words;
use crate::vocabulary::number::{fixed, rounded};
use crate::vocabulary::{Period, PeriodKind};

/// The metrics that this edition has something to say about, in the order of the headings.
pub fn metrics(book: &Book<'_>) -> Vec<Metric> {
    let said = |metric: &Metric| book.release.quality().lines.iter().any(|line| line.metric == *metric);
    Metric::ALL.into_iter().filter(said).collect()
}

/// The longest period that has begun: all returns so far.
pub fn whole(book: &Book<'_>) -> Period {
    let axes = book.release.cube().axes();
    let all = axes.periods().iter().copied().filter(|period| period.contains(book.current()));
    all.max_by_key(|period| period.quarters().count()).unwrap_or(book.current())
}

/// Completeness, timeliness, consistency: the period in review and all returns so far.
pub fn block(book: &Book<'_>) -> Block {
    let (now, ever) = (book.current(), whole(book));
    let quality = book.release.quality();
    let of = |period, metric| quality.get(&book.province, period, metric);
    let said: Vec<String> = metrics(book)
        .into_iter()
        .filter_map(|metric| of(now, metric))
        .filter_map(|line| Some((line, line.mark?)))
        .map(|(line, mark)| match line.metric {
            Metric::Internal | Metric::StockFlow => {
                format!("{} {} ({})", words::inside(short(line.metric)), count(line), mark.title())
            }
            _ => format!("{} {} ({})", words::inside(short(line.metric)), share(line), mark.title()),
        })
        .collect();
    let mut rows = Vec::new();
    let mut heading = None;
    for metric in metrics(book) {
        if heading != Some(metric.heading()) {
            heading = Some(metric.heading());
            rows.push(Row::heading(metric.heading().title()));
        }
        let mut cells = Vec::new();
        for line in [of(now, metric), of(ever, metric)] {
            cells.extend(told(line));
        }
        rows.push(Row::new(Cell::text(words::capital(title(metric))).link(page::quality_of(metric.code())), cells));
    }
    let mut columns = vec![Column::text("Thước đo")];
    for period in [words::capital(&now.title()), "Mọi kỳ đã đến hạn".to_owned()] {
        let of = ["Số lượng", "Tỷ lệ"].map(|text| Column::number(text).under(&period));
        columns.extend(of);
        columns.push(Column::text("Mức").under(&period));
    }
    let policy = &book.definitions().site.quality;
    let consistent = match book.is_public() {
        true => "",
        false => " Nhất quán nội tại: không có chỗ nào không khớp là tốt.",
    };
    Block {
        id: "cac-mat".into(),
        topic: "Các mặt chất lượng".into(),
        finding: match said.is_empty() {
            true => "Chưa có báo cáo nào đến hạn.".into(),
            false => format!("{}: {}.", now.heading(), said.join("; ")),
        },
        more: "Bấm vào một thước đo để xem từng đơn vị qua các kỳ.".into(),
        tables: vec![
            Table::new("Chất lượng báo cáo theo từng mặt", "Toàn tỉnh, mọi đơn vị", &columns, rows)
                .full()
                .note(format!(
                    "Đầy đủ: từ {}% là tốt, từ {}% là đạt. Kịp thời: từ {}% là đạt.{}",
                    policy.good, policy.fair, policy.on_time, consistent
                ))
                .note("Đề mục theo khung đánh giá chất lượng số liệu của Tổ chức Y tế thế giới."),
        ],
        side: vec![Note::new("Không phải xếp hạng", "Nói về báo cáo, không nói về kết quả công tác của đơn vị.")],
        ..Block::default()
    }
}

/// Count, share and mark of a line.
fn told(line: Option<&Line>) -> [Cell; 3] {
    match line {
        None => [Cell::number("x"), Cell::number("x"), Cell::text("x").class("tag")],
        Some(line) => [
            Cell::number(count(line)),
            Cell::number(share(line)).key(),
            Cell::short(line.mark.map_or("–", |mark| mark.title())),
        ],
    }
}

/// Completeness of cells, indicator by indicator: those that are not whole in the period in review, or over all.
pub fn by_measure(book: &Book<'_>) -> Option<Block> {
    let (now, ever) = (book.current(), whole(book));
    let lines = |period: Period| {
        let all = book.release.quality().lines.iter().filter(move |line| line.period == period);
        all.filter(|line| line.measure.is_some() && line.area == book.province)
    };
    let mut rows = Vec::new();
    let mut lacking = 0;
    let mut theme = "";
    for measure in book.measures.iter().filter(|measure| measure.counts.is_none()) {
        let find = |period| lines(period).find(|line| line.measure.as_ref() == Some(&measure.code));
        let (here, all) = (find(now), find(ever));
        if all.is_none_or(|all| all.part == all.whole) {
            continue;
        }
        if measure.theme != theme {
            theme = &measure.theme;
            rows.push(Row::heading(theme));
        }
        lacking += usize::from(here.is_some_and(|line| line.part < line.whole));
        let mut cells = told(here).to_vec();
        cells.extend(told(all));
        rows.push(Row::new(report::name(measure), cells));
    }
    if rows.is_empty() {
        return None;
    }
    let mut columns = vec![Column::text("Chỉ tiêu")];
    for period in [words::capital(&now.title()), "Mọi kỳ đã đến hạn".to_owned()] {
        columns.extend(["Ô có số", "Tỷ lệ"].map(|text| Column::number(text).under(&period)));
        columns.push(Column::text("Mức").under(&period));
    }
    Some(Block {
        id: "chi-tieu".into(),
        topic: "Đầy đủ theo chỉ tiêu".into(),
        finding: match lacking {
            0 => format!("{}: mọi chỉ tiêu có đủ số ở các báo cáo phải có.", now.heading()),
            some => format!("{}: {some} chỉ tiêu chưa đủ số ở các báo cáo phải có.", now.heading()),
        },
        tables: vec![
            Table::new(
                "Ô có số dùng được trên ô phải báo cáo",
                "Toàn tỉnh; chỉ nêu chỉ tiêu còn thiếu",
                &columns,
                rows,
            )
            .full(),
        ],
        ..Block::default()
    })
}

/// One row per unit: completeness and timeliness, this year and ever.
pub fn by_unit(book: &Book<'_>) -> Block {
    let year = Period::year(book.current().last_year());
    let ever = whole(book);
    let shown = [Metric::Returns, Metric::Cells, Metric::OnTime];
    let quality = book.release.quality();
    let mut short_of = Vec::new();
    let rows = book
        .units
        .iter()
        .map(|unit| {
            let area = Book::area(unit);
            let mut cells = Vec::new();
            for period in [year, ever] {
                for metric in shown {
                    cells.push(quality.get(&area, period, metric).map_or(Cell::number("x"), |line| {
                        Cell::number(share(line)).note(line.mark.map_or("–", |mark| mark.title()))
                    }));
                }
            }
            let returns = quality.get(&area, year, Metric::Returns);
            if returns.is_some_and(|line| line.part < line.whole) {
                short_of.push(words::inside(unit.name()));
            }
            Row::new(Cell::short(unit.name()).link(page::unit(unit)), cells)
        })
        .collect();
    let mut columns = vec![Column::text("Đơn vị")];
    for period in [year.heading(), "Mọi kỳ đã đến hạn".to_owned()] {
        columns.extend(shown.map(|metric| Column::number(short(metric)).under(&period)));
    }
    Block {
        id: "don-vi".into(),
        topic: "Theo đơn vị".into(),
        finding: match short_of.len() {
            0 => format!("{}: mọi đơn vị nộp đủ báo cáo.", year.heading()),
            count => format!(
                "{}: {count} trong {} đơn vị chưa đủ báo cáo: {}.",
                year.heading(),
                book.units.len(),
                words::list_of(&short_of, 4, "đơn vị")
            ),
        },
        tables: vec![
            Table::new("Đầy đủ, kịp thời của từng đơn vị", "Xếp theo tên, không xếp hạng", &columns, rows).full(),
        ],
        ..Block::default()
    }
}

/// The history of a unit: its own periods down, the metrics across.
pub fn of_unit(book: &Book<'_>, unit: &crate::definitions::Unit) -> Option<Block> {
    let area = Book::area(unit);
    let quality = book.release.quality();
    let metrics: Vec<Metric> = metrics(book).into_iter().filter(|metric| *metric != Metric::Returns).collect();
    let mut own: Vec<Period> =
        book.release.reporting().iter().filter(|status| status.unit == unit.code).map(|status| status.period).collect();
    own.retain(|period| quality.get(&area, *period, Metric::Returns).is_some());
    if own.is_empty() {
        return None;
    }
    own.reverse();
    let ever = whole(book);
    let line = |period: Period, label: String| {
        let cells = metrics.iter().map(|metric| match quality.get(&area, period, *metric) {
            None => Cell::number("x"),
            Some(line) => {
                let cell = Cell::number(super::metric::told(line));
                if super::metric::stands_out(line) { cell.key() } else { cell }
            }
        });
        Row::new(Cell::short(label), cells.collect())
    };
    let mut rows: Vec<Row> = own.iter().map(|period| line(*period, period.heading())).collect();
    rows.push(line(ever, "Mọi kỳ".into()).class("sum"));
    let mut columns = vec![Column::text("Kỳ")];
    columns.extend(metrics.iter().map(|metric| Column::number(short(*metric)).under(metric.heading().title())));
    let of = |metric| quality.get(&area, ever, metric);
    let mut said = Vec::new();
    if let Some(line) = of(Metric::Returns) {
        said.push(format!("đã nộp {} báo cáo đến hạn", count(line)));
    }
    if let Some(line) = of(Metric::OnTime) {
        said.push(format!("đúng hạn {}", share(line)));
    }
    if let Some(line) = of(Metric::Cells) {
        let full = rounded(line.part, line.whole, 100, 1).map_or("x".into(), |share| fixed(share, 1));
        said.push(format!("{full}% ô có số"));
    }
    Some(Block {
        id: "cac-mat".into(),
        topic: "Các mặt chất lượng qua các kỳ".into(),
        finding: format!("{}.", words::capital(&said.join("; "))),
        tables: vec![
            Table::new("Chất lượng báo cáo từng kỳ", format!("{}, mới nhất trước", unit.name()), &columns, rows)
                .wide()
                .note("Chữ đậm: chưa đạt, hoặc đề nghị xác nhận. x: không có gì để xét ở kỳ đó."),
        ],
        ..Block::default()
    })
}

/// The years and the running one, for a matrix.
pub fn years(book: &Book<'_>) -> Vec<Period> {
    let mut years: Vec<Period> = book
        .periods()
        .filter(|period| period.kind() == PeriodKind::Quarter)
        .map(|period| Period::year(period.last_year()))
        .collect();
    years.dedup();
    years
}
