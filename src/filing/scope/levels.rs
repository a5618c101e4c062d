//! 级别: what people write for a level, as numbers from 5 down to 1 (reading SCO-19), and the names of levels that a later
//! document has.

use crate::letters::{is_blank, is_bracket, is_list_mark, is_quote, is_stroke, narrow, narrow_digit, plain_text};

/// The words for levels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    /// Words that say nothing about which level it is, as 级.
    pub ignored: Vec<String>,
    pub words: Vec<LevelWord>,
    /// Levels that only documents after this edition know; `later.toml` has them.
    pub later: Vec<LaterLevel>,
}

/// A level and its names beside its number, as 五级 and 初级工 for 5.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelWord {
    pub level: u8,
    pub names: Vec<String>,
}

/// 特级技师: a level that a later document has, or what people call all of its levels together (八级工).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaterLevel {
    /// The first is the one that the document has.
    pub names: Vec<String>,
    /// Where it stands among all levels, by which ranges are filled; [`NO_RANK`] where it has no place of its own.
    pub rank: u8,
    /// What the document is called.
    pub document: String,
}

/// The rank of level 1, and so many less for each below it. A later level has a lower or a higher one.
pub const RANK_OF_1: u8 = 14;
/// No range leads to it or from it.
pub const NO_RANK: u8 = 31;

/// The levels that a text names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LevelsRead {
    /// From 5 down to 1, each once.
    pub levels: Vec<u8>,
    /// Names of later levels, each level once, by its rank.
    pub later: Vec<(u8, String)>,
}

impl LevelsRead {
    /// `4、3、特级技师`. Reading it gives the same.
    pub fn text(&self) -> String {
        let mut text = print(&self.levels);
        for (_, name) in &self.later {
            if !text.is_empty() {
                text.push('、');
            }
            text.push_str(name);
        }
        text
    }
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

/// The levels of this edition in a text; see [`read_all`].
///
/// # Errors
/// As there.
pub fn read(words: &Levels, text: &str) -> Result<Vec<u8>, LevelsMisread> {
    read_all(words, text).map(|it| it.levels)
}

/// A text that names levels, as it is to be written; `None` where it cannot be read.
pub fn tidied(words: &Levels, text: &str) -> Option<String> {
    read_all(words, text).ok().map(|it| it.text())
}

/// Reads `5、4、3`, `五级/初级工`, `5--3 级`, `高级技师至高级工`, `一级、特级技师`. The levels fall and each comes once.
///
/// # Errors
/// Nothing is written, or something that is not surely a level: a level is never guessed.
pub fn read_all(words: &Levels, text: &str) -> Result<LevelsRead, LevelsMisread> {
    let plain: String = plain_text(text).chars().map(narrow_digit).collect();
    // a bit for each rank
    let mut named = 0_u32;
    let mut later: Vec<(u8, String)> = Vec::new();
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
        let (rank, after) = match digits(rest) {
            "" => match longest(words, rest) {
                Some((Some(rank), length)) => {
                    if (rank < rank_of(5) || RANK_OF_1 < rank) && named & (1 << rank) == 0 {
                        later.push((rank, rest[..length].to_owned()));
                    }
                    (rank, &rest[length..])
                }
                Some((None, length)) => {
                    rest = &rest[length..];
                    continue;
                }
                None => return Err(LevelsMisread::Unread(piece(rest))),
            },
            number => match number.parse() {
                Ok(level @ 1..=5_u8) => (rank_of(level), &rest[number.len()..]),
                _ => return Err(LevelsMisread::Outside(number.to_owned())),
            },
        };
        let from = before.filter(|_| range && rank != NO_RANK).unwrap_or(rank);
        (from.min(rank)..=from.max(rank)).for_each(|it| named |= 1 << it);
        (before, range, rest) = ((rank != NO_RANK).then_some(rank), false, after);
    }
    if range {
        return Err(LevelsMisread::Unread(plain));
    }
    let has = |rank: u8| named & (1 << rank) != 0;
    for level in words.later.iter().filter(|it| has(it.rank)) {
        if later.iter().all(|it| it.0 != level.rank) {
            later.push((level.rank, level.names.first().cloned().unwrap_or_default()));
        }
    }
    let levels: Vec<u8> = (1..=5_u8).rev().filter(|it| has(rank_of(*it))).collect();
    if levels.is_empty() && later.is_empty() { Err(LevelsMisread::Missing) } else { Ok(LevelsRead { levels, later }) }
}

fn rank_of(level: u8) -> u8 {
    RANK_OF_1 + 1 - level.clamp(1, 5)
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
    is_blank(letter)
        || is_bracket(letter)
        || is_quote(letter)
        || is_list_mark(letter)
        || "/。.|和及与".contains(narrow(letter))
}

fn digits(text: &str) -> &str {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    &text[..end]
}

/// The longest word with which a text begins, and the rank of its level unless it is one of those to be ignored.
fn longest(words: &Levels, text: &str) -> Option<(Option<u8>, usize)> {
    let of_edition = words.words.iter().map(|it| (rank_of(it.level), &it.names));
    let named = of_edition.chain(words.later.iter().map(|it| (it.rank, &it.names)));
    let named = named.flat_map(|(rank, names)| names.iter().map(move |name| (Some(rank), name)));
    let all = named.chain(words.ignored.iter().map(|it| (None, it)));
    let begins = all.filter(|(_, word)| !word.is_empty() && text.starts_with(word.as_str()));
    begins.map(|(rank, word)| (rank, word.len())).max_by_key(|it| it.1)
}

/// What to show of a text that cannot be read: up to the next separator, and not too much.
fn piece(text: &str) -> String {
    text.chars().take_while(|it| !is_between(*it)).take(12).collect()
}
