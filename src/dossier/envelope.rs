//! A dossier as a sealed line of text. What any version wrote can always be read.
//!
//! `ZP2.<revision>.<writer>.<seconds>.<edits>.<length>.<crc32>.<payload>`, the payload being the dossier's bytes
//! (`bytes::wire`). Version 1 had no writer and no edits, its checksum was over the payload, and its dossier ended with
//! `binned`.

use crate::bytes::base64url;
use crate::bytes::crc::crc32;
use crate::bytes::wire::{Bytes, Wire, from_bytes, to_bytes};

use super::Dossier;
use super::sealed::{Damage, open_line, seal_line, version_of};

/// What a sealed line holds: the dossier, and when and by whom it was saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    pub stamp: Stamp,
    /// Seconds since 1970, by the clock of the machine that wrote it. Only for people to read: which save is later is
    /// decided by the stamp.
    pub written: u64,
    /// Edits since the last backup file.
    pub edits: u32,
    pub dossier: Dossier,
}

/// Identifies a save: no two saves have the same stamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Grows with every save.
    pub revision: u64,
    /// The page that wrote it, as a random number chosen when the page was loaded.
    pub writer: u32,
}

const SIGN: &str = "ZP";
const VERSION: u32 = 2;

pub fn seal(envelope: &Envelope) -> String {
    let Envelope { stamp, written, edits, dossier } = envelope;
    seal_dossier(*stamp, *written, *edits, dossier)
}

/// The same for a dossier without an envelope.
pub fn seal_dossier(stamp: Stamp, written: u64, edits: u32, dossier: &Dossier) -> String {
    let numbers = [stamp.revision, stamp.writer.into(), written, edits.into()];
    seal_line(&format!("{SIGN}{VERSION}"), &numbers, &to_bytes(dossier))
}

/// # Errors
/// What is wrong with the text.
pub fn open(text: &str) -> Result<Envelope, Damage> {
    let opened = match version_of(SIGN, VERSION, text)? {
        (1, rest) => open_v1(rest),
        (_, rest) => open_v2(rest),
    };
    opened.filter(|it| it.dossier.is_sound()).ok_or(Damage::Broken)
}

/// Was it written by an earlier version of this program? Then a copy is kept when the first record of this version
/// replaces it.
pub fn is_older(text: &str) -> bool {
    version_of(SIGN, VERSION, text).is_ok_and(|it| it.0 < VERSION)
}

fn open_v2(rest: &str) -> Option<Envelope> {
    let ([revision, writer, written, edits], bytes) = open_line(rest)?;
    let stamp = Stamp { revision, writer: u32::try_from(writer).ok()? };
    Some(Envelope { stamp, written, edits: u32::try_from(edits).ok()?, dossier: from_bytes(&bytes)? })
}

fn open_v1(rest: &str) -> Option<Envelope> {
    let mut parts = rest.split('.');
    let mut number = || parts.next()?.parse::<u64>().ok();
    let (revision, written, length, crc) = (number()?, number()?, number()?, number()?);
    let payload = parts.next().filter(|it| it.len() as u64 == length && u64::from(crc32(it.as_bytes())) == crc)?;
    if parts.next().is_some() {
        return None;
    }
    let DossierV1(dossier) = from_bytes(&base64url::decode(payload)?)?;
    Some(Envelope { stamp: Stamp { revision, writer: 0 }, written, edits: 0, dossier })
}

/// A dossier as version 1 wrote it: without answers on filing and without declared rows.
struct DossierV1(Dossier);

impl Wire for DossierV1 {
    fn write(&self, out: &mut Vec<u8>) {
        let DossierV1(Dossier { unit, applicant, edition, sheets, binned, .. }) = self;
        unit.write(out);
        applicant.write(out);
        edition.write(out);
        sheets.write(out);
        binned.write(out);
    }

    fn read(from: &mut Bytes<'_>) -> DossierV1 {
        let (unit, applicant, edition) = (Wire::read(from), Wire::read(from), Wire::read(from));
        let (sheets, binned) = (Wire::read(from), Wire::read(from));
        DossierV1(Dossier { sheets, binned, ..Dossier::empty(unit, applicant, edition) })
    }
}
