//! A record as a line of text that notices when it was damaged. What a version once wrote is read for ever.
//!
//! `ZP2.<revision>.<writer>.<seconds>.<edits>.<length>.<crc32>.<payload>`, the payload being base64url of the record's bytes
//! (`bytes::wire`); the checksum is over all that stands before it and after it. Version 1 had no writer and no edits, its checksum
//! was over the payload, and its dossier ended with `binned`.

use crate::bytes::base64url;
use crate::bytes::crc::crc32;
use crate::bytes::wire::{Bytes, Wire, from_bytes, to_bytes};

use super::Dossier;

/// A record out of its envelope.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    pub stamp: Stamp,
    /// Seconds since 1970, by the clock of the machine that wrote it. For people: order is told by the stamp.
    pub written: u64,
    /// Edits since the last backup file.
    pub edits: u32,
    pub dossier: Dossier,
}

/// Which saving it was. No two savings have the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Grows with every save.
    pub revision: u64,
    /// The page that wrote it, by a number it drew when it was loaded.
    pub writer: u32,
}

/// Why an envelope could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Not one of ours, cut or altered.
    Broken,
    /// From a newer version of this program: not to be written over.
    Newer,
}

const VERSION: u32 = 2;

pub fn seal(envelope: &Envelope) -> String {
    let payload = base64url::encode(&to_bytes(&envelope.dossier));
    let Envelope { stamp: Stamp { revision, writer }, written, edits, .. } = envelope;
    let head = format!("{revision}.{writer}.{written}.{edits}.{}", payload.len());
    format!("ZP{VERSION}.{head}.{}.{payload}", checksum(&head, &payload))
}

/// # Errors
/// What is wrong with the text.
pub fn open(text: &str) -> Result<Envelope, Damage> {
    let (version, rest) = versioned(text).ok_or(Damage::Broken)?;
    let opened = match version {
        1 => open_v1(rest),
        VERSION => open_v2(rest),
        0 => None,
        _ => return Err(Damage::Newer),
    };
    opened.filter(|it| it.dossier.is_sound()).ok_or(Damage::Broken)
}

/// Written by an earlier version of this program: it is kept once when the first record of this version replaces it.
pub fn is_older(text: &str) -> bool {
    versioned(text).is_some_and(|it| it.0 < VERSION)
}

fn versioned(text: &str) -> Option<(u32, &str)> {
    let (version, rest) = text.trim().strip_prefix("ZP")?.split_once('.')?;
    Some((version.parse().ok()?, rest))
}

fn open_v2(rest: &str) -> Option<Envelope> {
    let (head, payload) = rest.rsplit_once('.')?;
    let (head, crc) = head.rsplit_once('.')?;
    let mut parts = head.split('.');
    let mut number = || parts.next()?.parse::<u64>().ok();
    let (revision, writer, written, edits, length) = (number()?, number()?, number()?, number()?, number()?);
    let whole = payload.len() as u64 == length && crc.parse() == Ok(checksum(head, payload)) && parts.next().is_none();
    let stamp = Stamp { revision, writer: u32::try_from(writer).ok()? };
    let edits = u32::try_from(edits).ok()?;
    let dossier = from_bytes(&base64url::decode(payload).filter(|_| whole)?)?;
    Some(Envelope { stamp, written, edits, dossier })
}

fn open_v1(rest: &str) -> Option<Envelope> {
    let mut parts = rest.split('.');
    let mut number = || parts.next()?.parse::<u64>().ok();
    let (revision, written, length, crc) = (number()?, number()?, number()?, number()?);
    let payload = parts.next().filter(|it| it.len() as u64 == length && u64::from(crc32(it.as_bytes())) == crc)?;
    if parts.next().is_some() {
        return None;
    }
    let V1(dossier) = from_bytes(&base64url::decode(payload)?)?;
    Some(Envelope { stamp: Stamp { revision, writer: 0 }, written, edits: 0, dossier })
}

/// A dossier as version 1 wrote it: nothing said about filing, nothing declared.
struct V1(Dossier);

impl Wire for V1 {
    fn write(&self, out: &mut Vec<u8>) {
        let V1(Dossier { unit, applicant, edition, sheets, binned, .. }) = self;
        unit.write(out);
        applicant.write(out);
        edition.write(out);
        sheets.write(out);
        binned.write(out);
    }

    fn read(from: &mut Bytes<'_>) -> V1 {
        let (unit, applicant, edition) = (Wire::read(from), Wire::read(from), Wire::read(from));
        let (sheets, binned) = (Wire::read(from), Wire::read(from));
        V1(Dossier { sheets, binned, ..Dossier::empty(unit, applicant, edition) })
    }
}

fn checksum(head: &str, payload: &str) -> u32 {
    crc32(format!("{head}.{payload}").as_bytes())
}
