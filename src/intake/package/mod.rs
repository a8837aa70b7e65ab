//! What a file really is, and whether its package may be opened: a look before the workbook reader.
//!
//! Content decides, not the extension. Of a zip package only what was looked
//! through goes on to the reader (`zip`, `xml`, `ods`); of an OLE file every chain and
//! record is walked first (`ole`, `biff`), since the reader trusts them; `sniff` names
//! what is neither. No cell is read here.

mod biff;
mod ods;
pub(super) mod ole;
mod sniff;
mod xml;
mod zip;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::definitions::Limits;
use crate::findings::Rule;

/// Formats of workbook that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// .xlsx and .xlsm.
    Xlsx,
    /// .xlsb.
    Xlsb,
    /// .xls, with its text in UTF-16 (Excel 97 and later) or in a code page (older).
    Xls {
        /// Excel 97 and later.
        biff8: bool,
    },
    /// .ods.
    Ods,
}

/// A workbook that may be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package<'b> {
    /// What it is.
    pub format: Format,
    /// Its bytes; of a zip package the parts that were looked through, packed anew and not compressed.
    pub bytes: Cow<'b, [u8]>,
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The kind of reason.
    pub kind: RefusalKind,
    /// What was found: one Vietnamese sentence without a full stop.
    pub reason: String,
}

/// Kinds of refusal, each with its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefusalKind {
    /// Damaged, cut off, or too much for the reader.
    Unreadable,
    /// Protected by a password.
    Encrypted,
    /// Something else than a workbook.
    NotAWorkbook,
    /// Beyond a limit.
    TooLarge,
}

impl Refusal {
    /// A refusal of this kind.
    pub fn new(kind: RefusalKind, reason: impl Into<String>) -> Self {
        Self { kind, reason: reason.into() }
    }

    /// Damaged, cut off, or too much for the reader.
    fn unreadable(reason: impl Into<String>) -> Self {
        Self::new(RefusalKind::Unreadable, reason)
    }

    /// Beyond a limit.
    fn too_large(reason: impl Into<String>) -> Self {
        Self::new(RefusalKind::TooLarge, reason)
    }

    /// Protected by a password.
    fn encrypted() -> Self {
        Self::new(RefusalKind::Encrypted, "Tệp đặt mật khẩu mở tệp")
    }

    /// Something else than a workbook: `what` it is.
    fn not_a_workbook(what: &str) -> Self {
        Self::new(RefusalKind::NotAWorkbook, format!("Tệp là {what}, không phải sổ tính"))
    }

    /// The rule it falls under.
    pub fn rule(&self) -> Rule {
        match self.kind {
            RefusalKind::Unreadable => Rule::FileUnreadable,
            RefusalKind::Encrypted => Rule::FileEncrypted,
            RefusalKind::NotAWorkbook => Rule::NotAWorkbook,
            RefusalKind::TooLarge => Rule::FileTooLarge,
        }
    }

    /// What the sender should do: one Vietnamese sentence without a full stop.
    pub fn advice(&self) -> &'static str {
        match self.kind {
            RefusalKind::Unreadable => {
                "Mở tệp trên máy đã lập báo cáo, lưu lại dạng “Excel Workbook (*.xlsx)” rồi gửi lại"
            }
            RefusalKind::Encrypted => "Bỏ mật khẩu mở tệp rồi gửi lại",
            RefusalKind::NotAWorkbook => "Điền số liệu vào biểu mẫu Excel và gửi tệp .xlsx",
            RefusalKind::TooLarge => {
                "Chép số liệu sang biểu mẫu trống, không dán ảnh, xóa hàng và cột thừa, rồi gửi lại"
            }
        }
    }
}

/// Finds out what the bytes are and looks through them.
///
/// # Errors
/// When they are no workbook, or one that must not be opened.
pub fn inspect<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Package<'b>, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::unreadable("Tệp rỗng (0 byte)"));
    }
    if bytes.len() as u64 > limits.file_bytes {
        return Err(too_large_file(bytes.len() as u64, limits));
    }
    if sniff::is_mangled(bytes) {
        return Err(Refusal::unreadable("Tệp bị phần mềm trung gian chuyển mã thành văn bản nên hỏng hoàn toàn"));
    }
    if bytes.starts_with(b"PK") {
        zip::inspect(bytes, limits)
    } else if bytes.starts_with(&ole::SIGNATURE) {
        inspect_ole(bytes, limits)
    } else {
        Err(sniff::what_else(bytes))
    }
}

/// The refusal of a file of so many bytes, which need not be read to know.
pub fn too_large_file(bytes: u64, limits: &Limits) -> Refusal {
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
    Refusal::too_large(format!("Tệp lớn {} MB, tối đa {} MB", megabytes(bytes), megabytes(limits.file_bytes)))
}

/// An OLE file is whatever its directory names: a workbook, a wrapper around an encrypted one, another document.
fn inspect_ole<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Package<'b>, Refusal> {
    let ole = ole::Ole::open(bytes).map_err(damaged_ole)?;
    if ole.has("EncryptedPackage") {
        return Err(Refusal::encrypted());
    }
    for name in ["Workbook", "Book"] {
        if ole.has(name) {
            let stream = ole.stream(name).map_err(damaged_ole)?;
            let biff8 = biff::inspect(&stream, limits)?;
            return Ok(Package { format: Format::Xls { biff8 }, bytes: Cow::Borrowed(bytes) });
        }
    }
    let others = [
        ("WordDocument", "văn bản Word"),
        ("PowerPoint Document", "bản trình chiếu PowerPoint"),
        ("VisioDocument", "bản vẽ Visio"),
        ("__properties_version1.0", "thư Outlook"),
    ];
    match others.iter().find(|(stream, _)| ole.has(stream)) {
        Some((_, what)) => Err(Refusal::not_a_workbook(what)),
        None => Err(Refusal::unreadable("Tệp dạng Office 97–2003 nhưng không thấy sổ tính bên trong")),
    }
}

fn damaged_ole(damage: ole::Damage) -> Refusal {
    Refusal::unreadable(match damage {
        ole::Damage::Cut => "Tệp bị cắt cụt: thiếu phần cuối của sổ tính",
        ole::Damage::Broken => "Tệp hỏng: các khối bên trong nối sai với nhau",
    })
}

#[cfg(test)]
mod tests;
