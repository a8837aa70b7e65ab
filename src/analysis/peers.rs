//! Peers: the groups of units that a unit is compared with, besides all of the province.
//!
//! By type, by the groups of `units.csv`, and by size: thirds of the units by
//! the printed figure of a declared measure. A unit whose size is hidden has no
//! group by size.

use crate::release::Release;
use crate::vocabulary::number::whole;
use crate::vocabulary::{Area, GroupId, Period};

/// A group of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peers {
    /// Its name: `Xã miền núi`, `Quy mô vừa (từ 40 đến dưới 55)`.
    pub title: String,
    /// Its units.
    pub members: Vec<Area>,
    /// The area that they make up, where the cube has it.
    pub whole: Option<Area>,
}

/// Every group of the units of the province in a period: by type, by declaration, by size.
pub fn groups(release: &Release, period: Period) -> Vec<Peers> {
    let definitions = release.definitions();
    let units: Vec<_> =
        definitions.units.units.values().filter(|unit| unit.province == definitions.site.province).collect();
    let declared = release.cube().axes().areas().iter().filter_map(|area| match area {
        Area::Group(id) => Some(id),
        _ => None,
    });
    let title = |id: &GroupId| definitions.site.groups.get(id).cloned().unwrap_or_else(|| id.to_string());
    let of_group = |id: &GroupId| Peers {
        title: title(id),
        members: units
            .iter()
            .filter(|unit| unit.groups.contains(id))
            .map(|unit| Area::Unit(unit.code.clone()))
            .collect(),
        whole: Some(Area::Group(id.clone())),
    };
    let mut groups: Vec<Peers> = declared.map(of_group).collect();
    let areas: Vec<Area> = units.iter().map(|unit| Area::Unit(unit.code.clone())).collect();
    groups.extend(by_size(release, period, &areas));
    groups
}

/// Thirds by size; none when fewer than three units have a printed size, or all have the same.
fn by_size(release: &Release, period: Period, units: &[Area]) -> Vec<Peers> {
    let Some(measure) = &release.definitions().site.comparison.size else { return Vec::new() };
    let mut sized: Vec<(i64, &Area)> =
        units.iter().filter_map(|unit| Some((release.figure(unit, period, measure).whole()?, unit))).collect();
    sized.sort();
    let third = |part: usize| sized.get(sized.len() * part / 3).map(|(size, _)| *size);
    let (Some(middling), Some(large)) = (third(1), third(2)) else { return Vec::new() };
    if sized.first().is_none_or(|(size, _)| *size == large) {
        return Vec::new();
    }
    let unit = release.measures().iter().find(|info| info.code == *measure).map_or("", |info| &info.unit_of_measure);
    let names = [
        format!("Quy mô nhỏ (dưới {} {unit})", whole(middling)),
        format!("Quy mô vừa (từ {} đến dưới {} {unit})", whole(middling), whole(large)),
        format!("Quy mô lớn (từ {} {unit})", whole(large)),
    ];
    let class = |size: i64| usize::from(size >= middling) + usize::from(size >= large);
    let group = |(at, title): (usize, String)| Peers {
        title,
        members: sized.iter().filter(|(size, _)| class(*size) == at).map(|(_, unit)| (*unit).clone()).collect(),
        whole: None,
    };
    names.into_iter().enumerate().map(group).filter(|group| !group.members.is_empty()).collect()
}
