//! One code, link or file, read; also out of the words around it.

use crate::dossier::read_backup;

use super::pieces::{bare, pieces};
use super::{By, Known, Record, Unreadable, code, link};

/// No code and no link is longer in bytes, however it is written.
const MOST: usize = 64 << 10;

/// Reads one code, one link or one backup file. Only a file holds more than one record.
///
/// # Errors
/// Why it is none of them.
pub fn read(known: Known<'_>, text: &str) -> Result<Vec<Record>, Unreadable> {
    if is_file(text) {
        let envelopes = read_backup(text).map_err(Unreadable::File)?;
        let unknown = |id: &str| known.edition(id).is_none();
        if envelopes.iter().any(|it| unknown(&it.dossier.edition)) {
            return Err(Unreadable::UnknownEdition);
        }
        let day = |seconds: u64| u32::try_from(seconds / 86_400).ok();
        let record = |it: crate::dossier::Envelope| Record {
            day: day(it.written),
            dossier: crate::dossier::cleaned(it.dossier),
            by: By::File,
        };
        return Ok(envelopes.into_iter().map(record).collect());
    }
    if let Some(workbook) = no_text(text) {
        return Err(Unreadable::NoText { workbook });
    }
    if MOST < text.len() {
        return Err(Unreadable::TooLong { received: text.chars().count() });
    }
    if link::is_link(text) {
        return link::read_link(known, text).map(|it| vec![it]);
    }
    let own = text.lines().map(bare).collect::<Vec<_>>().join("\n");
    // the address of another site is no code
    if text.contains("://") && !code::has_groups(&own) {
        return Err(Unreadable::Nothing);
    }
    code::read_code(known, &own).map(|it| vec![it])
}

/// Reads what was pasted or typed where one record is wanted; words may stand around it.
///
/// # Errors
/// Why it is none, by the lines of this text, or that it is several.
pub fn read_one(known: Known<'_>, text: &str) -> Result<Vec<Record>, Unreadable> {
    if is_file(text) || MOST < text.len() {
        return read(known, text);
    }
    let found = pieces(text);
    let mut opened: Vec<_> = found.iter().filter_map(|it| read(known, &it.1).ok()).collect();
    match (opened.len(), &found[..]) {
        (1, _) => Ok(opened.remove(0)),
        (0, [(line, piece)]) => match read(known, text) {
            // a word and no letter of the code
            Err(Unreadable::Letter { .. }) => read(known, piece).map_err(|it| it.below(line - 1)),
            other => other,
        },
        (0, _) => read(known, text),
        (several, _) => Err(Unreadable::Several { several }),
    }
}

/// Is it what was no text before it was read as one, and so a workbook (a zip file)?
pub fn no_text(text: &str) -> Option<bool> {
    text.contains('\0').then(|| text.starts_with("PK"))
}

/// A backup file, or a piece of one.
pub fn is_file(text: &str) -> bool {
    text.contains("\"档案\"")
        || text.contains("\"ZP")
        || text.trim_start_matches(['\u{feff}', ' ', '\n']).starts_with("ZP2.")
}
