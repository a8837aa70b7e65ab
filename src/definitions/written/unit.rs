//! How units are written: `units.csv`, one line per name a unit went by, and `aliases.csv`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::value::{self, keep};
use crate::definitions::Site;
use crate::definitions::folder::Folder;
use crate::definitions::source::{Mistakes, Source};
use crate::definitions::table::{Line, lines};
use crate::definitions::unit::{Unit, UnitKind, UnitName, UnitRegister};
use crate::vocabulary::text::name_key;
use crate::vocabulary::{GroupId, ProvinceCode, UnitCode};

const UNITS: &str = "units.csv";
const ALIASES: &str = "aliases.csv";

/// The columns of `units.csv`.
pub const COLUMNS: [&str; 9] =
    ["unit", "name", "type", "province", "valid_from", "valid_to", "predecessors", "successors", "groups"];

/// Reads `units.csv` and, when there is one, `aliases.csv`. `site` names the groups and the province;
/// without it both go unchecked. Errors only when a file cannot be read.
pub fn units(input: &Folder, site: Option<&Site>, mistakes: &mut Mistakes) -> anyhow::Result<UnitRegister> {
    let mut register = UnitRegister::default();
    let Some(source) = Source::required(input, UNITS, mistakes)? else { return Ok(register) };
    for line in lines(&source, &COLUMNS, mistakes) {
        match unit(&line, site) {
            Ok(unit) => {
                if let Err(message) = add(&mut register, unit) {
                    mistakes.add(UNITS, line.number, message);
                }
            }
            Err(messages) => {
                messages.into_iter().for_each(|message| mistakes.add(UNITS, line.number, message));
                stand_in(&mut register, &line);
            }
        }
    }
    if let Some(site) = site.filter(|_| !register.units.is_empty())
        && !register.units.values().any(|unit| unit.province == site.province)
    {
        let message = format!("không có đơn vị nào của tỉnh mã {} (province trong site.toml)", site.province);
        mistakes.add(UNITS, 0, message);
    }
    if !register.units.is_empty() && input.has_file(ALIASES) {
        let source = Source::read(input, ALIASES)?;
        register.aliases = aliases(&source, &register, mistakes);
    }
    Ok(register)
}

/// One line: a unit with one name, or everything that is wrong with it.
fn unit(line: &Line, site: Option<&Site>) -> Result<Unit, Vec<String>> {
    let mut wrong = Vec::new();
    let code = keep(value::digits(line.get("unit"), 5, "mã đơn vị"), &mut wrong);
    let province = keep(value::digits(line.get("province"), 2, "mã tỉnh"), &mut wrong);
    let kinds = UnitKind::ALL.map(|kind| (kind.code(), kind));
    let kind = keep(value::choice(line.get("type"), &kinds), &mut wrong);
    let valid_from = keep(value::day(line.get("valid_from")), &mut wrong);
    let valid_to = match line.get("valid_to") {
        "" => None,
        text => keep(value::day(text), &mut wrong),
    };
    if valid_to.zip(valid_from).is_some_and(|(to, from)| to < from) {
        wrong.push("valid_to phải từ valid_from trở đi".to_owned());
    }
    let name = line.get("name");
    if let Some(kind) = kind.filter(|kind| !name_key(name).starts_with(&format!("{} ", name_key(kind.title())))) {
        wrong.push(format!("tên “{name}” phải viết đủ loại đơn vị: “{} …” như cột type", kind.title()));
    }
    let mut related = |column: &str| -> Vec<UnitCode> {
        let codes = line.list(column).map(|code| value::digits(code, 5, "mã đơn vị"));
        codes.filter_map(|code| keep(code, &mut wrong)).map(UnitCode::from).collect()
    };
    let (predecessors, successors) = (related("predecessors"), related("successors"));
    let mut groups: BTreeSet<GroupId> = kind.iter().map(|kind| GroupId::from(kind.code())).collect();
    for group in line.list("groups") {
        match site {
            Some(site) if !site.groups.contains_key(group) => {
                let titled: Vec<&str> = site.groups.keys().map(GroupId::as_str).collect();
                wrong
                    .push(format!("nhóm “{group}” chưa có tên ở [groups] của site.toml; đã có: {}", titled.join(", ")));
            }
            _ => _ = groups.insert(GroupId::from(group)),
        }
    }
    match (code, province, kind, valid_from) {
        (Some(code), Some(province), Some(kind), Some(valid_from)) if wrong.is_empty() => Ok(Unit {
            code: UnitCode::from(code),
            province: ProvinceCode::from(province),
            names: vec![UnitName { name: name.to_owned(), kind, valid_from, valid_to }],
            predecessors,
            successors,
            groups,
        }),
        _ => Err(wrong),
    }
}

/// Adds a unit, or a further name of one: names of a unit follow each other without gap or overlap.
/// A unit belongs to the groups of its latest line, and to the type of its latest name.
fn add(register: &mut UnitRegister, line: Unit) -> Result<(), String> {
    let Some(unit) = register.units.get_mut(&line.code) else {
        register.units.insert(line.code.clone(), line);
        return Ok(());
    };
    let last = &unit.names[unit.names.len() - 1];
    let next = |day: NaiveDate| day + Days::new(1);
    let from = line.valid_from();
    match last.valid_to {
        None => {
            return Err(format!(
                "đơn vị {} đã có tên “{}” chưa hết hiệu lực; ghi valid_to cho dòng trước",
                unit.code, last.name
            ));
        }
        Some(to) if to != STAND_IN && next(to) != from => {
            return Err(format!(
                "các tên của đơn vị {} phải nối tiếp nhau: tên trước đến {to}, tên này phải từ {}",
                unit.code,
                next(to)
            ));
        }
        Some(_) => {}
    }
    if unit.province != line.province {
        return Err(format!("đơn vị {} ở dòng trước thuộc tỉnh {}", unit.code, unit.province));
    }
    unit.names.extend(line.names);
    unit.predecessors.extend(line.predecessors);
    unit.successors.extend(line.successors);
    unit.groups = line.groups;
    Ok(())
}

/// The only day of a unit that stands in for a wrong line.
const STAND_IN: NaiveDate = NaiveDate::MIN;

/// A unit in place of a line that is wrong, so that those who name it make no second mistake. It is
/// never seen: the mistake stops the loader.
fn stand_in(register: &mut UnitRegister, line: &Line) {
    let code = UnitCode::from(line.get("unit"));
    register.units.entry(code.clone()).or_insert_with(|| Unit {
        code,
        province: ProvinceCode::from(line.get("province")),
        names: vec![UnitName {
            name: line.get("name").to_owned(),
            kind: UnitKind::Xa,
            valid_from: STAND_IN,
            valid_to: Some(STAND_IN),
        }],
        predecessors: Vec::new(),
        successors: Vec::new(),
        groups: line.list("groups").map(GroupId::from).collect(),
    });
}

fn aliases(source: &Source, register: &UnitRegister, mistakes: &mut Mistakes) -> BTreeMap<String, UnitCode> {
    let mut aliases: BTreeMap<String, UnitCode> = BTreeMap::new();
    for line in lines(source, &["alias", "unit"], mistakes) {
        let key = name_key(line.get("alias"));
        let read = value::unit(line.get("unit"), register).and_then(|unit| {
            if key.is_empty() {
                return Err("cột alias không được để trống".to_owned());
            }
            let own = |other: &&Unit| other.code != unit && other.names.iter().any(|name| name_key(&name.name) == key);
            if let Some(other) = register.units.values().find(own) {
                return Err(format!(
                    "“{}” là tên của đơn vị {}, không làm tên khác của {unit}",
                    line.get("alias"),
                    other.code
                ));
            }
            match aliases.get(&key) {
                Some(other) => Err(format!("tên khác “{}” đã ghi cho đơn vị {other}", line.get("alias"))),
                None => Ok(unit),
            }
        });
        match read {
            Ok(unit) => _ = aliases.insert(key, unit),
            Err(message) => mistakes.add(ALIASES, line.number, message),
        }
    }
    aliases
}
