//! Whatever somebody pastes or drops, taken apart into codes, links and files, and each read.

use crate::dossier::read_backup;

use super::{By, Known, Record, Unreadable, code, link};

/// A line with fewer letters than this is no code: the shortest record has more.
const SHORTEST: usize = 12;

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
    if link::is_link(text) {
        return link::read_link(known, text).map(|it| vec![it]);
    }
    code::read_code(known, &unlabelled(text)).map(|it| vec![it])
}

/// A backup file, or a piece of one.
fn is_file(text: &str) -> bool {
    text.contains("\"档案\"")
        || text.contains("\"ZP")
        || text.trim_start_matches(['\u{feff}', ' ', '\n']).starts_with("ZP2.")
}

/// The codes, links and files in a text, each as [`read`] takes it. Lines and cells of a spreadsheet that hold words only
/// are no pieces; a code or link of several lines is one, also where it is damaged.
pub fn pieces(text: &str) -> Vec<String> {
    if is_file(text) {
        return vec![text.to_owned()];
    }
    let mut pieces: Vec<String> = Vec::new();
    let cells: Vec<&str> = text.split(['\n', '\r', '\t']).collect();
    let mut at = 0;
    while at < cells.len() {
        let cell = cells[at];
        at += 1;
        if link::is_link(cell) {
            let (piece, n) = grown(cell, &cells[at..], |it| link::bytes_of(it).map(|_| ()), goes_on_link);
            pieces.push(piece);
            at += n;
        } else if looks_like_code(cell) {
            let cell = unlabelled(cell);
            let (piece, n) = grown(&cell, &cells[at..], code::is_whole, goes_on_code);
            pieces.push(piece);
            at += n;
        }
    }
    pieces
}

/// The first line with those after it that belong to it: it says itself how much is missing.
fn grown(
    first: &str,
    rest: &[&str],
    read: impl Fn(&str) -> Result<(), Unreadable>,
    goes_on: impl Fn(&str) -> bool,
) -> (String, usize) {
    let (mut piece, mut n) = (first.to_owned(), 0);
    while let Err(Unreadable::Cut { received, expected }) = read(&piece)
        && let Some(next) = rest.get(n).filter(|it| goes_on(it))
    {
        let letters = next.chars().filter(|it| link::is_ours(*it)).count();
        // a line that is whole in itself is a record of its own, and the one before it is cut
        if expected - received.min(expected) < letters && read(&format!("{piece}\n{next}")).is_err()
            || read(next).is_ok()
        {
            break;
        }
        piece.push('\n');
        piece.push_str(next);
        n += 1;
    }
    (piece, n)
}

/// Letters and digits in groups, perhaps with a label in front.
fn looks_like_code(cell: &str) -> bool {
    let text = unlabelled(cell);
    let (of_code, others): (Vec<char>, Vec<char>) = text.chars().partition(|it| code::is_of_code(*it));
    let letters = of_code.iter().filter(|it| it.is_alphanumeric()).count();
    SHORTEST <= letters && others.len() * 8 <= letters
}

/// The last line of a code may be a single letter and its check.
fn goes_on_code(cell: &str) -> bool {
    let text = unlabelled(cell);
    !text.trim().is_empty() && text.chars().all(code::is_of_code)
}

fn goes_on_link(cell: &str) -> bool {
    let text = cell.trim().trim_end_matches('=');
    !text.is_empty() && text.chars().all(link::is_ours)
}

/// Without 自评码： in front of it.
fn unlabelled(text: &str) -> String {
    let without = |line: &str| line.rsplit(['：', ':']).next().unwrap_or_default().to_owned();
    text.lines().map(without).collect::<Vec<_>>().join("\n")
}
