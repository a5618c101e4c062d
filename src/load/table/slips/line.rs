//! One line of a TOML file that is not quite TOML, read as its author meant it and written as it should be.

mod heading;
mod key;
mod text;

use toml::de::DeTable;

use super::says::{Slipped, meant};
use crate::letters::{is_han, is_unseen, narrow};
use key::truth;
use text::escaped;

pub use heading::heading;

/// What stood last before a place in a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Last {
    Start,
    Key,
    Value,
    Comma,
    Open,
}

/// A line being read and written anew.
pub struct Scan<'s> {
    chars: Vec<char>,
    at: usize,
    below: &'s str,
    number: usize,
    open: &'s mut Vec<(char, usize)>,
    pub last: Last,
    pub out: String,
    pub said: Vec<Slipped>,
    /// Brackets of lines above that were left open, with their lines.
    pub left_open: Vec<(char, usize)>,
    /// Keys that are Chinese names stand in quotes in this file.
    pub quotes_names: bool,
    /// A text in three quotes goes on below.
    pub multi: bool,
    /// The next line is the rest of a text of this one.
    pub takes_next: bool,
}

const DOUBLE: &str = "\"“”„‟＂「」『』";
const SINGLE: &str = "'‘’＇";

fn is_double(it: char) -> bool {
    DOUBLE.contains(it)
}

fn opens(it: char) -> bool {
    is_double(it) || SINGLE.contains(it)
}

/// A blank that TOML does not take for one.
fn is_odd_blank(it: char) -> bool {
    is_unseen(it) || it.is_whitespace() && !matches!(it, ' ' | '\t')
}

fn is_key_char(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.')
}

/// Does a line begin with `key =` or with a heading, so that nothing from above can still be open?
pub fn begins_statement(line: &str) -> bool {
    let line = line.trim();
    if let Some(inner) = line.strip_prefix('[').map(|it| it.trim_start_matches('[')) {
        let (name, rest) = inner.split_at(inner.find(|it| !is_key_char(it)).unwrap_or(inner.len()));
        return name.starts_with(|it: char| it.is_ascii_lowercase()) && rest.starts_with(']');
    }
    key_of(line).is_some()
}

/// The key of a line that begins with one and an equals sign.
pub fn key_of(line: &str) -> Option<String> {
    let (key, _) = line.split_once(['=', '＝'])?;
    let key = key.trim();
    if let Some(quoted) = key.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        return (!quoted.is_empty() && !quoted.contains('"')).then(|| quoted.to_owned());
    }
    (!key.is_empty() && key.chars().all(is_key_char)).then(|| key.to_owned())
}

/// Does the line begin with a key in quotes?
pub fn has_quoted_key(line: &str) -> bool {
    line.trim_start().starts_with('"') && key_of(line).is_some()
}

impl<'s> Scan<'s> {
    pub fn new(line: &str, below: &'s str, number: usize, open: &'s mut Vec<(char, usize)>, last: Last) -> Scan<'s> {
        let chars = line.chars().collect();
        let (out, said) = (String::new(), Vec::new());
        let (left_open, quotes_names) = (Vec::new(), false);
        Scan {
            chars,
            at: 0,
            below,
            number,
            open,
            last,
            out,
            said,
            left_open,
            quotes_names,
            multi: false,
            takes_next: false,
        }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn rest(&self) -> String {
        self.chars[self.at..].iter().collect()
    }

    fn wide(&mut self, mark: char) {
        if !mark.is_ascii() {
            self.said.push(Slipped::Wide(vec![mark]));
        }
    }

    pub fn run(&mut self) {
        self.blanks();
        if self.last == Last::Start && !self.statement() {
            return;
        }
        while let Some(it) = self.peek() {
            let begins = !matches!(it, ' ' | '\t' | '#' | '＃' | ',' | '，' | '、' | ';' | '；' | '=' | '＝')
                && !is_odd_blank(it);
            if begins && self.open.is_empty() && self.last == Last::Value && !"]］】〕}｝".contains(it) {
                self.said.push(Slipped::After);
                let rest = self.rest();
                self.out.push_str(&format!(" # {rest}"));
                return;
            }
            match it {
                ' ' | '\t' => self.copy(),
                it if is_odd_blank(it) => self.blanks(),
                '#' | '＃' if self.last == Last::Key => self.number_sign(),
                '#' | '＃' => return self.comment(it),
                it if opens(it) => self.text(it),
                '[' | '［' | '【' | '〔' | '{' | '｛' => self.opening(it),
                ']' | '］' | '】' | '〕' | '}' | '｝' => self.closing(it),
                ',' | '，' | '、' | ';' | '；' => self.comma(it),
                '=' | '＝' => {
                    self.said.push(Slipped::ExtraEquals);
                    self.at += 1;
                }
                _ => self.bare(),
            }
            if self.multi {
                return;
            }
        }
        if self.last == Last::Key {
            let key = key_of(&self.out).unwrap_or_default();
            self.said.push(Slipped::NoValue(key));
            self.takes_next = self.below.trim().starts_with(opens);
            self.out.push_str("\"\"");
            self.last = Last::Value;
        }
    }

    fn copy(&mut self) {
        self.out.extend(self.peek());
        self.at += 1;
    }

    fn blanks(&mut self) {
        while let Some(it) = self.peek().filter(|it| matches!(it, ' ' | '\t') || is_odd_blank(*it)) {
            if is_odd_blank(it) {
                self.said.push(Slipped::Unseen(it));
                self.out.push(' ');
                self.at += 1;
            } else {
                self.copy();
            }
        }
    }

    fn comment(&mut self, mark: char) {
        self.wide(mark);
        let rest = self.rest();
        self.out.push('#');
        self.out.push_str(&rest[mark.len_utf8()..]);
        self.at = self.chars.len();
    }

    /// The beginning of a line that is no heading: its key and the equals sign. False where there is none.
    fn statement(&mut self) -> bool {
        let rest = self.rest();
        if rest.is_empty() {
            return false;
        }
        if let Some(mark) = rest.chars().next().filter(|it| matches!(it, '#' | '＃')) {
            self.comment(mark);
            return false;
        }
        let made_comment = |scan: &mut Self, said| {
            scan.said.push(said);
            scan.out.push_str(&format!("# {rest}"));
            false
        };
        if ["//", "--", "/*", "<!--", "※"].iter().any(|it| rest.starts_with(it)) {
            return made_comment(self, Slipped::Comment);
        }
        if rest.starts_with(opens) {
            return self.quoted_key(&rest).unwrap_or_else(|said| made_comment(self, said));
        }
        let ends = |it: char| matches!(it, '=' | '＝' | ':' | '：') || opens(it) || "[{［｛#".contains(it);
        let Some(end) = rest.find(ends).filter(|it| 0 < *it) else {
            return made_comment(self, Slipped::Stray);
        };
        let (key, after) = rest.split_at(end);
        let typed = key.trim_end_matches(|it| matches!(it, ' ' | '\t') || is_odd_blank(it));
        let gap = &key[typed.len()..];
        let key: String = typed.chars().map(|it| if it == '—' || it == '－' { '-' } else { narrow(it) }).collect();
        let mark = after.chars().next().expect("it was found");
        if key.contains([' ', '\t']) || key.is_empty() {
            return made_comment(self, Slipped::Stray);
        }
        if key != typed {
            self.said.push(Slipped::WideKey(typed.to_owned(), key.clone()));
        }
        self.said.extend(gap.chars().find(|it| is_odd_blank(*it)).map(Slipped::Unseen));
        if key.chars().all(is_key_char) {
            self.out.push_str(&key);
        } else {
            let name = self.quotes_names && key.chars().all(is_han);
            self.said.push(if name { Slipped::UnquotedKey(key.clone()) } else { Slipped::KeyName(key.clone()) });
            self.out.push_str(&format!("\"{}\"", key.replace(['\\', '"'], "")));
        }
        self.at += rest[..end].chars().count();
        self.out.push_str(&gap.replace(is_odd_blank, " "));
        match mark {
            '=' | '＝' => {
                self.wide(mark);
                self.at += 1;
            }
            ':' | '：' => {
                self.said.push(Slipped::Colon);
                self.at += 1;
            }
            _ => self.said.push(Slipped::NoEquals(key)),
        }
        self.out.push('=');
        self.last = Last::Key;
        true
    }

    /// A comma before a value that follows another one.
    fn between(&mut self) {
        if self.last == Last::Value && !self.open.is_empty() {
            self.said.push(Slipped::NoComma);
            self.out.push_str(", ");
        }
    }

    fn opening(&mut self, mark: char) {
        self.between();
        self.wide(mark);
        let bracket = if matches!(mark, '{' | '｛') { '{' } else { '[' };
        self.out.push(bracket);
        self.open.push((bracket, self.number));
        self.last = Last::Open;
        self.at += 1;
    }

    fn closing(&mut self, mark: char) {
        self.wide(mark);
        self.at += 1;
        let bracket = if matches!(mark, '}' | '｝') { '{' } else { '[' };
        let closed = if bracket == '{' { '}' } else { ']' };
        if !self.open.iter().any(|it| it.0 == bracket) {
            self.said.push(Slipped::ExtraBracket(closed));
            return;
        }
        while let Some((open, line)) = self.open.pop() {
            if open != bracket {
                self.left_open.push((open, line));
            }
            self.out.push(if open == '[' { ']' } else { '}' });
            if open == bracket {
                break;
            }
        }
        self.last = Last::Value;
    }

    fn comma(&mut self, mark: char) {
        self.at += 1;
        if self.open.is_empty() || matches!(self.last, Last::Comma | Last::Open) {
            self.said.push(Slipped::ExtraMark(mark));
            return;
        }
        self.wide(mark);
        if mark == ';' {
            self.said.push(Slipped::Wide(vec![';']));
        }
        self.out.push(',');
        self.last = Last::Comma;
    }

    /// May a value end before the character at this place? Alone on a line it ends with the line.
    fn ends(&self, at: usize) -> bool {
        let after = self.chars[at..].iter().find(|it| !it.is_whitespace() && !is_unseen(**it));
        match after {
            None | Some('#' | '＃') => true,
            Some(it) => !self.open.is_empty() && ",，、;；]］】}｝".contains(*it),
        }
    }

    /// Something without quotes: a key of an inline table, a number, or a text.
    fn bare(&mut self) {
        let in_table = self.open.last().is_some_and(|it| it.0 == '{');
        let of_key = in_table && self.last != Last::Key;
        let stops = |mark: char| match mark {
            '#' => true,
            _ if self.open.is_empty() => false,
            ':' | '：' => of_key,
            _ => ",，、]］】}｝=＝".contains(mark) || opens(mark),
        };
        let end = (self.at..self.chars.len()).find(|it| stops(self.chars[*it])).unwrap_or(self.chars.len());
        let typed: String = self.chars[self.at..end].iter().collect();
        let word = typed.trim_end();
        let gap = typed[word.len()..].to_owned();
        self.between();
        self.at = end;
        if let Some(mark) = self.peek().filter(|it| of_key && "=＝:：".contains(*it)) {
            if matches!(mark, ':' | '：') {
                self.said.push(Slipped::Colon);
            } else {
                self.wide(mark);
            }
            self.at += 1;
            self.out.push_str(&format!("{}{gap}=", word.chars().map(narrow).collect::<String>()));
            self.last = Last::Key;
            return;
        }
        let narrowed: String = word.chars().map(meant).collect();
        self.last = Last::Value;
        if is_value(word) {
            self.out.push_str(word);
        } else if is_value(&narrowed) {
            self.said.push(Slipped::Wide(word.chars().filter(|it| meant(*it) != *it).collect()));
            self.out.push_str(&narrowed);
        } else if let Some((number, mark)) = before_mark(word).filter(|_| self.open.is_empty()) {
            self.said.push(Slipped::ExtraMark(mark));
            self.out.push_str(&number);
        } else {
            let text = word.trim_end_matches(opens);
            if let Some(truth) = truth(word) {
                self.said.push(Slipped::Truth(word.to_owned()));
                self.out.push_str(&format!("{truth}{gap}"));
                return;
            }
            self.said.push(if text.len() < word.len() || matches!(self.peek(), Some(it) if opens(it)) {
                Slipped::NoOpening
            } else {
                Slipped::Unquoted(text.to_owned())
            });
            if self.peek().is_some_and(opens) {
                self.at += 1;
            }
            self.out.push_str(&format!("\"{}\"", escaped(text, false).0));
        }
        self.out.push_str(&gap);
    }
}

/// A number before a mark that does not belong to it: 8，
fn before_mark(word: &str) -> Option<(String, char)> {
    let mark = word.chars().next_back().filter(|it| ",，;；。、".contains(*it))?;
    let number: String = word[..word.len() - mark.len_utf8()].trim_end().chars().map(narrow).collect();
    is_value(&number).then_some((number, mark))
}

/// Is it a number, a date or a truth value of TOML?
fn is_value(word: &str) -> bool {
    !word.contains(['\n', '#', '"', '\'']) && DeTable::parse(&format!("x = {word}")).is_ok()
}
