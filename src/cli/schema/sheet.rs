//! Sheets and dossiers as they come in: what `ziping score` and `ziping code --encode` take.

use serde_json::{Map, Value, json};

use super::answers::named;
use super::filing::of_question;
use super::{Wanted, closed, object, one_of, or_null};
use crate::cli::code::FACTS;
use crate::dossier::{NOTE, TEXT};
use crate::filing::route::{QuestionKind, UNCLEAR};
use crate::load::Loaded;
use crate::rubric::Part;

/// A line of `ziping score`, with these keys besides. Keys that it does not know are ignored there.
pub fn assessment(site: Wanted<'_>, more: &[(&str, Value)]) -> Value {
    let mut all = object(Value::Object(properties(site, more)), &["rubric", "answers"]);
    all["allOf"] = each_annex(site, &Map::new);
    all
}

fn properties(site: Wanted<'_>, more: &[(&str, Value)]) -> Map<String, Value> {
    let mut annexes: Vec<String> = site.rubrics().map(|it| it.2.annex.to_string()).collect();
    annexes.dedup();
    let mut keys = Map::new();
    keys.insert("id".to_owned(), json!({ "description": "任何值，原样写在结果里" }));
    keys.insert("rubric".to_owned(), json!({ "description": "附件号", "enum": annexes }));
    keys.insert("edition".to_owned(), edition(site));
    keys.insert("answers".to_owned(), json!({ "type": "object" }));
    keys.extend(more.iter().map(|(key, schema)| ((*key).to_owned(), schema.clone())));
    keys
}

/// Which edition is meant; the newest where none is named.
fn edition(site: Wanted<'_>) -> Value {
    or_null(one_of(site.editions.iter().map(|it| it.id.as_str())))
}

/// For each annex of each edition: the answers that belong to it, and what `more` adds.
fn each_annex(site: Wanted<'_>, more: &dyn Fn() -> Map<String, Value>) -> Value {
    let each = site.rubrics().map(|(edition, is_newest, rubric)| {
        let mut is = Map::new();
        is.insert("rubric".to_owned(), json!({ "const": rubric.annex.to_string() }));
        let required: &[&str] = if is_newest { &["rubric"] } else { &["rubric", "edition"] };
        let of_edition = if is_newest { json!({ "enum": [edition.id, null] }) } else { json!({ "const": edition.id }) };
        is.insert("edition".to_owned(), of_edition);
        let answers = format!("#/$defs/{}", named(edition, is_newest, &format!("annex-{}", rubric.annex)));
        let mut then = more();
        then.insert("answers".to_owned(), json!({ "$ref": answers }));
        if rubric.part == Part::Public {
            // a public sheet has no occupation
            for key in ["occupation", "code", "levels"] {
                if then.contains_key(key) {
                    then.insert(key.to_owned(), json!({ "enum": ["", null] }));
                }
            }
        }
        let rows: Vec<String> = rubric.rows().map(|it| rubric.row_id(it.number)).collect();
        for (key, value) in [("notes", note()), ("partial", json!({ "type": "object" }))] {
            if then.contains_key(key) {
                let of_row: Map<String, Value> = rows.iter().map(|id| (id.clone(), value.clone())).collect();
                then.insert(key.to_owned(), or_null(closed(Value::Object(of_row), &[])));
            }
        }
        json!({ "if": { "properties": is, "required": required }, "then": { "properties": then } })
    });
    each.collect()
}

fn note() -> Value {
    json!({ "type": "string", "maxLength": NOTE })
}

fn text() -> Value {
    or_null(json!({ "type": "string", "maxLength": TEXT }))
}

fn levels() -> Value {
    let list = json!({ "type": "array", "items": { "type": "integer" } });
    json!({ "anyOf": [{ "type": ["string", "integer", "null"] }, list] })
}

/// A sheet, or a whole dossier, as they are encoded and come back.
pub fn to_encode(loaded: &Loaded, site: Wanted<'_>) -> Value {
    let of_occupation = [("occupation", text()), ("code", text()), ("levels", levels())];
    let mut one = assessment(site, &of_occupation);
    let keys = of_occupation.iter().map(|it| it.0.to_owned());
    let any = move || keys.clone().map(|key| (key, Value::Bool(true))).collect::<Map<_, _>>();
    one["allOf"] = each_annex(site, &any);
    // a line with sheets is a dossier
    one["not"] = json!({ "required": ["sheets"] });
    json!({ "oneOf": [one, dossier(loaded, site)] })
}

/// What `ziping form` writes as a workbook and gives back: a sheet with what its unit says, or a dossier.
pub fn to_write(loaded: &Loaded, site: Wanted<'_>) -> Value {
    let more: Vec<(&str, Value)> = of_sheet().into_iter().chain(of_unit()).collect();
    let mut one = assessment(site, &more);
    let any = || of_sheet().into_iter().map(|it| (it.0.to_owned(), Value::Bool(true))).collect::<Map<_, _>>();
    one["allOf"] = each_annex(site, &any);
    one["not"] = json!({ "required": ["sheets"] });
    json!({ "oneOf": [one, dossier(loaded, site)] })
}

/// What a unit says of itself, and of which day the paper is.
fn of_unit() -> Vec<(&'static str, Value)> {
    let day = json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "2020-01-01 至 2199-06-06" });
    let texts = ["unit", "place"].into_iter().chain(FACTS.iter().map(|it| it.0));
    texts.map(|it| (it, text())).chain([("day", or_null(day))]).collect()
}

/// What a sheet says besides its answers.
fn of_sheet() -> [(&'static str, Value); 6] {
    let figures = json!({ "type": ["array", "null"], "items": { "type": "string", "maxLength": TEXT } });
    let notes = json!({ "description": "行号和该行的备注" });
    let partial = json!({ "description": "没有填完整或不可能的回答" });
    [
        ("occupation", text()),
        ("code", text()),
        ("levels", levels()),
        ("figures", figures),
        ("notes", notes),
        ("partial", partial),
    ]
}

fn dossier(loaded: &Loaded, site: Wanted<'_>) -> Value {
    let of_sheet = of_sheet();
    let keys: Vec<&str> = of_sheet.iter().map(|it| it.0).collect();
    let mut sheet = closed(Value::Object(properties(site, &of_sheet)), &["rubric", "answers"]);
    let any = || keys.iter().map(|key| ((*key).to_owned(), Value::Bool(true))).collect::<Map<_, _>>();
    sheet["allOf"] = each_annex(site, &any);
    let mut route = Map::new();
    route.insert("id".to_owned(), Value::Bool(true));
    for question in loaded.rules.first().iter().flat_map(|it| &it.routes.questions) {
        let mut schema = of_question(question);
        // a dossier may be undecided, where an applicant of `ziping route` may not
        if question.kind == QuestionKind::YesNo {
            schema = json!({ "anyOf": [schema, { "const": UNCLEAR }] });
        }
        if question.kind == QuestionKind::Place {
            schema = json!({ "anyOf": [schema, super::texts()] });
        }
        route.insert(question.id.clone(), schema);
    }
    let mut properties = json!({
        "id": true,
        "edition": edition(site),
        "applicant": or_null(super::applicants(site)),
        "sheets": { "type": "array", "items": sheet },
        "route": or_null(closed(Value::Object(route), &[])),
    });
    for (key, schema) in of_unit() {
        properties[key] = schema;
    }
    let line = json!({ "type": "object", "additionalProperties": { "type": ["string", "number"] } });
    properties["lists"] = or_null(json!({
        "description": "form 的清单和名册：工作表的名称，其中每行以列名为键；不进自评码",
        "type": "object", "additionalProperties": { "type": "array", "items": line },
    }));
    closed(properties, &["sheets"])
}
