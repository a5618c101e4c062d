//! Splits whatever somebody pastes or drops into codes, links and files. Chats, mails and tables put words around them,
//! several on one line, or one on several lines.

use std::borrow::Cow;

use super::file::{files, is_file, no_text};
use super::joined::{Joined, damaged_code, link, whole_code};
use super::lines::{cells, ends, lines, start};
use super::link::Payload;
use super::spans::{Span, looks_like_code, spans};

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
        line += ends(before);
        all.push(Piece { line, text: file.to_owned(), link: None });
        line += ends(file);
        rest = behind;
    }
    all.extend(among_words(rest, line));
    all
}

/// The first pieces of a long text, and where it goes on: at which of its bytes, which is how many lines further. A page that
/// takes one such part after the other is never busy for long. All of a text that is short, a file, or one line.
pub fn first_pieces(text: &str) -> (Vec<(usize, String)>, usize, usize) {
    let whole = |text: &str| (pieces(text), text.len(), 0);
    if text.len() <= SLICE + REACH || is_file(text) {
        return whole(text);
    }
    let mut found = pieces(&text[..text.floor_char_boundary(SLICE + REACH)]);
    // what begins in the slice is there completely, and the last of it is where the next part begins
    let last = ends(&text[..text.floor_char_boundary(SLICE)]) + 1;
    let begins = found.iter().map(|it| it.0).rfind(|it| 1 < *it && *it <= last);
    // a slice of words ends with one of its lines
    let next = begins.unwrap_or(last);
    match start(text, next) {
        0 => whole(text),
        at => {
            found.retain(|it| it.0 < next);
            (found, at, next - 1)
        }
    }
}

/// So much of a long text is looked at at once.
const SLICE: usize = 48 << 10;
/// However it is wrapped and quoted, no code or link is longer.
const REACH: usize = 32 << 10;

fn texts(pieces: Vec<Piece>) -> Vec<(usize, String)> {
    pieces.into_iter().map(|piece| (piece.line, piece.text)).collect()
}

/// The codes and links in a text that begins with this line.
fn among_words(text: &str, first: usize) -> Vec<Piece> {
    found(&cells(text, first), false)
}

/// All parts of a text, each with the number of its first line, from 1: a line that is not blank, several lines that
/// make one code or link, or each of several codes and links on one line. Unlike in [`pieces`] nothing is skipped: the
/// caller reads what is no code too, and tells why it is none.
pub fn parts(text: &str) -> Vec<(usize, String)> {
    texts(found(&lines(text, 1), true))
}

/// The pieces in lines or cells; with `others`, also those that are neither code nor link.
fn found(cells: &[(usize, Cow<'_, str>)], others: bool) -> Vec<Piece> {
    let mut all = Vec::new();
    let (mut at, mut behind) = (0, None);
    while let Some((line, cell)) = cells.get(at) {
        let (cell, is_whole_line) = behind.take().map_or((&**cell, true), |it| (it, false));
        let following = &cells[at + 1..];
        at += 1;
        let own = whole_code(cell, following);
        let mut spans = spans(own.as_ref().map_or(cell, |it| &cell[..it.0]));
        let last = if own.is_none() { spans.pop() } else { None };
        let beside = own.is_some() || !is_whole_line;
        for span in spans {
            let is_piece = span.link.is_some() || looks_like_code(span.text, beside) || others && own.is_none();
            if is_piece && !span.text.trim().is_empty() {
                all.push(Piece { line: *line, text: span.text.to_owned(), link: span.link });
            }
        }
        let joined = match (own, last) {
            (Some((_, own)), _) => Some(own),
            (None, None) => continue,
            (None, Some(Span { text, link: Some(found) })) if found.is_whole() => {
                Some(Joined { text: text.to_owned(), link: Some(found), n: 0, behind: None })
            }
            (None, Some(Span { text, link: Some(_) })) => Some(link(text, following)),
            (None, Some(Span { text, link: None })) if looks_like_code(text, beside) => {
                Some(damaged_code(text, following))
            }
            (None, Some(Span { text, link: None })) => {
                if others && is_whole_line && !text.trim().is_empty() {
                    all.push(Piece { line: *line, text: text.to_owned(), link: None });
                }
                None
            }
        };
        if let Some(joined) = joined {
            all.push(Piece { line: *line, text: joined.text, link: joined.link });
            at += joined.n;
            behind = joined.behind;
            at -= usize::from(behind.is_some());
        }
    }
    all
}
