//! Who reports, for which period, on which form: from the declared cells of Biểu 00.
//!
//! Names are tolerated for suggesting and must be exact for accepting. What is
//! ambiguous is set aside with a reason; nothing is guessed. File names and
//! folders are only compared with what is declared.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::definitions::Unit;
use crate::findings::{Finding, Place, Rule};
use crate::intake::dates;
use crate::intake::index::{FormIndex, Index, sheet_key};
use crate::intake::workbook::{Cell, CellValue, Workbook};
use crate::vocabulary::text::{excerpt, name_key, plain_key};
use crate::vocabulary::{CellRef, Period, ProvinceCode, UnitCode};

/// The defined name that holds the version of the form.
const VERSION_NAME: &str = "phien_ban_bieu_mau";

/// What is declared on Biểu 00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Province,
    Unit,
    Name,
    PeriodKind,
    PeriodNumber,
    Year,
    From,
    To,
    Nature,
    Submission,
    TeamModel,
    MadeOn,
    Version,
}

const LABELS: [(&str, Label); 13] = [
    ("ma tinh", Label::Province),
    ("ma don vi", Label::Unit),
    ("ten don vi", Label::Name),
    ("loai ky", Label::PeriodKind),
    ("ky so", Label::PeriodNumber),
    ("nam", Label::Year),
    ("tu ngay", Label::From),
    ("den ngay", Label::To),
    ("tinh chat so lieu", Label::Nature),
    ("lan nop", Label::Submission),
    ("mo hinh to", Label::TeamModel),
    ("ngay lap", Label::MadeOn),
    ("phien ban bieu mau", Label::Version),
];

/// Biểu 00 of a workbook.
#[derive(Debug)]
pub(super) struct Cover<'w> {
    /// Position of its sheet in the workbook.
    pub sheet: usize,
    /// The cell of each declaration, filled or not.
    cells: BTreeMap<Label, (CellRef, Option<&'w CellValue>)>,
}

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

impl<'w> Cover<'w> {
    /// Finds Biểu 00 by its name, else by its labels.
    pub fn find(workbook: &'w Workbook, index: &Index) -> Option<Self> {
        let named = |at: &usize| {
            let key = sheet_key(&workbook.sheets[*at].name);
            index.cover_names().any(|name| name == key)
        };
        let all = 0..workbook.sheets.len();
        let labelled = |at| Some(Self::of(workbook, at)).filter(|cover| cover.cells.len() >= 4);
        all.clone().filter(named).find_map(labelled).or_else(|| all.clone().find_map(labelled))
    }

    fn of(workbook: &'w Workbook, at: usize) -> Self {
        let mut cells = BTreeMap::new();
        for row in workbook.sheets[at].rows() {
            let mut rest = row;
            while let [cell, after @ ..] = rest {
                rest = after;
                let Some(label) = label_of(&cell.value) else { continue };
                // The declaration stands to the right, possibly behind merged cells.
                // A kind of period may read “Năm”, which is a label elsewhere.
                let is_value = |next: &&Cell| {
                    next.at.col - cell.at.col <= 4 && (label == Label::PeriodKind || label_of(&next.value).is_none())
                };
                let value = after.first().filter(is_value);
                if value.is_some() {
                    rest = &after[1..];
                }
                let beside = CellRef::new(cell.at.row, cell.at.col + 1);
                cells
                    .entry(label)
                    .or_insert_with(|| value.map_or((beside, None), |value| (value.at, Some(&value.value))));
            }
        }
        Self { sheet: at, cells }
    }

    fn value(&self, label: Label) -> Option<&'w CellValue> {
        self.cells.get(&label)?.1
    }

    /// What is declared, as text; empty when nothing is.
    fn text(&self, label: Label) -> String {
        self.value(label).map(CellValue::shown).unwrap_or_default()
    }
}

fn label_of(value: &CellValue) -> Option<Label> {
    let text = value.text()?;
    if text.len() > 60 {
        return None;
    }
    let key = plain_key(text);
    let key = key.split('(').next().unwrap_or(&key).trim_end_matches([':', ' ', '*']);
    LABELS.iter().find(|(name, _)| *name == key).map(|(_, label)| *label)
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
    let form = desk.form().map_err(|fault| faults.push(fault));
    let period = desk.period().map_err(|fault| faults.push(fault));
    let unit = desk.unit(period.ok(), findings).map_err(|fault| faults.push(fault));
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

    fn form(&self) -> Result<&'i FormIndex<'a>, Finding> {
        let declared = self.cover.text(Label::Version);
        let named = defined_version(self.workbook).unwrap_or_default();
        let known = [named.as_str(), declared.as_str()].into_iter().find_map(|version| self.index.form(version));
        known.ok_or_else(|| {
            let versions: Vec<&str> = self.index.definitions.forms.iter().map(|form| form.version.as_str()).collect();
            let found = if declared.is_empty() { named } else { declared };
            let message = match found.as_str() {
                "" => format!("Không thấy phiên bản biểu mẫu, cần {}", versions.join(" hoặc ")),
                found => format!("Phiên bản biểu mẫu “{}”, cần {}", excerpt(found, 30), versions.join(" hoặc ")),
            };
            let help = "Tải biểu mẫu mới, chép số liệu sang rồi gửi lại";
            Finding::of(Rule::UnknownFormVersion, self.place(Label::Version), message, help)
        })
    }

    fn period(&self) -> Result<Period, Finding> {
        let parts = [Label::PeriodKind, Label::PeriodNumber, Label::Year].map(|label| self.cover.text(label));
        dates::period(&parts.join(" ")).ok_or_else(|| {
            let shown = parts.map(|part| if part.is_empty() { "trống".to_owned() } else { excerpt(&part, 30) });
            let message =
                format!("Loại kỳ “{}”, Kỳ số “{}”, Năm “{}” không thành một kỳ", shown[0], shown[1], shown[2]);
            let help = "Ghi Loại kỳ là Quý, 6 tháng hoặc Năm; Kỳ số 1–4; Năm bốn chữ số";
            Finding::of(Rule::UnknownPeriod, self.place(Label::PeriodKind), message, help)
        })
    }

    fn unit(&self, period: Option<Period>, findings: &mut Vec<Finding>) -> Result<&'a Unit, Finding> {
        let units = &self.index.definitions.units;
        let (code, name) = (digits(self.cover.value(Label::Unit), 5), self.cover.text(Label::Name));
        let province = ProvinceCode::from(digits(self.cover.value(Label::Province), 2));
        let by_name = units.by_name(&province, &name);
        let refuse = |label, message: String| {
            let help = suggestion(&units.like(&name), &code);
            Err(Finding::of(Rule::UnknownUnit, self.place(label), message, help))
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
            let message = format!("{} ({}) không tồn tại vào ngày {}", unit.name(), unit.code, dates::shown(end));
            let successors: Vec<&Unit> = unit.successors.iter().filter_map(|code| units.get(code)).collect();
            let help = suggestion(&successors, "");
            return Err(Finding::of(Rule::UnknownUnit, self.place(Label::Unit), message, help));
        }
        Ok(unit)
    }

    fn period_days(&self, period: Period) -> Option<Finding> {
        let days = self.index.definitions.scheme.days(period);
        let declared = |label| self.cover.value(label).and_then(dates::day);
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
                dates::shown(from),
                dates::shown(to),
                period.title(),
                dates::shown(days.0),
                dates::shown(days.1)
            ),
            "Kiểm tra số liệu đã chốt đúng niên độ chưa, sửa Từ ngày và Đến ngày",
        ))
    }

    fn made_on(&self, findings: &mut Vec<Finding>) -> Option<NaiveDate> {
        let value = self.cover.value(Label::MadeOn)?;
        let day = dates::day(value);
        if day.is_none() {
            let message = format!("Ngày lập ghi “{}”, cần một ngày", excerpt(&value.shown(), 30));
            let help = "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 18/3/2026";
            findings.push(Finding::of(Rule::NotADate, self.place(Label::MadeOn), message, help));
        }
        day
    }

    /// Compares what the file and its folders are called with what is declared.
    fn file_name(&self, unit: &Unit, period: Period) -> Option<Finding> {
        let path = self.file.file_name();
        let units = &self.index.definitions.units;
        let codes: Vec<&str> = path
            .split(|c: char| !c.is_ascii_digit())
            .filter(|run| run.len() == 5 && units.units.contains_key(*run))
            .collect();
        let mut others: Vec<String> = Vec::new();
        if !codes.contains(&unit.code.as_str()) {
            let stem = path.rsplit('/').next().unwrap_or(path);
            let named = if codes.is_empty() { self.index.named_in(stem) } else { Vec::new() };
            let said = codes.iter().filter_map(|code| units.units.get(*code));
            let said: Vec<&Unit> = said.chain(named.iter().filter_map(|code| units.get(code))).collect();
            if !said.iter().any(|other| other.code == unit.code) {
                others.extend(said.first().map(|other| format!("{} ({})", other.name(), other.code)));
            }
        }
        let periods = periods_in(path);
        // A half-year return may lie in the folder of the quarter that closes it.
        if !periods.iter().any(|said| said.ends_with(period)) {
            others.extend(periods.first().map(|said| said.title()));
        }
        if others.is_empty() {
            return None;
        }
        Some(Finding::of(
            Rule::WrongFileName,
            self.place(Label::Unit),
            format!(
                "Tên tệp hoặc thư mục nói đến {}, Biểu 00 ghi {} ({}), {}",
                others.join(", "),
                unit.name(),
                unit.code,
                period.title()
            ),
            "Kiểm tra Biểu 00 và tên tệp; số liệu được nhận theo Biểu 00",
        ))
    }
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

/// A code typed as text or number, with the leading zeros that Excel drops.
fn digits(value: Option<&CellValue>, width: usize) -> String {
    match value {
        Some(CellValue::Number(number)) if *number >= 0.0 && number.fract() == 0.0 => format!("{number:0>width$}"),
        Some(value) => value.shown(),
        None => String::new(),
    }
}

fn submission(value: Option<&CellValue>) -> u32 {
    let text = value.map(CellValue::shown).unwrap_or_default();
    text.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(1)
}

fn team_model(value: Option<&CellValue>) -> Option<String> {
    let key = match value? {
        // Excel takes a typed 1-1 for the first of January.
        day @ CellValue::Day(_) => dates::day(day).map(|day| day.format("%-d-%-m").to_string())?,
        other => plain_key(&other.shown()),
    };
    let key: String = key.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    ["1-1", "1-n"].into_iter().find(|model| model.replace('-', "") == key).map(str::to_owned)
}

/// The version that the workbook's defined name holds or points to.
fn defined_version(workbook: &Workbook) -> Option<String> {
    let (_, refers) = workbook.names.iter().find(|(name, _)| name.eq_ignore_ascii_case(VERSION_NAME))?;
    let refers = refers.trim_start_matches('=');
    let Some((sheet, cell)) = refers.rsplit_once('!') else { return Some(refers.trim_matches('"').to_owned()) };
    let sheet = sheet.trim_matches('\'');
    let cell: CellRef = cell.replace('$', "").parse().ok()?;
    let value = workbook.sheets.iter().find(|s| s.name == sheet)?.get(cell)?;
    Some(value.shown())
}

/// The periods a path speaks of: `2026-Q1`, `Q1-2026`, `quý 1 năm 2026`, `2026H1`.
fn periods_in(path: &str) -> Vec<Period> {
    let key = plain_key(path);
    let words: Vec<&str> = key
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !["nam", "", "xlsx", "xls", "ods"].contains(word))
        .collect();
    let is_year = |word: &str| word.len() == 4 && word.starts_with("20");
    let is_part = |word: &str| ["q1", "q2", "q3", "q4", "h1", "h2"].contains(&word);
    let mut found = Vec::new();
    for at in 0..words.len() {
        let phrase = match &words[at..] {
            ["quy", number, year, ..] if is_year(year) => format!("quy {number} {year}"),
            [year, part, ..] | [part, year, ..] if is_year(year) && is_part(part) => format!("{part} {year}"),
            [joined, ..] if joined.len() == 6 && is_year(&joined[..4]) && is_part(&joined[4..]) => {
                format!("{} {}", &joined[4..], &joined[..4])
            }
            _ => continue,
        };
        found.extend(dates::period(&phrase));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_speak_of_periods_in_many_ways() {
        for (path, code) in [
            ("2026-Q1/99001.xlsx", "2026-Q1"),
            ("Quý I năm 2026/xã a.xlsx", "2026-Q1"),
            ("99001_2026-H2_bao-cao.xlsx", "2026-H2"),
            ("BC Q3-2026 (1) cuối.xls", "2026-Q3"),
            ("2026q4/a.xlsx", "2026-Q4"),
        ] {
            assert_eq!(periods_in(path), [code.parse().unwrap()], "{path}");
        }
        assert_eq!(periods_in("2026/99001.xlsx"), []);
    }

    #[test]
    fn codes_keep_their_leading_zeros() {
        assert_eq!(digits(Some(&CellValue::Number(1234.0)), 5), "01234");
        assert_eq!(digits(Some(&CellValue::Text("01234".into())), 5), "01234");
        assert_eq!(digits(None, 5), "");
    }

    #[test]
    fn a_team_model_that_excel_took_for_a_day_is_read_back() {
        assert_eq!(team_model(Some(&CellValue::Day(46_023.0))).as_deref(), Some("1-1"));
        assert_eq!(team_model(Some(&CellValue::Text("1 - N".into()))).as_deref(), Some("1-n"));
        assert_eq!(team_model(Some(&CellValue::Text("Không".into()))), None);
    }
}
