//! What is lost, and what stands in the way.

use crate::order;
use crate::rubric::{Blocks, Points, RowKind, Rubric, Rule};
use crate::score::{Answers, Grade, Report};

use super::group::{standing, worst};
use super::{Effort, MendPlan, Wishes};

/// A row that does not have all its points, or whose veto stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    pub row: u16,
    /// The points that it lacks: all of them where it is unanswered.
    pub points: Points,
    /// The veto that stands because of it; an unanswered one stands, too.
    pub veto: Option<Blocks>,
    pub answered: bool,
}

/// Why no set of changes is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhyNot {
    /// Vetoes that block filing and that nothing can clear, each by its first row.
    pub vetoes: Vec<u16>,
    /// The points after all that can be done, those that are sure where that is wished; and those that are wanted.
    pub best: Points,
    pub wanted: Points,
    pub safe: bool,
    /// Rows marked 办不到 that lack points or hold one of the vetoes.
    pub never: Vec<u16>,
    /// Other rows that still lack points after all that can be done: leased, with a lower reach, with a low estimate, or
    /// tied to a row marked 办不到.
    pub limited: Vec<u16>,
}

/// What is lost, row by row: vetoes that block filing, vetoes that block starting work, then most points first. The points
/// of a shared cell are lost under its first row.
pub fn lost(report: &Report<'_>) -> Vec<Lost> {
    let mut found: Vec<Lost> = Vec::new();
    for result in &report.rows {
        let row = result.row;
        if matches!(report.rubric.kind(row), RowKind::Bonus | RowKind::Unscored) {
            continue;
        }
        let points = row.points.unwrap_or_default().less(result.score.unwrap_or_default());
        let veto = standing(result);
        if points != Points::ZERO || veto.is_some() {
            found.push(Lost { row: row.number, points, veto, answered: result.answered });
        }
    }
    let of_veto = |veto: Option<Blocks>| match veto {
        Some(Blocks::Filing) => 0_u8,
        Some(Blocks::Work) => 1,
        None => 2,
    };
    order::sort_by(&mut found, |a, b| (of_veto(a.veto), b.points).cmp(&(of_veto(b.veto), a.points)));
    found
}

/// `report` and `answers` are those after all changes.
pub(super) fn why_not(report: &Report<'_>, answers: &Answers, wishes: &Wishes, plan: &MendPlan<'_>) -> WhyNot {
    let best = if wishes.safe { plan.low_after } else { plan.after };
    let mut why = WhyNot {
        vetoes: plan.filing_vetoes.clone(),
        best,
        wanted: plan.target.at_least,
        safe: wishes.safe,
        ..WhyNot::default()
    };
    let enough = plan.target.at_least <= best;
    for result in &report.rows {
        let row = result.row;
        if matches!(row.rule, Rule::Bonus { .. } | Rule::None) {
            continue;
        }
        let owner = row.shares.unwrap_or(row.number);
        let holds = standing(result) == Some(Blocks::Filing) && why.vetoes.contains(&owner);
        let full = matches!(result.grade(answers.row(row.number)), Grade::Full);
        let sure = worst(report.rubric, result, answers);
        let lacks = !full || (wishes.safe && sure < row.points.unwrap_or_default());
        let never = wishes.mark(row.number).effort == Effort::Never;
        let earns = report.rubric.owner(row).points.is_some_and(|it| Points::ZERO < it);
        if never && (holds || (!enough && lacks && earns)) {
            why.never.push(row.number);
        } else if !never && !enough && lacks && row.points.is_some_and(|it| Points::ZERO < it) {
            why.limited.push(row.number);
        }
    }
    why
}

impl WhyNot {
    /// In words, for a person.
    pub fn words(&self, rubric: &Rubric) -> String {
        let ids = |rows: &[u16]| rows.iter().map(|it| rubric.row_id(*it)).collect::<Vec<_>>().join("、");
        let mut parts = Vec::new();
        if !self.vetoes.is_empty() {
            parts.push(format!("否决项 {} 没有办法消除", ids(&self.vetoes)));
        }
        if self.best < self.wanted {
            let sure = if self.safe { "，按最低估计和不利的解读" } else { "" };
            let short = self.wanted.less(self.best);
            parts.push(format!("能办的都办了{sure}也只有 {} 分，距 {} 分还差 {short} 分", self.best, self.wanted));
        }
        if !self.never.is_empty() {
            parts.push(format!("标为办不到的：{}", ids(&self.never)));
        }
        if !self.limited.is_empty() {
            parts.push(format!("不能再提高的：{}", ids(&self.limited)));
        }
        if parts.is_empty() {
            parts.push("各部分或各项条件没有都达到".to_owned());
        }
        parts.join("；")
    }
}
