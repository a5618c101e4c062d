//! Printed levels, lists of deductions and credits, and quantities in words.

use crate::rubric::{Fact, Measure, Points, Quantity, Row, Rule};
use crate::score::RowFacts;
use crate::score::judge::{amount, level_of, points};

use super::{award_in_words, decimal};

/// 3000 平方米, 80%, 1:20.
pub fn figure(of: &Quantity, tenths: i64) -> String {
    let number = decimal(tenths.saturating_mul(100_000_000));
    match &of.counts {
        None => [&number, " ", &of.unit].concat(),
        Some(it) if it.is_ratio => ["1:", &number].concat(),
        Some(_) => [&number, "%"].concat(),
    }
}

/// What was said about a row of these kinds.
pub(super) fn said_in_words(rule: &Rule, facts: RowFacts<'_>) -> String {
    let n = |fact| facts.get(fact).unwrap_or_default();
    match rule {
        Rule::Choice { levels } => match level_of(levels, facts) {
            Some(it) if it.is_judged() => [&it.when, "，", &award_in_words(facts)].concat(),
            Some(it) => it.when.clone(),
            None => String::new(),
        },
        Rule::Listed { adds, items } => {
            let mut all = Vec::new();
            for (item, fact) in items.iter().zip(Fact::ITEMS) {
                let value = n(*fact);
                if 0 < value {
                    all.push(match item.measure() {
                        Measure::Points => [&item.when, " ", &points(value).to_string(), " 分"].concat(),
                        Measure::Whole => [&item.when, " ", &value.to_string(), " ", &item.unit].concat(),
                        _ => item.when.clone(),
                    });
                }
            }
            match (all.is_empty(), adds) {
                (true, true) => "没有得分的项".to_owned(),
                (true, false) => "没有扣分的项".to_owned(),
                (false, _) => all.join("，"),
            }
        }
        Rule::Quantity { of } => match (&of.counts, facts.get(Fact::Quantity)) {
            (Some(it), None) => {
                let count = |name: &str, fact| [name, " ", &n(fact).to_string()].concat();
                [count(&it.first, Fact::FirstCount), count(&it.second, Fact::SecondCount)].join("，")
            }
            (Some(it), Some(said)) if it.is_ratio => [&of.of, " 1:", &decimal(said)].concat(),
            (Some(_), Some(said)) => [&of.of, " ", &decimal(said), "%"].concat(),
            (None, said) => [&of.of, " ", &decimal(said.unwrap_or_default()), " ", &of.unit].concat(),
        },
        _ => String::new(),
    }
}

/// 10 − 2 − 1 = 7 分; `less` writes out one deduction that is taken several times.
pub(super) fn sum(
    row: &Row,
    facts: RowFacts<'_>,
    score: Points,
    less: &dyn Fn(Points, i64) -> String,
) -> Option<String> {
    let worth = row.points.unwrap_or_default();
    match &row.rule {
        Rule::Listed { adds, items } => {
            let mut words = if *adds { String::new() } else { worth.to_string() };
            let (mut total, mut n) = (Points::ZERO, 0);
            for (item, fact) in items.iter().zip(Fact::ITEMS) {
                let [counted, ..] = item.counts(facts.get(*fact).unwrap_or_default(), worth);
                if counted != Points::ZERO {
                    if !words.is_empty() {
                        words.push_str(if *adds { " + " } else { " − " });
                    }
                    words.push_str(&counted.to_string());
                    (total, n) = (total + counted, n + 1);
                }
            }
            let capped = worth < total;
            if n == 0 || *adds && n == 1 && !capped {
                return None;
            }
            let end = match (capped, adds) {
                (false, _) => "",
                (true, true) => "，满分为止",
                (true, false) => "，扣完为止",
            };
            Some([words.as_str(), if capped { " → " } else { " = " }, &score.to_string(), " 分", end].concat())
        }
        Rule::Quantity { of } => {
            let amount = amount(of, facts)?;
            Some(less(of.missing?.each, of.n_missing(amount, of.missing?.step)))
        }
        _ => None,
    }
}
