//! The quality page of the internal edition: every finding by unit, how each return was answered, what was set aside.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::release::{Finding, InternalPart, Outcome, Return, Standing};
use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::words;
use crate::vocabulary::number::whole;
use crate::vocabulary::{Severity, UnitCode};

/// What `quality.html` needs.
#[derive(Debug, Serialize)]
pub struct Quality {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// The quality page; nothing in an edition without single returns.
pub fn view(book: &Book<'_>, path: &str) -> Option<(Frame, Quality)> {
    let part = book.release.internal()?;
    let by_unit = by_unit(part);
    let mut blocks = vec![overview(book, part, &by_unit)];
    blocks.extend(book.units.iter().map(|unit| {
        let findings = by_unit.get(&Some(&unit.code)).map_or(&[][..], Vec::as_slice);
        of_unit(book, part, &unit.code, findings)
    }));
    blocks.extend(unplaced(by_unit.get(&None).map_or(&[][..], Vec::as_slice)));
    blocks.extend(set_aside(part));
    block::number(&mut blocks);
    let count = |severity: Severity| part.findings.iter().filter(|finding| finding.severity == severity).count() as i64;
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let heading =
        format!("{} lỗi, {} cảnh báo trong {} tệp đã đọc", whole(errors), whole(warnings), part.returns.len());
    let lead = match part.set_aside.len() {
        0 => "Mọi tệp nhận được đều đọc được. Lỗi: số liệu của ô không được tính. Cảnh báo: số liệu vẫn dùng, chờ đơn vị xác nhận.".to_owned(),
        some => format!("{some} tệp để riêng, không có số liệu. Lỗi: số liệu của ô không được tính. Cảnh báo: số liệu vẫn dùng, chờ đơn vị xác nhận."),
    };
    let frame = Frame::new(book.release, path, "Chất lượng số liệu", &heading, &lead)
        .fact("Tệp đã đọc", part.returns.len().to_string())
        .action("Quy tắc kiểm tra", page::RULES)
        .action("Tình hình nộp", page::RETURNS);
    Some((frame, Quality { blocks }))
}

fn by_unit(part: &InternalPart) -> BTreeMap<Option<&UnitCode>, Vec<&Finding>> {
    let mut by_unit: BTreeMap<Option<&UnitCode>, Vec<&Finding>> = BTreeMap::new();
    for finding in &part.findings {
        by_unit.entry(finding.unit.as_ref()).or_default().push(finding);
    }
    by_unit
}

fn overview(book: &Book<'_>, part: &InternalPart, by_unit: &BTreeMap<Option<&UnitCode>, Vec<&Finding>>) -> Block {
    let counting = |unit: &UnitCode, outcome: Outcome| {
        let counts = |r: &&Return| r.unit == *unit && r.standing == Standing::Counts && r.outcome == outcome;
        part.returns.iter().filter(counts).count()
    };
    let outcomes = [Outcome::Accepted, Outcome::AcceptedWithWarnings, Outcome::AcceptedInPart, Outcome::Returned];
    let rows = book
        .units
        .iter()
        .map(|unit| {
            let findings = by_unit.get(&Some(&unit.code)).map_or(&[][..], Vec::as_slice);
            let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count().to_string();
            let mut cells: Vec<Cell> =
                outcomes.iter().map(|outcome| Cell::number(counting(&unit.code, *outcome).to_string())).collect();
            cells.extend([
                Cell::number(count(Severity::Error)).key(),
                Cell::number(count(Severity::Warning)),
                Cell::number(findings.iter().filter(|finding| finding.explanation.is_some()).count().to_string()),
            ]);
            Row::new(Cell::short(unit.name()).link(format!("{}#{}", page::QUALITY, unit.code)), cells)
        })
        .collect();
    let mut columns = vec![Column::text("Đơn vị")];
    columns.extend(outcomes.iter().map(|outcome| Column::number(outcome.title()).under("Báo cáo đang tính")));
    columns.extend([
        Column::number("Lỗi").under("Phát hiện"),
        Column::number("Cảnh báo").under("Phát hiện"),
        Column::number("Đã giải trình").under("Phát hiện"),
    ]);
    let clean = book.units.iter().filter(|unit| !by_unit.contains_key(&Some(&unit.code))).count();
    Block {
        id: "tong-hop".into(),
        topic: "Tổng hợp".into(),
        finding: format!("{clean} trong {} đơn vị không có phát hiện nào.", book.units.len()),
        tables: vec![Table::new("Kết quả kiểm tra theo đơn vị", "Mọi báo cáo đã nhận", &columns, rows).full()],
        ..Block::default()
    }
}

fn of_unit(book: &Book<'_>, part: &InternalPart, code: &UnitCode, findings: &[&Finding]) -> Block {
    let answered: Vec<Row> = part
        .returns
        .iter()
        .filter(|r| r.unit == *code && (r.standing != Standing::Counts || r.outcome == Outcome::Returned))
        .map(|r| {
            let why = match &r.standing {
                Standing::Counts => r.outcome.title().to_owned(),
                Standing::Superseded { by } => format!("đã thay bằng {by}"),
                Standing::SetAside { reason } => format!("để riêng: {reason}"),
            };
            Row::new(Cell::text(&*r.file).class("path"), vec![Cell::short(r.period.heading()), Cell::text(why)])
        })
        .collect();
    let mut tables = Vec::new();
    if !findings.is_empty() {
        tables.push(table(findings, &format!("Phát hiện ở báo cáo của {}", words::inside(&book.unit_name(code)))));
    }
    if !answered.is_empty() {
        let columns = [Column::text("Tệp"), Column::text("Kỳ"), Column::text("Không tính vì")];
        tables.push(Table::new("Tệp đã đọc nhưng không tính", book.unit_name(code), &columns, answered));
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    Block {
        id: code.to_string(),
        topic: book.unit_name(code),
        finding: match (findings.len(), errors) {
            (0, _) => "Không có phát hiện nào.".into(),
            (all, 0) => format!("{all} điều cần xác nhận, không có lỗi."),
            (all, errors) => format!("{all} phát hiện, trong đó {errors} lỗi."),
        },
        tables,
        ..Block::default()
    }
}

/// Findings with their place and what to do.
fn table(findings: &[&Finding], title: &str) -> Table {
    let rows = findings
        .iter()
        .map(|finding| {
            let place = &finding.place;
            let cell = place.cell_ref().map_or("x".to_owned(), |cell| cell.to_string());
            let explained =
                finding.explanation.as_ref().map_or(String::new(), |reason| format!("Đã giải trình: {reason}"));
            Row::new(
                Cell::short(finding.period.map_or("x".into(), |period| period.short())),
                vec![
                    Cell::text(place.file_name()).class("path"),
                    Cell::short(place.sheet_name().unwrap_or("x")),
                    Cell::short(cell),
                    Cell::short(finding.severity.title()).class(if finding.severity == Severity::Error {
                        "nw k"
                    } else {
                        "nw"
                    }),
                    Cell::short(finding.rule.to_string()).link(format!("{}#{}", page::RULES, finding.rule)),
                    Cell::text(&finding.message).note(explained),
                    Cell::text(if finding.help.is_empty() { "x" } else { &finding.help }),
                ],
            )
        })
        .collect();
    let columns = [
        Column::text("Kỳ"),
        Column::text("Tệp"),
        Column::text("Sheet"),
        Column::text("Ô"),
        Column::text("Mức độ"),
        Column::text("Quy tắc"),
        Column::text("Phát hiện"),
        Column::text("Cách sửa"),
    ];
    Table::new(title, "Theo tệp, sheet, ô", &columns, rows).full()
}

/// Findings of files whose unit is not known.
fn unplaced(findings: &[&Finding]) -> Option<Block> {
    if findings.is_empty() {
        return None;
    }
    Some(Block {
        id: "chua-ro".into(),
        topic: "Chưa rõ đơn vị".into(),
        finding: format!("{} phát hiện ở tệp chưa rõ của đơn vị nào.", findings.len()),
        tables: vec![table(findings, "Phát hiện ở tệp chưa rõ đơn vị")],
        ..Block::default()
    })
}

fn set_aside(part: &InternalPart) -> Option<Block> {
    if part.set_aside.is_empty() {
        return None;
    }
    let rows = part
        .set_aside
        .iter()
        .map(|file| {
            let hash: String = file.sha256.chars().take(12).collect();
            Row::new(
                Cell::text(&*file.file).class("path"),
                vec![Cell::text(words::capital(&file.reason)), Cell::short(hash)],
            )
        })
        .collect();
    let columns = [Column::text("Tệp"), Column::text("Lý do"), Column::text("Mã băm")];
    Some(Block {
        id: "de-rieng".into(),
        topic: "Tệp để riêng".into(),
        finding: format!("{} tệp không cho số liệu nào.", part.set_aside.len()),
        tables: vec![
            Table::new("Tệp để riêng và lý do", "Không quá 12 ký tự đầu của mã băm SHA-256", &columns, rows).full(),
        ],
        side: vec![Note::new(
            "Vì sao để riêng",
            "Tệp không mở được, không phải sổ tính, không rõ đơn vị, hoặc có thông tin của từng người.",
        )],
        ..Block::default()
    })
}
