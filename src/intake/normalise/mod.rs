//! A workbook as read becomes a return: identified, its rows found, its cells understood.
//!
//! Everything that is wrong with a file is found in one pass, each finding at
//! its sheet and cell. Whether values agree with one another is the business
//! of `check`; which return counts, of `versions`.

mod criteria;
mod models;
mod persons;
mod rows;
mod settlements;
mod table;
mod texts;
mod unvalued;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::table::Table;
use crate::definitions::SheetKind;
use crate::findings::{Finding, Place, Rule};
use crate::intake::cover::Cover;
use crate::intake::identify::{Identity, identify};
use crate::intake::index::{Index, Scope, sheet_key};
use crate::intake::layout::{Layout, Oddity};
use crate::intake::package::{Refusal, RefusalKind};
use crate::intake::reader::FileRead;
use crate::intake::workbook::{Closed, Workbook};
use crate::intake::{Outcome, Return, SetAside, Standing};
use crate::vocabulary::{CellRef, MeasureCode, Period};

/// What became of one file, with all its findings.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Normalised {
    /// A return, or a file that gives none.
    pub result: Result<Box<Return>, SetAside>,
    /// Its findings, unsorted.
    pub findings: Vec<Finding>,
}

/// Makes a return of what was read from a file.
pub(super) fn normalise(index: &Index, file: &Arc<str>, read: FileRead) -> Normalised {
    let understand = || match &read.content {
        Ok(workbook) => normalise_workbook(index, file, &read.sha256, workbook),
        Err(refusal) => refused(file, read.sha256.clone(), refusal),
    };
    // A mistake of ours costs this file, not the run.
    catch_unwind(AssertUnwindSafe(understand)).unwrap_or_else(|_| {
        let reason = "Chương trình gặp lỗi khi đọc hiểu tệp này, cần báo người phụ trách chương trình";
        refused(file, read.sha256.clone(), &Refusal::new(RefusalKind::Unreadable, reason))
    })
}

fn refused(file: &Arc<str>, sha256: String, refusal: &Refusal) -> Normalised {
    let finding = Finding::of(refusal.rule(), Place::file(file.clone()), refusal.reason.as_str(), refusal.advice());
    let set_aside = SetAside { file: file.clone(), sha256, reason: refusal.reason.clone() };
    Normalised { result: Err(set_aside), findings: vec![finding] }
}

fn normalise_workbook(index: &Index, file: &Arc<str>, sha256: &str, workbook: &Workbook) -> Normalised {
    let place = Place::file(file.clone());
    let mut findings = closed_sheets(workbook, &place);
    let personal = findings.iter().any(is_about_persons);
    let identity = match Cover::find(workbook, index) {
        Some(cover) => {
            let identity = identify(index, workbook, &cover, &place, &mut findings);
            identity.map(|identity| (identity, cover.sheet))
        }
        None if personal => Err(Vec::new()),
        None => Err(vec![Finding::of(
            Rule::SheetMissing,
            place.clone(),
            "Không thấy Biểu 00 (thông tin chung) trong tệp, không biết đơn vị và kỳ báo cáo",
            "Chép số liệu vào biểu mẫu gốc, khai đủ Biểu 00 rồi gửi lại",
        )]),
    };
    let (identity, cover) = match identity {
        Ok(found) => found,
        Err(faults) => {
            findings.extend(faults);
            findings.extend(texts::findings(workbook, &place, |_| true));
            let gravest = findings.iter().min_by_key(|finding| (finding.severity, !is_about_persons(finding)));
            let reason = gravest.map_or_else(|| "Không đọc được".to_owned(), |finding| finding.message.clone());
            let set_aside = SetAside { file: file.clone(), sha256: sha256.to_owned(), reason };
            return Normalised { result: Err(set_aside), findings };
        }
    };
    let mut ret = blank(file, sha256, &identity);
    if personal {
        // Nothing next to a list of persons is used or quoted.
        ret.standing = standing(index, &ret, &place, &mut findings);
        return finished(ret, findings);
    }
    let mut layout = Layout::of(workbook, identity.form);
    layout.known[cover] = true;
    let scope = Scope::new(index.definitions, identity.unit, identity.period);
    let mut filling = Filling::new(workbook, &place, &layout, &identity, &scope);
    filling.note_sheets();
    filling.note_oddities();
    for (_, sheet) in &identity.form.sheets {
        // Where nobody knows whose plans are carried out, a sheet of one plan is read when it is there.
        let is_there = || sheet.rows.iter().any(|row| !layout.spots(row, &sheet.name, workbook).0.is_empty());
        let is_asked = scope.asks_sheet(sheet) || (index.nobody_owes() && is_there());
        if !is_asked {
            continue;
        }
        match sheet.kind {
            SheetKind::Cover | SheetKind::Rows => rows::read(&mut filling, sheet, &mut ret.entries),
            SheetKind::Settlements => ret.settlements = settlements::read(&mut filling, sheet),
            SheetKind::Models => ret.models = models::read(&mut filling),
            SheetKind::Criteria => ret.criteria = criteria::read(&mut filling),
        }
    }
    findings.extend(unvalued::gather(filling.into_findings()));
    findings.extend(texts::findings(workbook, &place, |at| layout.known[at]));
    ret.standing = standing(index, &ret, &place, &mut findings);
    finished(ret, findings)
}

fn finished(ret: Return, mut findings: Vec<Finding>) -> Normalised {
    for finding in &mut findings {
        finding.unit = Some(ret.unit.clone());
        finding.period = Some(ret.period);
    }
    Normalised { result: Ok(Box::new(ret)), findings }
}

fn is_about_persons(finding: &Finding) -> bool {
    finding.rule.as_str() == Rule::PersonalData.code()
}

fn blank(file: &Arc<str>, sha256: &str, identity: &Identity) -> Return {
    Return {
        file: file.clone(),
        sha256: sha256.to_owned(),
        unit: identity.unit.code.clone(),
        period: identity.period,
        form_version: identity.form.form.version.clone(),
        estimate: identity.estimate,
        submission: identity.submission,
        declared_date: identity.made_on,
        received: identity.made_on,
        team_model: identity.team_model.clone(),
        standing: Standing::Counts,
        differences: Vec::new(),
        outcome: Outcome::Accepted,
        entries: BTreeMap::new(),
        settlements: Vec::new(),
        models: Vec::new(),
        criteria: Vec::new(),
    }
}

fn closed_sheets(workbook: &Workbook, place: &Place) -> Vec<Finding> {
    let closed = workbook.sheets.iter().enumerate().filter_map(|(at, sheet)| {
        let place = place.sheet(at as u16, sheet.name.as_str());
        Some(match sheet.closed.as_ref()? {
            Closed::Unreadable(why) => Finding::of(
                Rule::SheetUnreadable,
                place,
                format!("Trang tính {why}, không đọc được"),
                "Chép số liệu sang biểu mẫu trống, lưu và gửi lại",
            ),
            Closed::Personal(sign) => persons::finding(*sign, place),
        })
    });
    closed.collect()
}

/// A return for a period that is not asked of the unit is set aside, with the period that is.
fn standing(index: &Index, ret: &Return, place: &Place, findings: &mut Vec<Finding>) -> Standing {
    let expected = index.expected(&ret.unit);
    if expected.contains(&ret.period) || index.nobody_owes() {
        return Standing::Counts;
    }
    let near: Vec<String> = expected
        .iter()
        .filter(|due| due.contains(ret.period) || ret.period.contains(**due))
        .map(|due| due.title())
        .collect();
    let name = index.definitions.units.get(&ret.unit).map_or(ret.unit.as_str(), |unit| unit.name());
    let reason = format!("{name} không phải gửi báo cáo {}", ret.period.title());
    let help = if near.is_empty() {
        "Kiểm tra kỳ báo cáo ở Biểu 00; kỳ này không có kế hoạch nào yêu cầu đơn vị báo cáo".to_owned()
    } else {
        format!("Gửi báo cáo {}", near.join(", "))
    };
    findings.push(Finding::of(Rule::PeriodNotAsked, place.clone(), reason.as_str(), help));
    Standing::SetAside { reason }
}

/// One workbook while its sheets are read, and what is found on the way.
struct Filling<'f> {
    workbook: &'f Workbook,
    file: &'f Place,
    layout: &'f Layout<'f>,
    identity: &'f Identity<'f, 'f>,
    scope: &'f Scope<'f>,
    names: Vec<Arc<str>>,
    findings: Vec<Finding>,
    /// Sheets whose being hidden was mentioned.
    hidden: Vec<usize>,
    /// Repairs by sheet, in reading order.
    repairs: BTreeMap<usize, Vec<(CellRef, String)>>,
    /// What is told once a sheet, with its cells.
    strange: BTreeMap<(usize, Strange), Vec<CellRef>>,
}

/// What is strange about cells that are read all the same, or not read because others count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strange {
    /// Found by title only.
    Titled,
    /// In hidden rows or columns.
    Hidden,
    /// A copy of rows of this sheet, with other values.
    Copied(String),
}

impl<'f> Filling<'f> {
    fn new(
        workbook: &'f Workbook,
        file: &'f Place,
        layout: &'f Layout<'f>,
        identity: &'f Identity<'f, 'f>,
        scope: &'f Scope<'f>,
    ) -> Self {
        let names = workbook.sheets.iter().map(|sheet| Arc::from(sheet.name.as_str())).collect();
        Self {
            workbook,
            file,
            layout,
            identity,
            scope,
            names,
            findings: Vec::new(),
            hidden: Vec::new(),
            repairs: BTreeMap::new(),
            strange: BTreeMap::new(),
        }
    }

    fn period(&self) -> Period {
        self.identity.period
    }

    fn sheet(&self, at: usize) -> Place {
        self.file.sheet(at as u16, self.names[at].clone())
    }

    fn cell(&self, at: usize, cell: CellRef) -> Place {
        self.sheet(at).cell(cell)
    }

    fn find(&mut self, rule: Rule, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Finding::of(rule, place, message, help));
    }

    fn find_about(
        &mut self,
        item: &MeasureCode,
        rule: Rule,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.findings.push(Finding::of(rule, place, message, help).about(item));
    }

    /// Tells of the cells of a table that have a formula and no value.
    fn unvalued(&mut self, at: usize, table: &Table) {
        for cell in table.unvalued() {
            self.findings.push(unvalued::finding(self.cell(at, cell)));
        }
    }

    fn repaired(&mut self, at: usize, cell: CellRef, repair: &str) {
        self.repairs.entry(at).or_default().push((cell, repair.to_owned()));
    }

    /// Mentions, once, that a sheet is hidden whose cells are used.
    fn uses(&mut self, at: usize) {
        if self.workbook.sheets[at].hidden && !self.hidden.contains(&at) {
            self.hidden.push(at);
            let message = "Biểu nằm trên trang tính đang ẩn; số liệu vẫn được dùng";
            self.find(Rule::HiddenSheet, self.sheet(at), message, "Bỏ ẩn trang tính và kiểm tra lại số liệu");
        }
    }

    /// Mentions that a row was found by its title only.
    fn titled(&mut self, at: usize, cell: CellRef) {
        self.strange.entry((at, Strange::Titled)).or_default().push(cell);
    }

    /// Mentions that a row of a sheet stands with another value on sheet `at`.
    fn copied(&mut self, at: usize, cell: CellRef, of: &str) {
        self.strange.entry((at, Strange::Copied(of.to_owned()))).or_default().push(cell);
    }

    /// Mentions a cell that is used in a hidden row or column, and says whether it is.
    fn uses_cell(&mut self, at: usize, cell: CellRef) -> bool {
        let hidden = self.workbook.sheets[at].frame.hides(cell);
        if hidden {
            self.strange.entry((at, Strange::Hidden)).or_default().push(cell);
        }
        hidden
    }

    fn note_oddities(&mut self) {
        for oddity in &self.layout.oddities {
            match oddity {
                Oddity::Ambiguous { sheet, at, rows } => {
                    let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
                    let message =
                        format!("Dòng không có mã số, tên chỉ tiêu là của {}: không rõ dòng nào", codes.join(" và "));
                    let help = "Ghi mã số của dòng như trong biểu mẫu";
                    self.find(Rule::AmbiguousTitle, self.cell(*sheet, *at), message, help);
                }
                Oddity::CodesElsewhere { sheet, at, head } => {
                    let (stand, headed) = (rows::column_name(at.col), rows::column_name(*head));
                    let message = format!("Mã số đứng ở cột {stand}, không dưới tiêu đề “Mã số” (cột {headed})");
                    let help = "Kiểm tra các cột có bị xê dịch so với tiêu đề không";
                    self.find(Rule::CodesElsewhere, self.cell(*sheet, *at), message, help);
                }
            }
        }
    }

    /// Mentions visible sheets that belong to nothing of the form; the guide of the template is none of the form.
    fn note_sheets(&mut self) {
        for (at, sheet) in self.workbook.sheets.iter().enumerate() {
            let is_guide = sheet_key(&sheet.name).contains("huongdan");
            if !self.layout.known[at] && !sheet.hidden && !sheet.cells.is_empty() && !is_guide {
                let message = "Trang tính không thuộc biểu mẫu, không được đọc";
                let help = "Nếu là nháp thì xóa; nếu là số liệu thì chuyển vào đúng biểu";
                self.find(Rule::UnknownSheet, self.sheet(at), message, help);
            }
        }
    }

    fn into_findings(mut self) -> Vec<Finding> {
        for (at, repairs) in std::mem::take(&mut self.repairs) {
            let (cell, first) = &repairs[0];
            let message = match repairs.len() {
                1 => format!("Đã đọc giúp: {first}"),
                count => format!("Đã đọc giúp {count} ô trên trang này; ô đầu tiên: {first}"),
            };
            self.find(Rule::RepairedValue, self.cell(at, *cell), message, "Lần sau chỉ ghi số trong ô số liệu");
        }
        for ((at, strange), cells) in std::mem::take(&mut self.strange) {
            let place = self.cell(at, cells[0]);
            let count = cells.len();
            let (rule, message, help) = match strange {
                Strange::Titled => (
                    Rule::ReadByTitle,
                    format!("{count} dòng không có mã số, được đọc theo đúng tên chỉ tiêu"),
                    "Lần sau dùng biểu mẫu có cột “Mã số”; kiểm tra lại số đã nhận của từng dòng",
                ),
                Strange::Hidden => (
                    Rule::HiddenCells,
                    format!("{count} ô số liệu nằm trên hàng hoặc cột đang ẩn; số liệu vẫn được dùng"),
                    "Bỏ ẩn hàng, cột và kiểm tra lại số liệu",
                ),
                Strange::Copied(of) => (
                    Rule::RowCopied,
                    format!("{count} dòng của {of} còn đứng ở trang này với số khác; dùng số trên {of}"),
                    "Xóa trang tính chép lại, hoặc sửa số trên biểu chính nếu số ở đây mới đúng",
                ),
            };
            self.find(rule, place, message, help);
        }
        self.findings
    }
}
