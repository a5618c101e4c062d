//! 条款编号: the official numbers at the beginnings of headings and paragraphs, and the addresses that follow from them.

use std::collections::BTreeMap;
use std::fmt;

use crate::letters::{Numeral, is_numeral, narrow_digit, numeral};

/// The numbers that lead to a clause: 三 and （三） for 三（三）.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    path: Vec<(ClauseRank, u16)>,
    id: String,
}

/// The kinds of number, from the outermost inwards, by GB/T 9704 7.3.3: 一、（一） 1. （1）, and ① below them. 第一章 and
/// 第一节 lead to no article: 第一条 stands by itself, and 第十条之一 after 第十条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum ClauseRank {
    Chapter,
    Part,
    Article,
    Inserted,
    First,
    Second,
    Third,
    Fourth,
    Fifth,
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
        let Number { rank, number, inserted } = numbered(text.trim_start())?;
        if rank == ClauseRank::Article {
            self.path.clear();
        }
        while self.path.last().is_some_and(|it| rank <= it.0) {
            self.path.pop();
        }
        self.path.push((rank, number));
        self.path.extend(inserted.map(|it| (ClauseRank::Inserted, it)));
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

    /// Is the other one this clause, or below it?
    pub fn holds(&self, other: &Clause) -> bool {
        other.path.starts_with(&self.path) && (other.path.len() > self.path.len() || other.id == self.id)
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
                ClauseRank::Chapter => write!(f, "第{}章", long_numeral(*number)),
                ClauseRank::Part => write!(f, "第{}节", long_numeral(*number)),
                ClauseRank::Article => write!(f, "第{}条", long_numeral(*number)),
                ClauseRank::Inserted => write!(f, "之{}", long_numeral(*number)),
                ClauseRank::First => write!(f, "{}", numeral(*number)),
                ClauseRank::Second => write!(f, "（{}）", numeral(*number)),
                ClauseRank::Third => write!(f, "{number}"),
                ClauseRank::Fourth => write!(f, "（{number}）"),
                ClauseRank::Fifth => write!(f, "{}", circled(*number)),
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
            (_, ClauseRank::Chapter) => "h",
            (_, ClauseRank::Part) => "s",
            (_, ClauseRank::Article) => "a",
            (_, ClauseRank::Inserted) => "z",
            (None, ClauseRank::First)
            | (Some(ClauseRank::First | ClauseRank::Article | ClauseRank::Inserted), ClauseRank::Second)
            | (Some(ClauseRank::Second), ClauseRank::Third)
            | (Some(ClauseRank::Third), ClauseRank::Fourth)
            | (Some(ClauseRank::Fourth), ClauseRank::Fifth) => "",
            (_, ClauseRank::First) => "f",
            (_, ClauseRank::Second) => "b",
            (_, ClauseRank::Third) => "c",
            (_, ClauseRank::Fourth) => "d",
            (_, ClauseRank::Fifth) => "e",
        });
        id.push_str(&number.to_string());
        above = Some(*rank);
    }
    match again {
        0 => id,
        again => format!("{id}-{}", char::from(b'a' + again.min(25))),
    }
}

/// The number with which a clause begins.
struct Number {
    rank: ClauseRank,
    number: u16,
    /// 之一, of an article that was put in later.
    inserted: Option<u16>,
}

/// The number with which a text begins.
fn numbered(text: &str) -> Option<Number> {
    let plain = |rank, number| Some(Number { rank, number, inserted: None });
    if let Some(rest) = text.strip_prefix('第') {
        let (number, rest) = long_number(rest)?;
        let (rank, rest) = [('条', ClauseRank::Article), ('章', ClauseRank::Chapter), ('节', ClauseRank::Part)]
            .into_iter()
            .find_map(|(word, rank)| Some((rank, rest.strip_prefix(word)?)))?;
        let after = rest.strip_prefix('之').filter(|_| rank == ClauseRank::Article).and_then(long_number);
        let (inserted, rest) = after.map_or((None, rest), |(number, rest)| (Some(number), rest));
        // 第一条所称机构 is a sentence about another article
        return is_gap(rest).then_some(Number { rank, number, inserted });
    }
    if let Some(letter) = text.chars().next() {
        // one character for the whole number
        for (rank, first, last) in MADE {
            if (first..=last).contains(&letter) {
                return plain(rank, (u32::from(letter) - u32::from(first) + 1) as u16);
            }
        }
    }
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let (number, rest) = Numeral::read(rest)?;
        let rank = if number.is_han() { ClauseRank::Second } else { ClauseRank::Fourth };
        return plain(rank, number.value()).filter(|_| rest.starts_with(['）', ')']));
    }
    let (number, rest) = Numeral::read(text)?;
    let mut after = rest.chars();
    match (number.is_han(), after.next(), after.next()) {
        (true, Some('、'), _) => plain(ClauseRank::First, number.value()),
        // 2.5 is no number of a clause
        (false, Some('.' | '．' | '、'), next) if !next.is_some_and(|it| it.is_ascii_digit()) => {
            plain(ClauseRank::Third, number.value())
        }
        _ => None,
    }
}

/// ①, ⑴, ⒈ and ㈠: the number with its marks as one character.
const MADE: [(ClauseRank, char, char); 4] = [
    (ClauseRank::Fifth, '①', '⑳'),
    (ClauseRank::Fourth, '⑴', '⒇'),
    (ClauseRank::Third, '⒈', '⒛'),
    (ClauseRank::Second, '㈠', '㈩'),
];

fn circled(number: u16) -> char {
    char::from_u32(u32::from('①') + u32::from(number) - 1).unwrap_or('①')
}

/// After the number of an article nothing follows, or a gap.
fn is_gap(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\u{3000}', '【', '\n', '\t'])
}

/// What makes a text look as if it began with a number of a clause that is not read as one: how to write it.
/// `before` is the clause above it.
pub fn unread(text: &str, heading: bool, before: Option<&Clause>) -> Option<String> {
    let text = text.trim_start();
    if numbered(text).is_some() {
        return None;
    }
    let start = |n: usize| text.chars().take(n).collect::<String>();
    if let Some(rest) = text.strip_prefix('第') {
        let (number, rest) = long_number(rest)?;
        let word = rest.chars().next().filter(|it| "条章节".contains(*it))?;
        let rest = &rest[word.len_utf8()..];
        // 第五条规定的 speaks of another article, unless it is the next one
        let last =
            before.and_then(|clause| clause.path.iter().find(|it| it.0 == ClauseRank::Article)).map_or(0, |it| it.1);
        let speaks = ["所", "规定", "的", "中", "第", "至", "到", "、", "和", "及", "或", "，", "。", "之"];
        let next = number == last + 1 && !speaks.iter().any(|it| rest.starts_with(it));
        let shown = text.len() - rest.len();
        return (heading || word == '条' && next).then(|| format!("`{}` 后面请空一格", &text[..shown]));
    }
    let (bracket, inner) = text.strip_prefix(['（', '(']).map_or((false, text), |it| (true, it));
    let (number, rest) = Numeral::read(inner)?;
    let mark = rest.trim_start_matches([' ', '\u{3000}']).chars().next()?;
    let wrong = match (bracket, number.is_han()) {
        (true, _) => "、.．，】］] ".contains(mark),
        (false, true) => ".．，,：:)）】".contains(mark) || mark == '、' || rest.starts_with([' ', '\u{3000}']),
        (false, false) => ")）】".contains(mark) || mark == '、' || rest.starts_with('，'),
    };
    // a heading that begins with a number is meant to be numbered
    let wrong = wrong || heading && !number.is_han() && !"年月日".contains(mark);
    wrong.then(|| format!("`{}…` 的编号请写作 一、 （一） 1. （1） 或 第一条", start(4)))
}

/// A number up to 9999 as articles have: 一百零三, 103. And what follows it.
fn long_number(text: &str) -> Option<(u16, &str)> {
    let written = |it: char| is_numeral(it) || "百千零〇".contains(it);
    let rest = text.trim_start_matches(written);
    let han = &text[..text.len() - rest.len()];
    if han.is_empty() {
        let rest = text.trim_start_matches(|it| narrow_digit(it).is_ascii_digit());
        let digits: String = text[..text.len() - rest.len()].chars().map(narrow_digit).collect();
        return digits.parse().ok().filter(|it| (1..=9999).contains(it)).map(|number| (number, rest));
    }
    let value = |letter: char| Numeral::read(letter.encode_utf8(&mut [0; 4])).map(|it| it.0.value());
    let one = |letter: char| value(letter).filter(|it| *it < 10);
    if han.chars().all(|it| one(it).is_some() || matches!(it, '零' | '〇')) && 1 < han.chars().count() {
        // 一〇三, digit by digit
        let digits = han.chars().map(|it| one(it).unwrap_or(0));
        let number = digits.fold(0_u32, |sum, digit| sum.saturating_mul(10).saturating_add(u32::from(digit)));
        return u16::try_from(number).ok().filter(|it| (1..=9999).contains(it)).map(|number| (number, rest));
    }
    let (mut sum, mut digit) = (0_u16, None);
    for letter in han.chars() {
        let unit = match letter {
            '千' => 1000,
            '百' => 100,
            '十' => 10,
            '零' | '〇' => continue,
            other => {
                digit = Some(one(other)?);
                continue;
            }
        };
        sum += digit.take().unwrap_or(1) * unit;
    }
    let number = sum + digit.unwrap_or(0);
    (1..=9999).contains(&number).then_some((number, rest))
}

/// 一百零三 for 103, as articles are numbered.
fn long_numeral(number: u16) -> String {
    if number < 100 {
        return numeral(number);
    }
    let (mut text, mut gap) = (String::new(), false);
    for (unit, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit == 0 {
            gap |= !text.is_empty();
            continue;
        }
        text += if gap { "零" } else { "" };
        gap = false;
        text += &numeral(digit);
        text += word;
    }
    text
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
        assert_eq!(next("（三）某校"), said("一（三）", "1-3"));
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
    fn articles_are_numbered_beyond_a_hundred_and_between() {
        for number in 1..=9999 {
            assert_eq!(long_number(&long_numeral(number)), Some((number, "")), "{}", long_numeral(number));
        }
        for (written, number) in
            [("一〇三", 103), ("一百一十", 110), ("一百十五", 115), ("１０２", 102), ("两", 0), ("零", 0)]
        {
            assert_eq!(long_number(written).map_or(0, |it| it.0), number, "{written}");
        }
        let mut numbering = Numbering::default();
        let mut next = |text| numbering.next(text).map(|it| (it.to_string(), it.id().to_owned()));
        let said = |path: &str, id: &str| Some((path.to_owned(), id.to_owned()));
        assert_eq!(next("第一章　总则"), said("第一章", "h1"));
        assert_eq!(next("第二节 申请"), said("第一章第二节", "h1-s2"));
        assert_eq!(next("第九十九条　略"), said("第九十九条", "a99"));
        assert_eq!(next("第一百条　略"), said("第一百条", "a100"));
        assert_eq!(next("（一）略"), said("第一百条（一）", "a100-1"));
        assert_eq!(next("第一百条之一　略"), said("第一百条之一", "a100-z1"));
        assert_eq!(next("（二）略"), said("第一百条之一（二）", "a100-z1-2"));
        assert_eq!(next("第101条 略"), said("第一百零一条", "a101"));
        assert_eq!(next("一、略"), said("第一百零一条一", "a101-f1"));
        assert_eq!(next("㈠略"), said("第一百零一条一（一）", "a101-f1-1"));
        assert_eq!(next("⒉略"), said("第一百零一条一（一）2", "a101-f1-1-2"));
        assert_eq!(next("⑶略"), said("第一百零一条一（一）2（3）", "a101-f1-1-2-3"));
        assert_eq!(next("④略"), said("第一百零一条一（一）2（3）④", "a101-f1-1-2-3-4"));
    }

    #[test]
    fn what_only_looks_like_a_number_is_told() {
        let mut numbering = Numbering::default();
        let fourth = numbering.next("第四条　略");
        let told = |text, heading| unread(text, heading, fourth.as_ref()).is_some();
        for text in
            ["第五条为了规范评价", "一.总则", "一，总则", "1）材料", "（一、总则", "一）总则", "1 、材料", "（2】材料"]
        {
            assert!(told(text, false), "{text}");
        }
        for text in [
            "第五条所称机构",
            "第九条为了规范",
            "2.5 倍",
            "2021年",
            "一些单位",
            "3 人以上",
            "第一名",
            "（一）总则",
            "12:30",
            "二十四个",
        ] {
            assert!(!told(text, false), "{text}");
        }
        assert!(
            told("1.1 范围", true) && told("第五章总则", true) && !told("2021年的工作", true) && !told("总则", true)
        );
    }

    #[test]
    fn no_two_clauses_have_one_id() {
        let mut numbering = Numbering::default();
        let texts = ["一、", "1.", "2.", "（一）", "1.", "一、", "1.", "1.", "1.", "（1）", "第一条"];
        let ids: Vec<_> = texts.iter().filter_map(|it| numbering.next(it)).map(|it| it.id().to_owned()).collect();
        assert_eq!(ids, ["1", "1-c1", "1-c2", "1-1", "1-1-1", "1-b", "1-c1-b", "1-c1-c", "1-c1-d", "1-c1-1", "a1"]);
    }
}
