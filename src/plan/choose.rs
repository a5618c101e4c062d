//! The choice: one of each group's combinations, so that the points are enough and the price is the least.

use crate::order;

use super::group::{Choice, Price, RowGroup};

/// The position of the choice that is taken in each group.
pub(super) type TakenChoices = Vec<usize>;

/// The cheapest choices that clear every veto and gain at least `need` tenths. `None` where there are none.
///
/// A dynamic programme over tenths: the least price at which the groups so far gain at least so many, for every number
/// from 0 to `need`. Prices are compared as a whole, and adding the same to two of them does not turn them round, so
/// the best choice is made of best ones.
pub(super) fn cheapest(groups: &[RowGroup<'_>], need: u32, safe: bool) -> Option<TakenChoices> {
    let need = need as usize;
    let mut best: Vec<Option<Price>> = vec![None; need + 1];
    best[0] = Some(Price::NOTHING);
    // for each group and each number of tenths, the choice that was best
    let mut taken: Vec<Vec<usize>> = Vec::with_capacity(groups.len());
    for group in groups {
        let options: Vec<(usize, usize, Price)> = (0..group.choices.len())
            .map(|at| (at, &group.choices[at]))
            .filter(|it| it.1.worth.filing_vetoes == 0)
            .map(|(at, choice)| (at, gain(group, choice, safe), choice.price))
            .collect();
        let mut of_group = vec![0; need + 1];
        // downwards, as a sum is made of the sums of fewer tenths before this group
        for tenths in (0..=need).rev() {
            let mut least: Option<(Price, usize)> = None;
            for (at, gain, price) in &options {
                let Some(before) = best[tenths.saturating_sub(*gain)] else { continue };
                let price = before.and(*price);
                if least.is_none_or(|it| price < it.0) {
                    least = Some((price, *at));
                }
            }
            best[tenths] = least.map(|it| it.0);
            of_group[tenths] = least.map_or(0, |it| it.1);
        }
        taken.push(of_group);
    }
    best[need]?;
    let mut rest = need;
    let mut choices = vec![0; groups.len()];
    for at in (0..groups.len()).rev() {
        choices[at] = taken[at][rest];
        rest = rest.saturating_sub(gain(&groups[at], &groups[at].choices[choices[at]], safe));
    }
    Some(choices)
}

fn gain(group: &RowGroup<'_>, choice: &Choice, safe: bool) -> usize {
    choice.worth.counted(safe).saturating_sub(group.before.counted(safe)) as usize
}

/// The choices that clear most vetoes, gain most of all that do, and cost the least of all these.
pub(super) fn most(groups: &[RowGroup<'_>], safe: bool) -> TakenChoices {
    let best = |group: &RowGroup<'_>| {
        let order = order::order(group.choices.len(), &mut |a, b| {
            let key = |at: usize| {
                let choice = &group.choices[at];
                (choice.worth.filing_vetoes, u32::MAX - choice.worth.counted(safe), choice.price)
            };
            key(a).cmp(&key(b))
        });
        order.first().copied().unwrap_or(0)
    };
    groups.iter().map(best).collect()
}
