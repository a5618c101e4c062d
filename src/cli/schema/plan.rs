//! What `ziping plan` takes and gives: a sheet with what is wished for, and what to change.

use serde_json::{Map, Value, json};

use super::answers::{named, up_to};
use super::{Wanted, closed, object, one_of, or_null, sheet, texts};
use crate::cli::plan::{DEAREST, EFFORTS};
use crate::rubric::{Row, Rubric, Rule};

/// A line of `ziping score` with what is wished for.
pub fn input(site: Wanted<'_>) -> Value {
    let of_rows = json!({ "type": ["object", "null"] });
    let wishes = [
        (
            "target",
            described(json!({ "type": ["string", "number", "null"] }), "印的结论，或最低分；不写时是最高的分数线"),
        ),
        ("effort", described(of_rows.clone(), "各行马上能办（now，不写时）、要花钱（money）、办不到（never）")),
        (
            "cost",
            described(
                of_rows.clone(),
                "按项、名、处、人计的行是每一个的费用，其余是整行的；不写时 now 为 0，money 为 1",
            ),
        ),
        ("reach", described(of_rows, "酌情的行最多能到几分；不写时是它的分值")),
        ("safe", described(json!({ "type": ["boolean", "null"] }), "按最低估计和不利的解读，仍要达到")),
    ];
    let mut all = sheet::assessment(site, &wishes);
    let each = site.rubrics().map(|(edition, is_newest, rubric)| {
        let required: &[&str] = if is_newest { &["rubric"] } else { &["rubric", "edition"] };
        let of_edition = if is_newest { json!({ "enum": [edition.id, null] }) } else { json!({ "const": edition.id }) };
        let is = json!({ "rubric": { "const": rubric.annex.to_string() }, "edition": of_edition });
        json!({ "if": { "properties": is, "required": required }, "then": { "properties": wished(rubric) } })
    });
    if let Some(list) = all["allOf"].as_array_mut() {
        list.extend(each);
    }
    all
}

fn described(mut schema: Value, words: &str) -> Value {
    schema["description"] = words.into();
    schema
}

/// The rows that may be named, and the bands.
fn wished(rubric: &Rubric) -> Value {
    let of_rows = |value: &dyn Fn(&Row) -> Option<Value>| {
        let rows: Map<String, Value> =
            rubric.rows().filter_map(|it| Some((rubric.row_id(it.number), value(it)?))).collect();
        or_null(closed(Value::Object(rows), &[]))
    };
    let judged = |rule: &Rule| matches!(rule, Rule::Judged { .. } | Rule::Tiers { .. } | Rule::Lease { .. });
    let mut targets = vec![Value::Null];
    for band in rubric.outcomes() {
        let least = f64::from(band.at_least.in_tenths()) / 10.0;
        targets.extend([band.outcome.as_str().into(), json!(least), band.at_least.to_string().into()]);
    }
    json!({
        "target": { "enum": targets },
        "effort": of_rows(&|_| Some(or_null(one_of(EFFORTS.iter().map(|it| it.0))))),
        "cost": of_rows(&|_| {
            let comment = "最多一位小数";
            Some(or_null(json!({ "type": "number", "minimum": 0, "maximum": DEAREST / 10, "$comment": comment })))
        }),
        "reach": of_rows(&|row| {
            Some(or_null(up_to(row.points.filter(|_| judged(&row.rule))?)))
        }),
    })
}

/// What to change.
pub fn output(site: Wanted<'_>) -> Value {
    let number = json!({ "type": "number", "minimum": 0 });
    let text = json!({ "type": "string" });
    let mut known: Vec<String> = site.rubrics().map(|it| it.2.annex.to_string()).collect();
    known.dedup();
    let change = object(
        json!({
            "row": text,
            "from": described(json!({ "type": ["object", "null"] }), "原来的回答，没有回答的是 null"),
            "to": described(json!({ "type": "object" }), "整行的新回答"),
            "points": described(number.clone(), "合计由此加几分；各行相加就是 total_after 减 total_before"),
            "units": described(
                json!({ "type": "integer", "minimum": 1 }),
                "改动几个（项、名、处、人）：没有回答的从 0 分数起；不计个数的行、只排除安全隐患的是 1",
            ),
            "effort": one_of(["now", "money"]),
            "cost": described(number.clone(), "一个的费用乘以 units"),
            "clears_veto": described(json!({ "type": "boolean" }), "这一行的否决由此消除，两类否决都算"),
            "words": text,
        }),
        &["row", "from", "to", "points", "units", "effort", "cost", "clears_veto", "words"],
    );
    let mut all = object(
        json!({
            "id": true,
            "rubric": { "enum": known },
            "edition": one_of(site.editions.iter().map(|it| it.id.as_str())),
            "target": object(json!({ "label": text, "min": number }), &["label", "min"]),
            "reached": { "type": "boolean" },
            "why": { "type": ["string", "null"], "description": "达不到时的原因" },
            "changes": { "type": "array", "items": change },
            "cost": number, "total_before": number, "total_after": number, "low_before": number,
            "low_after": described(number.clone(), "酌情各行按最低估计（没有估计的按 to）、有疑问处按不利的解读"),
            "verdict_after": described(
                json!({ "type": ["string", "null"] }),
                "把各个 to 填回去计分的结论；还有没回答的行时是 null",
            ),
            "filing_vetoes_after": texts(), "work_vetoes_after": texts(),
        }),
        &[
            "rubric",
            "edition",
            "target",
            "reached",
            "why",
            "changes",
            "cost",
            "total_before",
            "total_after",
            "low_before",
            "low_after",
            "verdict_after",
            "filing_vetoes_after",
            "work_vetoes_after",
        ],
    );
    let each: Vec<Value> = site
        .rubrics()
        .map(|(edition, is_newest, rubric)| {
            let is = json!({ "rubric": { "const": rubric.annex.to_string() }, "edition": { "const": edition.id } });
            let then = of_annex(rubric, &|row| named(edition, is_newest, &rubric.row_id(row)));
            json!({ "if": { "properties": is }, "then": { "properties": then } })
        })
        .collect();
    all["allOf"] = each.into();
    all
}

/// The bands, the rows, and how each row is answered.
fn of_annex(rubric: &Rubric, answer: &dyn Fn(u16) -> String) -> Value {
    let labels: Vec<&str> = rubric.outcomes().iter().map(|it| it.outcome.as_str()).collect();
    let verdicts: Vec<Value> = labels
        .iter()
        .map(|it| Value::from(*it))
        .chain(["filing_vetoed".into(), "below_all_thresholds".into(), Value::Null])
        .collect();
    let ids: Vec<String> = rubric.rows().map(|it| rubric.row_id(it.number)).collect();
    let of_row: Vec<Value> = rubric
        .rows()
        .map(|row| {
            let form = json!({ "$ref": format!("#/$defs/{}", answer(row.number)) });
            let is = json!({ "row": { "const": rubric.row_id(row.number) } });
            json!({ "if": { "properties": is }, "then": { "properties": { "from": or_null(form.clone()), "to": form } } })
        })
        .collect();
    let list = json!({ "type": "array", "items": { "enum": ids }, "uniqueItems": true });
    json!({
        "target": { "properties": { "label": { "enum": labels } } },
        "changes": { "items": { "properties": { "row": { "enum": ids } }, "allOf": of_row } },
        "verdict_after": { "enum": verdicts },
        "filing_vetoes_after": list,
        "work_vetoes_after": list,
    })
}
