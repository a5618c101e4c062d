//! What is lost, and what stands in the way.

use crate::rubric::{Blocks, Points, Rubric};
use crate::score::Report;

/// A row that does not have all its points, or whose veto stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    pub row: u16,
    /// The points that it lacks: all of them where it is unanswered.
    pub points: Points,
    /// The veto that stands; an unanswered one stands, too.
    pub veto: Option<Blocks>,
    pub answered: bool,
}

/// Why no set of changes is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhyNot {
    /// Vetoes that block filing and that nothing can clear, each by its first row.
    pub vetoes: Vec<u16>,
    /// What is missing to the band after all that can be done.
    pub short: Points,
    /// Rows marked 办不到 that lack points or hold one of the vetoes.
    pub never: Vec<u16>,
    /// Other rows that lack points and cannot have them: a lease, a reach below the row's points, a low estimate.
    pub limited: Vec<u16>,
}

/// What is lost, row by row: vetoes that block filing, vetoes that block starting work, then most points first.
pub fn lost(report: &Report<'_>) -> Vec<Lost> {
    let _ = report;
    Vec::new()
}

impl WhyNot {
    /// In words, for a person.
    pub fn words(&self, rubric: &Rubric) -> String {
        let _ = rubric;
        String::new()
    }
}
