//! What the applicant wishes, from a line of JSON: every row is one of the rubric, every figure makes sense.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::cli::json::object;
use crate::cli::lines::LineError;
use crate::cli::score::{AnswerValue, in_measure, row_number};
use crate::letters::plain_text;
use crate::plan::{Effort, Mark, Wishes};
use crate::rubric::{Measure, Points, Row, Rubric, Rule};

use super::{COST, EFFORTS};

/// The most that a unit may cost, in tenths: far beyond what anybody means, and sums stay exact.
pub const DEAREST: i64 = 10_000_000_000;

/// Reads what stands in a line beside the sheet, which was read before: so the line is an object.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read_wishes(rubric: &Rubric, line: &[u8]) -> Result<Wishes, LineError> {
    let mut wishes = Wishes::default();
    for (key, value) in keys(line)? {
        let of_rows = || marks(rubric, key, value);
        match key {
            "target" => wishes.target = target(rubric, value)?,
            "safe" => wishes.safe = yes_no(key, value)?,
            "effort" => {
                for (row, path, value) in of_rows()? {
                    let effort = effort(path, &value)?;
                    wishes.set_mark(Mark { effort, ..wishes.mark(row.number) });
                }
            }
            "cost" => {
                for (row, path, value) in of_rows()? {
                    let cost = cost(path, &value)?;
                    wishes.set_mark(Mark { cost: Some(cost), ..wishes.mark(row.number) });
                }
            }
            "reach" => {
                for (row, path, value) in of_rows()? {
                    let reach = reach(row, path, &value)?;
                    wishes.set_mark(Mark { reach: Some(reach), ..wishes.mark(row.number) });
                }
            }
            _ => {}
        }
    }
    Ok(wishes)
}

/// The keys that are read here; null is as good as absent.
const KEYS: [&str; 5] = ["target", "safe", "effort", "cost", "reach"];

/// The values of these keys as they are written, each key once.
fn keys(line: &[u8]) -> Result<Vec<(&'static str, &str)>, LineError> {
    struct Found<'l>(Vec<(&'static str, &'l str)>, Option<&'static str>);
    struct Keys<'f, 'l>(&'f mut Found<'l>);
    impl<'de> Visitor<'de> for Keys<'_, 'de> {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(key) = map.next_key::<String>()? {
                let value = map.next_value::<&RawValue>()?.get();
                let Some(key) = KEYS.iter().copied().find(|it| *it == key) else { continue };
                if self.0.0.iter().any(|it| it.0 == key) {
                    self.0.1 = Some(key);
                    return Err(A::Error::custom("twice"));
                }
                self.0.0.push((key, value));
            }
            Ok(())
        }
    }
    let mut found = Found(Vec::new(), None);
    let read = serde_json::Deserializer::from_slice(line).deserialize_map(Keys(&mut found));
    match (read, found.1) {
        (Err(_), Some(key)) => Err(refuse("duplicate", key, format!("`{key}` 出现了两次"))),
        _ => {
            found.0.retain(|it| it.1 != "null");
            Ok(found.0)
        }
    }
}

fn refuse(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> LineError {
    LineError { code, path: path.into(), message: message.into() }
}

/// What is said about each row, with the path to it.
fn marks<'r>(rubric: &'r Rubric, key: &str, value: &str) -> Result<Vec<(&'r Row, String, Value)>, LineError> {
    let said: Map<String, Value> = object(value.as_bytes()).map_err(|error| match error.code {
        "duplicate" => LineError { path: format!("{key}.{}", error.path), ..error },
        _ => refuse("type", key, format!("`{key}` 应为对象，写行号和值，如 {{\"{}\": …}}", rubric.row_id(1))),
    })?;
    let mut all: Vec<(&Row, String, Value)> = Vec::with_capacity(said.len());
    for (id, value) in said {
        let path = format!("{key}.{id}");
        let row = row_number(rubric, &plain_text(&id)).and_then(|it| rubric.row(it)).ok_or_else(|| {
            let last = rubric.row_id(rubric.rows().last().map_or(0, |it| it.number));
            let first = rubric.row_id(1);
            refuse(
                "unknown_row",
                path.clone(),
                format!("附件{}没有 `{id}` 这一行，行号为 {first} 到 {last}", rubric.annex),
            )
        })?;
        if all.iter().any(|it| it.0.number == row.number) {
            return Err(refuse("duplicate", path, format!("`{id}` 出现了两次")));
        }
        if !value.is_null() {
            all.push((row, path, value));
        }
    }
    Ok(all)
}

/// A printed outcome, or the least points of its band.
fn target(rubric: &Rubric, value: &str) -> Result<Option<Points>, LineError> {
    let value: Value = serde_json::from_str(value).unwrap_or_default();
    let said = match &value {
        Value::String(it) => plain_text(it).trim().to_owned(),
        Value::Number(it) => it.to_string(),
        _ => return Err(refuse("type", "target", "应为结论的原文，或最低分，如 85")),
    };
    let points = said.parse::<f64>().ok().and_then(|it| in_measure(Measure::Points, AnswerValue::Decimal(it)).ok());
    let is = |points_of_band: Points| points == Some(i64::from(points_of_band.in_tenths()));
    match rubric.outcomes().iter().find(|it| it.outcome == said || is(it.at_least)) {
        Some(band) => Ok(Some(band.at_least)),
        None => {
            let known: Vec<String> =
                rubric.outcomes().iter().map(|it| format!("{}（{}）", it.at_least, it.outcome)).collect();
            Err(refuse("unknown_target", "target", format!("没有 `{said}` 这条分数线，现有：{}", known.join("、"))))
        }
    }
}

fn yes_no(key: &str, value: &str) -> Result<bool, LineError> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(refuse("type", key, "应为 true 或 false")),
    }
}

fn effort(path: String, value: &Value) -> Result<Effort, LineError> {
    let known = || EFFORTS.iter().map(|it| it.0).collect::<Vec<_>>().join("、");
    let word = value.as_str().ok_or_else(|| refuse("type", path.clone(), format!("应为 {} 之一", known())))?;
    let found = EFFORTS.iter().find(|it| it.0 == word).map(|it| it.1);
    found.ok_or_else(|| refuse("value", path, format!("应为 {} 之一", known())))
}

fn cost(path: String, value: &Value) -> Result<u64, LineError> {
    let tenths = figure(COST, &path, value, "费用最多一位小数")?;
    u64::try_from(tenths)
        .ok()
        .filter(|_| tenths <= DEAREST)
        .ok_or_else(|| refuse("too_large", path, format!("不能超过 {}", DEAREST / 10)))
}

fn reach(row: &Row, path: String, value: &Value) -> Result<Points, LineError> {
    if !matches!(row.rule, Rule::Judged { .. } | Rule::Tiers { .. } | Rule::Lease { .. }) {
        return Err(refuse("not_judged", path, "这一行不是酌情的，不用写最多能到几分"));
    }
    let (tenths, worth) = (figure(Measure::Points, &path, value, "分数最多一位小数")?, row.points.unwrap_or_default());
    let points = u16::try_from(tenths).ok().map(Points::tenths).filter(|it| *it <= worth);
    points.ok_or_else(|| refuse("above_points", path, format!("不能超过本项分值 {worth} 分")))
}

/// A number of tenths that is not negative.
fn figure(measure: Measure, path: &str, value: &Value, too_fine: &str) -> Result<i64, LineError> {
    let said = match value {
        Value::Number(it) => match (it.as_i64(), it.as_u64()) {
            (Some(whole), _) => AnswerValue::Whole(whole),
            (None, Some(_)) => AnswerValue::Whole(i64::MAX),
            (None, None) => it.as_f64().map_or(AnswerValue::Other, AnswerValue::Decimal),
        },
        _ => AnswerValue::Other,
    };
    in_measure(measure, said)
        .map_err(|(code, message)| refuse(code, path, if code == "tenths" { too_fine.to_owned() } else { message }))
}
