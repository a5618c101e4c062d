//! Splits one line: finds a link or a code among words, and each of several by itself.

use crate::letters::{is_bracket, is_quote, narrow};

use super::code::{self, GROUP, LINE};
use super::link::{self, Payload};
use super::others::is_other;

/// Something with fewer letters is not taken for a code, unless it stands alone and in groups: the shortest record has
/// more.
const SHORTEST: usize = 12;
/// 统一社会信用代码 and 居民身份证号码 have 18 letters and digits without a gap.
const OF_A_NUMBER: usize = 18;

/// A part of a line that holds no more than one record.
pub struct Span<'t> {
    pub text: &'t str,
    /// The link in it, found here and read later.
    pub link: Option<Payload>,
}

/// Splits a line into such parts; a line of only words is one part.
pub fn spans(line: &str) -> Vec<Span<'_>> {
    let plain = |text| Span { text, link: None };
    let mut all = Vec::new();
    for part in link::each(line) {
        match link::around(part) {
            Some((found, before, behind)) => {
                all.extend(runs(before).filter(|run| stands(run)).map(plain));
                all.push(Span { text: part, link: Some(found) });
                all.extend(runs(behind).filter(|run| stands(run)).map(plain));
            }
            None => {
                let codes: Vec<&str> = runs(part).filter(|run| is_likely(run, part)).collect();
                let one = codes.len() < 2;
                all.extend(if one { vec![part] } else { codes }.into_iter().map(plain));
            }
        }
    }
    all
}

/// Letters and digits in groups of four, or more of them without a gap than the number of a unit or a person has. One
/// wrong character among them does not hide a code. Beside a whole code, a few groups are something else.
pub fn looks_like_code(part: &str, beside: bool) -> bool {
    let text = unlabelled(part);
    let (letters, others) = counted(text);
    if runs(part).any(|it| is_likely(it, part)) {
        return true;
    }
    if is_other(text) {
        return false;
    }
    let is_all = !beside && GROUP < letters && others == 0 && letters < SHORTEST && code::has_groups(text);
    let has_wrong = SHORTEST <= letters && others * 8 <= letters && code::has_groups(text);
    is_all || has_wrong
}

/// A line of a code without the words around it: a label or a name before it, a line number, a request after it. A
/// wrong character among the letters stays in, so that it is reported.
pub fn bare(line: &str) -> &str {
    let mut whole = runs(line).filter(|it| stands(it));
    match (whole.next(), whole.next()) {
        (Some(only), None) => only,
        _ => unlabelled(line),
    }
}

/// Removes what introduces a code and what follows it.
fn unlabelled(line: &str) -> &str {
    let own = line.split([':', '：']).max_by_key(|it| counted(it).0).unwrap_or_default();
    let own = own.trim_matches(|character: char| {
        character.is_whitespace()
            || is_foreign(character)
            || is_bracket(character)
            || is_quote(character)
            || ",;!?|".contains(narrow(character))
    });
    // words alone are no code: the line is kept as it is, so that its first letter is reported as wrong
    if own.is_empty() { line } else { without_number(own) }
}

/// The runs of characters that can be in codes, split at all other characters.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !code::is_of_code(it)).map(|it| own(without_number(it.trim()))).filter(|it| !it.is_empty())
}

/// A code without the number or time of day before it, and without the number behind it, which only blanks part from it.
fn own(run: &str) -> &str {
    let mut rest = run;
    for _ in 0..4 {
        let letters = code::letters(rest).unwrap_or_default();
        if let Some(total) = code::begins(&letters).filter(|it| *it <= letters.len()) {
            let whole = code::first_letters(rest, total);
            if code::is_whole(whole).is_ok() {
                return whole;
            }
        }
        let Some((_, behind)) = rest.split_once(char::is_whitespace) else { break };
        rest = behind.trim_start();
    }
    run
}

/// Is this a whole code, or the first line of one?
fn stands(run: &str) -> bool {
    let first = |line: &str| code::letters(line).is_some_and(|it| it.len() == LINE && code::is_line(0, &it));
    SHORTEST <= counted(run).0 && (code::is_whole(run).is_ok() || first(run))
}

fn is_likely(run: &str, among: &str) -> bool {
    let is_long = || run.split(|it: char| !code::is_letter(it)).any(|it| OF_A_NUMBER < it.chars().count());
    let is_ours = || code::has_groups(run) || is_long() && !among.contains("://");
    SHORTEST <= counted(run).0 && (is_ours() && !is_other(run) || stands(run))
}

/// How many letters of codes a text has, and how many characters that cannot be in codes.
fn counted(text: &str) -> (usize, usize) {
    let (mut letters, mut others) = (0, 0);
    for character in text.chars() {
        if code::is_letter(character) {
            letters += 1;
        } else if !code::is_of_code(character) {
            others += 1;
        }
    }
    (letters, others)
}

/// Removes the number of a list item: 2. or 2）.
fn without_number(text: &str) -> &str {
    match text.split_once(['.', '、', '．', ')', '）']) {
        Some((number, rest)) if number.len() < GROUP && number.bytes().all(|it| it.is_ascii_digit()) => rest.trim(),
        _ => text,
    }
}

/// A Chinese character or Chinese punctuation, which no code has.
fn is_foreign(it: char) -> bool {
    ('\u{2e80}'..='\u{fe4f}').contains(&it) && it != '\u{3000}'
}
