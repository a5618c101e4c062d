//! The better states of printed levels, of lists, and of quantities.

use crate::rubric::{Fact, ListItem, Points, Quantity, Row, Rule};
use crate::score::{BILLIONTHS, RowFacts, amount};

use super::{RowState, steps};

pub(super) fn states(row: &Row, facts: RowFacts<'_>, worth: Points) -> Vec<RowState> {
    match &row.rule {
        Rule::Choice { levels } => chosen(levels, facts),
        Rule::Listed { adds, items } => listed(*adds, items, facts, worth),
        Rule::Quantity { of } => reached(of, facts, worth),
        _ => vec![],
    }
}

/// Every level above the one that was chosen, from the lowest; of an unanswered row, every level.
fn chosen(levels: &[ListItem], facts: RowFacts<'_>) -> Vec<RowState> {
    let now = facts.get(Fact::Choice).and_then(|it| usize::try_from(it).ok()).filter(|it| *it < levels.len());
    let mut all = Vec::with_capacity(levels.len());
    for (at, level) in levels.iter().enumerate().rev() {
        let choice = (Fact::Choice, at as i64);
        let award = facts.get(Fact::Award).unwrap_or(0);
        let most = i64::from(level.to.in_tenths());
        match level.is_judged() {
            true if now.is_none_or(|it| at < it) || now == Some(at) && award < most => {
                all.push(RowState::one(&[(Fact::Award, most), choice]));
            }
            false if now.is_none_or(|it| at < it) => all.push(RowState::one(&[choice])),
            _ => {}
        }
    }
    all
}

/// More combinations than these are not tried: then what can be mended is mended item by item, the first one first.
const MOST_STATES: usize = 100;

/// Every combination of better values; an item that was not answered yet counts as the worst.
fn listed(adds: bool, items: &[ListItem], facts: RowFacts<'_>, worth: Points) -> Vec<RowState> {
    let of_item = |item: &ListItem, fact: Fact| {
        let (most, judged) = (item.most(worth), item.is_judged());
        let said = facts.get(fact).map(|it| it.max(0));
        let (now, best) = if adds { (said.unwrap_or(0), most) } else { (said.unwrap_or(most), 0) };
        // more than what makes a difference is mended down to it in one step
        let mut values = vec![now];
        match (adds, judged) {
            (_, true) if now != best && (!adds || now < best) => values.push(best),
            (true, false) => values.extend(now.saturating_add(1)..=best),
            (false, false) => values.extend((0..now.min(most)).rev()),
            _ => {}
        }
        values
    };
    let values: Vec<Vec<i64>> = items.iter().zip(Fact::ITEMS).map(|(item, fact)| of_item(item, *fact)).collect();
    let whole = facts.given().len() == items.len();
    let n = values.iter().fold(1_usize, |n, it| n.saturating_mul(it.len()));
    let mut turns: Vec<Vec<usize>> = vec![vec![0; items.len()]];
    if n <= MOST_STATES {
        for _ in 1..n {
            let mut turn = turns.last().cloned().unwrap_or_default();
            for (at, values) in turn.iter_mut().zip(&values).rev() {
                *at = (*at + 1) % values.len();
                if *at != 0 {
                    break;
                }
            }
            turns.push(turn);
        }
    } else {
        for at in 0..items.len() {
            for to in 1..values[at].len() {
                let mut turn = turns.last().cloned().unwrap_or_default();
                turn[at] = to;
                turns.push(turn);
            }
        }
    }
    // the first is the row as it is
    turns.drain(..usize::from(whole));
    let state = |turn: Vec<usize>| {
        let to: Vec<i64> = turn.iter().zip(&values).map(|(at, values)| values[*at]).collect();
        let all: Vec<(Fact, i64)> = Fact::ITEMS.iter().copied().zip(to.iter().copied()).collect();
        let apart = |(at, item): (usize, &ListItem)| {
            let units = (to[at] - values[at][0]).saturating_abs();
            if item.is_judged() { units.min(1) } else { units }
        };
        RowState::counted(&all, items.iter().enumerate().map(apart).fold(0, i64::saturating_add))
    };
    turns.into_iter().map(state).collect()
}

/// The figures from the present one on to the best. A rate gets more of its first count, a ratio as well, and an unknown
/// one is the figure itself.
fn reached(of: &Quantity, facts: RowFacts<'_>, worth: Points) -> Vec<RowState> {
    let now = amount(of, facts);
    let mut bounds: Vec<i64> = Vec::new();
    match (&of.missing, of.steps.first()) {
        (Some(it), Some(full)) => {
            let n = now.map_or(i64::MAX, |now| of.n_missing(now, it.step));
            for left in (0..n.min(steps(it.each, worth))).rev() {
                let apart = it.step.saturating_mul(left);
                bounds.push(if of.limits {
                    full.bound.saturating_add(apart)
                } else {
                    full.bound.saturating_sub(apart).max(0)
                });
            }
        }
        _ => {
            let reached = now.and_then(|it| of.step(it)).and_then(|it| of.steps.iter().position(|step| step == it));
            let better = &of.steps[..reached.unwrap_or(of.steps.len())];
            bounds.extend(better.iter().rev().map(|it| it.bound));
        }
    }
    let counts = facts.get(Fact::SecondCount).filter(|_| facts.get(Fact::Quantity).is_none());
    let to = |bound: i64| match (&of.counts, counts) {
        (Some(it), Some(second)) if !it.is_ratio && 0 < second => {
            let first = second.saturating_mul(bound).saturating_add(999) / 1000;
            RowState::one(&[(Fact::FirstCount, first), (Fact::SecondCount, second)])
        }
        (Some(it), Some(second)) if it.is_ratio && of.limits && 0 < bound => {
            let first = (second.saturating_mul(10).saturating_add(bound - 1) / bound).max(1);
            RowState::one(&[(Fact::FirstCount, first), (Fact::SecondCount, second)])
        }
        _ => RowState::one(&[(Fact::Quantity, bound.saturating_mul(BILLIONTHS / 10))]),
    };
    bounds.into_iter().map(to).collect()
}
