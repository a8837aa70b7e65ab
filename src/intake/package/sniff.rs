//! What a file is that is neither a zip package nor an OLE file, told from its first bytes.

use super::{Refusal, RefusalKind};

/// What begins so is this.
const SIGNATURES: [(&[u8], &str); 13] = [
    (b"%PDF", "văn bản PDF"),
    (b"\x89PNG", "ảnh"),
    (b"\xFF\xD8\xFF", "ảnh"),
    (b"GIF8", "ảnh"),
    (b"BM", "ảnh"),
    (b"II*\0", "ảnh"),
    (b"MM\0*", "ảnh"),
    (b"RIFF", "ảnh hoặc tệp âm thanh"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xBC\xAF", "tệp nén 7z"),
    (b"\x1F\x8B", "tệp nén"),
    (b"{\\rtf", "văn bản RTF"),
    (b"MZ", "chương trình máy tính"),
];

/// Whether a program took the bytes for text: it replaces every byte it does not understand by
/// these three, in a package (`PK`) as in an OLE file.
pub(super) fn is_mangled(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let replaced = head.windows(3).filter(|window| *window == [0xEF, 0xBF, 0xBD]).count();
    let was_binary = head.starts_with(b"PK") || head.starts_with("\u{FFFD}\u{FFFD}\u{11}".as_bytes());
    was_binary && (replaced > 16 || !head.starts_with(b"PK"))
}

/// Names what is neither a zip package nor an OLE file.
pub(super) fn what_else(bytes: &[u8]) -> Refusal {
    let head = &bytes[..bytes.len().min(4096)];
    let text = text_of(head).to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // Two letters begin words too: only what is no text is a picture or a program by two letters.
    let is_text = !head.contains(&0);
    let signature = SIGNATURES.iter().find(|(bytes, _)| head.starts_with(bytes) && (bytes.len() > 2 || !is_text));
    if let Some((_, what)) = signature {
        Refusal::not_a_workbook(what)
    } else if head.get(4..8) == Some(b"ftyp") {
        Refusal::not_a_workbook("ảnh hoặc đoạn phim của điện thoại")
    } else if is_lock_file(bytes) {
        Refusal::not_a_workbook("tệp khóa tạm (~$…) mà Excel tạo ra khi đang mở báo cáo")
    } else if says(&["urn:schemas-microsoft-com:office:spreadsheet"]) {
        unread("Tệp là bảng tính XML 2003, chương trình không đọc dạng này")
    } else if says(&["urn:oasis:names:tc:opendocument"]) {
        unread("Tệp là bảng tính OpenDocument dạng XML (.fods), chương trình không đọc dạng này")
    } else if text.starts_with("mime-version:") {
        Refusal::not_a_workbook("trang web lưu thành một tệp (.mht)")
    } else if says(&["<html", "<!doctype html", "<table"]) {
        Refusal::not_a_workbook("trang web (HTML) được đổi tên")
    } else if matches!(head, [0x09, 0x00 | 0x02 | 0x04 | 0x08, ..]) && !is_text {
        unread("Tệp là sổ tính Excel đời rất cũ (trước Excel 97)")
    } else if bytes.iter().all(|byte| *byte == 0) {
        Refusal::unreadable("Tệp chỉ toàn byte 0, chép hỏng từ USB hoặc ổ mạng")
    } else if is_text || head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        Refusal::not_a_workbook("văn bản thuần hoặc CSV")
    } else {
        unread("Không nhận ra nội dung tệp là sổ tính")
    }
}

fn unread(reason: &str) -> Refusal {
    Refusal::new(RefusalKind::NotAWorkbook, reason)
}

/// The text of a head in UTF-8 or UTF-16, which web pages saved as .xls are often in.
fn text_of(head: &[u8]) -> String {
    let wide = |unit: fn([u8; 2]) -> u16| -> String {
        let units: Vec<u16> = head[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match head {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(head).into_owned(),
    };
    text.trim_start_matches('\u{feff}').trim_start().to_owned()
}

/// The owner file that Excel leaves beside an open workbook: the length of a name, the name in 54 bytes, and again.
fn is_lock_file(bytes: &[u8]) -> bool {
    let Some(&length) = bytes.first() else { return false };
    let length = usize::from(length);
    matches!(bytes.len(), 150..=180)
        && (1..=54).contains(&length)
        && bytes[1 + length..55].iter().all(|byte| matches!(byte, b' ' | 0))
}
