//! `ziping schema`: a validator accepts what the program accepts and refuses what it refuses, for every worked case,
//! every form of every row, and everything that comes out.

use std::collections::BTreeMap;

use jsonschema::{Draft, Validator};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use ziping::cli::{read_answers, rubrics_json};

use crate::arbitrary::{json as sheet_json, sheet};
use crate::cases::{full, sheets};
use crate::cli::{lines, text, ziping};
use crate::{editions, read, scored, tables};

const NAMES: [&str; 24] = [
    "score-input",
    "score-output",
    "plan-input",
    "plan-output",
    "route-input",
    "route-output",
    "scope-input",
    "scope-output",
    "code-input",
    "code-output",
    "form-input",
    "form-output",
    "rubrics",
    "desk",
    "error",
    "edition-file",
    "rubric-file",
    "readings-file",
    "filing-file",
    "scope-file",
    "places-file",
    "later-file",
    "concordance-file",
    "site-file",
];

fn printed(arguments: &[&str]) -> Value {
    let run = ziping(&[&["schema"], arguments].concat(), b"");
    assert_eq!((run.status.code(), run.stderr.len()), (Some(0), 0), "{}", text(&run.stderr));
    serde_json::from_slice(&run.stdout).expect("one document")
}

fn validator(schema: &Value) -> Validator {
    jsonschema::options().with_draft(Draft::Draft202012).build(schema).expect("a sound schema")
}

fn of(name: &str) -> Validator {
    validator(&printed(&[name]))
}

/// Accepts them all, or tells the first that it does not.
pub fn accepts<'v>(name: &str, all: impl IntoIterator<Item = &'v Value>) {
    let validator = of(name);
    for value in all {
        let errors: Vec<String> =
            validator.iter_errors(value).map(|it| format!("{}: {it}", it.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {value}\n{}", errors.join("\n"));
    }
}

#[test]
fn every_name_has_a_sound_schema_of_the_draft() {
    let listed = text(&ziping(&["schema"], b"").stdout);
    assert_eq!(listed.lines().filter_map(|it| it.split(' ').next()).collect::<Vec<_>>(), NAMES);
    for name in NAMES {
        let schema = printed(&[name]);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
        validator(&schema);
    }
    let one = printed(&["score-input", "--annex", "3"]);
    assert!(one["$defs"].get("3-1").is_some() && one["$defs"].get("1-1").is_none());
    assert_eq!(one["properties"]["rubric"]["enum"], json!(["3"]));
    let wrong = ziping(&["schema", "score-input", "--annex", "9"], b"");
    assert_eq!((wrong.status.code(), wrong.stdout.len()), (Some(2), 0));
    assert!(text(&wrong.stderr).contains("没有附件 `9`"));
}

#[test]
fn every_worked_case_and_its_result_are_valid() {
    let mut sheets: Vec<Value> = sheets().into_iter().map(|it| it.1).collect();
    let sound = |it: &&str| scored(it, false)[0].get("error").is_none();
    let more = read("tests/data/sheets.jsonl");
    sheets.extend(more.lines().filter(sound).map(|it| serde_json::from_str::<Value>(it).expect("JSON")));
    accepts("score-input", &sheets);
    let input: String = sheets.iter().map(|it| format!("{it}\n")).collect();
    accepts("score-output", &scored(&input, false));
    accepts("score-output", &scored(&input, true));
    accepts("code-input", &sheets);
    let codes = ziping(&["code", "--encode"], input.as_bytes());
    let back = lines(&ziping(&["code"], &codes.stdout));
    accepts("code-output", &back);
    accepts("code-input", &back);
}

/// Each row of each rubric, answered with many things that somebody may write: the schema and the program agree.
#[test]
fn a_row_is_valid_in_exactly_the_forms_that_are_scored() {
    let values = [
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(2.0),
        json!(0.3),
        json!(0.5),
        json!(0.25),
        json!(-1),
        json!(1e300),
        json!("1"),
        json!("full"),
        json!("basic"),
        json!("none"),
        json!("owned"),
        json!("leased"),
        json!([1, 2, 3]),
        json!([1, 2]),
        json!([1, 2, -3]),
        json!([1, 2, 0.5]),
        json!(null),
        json!({}),
    ];
    let schema = printed(&["score-input"]);
    let of_line = validator(&schema);
    let (mut n, mut n_valid) = (0, BTreeMap::new());
    for rubric in &editions()[0].rubrics {
        for row in rubric.rows() {
            let id = rubric.row_id(row.number);
            // the definition alone, as the whole document looks at those of six annexes for each line
            let of_row = validator(&schema["$defs"][&id]);
            let mut keys: Vec<&str> = row.rule.forms().concat().iter().map(|it| it.name()).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.push("metre");
            // estimates stand beside another answer: they come last, beside a few answers
            keys.sort_by_key(|it| ["low", "high"].contains(it));
            let few_answers = [3, 11, 12, 13, 14, 15].map(|at| &values[at]);
            let mut answers = vec![json!({}), json!([]), json!(true), json!(null)];
            // one key, and every pair and triple with values that are likely for them
            let mut some: Vec<Map<String, Value>> = vec![Map::new()];
            for key in &keys {
                let of_key = some.clone().into_iter().flat_map(|answer| {
                    let few: Vec<&Value> = match (answer.is_empty(), *key) {
                        (true, _) => values.iter().collect(),
                        (false, "low" | "high") if !answer.values().all(|it| few_answers.contains(&it)) => Vec::new(),
                        (false, "low" | "high") => vec![&values[3], &values[7]],
                        // no row has it, whatever its value
                        (false, "metre") => [0, 3, 20].map(|at| &values[at]).to_vec(),
                        (false, _) => likely(&values),
                    };
                    few.into_iter()
                        .map(move |value| {
                            let mut answer = answer.clone();
                            answer.insert((*key).to_owned(), value.clone());
                            answer
                        })
                        .collect::<Vec<_>>()
                });
                let more: Vec<_> = of_key.collect();
                some.extend(more);
            }
            answers.extend(some.into_iter().map(Value::Object));
            for answer in answers {
                let line = json!({ "rubric": rubric.annex.to_string(), "answers": { (&id): answer } });
                let scored = match read_answers(rubric, &line.to_string()) {
                    Ok(_) => true,
                    // what a schema cannot say stands in its comment
                    Err(error) if OF_TWO_VALUES.contains(&error.code) => continue,
                    Err(_) => false,
                };
                let answer = &line["answers"][&id];
                assert_eq!(of_row.is_valid(answer), scored, "{line}");
                if answer.as_object().is_none_or(|it| it.len() < 2) || scored {
                    assert_eq!(of_line.is_valid(&line), scored, "{line}");
                }
                n += 1;
                *n_valid.entry(row.rule.kind()).or_insert(0) += usize::from(scored);
            }
        }
    }
    assert!(10_000 < n, "{n} answers");
    assert!(n_valid.values().all(|it| 0 < *it), "{n_valid:?}");
}

/// Errors about two values at once.
const OF_TWO_VALUES: [&str; 5] =
    ["intact_above_total", "defects_above_people", "qualified_above_headcount", "low_above_award", "high_below_award"];

/// Values that may be right for some key.
fn likely(values: &[Value]) -> Vec<&Value> {
    let of = [0, 1, 2, 3, 5, 8, 11, 12, 13, 14, 15, 16, 20];
    of.iter().map(|at| &values[*at]).collect()
}

#[test]
fn wrong_lines_are_refused() {
    let sheets = [
        json!({}),
        json!([]),
        json!({ "rubric": "3" }),
        json!({ "rubric": 3, "answers": {} }),
        json!({ "rubric": "7", "answers": {} }),
        json!({ "rubric": "3", "edition": "henan-1999", "answers": {} }),
        json!({ "rubric": "3", "answers": [] }),
        json!({ "rubric": "3", "answers": { "3-49": { "met": true } } }),
        json!({ "rubric": "3", "answers": { "4-1": { "met": true } } }),
        json!({ "rubric": "3", "answers": { "3-01": { "met": true } } }),
    ];
    let of_code = [
        json!({ "sheets": {} }),
        json!({ "sheets": [{ "rubric": "3", "answers": {}, "note": {} }] }),
        json!({ "sheets": [], "day": "2026/1/1" }),
        json!({ "sheets": [], "route": { "ownership": "x" } }),
        json!({ "sheets": [{ "rubric": "1", "answers": {}, "code": "6-18-01-01" }] }),
        json!({ "sheets": [{ "rubric": "1", "answers": {}, "notes": { "2-1": "x" } }] }),
        json!({ "sheets": [], "unit": "长".repeat(201) }),
    ];
    for (name, command, lines_in) in [("score-input", "score", &sheets[..]), ("code-input", "code --encode", &of_code)]
    {
        let validator = of(name);
        for line in lines_in {
            assert!(!validator.is_valid(line), "{name}: {line}");
            let run = ziping(&command.split(' ').collect::<Vec<_>>(), line.to_string().as_bytes());
            assert_eq!(run.status.code(), Some(2), "{command}: {line}");
            accepts("error", &lines(&run));
            accepts(&name.replace("input", "output"), &lines(&run));
        }
    }
}

#[test]
fn applicants_and_declared_rows_are_valid_where_they_are_answered() {
    let or_null = |it: &Value| if it == "null" { Value::Null } else { it.clone() };
    for (folder, key, command) in [("tests/filing", "facts", "route"), ("tests/scope", "row", "scope")] {
        let (input, output) = (of(&format!("{command}-input")), of(&format!("{command}-output")));
        let cases = tables::raw(folder);
        let text_in: Vec<Value> = cases
            .iter()
            .map(|it| {
                it.is[key].as_object().expect("a table").iter().map(|(key, it)| (key.clone(), or_null(it))).collect()
            })
            .map(Value::Object)
            .collect();
        let answers =
            lines(&ziping(&[command], text_in.iter().map(|it| format!("{it}\n")).collect::<String>().as_bytes()));
        assert!(20 < answers.len() && answers.len() == cases.len());
        for ((case, line), answer) in cases.iter().zip(&text_in).zip(&answers) {
            assert_eq!(input.is_valid(line), answer.get("error").is_none(), "{}: {line}: {answer}", case.at);
            assert!(output.is_valid(answer), "{}: {answer}", case.at);
        }
    }
}

#[test]
fn dossiers_rubrics_and_the_table_of_the_desk_are_valid() {
    accepts("rubrics", [&rubrics_json(&editions()[0])]);
    let vectors: Vec<Value> = read("tests/vectors/v1.jsonl")
        .lines()
        .map(|it| serde_json::from_str::<Value>(it).expect("JSON")["input"].clone())
        .filter(Value::is_object)
        .collect();
    assert!(10 < vectors.len(), "{} vectors", vectors.len());
    accepts("code-input", &vectors);
    let input: String = vectors.iter().map(|it| format!("{it}\n")).collect();
    let codes = ziping(&["code", "--encode", "--unit", "--notes"], input.as_bytes());
    let back = lines(&ziping(&["code"], &codes.stdout));
    accepts("code-output", &back);
    let run = ziping(&["desk", "-"], &codes.stdout);
    let bare = run.stdout.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let rows: Vec<Value> = csv::Reader::from_reader(bare)
        .deserialize::<BTreeMap<String, String>>()
        .map(|it| json!(it.expect("all columns")))
        .collect();
    assert!(!rows.is_empty());
    accepts("desk", &rows);
}

#[test]
fn a_full_sheet_of_another_annex_is_not_valid() {
    let validator = of("score-input");
    for rubric in &editions()[0].rubrics {
        for annex in 1..=6_u8 {
            let line = json!({ "rubric": annex.to_string(), "answers": full(rubric) });
            assert_eq!(validator.is_valid(&line), annex == rubric.annex);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_scored_is_valid((rubric, answers) in sheet()) {
        static INPUT: std::sync::OnceLock<[Validator; 2]> = std::sync::OnceLock::new();
        let [input, output] = INPUT.get_or_init(|| [of("score-input"), of("score-output")]);
        let line = sheet_json(rubric, &answers);
        prop_assert!(input.is_valid(&line), "{}", line);
        prop_assert!(output.is_valid(&scored(&line.to_string(), true)[0]));
    }
}
