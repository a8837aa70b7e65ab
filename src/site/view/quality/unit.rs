//! The quality page of one unit: its history, its files, and every finding in them.

use std::collections::BTreeSet;

use crate::definitions::Unit;
use crate::release::{Finding, Return, Standing};
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block;
use crate::site::view::frame::Frame;
use crate::site::view::quality::counts::Counts;
use crate::site::view::quality::{Quality, asks, explanations, files, found, frame, headings, history, part};
use crate::site::words;
use crate::vocabulary::Severity;

/// The page of one unit: its files, and every finding in them.
pub fn of_unit(book: &Book<'_>, unit: &Unit, path: &str) -> (Frame, Quality) {
    let internal = part(book);
    let mut findings: Vec<&Finding> =
        internal.findings.iter().filter(|finding| finding.unit.as_ref() == Some(&unit.code)).collect();
    let mut returns: Vec<&Return> = internal.returns.iter().filter(|r| r.unit == unit.code).collect();
    returns.sort_by_key(|r| (std::cmp::Reverse(r.period), r.submission, r.file.clone()));
    let counts = Counts::of(findings.iter().copied());
    let counting: BTreeSet<&str> =
        returns.iter().filter(|r| r.standing == Standing::Counts).map(|r| &*r.file).collect();
    let open = findings
        .iter()
        .filter(|f| f.severity == Severity::Error && f.explanation.is_none() && counting.contains(f.place.file_name()))
        .count();
    let heading = match (counts.errors, counts.warnings) {
        (0, 0) => format!("{}: không có lỗi, không có cảnh báo", unit.name()),
        (errors, warnings) => {
            format!("{}: {errors} lỗi, {warnings} cảnh báo trong {} tệp", unit.name(), returns.len())
        }
    };
    let lead = match open {
        0 => "Không còn lỗi nào chờ sửa.".to_owned(),
        open => format!("{open} lỗi trong các tệp đang tính chưa có bản sửa; số của các ô đó không được dùng."),
    };
    let mut blocks: Vec<block::Block> = headings::of_unit(book, unit).into_iter().collect();
    blocks.extend(asks::of_unit(book, unit));
    blocks.extend([history::block(book, unit), files::files(internal, &returns)]);
    blocks.extend(explanations::of_unit(book, &unit.code));
    // What must be acted on, newest period first; within a file as it is read.
    findings.sort_by_key(|f| (f.severity == Severity::Info, std::cmp::Reverse(f.period)));
    let table = format!("Phát hiện trong báo cáo của {}", words::inside(unit.name()));
    blocks.extend(found::found("phat-hien", "Từng phát hiện", &table, &findings));
    block::number(&mut blocks);
    let mut frame = frame(book, path, &format!("Chất lượng báo cáo · mã {}", unit.code), &heading, &lead)
        .action("Trang của đơn vị", page::unit(unit))
        .action("Mọi đơn vị", page::QUALITY);
    frame.title(&format!("Chất lượng báo cáo, {}", words::inside(unit.name())));
    (frame, Quality { blocks })
}
