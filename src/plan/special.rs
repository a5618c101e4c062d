//! A plan for a rubric whose total is more than a sum: weights, scales, conditions, rows that take the points of others.
//!
//! What one change brings depends on the others there, so that the changes are found one by one: the one that brings most for
//! what it costs, until the band is reached; what turned out to be needless is taken back. Every step is scored by the engine
//! as a whole. It is a way to the band, and not surely the cheapest one.

use crate::rubric::{Area, Blocks, Row, Rubric, Rule};
use crate::score::{Answers, End, Report, faults, score};

use super::group::{lay, standing};
use super::states::{RowState, states};
use super::{Effort, Wishes};

/// How far a sheet is from the band: less is better, what stands first counts most.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    /// Vetoes that block filing or take the points of others.
    vetoes: u32,
    /// Tenths that are missing to the band and its conditions.
    lack: u32,
    /// Tenths that the rows lack, also where the total does not show it yet.
    rest: u32,
}

impl Distance {
    fn is_there(self) -> bool {
        (self.vetoes, self.lack) == (0, 0)
    }
}

/// How far it is to the band at this place.
fn distance(rubric: &Rubric, band: usize, safe: bool, answers: &Answers) -> Distance {
    let report = score(rubric, answers);
    let counts = |row: &Row| standing_blocks(&report, row);
    let vetoes = rubric.rows().filter(|it| counts(it)).count() as u32;
    let rest = report.rows.iter().map(|row| {
        let missing = row.row.points.unwrap_or_default().less(row.score.unwrap_or_default());
        let missing = if row.skipped { 0 } else { u32::from(missing.in_tenths()) };
        missing + u32::from(row.over[0].in_tenths())
    });
    Distance { vetoes, lack: report.lacks(band, if safe { End::Low } else { End::Likely }), rest: rest.sum() }
}

fn standing_blocks(report: &Report<'_>, row: &Row) -> bool {
    let Some(result) = report.row(row.number) else { return false };
    let takes = row.veto.as_ref().is_some_and(|it| it.zeroes.is_some_and(|area| area != Area::Row));
    standing(result).is_some_and(|it| it == Blocks::Filing || takes)
}

/// The changes, each with the state of its row, in printed order; and whether they suffice.
pub(super) fn found<'r>(
    rubric: &'r Rubric,
    band: usize,
    answers: &Answers,
    wishes: &Wishes,
) -> (Vec<(&'r Row, RowState)>, bool) {
    let at = |answers: &Answers| distance(rubric, band, wishes.safe, answers);
    let n_faults = faults(rubric, answers).len();
    let mut options: Vec<(&Row, RowState)> = Vec::new();
    for row in rubric.rows() {
        let asked =
            !matches!(row.rule, Rule::Bonus { .. } | Rule::None) && wishes.mark(row.number).effort != Effort::Never;
        if asked {
            options.extend(states(rubric, row, answers, wishes).into_iter().map(|it| (row, it)));
        }
    }
    let mut laid = answers.clone();
    let mut taken: Vec<(&Row, RowState)> = Vec::new();
    let mut now = at(&laid);
    while !now.is_there() {
        let mut best: Option<(usize, Distance)> = None;
        for (n, (row, state)) in options.iter().enumerate() {
            let kept = laid.clone();
            lay(&mut laid, row.number, &state.facts);
            let then = at(&laid);
            if then < now && faults(rubric, &laid).len() <= n_faults {
                let is_better = best.is_none_or(|(other, its)| {
                    let prices = (price(wishes, &options[n]), price(wishes, &options[other]));
                    better(now, (then, prices.0), (its, prices.1))
                });
                if is_better {
                    best = Some((n, then));
                }
            }
            laid = kept;
        }
        let Some((n, then)) = best else { break };
        let (row, state) = options[n].clone();
        lay(&mut laid, row.number, &state.facts);
        taken.retain(|it| it.0.number != row.number);
        taken.push((row, state));
        now = then;
    }
    // what is needless once all the others are there
    let mut n = taken.len();
    while n > 0 {
        n -= 1;
        let one = taken.remove(n);
        let mut without = answers.clone();
        taken.iter().for_each(|(row, state)| lay(&mut without, row.number, &state.facts));
        let then = at(&without);
        if (then.vetoes, then.lack) != (now.vetoes, now.lack) {
            taken.insert(n, one);
        }
    }
    (taken, now.is_there())
}

/// Does one change bring more for what it costs?
fn better(now: Distance, (one, price): (Distance, u64), (other, its): (Distance, u64)) -> bool {
    let gain = |then: Distance| {
        let by = |a: u32, b: u32| u64::from(a.saturating_sub(b));
        (by(now.vetoes, then.vetoes), by(now.lack, then.lack), by(now.rest, then.rest))
    };
    let (a, b) = (gain(one), gain(other));
    let per = |a: u64, b: u64| (a.saturating_mul(its), b.saturating_mul(price));
    for (a, b) in [per(a.0, b.0), per(a.1, b.1), per(a.2, b.2)] {
        if a != b {
            return b < a;
        }
    }
    price < its
}

fn price(wishes: &Wishes, (row, state): &(&Row, RowState)) -> u64 {
    wishes.mark(row.number).unit_cost().saturating_mul(state.units).saturating_add(1)
}
