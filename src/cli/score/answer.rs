//! From what a line says to answers: every key belongs to its row, every value has its unit, every answer is complete.

use crate::rubric::{Fact, LEVELS, Measure, Row, Rubric, Rule, TENURES};
use crate::score::{Answers, RowFacts, faults};

use super::input::{AnswerEntry, AnswerKey, SheetIn, Value};
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
            return Err(refuse("form", id, None, format!("回答的形式不对，这一行应为 {}", expected(&row.rule))));
        }
    }
    match faults(rubric, answers).into_iter().next() {
        None => Ok(()),
        Some(it) => Err(refuse(it.kind.code(), &rubric.row_id(it.row), Some(it.fact.name()), it.kind.to_string())),
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
    let wrong_form =
        |key| refuse("form", &entry.row, key, format!("回答的形式不对，这一行应为 {}", expected(&row.rule)));
    let key = match &entry.key {
        AnswerKey::Known(key) => *key,
        AnswerKey::Unknown(key) => return Err(wrong_form(Some(key))),
        AnswerKey::Nothing | AnswerKey::NoObject => return Err(wrong_form(None)),
    };
    let mut facts = row.rule.forms().iter().flat_map(|it| it.iter().copied()).filter(|it| it.name() == key);
    let Some(fact) = facts.next() else { return Err(wrong_form(Some(key))) };
    if fact == Fact::FirstYear {
        let years = [Fact::FirstYear, Fact::SecondYear, Fact::ThirdYear];
        let Value::List(list) = &entry.value else { return Err(wrong_form(Some(key))) };
        if list.len() != years.len() {
            return Err(refuse("form", &entry.row, Some(key), "`yearly` 应为三个年度的人数".to_owned()));
        }
        return years.into_iter().zip(list).try_for_each(|(fact, value)| set(row, entry, fact, value, answers));
    }
    set(row, entry, fact, &entry.value, answers)
}

fn set(row: &Row, entry: &AnswerEntry<'_>, fact: Fact, value: &Value, answers: &mut Answers) -> Result<(), LineError> {
    let value = in_measure(fact.measure(), value)
        .map_err(|(code, message)| refuse(code, &entry.row, Some(fact.name()), message))?;
    match answers.set(row.number, fact, Some(value)) {
        None => Ok(()),
        Some(_) => Err(refuse("duplicate", &entry.row, Some(fact.name()), format!("`{}` 出现了两次", fact.name()))),
    }
}

/// A JSON value in the unit of its fact.
pub fn in_measure(measure: Measure, value: &Value) -> Result<i64, (&'static str, String)> {
    let negative = || ("negative", "不能是负数".to_owned());
    match (measure, value) {
        (Measure::YesNo, Value::Bool(it)) => Ok(i64::from(*it)),
        (Measure::YesNo, _) => Err(("type", "应为 true 或 false".to_owned())),
        (Measure::Choice(words), Value::Text(it)) => {
            let at = words.iter().position(|word| word == it).and_then(|it| i64::try_from(it).ok());
            at.ok_or_else(|| ("value", format!("应为 {} 之一", words.join("、"))))
        }
        (Measure::Choice(words), _) => Err(("type", format!("应为 {} 之一", words.join("、")))),
        (Measure::Whole | Measure::Points | Measure::Decimal, Value::Whole(it)) if *it < 0 => Err(negative()),
        (Measure::Whole | Measure::Points | Measure::Decimal, Value::Decimal(it)) if *it < 0.0 => Err(negative()),
        (Measure::Whole, Value::Whole(it)) => Ok(*it),
        (Measure::Whole, Value::Decimal(it)) if it.fract() == 0.0 => Ok(*it as i64),
        (Measure::Whole, Value::Decimal(_)) => Err(("whole", "应为整数".to_owned())),
        (Measure::Points, Value::Whole(it)) => Ok(it.saturating_mul(10)),
        (Measure::Points, Value::Decimal(number)) => {
            let tenths = (number * 10.0).round();
            // 5.8 is read as the double nearest to 58/10, and the division gives that same double
            if tenths / 10.0 == *number {
                Ok(tenths as i64)
            } else {
                Err(("tenths", "分数最多一位小数".to_owned()))
            }
        }
        (Measure::Decimal, Value::Whole(it)) => Ok(it.saturating_mul(1_000_000_000)),
        (Measure::Decimal, Value::Decimal(it)) => Ok(billionths(*it)),
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
    let estimated = has(Fact::Low) || has(Fact::High);
    match rule {
        Rule::Judged { .. } => has(Fact::Award),
        Rule::Number { .. } => has(Fact::QualifiedExaminers),
        Rule::Combined { .. } => has(Fact::Detailed) && has(Fact::Operable),
        Rule::Tiers { .. } => match facts.get(Fact::Level).and_then(|it| LEVELS.get(usize::try_from(it).ok()?)) {
            Some(&"basic") | None => has(Fact::Award),
            Some(_) => !has(Fact::Award) && !estimated,
        },
        Rule::Lease { term, .. } => match facts.get(Fact::Tenure).and_then(|it| TENURES.get(usize::try_from(it).ok()?))
        {
            None => false,
            Some(&"owned") => has(Fact::Award) && !has(Fact::Months),
            // 租赁场所的，不得分: no points, so the award need not be known
            Some(_) if term.is_none() => !estimated,
            Some(_) => has(Fact::Award) && has(Fact::Months),
        },
        _ => {
            let forms = rule.forms().iter();
            let given = |form: &&&[Fact]| form.iter().filter(|it| has(**it)).count();
            forms.clone().any(|form| given(&form) == form.len()) && forms.filter(|it| 0 < given(it)).count() == 1
        }
    }
}

/// The forms of a row's answer, as the messages show them.
fn expected(rule: &Rule) -> &'static str {
    match rule {
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
    }
}
