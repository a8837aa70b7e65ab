//! One headline figure of the province: the number, its plan as a bar, its change. No section.

use serde::Serialize;

use crate::release::Versus;
use crate::site::book::Book;
use crate::site::page;
use crate::site::standing::Standing;
use crate::site::view::draw;
use crate::site::words;
use crate::vocabulary::Period;

/// A headline figure.
#[derive(Debug, Serialize)]
pub struct Key {
    /// What it is.
    pub label: String,
    /// The number.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// `kế hoạch 75%`.
    pub plan: String,
    /// What was done against it, as a bar; empty where no plan is to be reached from below.
    pub bar: String,
    /// `tăng 2,9 điểm phần trăm`.
    pub change: String,
    /// `so với năm 2028`.
    pub versus: String,
    /// `Số đã điều chỉnh so với lần công bố ngày …`; mostly empty.
    pub revised: String,
    /// Its page.
    pub href: String,
    /// What it is made of; empty in the public edition.
    pub trace: String,
}

/// A headline figure of the province.
pub fn key(book: &Book<'_>, period: Period, standing: &Standing<'_>) -> Key {
    let measure = standing.measure;
    let change = book.change(&book.province, period, measure);
    let fraction = standing.figure.ratio().is_some_and(|(_, denominator)| denominator < 20);
    let said = words::told(measure, standing.figure);
    let value = words::figure(measure, standing.figure);
    let unit = said.strip_prefix(&value).unwrap_or_default().trim().to_owned();
    let (value, unit) = match standing.figure.value {
        // An amount of money is said in the unit that suits its size.
        Some(_) if measure.is_money() => {
            let (number, unit) = said.split_once(' ').unwrap_or((&said, ""));
            (number.to_owned(), unit.to_owned())
        }
        Some(_) if fraction => (value, measure.unit.trim_start_matches('%').to_owned()),
        Some(_) => (value, unit),
        None => (value, said),
    };
    Key {
        label: measure.title.clone(),
        value,
        unit,
        plan: standing.goal.map_or(String::new(), |goal| format!("kế hoạch {}", goal.said(measure))),
        bar: draw::meter(standing),
        versus: match (change.way, book.verdict(&book.province, period, measure)) {
            (None, _) => String::new(),
            (Some(_), None) => words::versus(period, Versus::SamePeriodLastYear),
            (Some(_), Some(verdict)) => {
                let signal = words::inside(verdict.alone().text());
                format!("{}; {signal}", words::versus(period, Versus::SamePeriodLastYear))
            }
        },
        change: change.long,
        revised: book.revised(period, measure).unwrap_or_default(),
        href: page::measure(&measure.code),
        trace: book.lineage(&book.province, period, measure).unwrap_or_default(),
    }
}
