//! What follows from the answers. Scoring never fails: a half-filled sheet has a score too.

mod answers;
mod estimated;
mod explain;
mod faults;
mod grade;
mod judge;
mod shown;
mod summary;
mod total;
mod touched;
mod typed;

use crate::order;
use crate::rubric::{Band, Blocks, Fact, Points, Row, RowKind, Rubric, Rule, Section};

pub use answers::{Answers, FactsInOrder, Given, RowFacts};
pub use estimated::Estimated;
pub use explain::{Calculation, clause, decimal, explain, facts_in_words, figure, said};
pub use faults::{Fault, FaultKind, faults, faults_of, fits, is_sound};
pub use grade::{Grade, Unsettled, UnsettledRows};
pub use judge::BILLIONTHS;
pub use judge::{amount, level_of};
use judge::{judge, judge_shared};
pub use shown::{Doubt, ShownRow, shown};
pub use summary::{in_one_sentence, verdict_in_words};
pub use total::{End, ScaleReport};
pub use touched::touched;
pub use typed::{Misread, typed, written};

/// One sheet's result. Rows stand in printed order.
#[derive(Clone, Debug)]
pub struct Report<'r> {
    pub rubric: &'r Rubric,
    pub rows: Vec<RowReport<'r>>,
    /// Sections that print points, in printed order.
    pub sections: Vec<SectionReport<'r>>,
    /// Where the verdict is the worst of several scales.
    pub scales: Vec<ScaleReport<'r>>,
    /// Points of the answered rows, without 优先项目.
    pub base: Points,
    /// 优先项目, apart from the total.
    pub bonus: Points,
    /// The least and the most the base can still become.
    pub low: Points,
    pub high: Points,
    /// Rows still to answer before there is a verdict.
    pub unanswered: Vec<u16>,
    /// Rows whose veto stands and blocks filing; a shared veto once, under its first row.
    pub filing_vetoes: Vec<u16>,
    /// Rows whose veto stands and blocks starting work.
    pub work_vetoes: Vec<u16>,
}

/// One row's result.
#[derive(Clone, Copy, Debug)]
pub struct RowReport<'r> {
    pub row: &'r Row,
    pub answered: bool,
    /// Unanswered, as the applicant cannot say yet: 不适用/待确认.
    pub unsure: bool,
    /// 不涉及: it does not apply, and counts as answered.
    pub skipped: bool,
    /// `None` where unanswered, unscored, or scored under the row whose cell it shares.
    pub score: Option<Points>,
    /// The row's points may turn out to be from `low` to `high`; `None` where it has no points of its own.
    pub low: Option<Points>,
    pub high: Option<Points>,
    /// The points at the applicant's own lowest and highest estimate; `None` where neither is given. They lie from `low` to
    /// `high`, and move neither these nor the score.
    pub estimated: Option<(Points, Points)>,
    /// Deductions beyond the row's points, which some documents take from other rows: as the score, the low and the high.
    pub over: [Points; 3],
    /// The veto of the row, or of the cell it shares, stands because of this row.
    pub vetoed: bool,
    /// The readings that decided, where these answers met a doubtful spot of the text.
    pub doubts: [Option<&'r str>; 2],
}

/// One section's result.
#[derive(Clone, Copy, Debug)]
pub struct SectionReport<'r> {
    pub section: &'r Section,
    pub points: Points,
    pub low: Points,
    pub high: Points,
}

/// 结论, by the printed bands only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict<'r> {
    /// Rows are unanswered.
    Pending,
    /// A veto that blocks filing stands, whatever the points.
    FilingVetoed,
    Band(&'r Band),
    /// The documents say nothing about this case.
    BelowAllThresholds,
}

/// Two reports on the same rubric are equal if their rows are: everything else follows from the rows.
impl PartialEq for Report<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.rubric, other.rubric) && self.rows == other.rows
    }
}

/// Both must be about the very same row, not about two rows with the same words.
impl PartialEq for RowReport<'_> {
    fn eq(&self, other: &Self) -> bool {
        let values = |of: &Self| {
            ((of.answered, of.unsure, of.skipped), of.score, of.low, of.high, of.estimated, of.over, of.vetoed)
        };
        std::ptr::eq(self.row, other.row) && values(self) == values(other) && self.doubts == other.doubts
    }
}

/// Scores a sheet.
pub fn score<'r>(rubric: &'r Rubric, answers: &Answers) -> Report<'r> {
    let mut report = Report {
        rubric,
        rows: Vec::with_capacity(64),
        sections: Vec::with_capacity(rubric.sections.len()),
        scales: Vec::new(),
        base: Points::ZERO,
        bonus: Points::ZERO,
        low: Points::ZERO,
        high: Points::ZERO,
        unanswered: Vec::new(),
        filing_vetoes: Vec::new(),
        work_vetoes: Vec::new(),
    };
    let mut given = answers.in_order();
    for section in &rubric.sections {
        let mut in_section = SectionReport { section, points: Points::ZERO, low: Points::ZERO, high: Points::ZERO };
        for row in section.groups.iter().flat_map(|it| &it.rows) {
            let result = score_with(rubric, row, given.row(row.number), answers);
            report.count(&result);
            if !matches!(row.rule, Rule::Bonus { .. }) {
                in_section.points = in_section.points + result.score.unwrap_or_default();
                in_section.low = in_section.low + result.low.unwrap_or_default();
                in_section.high = in_section.high + result.high.unwrap_or_default();
            }
            report.rows.push(result);
        }
        if section.points.is_some() {
            report.sections.push(in_section);
        }
        report.base = report.base + in_section.points;
        report.low = report.low + in_section.low;
        report.high = report.high + in_section.high;
    }
    if rubric.totals.special {
        report.total_up();
    }
    report
}

/// Scores one row. What it earns may depend on other rows: those that share its cell, or that count its people.
pub fn score_row<'r>(rubric: &'r Rubric, row: &'r Row, answers: &Answers) -> RowReport<'r> {
    score_with(rubric, row, answers.row(row.number), answers)
}

/// The same, for whoever has found the facts of the row.
fn score_with<'r>(rubric: &'r Rubric, row: &'r Row, facts: RowFacts<'_>, answers: &Answers) -> RowReport<'r> {
    match row.rule {
        Rule::Hazard { .. } => judge_shared(rubric, row, answers),
        _ if row.may_skip && facts.yes(Fact::NotApplicable) == Some(true) => judge::skipped(rubric, row),
        _ => judge(rubric, row, facts, answers),
    }
}

impl<'r> Report<'r> {
    fn count(&mut self, result: &RowReport<'r>) {
        match &result.row.rule {
            Rule::Bonus { .. } => self.bonus = self.bonus + result.score.unwrap_or_default(),
            Rule::None => {}
            _ if !result.answered => self.unanswered.push(result.row.number),
            _ => {}
        }
        if let Some(veto) = result.row.veto.as_ref().filter(|_| result.vetoed) {
            let vetoes = match veto.blocks {
                Blocks::Filing => &mut self.filing_vetoes,
                Blocks::Work => &mut self.work_vetoes,
            };
            let reported = result.row.shares.unwrap_or(result.row.number);
            if vetoes.last() != Some(&reported) {
                vetoes.push(reported);
            }
        }
    }

    pub fn is_complete(&self) -> bool {
        self.unanswered.is_empty()
    }

    pub fn total_with_bonus(&self) -> Points {
        self.base + self.bonus
    }

    pub fn verdict(&self) -> Verdict<'r> {
        self.verdict_for(self.base)
    }

    /// 结论 as it is told: a veto that blocks filing settles it, whatever rows are still unanswered.
    pub fn settled(&self) -> Verdict<'r> {
        if self.filing_vetoes.is_empty() { self.verdict() } else { Verdict::FilingVetoed }
    }

    /// What the verdict would be if the assessor counts 优先项目. It never clears a veto.
    pub fn verdict_with_bonus(&self) -> Verdict<'r> {
        self.verdict_for(self.total_with_bonus())
    }

    /// What the verdict would be with other points.
    pub fn verdict_for(&self, points: Points) -> Verdict<'r> {
        if !self.is_complete() {
            Verdict::Pending
        } else if !self.filing_vetoes.is_empty() {
            Verdict::FilingVetoed
        } else {
            self.band_for(points, End::Likely).map_or(Verdict::BelowAllThresholds, Verdict::Band)
        }
    }

    /// `None` while rows are unanswered.
    pub fn may_start_work(&self) -> Option<bool> {
        self.is_complete().then_some(self.work_vetoes.is_empty())
    }

    /// The bands that a total from so many points to so many may fall into, highest first; the last is `None` where it may
    /// stay below every threshold.
    pub fn bands_between(&self, low: Points, high: Points) -> Vec<Option<&'r Band>> {
        let all = self.rubric.outcomes();
        let at = |of: Option<&Band>| all.iter().position(|it| Some(it) == of);
        let lowest = self.band_for(low, End::Low);
        let best = at(self.band_for(high, End::High)).unwrap_or(all.len());
        let worst = at(lowest).unwrap_or(all.len().saturating_sub(1));
        let mut bands: Vec<_> = (best..=worst).filter_map(|it| all.get(it)).map(Some).collect();
        if lowest.is_none() {
            bands.push(None);
        }
        bands
    }

    pub fn row(&self, number: u16) -> Option<&RowReport<'r>> {
        self.rows.iter().find(|it| it.row.number == number)
    }

    /// How many rows count towards completeness: all but 优先项目 and unscored lines.
    pub fn n_asked(&self) -> usize {
        self.rows.iter().filter(|it| !matches!(self.rubric.kind(it.row), RowKind::Bonus | RowKind::Unscored)).count()
    }

    pub fn n_answered(&self) -> usize {
        self.n_asked() - self.unanswered.len()
    }

    /// Ids of the readings that decided on these answers, ascending.
    pub fn readings(&self) -> Vec<&'r str> {
        let mut ids = Vec::new();
        for row in &self.rows {
            for id in row.doubts.into_iter().flatten() {
                ids.push(id);
            }
        }
        order::sort(&mut ids);
        ids.dedup();
        ids
    }
}
