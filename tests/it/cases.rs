//! Worked cases that somebody who knows the document can write: a table for each rubric, in `tests/cases`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use ziping::rubric::{Part, Rubric};

use crate::tables::{self, cases};
use crate::{editions, kind, none_of, read, scored};

/// A case. `why` explains it to people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    start: Start,
    /// Rows taken back from the start.
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    answers: Map<String, Value>,
    /// The expected keys of the result.
    #[serde(default)]
    expect: Map<String, Value>,
    /// Instead of a result, where the sheet is refused: the code and the place.
    error: Option<Refusal>,
    /// The rubric or edition that the sheet names, where that is not its own.
    rubric: Option<String>,
    edition: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    pub code: String,
    pub path: String,
}

#[derive(PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Start {
    /// The answers of the case `full` of the same table.
    Full,
    /// No answers.
    Blank,
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut problems = Vec::new();
    let (mut sheets, mut cases) = (String::new(), Vec::new());
    for (rubric, of_rubric) in all() {
        let full = full(rubric);
        for case in &of_rubric {
            sheets.push_str(&sheet(rubric, &case.is, &full).to_string());
            sheets.push('\n');
        }
        cases.extend(of_rubric);
    }
    let results = scored(&sheets, false);
    assert_eq!(results.len(), cases.len());
    for (tables::Case { at, is: case, .. }, result) in cases.iter().zip(&results) {
        assert_eq!(case.error.is_some(), case.expect.is_empty(), "{at}: either `expect` or `error`");
        let mut differs = |key: &str, is: &Value, should: &Value| {
            if is != should {
                problems.push(format!("{at}: `{key}` is {is}, should be {should} ({})", case.why));
            }
        };
        if let Some(Refusal { code, path }) = &case.error {
            differs("error.code", &result["error"]["code"], &json!(code));
            differs("error.path", &result["error"]["path"], &json!(path));
        }
        for (key, should) in &case.expect {
            match (key.as_str(), should) {
                ("rows", Value::Object(rows)) => {
                    for (id, of_row) in rows {
                        for (key, should) in of_row.as_object().expect("`rows` holds tables") {
                            differs(&format!("{id}.{key}"), &result["rows"][id][key], &or_null(should));
                        }
                    }
                }
                _ => differs(key, result.get(key).unwrap_or(&json!("absent")), &or_null(should)),
            }
        }
    }
    none_of(&problems);
}

#[test]
fn cases_cover_every_kind_of_rule_in_every_rubric() {
    let mut problems = Vec::new();
    let mut n = 0;
    for (rubric, cases) in all() {
        n += cases.len();
        let from_full = cases.iter().map(|case| &case.is).filter(|case| case.start == Start::Full);
        let changed: BTreeSet<_> = from_full.flat_map(|case| case.answers.keys()).collect();
        let asked = |covered: bool| {
            let rows = rubric.rows().filter(|row| !covered || changed.contains(&rubric.row_id(row.number)));
            rows.map(|row| row.rule.kind()).collect::<BTreeSet<_>>()
        };
        for kind in asked(false).difference(&asked(true)) {
            problems.push(format!("tests/cases/{}.toml: no case changes a row of kind `{kind}`", name(rubric)));
        }
    }
    assert!(326 <= n, "only {n} cases");
    none_of(&problems);
}

/// The examples that were agreed with other programs. Keys that they do not mention may have any value.
#[test]
fn the_agreed_examples_come_out_as_agreed() {
    let mut problems = Vec::new();
    for line in read("tests/data/contract.jsonl").lines() {
        let example: Value = serde_json::from_str(line).expect("an example is a line of JSON");
        let result = &scored(&example["in"].to_string(), false)[0];
        if result["id"] != example["in"]["id"] {
            problems.push(format!("{}: `id` is not echoed", example["name"]));
        }
        contains(&example["name"].to_string(), result, &example["out"], &mut problems);
    }
    none_of(&problems);
}

fn contains(at: &str, is: &Value, should: &Value, problems: &mut Vec<String>) {
    match should {
        Value::Object(keys) => {
            keys.iter().for_each(|(key, it)| contains(&format!("{at}.{key}"), &is[key], it, problems))
        }
        _ if is == should => {}
        _ => problems.push(format!("{at} is {is}, should be {should}")),
    }
}

/// The cases of each rubric of the newest edition.
fn all() -> Vec<(&'static Rubric, Vec<tables::Case<Case>>)> {
    editions()[0].rubrics.iter().map(|rubric| (rubric, cases(&table(rubric)))).collect()
}

/// The answers of a sheet with full points.
pub fn full(rubric: &Rubric) -> Map<String, Value> {
    static FULL: OnceLock<BTreeMap<u8, Map<String, Value>>> = OnceLock::new();
    let of_rubric = |(rubric, cases): (&Rubric, Vec<tables::Case<Case>>)| {
        let full = cases.into_iter().find(|case| case.name == "full");
        (rubric.annex, full.unwrap_or_else(|| panic!("{} has no case `full`", table(rubric))).is.answers)
    };
    FULL.get_or_init(|| all().into_iter().map(of_rubric).collect())[&rubric.annex].clone()
}

fn table(rubric: &Rubric) -> String {
    format!("tests/cases/{}.toml", name(rubric))
}

/// The name of the table with the rubric's cases.
pub fn name(rubric: &Rubric) -> String {
    let applicant = &kind(rubric.applicant).folder;
    let part = match rubric.part {
        Part::Public => "public",
        Part::Occupation => "occupation",
    };
    format!("{applicant}-{part}")
}

/// The sheets of the cases that are no errors, with the rows that each changes.
pub fn sheets() -> Vec<(&'static Rubric, Value, Vec<String>)> {
    let mut sheets = Vec::new();
    for (rubric, cases) in all() {
        let full = full(rubric);
        for case in cases.iter().map(|it| &it.is).filter(|it| it.error.is_none()) {
            sheets.push((rubric, sheet(rubric, case, &full), case.answers.keys().cloned().collect()));
        }
    }
    sheets
}

fn sheet(rubric: &Rubric, case: &Case, full: &Map<String, Value>) -> Value {
    let mut answers = if case.start == Start::Full { full.clone() } else { Map::new() };
    answers.retain(|id, _| !case.without.contains(id));
    answers.extend(case.answers.clone());
    let annex = rubric.annex.to_string();
    json!({ "rubric": case.rubric.as_ref().unwrap_or(&annex), "edition": case.edition, "answers": answers })
}

/// TOML has no null; the cases write the word `null`.
fn or_null(should: &Value) -> Value {
    if should == "null" { Value::Null } else { should.clone() }
}
