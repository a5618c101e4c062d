//! What comes out: results of scoring, the rubrics, the rows of a table, and why a line is refused.

use serde_json::{Map, Value, json};

use super::answers::named;
use super::{Wanted, closed, object, one_of, texts};
use crate::desk::DeskColumn;
use crate::rubric::Rubric;

/// `{"error": {"code", "path", "message"}, "line"}`.
pub fn error() -> Value {
    let text = json!({ "type": "string" });
    let why = object(
        json!({
            "code": { "type": "string", "description": "供程序辨认的词" },
            "path": { "type": "string", "description": "这一行里的位置，如 answers.3-1.met；整行有误时为空" },
            "message": { "type": "string", "description": "给人看的话" },
        }),
        &["code", "path", "message"],
    );
    let line = json!({ "type": "integer", "minimum": 1, "description": "输入的行号" });
    object(json!({ "id": true, "file": text, "line": line, "error": why }), &["error"])
}

/// What follows from a sheet.
pub fn result(site: Wanted<'_>) -> Value {
    let number = json!({ "type": "number", "minimum": 0 });
    let annexes = site.rubrics().map(|(edition, is_newest, rubric)| {
        let is = json!({ "rubric": { "const": rubric.annex.to_string() }, "edition": { "const": edition.id } });
        let def = format!("#/$defs/{}", named(edition, is_newest, &format!("result-{}", rubric.annex)));
        json!({ "if": { "properties": is }, "then": { "$ref": def } })
    });
    let annexes: Vec<Value> = annexes.collect();
    let mut known: Vec<String> = site.rubrics().map(|it| it.2.annex.to_string()).collect();
    known.dedup();
    let mut ends = object(json!({ "low": number, "likely": number, "high": number }), &["low", "likely", "high"]);
    ends["description"] = "各酌情项取最低估计、自估、最高估计时的合计；没有估计的没有这个键".into();
    let mut result = object(
        json!({
            "id": true,
            "rubric": { "enum": known },
            "edition": one_of(site.editions.iter().map(|it| it.id.as_str())),
            "status": one_of(["complete", "incomplete"]),
            "rows": { "type": "object" },
            "sections": { "type": "object" },
            "base_total": number, "bonus": number, "total_with_bonus": number, "low": number, "high": number,
            "unanswered": texts(), "filing_vetoes": texts(), "work_vetoes": texts(), "unsure": texts(),
            "estimated": ends, "deciding": texts(),
            "verdict": { "type": ["string", "null"] },
            "verdict_with_bonus": { "type": ["string", "null"] },
            "may_start_work": { "type": ["boolean", "null"] },
            "readings": texts(),
        }),
        &[
            "rubric",
            "edition",
            "status",
            "rows",
            "sections",
            "base_total",
            "bonus",
            "total_with_bonus",
            "low",
            "high",
            "unanswered",
            "filing_vetoes",
            "work_vetoes",
            "verdict",
            "verdict_with_bonus",
            "may_start_work",
            "readings",
        ],
    );
    result["allOf"] = annexes.into();
    result
}

/// `result-3`: rows, sections and verdicts of each annex.
pub fn defs(site: Wanted<'_>) -> Value {
    let mut defs = Map::new();
    for (edition, is_newest, rubric) in site.rubrics() {
        defs.insert(named(edition, is_newest, &format!("result-{}", rubric.annex)), of_annex(rubric));
    }
    let points = json!({ "type": ["number", "null"], "minimum": 0 });
    let text = json!({ "type": "string" });
    let calculation = object(
        json!({ "rule": text, "facts": text, "arithmetic": text, "clause": text }),
        &["rule", "facts", "arithmetic", "clause"],
    );
    let row = object(
        json!({ "score": points, "low": points, "high": points, "calculation": calculation }),
        &["score", "low", "high"],
    );
    defs.insert("row".to_owned(), row);
    Value::Object(defs)
}

fn of_annex(rubric: &Rubric) -> Value {
    let ids: Vec<String> = rubric.rows().map(|it| rubric.row_id(it.number)).collect();
    let rows: Map<String, Value> = ids.iter().map(|id| (id.clone(), json!({ "$ref": "#/$defs/row" }))).collect();
    let printed: Vec<&str> = rubric.sections.iter().filter(|it| it.points.is_some()).map(|it| &*it.name).collect();
    let number = json!({ "type": "number", "minimum": 0 });
    let sections: Map<String, Value> = printed.iter().map(|name| ((*name).to_owned(), number.clone())).collect();
    let labels = rubric.outcomes().iter().map(|it| Value::from(it.outcome.as_str()));
    let verdicts: Vec<Value> =
        labels.chain(["filing_vetoed".into(), "below_all_thresholds".into(), Value::Null]).collect();
    let list = json!({ "type": "array", "items": { "enum": ids }, "uniqueItems": true });
    let all: Vec<&str> = ids.iter().map(String::as_str).collect();
    json!({ "properties": {
        "rows": closed(Value::Object(rows), &all),
        "sections": closed(Value::Object(sections), &printed),
        "unanswered": list, "filing_vetoes": list, "work_vetoes": list, "unsure": list, "deciding": list,
        "not_applicable": list,
        "scales": { "type": "array", "items": object(
            json!({ "name": { "type": "string" }, "points": number, "low": number, "high": number }),
            &["name", "points", "low", "high"],
        ) },
        "verdict": { "enum": verdicts }, "verdict_with_bonus": { "enum": verdicts },
    } })
}

/// The document of `ziping rubrics`.
pub fn rubrics(site: Wanted<'_>) -> Value {
    let (text, number) = (json!({ "type": "string" }), json!({ "type": ["number", "null"] }));
    let blocks = object(json!({ "phrase": text, "blocks": one_of(["filing", "work"]) }), &["phrase", "blocks"]);
    let rule = object(json!({ "kind": text }), &["kind"]);
    let row = json!({
        "id": { "type": "string", "pattern": "^[1-9][0-9]*-[1-9][0-9]*$" },
        "section": text, "section_points": number, "group": text, "group_points": number,
        "content": text, "standard": text, "points": number, "methods": texts(),
        "kind": one_of(["scored", "veto", "scored+veto", "bonus", "unscored"]),
        "veto": super::or_null(blocks), "rule": rule, "readings": texts(),
    });
    let band = object(json!({ "label": text, "min": { "type": "number" } }), &["label", "min"]);
    let rubric = json!({
        "annex": text, "title": text,
        "applicant": super::applicants(site),
        "part": one_of(["public", "occupation"]),
        "bands": { "type": "array", "items": band },
        "rows": { "type": "array", "items": whole(row) },
    });
    object(json!({ "edition": text, "rubrics": { "type": "array", "items": whole(rubric) } }), &["edition", "rubrics"])
}

/// An object that has all of these keys.
fn whole(properties: Value) -> Value {
    let keys: Vec<String> = properties.as_object().into_iter().flat_map(|it| it.keys().cloned()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    object(properties, &keys)
}

/// A row of the desk's table.
pub fn desk() -> Value {
    let titles = DeskColumn::ALL.map(DeskColumn::title);
    let columns: Map<String, Value> =
        titles.iter().map(|title| ((*title).to_owned(), json!({ "type": "string" }))).collect();
    // a table without estimates has no column for them
    let always = titles.into_iter().filter(|it| *it != DeskColumn::Estimated.title());
    closed(Value::Object(columns), &always.collect::<Vec<_>>())
}
