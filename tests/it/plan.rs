//! Worked cases of the plan, tests/plan/*.toml, through the lines of `ziping plan`; and what scoring says of the result.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use ziping::cli::{plan_lines, score_lines};

use crate::cases::full;
use crate::{editions, tables};

/// A line of `ziping plan` and its answer.
pub fn planned(line: &Value) -> Value {
    let mut out = Vec::new();
    plan_lines(editions(), line.to_string().as_bytes(), &mut out, |_| {}).expect("memory can be read and written");
    serde_json::from_slice(&out).expect("one line of JSON")
}

/// The cases: where each stands, the line, and what is expected.
pub fn cases() -> Vec<(String, Value, Map<String, Value>)> {
    let mut all = Vec::new();
    for mut case in tables::raw("tests/plan") {
        let Some(Value::Object(expect)) = case.is.remove("expect") else { panic!("{}: no `expect`", case.at) };
        let annex = case.is["rubric"].as_str().and_then(|it| it.parse().ok()).expect("an annex");
        let rubric = editions()[0].rubric(annex).unwrap_or_else(|| panic!("{}: no such annex", case.at));
        let blank = case.is.remove("blank").is_some();
        let mut answers = if blank { Map::new() } else { full(rubric) };
        for row in case.is.remove("without").iter().flat_map(|it| it.as_array().expect("a list")) {
            answers.remove(row.as_str().expect("a row")).unwrap_or_else(|| panic!("{}: {row}", case.at));
        }
        if let Some(Value::Object(own)) = case.is.remove("answers") {
            answers.extend(own);
        }
        assert!(case.is.remove("why").is_some(), "{}: no `why`", case.at);
        case.is.insert("answers".to_owned(), answers.into());
        all.push((case.at, case.is.into(), expect));
    }
    all
}

/// TOML has no null: an empty table stands for it.
fn same(is: &Value, expected: &Value) -> bool {
    match (is, expected) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Null, Value::Object(b)) => b.is_empty(),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && b.iter().all(|it| a.get(it.0).is_some_and(|a| same(a, it.1)))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => is == expected,
    }
}

#[test]
fn each_case_is_planned_as_worked_by_hand() {
    for (at, line, expect) in cases() {
        let is = planned(&line);
        assert!(is.get("error").is_none(), "{at}: {is}");
        let changes = is["changes"].as_array().expect("a list");
        for (key, expected) in &expect {
            match key.as_str() {
                "changes" => {
                    let expected = expected.as_array().expect("a list");
                    assert_eq!(changes.len(), expected.len(), "{at}: {is:#}");
                    for (change, expected) in changes.iter().zip(expected) {
                        for (key, expected) in expected.as_object().expect("a table") {
                            assert!(same(&change[key], expected), "{at}: `{key}` is not {expected}: {change:#}");
                        }
                    }
                }
                "rows" => assert_eq!(&changes.iter().map(|it| it["row"].clone()).collect::<Value>(), expected, "{at}"),
                "units" => {
                    let units: u64 = changes.iter().filter_map(|it| it["units"].as_u64()).sum();
                    assert_eq!(&json!(units), expected, "{at}: {is:#}");
                }
                _ => assert!(same(&is[key], expected), "{at}: `{key}` is not {expected}: {is:#}"),
            }
        }
        scoring_agrees(&at, &line, &is);
    }
}

/// The sheet with every `to` laid over it, scored.
pub fn scoring_agrees(at: &str, line: &Value, is: &Value) {
    let mut sheet = json!({ "rubric": line["rubric"], "answers": line["answers"] });
    for change in is["changes"].as_array().expect("a list") {
        let row = change["row"].as_str().expect("a row");
        assert_eq!(sheet["answers"].get(row).unwrap_or(&Value::Null), &change["from"], "{at}: {row}");
        sheet["answers"][row] = change["to"].clone();
    }
    let mut out = Vec::new();
    score_lines(editions(), false, sheet.to_string().as_bytes(), &mut out, |_| {}).expect("memory can be read");
    let scored: Value = serde_json::from_slice(&out).expect("one line of JSON");
    assert!(scored.get("error").is_none(), "{at}: {scored} {sheet}");
    assert_eq!((&scored["base_total"], &scored["verdict"]), (&is["total_after"], &is["verdict_after"]), "{at}");
    let open: Vec<&Value> = scored["filing_vetoes"].as_array().expect("a list").iter().collect();
    assert!(open.iter().all(|it| is["filing_vetoes_after"].as_array().is_some_and(|all| all.contains(it))), "{at}");
}

#[test]
fn every_annex_has_a_case() {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    cases().iter().for_each(|it| *found.entry(it.1["rubric"].as_str().expect("text").to_owned()).or_default() += 1);
    assert_eq!(found.keys().map(String::as_str).collect::<Vec<_>>(), ["1", "2", "3", "4", "5", "6"]);
}
