//! The answer to one file: who sent what, what became of it, and why.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::definitions::register::Receipt;
use crate::findings::{Finding, Outcome, Severity};
use crate::vocabulary::{Period, UnitCode};

/// What one file is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Path below `returns/`, with `/` between folders.
    pub file: Arc<str>,
    /// Whether it is about a file; findings of the whole province are not.
    pub is_file: bool,
    /// SHA-256 of its bytes, in hexadecimal; empty when the disk did not give them.
    pub sha256: String,
    /// The unit it is from, when known.
    pub unit: Option<UnitCode>,
    /// The unit's name at the end of the period.
    pub unit_name: Option<String>,
    /// The period it is for, when known.
    pub period: Option<Period>,
    /// Lần nộp.
    pub submission: Option<u32>,
    /// Whether it is an estimate (ước).
    pub estimate: bool,
    /// The day it was made, as declared.
    pub made_on: Option<NaiveDate>,
    /// Its line in the receipt register.
    pub receipt: Option<Receipt>,
    /// The last day on which a return of the unit and period is on time, when one is owed.
    pub deadline: Option<NaiveDate>,
    /// How it is answered; none for a file that is no return and for findings that are about no file.
    pub outcome: Option<Outcome>,
    /// Whether figures are made of it; not when it was set aside or replaced by another file.
    pub counts: bool,
    /// Why it does not count, when it does not.
    pub reason: Option<String>,
    /// What became of each sheet of it, in the order of the form; none for a file that gives no figures.
    pub sheets: Vec<SheetAnswer>,
    /// Its findings, in reading order.
    pub findings: Vec<Finding>,
}

/// What became of one sheet of a return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetAnswer {
    /// Its name in the workbook.
    pub name: Arc<str>,
    /// How it is answered.
    pub outcome: Outcome,
    /// Rows of which the value is used; of a list, its lines.
    pub used: usize,
    /// Rows that were asked; of a list, its lines.
    pub asked: usize,
    /// Its findings of severity error.
    pub errors: usize,
    /// Its warnings, but for those that are explained.
    pub warnings: usize,
}

impl Answer {
    /// The day it was received: from the register, else the day it was made.
    pub fn received(&self) -> Option<NaiveDate> {
        self.receipt.as_ref().map(|receipt| receipt.received).or(self.made_on)
    }

    /// Who sent it for which period, as far as known: `Xã An Thịnh · quý I/2026 · lần 2`.
    pub fn sender(&self) -> String {
        let submission = self.submission.filter(|n| *n > 1).map(|n| format!("lần {n}"));
        let parts = [self.unit_name.clone(), self.period.map(Period::title), submission];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// The words for what became of it: `Nhận một phần`, `Để riêng`; none when it is about no file.
    pub fn result(&self) -> &'static str {
        match self.outcome {
            Some(outcome) => outcome.title(),
            None if self.is_file => "Để riêng",
            None => "",
        }
    }

    /// How many findings of one severity it has.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether it asks something of the unit: an error, or a warning that is not explained.
    pub fn asks(&self) -> bool {
        self.count(Severity::Error) > 0 || self.count(Severity::Warning) > self.explained()
    }

    /// How many warnings the officer has accepted.
    pub fn explained(&self) -> usize {
        self.findings.iter().filter(|finding| finding.explanation.is_some()).count()
    }

    /// What the clerk is asked to do, in one sentence.
    pub fn request(&self) -> String {
        let errors = self.count(Severity::Error);
        let asked = self.count(Severity::Warning) - self.explained();
        match self.outcome {
            Some(outcome) if !self.counts && outcome != Outcome::Returned => String::new(),
            Some(Outcome::Returned) => "Chưa dùng được số liệu nào; đề nghị bổ sung, sửa và gửi lại cả báo cáo".into(),
            Some(Outcome::AcceptedInPart) if asked > 0 => format!(
                "Có {errors} lỗi, các số có lỗi chưa được tính; đề nghị sửa, giải trình {asked} cảnh báo và gửi lại"
            ),
            Some(Outcome::AcceptedInPart) => {
                format!("Có {errors} lỗi, các số có lỗi chưa được tính; đề nghị sửa và gửi lại")
            }
            Some(Outcome::AcceptedWithWarnings) => {
                format!("Số liệu đã được tính; đề nghị kiểm tra {asked} cảnh báo, sửa hoặc giải trình")
            }
            Some(Outcome::Accepted) => "Số liệu đã được tính; không phải sửa gì".into(),
            None => String::new(),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::findings::Place;

    /// An answer of every kind of line: errors, warnings asked and accepted, information, a whole sheet.
    pub fn sample() -> Answer {
        let file = Place::file("2027/quy-2/99001 Xã An Thịnh.xlsx");
        let day = |month, day| NaiveDate::from_ymd_opt(2027, month, day);
        let sheet = |position, name: &str| file.sheet(position, name);
        let told = |place: Place, severity, rule: &str, item: &str, message: &str, help: &str| Finding {
            place,
            severity,
            rule: rule.into(),
            message: message.into(),
            help: help.into(),
            item: (!item.is_empty()).then(|| item.into()),
            unit: Some("99001".into()),
            period: Some(Period::quarter(2027, 2)),
            explanation: None,
        };
        let cell = |name: &str| name.parse().unwrap();
        let accepted = Finding {
            explanation: Some("Đặc xá dịp 30/4, có quyết định kèm theo".into()),
            ..told(
                sheet(1, "Biểu 01").cell(cell("E21")),
                Severity::Warning,
                "R99",
                "t.cuoi_ky",
                "Quản lý cuối kỳ ghi 61, tăng 52,5% so với 40 của quý I/2027",
                "Đối chiếu sổ theo dõi",
            )
        };
        let findings = vec![
            told(
                sheet(1, "Biểu 01").cell(cell("E14")),
                Severity::Error,
                "R99",
                "t.cuoi_ky",
                "Quản lý cuối kỳ ghi 47, nhưng quản lý đầu kỳ 45 + tiếp nhận 6 − đưa ra 3 = 48",
                "Kiểm tra bốn số này theo sổ. Nếu rà soát có chênh lệch, ghi vào dòng Điều chỉnh và nêu lý do \
                 (đối chiếu E8, E9, E10)",
            ),
            told(
                sheet(1, "Biểu 01").cell(cell("E16")),
                Severity::Error,
                "approximate-number",
                "t.nhom_d",
                "Ô ghi “khoảng 20”, không phải một con số chính xác",
                "Ghi đúng số đã đếm được; nếu chưa có số thì để trống",
            ),
            accepted,
            told(
                sheet(3, "Biểu 03").cell(cell("E19")),
                Severity::Warning,
                "R99",
                "t.vay_tien",
                "Số tiền vay ghi 50 đồng; có thể đã ghi theo nghìn hoặc triệu đồng",
                "Ghi đủ số đồng: 50 triệu đồng là 50.000.000",
            ),
            told(
                sheet(11, "=Ghi chú"),
                Severity::Info,
                "unknown-sheet",
                "",
                "Sheet “=Ghi chú” không thuộc mẫu nên không được đọc",
                "Không phải làm gì nếu đó chỉ là ghi chú",
            ),
        ];
        Answer {
            file: "2027/quy-2/99001 Xã An Thịnh.xlsx".into(),
            is_file: true,
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            unit: Some("99001".into()),
            unit_name: Some("Xã An Thịnh".into()),
            period: Some(Period::quarter(2027, 2)),
            submission: Some(2),
            estimate: false,
            made_on: day(6, 17),
            receipt: day(6, 18).map(|received| Receipt { received, channel: "E-mail".into() }),
            deadline: day(6, 21),
            outcome: Some(Outcome::AcceptedInPart),
            counts: true,
            reason: None,
            sheets: vec![
                SheetAnswer {
                    name: "Biểu 01".into(),
                    outcome: Outcome::AcceptedInPart,
                    used: 17,
                    asked: 19,
                    errors: 2,
                    warnings: 0,
                },
                SheetAnswer {
                    name: "Biểu 03".into(),
                    outcome: Outcome::AcceptedWithWarnings,
                    used: 14,
                    asked: 14,
                    errors: 0,
                    warnings: 1,
                },
            ],
            findings,
        }
    }

    /// An answer without any finding.
    pub fn clean(file: &str) -> Answer {
        Answer {
            file: file.into(),
            outcome: Some(Outcome::Accepted),
            findings: Vec::new(),
            sheets: Vec::new(),
            submission: Some(1),
            ..sample()
        }
    }

    #[test]
    fn the_request_says_what_is_left_to_do() {
        let asked = "Có 2 lỗi, các số có lỗi chưa được tính; đề nghị sửa, giải trình 1 cảnh báo và gửi lại";
        assert_eq!(sample().request(), asked);
        assert_eq!(clean("a.xlsx").request(), "Số liệu đã được tính; không phải sửa gì");
        let replaced = Answer { counts: false, ..clean("a.xlsx") };
        assert_eq!(replaced.request(), "", "nothing is asked about a file that was replaced");
    }

    #[test]
    fn a_file_that_is_no_return_is_set_aside_and_a_province_is_no_file() {
        let aside = Answer { outcome: None, ..clean("a.docx") };
        assert_eq!((aside.result(), aside.is_file), ("Để riêng", true));
        let province = Answer { is_file: false, ..aside };
        assert_eq!((province.result(), province.is_file), ("", false));
    }
}
