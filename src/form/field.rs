//! What an input cell of a form holds: how it is asked for, which values it may have, how they are written and read.

use crate::dossier::cleaned_text;
use crate::letters::plain_text;
use crate::rubric::{Fact, Measure, Points, Row, Rule};
use crate::score::{decimal, typed};
use crate::spreadsheet::{AllowedKind, Cell, ReadValue};

/// The kind of value that an input cell has.
#[derive(Clone, Debug, PartialEq)]
pub enum InputKind {
    Text,
    /// A number of people as it was typed: kept as text, written as a number where it is one.
    Count,
    /// Words with the value that each stands for.
    Choice(Vec<(i64, String)>),
    /// A number of this measure, and the most that it can be.
    Number(Measure, Option<Points>),
}

/// What an input cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum InputValue {
    Text(String),
    Number(i64),
}

impl InputValue {
    pub fn text(self) -> String {
        match self {
            InputValue::Text(text) => text,
            InputValue::Number(number) => number.to_string(),
        }
    }

    pub fn number(self) -> Option<i64> {
        match self {
            InputValue::Text(_) => None,
            InputValue::Number(number) => Some(number),
        }
    }
}

/// Words for the values 1 and 0.
pub const YES_NO: [&str; 2] = ["是", "否"];
/// A number with more digits is written as text, as spreadsheet programs would change it.
const DIGITS: usize = 15;

impl InputKind {
    pub fn choice(words: &[&str], first: i64) -> InputKind {
        InputKind::Choice((0..).zip(words).map(|(n, word)| ((first - n).abs(), (*word).to_owned())).collect())
    }

    pub fn yes_no() -> InputKind {
        InputKind::choice(&YES_NO, 1)
    }

    pub fn whole() -> InputKind {
        InputKind::Number(Measure::Whole, None)
    }

    /// How a fact of a row is answered.
    pub fn of(row: &Row, fact: Fact) -> InputKind {
        if let (Fact::Choice, Rule::Choice { levels }) = (fact, &row.rule) {
            return InputKind::Choice((0..).zip(levels.iter().map(|it| it.when.clone())).collect());
        }
        match row.rule.measure(fact) {
            Measure::YesNo => match fact {
                Fact::Met => InputKind::choice(&["符合", "不符合"], 1),
                Fact::Hazard => InputKind::choice(&["存在隐患", "无隐患"], 1),
                Fact::Has => InputKind::choice(&["有", "无"], 1),
                Fact::Unsure => InputKind::choice(&["待确认", "否"], 1),
                Fact::NotApplicable => InputKind::choice(&["不涉及", "涉及"], 1),
                _ => InputKind::yes_no(),
            },
            Measure::Choice(words) => {
                let said = |word: &str| {
                    match word {
                        "full" => "满足",
                        "basic" => "基本满足",
                        "none" => "不能满足",
                        "owned" => "自有",
                        "leased" => "租赁",
                        other => other,
                    }
                    .to_owned()
                };
                let choices = (0..).zip(words).map(|(n, word)| (n, said(word)));
                InputKind::Choice(reversed(choices))
            }
            Measure::Points => InputKind::Number(Measure::Points, row.rule.item(fact).map(|it| it.to).or(row.points)),
            measure @ (Measure::Whole | Measure::Decimal) => InputKind::Number(measure, None),
        }
    }

    /// What may be typed, for the program that shows the cell.
    pub fn allowed(&self) -> AllowedKind {
        match self {
            InputKind::Text => AllowedKind::Text,
            InputKind::Count => AllowedKind::Whole,
            InputKind::Choice(words) => AllowedKind::OneOf(words.iter().map(|it| it.1.clone()).collect()),
            InputKind::Number(Measure::Points, most) => {
                AllowedKind::Tenths(most.map_or(9_999_990, |it| i64::from(it.in_tenths())))
            }
            InputKind::Number(Measure::Decimal, _) => AllowedKind::Decimal,
            InputKind::Number(Measure::Whole | Measure::YesNo | Measure::Choice(_), _) => AllowedKind::Whole,
        }
    }

    /// The same for people.
    pub fn hint(&self) -> String {
        match self {
            InputKind::Text => "填文字".to_owned(),
            InputKind::Count => "填整数".to_owned(),
            InputKind::Choice(words) => {
                let all: Vec<&str> = words.iter().map(|it| it.1.as_str()).collect();
                format!("填{}", all.join("、"))
            }
            InputKind::Number(Measure::Points, Some(most)) => format!("填 0 至 {most} 分，最多一位小数"),
            InputKind::Number(Measure::Points, None) => "填数字，最多一位小数".to_owned(),
            InputKind::Number(Measure::Decimal, _) => "填数字，可有小数".to_owned(),
            InputKind::Number(Measure::Whole | Measure::YesNo | Measure::Choice(_), _) => "填整数".to_owned(),
        }
    }

    /// A value as it stands in the cell.
    pub fn written(&self, value: Option<&InputValue>) -> Cell {
        match (self, value) {
            (_, None) => Cell::Empty,
            (_, Some(InputValue::Text(text))) if text.is_empty() => Cell::Empty,
            (InputKind::Count, Some(InputValue::Text(text))) => match text.parse::<i64>() {
                Ok(number) if number.to_string() == *text && text.len() <= DIGITS => Cell::Whole(number),
                _ => Cell::Text(text.clone()),
            },
            (_, Some(InputValue::Text(text))) => Cell::Text(text.clone()),
            (InputKind::Choice(words), Some(InputValue::Number(number))) => {
                let word = words.iter().find(|it| it.0 == *number);
                word.map_or(Cell::Whole(*number), |it| Cell::Text(it.1.clone()))
            }
            (InputKind::Number(measure, _), Some(InputValue::Number(number))) => {
                let text = written(*measure, *number);
                if DIGITS < text.len() {
                    return Cell::Text(text);
                }
                match measure {
                    Measure::Points => Cell::Tenths(*number),
                    Measure::Decimal if number % 1_000_000_000 == 0 => Cell::Whole(number / 1_000_000_000),
                    // thousandths and finer are text, whose digits nobody rounds
                    Measure::Decimal if number % 100_000_000 == 0 => Cell::Tenths(number / 100_000_000),
                    Measure::Decimal => Cell::Text(text),
                    Measure::Whole | Measure::YesNo | Measure::Choice(_) => Cell::Whole(*number),
                }
            }
            (InputKind::Text | InputKind::Count, Some(InputValue::Number(number))) => Cell::Text(number.to_string()),
        }
    }

    /// What stands in the cell, as a value.
    ///
    /// # Errors
    /// Why not, and what is allowed.
    pub fn read(&self, value: &ReadValue) -> Result<Option<InputValue>, String> {
        let text = match value {
            ReadValue::Formula => return Err(format!("这里是公式，公式不读入，请直接填写：{}", self.hint())),
            ReadValue::Fault(fault) => return Err(format!("这里是错误值 {fault}，请{}", self.hint())),
            other => other.text(),
        };
        let refused = |why: &str| {
            let shown: String = text.chars().take(40).collect();
            Err(format!("“{shown}”{why}，请{}", self.hint()))
        };
        match self {
            InputKind::Text | InputKind::Count => {
                let kept = cleaned_text(text);
                Ok(Some(kept).filter(|it| !it.is_empty()).map(InputValue::Text))
            }
            InputKind::Choice(words) => {
                let said = plain_text(text.trim());
                if said.is_empty() {
                    return Ok(None);
                }
                let yes_no = |it: &&(i64, String)| words.len() == 2 && (it.0 == 1) == (said == YES_NO[0]);
                let word = words.iter().find(|it| it.1 == said);
                let word = word.or_else(|| words.iter().find(yes_no).filter(|_| YES_NO.contains(&said.as_str())));
                match word {
                    Some(word) => Ok(Some(InputValue::Number(word.0))),
                    None => refused("不在可填的之内"),
                }
            }
            // whether it is too much for its row is judged with the whole sheet
            InputKind::Number(measure, _) => {
                let read = match exact(*measure, text.trim()) {
                    Some(number) => Ok(Some(number)),
                    None => typed(*measure, &text),
                };
                match read {
                    Ok(number) => Ok(number.map(InputValue::Number)),
                    Err(why) => refused(&format!("不能读入（{why}）")),
                }
            }
        }
    }
}

/// What is best comes first in a list of words.
fn reversed(words: impl Iterator<Item = (i64, String)>) -> Vec<(i64, String)> {
    let mut list: Vec<_> = words.collect();
    list.reverse();
    list
}

fn written(measure: Measure, value: i64) -> String {
    match measure {
        Measure::Points => crate::spreadsheet::decimal(value),
        Measure::Decimal => decimal(value),
        Measure::Whole | Measure::YesNo | Measure::Choice(_) => value.to_string(),
    }
}

/// A number of plain digits, however large, in the measure's unit.
fn exact(measure: Measure, text: &str) -> Option<i64> {
    let places = match measure {
        Measure::Points => 1,
        Measure::Decimal => 9,
        Measure::Whole | Measure::YesNo | Measure::Choice(_) => 0,
    };
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|it| it.is_ascii_digit());
    if whole.is_empty() || places < decimals.len() || !digits(whole) || !digits(decimals) {
        return None;
    }
    let mut all = [whole, decimals].concat();
    (decimals.len()..places).for_each(|_| all.push('0'));
    all.parse().ok()
}

/// The facts about a row, in the order in which its forms ask for them.
pub fn facts_of(row: &Row) -> Vec<Fact> {
    row.facts()
}

/// How a fact of a row is asked for.
pub fn label(row: &Row, fact: Fact) -> String {
    let unit = match &row.rule {
        Rule::Deduct { unit, .. } | Rule::Hazard { unit, .. } | Rule::Credit { unit, .. } => unit.as_str(),
        _ => "",
    };
    let tiers = matches!(row.rule, Rule::Tiers { .. });
    match fact {
        Fact::Award if matches!(row.rule, Rule::Choice { .. }) => "估计得分（酌情的一档填）",
        Fact::Met if matches!(row.rule, Rule::Combined { .. }) => "符合文件要求",
        Fact::Met if matches!(row.rule, Rule::Years { .. }) => "或只填是否符合",
        Fact::Met => "是否符合",
        Fact::FullTimeStaff => "专职工作人员（人）",
        Fact::Defects => return format!("不符合（{unit}）"),
        Fact::Hazard => "上述安全隐患",
        Fact::Items => return format!("符合要求的（{unit}）"),
        Fact::Detailed => "内容详实",
        Fact::Operable => "可操作性强",
        Fact::QualifiedExaminers => "符合条件（人）",
        Fact::Headcount => "聘任总数（人，选填）",
        Fact::Experts => "专家（人）",
        Fact::Intact => "完好（台、套）",
        Fact::Total => "共（台、套）",
        Fact::Years => "连续（年）",
        Fact::FirstYear => "近三年：第一年（人）",
        Fact::SecondYear => "近三年：第二年（人）",
        Fact::ThirdYear => "近三年：第三年（人）",
        Fact::Average => "或只填年均（人）",
        Fact::Award if tiers => "估计得分（基本满足时填）",
        Fact::Award => "估计得分",
        Fact::Level => "满足程度",
        Fact::Tenure => "自有或租赁",
        Fact::Months => "合同租期（月，租赁时填）",
        Fact::Has => "有无此项",
        Fact::Score => "或自行填写得分",
        Fact::Unsure => "不适用、待确认",
        Fact::Low => "最低估计（选填）",
        Fact::High => "最高估计（选填）",
        Fact::Choice => "哪一档",
        Fact::NotApplicable => "是否不涉及（涉及的不填）",
        Fact::Quantity | Fact::FirstCount | Fact::SecondCount => return quantity_label(row, fact),
        _ => {
            let Some(item) = row.rule.item(fact) else { return String::new() };
            let unit = if item.measure() == Measure::Points { "分" } else { &item.unit };
            return if unit.is_empty() { item.when.clone() } else { format!("{}（{unit}）", item.when) };
        }
    }
    .to_owned()
}

fn quantity_label(row: &Row, fact: Fact) -> String {
    let Rule::Quantity { of } = &row.rule else { return String::new() };
    match (&of.counts, fact) {
        (Some(it), Fact::FirstCount) => format!("{}（{}）", it.first, of.unit),
        (Some(it), Fact::SecondCount) => format!("{}（{}）", it.second, of.unit),
        (Some(it), _) => format!("或只填{}（{}）", of.of, if it.is_ratio { "1:几填几" } else { "%" }),
        (None, _) => format!("{}（{}）", of.of, of.unit),
    }
}
