//! What a row shows of its result. Two that are equal look the same, whatever was answered elsewhere meanwhile.

use crate::rubric::Points;

use super::explain::arithmetic;
use super::faults::faults_of;
use super::{Answers, FaultKind, Report};

/// One row's result, as it stands beside the row's fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub answered: bool,
    pub vetoed: bool,
    /// 3 − 1 × 1 = 2 分. Empty while unanswered.
    pub arithmetic: String,
    /// Why an answer of the row cannot be, the first of several.
    pub fault: Option<FaultKind>,
    pub doubt: Option<Doubt>,
}

/// The range that a doubtful spot of the text leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub low: Points,
    pub high: Points,
    /// Ids of the readings that decided.
    pub readings: Vec<String>,
}

/// `None` where the rubric has no such row. `answers` are those of the report: what a row shows may come from another row,
/// as the number of people does of whom it has defects.
pub fn shown(report: &Report<'_>, row: u16, answers: &Answers) -> Option<Shown> {
    let found = report.row(row)?;
    let (low, high) = (found.low.unwrap_or_default(), found.high.unwrap_or_default());
    let readings = || found.doubts.into_iter().flatten().map(str::to_owned).collect();
    Some(Shown {
        answered: found.answered,
        vetoed: found.vetoed,
        arithmetic: if found.answered { arithmetic(report, found, answers) } else { String::new() },
        fault: faults_of(found.row, answers).into_iter().next().map(|it| it.kind),
        doubt: (found.answered && low != high).then(|| Doubt { low, high, readings: readings() }),
    })
}
