//! The form a return was filled on: declared by its version, else told by its rows.

use super::Desk;
use crate::findings::{Finding, Rule};
use crate::intake::cover::{Label, defined_version, digits};
use crate::intake::index::FormIndex;
use crate::vocabulary::UnitCode;
use crate::vocabulary::text::excerpt;

impl<'i, 'a> Desk<'i, 'a, '_> {
    /// The form of the declared version; without any version, the one that most rows belong to.
    ///
    /// # Errors
    /// When a version is declared that nobody knows, or none and the rows do not tell.
    pub fn form(&mut self) -> Result<&'i FormIndex<'a>, Box<Finding>> {
        let declared = self.cover.text(Label::Version);
        let named = defined_version(self.workbook).unwrap_or_default();
        if let Some(known) =
            [named.as_str(), declared.as_str()].into_iter().find_map(|version| self.index.form(version))
        {
            let old = self.old_version(known);
            self.findings.extend(old);
            return Ok(known);
        }
        let likeliest = || self.index.likeliest(self.workbook);
        if let (true, Some(form)) = (declared.is_empty() && named.is_empty(), likeliest()) {
            let message = format!(
                "Không ghi phiên bản biểu mẫu; các dòng đúng là của {} ({})",
                form.form.title, form.form.version
            );
            let help = "Lần sau điền vào biểu mẫu gốc, không xóa ô phiên bản ở Biểu 00";
            self.findings.push(Finding::of(Rule::NoFormVersion, self.place(Label::Version), message, help));
            return Ok(form);
        }
        let versions: Vec<&str> = self.index.definitions.forms.iter().map(|form| form.version.as_str()).collect();
        let found = if declared.is_empty() { named } else { declared };
        let message = match found.as_str() {
            "" => format!("Không thấy phiên bản biểu mẫu, cần {}", versions.join(" hoặc ")),
            found => format!("Phiên bản biểu mẫu “{}”, cần {}", excerpt(found, 30), versions.join(" hoặc ")),
        };
        Err(Box::new(Finding::of(Rule::UnknownFormVersion, self.place(Label::Version), message, self.new_form())))
    }

    /// Where the form in use comes from, for this unit and period when they can be told.
    fn new_form(&self) -> String {
        let unit = self.index.definitions.units.get(&UnitCode::from(digits(self.cover.value(Label::Unit), 5)));
        let unit = unit.map(|unit| format!(" --unit {}", unit.code));
        let period = self.declared_period(None).map_or_else(|| "KỲ".to_owned(), |period| period.to_string());
        format!(
            "Tải biểu mẫu mới (cán bộ tổng hợp tạo bằng lệnh “tongket template --period {period}{} --out bieu-mau”), \
             chép số liệu sang rồi gửi lại",
            unit.as_deref().unwrap_or(" --all")
        )
    }

    /// A return on a version that was replaced is asked for the newer one.
    fn old_version(&self, form: &FormIndex) -> Option<Finding> {
        let older = form.form.older.as_ref()?;
        let newer = self.index.definitions.forms.iter().find(|newer| newer.version == older.read_as)?;
        let absent = newer.rows().filter(|row| form.form.row(&row.code).is_none()).count();
        let mut message =
            format!("Báo cáo lập trên {} ({}), đọc theo {}", form.form.title, form.form.version, newer.version);
        if absent > 0 {
            message.push_str(&format!("; biểu cũ không có {absent} chỉ tiêu hiện nay"));
        }
        Some(Finding::of(Rule::OldFormVersion, self.place(Label::Version), message, self.new_form()))
    }
}
