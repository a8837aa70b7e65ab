//! One return: every item with its cell, its raw text, its findings, and where the number went.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::form::AcrossTime;
use crate::release::{Entry, Finding, MeasureOrigin as Origin, Outcome, Quantity, Reading, Return, Standing};
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::trail::Trail;
use crate::site::view::block::{self, Block, Cell, Column, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::lineage::{LineagePage, origin, trail};
use crate::site::view::measure::group_title;
use crate::site::view::sheet::{Sheet, cell, escaped, link, text};
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
    sheets.extend(models(ret));
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
    let mut parts: Vec<(String, bool, bool, bool)> = Vec::new();
    if let Some(own) = own {
        for (holder, period, tiles) in trail.lineage.counted_in(own).filter(|(_, period, _)| shown.contains(period)) {
            // After a rearrangement a return may count in the unit that its own became a part of.
            let name = match *holder == ret.unit {
                true => period.title(),
                false => format!("{} ({})", period.title(), words::inside(&book.unit_name(holder))),
            };
            let (first, last) = (tiles.first.contains(&own), tiles.last.contains(&own));
            parts.push((name, first, last, tiles.only().is_some()));
        }
    }
    let told = |wanted: fn(&(String, bool, bool, bool)) -> bool| -> String {
        let periods: Vec<String> = parts.iter().filter(|part| wanted(part)).map(|part| part.0.clone()).collect();
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
    let mut rows: Vec<Row> = kinds
        .into_iter()
        .filter(|(over, ..)| present.contains(&(*over as u8)))
        .map(|(_, what, periods)| Row::new(Cell::text(what), vec![Cell::text(periods)]))
        .collect();
    rows.extend(book.measures.iter().filter_map(|ratio| ratio_row(book, trail, ret, ratio)));
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
                "Kỳ và tỷ lệ có số của báo cáo này",
                "Theo cách lấy số qua các kỳ",
                &[Column::text("Loại dòng, tỷ lệ"), Column::text("Các kỳ, các mã số")],
                rows,
            )],
            false => Vec::new(),
        },
        ..Block::default()
    }
}

/// A ratio that a return is in, with the rows it takes from there.
fn ratio_row(book: &Book<'_>, trail: &Trail<'_>, ret: &Return, ratio: &Measure) -> Option<Row> {
    let info = book.release.measures().iter().find(|info| info.code == ratio.code)?;
    let Origin::Ratio { numerator, denominator, .. } = &info.origin else { return None };
    let terms: BTreeSet<&str> = numerator
        .iter()
        .chain(denominator)
        .filter(|term| ret.entries.contains_key(&term.item))
        .map(|term| term.item.as_str())
        .collect();
    if terms.is_empty() {
        return None;
    }
    let unit = crate::vocabulary::Area::Unit(ret.unit.clone());
    let label = Cell::text(&ratio.short).traced(trail.row(&unit, ret.period, &ratio.code));
    Some(Row::new(label, vec![Cell::text(Vec::from_iter(terms).join(", "))]))
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
    ];
    let mut sheet = Sheet::new("o", "Từng ô của báo cáo", "Theo thứ tự trong biểu; ô của cột Trong kỳ", &columns);
    let mut found: BTreeMap<(&str, String), Vec<&Finding>> = BTreeMap::new();
    for finding in trail.intake.findings.iter().filter(|finding| finding.place.file_name() == &*ret.file) {
        if let (Some(sheet), Some(cell)) = (finding.place.sheet_name(), finding.place.cell_ref()) {
            found.entry((sheet, cell.to_string())).or_default().push(finding);
        }
    }
    let axes = book.release.cube().axes();
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
            sheet.heading(&heading(ret, entry));
        }
        let measure = book.measure(item);
        let name = measure.map_or_else(|| title(book, item), |measure| measure.short.clone());
        let label = match measure.and_then(back) {
            Some(href) => link(&href, &name),
            None => escaped(&name),
        };
        let label = format!("{label}<i>{item}</i>");
        let mut cells = text(&entry.cell.to_string());
        cells.push_str(&cell(&written(&entry.raw)));
        cells.push_str(&cell(&meaning(measure, entry.value)));
        let cumulative = entry.cumulative.map(|(_, value)| crate::vocabulary::number::whole(value));
        cells.push_str(&cell(cumulative.as_deref().unwrap_or("x")));
        let mut notes: Vec<String> = entry.repairs.iter().map(|repair| escaped(repair)).collect();
        let here = [Some(entry.cell), entry.cumulative.map(|(cell, _)| cell)];
        for place in here.into_iter().flatten() {
            for finding in found.get(&(&*entry.sheet, place.to_string())).into_iter().flatten() {
                let rule = link(&format!("../{}#{}", page::RULES, finding.rule), finding.rule.as_str());
                notes.push(format!("{} {rule}: {}", finding.severity.title(), escaped(&finding.message)));
            }
        }
        let notes = if notes.is_empty() { "–".to_owned() } else { notes.join("<br>") };
        cells.push_str(&cell(&notes));
        let id = axes.measure_position(item).map_or_else(String::new, |at| format!("m{at}"));
        sheet.row(&id, &label, &cells);
    }
    sheet.id = "o".into();
    sheet.topic = "Từng ô".into();
    sheet.finding = match sheet.is_empty() {
        true => "Không đọc được dòng nào.".into(),
        false => format!("{} dòng, mỗi dòng một ô của tệp.", ret.entries.len()),
    };
    sheet
}

/// The name of a sheet, with the column of the year so far.
fn heading(ret: &Return, first: &Entry) -> String {
    let same = ret.entries.values().filter(|entry| entry.sheet == first.sheet);
    let cumulative = same.filter_map(|entry| entry.cumulative).map(|(cell, _)| cell.to_string()).next();
    match cumulative {
        Some(cell) => {
            let letter = cell.trim_end_matches(|digit: char| digit.is_ascii_digit());
            format!("Trang tính {} (lũy kế: cột {letter}, cùng hàng)", first.sheet)
        }
        None => format!("Trang tính {}", first.sheet),
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
        "r",
        "Số của từng thôn",
        format!("Trang tính {}; ô = chữ của cột và số của hàng", first.sheet),
        &columns,
    );
    for (at, row) in ret.settlements.iter().enumerate() {
        let mut cells = cell(&(row.row + 1).to_string());
        for item in &items {
            cells.push_str(&cell(&match row.values.get(*item) {
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

/// Biểu 08: one row per model.
fn models(ret: &Return) -> Option<Sheet> {
    if ret.models.is_empty() {
        return None;
    }
    let columns = ["Mô hình", "Hàng", "Bước", "Ra mắt", "Thành viên"].map(Column::text);
    let mut sheet = Sheet::new("r", "Từng mô hình", "Theo sổ mô hình của báo cáo; hàng của trang tính", &columns);
    for row in &ret.models {
        let launched = row.launched.map_or("…".to_owned(), words::date);
        let members = row.members.map_or("…".to_owned(), crate::vocabulary::number::whole);
        let cells =
            [(row.row + 1).to_string(), row.step.to_string(), launched, members].map(|text| cell(&text)).concat();
        sheet.row("", &escaped(&row.name), &cells);
    }
    sheet.id = "mo-hinh".into();
    sheet.topic = "Mô hình".into();
    sheet.finding = format!("{} mô hình trong báo cáo.", ret.models.len());
    Some(sheet)
}
