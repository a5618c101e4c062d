//! Where a text in a line ends, whose quotes are missing, full-width, or stand inside it too.

use super::{Last, SINGLE, Scan, begins_statement, is_double, opens};
use crate::load::table::slips::TRIPLE;
use crate::load::table::slips::says::Slipped;

impl Scan<'_> {
    pub(super) fn text(&mut self, mark: char) {
        self.between();
        self.wide(mark);
        self.last = Last::Value;
        let same = |scan: &Self, at: usize| scan.chars.get(at).is_some_and(|it| is_double(*it));
        if is_double(mark) && same(self, self.at + 1) && same(self, self.at + 2) {
            return self.triple();
        }
        let from = self.at + 1;
        if mark == '\''
            && let Some(to) = (from..self.chars.len()).find(|it| self.chars[*it] == '\'')
        {
            let text: String = self.chars[self.at..=to].iter().collect();
            self.out.push_str(&text);
            self.at = to + 1;
            return;
        }
        let (to, next) = self.text_end(mark, from);
        let text: String = self.chars[from..to].iter().collect();
        self.at = next;
        let (text, escaped) = escaped(&text, mark == '"');
        if escaped {
            self.said.push(Slipped::Backslash);
        }
        self.out.push_str(&format!("\"{text}\""));
    }

    /// Where the text that begins at `from` ends, and where what follows it begins.
    fn text_end(&mut self, mark: char, from: usize) -> (usize, usize) {
        let n = self.chars.len();
        let closes = |it: char| if SINGLE.contains(mark) { SINGLE.contains(it) || it == '"' } else { is_double(it) };
        // an ASCII text ends at the first quote, where a value may end there
        let mut at = from;
        let mut inside = 0_i32;
        while at < n {
            match self.chars[at] {
                '\\' if mark == '"' => at += 1,
                '"' if mark == '"' => {
                    let after = self.chars.get(at + 1).copied();
                    let cut = after.is_some_and(|it| !it.is_whitespace() && !self.ends(at + 1) && !opens(it));
                    if !cut || self.chars[at + 1..].iter().all(|it| *it != '"') {
                        return (at, at + 1);
                    }
                    let odd = self.chars.iter().filter(|it| **it == '"').count() % 2 == 1;
                    self.said.push(if odd { Slipped::Unpaired } else { Slipped::Inner });
                    let mut last = (at + 1..n).filter(|it| self.chars[*it] == '"' && self.ends(it + 1));
                    let to = if self.open.is_empty() { last.next_back() } else { last.next() };
                    return to.map_or((at, at + 1), |to| (to, to + 1));
                }
                '“' => inside += 1,
                it if mark == '"' && closes(it) => {
                    inside -= 1;
                    if inside < 0 && self.ends(at + 1) {
                        self.said.push(Slipped::Wide(vec![it]));
                        return (at, at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        if mark != '"' {
            let mut found = (from..n).filter(|it| closes(self.chars[*it]) && self.ends(it + 1));
            let to = if self.open.is_empty() { found.next_back() } else { found.next() };
            if let Some(to) = to {
                if self.chars[to].is_ascii() && mark.is_ascii() {
                    self.said.push(Slipped::Unpaired);
                }
                self.wide(self.chars[to]);
                return (to, to + 1);
            }
        }
        // nothing closes it: what closes brackets is no part of it
        let below = self.below.trim();
        let continued = self.open.is_empty()
            && below.ends_with(is_double)
            && !begins_statement(below)
            && below.chars().filter(|it| is_double(*it)).count() == 1;
        self.takes_next = continued;
        self.said.push(if continued { Slipped::TwoLines } else { Slipped::Unclosed });
        let mut to = n;
        let mut brackets: Vec<char> = self.open.iter().map(|it| it.0).collect();
        while from < to {
            let closed = match self.chars[to - 1] {
                it if it.is_whitespace() => true,
                ']' => brackets.pop_if(|it| *it == '[').is_some(),
                '}' => brackets.pop_if(|it| *it == '{').is_some(),
                ',' => !self.open.is_empty(),
                _ => false,
            };
            if !closed {
                break;
            }
            to -= 1;
        }
        (to, to)
    }

    /// A text in three quotes.
    fn triple(&mut self) {
        let marks: Vec<char> = self.chars[self.at..self.at + 3].to_vec();
        marks.into_iter().for_each(|it| self.wide(it));
        self.at += 3;
        let rest = self.rest();
        self.out.push_str(TRIPLE);
        self.out.push_str(&rest);
        self.multi = !rest.contains(TRIPLE);
        self.at = self.chars.len();
    }
}

/// A text as it stands in quotes, and whether it had backslashes that mean nothing. Where it was not in such quotes
/// before, quotes in it are escaped.
pub fn escaped(text: &str, was_quoted: bool) -> (String, bool) {
    let (mut out, mut odd) = (String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(it) = chars.next() {
        match it {
            '\\' => {
                let known = chars.peek().is_some_and(|it| "btnfre\"\\uU".contains(*it));
                out.push('\\');
                if known && was_quoted {
                    out.extend(chars.next());
                } else {
                    odd |= was_quoted;
                    out.push('\\');
                }
            }
            '"' => out.push_str("\\\""),
            it => out.push(it),
        }
    }
    (out, odd)
}
