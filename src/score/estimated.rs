//! What a total comes to at the applicant's own lowest and highest estimates, and which rows decide the verdict then.

use crate::rubric::Points;

use super::total::{End, share};
use super::{Report, RowReport, Verdict};

/// The total between the estimates of a sheet that has some. The likely total is [`Report::base`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimated {
    /// Every row with an estimate at its lowest; the others as they are.
    pub low: Points,
    pub high: Points,
    /// The rows that decide between the verdicts of these two totals and the likely one, in printed order: below the likely
    /// total and above it, each row that changes the verdict alone, the others as they are; where the verdict changes and
    /// none does so alone, the fewest rows that do it together, of equally many those with the most between their estimates.
    /// Empty where the verdict is the same everywhere, where a veto settles it, and while rows are unanswered.
    pub deciding: Vec<u16>,
}

impl Report<'_> {
    /// `None` where no estimate is given.
    pub fn estimated(&self) -> Option<Estimated> {
        let (mut below, mut above) = (Vec::new(), Vec::new());
        for row in &self.rows {
            if let (Some((low, high)), Some(score)) = (row.estimated, row.score) {
                below.push((row.row.number, score.less(low)));
                above.push((row.row.number, high.less(score)));
            }
        }
        if below.is_empty() {
            return None;
        }
        let sum = |rows: &[(u16, Points)]| rows.iter().fold(Points::ZERO, |sum, it| sum + it.1);
        let (mut low, mut high) = (self.base.less(sum(&below)), self.base + sum(&above));
        if self.rubric.totals.special {
            // each row counts in its own way, and no row is told to decide alone
            let at = |pick: fn((Points, Points)) -> Points| {
                self.total_where(&|row| match row.estimated {
                    Some(ends) => share(&RowReport { score: Some(pick(ends)), ..*row }, End::Likely),
                    None => share(row, End::Likely),
                })
            };
            (low, high) = (at(|it| it.0), at(|it| it.1));
            return Some(Estimated { low, high, deciding: Vec::new() });
        }
        let less = self.deciding(below, |it| self.base.less(it));
        let more = self.deciding(above, |it| self.base + it);
        let numbers = self.rows.iter().map(|it| it.row.number);
        let deciding = numbers.filter(|it| less.contains(it) || more.contains(it)).collect();
        Some(Estimated { low, high, deciding })
    }

    /// The rows that change the verdict by so many points each, or together.
    fn deciding(&self, mut rows: Vec<(u16, Points)>, total: impl Fn(Points) -> Points) -> Vec<u16> {
        let now = self.verdict();
        let changes = |by: Points| {
            matches!(now, Verdict::Band(_) | Verdict::BelowAllThresholds) && self.verdict_for(total(by)) != now
        };
        let alone: Vec<u16> = rows.iter().filter(|it| changes(it.1)).map(|it| it.0).collect();
        if !alone.is_empty() {
            return alone;
        }
        // the most first: no other choice of as many rows comes further
        let (mut taken, mut by) = (Vec::new(), Points::ZERO);
        while !changes(by) {
            let Some(most) = rows.iter().map(|it| it.1).max() else { return Vec::new() };
            let at = rows.iter().position(|it| it.1 == most).unwrap_or_default();
            taken.push(rows.remove(at).0);
            by = by + most;
        }
        taken
    }
}
