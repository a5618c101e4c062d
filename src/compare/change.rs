//! Which rows brought about another verdict: computed by taking them over and scoring again, never guessed.

use std::cmp::Reverse;

use crate::dossier::Sheet;
use crate::order;
use crate::rubric::{Blocks, Rubric};
use crate::score::{Answers, Report, Verdict, score};

use super::Both;

/// Why two sheets have different verdicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// 否决项 that block filing and stand on that side only, each as the row under which it is reported.
    pub vetoes: Both<Vec<u16>>,
    /// Rows that only that side leaves unanswered, where its verdict is pending.
    pub unanswered: Both<Vec<u16>>,
    /// What that side has to take over to reach the verdict of the other.
    pub to_turn: Both<Flip>,
}

/// Rows which, taken over, bring a sheet to the verdict of the other, in printed order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flip {
    /// Each of these rows alone.
    Each(Vec<u16>),
    /// No row alone is enough: these together are, and none of them can be left out. There may be other such sets; this
    /// one prefers rows with a veto, then those that were unanswered, then those that move the points most.
    Together(Vec<u16>),
}

impl Flip {
    pub fn rows(&self) -> &[u16] {
        match self {
            Flip::Each(rows) | Flip::Together(rows) => rows,
        }
    }

    /// How many rows have to be changed.
    pub fn n_to_change(&self) -> usize {
        match self {
            Flip::Each(_) => 1,
            Flip::Together(rows) => rows.len(),
        }
    }
}

/// `None` where both sheets have the same verdict.
pub(super) fn change(sheets: Both<&Sheet>, reports: &Both<Report<'_>>) -> Option<Change> {
    let (left, right) = (&reports.left, &reports.right);
    if left.settled() == right.settled() {
        return None;
    }
    let only = |here: &[u16], there: &[u16]| here.iter().filter(|it| !there.contains(it)).copied().collect::<Vec<_>>();
    let unanswered = |here: &Report<'_>, there: &Report<'_>| match here.settled() {
        Verdict::Pending => only(&here.unanswered, &there.unanswered),
        Verdict::FilingVetoed | Verdict::Band(_) | Verdict::BelowAllThresholds => Vec::new(),
    };
    Some(Change {
        vetoes: Both {
            left: only(&left.filing_vetoes, &right.filing_vetoes),
            right: only(&right.filing_vetoes, &left.filing_vetoes),
        },
        unanswered: Both { left: unanswered(left, right), right: unanswered(right, left) },
        to_turn: Both {
            left: Turn::between(left.rubric, sheets.left, sheets.right).flip(left, right),
            right: Turn::between(left.rubric, sheets.right, sheets.left).flip(right, left),
        },
    })
}

/// One sheet on its way to the verdict of another.
struct Turn<'t> {
    rubric: &'t Rubric,
    here: &'t Answers,
    there: &'t Answers,
}

impl<'t> Turn<'t> {
    fn between(rubric: &'t Rubric, here: &'t Sheet, there: &'t Sheet) -> Turn<'t> {
        Turn { rubric, here: &here.answers, there: &there.answers }
    }

    fn flip(&self, here: &Report<'_>, there: &Report<'_>) -> Flip {
        let aim = there.settled();
        let mut rows = self.differing(here, there);
        self.by_gain(&mut rows, &[], here, there);
        let mut alone: Vec<u16> = rows.iter().map(|it| it.row).filter(|row| self.reaches(&[*row], aim)).collect();
        if !alone.is_empty() {
            order::sort(&mut alone);
            return Flip::Each(alone);
        }
        let mut taken = Vec::new();
        while !rows.is_empty() && !self.reaches(&taken, aim) {
            // how much a row moves the points depends on the rows taken before it
            if rows[0].weight == ChangeWeight::Points {
                self.by_gain(&mut rows, &taken, &score(self.rubric, &self.with(&taken)), there);
            }
            taken.push(rows.remove(0).row);
        }
        self.spare(&mut taken, aim);
        order::sort(&mut taken);
        Flip::Together(taken)
    }

    /// Removes rows that are not needed, beginning with the last.
    fn spare(&self, taken: &mut Vec<u16>, aim: Verdict<'_>) {
        let mut at = taken.len();
        while 0 < at {
            at -= 1;
            let row = taken.remove(at);
            if self.reaches(taken, aim) {
                // without this row, an earlier one may not be needed either
                at = taken.len();
            } else {
                taken.insert(at, row);
            }
        }
    }

    fn differing(&self, here: &Report<'_>, there: &Report<'_>) -> Vec<ChangeCandidate> {
        let same = |row: u16| self.here.row(row).given() == self.there.row(row).given();
        let pairs = here.rows.iter().zip(&there.rows).filter(|(it, _)| !same(it.row.number));
        let weighed = pairs.map(|(here, there)| {
            let blocks = here.row.veto.as_ref().is_some_and(|it| it.blocks == Blocks::Filing);
            let weight = if blocks && here.vetoed != there.vetoed {
                ChangeWeight::Veto
            } else if here.answered != there.answered {
                ChangeWeight::Answered
            } else {
                ChangeWeight::Points
            };
            ChangeCandidate { row: here.row.number, weight }
        });
        weighed.collect()
    }

    /// Sorts rows by their weight, and by how far each moves the points towards those of the other sheet once `taken`
    /// are taken over.
    fn by_gain(&self, rows: &mut [ChangeCandidate], taken: &[u16], now: &Report<'_>, there: &Report<'_>) {
        let tenths = |it: &Report<'_>| i32::from(it.base.in_tenths());
        let rises = tenths(now) < tenths(there);
        order::sort_by_cached_key(rows, |candidate| {
            let moved = tenths(&score(self.rubric, &self.with(&[taken, &[candidate.row]].concat()))) - tenths(now);
            (candidate.weight, Reverse(if rises { moved } else { -moved }), candidate.row)
        });
    }

    fn reaches(&self, rows: &[u16], aim: Verdict<'_>) -> bool {
        score(self.rubric, &self.with(rows)).settled() == aim
    }

    /// The answers of this sheet, with these rows as in the other one.
    fn with(&self, rows: &[u16]) -> Answers {
        let kept = self.here.iter().filter(|it| !rows.contains(&it.row));
        kept.chain(self.there.iter().filter(|it| rows.contains(&it.row))).copied().collect()
    }
}

/// A row that may be taken over.
struct ChangeCandidate {
    row: u16,
    weight: ChangeWeight,
}

/// How a row affects the verdict, the gravest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ChangeWeight {
    Veto,
    Answered,
    Points,
}
