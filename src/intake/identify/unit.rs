//! The unit of a return: declared by code, and once more by name.

use super::Desk;
use crate::definitions::Unit;
use crate::findings::{Finding, Rule};
use crate::intake::cover::{Label, digits};
use crate::vocabulary::day::written;
use crate::vocabulary::text::{excerpt, name_key, plain_key};
use crate::vocabulary::{Period, ProvinceCode, UnitCode};

impl<'a> Desk<'_, 'a, '_> {
    /// The declared unit, as it was at the end of the period.
    ///
    /// # Errors
    /// When code, name and province do not point to one unit, when it did not exist then, or when
    /// only one of code and name points to it and the path names another.
    pub fn unit(&mut self, period: Option<Period>) -> Result<&'a Unit, Box<Finding>> {
        let definitions = self.index.definitions;
        let units = &definitions.units;
        let end = period.map(|period| definitions.scheme.days(period).1);
        let (code, name) = (digits(self.cover.value(Label::Unit), 5), self.cover.text(Label::Name));
        let province = ProvinceCode::from(digits(self.cover.value(Label::Province), 2));
        // At the top of a plain table nobody writes the province; its units are those of the site.
        let plain = self.cover.cells.contains_key(&Label::Period) && province.as_str().is_empty();
        let site = &definitions.site;
        let by_name = units.by_name(if plain { &site.province } else { &province }, &name, end).or_else(|| {
            let bare = plain.then(|| bare_name(&name)).flatten()?;
            units.by_name(&site.province, bare, end)
        });
        let (unit, confirmed) = if code.is_empty() {
            match by_name {
                Some(unit) => (unit, false),
                None if name.is_empty() => {
                    return Err(self.refuse(Label::Unit, "Mã đơn vị và Tên đơn vị để trống".to_owned(), &[]));
                }
                None => {
                    let message = format!("Mã đơn vị để trống và không có đơn vị nào tên “{}”", excerpt(&name, 60));
                    return Err(self.refuse(Label::Name, message, &units.like(&name)));
                }
            }
        } else {
            let Some(unit) = units.get(&UnitCode::from(code.as_str())) else {
                let message = format!("Không có đơn vị mã “{}” trong danh mục", excerpt(&code, 20));
                let like = if name.is_empty() { units.like_code(&code) } else { units.like(&name) };
                return Err(self.refuse(Label::Unit, message, &like));
            };
            let own_name = is_name_of(&name, unit);
            if let Some(other) = by_name.filter(|other| other.code != unit.code && !own_name) {
                let message = format!("Mã {} là {} nhưng tên ghi {}", unit.code, unit.name(), other.name());
                return Err(self.refuse(Label::Name, message, &[unit, other]));
            }
            let own_name = own_name || by_name.is_some();
            if !own_name && !name.is_empty() {
                let message = format!("Tên ghi “{}”, mã {} là {}", excerpt(&name, 60), unit.code, unit.name());
                let finding =
                    Finding::of(Rule::WrongUnitName, self.place(Label::Name), message, "Kiểm tra mã và tên đơn vị");
                self.findings.push(finding);
            }
            (unit, own_name)
        };
        if !province.as_str().is_empty() && unit.province != province {
            let message = format!("Mã tỉnh {province} nhưng {} thuộc tỉnh mã {}", unit.name(), unit.province);
            return Err(self.refuse(Label::Province, message, &[]));
        }
        if let Some(end) = end.filter(|end| !unit.exists_on(*end)) {
            let message = format!("{} ({}) không tồn tại vào ngày {}", unit.name(), unit.code, written(end));
            let related = unit.successors.iter().chain(&unit.predecessors).filter_map(|code| units.get(code));
            let then: Vec<&Unit> = related.filter(|unit| unit.exists_on(end)).collect();
            return Err(self.refuse(Label::Unit, message, &then));
        }
        if let Some(other) = self.said.other_unit(unit).filter(|_| !confirmed) {
            let message = format!(
                "Biểu 00 chỉ ghi {} là {} ({}), mà tên tệp hoặc thư mục nói đến {} ({})",
                if code.is_empty() { "tên" } else { "mã" },
                unit.name(),
                unit.code,
                other.said.name(),
                other.said.code
            );
            return Err(self.refuse(Label::Unit, message, &[unit, other.said]));
        }
        Ok(unit)
    }

    fn refuse(&self, label: Label, message: String, likely: &[&Unit]) -> Box<Finding> {
        let names: Vec<String> = likely.iter().take(3).map(|unit| format!("{} ({})", unit.name(), unit.code)).collect();
        let help = match names.is_empty() {
            true => "Ghi mã đơn vị (5 chữ số) và tên đầy đủ ở Biểu 00 rồi gửi lại".to_owned(),
            false => format!("Có phải {}? Ghi đúng mã và tên ở Biểu 00 rồi gửi lại", names.join(" hay ")),
        };
        Box::new(Finding::of(Rule::UnknownUnit, self.place(label), message, help))
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

/// Whether the declared name ends with a name of the unit: “UBND xã Minh Sơn”.
fn is_name_of(declared: &str, unit: &Unit) -> bool {
    let declared = name_key(declared);
    unit.names.iter().any(|name| declared.ends_with(&name_key(&name.name)))
}
