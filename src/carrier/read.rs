//! Reads one code, link or file, also from among other words.

use crate::days;
use crate::dossier::read_backup;

use super::code::is_of_code;
use super::file::{is_file, no_text};
use super::lines::lines;
use super::pieces::{Piece, pieces_of};
use super::spans::bare;
use super::{By, Known, Record, Unreadable, code, link};

/// No code or link has more bytes than this, however it is written.
const MOST: usize = 64 << 10;

/// Reads one code, one link or one backup file. Only a file holds more than one record.
///
/// # Errors
/// Why it is none of these.
pub fn read(known: Known<'_>, text: &str) -> Result<Vec<Record>, Unreadable> {
    if is_file(text) {
        let envelopes = read_backup(text).map_err(Unreadable::File)?;
        let unknown = |id: &str| known.edition(id).is_none();
        if envelopes.iter().any(|it| unknown(&it.dossier.edition)) {
            return Err(Unreadable::UnknownEdition);
        }
        let record = |envelope: crate::dossier::Envelope| Record {
            day: days::of_seconds(envelope.written),
            dossier: crate::dossier::cleaned(envelope.dossier),
            by: By::File,
        };
        return Ok(envelopes.into_iter().map(record).collect());
    }
    if let Some(what) = no_text(text) {
        return Err(Unreadable::NoText(what));
    }
    if MOST < text.len() {
        return Err(Unreadable::TooLong { received: text.chars().count() });
    }
    let text = &lines(text, 1).into_iter().map(|it| it.1).collect::<Vec<_>>().join("\n");
    if let Some(link) = link::find(text) {
        return link.read(known).map(|record| vec![record]);
    }
    let own = text.lines().map(bare).collect::<Vec<_>>().join("\n");
    // the address of another site is not a code
    if text.contains("://") && !code::has_groups(&own) {
        return Err(Unreadable::Nothing);
    }
    code::read_code(known, &own).map(|it| vec![it])
}

fn read_piece(known: Known<'_>, piece: Piece) -> Result<Vec<Record>, Unreadable> {
    match piece.link {
        Some(link) if !is_file(&piece.text) && piece.text.len() <= MOST => link.read(known).map(|record| vec![record]),
        Some(_) | None => read(known, &piece.text),
    }
}

/// The lines of the text. Where every line begins with its number, as in a printed code, the numbers are left out.
fn unnumbered(text: &str) -> Vec<&str> {
    fn behind(number: usize, line: &str) -> Option<&str> {
        let (before, behind) = line.trim_start().split_once(char::is_whitespace)?;
        (before.parse() == Ok(number)).then_some(behind)
    }
    let all: Option<Vec<&str>> = (1..).zip(text.lines()).map(|(n, line)| behind(n, line)).collect();
    all.unwrap_or_else(|| text.lines().collect())
}

/// Reads what was pasted or typed where one record is wanted; words may stand around it.
///
/// # Errors
/// Why it is no record, with the line numbers of this text, or that there are several. Where one of several is damaged,
/// the error says so: the other may be somebody else's.
pub fn read_one(known: Known<'_>, text: &str) -> Result<Vec<Record>, Unreadable> {
    if MOST < text.len() && !is_file(text) {
        return read(known, text);
    }
    let text = &unnumbered(text).join("\n");
    let found = pieces_of(text);
    let one = found.len() == 1;
    let opened = found.into_iter().map(|piece| {
        let line = piece.line;
        read_piece(known, piece).map_err(|why| why.below(line - 1))
    });
    let mut opened: Vec<Vec<Record>> = match opened.collect::<Result<_, _>>() {
        Ok(opened) => opened,
        // where there is only a code, perhaps with a wrong word in it, every line is read
        Err(why) => match read(known, text) {
            Ok(_) | Err(Unreadable::Letter { .. } | Unreadable::Nothing) => return Err(why),
            Err(of_all) => return Err(if one { of_all } else { why }),
        },
    };
    let dossiers = |records: &[Record]| records.iter().map(|it| it.dossier.clone()).collect::<Vec<_>>();
    // a message may hold the link and the code of the same record
    opened.dedup_by(|a, b| dossiers(a) == dossiers(b));
    match opened.len() {
        // a text with other characters and nothing like a code is just words
        0 if !text.chars().all(is_of_code) => Err(no_text(text).map_or(Unreadable::Nothing, Unreadable::NoText)),
        0 => read(known, text),
        1 => Ok(opened.remove(0)),
        several => Err(Unreadable::Several { several }),
    }
}
