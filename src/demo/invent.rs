//! An invented province: units with names, and the plans they carry out.

use std::collections::BTreeMap;

use crate::definitions::embedded;
use crate::definitions::written::unit::COLUMNS;
use crate::demo::dice::Dice;
use crate::init::readopted;
use crate::vocabulary::UnitCode;

const SITE: &str = include_str!("../../input/site.toml");
const LOGO: &str = include_str!("../../input/bieu-trung.svg");
const TARGETS: &str = include_str!("../../input/targets.csv");

/// So many units the sample's targets were set for.
const SAMPLE_UNITS: usize = 12;

const FIRST: [&str; 24] = [
    "An", "Bình", "Cẩm", "Châu", "Diên", "Đại", "Đông", "Gia", "Hải", "Hòa", "Hồng", "Kim", "Lâm", "Long", "Minh",
    "Nam", "Ngọc", "Phú", "Quang", "Sơn", "Tân", "Thanh", "Vĩnh", "Xuân",
];
const SECOND: [&str; 25] = [
    "Bảo", "Cát", "Chánh", "Giang", "Hà", "Hiệp", "Hưng", "Khê", "Lạc", "Lĩnh", "Lộc", "Mỹ", "Nghĩa", "Phong", "Phước",
    "Quý", "Sa", "Thạch", "Thịnh", "Thọ", "Tiến", "Trạch", "Trung", "Vân", "Yên",
];
const THIRD: [&str; 4] = ["", " Thượng", " Hạ", " Trung"];

/// One invented unit.
struct Invented {
    code: UnitCode,
    name: String,
    kind: &'static str,
    group: &'static str,
    plans: Vec<&'static str>,
}

/// Every file of the input folder but the returns, by path.
pub(super) fn files(units: usize, seed: u64) -> BTreeMap<String, String> {
    let invented: Vec<Invented> = (0..units).map(|at| invent(at, units, seed)).collect();
    let mut files: BTreeMap<String, String> = embedded::files()
        .into_iter()
        .map(|(file, text)| {
            let id = file.strip_prefix("plans/").and_then(|name| name.strip_suffix(".toml"));
            let text = id.map(|id| readopted(text, &adoption(id, &invented))).unwrap_or_else(|| text.to_owned());
            (file, text)
        })
        .collect();
    files.insert("site.toml".into(), SITE.into());
    files.insert("bieu-trung.svg".into(), LOGO.into());
    files.insert("units.csv".into(), register(&invented));
    files.insert("aliases.csv".into(), "alias,unit\n".into());
    files.insert("explanations.csv".into(), "unit,period,item,rule,value,reason,date\n".into());
    files.insert("targets.csv".into(), targets(units));
    files
}

/// Codes lie outside the official range; 999 units fit under the province's own two digits.
fn invent(at: usize, units: usize, seed: u64) -> Invented {
    let first = if units < 1000 { 99_001 } else { 60_001 };
    let code = UnitCode::from((first + at).to_string());
    let mut dice = Dice::new(seed, &code, -2);
    // 7 has no factor in common with 600, so that no name comes twice among the first 2,400.
    let place = at * 7 % 600;
    let name = format!("{} {}{}", FIRST[place / 25], SECOND[place % 25], THIRD[at / 600 % 4]);
    let urban = dice.percent(25);
    let (kind, title) = if urban { ("phuong", "Phường") } else { ("xa", "Xã") };
    let plans = match dice.between(0, 99) {
        0..45 => vec!["kh179-cat-hai"],
        45..72 => vec!["4-plus"],
        72..80 => vec!["cuu-cand", "kh179-cat-hai"],
        80..90 => vec!["kh179-cat-hai", "kh71-dien-hinh"],
        90..94 => vec!["kh243-chung-tay"],
        94..98 => vec!["kh243-chung-tay", "kh71-dien-hinh"],
        _ => vec!["cuu-cand"],
    };
    let group = if !urban && dice.percent(30) { "mien_nui" } else { "" };
    Invented { code, name: format!("{title} {name}"), kind, group, plans }
}

fn register(units: &[Invented]) -> String {
    let mut text = COLUMNS.join(",");
    text.push('\n');
    for unit in units {
        text += &format!("{},{},{},99,2025-07-01,,,,{}\n", unit.code, unit.name, unit.kind, unit.group);
    }
    text
}

fn adoption(plan: &str, units: &[Invented]) -> String {
    let codes: Vec<String> =
        units.iter().filter(|unit| unit.plans.contains(&plan)).map(|unit| format!("\"{}\"", unit.code)).collect();
    if codes.is_empty() {
        return String::new();
    }
    format!("[[adoption]]\nunits = [{}]\nfrom = \"2026-01-01\"\n", codes.join(", "))
}

/// The sample's targets without those of its own units. What the province is to count grows with the units; a ratio
/// does not.
fn targets(units: usize) -> String {
    let files = embedded::files();
    let mut text = String::new();
    for line in TARGETS.lines() {
        let mut fields: Vec<&str> = line.split(',').collect();
        let counted = fields[2] == "99" && !files.contains_key(&format!("indicators/{}.toml", fields[1]));
        let scaled = fields[4].parse::<usize>().ok().filter(|_| counted);
        let scaled = scaled.map(|value| (value * units).div_ceil(SAMPLE_UNITS).to_string());
        if let Some(scaled) = &scaled {
            fields[4] = scaled;
        }
        if matches!(fields[2], "area" | "99" | "*") {
            text += &format!("{}\n", fields.join(","));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_larger_province_is_to_count_is_more_and_its_ratios_are_the_same() {
        let goal = |text: &str, measure: &str| -> usize {
            let line = text.lines().find(|line| line.starts_with(&format!(",{measure},99,2026,"))).unwrap();
            line.split(',').nth(4).unwrap().parse().unwrap()
        };
        let (small, large) = (targets(SAMPLE_UNITS), targets(10 * SAMPLE_UNITS));
        assert_eq!(goal(&large, "thn.hoc_nghe"), 10 * goal(&small, "thn.hoc_nghe"));
        assert_eq!(goal(&large, "thn.tl_viec_lam"), goal(&small, "thn.tl_viec_lam"));
        assert!(!small.contains(",99003,"));
    }
}
