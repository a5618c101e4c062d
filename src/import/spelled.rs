//! How a proposed rule is written in a file, each kind in one place.

use super::figure::PrintedNumber;
use super::proposal::{
    Counts, ItemWorth, LevelPoints, ProposedItem, ProposedKind, ProposedLevel, ProposedQuantity, StepPoints,
};

/// Stands where the number of a reading belongs, which no table says.
pub const TO_ADD: &str = "待补";

/// `{ kind = "met" }`.
pub fn rule(rule: &ProposedKind) -> String {
    let reading = || format!("reading = {}", quoted(TO_ADD));
    let kind = |kind: &str, parts: Vec<String>| {
        let kind = format!("kind = {}", quoted(kind));
        braces(std::iter::once(kind).chain(parts).collect())
    };
    let at_least = |n: &PrintedNumber| format!("at_least = {n}");
    match rule {
        ProposedKind::Met => kind("met", vec![]),
        ProposedKind::Staffed { at_least: n } => kind("staffed", vec![at_least(n)]),
        ProposedKind::Deduct { each, unit } => kind("deduct", counted(*each, unit)),
        ProposedKind::Hazard { each, unit } => kind("hazard", counted(*each, unit)),
        ProposedKind::Credit { each, unit } => kind("credit", counted(*each, unit)),
        ProposedKind::Combined { undetailed } => kind("combined", vec![format!("undetailed = {undetailed}")]),
        ProposedKind::Number { bands } => kind("number", vec![steps("bands", "at_least", bands)]),
        ProposedKind::Experts { at_least: n, each } => kind("experts", vec![at_least(n), format!("each = {each}")]),
        ProposedKind::Rate { at_least: n } => kind("rate", vec![at_least(n)]),
        ProposedKind::Years { at_least: n } => kind("years", vec![at_least(n)]),
        ProposedKind::Average { full, above, part } => kind(
            "average",
            vec![
                format!("full = {full}"),
                format!("above = {above}"),
                format!("part = {part}"),
                format!("exactly = {}", quoted(TO_ADD)),
            ],
        ),
        ProposedKind::Judged => kind("judged", vec![reading()]),
        ProposedKind::Tiers => kind("tiers", vec![reading()]),
        ProposedKind::Lease { term: None } => kind("lease", vec![reading()]),
        ProposedKind::Lease { term: Some((years, deduct, shorter)) } => kind(
            "lease",
            vec![
                format!("years = {years}"),
                format!("deduct = {deduct}"),
                format!("shorter = {shorter}"),
                reading(),
                format!("exactly = {}", quoted(TO_ADD)),
            ],
        ),
        ProposedKind::Bonus { add } => kind("bonus", vec![format!("add = {add}")]),
        ProposedKind::None => kind("none", vec![]),
        ProposedKind::Choice { levels } => kind("choice", vec![list("levels", levels.iter().map(level))]),
        ProposedKind::Deductions { items } => kind("deductions", vec![list("items", items.iter().map(item))]),
        ProposedKind::Credits { items } => kind("credits", vec![list("items", items.iter().map(item))]),
        ProposedKind::Quantity(of) => kind("quantity", quantity(of)),
    }
}

/// A text in quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            it if it.is_control() => {}
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

fn braces(parts: Vec<String>) -> String {
    format!("{{ {} }}", parts.join(", "))
}

fn list(key: &str, parts: impl Iterator<Item = String>) -> String {
    format!("{key} = [ {} ]", parts.collect::<Vec<_>>().join(", "))
}

fn counted(each: PrintedNumber, unit: &str) -> Vec<String> {
    vec![format!("each = {each}"), format!("unit = {}", quoted(unit))]
}

fn steps(key: &str, limit: &str, steps: &[(PrintedNumber, PrintedNumber)]) -> String {
    list(key, steps.iter().map(|(n, points)| braces(vec![format!("{limit} = {n}"), format!("points = {points}")])))
}

fn between(from: PrintedNumber, to: PrintedNumber) -> Vec<String> {
    vec![format!("from = {from}"), format!("to = {to}"), format!("reading = {}", quoted(TO_ADD))]
}

fn level(level: &ProposedLevel) -> String {
    let mut parts = vec![format!("name = {}", quoted(&level.name))];
    match level.points {
        LevelPoints::Fixed(points) => parts.push(format!("points = {points}")),
        LevelPoints::Between(from, to) => parts.extend(between(from, to)),
    }
    if level.fails {
        parts.push("fails = true".to_owned());
    }
    braces(parts)
}

fn item(item: &ProposedItem) -> String {
    let mut parts = vec![format!("when = {}", quoted(&item.when))];
    match &item.worth {
        ItemWorth::All => parts.push("all = true".to_owned()),
        ItemWorth::Fixed(points) => parts.push(format!("points = {points}")),
        ItemWorth::Each { each, unit, at_most } => {
            parts.extend(counted(*each, unit));
            parts.extend(at_most.map(|it| format!("at_most = {it}")));
        }
        ItemWorth::Between(from, to) => parts.extend(between(*from, *to)),
    }
    braces(parts)
}

fn quantity(of: &ProposedQuantity) -> Vec<String> {
    let mut parts = vec![format!("of = {}", quoted(&of.of))];
    let pair = |key: &str, a: &str, b: &str| format!("{key} = [{}, {}]", quoted(a), quoted(b));
    match &of.counts {
        Counts::Itself => {}
        Counts::Percent(part, whole) => parts.push(pair("percent", part, whole)),
        Counts::Ratio(first, second) => parts.push(pair("ratio", first, second)),
    }
    parts.push(format!("unit = {}", quoted(&of.unit)));
    match &of.points {
        StepPoints::AtLeast(all) => parts.push(steps("steps", "at_least", all)),
        StepPoints::AtMost(all) => parts.push(steps("steps", "at_most", all)),
        StepPoints::Missing { at_least, step, each } => {
            parts.extend([format!("at_least = {at_least}"), format!("step = {step}"), format!("each = {each}")]);
        }
    }
    parts
}
