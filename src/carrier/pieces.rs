//! Whatever somebody pastes or drops, taken apart into codes, links and files: chats, mails and tables put words around them,
//! several on a line and one on several lines.

use super::code::{self, GROUP};
use super::read::{is_file, no_text};
use super::{Unreadable, link};

/// A line with fewer letters than this is no code: the shortest record has more.
const SHORTEST: usize = 12;

/// 统一社会信用代码 and 居民身份证号码 have 18 letters and digits in one run.
const OF_A_NUMBER: usize = 18;

/// The codes, links and files in a text, each as [`super::read`] takes it, with the number of its line, from 1. Words are passed
/// over, whether they have lines and cells of their own or stand before and behind; a code or link of several lines is one
/// piece, also where it is damaged.
pub fn pieces(text: &str) -> Vec<(usize, String)> {
    if is_file(text) {
        return vec![(1, text.to_owned())];
    }
    if no_text(text).is_some() {
        return Vec::new();
    }
    let lines = (1..).zip(text.split('\n'));
    let cells = lines.flat_map(|(n, line)| line.split(['\r', '\t']).flat_map(link::each).map(move |it| (n, it)));
    found(&cells.collect::<Vec<_>>(), false)
}

/// Every line of a text that is not blank, or several that make one code or link, with the number of the first, from 1;
/// a line of several links as each of them.
/// Unlike in [`pieces`] nothing is passed over: what is no code has a reader to tell why.
pub fn parts(text: &str) -> Vec<(usize, String)> {
    let cells = (1..).zip(text.lines()).flat_map(|(n, line)| link::each(line).into_iter().map(move |it| (n, it)));
    found(&cells.collect::<Vec<_>>(), true)
}

/// The pieces among cells, each with the number of its line; with `others`, cells that are none of ours too.
fn found(cells: &[(usize, &str)], others: bool) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some((line, cell)) = cells.get(at) {
        let rest = &cells[at + 1..];
        let n = if link::is_link(cell) {
            Some(of_link(cell, rest))
        } else {
            looks_like_code(cell).then(|| of_code(cell, rest))
        };
        let until = at + 1 + n.unwrap_or(0);
        if n.is_some() || others && !cell.trim().is_empty() {
            let own: Vec<&str> = cells[at..until].iter().map(|it| it.1).collect();
            all.push((*line, own.join("\n")));
        }
        at = until;
    }
    all
}

/// How many cells after this link belong to it: it says itself how much is missing.
fn of_link(first: &str, rest: &[(usize, &str)]) -> usize {
    let mut piece = first.to_owned();
    let (mut n, mut missing) = (0, None);
    while let Some((_, next)) = rest.get(n).filter(|it| goes_on_link(it.1)) {
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
fn of_code(first: &str, rest: &[(usize, &str)]) -> usize {
    let first = code::letters(bare(first)).unwrap_or_default();
    let total = code::tells_length(&first);
    let (mut n, mut received) = (0, first.len());
    while let Some((_, next)) = rest.get(n).filter(|it| goes_on_code(it.1)) {
        let plain = bare(next);
        let letters = code::letters(plain).unwrap_or_default();
        let goes_on = code::is_line(n + 1, &letters);
        let begins = !goes_on && code::is_line(0, &letters) && code::tells_length(&letters).is_some();
        let belongs = match total {
            // one letter too many may have been typed
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

/// Letters and digits in groups of four, or so many in one run that they are no number of a unit or a person.
fn looks_like_code(cell: &str) -> bool {
    if cell.len() < SHORTEST {
        return false;
    }
    let text = without_number(likeliest(cell));
    let (letters, others) = counted(text);
    let runs = || text.split(|it: char| !it.is_alphanumeric());
    let in_one = || runs().any(|it| OF_A_NUMBER < it.chars().count()) && !cell.contains("://");
    let is_one = || code::has_groups(text) || in_one() || code::is_whole(text).is_ok();
    SHORTEST <= letters && others * 8 <= letters && is_one()
}

/// How many letters of codes stand in a text, and how many characters that do not stand in codes.
fn counted(text: &str) -> (usize, usize) {
    let (mut letters, mut others) = (0, 0);
    for it in text.chars() {
        if !code::is_of_code(it) {
            others += 1;
        } else if it.is_alphanumeric() {
            letters += 1;
        }
    }
    (letters, others)
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

/// A line of a code without the words around it: a label or a name before it, a number, a request behind it. A wrong
/// character among the letters stays, for the reader to tell.
pub fn bare(line: &str) -> &str {
    let own = likeliest(line);
    // what is beside it may be of the code, unless it is introduced or checks
    let has_more = counted(own).0 < counted(line).0;
    let is_own = |it: &str| code::letters(it).is_some_and(|it| code::is_line(0, &it));
    let own = without_number(own);
    if own.is_empty() || has_more && !line.contains([':', '：']) && !is_own(own) { line } else { own }
}

/// The part of a line with the most letters of codes, among its words.
fn likeliest(line: &str) -> &str {
    let parts = line.split(|it: char| matches!(it, ':' | '：' | '/' | '@') || is_foreign(it));
    let own = parts.max_by_key(|it| counted(it).0).unwrap_or_default();
    own.trim_matches(|it: char| it.is_whitespace() || "，。、；！？,;!?“”\"'（）()【】[]《》<>|".contains(it))
}

/// Without the number of a list before it: 2. or 2）.
fn without_number(text: &str) -> &str {
    match text.split_once(['.', '、', '．', ')', '）']) {
        Some((number, rest)) if number.len() < GROUP && number.bytes().all(|it| it.is_ascii_digit()) => rest,
        _ => text,
    }
}

/// Letters that no code has, not even in full width.
fn is_foreign(it: char) -> bool {
    it.is_alphabetic() && !it.is_ascii() && !('！'..='～').contains(&it)
}
