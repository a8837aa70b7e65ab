//! The search page: everything by name, in groups; its script narrows the same entries as one types.

use serde::Serialize;

use crate::site::book::Book;
use crate::site::page;
use crate::site::search::{self, Group, MODELS};
use crate::site::view::frame::{Frame, Link};
use crate::vocabulary::number::whole;

/// As many entries of a group stand on the page itself: a page is at most 150 kB.
const LISTED: usize = 500;

/// What `search.html` needs.
#[derive(Debug, Serialize)]
pub struct Search {
    /// The groups with how many entries each has.
    pub contents: Vec<Link>,
    /// The entries.
    pub groups: Vec<Group>,
}

/// The search page.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Search) {
    let groups = search::groups(book);
    let count: usize = groups.iter().map(|group| group.entries.len()).sum();
    let contents = groups
        .iter()
        .map(|group| Link::new(format!("{} ({})", group.title, group.entries.len()), format!("#{}", group.id)))
        .collect();
    let period = book.current();
    let (received, due) = book.returns_coverage(period);
    let frame = Frame::new(
        book.release,
        path,
        "Tra cứu",
        &format!("Tìm theo tên trong {} mục", whole(count as i64)),
        "Xã, phường (cả tên cũ và mã), chỉ tiêu (tên, mã số, biểu), kế hoạch, kỳ báo cáo, mô hình, phương pháp và quy tắc.",
    )
    .about(book.release, period, book.period_status(period), &book.covered(period, received, due))
    .action("Điều hành", page::HOME);
    // More models than a page can list are found by typing, or in their own register.
    let listed = |group: Group| match group.id {
        MODELS if group.entries.len() > LISTED => group.instead("Danh mục mô hình", page::MODELS),
        _ => group,
    };
    (frame, Search { contents, groups: groups.into_iter().map(listed).collect() })
}
