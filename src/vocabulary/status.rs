//! Why a figure is there, or is not (SDMX code lists); how grave a finding is; the two editions.

use serde::{Deserialize, Serialize};

/// Observation status, after SDMX `CL_OBS_STATUS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ObsStatus {
    /// Normal: every due part was reported.
    A,
    /// Provisional (sơ bộ): a part is still missing (`reported < due`).
    P,
    /// Estimated (ước): at least one part was sent before the cut-off and not yet replaced.
    E,
    /// Not applicable (không áp dụng): nothing was due.
    M,
    /// Missing (chưa báo cáo): due, and nothing usable was reported.
    O,
    /// Suppressed (không công bố). Only a released figure can have it.
    Q,
}

impl ObsStatus {
    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            ObsStatus::A => "A",
            ObsStatus::P => "P",
            ObsStatus::E => "E",
            ObsStatus::M => "M",
            ObsStatus::O => "O",
            ObsStatus::Q => "Q",
        }
    }

    /// The sign on a page where there is no value to show; `None` where there is one.
    pub fn sign(self) -> Option<&'static str> {
        match self {
            ObsStatus::A | ObsStatus::P | ObsStatus::E => None,
            ObsStatus::M => Some("x"),
            ObsStatus::O => Some("…"),
            ObsStatus::Q => Some("•"),
        }
    }
}

/// Confidentiality status, after SDMX `CL_CONF_STATUS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ConfStatus {
    /// Free to publish.
    F,
    /// Not for publication: the internal edition only.
    N,
    /// Confidential: hidden in this edition, whether for itself or to protect another figure.
    C,
}

impl ConfStatus {
    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            ConfStatus::F => "F",
            ConfStatus::N => "N",
            ConfStatus::C => "C",
        }
    }
}

/// Which of the two sites is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// Bản nội bộ: full counts, never persons.
    Internal,
    /// Bản công khai: disclosure-controlled.
    Public,
}

impl Edition {
    /// The code in data files: `internal` or `public`.
    pub fn code(self) -> &'static str {
        match self {
            Edition::Internal => "internal",
            Edition::Public => "public",
        }
    }
}

/// How grave a finding is. It belongs to the rule and decides what happens to the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Lỗi: the value is left out of every figure and counted as rejected.
    Error,
    /// Cảnh báo: the value is used and the commune is asked.
    Warning,
    /// Thông tin: nothing is asked.
    Info,
}

impl Severity {
    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }

    /// The word a clerk reads.
    pub fn title(self) -> &'static str {
        match self {
            Severity::Error => "Lỗi",
            Severity::Warning => "Cảnh báo",
            Severity::Info => "Thông tin",
        }
    }
}
