//! Printed levels, lists and quantities as JSON, with the keys of the data file.

use serde_json::{Map, Value, json};

use crate::rubric::{ListItem, Points, Quantity, QuantityStep, Rule};

use super::number;

pub(super) fn rule_json(rule: &Rule) -> Value {
    match rule {
        Rule::Choice { levels } => json!({ "levels": levels.iter().map(level).collect::<Vec<_>>() }),
        Rule::Listed { items, .. } => json!({ "items": items.iter().map(item).collect::<Vec<_>>() }),
        Rule::Quantity { of } => quantity(of),
        _ => json!({}),
    }
}

fn level(of: &ListItem) -> Value {
    let mut all = json!({ "name": of.when });
    points(&mut all, (of.from, of.to), of.reading.as_deref());
    if of.fails {
        all["fails"] = true.into();
    }
    all
}

fn item(of: &ListItem) -> Value {
    let mut all = json!({ "when": of.when });
    if of.all {
        all["all"] = true.into();
    } else if of.unit.is_empty() {
        points(&mut all, (of.from, of.to), of.reading.as_deref());
    } else {
        all["each"] = number(of.from).into();
        all["unit"] = of.unit.as_str().into();
    }
    if let Some(most) = of.at_most {
        all["at_most"] = number(most).into();
    }
    if of.fails {
        all["fails"] = true.into();
    }
    all
}

fn points(all: &mut Value, (from, to): (Points, Points), reading: Option<&str>) {
    if from == to {
        all["points"] = number(from).into();
    } else {
        all["from"] = number(from).into();
        all["to"] = number(to).into();
        all["reading"] = reading.into();
    }
}

fn quantity(of: &Quantity) -> Value {
    let side = if of.limits { "at_most" } else { "at_least" };
    let mut all = Map::new();
    all.insert("of".to_owned(), of.of.as_str().into());
    all.insert("unit".to_owned(), of.unit.as_str().into());
    if let Some(it) = &of.counts {
        all.insert(if it.is_ratio { "ratio" } else { "percent" }.to_owned(), json!([it.first, it.second]));
    }
    let step = |it: &QuantityStep| json!({ side: figure(it.bound), "points": number(it.points) });
    match (&of.steps[..], &of.missing) {
        ([only], Some(it)) => {
            all.insert(side.to_owned(), figure(only.bound));
            all.insert("step".to_owned(), figure(it.step));
            all.insert("each".to_owned(), number(it.each).into());
        }
        (steps, _) => {
            all.insert("steps".to_owned(), steps.iter().map(step).collect());
        }
    }
    Value::Object(all)
}

/// A figure in tenths.
fn figure(tenths: i64) -> Value {
    if tenths % 10 == 0 { (tenths / 10).into() } else { json!(tenths as f64 / 10.0) }
}
