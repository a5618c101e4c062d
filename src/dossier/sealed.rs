//! Bytes as a line of text in which damage is noticed. Everything that a browser stores has this form.
//!
//! `<sign><version>.<numbers…>.<length>.<crc32>.<payload>`: the payload is base64url of the bytes, length its
//! characters. The checksum covers everything before and after it, except the sign and the version.

use crate::bytes::base64url;
use crate::bytes::crc::crc32;

/// Why a line could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Not one of ours, cut or altered.
    Broken,
    /// From a newer version of this program: not to be written over.
    Newer,
}

/// `sign` includes the version.
pub fn seal_line(sign: &str, numbers: &[u64], bytes: &[u8]) -> String {
    let payload = base64url::encode(bytes);
    let mut head = String::new();
    for number in numbers {
        head.push_str(&format!("{number}."));
    }
    head.push_str(&payload.len().to_string());
    format!("{sign}.{head}.{}.{payload}", checksum(&head, &payload))
}

/// The version of a line and what follows it.
///
/// # Errors
/// It has another sign, or its version is later than `newest`.
pub fn version_of<'t>(sign: &str, newest: u32, text: &'t str) -> Result<(u32, &'t str), Damage> {
    let (version, rest) = text.trim().strip_prefix(sign).and_then(|it| it.split_once('.')).ok_or(Damage::Broken)?;
    match version.parse().map_err(|_| Damage::Broken)? {
        0 => Err(Damage::Broken),
        version if version <= newest => Ok((version, rest)),
        _ => Err(Damage::Newer),
    }
}

/// The numbers and the bytes after the version. `None` where they were altered, or the count of numbers is different.
pub fn open_line<const N: usize>(rest: &str) -> Option<([u64; N], Vec<u8>)> {
    let mut numbers = [0; N];
    let bytes = opened(rest, &mut numbers)?;
    Some((numbers, bytes))
}

fn opened(rest: &str, numbers: &mut [u64]) -> Option<Vec<u8>> {
    let (head, payload) = rest.rsplit_once('.')?;
    let (head, crc) = head.rsplit_once('.')?;
    let mut parts = head.split('.');
    for number in numbers {
        *number = parts.next()?.parse().ok()?;
    }
    let length: usize = parts.next()?.parse().ok()?;
    let whole = length == payload.len() && crc.parse() == Ok(checksum(head, payload)) && parts.next().is_none();
    base64url::decode(payload).filter(|_| whole)
}

/// Are length and checksum of a line right, whatever its version? It is not opened.
pub fn is_whole(text: &str) -> bool {
    let whole = || {
        let (_, rest) = text.trim().split_once('.')?;
        let (head, payload) = rest.rsplit_once('.')?;
        let (head, crc) = head.rsplit_once('.')?;
        let length: usize = head.rsplit('.').next()?.parse().ok()?;
        Some(length == payload.len() && crc.parse() == Ok(checksum(head, payload)))
    };
    whole() == Some(true)
}

fn checksum(head: &str, payload: &str) -> u32 {
    crc32(format!("{head}.{payload}").as_bytes())
}
