//! Whatever somebody pastes or drops, taken apart into codes, links and files, and each read.

use crate::dossier::read_backup;

use super::{By, Known, Record, Unreadable, code, link};

/// A line with fewer letters than this is no code: the shortest record has more.
const SHORTEST: usize = 12;

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
    if MOST < text.len() {
        return Err(Unreadable::TooLong { received: text.chars().count() });
    }
    if link::is_link(text) {
        return link::read_link(known, text).map(|it| vec![it]);
    }
    if text.contains("://") {
        return Err(Unreadable::Nothing);
    }
    code::read_code(known, &unlabelled(text)).map(|it| vec![it])
}

/// A backup file, or a piece of one.
pub fn is_file(text: &str) -> bool {
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
    let cells: Vec<&str> = text.split(['\n', '\r', '\t']).collect();
    found(&cells, false).into_iter().map(|it| it.1).collect()
}

/// Every line of a text that is not blank, or several that make one code or link, with the number of the first, from 1.
/// Unlike in [`pieces`] nothing is passed over: what is no code has a reader to tell why.
pub fn parts(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    found(&lines, true)
}

/// The pieces among cells, with the number of the first cell of each, from 1; with `others`, cells that are none of ours too.
fn found(cells: &[&str], others: bool) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(cell) = cells.get(at) {
        let rest = &cells[at + 1..];
        let n = if link::is_link(cell) {
            Some(of_link(cell, rest))
        } else {
            looks_like_code(cell).then(|| of_code(cell, rest))
        };
        let until = at + 1 + n.unwrap_or(0);
        if n.is_some() || others && !cell.trim().is_empty() {
            all.push((at + 1, cells[at..until].join("\n")));
        }
        at = until;
    }
    all
}

/// How many cells after this link belong to it: it says itself how much is missing.
fn of_link(first: &str, rest: &[&str]) -> usize {
    let mut piece = first.to_owned();
    let (mut n, mut missing) = (0, None);
    while let Some(next) = rest.get(n).filter(|it| goes_on_link(it)) {
        // beyond the first characters it is known for good
        let lacks = match missing {
            Some(lacks) => lacks,
            None => match link::bytes_of(&piece) {
                Err(Unreadable::Cut { received, expected }) => expected.saturating_sub(received),
                Ok(_) | Err(_) => break,
            },
        };
        let letters = next.chars().filter(|it| link::is_ours(*it)).count();
        // a line that is whole in itself is a record of its own, and the one before it is cut
        let fits = letters <= lacks || link::bytes_of(&format!("{piece}\n{next}")).is_ok();
        if lacks == 0 || !fits || code::is_whole(next).is_ok() {
            break;
        }
        missing = link::tells_length(&piece).then(|| lacks.saturating_sub(letters));
        piece.push('\n');
        piece.push_str(next);
        n += 1;
    }
    n
}

/// How many cells after this line of a code belong to it, by what its first letters say of its length and by the checks of
/// the lines, which know their number.
fn of_code(first: &str, rest: &[&str]) -> usize {
    let first = code::letters(&unlabelled(first)).unwrap_or_default();
    let total = code::tells_length(&first);
    let (mut n, mut received) = (0, first.len());
    while let Some(next) = rest.get(n).filter(|it| goes_on_code(it)) {
        let plain = unlabelled(next);
        let letters = code::letters(&plain).unwrap_or_default();
        let goes_on = code::is_line(n + 1, &letters);
        let begins = !goes_on && code::is_line(0, &letters) && code::tells_length(&letters).is_some();
        let belongs = match total {
            // one letter too many may have been typed
            Some(total) => received < total && letters.len() <= total - received + 1,
            None => goes_on && code::LINE <= first.len() + 2,
        };
        if !belongs || begins || code::is_whole(&plain).is_ok() {
            break;
        }
        received += letters.len();
        n += 1;
    }
    n
}

/// Letters and digits in groups, perhaps with a label in front.
fn looks_like_code(cell: &str) -> bool {
    if cell.len() < SHORTEST {
        return false;
    }
    let (mut letters, mut others) = (0, 0);
    for it in unlabelled(cell).chars() {
        if !code::is_of_code(it) {
            others += 1;
        } else if it.is_alphanumeric() {
            letters += 1;
        }
    }
    SHORTEST <= letters && others * 8 <= letters
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
