//! What one row can be brought to, for whoever asks what would earn its points.

use crate::rubric::{Fact, Points, Rubric};
use crate::score::{Answers, faults, score};

use super::group::{lay, standing};
use super::states::states;
use super::{Effort, Wishes};

/// A state that a row can be brought to, and what it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToState {
    /// All facts of the row, sorted.
    pub to: Vec<(Fact, i64)>,
    /// As in a change.
    pub units: u64,
    pub cost: u64,
    /// By how much the total rises if this alone is changed.
    pub gain: Points,
    pub clears_veto: bool,
}

/// What a row can be brought to, from the smallest change to the largest; nothing for a row that cannot be mended or
/// is as good as it can be. Of a 酌情 row, only the most that it can be brought to.
pub fn options(rubric: &Rubric, answers: &Answers, wishes: &Wishes, row: u16) -> Vec<ToState> {
    let mark = wishes.mark(row);
    let Some(found) = rubric.row(row).filter(|_| mark.effort != Effort::Never) else { return vec![] };
    let (before, n_faults) = (score(rubric, answers), faults(rubric, answers).len());
    let owner = found.shares.unwrap_or(row);
    let stands = |answers: &Answers| {
        let report = score(rubric, answers);
        report.rows.iter().any(|it| it.row.shares.unwrap_or(it.row.number) == owner && standing(it).is_some())
    };
    let stood = stands(answers);
    let mut all = Vec::new();
    for state in states(rubric, found, answers, wishes) {
        let mut laid = answers.clone();
        lay(&mut laid, row, &state.facts);
        if n_faults < faults(rubric, &laid).len() {
            continue;
        }
        all.push(ToState {
            units: state.units,
            cost: mark.unit_cost().saturating_mul(state.units),
            gain: score(rubric, &laid).base.less(before.base),
            clears_veto: stood && !stands(&laid),
            to: state.facts,
        });
    }
    all
}
