//! Units of money: how many đồng they stand for.
//!
//! A scale is taken only from where it is declared: the unit column, the note
//! above the table, or the cell itself. Whether an amount is plausible in đồng
//! is a check of the form (`money_unit`).

use crate::vocabulary::text::plain_key;

/// The unit that amounts are kept in.
pub(super) const DONG: &str = "đồng";

/// How many đồng the unit of measure stands for, when it is one of money.
pub fn scale(unit: &str) -> Option<i64> {
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
