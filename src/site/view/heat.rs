//! Bảng nhiệt: units down, measures across, the number in each cell. Units stand by name.

use std::cmp::Ordering;

use serde::Serialize;

use crate::analysis::Silence;
use crate::analysis::funnel::{Funnel, funnel};
use crate::definitions::form::Direction;
use crate::site::book::{Book, bare};
use crate::site::catalogue::Measure;
use crate::site::chart::Value;
use crate::site::chart::heat::{FEWEST, bands};
use crate::site::page;
use crate::site::signals::is_worse;
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::{Frame, Link};
use crate::site::view::{draw, number};
use crate::site::words;
use crate::statistics::funnel::Stance;
use crate::vocabulary::text::slug;
use crate::vocabulary::{Area, ObsStatus, Period};

/// What `heat.html` needs.
#[derive(Debug, Serialize)]
pub struct HeatPage {
    /// The other years of the same measures.
    pub years: Vec<Link>,
    /// The other measures of the same year.
    pub themes: Vec<Link>,
    /// The section with the table.
    pub block: Block,
    /// How to read it.
    pub reading: Vec<Note>,
}

/// Which measures a page shows: those of a theme by its place in the catalogue, or the main ones.
pub type Theme = Option<usize>;

/// With more cells than this the numbers are no links: a page is at most 150 kB. Their measure's page has them.
const MOST_LINKED: usize = 600;

/// The themes of the catalogue, in order.
fn themes<'b>(book: &'b Book<'_>) -> Vec<&'b str> {
    let mut themes: Vec<&str> = Vec::new();
    for measure in &book.measures {
        if !themes.contains(&measure.theme.as_str()) {
            themes.push(&measure.theme);
        }
    }
    themes
}

/// The years and themes that have a page, the latest year first.
pub fn pages(book: &Book<'_>) -> Vec<(Period, Theme)> {
    let all = [None].into_iter().chain((0..themes(book).len()).map(Some));
    let all: Vec<Theme> = all.collect();
    let years = book.years();
    let years = if years.is_empty() { vec![book.current()] } else { years };
    let pages = years.into_iter().rev().flat_map(|year| all.iter().map(move |theme| (year, *theme)));
    pages.filter(|(year, theme)| !shown(book, *year, *theme).is_empty()).collect()
}

/// The path of a page; the first one is the index.
pub fn path(book: &Book<'_>, period: Period, theme: Theme) -> String {
    let first = pages(book).first().copied();
    let name = theme.map_or("chung".to_owned(), |at| slug(themes(book)[at]));
    match first == Some((period, theme)) {
        true => page::HEAT.into(),
        false => page::heat(&name, period),
    }
}

/// The measures of a page of which some unit has a figure to show.
fn shown<'b>(book: &'b Book<'_>, period: Period, theme: Theme) -> Vec<&'b Measure> {
    let themes = themes(book);
    let headlines = &book.definitions().site.headlines;
    let wanted = |measure: &&Measure| match theme {
        Some(at) => measure.theme == themes[at],
        None => measure.is_ratio() || measure.is_class() || headlines.contains(&measure.code),
    };
    let told = |measure: &&Measure| {
        book.units.iter().any(|unit| book.figure(&Book::area(unit), period, measure).value.is_some())
    };
    book.measures.iter().filter(|measure| measure.counts.is_none()).filter(wanted).filter(told).collect()
}

/// Measures of the page that this edition shows of no unit.
fn hidden<'b>(book: &'b Book<'_>, period: Period, theme: Theme) -> Vec<&'b Measure> {
    let themes = themes(book);
    let is_hidden = |measure: &&Measure| {
        let statuses = || book.units.iter().map(|unit| book.figure(&Book::area(unit), period, measure).status);
        statuses().any(|status| status == ObsStatus::Q)
    };
    let shown = shown(book, period, theme);
    book.measures
        .iter()
        .filter(|measure| measure.counts.is_none())
        .filter(|measure| theme.map_or(measure.is_ratio(), |at| measure.theme == themes[at]))
        .filter(|measure| !shown.iter().any(|of| of.code == measure.code))
        .filter(is_hidden)
        .collect()
}

/// One measure down the units.
struct Strip<'b> {
    measure: &'b Measure,
    bands: Vec<Option<u8>>,
    funnel: Result<Funnel, Silence>,
}

impl<'b> Strip<'b> {
    fn of(book: &'b Book<'_>, period: Period, measure: &'b Measure, areas: &[Area]) -> Self {
        let found = funnel(book.release, book.signals.info(measure), period, areas, Some(&book.province));
        let values: Vec<Value> = areas.iter().map(|area| value(book, period, measure, area, &found)).collect();
        Self { measure, bands: bands(&values, measure.direction == Direction::Up), funnel: found }
    }

    /// Which way a unit stands beyond chance.
    fn way(&self, area: &Area) -> Option<Ordering> {
        match self.funnel.as_ref().ok()?.stance(area)?.ok()? {
            Stance::High => Some(Ordering::Greater),
            Stance::Low => Some(Ordering::Less),
            _ => None,
        }
    }

    /// What the dark end means, under the name of the column.
    fn reading(&self) -> String {
        let unit = self.measure.table_unit();
        match (self.bands.iter().any(Option::is_some), self.measure.direction) {
            (false, _) => unit.to_owned(),
            (true, direction) => {
                let end = if direction == Direction::Up { "thấp" } else { "cao" };
                let base = if self.measure.is_ratio() || self.measure.is_class() { "" } else { " so quy mô" };
                format!("{unit}; đậm: {end}{base}")
            }
        }
    }
}

/// What is tinted: a ratio, a class, or a count against what its unit's size lets expect; a count alone says
/// only how large a unit is.
fn value(book: &Book<'_>, period: Period, measure: &Measure, area: &Area, funnel: &Result<Funnel, Silence>) -> Value {
    let figure = book.figure(area, period, measure);
    if measure.is_class() {
        return draw::value(measure, figure);
    }
    let place = funnel.as_ref().ok().and_then(|funnel| funnel.place(area));
    match place.and_then(|place| Some((place.parts?, place.expected))) {
        Some(((x, n), _)) if measure.is_ratio() && n >= words::SMALL => Value::At(100.0 * x as f64 / n as f64),
        Some(((x, _), expected)) if !measure.is_ratio() && expected >= book.rules().smallest_expectation as f64 => {
            Value::At(x as f64 / expected)
        }
        // A ratio that is no proportion has no funnel but its own number.
        None if measure.is_ratio() && figure.ratio().is_some_and(|(_, n)| n >= words::SMALL) => {
            draw::value(measure, figure)
        }
        _ => Value::NotApplicable,
    }
}

/// A page.
pub fn view(book: &Book<'_>, period: Period, theme: Theme, path: &str) -> (Frame, HeatPage) {
    let measures = shown(book, period, theme);
    let areas: Vec<Area> = book.units.iter().map(|unit| Book::area(unit)).collect();
    let strips: Vec<Strip<'_>> = measures.into_iter().map(|measure| Strip::of(book, period, measure, &areas)).collect();
    let name = theme.map_or("chỉ tiêu chính".to_owned(), |at| words::inside(themes(book)[at]));
    let mut block = Block {
        id: "bang-nhiet".into(),
        topic: format!("{}, {}", words::capital(&name), period.title()),
        finding: finding(book, &strips, &areas),
        more: "Số in trong từng ô; màu chỉ giúp mắt tìm chỗ cần xem trước.".into(),
        tables: vec![table(book, period, theme, &strips, &areas)],
        ..Block::default()
    };
    block::number([&mut block]);
    let (frame, all) = (frame(book, period, &name, &strips, &areas, path), pages(book));
    let link = |title: String, to: (Period, Theme)| Link {
        current: to == (period, theme),
        ..Link::new(title, format!("{}{}", frame.root, self::path(book, to.0, to.1)))
    };
    let mut years: Vec<Link> = all.iter().filter(|of| of.1 == theme).map(|of| link(of.0.title(), *of)).collect();
    years.reverse();
    let title = |theme: Theme| theme.map_or("Chỉ tiêu chính".to_owned(), |at| themes(book)[at].to_owned());
    let themes = all.iter().filter(|of| of.0 == period).map(|of| link(title(of.1), *of)).collect();
    (frame, HeatPage { years, themes, block, reading: reading() })
}

/// Units on the worse side beyond chance in at least one of the measures, by name.
fn noted<'b>(book: &'b Book<'_>, strips: &[Strip<'_>], areas: &[Area]) -> Vec<String> {
    let worse = |area: &&Area| {
        strips
            .iter()
            .any(|strip| strip.way(area).is_some_and(|way| is_worse(strip.measure.direction, way) == Some(true)))
    };
    areas.iter().filter(worse).map(|area| words::inside(&book.area_name(area))).collect()
}

fn finding(book: &Book<'_>, strips: &[Strip<'_>], areas: &[Area]) -> String {
    let far = |strip: &Strip<'_>| areas.iter().filter(|area| strip.way(area).is_some()).count();
    let told: Vec<String> = strips
        .iter()
        .filter(|strip| far(strip) > 0)
        .map(|strip| format!("{} ({} đơn vị)", words::inside(&strip.measure.short), far(strip)))
        .collect();
    match (told.is_empty(), noted(book, strips, areas)) {
        (true, _) => "Chưa thấy đơn vị nào khác mức chung rõ hơn ngẫu nhiên.".to_owned(),
        (false, noted) if noted.is_empty() => format!("Khác mức chung rõ: {}.", words::list_of(&told, 4, "chỉ tiêu")),
        (false, noted) => format!(
            "Khác mức chung rõ: {}; theo chiều cần lưu ý: {}.",
            words::list_of(&told, 3, "chỉ tiêu"),
            words::list_of(&noted, 4, "đơn vị")
        ),
    }
}

fn frame(book: &Book<'_>, period: Period, name: &str, strips: &[Strip<'_>], areas: &[Area], path: &str) -> Frame {
    let cells: usize = strips.iter().map(|strip| areas.iter().filter(|area| strip.way(area).is_some()).count()).sum();
    let heading = match cells {
        0 => format!("{}: chưa thấy đơn vị nào khác rõ mức chung", period.heading()),
        cells => format!("{}: {cells} ô khác rõ mức chung", period.heading()),
    };
    let lead = format!(
        "{} đơn vị, {} {name}. Ô đậm là đầu cần xem trước của từng chỉ tiêu; chỉ dấu ▲ ▼ mới là khác rõ hơn ngẫu nhiên.",
        areas.len(),
        if name.starts_with("chỉ tiêu") {
            strips.len().to_string()
        } else {
            format!("{} chỉ tiêu về", strips.len())
        },
    );
    let (whole, due) = book.returns_coverage(period);
    let mut frame = Frame::new(book.release, path, &format!("Bảng nhiệt · {}", period.heading()), &heading, &lead)
        .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
        .action("Danh mục chỉ tiêu", page::MEASURES)
        .action("Các đơn vị", page::UNITS)
        .action("Tải Excel", page::DOWNLOADS);
    frame.title(&format!("Bảng nhiệt: {name}, {}", period.title()));
    frame
}

fn reading() -> Vec<Note> {
    vec![
        Note {
            title: "Cách đọc".into(),
            paragraphs: vec![
                "Mỗi cột chia năm mức bằng nhau từ số thấp nhất đến số cao nhất. Mức đậm nhất là đầu cần xem trước: thấp với chỉ tiêu cao hơn là tốt, cao với chỉ tiêu còn lại.".into(),
                "▲ cao hơn rõ, ▼ thấp hơn rõ so với mức chung, vượt mức ngẫu nhiên (99,8%). Ô đậm không có dấu: chưa thấy khác.".into(),
            ],
        },
        Note::new(
            "Ô không tô màu",
            format!(
                "Số đếm chỉ tô khi biết quy mô để so; tỷ lệ có mẫu số dưới {} và cột có dưới {FEWEST} đơn vị không tô. Ô gạch chéo: chưa báo cáo.",
                words::SMALL
            ),
        ),
        Note::new("Không xếp hạng", "Các đơn vị đứng theo tên."),
    ]
}

const TINTS: [&str; 6] = ["n", "n h1", "n h2", "n h3", "n h4", "n h5"];

fn table(book: &Book<'_>, period: Period, theme: Theme, strips: &[Strip<'_>], areas: &[Area]) -> Table {
    let linked = strips.len() * areas.len() <= MOST_LINKED;
    let figure = |area: &Area, strip: &Strip<'_>| match linked {
        true => number::figure(book, area, period, strip.measure),
        false => Cell::number(words::figure(strip.measure, book.figure(area, period, strip.measure))),
    };
    let mut columns = vec![Column::text("Đơn vị")];
    columns.extend(strips.iter().map(|strip| {
        let column = Column::number(&strip.measure.short).unit(strip.reading()).of(period);
        column.link(page::measure(&strip.measure.code))
    }));
    let whole = strips.iter().map(|strip| figure(&book.province, strip));
    let mut rows = vec![Row::new(Cell::short("Toàn tỉnh"), whole.collect()).class("self")];
    for (at, (unit, area)) in book.units.iter().zip(areas).enumerate() {
        let cells = strips.iter().map(|strip| {
            let cell = figure(area, strip);
            let cell = match (strip.bands[at], cell.text.as_str()) {
                (_, "…") => cell.class("n h0"),
                (Some(band), _) => cell.class(TINTS[usize::from(band)]),
                (None, _) => cell,
            };
            match strip.way(area) {
                Some(Ordering::Greater) => cell.marked("▲"),
                Some(Ordering::Less) => cell.marked("▼"),
                _ => cell,
            }
        });
        rows.push(Row::new(Cell::short(bare(unit.name())).link(page::unit(unit)), cells.collect()));
    }
    let named: Vec<String> = hidden(book, period, theme).iter().map(|measure| words::inside(&measure.short)).collect();
    let mut table = Table::new(
        format!("{} đơn vị, {} chỉ tiêu", areas.len(), strips.len()),
        format!("{}; xếp theo tên; bấm vào tên chỉ tiêu để xem đủ các kỳ", period.heading()),
        &columns,
        rows,
    )
    .wide()
    .note(match named.is_empty() {
        true => String::new(),
        false => format!("Không công bố ở cấp xã: {}.", words::list(&named)),
    });
    table.heat = true;
    table
}
