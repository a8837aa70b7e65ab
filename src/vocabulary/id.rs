//! Codes: what things are called in files, never shown as prose.
//!
//! Each kind of code is its own type, so that a unit is never looked up by the
//! code of a measure. Titles live with the definitions.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The code as written in files.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                Self(code.into())
            }
        }

        impl From<String> for $name {
            fn from(code: String) -> Self {
                Self(code.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

codes! {
    /// A commune-level unit (xã, phường, đặc khu): the five digits of the official list, as text.
    UnitCode;
    /// A province: two digits, as text.
    ProvinceCode;
    /// A measure: a reported quantity (a form row's mã số, such as `thn.tiep_nhan`)
    /// or a computed ratio (such as `thn.tl_viec_lam`).
    MeasureCode;
    /// A plan: the stem of its file.
    PlanId;
    /// A group of units, such as `phuong` or `mien_nui`.
    GroupId;
    /// A rule that findings cite: a check of the form (`R03`) or a rule of the reader (`file-unreadable`).
    RuleId;
}

/// A part of the country that figures are given for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Area {
    /// Every unit of a province.
    Province(ProvinceCode),
    /// The units of a group.
    Group(GroupId),
    /// One unit.
    Unit(UnitCode),
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Area::Province(code) => code.fmt(f),
            Area::Group(id) => write!(f, "group:{id}"),
            Area::Unit(code) => code.fmt(f),
        }
    }
}
