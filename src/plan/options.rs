//! What a row can be brought to.

use crate::rubric::{Fact, Points, Rubric};
use crate::score::Answers;

use super::Wishes;

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
/// has nothing to gain.
pub fn options(rubric: &Rubric, answers: &Answers, wishes: &Wishes, row: u16) -> Vec<ToState> {
    let _ = (rubric, answers, wishes, row);
    Vec::new()
}
