//! Tables that print the levels of each row side by side, in columns of their own: A（5分）, B（3分）, C（1分）.

use std::sync::LazyLock;

use regex::Regex;

use crate::letters::{is_blank, narrow};

use super::cells::name_and_points;
use super::figure::{NUMBER, PrintedNumber};
use super::proposal::{LevelPoints, ProposedKind, ProposedLevel};

/// The head of a column that has a level.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelHead {
    /// A, 优秀: without what it is worth.
    pub name: String,
    /// With it, as it is printed.
    pub printed: String,
    pub worth: Option<LevelWorth>,
}

/// What the head says that its level is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LevelWorth {
    Points(LevelPoints),
    /// So many hundredths of the row's points: 80%, 0.8.
    Part(PrintedNumber),
}

/// One level of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelText {
    pub head: LevelHead,
    /// The words of the cell, or the points alone.
    pub text: String,
    /// One cell goes over this level and the next.
    pub is_merged: bool,
}

/// Levels as tables name them, from the best to the worst where one has to be among several.
const NAMES: &str = "[A-E]|[一二三四五]|优秀?|良好?|中等?|较好|好|一般|较差|差|(?:基本|部分|完全|不|未)?(?:合格|达标|符合|达到|满足|具备)";

/// What a head says of a level: A（5分）, B级 8-6分, 优秀（100%）, 合格, or 5分 alone.
pub fn level_head(text: &str) -> Option<LevelHead> {
    static HEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(
            r"^(?P<name>(?:{NAMES})[级等档类]?)[:=]?\(?(?:(?:得|计|为)?(?:(?P<a>\d+(?:\.\d+)?)[-~至—–―](?P<b>\d+(?:\.\d+)?)|(?P<points>\d+(?:\.\d+)?))分|(?P<percent>\d{{1,3}})%|(?:系数|权重)?[:=]?(?P<part>[01](?:\.\d{{1,2}})?))?\)?$"
        ))
        .expect("the pattern is ours")
    });
    let bare: String = text.chars().filter(|it| !is_blank(*it)).map(narrow).collect();
    if let Some(points) = bare.strip_suffix('分').and_then(alone) {
        return Some(LevelHead { name: bare, printed: text.to_owned(), worth: Some(LevelWorth::Points(points)) });
    }
    let found = HEAD.captures(&bare)?;
    let name = found["name"].to_owned();
    // 一 and 二 are numbers of rows; 一级 is a level, and A1 the number of one
    let is_number = found.name("part").is_some_and(|it| !it.as_str().contains('.')) && !bare.contains(['(', '=', ':']);
    if ["一", "二", "三", "四", "五"].contains(&name.as_str()) || is_number {
        return None;
    }
    let read = |name: &str| found.name(name).and_then(|it| PrintedNumber::read(it.as_str()));
    let worth = match (read("points"), read("a"), read("b"), read("part")) {
        (Some(points), ..) => Some(LevelWorth::Points(LevelPoints::Fixed(points))),
        (_, Some(a), Some(b), _) => Some(LevelWorth::Points(LevelPoints::Between(a.min(b), a.max(b)))),
        (.., Some(part)) => Some(LevelWorth::Part(part)),
        _ => {
            found.name("percent").and_then(|it| it.as_str().parse().ok()).map(|it| LevelWorth::Part(PrintedNumber(it)))
        }
    };
    Some(LevelHead { name, printed: text.to_owned(), worth })
}

/// The levels as one text, as they are printed from left to right.
pub fn as_standard(levels: &[LevelText]) -> String {
    let one = |it: &LevelText| format!("{}：{}", it.head.printed, it.text.trim_end_matches(['。', '；', ';']));
    levels.iter().map(one).collect::<Vec<_>>().join("；")
}

/// A row's levels with their points; `None` where no points are printed for one of them.
pub fn choice(levels: &[LevelText], full: Option<PrintedNumber>, doubts: &mut Vec<String>) -> Option<ProposedKind> {
    let mut proposed = Vec::new();
    let parts = parts(levels, full);
    for (at, level) in levels.iter().enumerate() {
        let (name, own) = of_cell(level);
        let own = parts.as_ref().map(|it| LevelPoints::Fixed(it[at])).or(own);
        let worth = match (own, level.head.worth) {
            (Some(own), Some(LevelWorth::Points(of_head))) if own != of_head => {
                doubts.push(format!("“{}”列与这一格写的分数不一致", level.head.name));
                own
            }
            (Some(own), _) => own,
            (None, Some(LevelWorth::Points(points))) => points,
            (None, Some(LevelWorth::Part(part))) => LevelPoints::Fixed(PrintedNumber(full?.0 * part.0 / 100)),
            (None, None) => return None,
        };
        if level.is_merged {
            doubts.push(format!("“{}”与下一个等级合用一格", level.head.name));
        }
        if says_more(&level.text) {
            doubts.push(format!("“{}”一格里另有给分或扣分的话，没有写进规则", level.head.name));
        }
        proposed.push(ProposedLevel { name, points: worth, fails: false });
    }
    if proposed.windows(2).any(|it| most_of(&it[0]) <= most_of(&it[1])) {
        doubts.push("各等级的分数不是从高到低".to_owned());
    }
    let best = proposed.iter().map(most_of).max().unwrap_or_default();
    if let Some(full) = full.filter(|it| *it != best) {
        doubts.push(format!("最高的等级是 {best} 分，与分值 {full} 不一致"));
    }
    let is_again = |at: usize| proposed[..at].iter().any(|it| it.name == proposed[at].name);
    if let Some(again) = (0..proposed.len()).find(|it| is_again(*it)) {
        doubts.push(format!("有两个等级都写着“{}”", proposed[again].name));
    }
    if proposed.len() < 2 {
        doubts.push("只有一个等级有字".to_owned());
    }
    if let Some((before, after)) = gap(levels) {
        doubts.push(format!("“{before}”与“{after}”之间的等级没有印出，没有写进规则"));
    }
    Some(ProposedKind::Choice { levels: proposed })
}

/// 1.0, 0.8, 0.6 of the row's points.
fn parts(levels: &[LevelText], full: Option<PrintedNumber>) -> Option<Vec<PrintedNumber>> {
    let one = PrintedNumber::whole(1);
    let full = full.filter(|it| one < *it)?;
    let all: Vec<PrintedNumber> = levels
        .iter()
        .map(|level| match alone(&level.text) {
            Some(LevelPoints::Fixed(part)) if part <= one => Some(part),
            _ => None,
        })
        .collect::<Option<_>>()?;
    (all.first() == Some(&one)).then(|| all.iter().map(|it| PrintedNumber(full.0 * it.0 / 100)).collect())
}

/// 每少一人扣1分 within a level.
fn says_more(text: &str) -> bool {
    text.contains('扣') || text.contains('每') && text.contains('分')
}

/// The most that a level gives, where each says it by itself.
pub fn most(levels: &[LevelText]) -> Option<PrintedNumber> {
    match choice(levels, None, &mut Vec::new())? {
        ProposedKind::Choice { levels } => levels.iter().map(most_of).max(),
        _ => None,
    }
}

fn most_of(level: &ProposedLevel) -> PrintedNumber {
    match level.points {
        LevelPoints::Fixed(points) | LevelPoints::Between(_, points) => points,
    }
}

/// A and C are printed, B lies between them.
fn gap(levels: &[LevelText]) -> Option<(&str, &str)> {
    let letter = |it: &LevelText| it.head.name.chars().next().filter(char::is_ascii_uppercase).map(u32::from);
    let is_gap = |it: &&[LevelText]| letter(&it[0]).zip(letter(&it[1])).is_some_and(|(a, b)| a + 1 != b);
    levels.windows(2).find(is_gap).map(|it| (it[0].head.name.as_str(), it[1].head.name.as_str()))
}

/// What the level is called and the points of the cell itself: 自有（10分）, or 10 below 优.
fn of_cell(level: &LevelText) -> (String, Option<LevelPoints>) {
    if let Some(points) = alone(&level.text) {
        return (level.head.name.clone(), Some(points));
    }
    if says_more(&level.text) {
        return (level.text.clone(), None);
    }
    let text = level.text.trim_end_matches(['。', '；', ';']);
    let (words, points, weight) = name_and_points(text);
    // 60%-100% is no weight
    if weight.is_some() {
        return (text.to_owned(), None);
    }
    let words = words.trim_end_matches(['，', ',', '得', '计', '为']);
    (words.to_owned(), points.map(LevelPoints::Fixed))
}

fn alone(text: &str) -> Option<LevelPoints> {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"^(?P<a>{NUMBER})(?:[-~至—–―](?P<b>{NUMBER}))?分?$")).expect("the pattern is ours")
    });
    let bare: String = text.chars().filter(|it| !is_blank(*it)).map(narrow).collect();
    let found = ALONE.captures(&bare)?;
    let a = PrintedNumber::read(&found["a"])?;
    match found.name("b") {
        Some(b) => PrintedNumber::read(b.as_str()).map(|b| LevelPoints::Between(a.min(b), a.max(b))),
        None => Some(LevelPoints::Fixed(a)),
    }
}

/// Points alone: 10, 8-6分.
pub fn is_points(text: &str) -> bool {
    alone(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_levels_are_known_by_their_words() {
        let points = |n: i64| Some(LevelWorth::Points(LevelPoints::Fixed(PrintedNumber::whole(n))));
        let between = |a: i64, b: i64| {
            Some(LevelWorth::Points(LevelPoints::Between(PrintedNumber::whole(a), PrintedNumber::whole(b))))
        };
        for (text, name, worth) in [
            ("A（5分）", "A", points(5)),
            ("Ａ级", "A级", None),
            ("B级 8-6分", "B级", between(6, 8)),
            ("优 秀（100%）", "优秀", Some(LevelWorth::Part(PrintedNumber(100)))),
            ("C（0.6）", "C", Some(LevelWorth::Part(PrintedNumber(60)))),
            ("良 3分", "良", points(3)),
            ("部分符合", "部分符合", None),
            ("5 分", "5分", points(5)),
            ("8～6分", "8~6分", between(6, 8)),
            ("一级（10分）", "一级", points(10)),
        ] {
            let expected = LevelHead { name: name.to_owned(), printed: text.to_owned(), worth };
            assert_eq!(level_head(text), Some(expected), "{text}");
        }
        for text in ["一", "5", "合格率", "一级指标", "优先条件", "达标条件", "A类设备", "中级工"]
        {
            assert_eq!(level_head(text), None, "{text}");
        }
    }
}
