//! 整改清单: what to change so that a sheet reaches a band.
//!
//! Every state that a row can be brought to is scored by the engine itself, so that shared cells, floors, head counts,
//! leases and tiers count as they do on the sheet. The choice among all of them is exact.

mod options;
mod rest;
mod wishes;
mod words;

use crate::rubric::{Band, Fact, Points, Rubric};
use crate::score::{Answers, Report, Verdict, score};

pub use options::{ToState, options};
pub use rest::{Lost, WhyNot, lost};
pub use wishes::{Effort, Mark, Wishes};
pub use words::words;

/// What to change, and what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'r> {
    /// The band that is wanted.
    pub target: &'r Band,
    /// No veto that blocks filing is left, and the points are enough.
    pub reached: bool,
    /// What stands in the way, where it is not reached.
    pub why: Option<WhyNot>,
    /// In printed order, a row each. Where the band cannot be reached: what clears most vetoes and gains most.
    pub changes: Vec<Change>,
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
pub struct Change {
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

/// The cheapest set of changes that clears every veto that blocks filing and reaches the band that is wished for.
pub fn plan<'r>(rubric: &'r Rubric, answers: &Answers, wishes: &Wishes) -> Option<Plan<'r>> {
    let target = wished(rubric, wishes)?;
    let report: Report<'r> = score(rubric, answers);
    Some(Plan {
        target,
        reached: report.filing_vetoes.is_empty() && target.at_least <= report.base,
        why: None,
        changes: Vec::new(),
        cost: 0,
        before: report.base,
        after: report.base,
        low_before: report.base,
        low_after: report.base,
        verdict_after: report.verdict(),
        filing_vetoes: report.filing_vetoes.clone(),
        work_vetoes: report.work_vetoes.clone(),
    })
}

/// The band that is wished for: the highest where none is named, or one that the rubric does not have. `None` for a rubric
/// without bands, which is not sound.
pub fn wished<'r>(rubric: &'r Rubric, wishes: &Wishes) -> Option<&'r Band> {
    rubric.bands.iter().find(|it| Some(it.at_least) == wishes.target).or(rubric.bands.first())
}
