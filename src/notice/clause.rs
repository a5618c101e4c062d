//! 条款编号: the official numbers at the beginnings of headings and paragraphs, and the addresses that follow from them.

use std::fmt;

/// The numbers that lead to a clause: 三 and （三） for 三（三）.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause(Vec<(Rank, u16)>);

/// The kinds of number, from the outermost in, by GB/T 9704 7.3.3: 一、（一） 1. （1）; 第一条 stands by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Article,
    First,
    Second,
    Third,
    Fourth,
}

/// Reads the numbers of a document from top to bottom.
#[derive(Default)]
pub struct Numbering(Vec<(Rank, u16)>);

impl Numbering {
    /// The clause that begins with this text, if it begins with a number.
    pub fn next(&mut self, text: &str) -> Option<Clause> {
        let (rank, number) = numbered(text)?;
        while self.0.last().is_some_and(|it| rank <= it.0) {
            self.0.pop();
        }
        self.0.push((rank, number));
        Some(Clause(self.0.clone()))
    }
}

impl Clause {
    /// The id in its page: `3-3`. Numbers that begin with an inner kind have a letter before them, so that 三、 and （三）
    /// never meet.
    pub fn id(&self) -> String {
        let letter = match self.0.first().map(|it| it.0) {
            Some(Rank::Article) => "a",
            Some(Rank::Second) => "b",
            Some(Rank::Third) => "c",
            Some(Rank::Fourth) => "d",
            Some(Rank::First) | None => "",
        };
        let numbers: Vec<String> = self.0.iter().map(|it| it.1.to_string()).collect();
        format!("{letter}{}", numbers.join("-"))
    }

    /// From 1: how many numbers lead here.
    pub fn depth(&self) -> usize {
        self.0.len()
    }

    /// Is the other one this clause or a part of it?
    pub fn holds(&self, other: &Clause) -> bool {
        other.0.starts_with(&self.0)
    }
}

/// 三（三）, and 一（三）2 where a third number follows.
impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (rank, number) in &self.0 {
            match rank {
                Rank::Article => write!(f, "第{}条", numeral(*number)),
                Rank::First => write!(f, "{}", numeral(*number)),
                Rank::Second => write!(f, "（{}）", numeral(*number)),
                Rank::Third => write!(f, "{number}"),
                Rank::Fourth => write!(f, "（{number}）"),
            }?;
        }
        Ok(())
    }
}

const NUMERALS: &str = "一二三四五六七八九";

/// The number with which a text begins.
fn numbered(text: &str) -> Option<(Rank, u16)> {
    if let Some(rest) = text.strip_prefix('第') {
        let (number, rest) = read(rest)?;
        return rest.starts_with('条').then_some((Rank::Article, number.value()));
    }
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let (number, rest) = read(rest)?;
        let rank = if number.is_han() { Rank::Second } else { Rank::Fourth };
        return rest.starts_with(['）', ')']).then_some((rank, number.value()));
    }
    let (number, rest) = read(text)?;
    let mut after = rest.chars();
    match (number.is_han(), after.next(), after.next()) {
        (true, Some('、'), _) => Some((Rank::First, number.value())),
        // 2.5 is no number of a clause
        (false, Some('.' | '．' | '、'), next) if !next.is_some_and(|it| it.is_ascii_digit()) => {
            Some((Rank::Third, number.value()))
        }
        _ => None,
    }
}

enum Number {
    Han(u16),
    Arabic(u16),
}

impl Number {
    fn is_han(&self) -> bool {
        matches!(self, Number::Han(_))
    }

    fn value(&self) -> u16 {
        match self {
            Number::Han(it) | Number::Arabic(it) => *it,
        }
    }
}

/// A number from 1 to 99 and what follows it.
fn read(text: &str) -> Option<(Number, &str)> {
    let digits = text.len() - text.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    if 0 < digits {
        let (number, rest) = text.split_at(digits);
        return Some((Number::Arabic(number.parse().ok().filter(|it| (1..=99).contains(it))?), rest));
    }
    let rest = text.trim_start_matches(|it: char| it == '十' || NUMERALS.contains(it));
    let written = &text[..text.len() - rest.len()];
    let ones = |it: &str| {
        if it.is_empty() {
            Some(0)
        } else {
            NUMERALS.chars().zip(1..).find(|(n, _)| it == n.to_string()).map(|it| it.1)
        }
    };
    let value = match written.split_once('十') {
        None => ones(written)?,
        Some((tens, one)) => ones(tens)?.max(1) * 10 + ones(one)?,
    };
    (0 < value).then_some((Number::Han(value), rest))
}

/// 十一 for 11.
fn numeral(number: u16) -> String {
    let one = |n: u16| NUMERALS.chars().nth(usize::from(n).wrapping_sub(1)).map_or(String::new(), String::from);
    match (number / 10, number % 10) {
        (0, n) => one(n),
        (1, n) => format!("十{}", one(n)),
        (tens, n) => format!("{}十{}", one(tens), one(n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_to_clauses() {
        let mut numbering = Numbering::default();
        let mut next = |text| numbering.next(text).map(|it| (it.to_string(), it.id()));
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
    }

    #[test]
    fn numerals_are_read_as_they_are_written() {
        for number in 1..=99 {
            let (read, rest) = read(&numeral(number)).map(|it| (it.0.value(), it.1.to_owned())).unwrap_or_default();
            assert_eq!((read, rest.as_str()), (number, ""));
        }
    }
}
