//! Formulas whose result was not saved: no value is read, and a sheet full of them is told once.

use std::collections::BTreeMap;

use crate::findings::{Finding, Place, Rule};

/// Up to so many are told one by one.
const FEW: usize = 3;

/// Cells that are named when there are more.
const NAMED: usize = 5;

const HELP: &str = "Mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi gửi";

/// The finding about one cell.
pub(super) fn finding(place: Place) -> Finding {
    Finding::of(Rule::FormulaWithoutValue, place, "Ô có công thức nhưng tệp không lưu kết quả tính", HELP)
}

/// Puts the findings of each sheet that has more than a few of them into one, at the first cell.
pub(super) fn gather(findings: Vec<Finding>) -> Vec<Finding> {
    let is_own = |finding: &Finding| finding.rule == Rule::FormulaWithoutValue.id();
    let (own, mut findings): (Vec<Finding>, Vec<Finding>) = findings.into_iter().partition(is_own);
    let mut by_sheet: BTreeMap<Option<String>, Vec<Finding>> = BTreeMap::new();
    for finding in own {
        by_sheet.entry(finding.place.sheet_name().map(str::to_owned)).or_default().push(finding);
    }
    for (_, mut own) in by_sheet {
        own.sort();
        if own.len() <= FEW {
            findings.extend(own);
            continue;
        }
        let cells: Vec<String> =
            own.iter().filter_map(|finding| finding.place.cell_ref()).map(|c| c.to_string()).collect();
        let more = if cells.len() > NAMED { ", …" } else { "" };
        let named = cells[..cells.len().min(NAMED)].join(", ");
        let message = format!("{} ô có công thức nhưng tệp không lưu kết quả tính: {named}{more}", cells.len());
        findings.push(Finding::of(Rule::FormulaWithoutValue, own[0].place.clone(), message, HELP));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::CellRef;

    #[test]
    fn many_formulas_without_a_value_on_one_sheet_are_told_once() {
        let file = Place::file("a.xlsx");
        let of = |sheet: u16, count: u32| -> Vec<Finding> {
            let place = |row| file.sheet(sheet, format!("Biểu 0{sheet}")).cell(CellRef::new(row, 4));
            (0..count).rev().map(|row| finding(place(row))).collect()
        };
        let other = Finding::of(Rule::ErrorCell, file.sheet(1, "Biểu 01"), "x", "y");
        let mut gathered = gather([of(1, 12), of(2, 3), vec![other.clone()]].concat());
        gathered.sort();
        let told: Vec<&str> = gathered.iter().map(|finding| finding.message.as_str()).collect();
        let one = "Ô có công thức nhưng tệp không lưu kết quả tính";
        let many = "12 ô có công thức nhưng tệp không lưu kết quả tính: E1, E2, E3, E4, E5, …";
        assert_eq!(told, ["x", many, one, one, one]);
        assert_eq!(gathered[1].place.cell_ref(), Some(CellRef::new(0, 4)));
    }
}
