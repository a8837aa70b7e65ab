//! The row's own unit of measure after a number: `12 người`, `12 ng`, `05 mô hình`.
//!
//! Only the unit of the row itself may follow. The unit of another row is a
//! sign that the number stands in the wrong place.

use super::money;
use crate::vocabulary::number;
use crate::vocabulary::text::plain_key;

/// Other ways in which clerks write a unit of the forms, folded.
const ALSO: &[(&str, &[&str])] = &[
    ("nguoi", &["ng"]),
    ("luot", &["luot nguoi", "lan"]),
    ("kdc", &["khu dan cu", "thon", "xom", "ban", "to dan pho", "tdp"]),
    ("don vi", &["dv"]),
    ("co so", &["cs"]),
    ("mo hinh", &["mh"]),
    ("tin, bai", &["tin", "bai", "tin bai", "tin/bai"]),
    ("tin", &["nguon tin", "tin bao"]),
    ("vu", &["vu viec"]),
    ("tieu chi", &["tc"]),
];

/// Whether the words after a number are the row's own unit.
pub(super) fn is_own(found: &str, own: &str) -> bool {
    let (found, own_key) = (folded(found), plain_key(own));
    if own.is_empty() || found.is_empty() {
        return false;
    }
    found == own_key
        || (own == money::DONG && money::scale(&found) == Some(1))
        || ALSO.iter().any(|(unit, also)| *unit == own_key && also.contains(&found.as_str()))
}

/// What to do about words after a number that are not the row's own unit.
pub(super) fn advice(found: &str, own: &str) -> String {
    match money::scale(found) {
        Some(scale) if scale > 1 && own == money::DONG => {
            format!("Ghi đủ số đồng, ví dụ 5 {found} ghi {}", number::whole(5 * scale))
        }
        _ if own.is_empty() => "Chỉ ghi số".to_owned(),
        _ => format!("Chỉ ghi số; đơn vị tính của dòng là “{own}”"),
    }
}

fn folded(unit: &str) -> String {
    plain_key(unit).trim_matches(['.', ' ']).to_owned()
}
