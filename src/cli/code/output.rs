//! `ziping code`: a record as a line of JSON. Names and shapes are a promise.

use serde_json::{Map, Value, json};

use crate::carrier::{Known, Record};
use crate::days;
use crate::dossier::{Dossier, Sheet};
use crate::filing::route::{QuestionKind, Routes};
use crate::rubric::{Fact, LIST_KEYS, Measure, Part, Row, Rubric, Rule};
use crate::score::{Answers, RowFacts, decimal, faults};

use super::input::{facts_of, value_in};
use super::straight::write_sheet;
use crate::cli::score::{AnswerValue, in_rule, is_whole};

/// Writes a record as a line: one sheet and nothing else is a line of `ziping score`, anything else a dossier.
pub fn write_record(known: Known<'_>, record: &Record, out: &mut Vec<u8>) {
    if write_sheet(known, record, out).is_none() {
        out.extend_from_slice(record_json(known, record).to_string().as_bytes());
    }
    out.push(b'\n');
}

/// A record of one sheet and nothing else is a line of `ziping score`; any other one is a dossier.
fn record_json(known: Known<'_>, record: &Record) -> Value {
    let Record { dossier, day, .. } = record;
    let edition = known.editions.iter().find(|it| it.id == dossier.edition);
    let sheets = dossier.sheets.iter().filter_map(|it| Some((edition?.rubric(it.annex)?, it)));
    let sheets: Vec<(&Rubric, Map<String, Value>)> =
        sheets.map(|(rubric, it)| (rubric, sheet_json(rubric, it))).collect();
    let bare = Dossier { sheets: Vec::new(), ..dossier.clone() };
    if let [(rubric, sheet)] = &sheets[..]
        && bare.applicant == rubric.applicant
        && (bare.unit.as_str(), bare.place(), bare.route.0.len(), *day) == ("", "", 0, None)
        && !["partial", "notes", "figures"].iter().any(|it| sheet.contains_key(*it))
    {
        let mut line = Map::new();
        for (key, value) in sheet {
            line.insert(key.clone(), value.clone());
            if key == "rubric" {
                line.insert("edition".to_owned(), json!(dossier.edition));
            }
        }
        return Value::Object(line);
    }
    Value::Object(dossier_json(known, record))
}

/// A dossier, also where it is one sheet.
pub fn dossier_json(known: Known<'_>, record: &Record) -> Map<String, Value> {
    let Record { dossier, day, .. } = record;
    let edition = known.editions.iter().find(|it| it.id == dossier.edition);
    let sheets = dossier.sheets.iter().filter_map(|it| Some(Value::Object(sheet_json(edition?.rubric(it.annex)?, it))));
    let mut line = Map::new();
    let applicant = edition.map_or("", |it| &it.kind(dossier.applicant).id);
    line.insert("edition".to_owned(), json!(dossier.edition));
    line.insert("applicant".to_owned(), json!(applicant));
    let texts = [("unit", dossier.unit.clone()), ("place", dossier.facts.place.clone())];
    put(&mut line, texts.into_iter().chain([("day", day.map(days::print).unwrap_or_default())]));
    line.insert("sheets".to_owned(), sheets.collect());
    let rules = known.rules.iter().find(|it| it.edition == dossier.edition);
    if let Some(rules) = rules.filter(|_| !dossier.route.0.is_empty()) {
        line.insert("route".to_owned(), route_json(&rules.routes, dossier));
    }
    line
}

pub fn put<'k>(line: &mut Map<String, Value>, texts: impl IntoIterator<Item = (&'k str, String)>) {
    line.extend(texts.into_iter().filter(|it| !it.1.is_empty()).map(|(key, text)| (key.to_owned(), text.into())));
}

/// A line of `ziping code --encode`, or one of the `sheets` of a dossier.
pub fn sheet_json(rubric: &Rubric, sheet: &Sheet) -> Map<String, Value> {
    let mut line = Map::new();
    line.insert("rubric".to_owned(), rubric.annex.to_string().into());
    let mut figures = &sheet.blanks[..];
    if rubric.part == Part::Occupation {
        figures = figures.get(1..).unwrap_or_default();
        let texts = [("occupation", sheet.blank(0)), ("code", &sheet.occupation_code), ("levels", &sheet.levels)];
        put(&mut line, texts.map(|(key, text)| (key, text.to_owned())));
    }
    if !figures.is_empty() {
        line.insert("figures".to_owned(), json!(figures));
    }
    let (answers, partial) = answers_json(rubric, &sheet.answers);
    line.insert("answers".to_owned(), Value::Object(answers));
    if !partial.is_empty() {
        line.insert("partial".to_owned(), Value::Object(partial));
    }
    let notes = sheet.notes.iter().map(|(row, note)| (rubric.row_id(*row), note.clone().into()));
    let notes: Map<String, Value> = notes.collect();
    if !notes.is_empty() {
        line.insert("notes".to_owned(), Value::Object(notes));
    }
    line
}

/// The answers that `ziping score` takes, and the rows it would refuse: half filled, or impossible.
fn answers_json(rubric: &Rubric, answers: &Answers) -> (Map<String, Value>, Map<String, Value>) {
    let faulty = faults(rubric, answers);
    let (mut whole, mut partial) = (Map::new(), Map::new());
    for row in rubric.rows() {
        let facts = answers.row(row.number);
        if facts.is_empty() {
            continue;
        }
        let is_good = is_whole(&row.rule, facts) && !faulty.iter().any(|it| it.row == row.number);
        match row_json(row, facts).filter(|_| is_good) {
            Some(answer) => whole.insert(rubric.row_id(row.number), answer),
            None => partial.insert(rubric.row_id(row.number), partial_json(row, facts)),
        };
    }
    (whole, partial)
}

/// An answer as `ziping score` takes it. `None` where a value would be read from JSON as another one.
pub fn row_json(row: &Row, facts: RowFacts<'_>) -> Option<Value> {
    let mut answer = Map::new();
    for fact in facts_of(row) {
        let Some(value) = facts.get(fact) else { continue };
        let (key, json) = (row.rule.key(fact), value_json(&row.rule, fact, value));
        if !comes_back(&row.rule, fact, value, &json) {
            return None;
        }
        if LIST_KEYS.contains(&key) {
            let list = answer.entry(key).or_insert_with(|| json!([]));
            list.as_array_mut()?.push(json);
        } else {
            answer.insert(key.to_owned(), json);
        }
    }
    Some(Value::Object(answer))
}

/// Like an answer, but a list may have gaps, and a number with more digits than JSON keeps is a text.
fn partial_json(row: &Row, facts: RowFacts<'_>) -> Value {
    let mut answer = Map::new();
    let all = facts_of(row);
    for fact in &all {
        let key = row.rule.key(*fact);
        let json = |fact: Fact, value| {
            let json = value_json(&row.rule, fact, value);
            let measure = row.rule.measure(fact);
            if value_in(&row.rule, fact, &json) == Some(value) { json } else { written(measure, value).into() }
        };
        if LIST_KEYS.contains(&key) {
            let of_key = all.iter().filter(|it| row.rule.key(**it) == key);
            let list: Vec<Value> =
                of_key.map(|it| facts.get(*it).map_or(Value::Null, |value| json(*it, value))).collect();
            if list.iter().any(|it| !it.is_null()) {
                answer.insert(key.to_owned(), json!(list));
            }
        } else if let Some(value) = facts.get(*fact) {
            answer.insert(key.to_owned(), json(*fact, value));
        }
    }
    Value::Object(answer)
}

fn value_json(rule: &Rule, fact: Fact, value: i64) -> Value {
    let at = usize::try_from(value).ok();
    match rule.measure(fact) {
        _ if fact == Fact::Choice => match rule {
            Rule::Choice { levels } => {
                at.and_then(|it| levels.get(it)).map_or(Value::Null, |it| it.when.as_str().into())
            }
            _ => Value::Null,
        },
        Measure::YesNo => Value::Bool(value != 0),
        Measure::Choice(words) => at.and_then(|it| words.get(it)).map_or(Value::Null, |it| (*it).into()),
        measure @ (Measure::Whole | Measure::Points | Measure::Decimal) => {
            serde_json::from_str(&written(measure, value)).unwrap_or(Value::Null)
        }
    }
}

/// A number with all its digits.
fn written(measure: Measure, value: i64) -> String {
    match measure {
        Measure::Points if value % 10 != 0 => format!("{}.{}", value / 10, value % 10),
        Measure::Points => (value / 10).to_string(),
        Measure::Decimal => decimal(value),
        Measure::Whole | Measure::YesNo | Measure::Choice(_) => value.to_string(),
    }
}

/// Does `ziping score` read it as this value?
fn comes_back(rule: &Rule, fact: Fact, value: i64, json: &Value) -> bool {
    let read = match json {
        Value::Number(number) => match number.as_i64() {
            Some(whole) => AnswerValue::Whole(whole),
            None => number.as_f64().map_or(AnswerValue::Other, AnswerValue::Decimal),
        },
        Value::Bool(it) => AnswerValue::Bool(*it),
        Value::String(it) => AnswerValue::Text(it),
        Value::Null | Value::Array(_) | Value::Object(_) => AnswerValue::Other,
    };
    in_rule(rule, fact, read).is_ok_and(|it| it == value)
}

/// Questions and their values, as `ziping route` takes them; `"?"` is what is not clear.
fn route_json(routes: &Routes, dossier: &Dossier) -> Value {
    let mut said = Map::new();
    for question in &routes.questions {
        let given: Vec<&str> = dossier.route.all(&question.id).collect();
        let value = match (question.kind, &given[..]) {
            (_, []) => continue,
            (QuestionKind::YesNo, ["true"]) => Value::Bool(true),
            (QuestionKind::YesNo, ["false"]) => Value::Bool(false),
            (QuestionKind::One | QuestionKind::YesNo | QuestionKind::Place | QuestionKind::Places, [one]) => {
                (*one).into()
            }
            _ => json!(given),
        };
        said.insert(question.id.clone(), value);
    }
    Value::Object(said)
}
