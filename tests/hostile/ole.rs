//! OLE files and the records in them, made by hand.

/// An OLE file with these streams, each long enough for blocks of its own.
pub fn ole_of(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let end = 0xFFFF_FFFEu32;
    // Block 0 is the table, block 1 the directory (three streams at most), the streams follow.
    let (mut table, mut directory, mut blocks) = (vec![0xFFFF_FFFD, end], Vec::new(), Vec::new());
    let mut entry = |name: &str, start: u32, len: usize| {
        let mut raw: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        raw.resize(128, 0);
        raw[116..120].copy_from_slice(&start.to_le_bytes());
        raw[120..124].copy_from_slice(&(len as u32).to_le_bytes());
        directory.extend(raw);
    };
    entry("Root Entry", end, 0);
    for (name, content) in streams {
        let mut content = content.to_vec();
        content.resize(content.len().max(4096).next_multiple_of(512), 0);
        entry(name, table.len() as u32, content.len());
        let first = table.len() as u32 + 1;
        table.extend((first..).take(content.len() / 512 - 1).chain([end]));
        blocks.extend(content);
    }
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(512, 0);
    bytes[30] = 9;
    bytes[32] = 6;
    bytes[44] = 1;
    bytes[48] = 1;
    bytes[68..72].copy_from_slice(&end.to_le_bytes());
    bytes[76..512].fill(0xFF);
    bytes[76..80].fill(0);
    bytes.extend(table.iter().copied().chain(std::iter::repeat(u32::MAX)).take(128).flat_map(u32::to_le_bytes));
    directory.resize(512, 0);
    bytes.extend(directory);
    bytes.extend(blocks);
    bytes
}

/// A record of an .xls workbook.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}
