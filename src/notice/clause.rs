//! 条款编号: the official numbers at the beginnings of headings and paragraphs, and the addresses that follow from them.

use std::collections::BTreeMap;
use std::fmt;

use crate::letters::{Numeral, numeral};

/// The numbers that lead to a clause: 三 and （三） for 三（三）.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    path: Vec<(ClauseRank, u16)>,
    id: String,
}

/// The kinds of number, from the outermost inwards, by GB/T 9704 7.3.3: 一、（一） 1. （1）; 第一条 stands by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum ClauseRank {
    Article,
    First,
    Second,
    Third,
    Fourth,
}

/// Reads the numbers of a document from top to bottom.
#[derive(Default)]
pub struct Numbering {
    path: Vec<(ClauseRank, u16)>,
    seen: BTreeMap<Vec<(ClauseRank, u16)>, u8>,
}

impl Numbering {
    /// The clause that begins with this text, if it begins with a number.
    pub fn next(&mut self, text: &str) -> Option<Clause> {
        let (rank, number) = numbered(text.trim_start())?;
        while self.path.last().is_some_and(|it| rank <= it.0) {
            self.path.pop();
        }
        self.path.push((rank, number));
        let seen = self.seen.entry(self.path.clone()).or_default();
        let again = *seen;
        *seen = seen.saturating_add(1);
        Some(Clause { id: id(&self.path, again), path: self.path.clone() })
    }
}

impl Clause {
    /// The id in its page: `3-3` for 三（三）. A number that skips a rank, or has none above it, has a letter before
    /// it, so that 一（一） and 一 1. never have the same id. Where numbers begin anew, the second of two equal ones
    /// has `-b` after it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How many numbers lead here, at least 1.
    pub fn depth(&self) -> usize {
        self.path.len()
    }
}

/// 三（三）, and 一（三）2 where a third number follows.
impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (rank, number) in &self.path {
            match rank {
                ClauseRank::Article => write!(f, "第{}条", numeral(*number)),
                ClauseRank::First => write!(f, "{}", numeral(*number)),
                ClauseRank::Second => write!(f, "（{}）", numeral(*number)),
                ClauseRank::Third => write!(f, "{number}"),
                ClauseRank::Fourth => write!(f, "（{number}）"),
            }?;
        }
        Ok(())
    }
}

/// `again` is how many clauses with these very numbers stand before it: 1. may begin anew under an unnumbered heading.
fn id(path: &[(ClauseRank, u16)], again: u8) -> String {
    let mut id = String::new();
    let mut above = None;
    for (rank, number) in path {
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(match (above, rank) {
            (_, ClauseRank::Article) => "a",
            (None, ClauseRank::First)
            | (Some(ClauseRank::First | ClauseRank::Article), ClauseRank::Second)
            | (Some(ClauseRank::Second), ClauseRank::Third)
            | (Some(ClauseRank::Third), ClauseRank::Fourth) => "",
            (_, ClauseRank::First) => "f",
            (_, ClauseRank::Second) => "b",
            (_, ClauseRank::Third) => "c",
            (_, ClauseRank::Fourth) => "d",
        });
        id.push_str(&number.to_string());
        above = Some(*rank);
    }
    match again {
        0 => id,
        again => format!("{id}-{}", char::from(b'a' + again.min(25))),
    }
}

/// The number with which a text begins.
fn numbered(text: &str) -> Option<(ClauseRank, u16)> {
    if let Some(rest) = text.strip_prefix('第') {
        let (number, rest) = Numeral::read(rest)?;
        // 第一条所称机构 is a sentence about another article
        let ends = rest.strip_prefix('条').is_some_and(|it| it.is_empty() || it.starts_with([' ', '\u{3000}', '【']));
        return ends.then_some((ClauseRank::Article, number.value()));
    }
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let (number, rest) = Numeral::read(rest)?;
        let rank = if number.is_han() { ClauseRank::Second } else { ClauseRank::Fourth };
        return rest.starts_with(['）', ')']).then_some((rank, number.value()));
    }
    let (number, rest) = Numeral::read(text)?;
    let mut after = rest.chars();
    match (number.is_han(), after.next(), after.next()) {
        (true, Some('、'), _) => Some((ClauseRank::First, number.value())),
        // 2.5 is no number of a clause
        (false, Some('.' | '．' | '、'), next) if !next.is_some_and(|it| it.is_ascii_digit()) => {
            Some((ClauseRank::Third, number.value()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_to_clauses() {
        let mut numbering = Numbering::default();
        let mut next = |text| numbering.next(text).map(|it| (it.to_string(), it.id().to_owned()));
        let said = |path: &str, id: &str| Some((path.to_owned(), id.to_owned()));
        assert_eq!(next("（一）先于任何一级"), said("（一）", "b1"));
        assert_eq!(next("一、备案和监管服务"), said("一", "1"));
        assert_eq!(next("（三）技工院校"), said("一（三）", "1-3"));
        assert_eq!(next("2. 赋码"), said("一（三）2", "1-3-2"));
        assert_eq!(next("（1）小项"), said("一（三）2（1）", "1-3-2-1"));
        assert_eq!(next("按照规则赋码。"), None);
        assert_eq!(next("2.5 倍"), None);
        assert_eq!(next("十二、附则"), said("十二", "12"));
        assert_eq!(next("(二)半角括号"), said("十二（二）", "12-2"));
        assert_eq!(next("第二十条 施行"), said("第二十条", "a20"));
        assert_eq!(next("第一"), None);
        assert_eq!(next("一些单位"), None);
        assert_eq!(next("第一条所称机构，是指评价机构。"), None);
        assert_eq!(next("１．全角"), said("第二十条1", "a20-c1"));
    }

    #[test]
    fn no_two_clauses_have_one_id() {
        let mut numbering = Numbering::default();
        let texts = ["一、", "1.", "2.", "（一）", "1.", "一、", "1.", "1.", "1.", "（1）", "第一条"];
        let ids: Vec<_> = texts.iter().filter_map(|it| numbering.next(it)).map(|it| it.id().to_owned()).collect();
        assert_eq!(ids, ["1", "1-c1", "1-c2", "1-1", "1-1-1", "1-b", "1-c1-b", "1-c1-c", "1-c1-d", "1-c1-1", "a1"]);
    }
}
