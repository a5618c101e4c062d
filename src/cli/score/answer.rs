//! From what a line says to answers: every key belongs to its row, every value has its unit, every answer is complete.

use crate::rubric::{Fact, LEVELS, LIST_KEYS, ListItem, Measure, Row, Rubric, Rule, TENURES};
use crate::score::{Answers, RowFacts, faults, level_of};

use super::input::{AnswerEntry, AnswerKey, AnswerValue, SheetIn, Value};
use crate::cli::lines::LineError;

use super::row_number;

/// Reads the answers of one line of JSON, for tests and tools that hold a single sheet.
///
/// # Errors
/// What is wrong with the line.
pub fn read_answers(rubric: &Rubric, line: &str) -> Result<Answers, LineError> {
    let (mut entries, mut answers) = (Vec::new(), Answers::default());
    SheetIn::read(line.as_bytes(), &mut None, &mut entries)?;
    fill(rubric, &entries, &mut answers)?;
    Ok(answers)
}

pub(super) fn fill(rubric: &Rubric, entries: &[AnswerEntry<'_>], answers: &mut Answers) -> Result<(), LineError> {
    // nearly every sheet names its rows in printed order: one pass finds them all
    let mut in_order = rubric.rows();
    for of_row in entries.chunk_by(|a, b| a.row == b.row) {
        let id = &of_row[0].row;
        let found = row_number(rubric, id)
            .and_then(|number| in_order.find(|it| it.number == number).or_else(|| rubric.row(number)));
        let row = found.ok_or_else(|| LineError {
            code: "unknown_row",
            path: format!("answers.{id}"),
            message: format!(
                "附件{}没有 `{id}` 这一行，行号为 {1} 到 {2}",
                rubric.annex,
                rubric.row_id(1),
                last(rubric)
            ),
        })?;
        if !answers.row(row.number).is_empty() {
            return Err(refuse("duplicate", id, None, format!("`{id}` 出现了两次")));
        }
        for entry in of_row {
            give(row, entry, answers)?;
        }
        if !is_whole(&row.rule, answers.row(row.number)) {
            return Err(refuse("form", id, None, format!("回答的形式不对，这一行应为 {}", expected(row))));
        }
    }
    match faults(rubric, answers).into_iter().next() {
        None => Ok(()),
        Some(it) => {
            let key = rubric.row(it.row).map_or(it.fact.name(), |row| row.rule.key(it.fact));
            Err(refuse(it.kind.code(), &rubric.row_id(it.row), Some(key), it.kind.to_string()))
        }
    }
}

fn last(rubric: &Rubric) -> String {
    rubric.row_id(rubric.rows().last().map_or(0, |it| it.number))
}

fn refuse(code: &'static str, id: &str, key: Option<&str>, message: String) -> LineError {
    let path = key.map_or_else(|| format!("answers.{id}"), |key| format!("answers.{id}.{key}"));
    LineError { code, path, message }
}

/// One key of an answer.
fn give(row: &Row, entry: &AnswerEntry<'_>, answers: &mut Answers) -> Result<(), LineError> {
    let wrong_form = |key| refuse("form", &entry.row, key, format!("回答的形式不对，这一行应为 {}", expected(row)));
    let key = match &entry.key {
        AnswerKey::Known(key) => *key,
        AnswerKey::Unknown(key) => return Err(wrong_form(Some(key))),
        AnswerKey::Nothing | AnswerKey::NoObject => return Err(wrong_form(None)),
    };
    let mut facts = row.rule.forms().iter().flat_map(|it| it.iter().copied()).filter(|it| row.rule.key(*it) == key);
    let skips = row.may_skip && key == Fact::NotApplicable.name() && entry.value == Value::Bool(true);
    let Some(fact) = facts.next().or(skips.then_some(Fact::NotApplicable)) else { return Err(wrong_form(Some(key))) };
    if LIST_KEYS.contains(&key) {
        let Value::List(list) = &entry.value else { return Err(wrong_form(Some(key))) };
        let all: Vec<Fact> = row.facts().into_iter().filter(|it| row.rule.key(*it) == key).collect();
        if list.len() != all.len() {
            let message = match fact {
                Fact::FirstYear => "`yearly` 应为三个年度的人数".to_owned(),
                _ => format!("`{key}` 应为 {} 个值的列表", all.len()),
            };
            return Err(refuse("form", &entry.row, Some(key), message));
        }
        return all.into_iter().zip(list).try_for_each(|(fact, value)| set(row, entry, fact, value, answers));
    }
    set(row, entry, fact, &entry.value, answers)
}

fn set(
    row: &Row,
    entry: &AnswerEntry<'_>,
    fact: Fact,
    value: &Value<'_>,
    answers: &mut Answers,
) -> Result<(), LineError> {
    let key = row.rule.key(fact);
    let value = in_rule(&row.rule, fact, value.alone())
        .map_err(|(code, message)| refuse(code, &entry.row, Some(key), message))?;
    match answers.set(row.number, fact, Some(value)) {
        None => Ok(()),
        Some(_) => Err(refuse("duplicate", &entry.row, Some(key), format!("`{key}` 出现了两次"))),
    }
}

/// A value in the unit of its fact in a row of this rule.
pub fn in_rule(rule: &Rule, fact: Fact, value: AnswerValue<'_>) -> Result<i64, (&'static str, String)> {
    let (Fact::Choice, Rule::Choice { levels }) = (fact, rule) else { return in_measure(rule.measure(fact), value) };
    let at = match value {
        AnswerValue::Text(it) => levels.iter().position(|level| level.when == it),
        _ => None,
    };
    let names = || levels.iter().map(|it| it.when.as_str()).collect::<Vec<_>>().join("、");
    let code = if matches!(value, AnswerValue::Text(_)) { "value" } else { "type" };
    at.and_then(|it| i64::try_from(it).ok()).ok_or_else(|| (code, format!("应为 {} 之一", names())))
}

/// A value in the unit of its fact.
pub fn in_measure(measure: Measure, value: AnswerValue<'_>) -> Result<i64, (&'static str, String)> {
    let negative = || ("negative", "不能是负数".to_owned());
    match (measure, value) {
        (Measure::YesNo, AnswerValue::Bool(it)) => Ok(i64::from(it)),
        (Measure::YesNo, _) => Err(("type", "应为 true 或 false".to_owned())),
        (Measure::Choice(words), AnswerValue::Text(it)) => {
            let at = words.iter().position(|word| *word == it).and_then(|it| i64::try_from(it).ok());
            at.ok_or_else(|| ("value", format!("应为 {} 之一", words.join("、"))))
        }
        (Measure::Choice(words), _) => Err(("type", format!("应为 {} 之一", words.join("、")))),
        (Measure::Whole | Measure::Points | Measure::Decimal, AnswerValue::Whole(..0)) => Err(negative()),
        (Measure::Whole | Measure::Points | Measure::Decimal, AnswerValue::Decimal(it)) if it < 0.0 => Err(negative()),
        (Measure::Whole, AnswerValue::Whole(it)) => Ok(it),
        (Measure::Whole, AnswerValue::Decimal(it)) if it.fract() == 0.0 => Ok(it as i64),
        (Measure::Whole, AnswerValue::Decimal(_)) => Err(("whole", "应为整数".to_owned())),
        (Measure::Points, AnswerValue::Whole(it)) => Ok(it.saturating_mul(10)),
        (Measure::Points, AnswerValue::Decimal(number)) => {
            let tenths = (number * 10.0).round();
            // 5.8 is read as the double nearest to 58/10, and the division gives that same double
            if tenths / 10.0 == number {
                Ok(tenths as i64)
            } else {
                Err(("tenths", "分数最多一位小数".to_owned()))
            }
        }
        (Measure::Decimal, AnswerValue::Whole(it)) => Ok(it.saturating_mul(1_000_000_000)),
        (Measure::Decimal, AnswerValue::Decimal(it)) => Ok(billionths(it)),
        (Measure::Whole | Measure::Points | Measure::Decimal, _) => Err(("type", "应为数字".to_owned())),
    }
}

/// The digits as written, cut after the ninth decimal: nothing is rounded up to a threshold.
fn billionths(number: f64) -> i64 {
    let written = format!("{number}");
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
    let nine: String = decimals.chars().chain("000000000".chars()).take(9).collect();
    let whole: i64 = whole.parse().unwrap_or(i64::MAX);
    whole.saturating_mul(1_000_000_000).saturating_add(nine.parse().unwrap_or(0))
}

/// Do the facts make one of the row's forms, no more and no less?
pub fn is_whole(rule: &Rule, facts: RowFacts<'_>) -> bool {
    let has = |fact| facts.get(fact).is_some();
    // 最低估计 and 最高估计 stand beside an award that counts
    let estimated = || has(Fact::Low) || has(Fact::High);
    if has(Fact::NotApplicable) {
        return facts.given().len() == 1;
    }
    match rule {
        Rule::Judged { .. } => has(Fact::Award),
        Rule::Number { .. } => has(Fact::QualifiedExaminers),
        Rule::Combined { .. } => has(Fact::Detailed) && has(Fact::Operable),
        Rule::Tiers { .. } => match facts.get(Fact::Level).and_then(|it| LEVELS.get(usize::try_from(it).ok()?)) {
            Some(&"basic") | None => has(Fact::Award),
            Some(_) => !has(Fact::Award) && !estimated(),
        },
        Rule::Lease { term, .. } => match facts.get(Fact::Tenure).and_then(|it| TENURES.get(usize::try_from(it).ok()?))
        {
            None => false,
            Some(&"owned") => has(Fact::Award) && !has(Fact::Months),
            // 租赁场所的，不得分: no points, so the award need not be known
            Some(_) if term.is_none() => !estimated(),
            Some(_) => has(Fact::Award) && has(Fact::Months),
        },
        Rule::Choice { levels } => level_of(levels, facts).is_some_and(|it| it.is_judged() == has(Fact::Award)),
        _ => {
            let given = |form: &[Fact]| form.iter().filter(|it| has(**it)).count();
            match rule.forms() {
                [only] => given(only) == only.len(),
                forms => {
                    let mut begun = forms.iter().filter(|it| 0 < given(it));
                    begun.next().is_some_and(|it| given(it) == it.len()) && begun.next().is_none()
                }
            }
        }
    }
}

/// The forms of a row's answer, as the messages show them.
fn expected(row: &Row) -> String {
    let skips = if row.may_skip { r#" 或 {"not_applicable": true}"# } else { "" };
    of_rule(&row.rule) + skips
}

fn of_rule(rule: &Rule) -> String {
    let fixed = match rule {
        Rule::Met { unsure: Some(_), .. } => r#"{"met": true 或 false} 或 {"unsure": true}"#,
        Rule::Met { unsure: None, .. } | Rule::None => r#"{"met": true 或 false}"#,
        Rule::Staffed { .. } => r#"{"met": true 或 false, "full_time_staff": 人数}"#,
        Rule::Deduct { by_hand: None, .. } => r#"{"defects": 个数}"#,
        Rule::Deduct { by_hand: Some(_), .. } => r#"{"defects": 个数} 或 {"score": 分数}"#,
        Rule::Hazard { .. } => r#"{"defects": 个数, "hazard": true 或 false}"#,
        Rule::Credit { .. } => r#"{"items": 个数}"#,
        Rule::Combined { complies: Some(_), .. } => {
            r#"{"detailed": true 或 false, "operable": true 或 false}，可加 "met": true 或 false"#
        }
        Rule::Combined { complies: None, .. } => r#"{"detailed": true 或 false, "operable": true 或 false}"#,
        Rule::Number { .. } => r#"{"qualified_examiners": 人数}，可加 "headcount": 人数"#,
        Rule::Experts { .. } => r#"{"experts": 人数}"#,
        Rule::Rate { .. } => r#"{"intact": 完好数, "total": 总数}"#,
        Rule::Years { .. } => r#"{"years": 年数} 或 {"met": true 或 false}"#,
        Rule::Average { .. } => r#"{"yearly": [人数, 人数, 人数]} 或 {"average": 年均人数}"#,
        Rule::Judged { .. } => r#"{"award": 分数}，可加 "low"、"high": 分数"#,
        Rule::Tiers { .. } => {
            r#"{"level": "full"、"basic"（另加 "award": 分数）或 "none"} 或 {"award": 分数}，"award" 之外可加 "low"、"high": 分数"#
        }
        Rule::Lease { term: None, .. } => {
            r#"{"tenure": "owned" 或 "leased", "award": 分数}，自有的可加 "low"、"high": 分数"#
        }
        Rule::Lease { term: Some(_), .. } => {
            r#"{"tenure": "owned", "award": 分数} 或 {"tenure": "leased", "award": 分数, "months": 月数}，可加 "low"、"high": 分数"#
        }
        Rule::Bonus { .. } => r#"{"has": true 或 false}"#,
        Rule::Choice { levels } => {
            let names: Vec<String> = levels.iter().map(|it| format!("\"{}\"", it.when)).collect();
            let judged = levels.iter().any(ListItem::is_judged);
            let award = if judged { "，酌情的一档另加 \"award\": 分数" } else { "" };
            return format!("{{\"choice\": {}{award}}}", names.join(" 或 "));
        }
        Rule::Listed { items, .. } => {
            let of_item = |item: &ListItem| match item.measure() {
                Measure::YesNo => "true 或 false",
                Measure::Points => "分数",
                _ => "个数",
            };
            let all: Vec<&str> = items.iter().map(of_item).collect();
            return format!("{{\"{}\": [{}]}}", rule.key(Fact::Item1), all.join(", "));
        }
        Rule::Quantity { of } => match of.counts {
            Some(_) => r#"{"parts": [数, 数]} 或 {"quantity": 数}"#,
            None => r#"{"quantity": 数}"#,
        },
    };
    fixed.to_owned()
}
