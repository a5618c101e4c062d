//! The parts of a ZIP file, stored or deflated, with limits: a small file must not become a large one.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::NotRead;
use crate::bytes::crc::crc32;

/// The most bytes that one part may have, and all that are read together.
const MOST_OF_PART: usize = 16 << 20;
const MOST: usize = 48 << 20;
/// The most parts that a file may list.
const MOST_PARTS: usize = 2_000;
/// The shortest record at the end of a ZIP file, and the longest comment behind it.
const END: usize = 22;
const COMMENT: usize = 65_535;

/// A ZIP file whose directory was read.
pub struct Archive<'z> {
    bytes: &'z [u8],
    parts: Vec<ZipPart<'z>>,
    /// How many bytes may still be read.
    left: usize,
}

struct ZipPart<'z> {
    name: &'z [u8],
    /// Whether it is encrypted.
    locked: bool,
    method: usize,
    crc: u32,
    packed: usize,
    length: usize,
    at: usize,
}

impl<'z> Archive<'z> {
    pub fn open(bytes: &'z [u8]) -> Result<Archive<'z>, NotRead> {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(NotRead::OldOrLocked);
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err(NotRead::Foreign);
        }
        let last = bytes.len().checked_sub(END).ok_or(NotRead::Damaged)?;
        let end = (last.saturating_sub(COMMENT)..=last).rev().find(|at| bytes[*at..].starts_with(b"PK\x05\x06"));
        let end = end.ok_or(NotRead::Damaged)?;
        let n = short(bytes, end + 10)?;
        if MOST_PARTS < n {
            return Err(NotRead::TooLarge);
        }
        let mut at = long(bytes, end + 16)?;
        let mut parts = Vec::with_capacity(n);
        for _ in 0..n {
            let head = bytes.get(at..at.saturating_add(46)).filter(|it| it.starts_with(b"PK\x01\x02"));
            let head = head.ok_or(NotRead::Damaged)?;
            let length = short(head, 28)?;
            let name = bytes.get(at + 46..at + 46 + length).ok_or(NotRead::Damaged)?;
            parts.push(ZipPart {
                name,
                locked: short(head, 8)? & 1 != 0,
                method: short(head, 10)?,
                crc: u32::try_from(long(head, 16)?).unwrap_or_default(),
                packed: long(head, 20)?,
                length: long(head, 24)?,
                at: long(head, 42)?,
            });
            at += 46 + length + short(head, 30)? + short(head, 32)?;
        }
        Ok(Archive { bytes, parts, left: MOST })
    }

    /// The text of a part; `None` where there is none of this name. Names count as the same whatever their case.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, NotRead> {
        let Some(part) = self.parts.iter().find(|it| it.name.eq_ignore_ascii_case(name.as_bytes())) else {
            return Ok(None);
        };
        if part.locked {
            return Err(NotRead::OldOrLocked);
        }
        if MOST_OF_PART.min(self.left) < part.length {
            return Err(NotRead::TooLarge);
        }
        self.left -= part.length;
        let head = self.bytes.get(part.at..).filter(|it| it.starts_with(b"PK\x03\x04")).ok_or(NotRead::Damaged)?;
        let from = 30 + short(head, 26)? + short(head, 28)?;
        let packed = head.get(from..from.saturating_add(part.packed)).ok_or(NotRead::Damaged)?;
        let unpacked = match part.method {
            0 => packed.to_vec(),
            8 => decompress_to_vec_with_limit(packed, part.length).map_err(|_| NotRead::Damaged)?,
            _ => return Err(NotRead::Foreign),
        };
        if unpacked.len() != part.length || crc32(&unpacked) != part.crc {
            return Err(NotRead::Damaged);
        }
        let text = String::from_utf8(unpacked).map_err(|_| NotRead::Damaged)?;
        Ok(Some(text))
    }
}

fn short(bytes: &[u8], at: usize) -> Result<usize, NotRead> {
    let two = bytes.get(at..at.saturating_add(2)).ok_or(NotRead::Damaged)?;
    Ok(usize::from(two[0]) | usize::from(two[1]) << 8)
}

fn long(bytes: &[u8], at: usize) -> Result<usize, NotRead> {
    Ok(short(bytes, at)? | short(bytes, at.saturating_add(2))? << 16)
}
