//! A dossier as a sealed line of text. What any version wrote can always be read.
//!
//! `ZP3.<revision>.<writer>.<seconds>.<edits>.<length>.<crc32>.<payload>`, the payload being the dossier's bytes
//! (`bytes::wire`). Version 2 had sheets without `work`, and its dossier ended with `declared`. Version 1 had no writer
//! and no edits, its checksum was over the payload, and its dossier ended with `binned`.

use crate::bytes::base64url;
use crate::bytes::crc::crc32;
use crate::bytes::wire::{Bytes, Wire, from_bytes, to_bytes};
use crate::rubric::Fact;

use super::sealed::{Damage, open_line, seal_line, version_of};
use super::{BareSheet, Dossier, Sheet, Work};

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
const VERSION: u32 = 3;
/// The earliest version that is still written.
const LEAST: u32 = 2;
/// Version 2 knows no facts behind this one.
const LAST_OF_2: Fact = Fact::Unsure;

pub fn seal(envelope: &Envelope) -> String {
    let Envelope { stamp, written, edits, dossier } = envelope;
    seal_dossier(*stamp, *written, *edits, dossier)
}

/// The same for a dossier without an envelope.
pub fn seal_dossier(stamp: Stamp, written: u64, edits: u32, dossier: &Dossier) -> String {
    let numbers = [stamp.revision, stamp.writer.into(), written, edits.into()];
    // what version 2 can say is written as it wrote it, so that pages of that version go on with it
    let later = |sheet: &Sheet| sheet.answers.iter().any(|it| LAST_OF_2 < it.fact);
    let on_sheet = |sheet: &Sheet| sheet.work != Work::default() || later(sheet);
    let says_more = !dossier.roster.is_empty() || dossier.sheets.iter().any(on_sheet);
    let (version, bytes) =
        if says_more { (VERSION, to_bytes(dossier)) } else { (LEAST, to_bytes(&DossierV2(dossier.clone()))) };
    seal_line(&format!("{SIGN}{version}"), &numbers, &bytes)
}

/// # Errors
/// What is wrong with the text.
pub fn open(text: &str) -> Result<Envelope, Damage> {
    let opened = match version_of(SIGN, VERSION, text)? {
        (1, rest) => open_v1(rest),
        (2, rest) => open_v3(rest).map(|(it, DossierV2(dossier))| it.around(dossier)),
        (_, rest) => open_v3(rest).map(|(it, dossier)| it.around(dossier)),
    };
    let mut opened = opened.filter(|it| it.dossier.is_sound()).ok_or(Damage::Broken)?;
    opened.dossier.leave_numbers();
    Ok(opened)
}

/// The revision of a record that opens. One that a newer version wrote comes after all that this one can write.
pub fn revision_of(text: &str) -> Option<u64> {
    match open(text) {
        Ok(it) => Some(it.stamp.revision),
        Err(Damage::Newer) => Some(u64::MAX),
        Err(Damage::Broken) => None,
    }
}

/// Was it written by a version of this program that knew less than any that is still written? Then a copy is kept when the first record of this version
/// replaces it.
pub fn is_older(text: &str) -> bool {
    version_of(SIGN, VERSION, text).is_ok_and(|it| it.0 < LEAST)
}

/// The line around a dossier since version 2, and the dossier as its version wrote it.
fn open_v3<T: Wire>(rest: &str) -> Option<(Around, T)> {
    let ([revision, writer, written, edits], bytes) = open_line(rest)?;
    let stamp = Stamp { revision, writer: u32::try_from(writer).ok()? };
    Some((Around { stamp, written, edits: u32::try_from(edits).ok()? }, from_bytes(&bytes)?))
}

/// An [`Envelope`] without what is in it.
struct Around {
    stamp: Stamp,
    written: u64,
    edits: u32,
}

impl Around {
    fn around(self, dossier: Dossier) -> Envelope {
        Envelope { stamp: self.stamp, written: self.written, edits: self.edits, dossier }
    }
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

/// A dossier as version 2 wrote it: without a roster.
struct DossierV2(Dossier);

impl Wire for DossierV1 {
    fn write(&self, out: &mut Vec<u8>) {
        let DossierV1(Dossier { unit, applicant, edition, sheets, binned, .. }) = self;
        unit.write(out);
        applicant.write(out);
        edition.write(out);
        let sheets: Vec<BareSheet> = sheets.iter().cloned().map(BareSheet).collect();
        sheets.write(out);
        binned.write(out);
    }

    fn read(from: &mut Bytes<'_>) -> DossierV1 {
        let (unit, applicant, edition) = (Wire::read(from), Wire::read(from), Wire::read(from));
        let sheets = Vec::<BareSheet>::read(from).into_iter().map(|it| it.0).collect();
        DossierV1(Dossier { sheets, binned: Wire::read(from), ..Dossier::empty(unit, applicant, edition) })
    }
}

impl Wire for DossierV2 {
    fn write(&self, out: &mut Vec<u8>) {
        let DossierV2(dossier) = self;
        DossierV1(dossier.clone()).write(out);
        dossier.route.write(out);
        dossier.facts.write(out);
        dossier.declared.write(out);
    }

    fn read(from: &mut Bytes<'_>) -> DossierV2 {
        let DossierV1(dossier) = DossierV1::read(from);
        let (route, facts, declared) = (Wire::read(from), Wire::read(from), Wire::read(from));
        DossierV2(Dossier { route, facts, declared, ..dossier })
    }
}
