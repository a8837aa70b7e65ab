//! One workbook while it is read: its parts at hand, and what is found on the way.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::findings::{Finding, Place, Rule};
use crate::intake::identify::Identity;
use crate::intake::index::{Scope, sheet_key};
use crate::intake::layout::{Layout, Oddity};
use crate::intake::workbook::Workbook;
use crate::vocabulary::{CellRef, MeasureCode, Period};

use super::table::Table;
use super::{rows, unvalued};

/// One workbook while its sheets are read, and what is found on the way.
pub(super) struct Filling<'f> {
    pub workbook: &'f Workbook,
    pub file: &'f Place,
    pub layout: &'f Layout<'f>,
    pub identity: &'f Identity<'f, 'f>,
    pub scope: &'f Scope<'f>,
    pub names: Vec<Arc<str>>,
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
    pub fn new(
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

    pub fn period(&self) -> Period {
        self.identity.period
    }

    pub fn sheet(&self, at: usize) -> Place {
        self.file.sheet(at as u16, self.names[at].clone())
    }

    pub fn cell(&self, at: usize, cell: CellRef) -> Place {
        self.sheet(at).cell(cell)
    }

    pub fn find(&mut self, rule: Rule, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Finding::of(rule, place, message, help));
    }

    pub fn find_about(
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
    pub fn unvalued(&mut self, at: usize, table: &Table) {
        for cell in table.unvalued() {
            self.findings.push(unvalued::finding(self.cell(at, cell)));
        }
    }

    pub fn repaired(&mut self, at: usize, cell: CellRef, repair: &str) {
        self.repairs.entry(at).or_default().push((cell, repair.to_owned()));
    }

    /// Mentions, once, that a sheet is hidden whose cells are used.
    pub fn uses(&mut self, at: usize) {
        if self.workbook.sheets[at].hidden && !self.hidden.contains(&at) {
            self.hidden.push(at);
            let message = "Biểu nằm trên trang tính đang ẩn; số liệu vẫn được dùng";
            self.find(Rule::HiddenSheet, self.sheet(at), message, "Bỏ ẩn trang tính và kiểm tra lại số liệu");
        }
    }

    /// Mentions that a row was found by its title only.
    pub fn titled(&mut self, at: usize, cell: CellRef) {
        self.strange.entry((at, Strange::Titled)).or_default().push(cell);
    }

    /// Mentions that a row of a sheet stands with another value on sheet `at`.
    pub fn copied(&mut self, at: usize, cell: CellRef, of: &str) {
        self.strange.entry((at, Strange::Copied(of.to_owned()))).or_default().push(cell);
    }

    /// Mentions a cell that is used in a hidden row or column, and says whether it is.
    pub fn uses_cell(&mut self, at: usize, cell: CellRef) -> bool {
        let hidden = self.workbook.sheets[at].frame.hides(cell);
        if hidden {
            self.strange.entry((at, Strange::Hidden)).or_default().push(cell);
        }
        hidden
    }

    pub fn note_oddities(&mut self) {
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
    pub fn note_sheets(&mut self) {
        for (at, sheet) in self.workbook.sheets.iter().enumerate() {
            let is_guide = sheet_key(&sheet.name).contains("huongdan");
            if !self.layout.known[at] && !sheet.hidden && !sheet.cells.is_empty() && !is_guide {
                let message = "Trang tính không thuộc biểu mẫu, không được đọc";
                let help = "Nếu là nháp thì xóa; nếu là số liệu thì chuyển vào đúng biểu";
                self.find(Rule::UnknownSheet, self.sheet(at), message, help);
            }
        }
    }

    pub fn into_findings(mut self) -> Vec<Finding> {
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
