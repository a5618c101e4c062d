//! Worked cases that somebody who knows the document could have written: one small file each, below `tests/cases`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use ziping::rubric::{Applicant, Part, Rubric};

use crate::{editions, files, none_of, path, read, scored};

/// A case file. `why` is for people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(skip)]
    name: String,
    why: String,
    start: Start,
    /// Rows taken back from the start.
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    answers: Map<String, Value>,
    expect: Map<String, Value>,
    /// Where the sheet should name another rubric or edition than its own.
    rubric: Option<String>,
    edition: Option<String>,
}

#[derive(PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Start {
    /// The answers of `full.toml` in the same folder.
    Full,
    /// Nothing answered.
    Blank,
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut problems = Vec::new();
    let (mut sheets, mut cases) = (String::new(), Vec::new());
    for (rubric, of_rubric) in all() {
        let full =
            &of_rubric.iter().find(|it| it.name.ends_with("/full.toml")).expect("each folder has full.toml").answers;
        for case in &of_rubric {
            sheets.push_str(&sheet(rubric, case, full).to_string());
            sheets.push('\n');
        }
        cases.extend(of_rubric);
    }
    let results = scored(&sheets, false);
    assert_eq!(results.len(), cases.len());
    for (case, result) in cases.iter().zip(&results) {
        let mut differs = |key: &str, is: &Value, should: &Value| {
            if is != should {
                problems.push(format!("{}: `{key}` is {is}, should be {should} ({})", case.name, case.why));
            }
        };
        for (key, should) in &case.expect {
            match (key.as_str(), should) {
                ("rows", Value::Object(rows)) => {
                    for (id, of_row) in rows {
                        for (key, should) in of_row.as_object().expect("`rows` holds tables") {
                            differs(&format!("{id}.{key}"), &result["rows"][id][key], &or_null(should));
                        }
                    }
                }
                ("error", _) => {
                    differs("error.code", &result["error"]["code"], &should["code"]);
                    differs("error.path", &result["error"]["path"], &should["path"]);
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
        let changed: BTreeSet<_> =
            cases.iter().filter(|it| it.start == Start::Full).flat_map(|it| it.answers.keys()).collect();
        let asked = |covered: bool| {
            let rows = rubric.rows().filter(|row| !covered || changed.contains(&rubric.row_id(row.number)));
            rows.map(|row| row.rule.kind()).collect::<BTreeSet<_>>()
        };
        for kind in asked(false).difference(&asked(true)) {
            problems.push(format!("tests/cases/{}: no case changes a row of kind `{kind}`", folder(rubric)));
        }
    }
    assert!(150 <= n, "only {n} cases");
    none_of(&problems);
}

/// The examples that were agreed with other programs. What they do not mention may be anything.
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
fn all() -> Vec<(&'static Rubric, Vec<Case>)> {
    let cases = |rubric| {
        let files = files(&path("tests/cases").join(folder(rubric)), ".toml");
        files
            .iter()
            .map(|it| it.strip_prefix(path("")).expect("below the repository").to_string_lossy())
            .map(|name| {
                let case: Case = toml::from_str(&read(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
                Case { name: name.into_owned(), ..case }
            })
            .collect()
    };
    editions()[0].rubrics.iter().map(|it| (it, cases(it))).collect()
}

pub fn folder(rubric: &Rubric) -> String {
    let applicant = match rubric.applicant {
        Applicant::Employer => "employer",
        Applicant::TechnicalSchool => "school",
        Applicant::SocialOrganisation => "social",
    };
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
        let full = &cases.iter().find(|it| it.name.ends_with("/full.toml")).expect("each folder has full.toml").answers;
        for case in cases.iter().filter(|it| !it.expect.contains_key("error")) {
            sheets.push((rubric, sheet(rubric, case, full), case.answers.keys().cloned().collect()));
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

/// TOML has no null; the cases write the word.
fn or_null(should: &Value) -> Value {
    if should == "null" { Value::Null } else { should.clone() }
}
