//! Who reports, for which period, on which form: from the declared cells of Biểu 00.
//!
//! Names are tolerated for suggesting and must be exact for accepting. What is
//! declared twice and differently, or once and contradicted by the name of the
//! file, is set aside with a reason; nothing is guessed. What the cover says
//! twice and alike stands, and a file name or folder that says otherwise is a warning.

mod form;
mod period;
mod unit;

use chrono::NaiveDate;

use crate::definitions::Unit;
use crate::findings::{Finding, Place, Rule};
use crate::intake::cover::{Cover, Label, submission, team_model};
use crate::intake::dates;
use crate::intake::file_name::Said;
use crate::intake::index::{FormIndex, Index};
use crate::intake::workbook::Workbook;
use crate::vocabulary::Period;
use crate::vocabulary::text::plain_key;

/// Who reports, for which period, on which form.
#[derive(Debug)]
pub(super) struct Identity<'i, 'a> {
    pub form: &'i FormIndex<'a>,
    pub unit: &'a Unit,
    pub period: Period,
    pub estimate: bool,
    pub submission: u32,
    pub made_on: Option<NaiveDate>,
    pub team_model: Option<String>,
}

/// Reads Biểu 00. Warnings are added to `findings`.
///
/// # Errors
/// With all findings for which the file must be set aside.
pub(super) fn identify<'i, 'a>(
    index: &'i Index<'a>,
    workbook: &Workbook,
    cover: &Cover,
    file: &Place,
    findings: &mut Vec<Finding>,
) -> Result<Identity<'i, 'a>, Vec<Finding>> {
    let said = Said::of(file.file_name(), index);
    let mut desk = Desk { index, workbook, cover, file, said, findings: Vec::new() };
    let mut faults = Vec::new();
    let form = desk.form().map_err(|fault| faults.push(*fault));
    let period = desk.period().map_err(|fault| faults.push(*fault));
    let unit = desk.unit(period.ok()).map_err(|fault| faults.push(*fault));
    let made_on = desk.day(Label::MadeOn, "Ngày lập");
    if let (Ok(unit), Ok(period)) = (unit, period) {
        desk.compare_file_name(unit, period);
    }
    findings.append(&mut desk.findings);
    let (Ok(form), Ok(period), Ok(unit)) = (form, period, unit) else { return Err(faults) };
    Ok(Identity {
        form,
        unit,
        period,
        estimate: plain_key(&cover.text(Label::Nature)).starts_with("uoc"),
        submission: submission(cover.value(Label::Submission)),
        made_on,
        team_model: team_model(cover.value(Label::TeamModel)),
    })
}

/// Everything at hand while one cover is read.
struct Desk<'i, 'a, 'c> {
    index: &'i Index<'a>,
    workbook: &'c Workbook,
    cover: &'c Cover<'c>,
    file: &'c Place,
    said: Said<'a>,
    /// What is told without setting the file aside.
    findings: Vec<Finding>,
}

impl<'i, 'a> Desk<'i, 'a, '_> {
    fn place(&self, label: Label) -> Place {
        let sheet = &self.workbook.sheets[self.cover.sheet];
        let place = self.file.sheet(self.cover.sheet as u16, sheet.name.as_str());
        match self.cover.cells.get(&label) {
            Some((cell, _)) => place.cell(*cell),
            None => place,
        }
    }

    /// A declared day; what is no day is told.
    fn day(&mut self, label: Label, name: &str) -> Option<NaiveDate> {
        match dates::day(self.cover.value(label)?) {
            Ok(day) => Some(day),
            Err(found) => {
                let help = "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 18/3/2026";
                let message = format!("{name}: {found}");
                self.findings.push(Finding::of(Rule::NotADate, self.place(label), message, help));
                None
            }
        }
    }

    /// Compares what the file and its folders are called with what is declared.
    fn compare_file_name(&mut self, unit: &Unit, period: Period) {
        let other_unit = self.said.other_unit(unit).map(|other| format!("{} ({})", other.said.name(), other.said.code));
        let other_period = self.said.other_period(period).map(|other| other.said.title());
        let said: Vec<String> = [other_unit, other_period].into_iter().flatten().collect();
        if said.is_empty() {
            return;
        }
        let message = format!(
            "Tên tệp hoặc thư mục nói đến {}, Biểu 00 ghi {} ({}), {}",
            said.join(", "),
            unit.name(),
            unit.code,
            period.title()
        );
        let help = "Kiểm tra Biểu 00 và tên tệp; số liệu được nhận theo Biểu 00";
        self.findings.push(Finding::of(Rule::WrongFileName, self.place(Label::Unit), message, help));
    }
}
