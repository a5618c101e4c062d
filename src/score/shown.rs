//! What a page shows of a row's result. Equal ones look the same, whatever was answered elsewhere in the meantime.

use crate::rubric::Points;

use super::explain::arithmetic;
use super::faults::faults_of;
use super::{Answers, FaultKind, Grade, Report};

/// One row's result, as it stands beside the row's fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRow {
    pub answered: bool,
    pub unsure: bool,
    pub grade: Grade,
    /// 3 − 1 × 1 = 2 分. Empty while unanswered.
    pub arithmetic: String,
    /// Why an answer of the row cannot be right: the first reason, where there are several.
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

/// `None` where the rubric has no such row. `answers` are those of the report: what a row shows may depend on another
/// row, as defects counted by person depend on the row with the number of people.
pub fn shown(report: &Report<'_>, row: u16, answers: &Answers) -> Option<ShownRow> {
    let found = report.row(row)?;
    let (low, high) = (found.low.unwrap_or_default(), found.high.unwrap_or_default());
    let readings = || found.doubts.into_iter().flatten().map(str::to_owned).collect();
    Some(ShownRow {
        answered: found.answered,
        unsure: found.unsure,
        grade: found.grade(answers.row(row)),
        arithmetic: if found.answered { arithmetic(report, found, answers) } else { String::new() },
        fault: faults_of(found.row, answers).into_iter().next().map(|it| it.kind),
        doubt: (found.answered && low != high).then(|| Doubt { low, high, readings: readings() }),
    })
}
