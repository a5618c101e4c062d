//! Splits whatever somebody pastes or drops into codes, links and files. Chats, mails and tables put words around them,
//! several on one line, or one on several lines.

use super::file::{files, no_text};
use super::link::{self, Payload};
use super::spans::{Span, bare, looks_like_code, spans};
use super::{Unreadable, code};

/// A code, a link or a file in a text.
pub struct Piece {
    /// The number of its line, from 1.
    pub line: usize,
    pub text: String,
    /// Its link, where that is in a single cell and was already found.
    pub link: Option<Payload>,
}

/// The codes, links and files in a text, each as [`super::read`] takes it, with the number of its line, from 1. Other
/// words are skipped, whether they have lines and cells of their own or stand before and after; a code or link of
/// several lines is one piece, even where it is damaged.
pub fn pieces(text: &str) -> Vec<(usize, String)> {
    texts(pieces_of(text))
}

/// The same, together with the links that were found on the way.
pub fn pieces_of(text: &str) -> Vec<Piece> {
    if no_text(text).is_some() {
        return Vec::new();
    }
    let (mut all, mut rest, mut line) = (Vec::new(), text, 1);
    for file in files(text) {
        let (before, behind) = rest.split_once(file).unwrap_or((rest, ""));
        all.extend(among_words(before, line));
        line += before.matches('\n').count();
        all.push(Piece { line, text: file.to_owned(), link: None });
        line += file.matches('\n').count();
        rest = behind;
    }
    all.extend(among_words(rest, line));
    all
}

fn texts(pieces: Vec<Piece>) -> Vec<(usize, String)> {
    pieces.into_iter().map(|piece| (piece.line, piece.text)).collect()
}

/// The codes and links in a text that begins with this line.
fn among_words(text: &str, first: usize) -> Vec<Piece> {
    let lines = (first..).zip(text.split('\n'));
    let cells = lines.flat_map(|(n, line)| line.split(['\r', '\t']).flat_map(spans).map(move |span| (n, span)));
    found(cells.collect(), false)
}

/// All parts of a text, each with the number of its first line, from 1: a line that is not blank, several lines that
/// make one code or link, or each of several codes and links on one line. Unlike in [`pieces`] nothing is skipped: the
/// caller reads what is no code too, and tells why it is none.
pub fn parts(text: &str) -> Vec<(usize, String)> {
    let cells = (1..).zip(text.lines()).flat_map(|(n, line)| spans(line).into_iter().map(move |span| (n, span)));
    texts(found(cells.collect(), true))
}

/// The pieces among cells, each with the number of its line; with `others`, also the cells that are neither code nor
/// link.
fn found(mut cells: Vec<(usize, Span<'_>)>, others: bool) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some((line, cell)) = cells.get(at) {
        let (line, text, rest) = (*line, cell.text, &cells[at + 1..]);
        let n = if cell.link.is_some() {
            Some(of_link(text, rest))
        } else {
            looks_like_code(text).then(|| of_code(text, rest))
        };
        let until = at + 1 + n.unwrap_or(0);
        if n.is_some() || others && !text.trim().is_empty() {
            let own: Vec<&str> = cells[at..until].iter().map(|cell| cell.1.text).collect();
            let text = own.join("\n");
            let link = cells[at].1.link.take().filter(|_| n == Some(0));
            all.push(Piece { line, text, link });
        }
        at = until;
    }
    all
}

/// How many cells after this link belong to it: the link itself says how long it is.
fn of_link(first: &str, rest: &[(usize, Span<'_>)]) -> usize {
    let mut piece = first.to_owned();
    let (mut n, mut missing) = (0, None);
    while let Some(next) = rest.get(n).map(|cell| cell.1.text).filter(|text| goes_on_link(text)) {
        // the length is known once the first characters are there
        let lacks = match missing {
            Some(lacks) => lacks,
            None => match link::bytes_of(&piece) {
                Err(Unreadable::Cut { received, expected }) => expected.saturating_sub(received),
                Ok(_) | Err(_) => break,
            },
        };
        let letters = next.chars().filter(|it| link::is_ours(*it)).count();
        // a line that is whole by itself is a record of its own, and the one before it is cut off
        let fits = letters <= lacks || link::bytes_of(&format!("{piece}\n{next}")).is_ok();
        if lacks == 0 || !fits || code::is_whole(next).is_ok() {
            break;
        }
        let is_known = missing.is_some() || link::tells_length(&piece);
        missing = is_known.then(|| lacks.saturating_sub(letters));
        piece.push('\n');
        piece.push_str(next);
        n += 1;
    }
    n
}

/// How many cells after this line of a code belong to it, by the length that its first letters give, and by the checks
/// of the lines, which include the number of the line.
fn of_code(first: &str, rest: &[(usize, Span<'_>)]) -> usize {
    let first = code::letters(bare(first)).unwrap_or_default();
    let total = code::tells_length(&first);
    let (mut n, mut received) = (0, first.len());
    while let Some(next) = rest.get(n).map(|cell| cell.1.text).filter(|text| goes_on_code(text)) {
        let plain = bare(next);
        let letters = code::letters(plain).unwrap_or_default();
        let goes_on = code::is_line(n + 1, &letters);
        let begins = !goes_on && code::is_line(0, &letters) && code::tells_length(&letters).is_some();
        let belongs = match total {
            // somebody may have typed one letter too many
            Some(total) => received < total && letters.len() <= total - received + 1,
            None => goes_on && code::LINE <= first.len() + 2,
        };
        if !belongs || begins || code::is_whole(plain).is_ok() {
            break;
        }
        received += letters.len();
        n += 1;
    }
    n
}

/// The last line of a code may be a single letter and its check.
fn goes_on_code(cell: &str) -> bool {
    let text = bare(cell);
    !text.trim().is_empty() && text.chars().all(code::is_of_code)
}

fn goes_on_link(cell: &str) -> bool {
    let text = cell.trim().trim_end_matches('=');
    !text.is_empty() && text.chars().all(link::is_ours)
}
