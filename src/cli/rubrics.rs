//! The rubrics as one JSON document, for other programs. Names and shapes are a promise.

mod listed;
mod totals;

use serde_json::{Map, Number, Value, json};

use crate::rubric::{Blocks, Edition, Group, Part, Points, Row, RowKind, Rubric, Rule, Section};

/// `{"edition", "rubrics": […]}`.
pub fn rubrics_json(edition: &Edition) -> Value {
    json!({ "edition": edition.id, "rubrics": edition.rubrics.iter().map(|it| rubric_json(edition, it)).collect::<Vec<_>>() })
}

fn rubric_json(edition: &Edition, rubric: &Rubric) -> Value {
    let bands: Vec<_> = rubric.bands.iter().map(|it| totals::band(rubric, it)).collect();
    let rows: Vec<_> = rubric
        .groups()
        .flat_map(|(section, group)| group.rows.iter().map(move |row| row_json(rubric, section, group, row)))
        .collect();
    let mut all = json!({
        "annex": rubric.annex.to_string(),
        "title": rubric.title,
        "applicant": edition.kind(rubric.applicant).id,
        "part": match rubric.part {
            Part::Public => "public",
            Part::Occupation => "occupation",
        },
        "bands": bands,
        "rows": rows,
    });
    totals::add(rubric, &mut all);
    all
}

fn row_json(rubric: &Rubric, section: &Section, group: &Group, row: &Row) -> Value {
    let veto = row.veto.as_ref().map(|veto| {
        let blocks = match veto.blocks {
            Blocks::Filing => "filing",
            Blocks::Work => "work",
        };
        let mut all = json!({ "phrase": veto.phrase, "blocks": blocks });
        if let Some(area) = veto.zeroes {
            all["zeroes"] = totals::area(area).into();
        }
        all
    });
    let kind = match rubric.kind(row) {
        RowKind::Scored => "scored",
        RowKind::Veto => "veto",
        RowKind::ScoredVeto => "scored+veto",
        RowKind::Bonus => "bonus",
        RowKind::Unscored => "unscored",
    };
    let mut all = json!({
        "id": rubric.row_id(row.number),
        "section": section.name,
        "section_points": section.points.map(number),
        "group": group.name,
        "group_points": group.points.map(number),
        "content": row.content,
        "standard": row.standard,
        "points": row.points.map(number),
        "methods": row.methods,
        "kind": kind,
        "veto": veto,
        "rule": rule_json(rubric, &row.rule),
        "readings": row.readings,
    });
    if row.may_skip {
        all["not_applicable"] = true.into();
    }
    all
}

/// The rule as the data file writes it.
fn rule_json(rubric: &Rubric, rule: &Rule) -> Value {
    let id = |row: u16| rubric.row_id(row);
    let rest = match rule {
        Rule::Met { perhaps_shared, unsure } => {
            let mut rest = json!({});
            if let Some(it) = perhaps_shared {
                rest = json!({ "perhaps_shared": id(it.row), "reading": it.reading });
            }
            if let Some(reading) = unsure {
                rest["unsure"] = reading.as_str().into();
            }
            rest
        }
        Rule::None => json!({}),
        Rule::Staffed { at_least } | Rule::Rate { at_least } | Rule::Years { at_least } => {
            json!({ "at_least": at_least })
        }
        Rule::Deduct { each, unit, people, by_hand } => {
            let mut rest = json!({ "each": number(*each), "unit": unit });
            if let Some(people) = people {
                rest["people"] = id(people.row).into();
                rest["nobody"] = people.reading.as_str().into();
            }
            if let Some(reading) = by_hand {
                rest["by_hand"] = reading.as_str().into();
            }
            rest
        }
        Rule::Hazard { each, unit } | Rule::Credit { each, unit } => json!({ "each": number(*each), "unit": unit }),
        Rule::Combined { undetailed, complies: None } => json!({ "undetailed": number(*undetailed) }),
        Rule::Combined { undetailed, complies: Some(reading) } => {
            json!({ "undetailed": number(*undetailed), "complies": reading })
        }
        Rule::Number { bands } => {
            let bands: Vec<_> =
                bands.iter().map(|it| json!({ "at_least": it.at_least, "points": number(it.points) })).collect();
            json!({ "bands": bands })
        }
        Rule::Experts { at_least, each } => json!({ "at_least": at_least, "each": number(*each) }),
        Rule::Average { full, above, part, exactly } => {
            json!({ "full": full, "above": above, "part": number(*part), "exactly": exactly })
        }
        Rule::Judged { reading } | Rule::Tiers { reading } | Rule::Lease { reading, term: None } => {
            json!({ "reading": reading })
        }
        Rule::Lease { reading, term: Some(term) } => json!({
            "reading": reading, "years": term.years, "deduct": number(term.deduct), "shorter": number(term.shorter),
            "exactly": term.exactly,
        }),
        Rule::Bonus { add } => json!({ "add": number(*add) }),
        Rule::Choice { .. } | Rule::Listed { .. } | Rule::Quantity { .. } => listed::rule_json(rule),
    };
    let mut all = Map::new();
    all.insert("kind".to_owned(), rule.kind().into());
    if let Value::Object(rest) = rest {
        all.extend(rest);
    }
    Value::Object(all)
}

/// `6`, `81.5`.
pub(super) fn number(points: Points) -> Number {
    let tenths = points.in_tenths();
    if tenths.is_multiple_of(10) {
        return Number::from(tenths / 10);
    }
    Number::from_f64(f64::from(tenths) / 10.0).expect("tenths are finite")
}
