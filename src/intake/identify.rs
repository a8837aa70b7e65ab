//! Who reports, for which period, on which form: from the declared cells of Biểu 00.
//!
//! Names are tolerated for suggesting and must be exact for accepting. What is
//! ambiguous is set aside with a reason; nothing is guessed. File names and
//! folders are only compared with what is declared.

use chrono::NaiveDate;

use crate::definitions::Unit;
use crate::findings::{Finding, Place, Rule};
use crate::intake::cover::{Cover, Label, defined_version, digits, submission, team_model};
use crate::intake::index::{FormIndex, Index};
use crate::intake::workbook::Workbook;
use crate::intake::{dates, file_name, periods};
use crate::vocabulary::day::written;
use crate::vocabulary::text::{excerpt, name_key, plain_key};
use crate::vocabulary::{Period, ProvinceCode, UnitCode};

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
    let desk = Desk { index, workbook, cover, file };
    let mut faults = Vec::new();
    let form = desk.form(findings).map_err(|fault| faults.push(*fault));
    let period = desk.period().map_err(|fault| faults.push(*fault));
    let unit = desk.unit(period.ok(), findings).map_err(|fault| faults.push(*fault));
    let (Ok(form), Ok(period), Ok(unit)) = (form, period, unit) else { return Err(faults) };
    findings.extend(desk.period_days(period));
    findings.extend(desk.file_name(unit, period));
    let made_on = desk.made_on(findings);
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

    fn form(&self, findings: &mut Vec<Finding>) -> Result<&'i FormIndex<'a>, Box<Finding>> {
        let declared = self.cover.text(Label::Version);
        let named = defined_version(self.workbook).unwrap_or_default();
        if let Some(known) =
            [named.as_str(), declared.as_str()].into_iter().find_map(|version| self.index.form(version))
        {
            findings.extend(self.old_version(known));
            return Ok(known);
        }
        let likeliest = || self.index.likeliest(self.workbook);
        if let (true, Some(form)) = (declared.is_empty() && named.is_empty(), likeliest()) {
            let message = format!(
                "Không ghi phiên bản biểu mẫu; các dòng đúng là của {} ({})",
                form.form.title, form.form.version
            );
            let help = "Lần sau điền vào biểu mẫu gốc, không xóa ô phiên bản ở Biểu 00";
            findings.push(Finding::of(Rule::NoFormVersion, self.place(Label::Version), message, help));
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
        let period = self.period().map_or_else(|_| "KỲ".to_owned(), |period| period.to_string());
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

    fn period(&self) -> Result<Period, Box<Finding>> {
        let whole = self.cover.text(Label::Period);
        if !whole.is_empty() {
            return periods::period(&whole).ok_or_else(|| {
                let message = format!("Kỳ báo cáo ghi “{}”, không thành một kỳ", excerpt(&whole, 30));
                let help = "Ghi kỳ báo cáo như “Quý I/2026”, “6 tháng đầu năm 2026” hoặc “Năm 2026”";
                Box::new(Finding::of(Rule::UnknownPeriod, self.place(Label::Period), message, help))
            });
        }
        let parts = [Label::PeriodKind, Label::PeriodNumber, Label::Year].map(|label| self.cover.text(label));
        periods::period(&parts.join(" ")).ok_or_else(|| {
            let shown = parts.map(|part| if part.is_empty() { "trống".to_owned() } else { excerpt(&part, 30) });
            let message =
                format!("Loại kỳ “{}”, Kỳ số “{}”, Năm “{}” không thành một kỳ", shown[0], shown[1], shown[2]);
            let help = "Ghi Loại kỳ là Quý, 6 tháng hoặc Năm; Kỳ số 1–4; Năm bốn chữ số";
            Box::new(Finding::of(Rule::UnknownPeriod, self.place(Label::PeriodKind), message, help))
        })
    }

    fn unit(&self, period: Option<Period>, findings: &mut Vec<Finding>) -> Result<&'a Unit, Box<Finding>> {
        let units = &self.index.definitions.units;
        let (code, name) = (digits(self.cover.value(Label::Unit), 5), self.cover.text(Label::Name));
        let province = ProvinceCode::from(digits(self.cover.value(Label::Province), 2));
        // At the top of a plain table nobody writes the province; its units are those of the site.
        let plain = self.cover.cells.contains_key(&Label::Period) && province.as_str().is_empty();
        let site = &self.index.definitions.site;
        let by_name = units.by_name(if plain { &site.province } else { &province }, &name).or_else(|| {
            let bare = plain.then(|| bare_name(&name)).flatten()?;
            units.by_name(&site.province, bare)
        });
        let refuse = |label, message: String| {
            let help = suggestion(&units.like(&name), &code);
            Err(Box::new(Finding::of(Rule::UnknownUnit, self.place(label), message, help)))
        };
        let unit = if code.is_empty() {
            match by_name {
                Some(unit) => unit,
                None if name.is_empty() => return refuse(Label::Unit, "Mã đơn vị và Tên đơn vị để trống".to_owned()),
                None => {
                    let message = format!("Mã đơn vị để trống và không có đơn vị nào tên “{}”", excerpt(&name, 60));
                    return refuse(Label::Name, message);
                }
            }
        } else {
            let Some(unit) = units.get(&UnitCode::from(code.as_str())) else {
                return refuse(Label::Unit, format!("Không có đơn vị mã “{}” trong danh mục", excerpt(&code, 20)));
            };
            if let Some(other) = by_name.filter(|other| other.code != unit.code) {
                let message = format!("Mã {} là {} nhưng tên ghi {}", unit.code, unit.name(), other.name());
                return refuse(Label::Name, message);
            }
            if by_name.is_none() && !is_name_of(&name, unit) {
                findings.push(Finding::of(
                    Rule::WrongUnitName,
                    self.place(Label::Name),
                    format!("Tên ghi “{}”, mã {} là {}", excerpt(&name, 60), unit.code, unit.name()),
                    "Kiểm tra mã và tên đơn vị",
                ));
            }
            unit
        };
        if !province.as_str().is_empty() && unit.province != province {
            let message = format!("Mã tỉnh {province} nhưng {} thuộc tỉnh mã {}", unit.name(), unit.province);
            return refuse(Label::Province, message);
        }
        let end = period.map(|period| self.index.definitions.scheme.days(period).1);
        if let Some(end) = end.filter(|end| !unit.exists_on(*end)) {
            let message = format!("{} ({}) không tồn tại vào ngày {}", unit.name(), unit.code, written(end));
            let successors: Vec<&Unit> = unit.successors.iter().filter_map(|code| units.get(code)).collect();
            let help = suggestion(&successors, "");
            return Err(Box::new(Finding::of(Rule::UnknownUnit, self.place(Label::Unit), message, help)));
        }
        Ok(unit)
    }

    fn period_days(&self, period: Period) -> Option<Finding> {
        let days = self.index.definitions.scheme.days(period);
        let declared = |label| self.cover.value(label).and_then(|value| dates::day(value).ok());
        let (from, to) = (declared(Label::From), declared(Label::To));
        if from.is_none_or(|from| from == days.0) && to.is_none_or(|to| to == days.1) {
            return None;
        }
        let (from, to) = (from.unwrap_or(days.0), to.unwrap_or(days.1));
        Some(Finding::of(
            Rule::PeriodDates,
            self.place(Label::From),
            format!(
                "Ghi từ {} đến {}, {} tính từ {} đến {}",
                written(from),
                written(to),
                period.title(),
                written(days.0),
                written(days.1)
            ),
            "Kiểm tra số liệu đã chốt đúng niên độ chưa, sửa Từ ngày và Đến ngày",
        ))
    }

    fn made_on(&self, findings: &mut Vec<Finding>) -> Option<NaiveDate> {
        let value = self.cover.value(Label::MadeOn)?;
        let help = "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 18/3/2026";
        dates::day(value)
            .map_err(|found| {
                let message = format!("Ngày lập: {found}");
                findings.push(Finding::of(Rule::NotADate, self.place(Label::MadeOn), message, help));
            })
            .ok()
    }

    /// Compares what the file and its folders are called with what is declared.
    fn file_name(&self, unit: &Unit, period: Period) -> Option<Finding> {
        let said = file_name::contradiction(self.file.file_name(), self.index, unit, period)?;
        Some(Finding::of(
            Rule::WrongFileName,
            self.place(Label::Unit),
            format!(
                "Tên tệp hoặc thư mục nói đến {said}, Biểu 00 ghi {} ({}), {}",
                unit.name(),
                unit.code,
                period.title()
            ),
            "Kiểm tra Biểu 00 và tên tệp; số liệu được nhận theo Biểu 00",
        ))
    }
}

/// `UBND xã Minh Sơn` without the body that sends it.
fn bare_name(name: &str) -> Option<&str> {
    const BODIES: [&str; 4] = ["ubnd ", "uy ban nhan dan ", "cong an ", "ban chi dao "];
    let key = plain_key(name);
    let words = BODIES.iter().find(|body| key.starts_with(**body))?.trim().split(' ').count();
    let (at, _) = name.match_indices(char::is_whitespace).nth(words - 1)?;
    Some(name[at..].trim())
}

fn suggestion(units: &[&Unit], code: &str) -> String {
    let names: Vec<String> = units.iter().take(3).map(|unit| format!("{} ({})", unit.name(), unit.code)).collect();
    match names.as_slice() {
        [] if code.is_empty() => "Ghi mã đơn vị (5 chữ số) và tên đầy đủ ở Biểu 00 rồi gửi lại".to_owned(),
        [] => "Kiểm tra mã đơn vị ở Biểu 00 rồi gửi lại".to_owned(),
        names => format!("Có phải {}? Ghi đúng mã và tên ở Biểu 00 rồi gửi lại", names.join(" hay ")),
    }
}

fn is_name_of(declared: &str, unit: &Unit) -> bool {
    let declared = name_key(declared);
    declared.is_empty() || unit.names.iter().any(|name| declared.ends_with(&name_key(&name.name)))
}
