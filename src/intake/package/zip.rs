//! Zip packages: .xlsx, .xlsm, .xlsb, .ods, and what looks like them.
//!
//! The directory is judged first, then each part that the reader will want is
//! inflated once, with a bound and against its check sum, looked at, and packed anew
//! without compression. The reader sees nothing else: no duplicate, no second
//! directory, no picture, no byte that was not counted.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{Format, Package, Refusal, RefusalKind, ods, xml};
use crate::definitions::Limits;
use crate::vocabulary::text::excerpt;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Looks through a zip package.
pub(super) fn inspect(bytes: &[u8], limits: &Limits) -> Result<Package<'static>, Refusal> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Err(Refusal::unreadable("Tệp bị cắt cụt hoặc hỏng: không đọc được mục lục bên trong"));
    };
    if archive.len() > limits.entries {
        let reason = format!("Tệp có {} thành phần bên trong, tối đa {}", archive.len(), limits.entries);
        return Err(Refusal::too_large(reason));
    }
    let names = names(&archive)?;
    judge_sizes(&archive, limits)?;
    let format = format(&names, &mut archive)?;
    let bytes = repack(&mut archive, format, &names, limits)?;
    Ok(Package { format, bytes: Cow::Owned(bytes) })
}

/// The name of every part as the reader looks for it. Two that it takes for one, by case or by
/// the slant of a slash, would be read as whichever comes last.
fn names(archive: &Archive) -> Result<Vec<String>, Refusal> {
    let twice = || Refusal::unreadable("Tệp hỏng: có hai thành phần bên trong trùng tên");
    if archive.has_duplicate_names() {
        return Err(twice());
    }
    let mut seen = BTreeSet::new();
    let mut names = Vec::with_capacity(archive.len());
    for raw in archive.file_names_raw() {
        let name = String::from_utf8_lossy(raw).replace('\\', "/");
        let name = name.trim_start_matches('/').to_owned();
        if name.split('/').any(|folder| folder == "..") {
            return Err(Refusal::unreadable("Tệp hỏng: tên một thành phần bên trong trỏ ra ngoài tệp"));
        }
        if !seen.insert(name.to_ascii_lowercase()) {
            return Err(twice());
        }
        names.push(name);
    }
    Ok(names)
}

/// Encryption and declared sizes of all parts, without inflating anything.
fn judge_sizes(archive: &Archive, limits: &Limits) -> Result<(), Refusal> {
    let mut total = 0u64;
    for at in 0..archive.len() {
        let Ok(entry) = archive.by_index_data(at) else { continue };
        if entry.encrypted() {
            return Err(Refusal::new(RefusalKind::Encrypted, "Tệp nén có mật khẩu"));
        }
        total = total.saturating_add(entry.size());
        if entry.size() > 1 << 20 && entry.size() / entry.compressed_size().max(1) > limits.ratio {
            return Err(Refusal::too_large(format!(
                "Một thành phần của tệp bung ra gấp hơn {} lần, không phải báo cáo bình thường",
                limits.ratio
            )));
        }
    }
    if total > limits.inflated_bytes { Err(inflates_too_far(limits)) } else { Ok(()) }
}

fn inflates_too_far(limits: &Limits) -> Refusal {
    Refusal::too_large(format!("Nội dung bung ra từ tệp lớn hơn {} MB", limits.inflated_bytes >> 20))
}

/// What the package is, by the names of its parts.
fn format(names: &[String], archive: &mut Archive) -> Result<Format, Refusal> {
    let has = |wanted: &str| names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
    let below = |folder: &str| names.iter().any(|name| name.to_ascii_lowercase().starts_with(folder));
    if below("word/") {
        Err(Refusal::not_a_workbook("văn bản Word"))
    } else if below("ppt/") {
        Err(Refusal::not_a_workbook("bản trình chiếu PowerPoint"))
    } else if has("xl/workbook.bin").is_some() {
        Ok(Format::Xlsb)
    } else if has("[Content_Types].xml").is_some() {
        Ok(Format::Xlsx)
    } else if let Some(mimetype) = has("mimetype") {
        let mut kind = Vec::new();
        if let Ok(part) = archive.by_index(mimetype) {
            // A type that cannot be read is no spreadsheet either; the comparison says so.
            let _ = part.take(200).read_to_end(&mut kind);
        }
        match kind.trim_ascii() == b"application/vnd.oasis.opendocument.spreadsheet" {
            true if has("META-INF/manifest.xml").is_some_and(|at| tells_of_encryption(archive, at)) => {
                Err(Refusal::encrypted())
            }
            true => Ok(Format::Ods),
            false => Err(Refusal::not_a_workbook("văn bản OpenDocument")),
        }
    } else if below("index/document.iwa") {
        Err(Refusal::new(RefusalKind::NotAWorkbook, "Tệp là bảng tính Apple Numbers, chương trình không đọc dạng này"))
    } else {
        let lower = names.iter().map(|name| name.to_ascii_lowercase());
        let workbooks = lower.filter(|name| [".xlsx", ".xls", ".ods"].iter().any(|end| name.ends_with(end))).count();
        Err(match workbooks {
            0 => Refusal::not_a_workbook("tệp nén ZIP"),
            _ => Refusal::new(
                RefusalKind::NotAWorkbook,
                format!("Tệp là tệp nén ZIP chứa {workbooks} sổ tính; phải giải nén và gửi từng sổ tính"),
            ),
        })
    }
}

/// OpenDocument packages encrypt part by part and say so in their manifest.
fn tells_of_encryption(archive: &mut Archive, manifest: usize) -> bool {
    let mut text = Vec::new();
    let read = archive.by_index(manifest).is_ok_and(|part| part.take(1 << 20).read_to_end(&mut text).is_ok());
    read && text.windows(16).any(|window| window == b":encryption-data")
}

/// Folders and parts of an office package that hold no cell: pictures, drawings, caches, printer settings.
const PASSED_OVER: [&str; 16] = [
    "activex/",
    "calcchain.",
    "charts/",
    "ctrlprops/",
    "customxml/",
    "docprops/",
    "drawings/",
    "embeddings/",
    "externallinks/",
    "media/",
    "persons/",
    "pivotcache/",
    "pivottables/",
    "printersettings",
    "querytables/",
    "vbaproject",
];

/// Whether the reader may want a part.
fn is_wanted(name: &str, format: Format) -> bool {
    let name = name.to_ascii_lowercase();
    match format {
        Format::Ods => ["mimetype", "content.xml", "meta-inf/manifest.xml"].contains(&name.as_str()),
        _ => {
            [".xml", ".rels", ".bin"].iter().any(|end| name.ends_with(end))
                && !PASSED_OVER.iter().any(|part| name.contains(part))
        }
    }
}

/// Inflates, checks and packs anew what the reader may want.
fn repack(archive: &mut Archive, format: Format, names: &[String], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut left = limits.inflated_bytes;
    let mut part = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| is_wanted(name, format)) {
        part.clear();
        let inflated = match archive.by_index(at) {
            Ok(inflating) => {
                // A process out of memory ends here; reading would take it for a damaged part.
                part.reserve(inflating.size().min(left) as usize);
                // One byte more than is left tells too much from just enough.
                inflating.take(left.saturating_add(1)).read_to_end(&mut part).is_ok()
            }
            Err(_) => false,
        };
        left = left.checked_sub(part.len() as u64).ok_or_else(|| inflates_too_far(limits))?;
        if !inflated && name.to_ascii_lowercase().contains("worksheets/") {
            // The reader closes the one sheet whose part is not there, and the others count.
            continue;
        }
        if !inflated {
            return Err(part_is(name, "bị hỏng: nội dung không khớp mã kiểm tra"));
        }
        look_at(&part, name, format, limits)?;
        let written = writer.start_file(name.as_str(), stored).and_then(|()| Ok(writer.write_all(&part)?));
        written.expect("names differ, and a vector takes what is written to it");
    }
    Ok(writer.finish().expect("a vector takes what is written to it").into_inner())
}

/// What the reader would misread in silence, or reserve too much memory for.
fn look_at(part: &[u8], name: &str, format: Format, limits: &Limits) -> Result<(), Refusal> {
    let name = name.to_ascii_lowercase();
    if !name.ends_with(".xml") && !name.ends_with(".rels") {
        return Ok(());
    }
    let root = xml::root(part).map_err(|why| part_is(&name, why))?;
    // Each string takes at least `<si/>`; the reader reserves what is declared here.
    let strings = xml::root_number(root, "uniqueCount").filter(|_| name.ends_with("sharedstrings.xml"));
    if strings.is_some_and(|count| count > part.len() as u64 / 5) {
        return Err(Refusal::unreadable("Tệp hỏng: bảng chữ khai nhiều chữ hơn nó chứa"));
    }
    if format == Format::Ods && name == "content.xml" { ods::inspect(root, limits) } else { Ok(()) }
}

fn part_is(name: &str, what: &str) -> Refusal {
    Refusal::unreadable(format!("Thành phần “{}” bên trong tệp {what}", excerpt(name, 40)))
}
