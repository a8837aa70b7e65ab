//! Files that are none: cut off, damaged, of another kind, or made to harm.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use crate::demo::spoil::pack::{Parts, zipped};

/// The first so many per cent of a file.
pub fn cut(mut bytes: Vec<u8>, percent: i64) -> Vec<u8> {
    bytes.truncate(bytes.len() * percent.clamp(0, 100) as usize / 100);
    bytes
}

/// A page that a web portal hands out as “.xls”.
pub fn web_page() -> Vec<u8> {
    "<html><head><meta charset=\"utf-8\"></head><body><table><tr><td>Mã đơn vị</td><td>99001</td></tr></table></body></html>"
        .into()
}

/// Text that someone renamed to “.xlsx”.
pub fn plain_text() -> Vec<u8> {
    "Mã đơn vị;99001\nthn.tiep_nhan;5\n".into()
}

/// What is left when a program takes the file for UTF-8 text: most bytes have become U+FFFD.
pub fn mangled(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).into_owned().into_bytes()
}

/// A package whose first sheet is UTF-16, which some readers take for empty.
pub fn utf16_part(mut parts: Parts) -> Vec<u8> {
    if let Some(part) = parts.get_mut("xl/worksheets/sheet2.xml") {
        let text = String::from_utf8_lossy(part).replace("UTF-8", "UTF-16");
        *part = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    }
    zipped(&parts)
}

/// A package with a document type, which no spreadsheet has.
pub fn doctype(mut parts: Parts) -> Vec<u8> {
    if let Some(part) = parts.get_mut("xl/worksheets/sheet2.xml") {
        let text = String::from_utf8_lossy(part);
        let text = text.replacen("<worksheet", "<!DOCTYPE worksheet [<!ENTITY so \"5\">]>\n<worksheet", 1);
        *part = text.into_bytes();
    }
    zipped(&parts)
}

/// A package that holds a sheet twice, with different numbers: readers do not agree which one counts.
pub fn part_twice(mut parts: Parts) -> Vec<u8> {
    let (name, stand_in) = ("xl/worksheets/sheet2.xml", "xl/worksheets/sheetX.xml");
    let again = parts.get(name).cloned().unwrap_or_default();
    parts.insert(stand_in.into(), again);
    replaced(zipped(&parts), stand_in.as_bytes(), name.as_bytes())
}

/// A package without a workbook.
pub fn without_workbook(mut parts: Parts) -> Vec<u8> {
    parts.remove("xl/workbook.xml");
    zipped(&parts)
}

/// A package that unpacks to many times its size.
pub fn bomb(mut parts: Parts) -> Vec<u8> {
    parts.insert("xl/media/image1.xml".into(), vec![b' '; 8 << 20]);
    zipped(&parts)
}

/// A text document under the name of a workbook.
pub fn document() -> Vec<u8> {
    let parts = [("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<document>Báo cáo bằng lời</document>")];
    zipped(&parts.into_iter().map(|(name, text)| (name.to_owned(), text.into())).collect())
}

/// A zip archive of something else.
pub fn archive(name: &str, content: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default()).expect("a zip in memory takes every part");
    zip.write_all(content).expect("a zip in memory takes every byte");
    zip.finish().expect("a zip in memory is finished").into_inner()
}

fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
    }
    bytes
}

/// The wrapper in which Office keeps a file with a password ([MS-OFFCRYPTO], [MS-CFB] version 3): three
/// entries in a directory, the content unreadable.
pub fn encrypted(bytes: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    // Streams below 4,096 bytes would need a second table; nobody reads what is in them.
    let scrambled = |seed: u8| -> Vec<u8> {
        let cycled = bytes.iter().cycle().take(4096);
        cycled.zip(0u32..).map(|(byte, at)| byte ^ seed.wrapping_mul((at % 251) as u8).wrapping_add(91)).collect()
    };
    let streams = [("EncryptionInfo", scrambled(37)), ("EncryptedPackage", scrambled(73))];
    let sectors = 4096 / SECTOR as u32;
    let mut file = vec![0u8; SECTOR];
    file[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    let mut put = |at: usize, value: &[u8]| file[at..at + value.len()].copy_from_slice(value);
    put(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    put(44, &1u32.to_le_bytes()); // one sector of the allocation table
    put(48, &1u32.to_le_bytes()); // the directory stands in sector 1
    put(56, &4096u32.to_le_bytes());
    put(60, &END.to_le_bytes());
    put(68, &END.to_le_bytes());
    put(76, &0u32.to_le_bytes()); // the allocation table stands in sector 0
    for at in 1..109 {
        put(76 + 4 * at, &FREE.to_le_bytes());
    }
    let mut table = vec![0xFFFF_FFFDu32, END];
    for _ in &streams {
        let first = table.len() as u32;
        table.extend((first + 1..first + sectors).chain([END]));
    }
    table.resize(SECTOR / 4, FREE);
    file.extend(table.iter().flat_map(|entry| entry.to_le_bytes()));
    let mut entry = |name: &str, kind: u8, (left, right, child): (u32, u32, u32), start: u32, size: u32| {
        let mut entry = [0u8; 128];
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        entry[..name.len()].copy_from_slice(&name);
        entry[64] = name.len() as u8;
        (entry[66], entry[67]) = (kind, 1);
        for (at, value) in [(68, left), (72, right), (76, child), (116, start), (120, size)] {
            entry[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        file.extend(entry);
    };
    entry("Root Entry", 5, (FREE, FREE, 1), END, 0);
    entry(streams[0].0, 2, (FREE, 2, FREE), 2, 4096);
    entry(streams[1].0, 2, (FREE, FREE, FREE), 2 + sectors, 4096);
    file.extend([0u8; 128]);
    for (_, stream) in streams {
        file.extend(stream);
    }
    file
}
