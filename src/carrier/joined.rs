//! A code or link of several lines, as chats, mails and word processors break them: anywhere, with words before it and
//! behind it.

use std::borrow::Cow;

use super::code;
use super::link::{self, Payload};
use super::spans::bare;

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

/// A whole code that begins in this line, at any of its groups, and ends in it or in one of the next. Only the checks of
/// the code decide.
pub fn whole_code<'l>(first: &'l str, following: Following<'l, '_>) -> Option<Joined<'l>> {
    let first = first.trim_end().trim_end_matches('=');
    let run = first.rsplit(|it| !code::is_of_code(it)).next()?.trim();
    let groups = run.char_indices().filter(|it| it.1.is_whitespace()).map(|(at, it)| at + it.len_utf8());
    [0].into_iter().chain(groups).find_map(|at| whole_from(&run[at..], following))
}

fn whole_from<'l>(first: &'l str, following: Following<'l, '_>) -> Option<Joined<'l>> {
    let mut letters = code::letters(first).filter(|it| !it.is_empty())?;
    let (mut text, mut n, mut behind) = (first.to_owned(), 0, None);
    while code::begins(&letters).is_none_or(|total| letters.len() < total) {
        // only the last line has anything behind the code, and a wrong line ends it
        let is_wrong = code::TELLS <= letters.len() && code::tells_length(&letters).is_none();
        if behind.is_some() || is_wrong {
            return None;
        }
        let next = following.get(n)?.1.trim().trim_end_matches('=');
        let run = &next[..next.find(|it| !code::is_of_code(it)).unwrap_or(next.len())];
        let before = letters.len();
        letters.extend(code::letters(run).filter(|it| !it.is_empty())?);
        let own = code::begins(&letters).map_or(run, |total| code::first_letters(run, total.saturating_sub(before)));
        letters.truncate(before + code::letters(own).map_or(0, |it| it.len()));
        n += 1;
        text.push('\n');
        text.push_str(own);
        behind = Some(next[own.len()..].trim()).filter(|it| !it.chars().all(code::is_between));
    }
    let total = code::begins(&letters)?;
    if n == 0 {
        text = code::first_letters(first, total).to_owned();
        behind = Some(&first[text.len()..]).filter(|it| it.chars().any(code::is_letter));
    }
    code::is_whole(&text).is_ok().then_some(Joined { text, link: None, n, behind })
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
        text.push('\n');
        text.push_str(next);
        n += 1;
    }
    Joined { text, link: None, n, behind: None }
}

/// The last line of a code may be a single letter and its check.
fn goes_on(line: &str) -> bool {
    let text = bare(line);
    !text.trim().is_empty() && text.chars().all(code::is_of_code)
}
