//! The guide and the table of signs. Their texts are in the templates; here are only the facts they name.

use serde::Serialize;

use crate::definitions::Unit;
use crate::release::ReturnState;
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::frame::Frame;
use crate::site::words;
use crate::vocabulary::{Edition, Period, PeriodKind};

/// What `guide-officers.html` and `guide-readers.html` need.
#[derive(Debug, Serialize)]
pub struct Guide {
    /// The quarter of the examples, for people: `quý IV/2030`.
    pub quarter: String,
    /// The same for commands: `2030-Q4`.
    pub code: String,
    /// When its returns must have come: `21/12/2030`.
    pub due: String,
    /// A unit of the examples: its name.
    pub unit: String,
    /// And its code.
    pub unit_code: String,
    /// How many units there are.
    pub units: usize,
    /// The slides of the period in review, from the root of the site.
    pub slides: String,
    /// Its print book.
    pub print: String,
    /// Its page.
    pub period: String,
    /// The period in review: `năm 2030`.
    pub current: String,
    /// Smallest person count that the public edition shows.
    pub threshold: i64,
    /// How many late returns come out together.
    pub batch: i64,
}

/// What `signs.html` needs.
#[derive(Debug, Serialize)]
pub struct Signs {
    /// Smallest person count that the public edition shows.
    pub threshold: i64,
    /// Coverage in per cent below which a figure of the whole is not shown in the public edition.
    pub public_coverage: i64,
    /// And below which it is no headline.
    pub headline_coverage: i64,
    /// Smallest base of a percentage.
    pub small: i64,
    /// Periods that a trend needs.
    pub trend_periods: i64,
    /// The groups of units by name.
    pub groups: Vec<String>,
}

/// The guide of an edition.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Guide) {
    let (quarter, unit) = example(book);
    let due = book.release.reporting().iter().find(|status| status.period == quarter).map(|status| status.deadline);
    let policy = &book.definitions().policy;
    let guide = Guide {
        quarter: quarter.title(),
        code: quarter.to_string(),
        due: due.map_or_else(|| "…".to_owned(), words::date),
        unit: unit.map_or_else(String::new, |unit| unit.name().to_owned()),
        unit_code: unit.map_or_else(String::new, |unit| unit.code.to_string()),
        units: book.units.len(),
        slides: page::slides(book.current()),
        print: page::print_book(book.current()),
        period: page::period(book.current()),
        current: book.current().title(),
        threshold: policy.threshold,
        batch: policy.late_batch,
    };
    let (heading, lead) = match book.release.edition() {
        Edition::Internal => (
            "Một quý, từ biểu mẫu đến hội nghị",
            "Mười bước cho cán bộ tổng hợp. Mỗi bước có lệnh phải gõ, tệp nhận được và trang cần xem.",
        ),
        Edition::Public => {
            ("Cách đọc trang này", "Số liệu từ đâu, các ký hiệu nghĩa là gì, số nào không công bố và vì sao.")
        }
    };
    let frame = Frame::new(book.release, path, "Giới thiệu", heading, lead)
        .action("Ký hiệu", page::SIGNS)
        .action("Phương pháp", page::METHOD)
        .action("Quy tắc kiểm tra", page::RULES);
    (frame, guide)
}

/// The last quarter that is due, and a unit that reports it.
fn example<'b>(book: &Book<'b>) -> (Period, Option<&'b Unit>) {
    let due = book.release.reporting().iter();
    let last = due
        .filter(|status| status.period.kind() == PeriodKind::Quarter && status.state != ReturnState::NotYetDue)
        .max_by_key(|status| (status.period, std::cmp::Reverse(&status.unit)));
    match last {
        Some(status) => (status.period, book.unit(&status.unit)),
        None => (Period::quarter(book.definitions().site.first_year, 1), book.units.first().copied()),
    }
}

/// Signs, statuses, abbreviations.
pub fn signs(book: &Book<'_>, path: &str) -> (Frame, Signs) {
    let (policy, rules) = (&book.definitions().policy, book.rules());
    let signs = Signs {
        threshold: policy.threshold,
        public_coverage: policy.public_coverage,
        headline_coverage: policy.headline_coverage,
        small: words::SMALL,
        trend_periods: rules.trend_periods,
        groups: book.definitions().site.groups.values().cloned().collect(),
    };
    let frame = Frame::new(
        book.release,
        path,
        "Ký hiệu",
        "Bốn dấu thay cho số, và những từ có nghĩa riêng",
        "Không có số, bằng không và không công bố là những việc khác nhau; mỗi việc một dấu.",
    )
    .action("Giới thiệu", page::GUIDE)
    .action("Phương pháp", page::METHOD);
    (frame, signs)
}
