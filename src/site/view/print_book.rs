//! The print book: a review period as one document for paper, from the blocks of the period page and the same
//! figures; cover, contents, what a leader reads, what an officer checks.
//!
//! The one page that may be heavier than 150 kB: with every unit and measure of a large province it stays below
//! 1,5 MB, and nobody opens it on the way to another page.

use serde::Serialize;

use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::chart::Head;
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::block::{self, Block, Cell, Column, Figure, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::view::home::Key;
use crate::site::view::{draw, home, period as period_page, progress, slides, watch};
use crate::site::words;
use crate::vocabulary::text::slug;
use crate::vocabulary::{ObsStatus, Period};

/// What `print-book.html` needs.
#[derive(Debug, Serialize)]
pub struct PrintBook {
    /// `Tổng kết năm 2030`.
    pub name: String,
    /// What the site is about, in a line.
    pub about: String,
    /// The large figures.
    pub keys: Vec<Key>,
    /// Cần quan tâm.
    pub items: Vec<watch::Item>,
    /// The chapters in order.
    pub chapters: Vec<Chapter>,
    /// Notes on the quality of the figures, a sentence each.
    pub quality: Vec<String>,
}

/// A chapter; each begins on a new sheet.
#[derive(Debug, Serialize)]
pub struct Chapter {
    /// Anchor.
    pub id: &'static str,
    /// Title.
    pub title: String,
    /// Its sections.
    pub blocks: Vec<Block>,
}

/// At most so many columns of figures stand in one table of units.
const COLUMNS: usize = 9;

/// The book of a period.
pub fn view(book: &Book<'_>, period: Period, path: &str) -> (Frame, PrintBook) {
    let headlines = book.definitions().site.headlines.iter().filter_map(|code| book.measure(code));
    let standings: Vec<Standing<'_>> =
        headlines.map(|measure| Standing::of(book, &book.province, period, measure)).collect();
    let shown = standings.iter().filter(|standing| standing.figure.value.is_some());
    let (told, page) = period_page::view(book, period, path);
    let mut chapters = vec![
        Chapter { id: "ket-qua", title: "Kết quả của kỳ".into(), blocks: page.blocks },
        Chapter {
            id: "dien-bien", title: "Diễn biến các chỉ tiêu có kế hoạch".into(), blocks: courses(book, period)
        },
        Chapter { id: "tung-don-vi", title: "Từng đơn vị".into(), blocks: units(book, period) },
    ];
    chapters.retain(|chapter| !chapter.blocks.is_empty());
    block::number(chapters.iter_mut().flat_map(|chapter| &mut chapter.blocks));
    for block in chapters.iter_mut().flat_map(|chapter| &mut chapter.blocks) {
        // Every table of the book may run over several sheets.
        block.tables.iter_mut().for_each(|table| table.full = true);
    }
    let name = slides::name(book, period);
    let subjects: Vec<String> =
        book.definitions().site.subjects.iter().map(|subject| words::inside(&subject.title)).collect();
    let (whole, due) = book.returns_coverage(period);
    let mut frame = Frame::new(book.release, path, &name, &told.heading, &told.lead)
        .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
        .action("Trang kỳ", page::period(period))
        .action("Trình chiếu", page::slides(period));
    frame.title(&format!("Bản in {}", words::inside(&name)));
    let book_view = PrintBook {
        name,
        about: words::capital(&words::list(&subjects)),
        keys: shown.map(|standing| home::key(book, period, standing)).collect(),
        items: watch::items(book, period, &standings),
        chapters,
        quality: quality(book, period),
    };
    (frame, book_view)
}

/// The courses of what has a plan, two to a row, up to the period.
fn courses(book: &Book<'_>, period: Period) -> Vec<Block> {
    let figures: Vec<Figure> = progress::measures(book)
        .into_iter()
        .filter(|measure| draw::drawn_until(book, period, measure) >= 2)
        .map(|measure| {
            let figure = book.figure(&book.province, period, measure);
            let head = Head {
                id: format!("dien-bien-{}", slug(measure.code.as_str())),
                title: format!("{}, toàn tỉnh", measure.title),
                summary: String::new(),
            };
            Figure {
                title: format!("{}: {}", measure.short, words::told(measure, figure)),
                subtitle: format!("Toàn tỉnh, đến {}, {}", period.title(), measure.table_unit()),
                drawings: draw::both(draw::until(book, period, measure, head)),
                coverage: format!("{}.", book.coverage_told(period, measure)),
                ..Figure::default()
            }
        })
        .collect();
    let mut blocks = Vec::new();
    let mut figures = figures.into_iter().peekable();
    while figures.peek().is_some() {
        blocks.push(Block { pair: true, figures: figures.by_ref().take(2).collect(), ..Block::default() });
    }
    if let Some(first) = blocks.first_mut() {
        first.topic = "Diễn biến".into();
        first.finding = "Thực hiện và kế hoạch đến kỳ này; nét đứt đen là kế hoạch.".into();
    }
    blocks
}

/// Every unit in every measure of the period, a table or more for each theme.
fn units(book: &Book<'_>, period: Period) -> Vec<Block> {
    let mut themes: Vec<(&str, Vec<&Measure>)> = Vec::new();
    for measure in book.measures.iter().filter(|measure| measure.counts.is_none()) {
        let applies =
            |unit: &&crate::definitions::Unit| book.figure(&Book::area(unit), period, measure).status != ObsStatus::M;
        if !book.units.iter().copied().any(|unit| applies(&unit)) {
            continue;
        }
        match themes.last_mut() {
            Some((theme, measures)) if *theme == measure.theme => measures.push(measure),
            _ => themes.push((&measure.theme, vec![measure])),
        }
    }
    let mut blocks = Vec::new();
    for (theme, measures) in themes {
        let parts = measures.len().div_ceil(COLUMNS);
        let each = measures.len().div_ceil(parts);
        let tables = measures.chunks(each).zip(1..).map(|(measures, part)| {
            let title = match parts {
                1 => theme.to_owned(),
                _ => format!("{theme} ({part}/{parts})"),
            };
            table(book, period, measures, title)
        });
        blocks.push(Block { topic: theme.to_owned(), tables: tables.collect(), ..Block::default() });
    }
    blocks
}

fn table(book: &Book<'_>, period: Period, measures: &[&Measure], title: String) -> Table {
    let mut columns = vec![Column::text("Đơn vị")];
    columns.extend(measures.iter().map(|measure| Column::number(&measure.short).unit(measure.table_unit())));
    let line = |label: Cell, area: &crate::vocabulary::Area| {
        let figures = measures.iter().map(|measure| {
            let figure = book.figure(area, period, measure);
            match measure.is_class() {
                true => Cell::text(words::figure(measure, figure)).class("tag"),
                false => Cell::number(words::figure(measure, figure)),
            }
        });
        Row::new(label, figures.collect())
    };
    let mut rows: Vec<Row> = book
        .units
        .iter()
        .map(|unit| line(Cell::short(unit.name()).link(page::unit(unit)), &Book::area(unit)))
        .collect();
    if measures.iter().any(|measure| !measure.is_class()) {
        rows.push(line(Cell::text("Toàn tỉnh"), &book.province).class("sum"));
    }
    Table::new(title, format!("{}; đơn vị xếp theo tên", period.heading()), &columns, rows).full()
}

/// What a reader must know of how whole and how firm the figures are.
fn quality(book: &Book<'_>, period: Period) -> Vec<String> {
    let (whole, due) = book.returns_coverage(period);
    let mut told = vec![format!("{}. {}.", book.covered(period, whole, due), book.period_status(period))];
    let missing: Vec<String> = book.missing(period).iter().map(|name| words::inside(name)).collect();
    if !missing.is_empty() {
        told.push(format!("Còn thiếu báo cáo của {}.", words::list_of(&missing, 12, "đơn vị")));
    }
    let count = |of: fn(&crate::release::ReturnStatus) -> bool| book.returns(period).filter(|one| of(one)).count();
    for (count, what) in [
        (count(|status| status.estimate), "báo cáo ước, chờ bản chính thức"),
        (count(|status| status.corrected), "báo cáo đã sửa so với bản nộp trước"),
    ] {
        if count > 0 {
            told.push(format!("{count} {what}."));
        }
    }
    told.extend(book.waiting_told());
    let own = book.measures.iter().filter(|measure| measure.counts.is_none() && !measure.is_class());
    let revised: Vec<String> = own
        .filter(|measure| book.revised(period, measure).is_some())
        .map(|measure| words::inside(&measure.short))
        .collect();
    if !revised.is_empty() {
        told.push(format!("Đã điều chỉnh so với lần công bố gần nhất: {}.", words::list_of(&revised, 8, "chỉ tiêu")));
    }
    told
}
