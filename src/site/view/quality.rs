//! The quality pages: what was found in the returns, by rule, by unit, by file. Internal edition only.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::definitions::Unit;
use crate::release::{Finding, Intake, Outcome, Return, ReturnState, Standing};
use crate::site::book::{Book, is_in};
use crate::site::chart::columns::{Columns, Stack};
use crate::site::chart::{Group, Head, Periods};
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Figure, Note, Row, Table};
use crate::site::view::draw;
use crate::site::view::frame::Frame;
use crate::site::words;
use crate::vocabulary::number::{fixed, rounded, whole};
use crate::vocabulary::{Period, RuleId, Severity};

/// What `quality.html` needs.
#[derive(Debug, Serialize)]
pub struct Quality {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// A page lists at most this many findings of a unit one by one, the gravest first; its files have them all.
const LISTED: usize = 200;

fn part<'a>(book: &Book<'a>) -> &'a Intake {
    book.release.internal().expect("the contents list quality pages in the internal edition only")
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    errors: usize,
    warnings: usize,
    infos: usize,
    /// Errors and warnings with an accepted explanation.
    explained: usize,
}

impl Counts {
    fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Info => counts.infos += 1,
            }
            counts.explained += usize::from(finding.explanation.is_some());
        }
        counts
    }

    fn cells(self) -> Vec<Cell> {
        [self.errors, self.warnings, self.infos, self.explained].map(|n| Cell::number(whole(n as i64))).to_vec()
    }

    fn columns() -> Vec<Column> {
        ["Lỗi", "Cảnh báo", "Thông tin", "Đã giải trình"].map(|text| Column::number(text).under("Phát hiện")).to_vec()
    }
}

/// The index: counts by heading, outcome, rule and unit; the files set aside.
pub fn index(book: &Book<'_>, path: &str) -> (Frame, Quality) {
    let internal = part(book);
    let counts = Counts::of(&internal.findings);
    let files: BTreeSet<&str> = internal.findings.iter().map(|finding| finding.place.file_name()).collect();
    let all = internal.returns.len() + internal.set_aside.len();
    let heading = format!(
        "{} lỗi, {} cảnh báo trong {} tệp đã nhận",
        whole(counts.errors as i64),
        whole(counts.warnings as i64),
        whole(all as i64)
    );
    let lead = format!(
        "{} tệp có ít nhất một phát hiện. Ô có lỗi không được tính; ô có cảnh báo vẫn tính và chờ đơn vị xác nhận. Mỗi tệp có lỗi hoặc cảnh báo có một phiếu phản hồi.",
        whole(files.len() as i64)
    );
    let mut blocks = vec![headings(book), outcomes(book), by_unit(book), by_rule(book)];
    blocks.extend(set_aside(book));
    blocks.extend(unplaced(book));
    block::number(&mut blocks);
    (
        frame(book, path, "Chất lượng báo cáo", &heading, &lead).action("Quy tắc kiểm tra", page::RULES),
        Quality { blocks },
    )
}

fn frame(book: &Book<'_>, path: &str, eyebrow: &str, heading: &str, lead: &str) -> Frame {
    let period = book.current();
    let (whole, due) = book.returns_coverage(period);
    Frame::new(book.release, path, eyebrow, heading, lead)
        .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
        .action("Tình hình nộp", page::RETURNS)
        .action("Tải bảng phát hiện", "data/findings.csv")
}

/// `98,5%`; `x` of nothing.
fn share(part: usize, all: usize) -> String {
    rounded(part as i64, all as i64, 100, 1).map_or("x".into(), |share| format!("{}%", fixed(share, 1)))
}

/// Completeness, timeliness, internal consistency, in a small table.
fn headings(book: &Book<'_>) -> Block {
    let internal = part(book);
    let owed: Vec<_> =
        book.release.reporting().iter().filter(|status| status.state != ReturnState::NotYetDue).collect();
    let came = owed.iter().filter(|status| is_in(status)).count();
    let on_time = owed.iter().filter(|status| status.state == ReturnState::OnTime).count();
    let counting: Vec<&Return> = internal.returns.iter().filter(|r| r.standing == Standing::Counts).collect();
    let (mut filled, mut asked, mut rejected) = (0, 0, 0);
    for entry in counting.iter().flat_map(|r| r.entries.values()) {
        asked += 1;
        match entry.value {
            crate::release::Reading::Value(_) => filled += 1,
            crate::release::Reading::Rejected => rejected += 1,
            crate::release::Reading::Empty => {}
        }
    }
    let clean = counting.iter().filter(|r| r.outcome <= Outcome::AcceptedWithWarnings).count();
    let quiet = counting.iter().filter(|r| r.outcome == Outcome::Accepted).count();
    let row = |title: &str, what: &str, some: usize, all: usize| {
        Row::new(
            Cell::text(title),
            vec![
                Cell::text(what),
                Cell::number(format!("{}/{}", whole(some as i64), whole(all as i64))),
                Cell::number(share(some, all)).key(),
            ],
        )
    };
    let rows = vec![
        row("Đầy đủ", "báo cáo đã nhận trên báo cáo đến hạn", came, owed.len()),
        row("Đầy đủ", "ô có số dùng được trên ô phải báo cáo", filled, asked),
        row("Kịp thời", "báo cáo đúng hạn trên báo cáo đến hạn", on_time, owed.len()),
        row("Nhất quán nội tại", "báo cáo không có lỗi trên báo cáo đang tính", clean, counting.len()),
        row("Nhất quán nội tại", "báo cáo không có lỗi, không có cảnh báo", quiet, counting.len()),
    ];
    let columns = [Column::text("Mặt"), Column::text("Thước đo"), Column::number("Số lượng"), Column::number("Tỷ lệ")];
    Block {
        id: "ba-mat".into(),
        topic: "Đầy đủ, kịp thời, nhất quán".into(),
        finding: format!(
            "Đã nhận {} báo cáo đến hạn; {} đúng hạn; {} số báo cáo đang tính không có lỗi.",
            share(came, owed.len()),
            share(on_time, owed.len()),
            share(clean, counting.len())
        ),
        more: match rejected {
            0 => String::new(),
            count => format!("{} ô có nội dung nhưng không dùng được.", whole(count as i64)),
        },
        tables: vec![Table::new("Ba mặt chất lượng của báo cáo", "Mọi kỳ đã đến hạn, toàn tỉnh", &columns, rows)],
        side: vec![Note {
            title: "Cách đọc".into(),
            paragraphs: vec![
                "Đầy đủ: số đã nhận so với số phải có. Kịp thời: nhận không quá hạn. Nhất quán nội tại: các số trong biểu khớp nhau và khớp với kỳ trước.".into(),
                "Các mặt này nói về báo cáo, không nói về kết quả công tác của đơn vị.".into(),
            ],
        }],
        ..Block::default()
    }
}

/// How the returns were answered, year by year.
fn outcomes(book: &Book<'_>) -> Block {
    let internal = part(book);
    let years = book.years();
    let of_year = |year: &Period, outcome: Outcome| {
        internal.returns.iter().filter(|r| year.contains(r.period) && r.outcome == outcome).count()
    };
    const ALL: [Outcome; 4] =
        [Outcome::Accepted, Outcome::AcceptedWithWarnings, Outcome::AcceptedInPart, Outcome::Returned];
    let mut rows: Vec<Row> = Vec::new();
    let mut sums = [0; 4];
    let mut stacks = Vec::new();
    for year in &years {
        let counts = ALL.map(|outcome| of_year(year, outcome));
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        let [good, warned, in_part, returned] = counts.map(|count| count as u32);
        stacks.push(Stack { on_time: good, late: warned, missing: in_part + returned });
        rows.push(row(year.heading(), counts));
    }
    fn row(label: String, counts: [usize; 4]) -> Row {
        let mut cells = counts.map(|count| Cell::number(count.to_string())).to_vec();
        cells.push(Cell::number(counts.iter().sum::<usize>().to_string()).key());
        Row::new(Cell::text(label), cells)
    }
    rows.push(row("Cộng".into(), sums).class("sum"));
    let mut columns = vec![Column::text("Năm")];
    columns.extend(ALL.iter().map(|outcome| Column::number(outcome.title())));
    columns.push(Column::number("Cộng"));
    let all: usize = sums.iter().sum();
    let groups = draw::all_years(book)
        .into_iter()
        .filter(|year| year.first_year() <= book.current().last_year())
        .map(|year| Group { label: year.to_string(), slots: vec![String::new()], ahead: false })
        .collect();
    let figures = if stacks.is_empty() {
        Vec::new()
    } else {
        vec![Figure {
            title: format!("{} trong {all} tệp phải sửa hoặc bị trả lại", sums[2] + sums[3]),
            subtitle: "Số tệp theo kết quả kiểm tra, từng năm, toàn tỉnh".into(),
            drawings: draw::both(
                Columns {
                    head: Head {
                        id: "ket-qua".into(),
                        title: "Kết quả kiểm tra báo cáo theo năm".into(),
                        summary: String::new(),
                    },
                    periods: Periods { groups },
                    stacks,
                    names: ["nhận".into(), "có cảnh báo".into(), "một phần, trả lại".into()],
                }
                .drawing(),
            ),
            coverage: "Gồm cả các bản đã được thay; không gồm tệp để riêng.".into(),
            ..Figure::default()
        }]
    };
    Block {
        id: "ket-qua".into(),
        topic: "Kết quả kiểm tra".into(),
        finding: format!("{} trong {all} tệp nhận được ngay, không có điều gì phải hỏi lại.", sums[0]),
        figures,
        tables: vec![Table::new(
            "Tệp theo kết quả kiểm tra",
            "Mọi tệp đọc được, theo năm của kỳ báo cáo",
            &columns,
            rows,
        )],
        side: vec![Note::new(
            "Bốn kết quả",
            "Nhận: dùng hết. Nhận có cảnh báo: dùng hết, đơn vị xác nhận. Nhận một phần: có ô bị loại. Trả lại: không dùng số nào.",
        )],
        ..Block::default()
    }
}

fn by_unit(book: &Book<'_>) -> Block {
    let internal = part(book);
    let mut faulty = Vec::new();
    let rows = book
        .units
        .iter()
        .map(|unit| {
            let mine = internal.findings.iter().filter(|finding| finding.unit.as_ref() == Some(&unit.code));
            let counts = Counts::of(mine);
            let files = internal.returns.iter().filter(|r| r.unit == unit.code).count();
            let returned =
                internal.returns.iter().filter(|r| r.unit == unit.code && r.outcome >= Outcome::AcceptedInPart).count();
            if counts.errors > 0 {
                faulty.push(words::inside(unit.name()));
            }
            let mut cells = vec![Cell::number(files.to_string()), Cell::number(returned.to_string())];
            cells.extend(counts.cells());
            Row::new(Cell::short(unit.name()).link(page::quality(&unit.code)), cells).anchor(unit.code.as_str())
        })
        .collect();
    let mut columns =
        vec![Column::text("Đơn vị"), Column::number("Tệp"), Column::number("Một phần, trả lại").unit("tệp")];
    columns.extend(Counts::columns());
    Block {
        id: "don-vi".into(),
        topic: "Theo đơn vị".into(),
        finding: match faulty.len() {
            0 => "Không đơn vị nào có lỗi trong báo cáo.".to_owned(),
            count => format!(
                "{count} trong {} đơn vị có lỗi trong báo cáo: {}.",
                book.units.len(),
                words::list_of(&faulty, 4, "đơn vị")
            ),
        },
        more: "Mở trang của đơn vị để xem từng ô, điều phát hiện và cách sửa.".into(),
        tables: vec![
            Table::new("Phát hiện theo đơn vị", "Mọi tệp đã nhận, xếp theo tên đơn vị", &columns, rows).full(),
        ],
        ..Block::default()
    }
}

fn by_rule(book: &Book<'_>) -> Block {
    let internal = part(book);
    let mut cited: BTreeMap<&RuleId, Vec<&Finding>> = BTreeMap::new();
    for finding in &internal.findings {
        cited.entry(&finding.rule).or_default().push(finding);
    }
    let mut cited: Vec<(&RuleId, Vec<&Finding>)> = cited.into_iter().collect();
    cited.sort_by_key(|(id, findings)| (findings[0].severity, std::cmp::Reverse(findings.len()), *id));
    let of = |severity| cited.iter().filter(|(_, findings)| findings[0].severity == severity).count();
    let acted = of(Severity::Error) + of(Severity::Warning);
    let often = cited.iter().filter(|(_, f)| f[0].severity < Severity::Info).map(|(id, f)| (f.len(), *id)).max();
    let finding = match often {
        None => "Chưa có lỗi hoặc cảnh báo nào.".to_owned(),
        Some((1, _)) => format!("{acted} quy tắc có lỗi hoặc cảnh báo, mỗi quy tắc một lần."),
        Some((most, id)) => format!(
            "{acted} quy tắc có lỗi hoặc cảnh báo; gặp nhiều nhất: {}, {} lần.",
            words::inside(&title(book, id)),
            whole(most as i64)
        ),
    };
    let rows = cited
        .iter()
        .map(|(id, findings)| {
            let units: BTreeSet<_> = findings.iter().filter_map(|finding| finding.unit.as_ref()).collect();
            let files: BTreeSet<_> = findings.iter().map(|finding| finding.place.file_name()).collect();
            Row::new(
                rule(id),
                vec![
                    Cell::text(title(book, id)),
                    Cell::short(findings[0].severity.title()),
                    Cell::number(whole(findings.len() as i64)).key(),
                    Cell::number(files.len().to_string()),
                    Cell::number(units.len().to_string()),
                ],
            )
        })
        .collect();
    let columns = [
        Column::text("Quy tắc"),
        Column::text("Điều phát hiện"),
        Column::text("Mức độ"),
        Column::number("Số lần"),
        Column::number("Tệp"),
        Column::number("Đơn vị"),
    ];
    Block {
        id: "quy-tac".into(),
        topic: "Theo quy tắc".into(),
        finding,
        tables: vec![
            Table::new("Phát hiện theo quy tắc", "Lỗi trước, rồi cảnh báo, rồi thông tin", &columns, rows).full(),
        ],
        ..Block::default()
    }
}

fn title(book: &Book<'_>, id: &RuleId) -> String {
    let rule = book.release.rules().iter().find(|rule| rule.id == *id);
    rule.map_or_else(|| id.to_string(), |rule| rule.title.clone())
}

/// The code of a rule, leading to its text.
fn rule(id: &RuleId) -> Cell {
    Cell::short(id.as_str()).link(format!("{}#{id}", page::RULES))
}

/// Files that gave no figures.
fn set_aside(book: &Book<'_>) -> Option<Block> {
    let internal = part(book);
    if internal.set_aside.is_empty() {
        return None;
    }
    let rows = internal
        .set_aside
        .iter()
        .map(|aside| {
            Row::new(
                Cell::text(&*aside.file).class("path"),
                vec![Cell::text(words::capital(&aside.reason)), feedback(internal, &aside.file)],
            )
        })
        .collect();
    let columns = [Column::text("Tệp"), Column::text("Lý do"), Column::text("Phiếu phản hồi")];
    Some(Block {
        id: "de-rieng".into(),
        topic: "Tệp để riêng".into(),
        finding: format!("{} tệp không cho số liệu nào.", internal.set_aside.len()),
        tables: vec![Table::new("Tệp để riêng và lý do", "Đường dẫn trong thư mục returns", &columns, rows).full()],
        ..Block::default()
    })
}

/// Findings of files whose unit is not known.
fn unplaced(book: &Book<'_>) -> Option<Block> {
    let findings: Vec<&Finding> = part(book).findings.iter().filter(|finding| finding.unit.is_none()).collect();
    found("chua-ro", "Chưa rõ đơn vị", "Phát hiện ở tệp chưa rõ của đơn vị nào", &findings)
}

/// The workbook that answers a file, for files with an error or a warning; others have none.
fn feedback(internal: &Intake, file: &str) -> Cell {
    let told = |finding: &Finding| finding.place.file_name() == file && finding.severity < Severity::Info;
    match internal.findings.iter().any(told) {
        true => Cell::short("Mở phiếu").link(page::feedback(file)),
        false => Cell::short("không cần"),
    }
}

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
    let mut blocks = vec![files(internal, &returns)];
    // What must be acted on, newest period first; within a file as it is read.
    findings.sort_by_key(|f| (f.severity == Severity::Info, std::cmp::Reverse(f.period)));
    let table = format!("Phát hiện trong báo cáo của {}", words::inside(unit.name()));
    blocks.extend(found("phat-hien", "Từng phát hiện", &table, &findings));
    block::number(&mut blocks);
    let mut frame = frame(book, path, &format!("Chất lượng báo cáo · mã {}", unit.code), &heading, &lead)
        .action("Trang của đơn vị", page::unit(unit))
        .action("Mọi đơn vị", page::QUALITY);
    frame.title(&format!("Chất lượng báo cáo, {}", words::inside(unit.name())));
    (frame, Quality { blocks })
}

fn files(internal: &Intake, returns: &[&Return]) -> Block {
    let rows = returns
        .iter()
        .map(|r| {
            let standing = match &r.standing {
                Standing::Counts => "đang tính".to_owned(),
                Standing::Superseded { .. } => "đã có bản thay".to_owned(),
                Standing::SetAside { reason } => format!("để riêng: {}", words::inside(reason)),
            };
            let counts = Counts::of(internal.findings.iter().filter(|f| f.place.file_name() == &*r.file));
            Row::new(
                Cell::short(r.period.heading()),
                vec![
                    Cell::text(&*r.file).class("path"),
                    Cell::number(r.received.map_or("…".into(), words::date)),
                    Cell::text(r.outcome.title()),
                    Cell::text(standing),
                    Cell::number(counts.errors.to_string()),
                    Cell::number(counts.warnings.to_string()),
                    feedback(internal, &r.file),
                ],
            )
        })
        .collect();
    let columns = [
        Column::text("Kỳ"),
        Column::text("Tệp"),
        Column::number("Ngày nhận"),
        Column::text("Kết quả"),
        Column::text("Tình trạng"),
        Column::number("Lỗi"),
        Column::number("Cảnh báo"),
        Column::text("Phiếu phản hồi"),
    ];
    let counting = returns.iter().filter(|r| r.standing == Standing::Counts).count();
    Block {
        id: "tep".into(),
        topic: "Các tệp đã nhận".into(),
        finding: format!("{} tệp đã nhận, {counting} tệp đang tính.", returns.len()),
        tables: vec![Table::new("Từng tệp và kết quả kiểm tra", "Kỳ mới nhất ở trên", &columns, rows).full()],
        ..Block::default()
    }
}

fn found(id: &str, topic: &str, title: &str, findings: &[&Finding]) -> Option<Block> {
    if findings.is_empty() {
        return None;
    }
    let shown = &findings[..findings.len().min(LISTED)];
    let mut rows = Vec::new();
    let mut file = "";
    for finding in shown {
        if finding.place.file_name() != file {
            file = finding.place.file_name();
            let period = finding.period.map_or(String::new(), |period| format!("{} · ", period.heading()));
            rows.push(Row::heading(format!("{period}{file}")));
        }
        let place = match (finding.place.sheet_name(), finding.place.cell_ref()) {
            (Some(sheet), Some(cell)) => Cell::short(cell.to_string()).note(sheet),
            (Some(sheet), None) => Cell::short(sheet),
            _ => Cell::short("cả tệp"),
        };
        let advice = match &finding.explanation {
            Some(explanation) => format!("Đã giải trình: {explanation}"),
            None => format!("{}.", finding.help.trim_end_matches('.')),
        };
        rows.push(Row::new(
            place,
            vec![
                Cell::short(finding.severity.title()),
                rule(&finding.rule),
                Cell::text(format!("{}.", finding.message.trim_end_matches('.'))).class("long"),
                Cell::text(advice).class("long"),
            ],
        ));
    }
    let columns = [
        Column::text("Ô, sheet"),
        Column::text("Mức độ"),
        Column::text("Quy tắc"),
        Column::text("Điều phát hiện"),
        Column::text("Cách sửa"),
    ];
    let cut = findings.len() - shown.len();
    let note = match cut {
        0 => String::new(),
        cut => format!("Còn {cut} phát hiện không in ở đây; xem phiếu phản hồi và bảng phát hiện ở trang Tải về."),
    };
    let counts = Counts::of(findings.iter().copied());
    Some(Block {
        id: id.into(),
        topic: topic.into(),
        finding: format!(
            "{} phát hiện: {} lỗi, {} cảnh báo, {} thông tin.",
            findings.len(),
            counts.errors,
            counts.warnings,
            counts.infos
        ),
        tables: vec![Table::new(title, "Lỗi và cảnh báo trước; kỳ mới nhất ở trên", &columns, rows).full().note(note)],
        ..Block::default()
    })
}
