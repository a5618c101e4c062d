//! Printed levels, lists of deductions and credits, and quantities.

use crate::rubric::{Amount, Fact, ListItem, Points, Quantity};
use crate::score::RowFacts;

use super::{Award, points};

/// The level that was chosen; one that the row does not have is none.
pub fn level_of<'r>(levels: &'r [ListItem], facts: RowFacts<'_>) -> Option<&'r ListItem> {
    levels.get(usize::try_from(facts.get(Fact::Choice)?).ok()?)
}

pub(super) fn chosen<'r>(levels: &'r [ListItem], facts: RowFacts<'_>) -> Option<Award<'r>> {
    let level = level_of(levels, facts)?;
    let score =
        if level.is_judged() { points(facts.get(Fact::Award)?).clamp(level.from, level.to) } else { level.from };
    let doubts = [level.reading.as_deref(), None];
    Some(Award { low: level.from, high: level.to, fails: level.fails, doubts, ..Award::fixed(score) })
}

pub(super) fn listed<'r>(adds: bool, items: &'r [ListItem], worth: Points, facts: RowFacts<'_>) -> Option<Award<'r>> {
    let mut sums = [Points::ZERO; 3];
    let mut award = Award::fixed(Points::ZERO);
    for (item, fact) in items.iter().zip(Fact::ITEMS) {
        let value = facts.get(*fact)?;
        for (sum, more) in sums.iter_mut().zip(item.counts(value, worth)) {
            *sum = *sum + more;
        }
        if 0 < value {
            award.fails |= item.fails;
            award.doubts[0] = award.doubts[0].or(item.reading.as_deref());
        }
    }
    let [likely, least, most] = sums.map(|it| if adds { it.min(worth) } else { worth.less(it) });
    if !adds {
        let [likely, least, most] = sums.map(|it| it.less(worth));
        award.over = [likely, most, least];
    }
    Some(Award { score: likely, low: least.min(most), high: least.max(most), ..award })
}

/// What was said of a quantity; `None` while it is unanswered, and for a share of nothing.
pub fn amount(of: &Quantity, facts: RowFacts<'_>) -> Option<Amount> {
    if let Some(direct) = facts.get(Fact::Quantity) {
        return Some(Amount { above: direct, below: IN_TENTHS });
    }
    let amount = of.amount(facts.get(Fact::FirstCount)?, facts.get(Fact::SecondCount)?);
    let is_ratio = of.counts.as_ref()?.is_ratio;
    (is_ratio || 0 < amount.below).then_some(amount)
}

/// How many billionths make a tenth.
const IN_TENTHS: i64 = super::BILLIONTHS / 10;

pub(super) fn reached<'r>(of: &Quantity, worth: Points, facts: RowFacts<'_>) -> Option<Award<'r>> {
    let amount = amount(of, facts)?;
    let award = match (of.step(amount), &of.missing) {
        (Some(step), _) => return Some(Award::fixed(step.points)),
        (None, Some(it)) => Award::less(worth, it.each.times(of.n_missing(amount, it.step))),
        (None, None) => Award::fixed(Points::ZERO),
    };
    Some(Award { fails: award.score == Points::ZERO, ..award })
}
