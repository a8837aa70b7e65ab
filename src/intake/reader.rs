//! One file: its bytes, their hash, and the workbook in them or the reason there is none.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::definitions::Limits;
use crate::intake::package::{self, Refusal, RefusalKind};
use crate::intake::personal_data;
use crate::intake::workbook::{self, Workbook};

/// How files are read. The result does not depend on it, but for files at a limit.
#[derive(Clone, Debug)]
pub struct ReaderOptions {
    /// The program that reads when started with `read-worker`; without one, files are read in this process.
    pub program: Option<PathBuf>,
    /// How many files are read at a time.
    pub workers: usize,
    /// The file that keeps what was read for the next time; without one, every file is read every time.
    pub cache: Option<PathBuf>,
}

impl ReaderOptions {
    /// Reads with this program in as many processes as the machine has cores.
    pub fn with_program(program: PathBuf) -> Self {
        Self { program: Some(program), ..Self::here() }
    }

    /// Reads in this process: a file that exhausts memory takes the program along.
    pub fn here() -> Self {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        Self { program: None, workers, cache: None }
    }
}

/// What came out of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileRead {
    /// SHA-256 of its bytes, in hexadecimal; empty when the disk did not give them.
    pub sha256: String,
    /// Its workbook, or why there is none.
    pub content: Result<Workbook, Refusal>,
}

/// The bytes of a file with their hash. A file beyond the size limit is hashed and refused.
pub(super) fn bytes(path: &Path, limits: &Limits) -> Result<(Vec<u8>, String), FileRead> {
    let failed = |error: io::Error| {
        let reason = match error.kind() {
            io::ErrorKind::PermissionDenied => "Không có quyền đọc tệp, hoặc tệp đang mở ở chương trình khác",
            _ => "Máy không đọc được tệp từ đĩa (tệp đang bị khóa hoặc ổ đĩa lỗi)",
        };
        FileRead { sha256: String::new(), content: Err(Refusal::new(RefusalKind::Unreadable, reason)) }
    };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > limits.file_bytes {
        let sha256 = File::open(path).and_then(hash).map_err(failed)?;
        return Err(FileRead { sha256, content: Err(package::too_large_file(size, limits)) });
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    let sha256 = hex(&Sha256::digest(&bytes));
    Ok((bytes, sha256))
}

/// The workbook in some bytes, its lists of persons closed.
///
/// # Errors
/// When there is no workbook in them, or none that may be read.
pub fn workbook(bytes: &[u8], limits: &Limits) -> Result<Workbook, Refusal> {
    let package = package::inspect(bytes, limits)?;
    let mut workbook = workbook::read(&package.bytes, package.format, limits)?;
    personal_data::close_lists(&mut workbook);
    Ok(workbook)
}

/// The hash of a file too large to hold.
fn hash(mut file: File) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hex(&hasher.finalize())),
            read => hasher.update(&block[..read]),
        }
    }
}

fn hex(digest: &[u8]) -> String {
    let mut text = String::with_capacity(digest.len() * 2);
    for byte in digest {
        write!(text, "{byte:02x}").expect("a string takes whatever is written to it");
    }
    text
}
