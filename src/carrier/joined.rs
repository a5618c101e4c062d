//! A code or link of several lines, as chats, mails and word processors break them: anywhere, with words before it and
//! behind it.

use std::borrow::Cow;

use super::code;
use super::lines::behind_number;
use super::link::{self, Payload};
use super::spans::{bare, looks_like_code};

/// Lines that are one piece.
pub struct Joined<'t> {
    pub text: String,
    pub link: Option<Payload>,
    /// How many lines after the first belong to it.
    pub n: usize,
    /// What stands behind it on the last of these.
    pub behind: Option<&'t str>,
}

type Following<'l, 't> = &'l [(usize, Cow<'t, str>)];

/// A link that is not whole on its line, together with the lines after it that belong to it: it says itself how long it
/// is.
pub fn link<'l>(first: &str, following: Following<'l, '_>) -> Joined<'l> {
    let mut joined = Joined { text: first.to_owned(), link: None, n: 0, behind: None };
    while let Some((_, next)) = following.get(joined.n) {
        let Some((received, total)) = link::lengths(&joined.text).filter(|it| it.1.is_none_or(|total| it.0 < total))
        else {
            break;
        };
        let plain = next.trim().trim_end_matches('=');
        let own = &plain[..plain.find(|it| !link::is_ours(it)).unwrap_or(plain.len())];
        // a code of one line is a record of its own, and the link before it is cut off
        if own.is_empty() || code::is_whole(plain).is_ok() {
            break;
        }
        let lacks = total.map(|it| it - received);
        if own.len() == plain.len() && lacks.is_none_or(|it| own.len() <= it) {
            let longer = format!("{}\n{}", joined.text, next.trim());
            // behind other words nothing more of a link comes
            if link::lengths(&longer).is_none_or(|it| it.0 != received + own.len()) {
                break;
            }
            joined.text = longer;
            joined.n += 1;
            continue;
        }
        let last = &own[..lacks.unwrap_or(own.len()).min(own.len())];
        let whole = format!("{}\n{last}", joined.text);
        if link::bytes_of(&whole).is_ok() {
            joined.text = whole;
            joined.n += 1;
            joined.behind = Some(&plain[last.len()..]).filter(|it| !it.trim().is_empty());
        }
        break;
    }
    joined
}

/// A whole code that begins in this line, wherever, and where it begins; it ends in it or in one of the next. Only the
/// checks of the code decide, not what stands before it or behind it.
pub fn whole_code<'l>(first: &'l str, following: Following<'l, '_>) -> Option<(usize, Joined<'l>)> {
    let first = first.trim_end().trim_end_matches('=');
    let mut search = CodeSearch { following, letters: Vec::new(), text: String::new(), tries: 0 };
    let mut left = MOST_TRIES;
    code::beginnings(first).find_map(|at| {
        // a wrong beginning leaves enough for a right one
        let most = left / 2;
        search.tries = most;
        let found = search.go_on(&first[at..], 0);
        left -= most - search.tries;
        Some((at, found?))
    })
}

/// A code has fewer lines. What was made to look like the beginning of one costs no more than this.
const MOST_TRIES: usize = 1_000;

/// A search for a whole code, with what is found of it.
struct CodeSearch<'l, 't> {
    following: Following<'l, 't>,
    letters: Vec<u8>,
    text: String,
    tries: usize,
}

impl<'l> CodeSearch<'l, '_> {
    /// Takes the letters with which this line begins, line number `n` from where the code does, and those of the next.
    fn go_on(&mut self, line: &'l str, n: usize) -> Option<Joined<'l>> {
        self.tries = self.tries.checked_sub(1)?;
        let (before, written) = (self.letters.len(), self.text.len());
        self.letters.extend(code::letters(code::first_letters(line, code::TELLS))?);
        let total = code::begins(&self.letters);
        self.letters.truncate(before);
        // all that is missing, as far as the line has it; or as much as a printed line has, whatever follows
        let missing = total.map_or(code::LINE, |it| it.saturating_sub(before));
        let mut last = usize::MAX;
        for most in [missing, code::LINE] {
            let own = code::first_letters(line, most);
            self.letters.extend(code::letters(own)?);
            let n_own = self.letters.len() - before;
            self.text.push_str(own);
            let found = match total {
                _ if n_own == 0 || n_own == last || !code::are_lines(&self.letters, before) => None,
                Some(total) if self.letters.len() == total => self.found(n, &line[own.len()..]),
                // however narrow a column is, a line has a group or the rest of a printed one: single letters are something else
                _ if 0 < n && n_own < code::GROUP && !self.letters.len().is_multiple_of(code::LINE) => None,
                _ => self.next(n),
            };
            self.letters.truncate(before);
            self.text.truncate(written);
            if found.is_some() {
                return found;
            }
            last = n_own;
        }
        None
    }

    /// Goes on with the next line: at its beginning, or in it where lines are as they were printed.
    fn next(&mut self, n: usize) -> Option<Joined<'l>> {
        let next = self.following.get(n)?.1.trim().trim_end_matches('=');
        let printed = self.letters.len().is_multiple_of(code::LINE);
        let begins = |(at, letter): &(usize, char)| {
            *at == 0 || printed && code::is_letter(*letter) && !next[..*at].ends_with(code::is_letter)
        };
        // a printed line has its number before it
        let numbered = behind_number(n + 2, next).map(|it| next.len() - it.len());
        self.text.push('\n');
        let anywhere = next.char_indices().filter(begins).map(|it| it.0).filter(|at| Some(*at) != numbered);
        let found = numbered.into_iter().chain(anywhere).find_map(|at| self.go_on(&next[at..], n + 1));
        self.text.pop();
        found
    }

    fn found(&self, n: usize, behind: &'l str) -> Option<Joined<'l>> {
        let behind = Some(behind).filter(|rest| rest.chars().any(|it| !code::is_between(it)));
        code::is_whole(&self.text).is_ok().then(|| Joined { text: self.text.clone(), link: None, n, behind })
    }
}

/// A code with something wrong in it, together with the lines after it that belong to it, by the length that its first
/// letters give, and by the checks of the lines, which include the number of the line.
pub fn damaged_code<'l>(whole: &str, following: Following<'l, '_>) -> Joined<'l> {
    let first = code::letters(bare(whole)).unwrap_or_default();
    let total = code::tells_length(&first);
    let (mut n, mut received, mut text) = (0, first.len(), whole.to_owned());
    while let Some(next) = following.get(n).map(|it| &*it.1).filter(|text| goes_on(text)) {
        let plain = bare(next);
        let letters = code::letters(plain).unwrap_or_default();
        let n_letters = plain.chars().filter(|it| !code::is_between(*it)).count();
        let goes_on = code::is_line(n + 1, &letters);
        let begins = !goes_on && code::is_line(0, &letters) && code::tells_length(&letters).is_some();
        let belongs = match total {
            // somebody may have typed one letter too many
            Some(total) => received < total && n_letters <= total - received + 1,
            None => goes_on && code::LINE <= first.len() + 2,
        };
        if !belongs || begins || code::is_whole(plain).is_ok() {
            break;
        }
        received += n_letters;
        text.push('\n');
        text.push_str(next);
        n += 1;
    }
    Joined { text, link: None, n, behind: None }
}

/// The last line of a code may be a single letter and its check; in any other there may be a wrong one.
fn goes_on(line: &str) -> bool {
    let text = bare(line);
    !text.trim().is_empty() && (text.chars().all(code::is_of_code) || looks_like_code(text, false))
}
