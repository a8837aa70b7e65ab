//! Faults that come back: a rule that a unit broke in several of its returns in a row.
//!
//! It is there to help: who is asked the same thing every quarter needs a call, not another slip.
//! Only what asks something counts: errors, and warnings that were not explained.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::release::Intake;
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Note, Row, Table};
use crate::site::view::quality::by_rule::{rule, title};
use crate::site::view::quality::part;
use crate::site::words;
use crate::vocabulary::{Period, RuleId, Severity, UnitCode};

/// The table lists at most this many.
const LISTED: usize = 60;

/// Who broke which rule when, and who sent what when.
pub struct Repeats<'a> {
    came: BTreeMap<&'a UnitCode, BTreeSet<Period>>,
    broken: BTreeMap<(&'a UnitCode, &'a RuleId), BTreeSet<Period>>,
}

/// A rule that a unit broke in at least two returns in a row.
pub struct Repeat<'a> {
    /// The unit.
    pub unit: &'a UnitCode,
    /// The rule.
    pub rule: &'a RuleId,
    /// Longest run of its returns in a row.
    pub in_a_row: usize,
    /// The period in which that run ended; the latest such run.
    pub last: Period,
    /// In how many of its returns.
    pub all: usize,
}

impl<'a> Repeats<'a> {
    /// Looks through all findings once.
    pub fn of(internal: &'a Intake) -> Self {
        let mut came: BTreeMap<&UnitCode, BTreeSet<Period>> = BTreeMap::new();
        for ret in &internal.returns {
            came.entry(&ret.unit).or_default().insert(ret.period);
        }
        let mut broken: BTreeMap<(&UnitCode, &RuleId), BTreeSet<Period>> = BTreeMap::new();
        for finding in internal.findings.iter().filter(|f| f.severity < Severity::Info && f.explanation.is_none()) {
            if let (Some(unit), Some(period)) = (&finding.unit, finding.period) {
                broken.entry((unit, &finding.rule)).or_default().insert(period);
            }
        }
        Self { came, broken }
    }

    /// The rules that a unit broke in a period, with how many of its returns in a row by then.
    pub fn until(&self, unit: &UnitCode, period: Period) -> Vec<(&'a RuleId, usize)> {
        let of_unit = self.broken.iter().filter(|((of, _), periods)| *of == unit && periods.contains(&period));
        of_unit.map(|((_, rule), periods)| (*rule, self.run(unit, periods, period))).collect()
    }

    /// How many of the unit's returns in a row, up to a period, are in `periods`.
    fn run(&self, unit: &UnitCode, periods: &BTreeSet<Period>, until: Period) -> usize {
        let Some(came) = self.came.get(unit) else { return 0 };
        came.range(..=until).rev().take_while(|period| periods.contains(period)).count()
    }

    /// Every rule that a unit broke in at least two returns in a row, longest first, then by unit and rule.
    pub fn all(&self) -> Vec<Repeat<'a>> {
        let repeat = |((unit, rule), periods): (&(&'a UnitCode, &'a RuleId), &BTreeSet<Period>)| {
            let runs = periods.iter().map(|period| (self.run(unit, periods, *period), *period));
            let (in_a_row, last) = runs.max()?;
            (in_a_row >= 2).then_some(Repeat { unit, rule, in_a_row, last, all: periods.len() })
        };
        let mut all: Vec<Repeat> = self.broken.iter().filter_map(repeat).collect();
        all.sort_by_key(|repeat| (Reverse(repeat.in_a_row), repeat.unit, repeat.rule));
        all
    }
}

/// The faults that came back, for the officer to follow up.
pub fn block(book: &Book<'_>) -> Block {
    let all = Repeats::of(part(book)).all();
    let units: BTreeSet<&UnitCode> = all.iter().map(|repeat| repeat.unit).collect();
    let rows: Vec<Row> = all
        .iter()
        .take(LISTED)
        .map(|repeat| {
            Row::new(
                Cell::short(book.unit_name(repeat.unit)).link(page::quality(repeat.unit)),
                vec![
                    rule(repeat.rule),
                    Cell::text(title(book, repeat.rule)),
                    Cell::number(repeat.in_a_row.to_string()).key(),
                    Cell::text(repeat.last.heading()),
                    Cell::number(repeat.all.to_string()),
                ],
            )
        })
        .collect();
    let columns = [
        Column::text("Đơn vị"),
        Column::text("Quy tắc"),
        Column::text("Điều phát hiện"),
        Column::number("Số kỳ liền"),
        Column::text("Đến kỳ"),
        Column::number("Tổng số kỳ"),
    ];
    let note = match all.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!("Còn {more} dòng không in ở đây; xem trang của từng đơn vị."),
    };
    let tables = match rows.is_empty() {
        true => Vec::new(),
        false => vec![
            Table::new("Điều đã nhắc từ hai kỳ liền trở lên", "Lỗi, cảnh báo chưa giải trình", &columns, rows)
                .full()
                .note(note),
        ],
    };
    Block {
        id: "nhac-lai".into(),
        topic: "Nhắc lại nhiều kỳ".into(),
        finding: match units.len() {
            0 => "Không có điều nào phải nhắc lại hai kỳ liền.".to_owned(),
            count => format!(
                "{} đơn vị bị nhắc cùng một điều từ hai kỳ liền trở lên.",
                words::capital(&words::numeral(count))
            ),
        },
        tables,
        side: vec![Note::new(
            "Dùng để làm gì",
            "Nhắc lại nhiều kỳ thường do hiểu khác cách tính hoặc do mẫu; nên gọi trực tiếp để hướng dẫn.",
        )],
        ..Block::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Finding, Place};

    fn told(period: Period) -> Finding {
        Finding {
            place: Place::file("a.xlsx"),
            severity: Severity::Error,
            rule: "R03".into(),
            message: String::new(),
            help: String::new(),
            item: None,
            unit: Some("99001".into()),
            period: Some(period),
            explanation: None,
        }
    }

    #[test]
    fn a_run_is_broken_by_a_return_without_the_fault_and_not_by_one_that_never_came() {
        let quarter = |number| Period::quarter(2027, number);
        let unit = UnitCode::from("99001");
        let findings = vec![told(quarter(1)), told(quarter(2)), told(quarter(4))];
        let broken_by = |came: &[u8]| {
            let came = came.iter().map(|number| quarter(*number)).collect();
            let intake = Intake { findings: findings.clone(), ..Intake::default() };
            let mut repeats = Repeats::of(&intake);
            repeats.came.insert(&unit, came);
            repeats.until(&unit, quarter(4))[0].1
        };
        assert_eq!(broken_by(&[1, 2, 3, 4]), 1);
        assert_eq!(broken_by(&[1, 2, 4]), 3);
    }
}
