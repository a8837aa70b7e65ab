//! One return: every item with its cell, its raw text, its findings, and where the number went.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::form::AcrossTime;
use crate::release::{Entry, Finding, MeasureOrigin as Origin, Outcome, Quantity, Reading, Return, Standing};
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::trail::{Trail, whole};
use crate::site::view::block::{self, Block, Cell, Column, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::lineage::sheet::{Sheet, escaped, link, number, text};
use crate::site::view::lineage::{LineagePage, origin, trail};
use crate::site::view::measure::group_title;
use crate::site::words;
use crate::vocabulary::{MeasureCode, Period};

/// The page of a return, by its position in the intake.
pub fn of_return(book: &Book<'_>, at: usize, path: &str) -> (Frame, LineagePage) {
    let trail = trail(book);
    let ret = trail.sent(at);
    let counts = counts(trail, ret);
    let mut blocks = vec![origin::file(book, trail, ret), went(book, trail, ret, counts)];
    blocks.extend(origin::versions(book, trail, at));
    block::number(&mut blocks);
    let mut sheets = vec![items(book, trail, ret, counts)];
    sheets.extend(settlements(book, ret));
    let tables: usize = blocks.iter().map(|block| block.tables.len()).sum();
    for (place, sheet) in sheets.iter_mut().enumerate() {
        sheet.number = tables + place + 1;
    }
    let used = ret.entries.values().filter(|entry| matches!(entry.value, Reading::Value(_))).count();
    let name = book.unit_name(&ret.unit);
    let heading = match counts {
        true => format!("{name}, {}: {used} trong {} ô được tính", ret.period.title(), ret.entries.len()),
        false => format!("{name}, {}: báo cáo này không được tính", ret.period.title()),
    };
    let mut frame = Frame::new(book.release, path, "Truy nguyên · báo cáo", &heading, &origin::standing(ret))
        .about(book.release, ret.period, book.period_status(ret.period), "")
        .action("Phiếu phản hồi", page::slip(&ret.file))
        .action("Chất lượng của đơn vị", page::quality(&ret.unit));
    if let Some(unit) = book.unit(&ret.unit) {
        frame = frame.action("Trang của đơn vị", page::unit(unit));
    }
    frame.title(&format!("{name}, {}, truy nguyên", ret.period.title()));
    (frame, LineagePage { blocks, sheets })
}

/// The position of a return in the reporting, when its values count.
fn counts<'a>(trail: &Trail<'a>, ret: &Return) -> bool {
    ret.standing == Standing::Counts
        && ret.outcome != Outcome::Returned
        && trail.expected(&ret.unit, ret.period).is_some()
}

/// The title of a form row.
pub fn title(book: &Book<'_>, item: &MeasureCode) -> String {
    book.measure(item).map_or_else(|| book.definitions().row_title(item).to_owned(), |measure| measure.title.clone())
}

/// Which periods the rows are counted in, by how they add up over time.
fn went(book: &Book<'_>, trail: &Trail<'_>, ret: &Return, counts: bool) -> Block {
    let shown: BTreeSet<Period> = book.periods().collect();
    let own = trail.expected(&ret.unit, ret.period).filter(|_| counts);
    let parts = own.map(|own| (own, trail.lineage.periods_of(&ret.unit, own))).into_iter();
    let parts: Vec<(Period, bool, bool, bool)> = parts
        .flat_map(|(own, periods)| periods.into_iter().map(move |at| (own, at)))
        .filter(|(_, (period, _))| shown.contains(period))
        .map(|(own, (period, tiles))| {
            (period, tiles.first() == Some(&own), tiles.last() == Some(&own), tiles.len() == 1)
        })
        .collect();
    let told = |wanted: fn(&(Period, bool, bool, bool)) -> bool| -> String {
        let periods: Vec<String> = parts.iter().filter(|part| wanted(part)).map(|part| part.0.title()).collect();
        if periods.is_empty() { "không kỳ nào".into() } else { periods.join("; ") }
    };
    let present: BTreeSet<u8> =
        ret.entries.keys().filter_map(|item| across_time(book, item)).map(|over| over as u8).collect();
    let kinds: [(AcrossTime, &str, String); 4] = [
        (AcrossTime::Sum, "Số phát sinh: cộng vào", told(|_| true)),
        (AcrossTime::Last, "Số cuối kỳ: là số của", told(|part| part.2)),
        (AcrossTime::First, "Số đầu kỳ: là số của", told(|part| part.1)),
        (AcrossTime::None, "Số chỉ của kỳ báo cáo", told(|part| part.3)),
    ];
    let rows = kinds
        .into_iter()
        .filter(|(over, ..)| present.contains(&(*over as u8)))
        .map(|(_, what, periods)| Row::new(Cell::text(what), vec![Cell::text(periods)]))
        .collect();
    let mut areas: Vec<String> = book
        .unit(&ret.unit)
        .into_iter()
        .flat_map(|unit| &unit.groups)
        .map(|group| format!("nhóm {}", words::inside(&group_title(book, group.as_str()))))
        .collect();
    areas.push("toàn tỉnh".into());
    Block {
        id: "di-dau".into(),
        topic: "Số này đã đi đâu".into(),
        finding: match counts {
            true => format!("Được tính vào số của đơn vị, {}.", words::list(&areas)),
            false => "Không được tính vào số nào.".into(),
        },
        more: match counts {
            true => "Tên từng dòng ở bảng dưới mở trang truy nguyên của chỉ tiêu, tại dòng của đơn vị.".into(),
            false => String::new(),
        },
        tables: match counts {
            true => vec![Table::new(
                "Kỳ có số của báo cáo này",
                "Theo cách lấy số qua các kỳ",
                &[Column::text("Loại dòng"), Column::text("Các kỳ")],
                rows,
            )],
            false => Vec::new(),
        },
        ..Block::default()
    }
}

fn across_time(book: &Book<'_>, item: &MeasureCode) -> Option<AcrossTime> {
    book.release.measures().iter().find(|info| info.code == *item)?.across_time
}

/// Every item as it stands in the workbook.
fn items(book: &Book<'_>, trail: &Trail<'_>, ret: &Return, counts: bool) -> Sheet {
    let columns = [
        Column::text("Dòng"),
        Column::text("Ô"),
        Column::number("Đã ghi"),
        Column::number("Được hiểu"),
        Column::number("Lũy kế"),
        Column::text("Sửa khi đọc, phát hiện"),
        Column::text("Tỷ lệ dùng số này"),
    ];
    let mut sheet = Sheet::new("Từng ô của báo cáo", "Theo thứ tự trong biểu; cột Trong kỳ", &columns);
    let mut found: BTreeMap<(&str, String), Vec<&Finding>> = BTreeMap::new();
    for finding in trail.intake.findings.iter().filter(|finding| finding.place.file_name() == &*ret.file) {
        if let (Some(sheet), Some(cell)) = (finding.place.sheet_name(), finding.place.cell_ref()) {
            found.entry((sheet, cell.to_string())).or_default().push(finding);
        }
    }
    let axes = book.release.cube().axes();
    let ratios: Vec<(&Measure, BTreeSet<&MeasureCode>)> = book.measures.iter().filter_map(|m| terms(book, m)).collect();
    let page = whole(ret.period);
    let unit = crate::vocabulary::Area::Unit(ret.unit.clone());
    let back = |measure: &Measure| {
        let href = trail.row(&unit, ret.period, &measure.code).filter(|_| counts)?;
        Some(href.trim_start_matches("truy-nguyen/").to_owned())
    };
    let mut entries: Vec<(&MeasureCode, &Entry)> = ret.entries.iter().collect();
    entries.sort_by_key(|(_, entry)| (entry.sheet_position, entry.cell));
    let mut last = "";
    for (item, entry) in entries {
        if &*entry.sheet != last {
            last = &entry.sheet;
            sheet.heading(&format!("Trang tính {last}"));
        }
        let measure = book.measure(item);
        let name = title(book, item);
        let label = match measure.and_then(back) {
            Some(href) => link(&href, &name),
            None => escaped(&name),
        };
        let label = format!("{label}<span class=\"sm\">{item}</span>");
        let mut cells = text(&entry.cell.to_string());
        cells.push_str(&number(&written(&entry.raw)));
        cells.push_str(&number(&meaning(measure, entry.value)));
        let cumulative = entry.cumulative.map_or("x".to_owned(), |(cell, value)| {
            format!("{}<span class=\"sm\">{cell}</span>", crate::vocabulary::number::whole(value))
        });
        cells.push_str(&number(&cumulative));
        let mut notes: Vec<String> = entry.repairs.iter().map(|repair| escaped(repair)).collect();
        let here = [Some(entry.cell), entry.cumulative.map(|(cell, _)| cell)];
        for cell in here.into_iter().flatten() {
            for finding in found.get(&(&*entry.sheet, cell.to_string())).into_iter().flatten() {
                let rule = link(&format!("../{}#{}", page::RULES, finding.rule), finding.rule.as_str());
                notes.push(format!("{} {rule}: {}", finding.severity.title(), escaped(&finding.message)));
            }
        }
        let notes = if notes.is_empty() { "không".to_owned() } else { notes.join("<br>") };
        cells.push_str(&format!("<td>{notes}</td>"));
        let used: Vec<String> = ratios
            .iter()
            .filter(|(_, terms)| counts && terms.contains(item))
            .map(|(ratio, _)| match back(ratio) {
                Some(href) => link(&href, &ratio.short),
                None => escaped(&ratio.short),
            })
            .collect();
        cells.push_str(&format!("<td>{}</td>", if used.is_empty() { "x".to_owned() } else { used.join(", ") }));
        let id = axes.measure_position(item).map_or_else(String::new, |at| format!("m{at}"));
        sheet.row(&id, &label, &cells);
    }
    sheet.id = "o".into();
    sheet.topic = "Từng ô".into();
    sheet.finding = match sheet.is_empty() {
        true => "Không đọc được dòng nào.".into(),
        false => format!("{} dòng, mỗi dòng một ô của tệp.", ret.entries.len()),
    };
    sheet.notes = vec![format!("Số của {} đối chiếu ở trang truy nguyên từng chỉ tiêu, {}.", ret.period.title(), page.title())];
    sheet
}

/// The rows of a ratio.
fn terms<'b>(book: &'b Book<'_>, measure: &'b Measure) -> Option<(&'b Measure, BTreeSet<&'b MeasureCode>)> {
    let info = book.release.measures().iter().find(|info| info.code == measure.code)?;
    match &info.origin {
        Origin::Ratio { numerator, denominator, .. } => {
            Some((measure, numerator.iter().chain(denominator).map(|term| &term.item).collect()))
        }
        Origin::Row { .. } | Origin::ClassCount { .. } => None,
    }
}

fn written(raw: &str) -> String {
    if raw.trim().is_empty() { "trống".to_owned() } else { escaped(raw) }
}

fn meaning(measure: Option<&Measure>, value: Reading) -> String {
    match (value, measure) {
        (Reading::Value(value), Some(measure)) if measure.is_class() => {
            escaped(&words::quantity(measure, Quantity::Whole(value)))
        }
        (Reading::Value(value), _) => crate::vocabulary::number::whole(value),
        (Reading::Empty, _) => "<span class=\"sign\">…</span>".to_owned(),
        (Reading::Rejected, _) => "bị loại".to_owned(),
    }
}

/// Biểu 06B: one row per thôn; a cell is found by the row and the letter of its column.
fn settlements(book: &Book<'_>, ret: &Return) -> Option<Sheet> {
    let first = ret.settlements.first()?;
    let items: Vec<&MeasureCode> = first.columns.keys().collect();
    let mut columns = vec![Column::text("Thôn"), Column::number("Hàng")];
    columns.extend(items.iter().map(|item| {
        let cell = first.cell(item).map_or_else(String::new, |cell| cell.to_string());
        let letter = cell.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let short = book.measure(item).map_or_else(|| title(book, item), |measure| measure.short.clone());
        Column::number(short).unit(format!("cột {letter}"))
    }));
    let mut sheet = Sheet::new(
        "Số của từng thôn",
        format!("Trang tính {}; ô = chữ của cột và số của hàng", first.sheet),
        &columns,
    );
    for (at, row) in ret.settlements.iter().enumerate() {
        let mut cells = number(&(row.row + 1).to_string());
        for item in &items {
            cells.push_str(&number(&match row.values.get(*item) {
                Some(Some(value)) => crate::vocabulary::number::whole(*value),
                Some(None) => "<span class=\"sign\">…</span>".to_owned(),
                None => "x".to_owned(),
            }));
        }
        sheet.row(&format!("thon-{at}"), &escaped(&row.name), &cells);
    }
    sheet.id = "thon".into();
    sheet.topic = "Từng thôn".into();
    sheet.finding = format!("{} thôn trong {}.", ret.settlements.len(), first.sheet);
    Some(sheet)
}
