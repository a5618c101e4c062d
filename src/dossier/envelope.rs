//! A record as a line of text that notices when it was damaged. What version 1 once wrote is read for ever.
//!
//! `ZP1.<revision>.<seconds>.<length>.<crc32>.<payload>`, the payload being base64url of the record's bytes (`wire`).

use crate::wire::{from_bytes, to_bytes};

use super::{Dossier, base64url};

/// A record out of its envelope.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// Grows with every save. Order is told by it, never by the clock.
    pub revision: u64,
    /// Seconds since 1970, by the clock of the machine that wrote it.
    pub written: u64,
    pub dossier: Dossier,
}

/// Why an envelope could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Not one of ours, cut or altered.
    Broken,
    /// From a newer version of this program: not to be written over.
    Newer,
}

pub fn seal(envelope: &Envelope) -> String {
    let payload = base64url::encode(&to_bytes(&envelope.dossier));
    let Envelope { revision, written, .. } = envelope;
    format!("ZP1.{revision}.{written}.{}.{}.{payload}", payload.len(), crc32(payload.as_bytes()))
}

/// # Errors
/// What is wrong with the text.
pub fn open(text: &str) -> Result<Envelope, Damage> {
    let (version, rest) = text.trim().strip_prefix("ZP").and_then(|it| it.split_once('.')).ok_or(Damage::Broken)?;
    match version.parse::<u32>() {
        Ok(1) => {}
        Ok(2..) => return Err(Damage::Newer),
        _ => return Err(Damage::Broken),
    }
    open_v1(rest).ok_or(Damage::Broken)
}

fn open_v1(rest: &str) -> Option<Envelope> {
    let mut parts = rest.split('.');
    let mut number = || parts.next()?.parse::<u64>().ok();
    let (revision, written, length, crc) = (number()?, number()?, number()?, number()?);
    let payload = parts.next().filter(|it| it.len() as u64 == length && u64::from(crc32(it.as_bytes())) == crc)?;
    if parts.next().is_some() {
        return None;
    }
    let record = base64url::decode(payload)?;
    Some(Envelope { revision, written, dossier: from_bytes(&record)? })
}

/// CRC-32 as in zip files, bit by bit: a table would be larger than the records it saves time on.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}
