//! Numbers in tables: the one way a figure gets there. In the internal edition each leads to what it is made of.

use crate::definitions::Target;
use crate::release::{Figure, Quantity};
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::view::block::Cell;
use crate::site::words;
use crate::vocabulary::{Area, Period};

/// A figure, or the sign in its place.
pub fn figure(book: &Book<'_>, area: &Area, period: Period, measure: &Measure) -> Cell {
    let figure = book.figure(area, period, measure);
    Cell::number(words::figure(measure, figure)).traced(book.lineage(area, period, measure))
}

/// A figure over the units that several periods have in common.
pub fn common(book: &Book<'_>, area: &Area, period: Period, measure: &Measure, value: Quantity) -> Cell {
    Cell::number(words::quantity(measure, value)).traced(book.lineage(area, period, measure))
}

/// A figure as a target is judged by it.
pub fn judged(book: &Book<'_>, target: &Target, measure: &Measure, figure: &Figure) -> Cell {
    Cell::number(words::figure(measure, figure)).traced(book.lineage(&target.area, target.period, measure))
}

/// Numerator over denominator of a ratio; `x` of what is none.
pub fn parts(book: &Book<'_>, area: &Area, period: Period, measure: &Measure) -> Cell {
    let parts = words::parts(book.figure(area, period, measure));
    let parts = if parts.is_empty() { "x".to_owned() } else { parts };
    Cell::number(parts).traced(book.lineage(area, period, measure))
}

/// The change against the same period of last year.
pub fn change(book: &Book<'_>, area: &Area, period: Period, measure: &Measure) -> Cell {
    Cell::number(book.change(area, period, measure).short).traced(book.lineage(area, period, measure))
}

/// How many of the units due are whole in the figure of the province: `11/12`.
pub fn coverage(book: &Book<'_>, period: Period, measure: &Measure) -> Cell {
    let (reported, due) = book.coverage(period, measure);
    let text = if due == 0 { "x".into() } else { format!("{reported}/{due}") };
    let whole = book.lineage(&book.province, period, measure);
    Cell::number(text).traced(whole.or_else(|| book.lineage_of_units(period, measure)))
}
