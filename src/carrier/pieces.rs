//! Splits whatever somebody pastes or drops into codes, links and files. Chats, mails and tables put words around them,
//! several on one line, or one on several lines.

use std::borrow::Cow;

use super::file::{files, no_text};
use super::joined::{Joined, damaged_code, link, whole_code};
use super::lines::{ends, lines};
use super::link::Payload;
use super::spans::{looks_like_code, spans};

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

fn texts(pieces: Vec<Piece>) -> Vec<(usize, String)> {
    pieces.into_iter().map(|piece| (piece.line, piece.text)).collect()
}

/// The codes and links in a text that begins with this line.
fn among_words(text: &str, first: usize) -> Vec<Piece> {
    let cells = |(number, line): (usize, Cow<'_, str>)| {
        let cells: Vec<String> = line.split('\t').filter(|it| !it.trim().is_empty()).map(str::to_owned).collect();
        cells.into_iter().map(move |it| (number, Cow::Owned(it)))
    };
    found(&lines(text, first).into_iter().flat_map(cells).collect::<Vec<_>>(), false)
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
        let mut spans = spans(cell);
        let last = spans.pop();
        for span in spans {
            let is_piece = span.link.is_some() || looks_like_code(span.text) || others;
            if is_piece && !span.text.trim().is_empty() {
                all.push(Piece { line: *line, text: span.text.to_owned(), link: span.link });
            }
        }
        let following = &cells[at + 1..];
        at += 1;
        let Some(span) = last else { continue };
        let joined = match span.link {
            Some(found) if found.is_whole() => {
                Some(Joined { text: span.text.to_owned(), link: Some(found), n: 0, behind: None })
            }
            Some(_) => Some(link(span.text, following)),
            None => whole_code(span.text, following)
                .or_else(|| looks_like_code(span.text).then(|| damaged_code(span.text, following))),
        };
        match joined {
            Some(joined) => {
                all.push(Piece { line: *line, text: joined.text, link: joined.link });
                at += joined.n;
                behind = joined.behind;
                at -= usize::from(behind.is_some());
            }
            None if others && is_whole_line && !span.text.trim().is_empty() => {
                all.push(Piece { line: *line, text: span.text.to_owned(), link: None });
            }
            None => {}
        }
    }
    all
}
