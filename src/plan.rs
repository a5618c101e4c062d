//! 整改清单: what to change so that a sheet reaches a band.
//!
//! Every state that a row can be brought to is scored by the engine itself, so that shared cells, floors, head counts,
//! leases and tiers count as they do on the sheet. The choice among all of them is exact.

mod choose;
mod group;
mod options;
mod rest;
mod special;
mod states;
mod wishes;
mod words;

use crate::order;
use crate::rubric::{Band, Blocks, Fact, Points, Row, Rubric, Rule};
use crate::score::{Answers, Report, Verdict, score, score_row};

use group::{Worth, groups, lay, standing, worth};
use states::{BASIC, FULL, RowState, awarded};

pub use options::{ToState, options};
pub use rest::{Lost, WhyNot, lost};
pub use wishes::{Effort, Mark, Wishes};
pub use words::{to_do, words};

/// What to change, and what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct MendPlan<'r> {
    /// The band that is wanted.
    pub target: &'r Band,
    /// No veto that blocks filing is left, and the points are enough.
    pub reached: bool,
    /// What stands in the way, where it is not reached.
    pub why: Option<WhyNot>,
    /// In printed order, a row each. Where the band cannot be reached: what clears most vetoes and gains most.
    pub changes: Vec<Mend>,
    /// Sum of the costs, in tenths.
    pub cost: u64,
    /// Points without 优先项目, before and after all changes.
    pub before: Points,
    pub after: Points,
    /// The same with every 酌情 row at its low estimate, where it has one, and every doubtful reading the other way.
    pub low_before: Points,
    pub low_after: Points,
    /// What the verdict is after all changes; pending while rows stay unanswered.
    pub verdict_after: Verdict<'r>,
    /// Vetoes that stand after all changes: those that block filing, and those that only block starting work. An
    /// unanswered veto stands. A shared one is named once, by its first row.
    pub filing_vetoes: Vec<u16>,
    pub work_vetoes: Vec<u16>,
}

/// One row to be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    pub row: u16,
    /// The facts given before, sorted; none where nothing was said.
    pub from: Vec<(Fact, i64)>,
    /// The facts that take their place, all of them, sorted.
    pub to: Vec<(Fact, i64)>,
    /// What it adds to the total after the changes before it: rows with a head count come first, then printed order.
    pub gain: Points,
    /// By how much the count of the row changes, one 项, 名, 处 or 人 each; 1 for a row that counts nothing.
    pub units: u64,
    pub effort: Effort,
    /// Of all its units together, in tenths.
    pub cost: u64,
    /// A veto of the row, for filing or for starting work, stood before and does not after.
    pub clears_veto: bool,
}

/// The cheapest set of changes that clears every veto that blocks filing and reaches the band that is wished for. Of equal
/// costs the fewest rows, of these the fewest units, of these the rows that come first in print. A 酌情 row and one that
/// earns its points in steps of one unit are brought no further than is needed, from the last row up. `None` for a rubric
/// without bands.
///
/// Rows are never made worse, those marked 办不到 are left as they are, and an unanswered row counts as not having it.
pub fn plan<'r>(rubric: &'r Rubric, answers: &Answers, wishes: &Wishes) -> Option<MendPlan<'r>> {
    let target = wished(rubric, wishes)?;
    if rubric.totals.special {
        return special_plan(rubric, target, answers, wishes);
    }
    let groups = groups(rubric, answers, wishes);
    let rows: Vec<&Row> = rubric.rows().collect();
    let before = worth(rubric, &rows, answers);
    let enough = u32::from(target.at_least.in_tenths());
    let found = choose::cheapest(&groups, enough.saturating_sub(before.counted(wishes.safe)), wishes.safe);
    let reached = found.is_some();
    let taken = found.unwrap_or_else(|| choose::most(&groups, wishes.safe));
    let mut to: Vec<(&Row, RowState)> = Vec::new();
    for (group, taken) in groups.iter().zip(taken) {
        let states = group.rows.iter().zip(&group.choices[taken].to);
        to.extend(states.filter_map(|(row, state)| Some((*row, state.clone()?))));
    }
    // groups may reach into each other
    order::sort_by_key(&mut to, |it| rows.iter().position(|row| row.number == it.0.number));
    let mut laid = answers.clone();
    to.iter().for_each(|(row, state)| lay(&mut laid, row.number, &state.facts));
    if reached {
        let suffices = |after: Worth| after.filing_vetoes == 0 && enough <= after.counted(wishes.safe);
        for (row, state) in to.iter_mut().rev() {
            let excess = worth(rubric, &rows, &laid).counted(wishes.safe).saturating_sub(enough);
            let fewer = smaller(rubric, row, answers, wishes, state, excess);
            let enough = fewer.into_iter().find(|facts| {
                lay(&mut laid, row.number, facts);
                suffices(worth(rubric, &rows, &laid))
            });
            state.facts = enough.unwrap_or_else(|| std::mem::take(&mut state.facts));
            lay(&mut laid, row.number, &state.facts);
        }
    }
    let after = worth(rubric, &rows, &laid);
    let points = [before.points, before.low, after.points, after.low].map(in_points);
    Some(made((rubric, target, wishes), reached, answers, (&laid, &to), points))
}

/// The plan that these changes are, with the total and the low one before and after them.
fn made<'r>(
    (rubric, target, wishes): (&'r Rubric, &'r Band, &Wishes),
    reached: bool,
    answers: &Answers,
    (laid, to): (&Answers, &[(&Row, RowState)]),
    [before, low_before, after, low_after]: [Points; 4],
) -> MendPlan<'r> {
    let report = score(rubric, laid);
    let changes = changes(rubric, answers, wishes, to);
    let mut made = MendPlan {
        target,
        reached,
        why: None,
        cost: changes.iter().fold(0, |sum, change| sum.saturating_add(change.cost)),
        changes,
        before,
        after,
        low_before,
        low_after,
        verdict_after: report.verdict(),
        filing_vetoes: vetoes(&report, Blocks::Filing),
        work_vetoes: vetoes(&report, Blocks::Work),
    };
    made.why = (!reached).then(|| rest::why_not(&report, laid, wishes, &made));
    made
}

/// The same where the total is more than a sum.
fn special_plan<'r>(rubric: &'r Rubric, target: &'r Band, answers: &Answers, wishes: &Wishes) -> Option<MendPlan<'r>> {
    let band = rubric.outcomes().iter().position(|it| it == target)?;
    let (mut to, reached) = special::found(rubric, band, answers, wishes);
    order::sort_by_key(&mut to, |it| it.0.number);
    let mut laid = answers.clone();
    to.iter().for_each(|(row, state)| lay(&mut laid, row.number, &state.facts));
    let (before, after) = (score(rubric, answers), score(rubric, &laid));
    let points = [before.base, before.low, after.base, after.low];
    Some(made((rubric, target, wishes), reached, answers, (&laid, &to), points))
}

/// Answers of fewer points that take as many units as the state does, the fewest points first; a 酌情 row can do with less
/// by every tenth.
fn smaller(
    rubric: &Rubric,
    row: &Row,
    answers: &Answers,
    wishes: &Wishes,
    state: &RowState,
    excess: u32,
) -> Vec<Vec<(Fact, i64)>> {
    let facts = answers.row(row.number);
    let value = |fact| state.facts.iter().find(|it| it.0 == fact).map(|it| it.1);
    let (excess, worth) = (i64::from(excess), i64::from(row.points.unwrap_or_default().in_tenths()));
    if excess == 0 {
        return vec![];
    }
    let less = |award: i64| award.saturating_sub(excess).max(facts.get(Fact::Award).unwrap_or(-1).saturating_add(1));
    match (value(Fact::Award), value(Fact::Level), value(Fact::Score)) {
        (Some(award), ..) => {
            let beside: Vec<_> = state
                .facts
                .iter()
                .filter(|it| !matches!(it.0, Fact::Award | Fact::Low | Fact::High))
                .copied()
                .collect();
            // of a printed level no less than what it begins with
            let least = match &row.rule {
                Rule::Choice { levels } => {
                    let level = value(Fact::Choice).and_then(|it| levels.get(usize::try_from(it).ok()?));
                    level.map_or(0, |it| i64::from(it.from.in_tenths()))
                }
                _ => 0,
            };
            vec![awarded(facts, less(award).max(least).min(award), &beside)]
        }
        (_, Some(FULL), _) if excess < worth => vec![awarded(facts, less(worth), BASIC)],
        (.., Some(score)) => vec![vec![(Fact::Score, score.saturating_sub(excess).max(0))]],
        _ => {
            let all = states::states(rubric, row, answers, wishes).into_iter();
            let before = all.take_while(|it| it.facts != state.facts);
            before.filter(|it| it.units == state.units).map(|it| it.facts).collect()
        }
    }
}

/// The changes in printed order, with what each adds.
fn changes(rubric: &Rubric, answers: &Answers, wishes: &Wishes, to: &[(&Row, RowState)]) -> Vec<Mend> {
    let leads = |row: &Row| matches!(row.rule, Rule::Number { .. } | Rule::Experts { .. });
    let mut laid = answers.clone();
    let mut total = score(rubric, &laid);
    let mut gains = vec![Points::ZERO; to.len()];
    for first in [true, false] {
        for (at, (row, state)) in to.iter().enumerate().filter(|it| leads(it.1.0) == first) {
            lay(&mut laid, row.number, &state.facts);
            let next = score(rubric, &laid);
            gains[at] = next.base.less(total.base);
            total = next;
        }
    }
    let stands = |row: &Row, answers: &Answers| standing(&score_row(rubric, row, answers)).is_some();
    let left: Vec<u16> =
        rubric.rows().filter(|it| stands(it, &laid)).map(|it| it.shares.unwrap_or(it.number)).collect();
    let change = |((row, state), gain): (&(&Row, RowState), Points)| {
        let mark = wishes.mark(row.number);
        Mend {
            row: row.number,
            from: answers.row(row.number).given().iter().map(|it| (it.fact, it.value)).collect(),
            to: state.facts.clone(),
            gain,
            units: state.units,
            effort: mark.effort,
            cost: mark.unit_cost().saturating_mul(state.units),
            clears_veto: stands(row, answers) && !left.contains(&row.shares.unwrap_or(row.number)),
        }
    };
    to.iter().zip(gains).map(change).collect()
}

/// The vetoes that stand, each by its first row; an unanswered one stands.
fn vetoes(report: &Report<'_>, blocks: Blocks) -> Vec<u16> {
    let standing = report.rows.iter().filter(|it| standing(it) == Some(blocks));
    let mut rows: Vec<u16> = standing.map(|it| it.row.shares.unwrap_or(it.row.number)).collect();
    rows.dedup();
    rows
}

fn in_points(tenths: u32) -> Points {
    Points::tenths(u16::try_from(tenths).unwrap_or(u16::MAX))
}

/// The band that is wished for: the highest where none is named, or one that the rubric does not have. `None` for a rubric
/// without bands, which is not sound.
pub fn wished<'r>(rubric: &'r Rubric, wishes: &Wishes) -> Option<&'r Band> {
    let bands = rubric.outcomes();
    bands.iter().find(|it| Some(it.at_least) == wishes.target).or(bands.first())
}
