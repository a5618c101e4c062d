//! Printed levels, lists and quantities: are they in order, can they be reached, and are there enough points for them?

use std::collections::BTreeSet;

use crate::rubric::{ListItem, MOST_ITEMS, Points, Quantity, Row, Rule};

/// What is wrong with the rule of a row, in words that follow its number.
pub(super) fn wrong(row: &Row) -> Vec<String> {
    let worth = row.points.unwrap_or_default();
    match &row.rule {
        Rule::Choice { levels } => of_levels(levels, worth, row.veto.is_some()),
        Rule::Listed { adds, items } => of_items(*adds, items, worth, row.veto.is_some()),
        Rule::Quantity { of } => of_quantity(of, worth),
        _ => vec![],
    }
}

fn of_levels(levels: &[ListItem], worth: Points, has_veto: bool) -> Vec<String> {
    let mut found = Vec::new();
    if levels.len() < 2 {
        found.push("至少要有两档，只有符合与不符合的写 `met`".to_owned());
    }
    for pair in levels.windows(2) {
        if pair[0].to < pair[1].to || pair[0].from < pair[1].from {
            found.push(format!("的“{}”比前一档“{}”分数高，请从高到低排列", pair[1].when, pair[0].when));
        }
    }
    found.extend(twice(levels.iter().map(|it| it.when.as_str())));
    if let Some(best) = levels.first().filter(|it| it.to != worth) {
        found.push(format!("的最高档是 {} 分，分值却是 {worth} 分，请核对", best.to));
    }
    found.extend(veto(has_veto, levels.iter().any(|it| it.fails), "档"));
    if levels.first().is_some_and(|it| it.fails) {
        found.push("的最高一档写了 `fails`，这样否决项永远成立，请核对".to_owned());
    }
    found
}

fn of_items(adds: bool, items: &[ListItem], worth: Points, has_veto: bool) -> Vec<String> {
    let mut found = Vec::new();
    if MOST_ITEMS < items.len() {
        found.push(format!("有 {} 项，一行最多 {MOST_ITEMS} 项，请合并", items.len()));
    }
    found.extend(twice(items.iter().map(|it| it.when.as_str())));
    for item in items {
        let when = &item.when;
        if worth < item.to {
            found.push(format!("的“{when}”一次增减 {} 分，超过了分值 {worth} 分，请核对", item.to));
        }
        if !item.all && item.to == Points::ZERO {
            found.push(format!("的“{when}”是 0 分，不起作用，请核对"));
        }
        if let Some(most) = item.at_most.filter(|it| *it < item.from || worth < *it) {
            found.push(format!("的“{when}”最多 {most} 分，应不低于一次的 {} 分，也不高于分值 {worth} 分", item.from));
        }
        if adds && item.all {
            found.push(format!("的“{when}”写了 `all`，只有扣分的项可以不得分，请写 `points`"));
        }
    }
    let most = |it: &ListItem| if it.unit.is_empty() { it.to } else { it.at_most.unwrap_or(worth) };
    let sum: Points = items.iter().map(most).sum();
    if adds && sum < worth {
        found.push(format!("的各项加起来最多 {sum} 分，达不到分值 {worth} 分，请核对"));
    }
    found.extend(veto(has_veto, items.iter().any(|it| it.fails), "项"));
    found
}

fn of_quantity(of: &Quantity, worth: Points) -> Vec<String> {
    let mut found = Vec::new();
    for pair in of.steps.windows(2) {
        let in_order = if of.limits { pair[0].bound < pair[1].bound } else { pair[1].bound < pair[0].bound };
        if !in_order || pair[0].points <= pair[1].points {
            found.push("的各档没有从得分最高的往下排列，请调整顺序".to_owned());
            break;
        }
    }
    if let Some(best) = of.steps.first().filter(|it| it.points != worth) {
        found.push(format!("的最高档是 {} 分，分值却是 {worth} 分，请核对", best.points));
    }
    if let Some(it) = of.missing.filter(|it| worth < it.each) {
        found.push(format!("一次扣 {} 分，超过了分值 {worth} 分，请核对", it.each));
    }
    found
}

fn veto(has_veto: bool, fails: bool, which: &str) -> Option<String> {
    match (has_veto, fails) {
        (true, false) => Some(format!("有否决项，请在否决的那一{which}写 `fails = true`")),
        (false, true) => Some(format!("有一{which}写了 `fails`，这一行却没有 `veto`，请核对")),
        _ => None,
    }
}

fn twice<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.filter(|it| !seen.insert(*it)).map(|it| format!("的“{it}”出现了两次，请区分")).collect()
}

/// The figures in tenths, and the units.
pub(super) fn figures_of(rule: &Rule) -> (Vec<u32>, Vec<&str>) {
    let points = |it: Points| u32::from(it.in_tenths());
    // what earns nothing is mostly not written as a figure
    let some = |all: Vec<u32>| all.into_iter().filter(|it| *it != 0).collect();
    let figure = |it: i64| u32::try_from(it).unwrap_or(u32::MAX);
    match rule {
        Rule::Choice { levels } => {
            (some(levels.iter().flat_map(|it| [points(it.from), points(it.to)]).collect()), vec![])
        }
        Rule::Listed { items, .. } => {
            let of_item = |it: &ListItem| [points(it.from), points(it.to), points(it.at_most.unwrap_or_default())];
            let units = items.iter().map(|it| it.unit.as_str()).filter(|it| !it.is_empty());
            (some(items.iter().flat_map(of_item).collect()), units.collect())
        }
        Rule::Quantity { of } => {
            let steps = of.steps.iter().flat_map(|it| [figure(it.bound), points(it.points)]);
            let missing = of.missing.iter().flat_map(|it| [figure(it.step), points(it.each)]);
            let unit = of.counts.is_none().then_some(of.unit.as_str());
            (some(steps.chain(missing).collect()), unit.into_iter().collect())
        }
        _ => (vec![], vec![]),
    }
}
