//! What `ziping route` takes and gives: the questions are those of the edition's rules.

use serde_json::{Map, Value, json};

use super::{Wanted, closed, object, one_of, or_null, texts};
use crate::cli::route::concerns;
use crate::filing::route::{Question, QuestionKind, Route, Routes, UNCLEAR};

/// An applicant: for each kind of it the questions that can come up.
pub fn input(routes: Option<&Routes>) -> Value {
    let Some((routes, first)) = routes.and_then(|it| Some((it, it.questions.first()?))) else {
        // an edition without such rules answers nothing
        return Value::Object(Map::from_iter([("not".to_owned(), json!({}))]));
    };
    let of_applicant = first.options.iter().map(|option| {
        let mut properties = Map::new();
        let mut required = Vec::new();
        properties.insert("id".to_owned(), json!({ "description": "任何值，原样写在结果里" }));
        for question in routes.questions.iter().filter(|it| concerns(it, first, &option.id)) {
            let mut schema =
                if question.id == first.id { json!({ "const": option.id }) } else { of_question(question) };
            schema["description"] = question.name.as_str().into();
            properties.insert(question.id.clone(), schema);
            if question.option(UNCLEAR).is_none() {
                required.push(question.id.as_str());
            }
        }
        let mut schema = closed(Value::Object(properties), &required);
        schema["title"] = option.label.as_str().into();
        schema
    });
    json!({ "oneOf": of_applicant.collect::<Vec<_>>() })
}

/// What a question may be answered with.
pub fn of_question(question: &Question) -> Value {
    let options = || one_of(question.options.iter().map(|it| it.id.as_str()));
    match question.kind {
        QuestionKind::One => options(),
        QuestionKind::Many => json!({ "type": "array", "items": options(), "minItems": 1, "uniqueItems": true }),
        QuestionKind::YesNo => json!({ "type": ["boolean", "null"] }),
        QuestionKind::Place => json!({ "type": ["string", "null"] }),
        QuestionKind::Places => json!({ "anyOf": [{ "type": ["string", "null"] }, texts()] }),
    }
}

/// Where an applicant files.
pub fn output(site: Wanted<'_>, routes: Option<&Routes>) -> Value {
    let mut filed: Vec<&str> = Vec::new();
    for id in routes.iter().flat_map(|it| &it.rows).filter_map(|it| Some(it.filed_as.as_ref()?.id.as_str())) {
        if !filed.contains(&id) {
            filed.push(id);
        }
    }
    let mut annexes: Vec<String> = site.rubrics().map(|it| it.2.annex.to_string()).collect();
    annexes.dedup();
    let text = || json!({ "type": ["string", "null"] });
    let filing = object(
        json!({
            "route": one_of(Route::ALL.map(Route::name)),
            "filed_as": or_null(one_of(filed)),
            "class_code": text(),
            "class_code_printed": { "type": "boolean" },
            "tenth_digit": text(),
            "supervisor": text(),
            "rubrics": { "type": "array", "items": { "enum": annexes } },
            "contacts": texts(),
            "steps": texts(),
        }),
        &[
            "route",
            "filed_as",
            "class_code",
            "class_code_printed",
            "tenth_digit",
            "supervisor",
            "rubrics",
            "contacts",
            "steps",
        ],
    );
    object(
        json!({
            "id": true,
            "filings": { "type": "array", "items": filing },
            "clauses": texts(),
            "readings": texts(),
            "candidates": texts(),
        }),
        &["filings", "clauses", "readings", "candidates"],
    )
}
