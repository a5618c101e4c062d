//! The roster: numbers on the sheets and totals of the unit that say something else than the lists.

use crate::rubric::{Measure, Rubric};
use crate::score::{facts_in_words, typed};

use super::super::Sheet;
use super::super::roster::{roster_offer, roster_totals};
use super::{CasePlace, ReviewCheck, ReviewFindings, row_name};

/// How many names a finding tells.
const NAMES: usize = 5;

pub(super) fn check(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric) {
    let roster = &found.dossier.roster;
    for row in rubric.rows() {
        let Some(offer) = roster_offer(roster, sheet, row).filter(|it| it.differs(sheet)) else { continue };
        let name = row_name(rubric, row);
        let own = facts_in_words(&row.rule, sheet.answers.row(row.number));
        let names = offer.behind.iter().take(NAMES).cloned().collect::<Vec<_>>().join("、");
        let more = if NAMES < offer.behind.len() { "等" } else { "" };
        let names = if names.is_empty() { names } else { format!("：{names}{more}") };
        let message = format!("{name}填的是“{own}”，名册里是“{}”{names}，请核对", offer.says);
        found.say_of_row(ReviewCheck::RosterDiffers, (sheet, rubric, row), message, &[]);
    }
}

/// 考评人员总数 and 专家总数.
pub(super) fn totals(found: &mut ReviewFindings<'_>) {
    let (listed, facts) = (roster_totals(&found.dossier.roster), &found.dossier.facts);
    let each = [("考评人员总数", &facts.examiners, listed.examiners), ("专家总数", &facts.experts, listed.experts)];
    for (what, said, n) in each {
        let other = typed(Measure::Whole, said).ok().flatten().filter(|it| 0 < n && *it != n as i64);
        if let Some(other) = other {
            let message = format!("单位情况里{what}是 {other} 人，名册里是 {n} 人，请核对");
            found.say(ReviewCheck::RosterDiffers, CasePlace::Facts, message);
        }
    }
}
