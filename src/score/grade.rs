//! What a result is worth, why it may still become another, and what would improve it most.

use crate::rubric::{Band, Fact, Points, RowKind, Rule};

use super::total::{End, best, share};
use super::{Report, RowFacts, RowReport, Verdict};

/// How a sheet or a row stands, in the order from open to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Not answered to the end.
    Open,
    /// All points, or the highest band and nothing against starting work.
    Full,
    /// Some of the points, or a lower band.
    Part,
    /// No points, or a total below every threshold.
    Nothing,
    /// 触发否决项.
    Vetoed,
}

/// Why the least or the most that a total can become is another number than the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsettled {
    Unanswered,
    /// 酌情.
    Judged,
    /// 解读: the text can be read in two ways.
    Reading,
}

/// The rows for one such reason, and by how much they can lower and raise the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsettledRows {
    pub why: Unsettled,
    pub rows: Vec<u16>,
    pub below: Points,
    pub above: Points,
}

impl Grade {
    /// Nothing can be filed as it is, or the documents do not say what becomes of it.
    pub fn fails(self) -> bool {
        matches!(self, Grade::Nothing | Grade::Vetoed)
    }
}

impl Unsettled {
    pub const ALL: [Unsettled; 3] = [Unsettled::Unanswered, Unsettled::Judged, Unsettled::Reading];

    pub fn label(self) -> &'static str {
        match self {
            Unsettled::Unanswered => "未评",
            Unsettled::Judged => "酌情",
            Unsettled::Reading => "解读",
        }
    }
}

impl RowReport<'_> {
    /// `facts` are those given about the row: a cell that it shares, and a requirement without points, have no score
    /// here.
    pub fn grade(&self, facts: RowFacts<'_>) -> Grade {
        if self.vetoed {
            return Grade::Vetoed;
        }
        if !self.answered {
            return Grade::Open;
        }
        if self.skipped {
            return Grade::Full;
        }
        match (&self.row.rule, self.score.zip(self.row.points)) {
            // nobody has to have it
            (Rule::Bonus { .. }, _) => {
                if facts.yes(Fact::Has) == Some(true) {
                    Grade::Full
                } else {
                    Grade::Open
                }
            }
            (_, Some((Points::ZERO, worth))) if Points::ZERO < worth => Grade::Nothing,
            (_, Some((score, worth))) if score < worth => Grade::Part,
            (Rule::None, _) if facts.yes(Fact::Met) == Some(false) => Grade::Nothing,
            (Rule::Hazard { .. }, _) if facts.get(Fact::Defects) != Some(0) => Grade::Part,
            _ => Grade::Full,
        }
    }

    fn unsettled(&self) -> Unsettled {
        // levels, lists and quantities have no range but one in which an assessor judges
        let judged = matches!(
            self.row.rule,
            Rule::Judged { .. } | Rule::Tiers { .. } | Rule::Lease { .. } | Rule::Choice { .. } | Rule::Listed { .. }
        );
        match self.score {
            None => Unsettled::Unanswered,
            Some(_) if judged => Unsettled::Judged,
            Some(_) => Unsettled::Reading,
        }
    }
}

impl<'r> Report<'r> {
    pub fn grade(&self) -> Grade {
        match self.settled() {
            Verdict::Pending => Grade::Open,
            Verdict::FilingVetoed => Grade::Vetoed,
            Verdict::BelowAllThresholds => Grade::Nothing,
            Verdict::Band(it) if self.rubric.outcomes().first() == Some(it) && self.work_vetoes.is_empty() => {
                Grade::Full
            }
            Verdict::Band(_) => Grade::Part,
        }
    }

    /// The next band above the points, and how much is missing to it. `None` while rows are unanswered.
    pub fn short_of(&self) -> Option<(Points, &'r Band)> {
        // of several scales no one total decides
        let above = |it: &&Band| self.base < it.at_least && self.scales.is_empty();
        let next = self.rubric.bands.iter().rev().find(above).filter(|_| self.is_complete())?;
        Some((next.at_least.less(self.base), next))
    }

    /// The rows of which the applicant said 不适用/待确认. They are unanswered.
    pub fn unsure(&self) -> impl Iterator<Item = u16> {
        self.rows.iter().filter(|it| it.unsure).map(|it| it.row.number)
    }

    /// The first row to answer that nobody has said 待确认 of, else the first of those.
    pub fn next_unanswered(&self) -> Option<u16> {
        let sure = self.unanswered.iter().copied().find(|it| self.unsure().all(|unsure| unsure != *it));
        sure.or(self.unanswered.first().copied())
    }

    /// The rows for which the total may become another, by reason.
    pub fn unsettled(&self) -> Vec<UnsettledRows> {
        let mut found = Vec::new();
        for why in Unsettled::ALL {
            let mut all = UnsettledRows { why, rows: Vec::new(), below: Points::ZERO, above: Points::ZERO };
            for row in &self.rows {
                let (score, low) = (row.score.unwrap_or_default(), row.low.unwrap_or_default());
                let (below, above) = (score.less(low), row.high.unwrap_or_default().less(score));
                let none = (below, above) == (Points::ZERO, Points::ZERO) || matches!(row.row.rule, Rule::Bonus { .. });
                if !none && row.unsettled() == why {
                    all.rows.push(row.row.number);
                    (all.below, all.above) = (all.below + below, all.above + above);
                }
            }
            if !all.rows.is_empty() {
                if self.rubric.totals.special {
                    let at = |end| {
                        let of =
                            |row: &RowReport<'r>| if all.rows.contains(&row.row.number) { end } else { End::Likely };
                        self.total_where(&|row| share(row, of(row)))
                    };
                    (all.below, all.above) = (self.base.less(at(End::Low)), at(End::High).less(self.base));
                }
                found.push(all);
            }
        }
        found
    }

    /// What would improve the result, with the points there are to gain: rows whose veto stands, then the rows that lack
    /// most points.
    pub fn to_improve(&self) -> Vec<(u16, Points)> {
        let mut found: Vec<(u16, Points)> = Vec::new();
        for row in &self.rows {
            let of_total = matches!(self.rubric.kind(row.row), RowKind::Scored | RowKind::ScoredVeto);
            let missing = row.row.points.unwrap_or_default().less(row.score.unwrap_or_default());
            let mut gain = if of_total && row.score.is_some() { missing } else { Points::ZERO };
            if self.rubric.totals.special && gain != Points::ZERO {
                let with = |other: &RowReport<'r>| {
                    if other.row.number == row.row.number { best(other) } else { share(other, End::Likely) }
                };
                gain = self.total_where(&with).less(self.base);
            }
            if gain != Points::ZERO || self.veto_of(row.row.number) < 2 {
                found.push((row.row.number, gain));
            }
        }
        // one after the other: a sort would be 1 KB more for a page that needs nothing else of it
        let mut sorted = Vec::with_capacity(found.len());
        while !found.is_empty() {
            let mut best = 0;
            for (at, (row, gain)) in found.iter().enumerate() {
                let (least, most) = (self.veto_of(found[best].0), found[best].1);
                let of = self.veto_of(*row);
                if of < least || (of == least && most < *gain) {
                    best = at;
                }
            }
            sorted.push(found.remove(best));
        }
        sorted
    }

    /// 0 where the row's veto blocks filing, 1 where it blocks starting work, 2 where none stands.
    fn veto_of(&self, row: u16) -> u8 {
        let of = [&self.filing_vetoes, &self.work_vetoes];
        of.iter().position(|it| it.contains(&row)).map_or(2, |it| it as u8)
    }
}
