//! The lines of mails, chats and files from any system, without what a mail program puts before a line it quotes.

use std::borrow::Cow;

use crate::letters::{is_unseen, narrow, split_lines};

/// The lines of a text that hold something, with their numbers from `first` on: unquoted, and one that was broken
/// within the sign of a link together with the next.
pub fn lines(text: &str, first: usize) -> Vec<(usize, Cow<'_, str>)> {
    let mut all = Vec::new();
    each(text, first, |number, line| all.push((number, line)));
    all
}

/// The same, split at tabs as tables have them; cells in which nothing stands are left out.
pub fn cells(text: &str, first: usize) -> Vec<(usize, Cow<'_, str>)> {
    let mut all = Vec::new();
    each(text, first, |number, line| {
        let holds = |it: &&str| !it.trim().is_empty();
        match line {
            Cow::Borrowed(line) => all.extend(line.split('\t').filter(holds).map(|it| (number, Cow::Borrowed(it)))),
            Cow::Owned(line) => {
                all.extend(line.split('\t').filter(holds).map(|it| (number, Cow::Owned(it.to_owned()))));
            }
        }
    });
    all
}

fn each<'t>(text: &'t str, first: usize, mut take: impl FnMut(usize, Cow<'t, str>)) {
    let mut last: Option<(usize, Cow<'t, str>)> = None;
    for (number, line) in (first..).zip(split_lines(text)) {
        let line = unquoted(line);
        match &mut last {
            Some((_, before)) if breaks_sign(before, line) => {
                let joined = [before.trim_end().trim_end_matches('='), line.trim_start()].concat();
                *before = Cow::Owned(joined);
            }
            _ if line.trim().is_empty() => {}
            _ => {
                if let Some((number, line)) = last.replace((number, Cow::Borrowed(line))) {
                    take(number, line);
                }
            }
        }
    }
    if let Some((number, line)) = last {
        take(number, line);
    }
}

/// How many lines end in the text.
pub fn ends(text: &str) -> usize {
    split_lines(text).count() - 1
}

/// At which byte the line with this number begins, from 1.
pub fn start(text: &str, line: usize) -> usize {
    split_lines(text).nth(line - 1).map_or(text.len(), |it| it.as_ptr() as usize - text.as_ptr() as usize)
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

/// What stands behind the number of a line, where it begins with that, as printed lines do.
pub fn behind_number(number: usize, line: &str) -> Option<&str> {
    let (before, behind) = line.trim_start().split_once(char::is_whitespace)?;
    (before.parse() == Ok(number)).then_some(behind)
}
