//! Reads one code, link or file, also from among other words.

use crate::days;
use crate::dossier::{self, Envelope, NotOpened, cleaned, read_backup};
use crate::letters::split_lines;
use crate::rubric::Edition;

use super::code::is_of_code;
use super::file::{is_file, no_text};
use super::lines::{behind_number, lines};
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
        return Ok(envelopes.into_iter().map(|it| of_file(Envelope { dossier: cleaned(it.dossier), ..it })).collect());
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

/// The records that were opened, and what of their file was not, each in a sentence without a full stop.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InPart {
    pub records: Vec<Record>,
    pub lost: Vec<String>,
}

/// The same, but a record of a file that does not open costs no other.
///
/// # Errors
/// Why nothing was opened.
pub fn read_in_part(known: Known<'_>, text: &str) -> Result<InPart, Unreadable> {
    if is_file(text)
        && let Ok((found, lost)) = read_file(known.editions, text)
        && !found.is_empty()
    {
        return Ok(InPart { records: found.into_iter().map(of_file).collect(), lost });
    }
    read(known, text).map(|records| InPart { records, lost: Vec::new() })
}

/// The dossiers of a backup file that open here, cleaned, and in sentences what is to be said of the others.
///
/// # Errors
/// There is no file of ours in the text.
pub fn read_file(editions: &[Edition], text: &str) -> Result<(Vec<Envelope>, Vec<String>), NotOpened> {
    let all = dossier::read_in_part(text)?;
    let mut lost = all.lost_in_words();
    let mut found = Vec::new();
    for envelope in all.found {
        let dossier = cleaned(envelope.dossier);
        if editions.iter().any(|it| it.id == dossier.edition) {
            found.push(Envelope { dossier, ..envelope });
        } else {
            let whose =
                if dossier.unit.is_empty() { "有一份".to_owned() } else { format!("“{}”", dossier.unit) };
            lost.push(format!("{whose}依据的评估要点版本 {} 本网站没有", dossier.edition));
        }
    }
    Ok((found, lost))
}

/// What of a file was not opened, for a person; empty where all was.
pub fn lost_in_words(lost: &[String]) -> String {
    if lost.is_empty() { String::new() } else { format!("没有全部打开：{}。", lost.join("；")) }
}

fn of_file(envelope: Envelope) -> Record {
    Record { day: days::of_seconds(envelope.written), dossier: envelope.dossier, by: By::File }
}

fn read_piece(known: Known<'_>, piece: Piece) -> Result<InPart, Unreadable> {
    match piece.link {
        Some(link) if !is_file(&piece.text) && piece.text.len() <= MOST => {
            link.read(known).map(|record| InPart { records: vec![record], lost: Vec::new() })
        }
        Some(_) | None => read_in_part(known, &piece.text),
    }
}

/// The lines of the text. Where every line begins with its number, as in a printed code, the numbers are left out.
fn unnumbered(text: &str) -> Vec<&str> {
    let text = text.trim_end();
    let all: Option<Vec<&str>> = (1..).zip(split_lines(text)).map(|(n, line)| behind_number(n, line)).collect();
    all.unwrap_or_else(|| split_lines(text).collect())
}

/// Reads what was pasted or typed where one record is wanted; words may stand around it.
///
/// # Errors
/// Why it is no record, with the line numbers of this text, or that there are several. Where one of several is damaged,
/// the error says so: the other may be somebody else's. Only of a file what is whole is opened.
pub fn read_one(known: Known<'_>, text: &str) -> Result<InPart, Unreadable> {
    if MOST < text.len() {
        return read_in_part(known, text);
    }
    let text = &unnumbered(text).join("\n");
    let found = pieces_of(text);
    let one = found.len() == 1;
    let opened = found.into_iter().map(|piece| {
        let line = piece.line;
        read_piece(known, piece).map_err(|why| why.below(line - 1))
    });
    let mut opened: Vec<InPart> = match opened.collect::<Result<_, _>>() {
        Ok(opened) => opened,
        // where there is only a code, perhaps with a wrong word in it, every line is read
        Err(why) => match read(known, text) {
            Ok(_) | Err(Unreadable::Letter { .. } | Unreadable::Nothing) => return Err(why),
            Err(of_all) => return Err(if one { of_all } else { why }),
        },
    };
    // a message may hold the link and the code of the same record
    opened.dedup_by(|a, b| a.records.iter().map(|it| &it.dossier).eq(b.records.iter().map(|it| &it.dossier)));
    match opened.len() {
        // a text with other characters and nothing like a code is just words
        0 if !text.chars().all(is_of_code) => Err(no_text(text).map_or(Unreadable::Nothing, Unreadable::NoText)),
        0 => read_in_part(known, text),
        1 => Ok(opened.remove(0)),
        several => Err(Unreadable::Several { several }),
    }
}
