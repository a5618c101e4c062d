//! How rows become a total as JSON, with the keys of the data file. A rubric that is added up has none of them.

use serde_json::{Map, Value, json};

use crate::rubric::{Area, Band, BandCondition, Normalise, Rubric};

use super::number;

pub(super) fn area(of: Area) -> &'static str {
    match of {
        Area::Row => "row",
        Area::Group => "group",
        Area::Section => "section",
        Area::Total => "total",
    }
}

pub(super) fn band(rubric: &Rubric, of: &Band) -> Value {
    let mut all = json!({ "label": of.outcome, "min": number(of.at_least) });
    if !of.requires.is_empty() {
        all["requires"] = of.requires.iter().map(|it| condition(rubric, it)).collect();
    }
    all
}

fn condition(rubric: &Rubric, of: &BandCondition) -> Value {
    match &of.section {
        Some(section) => json!({ "section": section, "percent": of.percent }),
        None => {
            let rows: Vec<String> = of.rows.iter().map(|it| rubric.row_id(*it)).collect();
            json!({ "rows": rows, "at_least": number(of.at_least) })
        }
    }
}

/// Adds what a rubric has of this.
pub(super) fn add(rubric: &Rubric, all: &mut Value) {
    let totals = &rubric.totals;
    if rubric.rows().any(|it| it.may_skip) {
        all["normalise"] = match totals.normalise {
            Normalise::Nothing => "none",
            Normalise::Full => "full",
            Normalise::Scale => "scale",
        }
        .into();
    }
    if totals.floor != Area::Row {
        all["floor"] = area(totals.floor).into();
    }
    let mut sections = Map::new();
    for section in &rubric.sections {
        let mut of = Map::new();
        if let Some(weight) = section.weight {
            of.insert("weight".to_owned(), json!(f64::from(weight) / 1000.0));
        }
        if let Some(floor) = section.floor {
            of.insert("floor".to_owned(), area(floor).into());
        }
        if !of.is_empty() {
            sections.insert(section.name.clone(), of.into());
        }
    }
    if !sections.is_empty() {
        all["sections"] = sections.into();
    }
    if !totals.scales.is_empty() {
        let scales = totals.scales.iter().map(|scale| {
            let bands: Vec<Value> = scale.bands.iter().map(|it| band(rubric, it)).collect();
            json!({ "name": scale.name, "sections": scale.sections, "bands": bands })
        });
        all["scales"] = scales.collect();
    }
}
