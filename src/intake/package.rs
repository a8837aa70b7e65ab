//! What a file really is, and whether its package may be opened: a look before the workbook reader.
//!
//! Content decides, not the extension. A zip package is judged by its
//! directory, with the sizes its parts inflate to, and by how its XML parts begin;
//! an OLE file by the names of its streams. No cell is read here.

use std::io::{Cursor, Read};

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use crate::findings::Rule;
use crate::intake::limits::Limits;

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

/// Finds out what the bytes are.
///
/// # Errors
/// When they are no workbook, or one that must not be opened.
pub fn inspect(bytes: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(RefusalKind::Unreadable, "Tệp rỗng (0 byte)"));
    }
    if bytes.len() as u64 > limits.file_bytes {
        return Err(too_large_file(bytes.len() as u64, limits));
    }
    if bytes.starts_with(b"PK") {
        return inspect_zip(bytes, limits);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return inspect_ole(bytes);
    }
    Err(what_else(bytes))
}

/// The refusal of a file of so many bytes, which need not be read to know.
pub fn too_large_file(bytes: u64, limits: &Limits) -> Refusal {
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
    Refusal::new(
        RefusalKind::TooLarge,
        format!("Tệp lớn {} MB, tối đa {} MB", megabytes(bytes), megabytes(limits.file_bytes)),
    )
}

fn inspect_ole(bytes: &[u8]) -> Result<Format, Refusal> {
    let names = |name: &str| {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wanted.len()).step_by(2).any(|window| window == wanted)
    };
    if names("EncryptedPackage") {
        Err(Refusal::new(RefusalKind::Encrypted, "Tệp đặt mật khẩu mở tệp"))
    } else if names("Workbook") {
        Ok(Format::Xls { biff8: true })
    } else if names("WordDocument") {
        Err(Refusal::new(RefusalKind::NotAWorkbook, "Tệp là văn bản Word, không phải sổ tính"))
    } else if names("PowerPoint Document") {
        Err(Refusal::new(RefusalKind::NotAWorkbook, "Tệp là bản trình chiếu PowerPoint, không phải sổ tính"))
    } else if names("Book") {
        Ok(Format::Xls { biff8: false })
    } else {
        Err(Refusal::new(RefusalKind::Unreadable, "Tệp dạng Office 97–2003 nhưng không thấy sổ tính bên trong"))
    }
}

fn inspect_zip(bytes: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    // A program that takes a zip for text replaces every byte it does not understand by these three.
    if bytes.len() > 64 && bytes.windows(3).take(4096).filter(|w| *w == [0xEF, 0xBF, 0xBD]).count() > 16 {
        let reason = "Tệp bị phần mềm trung gian chuyển mã thành văn bản nên hỏng hoàn toàn";
        return Err(Refusal::new(RefusalKind::Unreadable, reason));
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Err(Refusal::new(
            RefusalKind::Unreadable,
            "Tệp bị cắt cụt hoặc hỏng: không đọc được mục lục bên trong",
        ));
    };
    let entries = archive.len();
    if entries > limits.entries {
        let reason = format!("Tệp có {entries} thành phần bên trong, tối đa {}", limits.entries);
        return Err(Refusal::new(RefusalKind::TooLarge, reason));
    }
    if archive.has_duplicate_names() {
        return Err(Refusal::new(RefusalKind::Unreadable, "Tệp hỏng: có hai thành phần bên trong trùng tên"));
    }
    let format = inspect_directory(&mut archive, limits)?;
    look_at_heads(&mut archive)?;
    Ok(format)
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Names, declared sizes and encryption, without inflating anything. Declared
/// sizes are bounds: the zip crate gives no more of a part than it declares.
fn inspect_directory(archive: &mut Archive, limits: &Limits) -> Result<Format, Refusal> {
    let (mut format, mut office, mut total) = (None, None, 0u64);
    for at in 0..archive.len() {
        let Ok(entry) = archive.by_index_data(at) else { continue };
        if entry.encrypted() {
            return Err(Refusal::new(RefusalKind::Encrypted, "Tệp nén có mật khẩu"));
        }
        total = total.saturating_add(entry.size());
        if entry.size() > 1 << 20 && entry.size() / entry.compressed_size().max(1) > limits.ratio {
            return Err(Refusal::new(
                RefusalKind::TooLarge,
                format!("Một thành phần của tệp bung ra gấp hơn {} lần, không phải báo cáo bình thường", limits.ratio),
            ));
        }
        match entry.name_raw() {
            b"xl/workbook.bin" => format = Some(Format::Xlsb),
            b"[Content_Types].xml" => format = format.or(Some(Format::Xlsx)),
            b"mimetype" => office = Some("tệp OpenDocument"),
            b"content.xml" => format = format.or(Some(Format::Ods)),
            name if name.starts_with(b"word/") => office = Some("văn bản Word"),
            name if name.starts_with(b"ppt/") => office = Some("bản trình chiếu PowerPoint"),
            _ => {}
        }
    }
    if total > limits.inflated_bytes {
        return Err(inflated_too_large(limits));
    }
    match (format, office) {
        (Some(Format::Ods), _) => ods(archive),
        (Some(format), None) => Ok(format),
        (_, Some(what)) => Err(Refusal::new(RefusalKind::NotAWorkbook, format!("Tệp là {what}, không phải sổ tính"))),
        (None, None) => Err(Refusal::new(RefusalKind::NotAWorkbook, "Tệp là tệp nén ZIP, không phải sổ tính")),
    }
}

fn ods(archive: &mut Archive) -> Result<Format, Refusal> {
    let mut kind = String::new();
    if let Ok(part) = archive.by_name("mimetype") {
        // A type that is no text is no spreadsheet either; the comparison below says so.
        let _ = part.take(200).read_to_string(&mut kind);
    }
    if kind.trim() == "application/vnd.oasis.opendocument.spreadsheet" {
        Ok(Format::Ods)
    } else {
        Err(Refusal::new(RefusalKind::NotAWorkbook, "Tệp là văn bản OpenDocument, không phải sổ tính"))
    }
}

fn inflated_too_large(limits: &Limits) -> Refusal {
    let reason = format!("Nội dung bung ra từ tệp lớn hơn {} MB", limits.inflated_bytes >> 20);
    Refusal::new(RefusalKind::TooLarge, reason)
}

/// How XML parts begin: what the reader would misread in silence, or reserve too much memory for.
fn look_at_heads(archive: &mut Archive) -> Result<(), Refusal> {
    let mut head = Vec::with_capacity(1024);
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else { continue };
        let size = part.size();
        let name = part.name_raw();
        if !name.ends_with(b".xml") {
            continue;
        }
        let strings = name.ends_with(b"sharedStrings.xml");
        head.clear();
        // As above: a damaged part is the reader's business.
        let _ = part.take(1024).read_to_end(&mut head);
        if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || head.get(1) == Some(&0) {
            let reason = "Thành phần bên trong tệp dùng bảng mã UTF-16, không đọc đúng được";
            return Err(Refusal::new(RefusalKind::Unreadable, reason));
        }
        if contains(&head, b"<!DOCTYPE") || contains(&head, b"<!ENTITY") {
            let reason = "Thành phần bên trong tệp có khai báo DOCTYPE, sổ tính bình thường không có";
            return Err(Refusal::new(RefusalKind::Unreadable, reason));
        }
        // Each string takes at least `<si/>`; the reader reserves what is declared here.
        if strings && declared_count(&head).is_some_and(|count| count > size / 5) {
            return Err(Refusal::new(RefusalKind::Unreadable, "Tệp hỏng: bảng chữ khai nhiều chữ hơn nó chứa"));
        }
    }
    Ok(())
}

fn contains(text: &[u8], wanted: &[u8]) -> bool {
    text.windows(wanted.len()).any(|window| window == wanted)
}

/// `uniqueCount` of a shared string table.
fn declared_count(head: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(head);
    let (_, rest) = text.split_once("uniqueCount=")?;
    let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    Some(digits.parse().unwrap_or(u64::MAX))
}

/// Names what is neither a zip package nor an OLE file.
fn what_else(bytes: &[u8]) -> Refusal {
    let head = &bytes[..bytes.len().min(4096)];
    let text = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    let not = |what: &str| Refusal::new(RefusalKind::NotAWorkbook, format!("Tệp là {what}, không phải sổ tính"));
    if head.starts_with(b"%PDF") {
        not("văn bản PDF")
    } else if head.starts_with(b"\x89PNG") || head.starts_with(&[0xFF, 0xD8, 0xFF]) || head.starts_with(b"GIF8") {
        not("ảnh")
    } else if head.starts_with(b"Rar!") || head.starts_with(b"7z\xBC\xAF") || head.starts_with(&[0x1F, 0x8B]) {
        not("tệp nén")
    } else if text.starts_with("{\\rtf") {
        not("văn bản RTF")
    } else if text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        Refusal::new(RefusalKind::NotAWorkbook, "Tệp là bảng tính XML 2003, chương trình không đọc dạng này")
    } else if text.contains("<html") || text.contains("<!doctype html") || text.contains("<table") {
        not("trang web (HTML) được đổi tên")
    } else if matches!(head, [0x09, 0x00 | 0x02 | 0x04, ..]) {
        Refusal::new(RefusalKind::NotAWorkbook, "Tệp là sổ tính Excel đời rất cũ (trước Excel 5.0)")
    } else if head.iter().all(|byte| *byte == 0) {
        Refusal::new(RefusalKind::Unreadable, "Tệp chỉ toàn byte 0, chép hỏng từ USB hoặc ổ mạng")
    } else if head.contains(&0) {
        Refusal::new(RefusalKind::NotAWorkbook, "Không nhận ra nội dung tệp là sổ tính")
    } else {
        not("văn bản thuần hoặc CSV")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn refusal(bytes: &[u8]) -> Refusal {
        inspect(bytes, &Limits::default()).unwrap_err()
    }

    #[test]
    fn what_is_no_workbook_is_named() {
        for (bytes, what) in [
            (&b"\xEF\xBB\xBF <html><body><table>"[..], "trang web"),
            (b"%PDF-1.7", "PDF"),
            (b"ma;ten\n1;x\n", "CSV"),
            (b"{\\rtf1", "RTF"),
            (b"\xFF\xD8\xFF\xE0", "ảnh"),
        ] {
            let refusal = refusal(bytes);
            assert_eq!(refusal.kind, RefusalKind::NotAWorkbook);
            assert!(refusal.reason.contains(what), "{}", refusal.reason);
        }
        assert_eq!(refusal(b"").kind, RefusalKind::Unreadable);
        assert_eq!(refusal(&[0; 512]).kind, RefusalKind::Unreadable);
    }

    #[test]
    fn packages_are_told_apart_by_their_parts() {
        let limits = Limits::default();
        let xlsx = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
        assert_eq!(inspect(&xlsx, &limits), Ok(Format::Xlsx));
        let ods = zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x/>")]);
        assert_eq!(inspect(&ods, &limits), Ok(Format::Ods));
        let word = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<x/>")]);
        assert!(refusal(&word).reason.contains("Word"));
        assert!(refusal(&zip_of(&[("a.txt", b"x")])).reason.contains("ZIP"));
        assert_eq!(refusal(&xlsx[..xlsx.len() - 30]).kind, RefusalKind::Unreadable);
    }

    #[test]
    fn an_encrypted_office_file_is_known_by_its_stream() {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.resize(512, 0);
        bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(refusal(&bytes).kind, RefusalKind::Encrypted);
    }

    #[test]
    fn what_inflates_too_far_or_reads_wrongly_is_refused() {
        let bomb = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/x.xml", &vec![b' '; 4 << 20])]);
        assert_eq!(refusal(&bomb).kind, RefusalKind::TooLarge);
        let content: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
        let strings = zip_of(&[content, ("xl/sharedStrings.xml", b"<sst uniqueCount=\"4000000000\"><si/></sst>")]);
        assert!(refusal(&strings).reason.contains("bảng chữ"));
        let wide = zip_of(&[content, ("xl/worksheets/sheet1.xml", b"\xFF\xFE<\0w\0")]);
        assert!(refusal(&wide).reason.contains("UTF-16"));
        let entity = zip_of(&[content, ("xl/workbook.xml", b"<?xml version='1.0'?><!DOCTYPE x []><workbook/>")]);
        assert!(refusal(&entity).reason.contains("DOCTYPE"));
    }

    #[test]
    fn a_part_gives_no_more_than_its_directory_declares() {
        let mut bytes = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/x.xml", &vec![b' '; 2 << 20])]);
        let honest = u32::to_le_bytes(2 << 20);
        while let Some(at) = bytes.windows(4).position(|window| window == honest) {
            bytes[at..at + 4].copy_from_slice(&u32::to_le_bytes(10));
        }
        let mut archive = ZipArchive::new(Cursor::new(&bytes[..])).unwrap();
        let mut produced = Vec::new();
        assert!(archive.by_name("xl/x.xml").unwrap().read_to_end(&mut produced).is_err() || produced.len() <= 10);
        assert!(produced.len() < 1 << 20);
    }
}
