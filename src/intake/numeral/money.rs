//! Amounts of money, and how many đồng their units stand for.
//!
//! A scale is taken only from where it is declared: the unit column, the note
//! above the table, or the cell itself. Where the first two differ, only a cell
//! that declares its own unit is read. Whether an amount is plausible in đồng
//! is a check of the form (`money_unit`).

use super::{Fault, Number, Quantity, quantity};
use crate::findings::Rule;
use crate::intake::workbook::CellValue;
use crate::vocabulary::text::{excerpt, plain_key};

/// The unit that amounts are kept in.
pub(super) const DONG: &str = "đồng";

const UNCLEAR: &str = "Giữ một đơn vị tính, nên là đồng, và ghi đủ số tiền theo đơn vị đó";

/// Whether rows with this unit of measure are amounts of money.
pub fn is_money(unit: &str) -> bool {
    unit == DONG
}

/// Reads an amount in đồng, given the unit that its row declares and the unit of the note above the table.
///
/// # Errors
/// As [`quantity`]; also when the row declares no unit of money, or the two declare different ones
/// and the amount depends on which is right.
pub fn amount(
    cell: Option<&CellValue>,
    expected: Quantity,
    of_row: Option<&str>,
    of_table: Option<&str>,
) -> Result<Option<Number>, Fault> {
    let read = |scale| quantity(cell, Quantity { scale, ..expected });
    let value = |read: &Result<Option<Number>, Fault>| read.as_ref().map(|n| n.as_ref().map(|n| n.value)).ok();
    // A note such as “ĐVT: người” is about the other rows of its table.
    let table = of_table.and_then(scale);
    let row = match of_row {
        None => None,
        Some(unit) => match (scale(unit), read(1)) {
            (Some(scale), _) => Some(scale),
            (None, Ok(None)) => return Ok(None),
            (None, _) => {
                let message = format!("Đơn vị tính của dòng ghi “{}”, cần đồng", excerpt(unit, 30));
                return Err(Fault::new(Rule::UnclearUnit, message, UNCLEAR));
            }
        },
    };
    let first = read(row.or(table).unwrap_or(1));
    match row.zip(table) {
        Some((row, table)) if row != table && value(&first) != value(&read(table)) => {
            let [own, table] = [of_row, of_table].map(|unit| excerpt(unit.unwrap_or_default(), 30));
            let message =
                format!("Dòng ghi đơn vị tính “{own}” nhưng đầu bảng ghi “{table}”, không rõ số theo đơn vị nào");
            Err(Fault::new(Rule::UnclearUnit, message, UNCLEAR))
        }
        _ => first,
    }
}

/// How many đồng the unit of measure stands for, when it is one of money.
pub(super) fn scale(unit: &str) -> Option<i64> {
    let key: String = plain_key(unit).chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    // `1000đ`, `1.000.000 đồng`: what is declared as a number of đồng.
    let digits = key.find(|c: char| !c.is_ascii_digit()).unwrap_or(key.len());
    let (count, word) = key.split_at(digits);
    let count: i64 = match count {
        "" | "1" => 1,
        "1000" => 1_000,
        "1000000" => 1_000_000,
        _ => return None,
    };
    let one = match word {
        "dong" | "d" | "vnd" | "vietnamdong" | "dongvietnam" => 1,
        "nghindong" | "ngandong" | "nghin" | "ngan" | "nghind" | "ngand" | "ngd" => 1_000,
        "tramnghindong" | "tramngandong" | "tramnghin" | "tramngan" => 100_000,
        "trieudong" | "trieu" | "trieud" | "trd" | "trdong" | "tr" | "trieuvnd" => 1_000_000,
        "chuctrieudong" | "chuctrieu" => 10_000_000,
        "tramtrieudong" | "tramtrieu" => 100_000_000,
        "tydong" | "ty" | "tyd" | "tidong" | "ti" | "tyvnd" => 1_000_000_000,
        _ => return None,
    };
    // “1.000 triệu” is no unit anyone declares.
    (count == 1 || one == 1).then_some(count * one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cell: &str, row: Option<&str>, table: Option<&str>) -> Result<Option<i64>, String> {
        let expected = Quantity { unit: DONG, signed: false, scale: 1 };
        let read = amount(Some(&CellValue::Text(cell.into())), expected, row, table);
        read.map(|number| number.map(|number| number.value)).map_err(|fault| fault.message)
    }

    #[test]
    fn an_amount_is_in_the_unit_of_its_row_else_of_its_table() {
        assert_eq!(of("15", None, None), Ok(Some(15)));
        assert_eq!(of("15", Some("triệu đồng"), None), Ok(Some(15_000_000)));
        assert_eq!(of("15", None, Some("triệu đồng")), Ok(Some(15_000_000)));
        assert_eq!(of("15", Some("nghìn đồng"), Some("1.000 đồng")), Ok(Some(15_000)));
        assert_eq!(of("15", Some("đồng"), Some("người")), Ok(Some(15)));
    }

    #[test]
    fn two_declared_units_are_no_unit_but_for_a_cell_that_has_its_own() {
        let told = of("15", Some("đồng"), Some("triệu đồng")).unwrap_err();
        assert!(told.starts_with("Dòng ghi đơn vị tính “đồng” nhưng đầu bảng ghi “triệu đồng”"), "{told}");
        assert_eq!(of("15 triệu", Some("đồng"), Some("triệu đồng")), Ok(Some(15_000_000)));
        assert_eq!(of("-", Some("đồng"), Some("triệu đồng")), Ok(Some(0)));
        assert_eq!(of("…", Some("đồng"), Some("triệu đồng")), Ok(None));
        assert!(of("15", Some("USD"), None).is_err());
        assert_eq!(of("…", Some("USD"), None), Ok(None));
    }

    #[test]
    fn units_of_money_are_known_however_they_are_shortened() {
        let table = "\
            đồng → 1\n đ → 1\n VNĐ → 1\n vnđ. → 1\n Đồng Việt Nam → 1\n\
            nghìn đồng → 1000\n Ngàn đồng → 1000\n 1.000 đồng → 1000\n 1000đ → 1000\n nghìn đ → 1000\n\
            triệu đồng → 1000000\n Triệu đồng → 1000000\n tr.đ → 1000000\n trđ → 1000000\n Tr. đồng → 1000000\n\
            1.000.000 đồng → 1000000\n triệu → 1000000\n trăm triệu đồng → 100000000\n\
            tỷ đồng → 1000000000\n tỉ đồng → 1000000000\n tỷ → 1000000000\n\
            người → none\n USD → none\n 500 đồng → none\n 1.000 triệu đồng → none";
        for line in table.lines() {
            let (unit, value) = line.trim().split_once(" → ").unwrap();
            assert_eq!(scale(unit), value.parse().ok(), "{unit}");
        }
    }
}
