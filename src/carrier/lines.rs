//! The lines of mails, chats and files from any system, without what a mail program puts before a line it quotes.

use std::borrow::Cow;

use crate::letters::{is_unseen, narrow};

/// The lines of a text that hold something, with their numbers from `first` on: unquoted, and one that was broken
/// within the sign of a link together with the next.
pub fn lines(text: &str, first: usize) -> Vec<(usize, Cow<'_, str>)> {
    let mut all: Vec<(usize, Cow<'_, str>)> = Vec::new();
    for (number, line) in (first..).zip(split(text)) {
        let line = unquoted(line);
        match all.last_mut() {
            Some((_, before)) if breaks_sign(before, line) => {
                let joined = [before.trim_end().trim_end_matches('='), line.trim_start()].concat();
                *before = Cow::Owned(joined);
            }
            _ if line.trim().is_empty() => {}
            _ => all.push((number, Cow::Borrowed(line))),
        }
    }
    all
}

/// How many lines end in the text.
pub fn ends(text: &str) -> usize {
    split(text).count() - 1
}

/// At every character that ends a line somewhere; CRLF is one end.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let at = text.char_indices().find(|it| is_end(it.1));
        rest = at.map(|(at, end)| {
            let behind = &text[at + end.len_utf8()..];
            if end == '\r' { behind.strip_prefix('\n').unwrap_or(behind) } else { behind }
        });
        Some(&text[..at.map_or(text.len(), |it| it.0)])
    })
}

fn is_end(it: char) -> bool {
    matches!(it, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Without `> `, `>> ` and `| ` at the beginning. The tab of an empty first cell stays.
fn unquoted(line: &str) -> &str {
    let line = line.trim_start_matches(is_unseen);
    let marked = line.trim_start_matches(|it: char| is_unseen(it) || it.is_whitespace() || is_mark(it));
    if line[..line.len() - marked.len()].contains(is_mark) { marked } else { line }
}

fn is_mark(it: char) -> bool {
    matches!(narrow(it), '>' | '|' | '›' | '»' | '│' | '┃')
}

/// Does the line end within the sign before a record, which the next line goes on with?
fn breaks_sign(line: &str, next: &str) -> bool {
    let (line, next) = (line.trim_end().trim_end_matches('='), next.trim_start());
    ["#s.", "%23s."].iter().any(|sign| {
        (1..sign.len()).any(|at| line.ends_with(&sign[..at]) && next.starts_with(&sign[at..]) && line.contains("://"))
    })
}
