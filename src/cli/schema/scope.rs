//! What `ziping scope` takes and gives.

use serde_json::{Map, Value, json};

use super::{closed, object, one_of, texts};
use crate::cli::scope::{AUDIENCES, CLASS_TYPES, MAJORS, OF_SCHOOL, STANDARDS, outcome};
use crate::filing::scope::Ruling;
use crate::rubric::Edition;

/// A row that is declared by the newest edition. Null is as good as absent, for every key.
pub fn input(edition: Option<&Edition>) -> Value {
    let kinds = || edition.iter().flat_map(|it| &it.applicants);
    let words = |all: Vec<&str>| {
        let words = all.into_iter().map(Value::from).chain([Value::Null]);
        json!({ "enum": words.collect::<Vec<_>>() })
    };
    let audiences: Vec<&str> = AUDIENCES.iter().map(|it| it.0).collect();
    let (text, yes_no) = (json!({ "type": ["string", "null"] }), json!({ "type": ["boolean", "null"] }));
    let mut properties = Map::new();
    let mut put = |key: &str, schema: Value| properties.insert(key.to_owned(), schema);
    put("id", json!({ "description": "任何值，原样写在结果里" }));
    put("applicant", words(kinds().map(|it| it.id.as_str()).collect()));
    for key in ["code", "name", "trade", "standard_name", "dictionary_name"] {
        put(key, text.clone());
    }
    let levels = json!({ "type": "array", "items": { "type": "integer" } });
    put("levels", json!({ "anyOf": [{ "type": ["string", "integer", "null"] }, levels] }));
    put("standard", words(STANDARDS.iter().map(|it| it.0).collect()));
    put("standard_year", json!({ "type": ["integer", "null"], "minimum": 1900, "maximum": 2199 }));
    put("name_checked", yes_no.clone());
    put("near_professional", yes_no.clone());
    put("restricted", json!({ "enum": [true, false, "unsure", null] }));
    let list = json!({ "type": "array", "items": one_of(audiences.iter().copied()) });
    put("audience", json!({ "anyOf": [words(audiences), list] }));
    for key in OF_SCHOOL {
        let schema = match *key {
            "enrolled_years" => json!({ "type": ["number", "null"], "minimum": 0, "exclusiveMaximum": 1_000_000 }),
            "class_type" => words(CLASS_TYPES.iter().map(|it| it.0).collect()),
            "major" => words(MAJORS.iter().map(|it| it.0).collect()),
            _ => yes_no.clone(),
        };
        put(key, schema);
    }
    let mut row = closed(Value::Object(properties), &[]);
    // what only a school can say
    let of_school = ["audience"].iter().chain(OF_SCHOOL).map(|key| ((*key).to_owned(), json!({ "type": "null" })));
    let schools: Vec<&str> = kinds().filter(|it| it.others.is_some()).map(|it| it.id.as_str()).collect();
    let one = if let [one] = schools[..] { json!({ "const": one }) } else { json!({ "enum": schools }) };
    let school = json!({ "properties": { "applicant": one }, "required": ["applicant"] });
    row["if"] = json!({ "not": school });
    row["then"] = json!({ "properties": of_school.collect::<Map<_, _>>() });
    row
}

/// The findings about a row.
pub fn output() -> Value {
    let results = [Ruling::Ok, Ruling::Warn, Ruling::Confirm, Ruling::Hold, Ruling::Reject].map(outcome);
    let text = json!({ "type": "string" });
    let reason =
        object(json!({ "result": one_of(results), "clause": text, "message": text }), &["result", "clause", "message"]);
    let suggest = object(json!({ "name": text, "trade": text }), &["name", "trade"]);
    object(
        json!({
            "id": true,
            "result": one_of(results),
            "levels": { "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 5 } },
            "trade": text,
            "reasons": { "type": "array", "items": reason },
            "suggest": super::or_null(suggest),
            "readings": texts(),
        }),
        &["result", "levels", "trade", "reasons", "suggest", "readings"],
    )
}
