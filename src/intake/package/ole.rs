//! OLE files ([MS-CFB]): their directory and streams, with every chain of blocks walked under a bound.
//!
//! The workbook reader follows the same chains without looking whether they end,
//! come back on themselves, or leave the file. What passes here it can follow.

/// How every OLE file begins.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// The first number that is no block.
const RESERVED: u32 = 0xFFFF_FFFA;
/// From here on an entry of the block list names no block of the table.
const NO_TABLE: u32 = 0xFFFF_FFFC;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;

/// Streams shorter than this lie in the small blocks.
const SMALL: usize = 4096;
const SMALL_BLOCK: usize = 64;

/// What is wrong with an OLE file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Damage {
    /// The file ends before a stream does.
    Cut,
    /// A chain comes back on itself, leaves the file, or is of no known kind.
    Broken,
}

/// An OLE file, its directory and the tables of its blocks.
pub(in crate::intake) struct Ole<'b> {
    bytes: &'b [u8],
    block: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    small_blocks: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    len: usize,
}

impl<'b> Ole<'b> {
    /// Reads the tables and the directory.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Damage> {
        let header = bytes.get(..512).ok_or(Damage::Cut)?;
        let block = match header[30] {
            9 => 512,
            12 => 4096,
            _ => return Err(Damage::Broken),
        };
        let (empty, none) = (Vec::new(), Vec::new());
        let mut ole =
            Self { bytes, block, table: empty, small_table: none, small_blocks: Vec::new(), entries: Vec::new() };
        for at in ole.table_blocks(header)? {
            let numbers = ole.block(at)?;
            if numbers.len() < block {
                return Err(Damage::Cut);
            }
            ole.table.extend(numbers_of(numbers));
        }
        ole.entries = ole.chain(number(header, 48), None)?.chunks_exact(128).map(|raw| entry(raw, block)).collect();
        let root = ole.entries.first().ok_or(Damage::Broken)?;
        if number(header, 64) > 0 {
            ole.small_blocks = ole.chain(root.start, Some(root.len))?;
            ole.small_table = numbers_of(&ole.chain(number(header, 60), None)?).collect();
        }
        Ok(ole)
    }

    /// The blocks that hold the table: 109 in the header, the others in a chain of their own.
    fn table_blocks(&self, header: &[u8]) -> Result<Vec<u32>, Damage> {
        let mut listed: Vec<u32> = numbers_of(&header[76..]).collect();
        let mut next = number(header, 68);
        let mut walked = 0;
        while next < RESERVED {
            let numbers = self.block(next)?;
            if walked > self.blocks() || numbers.len() < self.block {
                return Err(Damage::Broken);
            }
            walked += 1;
            listed.extend(numbers_of(numbers));
            next = listed.pop().expect("a block holds 128 numbers or more");
        }
        listed.retain(|at| *at < NO_TABLE);
        // A table names each block of the file once, so it cannot take more blocks than there are.
        if listed.len() > self.blocks() { Err(Damage::Broken) } else { Ok(listed) }
    }

    /// How many blocks there are, a last one that is not full included.
    fn blocks(&self) -> usize {
        self.bytes.len().div_ceil(self.block)
    }

    /// A block; the last of a file may be short.
    fn block(&self, at: u32) -> Result<&'b [u8], Damage> {
        // The header takes the place of the first block.
        let start = (at as usize + 1) * self.block;
        let end = (start + self.block).min(self.bytes.len());
        self.bytes.get(start..end).filter(|block| !block.is_empty()).ok_or(Damage::Cut)
    }

    /// The bytes of a chain of blocks, up to a length.
    fn chain(&self, start: u32, len: Option<usize>) -> Result<Vec<u8>, Damage> {
        let wanted = len.unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let mut at = start;
        let mut walked = vec![false; self.blocks()];
        while at != END_OF_CHAIN && bytes.len() < wanted {
            bytes.extend_from_slice(self.block(at)?);
            if std::mem::replace(&mut walked[at as usize], true) {
                return Err(Damage::Broken);
            }
            at = *self.table.get(at as usize).ok_or(Damage::Broken)?;
        }
        bytes.truncate(wanted);
        Ok(bytes)
    }

    /// The bytes of a chain of small blocks, up to a length.
    fn small_chain(&self, start: u32, len: usize) -> Result<Vec<u8>, Damage> {
        let mut bytes = Vec::new();
        let mut at = start;
        let mut walked = vec![false; self.small_table.len()];
        while bytes.len() < len {
            let from = at as usize * SMALL_BLOCK;
            bytes.extend_from_slice(self.small_blocks.get(from..from + SMALL_BLOCK).ok_or(Damage::Broken)?);
            if walked.get_mut(at as usize).is_none_or(|walked| std::mem::replace(walked, true)) {
                return Err(Damage::Broken);
            }
            at = *self.small_table.get(at as usize).ok_or(Damage::Broken)?;
        }
        bytes.truncate(len);
        Ok(bytes)
    }

    /// Whether the directory names a stream.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The whole of a stream: one that is shorter than the directory says was cut off.
    pub fn stream(&self, name: &str) -> Result<Vec<u8>, Damage> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)).ok_or(Damage::Broken)?;
        if entry.len > self.bytes.len() {
            return Err(Damage::Cut);
        }
        let bytes = match entry.len {
            len if len < SMALL => self.small_chain(entry.start, len)?,
            len => self.chain(entry.start, Some(len))?,
        };
        if bytes.len() < entry.len { Err(Damage::Cut) } else { Ok(bytes) }
    }
}

fn entry(raw: &[u8], block: usize) -> Entry {
    let units: Vec<u16> = raw[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let end = units.iter().position(|unit| *unit == 0).unwrap_or(units.len());
    // Files of 512-byte blocks may leave anything in the upper half of a length.
    let upper = if block == 512 { 0 } else { number(raw, 124) };
    let len = u64::from(upper) << 32 | u64::from(number(raw, 120));
    Entry {
        name: String::from_utf16_lossy(&units[..end]),
        start: number(raw, 116),
        len: usize::try_from(len).unwrap_or(usize::MAX),
    }
}

/// The little-endian number at an offset.
fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn numbers_of(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|number| u32::from_le_bytes([number[0], number[1], number[2], number[3]]))
}
