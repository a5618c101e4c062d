//! What people write into the cells of a list: ticks of every kind, and numbers with their units.

use crate::filing::scope::plain;
use crate::letters::{Numeral, is_blank, is_bracket, is_stroke, narrow};

/// What a cell says to a question that is answered with yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    Said(bool),
    /// Yes, in words that say more than that, as the number of a certificate.
    AsYes,
    Empty,
    Unread,
}

const YES: &[&str] = &[
    "√", "✓", "✔", "☑", "✅", "■", "●", "○", "◯", "V", "v", "有", "是", "1", "对", "好", "Y", "y", "yes", "YES", "Yes",
    "TRUE", "True", "true", "齐", "齐全", "完备", "满足", "通过", "合格", "符合",
];
const NO: &[&str] = &[
    "×", "✕", "✗", "✘", "✖", "╳", "☒", "☐", "□", "X", "x", "0", "N", "n", "no", "NO", "No", "FALSE", "False", "false",
];
/// With what a refusal begins, and what only says that nobody knows.
const NOT: &str = "否无未没不缺";
const UNKNOWN: &[&str] = &["不详", "不清", "未知", "不确定", "不明", "无法", "未说明", "未填", "未统计", "不适用"];
const HAS: &[&str] = &["已", "有", "是", "具备", "具有", "符合", "合格", "取得", "通过", "持"];
const PAPERS: &[&str] = &["聘书", "协议", "合同", "考评员", "考评证", "证书", "聘字"];
/// Words that take back what stands beside them.
const LAPSED: &[&str] = &["过期", "到期", "失效", "作废", "办理中", "正在", "待", "拟", "续"];

/// A sign or a word that is nothing but a tick, as no heading has.
pub fn is_mark(cell: &str) -> bool {
    let bare: String = plain::name(cell).chars().map(narrow).collect();
    YES.contains(&&*bare) || NO.contains(&&*bare) || matches!(&*bare, "无" | "否" | "没有")
}

pub fn tick(cell: &str) -> Tick {
    let bare: String = plain::name(cell).chars().map(narrow).collect();
    let bare = bare.trim_matches(is_bracket);
    let begins = |words: &[&str]| words.iter().any(|it| bare.starts_with(it));
    let holds = |words: &[&str]| words.iter().any(|it| plain::position(bare, it).is_some());
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    match bare {
        "" => Tick::Empty,
        _ if YES.contains(&bare) => Tick::Said(true),
        _ if NO.contains(&bare) => Tick::Said(false),
        _ if holds(LAPSED) || begins(UNKNOWN) => Tick::Unread,
        _ if bare.starts_with(|it| NOT.contains(it)) => Tick::Said(false),
        _ if begins(HAS) && bare.chars().count() <= 6 => Tick::Said(true),
        // the number of a certificate, or since when there is one
        _ if 4 <= digits || holds(PAPERS) => Tick::AsYes,
        _ => Tick::Unread,
    }
}

/// 3, 3台, ３ 套, 三台, 1,200 件: a whole number with its unit. `None` where it is none.
pub fn pieces(cell: &str) -> Option<u64> {
    let bare: String = cell.chars().filter(|it| !is_blank(*it)).map(narrow).collect();
    let bare = bare.trim_start_matches(['共', '计', '约', ':']).trim_matches(is_bracket);
    if bare.contains('约') || cell.contains('约') {
        return None;
    }
    if matches!(bare, "无" | "没有" | "零" | "×") {
        return Some(0);
    }
    let (number, unit) = match bare.strip_prefix('两') {
        Some(unit) => (2, unit.to_owned()),
        None => written(bare)?,
    };
    let is_unit = |it: char| !it.is_ascii_digit() && !is_stroke(it) && it != '.' && it != '%' && it != '+';
    let unit: String = unit.chars().filter(|it| !is_bracket(*it) && *it != '/').collect();
    (unit.chars().count() <= 4 && unit.chars().all(is_unit)).then_some(number)
}

/// The number with which a text begins, and what follows it.
fn written(text: &str) -> Option<(u64, String)> {
    let end = text.find(|it: char| !it.is_ascii_digit() && it != ',').unwrap_or(text.len());
    if end == 0 {
        let (number, rest) = Numeral::read(text)?;
        return Some((u64::from(number.value()), rest.to_owned()));
    }
    let (digits, rest) = text.split_at(end);
    let groups: Vec<&str> = digits.split(',').collect();
    if 1 < groups.len() && groups.iter().skip(1).any(|it| it.len() != 3) {
        return None;
    }
    let number: u64 = groups.concat().parse().ok().filter(|it| *it < 10_000_000)?;
    // 3.0, as some programs write whole numbers
    let rest = match rest.strip_prefix('.') {
        Some(zeros) => {
            let after = zeros.trim_start_matches('0');
            (after.len() < zeros.len()).then_some(after)?
        }
        None => rest,
    };
    Some((number, rest.to_owned()))
}

/// What a word says about the state of all pieces of a line: intact, worn or broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PiecesState {
    Good,
    Worn,
    Broken,
}

pub fn condition(cell: &str) -> Option<PiecesState> {
    let bare = plain::name(cell);
    let holds = |words: &[&str]| words.iter().any(|it| plain::position(&bare, it).is_some());
    match () {
        () if holds(&["不完好", "不能用", "损坏", "报废", "故障", "待修", "维修", "停用", "不正常", "不可用"]) => {
            Some(PiecesState::Broken)
        }
        () if holds(&["陈旧", "老旧", "老化", "陈老"]) => Some(PiecesState::Worn),
        () if holds(&["完好", "良好", "正常", "可用", "在用", "全新", "优"]) => Some(PiecesState::Good),
        () => None,
    }
}
