//! 常见失分: which rows fail most often, over any number of sheets.

use crate::carrier::Known;
use crate::order;
use crate::rubric::{Points, Row, RowKind, Rubric};
use crate::score::Report;

use super::Desk;

/// The result of one row on one sheet. Rows that share a cell count as one, under the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowResult {
    pub row: u16,
    /// The row is answered, or its veto stands.
    pub answered: bool,
    /// Points that are certainly lost; none while the row is unanswered.
    pub lost: Points,
    pub vetoed: bool,
}

/// 失分 of one row over many sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// Id of the edition.
    pub edition: String,
    pub annex: u8,
    pub row: u16,
    /// Sheets on which the row is answered.
    pub n_answered: usize,
    /// Those on which points were lost or the veto was raised.
    pub n_failed: usize,
    pub n_lost: usize,
    pub n_vetoed: usize,
    /// In tenths, over all sheets.
    pub lost: u64,
}

impl Failing {
    /// Points lost on average over the sheets that answered the row, in tenths, with half a tenth rounded up.
    pub fn average_lost(&self) -> u64 {
        let n = (self.n_answered as u64).max(1);
        (2 * self.lost + n) / (2 * n)
    }

    /// The content of the row; its group where content and standard are one cell.
    pub fn content<'k>(&self, known: Known<'k>) -> &'k str {
        let edition = known.editions.iter().find(|it| it.id == self.edition);
        let rubric = edition.and_then(|it| it.rubric(self.annex));
        let found = rubric.and_then(|it| it.groups().find_map(|(_, group)| Some((group, self.among(&group.rows)?))));
        found.map_or("", |(group, row)| if row.content.is_empty() { &group.name } else { &row.content })
    }

    fn among<'r>(&self, rows: &'r [Row]) -> Option<&'r Row> {
        rows.iter().find(|it| it.number == self.row)
    }
}

impl Desk {
    /// For each annex of the entries, all rows on which something can be lost: those that fail on most sheets first,
    /// and among equals those that cost most points.
    pub fn failing(&self, shown: &[usize]) -> Vec<Failing> {
        let mut all: Vec<Failing> = Vec::new();
        let mut entries: Vec<_> = shown.iter().filter_map(|it| self.entries.get(*it)).collect();
        order::sort_by(&mut entries, |a, b| (a.annex, &a.edition).cmp(&(b.annex, &b.edition)));
        let mut start = 0;
        for entry in entries {
            let same = |it: &Failing| it.annex == entry.annex && it.edition == entry.edition;
            if !all.get(start).is_some_and(same) {
                start = all.len();
                all.extend(entry.outcomes.iter().map(|result| Failing {
                    edition: entry.edition.clone(),
                    annex: entry.annex,
                    row: result.row,
                    n_answered: 0,
                    n_failed: 0,
                    n_lost: 0,
                    n_vetoed: 0,
                    lost: 0,
                }));
            }
            // all sheets of a rubric have the same rows in the same order
            for (failing, result) in all[start..].iter_mut().zip(&entry.outcomes) {
                let lost = Points::ZERO < result.lost;
                failing.n_answered += usize::from(result.answered);
                failing.n_failed += usize::from(lost || result.vetoed);
                failing.n_lost += usize::from(lost);
                failing.n_vetoed += usize::from(result.vetoed);
                failing.lost += u64::from(result.lost.in_tenths());
            }
        }
        let worst_first = |it: &Failing| (std::cmp::Reverse((it.n_failed, it.lost)), it.row);
        order::sort_by(&mut all, |a, b| {
            (a.annex, &a.edition).cmp(&(b.annex, &b.edition)).then_with(|| worst_first(a).cmp(&worst_first(b)))
        });
        all
    }
}

/// The rows of a sheet on which something can be lost, in printed order.
pub(super) fn outcomes(report: &Report<'_>) -> Vec<RowResult> {
    let rubric: &Rubric = report.rubric;
    let counts = |kind| matches!(kind, RowKind::Scored | RowKind::Veto | RowKind::ScoredVeto);
    let own = report.rows.iter().filter(|it| it.row.shares.is_none() && counts(rubric.kind(it.row)));
    own.map(|result| {
        let mut of_cell = report.rows.iter().filter(|other| other.row.shares == Some(result.row.number));
        let vetoed = result.vetoed || of_cell.any(|other| other.vetoed);
        let answered = result.answered || vetoed;
        let worth = result.row.points.unwrap_or_default();
        // where a shared cell is not yet answered in full, the points that are lost so far are already lost for good
        let left = result.score.or(result.high).unwrap_or(worth);
        let lost = if answered { worth.less(left) } else { Points::ZERO };
        RowResult { row: result.row.number, answered, lost, vetoed }
    })
    .collect()
}
