//! 级别: what people write for a level, as numbers from 5 down to 1 (reading SCO-19).

use crate::letters::{is_blank, is_bracket, is_list_mark, is_stroke, narrow, narrow_digit, plain_text};

/// The words for levels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    /// Words that say nothing about which level it is, as 级.
    pub ignored: Vec<String>,
    pub words: Vec<LevelWord>,
}

/// A level and its names beside its number, as 五级 and 初级工 for 5.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelWord {
    pub level: u8,
    pub names: Vec<String>,
}

/// Why a text names no levels. The piece of it that is at fault is as typed, with half-width digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LevelsMisread {
    /// Nothing is written.
    Missing,
    /// No word for a level begins here.
    Unread(String),
    /// A number that is no level.
    Outside(String),
}

/// Reads `5、4、3`, `五级/初级工`, `5--3 级`, `高级技师至高级工`. The levels fall and each comes once.
///
/// # Errors
/// Nothing is written, or something that is not surely a level: a level is never guessed.
pub fn read(words: &Levels, text: &str) -> Result<Vec<u8>, LevelsMisread> {
    let plain: String = plain_text(text).chars().map(narrow_digit).collect();
    let mut named = [false; 6];
    let mut before: Option<u8> = None;
    let mut range = false;
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        if is_stroke(first) || first == '至' || first == '到' {
            if before.is_none() {
                return Err(LevelsMisread::Unread(first.to_string()));
            }
            range = true;
            rest = after;
            continue;
        }
        if is_between(first) {
            rest = after;
            continue;
        }
        let (level, after) = match digits(rest) {
            "" => match longest(words, rest) {
                Some((Some(level), length)) => (level, &rest[length..]),
                Some((None, length)) => {
                    rest = &rest[length..];
                    continue;
                }
                None => return Err(LevelsMisread::Unread(piece(rest))),
            },
            number => match number.parse() {
                Ok(level @ 1..=5_u8) => (level, &rest[number.len()..]),
                _ => return Err(LevelsMisread::Outside(number.to_owned())),
            },
        };
        let from = if range { before.unwrap_or(level) } else { level };
        (from.min(level)..=from.max(level)).for_each(|it| named[usize::from(it.min(5))] = true);
        (before, range, rest) = (Some(level), false, after);
    }
    if range {
        return Err(LevelsMisread::Unread(plain));
    }
    let levels: Vec<u8> = (1..=5_u8).rev().filter(|it| named[usize::from(*it)]).collect();
    if levels.is_empty() { Err(LevelsMisread::Missing) } else { Ok(levels) }
}

/// From 5 down to 1, each once.
pub fn falling(levels: &[u8]) -> Vec<u8> {
    (1..=5_u8).rev().filter(|it| levels.contains(it)).collect()
}

/// `4、3、2、1`, as the document prints them.
pub fn print(levels: &[u8]) -> String {
    let mut text = String::new();
    for level in levels {
        if !text.is_empty() {
            text.push('、');
        }
        text.push(char::from(b'0' + level % 10));
    }
    text
}

/// A separator between two levels.
fn is_between(letter: char) -> bool {
    is_blank(letter) || is_bracket(letter) || is_list_mark(letter) || "/。.|和及与".contains(narrow(letter))
}

fn digits(text: &str) -> &str {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    &text[..end]
}

/// The longest word with which a text begins, and its level unless it is one of those to be ignored.
fn longest(words: &Levels, text: &str) -> Option<(Option<u8>, usize)> {
    let named = words.words.iter().flat_map(|it| it.names.iter().map(|name| (Some(it.level), name)));
    let all = named.chain(words.ignored.iter().map(|it| (None, it)));
    let begins = all.filter(|(_, word)| !word.is_empty() && text.starts_with(word.as_str()));
    begins.map(|(level, word)| (level, word.len())).max_by_key(|it| it.1)
}

/// What to show of a text that cannot be read: up to the next separator, and not too much.
fn piece(text: &str) -> String {
    text.chars().take_while(|it| !is_between(*it)).take(12).collect()
}
