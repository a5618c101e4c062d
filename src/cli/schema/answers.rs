//! The forms of the answers, row by row. They are not written down here: which keys make a whole answer is asked of
//! the code that reads answers, and what a value may be follows from its unit.

use serde_json::{Map, Value, json};

use super::{Wanted, closed};
use crate::cli::code::facts_of;
use crate::cli::score::is_whole;
use crate::rubric::{Edition, Fact, LIST_KEYS, Measure, Points, Row, Rubric, Rule};
use crate::score::Answers;

/// `annex-3`: the answers of a sheet; `3-1`: those of a row. Older editions have their id before it.
pub fn defs(site: Wanted<'_>) -> Value {
    let mut defs = Map::new();
    for (edition, is_newest, rubric) in site.rubrics() {
        let name = |what: &str| named(edition, is_newest, what);
        let mut rows = Map::new();
        for row in rubric.rows() {
            let id = rubric.row_id(row.number);
            rows.insert(id.clone(), json!({ "$ref": format!("#/$defs/{}", name(&id)) }));
            defs.insert(name(&id), of_row(rubric, row));
        }
        defs.insert(name(&format!("annex-{}", rubric.annex)), closed(Value::Object(rows), &[]));
    }
    Value::Object(defs)
}

/// The name of a definition: that of the newest edition needs no edition.
pub fn named(edition: &Edition, is_newest: bool, what: &str) -> String {
    if is_newest { what.to_owned() } else { format!("{}-{what}", edition.id) }
}

/// A choice of keys for a row's answer, each with its schema.
type KeyForm = Vec<(&'static str, Value)>;

/// The forms in which a row may be answered.
fn of_row(rubric: &Rubric, row: &Row) -> Value {
    let keys = keys_of(row);
    let mut forms: Vec<KeyForm> = Vec::new();
    for chosen in 0_u32..1 << keys.len() {
        let chosen: Vec<&Key> = (0..).zip(&keys).filter(|(n, _)| chosen >> n & 1 == 1).map(|it| it.1).collect();
        whole_forms(row, &chosen, &mut Vec::new(), &mut forms);
    }
    let mut all: Vec<Value> = merged(forms).into_iter().map(|(form, optional)| written(form, &optional)).collect();
    let mut schema = if all.len() == 1 { all.remove(0) } else { json!({ "oneOf": all }) };
    schema["description"] = row.content.as_str().into();
    if let Some(comment) = comment(rubric, row) {
        schema["$comment"] = comment.into();
    }
    schema
}

/// A key of an answer, and the facts it holds: one, or the three years.
struct Key {
    name: &'static str,
    facts: Vec<Fact>,
}

fn keys_of(row: &Row) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    // the row's own order, which is the one in which the forms are described to people
    let in_forms = row.facts();
    let mut facts = facts_of(row);
    facts.sort_by_key(|fact| in_forms.iter().position(|it| it == fact));
    for fact in facts {
        let name = row.rule.key(fact);
        match keys.iter_mut().find(|it| it.name == name) {
            Some(key) => key.facts.push(fact),
            None => keys.push(Key { name, facts: vec![fact] }),
        }
    }
    keys
}

/// All values that these keys may have together and be a whole answer. Of choices each word is tried, as a form may
/// depend on it; for everything else it matters only that it is there.
fn whole_forms(row: &Row, chosen: &[&Key], words: &mut Vec<(Fact, i64)>, forms: &mut Vec<KeyForm>) {
    let facts: Vec<Fact> = chosen.iter().flat_map(|it| it.facts.iter().copied()).collect();
    let open = facts.iter().find_map(|fact| {
        let n = match (row.rule.measure(*fact), &row.rule) {
            (Measure::Choice(all), _) => all.len(),
            (_, Rule::Choice { levels }) if *fact == Fact::Choice => levels.len(),
            _ => return None,
        };
        (!words.iter().any(|it| it.0 == *fact)).then_some((*fact, n))
    });
    if let Some((fact, n)) = open {
        for word in (0..n).filter_map(|it| i64::try_from(it).ok()) {
            words.push((fact, word));
            whole_forms(row, chosen, words, forms);
            words.pop();
        }
        return;
    }
    let word_of = |fact: Fact| words.iter().find(|it| it.0 == fact).map(|it| it.1);
    let mut answers = Answers::default();
    for fact in &facts {
        answers.set(row.number, *fact, Some(word_of(*fact).unwrap_or(1)));
    }
    // an answer without any key is none
    if facts.is_empty() || !is_whole(&row.rule, answers.row(row.number)) {
        return;
    }
    let value = |key: &&Key| {
        let schema = match &key.facts[..] {
            [fact] if !LIST_KEYS.contains(&key.name) => of_fact(row, *fact, word_of(*fact)),
            // each item of a list has values of its own
            items if row.rule.item(items[0]).is_some() || matches!(row.rule, Rule::Quantity { .. }) => {
                let all: Vec<Value> = items.iter().map(|it| of_fact(row, *it, None)).collect();
                json!({ "type": "array", "prefixItems": all, "items": false, "minItems": items.len() })
            }
            several => {
                let n = several.len();
                json!({ "type": "array", "items": of_fact(row, several[0], None), "minItems": n, "maxItems": n })
            }
        };
        (key.name, schema)
    };
    forms.push(chosen.iter().map(value).collect());
}

/// What the value of a fact may be.
fn of_fact(row: &Row, fact: Fact, word: Option<i64>) -> Value {
    if let (Fact::Choice, Rule::Choice { levels }) = (fact, &row.rule) {
        let word = word.and_then(|it| usize::try_from(it).ok()).and_then(|it| levels.get(it));
        return json!({ "const": word.map_or("", |it| it.when.as_str()) });
    }
    if fact == Fact::NotApplicable {
        return json!({ "const": true });
    }
    // a share of nothing is none
    let is_whole = matches!(&row.rule, Rule::Quantity { of } if of.counts.as_ref().is_some_and(|it| !it.is_ratio))
        && fact == Fact::SecondCount;
    let most = row.rule.item(fact).map(|it| it.to).or(row.points);
    match row.rule.measure(fact) {
        Measure::YesNo => json!({ "type": "boolean" }),
        Measure::Whole => json!({ "type": "integer", "minimum": i64::from(fact == Fact::Total || is_whole) }),
        Measure::Points => up_to(most.unwrap_or_default()),
        Measure::Decimal => json!({ "type": "number", "minimum": 0 }),
        Measure::Choice(words) => {
            let word = word.and_then(|it| usize::try_from(it).ok()).and_then(|it| words.get(it));
            word.map_or_else(|| json!({ "enum": words }), |it| json!({ "const": it }))
        }
    }
}

/// All tenths up to so many points: a list, as validators do not agree on what is a multiple of 0.1.
pub(super) fn up_to(points: Points) -> Value {
    let tenths = (0..=points.in_tenths())
        .map(|tenths| if tenths % 10 == 0 { Value::from(tenths / 10) } else { Value::from(f64::from(tenths) / 10.0) });
    json!({ "enum": tenths.collect::<Vec<_>>() })
}

/// Forms that differ by one key become one with that key optional; forms that differ in one word, one with both words.
fn merged(forms: Vec<KeyForm>) -> Vec<(KeyForm, Vec<&'static str>)> {
    let mut all: Vec<(KeyForm, Vec<&'static str>)> = Vec::new();
    for form in forms {
        let without = |more: &KeyForm, key: &str| more.iter().filter(|it| it.0 != key).cloned().collect::<KeyForm>();
        let shorter = all.iter_mut().find_map(|known| {
            let extra = form.iter().find(|it| !known.0.iter().any(|other| other.0 == it.0))?.0;
            (form.len() == known.0.len() + 1 && without(&form, extra) == known.0).then_some((known, extra))
        });
        if let Some((known, extra)) = shorter {
            known.0.clone_from(&form);
            known.1.push(extra);
            continue;
        }
        let other_word = all.iter_mut().find_map(|known| {
            let same_keys = known.1.is_empty() && known.0.len() == form.len();
            let differs: Vec<usize> = (0..form.len()).filter(|n| same_keys && known.0[*n] != form[*n]).collect();
            match differs[..] {
                [n] if known.0[n].0 == form[n].0 => Some((known, n)),
                _ => None,
            }
        });
        match other_word {
            Some((known, n)) => {
                let words = |schema: &Value| match (&schema["const"], &schema["enum"]) {
                    (Value::Null, Value::Array(words)) => words.clone(),
                    (word, _) => vec![word.clone()],
                };
                let both = [words(&known.0[n].1), words(&form[n].1)].concat();
                known.0[n].1 = json!({ "enum": both });
            }
            None => all.push((form, Vec::new())),
        }
    }
    // where several keys are optional, a form that lacks some of them is already among the others
    let covers = |other: &(KeyForm, Vec<&str>), form: &(KeyForm, Vec<&str>)| {
        let must = |of: &(KeyForm, Vec<&str>), key: &(&str, Value)| of.0.contains(key) && !of.1.contains(&key.0);
        form.0.iter().all(|it| other.0.contains(it)) && other.0.iter().all(|it| must(form, it) || !must(other, it))
    };
    let needless: Vec<bool> =
        (0..all.len()).map(|at| (0..all.len()).any(|other| other != at && covers(&all[other], &all[at]))).collect();
    all.into_iter().zip(needless).filter(|it| !it.1).map(|it| it.0).collect()
}

fn written(form: KeyForm, optional: &[&str]) -> Value {
    let required: Vec<&str> = form.iter().map(|it| it.0).filter(|it| !optional.contains(it)).collect();
    let properties: Map<String, Value> =
        form.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    closed(Value::Object(properties), &required)
}

/// What the schema of a row cannot say, because it is about two values at once.
fn comment(rubric: &Rubric, row: &Row) -> Option<String> {
    match &row.rule {
        Rule::Deduct { people: Some(people), .. } => {
            Some(format!("defects 不能多于 {} 的人数（人数为 0 时不论）", rubric.row_id(people.row)))
        }
        Rule::Rate { .. } => Some("intact 不能多于 total".to_owned()),
        Rule::Number { .. } => Some("qualified_examiners 不能多于 headcount".to_owned()),
        Rule::Judged { .. } | Rule::Tiers { .. } | Rule::Lease { .. } => {
            Some("low 不能高于 award，high 不能低于 award".to_owned())
        }
        Rule::Deduct { people: None, .. }
        | Rule::Met { .. }
        | Rule::Staffed { .. }
        | Rule::Hazard { .. }
        | Rule::Credit { .. }
        | Rule::Combined { .. }
        | Rule::Experts { .. }
        | Rule::Years { .. }
        | Rule::Average { .. }
        | Rule::Bonus { .. }
        | Rule::Quantity { .. }
        | Rule::None => None,
        Rule::Choice { levels } => {
            let judged = levels.iter().filter(|it| it.is_judged());
            let ranges: Vec<String> = judged.map(|it| format!("{} {} 至 {}", it.when, it.from, it.to)).collect();
            (!ranges.is_empty()).then(|| format!("award 在所选一档的范围之内：{}", ranges.join("，")))
        }
        Rule::Listed { items, .. } => {
            let judged = items.iter().filter(|it| it.is_judged());
            let ranges: Vec<String> = judged.map(|it| format!("{} {} 至 {}", it.when, it.from, it.to)).collect();
            (!ranges.is_empty()).then(|| format!("酌情的项为 0 或在范围之内：{}", ranges.join("，")))
        }
    }
}
