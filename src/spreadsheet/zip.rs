//! A ZIP file whose parts are stored as they are, or deflated: the part of the format that XLSX needs.

use miniz_oxide::deflate::compress_to_vec;

use crate::bytes::crc::crc32;

/// Midnight of 1980-01-01, the first moment the format knows: equal tables give equal files.
const MOMENT: [u8; 4] = [0, 0, 0x21, 0];
/// Version 2.0 of the format.
const VERSION: [u8; 2] = [20, 0];

/// How hard to look for what comes twice, of 10.
const LEVEL: u8 = 6;

/// Parts by their names, in this order. A file of 4 GB or more cannot be written and will not open.
pub fn stored(parts: &[(String, String)]) -> Vec<u8> {
    written(parts, |_| None)
}

/// The same in fewer bytes: a tenth for official forms.
pub fn packed(parts: &[(String, String)]) -> Vec<u8> {
    written(parts, |text| Some(compress_to_vec(text.as_bytes(), LEVEL)))
}

fn written(parts: &[(String, String)], deflate: fn(&str) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::with_capacity(parts.iter().map(|it| it.1.len() + 2 * it.0.len() + 96).sum::<usize>() + 22);
    let mut directory = Vec::new();
    for (name, text) in parts {
        let at = long(out.len());
        let mut head = VERSION.to_vec();
        let deflated = deflate(text);
        let bytes = deflated.as_deref().unwrap_or(text.as_bytes());
        // no flags; stored without compression, or deflated
        head.extend([0, 0, if deflated.is_some() { 8 } else { 0 }, 0]);
        head.extend(MOMENT);
        head.extend(crc32(text.as_bytes()).to_le_bytes());
        head.extend(long(bytes.len()));
        head.extend(long(text.len()));
        head.extend(short(name.len()));
        // no extra field
        head.extend([0, 0]);

        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(bytes);

        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION);
        directory.extend(head);
        // no comment, the first disk, no attributes
        directory.extend([0; 10]);
        directory.extend(at);
        directory.extend(name.as_bytes());
    }
    let at = long(out.len());
    let n = short(parts.len());
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(n);
    out.extend(n);
    out.extend(long(directory.len()));
    out.extend(at);
    out.extend([0, 0]);
    out
}

fn short(n: usize) -> [u8; 2] {
    u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes()
}

fn long(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes()
}
