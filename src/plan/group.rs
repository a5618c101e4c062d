//! Rows that depend on each other: they share a cell, or one counts the people of another. What such a group can be
//! brought to are combinations of the states of its rows, each scored as a whole.

use crate::rubric::{Blocks, Fact, Points, Row, Rubric, Rule};
use crate::score::{Answers, Given, RowReport, faults_of, score_row};

use super::states::{RowState, states};
use super::{Effort, Wishes};

/// Rows that have to be looked at together; most groups are one row.
pub(super) struct RowGroup<'r> {
    pub rows: Vec<&'r Row>,
    /// What it earns as it is.
    pub before: Worth,
    /// What it can be brought to, the first one is to leave it. None has another one beside it that is better or equal
    /// in everything.
    pub choices: Vec<Choice>,
}

/// A combination of states.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// For each row of the group, the state it is brought to; `None` leaves it.
    pub to: Vec<Option<RowState>>,
    pub worth: Worth,
    pub price: Price,
}

/// What some rows earn, in tenths, and the vetoes that stand there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Worth {
    pub points: u32,
    /// With every 酌情 row at its low estimate and every doubtful reading the other way.
    pub low: u32,
    /// A shared veto once; an unanswered one stands.
    pub filing_vetoes: u32,
}

/// What changes take, from what counts most to what counts least: the smaller the better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Price {
    /// In tenths.
    pub cost: u64,
    pub n_rows: u32,
    pub units: u64,
    /// Of as many rows, those that come first in print: a bit for each row that is left as it is, the first row highest.
    pub left: u128,
}

impl Price {
    /// Of the changes to two different parts of the sheet together.
    pub fn and(self, other: Price) -> Price {
        Price {
            cost: self.cost.saturating_add(other.cost),
            n_rows: self.n_rows + other.n_rows,
            units: self.units.saturating_add(other.units),
            left: self.left & other.left,
        }
    }

    /// Of no change at all.
    pub const NOTHING: Price = Price { cost: 0, n_rows: 0, units: 0, left: u128::MAX };
}

/// The groups of a rubric, in printed order.
pub(super) fn groups<'r>(rubric: &'r Rubric, answers: &Answers, wishes: &Wishes) -> Vec<RowGroup<'r>> {
    let rows: Vec<&Row> = rubric.rows().collect();
    let mut home: Vec<usize> = (0..rows.len()).collect();
    for at in 0..rows.len() {
        for other in beside(rows[at]).into_iter().flatten() {
            if let Some(other) = rows.iter().position(|it| it.number == other) {
                let (from, to) = (home[at].max(home[other]), home[at].min(home[other]));
                home.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
            }
        }
    }
    let mut scratch = answers.clone();
    let mut found = Vec::with_capacity(rows.len());
    for first in 0..rows.len() {
        let members: Vec<usize> = (first..rows.len()).filter(|it| home[*it] == first).collect();
        if !members.is_empty() {
            found.push(group(rubric, &rows, &members, &mut scratch, wishes));
        }
    }
    found
}

/// The rows that a row cannot be scored without.
fn beside(row: &Row) -> [Option<u16>; 2] {
    let other = match &row.rule {
        Rule::Deduct { people: Some(people), .. } => Some(people.row),
        Rule::Met { perhaps_shared: Some(other), .. } => Some(other.row),
        _ => None,
    };
    [row.shares, other]
}

fn group<'r>(
    rubric: &'r Rubric,
    all: &[&'r Row],
    members: &[usize],
    answers: &mut Answers,
    wishes: &Wishes,
) -> RowGroup<'r> {
    let rows: Vec<&Row> = members.iter().map(|at| all[*at]).collect();
    let marks: Vec<_> = rows.iter().map(|row| wishes.mark(row.number)).collect();
    let of_row = |at: usize| match marks[at].effort {
        Effort::Never => vec![],
        Effort::Now | Effort::Money => states(rubric, rows[at], answers, wishes),
    };
    let options: Vec<Vec<RowState>> = (0..rows.len()).map(of_row).collect();
    let before = worth(rubric, &rows, answers);
    let kept: Vec<Vec<Given>> = rows.iter().map(|row| answers.row(row.number).given().to_vec()).collect();
    let n_faults = |answers: &Answers| rows.iter().map(|row| faults_of(row, answers).len()).sum::<usize>();
    let faults_before = n_faults(answers);
    let nothing = Choice { to: vec![None; rows.len()], worth: before, price: Price::NOTHING };
    let mut choices = vec![nothing];
    // the last row turns fastest
    let mut turn = vec![0; rows.len()];
    while let Some(at) = (0..rows.len()).rev().find(|at| turn[*at] < options[*at].len()) {
        turn[at] += 1;
        turn[at + 1..].fill(0);
        let mut price = Price::NOTHING;
        for (at, row) in rows.iter().enumerate() {
            let state = taken(&options[at], turn[at]);
            replace(answers, row.number, state, &kept[at]);
            if let Some(state) = state {
                let cost = marks[at].unit_cost().saturating_mul(state.units);
                // rows beyond what a mask holds are equally early
                let bit = 1_u128 << 127_usize.saturating_sub(members[at]);
                price = price.and(Price { cost, n_rows: 1, units: state.units, left: !bit });
            }
        }
        if n_faults(answers) <= faults_before {
            let worth = worth(rubric, &rows, answers);
            let to = || (0..rows.len()).map(|at| taken(&options[at], turn[at]).cloned()).collect();
            add(&mut choices, worth, price, wishes.safe, to);
        }
    }
    rows.iter().zip(&kept).for_each(|(row, kept)| replace(answers, row.number, None, kept));
    RowGroup { rows, before, choices }
}

/// Gives a row another answer, or the one that it had.
fn replace(answers: &mut Answers, row: u16, state: Option<&RowState>, kept: &[Given]) {
    answers.clear(row);
    match state {
        Some(state) => lay(answers, row, &state.facts),
        None => {
            for given in kept {
                answers.set(row, given.fact, Some(given.value));
            }
        }
    }
}

/// Gives facts about a row in place of those that it had.
pub(super) fn lay(answers: &mut Answers, row: u16, facts: &[(Fact, i64)]) {
    answers.clear(row);
    for (fact, value) in facts {
        answers.set(row, *fact, Some(*value));
    }
}

/// The state at a turn: 0 leaves the row.
fn taken(options: &[RowState], turn: usize) -> Option<&RowState> {
    turn.checked_sub(1).map(|it| &options[it])
}

/// Adds a choice, unless another is at least as good in everything; those that it beats are taken out.
fn add(choices: &mut Vec<Choice>, worth: Worth, price: Price, safe: bool, to: impl Fn() -> Vec<Option<RowState>>) {
    let beats = |one: (Worth, Price), other: (Worth, Price)| {
        one.0.filing_vetoes <= other.0.filing_vetoes && other.0.counted(safe) <= one.0.counted(safe) && one.1 <= other.1
    };
    if !choices.iter().any(|it| beats((it.worth, it.price), (worth, price))) {
        choices.retain(|it| !beats((worth, price), (it.worth, it.price)));
        choices.push(Choice { to: to(), worth, price });
    }
}

impl Worth {
    /// The points that have to reach the band.
    pub fn counted(self, safe: bool) -> u32 {
        if safe { self.low } else { self.points }
    }
}

/// What some rows earn together. Rows that share a veto stand one after the other.
pub(super) fn worth(rubric: &Rubric, rows: &[&Row], answers: &Answers) -> Worth {
    let (mut sum, mut last) = (Worth::default(), None);
    for row in rows {
        if matches!(row.rule, Rule::Bonus { .. } | Rule::None) {
            continue;
        }
        let result = score_row(rubric, row, answers);
        sum.points += u32::from(result.score.unwrap_or_default().in_tenths());
        sum.low += u32::from(worst(rubric, &result, answers).in_tenths());
        let owner = row.shares.unwrap_or(row.number);
        if standing(&result) == Some(Blocks::Filing) && last != Some(owner) {
            sum.filing_vetoes += 1;
            last = Some(owner);
        }
    }
    sum
}

/// The veto that stands because of a row; an unanswered one stands.
pub(super) fn standing(result: &RowReport<'_>) -> Option<Blocks> {
    let veto = result.row.veto.as_ref()?;
    (result.vetoed || !result.answered).then_some(veto.blocks)
}

/// The points that a row has for certain: a 酌情 row at its low estimate, or as it is where it has none; every other with
/// each doubtful reading the other way; none while it is unanswered.
pub(super) fn worst(rubric: &Rubric, result: &RowReport<'_>, answers: &Answers) -> Points {
    let (row, facts) = (result.row, answers.row(result.row.number));
    let Some(score) = result.score else { return Points::ZERO };
    let exactly = match &row.rule {
        Rule::Judged { .. } | Rule::Tiers { .. } => None,
        Rule::Lease { term, .. } => {
            term.as_ref().map(|it| it.months()).filter(|it| facts.get(Fact::Months) == Some(*it))
        }
        _ => return result.low.unwrap_or_default(),
    };
    let low = facts.get(Fact::Low).filter(|low| facts.get(Fact::Award).is_some_and(|it| *low < it));
    if (low, exactly) == (None, None) {
        return score;
    }
    let mut other: Answers = facts.given().iter().copied().collect();
    if let Some(low) = low {
        other.set(row.number, Fact::Award, Some(low));
    }
    if let Some(months) = exactly {
        // a term of exactly so many years counts as the shorter one
        other.set(row.number, Fact::Months, Some(months - 1));
    }
    score_row(rubric, row, &other).score.unwrap_or_default()
}
