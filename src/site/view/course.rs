//! Whether the figures of the province rise, fall or leave their ordinary variation: trend and control chart.

use std::collections::BTreeMap;

use crate::analysis::control::{Control, control, text};
use crate::analysis::series::series;
use crate::analysis::{Silence, wording};
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::chart::control::{Control as Chart, ControlPoint};
use crate::site::chart::{Group, Head, Periods, Value};
use crate::site::signals;
use crate::site::view::block::{Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::{draw, number};
use crate::site::words;
use crate::statistics::control::Signal;
use crate::vocabulary::number::estimate;
use crate::vocabulary::text::slug;
use crate::vocabulary::{Period, PeriodKind};

/// So many periods are named; of more only their number and the latest.
const MOST: usize = 3;

/// Trend and control chart of the province; nothing for measures without a series.
pub fn block(book: &Book<'_>, measure: &Measure) -> Option<Block> {
    let trend = book.trend(&book.province, measure);
    let control = control(book.release, book.signals.info(measure), &book.province);
    if matches!((&trend, &control), (Err(Silence::Untested), _)) {
        return None;
    }
    let told = signals::trend(measure, &trend, book.rules());
    let mut block = Block {
        id: "xu-huong".into(),
        topic: "Xu hướng và dao động".into(),
        finding: format!("{}.", told.trim_start_matches(['•', '…', 'x', ' '])),
        ..Block::default()
    };
    match control {
        Ok(control) => {
            block.more = sentences(&control);
            if trend.as_ref().is_ok_and(|trend| trend.way.is_some()) && control.told().next().is_some() {
                block.more.push_str(" Chuỗi đang có xu hướng, nên các kỳ đầu và cuối nằm xa bình quân là lẽ thường.");
            }
            block.tables = vec![table(book, measure, &control)];
            block.figures = vec![figure(measure, &control)];
            block.side = reading(&control);
        }
        Err(Silence::Short) => block.more = complete_quarters(book, measure),
        // What is hidden is told by the trend already.
        Err(Silence::Hidden | Silence::Untested) => {}
        Err(why) => block.more = format!("Biểu đồ kiểm soát: {}.", words::inside(why.text())),
    }
    Some(block)
}

/// Why the series is short: a quarter in which the return of one unit is missing cannot stand beside the others.
fn complete_quarters(book: &Book<'_>, measure: &Measure) -> String {
    match series(book.release, book.signals.info(measure), &book.province, PeriodKind::Quarter) {
        Ok(series) if series.points.is_empty() => format!(
            "Không quý nào trong {} quý có đủ báo cáo của cùng các đơn vị; quý thiếu báo cáo không đứng trong chuỗi.",
            series.ended
        ),
        Ok(series) if series.points.len() < series.ended => format!(
            "Chỉ {} trong {} quý có đủ báo cáo của cùng các đơn vị; quý thiếu báo cáo không đứng trong chuỗi.",
            series.points.len(),
            series.ended
        ),
        _ => String::new(),
    }
}

/// What the rules mark, each once with its latest periods.
fn sentences(control: &Control) -> String {
    let mut told: Vec<(&str, Vec<Period>)> = Vec::new();
    for (period, signal) in control.told() {
        match told.iter_mut().find(|(of, _)| *of == text(signal)) {
            Some((_, periods)) => periods.push(period),
            None => told.push((text(signal), vec![period])),
        }
    }
    let mut sentences: Vec<String> = told
        .into_iter()
        .map(|(text, periods)| match periods[..] {
            [.., last] if periods.len() > MOST => {
                format!("{text}: {} kỳ, gần nhất là {}.", periods.len(), last.title())
            }
            _ => format!("{text}: {}.", words::list(&periods.iter().map(|period| period.title()).collect::<Vec<_>>())),
        })
        .collect();
    // Who wants each rule finds it in the table.
    if sentences.len() > 2 {
        sentences.truncate(1);
        sentences.push("Các tín hiệu khác ghi trong bảng.".to_owned());
    }
    if sentences.is_empty() {
        sentences.push(format!("{}.", wording::CONTROL_IN));
    }
    if control.trial {
        sentences.push(format!("{}.", wording::CONTROL_TRIAL));
    }
    sentences.join(" ")
}

fn reading(control: &Control) -> Vec<Note> {
    let how = match control.exact {
        true => "Số đếm nhỏ: giới hạn là khoảng mà 99,8% số kỳ rơi vào nếu chỉ có ngẫu nhiên.",
        false => "Giới hạn tính từ mức chênh giữa các kỳ liền nhau: bình quân cộng, trừ 2,66 lần chênh lệch bình quân.",
    };
    vec![
        Note {
            title: "Cách đọc".into(),
            paragraphs: vec![
                how.into(),
                "Chấm rỗng: dao động bình thường, không cần giải thích từng kỳ. Chấm xanh: có tín hiệu, nên tìm nguyên nhân.".into(),
            ],
        },
        match control.series.panel {
            None => Note::new("Kỳ bị bỏ trống", "Chỉ vẽ kỳ đủ báo cáo của cùng các đơn vị báo cáo hằng quý."),
            Some(_) => Note::new(
                "Không phải toàn tỉnh",
                "Nhiều quý có đơn vị thiếu báo cáo, nên chỉ cộng các đơn vị đủ báo cáo ở mọi quý. Số toàn tỉnh ở bảng trên.",
            ),
        },
    ]
}

/// A value as it is written in the chart and its table.
fn written(measure: &Measure, value: f64) -> String {
    if measure.is_ratio() { format!("{}%", estimate(value, 1)) } else { estimate(value, 0) }
}

fn limit(measure: &Measure, control: &Control, value: f64) -> String {
    match (measure.is_ratio(), control.exact) {
        (true, _) => format!("{}%", estimate(value, 1)),
        (false, true) => estimate(value, 0),
        (false, false) => estimate(value, 1),
    }
}

fn upper(measure: &Measure, control: &Control) -> Option<f64> {
    Some(control.chart.upper).filter(|upper| !measure.is_ratio() || *upper < 100.0)
}

fn figure(measure: &Measure, control: &Control) -> Figure {
    let series = &control.series;
    let (first, last) = (series.points[0].0, series.points[series.points.len() - 1].0);
    let values: BTreeMap<Period, f64> = series.points.iter().map(|(period, _)| *period).zip(series.values()).collect();
    let years: Vec<i32> = (first.first_year()..=last.last_year()).collect();
    let groups = years.iter().map(|year| Group {
        label: year.to_string(),
        slots: ["I", "II", "III", "IV"].map(str::to_owned).into(),
        ahead: false,
    });
    let quarters = Period::years(years[0], years[years.len() - 1]).quarters();
    let marked: Vec<Period> = control.told().map(|(period, _)| period).collect();
    let points = quarters.take_while(|quarter| *quarter <= last).map(|quarter| {
        let value = values.get(&quarter).copied();
        ControlPoint {
            value: value.map_or(Value::NotApplicable, Value::At),
            label: value.map_or(String::new(), |value| written(measure, value)),
            marked: marked.contains(&quarter),
        }
    });
    let mut limits = Vec::new();
    if let Some(upper) = upper(measure, control) {
        limits.push((upper, format!("Giới hạn trên {}", limit(measure, control, upper))));
    }
    if let Some(lower) = control.lower() {
        limits.push((lower, format!("Giới hạn dưới {}", limit(measure, control, lower))));
    }
    let mean = control.chart.mean;
    let mean_told = if measure.is_ratio() { format!("{}%", estimate(mean, 1)) } else { estimate(mean, 1) };
    let title = match (marked.len(), control.told().any(|(_, signal)| matches!(signal, Signal::Above | Signal::Below)))
    {
        (0, _) => wording::CONTROL_IN.to_owned(),
        (some, true) => format!("{} kỳ có tín hiệu, có kỳ vượt giới hạn", words::capital(&words::numeral(some))),
        (some, false) => {
            format!("{} kỳ có tín hiệu, không kỳ nào vượt giới hạn", words::capital(&words::numeral(some)))
        }
    };
    Figure {
        title,
        subtitle: format!("{}, {}, theo quý, {}", measure.short, words::inside(&place(control)), measure.table_unit()),
        drawings: draw::both(
            Chart {
                head: Head {
                    id: format!("kiem-soat-{}", slug(measure.code.as_str())),
                    title: format!("{} theo quý và giới hạn dao động bình thường", measure.title),
                    summary: sentences(control),
                },
                periods: Periods { groups: groups.collect() },
                measure: draw::axis(measure),
                centre: (mean, format!("Bình quân {mean_told}")),
                limits,
                trial: control.trial,
                points: points.collect(),
            }
            .drawing(),
        ),
        coverage: format!(
            "{} quý{}{}.",
            series.points.len(),
            if series.panel.is_none() { " đủ báo cáo" } else { "" },
            if control.trial { format!("; {}", words::inside(wording::CONTROL_TRIAL)) } else { String::new() }
        ),
        ..Figure::default()
    }
}

/// Whose figures they are.
fn place(control: &Control) -> String {
    control.series.panel.map_or("Toàn tỉnh".to_owned(), signals::members)
}

/// Years down, quarters across, with a footnote for what the rules say.
fn table(book: &Book<'_>, measure: &Measure, control: &Control) -> Table {
    let mut told: Vec<&str> = Vec::new();
    for (_, signal) in control.told() {
        if !told.contains(&text(signal)) {
            told.push(text(signal));
        }
    }
    let signals: BTreeMap<Period, Signal> = control.told().collect();
    let series = &control.series;
    let first = series.points[0].0.first_year();
    let rows = (first..=book.current().last_year())
        .map(|year| {
            let cells = (1..=4).map(|number| {
                let quarter = Period::quarter(year, number);
                let figure = book.figure(&book.province, quarter, measure);
                let point = series.points.iter().find(|(period, _)| *period == quarter);
                let cell = match (series.panel, point) {
                    (None, _) => number::figure(book, &book.province, quarter, measure),
                    (Some(_), Some((_, value))) => number::common(book, &book.province, quarter, measure, *value),
                    (Some(_), None) => Cell::number("x"),
                };
                let note = signals.get(&quarter).and_then(|signal| told.iter().position(|of| *of == text(*signal)));
                match (note, point) {
                    (Some(note), _) => cell.key().marked(format!("({})", note + 1)),
                    (None, None) if figure.value.is_some() && series.panel.is_none() => cell.marked("(–)"),
                    (None, _) => cell,
                }
            });
            Row::new(Cell::short(format!("Năm {year}")), cells.collect())
        })
        .collect();
    let quarter = |name: &str| Column::number(name).under("Quý");
    let columns = [Column::text("Năm"), quarter("I"), quarter("II"), quarter("III"), quarter("IV")];
    let notes = told.iter().enumerate().map(|(at, text)| format!("({}) {text}.", at + 1));
    Table::new(
        format!("{} theo quý và tín hiệu", measure.short),
        format!("{}, {}", place(control), measure.table_unit()),
        &columns,
        rows,
    )
    .notes(notes.collect())
    .note(if control.series.panel.is_none() {
        "(–) Kỳ chưa đủ báo cáo của cùng các đơn vị: không vẽ, không xét."
    } else {
        ""
    })
}
