//! The province and the groups: each figure, how many units are in it, who is missing and why.

use crate::release::Figure;
use crate::site::book::{Book, bare};
use crate::site::catalogue::Measure;
use crate::site::trail::{Trail, anchor};
use crate::site::view::block::Column;
use crate::site::view::lineage::sources::Sources;
use crate::site::view::measure::group_title;
use crate::site::view::sheet::{Sheet, cell, escaped, text};
use crate::site::words;
use crate::vocabulary::{Area, ObsStatus, Period, UnitCode};

/// At most this many units are named in a cell.
const NAMED: usize = 6;

/// One row per area and period that has a figure; none when nothing adds up.
pub fn sheet(
    book: &Book<'_>,
    trail: &Trail<'_>,
    measure: &Measure,
    sources: &Sources<'_, '_>,
    page: Period,
) -> Option<Sheet> {
    let columns = [
        Column::text("Nơi, kỳ"),
        Column::number("Số").unit(measure.table_unit()),
        Column::number("Tử số/mẫu số"),
        Column::number("Đơn vị đủ").unit("trên phải có"),
        Column::number("Báo cáo").unit("có số/phải có"),
        Column::text("Đơn vị thiếu và lý do"),
    ];
    let kept: Vec<Column> = match (measure.is_ratio(), measure.is_class()) {
        (true, _) => columns.to_vec(),
        (false, _) => columns.into_iter().enumerate().filter(|(at, _)| *at != 2).map(|(_, column)| column).collect(),
    };
    let title = format!("{} của tỉnh và các nhóm đơn vị", measure.short);
    let mut sheet = Sheet::new("a", title, format!("{}, {}", page.heading(), measure.table_unit()), &kept);
    let axes = book.release.cube().axes();
    let classes: Vec<&Measure> =
        book.measures.iter().rev().filter(|other| other.counts.as_ref() == Some(&measure.code)).collect();
    let mut partial = 0;
    for area in axes.areas().iter().filter(|area| !matches!(area, Area::Unit(_))) {
        let name = match area {
            Area::Group(id) => group_title(book, id.as_str()),
            _ => "Toàn tỉnh".to_owned(),
        };
        let members = members(book, area);
        for period in trail.periods_on(page) {
            // A classification has no figure of its own here: its units are counted class by class.
            let figure = book.figure(area, period, classes.first().copied().unwrap_or(measure));
            if figure.status == ObsStatus::M {
                continue;
            }
            let value = match classes.is_empty() {
                true => words::figure(measure, figure),
                false => distribution(book, area, period, &classes),
            };
            let (whole, due, missing) = coverage(book, trail, sources, measure, &members, period);
            partial += usize::from(!figure.is_complete());
            let mut cells = cell(&escaped(&value));
            if measure.is_ratio() {
                cells.push_str(&cell(&words::parts(figure)));
            }
            cells.push_str(&cell(&format!("{whole}/{due}")));
            cells.push_str(&cell(&format!("{}/{}", figure.reported, figure.due)));
            cells.push_str(&text(&missing));
            sheet.row(&anchor(area, period), &escaped(&format!("{name}, {}", period.title())), &cells);
        }
    }
    if sheet.is_empty() {
        return None;
    }
    sheet.id = "tinh".into();
    sheet.topic = "Toàn tỉnh và các nhóm".into();
    sheet.finding = match partial {
        0 => "Mọi số của tỉnh, của nhóm gồm đủ các báo cáo phải có.".into(),
        some => format!("{some} số của tỉnh, của nhóm còn thiếu báo cáo; đơn vị thiếu ghi ở cột cuối."),
    };
    sheet.more = "Phần của từng đơn vị ở bảng dưới.".into();
    if sources.has_weeks() {
        sheet.notes.push(
            "Tử số, mẫu số ở đây đã nhân 14 (nửa ngày của một tuần) để cộng bằng số nguyên; tỷ lệ không đổi.".into(),
        );
    }
    Some(sheet)
}

fn members<'a>(book: &Book<'a>, area: &Area) -> Vec<&'a crate::definitions::Unit> {
    let member = |unit: &&crate::definitions::Unit| match area {
        Area::Group(group) => unit.groups.contains(group),
        _ => true,
    };
    book.units.iter().copied().filter(member).collect()
}

/// `Xuất sắc 3, Khá 5`.
fn distribution(book: &Book<'_>, area: &Area, period: Period, classes: &[&Measure]) -> String {
    let told = classes.iter().filter_map(|class| {
        let count = book.figure(area, period, class).whole()?;
        (count > 0).then(|| format!("{} {count}", class.short))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "…".into() } else { told.join(", ") }
}

/// Units that are whole, units that are due, and the others with what they lack.
fn coverage(
    book: &Book<'_>,
    trail: &Trail<'_>,
    sources: &Sources<'_, '_>,
    measure: &Measure,
    members: &[&crate::definitions::Unit],
    period: Period,
) -> (usize, usize, String) {
    let cube = book.release.cube();
    let axes = cube.axes();
    let at = axes.period_position(period).zip(axes.measure_position(&measure.code));
    let figure = |code: &UnitCode| -> &Figure {
        let place = axes.area_position(&Area::Unit(code.clone())).zip(at);
        place.map_or(&Figure::NOT_APPLICABLE, |(area, (period, measure))| cube.cell(area, period, measure))
    };
    let (mut whole, mut due, mut lacking) = (0, 0, Vec::new());
    for unit in members {
        let figure = figure(&unit.code);
        if figure.due == 0 {
            continue;
        }
        due += 1;
        if figure.is_complete() {
            whole += 1;
            continue;
        }
        let tiles = sources.counted(trail.lineage.tiles(&unit.code, period)).iter();
        let mut why: Vec<&str> = tiles.filter_map(|own| sources.lacking(*own)).collect();
        why.dedup();
        // Persons × weeks need the stock at the start, which is the end of the return before.
        let why = if why.is_empty() { "thiếu số của kỳ trước".to_owned() } else { why.join(", ") };
        lacking.push(format!("{} ({why})", bare(unit.name())));
    }
    let told = match lacking.len() {
        0 => "–".to_owned(),
        _ => words::list_of(&lacking, NAMED, "đơn vị"),
    };
    (whole, due, told)
}
